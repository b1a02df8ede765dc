"""The desk as Gazeti has it, one part a module."""

from gazeti.stories.wagtail_hooks import documents, home, names, roles

__all__ = ["documents", "home", "names", "roles"]
