"""Long comments under a story: cut where nothing breaks, with the way to all of it; the page keeps its bytes."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gazeti.comments.formats import comment_html, cut, cut_name
from gazeti.comments.models import CommentText
from gazeti.comments.rules import LONGEST_BODY, LONGEST_NAME
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.front.conftest import seed_story
from tests.front.wire import fetch, weight
from tests.newsroom import NOW, make_story

__all__ = ["seed_story"]
MOST = 14_000
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
RARE = "".join(map(chr, range(0x20000, 0x2A6DF)))
CHINESE = "".join(map(chr, range(0x4E00, 0x9FFF)))
MARKUP = "&<>\"'*a \n"


def drawn(letters: str, number: int) -> str:
    """A text that no other repeats."""
    return "".join(random.choice(letters) for _ in range(number))


def links(number: int) -> str:
    return " ".join(f"https://{drawn(LATIN, 9)}.example/{drawn(LATIN, 9)}" for _ in range(number // 38))


def english(number: int) -> str:
    words = [drawn("etaoinshrdlu", random.randint(1, 9)) for _ in range(number // 4)]
    return " ".join(words)[:number]


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("Short.", 10, "Short."),
        ("The bridge is closed", 12, "The bridge…"),
        ("The bridge is closed", 10, "The bridge…"),
        ("See https://example.org/a/long/way today", 20, "See…"),
        ("https://example.org/a/long/way", 20, "…"),
        ("See https://example.org/a now, please", 28, "See https://example.org/a…"),
        ("It *is not only late* today", 14, "It *is not…*"),
        ("It *is* not only *late*", 13, "It *is* not…"),
        ("> Late, they said\nIndeed", 12, "> Late, they…"),
        ("He said:\n> Late again", 11, "He said:…"),
        ("Bridge\n\nClosed today", 9, "Bridge…"),
        ("x" * 30, 10, "x" * 10 + "…"),
        ("x" * 9 + "e\u0302" + "x" * 9, 10, "x" * 9 + "…"),
        ("x" * 9 + "\U0001f469\u200d\U0001f33e" + "x" * 9, 11, "x" * 9 + "…"),
        ("x" * 9 + "\U0001f44d\U0001f3ff" + "x" * 9, 10, "x" * 9 + "…"),
        ("\u0302" * 30, 10, "…"),
    ],
)
def test_a_comment_is_cut_between_words_and_never_inside_a_link_a_sign_or_emphasis(text, most, left) -> None:
    assert cut(text, most=most) == left


def test_wherever_it_is_cut_its_html_is_whole_and_its_links_are_those_it_had() -> None:
    text = (
        "A *word or two* of https://example.org/x?a=(b)&c, and\n> quoted *for once*\n> > https://example.com/y\n\nEnd."
    )
    hrefs = {one["href"] for one in BeautifulSoup(comment_html(text), "html.parser").select("a")}
    for most in range(len(text)):
        html = comment_html(cut(text, most=most))
        found = BeautifulSoup(html, "html.parser")
        assert str(found).count("<") == html.count("<"), most
        assert {one["href"] for one in found.select("a")} <= hrefs, most
        assert "*" not in found.get_text(), most


def test_a_long_name_ends_with_a_sign() -> None:
    assert cut_name("Halima Noor", most=11) == "Halima Noor"
    assert cut_name("Halima Noor", most=7) == "Halima…"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda number: drawn(RARE, number),
        lambda number: drawn(CHINESE, number),
        lambda number: drawn(LATIN, number),
        lambda number: drawn(MARKUP, number - 1) + "a",
        lambda number: drawn(LATIN + RARE + MARKUP, number - 1) + "a",
        links,
        english,
    ],
    ids=["rare", "chinese", "latin", "markup", "mixed", "links", "english"],
)
def test_the_seed_with_twenty_of_the_longest_keeps_its_promise(
    client: Client, seed_story: Story, write: Callable[[int], str]
) -> None:
    random.seed(7)
    for number in range(1, 41):
        above = number - 20 if number > 20 else None
        made = make_comment(seed_story, reply_to=above, badge="reporter", now=NOW + timedelta(hours=7 * number))
        name = write(LONGEST_NAME) if write is not links else drawn(LATIN, LONGEST_NAME)
        CommentText.objects.filter(comment=made).update(body=write(LONGEST_BODY), name=name.strip())
    answer = fetch(client, seed_story.address)
    assert weight(answer) <= MOST
    page = BeautifulSoup(client.get(seed_story.address).content, "html.parser")
    articles = page.select("#comments article")
    assert len(articles) == 20
    for one in articles:
        assert one.find("a", string="Read all of it")["href"] == f"{seed_story.address}comments/{one['id'][1:]}/"
        assert len(one.select_one("[itemprop=text]").get_text()) >= 20


@pytest.mark.django_db
def test_a_long_comment_is_cut_under_the_story_and_whole_everywhere_else(client: Client) -> None:
    story = make_story()
    body = " ".join(f"word{number}" for number in range(500))
    make_comment(story, body=body)
    make_comment(story, body="A short one.")
    html = client.get(story.address).content.decode()
    assert "word100 " in html
    assert "word300" not in html
    assert html.count("Read all of it") == 1
    assert f'<a href="{story.address}comments/1/">Read all of it</a>' in html
    for address in ("comments/", "comments/1/", "comments/?order=oldest", "comments/?to=1"):
        html = client.get(f"{story.address}{address}").content.decode()
        assert "word499" in html
        assert "Read all of it" not in html
