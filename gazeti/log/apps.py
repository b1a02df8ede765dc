"""The log's place among Django's applications."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The table of what happened."""

    name = "gazeti.log"
    label = "gazeti_log"
    verbose_name = "Log"
    default_auto_field = "django.db.models.BigAutoField"
