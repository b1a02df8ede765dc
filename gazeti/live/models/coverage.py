"""A story that is covered live: where it stands, and how far its events have come."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazeti.live.rules import State
from gazeti.stories.models import Story


class Coverage(models.Model):
    """What a story is more than a story while it is covered live. Its row is locked while an event is appended.

    Headline, standfirst, byline, section and address are the story's, and so is whether readers may see it.
    """

    story: Any = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="coverage")
    state = models.CharField(
        _("state"), max_length=10, choices=[(one.value, one.name) for one in State], default=State.PLANNED
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    head = models.PositiveIntegerField(_("number of the last event"), default=0)
    summary_at = models.PositiveIntegerField(_("the event that gave the summary its words"), default=0)
    """0 for none."""

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at=None)
                | models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="live_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} ({self.state})"
