"""The desk as Gazeti has it, one part a module."""

from gazeti.stories.wagtail_hooks import documents, names

__all__ = ["documents", "names"]
