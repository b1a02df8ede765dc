"""What the live desk asks for: an update as it is typed on a phone, a summary, and a story to be covered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField

from gazeti.live.rules import LONGEST_CORRECTION, LONGEST_HEADING, LONGEST_TEXT
from gazeti.stories.blocks import Body
from gazeti.stories.rules import says_something

LARGEST_NUMBER = 9_223_372_036_854_775_807
"""What the database takes for the number of a row."""
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
"""How browsers send a date and time."""
NOTHING = _("There is nothing to be read in this update yet. Write something, or choose a picture.")
NO_ALT = _("Say in words what the picture shows, or mark it as decorative.")
NO_CREDIT = _("Say who made the picture.")


class Line(forms.CharField):
    """One line: whatever else was sent as one becomes it."""

    def to_python(self, value: Any) -> str:
        """The line, without what no line holds."""
        return " ".join(str(value or "").replace("\x00", "").split())


class Key(Line):
    """What a form is known by when it comes again. It has no colon: keys that have one are the API's, and of what waits
    (`queries.waiting`), and whoever took one of these would be taken for them.
    """

    def to_python(self, value: Any) -> str:
        """The key."""
        return super().to_python(value).replace(":", "")


class Text(forms.CharField):
    """Text of several lines."""

    def to_python(self, value: Any) -> str:
        """The text without what no database takes."""
        return str(value or "").replace("\x00", "")


class TextForm(forms.Form):
    """Words alone, as the summary has them."""

    text = Text(required=False, max_length=LONGEST_TEXT, strip=False)
    key = Key(required=False, max_length=255)


class UpdateForm(TextForm):
    """An update as it is typed: heading, text and one picture with its words.

    `picture` is a file; `kept` the number of a picture that is there already, `without` takes it out.
    """

    heading = Line(required=False, max_length=LONGEST_HEADING)
    picture = forms.FileField(required=False, allow_empty_file=True, max_length=200)
    kept = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER)
    without = forms.BooleanField(required=False)
    alt = Line(required=False, max_length=255)
    decorative = forms.BooleanField(required=False)
    credit = Line(required=False, max_length=120)
    is_key = forms.BooleanField(required=False)
    author = Line(required=False, max_length=100)
    correction = Line(required=False, max_length=LONGEST_CORRECTION)
    due_at = forms.DateTimeField(required=False, input_formats=MOMENTS)
    seen = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER)

    def __init__(self, *args: Any, has_more: bool = False, **facts: Any) -> None:
        """Take whether the update has blocks besides that this form does not show.

        `kept_now` becomes the number of the picture once it is kept: a form that is sent again need not bring it.
        """
        super().__init__(*args, **facts)
        self.has_more = has_more
        self.kept_now: int | None = None

    @property
    def has_picture(self) -> bool:
        """Whether the update is to show a picture."""
        said = self.cleaned_data
        return bool(said.get("picture") or said.get("kept")) and not said.get("without")

    def clean(self) -> dict[str, Any]:
        """Something is to be read or seen, and a picture comes with its words before its file is looked at."""
        said: dict[str, Any] = super().clean() or {}
        if self.has_picture:
            self._ask_for_words(said)
        elif not self.has_more and not any(says_something(said.get(name, "")) for name in ("text", "heading")):
            self.add_error("text", forms.ValidationError(NOTHING))
        return said

    def _ask_for_words(self, said: dict[str, Any]) -> None:
        if not said.get("decorative") and not says_something(said.get("alt", "")):
            self.add_error("alt", forms.ValidationError(NO_ALT))
        if said.get("decorative") and said.get("alt"):
            self.add_error(
                "decorative", forms.ValidationError(_("A decorative picture has no words. Empty one of the two."))
            )
        if said.get("picture") and not says_something(said.get("credit", "")):
            self.add_error("credit", forms.ValidationError(NO_CREDIT))


class NewStoryForm(forms.Form):
    """A story that begins as live coverage."""

    headline = Line(max_length=110, error_messages={"required": _("Give it a headline.")})
    section = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_NUMBER,
        error_messages={name: _("Choose a section.") for name in ("required", "invalid", "min_value", "max_value")},
    )


class BlocksForm(forms.Form):
    """An update with all blocks that a story may have, in Wagtail's own form."""

    heading = Line(required=False, max_length=LONGEST_HEADING, label=_("Heading"))
    is_key = forms.BooleanField(required=False, label=_("Key event"))
    author = Line(required=False, max_length=100, label=_("Author"))
    correction = Line(required=False, max_length=LONGEST_CORRECTION, label=_("Correction, for readers"))
    seen = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)
    key = Key(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_summary: bool = False, **facts: Any) -> None:
        """Add the blocks; a summary has nothing besides."""
        super().__init__(*args, **facts)
        body = BlockField(Body(required=False), required=False, label=_("Text"))
        others = {} if is_summary else dict(self.fields)
        heading = {"heading": others.pop("heading")} if others else {}
        self.fields = {**heading, "body": body, **others}


class PlanForm(forms.Form):
    """When a coverage begins and ends, as far as that is known."""

    starts_at = forms.DateTimeField(required=False, input_formats=MOMENTS)
    ends_at = forms.DateTimeField(required=False, input_formats=MOMENTS)
