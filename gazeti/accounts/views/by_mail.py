"""Signing in at the desk by mail: for each address the same work is done before the answer, whether or not anybody has
it. To whom a letter goes is looked at by the task that sends it.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView, PasswordResetView, RequestLoginCodeView
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from gazeti.accounts.actions import keep_letter, note_event
from gazeti.accounts.forms import DeskCodeForm, ForgottenForm
from gazeti.accounts.models import User
from gazeti.accounts.queries import user_of
from gazeti.accounts.tasks import write_to_known


class RequestCode(RequestLoginCodeView):
    """Asks for the address that a code is sent to."""

    def get_form_class(self) -> type[DeskCodeForm]:
        """The form that looks nobody up."""
        return DeskCodeForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Send a code. Of an address that nobody has the letter is written and kept all the same."""
        email = form.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="request_login_code", key=email.lower()):
            form.add_error("email", get_adapter().validation_error("too_many_login_attempts"))
            return self.form_invalid(form)
        person = user_of(email)
        user = person if person and person.is_active else None
        if user is None:
            _write_code(self.request, email)
        LoginCodeVerificationProcess.initiate(request=self.request, user=user, email=email)
        return HttpResponseRedirect(str(self.get_success_url()))


class ConfirmCode(ConfirmLoginCodeView):
    """Asks for the code; where allauth knows nobody by the address, what it does of somebody is done here."""

    claimed: User | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Look for whoever has the address."""
        if self._process.user is None:
            self.claimed = user_of(self._email)
        return dict(super().get_form_kwargs())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Tell of a wrong code."""
        if self._process.user is None:
            note_event(
                "sign-in failed",
                now=timezone.now(),
                user=self.claimed,
                address=self.request.META.get("REMOTE_ADDR") or None,
                email=self._email,
                reason="unknown address",
            )
        return super().form_invalid(form)

    @property
    def _email(self) -> str:
        return str(self._process.state.get("email", ""))


class Forgotten(PasswordResetView):
    """Asks for the address that a link for a new password is sent to."""

    def get_form_class(self) -> type[ForgottenForm]:
        """The form that looks nobody up."""
        return ForgottenForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Have it written, to whoever has the address."""
        email = form.cleaned_data["email"]
        refused = ratelimit.consume_or_429(self.request, action="reset_password", key=email.lower())
        if refused:
            return refused
        letter = keep_letter(to=email, subject="", body="", now=timezone.now())
        write_to_known.enqueue(letter.pk)
        return HttpResponseRedirect(self.get_success_url())


def _write_code(request: HttpRequest, email: str) -> None:
    """A letter like those that are sent; its task finds nobody, and forgets it."""
    adapter = get_adapter(request)
    facts = {"request": request, "code": adapter.generate_login_code()}
    adapter.send_mail("account/email/login_code", email, facts)


request_code = RequestCode.as_view()
confirm_code = ConfirmCode.as_view()
forgotten = Forgotten.as_view()
