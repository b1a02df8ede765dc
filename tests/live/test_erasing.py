"""What is gone is gone: words that were erased stand nowhere, pictures are closed, a deleted story takes all along."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, ReferenceIndex

from gazeti import log
from gazeti.edge.truth import STREAM as PURGES
from gazeti.live.actions import (
    Refused,
    cover,
    edit_update,
    make_story,
    move_to,
    post_update,
    retract_update,
    schedule,
    send_in,
    summarise,
    take_up,
    uncover,
)
from gazeti.live.actions.events import tag_of, tag_of_past
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Update, UpdatePicture, Waiting, Wording
from gazeti.live.queries.coverages import COVERAGES, known
from gazeti.live.queries.updates import events_after
from gazeti.live.rules import Kind, State, Words, stream_of
from gazeti.log import followers
from gazeti.stories.actions import author_named, withdraw_story
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Section, Story
from tests.comments.test_erasing import found
from tests.live.covering import make_coverage, make_update, make_words
from tests.media.pictures import ready
from tests.newsroom import NOW, make_draft, make_section
from tests.newsroom import make_story as make_public_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
NAME, HEADING, ALT = "Zawadi Ochieng-Testamento", "Witness named Testamento", "Testamento at the gate"


def purged(after: int) -> tuple[set[str], set[str]]:
    """What was purged since a position, and what of it is to be forgotten at once."""
    entries = [entry.data for entry in log.since(after) if entry.stream == PURGES]
    tags = {tag for data in entries for tag in data["tags"]}
    return tags, {tag for data in entries for tag in data.get("forget", ())}


def test_erased_words_stand_in_no_table_no_log_and_no_index() -> None:
    coverage = make_coverage()
    picture = ready(credit="Ali Noor")
    body = body_of(f"{NAME} saw it.", pictures=[{"picture": picture.pk, "alt": ALT, "caption": f"{NAME} waits"}])
    row = send_in(coverage.pk, words=Words(body=body, heading=HEADING), by=None, key="k", now=NOW)
    update = take_up(row.pk, by=None, now=NOW)
    edit_update(coverage.pk, number=update.number, words=make_words(f"{NAME}!", correction=f"It is {NAME}."), now=NOW)
    assert found(NAME, HEADING, ALT)
    retract_update(coverage.pk, number=update.number, now=NOW)
    assert found(NAME)
    retract_update(coverage.pk, number=update.number, now=NOW, erases=True)
    assert found(NAME, HEADING, ALT) == set()
    kinds = [(event.kind, event.is_gone, event.shown) for event in events_after(coverage, number=1)]
    assert kinds == [(Kind.POST, True, None), (Kind.EDIT, True, None), (Kind.RETRACT, True, None)]


def test_what_was_refused_and_a_scheduled_one_that_was_posted_and_erased_leave_nothing() -> None:
    coverage = make_coverage()
    row = schedule(coverage.pk, words=make_words(NAME), due_at=NOW + timedelta(hours=1), by=None, now=NOW)
    update = take_up(row.pk, by=None, now=NOW)
    retract_update(coverage.pk, number=update.number, now=NOW, erases=True)
    assert found(NAME) == set()


def test_a_retraction_purges_every_range_and_what_only_its_update_showed() -> None:
    coverage = make_coverage()
    picture = ready(credit="Ali Noor")
    words = Words(body=body_of("Look.", pictures=[{"picture": picture.pk}]))
    update = post_update(coverage.pk, words=words, by=None, now=NOW)
    before = log.head()
    retract_update(coverage.pk, number=update.number, now=NOW)
    tags, forgotten = purged(before)
    wanted = {tag_of(coverage.pk), tag_of_past(coverage.pk), f"picture:{picture.pk}"}
    assert wanted <= tags
    assert forgotten == wanted


def file_of(picture: Any) -> str:
    """Where readers get it."""
    return f"/media/{picture.served[0]['path']}"


def test_a_picture_is_open_while_an_update_shows_it_and_closed_when_the_last_is_gone(client: Client) -> None:
    coverage = make_coverage()
    picture = ready(credit="Ali Noor")
    words = Words(body=body_of("", pictures=[{"picture": picture.pk}]))
    assert client.get(file_of(picture)).status_code == 404
    first, second = (post_update(coverage.pk, words=words, by=None, now=NOW) for _ in range(2))
    assert client.get(file_of(picture)).status_code == 200
    retract_update(coverage.pk, number=first.number, now=NOW)
    assert client.get(file_of(picture)).status_code == 200
    edit_update(coverage.pk, number=second.number, words=make_words(), now=NOW)
    assert client.get(file_of(picture)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_picture_of_a_coverage_that_readers_may_not_see_is_closed(client: Client, state: str) -> None:
    story = make_draft() if state == "draft" else make_public_story()
    coverage = cover(story)
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    picture = ready(credit="Ali Noor")
    post_update(coverage.pk, words=Words(body=body_of("", pictures=[{"picture": picture.pk}])), by=None, now=NOW)
    if state == "withdrawn":
        withdraw_story(story, now=NOW)
    assert client.get(file_of(picture)).status_code == 404


def test_a_story_made_of_an_update_is_a_draft_with_its_words_that_leads_back() -> None:
    coverage, editor = make_coverage(language="sw"), person("Editors")
    picture, author = ready(credit="Ali Noor"), author_named("Hodan Warsame")
    blocks = [
        ("text", "<p>Two boats crossed.</p>"),
        ("table", {"caption": "Boats", "header": ["Day", "Boats"], "rows": [["Monday", "2"]]}),
        ("list", {"ordered": True, "items": ["<p>One</p>", "<p>Two</p>"]}),
        ("gallery", [{"picture": picture.pk, "alt": "", "decorative": False, "caption": ""}] * 2),
        ("picture", {"picture": picture.pk, "alt": "", "decorative": False, "caption": "At noon"}),
    ]
    words = Words(body=raw_body(blocks), heading="Boats are back", author=author.pk)
    update = post_update(coverage.pk, words=words, by=None, now=NOW)
    story = make_story(coverage.pk, number=update.number, by=editor, now=NOW)
    assert (story.live, story.headline, story.language, story.owner) == (False, "Boats are back", "sw", editor)
    assert story.get_parent().pk == coverage.story.get_parent().pk
    assert story.authors == [author]
    draft = story.get_latest_revision_as_object()
    kinds = [block.block_type for block in draft.body]
    assert kinds == ["text", "table", "list", "gallery", "picture", "related"]
    assert draft.body[-1].value.pk == coverage.pk
    assert [[str(cell.value) for cell in row] for row in draft.body[1].value.rows] == [["Monday", "2"]]
    assert not Coverage.objects.filter(pk=story.pk).exists()
    draft.full_clean()


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("<p>Short and clear.</p><p>More.</p>", "Short and clear."),
        (f"<p>{'word ' * 40}</p>", f"{'word ' * 21}word…"),
        ("<p>" + "x" * 200 + "</p>", "x" * 109 + "…"),
    ],
)
def test_without_a_heading_the_first_words_are_the_headline(text: str, headline: str) -> None:
    coverage = make_coverage()
    words = Words(body=raw_body([("text", text)]))
    update = post_update(coverage.pk, words=words, by=None, now=NOW)
    story = make_story(coverage.pk, number=update.number, by=None, now=NOW)
    assert story.headline == headline
    assert story.authors == coverage.story.authors


def test_of_an_update_that_is_gone_no_story_is_made() -> None:
    coverage = make_coverage()
    update = make_update(coverage)
    retract_update(coverage.pk, number=update.number, now=NOW)
    with pytest.raises(Refused, match="taken back"):
        make_story(coverage.pk, number=update.number, by=None, now=NOW)


def test_a_copied_story_is_not_covered_and_a_moved_one_goes_on() -> None:
    coverage = make_coverage()
    make_update(coverage)
    copied = coverage.story.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    assert not Coverage.objects.filter(pk=copied.pk).exists()
    other = make_section(title="Sport")
    coverage.story.move(other, pos="last-child")
    again = Coverage.objects.get()
    assert Section.objects.parent_of(again.story).get().pk == other.pk
    assert make_update(again).number == 3


def test_a_deleted_draft_takes_its_coverage_along() -> None:
    coverage = cover(make_draft())
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    picture = ready(credit="Ali Noor")
    post_update(coverage.pk, words=Words(body=body_of(NAME, pictures=[{"picture": picture.pk}])), by=None, now=NOW)
    summarise(coverage.pk, words=make_words(NAME), now=NOW)
    send_in(coverage.pk, words=make_words(NAME), by=None, key="", now=NOW)
    Page.objects.get(pk=coverage.pk).delete()
    for model in (Coverage, Update, Wording, UpdatePicture, Waiting):
        assert not model.objects.exists()
    assert found(NAME) == set()
    assert log.head(stream_of(coverage.pk)) == 3


def test_only_what_nothing_has_happened_in_can_be_uncovered() -> None:
    planned, begun = cover(make_draft()), make_coverage()
    uncover(planned.pk)
    with pytest.raises(Refused, match="close it"):
        uncover(begun.pk)
    assert list(Coverage.objects.values_list("pk", flat=True)) == [begun.pk]
    again = cover(Story.objects.get(pk=planned.pk))
    assert (again.state, again.head) == (State.PLANNED, 0)


def test_when_a_covered_story_appears_or_goes_the_lists_of_coverages_are_purged() -> None:
    coverage = make_coverage()
    follower = followers.FOLLOWERS["covered stories"]
    followers.advance(follower, now=NOW)
    before = log.head()
    make_public_story()
    while followers.advance(follower, now=NOW):
        pass
    assert COVERAGES not in purged(before)[0]
    withdraw_story(coverage.story, now=NOW)
    before = log.head()
    while followers.advance(follower, now=NOW):
        pass
    assert COVERAGES in purged(before)[0]
    assert known().state_of(coverage.pk) == State.LIVE


def test_the_desk_knows_that_an_update_uses_a_picture(run_tasks: Callable[[], None]) -> None:
    coverage, picture = make_coverage(), ready(credit="Ali Noor")
    run_tasks()
    assert ReferenceIndex.get_references_to(picture).count() == 0
    update = post_update(
        coverage.pk, words=Words(body=body_of("", pictures=[{"picture": picture.pk}])), by=None, now=NOW
    )
    run_tasks()
    assert ReferenceIndex.get_references_to(picture).count() == 1
    edit_update(coverage.pk, number=update.number, words=make_words(), now=NOW)
    run_tasks()
    assert ReferenceIndex.get_references_to(picture).count() == 0
