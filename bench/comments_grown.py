"""A story with twenty thousand comments beside one with fifty: what its pages ask, weigh and take."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from statistics import median
from typing import Any

from django.test import Client

from bench.comments_forms import WORDS, Place, mark
from bench.figures import Table, ratio, turns
from bench.newsroom import NOW, checked
from bench.queries import counted, one_turn
from bench.text import PageText

FEW, MANY = 50, 20_000
FURTHER = 60
"""Comments more, after which the story of few has a further page that is as full as the other's: 50, and more after."""
ROUNDS = 3
REPLIES = 3
"""To each first comment, every other one to the one before it."""
ROWS_AT_ONCE = 1_000


def grow(place: Place, text: PageText, *, total: int, there: int = 0) -> None:
    """Bring a story to so many published comments, as rows written in bulk; so many are there before."""
    from gazeti.comments.models import Comment, CommentText, Discussion

    words = [word for paragraph in text.paragraphs for word in paragraph.split()]
    dice = Random(total)  # noqa: S311 (words)
    rows = Comment.objects.bulk_create(_rows(place, there, total), batch_size=ROWS_AT_ONCE)
    texts = (
        CommentText(
            comment=one,
            name=f"Reader {one.number}",
            body=f"{mark(one.number)} {' '.join(dice.choices(words, k=WORDS))}",
        )
        for one in rows
    )
    CommentText.objects.bulk_create(texts, batch_size=ROWS_AT_ONCE)
    facts = {"last": total, "published": total}
    Discussion.objects.update_or_create(story_id=place.story, defaults=facts)


def _rows(place: Place, there: int, total: int) -> Iterator[Any]:
    from gazeti.comments.models import Comment
    from gazeti.comments.rules import State

    for number in range(there + 1, total + 1):
        reply = (number - 1) % (REPLIES + 1)
        root = number - reply
        at = NOW + timedelta(seconds=number)
        yield Comment(
            story_id=place.story,
            number=number,
            root=root,
            # The first and the third reply answer the first comment, the second the reply before it.
            branch=(0, number, number - 1, number)[reply],
            reply_to=(None, root, number - 1, root)[reply],
            state=State.PUBLISHED,
            is_shown=True,
            sent_at=at,
            published_at=at,
            language="en",
        )


def pages_of(place: Place) -> dict[str, str]:
    """The pages of a story and its comments."""
    discussion = f"{place.address}comments/"
    return {
        "story": place.address,
        "its comments, with the form": discussion,
        "the most respected": f"{discussion}?order=respected",
        "one comment": f"{discussion}17/",
    }


def further_page(place: Place) -> str:
    """The page after the first 50 comments."""
    from gazeti.comments.queries.threads import Order, page
    from gazeti.stories.models import Story

    after = page(Story.objects.get(pk=place.story), order=Order.NEWEST).after
    return f"{place.address}comments/?after={after}&order=newest"


def compared(text: PageText, few: Place, many: Place) -> dict[str, Any]:
    """Each page of both; the further page last, since of few comments there is none before more are said."""
    for place, total in ((few, FEW), (many, MANY)):
        grow(place, text, total=total)
    first, second = pages_of(few), pages_of(many)
    found = {name: page_compared(name, first[name], second[name]) for name in first}
    grow(few, text, total=FEW + FURTHER, there=FEW)
    name = f"a further page (of {FEW + FURTHER})"
    return {**found, name: page_compared(name, further_page(few), further_page(many))}


def page_compared(name: str, few: str, many: str) -> dict[str, Any]:
    """One type of page: queries, bytes of gzip, and milliseconds in turns."""
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
    answers = [client.get(address) for address in (few, many)]
    for answer in answers:
        checked(name, answer.status_code)
    ms: dict[str, list[float]] = {few: [], many: []}
    for _, address in turns([few, many], rounds=ROUNDS):
        ms[address] += one_turn(client, address)
    return {
        "queries": [counted(client, address) for address in (few, many)],
        "bytes": [len(answer.content) for answer in answers],
        "ms": [median(ms[few]), median(ms[many])],
        "ratio": ratio(ms[many], ms[few]),
    }


def grown_rows(found: Mapping[str, Mapping[str, Any]]) -> Table:
    """Both sizes side by side."""
    columns = (
        "page",
        *(f"{what} at {size:,}" for what in ("queries", "gzip bytes", "ms") for size in (FEW, MANY)),
        "ratio",
    )
    rows = [
        (name, *one["queries"], *one["bytes"], *(round(ms, 1) for ms in one["ms"]), one["ratio"])
        for name, one in found.items()
    ]
    note = "Promised: the queries and bytes of the small one. Rendered in one process, nothing cached."
    return Table(f"A story with {MANY:,} comments beside one with {FEW}", columns, rows, note)
