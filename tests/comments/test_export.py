"""`gazeti export comments`: what the file tells, what it keeps to itself, and its exit status."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django import DjangoAssertNumQueries

from gazeti.cli.main import main
from gazeti.comments.models import CommentTrace
from gazeti.comments.queries.all_comments import all_comments
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from tests.comments.crowd import said_under, threads
from tests.comments.discussion import make_comment
from tests.comments.moving import decided, lively, moderator_named
from tests.newsroom import make_section, make_story

pytestmark = pytest.mark.django_db
Run = Callable[..., Result]


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `gazeti export comments` in this newsroom."""
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path / "newsroom"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    return lambda *arguments: CliRunner().invoke(main, ["export", "comments", *map(str, arguments)])


@pytest.fixture
def story(db: None) -> Story:
    """A story under which everything has happened that can."""
    story = make_story(make_section(), slug="b-bridge")
    lively(story, by=moderator_named())
    return story


def told(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_first_line_names_the_version_and_the_last_one_counts(run: Run, story: Story) -> None:
    result = run()
    header, *comments, end = told(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert header == {"gazeti": "comments", "version": 1, "with_emails": False}
    assert end == {"gazeti": "comments", "end": len(comments)} == {"gazeti": "comments", "end": 8}


def test_every_comment_is_there_in_every_state_by_address_and_number(run: Run, story: Story) -> None:
    other = make_story(story.get_parent().specific, slug="a-ferry")
    make_comment(other)
    comments = told(run("-").stdout)[1:-1]
    places = [(one["story"], one["number"]) for one in comments]
    assert places == [(other.address, 1), *((story.address, number) for number in range(1, 9))]
    assert {one["state"] for one in comments} == {"published", "held", "spam", "rejected", "deleted"}


def test_all_of_a_comment_is_told(run: Run, story: Story) -> None:
    first, reply, _deep, held, _spam, gone, *_rest = told(run().stdout)[1:-1]
    assert (first["name"], first["language"], first["respect"], first["is_pick"]) == ("Amina", "sw", 1, True)
    assert (reply["badge"], reply["reply_to"], reply["reports"][0]["text"]) == ("editor", 1, "It is rude.")
    assert [one["kind"] for one in held["decisions"]] == ["received", "rejected", "undone"]
    assert held["decisions"][0]["words"] == ["fool", "Fool"]
    rejected, undone = held["decisions"][1:]
    assert (rejected["reason"], rejected["note"]) == ("abuse", "Please <b>calm</b> down.")
    assert (rejected["by"], undone["undoes"]) == ("Grace Otieno", 2)
    assert (gone["state"], gone["body"], gone["name"]) == ("deleted", "", "")


def test_who_wrote_is_told_apart_and_not_named(run: Run, story: Story) -> None:
    first, reply, deep, held, *_rest = told(run().stdout)[1:-1]
    assert first["reader"] == deep["reader"] == "r1"
    assert (reply["reader"], held["reader"]) == (None, "r2")


def test_without_being_asked_no_address_and_no_reporter_is_told(run: Run, story: Story) -> None:
    text = run().stdout
    assert "@" not in text
    assert "Juma" not in text
    with_emails = run("-", "--with-emails").stdout
    assert '"email":"amina@example.org"' in with_emails
    assert '"name":"Juma","email":"juma@example.org"' in with_emails


@pytest.mark.parametrize("options", [(), ("--with-emails",)])
def test_where_a_comment_came_from_is_never_told(run: Run, story: Story, options: tuple[str, ...]) -> None:
    text = run("-", *options).stdout
    traces = [one for pair in CommentTrace.objects.values_list("address", "device") for one in pair]
    assert len(traces) == 12
    assert [one for one in traces if one in text] == []
    assert "mark" not in text


def test_a_file_is_whole_readable_by_its_owner_alone_and_told_of(run: Run, story: Story, tmp_path: Path) -> None:
    file = tmp_path / "new" / "comments.jsonl"
    result = run(file)
    assert (result.exit_code, result.stdout) == (0, f"8 comments are in {file}.\n")
    assert file.read_text(encoding="utf-8") == run().stdout
    assert file.stat().st_mode & 0o777 == 0o600
    data = json.loads(run(file, "--json", "--with-emails").stdout)
    assert data == {"file": str(file), "comments": 8, "with_emails": True}


def test_where_nothing_was_said_the_file_says_so(run: Run) -> None:
    assert [*told(run().stdout)][1:] == [{"gazeti": "comments", "end": 0}]


def test_json_beside_the_comments_themselves_is_refused(run: Run) -> None:
    result = run("--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--json needs a FILE" in result.stderr


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    result = run(tmp_path / "taken")
    assert result.exit_code == 1
    assert result.stderr == f"gazeti: {tmp_path / 'taken'} is no file. Name a file, or - for standard output.\n"


def test_hundreds_of_comments_cost_a_few_questions(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    said_under(make_story(), threads(500))
    with django_assert_max_num_queries(20):
        numbers = [one["number"] for one in all_comments(with_emails=True)]
    assert numbers == [*range(1, 2_001)]


def test_of_somebody_deleted_nothing_stands_but_that_a_person_decided_no_more(run: Run, story: Story) -> None:
    grace = moderator_named("Wambui")
    comment = make_comment(story, state=State.HELD)
    decided(comment, Kind.APPROVED, by=grace)
    grace.delete()
    assert told(run().stdout)[-2]["decisions"][-1]["by"] is None
