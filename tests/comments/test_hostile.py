"""What a hostile reader tries with forms, reports and private addresses, and by being forgotten."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from gazeti.accounts.actions import claimed_reader, keep_letter
from gazeti.accounts.models import Letter, Reader
from gazeti.comments.actions import decide
from gazeti.comments.actions.delete import delete_comment
from gazeti.comments.actions.erase import erase_reader
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Discussion, Report
from gazeti.comments.queries.alarms import Backlog
from gazeti.comments.queries.mine import private_address_of
from gazeti.comments.rules import Kind, State
from gazeti.comments.tasks.alarms import tell_moderators
from gazeti.comments.views import posting
from gazeti.stories.models import Story
from tests.accounts.readers import EMAIL, let_in
from tests.comments.discussion import make_comment
from tests.comments.writing import OURS, path_of, send, settle, whole
from tests.newsroom import make_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
HALF = "\ud800"
NOTICE = {"reason": "illegal", "text": "Against the law.", "name": "Wanjiku", "in_good_faith": "on"}


def report(client: Client, story: Story, *, number: int = 1, agent: str = "one", **fields: str) -> Any:
    address = f"{story.address}comments/{number}/report/"
    return client.post(address, fields, headers={**OURS, "user-agent": agent})


def test_whoever_wrote_one_letter_and_is_erased_takes_nobody_elses_mail_along() -> None:
    reader = claimed_reader("e@example.org", now=timezone.now())
    make_comment(make_story(), reader=reader, body="e")
    keep_letter(to="other@example.org", subject="Your code", body="Here is the code.", now=timezone.now())
    erase_reader(reader, now=timezone.now())
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("field", "body name email key language reply_to altcha shown remarks".split())
def test_half_a_character_in_json_breaks_nothing(client: Client, field: str, accept: str) -> None:
    settle()
    story = make_story()
    about: Any = {"content_type": "application/json", "headers": {**OURS, "accept": accept}}
    for value in (HALF, f"a@{HALF}.org"):
        response = client.post(f"{story.address}comments/", {**whole(story), field: value}, **about)
        assert response.status_code in (201, 303, 400, 422)


def test_other_words_for_what_was_erased_with_its_writer_are_refused(client: Client) -> None:
    story, now = make_story(), timezone.now()
    reader = claimed_reader("e@example.org", now=now)
    comment = make_comment(story, reader=reader, now=now)
    erase_reader(reader, now=now)
    address = private_address_of(comment, story=story, now=now)
    response = client.post(address, {"edit": "", "seen": "2", "body": "Again."}, headers=OURS)
    assert response.status_code == 409
    assert client.post(address, {"delete": ""}, headers=OURS).status_code == 303


def test_other_words_in_the_place_of_a_first_comment_that_was_approved_are_read_first(client: Client) -> None:
    settle(first_time_waits=True)
    address = path_of(send(client, make_story()))
    decide(Comment.objects.get(), to=State.PUBLISHED, kind=Kind.APPROVED, now=timezone.now())
    response = client.post(address, {"edit": "", "seen": "2", "body": "Something else altogether."}, headers=OURS)
    assert response.status_code == 303
    assert Comment.objects.get().state == State.HELD


@pytest.mark.parametrize(("site", "state"), [("cross-site", "published"), ("same-origin", "held"), ("", "held")])
def test_a_picture_on_another_site_makes_nobody_a_robot(client: Client, site: str, state: str) -> None:
    settle()
    story = make_story()
    client.get("/comments/all/", headers={"sec-fetch-site": site} if site else {})
    send(client, story)
    assert Comment.objects.get().state == state


def test_notices_in_somebody_elses_name_do_not_fill_their_mailbox(client: Client) -> None:
    story = make_story()
    for number in range(1, 9):
        make_comment(story)
        report(client, story, number=number, agent=f"phone {number}", **NOTICE, email="victim@example.org")
    assert Report.objects.filter(is_illegal=True).count() == 8
    assert len(mail.outbox) + Letter.objects.count() == 5


def test_two_who_share_a_network_and_a_kind_of_phone_give_notice_each_for_themselves(client: Client) -> None:
    story = make_story()
    make_comment(story)
    sent = [
        path_of(report(client, story, **NOTICE, email=f"{name}@example.org", key=f"key {name.lower()}"))
        for name in ("a", "b", "A")
    ]
    assert Report.objects.count() == 2
    assert len({client.get(address).content for address in sent}) <= 2


def test_what_is_sent_while_its_writer_is_erased_leaves_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    story = make_story()
    let_in(client)
    client.post("/account/name/", {"name": "Hodan"}, headers=OURS)
    before = posting.judged

    def meanwhile(*about: Any) -> Any:
        erase_reader(Reader.objects.get(email=EMAIL), now=timezone.now())
        return before(*about)

    monkeypatch.setattr(posting, "judged", meanwhile)
    assert send(client, story).status_code == 403
    assert not CommentText.objects.exists()


def test_what_is_deleted_twice_at_once_was_deleted_once() -> None:
    comment = make_comment(make_story())
    for seen_before in (comment, comment):
        delete_comment(seen_before, now=timezone.now())
    assert Decision.objects.filter(kind=Kind.DELETED).count() == 1


def test_the_end_of_a_thread_of_thousands_that_is_gone_is_decided_in_few_questions(
    django_assert_max_num_queries: Any,
) -> None:
    story, deep = make_story(), 2_000
    first = make_comment(story)
    about = {"root": 1, "branch": 2, "state": State.DELETED, "is_shown": True, "sent_at": first.sent_at}
    rows = [Comment(story=story, number=number, reply_to=number - 1, **about) for number in range(2, deep)]
    Comment.objects.bulk_create(rows, batch_size=500)
    Comment.objects.filter(number=1).update(state=State.DELETED)
    Discussion.objects.filter(pk=story.pk).update(last=deep - 1)
    Comment.objects.filter(number=deep - 1).update(state=State.PUBLISHED)
    last = make_comment(story, reply_to=deep - 1)
    Comment.objects.filter(number=deep - 1).update(state=State.DELETED)
    for to, shown in ((State.REJECTED, 0), (State.PUBLISHED, deep)):
        with django_assert_max_num_queries(30):
            decide(last, to=to, kind=Kind.UNDONE, now=timezone.now())
        assert Comment.objects.filter(is_shown=True).count() == shown


def test_whoever_calls_their_browser_many_names_respects_a_comment_a_bounded_number_of_times(client: Client) -> None:
    story = make_story()
    comment = make_comment(story)
    make_comment(story)
    for number in range(101):
        about = {**OURS, "user-agent": f"phone {number}"}
        last: Any = client.post(f"{story.address}comments/{comment.number}/respect/", headers=about)
    assert (last.status_code, Comment.objects.get(pk=comment.pk).respect) == (429, 100)
    assert client.post(f"{story.address}comments/2/respect/", headers=about).status_code == 303


def test_what_a_mail_to_moderators_quotes_is_marked_as_a_quotation() -> None:
    body = "All is well. Approve: https://desk.evil.example/login"
    comment = make_comment(make_story(), state=State.HELD, body=body)
    moderator = person("Moderators")
    tell_moderators(Backlog([comment], 1), now=timezone.now())
    assert f"\n> {body}\n" in Letter.objects.get(to=moderator.email).body


def test_what_waits_because_of_how_it_came_waits_on_however_often_its_words_change(client: Client) -> None:
    settle()
    story = make_story()
    address = path_of(send(client, story, fields={**whole(story), "altcha": ""}))
    assert Decision.objects.get().rule == "no-work"
    for seen, body in (("1", "You fool, and https://a.example https://b.example"), ("2", "Kind words about bridges.")):
        assert client.post(address, {"edit": "", "seen": seen, "body": body}, headers=OURS).status_code == 303
    assert Comment.objects.get().state == State.HELD
    assert Decision.objects.latest("pk").rule == "no-work"


@pytest.mark.parametrize("lacks", [{"altcha": ""}, {"shown": "", "altcha": ""}])
def test_what_two_links_hid_of_how_it_came_still_holds_it_when_they_are_gone(
    client: Client, lacks: dict[str, str]
) -> None:
    settle()
    story = make_story()
    sent = whole(story, body="See https://a.example and https://b.example", **lacks)
    address = path_of(send(client, story, fields=sent))
    assert Decision.objects.get().rule == "links"
    client.post(address, {"edit": "", "seen": "1", "body": "Kind words about bridges."}, headers=OURS)
    assert Comment.objects.get().state == State.HELD
    assert Decision.objects.latest("pk").rule == ("form-unstamped" if "shown" in lacks else "no-work")


def test_what_was_held_for_its_words_alone_is_published_with_kind_ones_but_not_where_nothing_is_known_of_how_it_came(
    client: Client,
) -> None:
    settle()
    story = make_story()
    for key, is_known, state in (("1", False, State.HELD), ("2", True, State.PUBLISHED)):
        about = {"name": f"Halima {key}", "email": f"h{key}@example.org", "key": f"key-{key}"}
        sent = whole(story, body=f"{key}: https://a.example and https://b.example", **about)
        address = path_of(send(client, story, fields=sent, headers={"user-agent": f"phone {key}"}))
        if not is_known:
            CommentTrace.objects.all().delete()
        client.post(address, {"edit": "", "seen": "1", "body": f"Kind words about {key} bridges."}, headers=OURS)
        assert Comment.objects.latest("pk").state == state
