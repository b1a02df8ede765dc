"""`gazeti import pages`: what it tells, what it leaves behind, and its exit status."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError

from gazeti.archive.formats.found import ParsedPage
from gazeti.archive.models import ImportedPage
from gazeti.cli.main import main
from gazeti.cli.sources import LARGEST
from gazeti.stories.models import Section, Story
from tests.archive import pages
from tests.newsroom import make_paper

pytestmark = pytest.mark.django_db
BARE = pages.page(head=f"Transport\n\n{pages.HEADLINE}\n\nBy |")
Run = Callable[..., Result]


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `gazeti import pages` in a newsroom with a front."""
    make_paper()
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path / "newsroom"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])

    def pages_in(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["import", "pages", *map(str, arguments)])

    return pages_in


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Save a page's text, or any bytes, under a name."""

    def save(content: str | bytes, name: str = "page.txt") -> Path:
        file = tmp_path / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return save


def told(result: Result) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(result.stdout)
    return data


Save = Callable[..., Path]


@pytest.mark.material
class TestSeed:
    """The page of the seed, at the terminal."""

    @pytest.fixture
    def seed(self, shared: Path) -> Path:
        return shared / "seed" / "page.txt"

    def test_it_comes_in_with_exit_status_0_and_twenty_headlines(self, run: Run, seed: Path) -> None:
        result = run(seed)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "Pages: 1 made. Headlines without a text: 20 made." in result.stdout
        assert Story.objects.filter(recovered=True, live=False).count() == 20

    def test_published_without_byline_and_date_it_is_refused_with_both_reasons(self, run: Run, seed: Path) -> None:
        result = run(seed, "--publish")
        assert result.exit_code == 1
        assert "its byline is missing (give one with --byline) and its date is missing (give one with --date)." in (
            result.stderr
        )
        assert not Story.objects.exists()
        assert not Section.objects.exists()

    def test_with_them_it_is_live_and_its_headlines_are_not(self, run: Run, seed: Path) -> None:
        result = run(seed, "--publish", "--byline", "Jane Doe", "--date", "2024-07-04")
        assert result.exit_code == 0
        assert [story.title for story in Story.objects.live()] == [
            "Al-Shabaab, global peace feature in Duale meeting with US counterpart Austin"
        ]

    def test_a_later_run_with_more_facts_completes_the_same_story(self, run: Run, seed: Path) -> None:
        first = told(run(seed, "--json"))["pages"][0]
        second = told(run(seed, "--json", "--publish", "--byline", "Jane Doe", "--date", "4 July 2024"))["pages"][0]
        third = told(run(seed, "--json", "--publish", "--byline", "Jane Doe", "--date", "4 July 2024"))["pages"][0]
        assert first["story"] == second["story"] == third["story"]
        assert [page["verdict"] for page in (first, second, third)] == ["made", "completed", "unchanged"]
        assert Story.objects.count() == 21


def test_the_table_tells_each_fact_with_its_confidence_and_what_was_left_out(run: Run, saved: Save) -> None:
    lines = run(saved(pages.BRIDGE)).stdout.splitlines()
    for words in (
        ("section", "Transport", "high"),
        ("byline", "Wanjiku Otieno | KNA", "high"),
        ("date", "4 July 2024", "high"),
        ("text", "4 paragraphs", "high"),
        ("left out", "“Recent Stories”"),
        ("Tea prices rise", "3 July 2024", "made"),
    ):
        assert any(all(word in line for word in words) for line in lines), words


def test_programs_get_the_same_as_json_and_nothing_else(run: Run, saved: Save) -> None:
    data = told(run(saved(pages.BRIDGE), "--json"))
    (page,) = data["pages"]
    assert (data["done"], data["dry_run"]) == (True, False)
    assert (page["verdict"], page["live"], page["address"]) == (
        "made",
        False,
        "/transport/new-footbridge-at-kona-mbaya-opens-after-two-years-of-work/",
    )
    assert page["fields"]["date"] == {
        "value": "2024-07-04",
        "confidence": "high",
        "because": "written with the month's name",
    }
    assert page["recovered"][0]["date"] == "2024-07-03"
    assert {"line": "Reader comments", "because": "heading of the reader comments"} in page["left_out"]


def test_json_of_a_refusal_has_its_reasons(run: Run, saved: Save) -> None:
    result = run(saved(BARE), "--publish", "--json")
    data = told(result)
    assert (result.exit_code, data["done"], data["pages"][0]["verdict"]) == (1, False, "refused")
    assert len(data["pages"][0]["reasons"]) == 3


def test_a_dry_run_tells_what_would_be_and_writes_nothing(run: Run, saved: Save) -> None:
    result = run(saved(pages.BRIDGE), "--dry-run")
    assert result.exit_code == 0
    assert "would be made" in result.stdout
    assert "Nothing was written" in result.stdout
    assert not Story.objects.exists()
    assert not ImportedPage.objects.exists()


def test_a_dry_run_of_what_would_be_refused_fails_too(run: Run, saved: Save) -> None:
    assert run(saved(BARE), "--dry-run", "--publish").exit_code == 1


