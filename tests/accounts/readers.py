"""Readers for tests: asking for a code and typing it, as a browser does that tells where its forms come from."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from gazeti.accounts.models import Reader, User
from gazeti.accounts.tasks import send_letter

OURS = {"sec-fetch-site": "same-origin"}
EMAIL = "hodan@reader.example"


def ask(client: Client, email: str = EMAIL, **more: str) -> Any:
    """Type an address at the door."""
    return client.post("/account/", {"email": email, **more}, headers=OURS)


def asked(client: Client, email: str = EMAIL, **more: str) -> tuple[str, str]:
    """Ask, let the mail be sent, and give the address of the page that wants the code, and the code."""
    page = ask(client, email, **more).headers["Location"]
    send_waiting()
    return page, code_of(mail.outbox[-1])


def send_waiting() -> None:
    """Send every letter that waits."""
    from gazeti.accounts.models import Letter

    for letter in Letter.objects.order_by("pk"):
        send_letter.func(letter.pk)


def code_of(message: Any) -> str:
    """The code in a mail."""
    return re.findall(r"^([A-Z0-9-]{6,})$", str(message.body), re.MULTILINE)[0]


def let_in(client: Client, email: str = EMAIL, **more: str) -> Any:
    """Sign in from the door to the end."""
    page, code = asked(client, email, **more)
    return client.post(page, {"code": code}, headers=OURS)


def make_reader(email: str = EMAIL, **facts: Any) -> Reader:
    """Somebody who has proven their address."""
    from tests.newsroom import NOW

    user = User.objects.create_user(email)
    return Reader.objects.create(**{"user": user, "email": email, "name": "Hodan", "known_since": NOW, **facts})


def post(client: Client, address: str, data: dict[str, Any] | None = None) -> Any:
    """Send a form from a page of ours."""
    return client.post(address, data or {}, headers=OURS)
