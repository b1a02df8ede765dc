"""What programs may write by the API: by the role of whoever's token it is, past the preflight, whole or not at all."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageLogEntry, PageViewRestriction

from gazeti.log.models import Event
from gazeti.stories.actions import revise_story, topic_named, withdraw_story
from gazeti.stories.actions.withdraw import WITHDRAWN
from gazeti.stories.models import Section, Story
from gazeti.stories.queries import public_stories
from tests.front.conftest import make_picture
from tests.media.pictures import keep
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.calling import Program, filed, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


@pytest.fixture
def reporter(db: None) -> Program:
    return Program(somebody("Reporters"))


@pytest.fixture
def editor(db: None) -> Program:
    return Program(somebody("Editors"))


def published() -> int:
    return Event.objects.filter(kind="published").count()


def test_a_story_is_filed_with_all_that_it_has_and_read_back(reporter: Program) -> None:
    section, picture, topic = make_section(), make_picture(), topic_named("Harbour")
    body = [
        {"type": "heading", "value": "At the jetty"},
        {"type": "text", "value": '<p>Six <b>o’clock</b>.</p><script>alert("x")</script>'},
        {"type": "picture", "value": {"picture": picture.pk, "alt": "", "decorative": False, "caption": "The jetty."}},
    ]
    facts = {"lead_picture_id": picture.pk, "topics": [topic.pk], "kind": "analysis", "language": "sw", "body": body}
    answer = reporter("post", "pages/", filed(section, **facts))
    assert answer.status_code == 201, answer.content
    story = Story.objects.get(pk=answer.json()["id"])
    assert not story.live
    assert (story.kind, story.language, story.lead_picture, story.owner.groups.get().name) == (
        "analysis",
        "sw",
        picture,
        "Reporters",
    )
    told = reporter("get", f"pages/{story.pk}/?version=draft").json()
    assert (told["author_names"], told["topic_names"]) == (["Amina Farah"], ["Harbour"])
    assert [block["type"] for block in told["body"]] == ["heading", "text", "picture"]
    assert "script" not in json.dumps(told["body"])


def test_a_reporter_publishes_by_no_call(reporter: Program) -> None:
    section, live = make_section(), make_story()
    own = reporter("post", "pages/", filed(section)).json()["id"]
    before = published()
    for method, path, body in (
        ("post", "pages/", filed(section, action="publish")),
        ("post", f"pages/{own}/actions/publish/", None),
        ("patch", f"pages/{own}/", {"title": "Again", "meta": {"action": "publish"}}),
        ("post", f"pages/{live.pk}/actions/unpublish/", None),
        ("post", f"pages/{live.pk}/actions/withdraw/", {"note": "x"}),
        ("post", f"pages/{live.pk}/actions/move/", {"destination_id": section.pk}),
        ("patch", f"pages/{live.pk}/", {"title": "Mine"}),
        ("delete", f"pages/{live.pk}/", None),
        ("delete", f"pages/{live.pk}/actions/delete/", None),
    ):
        answer = reporter(method, path, body)
        assert answer.status_code == 403, (path, answer.content)
    assert published() == before
    assert Story.objects.count() == 2
    assert public_stories().filter(pk=live.pk).exists()


def test_a_reporter_takes_back_not_even_what_is_theirs(db: None) -> None:
    person, live, taken_down = somebody("Reporters"), make_story(), make_story()
    taken_down.unpublish()
    Story.objects.update(owner=person)
    for action in ("withdraw", "unpublish", "publish"):
        assert Program(person)("post", f"pages/{live.pk}/actions/{action}/", {"note": "x"}).status_code == 403
    assert public_stories().filter(pk=live.pk).exists()
    assert Program(person)("post", f"pages/{taken_down.pk}/actions/withdraw/", {"note": "x"}).status_code == 403


def test_nobody_writes_to_what_they_may_not_know_of(reporter: Program) -> None:
    hidden = make_draft(headline="A secret")
    for action in ("publish", "unpublish", "copy", "move", "revert", "create_alias", "convert_alias", "withdraw"):
        data = {"destination_id": hidden.get_parent().pk, "revision_id": 1}
        answer = reporter("post", f"pages/{hidden.pk}/actions/{action}/", data)
        assert answer.status_code == 404, action
        assert "secret" not in answer.content.decode().lower()
    assert reporter("patch", f"pages/{hidden.pk}/", {"title": "Mine"}).status_code == 404
    assert reporter("delete", f"pages/{hidden.pk}/").status_code == 404


def test_an_editor_files_and_publishes_in_one_call(editor: Program) -> None:
    answer = editor("post", "pages/", filed(make_section(), action="publish"))
    assert answer.status_code == 201, answer.content
    story = Story.objects.get(pk=answer.json()["id"])
    assert public_stories().filter(pk=story.pk).exists()
    assert published() == 1
    assert editor("get", f"pages/{story.pk}/").json()["title"] == "The ferry is back"


@pytest.mark.parametrize("door", ["create", "publish", "patch"])
def test_what_is_not_ready_is_refused_with_every_reason_and_nothing_is_done(editor: Program, door: str) -> None:
    section = make_section()
    bare = filed(section, standfirst="", body=[])
    if door == "create":
        answer = editor("post", "pages/", {**bare, "meta": {**bare["meta"], "action": "publish"}})
    else:
        pk = editor("post", "pages/", bare).json()["id"]
        revisions = Story.objects.get(pk=pk).revisions.count()
        call = {"publish": ("post", f"pages/{pk}/actions/publish/", None)}
        call["patch"] = ("patch", f"pages/{pk}/", {"title": "Still bare", "meta": {"action": "publish"}})
        answer = editor(*call[door])
        assert Story.objects.get(pk=pk).revisions.count() == revisions
        assert not Story.objects.get(pk=pk).live
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    reasons = {reason["rule"]: reason for reason in answer.json()["errors"]}
    assert set(reasons) == {"standfirst", "body"}
    assert (reasons["body"]["field"], reasons["body"]["severity"]) == ("body", "always")
    assert (reasons["standfirst"]["field"], reasons["standfirst"]["severity"]) == ("standfirst", "block")
    assert all(len(reason["msg"]) > 10 for reason in reasons.values())
    assert Story.objects.count() == (0 if door == "create" else 1)
    assert published() == 0


def test_the_reasons_name_the_block_and_the_picture(editor: Program) -> None:
    picture = make_picture()
    picture.credit = ""
    picture.save()
    block = {"type": "picture", "value": {"picture": picture.pk, "alt": "", "decorative": False, "caption": ""}}
    body = [{"type": "text", "value": "<p>The ferry left at six.</p>"}, block]
    answer = editor("post", "pages/", filed(make_section(), action="publish", body=body))
    reason = answer.json()["errors"][0]
    assert (reason["rule"], reason["about"], reason["field"]) == ("credit", f"picture:{picture.pk}", "body")
    assert reason["block"]


def test_a_change_is_a_draft_until_it_is_published(editor: Program) -> None:
    story = make_story()
    answer = editor("patch", f"pages/{story.pk}/", {"standfirst": "Later words."})
    assert answer.status_code == 200
    assert editor("get", f"pages/{story.pk}/").json()["standfirst"] != "Later words."
    assert editor("post", f"pages/{story.pk}/actions/publish/").status_code == 200
    assert editor("get", f"pages/{story.pk}/").json()["standfirst"] == "Later words."


def test_a_locked_story_is_changed_by_nobody_else(editor: Program) -> None:
    story, other = make_draft(), somebody("Editors")
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=other, locked_at=NOW)
    for method, path, body in (
        ("patch", f"pages/{story.pk}/", {"title": "Mine"}),
        ("post", f"pages/{story.pk}/actions/publish/", None),
        ("post", f"pages/{story.pk}/actions/revert/", {"revision_id": story.latest_revision_id}),
    ):
        assert editor(method, path, body).status_code == 403, path
    assert Program(other)("patch", f"pages/{story.pk}/", {"title": "Mine"}).status_code == 200


def test_a_story_is_withdrawn_with_its_sentence(editor: Program, client: Any) -> None:
    story = make_story()
    answer = editor("post", f"pages/{story.pk}/actions/withdraw/", {"note": "The figures were wrong."})
    assert answer.status_code == 200
    gone = client.get(story.address)
    assert gone.status_code == 410
    assert "The figures were wrong." in gone.content.decode()
    again = editor("get", f"pages/{story.pk}/")
    assert (again.status_code, again.json()["detail"]) == (410, "The figures were wrong.")
    told = editor("get", f"pages/{story.pk}/?version=draft").json()
    assert told["withdrawn_note"] == "The figures were wrong."
    assert PageLogEntry.objects.filter(page=story.pk, action=WITHDRAWN).exists()


@pytest.mark.parametrize("note", ["x" * 201, None, 7, "\x00", "The figures\x00 were wrong."])
def test_a_sentence_that_does_not_fit_withdraws_nothing(editor: Program, note: Any) -> None:
    story = make_story()
    assert editor("post", f"pages/{story.pk}/actions/withdraw/", {"note": note}).status_code == 422
    assert public_stories().filter(pk=story.pk).exists()


def test_what_never_was_out_is_not_withdrawn(editor: Program) -> None:
    draft = make_draft()
    for pk in (draft.pk, draft.get_parent().pk):
        assert editor("post", f"pages/{pk}/actions/withdraw/", {"note": "x"}).status_code == 409


def test_what_is_refused_half_way_is_not_done(editor: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_story()

    def withdraw_and_stumble(*values: Any, **named: Any) -> None:
        withdraw_story(*values, **named)
        raise ValidationError("It cannot be done after all.")

    monkeypatch.setattr("gazeti.stories.api.writing.withdraw_story", withdraw_and_stumble)
    assert editor("post", f"pages/{story.pk}/actions/withdraw/", {"note": "x"}).status_code == 422
    assert public_stories().filter(pk=story.pk).exists()
    assert not Event.objects.filter(kind="withdrawn").exists()


def test_unpublishing_is_back_to_a_draft(editor: Program, client: Any) -> None:
    story = make_story()
    assert editor("post", f"pages/{story.pk}/actions/unpublish/").status_code == 200
    assert client.get(story.address).status_code == 404
    assert editor("get", f"pages/{story.pk}/").status_code == 404


def test_what_once_was_out_is_not_deleted_and_a_draft_is(editor: Program) -> None:
    story, draft = make_story(), make_draft()
    for path in (f"pages/{story.pk}/", f"pages/{story.pk}/actions/delete/"):
        answer = editor("delete", path)
        assert answer.status_code == 409
        assert "Withdraw it" in answer.json()["detail"]
    assert editor("delete", f"pages/{draft.pk}/").status_code == 204
    assert set(Story.objects.values_list("pk", flat=True)) == {story.pk}


def test_what_befell_a_story_is_told_and_never_written(editor: Program) -> None:
    story = make_story()
    body = {"withdrawn_at": NOW.isoformat(), "withdrawn_note": "x", "recovered": True, "live": False, "owner": 1}
    for name, value in body.items():
        answer = editor("patch", f"pages/{story.pk}/", {"standfirst": "New.", name: value})
        assert answer.status_code == 422
        assert name in json.dumps(answer.json()["errors"])
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().standfirst != "New."


def test_a_picture_by_the_name_under_which_it_is_read_is_not_passed_over(editor: Program) -> None:
    """It is read as an object and written as a number, as everything that Wagtail's API refers to."""
    answer = editor("post", "pages/", filed(make_section(), lead_picture=make_picture().pk))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][-1] == "lead_picture"


