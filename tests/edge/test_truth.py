"""What a process knows of purges, and what follows from it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gazeti import edge, log
from gazeti.edge import facts
from gazeti.edge.truth import Truth
from gazeti.log.models import Event

pytestmark = pytest.mark.django_db


def begun() -> Truth:
    truth = Truth()
    truth.begin()
    return truth


@pytest.mark.database
def test_an_answer_holds_until_one_of_its_tags_is_purged_after_its_render_began() -> None:
    truth = begun()
    before = truth.catch_up()
    edge.purge(["story:1"])
    assert truth.holds(before, {"story:1", "recent"})
    after = truth.catch_up()
    assert not truth.holds(before, {"story:1", "recent"})
    assert truth.holds(before, {"story:2", "recent"})
    assert truth.holds(after, {"story:1"})


@pytest.mark.database
def test_what_was_purged_while_the_process_was_down_is_known_before_it_serves() -> None:
    kept = log.head()
    edge.purge(["recent"])
    truth = begun()
    assert not truth.holds(kept, {"recent"})
    assert truth.holds(log.head(), {"recent"})


def test_what_is_older_than_an_answer_may_be_is_not_even_looked_for() -> None:
    edge.purge(["recent"])
    old = log.append("stories", "published", {}).position
    Event.objects.update(at=timezone.now() - timedelta(hours=26))
    edge.purge(["front"])
    truth = begun()
    assert "recent" not in truth.purged
    assert not truth.holds(old - 1, {"story:9"})
    assert truth.holds(old, {"story:9"})


def test_a_process_whose_first_render_read_the_log_before_its_vigil_calls_true_what_was_not_purged() -> None:
    first = log.append("stories", "published", {}).position
    edge.purge(["recent"], forget=["story:1"])
    truth = Truth()
    truth.catch_up()
    truth.begin()
    assert truth.holds(first, {"story:2"})
    assert truth.may_stand_in(first, {"story:2", "recent"})
    assert not truth.holds(first, {"recent"})
    assert not truth.may_stand_in(first, {"story:1"})
    assert (truth.position, truth.newest) == (log.head(), log.head())


def test_a_process_that_has_read_part_of_the_log_before_its_vigil_knows_every_purge_of_an_answers_day() -> None:
    edge.purge(["recent"])
    Event.objects.update(at=timezone.now() - timedelta(hours=26))
    first = log.head()
    edge.purge(["story:1"])
    truth = Truth()
    truth.apply(log.read(0))
    edge.purge(["story:2"])
    truth.begin()
    assert truth.floor == first
    assert [truth.holds(first, {tag}) for tag in ("story:1", "story:2", "story:3", "recent")] == [
        False,
        False,
        True,
        True,
    ]


def test_what_was_purged_longer_ago_than_an_answer_may_be_given_is_dropped_and_called_true_by_nothing() -> None:
    truth, first = begun(), log.head()
    edge.purge(["recent"], forget=["story:1"])
    old = truth.catch_up()
    Event.objects.update(at=timezone.now() - timedelta(hours=26))
    edge.purge(["front"], forget=["story:2"])
    truth.catch_up()
    truth.trim()
    assert (set(truth.purged), set(truth.forgotten)) == ({"front", "story:2"}, {"story:2"})
    # Of before the purge that is no longer known by its tag: neither true nor good to stand in.
    assert not truth.holds(first, {"recent"})
    assert not truth.may_stand_in(first, {"story:1"})
    assert truth.holds(old, {"recent", "story:1"})
    assert not truth.holds(old, {"front"})
    assert not truth.may_stand_in(old, {"story:2"})


def test_a_process_that_is_behind_drops_nothing_of_what_it_has_not_read() -> None:
    truth, before = begun(), log.head()
    edge.purge(["recent"])
    Event.objects.update(at=timezone.now() - timedelta(hours=26))
    truth.trim()
    assert truth.holds(before, {"recent"})
    truth.catch_up()
    assert not truth.holds(before, {"recent"})


def test_more_tags_than_are_remembered_become_one_purge_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazeti.edge.truth.MOST_TAGS", 10)
    truth, before = begun(), log.head()
    for number in range(5):
        edge.purge([f"list:{number}", f"story:{number}"], forget=[f"story:{number}"])
    truth.catch_up()
    assert truth.holds(before, {"story:9"})
    edge.purge(["story:10"])
    after = truth.catch_up()
    assert len(truth.purged) <= 10
    assert not truth.holds(before, {"story:9"})
    assert not truth.holds(after - 1, {"story:0"})
    assert truth.holds(after, {"story:0"})
    # What is only purged may stand in, what was to be forgotten may not.
    assert truth.may_stand_in(before, {"story:9"})
    assert not truth.may_stand_in(before, {"story:4"})
    for number in range(10, 20):
        edge.purge([], forget=[f"story:{number}"])
    after = truth.catch_up()
    assert len(truth.forgotten) <= 10
    assert not truth.may_stand_in(before, {"story:99"})
    assert truth.may_stand_in(after, {"story:19"})


def test_everything_ends_with_a_purge_of_everything() -> None:
    truth, before = begun(), log.head()
    edge.purge(["*"])
    truth.catch_up()
    assert not truth.holds(before, {"story:1"})
    assert truth.holds(log.head(), {"story:1"})


def test_what_is_forgotten_may_not_stand_in_and_what_is_only_purged_may() -> None:
    truth, before = begun(), log.head()
    edge.purge(["recent"], forget=["story:1"])
    truth.catch_up()
    assert not truth.may_stand_in(before, {"story:1", "recent"})
    assert truth.may_stand_in(before, {"story:2", "recent"})
    assert not truth.holds(before, {"story:2", "recent"})


def test_what_is_heard_twice_or_late_changes_nothing() -> None:
    truth, before = begun(), log.head()
    edge.purge(["recent"])
    entries = log.read(before)
    assert truth.apply(entries) == 1
    state = truth.state
    assert truth.apply(entries) == 0
    assert truth.state is state


@pytest.mark.django_db(transaction=True)
def test_a_purge_of_this_process_is_known_as_it_commits_and_not_before() -> None:
    from gazeti.edge.truth import truth

    before = log.head()
    with transaction.atomic():
        edge.purge(["kept apart:77"])
        assert truth.holds(before, {"kept apart:77"})
    assert not truth.holds(before, {"kept apart:77"})
    with pytest.raises(RuntimeError), transaction.atomic():
        edge.purge(["kept apart:78"])
        raise RuntimeError
    assert truth.holds(before, {"kept apart:78"})


class TestFacts:
    """What renders share."""

    @pytest.fixture(autouse=True)
    def truth(self, monkeypatch: pytest.MonkeyPatch) -> Truth:
        truth = begun()
        monkeypatch.setattr(facts, "truth", truth)
        monkeypatch.setattr(facts, "_facts", {})
        self.made: list[int] = []
        return truth

    def make(self) -> int:
        self.made.append(1)
        return len(self.made)

    def test_outside_of_a_render_a_fact_is_made_each_time(self) -> None:
        assert [edge.known("n", tags=["site"], make=self.make) for _ in range(2)] == [1, 2]

    def test_within_it_is_made_once_until_a_tag_of_it_is_purged(self, truth: Truth) -> None:
        for expected, purged in ((1, []), (1, ["recent"]), (2, ["site"]), (2, []), (3, ["*"])):
            edge.purge(purged)
            with facts.rendering(truth.catch_up()):
                assert edge.known("n", tags=["site"], make=self.make) == expected

    def test_one_made_while_a_purge_came_is_not_believed_by_the_next(self, truth: Truth) -> None:
        def overtaken() -> int:
            edge.purge(["site"])
            truth.catch_up()
            return self.make()

        with facts.rendering(truth.catch_up()):
            edge.known("n", tags=["site"], make=overtaken)
        with facts.rendering(truth.catch_up()):
            assert edge.known("n", tags=["site"], make=self.make) == 2

    def test_while_the_log_cannot_be_read_no_fact_is_believed_later(self, truth: Truth) -> None:
        with facts.rendering(-1):
            edge.known("n", tags=["site"], make=self.make)
        with facts.rendering(truth.catch_up()):
            assert edge.known("n", tags=["site"], make=self.make) == 2
