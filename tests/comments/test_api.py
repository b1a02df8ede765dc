"""Comments by the API: what each role's token reads and decides, and what no answer ever holds."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gazeti import log
from gazeti.accounts.models import Reader
from gazeti.comments.models import Comment, CommentTrace, Decision, ReportText
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.comments.crowd import said_under, threads
from tests.comments.discussion import make_comment
from tests.comments.moving import lively, moderator_named
from tests.newsroom import make_draft, make_story, make_withdrawn
from tests.stories.calling import Program, somebody

pytestmark = pytest.mark.django_db
ROLES = ("Reporters", "Editors", "Moderators", "Administrators")
MODERATORS = ("Editors", "Moderators", "Administrators")
KINDS = {"approved": State.PUBLISHED, "rejected": State.REJECTED, "spam": State.SPAM, "kept": State.HELD}


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """Whether a role must prove one is asked by the door's own tests."""
    settings.GAZETI_SECOND_FACTOR = False


@pytest.fixture
def story(db: None) -> Story:
    story = make_story()
    lively(story, by=moderator_named())
    return story


@pytest.fixture
def moderator(db: None) -> Program:
    return Program(somebody("Moderators"))


def said(answer: Any) -> Any:
    return json.loads(answer.content)


def reads(story: Story, comment: Comment) -> dict[str, str]:
    """Every address of the API that reads comments, by its name."""
    return {
        "list": f"comments/?story={story.pk}",
        "one": f"comments/{comment.pk}/",
        "cases": f"moderation/comments/?story={story.pk}",
        "case": f"moderation/comments/{comment.pk}/",
        **{f"queue {name}": f"moderation/queues/{name}/" for name in ("held", "reported", "illegal", "new")},
    }


def decision(comment: Comment, kind: str = "approved", **facts: Any) -> dict[str, Any]:
    """The body of a decision by somebody who has seen all."""
    reason = {"reason": "abuse"} if kind == "rejected" else {}
    return {"kind": kind, "seen": Comment.objects.get(pk=comment.pk).decisions_made, **reason, **facts}


def decide(call: Program, comment: Comment, kind: str = "approved", **facts: Any) -> HttpResponse:
    return call("post", f"moderation/comments/{comment.pk}/decisions/", decision(comment, kind, **facts))


@pytest.mark.parametrize("role", ["", *ROLES])
def test_what_readers_see_is_read_by_any_token_and_the_rest_by_moderators(story: Story, role: str) -> None:
    call = Program(somebody(role) if role else None)
    shown = Comment.objects.get(story=story, number=1)
    for name, path in reads(story, shown).items():
        is_open = name in ("list", "one")
        expected = 401 if not role else 200 if is_open or role in MODERATORS else 403
        assert call("get", path).status_code == expected, (role, name)


@pytest.mark.parametrize("kind", [*KINDS, "picked", "unpicked"])
@pytest.mark.parametrize("role", ["", *ROLES])
def test_only_moderators_decide(db: None, role: str, kind: str) -> None:
    state = State.PUBLISHED if kind in ("picked", "unpicked") else State.HELD
    comment = make_comment(make_story(), state=state)
    Comment.objects.filter(pk=comment.pk).update(is_pick=kind == "unpicked")
    person = somebody(role) if role else None
    answer = decide(Program(person), comment, kind)
    after = Comment.objects.get(pk=comment.pk)
    if role in MODERATORS:
        assert (answer.status_code, after.state) == (201, KINDS.get(kind, State.PUBLISHED))
        assert after.is_pick is (kind == "picked")
        assert Decision.objects.filter(comment=comment).latest("pk").by == person
    else:
        assert answer.status_code == (403 if role else 401)
        assert (after.state, after.decisions_made) == (state, 1)


