"""A mail on its way: kept until it was handed over, so that no task's arguments hold a code or an address."""

from django.db import models


class Letter(models.Model):
    """What is sent to whom; gone once it was sent, or could not be."""

    to = models.EmailField()
    subject = models.CharField(max_length=255)
    body = models.TextField()
    headers = models.JSONField(default=dict, db_default={})
    """Fields of the mail beside the usual ones, by name (RFC 5322)."""
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
