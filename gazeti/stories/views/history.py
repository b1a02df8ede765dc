"""A story's history at the desk: its moments stand out, and of what one person saved in a row the last is shown."""

from functools import cached_property
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Table
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.models import PageLogEntry

SAVED = "wagtail.edit"
OUT = ("wagtail.publish", "wagtail.publish.scheduled")
ALL_SAVES = "all_saves"
NAMES = {
    "wagtail.create": _("Begun"),
    SAVED: _("Saved"),
    "wagtail.workflow.start": _("Filed for review"),
    "wagtail.workflow.resume": _("Filed again"),
    "wagtail.workflow.approve": _("Approved"),
    "wagtail.workflow.reject": _("Sent back"),
    "wagtail.workflow.cancel": _("Taken back from review"),
    "wagtail.publish": _("Published"),
}
"""A newsroom's words for what Wagtail notes in others."""
UPDATED = _("Updated")


class SavesFilter(PageHistoryFilterSet):
    """Wagtail's filters, and one by which every save is shown."""

    all_saves = django_filters.BooleanFilter(
        label=_("Every save"), method="filter_all_saves", widget=BooleanRadioSelect
    )

    def filter_all_saves(self, entries: QuerySet[Any], _name: str, _value: object) -> QuerySet[Any]:
        """Nothing more: what is hidden is hidden before any filter (StoryHistory.get_base_queryset)."""
        return entries


class MomentColumn(ActionColumn):
    """What happened, in a newsroom's words."""

    def get_value(self, instance: Any) -> Any:
        """A later publication is an update."""
        if instance.action in OUT and instance.was_out:
            return UPDATED
        return NAMES.get(instance.action) or super().get_value(instance)


class Moments(Table):
    """Marks the rows of named moments, beside which plain saves recede."""

    def get_row_classname(self, entry: Any) -> str:
        """The row's class."""
        return "desk-save" if entry.action == SAVED else "desk-moment"


class StoryHistory(PageHistoryView):
    """Wagtail's history of a page, with the moments of a story in the foreground."""

    filterset_class = SavesFilter
    table_class = Moments

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's, the first of them in our words."""
        first, *others = super().columns
        ours = MomentColumn(
            first.name,
            label=first.label,
            object=first.object,
            url_names=first.url_names,
            user_can_unschedule=first.user_can_unschedule,
        )
        return [ours, *others]

    def get_base_queryset(self) -> QuerySet[Any]:
        """The entries; of saves in a row by one person the last, unless all are asked for."""
        same = PageLogEntry.objects.filter(page=OuterRef("page"))
        entries = super().get_base_queryset()
        entries = entries.annotate(was_out=Exists(same.filter(action__in=OUT, timestamp__lt=OuterRef("timestamp"))))
        if self.request.GET.get(ALL_SAVES) == "true":
            return entries
        following = same.filter(timestamp__gte=OuterRef("timestamp"), pk__gt=OuterRef("pk")).order_by("timestamp", "pk")
        entries = entries.annotate(next_entry=Subquery(following.values("pk")[:1]))
        again = PageLogEntry.objects.filter(pk=OuterRef("next_entry"), action=SAVED, user=OuterRef("user"))
        return entries.annotate(is_saved_again=Exists(again)).exclude(action=SAVED, is_saved_again=True)