@pytest.mark.parametrize("role", ROLES)
def test_no_email_and_no_hashed_address_is_in_any_answer(story: Story, role: str) -> None:
    call = Program(somebody(role))
    private = {
        *Reader.objects.exclude(email="").values_list("email", flat=True),
        *ReportText.objects.exclude(email="").values_list("email", flat=True),
        *(one for pair in CommentTrace.objects.values_list("address", "device") for one in pair),
        "Juma",
    }
    assert len(private) > 10
    answers = [
        call(method, path).content.decode()
        for comment in Comment.objects.filter(story=story)
        for path in reads(story, comment).values()
        for method in ("get", "head")
    ]
    answers += [decide(call, comment).content.decode() for comment in Comment.objects.filter(story=story)]
    assert [one for one in private for answer in answers if one in answer] == []
    assert not any("@" in answer for answer in answers)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_published_is_read_by_no_ones_token_where_readers_read(story: Story, role: str) -> None:
    call = Program(somebody(role))
    listed = said(call("get", f"comments/?story={story.pk}"))
    assert [one["number"] for one in listed["comments"]] == [1, 2, 7]
    for comment in Comment.objects.filter(story=story).exclude(state=State.PUBLISHED):
        assert call("get", f"comments/{comment.pk}/").status_code == 404


def test_a_comment_is_told_as_readers_see_it(story: Story, moderator: Program, client: Client) -> None:
    first = said(moderator("get", f"comments/?story={story.pk}"))["comments"][0]
    assert first.keys() == {
        "id", "story", "number", "reply_to", "address", "name", "badge", "text", "html", "language", "sent_at",
        "edited_at", "respect", "is_pick",
    }  # fmt: skip
    assert (first["name"], first["language"], first["respect"], first["is_pick"]) == ("Amina", "sw", 1, True)
    assert first["html"] == f"<p>{first['text']}</p>"
    assert client.get(first["address"].removeprefix("http://localhost:8000")).status_code == 200


