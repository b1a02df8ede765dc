"""Mail on its way: kept until it was sent, tried again when the mail server does not take it."""

from datetime import datetime, timedelta

from gazeti.accounts.models import Letter

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))
"""How long to wait before each further try."""


def keep_letter(*, to: str, subject: str, body: str, now: datetime) -> Letter:
    """Keep a mail until a task has sent it."""
    return Letter.objects.create(to=to, subject=subject[:255], body=body, written_at=now)


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
