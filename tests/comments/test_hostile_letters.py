"""Hostile strings of others in the letters that comments send, through a real mail server: heads are ours alone."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import Letter
from gazeti.base.models import Newspaper
from gazeti.comments.rules import State
from gazeti.stories.models import Story
from tests.accounts.readers import ask, post
from tests.comments.discussion import make_comment
from tests.comments.letters import KINDS, Letters, faults_in
from tests.comments.moving import moderator_named
from tests.comments.test_formats_in_a_browser import hostile, said_under
from tests.mail_server import Box
from tests.newsroom import make_story

pytestmark = [pytest.mark.material, pytest.mark.django_db]
TOGETHER = 5
"""Comments that one letter to moderators quotes."""
INJECTED = (
    "Bridge\r\nBcc: everybody@evil.example",
    "Bridge\nBcc: everybody@evil.example\n\nAnother letter",
    "Bridge\rBcc: everybody@evil.example",
    "Bridge\x0bBcc: everybody@evil.example",
    "Bridge\u2028Bcc: everybody@evil.example\u2029\x85Bcc: a@evil.example",
    "Bridge\r\n\r\n<script>alert(1)</script>",
    "=?utf-8?q?Bridge=0D=0ABcc=3A_everybody=40evil.example?=",
    "Bridge\r\n.\r\nMAIL FROM:<a@evil.example>\r\nRCPT TO:<b@evil.example>\r\nDATA\r\n",
)
ADDRESSES = (
    "a@example.org\r\nBcc: b@evil.example",
    "a@example.org\nRCPT TO:<b@evil.example>",
    '"a\r\nBcc: b@evil.example"@example.org',
    "a@example.org, b@evil.example",
    "a@example.org;b@evil.example",
    "Amina <a@example.org>",
    "<a@example.org>, <b@evil.example>",
    "a@example.org\x00b@evil.example",
    "a@example.org%0ABcc:b@evil.example",
    "a(b@evil.example)@example.org",
)


@pytest.fixture
def story() -> Story:
    return make_story(published_at=timezone.now())


def storable(texts: list[str]) -> Iterator[str]:
    """As a database keeps them."""
    yield from (text.encode(errors="replace").decode().replace("\x00", "") for text in texts)


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_whatever_is_typed_no_letter_has_a_field_or_a_part_or_a_receiver_that_is_not_ours(
    story: Story, box: Box, run_tasks: Callable[[], None], every: int
) -> None:
    by = moderator_named()
    letters = Letters(make_comment(story), by=by)
    texts = [*INJECTED, *storable(hostile()[::every])]
    held = said_under(story, texts, state=State.HELD, rule="links")
    for number, text in enumerate(texts):
        first = number % (len(held) - TOGETHER)
        letters.write(text, held=held[first : first + TOGETHER])
    run_tasks()
    assert not Letter.objects.exists()
    assert len(box.mails) == KINDS * len(texts)
    assert [(mail["Subject"], faults) for to, mail in box.mails if (faults := faults_in(mail, to))] == []
    receivers = {to for tos, _mail in box.mails for to in tos}
    assert receivers == {"asker@example.org", letters.follow.reader.email, "juma@example.org", by.email}


def test_a_code_is_sent_whatever_the_paper_is_called(box: Box, run_tasks: Callable[[], None]) -> None:
    for number, text in enumerate(INJECTED):
        paper = Newspaper.load()
        paper.name = text[:60]
        paper.save()
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), f"a{number}@example.org")
    run_tasks()
    assert len(box.mails) == len(INJECTED)
    assert [faults for to, mail in box.mails if (faults := faults_in(mail, to))] == []


def test_the_receipt_of_a_notice_names_any_headline_and_goes_to_whoever_gave_it(
    story: Story, box: Box, run_tasks: Callable[[], None]
) -> None:
    comment = make_comment(story)
    texts = [*INJECTED, *storable(hostile()[::12])]
    for number, text in enumerate(texts):
        Story.objects.filter(pk=story.pk).update(title=text[:255])
        notice = {"reason": "illegal", "text": text[:2_000] or "x", "name": text[:60], "in_good_faith": "on"}
        fields = {**notice, "email": f"a{number}@example.org", "key": f"k{number}"}
        client = Client(REMOTE_ADDR=f"192.0.2.{number}", headers={"user-agent": f"phone {number}"})
        answer = post(client, f"{story.address}comments/{comment.number}/report/", fields)
        assert answer.status_code in (303, 422), text
    run_tasks()
    assert len(box.mails) > len(texts) * 0.8
    assert [faults for to, mail in box.mails if (faults := faults_in(mail, to))] == []
    assert len({to for tos, _mail in box.mails for to in tos}) == len(box.mails)


def test_an_address_that_would_be_more_than_one_is_refused_and_nobody_is_written_to(
    story: Story, box: Box, run_tasks: Callable[[], None]
) -> None:
    comment = make_comment(story)
    notice = {"reason": "illegal", "text": "It is.", "name": "Juma", "in_good_faith": "on", "key": "k"}
    for number, address in enumerate([*ADDRESSES, *storable(hostile()[::4])]):
        client = Client(REMOTE_ADDR=f"192.0.2.{number % 250}", headers={"user-agent": f"phone {number}"})
        for path, fields in (
            ("/account/", {}),
            (f"{story.address}comments/follow/", {}),
            (f"{story.address}comments/{comment.number}/report/", notice),
        ):
            answer = post(client, path, {**fields, "email": address})
            assert answer.status_code == 422, (path, address)
    run_tasks()
    assert box.mails == []
