"""The log's place among Django's applications."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The table of what happened."""

    name = "gazeti.log"
    label = "gazeti_log"
    verbose_name = "Log"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the clock drop what was done long ago, and try again what a follower of the log failed on."""
        from gazeti.log import pruning, rotation
        from gazeti.log.clock import register
        from gazeti.log.followers import running

        register("pruning", due=pruning.old_rows_due, carry_out=pruning.drop_old_rows)
        register("rotation", due=rotation.old_entries_due, carry_out=rotation.drop_old_entries)
        register("followers", due=running.failing_due, carry_out=running.try_again)
