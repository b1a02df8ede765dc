"""The desk's forms of a story, and of a link to its draft."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

MAX_LENGTH = "maxlength"


class StoryForm(WagtailAdminPageForm):
    """Lets a headline of any length be pasted: the model says by how much it is too long, and nothing is cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the column's own limit off the field; it is far above a headline's."""
        super().__init__(*args, **kwargs)
        # The API makes a form of the fields that it is sent.
        title = self.fields.get("title")
        if title is None:
            return
        title.widget.attrs.pop(MAX_LENGTH, None)
        title.validators = [check for check in title.validators if getattr(check, "code", "") != "max_length"]


class ShareForm(forms.Form):
    """For how long a link shows a draft."""

    DAYS: ClassVar[list[tuple[int, Any]]] = [(1, _("1 day")), (7, _("7 days")), (30, _("30 days"))]
    USUAL = 7

    days = forms.TypedChoiceField(label=_("The link ends after"), choices=DAYS, coerce=int, initial=USUAL)
