"""What is held about a reader: theirs to see, to take away and to have erased, with threads left whole."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from gazeti import guard, log
from gazeti.accounts.actions import assign_roles, claimed_reader, keep_letter
from gazeti.accounts.models import Invitation, Letter, Reader, SignInCode, Trace, User
from gazeti.comments.actions import decide
from gazeti.comments.actions.erase import erase_reader
from gazeti.comments.actions.following import follow_discussion, mute_writer
from gazeti.comments.actions.states import note_decision
from gazeti.comments.models import Comment, CommentText, Follow, Mute, Report, ReportText, Respect
from gazeti.comments.queries.threads import page
from gazeti.comments.rules import Kind, Reason, State
from gazeti.stories.models import Story
from tests.accounts.people import make_person, text_of
from tests.accounts.readers import EMAIL, ask, let_in, make_reader, post
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
WORDS = "Jacarandas bloom over Moi Avenue again."
BAD = "maembe"
NAME = "Hodan Warsame"
NOTE = "Please keep to the bridge, Hodan."
REPORT = "This one is about my own street."


@pytest.fixture
def story() -> Story:
    return make_story()


def texts() -> Iterator[str]:
    """Whatever stands in any column of any table."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            yield from (f"{model._meta.db_table}: {value}" for row in cursor.fetchall() for value in row)
        for table in set(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield from (f"{table}: {value}" for row in cursor.fetchall() for value in row)


def found(*words: str) -> set[str]:
    """Where any of these words stand in the database, whatever letters they are in."""
    return {text for text in texts() for word in words if word.lower() in text.lower()}


@pytest.fixture
def somebody(client: Client, story: Story) -> Reader:
    """Somebody who signed in, and of whom every table holds something."""
    moderator = make_person("moderator@paper.example", roles=["moderator"])
    let_in(client)
    reader = Reader.objects.get()
    post(client, "/account/name/", {"name": NAME})
    reader.refresh_from_db()
    other = make_comment(story, name="Rashid", body="The ferry was never late.")
    own = make_comment(story, reader=reader, name=NAME, body=WORDS, reply_to=other.number)
    make_comment(story, name="Salim", body="So it is.", reply_to=own.number)
    held = make_comment(
        story, reader=reader, name=NAME, body=f"{WORDS} {BAD}", state=State.HELD, rule="suspect words", words=[BAD]
    )
    rejected = make_comment(story, reader=reader, name=NAME, body=f"No {WORDS}", state=State.HELD)
    decide(
        rejected,
        to=State.REJECTED,
        kind=Kind.REJECTED,
        reason=Reason.ABUSE,
        note=NOTE,
        by=moderator,
        now=timezone.now(),
    )
    note_decision(None, reader=reader, kind=Kind.MUTED, at=timezone.now(), note=NOTE, by=moderator)
    make_comment(story, email=EMAIL, name=NAME, body=f"Unsigned: {WORDS}")
    follow_discussion(reader, story=story.pk, now=NOW)
    follow_discussion(claimed_reader(EMAIL, now=NOW), story=story.pk, root=other.number, now=NOW)
    mute_writer(reader, comment=other, now=NOW)
    make_comment(story, reader=reader, name=NAME, body=f"Third: {WORDS}")
    mute_writer(make_reader("other@reader.example"), comment=own, now=NOW)
    assert post(client, f"{story.address}comments/{other.number}/respect/").status_code == 303
    report = {"reason": "illegal", "text": REPORT, "name": NAME, "email": EMAIL, "in_good_faith": "on"}
    assert post(client, f"{story.address}comments/{other.number}/report/", report).status_code == 303
    ask(client)
    for comment, words in ((held, f"Hodan writes: {WORDS} {BAD}"), (other, "Rashid writes: The ferry was never late.")):
        body = f"{words} http://localhost/desk/comments/{comment.pk}/?do=approved"
        keep_letter(to="moderator@paper.example", subject="Waits", body=body, now=NOW)
    Invitation.objects.create(email=EMAIL, invited_at=NOW, expires_at=NOW)
    ModelLogEntry.objects.log_action(reader.user, "wagtail.edit", title=EMAIL)
    return reader


def test_nothing_of_an_erased_reader_is_left_in_the_database(client: Client, somebody: Reader, story: Story) -> None:
    private = (EMAIL, "Jacarandas", BAD, NAME, NOTE, REPORT)
    assert {text.partition(":")[0] for text in found(*private)} >= {
        "gazeti_accounts_user", "gazeti_accounts_reader", "gazeti_accounts_letter", "gazeti_accounts_signincode",
        "gazeti_comments_commenttext", "gazeti_comments_evidence", "gazeti_comments_reporttext", "account_emailaddress",
    }  # fmt: skip
    asked = client.get("/account/erase/")
    assert "Nobody can bring any of it back" in text_of(asked)
    assert User.objects.filter(email=EMAIL).exists()
    done = post(client, "/account/erase/")
    assert "You are forgotten" in text_of(done)
    assert found(*private) == set()
    assert not User.objects.filter(email=EMAIL).exists()
    assert "signed in as" not in text_of(client.get("/account/"))
    assert [letter.body.partition(" http")[0] for letter in Letter.objects.all()] == [
        "Rashid writes: The ferry was never late."
    ]


def test_the_threads_stay_whole(client: Client, somebody: Reader, story: Story) -> None:
    post(client, "/account/erase/")
    shown = [(one.number, one.is_gone) for one in page(story).comments]
    assert shown == [(1, False), (2, True), (3, False)]
    theirs = Comment.objects.filter(reader__erased_at__isnull=False)
    assert set(theirs.values_list("state", flat=True)) == {State.DELETED}
    assert theirs.count() == 5
    assert CommentText.objects.filter(body="So it is.").exists()


def test_rows_that_say_nothing_of_them_stay(client: Client, somebody: Reader, story: Story) -> None:
    post(client, "/account/erase/")
    somebody.refresh_from_db()
    assert (somebody.email, somebody.name, somebody.user) == ("", "", None)
    assert somebody.erased_at is not None
    assert not Follow.objects.exists()
    assert not Mute.objects.exists()
    assert not Respect.objects.exists()
    assert not ReportText.objects.exists()
    assert Report.objects.get().mark.startswith("-")
    kinds = [entry.data["kind"] for entry in log.read(stream="moderation") if entry.kind == "decided"]
    assert kinds.count(Kind.DELETED) == 5
    assert [entry.data for entry in log.read(stream="accounts") if entry.kind == "reader erased"]


def test_where_they_were_and_what_they_typed_is_erased_too(client: Client, somebody: Reader) -> None:
    user = somebody.user.pk
    theirs = {entry.position for entry in log.read(stream="accounts") if entry.data.get("user") == user}
    assert Trace.objects.filter(position__in=theirs).exists()
    post(client, "/account/erase/")
    assert not Trace.objects.filter(position__in=theirs).exists()
    assert not SignInCode.objects.exists()


def test_what_others_wrote_is_not_erased(client: Client, somebody: Reader, story: Story) -> None:
    before = set(CommentText.objects.exclude(name=NAME).values_list("pk", "body"))
    post(client, "/account/erase/")
    assert set(CommentText.objects.exclude(body="").values_list("pk", "body")) == before
    assert len(before) == 2


def test_who_has_a_role_stays_a_user(client: Client, story: Story) -> None:
    make_person()
    let_in(client, "amina@paper.example")
    reader = Reader.objects.get()
    make_comment(story, reader=reader, body=WORDS)
    assert "Your account at the desk stays" in text_of(client.get("/account/erase/"))
    post(client, "/account/erase/")
    assert User.objects.get().email == "amina@paper.example"
    assert found(WORDS) == set()
    reader.refresh_from_db()
    assert (reader.email, reader.user) == ("", None)


def test_who_only_claims_an_address_erases_nothing_of_who_proved_it(story: Story) -> None:
    proven, claim = make_reader(), claimed_reader(EMAIL, now=NOW)
    comment = make_comment(story, reader=proven)
    erase_reader(claim, now=NOW)
    proven.refresh_from_db()
    comment.refresh_from_db()
    assert (proven.email, comment.state) == (EMAIL, State.PUBLISHED)


def test_whoever_was_interrupted_asks_again(somebody: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_facts: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("gazeti.comments.actions.erase.forget_reader", away)
        with pytest.raises(ConnectionError):
            erase_reader(somebody, now=NOW)
    somebody.refresh_from_db()
    assert somebody.is_proven
    erase_reader(somebody, now=NOW)
    assert found(EMAIL, WORDS) == set()


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_no_other_site_erases_anybody(client: Client, headers: dict[str, str]) -> None:
    let_in(client)
    assert client.post("/account/erase/", headers=headers).status_code == 403
    assert Reader.objects.get().is_proven


def test_everything_that_is_held_can_be_taken_away(client: Client, somebody: Reader) -> None:
    answer = client.get("/account/download/")
    assert answer["Content-Disposition"] == 'attachment; filename="everything-about-me.json"'
    assert answer["Cache-Control"] == "no-store"
    held = json.loads(answer.content)
    text = answer.content.decode()
    for word in (EMAIL, NAME, WORDS, f"Unsigned: {WORDS}", BAD, NOTE, REPORT, "suspect words", "127.0.0.1"):
        assert word in text
    assert {name: len(rows) for name, rows in held["comments"].items()} == {
        "comments": 5, "texts": 5, "traces": 5, "decisions": 7, "evidence": 3, "standing": 0, "reports": 1,
        "report_texts": 1, "respects": 1, "follows": 2, "mutes": 1,
    }  # fmt: skip
    assert {name: len(rows) for name, rows in held["accounts"].items() if name != "traces"} == {
        "reader": 2, "mail_on_its_way": 2, "codes": 1, "user": 1, "sessions": 1, "second_factors": 0, "invitations": 1,
    }  # fmt: skip


def test_what_is_taken_away_holds_nothing_of_others_and_nothing_that_opens_anything(
    client: Client, somebody: Reader
) -> None:
    text = client.get("/account/download/").content.decode()
    for word in ("Rashid", "ferry", "moderator@paper", "other@reader", client.session.session_key, "password"):
        assert str(word) not in text
    assert all("by" not in row for row in json.loads(text)["comments"]["decisions"])


def test_nobody_takes_away_what_is_anothers(client: Client, somebody: Reader) -> None:
    assert Client().get("/account/download/").headers["Location"] == "/account/"
    other = Client()
    let_in(other, "other2@reader.example")
    assert "Jacarandas" not in other.get("/account/download/").content.decode()
    assert "Jacarandas" not in other.get("/account/comments/").content.decode()
    for address in ("/account/comments/", "/account/erase/"):
        assert Client().get(address).headers["Location"] == "/account/"


def test_their_page_tells_what_became_of_each_comment_and_why(client: Client, somebody: Reader) -> None:
    words = text_of(client.get("/account/"))
    assert "Your comment is published. See it" in words
    assert "Your comment was not published. It insults or threatens somebody." in words
    assert "Your comment waits for a moderator." in words


def test_the_page_of_comments_leads_to_where_each_is_changed(client: Client, somebody: Reader) -> None:
    html = client.get("/account/comments/").content.decode()
    [token, *_] = [part.partition("/")[0] for part in html.split("comments/mine/")[1:]]
    assert Comment.objects.get(pk=guard.read("comment", token)).reader is not None


def test_much_that_was_written_is_shown_page_by_page_at_one_cost(
    client: Client, story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    let_in(client)
    reader = Reader.objects.get()
    made = [make_comment(story, reader=reader, now=NOW + timedelta(seconds=number)) for number in range(45)]
    client.get("/account/comments/")
    for before, older in (("", made[-20]), (made[-20].pk, made[-40]), (made[-40].pk, None)):
        with django_assert_max_num_queries(12):
            page_shown = client.get(f"/account/comments/?before={before}").content.decode()
        assert ("Earlier" in page_shown) is (older is not None)
        assert older is None or f"?before={older.pk}" in page_shown


def test_a_role_given_and_taken_leaves_a_reader_who_can_be_erased(client: Client) -> None:
    make_person()
    assign_roles(User.objects.get(), roles=[])
    let_in(client, "amina@paper.example")
    post(client, "/account/erase/")
    assert found("amina@paper.example") == set()
