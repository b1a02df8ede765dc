"""Whoever has a second factor must prove it, whoever needs one must set it up: nothing opens on a password alone."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import Settings

from gazeti.accounts.actions import invite_person, password_link
from gazeti.accounts.models import User
from gazeti.accounts.queries import first_administrator_link, invitation_link
from gazeti.accounts.rules import Session, must_have_factor, worth
from gazeti.accounts.views.factor import OPEN
from tests.accounts.desk_addresses import addresses
from tests.accounts.people import PASSWORD, give_app, make_person, recovery_code, shown_code, sign_in
from tests.newsroom import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("app")]
SET_UP = "/desk/second-factor/"


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.GAZETI_SECOND_FACTOR = True


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def opened(user: User) -> Client:
    """A browser with a session as Django's own `login` opens it: nobody asked for more than a password."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def leaves(name: str) -> bool:
    return name in {"account_logout", "wagtailadmin_logout"}


def walked(client: Client) -> Iterator[tuple[str, str, str, int, str]]:
    for address, name in addresses():
        if leaves(name):
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            yield method, address, name, answer.status_code, answer.get("Location", "")


def test_the_walk_knows_the_desks_addresses() -> None:
    found = dict(addresses())
    assert len(found) > 250
    assert {"/desk/", "/desk/pages/1/edit/", "/desk/login/", "/desk/users/edit/1/", "/desk/second-factor/"} <= set(
        found
    )
    unknown = [address for address in found if not is_known(address)]
    assert unknown == []


