"""The archive's place among Django's applications."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Old pages in."""

    name = "gazeti.archive"
    label = "gazeti_archive"
    verbose_name = "Archive"
    default_auto_field = "django.db.models.BigAutoField"
