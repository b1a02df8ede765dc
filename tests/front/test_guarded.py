"""How often a reader may search: generously, by network and device, and never written down for asking now and then."""

import pytest
from django.test import Client

from gazeti import guard
from gazeti.front.views.lists import SEARCHES
from gazeti.guard.models import Tally
from tests.guard.stillness import time_stands_still

__all__ = ["time_stands_still"]

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("time_stands_still")]


def test_a_reader_who_searches_now_and_then_is_not_written_down(client: Client) -> None:
    for words in ("ferry", "mashua", ""):
        assert client.get("/search/", {"q": words}).status_code == 200
    assert not Tally.objects.exists()


def test_a_robot_that_searches_without_a_pause_is_told_when_to_come_back_and_a_neighbour_is_not(client: Client) -> None:
    facts = guard.facts_of(client.get("/search/").wsgi_request)
    while guard.allow(*SEARCHES, **facts).allowed:
        continue
    answer = client.get("/search/", {"q": "ferry"})
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer["Cache-Control"] == "no-store"
    assert "Too many requests" in answer.content.decode()
    assert client.get("/search/", {"q": "ferry"}, headers={"user-agent": "another phone"}).status_code == 200
    assert client.get("/search/", {"q": "ferry"}, REMOTE_ADDR="198.51.100.7").status_code == 200
    assert client.get("/recent/").status_code == 200
