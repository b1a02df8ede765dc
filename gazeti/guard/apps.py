"""The guard's place among Django's applications."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """Counts of who asks how often, answers kept for repeated requests, tokens that are used up."""

    name = "gazeti.guard"
    label = "gazeti_guard"
    verbose_name = "Guard"
    default_auto_field = "django.db.models.BigAutoField"
