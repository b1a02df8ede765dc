"""The pictures' place among Django's applications."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, credits, rights, alt text."""

    name = "gazeti.media"
    label = "gazeti_media"
    verbose_name = "Pictures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a saved picture, and let renditions be filed for a server in front."""
        from gazeti.edge.store import Kind, declare
        from gazeti.media import receivers  # noqa: F401 (connecting is what the import is for)
        from gazeti.media.views import FOR_GOOD, TYPES

        types = {ending: TYPES[ending] for ending in ("avif", "webp")}
        declare(Kind(name="pictures", under="/media/pictures/", types=types, own=lambda: {"Cache-Control": FOR_GOOD}))
