"""What a summary said that a coverage has no more: told to whoever asks for that time, until an editor erases it."""

import pytest

from gazeti import log
from gazeti.live.actions import erase_earlier_summaries, summarise
from gazeti.live.actions.events import tag_of, tag_of_past
from gazeti.live.models import Coverage
from gazeti.live.queries.updates import events_after
from gazeti.live.rules import Kind, Words
from tests.comments.test_erasing import found
from tests.live.covering import make_update, make_words
from tests.live.reporters import page_of, reporter, screen_of
from tests.live.test_api import at, keyed, said
from tests.live.test_erasing import purged
from tests.newsroom import NOW
from tests.stories.calling import Program, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
NAME = "Zawadi Ochieng-Testamento"


def summaries(coverage: Coverage) -> list[str]:
    """What each event says that gave a summary."""
    return [one.summary for one in events_after(coverage, number=0) if one.kind is Kind.SUMMARY]


@pytest.mark.parametrize("then", ["Somebody saw it.", ""], ids=["another", "none"])
def test_their_words_stand_nowhere_and_every_event_is_still_told(coverage: Coverage, then: str) -> None:
    summarise(coverage.pk, words=make_words(f"{NAME} saw it."), now=NOW)
    summarise(coverage.pk, words=make_words(f"{NAME} and others."), now=NOW)
    summarise(coverage.pk, words=make_words(then) if then else Words(body=[]), now=NOW)
    update = make_update(coverage, "What stays.")
    before = log.head()
    assert found(NAME)
    assert erase_earlier_summaries(coverage.pk) == 2
    assert found(NAME) == set()
    assert summaries(coverage)[:2] == ["", ""]
    assert then in summaries(coverage)[2]
    assert events_after(coverage, number=update.number - 1)[0].update == update.number
    wanted = {tag_of(coverage.pk), tag_of_past(coverage.pk)}
    assert purged(before) == (wanted, wanted)


def test_where_there_is_none_nothing_is_written(coverage: Coverage) -> None:
    summarise(coverage.pk, words=make_words("What we know."), now=NOW)
    before = log.head()
    assert erase_earlier_summaries(coverage.pk) == 0
    assert log.head() == before
    assert "What we know." in summaries(coverage)[0]


def test_a_program_that_sends_one_of_them_again_does_not_write_it_again(coverage: Coverage, editor: Program) -> None:
    place = at(coverage, "summary/")
    keyed(editor, "put", place, {"text": f"{NAME} saw it."}, key="first")
    second = keyed(editor, "put", place, {"text": "Somebody saw it."}, key="second")
    erased = keyed(editor, "post", f"{place}actions/erase_earlier/", {}, key="erase")
    assert (erased.status_code, "Somebody saw it." in said(erased)["summary"]) == (200, True)
    assert found(NAME) == set()
    again = keyed(editor, "put", place, {"text": f"{NAME} saw it."}, key="first")
    assert again.status_code == 410
    assert keyed(editor, "put", place, {"text": "Somebody saw it."}, key="second").content == second.content
    assert found(NAME) == set()


def test_what_was_answered_when_others_were_erased_goes_with_the_summary_it_tells(
    coverage: Coverage, editor: Program
) -> None:
    place = at(coverage, "summary/")
    erase = f"{place}actions/erase_earlier/"
    keyed(editor, "put", place, {"text": "Before."}, key="before")
    keyed(editor, "put", place, {"text": f"{NAME} saw it."}, key="named")
    keyed(editor, "post", erase, {}, key="erase")
    keyed(editor, "put", place, {"text": "After."}, key="after")
    keyed(editor, "post", erase, {}, key="again")
    assert found(NAME) == set()
    assert keyed(editor, "post", erase, {}, key="erase").status_code == 410


def test_only_an_editor_erases_them(coverage: Coverage) -> None:
    summarise(coverage.pk, words=make_words(NAME), now=NOW)
    summarise(coverage.pk, words=make_words("Others."), now=NOW)
    address = f"{screen_of(coverage)}summary/erase/"
    refused = Program(somebody("Reporters"))("post", at(coverage, "summary/actions/erase_earlier/"), {})
    assert (refused.status_code, reporter().post(address).status_code) == (403, 403)
    assert found(NAME)
    client = reporter("amina", role="Editors")
    leads = page_of(client.get(f"{screen_of(coverage)}summary/")).select_one(f"a[href='{address}']")
    assert leads is not None
    asked = page_of(client.get(address))
    assert "1 earlier summary is still told" in asked.get_text()
    assert client.post(address)["Location"] == screen_of(coverage)
    assert found(NAME) == set()
    assert "There is none whose words are kept." in page_of(client.get(address)).get_text()
