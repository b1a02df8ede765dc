"""Idempotency keys: the same request sent again gets the first answer and does nothing twice.

After the IETF's draft-ietf-httpapi-idempotency-key-header. The key, what was done and the answer are one transaction.
"""

import hashlib
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse

from gazeti.guard.marks import mark

KEPT = 86_400
"""Seconds for which an answer is kept."""
PATIENCE = 10
"""Seconds for which a second request with the key waits for the first, on PostgreSQL; on SQLite writers wait anyway."""
KEY = re.compile(r"[!-~]{1,255}")
LONGEST_LINE = 20
"""Seconds, as long as SQLite is waited for (`gazeti.config.env`)."""
LOCKED = "55P03"
ABOUT = "kept_about"
"""The attribute of an answer that names what it is about, for `unkeep`."""
REFUSED = 400
"""The status from which on an answer says that nothing was done: none of it is kept."""
GONE = 410
"""The status of what was done and has been taken out since, with all that it said (RFC 9110, 15.5.11)."""
BEGIN = """
    INSERT INTO gazeti_guard_keptanswer (mark, fingerprint, status, headers, body, until)
    VALUES (%(mark)s, %(fingerprint)s, 0, '[]', %(body)s, %(until)s)
    ON CONFLICT (mark) DO UPDATE SET fingerprint = excluded.fingerprint, until = excluded.until
    WHERE gazeti_guard_keptanswer.until <= %(now)s
    RETURNING mark
"""
THERE = "SELECT 1 FROM gazeti_guard_keptanswer WHERE mark = %s AND until > %s AND status > 0"
KEEP = "UPDATE gazeti_guard_keptanswer SET status = %s, headers = %s, body = %s, about = %s WHERE mark = %s"
EMPTY = "UPDATE gazeti_guard_keptanswer SET status = %s, headers = '[]', body = %s WHERE about = %s AND about <> ''"
UNKEEP = "DELETE FROM gazeti_guard_keptanswer WHERE about = %s AND about <> ''"
"""As SQL: all of it is asked for each comment, and to compile it takes Django ten times as long as to run it."""


class KeyRefused(Exception):
    """A key with which nothing was done; `status` says what to answer."""

    status = 400


class BadKey(KeyRefused):
    """Not 1 to 255 signs of ASCII without spaces."""


class OtherRequest(KeyRefused):
    """The key stood on another request before."""

    status = 422


class StillAtIt(KeyRefused):
    """The first request with the key is not done yet."""

    status = 409


def once(
    key: str, *, scope: str, fingerprint: bytes | str, answer: Callable[[], HttpResponse], now: float | None = None
) -> HttpResponse:
    """The answer of `answer()`, called once for a key in a scope, inside the transaction that keeps what it said.

    A second request waits for the first and gets the same status, headers and body; `fingerprint` is whatever must be
    the same in both (the body, who asks). An exception, or a status of 400 or more, undoes everything and keeps
    nothing, so that the key may be tried again; so does the death of the process.
    Raises BadKey, OtherRequest, StillAtIt.
    """
    if not KEY.fullmatch(key):
        raise BadKey
    moment = int(time.time() if now is None else now)
    name, digest = mark("key", scope, key), _digest(fingerprint)
    facts = {"mark": name, "fingerprint": digest, "until": moment + KEPT, "now": moment, "body": b""}
    with _in_line(), transaction.atomic():
        if not _begun(facts):
            return _kept_answer(name, digest)
        response = answer()
        if response.status_code >= REFUSED:
            transaction.set_rollback(True)
        else:
            _keep(name, response)
    return response


def kept(key: str, *, scope: str, fingerprint: bytes | str, now: float | None = None) -> HttpResponse | None:
    """The answer that was given to the key before, None where there is none; a read, for who thinks long before `once`.

    Raises BadKey, OtherRequest.
    """
    if not KEY.fullmatch(key):
        raise BadKey
    name = mark("key", scope, key)
    with connection.cursor() as cursor:
        cursor.execute(THERE, [name, int(time.time() if now is None else now)])
        is_there = cursor.fetchone() is not None
    return _kept_answer(name, _digest(fingerprint)) if is_there else None


def unkeep(*names: str) -> None:
    """Keep no answer any longer that is about one of these, whose words are to be gone: its key is new again."""
    with connection.cursor() as cursor:
        cursor.executemany(UNKEEP, [[name] for name in names])


def empty(*names: str) -> None:
    """Keep of answers that are about one of these only that there was one: whoever sends the key again gets a 410
    without words, and nothing is done twice.
    """
    with connection.cursor() as cursor:
        cursor.executemany(EMPTY, [[GONE, b"", name] for name in names])


@contextmanager
def _in_line() -> Iterator[None]:
    """Where one writes at a time, let the threads of this process wait for each other: SQLite only looks now and then,
    ever more rarely, whether it may write, while nobody does.
    """
    is_needed = connection.vendor == "sqlite" and not connection.in_atomic_block
    has_place = is_needed and _writing.acquire(timeout=LONGEST_LINE)
    try:
        # Without a place after that time SQLite says what is to be said.
        yield
    finally:
        if has_place:
            _writing.release()


def _begun(facts: dict[str, Any]) -> bool:
    """Whether this request is the first with the key; one that is under way is waited for."""
    with _bounded_wait(), connection.cursor() as cursor:
        cursor.execute(BEGIN, facts)
        return cursor.fetchone() is not None


@contextmanager
def _bounded_wait() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        try:
            yield
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == LOCKED:
                raise StillAtIt from error
            raise
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _keep(name: str, response: HttpResponse) -> None:
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    headers = [[header, value] for header, value in response.items()]
    with connection.cursor() as cursor:
        about = getattr(response, ABOUT, "")
        cursor.execute(KEEP, [response.status_code, json.dumps(headers), response.content, about, name])


def _kept_answer(name: str, fingerprint: str) -> HttpResponse:
    from gazeti.guard.models import KeptAnswer

    kept = KeptAnswer.objects.get(mark=name)
    if kept.fingerprint != fingerprint:
        raise OtherRequest
    response = HttpResponse(bytes(kept.body), status=kept.status)
    for header, value in kept.headers:
        response[header] = value
    return response


_writing = threading.Lock()


def _forget() -> None:
    """A forked process waits for no thread of its parent's."""
    global _writing  # noqa: PLW0603 (one a process)
    _writing = threading.Lock()


os.register_at_fork(after_in_child=_forget)


def _digest(fingerprint: bytes | str) -> str:
    return hashlib.sha256(fingerprint.encode() if isinstance(fingerprint, str) else fingerprint).hexdigest()
