"""What tests of comments share: somebody who writes, by the project's own action."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from gazeti.accounts.models import Reader
from gazeti.comments.actions.post import post_comment
from gazeti.comments.models import Comment
from gazeti.comments.rules import Facts, Finding, Said, State
from gazeti.stories.models import Story
from tests.newsroom import NOW

_numbers: Iterator[int] = count(1)


def make_comment(story: Story, *, state: State = State.PUBLISHED, reply_to: int | None = None, **facts: Any) -> Comment:
    """A comment in a state, as if the policy had found so by the rule `rule`, with `words`."""
    number = next(_numbers)
    said = Said(
        body=facts.pop("body", f"Number {number} crosses this bridge every morning."),
        name=facts.pop("name", "Halima"),
        email=facts.pop("email", f"halima{number}@example.org"),
        language=facts.pop("language", "en"),
    )
    found = Finding(state, facts.pop("rule", "passed"), tuple(facts.pop("words", ())))
    now = facts.pop("now", NOW + timedelta(seconds=number))
    reader: Reader | None = facts.pop("reader", None)
    return post_comment(
        story,
        said=said,
        facts=Facts(now=now, has_worked=True, approved=1),
        reader=reader,
        reply_to=reply_to,
        address=facts.pop("address", f"192.0.2.{number % 250}"),
        device=facts.pop("device", f"device {number}"),
        badge=facts.pop("badge", ""),
        now=now,
        finding=found,
        **facts,
    )
