"""Why a coverage does not become what somebody asks for: in whole sentences, which a translator has as they stand."""

import pytest
from django.utils.functional import Promise

from gazeti.live.actions import Refused, move_to
from gazeti.live.actions.coverage import STAYS
from gazeti.live.models import Coverage
from gazeti.live.rules import FROM, Kind, State
from tests.live.covering import make_coverage
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
SENTENCES = {
    (Kind.PAUSE, State.PLANNED): "The coverage has not begun: it cannot pause.",
    (Kind.PAUSE, State.PAUSED): "The coverage is paused already.",
    (Kind.PAUSE, State.CLOSED): "The coverage is closed: it cannot pause.",
    (Kind.RESUME, State.LIVE): "The coverage is live already: it cannot resume.",
    (Kind.CLOSE, State.CLOSED): "The coverage is closed already.",
}


def test_each_has_its_sentence() -> None:
    coverage = make_coverage()
    told = {}
    for kind, states in FROM.items():
        for state in set(State) - states:
            Coverage.objects.filter(pk=coverage.pk).update(state=state)
            with pytest.raises(Refused) as refusal:
                move_to(coverage.pk, kind=kind, now=NOW)
            told[kind, state] = str(refusal.value)
    assert told == SENTENCES


def test_each_is_the_translators_whole() -> None:
    """Nothing is put into it that nobody has translated."""
    assert all(isinstance(one, Promise) for one in STAYS.values())
    assert not any("%" in str(one) for one in STAYS.values())
