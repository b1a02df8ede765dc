"""The desk as Gazeti has it, one part a module."""

from gazeti.stories.wagtail_hooks import documents, names, roles

__all__ = ["documents", "names", "roles"]
