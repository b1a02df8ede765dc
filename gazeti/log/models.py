"""The tables of the log and of its clock. Events are written by `gazeti.log.append` alone, and never rewritten."""

from django.db import models


class Stream(models.Model):
    """The last number given in each stream; the row named "" holds the last position in all."""

    name = models.CharField(primary_key=True, max_length=100)
    last = models.BigIntegerField(default=0)
    rotated = models.BigIntegerField(default=0, db_default=0)
    """The last number (position, in the row named "") up to which some or all were dropped."""

    def __str__(self) -> str:
        return f"{self.name or 'all'}: {self.last}"


class Event(models.Model):
    """One thing that happened: ids, hashes, times, kinds and reasons; never a text or a person's data."""

    position = models.BigIntegerField(primary_key=True)
    stream = models.CharField(max_length=100)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=50)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="log_number_once_in_stream")]

    def __str__(self) -> str:
        return f"{self.position} {self.stream}/{self.number} {self.kind}"


class Progress(models.Model):
    """How far a durable follower has come: every entry up to `position` has been dealt with, and no later one."""

    name = models.CharField(primary_key=True, max_length=50)
    position = models.BigIntegerField()
    moved_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.position}"


class Lease(models.Model):
    """Who alone may do what that name stands for, and until when; `term` counts the holders."""

    name = models.CharField(primary_key=True, max_length=50)
    holder = models.CharField(max_length=64)
    term = models.BigIntegerField(default=1)
    until = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} until {self.until}"


class Failure(models.Model):
    """What was due and could not be done: why, since when, and when it is tried again. Open until `resolved_at`."""

    job = models.CharField(max_length=50)
    key = models.CharField(max_length=100, blank=True)
    about = models.BigIntegerField(null=True)
    sentences = models.JSONField(default=list)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "key"], condition=models.Q(resolved_at=None), name="log_one_open_failure_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.key}: {' '.join(self.sentences)}"
