"""Accounts at the desk: an address once in whatever case, and Wagtail's own forms for users."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import Client

from gazeti.accounts.actions import AlreadyThere, add_user, give_fresh_password, password_link
from gazeti.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


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
    assert b"This link is spent" in client.get(link, follow=True).content


def test_somebody_who_may_not_sign_in_gets_no_link() -> None:
    user = add_user("amina@paper.example")
    user.is_active = False
    with pytest.raises(ValidationError, match="may not sign in any more"):
        password_link(user)


def test_people_are_added_at_the_desk_by_email_and_nobody_types_their_password(admin_client: Client) -> None:
    asked = admin_client.get("/desk/users/new/")
    assert asked.status_code == 200
    assert "password" not in asked.context["form"].fields
    words = {"email": "Amina@paper.example", "first_name": "Amina", "last_name": "Farah", "password1": "jacaranda-9"}
    assert admin_client.post("/desk/users/new/", words).status_code == 302
    assert not User.objects.get(email="Amina@paper.example").has_usable_password()


def test_an_address_that_was_changed_opens_nothing_any_more() -> None:
    user = User.objects.create_user("old@paper.example", "tall-jacaranda-9")
    user.email = "New@paper.example"
    user.save()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@paper.example", True, True)]
    assert not authenticate(None, email="old@paper.example", password="tall-jacaranda-9")
    assert authenticate(None, email="new@paper.example", password="tall-jacaranda-9") == user
