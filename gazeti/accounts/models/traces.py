"""What an event of the log leaves of a person: kept apart from it, so that it can be erased while the event stays."""

from django.db import models


class Trace(models.Model):
    """From which address something was done, and which email was typed; found by the event's position."""

    position = models.BigIntegerField(primary_key=True)
    address = models.GenericIPAddressField(null=True)
    email = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.position}: {self.address or self.email}"
