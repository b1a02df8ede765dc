"""Readers sign in by a code: it opens one door once, in time, and tells nobody who is registered."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gazeti import guard, log
from gazeti.accounts.actions import CodeOver, CodeRefused, drop_codes, keep_code, prove_address
from gazeti.accounts.models import Letter, Reader, SignInCode, User
from gazeti.accounts.queries import codes_due
from gazeti.accounts.rules import story_address
from tests.accounts.people import give_app, make_person, shown_code, text_of
from tests.accounts.readers import EMAIL, OURS, ask, asked, code_of, let_in, make_reader, send_waiting
from tests.newsroom import NOW, make_paper

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def paper() -> None:
    make_paper()


def test_a_code_by_mail_signs_a_reader_in(client: Client) -> None:
    answer = let_in(client, "Hodan@Reader.example")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")
    assert mail.outbox[-1].to == [EMAIL]
    page = client.get("/account/")
    assert f"You are signed in as {EMAIL}" in text_of(page)
    reader = Reader.objects.get()
    assert (reader.email, reader.user, reader.is_proven) == (EMAIL, User.objects.get(), True)
    assert not User.objects.get().has_usable_password()


def test_who_comes_back_is_the_same_reader_in_whatever_case_they_type(client: Client) -> None:
    let_in(client)
    let_in(Client(), "HODAN@reader.example")
    assert (User.objects.count(), Reader.objects.count()) == (1, 1)


def test_who_only_claimed_the_address_stays_another(client: Client) -> None:
    claimed = Reader.objects.create(email=EMAIL, name="Somebody", known_since=NOW)
    let_in(client)
    claimed.refresh_from_db()
    assert (claimed.user, Reader.objects.count()) == (None, 2)


def test_nobody_learns_who_is_registered(client: Client) -> None:
    make_reader("known@reader.example")
    make_person("editor@paper.example")
    # One before, so that what each process reads once is read.
    ask(Client(), "first@reader.example")
    seen = []
    for email in ("known@reader.example", "editor@paper.example", "nobody@reader.example"):
        visitor = Client()
        with CaptureQueriesContext(connections["default"]) as queries:
            answer = ask(visitor, email)
        page = visitor.get(answer.headers["Location"])
        headers = {name: value for name, value in answer.headers.items() if name != "Location"}
        statements = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in queries]
        seen.append((answer.status_code, headers, dict(visitor.cookies), page.content, statements))
        assert re.fullmatch(r"/account/code/[\w-]+/", answer.headers["Location"])
    assert seen[0] == seen[1] == seen[2]
    send_waiting()
    known, editor, nobody = (str(message.body) for message in mail.outbox[1:])
    assert len({re.sub(r"\b[A-Z]{4}-[A-Z]{4}\b", "CODE", body) for body in (known, editor, nobody)}) == 1


def test_asking_makes_nobody(client: Client) -> None:
    ask(client)
    assert not User.objects.exists()
    assert not Reader.objects.exists()


def test_no_page_sets_a_cookie_before_somebody_has_signed_in(client: Client) -> None:
    page, code = asked(client)
    for answer in (client.get("/account/"), client.get(page), client.post(page, {"code": "WRONG"}, headers=OURS)):
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert not client.cookies
    client.post(page, {"code": code}, headers=OURS)
    assert set(client.cookies) == {"sessionid"}


def test_a_wrong_code_may_be_mended_and_after_three_the_right_one_is_over(client: Client) -> None:
    page, code = asked(client)
    wrong = [client.post(page, {"code": "BBBB-BBBB"}, headers=OURS) for _ in range(3)]
    assert [answer.status_code for answer in wrong] == [422, 422, 410]
    assert "not the code" in text_of(wrong[0])
    assert client.post(page, {"code": code}, headers=OURS).status_code == 410
    assert "signed in" not in text_of(client.get("/account/"))


def test_a_code_is_read_as_people_type_it(client: Client) -> None:
    page, code = asked(client)
    typed = f" {code.lower().replace('-', ' ')} "
    assert client.post(page, {"code": typed}, headers=OURS).status_code == 302


def test_a_code_opens_once(client: Client) -> None:
    page, code = asked(client)
    assert client.post(page, {"code": code}, headers=OURS).status_code == 302
    assert Client().post(page, {"code": code}, headers=OURS).status_code == 410
    assert not SignInCode.objects.exists()


def test_a_code_is_over_in_ten_minutes_and_the_clock_forgets_it() -> None:
    kept = keep_code(EMAIL, code="ABCD-EFGH", leads_to="", now=NOW)
    end = NOW + timedelta(minutes=10)
    with pytest.raises(CodeOver):
        prove_address(kept.pk, code="ABCD-EFGH", now=end)
    assert not list(codes_due(now=end - SECOND))
    [item] = codes_due(now=end)
    drop_codes(item, now=end)
    assert not SignInCode.objects.exists()


def test_a_code_opens_nothing_but_the_page_that_it_was_asked_for_on(client: Client) -> None:
    _page, code = asked(client)
    other = ask(client, "other@reader.example").headers["Location"]
    assert client.post(other, {"code": code}, headers=OURS).status_code == 422
    for address in ("/account/code/AAAA/", other[:-3] + "AA/", f"/account/code/{guard.sign('x', 1, lasts=SECOND)}/"):
        assert client.post(address, {"code": code}, headers=OURS).status_code == 410


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("word", ["right", "wrong"])
def test_of_many_who_try_at_once_one_is_let_in_and_three_are_heard(word: str) -> None:
    kept = keep_code(EMAIL, code="ABCD-EFGH", leads_to="", now=NOW)
    typed = "ABCD-EFGH" if word == "right" else "BBBB-BBBB"

    def one(_turn: int) -> str:
        try:
            prove_address(kept.pk, code=typed, now=NOW)
            return "in"
        except CodeRefused:
            return "refused"
        except CodeOver:
            return "over"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        heard = list(pool.map(one, range(12)))
    assert heard.count("in") == (1 if word == "right" else 0)
    assert heard.count("refused") <= 2
    assert len(heard) == 12


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}],
)
def test_no_other_site_asks_for_a_code_types_one_or_changes_anything(client: Client, headers: dict[str, str]) -> None:
    page, code = asked(client)
    assert client.post("/account/", {"email": EMAIL}, headers=headers).status_code == 403
    assert client.post(page, {"code": code}, headers=headers).status_code == 403
    client.post(page, {"code": code}, headers=OURS)
    for address in ("/account/name/", "/account/sessions/", "/account/leave/"):
        answer = client.post(address, {"name": "Mallory"}, headers=headers)
        assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store")
    assert Reader.objects.get().name == ""


def test_one_place_is_sent_five_codes_for_an_address_and_another_place_still_gets_one(client: Client) -> None:
    for _ in range(5):
        assert ask(client).status_code == 303
    refused = ask(client)
    assert (refused.status_code, refused["Cache-Control"]) == (429, "no-store")
    assert client.post("/account/", {"email": EMAIL}, headers=OURS, REMOTE_ADDR="198.51.100.7").status_code == 303
    assert ask(client, "other@reader.example").status_code == 303


def test_whoever_types_too_many_codes_is_told_to_wait(client: Client) -> None:
    page, code = asked(client)
    for _ in range(30):
        client.post(page, {"code": "BBBB-BBBB"}, headers=OURS)
    assert client.post(page, {"code": code}, headers=OURS).status_code == 429


@pytest.mark.parametrize("email", ["", "nobody", "a b@reader.example", "a@reader", "a" * 250 + "@reader.example"])
def test_what_is_no_address_is_said_beside_the_field(client: Client, email: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 422
    assert "<title>Please mend:" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_host_that_looks_like_another_is_another(client: Client) -> None:
    make_reader("hodan@mike.example")
    page, code = asked(client, "hodan@mıke.example")
    assert mail.outbox[-1].to == ["hodan@xn--mke-jua.example"]
    client.post(page, {"code": code}, headers=OURS)
    assert User.objects.count() == 2


@pytest.mark.parametrize("story", ["/city/bridge/", "/city/bridge/comments/", "/city/bridge/comments/?to=12#form"])
def test_a_reader_is_led_back_to_the_story(client: Client, story: str) -> None:
    assert f'name="next" value="{story}"' in client.get("/account/", {"next": story}).content.decode()
    assert let_in(client, next=story).headers["Location"] == story


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/a/", "//evil.example/a/", "/\\evil.example/a/", "javascript:alert(1)", "/desk/pages/", "/a/",
     "/account/leave/", "/a/b/\n/", "/a/b/?next=x", "/" + "a" * 600 + "/b/"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(client: Client, away: str) -> None:
    assert story_address(away) == ""
    assert let_in(client, next=away).headers["Location"] == "/account/"


def test_a_reader_without_a_role_is_told_so_at_the_desk(client: Client) -> None:
    let_in(client)
    answer = client.get("/desk/", follow=True)
    assert (answer.status_code, answer.templates[0].name) == (403, "accounts/no_role.html")


def test_a_closed_account_is_not_opened_by_a_code(client: Client) -> None:
    make_reader()
    User.objects.update(is_active=False)
    assert let_in(client).status_code == 403
    assert not client.cookies


def test_whoever_has_a_second_factor_proves_it_before_they_are_anybody(client: Client, app: None) -> None:
    give_app(make_person())
    answer = let_in(client, "amina@paper.example")
    assert answer.headers["Location"] == "/desk/second-factor/authenticate/"
    assert "signed in" not in text_of(client.get("/account/"))
    done = client.post("/desk/second-factor/authenticate/", {"code": shown_code()})
    assert done.headers["Location"] == "/account/"
    assert "signed in" in text_of(client.get("/account/"))


def test_a_role_that_asks_for_a_second_factor_leads_to_where_it_is_set_up(client: Client, settings) -> None:
    settings.GAZETI_SECOND_FACTOR = True
    make_person()
    let_in(client, "amina@paper.example")
    assert client.get("/account/").headers["Location"] == "/desk/second-factor/"


def test_a_passkey_opens_the_page_too(client: Client) -> None:
    page = client.get("/account/passkey/?next=/city/bridge/")
    assert 'value="/city/bridge/"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_who_signs_in_by_a_code_is_told_to_the_log_without_the_address(client: Client) -> None:
    let_in(client)
    told = [entry for entry in log.read(stream="accounts") if entry.kind == "signed in"]
    assert [(entry.data["ways"], EMAIL in str(entry.data)) for entry in told] == [(["code"], False)]


def test_the_mail_does_not_wait_for_the_answer(client: Client, run_tasks: Callable[[], None]) -> None:
    ask(client)
    assert not mail.outbox
    run_tasks()
    assert len(mail.outbox) == 1
    assert code_of(mail.outbox[0])
    assert not Letter.objects.exists()
