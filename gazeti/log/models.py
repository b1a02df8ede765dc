"""The log's tables. Rows are written by `gazeti.log.append` alone, and never rewritten."""

from django.db import models


class Stream(models.Model):
    """The last number given in each stream; the row named "" holds the last position in all."""

    name = models.CharField(primary_key=True, max_length=100)
    last = models.BigIntegerField(default=0)

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
