"""Mail: sent by a task through a real mail server on this machine, tried again, and kept no longer than needed."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from gazeti.accounts.actions import keep_letter, postpone_letter
from gazeti.accounts.models import Letter
from gazeti.accounts.tasks import send_letter
from tests.accounts.people import make_person, sign_in
from tests.cli.processes import free_port
from tests.mail_server import Box
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


def test_a_code_arrives_and_opens_the_desk(client: Client, box: Box, run_tasks: Callable[[], None]) -> None:
    make_person()
    client.post("/desk/login/code/", {"email": "amina@paper.example"})
    run_tasks()
    ((to, mail),) = box.mails
    assert (to, mail["To"], mail["Subject"]) == (["amina@paper.example"], "amina@paper.example", "Your code for Gazeti")
    (code,) = re.findall(r"(?m)^([A-Z0-9-]{6,})\r?$", mail.get_content())
    client.post("/desk/login/code/confirm/", {"code": code})
    assert client.get("/desk/").status_code == 200


def test_an_invitation_arrives_and_its_link_works(
    admin_client: Client, box: Box, run_tasks: Callable[[], None]
) -> None:
    words = {"email": "ali@paper.example", "name": "Ali Noor", "roles": ["reporter", "moderator"]}
    assert admin_client.post("/desk/invitations/new/", words).status_code == 302
    run_tasks()
    ((to, mail),) = box.mails
    assert (to, mail["Subject"]) == (["ali@paper.example"], "Your account at the desk of Gazeti")
    text = mail.get_content()
    assert "Hello Ali Noor," in text
    (link,) = re.findall(r"http://localhost:8000(\S+)", text)
    assert Client().get(link).status_code == 200


def test_a_new_password_is_told_to_its_owner(client: Client, box: Box, run_tasks: Callable[[], None]) -> None:
    make_person()
    sign_in(client)
    words = {"oldpassword": "tall-jacaranda-9", "password1": "other-jacaranda-9", "password2": "other-jacaranda-9"}
    client.post("/desk/password/change/", words)
    run_tasks()
    ((_to, mail),) = box.mails
    assert "If you do not recognize this change" in mail.get_content()


def test_no_task_holds_a_code_or_an_address_and_no_letter_outlives_its_sending(
    client: Client, box: Box, run_tasks: Callable[[], None]
) -> None:
    make_person()
    client.post("/desk/login/code/", {"email": "amina@paper.example"})
    assert [row.args_kwargs for row in DBTaskResult.objects.all()] == [
        {"args": [Letter.objects.get().pk], "kwargs": {}}
    ]
    run_tasks()
    assert not Letter.objects.exists()


def test_what_the_mail_server_does_not_take_is_sent_later(settings: Settings, box: Box) -> None:
    letter = keep_letter(to="a@paper.example", subject="A", body="B", now=NOW)
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    send_letter.func(letter.pk)
    (waiting,) = DBTaskResult.objects.all()
    assert 5 < (waiting.run_after - timezone.now()).total_seconds() <= 10
    settings.EMAIL_PORT = good
    send_letter.func(letter.pk)
    send_letter.func(letter.pk)
    assert len(box.mails) == 1


def test_after_four_further_tries_a_letter_is_given_up_and_the_task_has_failed(settings: Settings, box: Box) -> None:
    letter = keep_letter(to="a@paper.example", subject="A" * 300, body="B", now=NOW)
    assert len(letter.subject) == 255
    assert [int(pause.total_seconds()) for _ in range(4) if (pause := postpone_letter(letter))] == [10, 60, 300, 1800]
    settings.EMAIL_PORT = free_port()
    with pytest.raises(ConnectionRefusedError):
        send_letter.func(letter.pk)
    assert not Letter.objects.exists()
