"""`gazeti import comments`: what comes in, what is left out and named, and that nothing is lost on the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from gazeti import log
from gazeti.accounts.models import Letter, Reader
from gazeti.comments.actions.erase import erase_reader
from gazeti.comments.actions.purge import tag_of
from gazeti.comments.formats import cleaned
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Discussion, Evidence, Report
from gazeti.comments.queries.threads import newest
from gazeti.comments.rules import State
from gazeti.plain.letters import cleaned_name
from gazeti.stories.actions import publish_story, revise_story
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import moderator
from tests.comments.moving import Run, derived, emptied, exported, lively, moderator_named
from tests.newsroom import NOW, make_draft

pytestmark = pytest.mark.django_db


def changed(file: str, line: int, **facts: Any) -> str:
    """The file with other facts in one of its lines, numbered from 1."""
    found = file.splitlines()
    found[line - 1] = json.dumps({**json.loads(found[line - 1]), **facts})
    return "\n".join(found) + "\n"


@pytest.mark.database
def test_out_in_and_out_again_are_the_same_bytes(run: Run, stories: list[Story]) -> None:
    lively(stories[0], by=moderator_named())
    make_comment(stories[1])
    for with_emails in (False, True):
        before, places = exported(with_emails=with_emails), derived(stories[0])
        emptied()
        result = run(before)
        assert (result.exit_code, result.stderr) == (0, "")
        assert exported(with_emails=with_emails) == before
        assert derived(stories[0]) == places
        assert list(Discussion.objects.order_by("pk").values_list("last", "published")) == [(8, 3), (1, 1)]


def test_of_an_erased_reader_the_place_goes_out_and_in_and_nothing_else(run: Run, stories: list[Story]) -> None:
    lively(stories[0], by=moderator_named())
    erase_reader(Reader.objects.get(email="amina@example.org"), now=NOW)
    before, places = exported(), derived(stories[0])
    assert "Amina" not in before
    assert '"name":null,"body":null' in before
    emptied()
    assert run(before).exit_code == 0
    assert (exported(), derived(stories[0])) == (before, places)


def test_who_decided_is_found_by_name_and_kept_as_a_name_where_nobody_has_it(run: Run, stories: list[Story]) -> None:
    grace = moderator_named()
    lively(stories[0], by=grace)
    before = exported()
    emptied()
    run(before)
    assert Decision.objects.get(kind="picked").by == grace
    emptied()
    grace.delete()
    run(before)
    picked = Decision.objects.get(kind="picked")
    assert (picked.by, picked.evidence.by_name) == (None, "Grace Otieno")
    page = moderator("wambui").get(f"/desk/comments/{picked.comment_id}/").content.decode()
    assert "Grace Otieno" in page
    assert exported() == before


def test_again_changes_nothing(run: Run, file: str) -> None:
    run(file)
    before, position, rows = exported(), log.head(), Reader.objects.count()
    result = run(file)
    assert result.exit_code == 0
    assert "0 came in, 9 were here" in result.stdout
    assert (exported(), log.head(), Reader.objects.count()) == (before, position, rows)


def test_what_was_decided_here_since_stays_when_it_comes_again(run: Run, file: str) -> None:
    run(file)
    comment = Comment.objects.get(story__slug="b-ferry")
    Comment.objects.filter(pk=comment.pk).update(state=State.REJECTED)
    CommentText.objects.filter(pk=comment.pk).update(body="")
    assert run(file).exit_code == 0
    assert Comment.objects.get(pk=comment.pk).state == State.REJECTED


def test_in_a_dry_run_it_is_told_and_nothing_is_written(run: Run, file: str) -> None:
    position = log.head()
    result = run(file, "--dry-run")
    assert result.exit_code == 0
    assert "Comments: 9 would come in, 0 were here." in result.stdout
    assert "Nothing was written" in result.stdout
    assert (Comment.objects.count(), Reader.objects.count(), log.head()) == (0, 0, position)
    assert not Discussion.objects.exists()


def test_programs_are_told_as_json(run: Run, file: str, stories: list[Story]) -> None:
    data = json.loads(run(changed(file, 10, story="/no/where/"), "--json").stdout)
    assert (data["done"], data["dry_run"], data["new"], data["here"]) == (False, False, 8, 0)
    assert data["stories"] == [
        {"story": stories[0].address, "verdict": "made", "told": 8, "new": 8, "reasons": []},
        {
            "story": "/no/where/",
            "verdict": "refused",
            "told": 1,
            "new": 0,
            "reasons": ["no story is or was at this address"],
        },
    ]
    assert data["failures"] == ["/no/where/ is left out: no story is or was at this address."]


def test_a_story_that_moved_is_found_by_its_old_address(run: Run, file: str, stories: list[Story]) -> None:
    old = stories[1].address
    publish_story(revise_story(stories[1], now=NOW, slug="c-tunnel"), now=NOW)
    assert Story.objects.get(pk=stories[1].pk).address != old
    assert run(file).exit_code == 0
    assert Comment.objects.filter(story=stories[1]).count() == 1


def test_a_draft_takes_its_comments_too(run: Run, file: str, stories: list[Story]) -> None:
    draft = make_draft(stories[0].get_parent().specific, slug="d-draft")
    assert run(changed(file, 10, story=draft.address)).exit_code == 0
    assert Comment.objects.filter(story=draft).count() == 1


def test_where_others_have_commented_the_told_ones_come_after_and_answer_each_other(
    run: Run, file: str, stories: list[Story]
) -> None:
    mine = make_comment(stories[0], body="I was here first.")
    assert f"{stories[0].address}: completed, 8 of 8 new" in run(file).stdout
    found = {one.number: one.reply_to for one in Comment.objects.filter(story=stories[0])}
    assert found == {1: None, 2: None, 3: 2, 4: 3, 5: None, 6: None, 7: None, 8: 7, 9: None}
    assert Discussion.objects.get(pk=stories[0].pk).last == 9
    assert Comment.objects.get(pk=mine.pk).number == 1
    assert run(file).exit_code == 0
    assert Comment.objects.filter(story=stories[0]).count() == 9


def test_who_answers_what_was_gone_from_sight_gives_it_its_place_again(
    run: Run, file: str, stories: list[Story]
) -> None:
    lines = file.splitlines()
    first = "\n".join([*lines[:7], lines[-1].replace("9", "6")]) + "\n"
    assert run(first).exit_code == 0
    assert Comment.objects.get(number=6).is_shown is False
    assert run(file).exit_code == 0
    assert Comment.objects.get(story=stories[0], number=6).is_shown is True
    assert exported() == file


def test_whoever_comments_next_gets_the_next_number(run: Run, file: str, stories: list[Story]) -> None:
    run(file)
    assert make_comment(stories[0]).number == 9


def test_an_address_proves_nothing_and_two_keys_with_one_are_one_reader(run: Run, file: str) -> None:
    claimed = Reader.objects.create(email="amina@example.org", name="Amina", known_since=NOW)
    run(file)
    assert Comment.objects.get(story__slug="a-bridge", number=1).reader == claimed
    assert not Reader.objects.exclude(user=None).exists()


def test_nobody_is_written_to_and_every_page_is_made_anew(run: Run, file: str, stories: list[Story]) -> None:
    position = log.head()
    run(file)
    events = log.read(after=position)
    assert {(one.stream, one.kind) for one in events} == {("moderation", "imported"), ("purges", "purge")}
    assert tag_of(stories[0].pk) in json.dumps([one.data for one in events])
    assert not Letter.objects.exists()
    assert not CommentTrace.objects.exists()


def hostile(shared: Path) -> list[str]:
    texts = json.loads((shared / "material/blns/blns.json").read_text(encoding="utf-8"))
    return [*texts, *json.loads((shared / "material/xss-sample/payloads.json").read_text(encoding="utf-8"))]


@pytest.mark.material
def test_hostile_strings_in_every_field_go_in_and_out_unchanged(run: Run, shared: Path, stories: list[Story]) -> None:
    texts = [one.replace("\x00", "") for one in hostile(shared)]
    for one in texts:
        comment = make_comment(
            stories[0],
            body=cleaned(one[:5_000]),
            name=cleaned_name(one)[:60].strip(),
            words=[one[:5_000]],
            rule=one[:30],
            email="",
            now=NOW.replace(microsecond=Comment.objects.count()),
        )
        Evidence.objects.filter(decision__comment=comment).update(note=one[:500], by_name=one[:310])
        Report.objects.create(comment=comment, reason="abuse", mark="a", at=NOW)
    before = exported()
    assert len(before.split("\n")) == len(texts) + 3
    emptied()
    result = run(before)
    assert (result.exit_code, result.stderr) == (0, "")
    assert exported() == before
    assert len(newest(stories[0])) == 20


def test_what_a_file_has_that_no_eye_sees_does_not_come_in(run: Run, file: str, stories: list[Story]) -> None:
    run(changed(file, 10, body="One\u202e two\u200b", name="A\u2066min\u0007a"))
    text = CommentText.objects.get(comment__story=stories[1])
    assert (text.body, text.name) == ("One two", "Amina")
