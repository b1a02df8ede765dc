"""A coverage of thousands of updates, written in bulk: actions would take minutes, and what is looked at are reads."""

from datetime import timedelta
from random import Random

from gazeti import log
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.rules import Kind, stream_of
from gazeti.stories.formats import raw_body
from tests.comments.said import SAID
from tests.live.covering import make_coverage
from tests.newsroom import NOW

WORDS = sorted({word for _name, body in SAID for word in body.split() if word.isalpha()})
"""Some hundreds of words that people use."""


def said(number: int, *, words: int = 60) -> str:
    """So many words in no order, which compress worse than any sentence."""
    return " ".join(Random(number).choices(WORDS, k=words)).capitalize() + "."


def many_updates(count: int, *, coverage: Coverage | None = None) -> Coverage:
    """A coverage that has so many updates of 60 words, each tenth a key event with a heading."""
    ours = coverage or make_coverage()
    numbers = range(ours.head + 1, ours.head + 1 + count)
    made = {number: NOW + timedelta(seconds=40 * number) for number in numbers}
    Update.objects.bulk_create(
        Update(coverage=ours, number=number, version=number, posted_at=at, is_key=number % 10 == 0)
        for number, at in made.items()
    )
    Wording.objects.bulk_create(
        Wording(
            coverage=ours,
            number=number,
            update_number=number,
            heading=said(number, words=6) if number % 10 == 0 else "",
            body=raw_body([("text", f"<p>{said(number)}</p>")]),
            is_key=number % 10 == 0,
            at=at,
        )
        for number, at in made.items()
    )
    for number in numbers:
        log.append(stream_of(ours.pk), Kind.POST, {"update": number, "words": number})
    Coverage.objects.filter(pk=ours.pk).update(head=ours.head + count)
    ours.refresh_from_db()
    return ours
