"""A reader's own page leaves out whom they muted; a discussion is found where its story went."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Reader, User
from gazeti.comments.models import Mute
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_section, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story(published_at=timezone.now() - timedelta(hours=1))


def page(client: Client, story: Story, address: str = "") -> str:
    answer = client.get(f"{story.address}{address}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def signed_in(client: Client, email: str = "hodan@reader.example") -> Reader:
    user = User.objects.create_user(email)
    client.force_login(user)
    return Reader.objects.create(user=user, email=email, name="Hodan", known_since=NOW)


def test_whom_a_reader_muted_is_told_of_by_one_sentence_on_their_own_page_alone(client: Client, story: Story) -> None:
    loud = make_comment(story, name="Musa", body="Loud words.")
    make_comment(story, name="Halima", reply_to=1)
    reader = signed_in(client)
    Mute.objects.create(reader=reader, muted=loud.reader, since=NOW)
    html = page(client, story, "comments/")
    assert "Here stands a comment of somebody whose comments you chose not to read." in html
    assert "Loud words." not in html
    assert "Halima" in html
    for address in ("", "comments/?order=newest", "comments/1/"):
        assert "Loud words." in page(client, story, address)
    assert "Loud words." in page(Client(), story, "comments/")
    answering = page(client, story, "comments/?to=1")
    assert ("Loud words." in answering, "/account/#mutes" in answering) == (False, True)
    assert "mute/" not in page(Client(), story, "comments/?to=1")


def test_nor_does_their_name_stand_above_what_others_answer_them(client: Client, story: Story) -> None:
    loud = make_comment(story, name="Musa")
    make_comment(story, name="Halima", reply_to=1)
    make_comment(story, name="Hodan", reply_to=2)
    addresses = ("comments/", "comments/?to=2")
    assert ["Musa" in page(client, story, address) for address in addresses] == [True, True]
    Mute.objects.create(reader=signed_in(client), muted=loud.reader, since=NOW)
    for address in addresses:
        html = page(client, story, address)
        assert ("Musa" in html, "Halima" in html) == (False, True)


def moved(story: Story) -> Story:
    story.move(make_section(title="Health"), pos="last-child")
    return Story.objects.get(pk=story.pk)


@pytest.mark.parametrize("query", ["", "?order=oldest", "?to=1", "1/", "1/report/"])
def test_a_discussion_moves_with_its_story(client: Client, story: Story, query: str) -> None:
    make_comment(story)
    old, story = story.address, moved(story)
    assert story.address != old
    answer = client.get(f"{old}comments/{query}")
    assert (answer.status_code, answer["Location"]) == (301, f"{story.address}comments/{query}")
    assert client.get(answer["Location"]).status_code == 200


def test_what_is_sent_to_where_a_story_was_is_sent_on(client: Client, story: Story) -> None:
    old, story = story.address, moved(story)
    answer = client.post(f"{old}comments/", {"body": "x"}, headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer["Location"]) == (307, f"{story.address}comments/")
    assert answer["Cache-Control"] == "no-store"
