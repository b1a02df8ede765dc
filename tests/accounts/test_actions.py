"""Accounts at the desk: an address once in whatever case, and Wagtail's own forms for users."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from gazeti.accounts.actions import AlreadyThere, add_user, give_fresh_password, password_link
from gazeti.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_address_is_taken_in_whatever_case_it_is_written() -> None:
    add_user("Amina@paper.example")
    with pytest.raises(AlreadyThere):
        add_user("amina@PAPER.example")


def test_somebody_added_has_no_password_until_they_set_one(client: Client) -> None:
    user = add_user("amina@paper.example")
    assert not user.has_usable_password()
    assert not client.login(username="amina@paper.example", password="")


def test_a_fresh_password_replaces_the_last_one(client: Client) -> None:
    first, second = (give_fresh_password("editor@paper.example", name="The editor") for _ in range(2))
    assert first != second
    assert not client.login(username="editor@paper.example", password=first)
    assert client.login(username="editor@paper.example", password=second)
    assert User.objects.get().is_superuser


def test_a_link_stops_working_once_the_password_was_set(client: Client) -> None:
    user = add_user("amina@paper.example")
    link = password_link(user).removeprefix("http://localhost:8000")
    give_fresh_password("amina@paper.example", name="")
    assert b"Invalid password reset link" in client.get(link, follow=True).content


def test_somebody_who_may_not_sign_in_gets_no_link() -> None:
    user = add_user("amina@paper.example")
    user.is_active = False
    with pytest.raises(ValidationError, match="may not sign in any more"):
        password_link(user)


def test_people_are_added_at_the_desk_by_email(admin_client: Client) -> None:
    asked = admin_client.get("/desk/users/new/")
    assert asked.status_code == 200
    words = {
        "email": "amina@paper.example",
        "first_name": "Amina",
        "last_name": "Farah",
        "password1": "tall-jacaranda-9",
        "password2": "tall-jacaranda-9",
    }
    assert admin_client.post("/desk/users/new/", words).status_code == 302
    assert User.objects.get(email="amina@paper.example").check_password("tall-jacaranda-9")


def test_sign_in_at_the_desk_is_by_email_in_any_case(client: Client) -> None:
    password = give_fresh_password("editor@paper.example", name="The editor")
    answer = client.post("/desk/login/", {"username": "Editor@Paper.example", "password": password, "next": "/desk/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
