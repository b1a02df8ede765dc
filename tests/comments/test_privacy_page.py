"""The page that tells who comments what is kept of them says also what no setting of the paper's ends."""

import pytest
from django.test import Client

from tests.accounts.people import text_of
from tests.newsroom import make_paper

pytestmark = pytest.mark.django_db


def test_the_privacy_page_tells_of_mails_and_backups_that_keep_what_was_erased(client: Client) -> None:
    make_paper()
    text = text_of(client.get("/comments/privacy/"))
    assert "Moderators may be sent mails that quote a comment which waits: those stay in their mailboxes" in text
    assert "Backups keep what was erased until whoever runs this site deletes or overwrites them" in text
