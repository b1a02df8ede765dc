"""What each kind of page shows."""

from gazeti.front.queries.body import body_parts, body_tags, parts_of_bodies, related_ids
from gazeti.front.queries.covered import covered
from gazeti.front.queries.listed import listed, listed_tags, other_language, with_rows
from gazeti.front.queries.pages import front_page, information_page, list_page, policy, story_itself, story_page, style
from gazeti.front.queries.shared import root, surroundings

__all__ = [
    "body_parts",
    "body_tags",
    "covered",
    "front_page",
    "information_page",
    "list_page",
    "listed",
    "listed_tags",
    "other_language",
    "parts_of_bodies",
    "policy",
    "related_ids",
    "root",
    "story_itself",
    "story_page",
    "style",
    "surroundings",
    "with_rows",
]
