"""Signing in by mail at the desk: an address that somebody has and one that nobody has take the same work.

Counted in queries, and in letters and tasks that are left to be done; the time they take follows from these.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from gazeti import log
from gazeti.accounts.models import Letter, Trace, User
from tests.accounts.people import make_person, text_of

pytestmark = pytest.mark.django_db
CODE, CONFIRM, RESET = "/desk/login/code/", "/desk/login/code/confirm/", "/desk/password/reset/"
KNOWN, UNKNOWN = "amina@paper.example", "nobody@paper.example"
WRITES_TO = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|SELECT).*?(?:FROM|INTO|UPDATE)?\s\"?([a-z]+_\w+)", re.DOTALL)


def kinds_of(queries: Any) -> list[tuple[str, ...]]:
    """What each query does, and to which table first."""
    found = [WRITES_TO.search(query["sql"]) for query in queries]
    return [one.groups() for one in found if one]


def worked(address: str, fields: dict[str, str], *, client: Client) -> list[tuple[str, ...]]:
    """What a form asks of the database, once the process has answered one like it."""
    with CaptureQueriesContext(connection) as caught:
        assert client.post(address, fields).status_code in (200, 302)
    return kinds_of(caught)


def clients() -> tuple[Client, Client]:
    return Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")


@pytest.fixture
def amina() -> User:
    """Somebody known, in a process that has answered before."""
    found = make_person()
    for address in (CODE, RESET):
        Client(REMOTE_ADDR="192.0.2.9").post(address, {"email": "early@paper.example"})
    Letter.objects.all().delete()
    DBTaskResult.objects.all().delete()
    return found


@pytest.mark.parametrize("address", [CODE, RESET])
def test_both_take_the_same_queries_and_leave_a_letter_and_a_task(
    amina: User, run_tasks: Callable[[], None], address: str
) -> None:
    works = []
    for client, email in zip(clients(), (KNOWN, UNKNOWN), strict=True):
        works.append(worked(address, {"email": email}, client=client))
        letter, task = Letter.objects.get(), DBTaskResult.objects.get()
        assert letter.to == email
        assert email not in str(task.args_kwargs)
        works[-1].append((str(len(letter.body)), task.task_path))
        run_tasks()
        DBTaskResult.objects.all().delete()
    assert works[0] == works[1]
    assert ("INSERT INTO", "gazeti_accounts_letter") in works[0]
    assert ("INSERT INTO", "django_tasks_database_dbtaskresult") in works[0]
    assert [one.to for one in mail.outbox] == [[KNOWN]]
    assert not Letter.objects.exists()


def test_a_wrong_code_takes_the_same_queries_and_is_told_to_the_log(amina: User) -> None:
    works = []
    for client, email in zip(clients(), (KNOWN, UNKNOWN), strict=True):
        client.post(CODE, {"email": email})
        works.append(worked(CONFIRM, {"code": "WRONG1"}, client=client))
    assert works[0] == works[1]
    told = [entry.data for entry in log.read(stream="accounts") if entry.kind == "sign-in failed"]
    assert told == [{"user": amina.pk, "reason": "wrong code"}, {"reason": "unknown address"}]
    assert list(Trace.objects.filter(email=UNKNOWN).values_list("address", flat=True)) == ["192.0.2.2"]


def test_the_page_that_asks_for_the_code_takes_the_same_queries(amina: User) -> None:
    works = []
    for client, email in zip(clients(), (KNOWN, UNKNOWN), strict=True):
        client.post(CODE, {"email": email})
        with CaptureQueriesContext(connection) as caught:
            assert email in text_of(client.get(CONFIRM))
        works.append(kinds_of(caught))
    assert works[0] == works[1]


@pytest.mark.parametrize("address", [CODE, RESET])
def test_whose_account_is_closed_is_written_to_no_more(
    amina: User, client: Client, run_tasks: Callable[[], None], address: str
) -> None:
    client.post(address, {"email": KNOWN})
    User.objects.update(is_active=False)
    run_tasks()
    client.post(address, {"email": KNOWN})
    run_tasks()
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_nobody_gets_in_by_the_code_of_a_letter_that_is_not_sent(amina: User, client: Client) -> None:
    client.post(CODE, {"email": UNKNOWN})
    [code] = re.findall(r"(?m)^([A-Z0-9-]{6,})$", Letter.objects.get().body)
    client.post(CONFIRM, {"code": code})
    assert client.get("/desk/").status_code == 302
    assert not User.objects.filter(email=UNKNOWN).exists()


@pytest.mark.parametrize(("address", "most"), [(CODE, 20), (RESET, 20)])
def test_how_often_either_may_be_asked_for_is_limited(amina: User, client: Client, address: str, most: int) -> None:
    for _ in range(most):
        client.post(address, {"email": UNKNOWN})
    assert Letter.objects.count() < most
