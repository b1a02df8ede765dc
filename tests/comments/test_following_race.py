"""The clock writes to followers while comments appear: nobody misses one, and nobody is told of one twice."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from gazeti import log
from gazeti.comments.actions.following import PAUSE, follow_discussion, note_appearances, take_news
from gazeti.comments.queries.following import follows_due
from gazeti.stories.models import Story
from tests.accounts.readers import make_reader
from tests.comments.discussion import make_comment
from tests.newsroom import NOW, make_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def story() -> Story:
    found = make_story()
    follow_discussion(make_reader(), story=found.pk, now=NOW)
    return found


def appear(story: Story) -> int:
    """Publish a comment, and let the log's follower see it."""
    try:
        number: int = make_comment(story).number
        with transaction.atomic():
            note_appearances([one for one in log.read(stream="comments") if one.kind == "published"][-1:])
        return number
    finally:
        connections.close_all()


def test_what_appears_while_a_mail_is_being_written_stands_in_the_next_one(story: Story) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(appear, story).result()
        now = timezone.now()
        [item] = follows_due(now=now)
        with transaction.atomic():
            news = take_news(item, now=now)
            second = pool.submit(appear, story)
            # It waits for this transaction, or has come through: either way it must not be lost.
            wait([second], timeout=1)
        assert news is not None
        assert news.numbers == [first]
    later = now + PAUSE + MINUTE
    [item] = follows_due(now=later)
    with transaction.atomic():
        news = take_news(item, now=later)
    assert news is not None
    assert news.numbers == [second.result()]


def test_two_clocks_tell_of_a_comment_once(story: Story) -> None:
    with ThreadPoolExecutor(2) as pool:
        pool.submit(appear, story).result()
        now = timezone.now()
        [item] = follows_due(now=now)

        def tell(_clock: int) -> bool:
            try:
                with transaction.atomic():
                    return take_news(item, now=now) is not None
            finally:
                connections.close_all()

        assert sorted(pool.map(tell, range(2))) == [False, True]
