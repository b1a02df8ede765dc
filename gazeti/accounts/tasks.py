"""Mail that a view wrote, sent apart from any request: how long sending takes tells nobody who has an account."""

import smtplib

from allauth.account.adapter import get_adapter
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from gazeti.accounts.actions import drop_letter, password_link, postpone_letter
from gazeti.accounts.models import Letter, User
from gazeti.accounts.queries import user_of


@task()
def send_letter(letter_id: int) -> None:
    """Send a kept mail and forget it; if the mail server does not take it, try again later, four times."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if not letter:
        return
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to], headers=letter.headers).send()
    except (OSError, smtplib.SMTPException):
        pause = postpone_letter(letter)
        if pause is None:
            raise
        send_letter.using(run_after=timezone.now() + pause).enqueue(letter_id)
    else:
        drop_letter(letter)


@task()
def send_to_known(letter_id: int) -> None:
    """Send a kept mail to whoever signs in with its address, and forget one that nobody has: whoever asked for it has
    their answer, which took as long.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter and _known(letter):
        send_letter.func(letter_id)
    elif letter:
        drop_letter(letter)


@task()
def write_to_known(letter_id: int) -> None:
    """In the place of a letter that has nothing but an address, write to whoever signs in with it how to set a new
    password, and to nobody else.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    person = _known(letter)
    if person:
        facts = {"password_reset_url": password_link(person)}
        get_adapter().send_mail("account/email/password_reset_key", letter.to, facts)
    drop_letter(letter)


def _known(letter: Letter) -> User | None:
    person = user_of(letter.to)
    return person if person and person.is_active else None
