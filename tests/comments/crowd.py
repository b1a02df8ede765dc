"""Many comments at once: the actions would take minutes, and what is asked here is how they are read."""

from collections.abc import Iterable
from datetime import timedelta

from gazeti.comments.models import Comment, CommentText, Discussion
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.newsroom import NOW

WORDS = "Number {} crosses this bridge every morning, and pays for it."


def said_under(story: Story, places: Iterable[tuple[int, int, int | None]], **facts: object) -> list[Comment]:
    """Publish comments numbered from 1, each with its (root, branch, reply to)."""
    rows = [
        Comment(
            story=story,
            number=number,
            root=root,
            branch=branch,
            reply_to=reply_to,
            state=State.PUBLISHED,
            is_shown=True,
            sent_at=NOW + timedelta(seconds=number),
            published_at=NOW + timedelta(seconds=number),
            language="en",
            **facts,
        )
        for number, (root, branch, reply_to) in enumerate(places, start=1)
    ]
    made = Comment.objects.bulk_create(rows, batch_size=1_000)
    texts = [CommentText(comment=one, body=WORDS.format(one.number), name=f"Reader {one.number}") for one in made]
    CommentText.objects.bulk_create(texts, batch_size=1_000)
    Discussion.objects.create(story=story, last=len(made), published=len(made))
    return made


def threads(count: int, *, replies: int = 3) -> list[tuple[int, int, int | None]]:
    """So many threads of so many replies each, every other reply to the one before."""
    places: list[tuple[int, int, int | None]] = []
    for _ in range(count):
        root = len(places) + 1
        places.append((root, 0, None))
        for reply in range(replies):
            number = len(places) + 1
            places.append((root, number, root) if reply % 2 == 0 else (root, number - 1, number - 1))
    return places


def deep(replies: int) -> list[tuple[int, int, int | None]]:
    """One thread in which each answers the one before."""
    return [(1, 0, None), (1, 2, 1), *((1, 2, number - 1) for number in range(3, replies + 2))]
