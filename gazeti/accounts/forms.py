"""What people fill in to get an account, and readers to sign in."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from gazeti.plain.letters import cleaned_name
from gazeti.plain.mailboxes import LONGEST, QUOTE, canonical, is_mailbox

QUOTED = _("An address in quotation marks is not taken here. Use another one of yours.")
UNKNOWN_HOST = _("No mail server has such a name.")
LONGEST_NAME = 60
"""Characters of a reader's name once it is cleaned: some letters become several."""


class AddressField(forms.EmailField):
    """An email address in its one spelling, so that whoever has it is one person at every door."""

    def __init__(self, **facts: Any) -> None:
        """Take what a field is told; the length is that of the rows."""
        super().__init__(max_length=LONGEST, **facts)

    def clean(self, value: Any) -> str:
        """The address as it is kept, perhaps empty."""
        address = canonical(super().clean(value))
        if not address or is_mailbox(address):
            return address
        if QUOTE in address:
            raise ValidationError(QUOTED)
        raise ValidationError(self.error_messages["invalid"] if address.isascii() else UNKNOWN_HOST)


def _password_advice() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


class NewcomerForm(forms.Form):
    """Name and password of somebody who gets an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As your colleagues see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=lazy(_password_advice, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        """Take the person, not saved yet, whom the password must not resemble."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Hold the password against Django's validators and what the person wrote of themselves."""
        facts = super().clean() or {}
        self.person.first_name = facts.get("name", "")
        self.person.email = facts.get("email", self.person.email)
        if "password" in facts:
            try:
                validate_password(facts["password"], self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return facts


class FirstAdministratorForm(NewcomerForm):
    """The first administrator says the address too."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "name", "password")


class InvitationForm(forms.Form):
    """Who is asked to the desk, and what they will do there."""

    email = forms.EmailField(
        label=_("Email address"), max_length=254, help_text=_("The link goes there."), widget=forms.EmailInput()
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False, help_text=_("They may change it."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[
            ("reporter", _("Reporter: writes, and hands in to be published")),
            ("editor", _("Editor: publishes and withdraws")),
            ("moderator", _("Moderator: looks after comments")),
            ("administrator", _("Administrator: gives others their accounts")),
        ],
        initial=["reporter"],
        widget=forms.CheckboxSelectMultiple(),
    )


class AddressForm(forms.Form):
    """The address that a code goes to."""

    email = AddressField(
        label=_("Email address"),
        help_text=_("Nobody else sees the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DeskCodeForm(RequestLoginCodeForm):
    """The address that a code of the desk goes to. Whose it is, is not asked here: an address that nobody has would
    take another time.
    """

    def clean_email(self) -> str:
        """As it was typed."""
        return str(self.cleaned_data["email"])


class ForgottenForm(ResetPasswordForm):
    """The address that a link for a new password goes to; whose it is, is not asked here either."""

    def clean_email(self) -> str:
        """As it was typed."""
        return str(self.cleaned_data["email"])


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class NameForm(forms.Form):
    """The name a reader writes under."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        help_text=_("It stands over what you write from now on."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def clean_name(self) -> str:
        """As it stands over a comment, whichever form it comes from."""
        name = cleaned_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("This name cannot be read."))
        if len(name) > LONGEST_NAME:
            raise ValidationError(_("This name is too long."))
        return name
