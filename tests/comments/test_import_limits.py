"""Whatever the doors take, and whatever rows of older versions hold, goes out and comes in again to the byte."""

import sys
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazeti.accounts.models import User
from gazeti.comments.actions.report import Notice, report_comment
from gazeti.comments.formats import cleaned
from gazeti.comments.models import Comment, CommentText, Evidence, Report, ReportText
from gazeti.comments.rules import LONGEST_BODY, LONGEST_NAME
from gazeti.comments.rules.steps.content import MOST_WORDS
from gazeti.plain.letters import cleaned_name
from gazeti.stories.models import Story
from gazeti.stories.rules import LANGUAGES
from tests.comments.discussion import make_comment
from tests.comments.moving import Run, emptied, exported
from tests.comments.test_report import NOTICE, report
from tests.comments.writing import WORDS, send, settle, whole
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
LINKS = ",".join(["a.ly"] * 1_000)
NAME_OF_LINKS = ",".join(["a.ly"] * 12)
QUOTED = ('"a@b"@example.org', '"a\\ b"@example.org', '"a b"@example.org')
MARKS = "\u0301\u0302\u0303"
ODD = frozenset(map(chr, [*range(32), *range(0x7F, 0xA1), *range(0x2000, 0x2070), 0x61C, 0xFEFF, 0xFFFE]))
TWO_MARKS_IN_ONE = "\ufb2c"
"""A letter that is three in NFC, two of them marks."""


@pytest.fixture
def story(db: None) -> Story:
    settle()
    return make_story()


def goes_round(run: Run) -> None:
    """Take everything out, in, and out again."""
    for with_emails in (True, False):
        before = exported(with_emails=with_emails)
        emptied()
        result = run(before)
        assert (result.exit_code, result.stderr) == (0, "")
        assert exported(with_emails=with_emails) == before


def test_a_comment_of_nothing_but_links_goes_round(run: Run, story: Story) -> None:
    assert send(Client(), story, fields=whole(story, body=LINKS, name=NAME_OF_LINKS)).status_code == 303
    [words] = Evidence.objects.values_list("words", flat=True)
    assert len(words) == MOST_WORDS
    goes_round(run)


def test_what_an_older_version_kept_of_such_a_comment_goes_round(run: Run, story: Story) -> None:
    make_comment(story, body=LINKS, name=NAME_OF_LINKS, words=["a.ly"] * 1_012)
    make_comment(story, words=list(map(chr, range(0x4E00, 0x4E00 + LONGEST_BODY + LONGEST_NAME))))
    goes_round(run)


@pytest.mark.parametrize("setting", ["banned_words", "suspect_words"])
def test_of_many_listed_words_as_many_are_kept(story: Story, setting: str) -> None:
    signs = [chr(sign) for sign in range(0x1F300, 0x1F300 + 2 * MOST_WORDS)]
    settle(**{setting: "\n".join(signs)})
    send(Client(), story, fields=whole(story, body="".join(signs)))
    assert len(Evidence.objects.get().words) == MOST_WORDS


@pytest.mark.parametrize("email", QUOTED)
def test_an_address_in_quotation_marks_of_an_older_row_goes_round(run: Run, story: Story, email: str) -> None:
    comment = make_comment(story, email=email)
    report_comment(comment, notice=Notice("illegal", "It lies.", "Juma", email, in_good_faith=True), mark="b", now=NOW)
    goes_round(run)


