"""Lists have pages, and no page that is not there; the search finds words where they stand."""

import json
from pathlib import Path

import pytest
from django.test import Client

from gazeti.front import rules
from gazeti.stories.actions import author_named
from tests.newsroom import make_section, make_story


@pytest.mark.parametrize(
    ("asked", "total", "number", "pages"),
    [(None, 0, 1, 1), (None, 41, 1, 3), ("1", 41, 1, 3), ("3", 41, 3, 3), ("2", 40, 2, 2)],
)
def test_a_page_is_found_by_its_number(asked, total: int, number: int, pages: int) -> None:
    window = rules.window(asked, total=total, each=20)
    assert (window.number, window.pages) == (number, pages)
    assert window.end - window.start == 20


@pytest.mark.parametrize("asked", ["0", "-1", "4", "x", "", "1.0", "01", "+1", "٣", " 1", "1 ", "9" * 30])
def test_a_page_that_is_not_there_is_refused(asked: str) -> None:
    with pytest.raises(rules.NoSuchPage):
        rules.window(asked, total=41, each=20)


@pytest.mark.parametrize(("lead", "order"), [(3, [3, 7, 9, 8]), (None, [9, 7, 3, 8]), (99, [9, 7, 3, 8])])
def test_the_front_is_arranged(lead: int | None, order: list[int]) -> None:
    assert rules.arranged([7, 3] if lead != 3 else [3, 7], newest=[9, 8, 7], lead=lead, room=4) == order


@pytest.mark.django_db
def test_recent_stories_come_twenty_a_page_each_once(client: Client) -> None:
    section = make_section()
    titles = [make_story(section, headline=f"Numbered story {number:02}").title for number in range(45)]
    seen: list[str] = []
    for page, count in (("", 20), ("?page=2", 20), ("?page=3", 5)):
        html = client.get(f"/recent/{page}").content.decode()
        found = [title for title in titles if f">{title}</a>" in html]
        assert len(found) == count
        seen += found
    assert seen == titles
    assert 'rel="next" href="?page=2"' in client.get("/recent/").content.decode()
    last = client.get("/recent/?page=3").content.decode()
    assert 'rel="prev" href="?page=2"' in last
    assert 'rel="next"' not in last
    assert "Page 3 of 3" in last


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/recent/", "/city-affairs/", "/authors/amina-farah/", "/search/"])
@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "", "1e3", "%00"])
def test_a_bad_page_number_is_not_found(client: Client, path: str, page: str) -> None:
    make_story()
    assert client.get(f"{path}?page={page}").status_code == 404


@pytest.mark.django_db
def test_a_parameter_that_no_list_knows_changes_nothing(client: Client) -> None:
    make_story()
    assert client.get("/recent/?fbclid=1").content == client.get("/recent/").content


@pytest.mark.both_in_soak
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("aqueduct", "headline"),
        ("gravity", "standfirst"),
        ("pumphouse", "body"),
        ("Wanjiku", "author"),
        ("Wirefall", "credit"),
    ],
)
def test_the_search_finds_words_wherever_they_stand(client: Client, run_tasks, words: str, where: str) -> None:
    wanted = make_story(
        headline="The aqueduct is open",
        standfirst="Water flows by gravity.",
        body=[("text", "<p>At the pumphouse a valve turns.</p>")],
        authors=[author_named("Wanjiku Maina")],
        credit="Wirefall",
    )
    make_story(headline="Something else")
    run_tasks()
    html = client.get(f"/search/?q={words}").content.decode()
    assert wanted.address in html, where
    assert "Something else" not in html
    assert "1 story found." in html


@pytest.mark.both_in_soak
@pytest.mark.django_db
def test_the_search_says_when_it_finds_nothing(client: Client, run_tasks) -> None:
    make_story()
    run_tasks()
    html = client.get("/search/?q=zebra").content.decode()
    assert "Nothing was found for “zebra”" in html
    assert 'value="zebra"' in html


@pytest.mark.django_db
def test_the_search_pages_keep_the_words(client: Client, run_tasks) -> None:
    section = make_section()
    for number in range(21):
        make_story(section, headline=f"Rock & roll {number}")
    run_tasks()
    html = client.get("/search/?q=rock+%26+roll").content.decode()
    assert 'href="?q=rock+%26+roll&amp;page=2"' in html
    assert client.get("/search/?q=rock+%26+roll&page=2").content.decode().count("<li>") == 1


@pytest.mark.material
@pytest.mark.both_in_soak
@pytest.mark.django_db
def test_no_naughty_string_breaks_the_search(client: Client, shared: Path) -> None:
    make_story()
    for number, text in enumerate(json.loads((shared / "material/blns/blns.json").read_text(encoding="utf-8"))):
        # Of hundreds of readers: one who searches so often is told to come back later (test_guarded.py).
        answer = client.get("/search/", {"q": text}, headers={"user-agent": f"a phone {number}"})
        assert answer.status_code == 200, text
        assert "<script>" not in answer.content.decode()