def is_known(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def test_who_lacks_a_factor_reaches_nothing_but_what_sets_one_up() -> None:
    """Every pattern below /desk/, Wagtail's and our own, read and written."""
    client = opened(make_person())
    open_else = {
        (method, address): (status, to)
        for method, address, name, status, to in walked(client)
        if resolve(address).url_name not in OPEN and (status, to) != (302, SET_UP)
    }
    assert open_else == {}


def test_who_has_a_factor_and_did_not_prove_it_is_nobody() -> None:
    """Every pattern below /desk/ answers a session opened by a password alone as it answers no session at all."""
    user = give_app(make_person())
    nobodys = list(walked(Client(raise_request_exception=False)))
    assert [row for row in walked(opened(user)) if row not in nobodys] == []
    assert Authenticator.objects.filter(user=user).count() == 2


@pytest.mark.parametrize("has_app", [True, False])
def test_outside_the_desk_such_a_session_is_nobodys_too(has_app: bool) -> None:
    user = User.objects.create_superuser("amina@paper.example", PASSWORD)
    if has_app:
        give_app(user)
    client = opened(user)
    for address in ("/", "/search/", "/documents/1/a.pdf", "/media/images/a.max-165x165.png", "/api/openapi.json"):
        assert not client.get(address).wsgi_request.user.is_authenticated


def test_a_reader_is_never_asked_who_they_are() -> None:
    answer = Client().get("/robots.txt")
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db(transaction=True)
def test_an_editor_signs_in_sets_up_an_app_and_is_in(client: Client) -> None:
    user = make_person()
    assert sign_in(client).headers["Location"] == "/desk/"
    assert client.get("/desk/").headers["Location"] == SET_UP
    assert "Your role asks for a second factor" in client.get(SET_UP).content.decode()
    secret = client.get("/desk/second-factor/totp/activate/").context["form"].secret
    done = client.post("/desk/second-factor/totp/activate/", {"code": shown_code(secret)})
    assert done.headers["Location"] == "/desk/second-factor/recovery-codes/"
    codes = client.get("/desk/second-factor/recovery-codes/")
    assert recovery_code(user) in codes.content.decode()
    assert client.get("/desk/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client: Client) -> None:
    make_person()
    sign_in(client)
    client.get("/desk/second-factor/totp/activate/")
    assert "Incorrect code" in client.post("/desk/second-factor/totp/activate/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_a_password_and_the_apps_code_open_the_desk_and_a_code_is_good_once(client: Client) -> None:
    give_app(make_person())
    asked = sign_in(client)
    assert asked.headers["Location"] == "/desk/second-factor/authenticate/"
    assert client.get("/desk/").status_code == 302
    assert "six digits" in client.get("/desk/second-factor/authenticate/").content.decode()
    client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    assert client.get("/desk/").status_code == 200
    again = Client()
    sign_in(again)
    refused = again.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    assert "Incorrect code" in refused.content.decode()
    assert again.get("/desk/").status_code == 302


def test_a_recovery_code_stands_in_once(client: Client) -> None:
    code = recovery_code(give_app(make_person()))
    for browser, is_in in ((client, True), (Client(), False)):
        sign_in(browser)
        browser.post("/desk/second-factor/authenticate/", {"code": code})
        assert (browser.get("/desk/").status_code == 200) is is_in


def test_who_removes_their_factor_must_set_one_up_again(client: Client) -> None:
    give_app(make_person())
    sign_in(client)
    client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/desk/").headers["Location"] == SET_UP


def test_who_changes_their_factors_is_asked_who_they_are_once_more(client: Client) -> None:
    """It asks by an exception; inside the desk's transaction nobody would turn it into a page."""
    give_app(make_person())
    sign_in(client)
    client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    for address in ("/desk/second-factor/totp/deactivate/", "/desk/second-factor/recovery-codes/generate/"):
        answer = client.post(address)
        assert answer.headers["Location"].startswith("/desk/reauthenticate/?next=")
    assert Authenticator.objects.count() == 2
    client.post("/desk/reauthenticate/?next=/desk/", {"password": PASSWORD})
    client.post("/desk/second-factor/totp/deactivate/")
    assert not Authenticator.objects.exists()


def test_nobody_renames_or_removes_a_key_of_somebody_else(client: Client) -> None:
    give_app(make_person())
    data = {"name": "Ali's key", "credential": {}}
    theirs = Authenticator.objects.create(user=make_person("ali@paper.example"), type="webauthn", data=data)
    sign_in(client)
    client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    client.post("/desk/reauthenticate/", {"password": PASSWORD})
    for deed in ("remove", "edit"):
        address = f"/desk/second-factor/webauthn/keys/{theirs.pk}/{deed}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get(pk=theirs.pk).data == data


def test_a_reporter_may_do_without(client: Client) -> None:
    make_person(roles=["reporter"])
    sign_in(client)
    assert client.get("/desk/").status_code == 200


def test_a_newsroom_that_does_not_ask_lets_editors_do_without(client: Client, settings: Settings) -> None:
    settings.GAZETI_SECOND_FACTOR = False
    make_person()
    sign_in(client)
    assert client.get("/desk/").status_code == 200


def test_the_first_administrators_page_does_not_open_the_desk(client: Client) -> None:
    words = {"email": "amina@paper.example", "name": "Amina Farah", "password": PASSWORD}
    client.post(path_of(first_administrator_link()), words)
    assert client.get("/desk/").headers["Location"] == SET_UP
    assert client.get("/desk/second-factor/totp/activate/").status_code == 200


def test_an_invitation_does_not_open_the_desk(client: Client) -> None:
    make_person("ali@paper.example")
    invitation = invite_person("amina@paper.example", name="", roles=["editor"], now=NOW, by=None)
    invitation.expires_at = NOW.replace(year=2100)
    invitation.save()
    client.post(path_of(invitation_link(invitation)), {"name": "Amina", "password": PASSWORD})
    assert User.objects.filter(email="amina@paper.example").exists()
    assert client.get("/desk/").headers["Location"] == SET_UP


@pytest.mark.parametrize("has_app", [True, False])
def test_a_link_for_a_new_password_does_not_open_the_desk(client: Client, has_app: bool) -> None:
    user = make_person()
    if has_app:
        give_app(user)
    form = client.get(path_of(password_link(user)), follow=True)
    words = {"password1": "other-jacaranda-9", "password2": "other-jacaranda-9"}
    done = client.post(form.redirect_chain[-1][0], words)
    assert done.headers["Location"] == ("/desk/second-factor/authenticate/" if has_app else "/desk/")
    assert client.get("/desk/").status_code == 302


def test_the_rule() -> None:
    assert must_have_factor(["Editors"], is_superuser=False, is_required=True)
    assert must_have_factor(["Administrators", "Reporters"], is_superuser=False, is_required=True)
    assert must_have_factor([], is_superuser=True, is_required=True)
    assert not must_have_factor(["Reporters", "Moderators"], is_superuser=False, is_required=True)
    assert not must_have_factor(["Editors"], is_superuser=True, is_required=False)


@pytest.mark.parametrize(
    ("has_factor", "is_proven", "must_have", "expected"),
    [
        (True, True, True, Session.OPEN),
        (True, False, True, Session.UNPROVEN),
        (True, False, False, Session.UNPROVEN),
        (False, True, True, Session.LACKING),
        (False, False, True, Session.LACKING),
        (False, False, False, Session.OPEN),
    ],
)
def test_what_a_session_is_worth(has_factor: bool, is_proven: bool, must_have: bool, expected: Session) -> None:
    assert worth(has_factor=has_factor, is_proven=is_proven, must_have=must_have) is expected
