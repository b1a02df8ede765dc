"""Every decision of the last ten minutes can be undone: the last three above every page, all of them on a page."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gazeti.comments.models import Comment, Decision
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.moderators import DESK, choice, client, decide, fresh, held, moderator, soup, story
from tests.comments.noise import noise

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db
DECIDED = f"{DESK}decided/"


def decided(client: Client, story: Story, many: int, *, kind: str = "spam") -> list[Comment]:
    """So many comments that this moderator decided about one by one."""
    comments = [held(story, name=f"Reader {number}") for number in range(many)]
    for one in comments:
        decide(client, one, kind)
    return comments


def press(client: Client, form: Any) -> HttpResponse:
    """Press the button of a form, which no browser may send without its token."""
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"]
    return client.post(form["action"], {one["name"]: one["value"] for one in form.select("input")}, follow=True)


def names(page: Any) -> list[str]:
    """Whose decisions can be undone on a page, in order."""
    return [one.get_text() for one in page.select("form.undo bdi")]


def test_the_fourth_last_and_all_before_it_are_undone(client: Client, story: Story) -> None:
    comments = decided(client, story, 7)
    desk = soup(client.get(DESK))
    assert names(desk) == ["Reader 6", "Reader 5", "Reader 4"]
    link = next(one for one in desk.select("main a") if "Earlier ones (4)" in one.get_text())
    page = soup(client.get(link["href"]))
    assert names(page) == [f"Reader {number}" for number in range(6, -1, -1)]
    answer = press(client, page.select("form.undo")[-1])
    assert fresh(comments[0]).state == State.HELD
    assert answer.redirect_chain[-1][0] == DECIDED
    assert names(soup(answer)) == [f"Reader {number}" for number in range(6, 0, -1)]


def test_with_three_or_fewer_there_is_no_link_and_without_any_the_page_says_so(client: Client, story: Story) -> None:
    assert "Nothing" in soup(client.get(DECIDED)).select_one(".empty").get_text()
    decided(client, story, 3)
    assert not [one for one in soup(client.get(DESK)).select("main a") if "Earlier ones" in one.get_text()]


def test_what_is_older_or_somebody_elses_is_not_listed(client: Client, story: Story) -> None:
    old, *_others = decided(client, story, 5)
    Decision.objects.filter(comment=old, kind=Kind.SPAM).update(at=timezone.now() - timedelta(minutes=10, seconds=1))
    decide(moderator("musa"), held(story, name="Of Musa"), "spam")
    assert names(soup(client.get(DECIDED))) == [f"Reader {number}" for number in range(4, 0, -1)]


def test_many_are_listed_a_part_at_a_time_each_light(
    client: Client, story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    comments = [held(story, name=noise("every script", 60, number)) for number in range(45)]
    for one in comments:
        decide(client, one, "spam")
    address, found = DECIDED, []
    while address:
        with django_assert_max_num_queries(16):
            answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert len(answer.content) < 20_000
        page = soup(client.get(address))
        found += names(page)
        further = page.select_one("a[rel=next]")
        address = DECIDED + further["href"] if further else ""
    assert found == [one.text.name for one in reversed(comments)]


def test_an_undo_on_the_last_part_of_one_leads_to_the_beginning(client: Client, story: Story) -> None:
    decided(client, story, 21)
    last = DECIDED + soup(client.get(DECIDED)).select_one("a[rel=next]")["href"]
    answer = press(client, soup(client.get(last)).select_one("form.undo"))
    assert "It is undone" in soup(answer).get_text()
    assert len(names(soup(answer))) == 20


def test_what_was_decided_at_once_is_one_however_much_came_after(client: Client, story: Story) -> None:
    three = [held(story) for _number in range(3)]
    client.post(f"{DESK}chosen/", {"chosen": [choice(one) for one in three], "many": "spam"})
    last = Decision.objects.latest("pk")
    facts = {"kind": Kind.SPAM, "comment": held(story), "by": last.by, "at": last.at}
    Decision.objects.bulk_create(Decision(together=f"batch {place // 150}", **facts) for place in range(600))
    assert "Earlier ones (2)" in soup(client.get(DESK)).get_text()
    forms = soup(client.get(DECIDED)).select("form.undo")
    assert [one.span.get_text().split(": ")[1] for one in forms] == [*["150 comments"] * 4, "3 comments"]
    press(client, forms[-1])
    assert {fresh(one).state for one in three} == {State.HELD}


def undo_of(client: Client, comment: Comment) -> Any:
    """The button that undoes on the comment's own page."""
    return soup(client.get(f"{DESK}{comment.pk}/")).select_one("form.undo.here")


def test_on_its_own_page_a_comments_last_decision_is_undone(client: Client, story: Story) -> None:
    first, *_others = decided(client, story, 5)
    answer = press(client, undo_of(client, first))
    assert fresh(first).state == State.HELD
    assert answer.redirect_chain[-1][0] == f"{DESK}{first.pk}/"
    assert undo_of(client, first) is None


def test_there_one_of_many_is_undone_by_itself(client: Client, story: Story) -> None:
    three = [held(story) for _number in range(3)]
    client.post(f"{DESK}chosen/", {"chosen": [choice(one) for one in three], "many": "spam"})
    press(client, undo_of(client, three[1]))
    assert [fresh(one).state for one in three] == [State.SPAM, State.HELD, State.SPAM]
    page = soup(client.get(DESK))
    assert "2 comments" in page.select_one("form.undo").get_text()
    press(client, page.select_one("form.undo"))
    assert {fresh(one).state for one in three} == {State.HELD}


def test_there_is_none_after_ten_minutes_of_a_rule_or_where_somebody_else_decided(client: Client, story: Story) -> None:
    by_rule, late, theirs = held(story), *decided(client, story, 2)
    Decision.objects.filter(comment=late, kind=Kind.SPAM).update(at=timezone.now() - timedelta(minutes=11))
    decide(moderator("musa"), theirs, "approved")
    assert [undo_of(client, one) for one in (by_rule, late, theirs)] == [None, None, None]
