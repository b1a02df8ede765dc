"""What each kind of page shows."""

from gazeti.front.queries.body import body_parts
from gazeti.front.queries.pages import (
    front_page,
    information_page,
    list_page,
    listed,
    listed_tags,
    policy,
    story_page,
    style,
    surroundings,
)

__all__ = [
    "body_parts",
    "front_page",
    "information_page",
    "list_page",
    "listed",
    "listed_tags",
    "policy",
    "story_page",
    "style",
    "surroundings",
]
