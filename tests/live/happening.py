"""What happens in a coverage of more than one page, for tests of those who follow it: much, and anything."""

from contextlib import suppress
from random import Random

from gazeti.live.actions import (
    Refused,
    edit_update,
    move_to,
    pin_update,
    post_update,
    retract_update,
    summarise,
    unpin_update,
)
from gazeti.live.models import Coverage
from gazeti.live.rules import MOST_PINNED, Kind
from tests.live.covering import make_coverage, make_update, make_words
from tests.newsroom import NOW


def long_coverage() -> Coverage:
    """With 34 updates, numbers 2 to 35; one is pinned, some are key events, and there is a summary."""
    coverage = make_coverage()
    fill(coverage)
    return coverage


def fill(coverage: Coverage) -> None:
    """More updates than a page holds, by 36 events."""
    for at in range(34):
        make_update(coverage, f"Update {at}. " * 15, heading=f"Heading {at}", is_key=at % 7 == 0)
    pin_update(coverage.pk, number=8)
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)


def much_happens(coverage: Coverage) -> None:
    """Fifty events, each kind among them, 25 of them new updates of which two are taken back again."""
    story, posted = coverage.pk, [make_update(coverage, f"New {at}.", is_key=at == 3).number for at in range(25)]
    for number in (35, 34, 30, 20, 8, posted[0], posted[7]):
        edit_update(story, number=number, words=make_words(f"Other words of {number}. " * 40, heading="Other"), now=NOW)
    for number in (33, 19, 15, posted[1], posted[24]):
        retract_update(story, number=number, now=NOW)
    for number in (3, 22, posted[4]):
        pin_update(story, number=number)
    for number in (3, 8):
        unpin_update(story, number=number)
    for number in (22, 2, posted[4]):
        edit_update(story, number=number, words=make_words("Once more.", is_key=True), now=NOW)
    summarise(story, words=make_words("What we know now. " * 20), now=NOW)
    for kind in (Kind.PAUSE, Kind.RESUME, Kind.PAUSE):
        move_to(story, kind=kind, now=NOW)
    edit_update(story, number=2, words=make_words("No more."), now=NOW)


def anything_happens(coverage: Coverage, *, chance: Random, keys: float = 0.15) -> None:
    """One event, or none where what was to happen cannot; of updates so many are key events."""
    is_key, heading = chance.random() < keys, chance.choice(("", "Chance"))
    words = make_words("By chance. " * chance.randint(1, 60), heading=heading, is_key=is_key)
    numbers = list(coverage.updates.values_list("number", flat=True))
    number = chance.choice(numbers[-chance.choice((5, 35, 60)) :])
    pinned = coverage.updates.exclude(pinned_at=0).values_list("number", flat=True)
    what = {
        "post": lambda: post_update(coverage.pk, words=words, by=None, now=NOW),
        "edit": lambda: edit_update(coverage.pk, number=number, words=words, now=NOW),
        "retract": lambda: retract_update(coverage.pk, number=number, now=NOW),
        "pin": lambda: pin_update(coverage.pk, number=number),
        "unpin": lambda: unpin_update(coverage.pk, number=number),
        "summary": lambda: summarise(coverage.pk, words=words, now=NOW),
        "pause": lambda: move_to(coverage.pk, kind=Kind.PAUSE, now=NOW),
        "resume": lambda: move_to(coverage.pk, kind=Kind.RESUME, now=NOW),
    }
    kind = chance.choices(list(what), weights=(8, 6, 3, 3, 1, 1, 1, 1))[0]
    if kind == "unpin" or (kind == "pin" and len(pinned) >= MOST_PINNED):
        kind, number = "unpin", chance.choice([*pinned, number])
    with suppress(Refused):
        what[kind]()
