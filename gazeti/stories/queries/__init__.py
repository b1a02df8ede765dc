"""Every read of stories across models."""

from gazeti.stories.queries.desk import knows_all_drafts, visible_pages
from gazeti.stories.queries.gate import (
    Standing,
    addresses_of,
    in_lists,
    is_document_public,
    public_pages,
    public_pictures,
    public_stories,
    standing_of,
)
from gazeti.stories.queries.kept import once_public_in, paths_once_public
from gazeti.stories.queries.moved import Moved, moved_from
from gazeti.stories.queries.pages import found_pages
from gazeti.stories.queries.reading import (
    Parts,
    around,
    authors_of,
    curated_stories,
    found_stories,
    latest_by_section,
    latest_stories,
    parts_of_paper,
    pictures_in,
    stories_by_author,
    stories_in_section,
    stories_on_topic,
    story_in_section,
)
from gazeti.stories.queries.shared import is_out_since, shared_by, shares_of

__all__ = [
    "Moved",
    "Parts",
    "Standing",
    "addresses_of",
    "around",
    "authors_of",
    "curated_stories",
    "found_pages",
    "found_stories",
    "in_lists",
    "is_document_public",
    "is_out_since",
    "knows_all_drafts",
    "latest_by_section",
    "latest_stories",
    "moved_from",
    "once_public_in",
    "parts_of_paper",
    "paths_once_public",
    "pictures_in",
    "public_pages",
    "public_pictures",
    "public_stories",
    "shared_by",
    "shares_of",
    "standing_of",
    "stories_by_author",
    "stories_in_section",
    "stories_on_topic",
    "story_in_section",
    "visible_pages",
]
