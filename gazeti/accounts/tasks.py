"""Mail that a view wrote, sent apart from any request: how long sending takes tells nobody who has an account."""

import smtplib

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from gazeti.accounts.actions import drop_letter, postpone_letter
from gazeti.accounts.models import Letter


@task()
def send_letter(letter_id: int) -> None:
    """Send a kept mail and forget it; if the mail server does not take it, try again later, four times."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if not letter:
        return
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except (OSError, smtplib.SMTPException):
        pause = postpone_letter(letter)
        if pause is None:
            raise
        send_letter.using(run_after=timezone.now() + pause).enqueue(letter_id)
    else:
        drop_letter(letter)