def test_markup_comes_escaped_in_html_and_as_it_was_typed_in_text(moderator: Program) -> None:
    comment = make_comment(make_story(), body="<script>alert(1)</script>")
    told = said(moderator("get", f"comments/{comment.pk}/"))
    assert told["text"] == "<script>alert(1)</script>"
    assert told["html"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_below_a_story_that_the_public_may_not_read_nothing_is_told(moderator: Program) -> None:
    comment = make_comment(make_story())
    draft, gone = make_draft(), make_withdrawn()
    Comment.objects.filter(pk=comment.pk).update(story=gone)
    reporter = Program(somebody("Reporters"))
    for call in (moderator, reporter):
        assert call("get", f"comments/?story={draft.pk}").status_code == 404
        assert call("get", f"comments/?story={gone.pk}").status_code == 410
        assert call("get", f"comments/{comment.pk}/").status_code == 410
        assert call("get", "comments/?story=999999").status_code == 404
        assert call("get", f"comments/?story={draft.get_parent().pk}").status_code == 404
    assert moderator("get", f"moderation/comments/?story={gone.pk}").status_code == 200


def test_a_discussion_is_read_part_by_part(moderator: Program) -> None:
    story = make_story()
    said_under(story, threads(30))
    numbers: list[int] = []
    after: int | None = 0
    while after is not None:
        part = said(moderator("get", f"comments/?story={story.pk}&after={after}&limit=50"))
        numbers += [one["number"] for one in part["comments"]]
        after = part["after"]
    assert numbers == [*range(1, 121)]


def test_a_moderator_reads_each_state_with_what_was_decided_and_reported(story: Story, moderator: Program) -> None:
    listed = said(moderator("get", f"moderation/comments/?story={story.pk}"))["comments"]
    assert [one["state"] for one in listed] == [
        "published", "published", "rejected", "held", "spam", "deleted", "published", "deleted",
    ]  # fmt: skip
    held = said(moderator("get", f"moderation/comments/?story={story.pk}&state=held"))["comments"]
    assert [one["number"] for one in held] == [4]
    assert [one["kind"] for one in held[0]["decisions"]] == ["received", "rejected", "undone"]
    assert held[0]["decisions"][0]["words"] == ["fool", "Fool"]
    assert (held[0]["decisions"][1]["by"], held[0]["seen"]) == ("Grace Otieno", 3)
    assert listed[1]["reports"][0]["text"] == "It is rude."


def test_what_waits_is_listed_as_at_the_desk(story: Story, moderator: Program) -> None:
    queue = said(moderator("get", "moderation/queues/held/"))
    assert [one["number"] for one in queue["comments"]] == [4]
    assert queue["after"] is None
    assert moderator("get", "moderation/queues/nothing/").status_code == 422


def test_of_two_who_decide_the_second_is_told_of_the_first(story: Story) -> None:
    comment = Comment.objects.get(story=story, number=4)
    wanted = decision(comment, "rejected", note="Calm down, please.")
    one, other = moderator_named("Wambui"), somebody("Editors")
    path = f"moderation/comments/{comment.pk}/decisions/"
    assert Program(one)("post", path, wanted).status_code == 201
    decided = log.read(stream="moderation")
    answer = Program(other)("post", path, {**wanted, "kind": "approved"})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = said(answer)["errors"][0]["decision"]
    assert (told["kind"], told["reason"], told["by"], told["note"]) == (
        "rejected",
        "abuse",
        "Wambui Otieno",
        "Calm down, please.",
    )
    assert Comment.objects.get(pk=comment.pk).state == State.REJECTED
    assert log.read(stream="moderation") == decided


def test_what_cannot_be_decided_is_refused(story: Story, moderator: Program) -> None:
    deleted, held, shown = (Comment.objects.get(story=story, number=number) for number in (6, 4, 1))
    wrong = ((deleted, "approved"), (deleted, "kept"), (shown, "approved"), (held, "picked"), (held, "unpicked"))
    for comment, kind in wrong:
        answer = decide(moderator, comment, kind)
        assert answer.status_code == 409
        assert said(answer)["detail"] == "That cannot be decided about this comment as it stands."
    assert moderator("post", "moderation/comments/999999/decisions/", decision(held)).status_code == 404
    assert moderator("get", "moderation/comments/999999/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rejected"},
        {"kind": "rejected", "reason": "dislike"},
        {"kind": "deleted"},
        {"kind": "banned"},
        {"seen": None},
        {"seen": -1},
        {"seen": 10**30},
        {"note": "x" * 501, "kind": "rejected", "reason": "abuse"},
        {"note": "a\x00b", "kind": "rejected", "reason": "abuse"},
        {"state": "published"},
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_changes_nothing(
    story: Story, moderator: Program, wrong: dict[str, Any]
) -> None:
    comment = Comment.objects.get(story=story, number=4)
    sent = {"kind": "approved", "seen": comment.decisions_made, **wrong}
    answer = moderator("post", f"moderation/comments/{comment.pk}/decisions/", sent)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert Comment.objects.get(pk=comment.pk).decisions_made == 3


@pytest.mark.parametrize(
    "query", ["", "?story=x", "?story=0", "?story=1&limit=51", "?story=1&after=-1", f"?story={10**30}"]
)
def test_an_odd_question_is_answered_as_a_problem(moderator: Program, story: Story, query: str) -> None:
    for place in ("comments/", "moderation/comments/"):
        answer = moderator("get", place + query)
        assert answer.status_code in (404, 422)
        assert answer["Content-Type"] == "application/problem+json"


def test_answers_are_kept_by_nobody(story: Story, moderator: Program) -> None:
    for path in reads(story, Comment.objects.get(story=story, number=1)).values():
        assert moderator("get", path)["Cache-Control"] == "no-store"


def test_the_description_names_the_calls(db: None) -> None:
    document = said(Client().get("/api/openapi.json"))
    assert {path for path in document["paths"] if "comments" in path or "moderation" in path} == {
        "/api/comments/",
        "/api/comments/{comment_id}/",
        "/api/moderation/queues/{name}/",
        "/api/moderation/comments/",
        "/api/moderation/comments/{comment_id}/",
        "/api/moderation/comments/{comment_id}/decisions/",
    }
    assert {"Said", "Case", "Wanted", "Decided"} <= set(document["components"]["schemas"])


def test_however_many_are_read_the_questions_are_as_many(
    moderator: Program, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    story = make_story()
    said_under(story, threads(100))
    with django_assert_max_num_queries(20):
        assert len(said(moderator("get", f"moderation/comments/?story={story.pk}"))["comments"]) == 50


def test_a_moderator_may_make_a_token_at_the_desk(db: None) -> None:
    assert somebody("Moderators").has_perms(["wagtailcore.add_apitoken", "wagtailcore.delete_apitoken"])
