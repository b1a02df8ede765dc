"""What the guard keeps for a while. Each row is named by a mark (`gazeti.guard.marks`), so no table says of whom it is.

All are dropped once they are over (`gazeti.guard.pruning`).
"""

from django.db import models


class Tally(models.Model):
    """How far ahead of its time somebody is under one limit: microseconds since 1970, in the past once it is over."""

    mark = models.CharField(primary_key=True, max_length=32)
    arrival = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.mark}: {self.arrival}"


class Done(models.Model):
    """What happens once: a token that was spent, a code that was used. Seconds since 1970 until which that counts."""

    mark = models.CharField(primary_key=True, max_length=32)
    until = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.mark}: {self.until}"


class KeptAnswer(models.Model):
    """The answer to the first request that bore a key, for whoever sends it again until that second since 1970."""

    mark = models.CharField(primary_key=True, max_length=32)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=list)
    body = models.BinaryField(default=bytes)
    until = models.BigIntegerField(db_index=True)
    about = models.CharField(max_length=64, blank=True, default="", db_default="")
    """A name by which it is let go of before its time; empty for none."""

    class Meta:
        indexes = [models.Index(fields=["about"], condition=~models.Q(about=""), name="guard_answers_about")]

    def __str__(self) -> str:
        return f"{self.mark}: {self.status}"
