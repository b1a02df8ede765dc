"""Posting a comment by its address: published, held or refused by the rules, once, and with nothing lost."""

import re
from typing import Any

import pytest
from django.test import Client

from gazeti.comments.models import Comment, Decision
from tests.comments.writing import WORDS, fields_in, path_of, said, send, send_as_program, settle, whole
from tests.newsroom import make_draft, make_story, make_withdrawn

pytestmark = pytest.mark.django_db


def test_a_form_leads_to_the_comment_that_it_posted(client: Client) -> None:
    settle()
    story = make_story()
    response = send(client, story)
    assert (response.status_code, path_of(response)) == (303, f"{story.address}comments/1/")
    assert response["Cache-Control"] == "no-store"
    comment = Comment.objects.select_related("text", "reader", "trace").get()
    assert (comment.state, comment.text.body, comment.text.name) == ("published", WORDS, "Halima")
    assert (comment.reader.email, comment.reader.user, comment.language) == ("halima@example.org", None, "en")


def test_what_waits_leads_to_its_private_address_that_says_by_which_rule(client: Client) -> None:
    settle()
    story = make_story()
    typed = whole(story, body="Look https://a.example and https://b.example and https://c.example today")
    response = send(client, story, fields=typed)
    assert response.status_code == 303
    assert re.fullmatch(rf"{story.address}comments/mine/[\w-]{{30,80}}/", path_of(response))
    page = client.get(path_of(response))
    assert page.status_code == 200
    html = page.content.decode()
    assert "waits for a moderator" in html
    assert "<q><bdi>https://a.example</bdi></q>" in html
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_a_program_is_told_what_was_made(client: Client) -> None:
    settle()
    story = make_story()
    response = send_as_program(client, story)
    comment = Comment.objects.get()
    assert response.status_code == 201
    told = said(response)
    assert (told["id"], told["state"], told["url"]) == (comment.pk, "published", f"{story.address}comments/1/")
    assert response["Location"] == told["url"]
    assert client.get(told["mine"]).status_code == 200


def test_a_program_may_send_json(client: Client) -> None:
    settle()
    story = make_story()
    about = {"content_type": "application/json", "headers": {"accept": "application/json"}}
    response = client.post(f"{story.address}comments/", whole(story), **about)  # type: ignore[arg-type]
    assert response.status_code == 201
    for broken in ("[", "[]", "7", "[" * 5_000):
        refused = client.post(f"{story.address}comments/", broken, **about)  # type: ignore[arg-type]
        assert refused.status_code == 400
    assert Comment.objects.count() == 1


def test_a_double_tap_posts_once_and_gets_the_same_answer(client: Client) -> None:
    settle()
    story = make_story()
    typed = whole(story)
    first, second = send(client, story, fields=typed), send(client, story, fields=typed)
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    third = send_as_program(client, story, fields=typed)
    assert (third.status_code, said(third)["url"]) == (201, first["Location"])
    assert Comment.objects.count() == 1


def test_the_same_again_is_answered_alike_where_it_would_be_refused_by_now(client: Client) -> None:
    settle()
    story = make_story()
    typed = [whole(story, key=f"key-{number}", body=f"{WORDS} {number}") for number in range(6)]
    first = send(client, story, fields=typed[0])
    answers = [send(client, story, fields=one).status_code for one in typed[1:]]
    assert answers == [303, 303, 303, 303, 429]
    assert send(client, story, fields=typed[0])["Location"] == first["Location"]
    settle(is_open=False)
    assert send(client, story, fields=typed[0])["Location"] == first["Location"]


def test_the_key_of_somebody_else_opens_nothing_of_theirs(client: Client) -> None:
    settle()
    story = make_story()
    first = send_as_program(client, story)
    other = send_as_program(client, story, fields=whole(story, email="other@example.org", body="Something else."))
    assert (first.status_code, other.status_code) == (201, 201)
    assert said(first)["mine"] != said(other)["mine"]


