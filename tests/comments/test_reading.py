"""What readers see of a discussion: under the story, at its own address, and one comment in its thread."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.comments.actions import decide
from gazeti.comments.models import Comment, CommentPolicy, Discussion
from gazeti.comments.queries.threads import MOST_PICKS
from gazeti.comments.rules import Kind, Mode, State
from gazeti.stories.actions import withdraw_story
from gazeti.stories.models import Story
from tests.comments import crowd
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_draft, make_story

pytestmark = pytest.mark.django_db
ARTICLE = re.compile(r'<article class="comment[^"]*" id="c(\d+)"')


@pytest.fixture
def story() -> Story:
    """A story of today, whose discussion is open."""
    return make_story(published_at=timezone.now() - timedelta(hours=1))


def page(client: Client, story: Story, address: str = "", *, status: int = 200) -> str:
    answer = client.get(f"{story.address}{address}")
    assert answer.status_code == status
    return str(answer.content.decode())


def numbers(html: str) -> list[int]:
    return [int(number) for number in ARTICLE.findall(html)]


def links(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', html)]


def test_a_story_without_comments_invites_to_the_first_and_counts_nothing(client: Client, story: Story) -> None:
    html = page(client, story)
    assert "Be the first to comment" in html
    assert 'href="#comments"' not in html
    assert "Read all" not in html


def test_a_story_without_comments_that_takes_none_is_as_it_was(client: Client, story: Story) -> None:
    Discussion.objects.create(story=story, mode=Mode.CLOSED)
    html = page(client, story)
    assert "omments" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_under_a_story_stand_the_newest_twenty_and_the_way_to_all(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(8))
    html = page(client, story)
    assert numbers(html) == [n for root in (29, 25, 21, 17, 13) for n in range(root, root + 4)]
    assert '<a href="#comments">32 comments</a>' in html
    assert "Read all 32 comments" in html
    assert {f"{story.address}comments/#say", f"{story.address}comments/?order=newest"} <= set(links(html))


def test_picks_come_first_each_comment_stands_once_and_twenty_in_all(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(8))
    Comment.objects.filter(number__in=[3, 30, 5, 6]).update(is_pick=True)
    found = numbers(page(client, story))
    assert found[:3] == [30, 6, 5]
    assert len(found) == len(set(found)) == 20
    assert MOST_PICKS == 3


def test_a_pick_that_was_taken_back_is_pinned_no_more(client: Client, story: Story) -> None:
    made = [make_comment(story, body=f"Body {number}") for number in (1, 2)]
    make_comment(story, reply_to=1)
    Comment.objects.filter(pk=made[0].pk).update(is_pick=True)
    decide(made[0], to=State.REJECTED, kind=Kind.REJECTED, now=NOW)
    html = page(client, story)
    assert numbers(html) == [1, 3, 2]
    assert "pick" not in html


def test_a_comment_tells_who_when_to_whom_and_what_to_do(client: Client, story: Story) -> None:
    make_comment(story, name="Halima", now=NOW)
    make_comment(
        story, name="Grace", reply_to=1, badge="reporter", body="*We* asked:\n\nhttps://example.org/a", now=NOW
    )
    html = page(client, story)
    reply = html[html.index('id="c2"') :]
    base = f"{story.address}comments/"
    assert '<bdi itemprop="author">Grace</bdi> <span class="badge">Reporter</span>' in reply
    assert 'datetime="2024-07-04T09:12+03:00">4 July 2024, 9:12 am</time>' in reply
    assert 'in reply to <a href="#c1"><bdi>Halima</bdi></a>' in reply
    assert "<em>We</em>" in reply
    assert 'rel="ugc nofollow"' in reply
    assert {f"{base}2/", f"{base}?to=2#say", f"{base}2/report/"} <= set(links(reply))
    assert f'<form class="act" method="post" action="{base}2/respect/">' in reply


def test_what_a_reader_writes_is_never_markup(client: Client, story: Story) -> None:
    nasty = '<img src=x onerror=alert(1)> </p></article><script>alert(1)</script> "quoted" & {{ 7 }}'
    make_comment(story, name="<b>Musa</b>", body=nasty)
    make_comment(story, reply_to=1)
    for address in ("", "comments/", "comments/?to=1", "comments/2/", "comments/?order=oldest"):
        html = page(client, story, address)
        assert "<img src=x" not in html
        assert "<script>" not in html
        assert "<b>Musa" not in html


def test_a_comment_in_another_language_says_so(client: Client, story: Story) -> None:
    make_comment(story, body="Habari za asubuhi.", language="sw")
    make_comment(story, body="Good morning.", language="en")
    html = page(client, story)
    assert 'lang="sw"><p>Habari za asubuhi.</p></div>' in html
    assert html.count("lang=") == 2  # and that of the page


def test_of_a_comment_that_is_gone_one_sentence_stands_where_others_answer_it(client: Client, story: Story) -> None:
    first, second = make_comment(story, name="Musa", body="Unfair words."), make_comment(story, reply_to=1)
    decide(first, to=State.DELETED, kind=Kind.DELETED, now=NOW)
    for address in ("", "comments/", "comments/?order=oldest", "comments/2/"):
        html = page(client, story, address)
        assert "A comment stood here; it is gone." in html
        assert "Musa" not in html
        assert "Unfair" not in html
    assert numbers(page(client, story, "comments/1/", status=410)) == [1, 2]
    decide(second, to=State.DELETED, kind=Kind.DELETED, now=NOW)
    assert numbers(page(client, story)) == []
    page(client, story, "comments/1/", status=404)


def test_pages_follow_each_other_by_their_links_and_show_each_comment_once(client: Client, story: Story) -> None:
    crowd.said_under(story, [*crowd.threads(20), *[(81, 0, None)], *[(81, 82, 81)] * 60])
    for order in ("newest", "oldest", "respected"):
        seen: list[int] = []
        address = f"{story.address}comments/?order={order}"
        while address:
            html = client.get(address).content.decode()
            seen += numbers(html)
            further = re.search(r'<a rel="next" href="([^"]+)"', html)
            address = unescape(further.group(1)) if further else ""
        assert sorted(seen) == list(range(1, 142)), order


def test_the_page_without_a_query_has_the_form_and_is_nobodys_and_the_others_have_none(
    client: Client, story: Story
) -> None:
    crowd.said_under(story, crowd.threads(20))
    own = client.get(f"{story.address}comments/")
    assert own["Cache-Control"] == "no-store"
    assert 'id="say"' in own.content.decode()
    further = unescape(re.search(r'<a rel="next" href="([^"]+)"', own.content.decode()).group(1))
    for address in (further, f"{story.address}comments/?order=oldest", f"{story.address}comments/9/", story.address):
        answers = [Client().get(address) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert answers[0]["Cache-Control"] == "public, no-cache"
        html = answers[0].content.decode()
        assert "<textarea" not in html
        assert 'name="key"' not in html
        assert f"{story.address}comments/#say" in links(html)


def test_who_answers_sees_whom_with_the_form_for_it(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(20))
    answer = client.get(f"{story.address}comments/?to=7")
    html = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert numbers(html) == [7]
    assert '<input type="hidden" name="reply_to" value="7">' in html


@pytest.mark.parametrize("number", ["99", "0", "x", "-1", "1e9", "٣", "9" * 40, ""])
def test_nobody_answers_what_is_not_there(client: Client, story: Story, number: str) -> None:
    make_comment(story)
    page(client, story, f"comments/?to={number}", status=404)


@pytest.mark.parametrize(
    "query", ["after=", "after=1-0-1-0-000000000000", "order=", "order=best", "after=%00", "after=x"]
)
def test_a_part_that_is_none_is_not_found(client: Client, story: Story, query: str) -> None:
    crowd.said_under(story, crowd.threads(20))
    page(client, story, f"comments/?{query}", status=404)


def test_a_comment_has_an_address_of_its_own_that_says_so(client: Client, story: Story) -> None:
    crowd.said_under(story, crowd.threads(20))
    html = page(client, story, "comments/7/")
    assert f'<link rel="canonical" href="{story.full_address}comments/7/">' in html
    assert numbers(html) == [5, 6, 7, 8]
    assert html.count('aria-current="true"') == 1
    assert "Reader 7 on “" in html


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED, State.SPAM])
def test_what_is_not_published_is_shown_nowhere(client: Client, story: Story, state: State) -> None:
    make_comment(story)
    make_comment(story, state=state, name="Hidden", body="Hidden words.", reply_to=1)
    for address in ("", "comments/", "comments/?order=oldest", "comments/1/", "comments/?to=1"):
        assert "Hidden" not in page(client, story, address)
    page(client, story, "comments/2/", status=404)
    page(client, story, "comments/?to=2", status=404)


@pytest.mark.parametrize("address", ["comments/", "comments/?order=oldest", "comments/1/", "comments/?to=1"])
def test_below_a_story_the_gate_decides_as_at_the_story(client: Client, story: Story, address: str) -> None:
    make_comment(story)
    page(client, story, address)
    withdraw_story(story, now=NOW)
    page(client, story, address, status=410)
    page(client, make_draft(), address, status=404)
    assert client.get(f"/city-affairs/nothing/{address}").status_code == 404
    assert client.get(f"/authors/amina-farah/{address}").status_code == 404


@pytest.mark.parametrize(
    ("close", "words"),
    [
        (lambda story: Discussion.objects.filter(story=story).update(mode=Mode.CLOSED), "Comments are closed here."),
        (
            lambda story: CommentPolicy.objects.update_or_create(defaults={"is_open": False}),
            "Comments are closed here.",
        ),
        (lambda story: Story.objects.filter(pk=story.pk).update(published_at=NOW), "This discussion has closed."),
    ],
)
def test_a_closed_discussion_says_so_and_can_still_be_read(client: Client, story: Story, close, words: str) -> None:
    make_comment(story)
    close(story)
    html = page(client, story)
    assert words in html
    assert numbers(html) == [1]
    for address in ("", "comments/", "comments/?order=oldest", "comments/?to=1", "comments/1/"):
        html = page(client, story, address)
        assert numbers(html) == [1]
        assert "<textarea" not in html
        assert "Reply</a>" not in html
        assert "Join the discussion" not in html
        assert "losed" in html


def test_only_reading_and_writing_is_done_there(client: Client, story: Story) -> None:
    make_comment(story)
    assert client.put(f"{story.address}comments/").status_code == 405
    assert client.delete(f"{story.address}comments/1/").status_code == 405
    assert client.post(f"{story.address}comments/1/").status_code == 405
    assert client.head(f"{story.address}comments/").status_code == 200


def test_a_preview_shows_no_comments(story: Story) -> None:
    from django.test import RequestFactory

    make_comment(story)
    draft = Story.objects.get(pk=story.pk)
    assert "Halima" not in draft.serve_preview(RequestFactory().get("/"), "").content.decode()


def test_machines_are_told_whose_comments_these_are_and_how_many(client: Client, story: Story) -> None:
    gone = make_comment(story, name="Musa")
    make_comment(story, name="Halima", reply_to=1, now=NOW)
    decide(gone, to=State.REJECTED, kind=Kind.REJECTED, now=NOW)
    for address in ("", "comments/", "comments/2/"):
        html = page(client, story, address)
        assert f'<link itemprop="url" href="{story.full_address}">' in html
        assert '<meta itemprop="commentCount" content="1">' in html
        assert html.count('itemtype="https://schema.org/NewsArticle"') == 1
        assert html.count('itemtype="https://schema.org/Comment"') == 1
