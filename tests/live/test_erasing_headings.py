"""Words of an update that was taken back are erased from the desk's screen as long as any are kept, a heading too."""

import pytest
from django.test import Client

from gazeti.live.actions import edit_update, post_update, retract_update
from gazeti.live.models import Coverage, Wording
from gazeti.live.rules import Words
from tests.comments.test_erasing import found
from tests.live.covering import make_coverage, make_update
from tests.live.reporters import JSON, page_of, reporter, screen_of
from tests.newsroom import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
NAME = "Zawadi Ochieng-Testamento"
HEADING = Words(body=[], heading=f"{NAME} seen")


@pytest.fixture
def editor() -> Client:
    return reporter("amina", role="Editors")


def heading_alone(coverage: Coverage) -> int:
    number: int = post_update(coverage.pk, words=HEADING, by=None, now=NOW).number
    return number


def heading_at_last(coverage: Coverage) -> int:
    number: int = make_update(coverage, f"{NAME} saw it.").number
    edit_update(coverage.pk, number=number, words=Words(body=[], heading="No name"), now=NOW)
    return number


@pytest.mark.parametrize("posted", [heading_alone, heading_at_last])
def test_it_is_offered_until_no_wording_is_kept(editor: Client, posted: object) -> None:
    coverage = make_coverage()
    number = posted(coverage)  # type: ignore[operator]
    retract_update(coverage.pk, number=number, now=NOW)
    row = page_of(editor.get(screen_of(coverage))).select_one(f"#u{number}")
    assert row
    way = row.find("a", string="Erase its words…")
    assert way
    seen = editor.get(f"{screen_of(coverage)}news/", headers=JSON).json()["stamp"]
    assert editor.post(str(way["href"]), {"erases": "on"}).status_code == 302
    assert (Wording.objects.count(), found(NAME)) == (0, set())
    told = editor.get(f"{screen_of(coverage)}news/?seen={seen}", headers=JSON).json()
    assert "Erase its words" not in told["html"]
