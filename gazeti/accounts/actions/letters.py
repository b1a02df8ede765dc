"""Mail on its way: kept until it was sent, tried again when the mail server does not take it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gazeti.accounts.models import Letter

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))
"""How long to wait before each further try."""


def keep_letter(*, to: str, subject: str, body: str, now: datetime, headers: Mapping[str, str] | None = None) -> Letter:
    """Keep a mail until a task has sent it, with further fields of its head where there are any.

    Its subject is one line of what is written, whatever paper or story it names: a mail of two is never sent, and
    "=?" would begin a word that mail programs read as other letters (RFC 2047), lines among them.
    """
    line = " ".join(subject.replace("=?", "= ?").split())[:255]
    return Letter.objects.create(to=to, subject=line, body=body, headers=dict(headers or {}), written_at=now)


def drop_letter(letter: Letter) -> None:
    """Forget a mail: it was sent, or will not be."""
    letter.delete()


def postpone_letter(letter: Letter) -> timedelta | None:
    """Count a try that failed; how long to wait before the next, or None once the mail is given up and forgotten."""
    if letter.tries >= len(PAUSES):
        drop_letter(letter)
        return None
    letter.tries += 1
    letter.save(update_fields=["tries"])
    return PAUSES[letter.tries - 1]
