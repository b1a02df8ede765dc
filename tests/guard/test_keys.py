"""Idempotency keys: done once, answered alike, and whole or not at all."""

import threading

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse

from gazeti import guard
from gazeti.guard import keys
from gazeti.guard.models import KeptAnswer, Tally

NOW = 1_800_000_000.0

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Deeds:
    """Something that is done, and how often it was."""

    def __init__(self, answer: HttpResponse | Exception | None = None) -> None:
        self.answer = answer or JsonResponse({"id": 7}, status=201, headers={"Location": "/a/b/"})

    def __call__(self) -> HttpResponse:
        """Leave a row as a comment would."""
        Tally.objects.create(mark=f"deed {Tally.objects.count()}", arrival=0)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def done(self) -> int:
        return Tally.objects.count()


def asked(deeds: Deeds, *, key: str = "key-1234", scope: str = "a", body: str = "x", now: float = NOW) -> HttpResponse:
    return guard.once(key, scope=scope, fingerprint=body, answer=deeds, now=now)


def test_the_second_request_gets_the_first_answer_and_does_nothing() -> None:
    deeds = Deeds()
    first, second = asked(deeds), asked(deeds, now=NOW + 86_399)
    assert deeds.done == 1
    assert (first.status_code, first.content, dict(first.items())) == (
        second.status_code,
        second.content,
        dict(second.items()),
    )
    assert (second.status_code, second["Location"]) == (201, "/a/b/")


def test_a_redirect_is_answered_alike_too() -> None:
    deeds = Deeds(HttpResponseRedirect("/a/comments/mine/token/", headers={"Referrer-Policy": "no-referrer"}))
    deeds.answer.status_code = 303  # type: ignore[union-attr]
    assert asked(deeds).status_code == 303
    again = asked(deeds)
    assert (again.status_code, again["Location"]) == (303, "/a/comments/mine/token/")
    assert again["Referrer-Policy"] == "no-referrer"


def test_what_was_answered_is_looked_up_without_doing_anything() -> None:
    deeds = Deeds()
    asked_for = {"scope": "a", "fingerprint": "x"}
    assert guard.kept("key-1234", **asked_for, now=NOW) is None
    first = asked(deeds)
    kept = guard.kept("key-1234", **asked_for, now=NOW + 86_399)
    assert kept is not None
    assert (kept.status_code, kept.content) == (201, first.content)
    assert guard.kept("key-1234", **asked_for, now=NOW + 86_400) is None
    assert guard.kept("key-1234", scope="b", fingerprint="x", now=NOW) is None
    with pytest.raises(guard.OtherRequest):
        guard.kept("key-1234", scope="a", fingerprint="y", now=NOW)
    with pytest.raises(guard.BadKey):
        guard.kept("", **asked_for, now=NOW)
    assert deeds.done == 1


def test_another_body_with_the_key_is_refused() -> None:
    deeds = Deeds()
    asked(deeds)
    with pytest.raises(guard.OtherRequest) as refusal:
        asked(deeds, body="y")
    assert refusal.value.status == 422
    assert deeds.done == 1


def test_the_same_key_elsewhere_is_another() -> None:
    deeds = Deeds()
    asked(deeds)
    asked(deeds, scope="b")
    assert deeds.done == 2


def test_after_a_day_the_key_is_new_again() -> None:
    deeds = Deeds()
    asked(deeds)
    asked(deeds, body="y", now=NOW + 86_400)
    assert deeds.done == 2
    assert asked(deeds, body="y", now=NOW + 86_401).status_code == 201
    assert deeds.done == 2


@pytest.mark.parametrize("status", [400, 409, 422, 429, 500, 503])
def test_what_was_refused_left_nothing_and_may_be_sent_again_with_another_body(status: int) -> None:
    refused, deeds = Deeds(HttpResponse("no", status=status)), Deeds()
    assert asked(refused).status_code == status
    assert (refused.done, KeptAnswer.objects.count()) == (0, 0)
    assert asked(deeds, body="mended").status_code == 201


def test_what_broke_left_nothing_and_may_be_sent_again() -> None:
    broken, deeds = Deeds(ZeroDivisionError()), Deeds()
    with pytest.raises(ZeroDivisionError):
        asked(broken)
    assert (broken.done, KeptAnswer.objects.count()) == (0, 0)
    assert asked(deeds).status_code == 201


def test_of_an_emptied_answer_only_that_there_was_one_is_kept() -> None:
    answer = JsonResponse({"name": "Zawadi"}, status=202, headers={"Location": "/a/"})
    setattr(answer, guard.ABOUT, "a contribution")
    deeds = Deeds(answer)
    asked(deeds)
    guard.empty("another")
    assert asked(deeds).status_code == 202
    guard.empty("a contribution")
    again = asked(deeds)
    assert (again.status_code, again.content, again.get("Location")) == (410, b"", None)
    assert deeds.done == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "ключ", "a" * 256, "a\nb", "a\x00"], ids=ascii)
def test_what_is_no_key_is_refused(key: str) -> None:
    deeds = Deeds()
    with pytest.raises(guard.BadKey) as refusal:
        asked(deeds, key=key)
    assert refusal.value.status == 400
    assert deeds.done == 0


@pytest.mark.django_db(transaction=True)
def test_requests_that_come_at_once_do_it_once_and_get_the_same_answer() -> None:
    deeds, start, answers = Deeds(), threading.Barrier(6), []

    def ask() -> None:
        start.wait()
        answers.append(asked(deeds).content)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert deeds.done == 1
    assert answers == [b'{"id": 7}'] * 6


@pytest.mark.django_db(transaction=True)
def test_one_that_waited_too_long_for_the_first_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL it waits so many seconds; on SQLite it waits as every writer does, and then does it."""
    monkeypatch.setattr(keys, "PATIENCE", 1)
    refusals: list[type[Exception] | None] = []

    def ask() -> None:
        try:
            asked(Deeds())
            refusals.append(None)
        except guard.KeyRefused as refusal:
            refusals.append(type(refusal))
        finally:
            connection.close()

    second = threading.Thread(target=ask)

    def slow() -> HttpResponse:
        second.start()
        if connection.vendor == "postgresql":
            second.join()
        return HttpResponse(status=201)

    guard.once("key-1234", scope="a", fingerprint="x", answer=slow, now=NOW)
    second.join()
    assert refusals == ([guard.StillAtIt] if connection.vendor == "postgresql" else [None])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere several write at a time")
def test_the_threads_of_a_process_wait_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    deeds, answers = Deeds(), []

    def ask() -> None:
        answers.append(asked(deeds).status_code)
        connection.close()

    second = threading.Thread(target=ask)
    with keys._in_line():
        second.start()
        second.join(0.2)
        assert (answers, deeds.done) == ([], 0)
        monkeypatch.setattr(keys, "LONGEST_LINE", 0.001)
        assert asked(deeds, key="another").status_code == 201, "nobody waits for ever"
    second.join()
    assert (answers, deeds.done) == ([201], 2)
