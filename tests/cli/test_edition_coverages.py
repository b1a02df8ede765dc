"""The sample edition's coverages: their data is whole, and they are played through the desk's own actions."""

from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

import pytest

from gazeti import log
from gazeti.cli.edition import covered
from gazeti.cli.edition.contents import MORNING, edition_day, moment
from gazeti.cli.edition.covered import cover_story
from gazeti.cli.edition.typeset import Named
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.queries.updates import events_after
from gazeti.live.rules import LONGEST_HEADING, Kind, State, stream_of
from gazeti.stories.actions import author_named
from gazeti.stories.models import Story
from tests.cli.test_edition import AGES, EDITION, NAIROBI, NEAR, STORIES, names, words_of
from tests.media.pictures import halves, ready, written
from tests.newsroom import make_story

COVERAGES = EDITION.coverages
DAY = edition_day(datetime(2024, 7, 4, 12, tzinfo=UTC), time_zone=NAIROBI)


def events_of(slug: str, *kinds: str) -> list[dict[str, Any]]:
    return [dict(one) for one in COVERAGES[slug] if one["kind"] in kinds]


def when(slug: str, event: dict[str, Any]) -> datetime:
    return moment({"days_ago": STORIES[slug]["days_ago"], **event}, day=DAY)


def is_open(slug: str) -> bool:
    return events_of(slug, "resume", "pause", "close")[-1]["kind"] == "resume"


def test_one_coverage_goes_on_with_every_kind_of_event_and_one_is_closed() -> None:
    assert set(COVERAGES) <= set(STORIES)
    assert sorted(is_open(slug) for slug in COVERAGES) == [False, True]
    going_on = next(filter(is_open, COVERAGES))
    assert {one["kind"] for one in COVERAGES[going_on]} == set(Kind) - {Kind.CLOSE}
    posts = events_of(going_on, "post")
    assert len(posts) - len(events_of(going_on, "retract")) >= 40
    assert sum(one.get("key", False) for one in posts) >= 5
    assert len({one["author"] for one in posts}) == 3
    assert any(one.get("correction") for one in events_of(going_on, "edit"))
    assert {block["type"] for one in posts for block in one.get("body", ())} >= {"list", "quotation", "picture"}


@pytest.mark.parametrize("slug", COVERAGES)
def test_a_coverage_goes_forward_from_its_story_to_the_morning_of_the_edition(slug: str) -> None:
    moments = [when(slug, dict(one)) for one in COVERAGES[slug]]
    assert moments == sorted(moments)
    assert moment(STORIES[slug], day=DAY) <= moments[0]
    assert moments[-1] <= DAY + timedelta(hours=MORNING.hour)


@pytest.mark.parametrize("slug", COVERAGES)
def test_an_update_names_only_what_there_is_and_no_date_that_grows_old(slug: str) -> None:
    events = COVERAGES[slug]
    assert [text for text in words_of([dict(one) for one in events]) if AGES.search(text)] == []
    assert {one["author"] for one in events if "author" in one} <= names(EDITION.authors)
    assert max(len(one.get("heading", "")) for one in events) <= LONGEST_HEADING
    shown = [block for one in events for block in one.get("body", ()) if block["type"] == "picture"]
    assert {one["picture"] for one in shown} <= names(EDITION.pictures, "name")
    assert all(20 < len(one["alt"]) <= 255 for one in shown)
    assert all(SequenceMatcher(None, one["alt"].casefold(), one["caption"].casefold()).ratio() < NEAR for one in shown)


def covered_now(slug: str, story: Story) -> None:
    authors = {facts["slug"]: author_named(facts["name"]) for facts in EDITION.authors}
    pictures = dict.fromkeys(names(EDITION.pictures, "name"), picture())
    cover_story(
        story, events=COVERAGES[slug], since=STORIES[slug], day=DAY, authors=authors,
        named=Named(pictures=pictures), by=None,
    )  # fmt: skip


def picture() -> Any:
    return ready(written(halves(240, 160), "JPEG"), title="A picture", description="Two halves", credit="A. Farah")


@pytest.mark.django_db
@pytest.mark.parametrize("slug", COVERAGES)
def test_it_is_played_event_by_event_at_its_own_times(slug: str) -> None:
    story = make_story()
    covered_now(slug, story)
    coverage, told = Coverage.objects.get(pk=story.pk), COVERAGES[slug]
    assert [one.kind for one in log.read(stream=stream_of(story.pk))] == [one["kind"] for one in told]
    assert coverage.head == len(told)
    assert coverage.state == (State.LIVE if is_open(slug) else State.CLOSED)
    posts = events_of(slug, "post")
    assert list(coverage.updates.order_by("number").values_list("posted_at", flat=True)) == [
        when(slug, one) for one in posts
    ]
    assert all(one.shown or one.is_gone for one in events_after(coverage, number=0) if one.kind in ("post", "edit"))
    covered_now(slug, story)
    coverage.refresh_from_db()
    assert coverage.head == len(told)


@pytest.mark.django_db
def test_what_is_pinned_corrected_and_taken_back_at_the_end_is_what_the_data_says() -> None:
    slug, story = next(filter(is_open, COVERAGES)), make_story()
    covered_now(slug, story)
    updates = Update.objects.filter(coverage=story.pk)
    numbers = {one.get("name"): at for at, one in enumerate(COVERAGES[slug], start=1)}
    assert list(updates.exclude(pinned_at=0).values_list("number", flat=True)) == [numbers["clean-up"]]
    assert list(updates.exclude(retracted_at=None).values_list("number", flat=True)) == [numbers["rumour"]]
    corrected = Wording.objects.filter(coverage=story.pk).exclude(correction="")
    assert list(corrected.values_list("update_number", flat=True)) == [numbers["school-out"]]


@pytest.mark.django_db(transaction=True)
def test_cut_off_in_the_middle_nothing_of_a_coverage_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    slug, story = next(filter(is_open, COVERAGES)), make_story()

    def fail(*_words: object, **_facts: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(covered, "retract_update", fail)
    with pytest.raises(InterruptedError):
        covered_now(slug, story)
    assert not Coverage.objects.exists()
    assert log.head(stream_of(story.pk)) == 0
