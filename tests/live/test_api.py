"""Live coverage by the API: what each role's token reads and does, once however often it is sent, and why not."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gazeti import log
from gazeti.live.actions import cover, retract_update, send_in
from gazeti.live.models import Coverage, Wording
from gazeti.live.rules import stream_of
from gazeti.stories.models import Story
from tests.live.covering import make_coverage, make_update, make_words
from tests.media.pictures import keep, ready
from tests.newsroom import NOW, make_draft, make_story, make_withdrawn
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
ROLES = ("Reporters", "Editors", "Moderators", "Administrators")
EDITORS, POSTERS = ("Editors", "Administrators"), ("Reporters", "Editors", "Administrators")
TEXT = {"text": "The ferry is back.\n\nIt left at six."}
LATER = timezone.now() + timedelta(hours=1)


def said(answer: Any) -> Any:
    return json.loads(answer.content)


def at(coverage: Coverage, rest: str = "") -> str:
    return f"coverages/{coverage.pk}/{rest}"


def keyed(call: Program, method: str, path: str, data: Any, *, key: str) -> HttpResponse:
    """The same call with an idempotency key, as a program sends it."""
    headers = {"authorization": f"Bearer {call.token}", "idempotency-key": key}
    return getattr(Client(), method)(f"/api/{path}", data=data, content_type="application/json", headers=headers)


def writes(coverage: Coverage) -> dict[str, tuple[Callable[[Program], HttpResponse], int, tuple[str, ...]]]:
    """Every write: the call, what answers it where it is allowed, and to whom it is."""
    update = make_update(coverage)
    row = send_in(coverage.pk, words=make_words(), by=None, key="", now=NOW)
    of_update, of_row = at(coverage, f"updates/{update.number}/"), at(coverage, f"waiting/{row.pk}/")
    other = make_story()
    return {
        "post": (lambda call: call("post", at(coverage, "updates/"), TEXT), 201, POSTERS),
        "edit another's": (lambda call: call("patch", of_update, TEXT), 200, EDITORS),
        "pin": (lambda call: call("post", f"{of_update}actions/pin/"), 200, EDITORS),
        "unpin": (lambda call: call("post", f"{of_update}actions/unpin/"), 200, EDITORS),
        "make a story": (lambda call: call("post", f"{of_update}actions/make_story/"), 201, POSTERS),
        "retract another's": (lambda call: call("post", f"{of_update}actions/retract/", {}), 200, EDITORS),
        "summary": (lambda call: call("put", at(coverage, "summary/"), TEXT), 200, EDITORS),
        "plan": (lambda call: call("patch", at(coverage), {"ends_at": LATER.isoformat()}), 200, EDITORS),
        "pause": (lambda call: call("post", at(coverage, "actions/pause/")), 200, EDITORS),
        "resume": (lambda call: call("post", at(coverage, "actions/resume/")), 200, EDITORS),
        "mend": (lambda call: call("patch", of_row, TEXT), 200, EDITORS),
        "take up": (lambda call: call("post", f"{of_row}actions/take_up/"), 201, EDITORS),
        "cover": (lambda call: call("post", "coverages/", {"story": other.pk}), 201, EDITORS),
        "close": (lambda call: call("post", at(coverage, "actions/close/")), 200, EDITORS),
    }


@pytest.mark.parametrize("role", ["", *ROLES])
def test_each_role_does_by_token_what_it_does_at_the_desk(coverage: Coverage, role: str) -> None:
    call = Program(somebody(role) if role else None)
    for name, (write, done, roles) in writes(coverage).items():
        answer = write(call)
        # Whoever may not post has sent it in; what others sent in is nobody's to know of.
        refused = {"post": 202, "mend": 404, "take up": 404}.get(name, 403) if role else 401
        assert answer.status_code == (done if role in roles else refused), (role, name, answer.content)


def test_what_is_posted_is_read_as_it_stands_and_goes_out_to_readers(coverage: Coverage, editor: Program) -> None:
    picture = ready(credit="Ali Noor")
    sent = {**TEXT, "heading": "Back", "is_key": True, "picture": picture.pk, "caption": "At six"}
    answer = editor("post", at(coverage, "updates/"), sent)
    told = said(answer)
    assert answer.status_code == 201
    assert (told["number"], told["version"], told["heading"], told["is_key"]) == (2, 2, "Back", True)
    assert "<p>It left at six.</p>" in told["html"]
    assert [block["type"] for block in told["body"]] == ["text", "picture"]
    assert said(editor("get", at(coverage, "updates/2/"))) == told
    one = said(editor("get", at(coverage)))
    assert one["updates"] == [told]
    assert (one["head"], one["state"], one["before"]) == (2, "live", None)
    events = Client().get(f"{coverage.story.address}after/1/").json()["events"]
    assert "It left at six." in events[0]["html"]


def test_blocks_that_were_read_can_be_sent_again_and_a_field_alone_be_changed(
    coverage: Coverage, editor: Program
) -> None:
    told = said(editor("post", at(coverage, "updates/"), TEXT))
    body = [*told["body"], {"type": "quotation", "value": {"text": "At last.", "speaker": "Asha", "role": ""}}]
    changed = said(editor("patch", at(coverage, "updates/2/"), {"body": body, "seen": told["version"]}))
    assert "At last." in changed["html"]
    assert changed["version"] == 3
    corrected = said(editor("patch", at(coverage, "updates/2/"), {"correction": "It left at six, not at five."}))
    assert (corrected["html"], corrected["correction"]) == (changed["html"], "It left at six, not at five.")
    stale = editor("patch", at(coverage, "updates/2/"), {"text": "Late.", "seen": told["version"]})
    assert stale.status_code == 409
    assert "Somebody has changed" in said(stale)["detail"]


def test_the_same_key_again_is_the_same_answer_and_other_words_are_refused(coverage: Coverage, editor: Program) -> None:
    path = at(coverage, "updates/")
    first, again = (keyed(editor, "post", path, TEXT, key="ferry-1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert keyed(editor, "post", path, {"text": "Other."}, key="ferry-1").status_code == 422
    in_body = [editor("post", path, {**TEXT, "key": "ferry-2"}) for _ in range(2)]
    assert said(in_body[0])["number"] == said(in_body[1])["number"] == 3
    pinned = [keyed(editor, "post", at(coverage, "updates/2/actions/pin/"), {}, key="pin-1") for _ in range(2)]
    assert [one.status_code for one in pinned] == [200, 200]
    assert log.head(stream_of(coverage.pk)) == 4
    others = Program(somebody("Editors"))
    assert said(keyed(others, "post", path, TEXT, key="ferry-1"))["number"] == 5


def test_what_was_refused_can_be_sent_again_with_its_key(coverage: Coverage, editor: Program) -> None:
    path = at(coverage, "updates/")
    editor("post", at(coverage, "actions/close/"))
    assert keyed(editor, "post", path, TEXT, key="k").status_code == 409
    editor("post", at(coverage, "actions/resume/"))
    assert keyed(editor, "post", path, TEXT, key="k").status_code == 201
    assert keyed(editor, "post", path, TEXT, key="k" * 201).status_code == 400


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({}, 422, "body"),
        ({"text": "\u200b"}, 422, "body"),
        ({"heading": "word " * 100, **TEXT}, 422, "heading"),
        ({"author": 4711, **TEXT}, 422, "author"),
        ({"picture": 4711}, 422, "body"),
        ({"body": [{"type": "nothing", "value": 1}]}, 422, "body"),
        ({"body": [{"type": "picture", "value": "x"}]}, 422, "body"),
        ({"body": [{}]}, 422, "body"),
    ],
)
def test_words_that_may_not_go_out_are_refused_by_field(
    coverage: Coverage, editor: Program, sent: dict[str, Any], status: int, field: str
) -> None:
    answer = editor("post", at(coverage, "updates/"), sent)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert {one["field"] for one in said(answer)["errors"]} == {field}
    assert all(one["msg"] and one["rule"] for one in said(answer)["errors"])
    assert log.head(stream_of(coverage.pk)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"text": 1},
        {"texts": "a"},
        {"text": "a", "body": []},
        {"picture": 0},
        {"picture": 2**70},
        {"author": "x"},
        {"key": "a b", **TEXT},
        {"due_at": "noon", **TEXT},
        {"due_at": "2024-07-04T09:00:00", **TEXT},
        {"body": "a"},
        {"body": ["a"]},
    ],
)
def test_what_has_no_such_shape_is_refused_by_place(coverage: Coverage, editor: Program, sent: dict[str, Any]) -> None:
    answer = editor("post", at(coverage, "updates/"), sent)
    assert answer.status_code == 422, answer.content
    assert all(one["loc"] for one in said(answer)["errors"])


def test_a_picture_that_is_still_rendered_is_asked_for_again(coverage: Coverage, editor: Program) -> None:
    picture = keep(credit="Ali Noor")
    answer = editor("post", at(coverage, "updates/"), {"picture": picture.pk})
    assert (answer.status_code, "in a moment" in said(answer)["detail"]) == (409, True)
    assert log.head(stream_of(coverage.pk)) == 1


def test_a_retracted_update_says_nothing_and_its_words_are_erased_by_editors(
    coverage: Coverage, editor: Program
) -> None:
    reporter = Program(somebody("Reporters"))
    told = said(reporter("post", at(coverage, "updates/"), TEXT))
    path = at(coverage, f"updates/{told['number']}/")
    assert reporter("post", f"{path}actions/retract/", {"erases": True}).status_code == 403
    gone = said(reporter("post", f"{path}actions/retract/", {}))
    assert (gone["is_gone"], gone["html"], gone["body"], gone["heading"]) == (True, "", None, "")
    assert reporter("post", f"{path}actions/retract/", {}).status_code == 409
    assert Wording.objects.exists()
    assert editor("post", f"{path}actions/retract/", {"erases": True}).status_code == 200
    assert not Wording.objects.exists()
    assert reporter("patch", path, TEXT).status_code in (403, 404, 409)


def test_coverages_are_listed_and_read_as_far_as_somebody_may_know_of_them(editor: Program) -> None:
    public, draft = make_coverage(), cover(make_draft())
    withdrawn = cover(make_withdrawn())
    reader = Program(somebody("Reporters"))
    for call, seen in ((reader, [public]), (editor, [withdrawn, draft, public])):
        assert [one["id"] for one in said(call("get", "coverages/"))["coverages"]] == [one.pk for one in seen]
    assert [reader("get", at(one)).status_code for one in (public, draft, withdrawn)] == [200, 404, 410]
    assert reader("post", at(draft, "updates/"), TEXT).status_code == 404
    assert [editor("get", at(one)).status_code for one in (public, draft, withdrawn)] == [200, 200, 200]
    for path in ("coverages/4711/", at(public, "updates/4711/"), f"coverages/{2**40}/", at(public, "updates/0/")):
        assert editor("get", path).status_code in (404, 422), path
    assert said(editor("get", "coverages/?state=planned"))["coverages"][0]["id"] == withdrawn.pk
    first = said(editor("get", "coverages/?limit=1"))
    assert [one["id"] for one in said(editor("get", f"coverages/?before={first['before']}"))["coverages"]] == [
        draft.pk,
        public.pk,
    ]


def test_all_updates_are_read_in_parts_with_as_many_queries_however_many_there_are(
    coverage: Coverage, editor: Program, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for turn in range(12):
        make_update(coverage, f"Number {turn}.")
    retract_update(coverage.pk, number=5, now=NOW)
    numbers, before = [], ""
    while True:
        with django_assert_max_num_queries(18):
            part = said(editor("get", at(coverage, f"?limit=5{before}")))
        numbers += [one["number"] for one in part["updates"]]
        if part["before"] is None:
            break
        before = f"&before={part['before']}"
    assert numbers == list(range(13, 1, -1))


def test_raw_blocks_are_told_to_who_may_change_them_alone(coverage: Coverage, editor: Program) -> None:
    reporter = Program(somebody("Reporters"))
    own, other = said(reporter("post", at(coverage, "updates/"), TEXT)), make_update(coverage)
    told = {one["number"]: one["body"] for one in said(reporter("get", at(coverage)))["updates"]}
    assert told[own["number"]] is not None
    assert told[other.number] is None
    assert all(one["body"] for one in said(editor("get", at(coverage)))["updates"])


def test_a_coverage_is_planned_opened_and_closed(editor: Program) -> None:
    story: Story = make_story()
    answer = editor("post", "coverages/", {"story": story.pk, "starts_at": LATER.isoformat()})
    assert (answer.status_code, said(answer)["state"]) == (201, "planned")
    path = f"coverages/{story.pk}/"
    assert editor("patch", path, {"ends_at": (LATER - timedelta(hours=2)).isoformat()}).status_code == 409
    assert said(editor("patch", path, {"starts_at": None}))["starts_at"] is None
    states = [
        said(editor("post", f"{path}actions/{kind}/"))["state"] for kind in ("resume", "pause", "resume", "close")
    ]
    assert states == ["live", "paused", "live", "closed"]
    assert editor("post", f"{path}actions/pause/").status_code == 409
    assert editor("post", f"{path}actions/post/").status_code == 422
    assert "<p>All" in said(editor("put", f"{path}summary/", {"text": "All crossed."}))["summary"]
    assert said(editor("put", f"{path}summary/", {}))["summary"] == ""
    for odd in ({"story": 4711}, {"story": story.get_parent().pk}):
        assert editor("post", "coverages/", odd).status_code == 404
