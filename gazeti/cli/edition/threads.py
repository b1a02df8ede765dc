"""Discussions of the sample edition, told as an import tells them: what was said, found, decided and reported."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from gazeti.comments.rules import Complaint, Kind, Rule, State
from gazeti.comments.rules.told import Standing, Told, ToldDecision, ToldReport

Facts = Mapping[str, Any]
AFTER = {
    Kind.APPROVED: State.PUBLISHED,
    Kind.REJECTED: State.REJECTED,
    Kind.SPAM: State.SPAM,
    Kind.DELETED: State.DELETED,
}
ALARM = timedelta(hours=12)
"""Whoever opens the sample is sent no mail about what was left waiting in it."""


def told(comments: Sequence[Facts], *, story: str, language: str, since: datetime) -> list[Told]:
    """The comments under a story at this address, which appeared then."""
    return [
        _told(facts, number=number, story=story, language=language, since=since)
        for number, facts in enumerate(comments, start=1)
    ]


def _told(facts: Facts, *, number: int, story: str, language: str, since: datetime) -> Told:
    sent = _moment(facts, since=since)
    decisions = list(_decisions(facts, since=since))
    state = State(decisions[-1].after)
    is_gone = state is State.DELETED
    return Told(
        story=story,
        number=number,
        reply_to=facts.get("reply_to"),
        state=state,
        sent_at=sent,
        published_at=next((one.at for one in decisions if one.after is State.PUBLISHED), None),
        edited_at=None,
        alarmed_at=sent + ALARM if state is State.HELD else None,
        forgotten_at=None,
        language=language,
        # A name is one reader through the whole edition.
        reader=facts["name"],
        name="" if is_gone else facts["name"],
        body="" if is_gone else facts["text"].strip(),
        badge=facts.get("badge", ""),
        is_pick=any(one.kind is Kind.PICKED for one in decisions),
        respect=facts.get("respect", 0),
        decisions=decisions,
        reports=list(_reports(facts, decisions=decisions, since=since)),
    )


def _decisions(facts: Facts, *, since: datetime) -> Iterator[ToldDecision]:
    """What the rules found, then what people decided, each from the state that the one before left."""
    state = State(facts.get("found", "published"))
    rule = facts.get("rule", Rule.NEWSROOM if facts.get("badge") else Rule.PASSED)
    yield _decided({**facts, "kind": Kind.RECEIVED, "rule": rule}, before="", after=state, since=since)
    for made in facts.get("decisions", ()):
        after = AFTER.get(Kind(made["kind"]), state)
        yield _decided(made, before=state, after=after, since=since)
        state = after


def _decided(facts: Facts, *, before: Standing, after: Standing, since: datetime) -> ToldDecision:
    return ToldDecision(
        kind=Kind(facts["kind"]),
        before=before,
        after=after,
        rule=facts.get("rule", ""),
        reason=facts.get("reason", ""),
        words=list(facts.get("words", ())),
        note=facts.get("note", ""),
        by=facts.get("by"),
        at=_moment(facts, since=since),
        undoes=None,
        together="",
    )


def _reports(facts: Facts, *, decisions: Sequence[ToldDecision], since: datetime) -> Iterator[ToldReport]:
    """What readers reported, answered by the first decision of somebody after it."""
    for sent in facts.get("reports", ()):
        at = _moment(sent, since=since)
        places = [place for place, one in enumerate(decisions, start=1) if one.by and one.at > at]
        closed = decisions[places[0] - 1].at if places else None
        yield ToldReport(
            reason=Complaint(sent["reason"]),
            is_illegal=sent.get("illegal", False),
            at=at,
            closed_at=closed,
            told_at=closed,
            outcome=places[0] if places else None,
            text=sent["text"],
            in_good_faith=sent.get("illegal", False),
            name=sent.get("name", ""),
            email=sent.get("email", ""),
        )


def _moment(facts: Facts, *, since: datetime) -> datetime:
    return since + timedelta(minutes=facts["minutes"])
