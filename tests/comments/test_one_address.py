"""An address is one person however its host is typed: in its own letters, as mail servers know it, in capitals."""

import importlib
import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from gazeti.accounts.actions import claimed_reader
from gazeti.accounts.models import Reader, User
from gazeti.accounts.queries import user_of
from gazeti.comments.actions.following import follow_discussion, mute_writer
from gazeti.comments.actions.report import Notice, report_comment
from gazeti.comments.models import Comment, Decision, Follow, Mute, ReaderStanding, ReportText
from gazeti.stories.models import Story
from tests.accounts.people import make_person
from tests.accounts.readers import let_in, make_reader, post
from tests.comments.discussion import make_comment
from tests.comments.moving import Run, emptied, exported
from tests.comments.test_report import NOTICE, report
from tests.comments.writing import send, settle, whole
from tests.newsroom import NOW, make_section, make_story

pytestmark = pytest.mark.django_db
TYPED = "Ali@Bücher.example"
KNOWN = "ali@xn--bcher-kva.example"
STEP = "gazeti.comments.migrations.0005_one_spelling_of_an_address"


@pytest.fixture
def story(db: None) -> Story:
    settle()
    return make_story()


def comment_as(story: Story, email: str, **fields: str) -> None:
    assert send(Client(), story, fields=whole(story, email=email, **fields)).status_code == 303


def last_rule() -> str:
    return Decision.objects.latest("pk").rule


def test_every_door_keeps_the_same_address(story: Story) -> None:
    comment_as(story, TYPED)
    comment_as(story, KNOWN, body="Ferries were slower than this.", key="key-2")
    report(Client(), story, **{**NOTICE, "email": TYPED})
    let_in(Client(), TYPED)
    make_comment(story, email=TYPED)
    claimed_reader(TYPED, now=NOW)
    assert [*Reader.objects.filter(user=None).values_list("email", flat=True)] == [KNOWN]
    assert User.objects.get().email == KNOWN
    assert ReportText.objects.get().email == KNOWN


@pytest.mark.parametrize("typed", [TYPED, KNOWN, "ALI@BÜCHER.example"])
def test_a_ban_of_a_typed_address_holds_however_it_is_typed_and_once_signed_in(story: Story, typed: str) -> None:
    comment_as(story, TYPED)
    ReaderStanding.objects.create(reader=Reader.objects.get(), is_banned=True)
    comment_as(story, typed, body="Ferries were slower than this.", key="key-2")
    assert last_rule() == "banned"
    client = Client()
    let_in(client, typed)
    post(client, "/account/name/", {"name": "Ali"})
    send(client, story, fields=whole(story, body="Nobody crosses here at night.", key="key-3"))
    assert last_rule() == "banned"


def test_a_ban_of_who_signed_in_holds_for_the_address_typed(story: Story) -> None:
    client = Client()
    let_in(client, TYPED)
    post(client, "/account/name/", {"name": "Ali"})
    ReaderStanding.objects.create(reader=Reader.objects.get(), is_banned=True)
    comment_as(story, TYPED)
    assert last_rule() == "banned"


def test_somebody_of_the_newsroom_with_such_an_address_is_one_reader_too(story: Story) -> None:
    person = make_person(TYPED)
    client = Client()
    client.force_login(person)
    send(client, story)
    assert Reader.objects.get().email == KNOWN
    person.refresh_from_db()
    person.email = "Ali2@Bücher.example"
    person.save()
    assert Reader.objects.get().email == "ali2@xn--bcher-kva.example"


@pytest.mark.parametrize("kept", [TYPED, KNOWN])
@pytest.mark.parametrize("typed", [TYPED, KNOWN, "ali@BÜCHER.example"])
def test_who_signs_in_is_found_by_either_spelling(kept: str, typed: str) -> None:
    user = User.objects.create_user(kept)
    assert user_of(typed) == user


@pytest.mark.parametrize("typed", ["", "@", "a@", "a@..", "ali@" + "x" * 300, "ali@xn--a-ä.b"])
def test_what_is_no_address_is_nobodys(typed: str) -> None:
    User.objects.create_user("ali@b.example")
    assert user_of(typed) is None


