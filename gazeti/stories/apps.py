"""The stories' place among Django's applications."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """What the newsroom writes."""

    name = "gazeti.stories"
    label = "gazeti_stories"
    verbose_name = "Stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a publication."""
        from gazeti.stories import receivers  # noqa: F401 (connecting is what the import is for)
