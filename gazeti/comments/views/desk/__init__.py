"""The moderators' pages at the desk: lean, whole without JavaScript, made for a phone."""

from gazeti.comments.views.desk.discussions import discussions_page, section_mode, story_mode, switch
from gazeti.comments.views.desk.doors import RIGHT, for_moderators, may_moderate
from gazeti.comments.views.desk.one import comment_page
from gazeti.comments.views.desk.queues import decide_chosen, queue_page
from gazeti.comments.views.desk.undo import decided_page, undo
from gazeti.comments.views.desk.whole import decisions_page, reports_page
from gazeti.comments.views.desk.writers import decide_all_held, decide_all_published, writer_page

__all__ = [
    "RIGHT",
    "comment_page",
    "decide_all_held",
    "decide_all_published",
    "decide_chosen",
    "decided_page",
    "decisions_page",
    "discussions_page",
    "for_moderators",
    "may_moderate",
    "queue_page",
    "reports_page",
    "section_mode",
    "story_mode",
    "switch",
    "undo",
    "writer_page",
]
