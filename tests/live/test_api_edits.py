"""What an edit by the API leaves as it was, and what no call drops silently."""

from typing import Any

import pytest

from gazeti.live.models import Coverage, Waiting
from gazeti.media.models import Picture
from tests.live.test_api import LATER, TEXT, at, said
from tests.media.pictures import ready
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
QUOTATION = {"type": "quotation", "value": {"text": "At last.", "speaker": "Asha", "role": ""}}
CORRECTION = "It left at six, not at five."


@pytest.fixture
def picture(db: None) -> Picture:
    return ready(credit="Ali Noor")


def parts(told: dict[str, Any]) -> list[Any]:
    """The blocks as pairs of kind and what they say."""
    return [(one["type"], one["value"] if one["type"] != "quotation" else one["value"]["text"]) for one in told["body"]]


def shown(picture: Picture, **words: Any) -> tuple[str, dict[str, Any]]:
    return "picture", {"picture": picture.pk, "alt": "", "caption": "", "decorative": False, **words}


def bare(told: dict[str, Any]) -> list[Any]:
    """The same without what rich text is wrapped in."""
    return [
        (kind, value["content"] if isinstance(value, dict) and "content" in value else value)
        for kind, value in parts(told)
    ]


@pytest.mark.parametrize("waits", [False, True])
def test_each_part_is_given_alone_and_the_others_stay(
    coverage: Coverage, editor: Program, picture: Picture, waits: bool
) -> None:
    other, old = ready(credit="Ali Noor"), {"alt": "A gate", "caption": "At noon"}
    sent = {"text": "Old.", "picture": picture.pk, **old, "waits": waits}
    told = said(editor("post", at(coverage, "updates/"), sent))
    place = at(coverage, f"waiting/{told['id']}/" if waits else f"updates/{told['number']}/")
    for change, text, seen in (
        ({"text": "New."}, "<p>New.</p>", shown(picture, **old)),
        ({"alt": "A new gate"}, "<p>New.</p>", shown(picture, alt="A new gate", caption="At noon")),
        ({"caption": "At one"}, "<p>New.</p>", shown(picture, alt="A new gate", caption="At one")),
        ({"picture": picture.pk, "alt": "Gate"}, "<p>New.</p>", shown(picture, alt="Gate", caption="At one")),
        ({"picture": other.pk, "alt": "Market"}, "<p>New.</p>", shown(other, alt="Market")),
        ({"heading": "Open"}, "<p>New.</p>", shown(other, alt="Market")),
    ):
        answer = editor("patch", place, change)
        assert answer.status_code == 200, answer.content
        assert bare(said(answer)) == [("text", text), seen], change
    assert bare(said(editor("patch", place, {"picture": None}))) == [("text", "<p>New.</p>")]
    assert bare(said(editor("patch", place, {"picture": picture.pk}))) == [("text", "<p>New.</p>"), shown(picture)]
    assert bare(said(editor("patch", place, {"text": ""}))) == [shown(picture)]


def test_a_text_takes_the_place_of_the_text_among_other_blocks(coverage: Coverage, editor: Program) -> None:
    body = [{"type": "text", "value": "<p>One.</p>"}, QUOTATION, {"type": "text", "value": "<p>Two.</p>"}]
    told = said(editor("post", at(coverage, "updates/"), {"body": body}))
    changed = said(editor("patch", at(coverage, f"updates/{told['number']}/"), {"text": "All."}))
    assert bare(changed) == [("text", "<p>All.</p>"), ("quotation", "At last.")]


def test_words_for_a_picture_that_is_not_there_are_refused_by_field(coverage: Coverage, editor: Program) -> None:
    number = said(editor("post", at(coverage, "updates/"), TEXT))["number"]
    for method, path, more in (
        ("patch", at(coverage, f"updates/{number}/"), {}),
        ("post", at(coverage, "updates/"), TEXT),
    ):
        for field in ("alt", "caption"):
            answer = editor(method, path, {**more, field: "A gate"})
            assert (answer.status_code, [one["field"] for one in said(answer)["errors"]]) == (422, [field])
            assert "no picture" in said(answer)["errors"][0]["msg"]
    odd = {"body": [{"type": "picture", "value": "x"}, {}], "alt": "A gate"}
    assert editor("patch", at(coverage, f"updates/{number}/"), odd).status_code == 422
    assert said(editor("get", at(coverage, f"updates/{number}/")))["version"] == number


@pytest.mark.parametrize("sent", [{"waits": True}, {"due_at": LATER.isoformat()}])
def test_what_waits_takes_no_correction(coverage: Coverage, editor: Program, sent: dict[str, Any]) -> None:
    given = {**TEXT, **sent, "correction": CORRECTION}
    refused = [editor("post", at(coverage, "updates/"), given)]
    assert not Waiting.objects.exists()
    waits = said(editor("post", at(coverage, "updates/"), {**TEXT, **sent, "correction": ""}))
    refused.append(editor("patch", at(coverage, f"waiting/{waits['id']}/"), {"correction": CORRECTION}))
    guest = Program(somebody("Moderators"))
    refused.append(guest("post", at(coverage, "updates/"), {**TEXT, "correction": CORRECTION}))
    for answer in refused:
        [error] = said(answer)["errors"]
        assert (answer.status_code, error["field"], error["rule"]) == (422, "correction", "correction")
        assert "once it is out" in error["msg"]
    assert Waiting.objects.count() == 1
