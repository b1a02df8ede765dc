"""What the paper tells everybody: the rules in their order, the moderation in numbers, and what is kept how long."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gazeti import edge
from gazeti.accounts.models import Letter
from gazeti.comments.actions.count import count_numbers
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.actions.purge import POLICY
from gazeti.comments.actions.undo import undo_decision
from gazeti.comments.models import CommentPolicy, Evidence, PolicyNumbers
from gazeti.comments.queries.discussions import IN_FORCE
from gazeti.comments.queries.numbers import counted
from gazeti.comments.queries.queues import NEW, queue
from gazeti.comments.rules import SENTENCES, Kind, Mode, Rule, State
from gazeti.comments.tasks.alarms import tell_outcome
from gazeti.log.clock import Item
from tests.comments.discussion import make_comment
from tests.comments.moderators import report, seen
from tests.comments.writing import settle
from tests.newsroom import NOW, make_paper, make_section, make_story
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
PAGES = ("/comments/policy/", "/comments/privacy/")
HOUR = timedelta(hours=1)
WANTED = {
    "received": 5,
    "published": 1,
    "held": 3,
    "refused": 1,
    "approved": 3,
    "rejected": 2,
    "kept": 1,
    "undone": 1,
    "reports": 1,
    "notices": 4,
    "notices_removed": 2,
    "notices_kept": 1,
    "notices_open": 1,
    "waited": 3.0,
    "by_rule": {"links": 3, "banned-words": 1},
}
"""The numbers of the last thirty days after `a_busy_month`."""


def text_of(client: Client, path: str) -> str:
    return " ".join(BeautifulSoup(client.get(path).content, "html.parser").select_one("main").get_text().split())


def test_the_rules_stand_in_the_order_in_which_a_comment_meets_them(client: Client) -> None:
    make_paper()
    text = text_of(client, "/comments/policy/")
    places = [text.index(SENTENCES[rule].policy) for rule in Rule if rule in SENTENCES]
    assert places == sorted(places)
    assert len(places) > 10
    assert "Nothing has been counted yet" in text


@pytest.mark.parametrize(
    ("rules", "untold"),
    [
        ({"first_time_waits": False}, {Rule.FIRST_TIME}),
        ({"asks_for_work": False}, {Rule.NO_WORK}),
        ({"uses_starter_words": False}, {Rule.BANNED_WORDS, Rule.SUSPECT_WORDS}),
        ({"uses_starter_words": False, "banned_words": "rude"}, {Rule.SUSPECT_WORDS}),
        ({"mode": Mode.HOLD}, {Rule.MODE, Rule.PASSED}),
    ],
)
def test_no_rule_is_told_that_is_not_in_force(client: Client, rules: dict[str, object], untold: set[Rule]) -> None:
    make_paper()
    settle(**{"first_time_waits": True, **rules})
    text = text_of(client, "/comments/policy/")
    assert {rule for rule in Rule if rule in SENTENCES and SENTENCES[rule].policy not in text} == untold
    assert ("Every other comment is read before it is shown" in text) is (Mode.HOLD in rules.values())


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"is_open": False}, "All discussions are closed for now"),
        ({"mode": Mode.CLOSED}, "Discussions are closed, but under some stories."),
    ],
)
def test_that_nothing_is_taken_is_told_first(client: Client, rules: dict[str, object], told: str) -> None:
    make_paper()
    settle()
    assert told not in text_of(client, "/comments/policy/")
    settle(**rules)
    assert told in text_of(client, "/comments/policy/")


def a_busy_month() -> None:
    """Comments that were published, refused, held and decided about, reports and notices, and one comment before."""
    story, by, old = make_story(make_section()), person("Moderators"), NOW - timedelta(days=40)
    make_comment(story, now=old)
    make_comment(story, now=NOW, state=State.SPAM, rule="banned-words")
    waits = [make_comment(story, now=NOW, state=State.HELD, rule="links") for _number in range(3)]
    for hours, comment in zip((1, 3, 8), waits, strict=True):
        decide_comment(comment, kind=Kind.APPROVED, now=NOW + hours * HOUR, seen=1, by=by)
    removed = make_comment(story, now=NOW)
    for mark in "ab":
        report(removed, mark=mark, reason="illegal", name="M", email="m@example.org")
    decision = decide_comment(removed, kind=Kind.REJECTED, now=NOW, seen=1, by=by, reason="illegal")
    undo_decision(decision, now=NOW, by=by)
    decide_comment(removed, kind=Kind.REJECTED, now=NOW, seen=int(seen(removed)), by=by, reason="illegal")
    report(waits[0])
    report(waits[1], reason="illegal", name="M", email="m@example.org")
    decide_comment(waits[1], kind=Kind.KEPT, now=NOW, seen=2, by=by)
    report(waits[2], reason="illegal", name="M", email="m@example.org")


def test_the_numbers_are_of_a_stated_moment_of_thirty_days_and_of_all(client: Client) -> None:
    a_busy_month()
    count_numbers(Item("", NOW), now=NOW + 9 * HOUR)
    lately = PolicyNumbers.objects.get().facts["lately"]
    assert {name: lately[name] for name in WANTED} == WANTED
    assert PolicyNumbers.objects.get().facts["ever"]["received"] == 6
    page = BeautifulSoup(client.get("/comments/policy/").content, "html.parser")
    assert page.select_one("main time")["datetime"] == "2024-07-04T18:12+03:00"
    rows = {row.th.get_text(): [one.get_text() for one in row.select("td")] for row in page.select("tr") if row.td}
    assert rows["comments received"] == ["5", "6"]
    assert rows[SENTENCES["links"].policy] == ["3", "3"]


def test_what_people_decided_elsewhere_counts_as_by_a_person() -> None:
    story = make_story(make_section())
    comment = make_comment(story, now=NOW, state=State.HELD, rule="links")
    notice = report(comment, reason="illegal", email="musa@example.org", now=NOW)
    decision = decide_comment(comment, kind=Kind.REJECTED, now=NOW + 3 * HOUR, seen=1, by=None, reason="illegal")
    Evidence.objects.create(decision=decision, by_name="Grace of the old desk")
    facts = counted(now=NOW + 9 * HOUR)["ever"]
    assert (facts["rejected"], facts["waited"]) == (1, 3.0)
    notice.refresh_from_db()
    tell_outcome(notice, now=NOW + 9 * HOUR)
    assert "A person decided that" in Letter.objects.get(to="musa@example.org").body


def test_what_people_elsewhere_looked_at_is_not_new() -> None:
    story = make_story(make_section())
    looked, other = make_comment(story, now=NOW), make_comment(story, now=NOW)
    for comment, name in ((looked, "Grace of the old desk"), (other, "")):
        decision = decide_comment(comment, kind=Kind.KEPT, now=NOW, seen=1, by=None, note="Fine.")
        Evidence.objects.filter(decision=decision).update(by_name=name)
    assert [one.comment.pk for one in queue(NEW, now=NOW + HOUR).items] == [other.pk]


def test_the_privacy_page_tells_the_times_of_the_settings_in_force(client: Client) -> None:
    make_paper()
    policy = CommentPolicy.load()
    policy.address_days, policy.refused_days, policy.report_days = 11, 22, 1
    policy.save()
    text = text_of(client, "/comments/privacy/")
    for words in ("for 11 days", "for 22 days", "for 1 day after"):
        assert words in text


def test_the_privacy_page_tells_of_signing_in_by_the_settings_in_force(client: Client, settings: Settings) -> None:
    make_paper()
    settings.SESSION_COOKIE_AGE = 5 * 86_400
    text = text_of(client, "/comments/privacy/")
    for words in ("after 10 minutes", "or after 5 days", "for 90 days", "for 60 minutes", "or for 5 days"):
        assert words in text


@pytest.mark.parametrize("path", PAGES)
def test_both_are_kept_until_a_purge_of_their_tags_and_read_few_rows(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_paper()
    with django_assert_max_num_queries(6):
        answer = client.get(path)
    assert {POLICY, IN_FORCE} <= edge.tags_of(answer)
    assert "no-store" not in answer["Cache-Control"]
    assert not answer.cookies
    assert not CommentPolicy.objects.exists()
    assert answer.content == client.get(f"{path}?x=1").content
    assert client.post(path).status_code == 405
