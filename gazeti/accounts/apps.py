"""The accounts' place among Django's applications."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "gazeti.accounts"
    label = "gazeti_accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows from people and sessions; let the guard count, and the clock erase what is over."""
        from gazeti.accounts import receivers  # noqa: F401 (connecting is what the import is for)
        from gazeti.accounts.actions import count_by_guard, drop_codes, drop_counts, drop_sessions, forget_traces
        from gazeti.accounts.queries import codes_due, counts_due, sessions_due, traces_due
        from gazeti.log.clock import register

        register("traces", due=traces_due, carry_out=forget_traces)
        register("sessions", due=sessions_due, carry_out=drop_sessions)
        register("sign-in codes", due=codes_due, carry_out=drop_codes)
        # For the guard, which stands beside the clock and may not know it.
        register("limits", due=counts_due, carry_out=drop_counts)
        count_by_guard()