def test_other_words_under_the_same_key_come_back_with_a_new_one(client: Client) -> None:
    """As when somebody goes back, and writes a second comment in the form of the first."""
    settle()
    story = make_story()
    send(client, story)
    again = send(client, story, fields=whole(story, body="One thing more to say."))
    assert again.status_code == 422
    form = fields_in(again)
    assert (form["body"], form["name"]) == ("One thing more to say.", "Halima")
    assert form["key"] != "key-1"
    sent = send(client, story, fields=whole(story, body="One thing more to say.", key=form["key"]))
    assert sent.status_code == 303
    assert Comment.objects.count() == 2
    told = said(send_as_program(client, story, fields=whole(story, body="And a third thing to say.")))
    assert told["status"] == 422
    assert told["key"] not in ("key-1", form["key"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"body": " \u200b \n"}, "nothing to be read"),
        ({"body": "x" * 5_001}, "5000 characters at most"),
        ({"body": "x" * 90_000}, "5000 characters at most"),
        ({"name": "\u200b\u3164"}, "under which name"),
        ({"name": "n" * 61}, "60 characters at most"),
        ({"email": ""}, "Give your email address"),
        ({"email": "halima"}, "no email address"),
        ({"reply_to": "99"}, "no longer there"),
        ({"reply_to": "x"}, "no comment&#x27;s number"),
        ({"reply_to": "0"}, "no comment&#x27;s number"),
        ({"reply_to": "99999999999999999999"}, "no comment&#x27;s number"),
        ({"key": ""}, "not whole"),
        ({"key": "a b"}, "not whole"),
        ({"language": "xx"}, "one of the languages"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_beside_everything_that_was_written(
    client: Client, typed: dict[str, str], words: str
) -> None:
    settle()
    story = make_story()
    sent = whole(story, **typed)
    response = send(client, story, fields=sent)
    assert response.status_code in (400, 422)
    assert words in response.content.decode()
    form = fields_in(response)
    for name in ("body", "name", "email"):
        assert form[name] == sent[name]
    assert Comment.objects.count() == 0
    assert response["Cache-Control"] == "no-store"
    problem = send_as_program(client, story, fields=sent)
    assert problem.status_code == response.status_code
    assert problem["Content-Type"] == "application/problem+json"


def test_what_is_too_large_is_not_read(client: Client) -> None:
    story = make_story()
    response = send(client, story, fields=whole(story, body="x" * 1_000_000))
    assert response.status_code == 413
    assert len(response.content) < 10_000


def test_a_comment_in_a_closed_discussion_is_not_kept_and_its_words_are_not_lost(client: Client) -> None:
    settle(is_open=False)
    story = make_story()
    response = send(client, story)
    assert response.status_code == 403
    assert "closed" in response.content.decode()
    assert fields_in(response)["body"] == WORDS
    assert (Comment.objects.count(), Decision.objects.count()) == (0, 0)


def test_nobody_comments_where_the_public_may_not_read(client: Client) -> None:
    settle()
    gone, draft = make_withdrawn(), make_draft()
    assert send(client, gone).status_code == 410
    assert send(client, draft).status_code == 404
    assert client.post("/city-affairs/never-there/comments/", {"body": "x"}).status_code == 404
    assert Comment.objects.count() == 0


def test_a_reply_stands_in_its_thread_and_only_under_its_own_story(client: Client) -> None:
    settle()
    story, other = make_story(), make_story()
    send(client, story)
    sent = whole(story, key="key-2", reply_to="1", body="They did, at noon.", email="other@example.org")
    assert path_of(send(client, story, fields=sent)) == f"{story.address}comments/2/"
    reply = Comment.objects.get(number=2)
    assert (reply.reply_to, reply.root, reply.branch) == (1, 1, 2)
    elsewhere = whole(other, key="key-3", reply_to="1", body="And here?", email="third@example.org")
    assert send(client, other, fields=elsewhere).status_code == 422


def test_who_posts_too_often_waits_and_keeps_the_words(client: Client) -> None:
    settle()
    story = make_story()
    sent = [whole(story, key=f"key-{number}", body=f"{WORDS} {number}") for number in range(6)]
    statuses = [send(client, story, fields=one).status_code for one in sent]
    assert statuses == [303] * 5 + [429]
    refused = send(client, story, fields=sent[5])
    assert int(refused["Retry-After"]) > 0
    assert fields_in(refused)["body"] == f"{WORDS} 5"
    assert said(send_as_program(client, story, fields=sent[5]))["status"] == 429
    neighbour = whole(story, key="key-9", body="From the same phone.", email="other@example.org")
    assert send(client, story, fields=neighbour).status_code == 303
    assert Comment.objects.count() == 6


def test_one_device_that_claims_many_addresses_waits_too(client: Client) -> None:
    settle()
    story = make_story()
    sent = [whole(story, key=f"k{one}", email=f"{one}@example.org", body=f"{WORDS} {one}") for one in range(21)]
    assert [send(client, story, fields=one).status_code for one in sent] == [303] * 20 + [429]
    phone: dict[str, Any] = {"headers": {"user-agent": "another phone"}}
    assert send(client, story, fields=sent[20], **phone).status_code == 303
    rules = list(Decision.objects.order_by("pk").values_list("rule", flat=True))
    assert rules == ["passed"] * 3 + ["too-fast"] * 17 + ["passed"]


def test_who_is_over_a_limit_is_refused_by_reading_alone(client: Client, django_assert_max_num_queries: Any) -> None:
    settle()
    story = make_story()
    for number in range(5):
        send(client, story, fields=whole(story, key=f"key-{number}", body=f"{WORDS} {number}"))
    sent = whole(story, key="key-9", body="One too many.")
    with django_assert_max_num_queries(30) as seen:
        assert send(client, story, fields=sent).status_code == 429
    assert not [one["sql"] for one in seen.captured_queries if not one["sql"].lstrip().startswith("SELECT")]


def test_a_page_of_another_site_posts_nothing(client: Client) -> None:
    settle()
    story = make_story()
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "", "origin": "https://evil.example"}):
        assert send(client, story, headers=headers).status_code == 403
    assert Comment.objects.count() == 0


def test_a_form_that_is_shown_is_whole_and_asks_for_work(client: Client) -> None:
    settle()
    story = make_story()
    page = client.get(f"{story.address}comments/")
    form = fields_in(page)
    assert {"name", "email", "key", "remarks", "shown", "altcha"} <= set(form)
    assert 'data-work="{&quot;algorithm&quot;:&quot;SHA-256&quot;' in page.content.decode()
    other = fields_in(client.get(f"{story.address}comments/"))
    assert other["key"] != form["key"]


def test_a_form_writes_nothing_and_sets_no_cookie(client: Client, django_assert_max_num_queries: Any) -> None:
    story = make_story()
    client.get(f"{story.address}comments/")
    with django_assert_max_num_queries(12) as seen:
        page = client.get(f"{story.address}comments/?to=1")
    assert not page.cookies
    assert not [one["sql"] for one in seen.captured_queries if not one["sql"].startswith("SELECT")]
