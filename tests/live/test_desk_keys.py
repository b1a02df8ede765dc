"""Keys by which the desk's forms are known again: what somebody makes up as one is taken for nothing else."""

import pytest

from gazeti.live.actions import send_in
from gazeti.live.models import Update, Waiting
from gazeti.live.queries.waiting import key_of
from tests.live.covering import make_coverage, make_words
from tests.live.reporters import reporter, screen_of, send
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


def test_a_key_that_somebody_makes_up_keeps_nothing_of_others_back() -> None:
    coverage = make_coverage()
    row = send_in(coverage.pk, words=make_words("The ferry is full."), by=None, key="", now=NOW)
    assert send(reporter(), coverage, "It is not.", key=key_of(row)).status_code == 201
    reporter("amina", role="Editors").post(f"{screen_of(coverage)}waiting/{row.pk}/", {"do": "take"})
    assert (Update.objects.count(), Waiting.objects.count()) == (2, 0)


def test_words_are_never_sent_under_somebody_elses_name() -> None:
    """As a browser does that two people share, where the first one's words still wait in it."""
    coverage, zawadi = make_coverage(), reporter()
    other = reporter("amina")
    answer = send(other, coverage, "Zawadi wrote this.", **{"as": zawadi.session["_auth_user_id"], "key": "z"})
    assert (answer.status_code, Update.objects.count()) == (401, 0)
    assert (
        send(zawadi, coverage, "Zawadi wrote this.", **{"as": zawadi.session["_auth_user_id"], "key": "z"}).status_code
        == 201
    )
