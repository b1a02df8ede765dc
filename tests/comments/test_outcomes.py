"""What became of a notice of illegal content is told as it is, once it is decided; its words stay until then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Letter, User
from gazeti.comments.actions import decide
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Comment, CommentText
from gazeti.comments.queries.alarms import answers_due
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.queries.receipts import receipt_address_of
from gazeti.comments.rules import Kind, State
from gazeti.comments.tasks.alarms import tell_outcome
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moderators import report, seen
from tests.comments.writing import OURS, settle
from tests.newsroom import NOW, make_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def decided(comment: Comment, kind: Kind, **why: str) -> None:
    comment.refresh_from_db()
    by = User.objects.filter(groups__name="Moderators").first() or person("Moderators")
    decide_comment(comment, kind=kind, now=NOW, seen=int(seen(comment)), by=by, **why)


@pytest.mark.parametrize(
    ("then", "reason", "told"),
    [(Kind.APPROVED, "", "it stays"), (Kind.REJECTED, "illegal", "taken away")],
    ids=["let out", "refused"],
)
def test_what_was_kept_while_it_waited_is_told_of_once_it_is_decided(
    client: Client, then: Kind, reason: str, told: str
) -> None:
    comment = make_comment(make_story())
    notice = report(comment, reason="illegal", email="musa@example.org")
    decide(comment, to=State.HELD, kind=Kind.EDITED, now=NOW, seen=1, rule="links")
    decided(comment, Kind.KEPT)
    notice.refresh_from_db()
    assert notice.closed_at
    assert answers_due(now=LATER) == []
    address = receipt_address_of(notice, now=timezone.now())
    assert "Their decision will stand here." in client.get(address).content.decode()
    decided(comment, then, reason=reason)
    assert [one.about for one in answers_due(now=LATER)] == [notice.pk]
    notice.refresh_from_db()
    tell_outcome(notice, now=LATER)
    mail = Letter.objects.get(to="musa@example.org").body
    assert [words for words in ("it stays", "taken away") if words in mail] == [told]
    receipt = client.get(address).content.decode()
    assert ("was taken away" in receipt) is (then is Kind.REJECTED)
    assert ("left it: it stays" in receipt) is (then is Kind.APPROVED)


def rewrite(client: Client, comment: Comment, story: Story) -> int:
    """Send other words in the place of a comment's; the status."""
    address = private_address_of(comment, story=story, now=timezone.now())
    said = {"edit": "", "seen": seen(comment), "body": "Nothing of the kind."}
    return client.post(address, said, headers=OURS).status_code


def test_what_was_reported_or_picked_its_writer_changes_no_more_until_somebody_has_looked(client: Client) -> None:
    settle()
    story = make_story(published_at=timezone.now())
    comment = make_comment(story, body="Rude words.", now=timezone.now())
    report(comment)
    page = client.get(private_address_of(comment, story=story, now=timezone.now())).content.decode()
    assert ("Save the change" in page, "Delete my comment" in page) == (False, True)
    assert rewrite(client, comment, story) == 409
    assert CommentText.objects.get(comment=comment).body == "Rude words."
    decided(comment, Kind.KEPT)
    assert rewrite(client, comment, story) == 303
    decided(comment, Kind.PICKED)
    assert rewrite(client, comment, story) == 409
    decided(comment, Kind.UNPICKED)
    assert rewrite(client, comment, story) == 303