def test_a_folder_is_every_page_in_it_at_any_depth(run: Run, saved: Save) -> None:
    saved(pages.BRIDGE, "one.txt")
    saved(pages.SWAHILI, "deep/two.TXT")
    saved("# not a page", "notes.md")
    folder = saved(b"", ".hidden.txt").parent
    result = run(folder, "--json")
    assert result.exit_code == 0
    assert [Path(page["source"]).name for page in told(result)["pages"]] == ["two.TXT", "one.txt"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "page.txt is empty: save the page's text in it and import it again."),
        (b"\x89PNG\r\n\x1a\n", "page.txt is a picture, not plain text"),
        (b"text\0text", "page.txt is binary data, not plain text"),
        ("Ñandú".encode("utf-16-le") + b"\xff", "page.txt is "),
        (BARE.encode() + b" It\x92s.", "page.txt is not UTF-8 (the first wrong byte is in line 13)"),
        (b"City Affairs\n", "page.txt is not imported: it has no headline"),
        (
            pages.BRIDGE.replace(pages.HEADLINE, "x" * 131).encode(),
            "its headline has 131 characters and at most 110 fit",
        ),
    ],
)
def test_what_cannot_come_in_gets_one_sentence_and_the_good_page_comes_in(
    run: Run, saved: Save, content: bytes, sentence: str
) -> None:
    good = saved(pages.SWAHILI, "good.txt")
    result = run(saved(content), good)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output
    assert Story.objects.filter(title__startswith="Hospitali").exists()


def test_a_file_of_50_megabytes_is_refused_without_being_opened(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    result = run(file)
    assert result.exit_code == 1
    assert "large.txt has 50 MB, and a page's text is read up to 5 MB" in result.stderr


def test_a_file_just_below_the_limit_is_read(run: Run, saved: Save) -> None:
    assert run(saved(b"x" * (LARGEST - 1))).stderr.count("has no") == 1


def test_what_is_not_there_gets_a_sentence(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path / "nothing.txt")
    assert (result.exit_code, "nothing.txt is not there: check its name." in result.stderr) == (1, True)


def test_a_folder_without_pages_gets_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty")
    assert (result.exit_code, "is a folder without a .txt file" in result.stderr) == (1, True)


def test_what_is_neither_file_nor_folder_gets_a_sentence(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    result = run(tmp_path / "pipe.txt")
    assert (result.exit_code, "is neither a file nor a folder" in result.stderr) == (1, True)


def test_a_page_in_an_older_encoding_comes_in_and_its_confidence_says_so(run: Run, saved: Save) -> None:
    result = run(saved(pages.BRIDGE.encode("cp1252")), "--json")
    (page,) = told(result)["pages"]
    assert result.exit_code == 0
    assert page["fields"]["text"]["confidence"] == "fair"
    assert "Windows-1252" in page["fields"]["text"]["because"]
    assert "“We have waited" in str(Story.objects.get(pk=page["story"]).body)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--date", "someday"], "that is no day"),
        (["--date", "31 June 2024"], "that is no day"),
        (["--byline", "  "], "that is no name"),
        ([], ""),
    ],
)
def test_what_a_person_typed_wrongly_is_told_before_anything_is_read(
    run: Run, arguments: list[str], sentence: str
) -> None:
    sources = ["page.txt"] if arguments else []
    result = run(*sources, *arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_what_is_in_is_told_even_if_the_next_page_ends_the_run(
    run: Run, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gazeti.archive import actions

    def fails_second(parsed: ParsedPage, **facts: Any) -> Any:
        if parsed.language and parsed.language.value == "sw":
            raise OperationalError("database is locked")
        return import_page(parsed, **facts)

    import_page = actions.import_page
    monkeypatch.setattr(actions, "import_page", fails_second)
    result = run(saved(pages.BRIDGE, "one.txt"), saved(pages.SWAHILI, "two.txt"))
    assert result.exit_code == 1
    assert "Pages: 1 made." in result.stdout
    assert "Another program holds the database" in result.stderr


def test_a_name_that_is_no_utf_8_does_not_end_the_run(run: Run, saved: Save) -> None:
    page = saved(BARE)
    odd = Path(os.fsdecode(os.fsencode(page.parent) + b"/caf\xe9.txt"))
    page.rename(odd)
    result = run(odd, "--json")
    assert result.exit_code == 0
    assert told(result)["pages"][0]["source"].endswith("caf?.txt")


def test_a_section_that_was_given_makes_a_lone_line_the_headline(run: Run, saved: Save) -> None:
    run(saved(pages.page(head="Bridge opens\n\nBy |")), "--section", "Transport")
    assert Story.objects.get().title == "Bridge opens"


def test_a_name_with_marks_of_the_terminal_is_shown_as_it_is(run: Run, saved: Save) -> None:
    result = run(saved(BARE, "[red]page[-red].txt"))
    assert result.exit_code == 0
    assert "[red]page" in result.stdout
