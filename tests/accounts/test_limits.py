"""How often one may try to sign in: counted by the guard, by address typed and by client, for all workers."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from granian.utils.proxies import wrap_asgi_with_proxy_headers

from gazeti import log
from gazeti.accounts.actions import drop_counts, limits
from gazeti.accounts.queries import counts_due
from gazeti.accounts.views import SignInAdapter
from gazeti.guard.models import Done, Tally
from tests.accounts.people import make_person, sign_in, text_of
from tests.guard.stillness import NOON, time_stands_still

__all__ = ["time_stands_still"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]


@pytest.mark.database
def test_five_wrong_passwords_and_the_right_one_waits_too_from_wherever_it_comes() -> None:
    """The count is of the address typed: another browser, another client and another worker meet the same one."""
    make_person()
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong")
    assert "Too many" in text_of(sign_in(Client(REMOTE_ADDR="192.0.2.77")))
    Tally.objects.all().delete()
    assert sign_in(Client(REMOTE_ADDR="192.0.2.77")).status_code == 302


def test_a_client_that_tries_many_addresses_is_stopped_whatever_it_says_of_itself() -> None:
    for number in range(10):
        sign_in(Client(), f"{number}@paper.example", headers={"x-forwarded-for": f"192.0.2.{number}"})
    make_person()
    assert "Too many" in text_of(sign_in(Client(headers={"x-forwarded-for": "198.51.100.7"})))
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_a_neighbour_behind_the_same_address_signs_in_while_somebody_there_is_refused() -> None:
    """A carrier puts thousands of phones behind one address: whoever tries too often stops themselves."""
    for number in range(10):
        sign_in(Client(HTTP_USER_AGENT="theirs"), f"{number}@paper.example")
    make_person()
    assert "Too many" in text_of(sign_in(Client(HTTP_USER_AGENT="theirs")))
    assert sign_in(Client(HTTP_USER_AGENT="a neighbour's")).status_code == 302


def test_whoever_calls_their_device_otherwise_each_time_is_stopped_by_the_limit_of_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MANY", 2)
    make_person()
    for number in range(19):
        sign_in(Client(HTTP_USER_AGENT=f"device {number}"), f"{number}@paper.example")
    assert sign_in(Client(HTTP_USER_AGENT="a neighbour's")).status_code == 302
    sign_in(Client(HTTP_USER_AGENT="device 19"), "19@paper.example")
    assert "Too many" in text_of(sign_in(Client(HTTP_USER_AGENT="another")))
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries_than_one_by_one() -> None:
    make_person()
    start = threading.Barrier(8)

    def knock() -> None:
        start.wait()
        sign_in(Client(), password="wrong")
        connection.close()

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.kind for entry in log.read(stream="accounts")].count("sign-in failed") <= 5
    assert "Too many" in text_of(sign_in(Client()))


def test_the_clients_address_is_what_a_trusted_proxy_says_and_not_what_the_client_says() -> None:
    """The rightmost address that is no proxy of ours: whatever a client wrote stands to the left of it."""
    seen = []

    def app(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        seen.append(scope["client"][0])

    behind = wrap_asgi_with_proxy_headers(app, trusted_hosts=["10.0.0.1"])
    headers = [(b"x-forwarded-for", b"192.0.2.1, 198.51.100.7")]
    for client in ("10.0.0.1", "203.0.113.5"):
        behind({"type": "http", "client": (client, 1), "headers": headers}, None, None)
    assert seen == ["198.51.100.7", "203.0.113.5"]


def test_forms_sent_too_often_are_answered_429_with_a_sentence(client: Client) -> None:
    for _ in range(30):
        answer = client.post("/desk/login/", {})
    assert answer.status_code == 200
    answer = client.post("/desk/login/", {})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Too many tries" in text_of(answer)


@pytest.mark.database
def test_being_refused_is_told_to_the_log_once_a_minute() -> None:
    make_person()
    for _ in range(9):
        sign_in(Client(), password="wrong")
    kinds = [entry.kind for entry in log.read(stream="accounts")]
    assert kinds.count("sign-in failed") == 5
    assert kinds.count("sign-in refused") == 1


@pytest.mark.database
def test_a_code_of_an_authenticator_app_is_good_once_whoever_counted_tries() -> None:
    """The cache is asked whether it was used, and keeps that alone, for all workers."""
    cache.set("wagtail_site_root_paths", 1)
    cache.set_many({"other": 1})
    assert cache.add("other", 1) is True
    assert cache.get_many(["wagtail_site_root_paths", "other"]) == {}
    assert not any((cache.has_key("other"), cache.touch("other"), cache.delete("other")))
    cache.delete_many(["other"])
    assert not Done.objects.exists()
    assert cache.add("allauth.mfa.totp.used?user=1", "y", timeout=30) is True
    assert cache.add("allauth.mfa.totp.used?user=1", "y", timeout=30) is False
    assert cache.get("allauth.mfa.totp.used?user=1")
    assert cache.touch("allauth.mfa.totp.used?user=1", 60)
    assert cache.delete("allauth.mfa.totp.used?user=1") is True
    cache.set("allauth.mfa.totp.used?user=2", "y")
    cache.delete_many(["allauth.mfa.totp.used?user=2"])
    assert not Done.objects.exists()


@pytest.mark.database
def test_the_right_password_does_not_count_as_a_try() -> None:
    make_person()
    for _ in range(12):
        assert sign_in(Client()).status_code == 302


@pytest.mark.database
def test_a_new_password_by_the_mails_link_lets_tries_begin_anew() -> None:
    """Five wrong ones and a reset: whoever has the mail is not kept waiting for what somebody else tried."""
    person = make_person()
    for _ in range(5):
        sign_in(Client(), password="wrong")
    request = RequestFactory().post("/desk/login/")
    request.user = person
    SignInAdapter(request)._delete_login_attempts_cached_email(request, email=person.email)
    assert sign_in(Client()).status_code == 302


def test_no_address_and_no_email_stands_in_a_count() -> None:
    make_person()
    sign_in(Client(REMOTE_ADDR="192.0.2.77"), password="wrong")
    rows = list(Tally.objects.values_list("mark", flat=True))
    assert rows
    assert all(len(mark) == 32 and set(mark) <= set("0123456789abcdef") for mark in rows)


def test_phones_that_share_64_bits_of_ipv6_are_counted_as_one() -> None:
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1}"), f"{number}@paper.example")
    make_person()
    assert "Too many" in text_of(sign_in(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")))
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 302


def test_the_clock_drops_counts_that_are_over() -> None:
    now = datetime.fromtimestamp(NOON, tz=UTC)
    sign_in(Client(), password="wrong")
    assert list(counts_due(now=now)) == []
    later = now + timedelta(hours=2)
    [item] = counts_due(now=later)
    drop_counts(item, now=later)
    assert not Tally.objects.exists()
    assert list(counts_due(now=later)) == []


def test_a_readers_page_writes_no_count(client: Client) -> None:
    client.get("/robots.txt")
    client.get("/")
    assert not Tally.objects.exists()
    assert not Done.objects.exists()
