"""The log's place among Django's applications."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The table of what happened."""

    name = "gazeti.log"
    label = "gazeti_log"
    verbose_name = "Log"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the clock drop what was done long ago."""
        from gazeti.log import pruning
        from gazeti.log.clock import register

        register("pruning", due=pruning.old_rows_due, carry_out=pruning.drop_old_rows)
