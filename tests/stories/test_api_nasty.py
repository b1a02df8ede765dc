"""Whatever a program sends, it is told in JSON what is wrong with it, and nothing breaks."""

import json
from typing import Any

import pytest

from gazeti.stories.blocks import Body
from gazeti.stories.models import Story
from tests.newsroom import make_draft, make_section, make_story
from tests.stories.calling import STORY, Program, filed, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> Program:
    return Program(somebody("Editors"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"slug": "Ünlü"}, "slug"),
        ({"title": "x" * 111}, "title"),
        ({"kind": "gossip"}, "kind"),
        ({"lead_picture_id": 999_999}, "lead_picture"),
        ({"topics": [999_999]}, "topics"),
        ({"bylines": [{"author_id": 999_999}]}, "author"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"published_at": "2999-01-01T00:00:00Z"}, "published_at"),
        ({"body": [{"type": "nothing", "value": ""}]}, "body"),
        ({"body": [{"type": "picture", "value": {"picture": 999_999}}]}, "body"),
        ({"body": "words"}, "body"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_by_its_name(editor: Program, facts: dict[str, Any], field: str) -> None:
    answer = editor("post", "pages/", filed(make_section(), action="publish", **facts))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    assert field in json.dumps(answer.json()["errors"])
    assert not Story.objects.exists()


NASTY: tuple[Any, ...] = (None, [], {}, "", "\x00", "x" * 300, -1, 10**30, 1.5, True, [None], [[]], [{}], {"a": {}})
NASTIEST: tuple[Any, ...] = (None, [[]], 10**30)


@pytest.mark.both_in_soak
@pytest.mark.parametrize(
    "field", ["title", "slug", "body", "bylines", "topics", "lead_picture_id", "published_at", "meta"]
)
def test_no_value_of_a_field_breaks_anything(editor: Program, field: str) -> None:
    section, draft = make_section(), make_draft()
    for value in NASTY:
        for method, path in (("post", "pages/"), ("patch", f"pages/{draft.pk}/")):
            answer = editor(method, path, {**filed(section), field: value})
            assert answer.status_code < 500, (method, field, value)
            assert "html" not in answer.get("Content-Type", "")


@pytest.mark.both_in_soak
def test_no_question_breaks_anything(editor: Program) -> None:
    make_story()
    fields = ("body", "bylines", "topics", "published_at", "lead_picture", "translation_of", "kind", "pk", "locale")
    fields += (
        "order",
        "search",
        "limit",
        "offset",
        "type",
        "version",
        "child_of",
        "ancestor_of",
        "title",
        "author_names",
    )
    values = ("", "x", "\x00", "-1", "9" * 30, "true", "random", "-title", "[]", "wagtailcore.Page")
    for field in fields:
        for value in values:
            answer = editor("get", "pages/", {"type": STORY, field: value})
            assert answer.status_code in (200, 400, 404, 422), (field, value, answer.content)
    for path in ("pages/999999999999999999999/", "pages/0/", "pages/-1/", "pages/1/revisions/99999999999999999999/"):
        assert editor("get", path).status_code == 404
    for path in ("", "/", "//", "\x00", "x" * 5000, "/../desk/", "/city-affairs/nothing/", "ü/ö/"):
        assert editor("get", "pages/find/", {"html_path": path}).status_code in (200, 404)


@pytest.mark.both_in_soak
def test_a_question_of_thousands_of_words_is_answered(editor: Program, run_tasks: Any) -> None:
    story = make_story(headline="Ferry ferry")
    run_tasks()
    for words in ("ferry " * 3000, "\ufdfa" * 200, "\ufdfa" * 3000):
        for version in ("live", "draft"):
            assert editor("get", "pages/", {"search": words, "version": version}).status_code == 200
        assert editor.client.get("/search/", {"q": words}).status_code == 200
    found = editor("get", "pages/", {"search": f"{'ferry':10}" * 3000}).json()
    assert [one["id"] for one in found["items"]] == [story.pk]


NO_OBJECTS = ("[]", "null", '"x"', "1", "true", "[" * 60_000, '{"a":' * 60_000, "[{}]", " []")


def test_a_body_that_is_no_object_is_refused_at_every_address(editor: Program) -> None:
    draft = make_draft()
    for body in NO_OBJECTS:
        for method, path in (("post", ""), ("patch", f"{draft.pk}/"), ("post", f"{draft.pk}/actions/publish/")):
            answer = sent(editor, method, path, body)
            assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), (method, body[:9])
            assert "one object in JSON" in answer.json()["detail"]
    assert not Story.objects.get().live


