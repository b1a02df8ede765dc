"""The user: known by email, the same address in any case."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users by email; Django's own commands call these two names."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """A user who may sign in once a role is given; no password means none works."""
        if not email:
            raise ValueError("a user needs an email address")
        user = self.model(email=self.normalize_email(email), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """An administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user whose address this is, in whatever case it is typed."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who signs in by email; there is no user name."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("email address"))

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        swappable = ""
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_one_user_an_email",
                violation_error_message=_("Somebody already signs in with this email address."),
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; somebody without a password has one that nothing matches, not an empty one."""
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.email
