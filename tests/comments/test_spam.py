"""The figures in docs/spam-steps.md are those of the code as it is."""

import pytest

from bench.spam import ALL, DOCUMENT, Judged, document, judgements, marked, score


@pytest.mark.material
def test_the_document_tells_what_the_steps_do_now() -> None:
    judged = list(judgements(marked()))
    assert len(judged) == 1_586
    assert DOCUMENT.read_text(encoding="utf-8") == document(judged)


def test_precision_and_recall_are_told_in_hundredths() -> None:
    said = [(True, True), (True, False), (True, False), (True, False), (False, True), (False, False)]
    judged = [Judged("A", is_spam, frozenset({ALL} if is_found else ())) for is_spam, is_found in said]
    assert str(score(ALL, judged)) == "0.50 · 0.25 · 2"
    assert str(score("links", judged)) == "nothing found"
