"""A story is covered live no more only where nothing goes with its coverage: neither what was sent in nor what has its
time.
"""

from datetime import timedelta

import pytest
from django.test import Client

from gazeti.live.actions import Refused, cover, refuse, schedule, send_in, uncover
from gazeti.live.models import Coverage, Waiting
from tests.live.covering import make_words
from tests.live.reporters import DESK, page_of, reporter, screen_of
from tests.newsroom import NOW, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def coverage() -> Coverage:
    return cover(make_draft())


@pytest.fixture
def editor() -> Client:
    return reporter("amina", role="Editors")


def sent(coverage: Coverage) -> Waiting:
    row = send_in(coverage.pk, words=make_words("Seen from the roof."), by=None, key="", now=NOW)
    assert isinstance(row, Waiting)
    return row


def timed(coverage: Coverage) -> Waiting:
    due_at = NOW + timedelta(days=1)
    row = schedule(coverage.pk, words=make_words("At noon."), due_at=due_at, by=None, now=NOW)
    assert isinstance(row, Waiting)
    return row


def test_a_coverage_in_which_something_waits_is_not_taken_off_and_the_desk_says_what_waits(
    editor: Client, coverage: Coverage
) -> None:
    rows = [sent(coverage), sent(coverage), timed(coverage)]
    answer = editor.post(f"{screen_of(coverage)}plan/", {"uncover": "1"})
    assert (answer.status_code, Waiting.objects.count()) == (422, 3)
    told = page_of(answer).select_one("[role=alert]")
    assert told
    assert told.get_text().strip() == (
        "2 updates that were sent in wait here. 1 update waits here for its time. Post what is to go out and do not"
        " post the rest first: all of it would be gone with the coverage."
    )
    for row in rows:
        refuse(row.pk)
    assert editor.post(f"{screen_of(coverage)}plan/", {"uncover": "1"})["Location"] == DESK
    assert not Coverage.objects.exists()


def test_of_what_does_not_wait_nothing_is_said(coverage: Coverage) -> None:
    sent(coverage)
    with pytest.raises(Refused) as refusal:
        uncover(coverage.pk)
    assert str(refusal.value).startswith("1 update that was sent in waits here. Post what")