def test_an_embargo_by_the_api_hides_what_is_published(editor: Program, client: Any) -> None:
    body = filed(make_section(), action="publish", embargo_until="2099-01-01T08:00:00Z")
    answer = editor("post", "pages/", body)
    assert answer.status_code == 201, answer.content
    story = Story.objects.get(pk=answer.json()["id"])
    assert (story.live, story.is_embargoed) == (True, True)
    assert client.get(story.address).status_code == 404
    assert editor("get", f"pages/{story.pk}/").status_code == 404
    assert editor("get", f"pages/{story.pk}/?version=draft").json()["embargo_until"].startswith("2099")


def test_a_copy_a_move_and_an_alias_are_made_by_an_editor(editor: Program, client: Any) -> None:
    story, elsewhere = make_story(), make_section(title="Business")
    copied = editor("post", f"pages/{story.pk}/actions/copy/", {"destination_id": elsewhere.pk, "keep_live": False})
    assert copied.status_code == 201, copied.content
    assert not Story.objects.get(pk=copied.json()["id"]).live
    alias = editor("post", f"pages/{story.pk}/actions/create_alias/", {"destination_id": elsewhere.pk, "slug": "again"})
    assert alias.status_code == 201, alias.content
    assert editor("post", f"pages/{alias.json()['id']}/actions/convert_alias/").status_code == 200
    moved = editor(
        "post", f"pages/{story.pk}/actions/move/", {"destination_id": elsewhere.pk, "position": "last-child"}
    )
    assert moved.status_code in (200, 422), moved.content
    revise_story(Story.objects.get(pk=story.pk), now=NOW, standfirst="Another.")
    first = story.revisions.order_by("pk").first()
    reverted = editor("post", f"pages/{story.pk}/actions/revert/", {"revision_id": first.pk})
    assert reverted.status_code == 200, reverted.content


def test_a_section_takes_another_place_among_its_like(editor: Program) -> None:
    first, second = make_section(), make_section(title="Business")
    body = {"destination_id": first.pk, "position": "left"}
    assert editor("post", f"pages/{second.pk}/actions/move/", body).status_code == 200
    assert list(Section.objects.order_by("path").values_list("title", flat=True)) == ["Business", "City Affairs"]


def test_a_picture_just_uploaded_is_ready_when_the_story_is_out(editor: Program, client: Any) -> None:
    picture = keep(description="The jetty at six", credit="A. Farah")
    assert not picture.is_ready
    answer = editor("post", "pages/", filed(make_section(), action="publish", lead_picture_id=picture.pk))
    assert answer.status_code == 201, answer.content
    picture.refresh_from_db()
    assert picture.is_ready


def test_a_private_story_is_published_again_and_stays_private(editor: Program) -> None:
    story = make_story()
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert editor("post", f"pages/{story.pk}/actions/publish/").status_code == 200
    assert editor("get", f"pages/{story.pk}/").status_code == 404
