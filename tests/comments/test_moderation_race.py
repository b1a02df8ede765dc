"""Moderators who decide at the same moment, about one comment and about many: each comment is decided once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from gazeti.comments.actions import Overtaken
from gazeti.comments.actions.moderate import decide_comment, decide_many
from gazeti.comments.actions.standing import switch_standing
from gazeti.comments.models import Comment, Decision, Discussion
from gazeti.comments.rules import Kind, State
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_section, make_story
from tests.stories.roles import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
MANY = 4


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment; what each returned or raised."""
    start, said = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int) -> None:
        start.wait()
        try:
            said[place] = deeds[place]()
        except Exception as error:
            said[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_of_moderators_who_decide_at_once_one_does_and_the_others_are_told() -> None:
    comment = make_comment(make_story(make_section()), state=State.HELD)
    people = [person("Moderators", name=f"m{number}") for number in range(MANY)]

    def deed(by: Any) -> Callable[[], Decision]:
        return lambda: decide_comment(comment, kind=Kind.APPROVED, now=NOW, seen=1, by=by)

    said = at_once([deed(by) for by in people])
    assert [type(one) for one in said].count(Overtaken) == MANY - 1
    [decision] = [one for one in said if isinstance(one, Decision)]
    assert {one.decision for one in said if isinstance(one, Overtaken)} == {decision}
    assert Discussion.objects.get().published == 1
    assert Comment.objects.get().decisions_made == 2


def test_of_moderators_who_decide_about_many_at_once_each_comment_is_one_s() -> None:
    section = make_section()
    stories = [make_story(section), make_story(section)]
    held = [make_comment(stories[number % 2], state=State.HELD) for number in range(12)]
    people = [person("Moderators", name=f"m{number}") for number in range(MANY)]

    def deed(by: Any, number: int) -> Callable[[], Any]:
        chosen = {one.pk: 1 for one in (held if number % 2 else reversed(held))}
        return lambda: decide_many(chosen, kind=Kind.SPAM, now=NOW, by=by)

    said = at_once([deed(by, number) for number, by in enumerate(people)])
    assert sum(len(one.decisions) for one in said) == len(held)
    assert sum(len(one.overtaken) for one in said) == len(held) * (MANY - 1)
    by_comment = Decision.objects.filter(kind=Kind.SPAM).values("comment").annotate(number=Count("pk"))
    assert {one["number"] for one in by_comment} == {1}


def test_somebody_is_banned_once() -> None:
    reader = make_comment(make_story(make_section())).reader
    people = [person("Moderators", name=f"m{number}") for number in range(MANY)]

    def deed(by: Any) -> Callable[[], Decision]:
        return lambda: switch_standing(reader, kind=Kind.BANNED, now=NOW, by=by)

    said = at_once([deed(by) for by in people])
    assert [type(one) for one in said].count(Overtaken) == MANY - 1
    assert Decision.objects.filter(kind=Kind.BANNED).count() == 1
