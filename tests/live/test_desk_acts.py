"""What is done at the live desk by one tap, by whom: states, pins, inbox, times, summary; and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from gazeti import log
from gazeti.live.actions import change_waiting, post_update, retract_update, schedule, send_in, summarise
from gazeti.live.models import Coverage, Update, Waiting, Wording
from gazeti.live.rules import State, Words, stream_of
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Story
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.reporters import DESK, JSON, page_of, post, reporter, screen_of, send, typed_in
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return reporter("amina", role="Editors")


def kinds(coverage: Coverage) -> list[str]:
    return [one.kind for one in log.read(0, stream=stream_of(coverage.pk))]


def test_a_reporter_begins_a_coverage_with_a_headline_and_an_editor_opens_it(editor: Client) -> None:
    section = make_section()
    zawadi = reporter()
    answer = zawadi.post(f"{DESK}begin/", {"headline": "The bridge opens", "section": section.pk})
    coverage = Coverage.objects.get()
    assert answer["Location"] == screen_of(coverage)
    assert (coverage.story.title, coverage.story.live, coverage.state) == ("The bridge opens", False, State.PLANNED)
    assert zawadi.post(f"{screen_of(coverage)}state/", {"kind": "resume"}).status_code == 403
    assert editor.post(f"{screen_of(coverage)}state/", {"kind": "resume"}).status_code == 302
    coverage.refresh_from_db()
    assert coverage.state == State.LIVE
    assert "as soon as its story is published" in page_of(editor.get(screen_of(coverage))).get_text()


def test_a_coverage_without_a_headline_or_a_section_is_refused_with_what_was_typed(editor: Client) -> None:
    section = make_section()
    for given in ({"headline": "", "section": section.pk}, {"headline": "Open", "section": "0"}, {"headline": "Open"}):
        answer = editor.post(f"{DESK}begin/", given)
        assert answer.status_code == 422
        assert page_of(answer).select_one("#headline")["value"] == given["headline"]
    assert not Coverage.objects.exists()
    assert not Story.objects.exists()


def test_a_story_there_is_becomes_covered_and_is_looked_for_by_its_headline(editor: Client) -> None:
    section = make_section()
    story, _other = make_story(section, headline="A ferry sinks"), make_draft(section, headline="A school is built")
    names = [one["aria-label"] for one in page_of(editor.get(f"{DESK}?q=ferry")).select("button[name=story]")]
    assert names == ["Cover live: A ferry sinks"]
    assert editor.post(f"{DESK}begin/", {"story": story.pk})["Location"] == f"{DESK}{story.pk}/"
    assert "A ferry sinks" in page_of(editor.get(DESK)).select_one("article.row a").get_text()
    assert page_of(editor.get(f"{DESK}?story={story.pk}")).select("button[name=story]") == []


def test_an_update_is_pinned_and_the_coverage_paused_opened_and_closed_once_asked(
    editor: Client, coverage: Coverage
) -> None:
    update = make_update(coverage)
    base = screen_of(coverage)
    for path, said in (
        (f"updates/{update.number}/pin/", {"to": "pin"}),
        (f"updates/{update.number}/pin/", {"to": "unpin"}),
        ("state/", {"kind": "pause"}),
        ("state/", {"kind": "resume"}),
        ("state/", {"kind": "close", "sure": "1"}),
    ):
        assert editor.post(f"{base}{path}", said).status_code == 302, path
    assert kinds(coverage) == ["resume", "post", "pin", "unpin", "pause", "resume", "close"]
    assert editor.post(f"{base}state/", {"kind": "post"}).status_code == 400
    assert editor.post(f"{base}updates/{update.number}/pin/", {"to": "up"}).status_code == 400


def test_closing_asks_first_and_what_cannot_be_says_why(editor: Client, coverage: Coverage) -> None:
    answer = editor.post(f"{screen_of(coverage)}state/", {"kind": "close"})
    assert "Yes, close it" in page_of(answer).get_text()
    assert kinds(coverage) == ["resume"]
    again = editor.post(f"{screen_of(coverage)}state/", {"kind": "resume"}, follow=True)
    assert "cannot resume" in page_of(again).select_one(".notes").get_text()


def test_an_update_is_taken_back_and_its_words_erased_if_an_editor_says_so(editor: Client, coverage: Coverage) -> None:
    zawadi = reporter()
    post(zawadi, coverage, "A name that must go.")
    address = f"{screen_of(coverage)}updates/2/retract/"
    assert "A name that must go." in page_of(zawadi.get(address)).get_text()
    zawadi.post(address, {"erases": "on"})
    assert Wording.objects.count() == 1
    assert editor.post(address, {"erases": "on"}).status_code == 302
    assert not Wording.objects.exists()
    assert kinds(coverage) == ["resume", "post", "retract"]


def test_a_story_is_made_of_an_update_and_opened(editor: Client, coverage: Coverage) -> None:
    update = make_update(coverage, "The ferry is full.", heading="Ferry full")
    answer = editor.post(f"{screen_of(coverage)}updates/{update.number}/story/")
    made = Story.objects.get(title="Ferry full")
    assert answer["Location"] == f"/desk/pages/{made.pk}/edit/"
    assert not made.live


def test_the_summary_is_written_once_however_often_it_is_sent(editor: Client, coverage: Coverage) -> None:
    address = f"{screen_of(coverage)}summary/"
    for _time in range(2):
        assert editor.post(address, {"text": "The bridge is open."}).status_code == 303
    assert typed_in(page_of(editor.get(address)))["text"] == "The bridge is open."
    editor.post(address, {"text": ""})
    assert kinds(coverage) == ["resume", "summary", "summary"]
    coverage.refresh_from_db()
    assert coverage.summary_at == 0


def test_what_is_sent_in_is_taken_up_or_refused_by_an_editor_alone(editor: Client, coverage: Coverage) -> None:
    moderator = signed_in(person("Moderators"))
    answer = send(moderator, coverage, "The ferry is full.", key="m1")
    assert (answer.status_code, list(answer.json())) == (201, ["waits"])
    send(moderator, coverage, "Call 0700 000 000 for a loan.", key="m2")
    good, bad = Waiting.objects.order_by("pk")
    base = screen_of(coverage)
    assert reporter().post(f"{base}waiting/{good.pk}/", {"do": "take"}).status_code == 403
    assert "The ferry is full." in page_of(editor.get(base)).get_text()
    editor.post(f"{base}waiting/{good.pk}/", {"do": "take"})
    editor.post(f"{base}waiting/{bad.pk}/", {"do": "refuse"})
    assert (Update.objects.count(), Waiting.objects.count()) == (1, 0)
    assert editor.post(f"{base}waiting/{good.pk}/", {"do": "take"}).status_code == 404
    assert send(moderator, coverage, "The ferry is full.", key="m1").status_code == 201
    assert Update.objects.count() == 1


def test_an_update_gets_its_time_and_can_be_posted_before_it(coverage: Coverage) -> None:
    zawadi = reporter()
    due = timezone.localtime() + timedelta(hours=3)
    answer = post(zawadi, coverage, "At dusk.", due_at=due.strftime("%Y-%m-%dT%H:%M"), key="s1")
    assert answer.status_code == 303
    waiting = Waiting.objects.get()
    assert waiting.due_at == due.replace(second=0, microsecond=0)
    assert "At dusk." in page_of(zawadi.get(screen_of(coverage))).get_text()
    zawadi.post(f"{screen_of(coverage)}waiting/{waiting.pk}/", {"do": "take"})
    assert kinds(coverage) == ["resume", "post"]
    late = send(zawadi, coverage, "Too late.", due_at="2024-01-01T08:00")
    assert (late.status_code, "has passed" in late.json()["detail"]) == (409, True)
    assert send(zawadi, coverage, "When?", due_at="soon").json()["errors"].keys() == {"due_at"}


def test_times_are_given_and_a_coverage_is_taken_off_before_anything_happened(editor: Client) -> None:
    coverage = make_coverage(is_open=False)
    address = f"{screen_of(coverage)}plan/"
    wrong = editor.post(address, {"starts_at": "2030-01-02T08:00", "ends_at": "2030-01-01T08:00"})
    assert wrong.status_code == 422
    assert page_of(wrong).select_one("#starts_at")["value"] == "2030-01-02T08:00"
    assert editor.post(address, {"starts_at": "2030-01-02T08:00", "ends_at": ""}).status_code == 302
    assert page_of(editor.get(address)).select_one("#starts_at")["value"] == "2030-01-02T08:00"
    assert editor.post(address, {"uncover": "1"})["Location"] == DESK
    assert not Coverage.objects.exists()


def test_who_is_signed_out_gets_all_that_was_typed_back(coverage: Coverage) -> None:
    typed = {"text": "Line one\r\n<b>two", "heading": "Open", "key": "k1"}
    answer = Client().post(f"{screen_of(coverage)}updates/", typed)
    assert answer.status_code == 401
    assert typed_in(page_of(answer)).items() >= {"text": "Line one\r\n<b>two", "heading": "Open", "key": "k1"}.items()
    assert coverage.story.title not in answer.content.decode()
    told = Client().post(f"{screen_of(coverage)}updates/", typed, headers=JSON)
    assert (told.status_code, told["Content-Type"]) == (401, "application/problem+json")
    assert not Update.objects.exists()


def test_a_form_that_is_too_old_comes_back_and_is_sent_again_but_none_of_another_site(coverage: Coverage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("Reporters"))
    address = f"{screen_of(coverage)}updates/"
    answer = client.post(address, {"text": "Long open."})
    assert answer.status_code == 403
    again = typed_in(page_of(answer))
    assert again["text"] == "Long open."
    told = client.post(address, {"text": "By a script."}, headers=JSON)
    token = told.json()["token"]
    assert client.post(address, {"text": "By a script."}, headers={**JSON, "X-CSRFToken": token}).status_code == 201
    assert client.post(address, again).status_code == 303
    foreign = client.post(address, again, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert b"Long open." not in foreign.content
    assert Update.objects.count() == 2


def test_news_are_told_where_something_changed_and_not_else(coverage: Coverage) -> None:
    zawadi = reporter()
    address = f"{screen_of(coverage)}news/"
    first = zawadi.get(address, headers=JSON).json()
    assert (first["state"], first["head"], "html" in first) == ("live", 1, True)
    same = zawadi.get(address, {"seen": first["stamp"]}, headers=JSON).json()
    assert "html" not in same
    send_in(coverage.pk, words=make_words("The ferry is full."), by=None, key="x", now=NOW)
    assert "The ferry is full." in zawadi.get(address, {"seen": first["stamp"]}, headers=JSON).json()["html"]
    assert Client().get(address, headers=JSON).status_code == 401


def test_news_are_told_also_where_no_event_tells_of_them(editor: Client, coverage: Coverage) -> None:
    address, seen = f"{screen_of(coverage)}news/", ""

    def told() -> str:
        nonlocal seen
        answer = editor.get(address, {"seen": seen}, headers=JSON).json()
        seen = answer["stamp"]
        html: str = answer.get("html", "")
        return html

    waits = schedule(coverage.pk, words=make_words("At noon."), due_at=NOW + timedelta(hours=3), by=None, now=NOW)
    update = make_update(coverage)
    retract_update(coverage.pk, number=update.number, now=NOW)
    assert "At noon." in told()
    change_waiting(waits.pk, words=make_words("At one."), now=NOW)
    assert "At one." in told()
    Waiting.objects.update(failed="Its picture cannot be read.")
    assert "cannot be read" in told()
    retract_update(coverage.pk, number=update.number, now=NOW, erases=True)
    assert "Erase its words" not in told()
    assert told() == ""


def test_all_blocks_are_posted_changed_and_refused_with_their_reasons(editor: Client, coverage: Coverage) -> None:
    quotation = nested_form_data({"body": streamfield([("quotation", {"text": "It is ours.", "speaker": "Musa Ali"})])})
    address = f"{screen_of(coverage)}updates/new/"
    assert editor.get(address).status_code == 200
    for _time in range(2):
        assert editor.post(address, {**quotation, "heading": "Said", "key": "b1"}).status_code == 302
    update = Update.objects.get()
    # As after going back in the browser.
    other = editor.post(address, {**quotation, "heading": "Said later", "key": "b1"})
    assert (other.status_code, "went out as you first sent it" in other.content.decode()) == (422, True)
    change = f"{screen_of(coverage)}updates/{update.number}/blocks/"
    assert "It is ours." in editor.get(change).content.decode()
    text = nested_form_data({"body": streamfield([("text", rich_text("<p>Never said.</p>"))])})
    assert editor.post(change, {**text, "seen": "2", "correction": "Nobody said it."}).status_code == 302
    late = editor.post(change, {**quotation, "seen": "2"})
    assert (late.status_code, "Somebody has changed" in late.content.decode()) == (422, True)
    empty = editor.post(address, {**nested_form_data({"body": streamfield([])}), "key": "b2"})
    assert (empty.status_code, "says nothing" in empty.content.decode()) == (422, True)
    assert kinds(coverage) == ["resume", "post", "edit"]


def test_a_body_that_typing_cannot_say_is_changed_with_all_blocks_alone(editor: Client, coverage: Coverage) -> None:
    words = Words(body=raw_body([("text", '<p><b>Bold</b> and <a href="https://example.org">a link</a></p>')]))
    update = post_update(coverage.pk, words=words, by=None, now=NOW)
    address = f"{screen_of(coverage)}updates/{update.number}/"
    assert editor.get(address)["Location"] == f"{address}blocks/"
    summarise(coverage.pk, words=words, now=NOW)
    assert editor.get(f"{screen_of(coverage)}summary/")["Location"] == f"{screen_of(coverage)}summary/blocks/"
    there = editor.get(f"{screen_of(coverage)}summary/blocks/").content.decode()
    assert "Bold" in there


def test_what_waits_is_changed_with_its_time_before_it_goes_out(coverage: Coverage) -> None:
    zawadi = reporter()
    due = timezone.localtime().replace(second=0, microsecond=0) + timedelta(hours=3)
    typed = {"due_at": due.strftime("%Y-%m-%dT%H:%M"), "heading": "Dusk", "key": "c1"}
    post(zawadi, coverage, "At dusk, https://example.org/ says.", **typed)
    waiting = Waiting.objects.get()
    address = f"{screen_of(coverage)}waiting/{waiting.pk}/change/"
    there = typed_in(page_of(zawadi.get(address)))
    assert there["text"] == "At dusk, https://example.org/ says."
    assert there["due_at"] == typed["due_at"]
    later = {**there, "text": "At dawn.", "due_at": (due + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")}
    assert zawadi.post(address, later).status_code == 303
    waiting.refresh_from_db()
    assert (waiting.heading, waiting.due_at) == ("Dusk", due + timedelta(hours=1))
    assert [one["value"] for one in waiting.body.get_prep_value()] == ["<p>At dawn.</p>"]
    gone = {**later, "due_at": "2024-01-01T08:00"}
    assert zawadi.post(address, gone).status_code == 409
    assert reporter("musa").get(address).status_code == 403
