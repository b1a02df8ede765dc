"""A moderator goes on where they were: in the part of a queue, with ticks and words as they left them."""

import pytest
from django.test import Client

from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Comment
from gazeti.comments.queries import queues
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.moderators import DESK, choice, client, decide, fresh, held, listed, soup, story
from tests.newsroom import NOW
from tests.stories.roles import person

__all__ = ["client", "story"]
pytestmark = pytest.mark.django_db
SENT = "chosen/"


@pytest.fixture
def waiting(story: Story) -> list[Comment]:
    """A part of a queue and three more."""
    return [held(story) for _number in range(queues.MOST + 3)]


@pytest.fixture
def second(client: Client, waiting: list[Comment]) -> str:
    """The address of the second part."""
    return f"{DESK}{soup(client.get(DESK)).select_one('a[href*=after]')['href']}"


def fields_of(client: Client, address: str) -> tuple[str, dict[str, str]]:
    """Where the form of a queue's page leads, and what it carries hidden."""
    form = soup(client.get(address)).select_one("form:has(article)")
    return form["action"], {one["name"]: one["value"] for one in form.select("input[type=hidden]")}


@pytest.mark.parametrize(
    ("lacking", "field"), [({"many": "rejected"}, "reason"), ({"many": "rejected", "reason": "hate"}, "note")]
)
def test_what_is_wrong_is_said_at_its_field_and_ticks_and_words_stay(
    client: Client, waiting: list[Comment], second: str, lacking: dict[str, str], field: str
) -> None:
    action, hidden = fields_of(client, second)
    ticked = [choice(one) for one in waiting[-2:]]
    note = "Be kind. " * (60 if field == "note" else 1)
    answer = client.post(action, {**hidden, **lacking, "chosen": ticked, "note": note})
    assert answer.status_code == 422
    page = soup(answer)
    assert listed(answer) == [one.pk for one in waiting[-3:]]
    assert [one["value"] for one in page.select("[name=chosen][checked]")] == ticked
    assert page.select_one("[name=note]").get_text().strip() == note.strip()
    assert [one["value"] for one in page.select("option[selected]")] == [*filter(None, [lacking.get("reason")])]
    wrong = page.select_one(f"[name={field}]")
    assert wrong["aria-invalid"] == "true"
    fault = page.select_one(f"#{wrong['aria-describedby']}").get_text()
    assert page.select_one("[role=alert]").get_text() == fault
    assert page.select_one("[role=alert] a")["href"] == f"#{wrong['id']}"
    assert len(page.select("[aria-invalid]")) == 1


def test_where_nothing_is_ticked_the_word_to_the_writer_stays(client: Client, waiting: list[Comment]) -> None:
    answer = client.post(f"{DESK}{SENT}", {"queue": "held", "many": "rejected", "reason": "hate", "note": "Be kind."})
    assert answer.status_code == 422
    page = soup(answer)
    assert "Tick the comments first" in page.select_one("[role=alert]").get_text()
    assert page.select_one("[name=note]").get_text() == "Be kind."
    assert page.select_one("option[selected]")["value"] == "hate"


def test_what_somebody_decided_meanwhile_is_ticked_no_more_and_told(client: Client, waiting: list[Comment]) -> None:
    ticked = [choice(one) for one in waiting[:2]]
    decide_comment(waiting[0], kind=Kind.SPAM, now=NOW, seen=1, by=person("Moderators", name="musa"))
    page = soup(client.post(f"{DESK}{SENT}", {"queue": "held", "many": "rejected", "chosen": ticked}))
    assert [one["value"] for one in page.select("[name=chosen][checked]")] == ticked[1:]
    assert "One was left alone" in page.select_one(".notes").get_text()


@pytest.mark.parametrize("deed", ["many", "one", "alone"])
def test_after_a_decision_a_moderator_goes_on_where_they_were(
    client: Client, waiting: list[Comment], second: str, deed: str
) -> None:
    action, hidden = fields_of(client, second)
    first, *others = waiting[-3:]
    if deed == "alone":
        link = soup(client.get(second)).select_one(f"#c{first.pk} a[data-key=r]")["href"]
        form = soup(client.get(link)).select_one("form.decide")
        sent = {one["name"]: one["value"] for one in form.select("input")}
        answer = client.post(link, {**sent, "kind": "spam"}, follow=True)
    else:
        sent = {"many": "spam", "chosen": choice(first)} if deed == "many" else {"one": f"spam:{choice(first)}"}
        answer = client.post(action, {**hidden, **sent}, follow=True)
    assert fresh(first).state == State.SPAM
    assert listed(answer) == [one.pk for one in others]


def test_behind_the_last_part_a_queue_begins_again(client: Client, waiting: list[Comment], second: str) -> None:
    action, hidden = fields_of(client, second)
    ticked = [choice(one) for one in waiting[-3:]]
    answer = client.post(action, {**hidden, "many": "approved", "chosen": ticked}, follow=True)
    assert "3 comments are decided" in soup(answer).select_one(".notes").get_text()
    assert listed(answer) == [one.pk for one in waiting[: queues.MOST]]


def test_an_undo_leads_back_to_where_it_was_pressed_and_never_out(
    client: Client, waiting: list[Comment], second: str
) -> None:
    decide(client, waiting[0], "spam")
    form = soup(client.get(second)).select_one("form.undo")
    sent = {one["name"]: one["value"] for one in form.select("input")}
    assert client.post(form["action"], sent)["Location"] == second
    for leaving in ("https://evil.example/", "//evil.example/desk/comments/", "/desk/", "javascript:alert(1)"):
        decide(client, waiting[0], "spam")
        last = soup(client.get(DESK)).select_one("form.undo [name=decision]")["value"]
        assert client.post(form["action"], {"decision": last, "next": leaving})["Location"] == f"{DESK}?queue=held"


def test_a_writers_page_keeps_ticks_and_words_too(client: Client, story: Story) -> None:
    theirs = [held(story, email="sly@example.org") for _number in range(3)]
    address = f"{DESK}writers/{theirs[0].reader_id}/"
    ticked = [choice(one) for one in theirs[1:]]
    page = soup(client.post(f"{address}held/", {"kind": "rejected", "chosen": ticked, "note": "Be kind."}))
    assert [one["value"] for one in page.select("[name=chosen][checked]")] == ticked
    assert page.select_one("[name=note]").get_text() == "Be kind."
    assert page.select_one("[name=reason]")["aria-invalid"] == "true"


def test_the_new_say_that_nobody_has_looked_at_them(client: Client, story: Story) -> None:
    page = soup(client.get(DESK, {"queue": "new"}))
    assert "by any of you" in page.h1.get_text()
    assert "somebody has looked at each" in page.select_one(".empty").get_text()
