"""An administrator by role gives roles; every right is given, and whoever has it is changed, by who has it alone."""

import pytest
from django.test import Client

from gazeti.accounts.models import User
from tests.accounts.people import make_person, sign_in

pytestmark = pytest.mark.django_db
WORDS = {"email": "new@paper.example", "first_name": "A", "last_name": "B", "is_active": "on"}


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root@paper.example", first_name="Root")


@pytest.fixture
def chief(client: Client) -> Client:
    make_person("chief@paper.example", roles=["administrator"])
    sign_in(client, "chief@paper.example")
    return client


def test_an_administrator_by_role_changes_people_and_gives_nobody_every_right(chief: Client) -> None:
    amina = make_person(roles=["reporter"])
    assert chief.post(f"/desk/users/edit/{amina.pk}/", WORDS).status_code == 302
    assert User.objects.get(pk=amina.pk).email == "new@paper.example"
    for address in (f"/desk/users/edit/{amina.pk}/", "/desk/users/new/"):
        chief.post(address, {**WORDS, "email": "other@paper.example", "is_superuser": "on"})
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(email="other@paper.example").exists()


def test_an_administrator_by_role_does_not_take_over_who_has_every_right(chief: Client, root: User) -> None:
    assert chief.get(f"/desk/users/edit/{root.pk}/").status_code == 302
    chief.post(f"/desk/users/edit/{root.pk}/", WORDS)
    chief.post(f"/desk/users/delete/{root.pk}/")
    for action, words in (("delete", {}), ("set_active_state", {"mark_as_active": "False"})):
        chief.post(f"/desk/bulk/gazeti_accounts/user/{action}/?id={root.pk}", words)
    kept = User.objects.get(pk=root.pk)
    assert (kept.email, kept.is_active, kept.is_superuser) == ("root@paper.example", True, True)


def test_who_has_every_right_gives_and_takes_it(client: Client, root: User) -> None:
    client.force_login(root)
    amina = make_person(roles=["reporter"])
    address = f"/desk/users/edit/{amina.pk}/"
    client.post(address, {**WORDS, "is_superuser": "on"})
    assert User.objects.get(pk=amina.pk).is_superuser
    client.post(address, WORDS)
    assert not User.objects.get(pk=amina.pk).is_superuser
    client.post(f"/desk/bulk/gazeti_accounts/user/delete/?id={amina.pk}")
    assert not User.objects.filter(pk=amina.pk).exists()


@pytest.mark.parametrize("roles", [None, ["reporter"], ["editor"], ["moderator"]])
def test_people_are_changed_by_administrators_alone(client: Client, roles: list[str] | None) -> None:
    ali = make_person("ali@paper.example", roles=["reporter"])
    if roles:
        make_person(roles=roles)
        sign_in(client)
    for address in (f"/desk/users/edit/{ali.pk}/", f"/desk/users/delete/{ali.pk}/", "/desk/users/new/"):
        assert client.post(address, WORDS).status_code == 302
    assert User.objects.get(pk=ali.pk).email == "ali@paper.example"
    assert not User.objects.filter(email="new@paper.example").exists()