@pytest.mark.parametrize("depth", [50, 290, 500, 800, 900])
def test_parts_within_parts_break_nothing(editor: Program, depth: int) -> None:
    section = make_section()
    deep = "[" * depth + "]" * depth
    body = json.dumps(filed(section, body=[{"type": "text", "value": "DEEP"}])).replace('"DEEP"', deep)
    assert sent(editor, "post", "", body).status_code in (400, 422)
    nested = "{}"
    for _each in range(depth):
        nested = f'{{"items":[{{"type":"item","value":{nested}}}]}}'
    body = json.dumps(filed(section, body=[{"type": "list", "value": "DEEP"}])).replace('"DEEP"', nested)
    assert sent(editor, "post", "", body).status_code in (201, 400, 422)


def sent(program: Program, method: str, path: str, body: str) -> Any:
    headers = {"authorization": f"Bearer {program.token}"}
    call = getattr(program.client, method)
    return call(f"/api/pages/{path}", headers=headers, data=body, content_type="application/json")


def test_an_action_on_what_it_does_not_fit_is_refused_in_words(editor: Program) -> None:
    story = make_story()
    section, front = story.get_parent(), story.get_parent().get_parent()
    for path, data in (
        (f"pages/{story.pk}/actions/convert_alias/", None),
        (f"pages/{story.pk}/actions/move/", {"destination_id": story.pk}),
        (f"pages/{section.pk}/actions/move/", {"destination_id": story.pk}),
        (f"pages/{front.pk}/actions/move/", {"destination_id": section.pk}),
        (f"pages/{story.pk}/actions/move/", {"destination_id": 1, "position": "left"}),
        (f"pages/{story.pk}/actions/move/", {"destination_id": front.pk}),
        (f"pages/{story.pk}/actions/copy/", {"destination_id": story.pk}),
        (f"pages/{story.pk}/actions/copy/", {"slug": story.slug}),
        (f"pages/{story.pk}/actions/copy/", {"destination_id": 999_999}),
        (f"pages/{section.pk}/actions/copy/", {"slug": "desk"}),
        (f"pages/{front.pk}/actions/copy/", {"recursive": True}),
        (f"pages/{story.pk}/actions/create_alias/", {"destination_id": front.pk}),
        (f"pages/{section.pk}/actions/create_alias/", {"destination_id": section.pk, "recursive": True}),
        (f"pages/{story.pk}/actions/revert/", {"revision_id": 999_999}),
    ):
        answer = editor("post", path, data)
        assert answer.status_code in (400, 403, 404, 409, 422), (path, data, answer.status_code, answer.content)
        assert answer.json()["detail"]


@pytest.mark.parametrize("kind", list(Body().child_blocks))
def test_no_value_of_a_block_breaks_anything(editor: Program, kind: str) -> None:
    section, block = make_section(), Body().child_blocks[kind]
    inside = [{name: value} for name in getattr(block, "child_blocks", {}) for value in NASTIEST]
    for value in (*NASTY, *inside):
        answer = editor("post", "pages/", filed(section, body=[{"type": kind, "value": value}]))
        assert answer.status_code in (201, 422), (value, answer.content)
        if answer.status_code == 201:
            assert editor("get", f"pages/{answer.json()['id']}/?version=draft").status_code == 200


def test_a_call_for_the_headers_alone_is_answered_as_one_for_all(editor: Program) -> None:
    assert editor("head", "pages/").status_code == 200
    assert editor("head", "pages/999999/").status_code == 404
    assert Program()("head", "pages/").status_code == 401
