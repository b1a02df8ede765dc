"""Sessions: listed, ended one by one or all at once, and by a new password, a closed account or signing out."""

import pytest
from django.test import Client

from gazeti.accounts.models import User
from tests.accounts.people import PASSWORD, make_person, sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.database
def test_sessions_are_listed_and_each_can_be_ended(client: Client) -> None:
    make_person()
    phone = Client(headers={"user-agent": "The phone"}, REMOTE_ADDR="192.0.2.9")
    sign_in(client)
    sign_in(phone)
    page = client.get("/desk/sessions/")
    assert "The phone" in text_of(page)
    (number,) = [one.pk for one in page.context["sessions"] if one.user_agent == "The phone"]
    assert client.post("/desk/sessions/", {"session": number}).status_code == 302
    assert phone.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_all_other_sessions_end_at_once(client: Client) -> None:
    make_person()
    others = [Client(), Client()]
    for browser in [client, *others]:
        sign_in(browser)
    client.post("/desk/sessions/", {})
    assert [browser.get("/desk/").status_code for browser in [client, *others]] == [200, 302, 302]


@pytest.mark.parametrize("number", ["theirs", "x", "9" * 40, ""])
def test_nobody_ends_a_session_of_somebody_else(client: Client, number: str) -> None:
    make_person()
    make_person("ali@paper.example")
    theirs = Client()
    sign_in(theirs, "ali@paper.example")
    sign_in(client)
    row = theirs.get("/desk/sessions/").context["sessions"][0]
    client.post("/desk/sessions/", {"session": str(row.pk) if number == "theirs" else number})
    assert theirs.get("/desk/").status_code == 200


@pytest.mark.database
def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    make_person()
    other = Client()
    sign_in(client)
    sign_in(other)
    words = {"oldpassword": PASSWORD, "password1": "other-jacaranda-9", "password2": "other-jacaranda-9"}
    assert client.post("/desk/password/change/", words).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    make_person()
    sign_in(client)
    assert client.get("/desk/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_signing_out_is_a_form_and_ends_the_session(client: Client) -> None:
    make_person()
    sign_in(client)
    assert client.get("/desk/logout/").status_code == 200
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/logout/").headers["Location"] == "/desk/login/"
    assert client.get("/desk/").status_code == 302
