"""No page of the desk weighs more than 20 kB, whatever was written: letters of every script that do not compress."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.actions.standing import suspend_reader
from gazeti.comments.formats.excerpts import excerpt
from gazeti.comments.models import Comment
from gazeti.comments.rules import Complaint, Kind, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import DESK, client, report, seen, soup, story
from tests.comments.noise import KINDS, noise
from tests.newsroom import make_section, make_story
from tests.stories.roles import person

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db
LIGHT = 20_000
HEAVY = 25
"""Comments, of which a page shows twenty."""


def asked(client: Client, path: str) -> HttpResponse:
    """A page of the desk as a phone asks for it."""
    answer = client.get(f"{DESK}{path}", headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    return answer


def written(kind: str, number: int, **facts: Any) -> dict[str, Any]:
    """A comment as long as may be, under a name as long as may be, in which eight long words were found."""
    body = noise(kind, 5_000, number)
    words = [body[start : start + 60] for start in range(0, 2_000, 250)]
    return {
        "body": body,
        "name": noise(kind, 60, "name", number),
        "rule": "suspect-words",
        "words": words,
        "state": State.HELD,
        "now": timezone.now() - timedelta(minutes=number),
        **facts,
    }


def reported(comment: Comment, kind: str, number: int, *, many: int) -> None:
    """By so many, who each say as much as may be."""
    reasons = list(Complaint)
    for place in range(many):
        reason = "illegal" if place == 0 else reasons[place % len(reasons)]
        said = {"text": noise(kind, 2_000, number, place), "name": noise(kind, 60, "reporter", number, place)}
        report(comment, mark=f"{number} {place}", reason=reason, now=timezone.now(), **said)


@pytest.mark.parametrize("kind", KINDS)
def test_queues_are_light(client: Client, kind: str) -> None:
    section = make_section()
    for number in range(HEAVY):
        story = make_story(section, title=f"Story {noise(kind, 104, number)}", slug=f"story-{number}")
        comment = make_comment(story, **written(kind, number))
        reported(comment, kind, number, many=3)
    for queue in ("held", "reported", "illegal"):
        assert len(asked(client, f"?queue={queue}").content) < LIGHT
    assert len(asked(client, "discussions/").content) < LIGHT
    Comment.objects.update(state=State.PUBLISHED)
    assert len(asked(client, "?queue=new").content) < LIGHT


@pytest.fixture
def heavy(client: Client, story: Story, request: pytest.FixtureRequest) -> Comment:
    """A comment with all that may stand on its page: answers, reports, decisions, and a writer with a past."""
    kind = request.param
    by = person("Moderators", name="musa", first_name=noise(kind, 150, "first"), last_name=noise(kind, 150, "last"))
    above = make_comment(story, **written(kind, 0, state=State.PUBLISHED))
    facts = written(kind, 1, email="sly@example.org", reply_to=above.number, state=State.PUBLISHED)
    comment = make_comment(story, **facts)
    for number in range(12):
        state = State.PUBLISHED if number % 2 else State.HELD
        theirs = {"email": "sly@example.org", "reply_to": comment.number, "state": state}
        make_comment(story, **written(kind, number + 2, **theirs))
        note = noise(kind, 500, "note", number)
        for deed in (Kind.REJECTED, Kind.APPROVED):
            why = {"reason": "other", "note": note[::-1] if deed == Kind.APPROVED else note}
            decide_comment(comment, kind=deed, now=timezone.now(), seen=int(seen(comment)), by=by, **why)
        suspend_reader(comment.reader, days=number + 1, now=timezone.now(), by=by, note=note)
    reported(comment, kind, 1, many=50)
    Comment.objects.filter(pk=comment.pk).update(state=State.HELD)
    return comment


@pytest.mark.parametrize("heavy", KINDS, indirect=True)
def test_the_page_of_a_comment_and_of_its_writer_are_light(client: Client, heavy: Comment) -> None:
    answer = asked(client, f"{heavy.pk}/")
    assert len(answer.content) < LIGHT
    page = soup(client.get(f"{DESK}{heavy.pk}/"))
    assert page.select_one("blockquote.case").get_text() == heavy.text.body
    assert len(asked(client, f"writers/{heavy.reader_id}/").content) < LIGHT


def followed(client: Client, path: str) -> list[Any]:
    """Every part of a list that is read a part at a time, each of them light."""
    parts: list[Any] = []
    while path:
        assert len(asked(client, path).content) < LIGHT
        parts.append(soup(client.get(f"{DESK}{path}")))
        further = parts[-1].select_one("a[rel=next]")
        path = path.partition("?")[0] + further["href"] if further else ""
        assert len(parts) < 60
    return parts


@pytest.mark.parametrize("heavy", KINDS, indirect=True)
def test_every_report_and_decision_is_read_whole_a_part_at_a_time(client: Client, heavy: Comment) -> None:
    page = soup(client.get(f"{DESK}{heavy.pk}/"))
    for what, selector in (("reports", ".told"), ("decisions", ".note")):
        parts = followed(client, f"{heavy.pk}/{what}/")
        said = [one.get_text() for part in parts for one in part.select(selector)]
        if what == "reports":
            whole = [one.text.text for one in heavy.reports.select_related("text").order_by("-pk")]
        else:
            decided = heavy.decisions.select_related("evidence").filter(evidence__note__gt="").order_by("-pk")
            whole = [one.evidence.note for one in decided]
        assert said == whole
        assert page.select(f"a[href*='/{heavy.pk}/{what}/']")


def test_a_report_that_is_cut_leads_to_all_of_it(client: Client, story: Story) -> None:
    comment = make_comment(story)
    for number in range(12):
        report(comment, mark=str(number), text=f"It is rude, says {number}. " * (30 if number == 5 else 1))
    page = soup(client.get(f"{DESK}{comment.pk}/"))
    told = [one.get_text() for one in page.select(".told")]
    assert len(told) == 10
    assert [one.endswith("…") for one in told].count(True) == 1
    whole = page.select_one("li:has(.told) a")["href"]
    shown = soup(client.get(whole)).select(".told")
    assert shown[0].get_text().strip() == ("It is rude, says 5. " * 30).strip()
    further = next(one for one in page.select("main a") if "Earlier reports" in one.get_text())["href"]
    assert [one.get_text().strip() for one in soup(client.get(further)).select(".told")] == [
        "It is rude, says 1.",
        "It is rude, says 0.",
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("most", [1_200, 400, 48])
def test_an_excerpt_is_bounded_in_bytes_and_is_the_beginning(kind: str, most: int) -> None:
    text = noise(kind, 2_000, "excerpt")
    short = excerpt(text, most=most)
    assert short.endswith("…")
    assert text.startswith(short[:-1])
    assert len(short[:-1].encode()) <= most
    assert len(short.encode()) > min(most, 400) / 2
    assert len(short) <= 401
    assert excerpt("Short.", most=most) == "Short."
