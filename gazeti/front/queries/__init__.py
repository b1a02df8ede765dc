"""What each kind of page shows."""

from gazeti.front.queries.body import body_parts
from gazeti.front.queries.listed import listed, listed_tags, with_rows
from gazeti.front.queries.pages import front_page, information_page, list_page, policy, story_page, style
from gazeti.front.queries.shared import root, surroundings

__all__ = [
    "body_parts",
    "front_page",
    "information_page",
    "list_page",
    "listed",
    "listed_tags",
    "policy",
    "root",
    "story_page",
    "style",
    "surroundings",
    "with_rows",
]
