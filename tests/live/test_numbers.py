"""Reporters who post at the same instant: no number is shared or skipped, whoever is killed meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from gazeti import log
from gazeti.live.actions import Refused, edit_update, move_to, post_update, retract_update
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.rules import Kind, stream_of
from tests.comments.test_moderation_race import at_once
from tests.conventions.tree import ROOT
from tests.live.covering import make_coverage, make_update, make_words
from tests.log.races import address
from tests.newsroom import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
REPORTERS, EACH = 6, 8


def is_whole(coverage: Coverage) -> list[log.Entry]:
    """Hold the coverage, its updates, their words and the log against each other; the events."""
    coverage.refresh_from_db()
    entries = log.read(0, stream=stream_of(coverage.pk))
    assert [entry.number for entry in entries] == list(range(1, coverage.head + 1))
    posted = [entry.number for entry in entries if entry.kind == Kind.POST]
    assert list(Update.objects.order_by("number").values_list("number", flat=True)) == posted
    worded = [entry.number for entry in entries if entry.kind in (Kind.POST, Kind.EDIT)]
    assert list(Wording.objects.order_by("number").values_list("number", flat=True)) == worded
    return entries


def test_reporters_who_post_at_once_neither_share_nor_skip_a_number() -> None:
    coverage = make_coverage()

    def posting(reporter: int) -> Callable[[], list[int]]:
        said = [make_words(f"Reporter {reporter}, {turn}.") for turn in range(EACH)]
        return lambda: [post_update(coverage.pk, words=one, by=None, now=NOW).number for one in said]

    numbers = at_once([posting(reporter) for reporter in range(REPORTERS)])
    assert all(isinstance(one, list) and one == sorted(one) for one in numbers), numbers
    assert sorted(number for one in numbers for number in one) == list(range(2, 2 + REPORTERS * EACH))
    assert len(is_whole(coverage)) == 1 + REPORTERS * EACH


def test_whatever_happens_at_once_is_one_line_of_events() -> None:
    coverage = make_coverage()
    first, second = make_update(coverage), make_update(coverage)
    said = at_once(
        [
            lambda: make_update(coverage, "Three."),
            lambda: edit_update(coverage.pk, number=first.number, words=make_words("One, better."), now=NOW),
            lambda: retract_update(coverage.pk, number=second.number, now=NOW),
            lambda: retract_update(coverage.pk, number=second.number, now=NOW),
            lambda: edit_update(
                coverage.pk, number=first.number, words=make_words("Other."), now=NOW, seen=first.number
            ),
        ]
    )
    kinds = [entry.kind for entry in is_whole(coverage)]
    assert kinds.count(Kind.RETRACT) == 1
    assert sum(isinstance(one, Refused) for one in said) >= 1
    assert all(isinstance(one, Update | Refused) for one in said), said


def test_the_same_key_at_once_is_one_update() -> None:
    coverage = make_coverage()
    words = make_words("Sent again after a tunnel.")
    said = at_once([lambda: post_update(coverage.pk, words=words, by=None, now=NOW, key="phone-1")] * REPORTERS)
    assert {one.number for one in said} == {2}
    assert len(is_whole(coverage)) == 2


def test_who_posts_while_it_is_closed_is_in_before_the_close_or_refused() -> None:
    coverage = make_coverage()
    deeds: list[Callable[[], Any]] = [lambda: make_update(coverage)] * REPORTERS
    at_once([*deeds, lambda: move_to(coverage.pk, kind=Kind.CLOSE, now=NOW)])
    assert is_whole(coverage)[-1].kind == Kind.CLOSE


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from django.utils import timezone
from gazeti.live.actions import edit_update, post_update, retract_update
from gazeti.live.models import Coverage
from gazeti.live.rules import Words
from gazeti.stories.formats import raw_body

def deeds(story):
    words = Words(body=raw_body([("text", "<p>Written while it is killed.</p>")]))
    number = Coverage.objects.get(pk=story).updates.filter(retracted_at=None).order_by("number").first().number
    now = timezone.now()
    post_update(story, words=words, by=None, now=now)
    edit_update(story, number=number, words=words, now=now)
    retract_update(story, number=number, now=now)

def run(story, dies_at):
    statements = []

    def count(execute, *rest):
        statements.append(1)
        if len(statements) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)

    with connection.execute_wrapper(count):
        deeds(story)

for dies_at in map(int, sys.argv[2:]):
    if not (child := os.fork()):
        run(int(sys.argv[1]), dies_at)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), end=" ")
"""


def test_killed_at_any_statement_a_change_is_whole_or_absent() -> None:
    coverage = make_coverage()
    for turn in range(50):
        make_update(coverage, f"Number {turn}.")
    connection.close()
    moments = [*map(str, range(2, 44)), "0"]
    variables = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "gazeti.config.settings"}
    command = [sys.executable, "-c", KILLED, str(coverage.pk), *moments]
    ran = subprocess.run(command, env=variables, cwd=ROOT, check=True, capture_output=True, text=True)
    statuses = [int(word) for word in ran.stdout.split()]
    assert statuses.count(-signal.SIGKILL) > 25, ran.stdout
    assert statuses[-1] == 0
    entries = is_whole(coverage)
    gone = {entry.data["update"] for entry in entries if entry.kind == Kind.RETRACT}
    assert gone == set(Update.objects.exclude(retracted_at=None).values_list("number", flat=True))
    make_update(coverage, "It goes on.")
    assert len(is_whole(coverage)) == len(entries) + 1
