"""Bringing in a discussion that is told, one story's whole or not at all.

Nobody is written to of what was said long ago: the log has one line of the import, and one purge.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from gazeti import log
from gazeti.accounts.models import Reader
from gazeti.comments.actions.numbers import count_published
from gazeti.comments.actions.purge import purge_discussion
from gazeti.comments.actions.states import STREAM
from gazeti.comments.formats import cleaned
from gazeti.comments.models import Comment, CommentText, Decision, Discussion, Evidence, Report, ReportText
from gazeti.comments.queries.facts import fingerprint_of
from gazeti.comments.queries.taking_in import Plan, people_named, planned
from gazeti.comments.rules import State
from gazeti.comments.rules.told import Told, ToldDecision, ToldReport
from gazeti.plain.letters import cleaned_name
from gazeti.plain.mailboxes import canonical
from gazeti.stories.models import Story

IMPORTED = "--"
"""Begins the mark of a report that was imported: no mark of a person begins so."""
AT_ONCE = 500
Pairs = list[tuple[Comment, Told]]
Facts = dict[str, Any]


def take_in_comments(story: Story, *, told: Sequence[Told], readers: MutableMapping[str, int]) -> Plan:
    """Write what is new of a told discussion. Raises Unfit, and writes nothing.

    `readers` knows who stands behind the file's keys, by id, and learns of those that are met or made here.
    """
    plan = planned(story, told=told)
    # What takes thought is done before anybody waits for us; where nothing is new nobody does.
    words = {one.number: _words(one) for one in plan.new}
    found = {**readers, **plan.readers}
    if plan.new:
        with transaction.atomic():
            # The discussion first: whoever posts waits, and is seen by the plan.
            count_published(story.pk, more=0)
            plan = planned(story, told=told)
            found |= plan.readers
            _write(story, plan=plan, readers=found, words=words)
    readers.update(found)
    return plan


def _write(story: Story, *, plan: Plan, readers: dict[str, int], words: Mapping[int, Facts]) -> None:
    if not plan.new:
        return
    _make_readers(plan.new, readers=readers)
    rows = [_comment(story, one, plan=plan, readers=readers) for one in plan.new]
    pairs = list(zip(Comment.objects.bulk_create(rows, batch_size=AT_ONCE), plan.new, strict=True))
    texts = [CommentText(comment=comment, **words[one.number]) for comment, one in pairs if one.body is not None]
    CommentText.objects.bulk_create(texts, batch_size=AT_ONCE)
    _report(pairs, decided=_decide(pairs))
    for number in plan.moved:
        Comment.objects.filter(story=story, number=number).update(is_shown=plan.places[number].is_shown)
    published = sum(one.state is State.PUBLISHED for one in plan.new)
    last = max(plan.numbers[one.number] for one in plan.new)
    Discussion.objects.filter(pk=story.pk).update(last=last, published=F("published") + published)
    log.append(STREAM, "imported", {"story": story.pk, "comments": len(plan.new)})
    purge_discussion(story.pk)


def _make_readers(told: Sequence[Told], *, readers: dict[str, int]) -> None:
    """Those who are met here first; an address that somebody claims already is theirs, and proves nothing."""
    first: dict[str, Told] = {}
    for one in told:
        if one.reader and one.reader not in readers:
            first.setdefault(one.reader, one)
    nameless = [key for key, one in first.items() if not one.email]
    made = Reader.objects.bulk_create([_reader(first[key]) for key in nameless], batch_size=AT_ONCE)
    readers.update(zip(nameless, [row.pk for row in made], strict=True))
    named = [key for key, one in first.items() if one.email]
    # Whoever claims the same address at this moment is the same reader.
    Reader.objects.bulk_create([_reader(first[key]) for key in named], batch_size=AT_ONCE, ignore_conflicts=True)
    for start in range(0, len(named), AT_ONCE):
        emails = {canonical(first[key].email): key for key in named[start : start + AT_ONCE]}
        claimed = dict(Reader.objects.filter(user=None, email__in=emails).values_list("email", "pk"))
        readers.update({key: claimed[canonical(first[key].email)] for key in named[start : start + AT_ONCE]})


def _reader(one: Told) -> Reader:
    return Reader(email=canonical(one.email), name=cleaned_name(one.name or ""), known_since=one.sent_at)


def _comment(story: Story, one: Told, *, plan: Plan, readers: dict[str, int]) -> Comment:
    number = plan.numbers[one.number]
    alike = ("sent_at", "edited_at", "alarmed_at", "forgotten_at", "language", "badge", "is_pick")
    return Comment(
        story=story,
        number=number,
        reply_to=plan.numbers[one.reply_to] if one.reply_to else None,
        reader_id=readers[one.reader] if one.reader else None,
        state=one.state,
        respect=one.respect,
        open_reports=sum(report.closed_at is None for report in one.reports),
        decisions_made=len(one.decisions),
        # What stands under a story is sorted by it, and a file need not tell it.
        published_at=one.published_at or (one.sent_at if one.state is State.PUBLISHED else None),
        **plan.places[number]._asdict(),
        **{name: getattr(one, name) for name in alike},
    )


def _words(one: Told) -> Facts:
    body = cleaned(one.body or "")
    return {"body": body, "name": cleaned_name(one.name or ""), "fingerprint": fingerprint_of(body) if body else ""}


def _decide(pairs: Pairs) -> list[list[Decision]]:
    """The decisions about each comment, in their order; those that undo another know which."""
    people = people_named() if any(made.by for _comment, one in pairs for made in one.decisions) else {}
    decided = [[_decision(comment, made, people=people) for made in one.decisions] for comment, one in pairs]
    Decision.objects.bulk_create([made for each in decided for made in each], batch_size=AT_ONCE)
    undoing = list(_undoing(pairs, decided=decided))
    Decision.objects.bulk_update(undoing, ["undoes"], batch_size=AT_ONCE)
    told = [made for _comment, one in pairs for made in one.decisions]
    evidence = [_evidence(*both) for both in zip([made for each in decided for made in each], told, strict=True)]
    Evidence.objects.bulk_create([one for one in evidence if one], batch_size=AT_ONCE)
    return decided


def _decision(comment: Comment, made: ToldDecision, *, people: dict[str, int]) -> Decision:
    alike = ("kind", "before", "after", "rule", "reason", "at", "together")
    facts: Facts = {name: getattr(made, name) for name in alike}
    by = people.get(made.by) if made.by else None
    return Decision(comment=comment, reader_id=comment.reader_id, by_id=by, **facts)


def _undoing(pairs: Pairs, *, decided: list[list[Decision]]) -> Iterator[Decision]:
    both = [made for (_comment, one), each in zip(pairs, decided, strict=True) for made in _undone_in(one, each)]
    for decision, undone in both:
        decision.undoes = undone
        yield decision


def _undone_in(one: Told, each: list[Decision]) -> Iterator[tuple[Decision, Decision]]:
    for made, decision in zip(one.decisions, each, strict=True):
        if made.undoes:
            yield decision, each[made.undoes - 1]


def _evidence(decision: Decision, made: ToldDecision) -> Evidence | None:
    by_name = "" if decision.by_id else made.by or ""
    if not (made.words or made.note or by_name):
        return None
    return Evidence(decision=decision, words=made.words, note=made.note, by_name=by_name)


def _report(pairs: Pairs, *, decided: list[list[Decision]]) -> None:
    told = [
        (_reported(comment, report, place=place, decided=each), report)
        for (comment, one), each in zip(pairs, decided, strict=True)
        for place, report in enumerate(one.reports)
    ]
    Report.objects.bulk_create([row for row, _report in told], batch_size=AT_ONCE)
    texts = [
        ReportText(
            report=row, text=one.text, name=one.name, email=canonical(one.email), in_good_faith=one.in_good_faith
        )
        for row, one in told
        if one.text is not None
    ]
    ReportText.objects.bulk_create(texts, batch_size=AT_ONCE)


def _reported(comment: Comment, one: ToldReport, *, place: int, decided: list[Decision]) -> Report:
    return Report(
        comment=comment,
        reason=one.reason,
        is_illegal=one.is_illegal,
        mark=f"{IMPORTED}{place}",
        at=one.at,
        closed_at=one.closed_at,
        told_at=one.told_at,
        outcome=decided[one.outcome - 1] if one.outcome else None,
    )
