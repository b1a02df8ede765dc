"""API tokens: whose somebody may make and see, and what ends them."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import APIToken

from gazeti.accounts.actions import assign_roles, password_link, remove_factors
from gazeti.accounts.models import User
from gazeti.accounts.rules import ROLES
from tests.accounts.people import PASSWORD, give_app, make_person, sign_in
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
NEW = "/desk/api-tokens/new/"
PAGES = ("edit", "delete", "history", "history-results", "usage")


def token_of(user: User) -> APIToken:
    return APIToken.create_token(user=user, name=f"of {user.email}")[0]


def is_open(token: APIToken) -> bool:
    return APIToken.objects.get(pk=token.pk).revoked_at is None


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root@paper.example", first_name="Root")


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_nobody_by_role_makes_a_token_for_another(client: Client, root: User, role: str) -> None:
    person = make_person(roles=[role])
    ali = make_person("ali@paper.example", roles=["editor"])
    client.force_login(person)
    assert list(client.get(NEW).context["form"].fields["user"].queryset) == [person]
    for other in (root, ali):
        assert client.post(NEW, {"name": "theirs", "user": other.pk}).status_code == 200
    assert not APIToken.objects.exists()
    client.post(NEW, {"name": "mine", "user": person.pk})
    assert APIToken.objects.get().user == person


def test_who_has_every_right_makes_one_for_another(client: Client, root: User) -> None:
    ali = make_person("ali@paper.example", roles=["editor"])
    client.force_login(root)
    client.post(NEW, {"name": "for the archive", "user": ali.pk})
    assert APIToken.objects.get().user == ali


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator", "administrator"])
@pytest.mark.parametrize("page", PAGES)
def test_nobody_by_role_sees_or_revokes_a_token_of_who_has_every_right(
    client: Client, root: User, role: str, page: str
) -> None:
    token = token_of(root)
    client.force_login(make_person(roles=[role]))
    address = f"/desk/api-tokens/{page}/{token.pk}/"
    assert client.get(address).status_code in ((302, 404) if role == "moderator" else (404,))
    client.post(address)
    assert is_open(token)
    assert token.name not in client.get("/desk/api-tokens/", follow=True).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_own_tokens_have_their_pages_and_nobody_else_has_them(client: Client, page: str) -> None:
    person = make_person(roles=["reporter"])
    address = f"/desk/api-tokens/{page}/{token_of(person).pk}/"
    assert client.get(address).status_code == 302
    client.force_login(person)
    assert client.get(address).status_code == 200
    client.force_login(make_person("ali@paper.example", roles=["editor"]))
    assert client.get(address).status_code == 404


def test_what_was_made_on_a_password_alone_ends_when_a_role_asks_for_a_second_factor(settings) -> None:
    settings.GAZETI_SECOND_FACTOR = True
    amina, ali = make_person(roles=["reporter"]), give_app(make_person("ali@paper.example", roles=["reporter"]))
    tokens = [token_of(amina), token_of(ali)]
    assign_roles(amina, roles=["moderator"])
    assert [is_open(one) for one in tokens] == [True, True]
    for person in (amina, ali):
        assign_roles(person, roles=["editor"])
    assert [is_open(one) for one in tokens] == [False, True]


def test_it_ends_too_when_every_right_or_a_role_from_the_group_is_given(settings) -> None:
    settings.GAZETI_SECOND_FACTOR = True
    amina, ali = (make_person(f"{name}@paper.example", roles=["reporter"]) for name in ("amina", "ali"))
    tokens = [token_of(amina), token_of(ali)]
    amina.is_superuser = True
    amina.save()
    Group.objects.get(name=ROLES["editor"]).user_set.add(ali)
    assert [is_open(one) for one in tokens] == [False, False]


def test_where_no_second_factor_is_asked_for_a_role_ends_nothing(settings) -> None:
    settings.GAZETI_SECOND_FACTOR = False
    amina = make_person(roles=["reporter"])
    token = token_of(amina)
    assign_roles(amina, roles=["editor"])
    assert is_open(token)


def test_tokens_end_with_factors_that_are_taken_away() -> None:
    amina, ali = make_person(), make_person("ali@paper.example")
    own, other = token_of(amina), token_of(ali)
    remove_factors(amina, now=NOW)
    assert APIToken.objects.get(pk=own.pk).revoked_at == NOW
    assert is_open(other)


def test_tokens_end_with_a_password_set_by_a_link_and_stay_with_one_changed_at_the_desk(client: Client) -> None:
    amina = make_person()
    token = token_of(amina)
    sign_in(client)
    words = {"password1": "a-wide-river-7", "password2": "a-wide-river-7"}
    client.post("/desk/password/change/", {"oldpassword": PASSWORD, **words})
    amina.refresh_from_db()
    assert amina.check_password("a-wide-river-7")
    assert is_open(token)
    form = client.get(password_link(amina).removeprefix(django_settings.GAZETI_ADDRESS))["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    amina.refresh_from_db()
    assert amina.check_password(PASSWORD)
    assert not is_open(token)
