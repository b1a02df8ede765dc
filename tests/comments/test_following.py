"""Following a discussion by email: confirmed by a mail, each comment told once, one click to stop."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gazeti.accounts.models import Letter, Reader
from gazeti.comments.actions import decide
from gazeti.comments.actions.following import follow_discussion, mute_writer
from gazeti.comments.models import Appearance, Follow
from gazeti.comments.rules import Kind, State
from gazeti.log import clock, followers
from gazeti.stories.actions import withdraw_story
from gazeti.stories.models import Story
from tests.accounts.people import text_of
from tests.accounts.readers import EMAIL, OURS, let_in, make_reader, post
from tests.comments.discussion import make_comment
from tests.mail_server import Box
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Tell = Callable[..., None]


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def tell(run_tasks: Callable[[], None]) -> Tell:
    """Return how to let the log's follower, the clock and the mail's task do their work, so much later than now."""
    follower = followers.FOLLOWERS["followed discussions"]
    followers.advance(follower, now=NOW)

    def work(later: timedelta = timedelta(seconds=1)) -> None:
        now = timezone.now() + later
        while followers.advance(follower, now=now):
            pass
        clock.tick(now=now)
        run_tasks()

    return work


def links(mail: Any, kind: str) -> list[str]:
    return re.findall(rf"http://localhost:8000(/comments/{kind}/\S+)", mail.get_content())


def address(story: Story) -> str:
    return f"{story.address}comments/follow/"


def begin(box: Box, run_tasks: Callable[[], None], story: Story, email: str = EMAIL, **more: str) -> None:
    """Ask, read the mail and answer it."""
    assert post(Client(), address(story), {"email": email, **more}).status_code == 303
    run_tasks()
    to, mail = box.mails.pop()
    assert to == [email]
    [link] = links(mail, "follow")
    assert Client().post(link).status_code == 200


def shown_in(mail: Any) -> list[int]:
    return [int(number) for number in re.findall(r"/comments/(\d+)/", mail.get_content())]


def test_nobody_is_written_to_who_has_not_confirmed_it_and_nothing_is_kept_of_them(
    story: Story, box: Box, tell: Tell, client: Client
) -> None:
    asked = post(client, address(story), {"email": "Hodan@Reader.example"})
    assert asked.headers["Location"] == f"{address(story)}?asked=1"
    assert "Look into your mail" in text_of(client.get(asked.headers["Location"]))
    tell()
    [(to, mail)] = box.mails
    [link] = links(mail, "follow")
    assert to == [EMAIL]
    looked = client.get(link)
    assert (looked["Cache-Control"], looked["Referrer-Policy"]) == ("no-store", "same-origin")
    make_comment(story)
    tell()
    assert len(box.mails) == 1
    assert not Follow.objects.exists()
    assert not Reader.objects.filter(email=EMAIL).exists()


def test_whoever_answers_the_mail_is_told_of_each_comment_once(story: Story, box: Box, tell: Tell, run_tasks) -> None:
    before = make_comment(story)
    begin(box, run_tasks, story)
    comment = make_comment(story)
    make_comment(story, state=State.HELD)
    tell()
    tell(60 * MINUTE)
    [(to, mail)] = box.mails
    assert (to, mail["To"]) == ([EMAIL], EMAIL)
    assert mail["Subject"] == f"A new comment: {story.title}"
    assert shown_in(mail) == [comment.number] != [before.number]
    assert comment.text.body not in mail.get_content()


def test_several_in_a_short_time_are_one_mail_and_the_next_comes_ten_minutes_later(
    story: Story, box: Box, tell: Tell, run_tasks
) -> None:
    begin(box, run_tasks, story)
    first = [make_comment(story).number for _ in range(3)]
    tell()
    second = [make_comment(story).number for _ in range(25)]
    tell(9 * MINUTE)
    assert [shown_in(mail) for _to, mail in box.mails] == [first]
    tell(11 * MINUTE)
    _to, mail = box.mails[-1]
    assert (mail["Subject"], shown_in(mail)) == (f"25 new comments: {story.title}", second[:20])
    assert "and 5 more" in mail.get_content()
    tell(30 * MINUTE)
    assert len(box.mails) == 2


def test_what_is_published_later_is_told_then_and_what_is_shown_again_is_not(
    story: Story, box: Box, tell: Tell, run_tasks
) -> None:
    begin(box, run_tasks, story)
    held = make_comment(story, state=State.HELD)
    make_comment(story)
    tell()
    decide(held, to=State.PUBLISHED, kind=Kind.APPROVED, now=timezone.now())
    tell(11 * MINUTE)
    assert shown_in(box.mails[-1][1]) == [held.number]
    for state, kind in ((State.REJECTED, Kind.REJECTED), (State.PUBLISHED, Kind.UNDONE)):
        decide(held, to=state, kind=kind, now=timezone.now())
    tell(30 * MINUTE)
    assert len(box.mails) == 2


def test_what_was_taken_back_before_the_mail_is_not_told(story: Story, box: Box, tell: Tell, run_tasks) -> None:
    begin(box, run_tasks, story)
    comment = make_comment(story)
    decide(comment, to=State.REJECTED, kind=Kind.REJECTED, now=timezone.now())
    tell()
    assert not box.mails


def test_nobody_is_told_of_their_own_comment_nor_of_whom_they_mute(story: Story, tell: Tell, box: Box) -> None:
    reader = make_reader()
    follow_discussion(reader, story=story.pk, now=timezone.now())
    make_comment(story, reader=reader)
    make_comment(story, email=EMAIL)
    muted = make_comment(story)
    mute_writer(reader, comment=muted, now=NOW)
    tell()
    assert not box.mails
    other = make_comment(story)
    tell(11 * MINUTE)
    assert [shown_in(mail) for _to, mail in box.mails] == [[other.number]]


def test_who_follows_a_thread_is_told_of_that_thread(story: Story, box: Box, tell: Tell, run_tasks) -> None:
    root, other = make_comment(story), make_comment(story)
    begin(box, run_tasks, story, root=str(root.number))
    make_comment(story, reply_to=other.number)
    answer = make_comment(story, reply_to=root.number)
    tell()
    [(_to, mail)] = box.mails
    assert shown_in(mail) == [answer.number]


def test_of_a_story_that_was_taken_back_nothing_is_told(story: Story, box: Box, tell: Tell, run_tasks) -> None:
    begin(box, run_tasks, story)
    make_comment(story)
    withdraw_story(story, now=timezone.now())
    tell()
    assert not box.mails


def test_one_click_ends_it_from_the_mail_program_too(story: Story, box: Box, tell: Tell, run_tasks) -> None:
    begin(box, run_tasks, story)
    make_comment(story)
    tell()
    _to, mail = box.mails.pop()
    [link] = links(mail, "stop")
    assert mail["List-Unsubscribe"].strip() == f"<http://localhost:8000{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().get(link).status_code == 200
    assert Follow.objects.exists()
    # RFC 8058, 3.1: a POST without cookies, from a server of the mailbox's provider or from a page of its.
    one_click = {"data": {"List-Unsubscribe": "One-Click"}, "headers": {"origin": "https://mail.example"}}
    assert Client(enforce_csrf_checks=True).post(link, **one_click).status_code == 200
    assert not Follow.objects.exists()
    assert not Reader.objects.filter(email=EMAIL).exists()
    assert Client().post(link).status_code == 200
    make_comment(story)
    tell(60 * MINUTE)
    assert not box.mails


@pytest.mark.parametrize("kind", ["follow", "stop"])
def test_a_link_that_nobody_sent_or_of_another_kind_changes_nothing(
    story: Story, box: Box, run_tasks, tell: Tell, kind: str
) -> None:
    begin(box, run_tasks, story)
    make_comment(story)
    tell()
    [link] = links(box.mails.pop()[1], "stop")
    token = link.split("/")[-2]
    wrong = token[:-4] + "AAAA" if kind == "stop" else token
    assert Client().post(f"/comments/{kind}/{wrong}/").status_code == 410
    assert Follow.objects.count() == 1


def test_who_has_signed_in_follows_at_once_and_ends_it_on_their_page(client: Client, story: Story) -> None:
    let_in(client)
    assert post(client, address(story)).headers["Location"] == address(story)
    assert "You follow this discussion" in text_of(client.get(address(story)))
    post(client, address(story))
    follow = Follow.objects.get()
    assert (follow.reader.email, follow.root) == (EMAIL, 0)
    assert story.title in client.get("/account/").content.decode()
    other = Client()
    let_in(other, "other@reader.example")
    post(other, "/account/unfollow/", {"follow": str(follow.pk)})
    assert Follow.objects.exists()
    post(client, "/account/unfollow/", {"follow": str(follow.pk)})
    assert not Follow.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_no_other_site_makes_anybody_follow(client: Client, story: Story, headers: dict[str, str]) -> None:
    let_in(client)
    assert client.post(address(story), headers=headers).status_code == 403
    assert not Follow.objects.exists()


def test_who_does_not_say_where_it_comes_from_is_nobody_who_signed_in(client: Client, story: Story) -> None:
    let_in(client)
    assert client.post(address(story)).status_code == 422
    assert not Follow.objects.exists()


def test_who_confirms_the_address_they_sign_in_with_sees_it_on_their_page(
    client: Client, story: Story, box: Box, run_tasks
) -> None:
    make_reader()
    begin(box, run_tasks, story)
    assert Follow.objects.get().reader.is_proven


def test_an_address_is_sent_ten_such_mails_an_hour(client: Client, story: Story) -> None:
    for number in range(10):
        visitor = {"REMOTE_ADDR": f"192.0.2.{number}"}
        assert client.post(address(story), {"email": EMAIL}, headers=OURS, **visitor).status_code == 303
    assert post(client, address(story), {"email": EMAIL}).status_code == 429
    assert Letter.objects.count() == 10


def test_what_is_no_address_or_no_thread_is_said_or_left_out(client: Client, story: Story) -> None:
    assert post(client, address(story), {"email": "nobody"}).status_code == 422
    comment = make_comment(story)
    reply = make_comment(story, reply_to=comment.number)
    for root in ("x", "9" * 30, str(reply.number), "99"):
        assert 'name="root"' not in client.get(address(story), {"root": root}).content.decode()
    assert (
        f'name="root" value="{comment.number}"' in client.get(address(story), {"root": comment.number}).content.decode()
    )


def test_many_who_follow_cost_what_one_does(
    story: Story, tell: Tell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        follow_discussion(make_reader(f"r{number}@reader.example"), story=story.pk, now=NOW)
    for _ in range(20):
        make_comment(story)
    with django_assert_max_num_queries(14):
        followers.advance(followers.FOLLOWERS["followed discussions"], now=timezone.now())
    assert Follow.objects.exclude(due_at=None).count() == 30


def test_what_appeared_is_forgotten_after_a_month(story: Story, tell: Tell) -> None:
    follow_discussion(make_reader(), story=story.pk, now=NOW)
    make_comment(story)
    tell()
    tell(timedelta(days=29))
    assert Appearance.objects.exists()
    tell(timedelta(days=31))
    assert not Appearance.objects.exists()
