"""The desk as Gazeti has it, one part a module."""

from gazeti.stories.wagtail_hooks import (
    documents,
    doors,
    history,
    home,
    names,
    panel,
    preview,
    review,
    roles,
    share,
    unpublish,
)

__all__ = [
    "documents",
    "doors",
    "history",
    "home",
    "names",
    "panel",
    "preview",
    "review",
    "roles",
    "share",
    "unpublish",
]
