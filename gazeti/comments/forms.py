"""What readers fill in: a comment, another version of it, a report."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gazeti.accounts.forms import AddressField
from gazeti.comments.formats import cleaned
from gazeti.comments.rules import LONGEST_BODY, LONGEST_NAME, Complaint, Reason
from gazeti.plain.letters import cleaned_name

LARGEST_NUMBER = 2_147_483_647
"""What every database takes for the number of a comment."""
LONGEST_SENT = 20_000
"""Characters that are looked at: what is longer is refused unread, also where all of it is blanks."""
LONGEST_REPORT = 2_000
COMPLAINTS: dict[str, Promise] = {
    Complaint.ABUSE: _("It insults or threatens somebody"),
    Complaint.HATE: _("It spreads hatred against a group of people"),
    Complaint.FALSE: _("It is false and does harm"),
    Complaint.PRIVATE: _("It tells what is private about somebody"),
    Complaint.ADVERTISING: _("It is advertising"),
    Complaint.OTHER: _("Something else"),
    Complaint.ILLEGAL: _("It is against the law"),
}
"""Why a comment is reported, as readers are asked."""
REASONS: dict[str, Promise] = {
    Reason.ABUSE: _("It insults or threatens somebody."),
    Reason.HATE: _("It spreads hatred against a group of people."),
    Reason.FALSE: _("It says something false that does harm."),
    Reason.PRIVATE: _("It tells what is private about somebody."),
    Reason.OFF_TOPIC: _("It is not about the story."),
    Reason.ADVERTISING: _("It is advertising."),
    Reason.ILLEGAL: _("It is against the law."),
    Reason.OTHER: _("It is against the rules of the discussion."),
}
"""Why a moderator refused a comment, as its writer is told."""
NAMELESS = _("Say under which name your comment stands.")
NO_ADDRESS = _("Give your email address: readers never see it.")
NO_SUCH_ADDRESS = _("This is no email address. It looks like name@example.org.")


class CleanField(forms.CharField):
    """Text that is cleaned before its length counts."""

    def __init__(self, *, longest: int, clean: Any, too_long: Any, **facts: Any) -> None:
        """Take the characters it may have, and how it is cleaned."""
        super().__init__(strip=False, **facts)
        self.longest, self.cleaned_by, self.too_long = longest, clean, too_long

    def to_python(self, value: Any) -> str:
        """The text as it will be kept."""
        text = str(value or "")
        if len(text) <= LONGEST_SENT:
            text = self.cleaned_by(text)
        if len(text) > self.longest:
            raise ValidationError(self.too_long, params={"most": self.longest, "are": len(text)})
        return str(text)


class BodyForm(forms.Form):
    """The words of a comment."""

    body = CleanField(
        longest=LONGEST_BODY,
        clean=cleaned,
        too_long=_("A comment has %(most)d characters at most. This one has %(are)d."),
        error_messages={"required": _("There is nothing to be read in this comment yet.")},
    )


class CommentForm(BodyForm):
    """A comment, and who sends it; of who is signed in, that is known."""

    name = CleanField(
        longest=LONGEST_NAME,
        clean=cleaned_name,
        too_long=_("A name has %(most)d characters at most. This one has %(are)d."),
        required=False,
    )
    email = AddressField(required=False, error_messages={"invalid": NO_SUCH_ADDRESS})
    reply_to = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_NUMBER,
        error_messages={name: _("This is no comment's number.") for name in ("invalid", "min_value", "max_value")},
    )
    language = forms.ChoiceField(
        required=False,
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Choose one of the languages.")},
    )

    def __init__(self, *args: Any, known_name: str, is_signed_in: bool, **facts: Any) -> None:
        """Take what is known of who sends it."""
        super().__init__(*args, **facts)
        self.known_name, self.is_signed_in = known_name, is_signed_in

    def clean_name(self) -> str:
        """A name, unless one is known."""
        name = self.known_name or self.cleaned_data["name"]
        if not name:
            raise ValidationError(NAMELESS)
        return str(name)

    def clean_email(self) -> str:
        """An address, unless somebody signed in by theirs."""
        if self.is_signed_in:
            return ""
        if not self.cleaned_data["email"]:
            raise ValidationError(NO_ADDRESS)
        return str(self.cleaned_data["email"])


class ReportForm(forms.Form):
    """Why a comment is reported; for illegal content what the EU's Digital Services Act asks for (article 16(2))."""

    reason = forms.ChoiceField(
        choices=list(COMPLAINTS.items()),
        error_messages={name: _("Choose why you report it.") for name in ("required", "invalid_choice")},
    )
    text = CleanField(
        longest=LONGEST_REPORT,
        clean=cleaned,
        too_long=_("An explanation has %(most)d characters at most. This one has %(are)d."),
        required=False,
    )
    name = CleanField(
        longest=LONGEST_NAME,
        clean=cleaned_name,
        too_long=_("A name has %(most)d characters at most. This one has %(are)d."),
        required=False,
    )
    email = AddressField(required=False, error_messages={"invalid": NO_SUCH_ADDRESS})
    in_good_faith = forms.BooleanField(required=False)
    shows_abuse_of_a_child = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """A notice of illegal content says why, by whom and in good faith; by whom not, where a child was abused."""
        found = super().clean() or {}
        if found.get("reason") != Complaint.ILLEGAL:
            return {**found, "name": "", "email": "", "in_good_faith": False}
        asked = {"text": _("Explain why it is against the law."), "in_good_faith": _("Say that you believe this.")}
        if not found.get("shows_abuse_of_a_child"):
            asked |= {"name": _("Give your name: the law asks for it."), "email": NO_ADDRESS}
        for field, words in asked.items():
            if not found.get(field) and field not in self.errors:
                self.add_error(field, ValidationError(words))
        return found
