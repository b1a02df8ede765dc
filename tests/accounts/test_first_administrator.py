"""The one-time link: it makes one administrator, however often and by however many it is followed."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.http import urlencode

from gazeti import log
from gazeti.accounts.actions import AlreadyThere, add_user, make_first_administrator
from gazeti.accounts.models import User
from gazeti.accounts.queries import LINK_LASTS, first_administrator_link

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
WORDS = {"email": "amina@paper.example", "name": "Amina Farah", "password": "tall-jacaranda-9"}


def path() -> str:
    return first_administrator_link().removeprefix("http://localhost:8000")


def test_the_page_asks_and_then_opens_the_desk(client: Client) -> None:
    asked = client.get(path())
    assert asked.status_code == 200
    done = client.post(path(), WORDS, follow=True)
    assert done.redirect_chain == [("/desk/", 302)]
    assert done.status_code == 200
    amina = User.objects.get()
    assert (amina.email, amina.get_full_name(), amina.is_superuser) == ("amina@paper.example", "Amina Farah", True)
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_after_the_first_administrator_the_link_is_gone(client: Client) -> None:
    link = path()
    client.post(link, WORDS)
    for answer in (Client().get(link), Client().post(link, {**WORDS, "email": "ali@paper.example"})):
        assert answer.status_code == 410
        assert "has done its work" in answer.content.decode()
    assert User.objects.count() == 1


def test_an_administrator_made_otherwise_ends_it_too_and_one_who_left_does_not(client: Client) -> None:
    link = path()
    add_user("ali@paper.example")
    assert client.get(link).status_code == 200
    add_user("amina@paper.example", is_administrator=True)
    assert client.get(link).status_code == 410
    User.objects.update(is_active=False)
    assert client.get(link).status_code == 200


def test_after_seven_days_it_is_gone_and_the_page_says_how_to_get_another(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime.now(UTC) + LINK_LASTS + timedelta(minutes=1)
    link = path()
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "gazeti user --link" in answer.content.decode()
    assert client.post(link, WORDS).status_code == 410
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["anything", "ImZpcnN0Ig:1xVmLH:9kxgJRadD5JIz6hMhclxxXHEkB1UezbuPglQRLXFX5Q"])
def test_a_link_that_nobody_printed_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/desk/first-administrator/{token}/").status_code == 404
    assert client.post(f"/desk/first-administrator/{token}/", WORDS).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"email": "amina"}, "valid email address"),
        ({"name": ""}, "This field is required."),
        ({"password": "amina@paper.example"}, "too similar to the email address"),
        ({"password": "Amina Farah"}, "too similar"),
        ({"password": "12345678901"}, "entirely numeric"),
        ({"password": "short"}, "too short"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Client, wrong: dict[str, str], reason: str) -> None:
    answer = client.post(path(), {**WORDS, **wrong})
    (field,) = wrong
    text = answer.content.decode()
    assert answer.status_code == 200
    told = re.search(rf'<p class="alert" id="id_{field}_error">(.*?)</p>', text)
    assert told
    assert reason in told[1]
    described = re.search(rf'<input[^>]*name="{field}"[^>]*>', text)
    assert described
    assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in described[0]
    assert 'aria-invalid="true"' in described[0]
    assert not User.objects.exists()


def test_every_field_has_a_label_and_the_password_never_comes_back(client: Client) -> None:
    text = client.post(path(), {**WORDS, "email": "amina"}).content.decode()
    names = re.findall(r'<label for="id_(\w+)">', text)
    assert names == ["email", "name", "password"]
    assert WORDS["password"] not in text
    assert 'autocomplete="new-password"' in text


def test_it_works_without_script_and_tells_nobody_the_link(client: Client) -> None:
    answer = client.get(path())
    assert b"<script" not in answer.content
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    link = path()
    assert client.post(link, WORDS).status_code == 403
    token = client.get(link).cookies["csrftoken"].value
    answer = client.post(
        link, urlencode({**WORDS, "csrfmiddlewaretoken": token}), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one() -> None:
    start, made, refused = threading.Barrier(4), [], []

    def make(number: int) -> None:
        start.wait()
        try:
            made.append(make_first_administrator(email=f"{number}@paper.example", name="A", password="x"))
        except AlreadyThere:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 3)
    assert User.objects.filter(is_superuser=True).count() == 1
    assert [event.kind for event in log.read(stream="accounts")] == ["first administrator", "user added"]
