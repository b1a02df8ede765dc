"""The desk's door: password or code, where it leads, and what it gives away."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gazeti.accounts.models import Letter, User
from tests.accounts.desk_addresses import addresses
from tests.accounts.people import PASSWORD, make_person, sign_in, text_of

pytestmark = pytest.mark.django_db
CODE = "/desk/login/code/"
CONFIRM = "/desk/login/code/confirm/"
RESET = "/desk/password/reset/"
OF_OWN = [
    "/desk/second-factor/",
    "/desk/second-factor/totp/activate/",
    "/desk/second-factor/webauthn/add/",
    "/desk/password/change/",
    "/desk/sessions/",
    "/desk/logout/",
]


def code_in_mail() -> str:
    return re.findall(r"^([A-Z0-9-]{6,})$", str(mail.outbox[-1].body), re.MULTILINE)[0]


@pytest.mark.parametrize("email", ["amina@paper.example", "AMINA@Paper.example"])
def test_a_password_opens_the_desk_and_leads_where_one_was_going(client: Client, email: str) -> None:
    make_person()
    asked = client.get("/desk/reports/locked/")
    assert asked.headers["Location"] == "/desk/login/?next=/desk/reports/locked/"
    form = client.get(asked.headers["Location"])
    assert 'name="next" value="/desk/reports/locked/"' in form.content.decode()
    assert sign_in(client, email, next="/desk/reports/locked/").headers["Location"] == "/desk/reports/locked/"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: Client, away: str) -> None:
    make_person()
    assert sign_in(client, next=away).headers["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client) -> None:
    make_person()
    wrong, unknown = sign_in(client, password="other"), sign_in(client, "nobody@paper.example")
    assert "not correct" in text_of(wrong)
    assert text_of(wrong) == text_of(unknown)
    assert client.get("/desk/").status_code == 302


def test_somebody_whose_account_is_closed_does_not_get_in(client: Client) -> None:
    make_person()
    User.objects.update(is_active=False)
    sign_in(client)
    assert client.get("/desk/").status_code == 302


def test_somebody_without_a_role_is_told_so_and_not_sent_in_a_circle(client: Client) -> None:
    User.objects.create_user("amina@paper.example", PASSWORD)
    sign_in(client)
    answer = client.get("/desk/", follow=True)
    assert answer.status_code == 403
    assert "nobody has given you a role yet" in text_of(answer)


@pytest.mark.database
def test_a_code_by_mail_opens_the_desk(client: Client, run_tasks: Callable[[], None]) -> None:
    make_person()
    assert client.post(CODE, {"email": "Amina@paper.example"}).headers["Location"] == CONFIRM
    run_tasks()
    assert mail.outbox[-1].to == ["amina@paper.example"]
    assert "amina@paper.example" in text_of(client.get(CONFIRM))
    assert client.post(CONFIRM, {"code": code_in_mail()}).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert not Letter.objects.exists()


def test_three_wrong_codes_and_it_is_over(client: Client, run_tasks: Callable[[], None]) -> None:
    make_person()
    client.post(CODE, {"email": "amina@paper.example"})
    run_tasks()
    for _ in range(3):
        client.post(CONFIRM, {"code": "WRONG1"})
    client.post(CONFIRM, {"code": code_in_mail()})
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("address", [CODE, RESET])
def test_nobody_learns_whether_an_address_has_an_account(
    client: Client, run_tasks: Callable[[], None], address: str
) -> None:
    make_person()
    known = client.post(address, {"email": "amina@paper.example"}, follow=True)
    unknown = Client().post(address, {"email": "nobody@paper.example"}, follow=True)
    assert text_of(known).replace("amina@", "nobody@") == text_of(unknown)
    assert known.redirect_chain == unknown.redirect_chain
    run_tasks()
    assert [message.to for message in mail.outbox] == [["amina@paper.example"]]


def test_a_forgotten_password_is_set_by_a_link_that_says_our_address(
    client: Client, run_tasks: Callable[[], None]
) -> None:
    make_person()
    client.post(RESET, {"email": "amina@paper.example"}, headers={"host": "127.0.0.1"})
    run_tasks()
    (link,) = re.findall(r"http\S+/key/\S+", str(mail.outbox[-1].body))
    assert link.startswith("http://localhost:8000/desk/password/reset/key/")
    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    done = client.post(form.redirect_chain[-1][0], {"password1": "other-jacaranda-9", "password2": "other-jacaranda-9"})
    assert done.headers["Location"] == "/desk/"
    assert User.objects.get().check_password("other-jacaranda-9")


def test_wagtails_own_doors_are_not_reached(client: Client, admin_client: Client) -> None:
    assert client.get("/desk/login/").templates[0].name == "account/login.html"
    for address in ("/desk/password_reset/", "/desk/password_reset/done/", "/desk/password_reset/confirm/MQ/a-b/"):
        for answer in (client.get(address), client.post(address, {"email": "amina@paper.example"})):
            assert answer.headers["Location"] == RESET
    for name in ("wagtailadmin_login", "wagtailadmin_logout"):
        assert reverse(name) in {"/desk/login/", "/desk/logout/"}
    page = admin_client.get("/desk/account/").content.decode()
    assert 'name="password-' not in page
    assert 'name="name_email-email"' not in page
    assert 'name="avatar' not in page
    assert {'href="/desk/sessions/"', 'href="/desk/second-factor/"', 'href="/desk/password/change/"'} <= set(
        re.findall(r'href="[^"]+"', page)
    )


def test_nobody_signs_up(client: Client) -> None:
    for address in ("/desk/signup/", "/desk/signup/passkey/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"email": "nobody@paper.example", "password1": PASSWORD}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert {address for address, _ in addresses() if "signup" in address} == {"/desk/signup/", "/desk/signup/a1"}


def test_pages_of_ones_own_are_kept_by_nobody_and_tell_no_other_site(client: Client) -> None:
    make_person()
    public = [client.get(address) for address in ("/desk/login/", CODE, RESET, f"{RESET}done/", "/desk/inactive/")]
    sign_in(client)
    for answer in [*public, *(client.get(address) for address in OF_OWN)]:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "http" not in "".join(re.findall(r'(?:src|href|action)="([^"]*)"', answer.content.decode()))


@pytest.mark.parametrize("address", OF_OWN)
def test_pages_of_ones_own_are_nobody_elses(client: Client, address: str) -> None:
    make_person()
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) in {
        (302, "/desk/login/"),
        (302, "/desk/reauthenticate/"),
    }
    sign_in(client)
    assert client.get(address).status_code == 200


def test_a_form_from_another_site_is_refused() -> None:
    make_person()
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    token = client.get("/desk/login/").cookies["csrftoken"].value
    assert sign_in(client, csrfmiddlewaretoken=token).status_code == 302
