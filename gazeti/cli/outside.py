"""The check-ups of `gazeti doctor` that look outside: mail, the address with its TLS and proxy, the clock's source."""

import json
import shutil
import smtplib
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gazeti.cli.findings import Finding

SECONDS = 5
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail() -> Iterator[Finding]:
    """Whether the mail server takes a connection and our name."""
    if settings.EMAIL_BACKEND != SMTP:
        yield Finding("mail", "warn", "Mail is not sent: it is only written down. Set GAZETI_MAIL to your mail server.")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = get_connection()
    try:
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        sentence = f"The mail server {server} does not take us: {_said(error)}. Check GAZETI_MAIL."
        yield Finding("mail", "fail", sentence)
    else:
        yield Finding("mail", "ok", f"The mail server {server} takes us.")


def mail_sent(recipient: str | None) -> Iterator[Finding]:
    """Send a test message, if an address was given."""
    if not recipient:
        return
    message = EmailMessage("A test from Gazeti", f"Mail from {settings.GAZETI_ADDRESS} arrives.", to=[recipient])
    try:
        message.send()
    except (OSError, ValueError, smtplib.SMTPException) as error:
        yield Finding("mail", "fail", f"A test to {recipient} could not be sent: {_said(error)}.")
    else:
        yield Finding("mail", "ok", f"A test to {recipient} was handed over. See whether it arrives.")


def address() -> Iterator[Finding]:
    """Whether the public address is set, reached by TLS, and shown to us as it is by the proxy in front."""
    if not settings.GAZETI_ADDRESS_IS_SET:
        sentence = "No public address is set: links say localhost. Write `address` in gazeti.toml."
        yield Finding("address", "warn", sentence)
        return
    if not settings.BEHIND_TLS:
        yield Finding("address", "warn", f"{settings.GAZETI_ADDRESS} is not encrypted. Put a proxy with TLS in front.")
    elif not settings.GAZETI_TRUSTED_PROXIES:
        sentence = "No proxy is trusted, so every reader seems to come from it. Write `trusted_proxies` in gazeti.toml."
        yield Finding("address", "warn", sentence)
    yield _reached(f"{settings.GAZETI_ADDRESS}/healthz")


def sign_in() -> Iterator[Finding]:
    """Whether a stolen password alone would open the desk to somebody from outside."""
    if settings.GAZETI_SECOND_FACTOR:
        yield Finding("sign-in", "ok", "Editors and administrators need a second factor.")
    elif settings.GAZETI_ADDRESS_IS_SET:
        sentence = "A password alone opens the desk. Write `second_factor = true` in gazeti.toml."
        yield Finding("sign-in", "warn", sentence)


def _reached(url: str) -> Finding:
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as response:  # noqa: S310 (our own address, checked when read)
            seen = json.loads(response.read(10_000)).get("scheme", "")
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLError):
            return Finding("address", "fail", f"The certificate of {url} is not good: {_said(error.reason)}. Renew it.")
        return Finding("address", "warn", f"{url} was not reached from here: {_said(error)}.")
    except (OSError, ValueError, AttributeError) as error:
        return Finding("address", "warn", f"{url} does not answer like Gazeti: {_said(error)}.")
    if seen != url.partition(":")[0]:
        sentence = "The proxy in front is not believed: requests seem to come unencrypted. Set `trusted_proxies`."
        return Finding("address", "fail", sentence)
    return Finding("address", "ok", f"{url} answers, and the proxy's headers are right.")


def synchronised() -> Iterator[Finding]:
    """Whether the machine keeps its clock right by itself, where it can tell."""
    if not shutil.which("timedatectl"):
        return
    command = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    if answer.stdout.strip() == "no":
        yield Finding("clock", "warn", "Nothing keeps the clock right. Run `timedatectl set-ntp true`.")


def _said(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    text = str(getattr(reason, "strerror", None) or reason).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
