"""The pictures' place among Django's applications."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, credits, rights, alt text."""

    name = "gazeti.media"
    label = "gazeti_media"
    verbose_name = "Pictures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a saved picture."""
        from gazeti.media import receivers  # noqa: F401 (connecting is what the import is for)
