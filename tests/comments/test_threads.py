"""Threads as readers walk through them: each comment once, in order, in few queries and rows however many there are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gazeti.comments.actions import decide
from gazeti.comments.models import Comment
from gazeti.comments.queries import threads
from gazeti.comments.queries.cursors import BadCursor
from gazeti.comments.queries.threads import Order, around, newest, page
from gazeti.comments.rules import Kind, State
from gazeti.stories.models import Story
from gazeti.stories.queries.prepared import Prepared
from tests.comments import crowd
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
MOST_QUERIES = 4


def walked(story: Story, *, order: Order, most: int) -> list[int]:
    """Follow the cursors from the first page to the last, each page in few queries; the numbers seen."""
    numbers: list[int] = []
    after, is_over = None, False
    while not is_over:
        with CaptureQueriesContext(connection) as asked:
            found = page(story, order=order, after=after, most=most)
        assert len(asked) <= MOST_QUERIES, [one["sql"] for one in asked]
        assert len(found.comments) <= most
        numbers += [one.number for one in found.comments]
        assert len(numbers) < 1_000, "it goes round"
        after, is_over = found.after, not found.after
    return numbers


def in_order(story: Story, order: Order) -> list[int]:
    """The same by sorting all there are."""
    rows = Comment.objects.filter(story=story, is_shown=True).values_list("root", "branch", "number", "respect")
    respect = {root: respect for root, branch, _number, respect in rows if branch == 0}
    thread = {
        Order.NEWEST: lambda root: (-root,),
        Order.OLDEST: lambda root: (root,),
        Order.RESPECTED: lambda root: (-respect[root], -root),
    }[order]
    return [row[2] for row in sorted(rows, key=lambda row: (*thread(row[0]), row[1], row[2]))]


@pytest.mark.database
@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("most", [1, 3, 7, 50])
def test_every_comment_is_walked_through_once_and_in_order(order: Order, most: int) -> None:
    story, other = make_story(), make_story()
    crowd.said_under(other, crowd.threads(3))
    made = crowd.said_under(story, crowd.threads(9, replies=5))
    for number, comment in enumerate(made):
        comment.respect = number * 7 % 5
    Comment.objects.bulk_update(made, ["respect"])
    Comment.objects.filter(story=story, number__in=[3, 20, 21]).update(is_shown=False)
    assert walked(story, order=order, most=most) == in_order(story, order)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each prepared query gave."""
    counts: list[int] = []
    rows = Prepared.rows

    def counted(self: Prepared, **given: Any) -> list[Any]:
        found = rows(self, **given)
        counts.append(len(found))
        return found

    monkeypatch.setattr(Prepared, "rows", counted)
    return counts


def test_a_thread_of_ten_thousand_replies_is_walked_page_by_page(read: list[int]) -> None:
    story = make_story()
    crowd.said_under(story, crowd.deep(10_000))
    for order in Order:
        after = None
        for start in range(1, 500, 50):
            with CaptureQueriesContext(connection) as asked:
                found = page(story, order=order, after=after)
            assert len(asked) <= MOST_QUERIES
            assert [one.number for one in found.comments] == list(range(start, start + 50))
            after = found.after
        assert {one.level for one in found.comments} == {3}
        assert found.comments[-1].answered == "Reader 499"
    assert max(read) <= 51


def plans(asked: CaptureQueriesContext) -> list[str]:
    """How SQLite finds the rows of the queries that were asked."""
    with connection.cursor() as cursor:
        lines = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            lines += [row[3] for row in cursor.fetchall()]
        return lines


@pytest.mark.parametrize("is_analysed", [False, True])
def test_every_query_goes_by_an_index_and_sorts_no_more_than_it_shows(is_analysed: bool) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan of PostgreSQL follows its statistics")
    story = make_story()
    crowd.said_under(story, crowd.threads(1_000, replies=5))
    if is_analysed:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        for order in Order:
            page(story, order=order, after=page(story, order=order, most=20).after)
        newest(story)
        threads.picks(story)
        around(story, number=300)
    found = plans(asked)
    assert found
    scans = [line for line in found if line.startswith("SCAN") and "counted" not in line]
    assert scans == []
    assert [line for line in found if "TEMP B-TREE" in line] == []


