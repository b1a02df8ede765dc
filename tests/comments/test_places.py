"""Where comments of a told discussion stand: as those that were posted one by one."""

import pytest

from gazeti.comments.models import Comment
from gazeti.comments.rules.places import Place, Said, places
from tests.comments.moving import derived, lively, moderator_named
from tests.newsroom import make_story

GONE, OUT = False, True


def test_a_thread_is_three_levels_whatever_its_depth() -> None:
    found = places([Said(1, None, OUT), Said(2, 1, OUT), Said(3, 2, OUT), Said(4, 3, OUT), Said(5, 1, OUT)])
    assert {number: (one.root, one.branch) for number, one in found.items()} == {
        1: (1, 0),
        2: (1, 2),
        3: (1, 2),
        4: (1, 2),
        5: (1, 5),
    }


def test_what_is_gone_keeps_its_place_while_anything_below_it_is_published() -> None:
    found = places([Said(4, None, GONE), Said(1, None, GONE), Said(3, 2, OUT), Said(2, 1, GONE)])
    assert {number for number, one in found.items() if one.is_shown} == {1, 2, 3}


def test_nothing_told_has_no_places() -> None:
    assert places([]) == {}


@pytest.mark.django_db
def test_they_are_those_that_posting_and_deciding_gave() -> None:
    story = make_story()
    lively(story, by=moderator_named())
    rows = Comment.objects.filter(story=story).values_list("number", "reply_to", "state")
    told = places(Said(number, above, state == "published") for number, above, state in rows)
    assert told == {number: Place(root, branch, shown) for number, root, branch, shown, *_counts in derived(story)}
