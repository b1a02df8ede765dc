"""What people fill in to get an account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


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