def test_a_story_with_twenty_thousand_comments_takes_the_queries_and_rows_of_one_with_fifty() -> None:
    few, many = make_story(), make_story()
    crowd.said_under(few, crowd.threads(10, replies=4))
    crowd.said_under(many, crowd.threads(4_000, replies=4))
    for order in Order:
        asked = []
        for story in (few, many):
            with CaptureQueriesContext(connection) as caught:
                found = page(story, order=order)
            asked.append((len(caught), len(found.comments)))
        assert asked[0] == asked[1], order
        assert asked[0][1] == 50


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cursor: cursor + "0",
        lambda cursor: cursor[:-1] + ("0" if cursor[-1] != "0" else "1"),
        lambda cursor: "9" + cursor,
        lambda cursor: cursor.replace("-", "–"),
        lambda cursor: "٣" + cursor[1:],
        lambda cursor: cursor + "\n",
        lambda cursor: "1-0-1-0-" + "0" * 12,
        lambda cursor: "x" * 5_000,
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(spoil: Any) -> None:
    story = make_story()
    crowd.said_under(story, crowd.threads(3))
    with pytest.raises(BadCursor):
        page(story, after=spoil(page(story, most=2).after))


def test_a_cursor_is_good_for_its_story_and_its_order_alone() -> None:
    story, other = make_story(), make_story()
    crowd.said_under(story, crowd.threads(3))
    crowd.said_under(other, crowd.threads(3))
    cursor = page(story, most=2).after
    assert page(story, after=cursor).comments
    with pytest.raises(BadCursor):
        page(other, after=cursor)
    with pytest.raises(BadCursor):
        page(story, order=Order.OLDEST, after=cursor)


def test_what_answers_the_third_level_stands_beside_it_and_says_whom_it_answers() -> None:
    story = make_story()
    for above, name in ((None, "Halima"), (1, "Otieno"), (2, "Wanjiru"), (3, "Abdi"), (1, "Njeri")):
        make_comment(story, reply_to=above, name=name)
    found = newest(story)
    assert [(one.number, one.level, one.answered) for one in found] == [
        (1, 1, ""), (2, 2, "Halima"), (3, 3, "Otieno"), (4, 3, "Wanjiru"), (5, 2, "Halima"),
    ]  # fmt: skip


def test_of_what_is_gone_only_its_place_is_told() -> None:
    story = make_story()
    first = make_comment(story, body="Something unfair.", name="Musa")
    make_comment(story, reply_to=1)
    decide(first, to=State.REJECTED, kind=Kind.REJECTED, now=NOW)
    gone, reply = newest(story)
    assert (gone.number, gone.is_gone, gone.name, gone.body, gone.reader, gone.badge) == (1, True, "", "", None, "")
    assert (reply.answers, reply.answered) == (1, "")


def test_around_a_comment_stand_those_above_it_and_the_next_below() -> None:
    story = make_story()
    crowd.said_under(story, crowd.deep(100))
    with CaptureQueriesContext(connection) as asked:
        found = around(story, number=40)
    assert len(asked) <= 3
    assert found is not None
    assert [one.number for one in found.comments] == [1, 2, 39, *range(40, 61)]
    assert page(story, order=Order.OLDEST, after=found.after).comments[0].number == 61
    assert [one.answers_href for one in found.comments[2:4]] == [f"{story.address}comments/38/", "#c39"]
    assert around(story, number=101).after == ""
    assert around(story, number=102) is None


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED, State.SPAM])
def test_what_is_not_published_is_in_no_list_and_around_nothing(state: State) -> None:
    story = make_story()
    make_comment(story, state=state)
    assert newest(story) == []
    assert [page(story, order=order).comments for order in Order] == [[], [], []]
    assert around(story, number=1) is None