def test_what_was_written_unsigned_is_downloaded_and_erased_with_the_rest(story: Story) -> None:
    comment_as(story, TYPED, name="Ali")
    other = make_comment(story)
    report(Client(), story, number=other.number, **{**NOTICE, "email": TYPED})
    client = Client()
    let_in(client, TYPED)
    told = json.loads(client.get("/account/download/").content)
    assert len(told["comments"]["texts"]) == len(told["comments"]["report_texts"]) == 1
    post(client, "/account/erase/")
    assert not Reader.objects.filter(email__contains="cher").exists()
    assert not ReportText.objects.exists()
    assert Comment.objects.filter(state="deleted").count() == 1


@pytest.mark.parametrize("typed", ["ali@x＠evil.example", "ali@x，evil.example", "ali@" + "ü" * 60 + ".example"])
def test_a_host_that_no_mail_server_has_is_refused_at_every_door(story: Story, typed: str) -> None:
    make_comment(story)
    answers: list[Any] = [
        send(Client(), story, fields=whole(story, email=typed)),
        report(Client(), story, **{**NOTICE, "email": typed}),
        post(Client(), "/account/", {"email": typed}),
        post(Client(), f"{story.address}comments/follow/", {"email": typed}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "No mail server has such a name" in answer.content.decode()


def test_a_file_of_an_older_version_brings_in_one_reader(run: Run, story: Story) -> None:
    make_comment(story, email=KNOWN)
    other = make_comment(story, email=KNOWN)
    report_comment(other, notice=Notice("illegal", "It lies.", "Ali", KNOWN, in_good_faith=True), mark="b", now=NOW)
    whole_file = exported()
    emptied()
    assert run(whole_file.replace(KNOWN, "ALI@bücher.example")).exit_code == 0
    assert Reader.objects.get().email == KNOWN
    assert exported() == whole_file


def migrate() -> None:
    importlib.import_module(STEP).spell_addresses(apps, None)


def older(email: str, **facts: Any) -> Reader:
    """A reader's row as an earlier version wrote it."""
    return Reader.objects.create(**{"email": email, "name": "Ali", "known_since": NOW, **facts})


def test_rows_of_an_older_version_get_the_one_spelling(story: Story) -> None:
    readers = [
        older("ali@bücher.example"),
        older("jamila@example.org"),
        older('"a@b"@bücher.example'),
        make_reader("ali@bücher.example"),
        older(""),
    ]
    comment = make_comment(story)
    report_comment(comment, notice=Notice("illegal", "No.", "Ali", TYPED, in_good_faith=True), mark="b", now=NOW)
    ReportText.objects.update(email=TYPED)
    for _again in range(2):
        migrate()
        kept = [Reader.objects.get(pk=one.pk).email for one in readers]
        assert kept == [KNOWN, "jamila@example.org", '"a@b"@xn--bcher-kva.example', KNOWN, ""]
        assert ReportText.objects.get().email == KNOWN


@pytest.mark.parametrize("is_bound", [True, False])
def test_two_rows_that_claim_one_address_become_one_with_all_that_was_theirs(*, is_bound: bool) -> None:
    section = make_section()
    first, second = make_story(section), make_story(section)
    typed, known, other = older("ali@bücher.example"), older(KNOWN), older("other@example.org")
    comments = [make_comment(first, reader=typed), make_comment(first, reader=known)]
    by_other = make_comment(first, reader=other)
    for one, which in ((typed, first), (typed, second), (known, first)):
        follow_discussion(one, story=which.pk, now=NOW)
        mute_writer(one, comment=by_other, now=NOW)
    mute_writer(other, comment=comments[0], now=NOW)
    mute_writer(typed, comment=comments[1], now=NOW)
    until = timezone.now()
    ReaderStanding.objects.create(reader=typed, is_banned=True, suspended_until=until)
    if is_bound:
        ReaderStanding.objects.create(reader=known, is_muted=True)
    migrate()
    assert {one.email for one in Reader.objects.all()} == {KNOWN, "other@example.org"}
    assert {one.reader_id for one in Comment.objects.filter(pk__in=[one.pk for one in comments])} == {known.pk}
    assert set(Decision.objects.values_list("reader", flat=True)) == {known.pk, other.pk}
    assert sorted(Follow.objects.values_list("reader", "story")) == [(known.pk, first.pk), (known.pk, second.pk)]
    assert sorted(Mute.objects.values_list("reader", "muted")) == [(known.pk, other.pk), (other.pk, known.pk)]
    standing = ReaderStanding.objects.get()
    assert (standing.reader_id, standing.is_banned, standing.is_muted) == (known.pk, True, is_bound)
    assert standing.suspended_until == until
