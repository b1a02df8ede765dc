"""Under whom somebody is offered to post: under whom they wrote last, not whom they posted for."""

import pytest

from gazeti.live.actions import post_update, send_in, take_up
from gazeti.live.models import Update
from gazeti.live.queries.reporting import own_author
from gazeti.stories.actions import author_named
from tests.live.covering import make_coverage, make_words
from tests.newsroom import NOW
from tests.stories.roles import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["", "sent-1", "k" * 255])
def test_whoever_posts_what_was_sent_in_goes_on_under_their_own_name(key: str) -> None:
    coverage, editor, guest = make_coverage(), person("Editors", name="amina"), person("Moderators", name="baraka")
    own, other = author_named("Amina Farah"), author_named("Baraka Mwangi")
    post_update(coverage.pk, words=make_words(author=own.pk), by=editor, now=NOW)
    words = make_words("From the bridge.", author=other.pk)
    row = send_in(coverage.pk, words=words, by=guest, key=key, now=NOW)
    update = take_up(row.pk, by=editor, now=NOW)
    assert own_author(editor) == own
    again = send_in(coverage.pk, words=words, by=guest, key=key or "none", now=NOW)
    assert (again == update) is bool(key), "what was sent in under a key is still known by it"
    assert Update.objects.count() == 2


def test_what_somebody_sent_in_and_posted_themselves_is_theirs() -> None:
    coverage, editor = make_coverage(), person("Editors", name="amina")
    own = author_named("Amina Farah")
    row = send_in(coverage.pk, words=make_words(author=own.pk), by=editor, key="mine", now=NOW)
    take_up(row.pk, by=editor, now=NOW)
    assert own_author(editor) == own
