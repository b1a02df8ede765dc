"""Somebody who passed and then published spam is cleaned up at once, on their page: what was shown, undone as one."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gazeti.comments.actions.edit import edit_comment
from gazeti.comments.models import Comment, Decision
from gazeti.comments.queries import queues
from gazeti.comments.rules import Facts, Kind, Said, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, client, decide, fresh, held, moderator, soup, story
from tests.comments.noise import KINDS, noise
from tests.newsroom import NOW

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db
WRITER = "sly@example.org"


def published(story: Story, many: int, **facts: Any) -> list[Comment]:
    """So many comments of one writer that readers see, the oldest first."""
    times = [NOW + timedelta(minutes=number) for number in range(many)]
    return [make_comment(story, email=WRITER, now=now, **facts) for now in times]


def address_of(comment: Comment) -> str:
    """The page of who wrote it."""
    return f"{DESK}writers/{comment.reader_id}/"


def form_of(page: Any) -> Any:
    """The form about what is published of theirs; None where nothing is."""
    return next((one for one in page.select("form") if one["action"].endswith("/published/")), None)


def ticked(page: Any) -> list[str]:
    """What the form sends where nobody touches it."""
    return [one["value"] for one in form_of(page).select("[name=chosen][checked]")]


def send(client: Client, page: Any, **fields: Any) -> HttpResponse:
    """Press a button of the form."""
    form = form_of(page)
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    sent = {**hidden, "chosen": ticked(page), **fields}
    return client.post(form["action"], sent, follow=True)


def test_forty_published_spam_comments_are_gone_in_two_steps(client: Client, story: Story) -> None:
    theirs, other = published(story, queues.MOST * 2), make_comment(story, email="amina@example.org")
    address = address_of(theirs[0])
    page = soup(client.get(address))
    assert "(40)" in form_of(page).legend.get_text()
    assert [int(one.partition(":")[0]) for one in ticked(page)] == [one.pk for one in theirs[: queues.MOST - 1 : -1]]
    told = soup(send(client, page, kind="spam"))
    assert "20 comments are decided." in told.select_one(".notes").get_text()
    assert "20 of theirs are still published" in told.select_one(".notes").get_text()
    assert [fresh(one).state for one in theirs] == [State.PUBLISHED] * 20 + [State.SPAM] * 20
    answer = send(client, told, kind="rejected", reason="advertising", note="No advertising.")
    assert {fresh(one).state for one in theirs[:20]} == {State.REJECTED}
    assert form_of(soup(answer)) is None
    assert fresh(other).state == State.PUBLISHED
    assert fresh(other).story.discussion.published == 1


def test_all_that_was_decided_is_undone_together(client: Client, story: Story) -> None:
    theirs = published(story, 3)
    page = soup(send(client, soup(client.get(address_of(theirs[0]))), kind="spam"))
    form = page.select_one("form.undo")
    assert "3 comments" in form.get_text()
    client.post(form["action"], {one["name"]: one["value"] for one in form.select("input")})
    assert {fresh(one).state for one in theirs} == {State.PUBLISHED}


def test_only_what_was_shown_as_it_was_shown_is_decided(client: Client, story: Story) -> None:
    kept, changed, picked = published(story, 3)
    page = soup(client.get(address_of(kept)))
    said = Said(body="Other words stand here now, and nobody saw them.", name="Sly", email=WRITER, language="en")
    facts = Facts(now=NOW, has_worked=True, approved=1)
    edit_comment(changed, said=said, facts=facts, seen=fresh(changed).decisions_made, now=changed.sent_at)
    decide(moderator("musa"), picked, "picked")
    later = make_comment(story, email=WRITER)
    told = soup(send(client, page, kind="spam")).select_one(".notes").get_text()
    assert [fresh(one).state for one in (kept, picked, later)] == [State.SPAM, State.PUBLISHED, State.PUBLISHED]
    assert fresh(changed).state != State.SPAM
    assert "One comment is decided." in told
    assert f"Number {picked.number}: Picked, Musa Otieno" in told


def test_two_moderators_never_decide_twice(client: Client, story: Story) -> None:
    theirs, second = published(story, 3), moderator("musa")
    address = address_of(theirs[0])
    pages = [soup(one.get(address)) for one in (client, second)]
    send(client, pages[0], kind="spam")
    made = Decision.objects.count()
    told = soup(second.post(form_of(pages[1])["action"], {"chosen": ticked(pages[1]), "kind": "spam"}, follow=True))
    assert "3 were left alone" in told.select_one(".notes").get_text()
    assert (Decision.objects.count(), Decision.objects.filter(kind=Kind.SPAM).count()) == (made, 3)


def test_a_next_part_leaves_what_is_good_and_goes_on_there(client: Client, story: Story) -> None:
    theirs = published(story, 45)
    page = soup(client.get(address_of(theirs[0])))
    further = form_of(page).parent.select_one("a[rel=next]")["href"]
    second = soup(client.get(further))
    shown = [int(one.partition(":")[0]) for one in ticked(second)]
    assert shown == [one.pk for one in theirs[24:4:-1]]
    third = soup(send(client, second, kind="spam"))
    assert [int(one.partition(":")[0]) for one in ticked(third)] == [one.pk for one in theirs[4::-1]]
    first = soup(send(client, third, kind="spam"))
    assert [int(one.partition(":")[0]) for one in ticked(first)] == [one.pk for one in theirs[:24:-1]]
    assert {fresh(one).state for one in theirs[25:]} == {State.PUBLISHED}


def test_without_a_reason_the_same_part_comes_back_as_it_was(client: Client, story: Story) -> None:
    theirs, waiting = published(story, 25), held(story, email=WRITER)
    page = soup(client.get(address_of(theirs[0])))
    second = soup(client.get(form_of(page).parent.select_one("a[rel=next]")["href"]))
    some = ticked(second)[1:3]
    again = soup(send(client, second, kind="rejected", chosen=some, note="No advertising."))
    assert ticked(again) == some
    form = form_of(again)
    assert form.select_one("[name=note]").get_text() == "No advertising."
    wrong = form.select_one("[name=reason]")
    assert wrong["aria-invalid"] == "true"
    assert again.select_one("[role=alert] a")["href"] == f"#{wrong['id']}"
    others = next(one for one in again.select("form") if one["action"].endswith("/held/"))
    assert not others.select("[aria-invalid]")
    assert others.select_one("[name=chosen][checked]")["value"].startswith(f"{waiting.pk}:")
    ids = [one["id"] for one in again.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["approved", "kept", "banned", ""])
def test_what_is_published_is_rejected_or_called_spam_and_nothing_else(client: Client, story: Story, kind: str) -> None:
    theirs = published(story, 1)
    page = soup(client.get(address_of(theirs[0])))
    answer = client.post(form_of(page)["action"], {"chosen": ticked(page), "kind": kind})
    assert (answer.status_code, fresh(theirs[0]).state) == (400, State.PUBLISHED)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_with_what_is_held_and_what_is_published_is_light(
    client: Client, story: Story, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        said = {"body": noise(kind, 2_000, number), "name": noise(kind, 60, number), "email": WRITER}
        comment = make_comment(story, **said)
        held(story, **{**said, "body": noise(kind, 2_000, "held", number)})
    with django_assert_max_num_queries(24):
        answer = client.get(address_of(comment), headers={"accept-encoding": "gzip"})
    assert len(answer.content) < 20_000
    assert len(soup(client.get(address_of(comment))).select("[name=chosen]")) == 2 * queues.MOST
