"""Where the desk asks for a second factor, a token alone opens nothing: a program may no more than its person."""

import pytest

from gazeti.accounts.models import User
from tests.accounts.people import give_app
from tests.stories.calling import Program, somebody

pytestmark = pytest.mark.django_db


def test_who_must_set_up_a_second_factor_calls_for_nothing_until_it_is_there(settings) -> None:
    settings.GAZETI_SECOND_FACTOR = False
    people = [somebody("Editors"), somebody("Administrators"), User.objects.create_superuser("root@paper.example")]
    programs, reporter = [Program(one) for one in people], Program(somebody("Reporters"))
    assert [one("get", "whoami/").status_code for one in programs] == [200, 200, 200]
    settings.GAZETI_SECOND_FACTOR = True
    refused = [one("get", "whoami/") for one in programs]
    assert [one.status_code for one in refused] == [403, 403, 403]
    assert "second factor" in refused[0].json()["detail"]
    assert reporter("get", "whoami/").status_code == 200
    give_app(people[0])
    assert [one("get", "whoami/").status_code for one in programs] == [200, 403, 403]
