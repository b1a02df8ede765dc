"""A code on its way to a reader: asked for, and not yet used or over."""

from django.db import models


class SignInCode(models.Model):
    """Whoever types it in time, in the browser that asked, has the address. Gone once it was used, or over."""

    email = models.EmailField()
    """In small letters."""
    code = models.CharField(max_length=32)
    """A mark of it."""
    leads_to = models.CharField(max_length=500, blank=True)
    ends_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.email
