"""How the newsroom takes comments, edited at the desk; the privacy page reads its times from here."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from gazeti.comments.models.comments import choices
from gazeti.comments.rules import Mode


def days(label: Any, *, default: int, help_text: Any) -> models.PositiveSmallIntegerField:
    """A field for a number of days, 1 to 3650."""
    return models.PositiveSmallIntegerField(
        label, default=default, help_text=help_text, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )


@register_setting(icon="comment", order=20)
class CommentPolicy(BaseGenericSetting):
    """The rules that every comment meets, in the newsroom's own numbers and words."""

    is_open = models.BooleanField(
        _("readers may comment"), default=True, help_text=_("Off: all discussions are closed at once.")
    )
    mode = models.CharField(
        _("mode"),
        max_length=10,
        choices=choices(Mode),
        default=Mode.OPEN,
        help_text=_("Where story and section say nothing."),
    )
    closes_after = models.PositiveSmallIntegerField(
        _("discussions close after"), default=30, help_text=_("Days after publication; 0: never.")
    )
    asks_for_work = models.BooleanField(
        _("ask browsers for work"),
        default=True,
        help_text=_(
            "A second of the phone's time, no puzzle. What comes without it, from somebody who is not signed in, waits."
        ),
    )
    first_time_waits = models.BooleanField(_("the first comment of a reader waits"), default=True)
    links_allowed = models.PositiveSmallIntegerField(
        _("links allowed"), default=1, help_text=_("A comment with more waits for a moderator.")
    )
    banned_words = models.TextField(
        _("banned words"), blank=True, help_text=_("One a line. A comment with one is refused.")
    )
    suspect_words = models.TextField(
        _("suspect words"), blank=True, help_text=_("One a line. A comment with one waits.")
    )
    uses_starter_words = models.BooleanField(_("use Gazeti's own lists too"), default=True)
    address_days = days(_("keep hashed addresses for"), default=30, help_text=_("Days."))
    refused_days = days(_("keep refused comments and spam for"), default=90, help_text=_("Days."))
    report_days = days(_("keep who reported for"), default=180, help_text=_("Days after the report was answered."))
    alarm_hours = models.PositiveSmallIntegerField(
        _("write to moderators when a comment waits for"), default=12, help_text=_("Hours; 0: never.")
    )

    panels = [
        MultiFieldPanel([FieldPanel(name) for name in ("is_open", "mode", "closes_after")], heading=_("When")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("asks_for_work", "first_time_waits", "links_allowed")],
            heading=_("What waits"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("banned_words", "suspect_words", "uses_starter_words")], heading=_("Words")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address_days", "refused_days", "report_days")],
            heading=_("What is forgotten"),
        ),
        FieldPanel("alarm_hours"),
    ]

    class Meta:
        verbose_name = _("comment policy")

    def __str__(self) -> str:
        return str(_("comment policy"))


class PolicyNumbers(models.Model):
    """How many comments were taken, held and refused, by the clock each hour, for the page of the rules: one row."""

    ONLY = 1

    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.at)
