"""The tests' database: each test that commits finds what migrations put there, whatever ran before it."""

import pytest
from django.db import connection
from playwright.sync_api import Browser
from wagtail.models import Page

pytestmark = pytest.mark.database


@pytest.mark.parametrize("turn", ["first", "after another emptied every table"])
@pytest.mark.django_db(transaction=True)
def test_wagtails_root_is_there(turn: str) -> None:
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_it_is_a_file_that_threads_and_processes_share() -> None:
    assert connection.vendor != "sqlite" or not connection.is_in_memory_db()


@pytest.mark.browser
@pytest.mark.parametrize("turn", ["first", "after another emptied every table"])
@pytest.mark.django_db(transaction=True)
def test_it_is_there_beside_a_browser_too(browser: Browser, turn: str) -> None:
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.usefixtures("transactional_db")
def test_the_fixture_brings_the_rows_back_too() -> None:
    assert Page.objects.filter(depth=1).exists()
