"""A page that is open while its newsroom is restored, or its story is hidden for a time, goes on with what comes."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gazeti import edge
from gazeti.live.actions.events import tag_of
from gazeti.live.models import Coverage
from gazeti.live.rules import stream_of
from gazeti.log.models import Event, Stream
from gazeti.stories.models import Story
from tests.live.covering import make_coverage, make_update
from tests.live.script import PATIENT, Follower, follow, streams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asking(live_server: LiveServer, page: Page) -> Follower:
    """A page of three updates that asks, with a clock that the test moves on."""
    coverage = make_coverage()
    for at in range(3):
        make_update(coverage, f"Number {at}.")
    streams(page)
    page.clock.install()
    follower = follow(page, live_server, coverage)
    follower.fails(1)
    return follower


def restore(coverage: Coverage, *, head: int) -> None:
    """Let the newsroom be one of a backup that was made when the coverage had come so far."""
    name = stream_of(coverage.pk)
    coverage.updates.filter(number__gt=head).delete()
    coverage.wordings.filter(number__gt=head).delete()
    Event.objects.filter(stream=name, number__gt=head).delete()
    Stream.objects.filter(name=name).update(last=head)
    Coverage.objects.filter(pk=coverage.pk).update(head=head)
    edge.purge([tag_of(coverage.pk)])


def test_a_page_that_knows_more_than_the_server_does_after_a_restore_is_loaded_again(asking: Follower) -> None:
    asking.reaches(4)
    restore(asking.coverage, head=2)
    again = make_update(asking.coverage, "What came after the restore.")
    assert again.number == 3, "a number that the page has seen already, with other words"
    asking.passes(12.1)
    asking.reaches(3)
    expect(asking.page.get_by_text("What came after the restore.")).to_be_visible(timeout=PATIENT)
    assert asking.numbers == [3, 2]
    assert asking.live == asking.fresh


def test_a_page_whose_story_is_hidden_for_a_time_goes_on_when_it_is_back(asking: Follower) -> None:
    show(asking.coverage, is_shown=False)
    with asking.page.expect_response("**/after/*/", timeout=PATIENT) as answer:
        asking.passes(12.1)
    assert answer.value.status == 404
    asking.page.wait_for_load_state("networkidle")
    show(asking.coverage, is_shown=True)
    make_update(asking.coverage, "It is back.")
    asking.asks_within(12.1)
    expect(asking.page.get_by_text("It is back.")).to_be_visible(timeout=PATIENT)


def show(coverage: Coverage, *, is_shown: bool) -> None:
    """Let the story be hidden from the public, or not, without being taken back."""
    Story.objects.filter(pk=coverage.pk).update(live=is_shown)
    edge.purge([f"story:{coverage.pk}"])
