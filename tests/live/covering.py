"""A story that is covered live, for tests: made through the project's own actions."""

from typing import Any

from gazeti.live.actions import cover, move_to, post_update
from gazeti.live.actions.events import Words
from gazeti.live.models import Coverage, Update
from gazeti.live.rules import Kind
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Section
from tests.newsroom import NOW, make_story


def make_coverage(section: Section | None = None, *, is_open: bool = True, **facts: Any) -> Coverage:
    """A public story's coverage, live unless it is not to be open."""
    coverage = cover(make_story(section, **facts))
    if is_open:
        move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    coverage.refresh_from_db()
    return coverage


def make_words(text: str = "Traders crossed it first.", **facts: Any) -> Words:
    """What an update says, one paragraph."""
    return Words(body=raw_body([("text", f"<p>{text}</p>")]), **facts)


def make_update(coverage: Coverage, text: str = "Traders crossed it first.", **facts: Any) -> Update:
    """An update that is out."""
    return post_update(coverage.pk, words=make_words(text, **facts), by=None, now=NOW)
