"""The accounts' place among Django's applications."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "gazeti.accounts"
    label = "gazeti_accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows from people and sessions."""
        from gazeti.accounts import receivers  # noqa: F401 (connecting is what the import is for)
