"""Of what readers are shown no more nothing is told: neither who wrote it, nor what its story was called."""

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Letter, Reader, User
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Follow
from gazeti.comments.queries.receipts import receipt_address_of
from gazeti.comments.rules import Kind
from gazeti.comments.tasks.alarms import tell_outcome
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import report, seen
from tests.comments.writing import send, settle, whole
from tests.newsroom import NOW, make_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
HEADLINE = "What the minister hid"


@pytest.mark.parametrize("kind", [Kind.REJECTED, Kind.SPAM])
def test_a_form_that_is_sent_back_names_nobody_whose_comment_is_gone(client: Client, kind: Kind) -> None:
    settle()
    story = make_story(published_at=timezone.now())
    comment = make_comment(story, name="Zawadi Ochieng")
    make_comment(story, reply_to=comment.number)
    fields = whole(story, body="", reply_to="1")
    assert "Zawadi Ochieng" in send(client, story, fields=fields).content.decode()
    by = person("Moderators")
    decide_comment(comment, kind=kind, now=NOW, seen=int(seen(comment)), by=by, reason="abuse")
    assert "Zawadi Ochieng" not in send(client, story, fields=fields).content.decode()


def taken_back(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(live=False, withdrawn_at=timezone.now(), withdrawn_note="Wrong.")


def test_a_readers_own_page_tells_nothing_of_a_story_that_was_taken_back(client: Client) -> None:
    settle()
    story, other = make_story(title=HEADLINE), make_story(title="The bridge")
    user = User.objects.create_user("halima@example.org")
    reader = Reader.objects.create(user=user, email="halima@example.org", name="Halima", known_since=NOW)
    for one in (story, other):
        make_comment(one, reader=reader, body=f"Mine under {one.pk}.")
        Follow.objects.create(reader=reader, story=one, root=0, since=NOW)
    client.force_login(user)
    addresses = ("/account/", "/account/comments/")
    assert [HEADLINE in client.get(address).content.decode() for address in addresses] == [True, True]
    taken_back(story)
    for address in addresses:
        html = client.get(address).content.decode()
        assert (HEADLINE in html, f'"{story.address}comments/1/' in html) == (False, False)
        assert f"Mine under {story.pk}." in html
        assert ("The bridge" in html, f'"{other.address}comments/1/' in html) == (True, True)
        assert "no longer shown" in html


def test_nor_does_the_receipt_of_a_report_or_the_mail_about_it(client: Client) -> None:
    story = make_story(title=HEADLINE)
    comment = make_comment(story)
    notice = report(comment, reason="illegal", email="musa@example.org")
    address = receipt_address_of(notice, now=timezone.now())
    assert HEADLINE in client.get(address).content.decode()
    decide_comment(comment, kind=Kind.REJECTED, now=NOW, seen=int(seen(comment)), by=None, reason="illegal")
    taken_back(story)
    html = client.get(address).content.decode()
    assert (HEADLINE in html, f'"{story.address}"' in html, "taken away" in html) == (False, False, True)
    notice.refresh_from_db()
    tell_outcome(notice, now=NOW)
    assert HEADLINE not in Letter.objects.get(to="musa@example.org").body
