"""Invitations: administrators send them, a link works once for seven days, and nobody else is let near them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gazeti import log
from gazeti.accounts.actions import AlreadyThere, accept_invitation, invite_person, withdraw_invitation
from gazeti.accounts.models import Invitation, User
from gazeti.accounts.queries import invitation_link, is_administrator, open_invitations, roles_of
from tests.accounts.people import PASSWORD, make_person, sign_in, text_of

pytestmark = pytest.mark.django_db
PAGES = ("/desk/invitations/", "/desk/invitations/new/")
WORDS = {"name": "Ali Noor", "password": PASSWORD}


def invitation(email: str = "ali@paper.example", **facts: object) -> Invitation:
    chosen = {"name": "Ali", "roles": ["reporter"], "now": timezone.now(), "by": None, **facts}
    return invite_person(email, **chosen)  # type: ignore[arg-type]


def path_of(one: Invitation) -> str:
    return invitation_link(one).removeprefix("http://localhost:8000")


def chief(client: Client) -> User:
    user = make_person("chief@paper.example", roles=["administrator"])
    sign_in(client, "chief@paper.example")
    return user


def test_an_administrator_invites_and_may_copy_the_link(client: Client) -> None:
    by = chief(client)
    words = {"email": "ali@paper.example", "name": "Ali Noor", "roles": ["reporter", "editor"]}
    page = client.post("/desk/invitations/new/", words, follow=True)
    (one,) = Invitation.objects.all()
    assert (one.email, one.roles, one.invited_by) == ("ali@paper.example", ["reporter", "editor"], by)
    assert invitation_link(one) in page.content.decode()
    assert one.expires_at - one.invited_at == timedelta(days=7)
    assert log.read(stream="accounts")[-1].data == {"by": by.pk, "invitation": one.pk, "roles": ["reporter", "editor"]}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"email": "ali"}, "valid email address"),
        ({"email": "CHIEF@paper.example"}, "Somebody already signs in"),
        ({"roles": []}, "required"),
        ({"roles": ["owner"]}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_with_an_invitation_stands_beside_its_field(
    client: Client, wrong: dict[str, object], reason: str
) -> None:
    chief(client)
    words = {"email": "ali@paper.example", "name": "Ali", "roles": ["reporter"], **wrong}
    answer = client.post("/desk/invitations/new/", words)
    assert answer.status_code == 200
    assert reason in text_of(answer)
    assert not Invitation.objects.exists()


@pytest.mark.database
def test_whoever_is_invited_sets_name_and_password_once(client: Client) -> None:
    one = invitation(roles=["reporter", "moderator"])
    asked = client.get(path_of(one))
    assert "You will sign in as ali@paper.example" in text_of(asked)
    assert 'value="Ali"' in asked.content.decode()
    client.post(path_of(one), WORDS)
    ali = User.objects.get()
    assert (ali.get_full_name(), roles_of(ali)) == ("Ali Noor", ["reporter", "moderator"])
    assert ali.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(ali.pk)
    for answer in (Client().get(path_of(one)), Client().post(path_of(one), WORDS)):
        assert answer.status_code == 410
    assert User.objects.count() == 1


def test_a_password_that_is_too_weak_is_refused_and_the_link_stays(client: Client) -> None:
    one = invitation()
    answer = client.post(path_of(one), {"name": "Ali", "password": "ali@paper.example"})
    assert "too similar" in text_of(answer)
    assert client.get(path_of(one)).status_code == 200


def test_a_link_ends_after_seven_days_or_when_it_is_taken_back(client: Client) -> None:
    old = invitation("old@paper.example", now=timezone.now() - timedelta(days=7, minutes=1))
    back = invitation("back@paper.example")
    withdraw_invitation(back, now=timezone.now(), by=None)
    for one in (old, back):
        assert client.get(path_of(one)).status_code == 410
        assert client.post(path_of(one), WORDS).status_code == 410
        with pytest.raises(ValidationError):
            accept_invitation(one, name="A", password=PASSWORD, now=timezone.now())
    assert not User.objects.exists()


@pytest.mark.database
def test_a_second_invitation_replaces_the_first(client: Client) -> None:
    first, second = invitation("Ali@paper.example"), invitation("ali@paper.example")
    assert list(open_invitations(now=timezone.now())) == [second]
    assert client.get(path_of(first)).status_code == 410


def test_somebody_added_meanwhile_is_not_made_twice(client: Client) -> None:
    one = invitation()
    make_person("ali@paper.example")
    assert client.post(path_of(one), WORDS).status_code == 410
    with pytest.raises(AlreadyThere):
        invitation()


@pytest.mark.parametrize("token", ["anything", "MQ:1xVmLH:9kxgJRadD5JIz6hMhclxxXHEkB1UezbuPglQRLXFX5Q"])
def test_a_link_that_nobody_sent_is_not_found(client: Client, token: str) -> None:
    invitation()
    assert client.get(f"/desk/invited/{token}/").status_code == 404


def test_an_administrator_takes_an_invitation_back(client: Client) -> None:
    chief(client)
    one = invitation()
    page = client.post(f"/desk/invitations/{one.pk}/take-back/", follow=True)
    assert "No invitation is open" in text_of(page)
    assert client.post(f"/desk/invitations/{one.pk}/take-back/").status_code == 404
    assert client.post("/desk/invitations/999/take-back/").status_code == 404
    assert client.get(f"/desk/invitations/{one.pk}/take-back/").status_code == 405


@pytest.mark.parametrize("roles", [None, ["reporter"], ["editor"], ["moderator"]])
def test_invitations_are_for_administrators(client: Client, roles: list[str] | None) -> None:
    one = invitation()
    if roles:
        make_person(roles=roles)
        sign_in(client)
    words = {"email": "friend@paper.example", "name": "", "roles": ["administrator"]}
    asked = [client.get(address) for address in PAGES]
    written = [client.post(address, words) for address in (PAGES[1], f"/desk/invitations/{one.pk}/take-back/")]
    for answer in asked + written:
        assert answer.status_code == 302
        assert answer.headers["Location"].partition("?")[0] == ("/desk/" if roles else "/desk/login/")
    assert list(Invitation.objects.values_list("withdrawn_at", flat=True)) == [None]
    menu = client.get("/desk/").content.decode()
    assert "/desk/invitations/" not in menu


def test_administrators_find_invitations_in_the_menu(client: Client) -> None:
    chief(client)
    assert "/desk/invitations/" in client.get("/desk/").content.decode()


def test_who_is_an_administrator() -> None:
    by_role, by_right = make_person(roles=["administrator"]), User.objects.create_superuser("root@paper.example")
    assert is_administrator(by_role)
    assert is_administrator(by_right)
    assert not is_administrator(make_person("ed@paper.example", roles=["editor"]))
    by_right.is_active = False
    assert not is_administrator(by_right)
