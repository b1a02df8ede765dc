"""The base's place among Django's applications."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Pages, blocks and settings that all apps share."""

    name = "gazeti.base"
    label = "gazeti_base"
    verbose_name = "Newspaper"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a changed setting or information page; let choosers write no script into a page."""
        from wagtail.admin.widgets import BaseChooser

        from gazeti.base import receivers  # noqa: F401 (connecting is what the import is for)
        from gazeti.base.forms import rendered_chooser

        BaseChooser.render = rendered_chooser
