"""The bench's own arithmetic: medians and ratios, turns, tables, the machine's ticks, the words of the page."""

import json
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import machine, text
from bench.bare import bare_html
from bench.figures import Part, Table, markdown, ratio, spread, turns, written
from bench.first_paint import Sample, row
from bench.newsroom import WrongAnswer, checked
from tests.needs import SHARED


def test_a_ratio_compares_medians() -> None:
    assert ratio([1.0, 30.0, 2.0], [4.0, 1.0, 100.0]) == 0.5


def test_the_spread_is_the_quartiles() -> None:
    assert spread([1, 2, 3, 4, 5]) == (2.0, 4.0)
    assert spread([7.0]) == (7.0, 7.0)


def test_no_side_always_follows_the_same_other() -> None:
    order = [side for _, side in turns("abc", rounds=3)]
    assert order == list("abcbcacab")


def test_cells_are_written_as_people_read_them() -> None:
    assert [written(one) for one in (12_345, 1.2345, "8 to 9", True)] == ["12,345", "1.23", "8 to 9", "True"]


def test_a_table_is_markdown_with_its_note_below() -> None:
    table = Table("Weight", ("page", "bytes"), [("story", 6883), ("404", 3091)], "Less is better.")
    assert markdown(table).splitlines() == [
        "### Weight",
        "",
        "| page  | bytes |",
        "|-------|------:|",
        "| story | 6,883 |",
        "| 404   | 3,091 |",
        "",
        "Less is better.",
    ]


def test_first_paint_is_compared_with_and_without_the_servers_time() -> None:
    story = [Sample(server=50, last_byte=540, paint=paint) for paint in (750, 660, 750)]
    bare = [Sample(server=0, last_byte=450, paint=600)] * 3
    assert row("story", story, bare) == ("story", 50, 540, 750, "705 to 750", 1.25, 1.1, 800 / 600)


def test_what_others_use_is_the_share_of_ticks_that_were_not_idle(tmp_path: Path) -> None:
    stat = tmp_path / "stat"
    stat.write_text("cpu  10 0 10 70 10 0 0 0 5 5\ncpu0 1 2 3\n", encoding="ascii")
    before = machine.jiffies(stat)
    assert before == (80, 100)
    assert machine.share_busy(before, (110, 200)) == pytest.approx(0.7)
    assert machine.share_busy(before, before) == 0.0


def test_a_machine_without_proc_is_measured_all_the_same(tmp_path: Path) -> None:
    assert machine.jiffies(tmp_path / "stat") == (0, 0)
    assert machine.processor(tmp_path / "cpuinfo")


def test_an_errors_page_is_not_measured() -> None:
    checked("story", 200)
    checked("404", 404)
    for name, status in (("story", 500), ("404", 200), ("front", 404)):
        with pytest.raises(WrongAnswer, match=f"{name} answered {status}"):
            checked(name, status)


@pytest.mark.material
def test_the_seeds_words_are_all_there() -> None:
    found = text.page_text(SHARED / "seed" / "page.txt")
    assert found.headline.startswith("Al-Shabaab, global peace")
    assert (len(found.paragraphs), len(found.recent), found.left_out) == (18, 20, "")


def test_without_the_seed_words_of_the_edition_stand_in_and_it_is_said(tmp_path: Path) -> None:
    found = text.page_text(tmp_path / "page.txt")
    assert "page.txt" in found.left_out
    assert len(found.recent) == 20
    assert 3_000 < sum(map(len, found.paragraphs)) < 4_000
    assert found.headline not in found.recent


def test_the_bare_text_holds_every_word_once_and_nothing_to_dress_it(tmp_path: Path) -> None:
    found = text.page_text(tmp_path / "page.txt")
    html = bare_html(found)
    assert html.count("<p>") == len(found.paragraphs) + 2
    assert html.count("<li><a ") == 20
    assert not any(sign in html for sign in ("<style", "<link", "<img", "<script", "class="))


def test_a_part_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.asked_for([]) == list(command.PARTS)
    assert command.asked_for(["--only", "paint"]) == ["paint"]
    with pytest.raises(SystemExit):
        command.asked_for(["--only", "speed"])
    assert "invalid choice" in capsys.readouterr().err


def test_what_was_measured_is_kept_with_what_else_used_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "results" / "latest.json"
    quiet, busy = machine.Load(average=0.1, busy=0.0), machine.Load(average=3.0, busy=0.9)
    command.keep(path, {"weight": command.Measured(Part([], {"story": 6883}), quiet, busy, 1.25)}, ["the seed's page"])
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["left_out"] == ["the seed's page"]
    assert kept["machine"]["cores"] >= 1
    assert kept["parts"]["weight"] == {
        "seconds": 1.2,
        "others": {"before": {"average": 0.1, "busy": 0.0}, "after": {"average": 3.0, "busy": 0.9}},
        "story": 6883,
    }
