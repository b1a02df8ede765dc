"""Every write of stories, one verb a function."""

from gazeti.stories.actions.file import file_section, file_story, revise_story
from gazeti.stories.actions.front import follow_address, lay_out_front, make_front
from gazeti.stories.actions.keep import OncePublished, keep_addresses, keep_published, purge_redirect
from gazeti.stories.actions.names import author_named, topic_named
from gazeti.stories.actions.overrule import overrule, take_back_override
from gazeti.stories.actions.publish import open_embargo, publish_story, record_publication
from gazeti.stories.actions.purge import purge_front, purge_name, purge_section, purge_story, remember_names
from gazeti.stories.actions.refuse import NotReady, Refused, refuse_any_unready, refuse_unready
from gazeti.stories.actions.share import end_share, share_draft
from gazeti.stories.actions.shown import note_shown, purge_branch, purge_shown
from gazeti.stories.actions.withdraw import record_withdrawal, withdraw_stories, withdraw_story

__all__ = [
    "NotReady",
    "OncePublished",
    "Refused",
    "author_named",
    "end_share",
    "file_section",
    "file_story",
    "follow_address",
    "keep_addresses",
    "keep_published",
    "lay_out_front",
    "make_front",
    "note_shown",
    "open_embargo",
    "overrule",
    "publish_story",
    "purge_branch",
    "purge_front",
    "purge_name",
    "purge_redirect",
    "purge_section",
    "purge_shown",
    "purge_story",
    "record_publication",
    "record_withdrawal",
    "refuse_any_unready",
    "refuse_unready",
    "remember_names",
    "revise_story",
    "share_draft",
    "take_back_override",
    "topic_named",
    "withdraw_stories",
    "withdraw_story",
]
