"""The doors: whatever is not ready goes out by none of them, each gives the reasons, and what is ready goes out."""

import html
import re

import pytest

from gazeti.stories.models import Story
from tests.newsroom import make_section
from tests.stories.doors import DOORS, FORMS, TYPED, Door, World, what_is_out
from tests.stories.roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
REASONS = ("byline is missing", "standfirst is missing")
FAILED = 500


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """A newsroom with an editor; the parameter says whether the story at the door is ready."""
    return World(make_section(), person("Editors"), is_ready=request.param)


def words(told: str) -> str:
    """What somebody reads of an answer, be it a page, a program's data or a sentence."""
    return html.unescape(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), told))


@pytest.mark.parametrize("world", [False], indirect=True, ids=["unready"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_is_not_ready_goes_out_by_no_door_and_each_gives_the_reasons(door: Door, world: World) -> None:
    told = words(door(world))
    for reason in REASONS:
        assert reason in told, told[-3000:]
    assert [status for status in world.statuses if status >= FAILED] == []
    assert what_is_out() == world.before
    if door in FORMS:
        (story,) = Story.objects.all()
        assert story.get_latest_revision_as_object().dateline == TYPED


@pytest.mark.parametrize("world", [True], indirect=True, ids=["ready"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_is_ready_goes_out_by_every_door(door: Door, world: World) -> None:
    told = words(door(world))
    for reason in REASONS:
        assert reason not in told
    assert [status for status in world.statuses if status >= FAILED] == []
    assert what_is_out() != world.before, told[-3000:]