@pytest.mark.parametrize("email", QUOTED[:2])
def test_an_address_in_quotation_marks_is_refused_at_every_door_in_a_sentence(story: Story, email: str) -> None:
    make_comment(story)
    answers: list[Any] = [
        send(Client(), story, fields=whole(story, email=email)),
        report(Client(), story, **{**NOTICE, "email": email}),
        Client().post("/account/", {"email": email}, headers={"sec-fetch-site": "same-origin"}),
        Client().post(f"{story.address}comments/follow/", {"email": email}, headers={"sec-fetch-site": "same-origin"}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "An address in quotation marks is not taken here" in answer.content.decode()
    assert not Report.objects.exists()


def test_each_field_goes_round_at_its_limit(run: Run, story: Story) -> None:
    longest = f"{'x' * 60}@{'.'.join(['y' * 63] * 3)}.yy"
    fields = whole(story, body="\U0001f300" * LONGEST_BODY, name="\u0950" * LONGEST_NAME, email=longest[-254:])
    assert send(Client(), story, fields=fields).status_code == 303
    notice = {**NOTICE, "text": "\u0950" * 2_000, "name": "n" * LONGEST_NAME, "email": "Wanjiku@Example.ORG"}
    comment = make_comment(story, badge="administrator")
    assert report(Client(), story, number=comment.number, **notice).status_code == 303
    Evidence.objects.create(decision=comment.decisions.get(), note="\u0950" * 500, by_name="\u0950" * 310)
    goes_round(run)


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_each_language_of_a_story_goes_round(run: Run, story: Story, language: str) -> None:
    Story.objects.filter(pk=story.pk).update(language=language)
    assert send(Client(), story).status_code == 303
    goes_round(run)
    assert Comment.objects.get().language == language


@pytest.mark.parametrize("sign", [*map(chr, range(1, 33)), *"\x7f\x85\xa0\u2028\u200d\u200f\u202e\u3000\ufeff\ufffe"])
def test_signs_that_nobody_sees_go_round_as_they_were_taken(run: Run, story: Story, sign: str) -> None:
    both = {"body": f"One{sign} two.{sign}\n{sign}Three", "name": f"A{sign}{sign}mina {sign}"}
    assert send(Client(), story, fields=whole(story, **both)).status_code == 303
    goes_round(run)


@pytest.mark.parametrize(
    "text",
    [
        f"{TWO_MARKS_IN_ONE}{MARKS}",
        f"e{MARKS}{MARKS}{TWO_MARKS_IN_ONE}",
        "\u200f\u200dAmina",
        "Amina\u200d\u200f",
        f"e{MARKS}\u200f{MARKS}",
        "e\u200f\u0301",
        f"A \u200f {MARKS}",
        f"\u0958\u0958{MARKS}\u200d",
    ],
)
def test_what_was_cleaned_once_stays_as_it_is(run: Run, story: Story, text: str) -> None:
    for clean in (cleaned, cleaned_name):
        once = clean(text)
        assert clean(once) == once == unicodedata.normalize("NFC", once)
    assert send(Client(), story, fields=whole(story, body=f"{WORDS} {text}", name=f"N {text}")).status_code == 303
    goes_round(run)


def is_odd(one: str) -> bool:
    """Whether a character is no plain letter or sign, or is another in NFC."""
    return unicodedata.category(one)[0] not in "LNPSC" or unicodedata.normalize("NFC", one) != one or one in ODD


def test_every_odd_character_stays_as_it_was_cleaned() -> None:
    letters = [one for one in map(chr, range(sys.maxunicode + 1)) if is_odd(one)]
    for text in (" a".join(letters), "".join(f"e{one}{MARKS}\u200d" for one in letters)):
        for clean in (cleaned, cleaned_name):
            once = clean(text)
            assert clean(once) == once


@pytest.mark.parametrize(
    ("first", "last"), [("A" * 59, "Otieno"), ("Amina\u200b", "  Yusuf"), ("A" * 59 + "\u200d", ""), ("क़" * 60, "")]
)
def test_the_name_of_somebody_who_signed_in_goes_round(run: Run, story: Story, first: str, last: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("amina@example.org", first_name=first, last_name=last))
    assert send(client, story).status_code == 303
    assert CommentText.objects.get().name
    goes_round(run)


def test_a_name_of_which_nothing_is_seen_is_asked_for(story: Story) -> None:
    client = Client()
    client.force_login(User.objects.create_user("amina@example.org", first_name="\u200b"))
    answer = send(client, story, fields=whole(story, name=""))
    assert answer.status_code == 422
    assert "Say under which name your comment stands." in answer.content.decode()


def test_a_comment_that_half_the_city_reports_goes_round(run: Run, story: Story) -> None:
    comment = make_comment(story)
    rows = [Report(comment=comment, reason="abuse", mark=str(number), at=NOW) for number in range(10_001)]
    Report.objects.bulk_create(rows)
    ReportText.objects.bulk_create([ReportText(report=row, text="\U0001f300" * 2_000) for row in rows[:2_600]])
    before = exported()
    emptied()
    assert run(before).exit_code == 0
    assert exported() == before


def test_one_network_reports_a_comment_a_hundred_times_a_day(story: Story) -> None:
    comment = make_comment(story, now=timezone.now() - timedelta(hours=1))
    fields = [{"reason": "abuse", "key": f"key {number}"} for number in range(103)]
    agents = [f"phone {number}" for number in range(103)]
    sent = [
        Client(headers={"user-agent": agent}).post(
            f"{story.address}comments/{comment.number}/report/", one, headers={"sec-fetch-site": "same-origin"}
        )
        for one, agent in zip(fields, agents, strict=True)
    ]
    assert [one.status_code for one in sent].count(303) == 100
    assert Report.objects.count() == 100
