"""The desk as Gazeti has it, one part a module."""

from gazeti.stories.wagtail_hooks import documents, home, names, preview, roles

__all__ = ["documents", "home", "names", "preview", "roles"]
