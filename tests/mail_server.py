"""A mail server on this machine that Gazeti is told of, and what it took."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from tests.cli.processes import free_port


class Box:
    """What the mail server took."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        read = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos, read))
        return "250 OK"


@pytest.fixture
def box(settings: Settings) -> Iterator[Box]:
    """Start the mail server, for one test."""
    taken = Box()
    server = Controller(taken, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield taken
    server.stop()
