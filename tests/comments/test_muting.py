"""A reader mutes somebody: for themselves alone, until they end it."""

from typing import Any

import pytest
from django.test import Client

from gazeti.accounts.models import Reader
from gazeti.comments.models import Comment, Mute
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.accounts.people import text_of
from tests.accounts.readers import EMAIL, let_in, post
from tests.comments.discussion import make_comment
from tests.comments.writing import settle
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story()


def mute(client: Client, comment: Comment) -> Any:
    return post(client, f"{comment.story.address}comments/{comment.number}/mute/")


def test_a_reader_mutes_somebody_for_themselves_and_ends_it(client: Client, story: Story) -> None:
    comment = make_comment(story, name="Rashid")
    let_in(client)
    assert mute(client, comment).headers["Location"] == f"{story.address}comments/"
    mute(client, comment)
    found = Mute.objects.get()
    assert (found.reader.email, found.muted) == (EMAIL, comment.reader)
    assert "Rashid" in text_of(client.get("/account/"))
    post(client, "/account/unmute/", {"mute": str(found.pk)})
    assert not Mute.objects.exists()


def test_nobody_mutes_themselves_or_ends_anothers_mute(client: Client, story: Story) -> None:
    let_in(client)
    mute(client, make_comment(story, reader=Reader.objects.get()))
    assert not Mute.objects.exists()
    mute(client, make_comment(story))
    other = Client()
    let_in(other, "other@reader.example")
    post(other, "/account/unmute/", {"mute": str(Mute.objects.get().pk)})
    assert Mute.objects.count() == 1


def test_only_what_readers_are_shown_can_be_muted_and_only_by_who_signed_in(client: Client, story: Story) -> None:
    held, shown = make_comment(story, state=State.HELD), make_comment(story)
    assert mute(client, shown).headers["Location"] == "/account/"
    let_in(client)
    assert mute(client, held).status_code == 404
    assert client.post(f"{story.address}comments/{shown.number}/mute/").status_code == 403
    assert not Mute.objects.exists()


def test_somebody_muted_is_known_by_the_name_readers_see_and_by_no_other(client: Client, story: Story) -> None:
    writer = Reader.objects.create(email="rashid@example.org", name="Rashid Private", known_since=NOW)
    comment = make_comment(story, reader=writer, name="Rashid")
    make_comment(story, reader=writer, name="Rashid Held", state=State.HELD)
    let_in(client)
    mute(client, comment)
    words = text_of(client.get("/account/"))
    assert "Rashid" in words
    assert "Rashid Held" not in words
    assert "Private" not in words


def test_the_page_that_answers_a_comment_offers_it_to_who_has_signed_in(client: Client, story: Story) -> None:
    settle()
    comment = make_comment(story, name="Rashid")
    page = f"{story.address}comments/?to={comment.number}"
    assert "/mute/" not in client.get(page).content.decode()
    let_in(client)
    html = client.get(page).content.decode()
    assert f'action="{story.address}comments/{comment.number}/mute/"' in html
    assert f'href="{story.address}comments/follow/?root={comment.root}"' in html
    settle(is_open=False)
    assert "/mute/" in client.get(page).content.decode()
    mute(client, comment)
    assert comment.text.body not in client.get(f"{story.address}comments/").content.decode()


def test_pages_that_know_who_reads_hide_whom_they_muted_and_offer_the_way_back(client: Client, story: Story) -> None:
    settle()
    comment = make_comment(story, name="Rashid", body="The ferry was never late.")
    answer = make_comment(story, name="Halima", reply_to=comment.number)
    let_in(client)
    mute(client, comment)
    page = client.get(f"{story.address}comments/?to={comment.number}")
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "ferry" not in html
    assert "Rashid" not in html
    assert "somebody whose comments you chose not to read" in text_of(page)
    assert 'href="/account/#mutes"' in html
    assert "<textarea" not in html
    assert "/mute/" not in html
    beside = client.get(f"{story.address}comments/?to={answer.number}").content.decode()
    assert "<textarea" in beside
    assert "ferry" in Client().get(f"{story.address}comments/?to={comment.number}").content.decode()


def test_it_is_told_where_muting_reaches_and_where_it_cannot(client: Client, story: Story) -> None:
    settle()
    comment = make_comment(story, name="Rashid", body="The ferry was never late.")
    let_in(client)
    told = "pages that are the same for everybody still show them: the story, further pages, a comment's own address"
    assert told in text_of(client.get(f"{story.address}comments/?to={comment.number}"))
    mute(client, comment)
    assert told in text_of(client.get("/account/"))
    for address in ("", "comments/?order=newest", f"comments/{comment.number}/"):
        assert "ferry" in client.get(f"{story.address}{address}").content.decode()
