"""The page of a reader who signed in: their name, their sessions, the way out; and what a deleted user leaves."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from gazeti.accounts.actions import drop_sessions
from gazeti.accounts.models import Reader, User
from gazeti.accounts.queries import sessions_due
from tests.accounts.people import text_of
from tests.accounts.readers import EMAIL, let_in, make_reader, post
from tests.newsroom import NOW, make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper() -> None:
    make_paper()


def test_a_reader_changes_the_name_they_write_under(client: Client) -> None:
    let_in(client)
    assert post(client, "/account/name/", {"name": "  Hodan\t Ali\u202e "}).status_code == 303
    assert Reader.objects.get().name == "Hodan Ali"
    assert 'value="Hodan Ali"' in client.get("/account/").content.decode()


@pytest.mark.parametrize("name", ["", "\u200b\u200b", "\u202e\u3164", "…", "x" * 61])
def test_a_name_that_cannot_be_read_is_not_taken(client: Client, name: str) -> None:
    let_in(client)
    assert post(client, "/account/name/", {"name": name}).status_code == 422
    assert Reader.objects.get().name == ""


def test_a_reader_ends_another_session_and_nobody_elses(client: Client) -> None:
    other, third = Client(), Client()
    let_in(client)
    let_in(other)
    let_in(third, "other@reader.example")
    page = client.get("/account/").content.decode()
    [number] = re.findall(r'name="session" value="(\d+)"', page)
    third_number = User.objects.get(email="other@reader.example").usersession_set.get().pk
    post(client, "/account/sessions/", {"session": number})
    post(client, "/account/sessions/", {"session": third_number})
    assert "signed in as" not in text_of(other.get("/account/"))
    assert "signed in as" in text_of(client.get("/account/"))
    assert "signed in as" in text_of(third.get("/account/"))


def test_a_reader_signs_out(client: Client) -> None:
    let_in(client)
    assert post(client, "/account/leave/").status_code == 303
    assert "signed in as" not in text_of(client.get("/account/"))
    assert not User.objects.get().usersession_set.exists()


@pytest.mark.parametrize("address", ["name", "sessions", "leave"])
def test_what_a_reader_changes_is_open_to_nobody_else(client: Client, address: str) -> None:
    assert post(client, f"/account/{address}/").headers["Location"] == "/account/"


def test_a_user_who_is_deleted_leaves_no_address_with_what_they_wrote() -> None:
    reader = make_reader()
    Reader.objects.create(email=EMAIL, known_since=NOW)
    reader.user.delete()
    reader.refresh_from_db()
    assert (reader.email, reader.user) == ("", None)


def test_another_address_of_the_user_is_the_readers_too() -> None:
    reader = make_reader()
    reader.user.email = "New@reader.example"
    reader.user.save()
    reader.refresh_from_db()
    assert reader.email == "new@reader.example"


def test_where_somebody_was_signed_in_is_forgotten_with_the_session(client: Client) -> None:
    let_in(client)
    let_in(Client(), "other@reader.example")
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=NOW)
    UserSession.objects.filter(session_key=client.session.session_key).update(created_at=NOW - timedelta(days=14))
    assert not list(sessions_due(now=NOW - timedelta(seconds=1)))
    [item] = sessions_due(now=NOW)
    drop_sessions(item, now=NOW)
    assert [session.user.email for session in UserSession.objects.all()] == ["other@reader.example"]
    assert Session.objects.count() == 1
