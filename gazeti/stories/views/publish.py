"""The desk's bulk publication: what was chosen goes out, and nothing that merely stands below it."""

from typing import Any

from django import forms
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page


class ChosenAlone(forms.Form):
    """Wagtail's form of a bulk action, with its one question answered: the pages below do not go along.

    Among them are stories that were withdrawn, have expired, are in review, or were never submitted by their writers.
    """

    include_descendants = forms.BooleanField(required=False, disabled=True)


class BulkPublish(PublishBulkAction):
    """Publishes the pages that were chosen by name."""

    form_class = ChosenAlone

    def object_context(self, obj: Page) -> dict[str, Any]:
        """A page to be named; what is below it is not counted, since nothing happens to it."""
        return {**super().object_context(obj), "draft_descendant_count": 0}
