"""Taking a comment, by the action: number, place, words, traces, decision, log, purge, or nothing."""

from datetime import timedelta

import pytest

from gazeti import log
from gazeti.accounts.models import Reader
from gazeti.comments.actions.post import NothingToAnswer
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Discussion
from gazeti.comments.rules import State
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def purges() -> list[dict[str, object]]:
    return [entry.data for entry in log.read(stream="purges", limit=10_000)]


def test_a_comment_that_passed_has_its_number_words_traces_decision_and_log() -> None:
    story = make_story()
    before = log.head()
    made = make_comment(story, body="Asante.", name="Halima", email="Halima@Example.org", now=NOW)
    kept = Comment.objects.select_related("text", "trace", "reader").get()
    assert (kept.pk, kept.number, kept.root, kept.branch, kept.state) == (made.pk, 1, 1, 0, "published")
    assert (kept.is_shown, kept.sent_at, kept.published_at, kept.decisions_made) == (True, NOW, NOW, 1)
    assert (kept.text.body, kept.text.name, kept.reader.email) == ("Asante.", "Halima", "halima@example.org")
    assert kept.trace.kept_until == NOW + timedelta(days=30)
    assert "192.0.2" not in kept.trace.address
    decision = Decision.objects.get()
    assert (decision.comment_id, decision.kind, decision.after, decision.rule) == (
        kept.pk,
        "received",
        "published",
        "passed",
    )
    assert decision.at == NOW
    said = [(entry.stream, entry.kind) for entry in log.since(before)]
    assert said == [("moderation", "decided"), ("comments", "published"), ("purges", "purge")]
    assert log.read(stream="comments")[-1].data == {"story": story.pk, "number": 1, "comment": kept.pk}


def test_what_waits_is_told_to_nobody_and_counted_by_nobody() -> None:
    story = make_story()
    before = log.head()
    made = make_comment(story, state=State.HELD, rule="links", words=["https://a.example"])
    assert [(entry.stream, entry.kind) for entry in log.since(before)] == [("moderation", "decided")]
    assert (made.is_shown, made.published_at) == (False, None)
    assert Decision.objects.get().evidence.words == ["https://a.example"]
    assert (Discussion.objects.get().last, Discussion.objects.get().published) == (1, 0)


def test_a_thread_is_a_root_its_branches_and_whatever_answers_them() -> None:
    story = make_story()
    made = [make_comment(story, reply_to=above) for above in (None, 1, 2, 3, 1, 5, None)]
    places = [(one.number, one.root, one.branch, one.reply_to) for one in made]
    assert places == [
        (1, 1, 0, None), (2, 1, 2, 1), (3, 1, 2, 2), (4, 1, 2, 3), (5, 1, 5, 1), (6, 1, 5, 5), (7, 7, 0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("answered", [1, 2, 99])
def test_what_readers_are_not_shown_is_not_answered_and_takes_no_number(answered: int) -> None:
    story, other = make_story(), make_story()
    make_comment(story, state=State.HELD)
    make_comment(other), make_comment(other)
    with pytest.raises(NothingToAnswer):
        make_comment(story, reply_to=answered)
    assert Discussion.objects.get(story=story).last == 1
    assert make_comment(story).number == 2


def test_who_claims_an_address_is_one_reader_in_whatever_case_it_is_written() -> None:
    story = make_story()
    for email in ("a@example.org", "A@Example.org", "b@example.org"):
        make_comment(story, email=email)
    assert list(Reader.objects.order_by("pk").values_list("email", flat=True)) == ["a@example.org", "b@example.org"]
    assert Comment.objects.filter(reader__email="a@example.org").count() == 2


def test_each_story_counts_its_own() -> None:
    story, other = make_story(), make_story()
    assert [make_comment(one).number for one in (story, other, story)] == [1, 1, 2]
    assert Discussion.objects.get(story=story).published == 2
    assert CommentText.objects.count() == CommentTrace.objects.count() == 3


def test_a_published_comment_purges_what_shows_it() -> None:
    story = make_story()
    make_comment(story)
    assert purges()[-1] == {"tags": [f"comments:{story.pk}"]}
