"""A dry run tells what would be done, and does nothing."""

import pytest

from gazeti.archive.actions import rehearse_page
from gazeti.archive.formats.page import parse_page
from gazeti.archive.queries import Given, Outcome
from gazeti.archive.rules import Standing, Verdict
from tests.archive import pages
from tests.archive.importing import NOW, TEA_PAGE, imported, written

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak, pytest.mark.usefixtures("paper")]


def rehearsed(*texts: str, publish: bool = False) -> list[Outcome]:
    seen: dict[str, Standing] = {}
    return [rehearse_page(parse_page(text), given=Given(), publish=publish, now=NOW, rehearsed=seen) for text in texts]


def test_it_writes_nothing() -> None:
    before = written()
    (outcome,) = rehearsed(pages.BRIDGE, publish=True)
    assert (outcome.verdict, outcome.is_live, outcome.story) == (Verdict.MADE, True, None)
    assert written() == before


def test_the_second_page_knows_what_the_first_would_have_made() -> None:
    verdicts = [outcome.verdict for outcome in rehearsed(pages.BRIDGE, pages.BRIDGE, TEA_PAGE, TEA_PAGE)]
    assert verdicts == [Verdict.MADE, Verdict.UNCHANGED, Verdict.COMPLETED, Verdict.UNCHANGED]


def test_it_tells_the_same_as_the_run_itself() -> None:
    told = [outcome.verdict for outcome in rehearsed(TEA_PAGE, pages.BRIDGE, pages.SWAHILI, pages.SOMALI)]
    done = [imported(text).verdict for text in (TEA_PAGE, pages.BRIDGE, pages.SWAHILI, pages.SOMALI)]
    assert told == done
