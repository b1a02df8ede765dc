"""What happened to accounts: every door tells it, administrators look back, and the log holds no person's data."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import APIToken

from gazeti import log
from gazeti.accounts.actions import assign_roles, invite_person, remove_factors
from gazeti.accounts.models import Trace, User
from gazeti.accounts.queries import MOST, happened, traces_due
from gazeti.log.clock import tick
from tests.accounts.people import PASSWORD, give_app, make_person, shown_code, sign_in, text_of
from tests.newsroom import NOW, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
PAGE = "/desk/reports/accounts/"


def kinds() -> list[str]:
    return [entry.kind for entry in log.read(stream="accounts")]


def last() -> log.Entry:
    return log.read(stream="accounts")[-1]


def test_signing_in_and_out_is_told_with_the_way_and_the_address() -> None:
    user = make_person()
    client = Client(REMOTE_ADDR="192.0.2.9")
    sign_in(client)
    assert (last().kind, last().data) == ("signed in", {"user": user.pk, "ways": ["password"]})
    assert Trace.objects.get(position=last().position).address == "192.0.2.9"
    client.post("/desk/logout/")
    assert (last().kind, last().data) == ("signed out", {"user": user.pk})


@pytest.mark.parametrize(
    ("email", "closed", "reason", "known"),
    [
        ("amina@paper.example", False, "wrong password", True),
        ("amina@paper.example", True, "closed account", True),
        ("nobody@paper.example", False, "unknown address", False),
    ],
)
def test_a_failed_sign_in_is_told_with_its_reason(
    client: Client, email: str, closed: bool, reason: str, known: bool
) -> None:
    user = make_person()
    User.objects.update(is_active=not closed)
    sign_in(client, email, "wrong")
    assert last().kind == "sign-in failed"
    assert last().data == ({"user": user.pk} if known else {}) | {"reason": reason}
    assert Trace.objects.get(position=last().position).email == email


@pytest.mark.usefixtures("app")
def test_a_second_factor_is_told_when_it_is_used_and_when_it_is_wrong(client: Client) -> None:
    give_app(make_person())
    sign_in(client)
    client.post("/desk/second-factor/authenticate/", {"code": "000000"})
    assert (last().kind, last().data["reason"]) == ("sign-in failed", "wrong second factor")
    client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    assert (last().kind, last().data["ways"]) == ("signed in", ["password", "totp"])


def test_a_wrong_code_from_the_mail_is_told(client: Client) -> None:
    make_person()
    client.post("/desk/login/code/", {"email": "amina@paper.example"})
    client.post("/desk/login/code/confirm/", {"code": "WRONG1"})
    assert (last().kind, last().data["reason"]) == ("sign-in failed", "wrong code")


def test_factors_added_removed_and_taken_away_are_told(client: Client) -> None:
    user = give_app(make_person())
    factor = Authenticator.objects.get(user=user, type="totp")
    for signal, kind in ((signals.authenticator_removed, "factor removed"),):
        signal.send(Authenticator, request=None, user=user, authenticator=factor)
        assert (last().kind, last().data) == (kind, {"user": user.pk, "factor": "totp"})
    remove_factors(user, now=NOW)
    assert (last().kind, last().data) == ("factors taken away", {"user": user.pk, "factors": 1})


def test_roles_are_told_through_every_door(admin_client: Client, admin_user: User) -> None:
    user = make_person(roles=["reporter"])
    assert last().data == {"user": user.pk, "roles": ["reporter"]}
    editors = Group.objects.get_or_create(name="Editors")[0]
    words = {
        "email": user.email,
        "first_name": "Amina",
        "last_name": "Farah",
        "groups": [editors.pk],
        "is_active": "on",
    }
    admin_client.post(f"/desk/users/edit/{user.pk}/", words)
    assert last().data == {"user": user.pk, "by": admin_user.pk, "roles": ["editor"]}
    editors.user_set.remove(user)
    assert last().data == {"user": user.pk, "roles": []}
    assign_roles(user, roles=["administrator"])
    assert last().data["roles"] == ["administrator"]
    user.groups.clear()
    assert last().data["roles"] == []


def test_rights_given_and_accounts_closed_are_told() -> None:
    user = make_person()
    for field, value, kind in (
        ("is_superuser", True, "every right"),
        ("is_superuser", False, "no longer every right"),
        ("is_active", False, "closed"),
        ("is_active", True, "opened"),
    ):
        setattr(user, field, value)
        user.save()
        assert (last().kind, last().data) == (kind, {"user": user.pk})
    before = len(kinds())
    user.save()
    user.save(update_fields=["last_login"])
    assert len(kinds()) == before


@pytest.mark.parametrize("door", ["/desk/users/delete/{}/", "/desk/bulk/gazeti_accounts/user/delete/?id={}"])
def test_somebody_deleted_is_told_and_named_until_the_trace_is_erased(
    admin_client: Client, admin_user: User, door: str
) -> None:
    gone = make_person()
    number = gone.pk
    token, _plain = APIToken.create_token(user=gone, name="program")
    admin_client.post(door.format(number))
    told = [(entry.kind, entry.data) for entry in log.read(stream="accounts")[-2:]]
    assert told == [
        ("token revoked", {"user": number, "by": admin_user.pk, "token": token.pk}),
        ("user deleted", {"user": number, "by": admin_user.pk}),
    ]
    assert "Person deleted amina@paper.example by" in text_of(admin_client.get(PAGE, {"kind": "people"}))
    Trace.objects.all().delete()
    assert f"Person deleted person {number}, deleted by" in text_of(admin_client.get(PAGE, {"kind": "people"}))


def test_tokens_made_and_revoked_are_told_with_whose_they_are(admin_client: Client, admin_user: User) -> None:
    ali = make_person("ali@paper.example", roles=["editor"])
    admin_client.post("/desk/api-tokens/new/", {"name": "program", "user": ali.pk})
    token = APIToken.objects.get()
    facts = {"user": ali.pk, "by": admin_user.pk, "token": token.pk}
    assert (last().kind, last().data) == ("token made", facts)
    admin_client.post(f"/desk/api-tokens/edit/{token.pk}/", {"name": "another name"})
    assert last().kind == "token made"
    admin_client.post(f"/desk/api-tokens/delete/{token.pk}/")
    assert (last().kind, last().data) == ("token revoked", facts)
    text = text_of(admin_client.get(PAGE, {"kind": "factors"}))
    assert text.index("API token revoked Ali") < text.index("API token made Ali")


def test_the_log_holds_ids_and_reasons_and_no_persons_data(client: Client) -> None:
    make_person()
    sign_in(Client(REMOTE_ADDR="192.0.2.9"), password="wrong")
    invite_person("ali@paper.example", name="Ali Noor", roles=["reporter"], now=NOW, by=None)
    text = json.dumps([entry.data for entry in log.read()])
    for personal in ("amina", "ali@", "Noor", "192.0.2.9", PASSWORD):
        assert personal not in text
    assert Trace.objects.filter(email__in=["amina@paper.example", "ali@paper.example"]).count() == 2


def test_the_clock_erases_what_is_personal_after_ninety_days_and_the_events_stay(client: Client) -> None:
    make_person()
    sign_in(client, password="wrong")
    sign_in(client)
    old, new = Trace.objects.order_by("position")
    Trace.objects.filter(pk=old.pk).update(at=NOW - timedelta(days=90))
    Trace.objects.filter(pk=new.pk).update(at=NOW - timedelta(days=89))
    events = kinds()
    tick(now=NOW)
    assert list(Trace.objects.all()) == [new]
    assert kinds() == events
    assert list(traces_due(now=NOW)) == []


def test_a_get_writes_no_event(client: Client) -> None:
    make_person()
    sign_in(client)
    before = log.head()
    for address in ("/desk/", "/desk/account/", "/desk/sessions/", "/desk/second-factor/", PAGE):
        client.get(address)
    assert log.head() == before


def test_administrators_look_back_newest_first(client: Client) -> None:
    make_person(roles=["administrator"])
    story = make_story()
    sign_in(Client(REMOTE_ADDR="192.0.2.9"), "nobody@paper.example")
    sign_in(client)
    text = text_of(client.get(PAGE))
    assert "Sign-in failed nobody@paper.example unknown address from 192.0.2.9" in text
    assert text.index("Signed in Amina") < text.index("Sign-in failed") < text.index(f"Published {story.title}")


@pytest.mark.parametrize(
    ("choice", "seen", "hidden"),
    [
        ("sign-ins", "Signed in", "Person added"),
        ("people", "Person added", "Signed in"),
        ("publications", "Published", "Signed in"),
        ("factors", "Nothing happened yet", "Signed in"),
    ],
)
def test_one_kind_can_be_chosen(client: Client, choice: str, seen: str, hidden: str) -> None:
    make_person(roles=["administrator"])
    make_story()
    sign_in(client)
    text = text_of(client.get(PAGE, {"kind": choice})).partition("Publications")[2]
    assert seen in text
    assert hidden not in text


def test_what_is_older_stands_on_further_pages_none_missing_and_none_twice(client: Client) -> None:
    user = make_person(roles=["administrator"])
    for number in range(MOST + 5):
        assign_roles(user, roles=["administrator", "editor"] if number % 2 else ["administrator"])
    sign_in(client)
    first = client.get(PAGE)
    older = first.context["older"]
    second = client.get(PAGE, {"before": older, "kind": ""})
    positions = [row.position for page in (first, second) for row in page.context["rows"]]
    assert positions == sorted(set(positions), reverse=True)
    assert len(positions) == len(kinds())
    assert second.context["older"] is None


@pytest.mark.parametrize("before", ["x", "²", "-1", "9" * 40, ""])
def test_a_page_that_is_none_is_the_first(client: Client, before: str) -> None:
    make_person(roles=["administrator"])
    sign_in(client)
    assert client.get(PAGE, {"before": before, "kind": "nothing"}).context["rows"]


def test_looking_back_takes_the_same_few_queries_however_much_happened(
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(20):
        make_person(f"{number}@paper.example", roles=["reporter"])
    make_story()
    with django_assert_num_queries(5):
        assert len(happened()) > 40


@pytest.mark.parametrize("roles", [None, ["reporter"], ["editor"], ["moderator"]])
def test_looking_back_is_for_administrators(client: Client, roles: list[str] | None) -> None:
    if roles:
        make_person(roles=roles)
        sign_in(client)
    answer = client.get(PAGE)
    assert answer.status_code in {302, 404}
    if answer.status_code == 302:
        assert answer.headers["Location"].partition("?")[0] == ("/desk/" if roles else "/desk/login/")
    assert client.post(PAGE).status_code in {302, 404, 405}
