"""What is typed for something that is meanwhile not as its writer saw it: refused as a conflict, and nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.live.actions import edit_update, post_update, retract_update, send_in, summarise
from gazeti.live.models import Coverage, Update, Waiting
from gazeti.live.rules import Words
from gazeti.media.models import Picture
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Author
from tests.live.covering import make_update, make_words
from tests.live.reporters import JSON, page_of, photograph, post, reporter, screen_of, send, typed_in
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
RICH = Words(body=raw_body([("text", '<p>Read <a href="https://example.org/paper">the paper</a>.</p>')]))
MINE = "Typed in the tunnel."


@pytest.fixture
def editor() -> Client:
    return reporter("amina", role="Editors")


def refused(client: Client, address: str, **typed: Any) -> tuple[str, str]:
    """Send words by script and by form, both refused as a conflict; what the script is told and what the page says."""
    told = client.post(address, {"text": MINE, **typed}, headers=JSON)
    shown = client.post(address, {"text": MINE, **typed})
    assert (told.status_code, shown.status_code) == (409, 409)
    page = page_of(shown)
    assert typed_in(page)["text"] == MINE
    assert page.select_one("form.post button[type=submit]") is None
    return told.json()["detail"], page.get_text(" ")


def test_plain_words_for_an_update_that_has_become_richer_are_given_back(editor: Client, coverage: Coverage) -> None:
    update = make_update(coverage, "One.")
    edit_update(coverage.pk, number=update.number, words=RICH, now=NOW)
    address = f"{screen_of(coverage)}updates/{update.number}/"
    told, page = refused(editor, address, seen=update.number, heading="Paper")
    assert "more than this form can show" in told
    assert "It says now: Read the paper" in page
    assert "All blocks" in page
    update.refresh_from_db()
    assert update.version == 3


def test_plain_words_for_what_waits_and_has_become_richer_are_given_back(editor: Client, coverage: Coverage) -> None:
    row = send_in(coverage.pk, words=RICH, by=None, key="w", now=NOW)
    told, page = refused(editor, f"{screen_of(coverage)}waiting/{row.pk}/change/")
    assert "more than this form can show" in told
    assert "Read the paper" in page
    assert Waiting.objects.get().body.get_prep_value()[0]["value"] == RICH.body[0]["value"]


def test_plain_words_for_a_summary_that_has_become_richer_are_given_back(editor: Client, coverage: Coverage) -> None:
    summarise(coverage.pk, words=RICH, now=NOW)
    told, page = refused(editor, f"{screen_of(coverage)}summary/")
    assert "more than this form can show" in told
    assert "Read the paper" in page
    coverage.refresh_from_db()
    assert coverage.summary_at == 2


@pytest.mark.parametrize("erases", [False, True])
def test_words_for_an_update_that_was_taken_back_are_given_back(
    editor: Client, coverage: Coverage, *, erases: bool
) -> None:
    update = make_update(coverage, "One.")
    retract_update(coverage.pk, number=update.number, now=NOW, erases=erases)
    told, page = refused(editor, f"{screen_of(coverage)}updates/{update.number}/", seen=update.number)
    assert "was taken back" in told
    assert "One." not in page


def test_who_edits_is_told_the_version_that_came_of_it(editor: Client, coverage: Coverage) -> None:
    update = make_update(coverage, "One.")
    address = f"{screen_of(coverage)}updates/{update.number}/"
    answers = [editor.post(address, {"text": text, "seen": "2"}, headers=JSON) for text in ("Two.", "Two.", "Three.")]
    assert [one.status_code for one in answers] == [200, 200, 409]
    assert [one.json() for one in answers[:2]] == [{"number": 2, "version": 3}] * 2


FIRST = {"text": "It opened.", "heading": "Open", "author": "Zawadi Otieno", "key": "k1"}
PICTURE = {"alt": "Traders on the bridge", "credit": "Zawadi Otieno"}


def with_picture(**other: Any) -> dict[str, Any]:
    return {**FIRST, **PICTURE, "picture": photograph(), **other}


@pytest.mark.parametrize("first", [FIRST, {**FIRST, "is_key": "on"}, FIRST | PICTURE])
def test_the_same_again_is_answered_as_before(coverage: Coverage, first: dict[str, str]) -> None:
    Author.objects.create(name="Zawadi Otieno", slug="zawadi")
    zawadi = reporter()
    for _time in range(2):
        file = {"picture": photograph()} if "alt" in first else {}
        assert send(zawadi, coverage, **first, **file).json() == {"number": 2}
    assert (Update.objects.count(), Picture.objects.count()) == (1, "alt" in first)


def test_whatever_is_added_after_an_answer_was_lost_is_not_taken_for_the_first(coverage: Coverage) -> None:
    for name in ("Zawadi Otieno", "Musa Ali"):
        Author.objects.create(name=name, slug=name[:4].lower())
    zawadi = reporter()
    due = (timezone.localtime() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    send(zawadi, coverage, **FIRST)
    for other in (
        with_picture(),
        {**FIRST, "picture": photograph()},
        {**FIRST, "is_key": "on"},
        {**FIRST, "author": ""},
        {**FIRST, "author": "Musa Ali"},
        {**FIRST, "author": "Nobody Here"},
        {**FIRST, "due_at": due},
        {**FIRST, "heading": ""},
    ):
        answer = send(zawadi, coverage, **other)
        assert (answer.status_code, answer.json()["number"]) == (409, 2), other
        assert "went out as you first sent it" in answer.json()["detail"]
    assert not Picture.objects.exists()
    page = page_of(post(zawadi, coverage, **{**FIRST, "is_key": "on"}))
    assert typed_in(page)["is_key"] == "on"


def test_a_picture_with_other_words_or_bytes_is_not_taken_for_the_first(coverage: Coverage) -> None:
    Author.objects.create(name="Zawadi Otieno", slug="zawadi")
    zawadi = reporter()
    assert send(zawadi, coverage, **with_picture()).status_code == 201
    for other in (
        with_picture(alt="Children on the bridge"),
        with_picture(alt="", decorative="on"),
        with_picture(credit="Musa Ali"),
        with_picture(picture=photograph(size=(1301, 867))),
        FIRST,
    ):
        assert send(zawadi, coverage, **other).status_code == 409, other
    kept = {**FIRST, **PICTURE, "kept": str(Picture.objects.get().pk)}
    assert send(zawadi, coverage, **kept).status_code == 201


def test_what_waits_is_not_taken_for_other_words_under_its_key(coverage: Coverage) -> None:
    zawadi, moments = reporter(), [timezone.localtime() + timedelta(hours=at) for at in (3, 4)]
    first, later = ({"due_at": one.strftime("%Y-%m-%dT%H:%M"), "key": "s1"} for one in moments)
    for _time in range(2):
        assert send(zawadi, coverage, "At dusk.", **first).status_code == 201
    for text, typed in (("At dawn.", first), ("At dusk.", later), ("At dusk.", {**first, "is_key": "on"})):
        answer = send(zawadi, coverage, text, **typed)
        assert (answer.status_code, "waits as you first sent it" in answer.json()["detail"]) == (409, True)
    assert Waiting.objects.count() == 1


def test_what_went_out_at_its_time_is_known_again(coverage: Coverage) -> None:
    zawadi, now = reporter(), timezone.now()
    due = timezone.localtime(now - timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M")
    post_update(coverage.pk, words=make_words("At dusk."), by=None, key="s1", now=now)
    assert send(zawadi, coverage, "At dusk.", due_at=due, key="s1").status_code == 201
