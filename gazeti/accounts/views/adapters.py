"""What allauth asks us: who may sign up, how mail leaves, whose links they are, how names and passkeys are bound."""

import time
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gazeti import guard
from gazeti.accounts.actions import keep_letter, note_event
from gazeti.accounts.queries import has_factor, user_of
from gazeti.accounts.tasks import send_to_known
from gazeti.base.models import Newspaper

TOLD = guard.Limit("sign-in refused", most=1, seconds=60, by=("address",))
"""How often the log is told of an address that is still refused for trying too often."""


class SignInAdapter(DefaultAccountAdapter):
    """Nobody signs up; mail is sent by a task; links carry the newsroom's address, not the request's host."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts are given."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail and have it sent after the answer, to whoever has the address: only then is that looked at."""
        facts = {"email": email, "newspaper": Newspaper.load().name, "desk": f"{settings.GAZETI_ADDRESS}/desk/"}
        message = self.render_mail(template_prefix, email, {**facts, **context})
        letter = keep_letter(to=email, subject=message.subject, body=str(message.body), now=timezone.now())
        send_to_known.enqueue(letter.pk)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Make the link that sets a password."""
        page = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.GAZETI_ADDRESS + page.replace("UID-KEY", quote(key))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; whoever tried too often is refused, and the log is told of it once a minute."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            address = self.get_client_ip(request)
            if guard.allow(TOLD, address=guard.address_of(request)).allowed:
                email = credentials.get("email", "")
                facts = {"address": address, "email": email, "reason": "too many tries"}
                note_event("sign-in refused", now=timezone.now(), user=user_of(email), **facts)
            raise

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Whether to ask who it is once more: not of somebody without a factor who signed in a moment ago."""
        request = context.request
        if app == "allauth.mfa" and request.user.is_authenticated and not has_factor(request.user):
            signed_in = [record["at"] for record in get_authentication_records(request, request.user)]
            if signed_in and time.time() - max(signed_in) < app_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return super().is_reauthentication_required(app=app, **options)


class FactorAdapter(DefaultMFAAdapter):
    """Authenticator apps show the paper's name; passkeys are bound to the newsroom's address (WebAuthn's RP ID)."""

    def get_totp_issuer(self) -> str:
        """Name the paper."""
        return Newspaper.load().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind to the public address; until it is set, to the host that is asked, which is this machine."""
        host = urlsplit(settings.GAZETI_ADDRESS).hostname if settings.GAZETI_ADDRESS_IS_SET else None
        return {"id": host or context.request.get_host().partition(":")[0], "name": Newspaper.load().name}
