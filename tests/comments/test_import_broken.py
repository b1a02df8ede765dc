"""`gazeti import comments`: what is broken is named by its line, left out whole, and lost to nobody."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazeti.cli.main import main
from gazeti.comments.models import Comment
from gazeti.stories.models import Story
from tests.comments.moving import Run, exported

pytestmark = pytest.mark.django_db


def without(file: str, line: int) -> str:
    """The file without one of its lines, and counted anew."""
    kept = [one for number, one in enumerate(file.splitlines(), start=1) if number != line]
    return "\n".join([*kept[:-1], json.dumps({"gazeti": "comments", "end": len(kept) - 2})]) + "\n"


BROKEN = {
    "no JSON": lambda line: line[:-2],
    "a state that is none": lambda line: line.replace('"published"', '"shown"', 1),
    "a field too many": lambda line: line.replace("{", '{"more":1,', 1),
    "a field too few": lambda line: line.replace('"language":"en",', ""),
    "a number in letters": lambda line: line.replace('"number":1', '"number":"1"'),
    "no time zone": lambda line: line.replace("+00:00", ""),
    "a character nobody keeps": lambda line: line.replace("Otieno", "Otieno\\u0000"),
    "half a character": lambda line: line.replace("Otieno", "\\ud800"),
    "a body too long": lambda line: line.replace("crosses", "crosses" * 1_000),
    "a list": lambda _line: "[]",
    "a number": lambda _line: "1",
    "deep brackets": lambda _line: "[" * 100_000,
    "a badge of nobody's": lambda line: line.replace('"badge":""', '"badge":"king"'),
    "an answer to what comes later": lambda line: line.replace('"reply_to":null', '"reply_to":1'),
    "a year that is none": lambda line: line.replace('"sent_at":"2024', '"sent_at":"0001'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_line_is_named_its_story_left_out_whole_and_nothing_lost(
    run: Run, file: str, stories: list[Story], how: str
) -> None:
    lines = file.splitlines()
    lines[9] = BROKEN[how](lines[9])
    assert lines[9] != file.splitlines()[9]
    result = run("\n".join(lines) + "\n")
    assert result.exit_code == 1
    assert "line 10 is broken" in result.stderr
    assert "Traceback" not in result.stderr
    assert not Comment.objects.filter(story=stories[1]).exists()
    assert run(file).exit_code == 0
    assert exported() == file


def test_a_line_in_the_middle_leaves_out_no_other_story(run: Run, file: str, stories: list[Story]) -> None:
    result = run(file.replace('"number":4', '"number":"four"'))
    assert result.exit_code == 1
    assert f"{stories[0].address} is left out: line 5 is broken (number: Input should be a valid integer)." in (
        result.stderr
    )
    assert list(Comment.objects.values_list("story", flat=True)) == [stories[1].pk]


def test_a_line_that_does_not_tell_its_story_leaves_out_those_on_both_sides(run: Run, file: str) -> None:
    lines = file.splitlines()
    result = run("\n".join([*lines[:9], "{", *lines[9:]]) + "\n")
    assert result.exit_code == 1
    assert result.stderr.count("is left out: line 10 is broken") == 2
    assert not Comment.objects.exists()
    result = run("\n".join([lines[0], "{", *lines[1:]]) + "\n")
    assert result.stderr.count("is left out: line 2 is broken") == 1
    assert Comment.objects.count() == 1


def test_of_many_broken_lines_the_first_few_are_named(run: Run, file: str) -> None:
    result = run(file.replace('"state":', '"status":'))
    assert result.exit_code == 1
    assert "; line 6 is broken (state: Field required; status: Extra inputs are not permitted); and 3 more." in (
        result.stderr
    )
    assert "line 7 is broken" not in result.stderr


def test_bytes_that_are_no_text_are_a_broken_line(run: Run, file: str) -> None:
    result = run(file.encode().replace(b"Otieno", b"\xff\xfe"))
    assert result.exit_code == 1
    assert "line 10 is broken (it is no text (UTF-8))" in result.stderr


def test_a_comment_that_is_missing_from_the_file_is_missed(run: Run, file: str, stories: list[Story]) -> None:
    result = run(without(file, 5))
    assert result.exit_code == 1
    assert "comment 4 is missing, and numbers go from 1 without a gap" in result.stderr
    assert not Comment.objects.filter(story=stories[0]).exists()


def test_the_same_number_twice_is_refused(run: Run, file: str) -> None:
    lines = file.splitlines()
    result = run("\n".join([*lines[:2], lines[1], *lines[2:]]) + "\n")
    assert result.exit_code == 1
    assert "two of its comments have the same number" in result.stderr


def test_a_story_told_in_two_places_is_refused_the_second_time(run: Run, file: str) -> None:
    lines = file.splitlines()
    result = run("\n".join([*lines[:8], lines[9], lines[8], lines[10]]) + "\n")
    assert result.exit_code == 1
    assert "its comments stand in two places of the file" in result.stderr
    assert run(file).exit_code == 0
    assert exported() == file


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ('{"gazeti": "comments", "version": 2}', "It is of version 2, and this Gazeti reads version 1."),
        ('{"gazeti": "comments", "version": true}', "It is of version True"),
        ('{"gazeti": "pages", "version": 1}', "It is no file of comments"),
        ("", "It is no file of comments"),
        ("[]", "It is no file of comments"),
        ("{" * 10_000, "It is no file of comments"),
    ],
)
def test_another_file_or_version_is_refused_before_anything_is_read(
    run: Run, file: str, first: str, sentence: str
) -> None:
    result = run("\n".join([first, *file.splitlines()[1:]]) + "\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert not Comment.objects.exists()


def test_a_file_that_was_cut_off_is_told_of(run: Run, file: str) -> None:
    lines = file.splitlines()
    result = run("\n".join(lines[:-1]) + "\n")
    assert result.exit_code == 1
    assert "The file ends before its last line" in result.stderr
    result = run("\n".join([*lines[:-2], lines[-1]]) + "\n")
    assert result.exit_code == 1
    assert "counts 9 comments, and 8 stand before it" in result.stderr


def test_a_file_that_is_not_there_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["import", "comments", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 1
    assert "is no file. Name one that `gazeti export comments` wrote" in result.stderr
