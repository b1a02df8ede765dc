"""What people fill in to get an account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


def _password_advice() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


class FirstAdministratorForm(forms.Form):
    """Email, name and password of the first administrator."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
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
        self.person.email, self.person.first_name = facts.get("email", ""), facts.get("name", "")
        if "password" in facts:
            try:
                validate_password(facts["password"], self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return facts
