"""Every read of stories across models."""

from gazeti.stories.queries.desk import knows_all_drafts, visible_pages
from gazeti.stories.queries.gate import (
    Standing,
    addresses_of,
    is_document_public,
    public_pages,
    public_pictures,
    public_stories,
    standing_of,
)
from gazeti.stories.queries.kept import once_public_in, paths_once_public
from gazeti.stories.queries.listed import Listed
from gazeti.stories.queries.lists import (
    Run,
    all_stories,
    run_of_author,
    run_of_section,
    run_of_topic,
)
from gazeti.stories.queries.moved import Moved, moved_from, turns_on_query
from gazeti.stories.queries.pages import found_pages
from gazeti.stories.queries.parts import Part, Parts, parts_of_paper, root_of_paper
from gazeti.stories.queries.reading import (
    WALK,
    around,
    authors_of,
    curated_stories,
    found_stories,
    latest_by_section,
    latest_stories,
    pictures_in,
    story_in_section,
    topics_of,
)
from gazeti.stories.queries.shared import is_out_since, shared_by, shares_of
from gazeti.stories.queries.tree import page_at

__all__ = [
    "WALK",
    "Listed",
    "Moved",
    "Part",
    "Parts",
    "Run",
    "Standing",
    "addresses_of",
    "all_stories",
    "around",
    "authors_of",
    "curated_stories",
    "found_pages",
    "found_stories",
    "is_document_public",
    "is_out_since",
    "knows_all_drafts",
    "latest_by_section",
    "latest_stories",
    "moved_from",
    "once_public_in",
    "page_at",
    "parts_of_paper",
    "paths_once_public",
    "pictures_in",
    "public_pages",
    "public_pictures",
    "public_stories",
    "root_of_paper",
    "run_of_author",
    "run_of_section",
    "run_of_topic",
    "shared_by",
    "shares_of",
    "standing_of",
    "story_in_section",
    "topics_of",
    "turns_on_query",
    "visible_pages",
]
