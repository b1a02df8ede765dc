"""What must be at the end: each reader's copy is what the tables say, by every event once and in order; and each event
is one that an author was told of.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.live.chaos.authors import Author
from tests.live.chaos.copies import GONE, Copy

Truth = dict[str, Any]
MOST = 3
"""So many differences of one reader are told."""


def differences(copy: Copy, truth: Truth) -> list[str]:
    """Sentences on what a reader's copy lacks, or has otherwise."""
    return list(_of_numbers(copy, truth))[:MOST] + list(_of_page(copy, truth))[:MOST]


def _of_numbers(copy: Copy, truth: Truth) -> Iterator[str]:
    """Every number once, in order, as the log has it."""
    seen = [(one.seq, one.kind, one.update) for one in copy.seen]
    told = [tuple(one) for one in truth["log"] if one[0] > copy.since]
    for mine, theirs in zip(seen, told, strict=False):
        if mine != theirs:
            yield f"saw {mine} where the log has {theirs}"
    if len(seen) != len(told):
        yield f"saw {len(seen)} events of {len(told)} after {copy.since}; the last was {copy.seq} of {truth['head']}"


def _of_page(copy: Copy, truth: Truth) -> Iterator[str]:
    articles = {int(number): html for number, html in truth["articles"].items()}
    articles |= dict.fromkeys(truth["gone"], GONE)
    known = articles if not copy.since else {one: articles[one] for one in articles if one in copy.articles}
    if copy.since:
        yield from (f"lacks update {one}" for one in articles if one > copy.since and one not in copy.articles)
    other = (one for one in sorted(copy.articles.keys() | known.keys()) if copy.articles.get(one) != known.get(one))
    yield from (f"update {one} is {_brief(copy.articles.get(one))}, not {_brief(known.get(one))}" for one in other)
    pins = {int(number): at for number, at in truth["pins"].items() if int(number) in copy.articles}
    for name, mine, theirs in (
        ("key events", copy.keys, set(truth["keys"]) & copy.articles.keys()),
        ("pins", sorted(copy.pins, key=copy.pins.__getitem__), sorted(pins, key=pins.__getitem__)),
        ("summary", copy.summary.strip(), truth["summary"].strip()),
        ("state", copy.state, truth["state"]),
    ):
        if mine != theirs:
            yield f"{name}: {mine!r}, not {theirs!r}"


def _brief(html: str | None) -> str:
    return "missing" if html is None else repr(html if len(html) < 160 else f"{html[:80]} … {html[-80:]}")


def unkept(authors: Sequence[Author], truth: Truth, *, before: int) -> list[str]:
    """Sentences on what was accepted and is not in the log once and in its author's order, and on what nobody wrote.

    `before` is the number of the last event that was there before the authors.
    """
    events = [tuple(one) for one in truth["log"] if one[0] > before]
    words = {int(number): text for number, text in truth["words"].items()}
    owners = {one.number: author.name for author in authors for one in author.accepted if one.intent.kind == "post"}
    found: dict[str, list[tuple[str, Any]]] = {author.name: [] for author in authors}
    faults = []
    for number, kind, update in events:
        owner = owners.get(update, "") if update is not None else _writer(words.get(number, ""), kind, authors)
        if owner not in found:
            faults.append(f"event {number}, {kind} of {update}, was accepted from nobody")
            continue
        found[owner].append((kind, words.get(number) or (update if kind != "post" else None)))
    for author in authors:
        faults += list(_order(author, found[author.name]))
    return faults


def _writer(text: str, kind: str, authors: Iterable[Author]) -> str:
    """Whose summary it is; the state is the business of whoever may pause."""
    if kind == "summary":
        return next((one.name for one in authors if text.startswith(f"{one.name} says ")), "")
    return next((one.name for one in authors if one.may_pause), "")


def _order(author: Author, found: list[tuple[str, Any]]) -> Iterator[str]:
    wanted = [(one.intent.kind, one.intent.text or one.intent.number or None) for one in author.accepted]
    # Words that were erased or are no more are known by their update alone.
    for at, (mine, theirs) in enumerate(zip(wanted, found, strict=False)):
        if mine != theirs:
            yield f"{author.name}: what was accepted as {at + 1} is {_of(mine)}, in the log {_of(theirs)}"
            return
    if len(wanted) != len(found):
        yield f"{author.name}: {len(wanted)} were accepted, {len(found)} are in the log"


def _of(event: tuple[str, Any]) -> str:
    return f"{event[0]} {str(event[1])[:60]}"


def lags(copies: Iterable[Copy], authors: Sequence[Author]) -> list[float]:
    """Seconds from the answer to an author until a reader had the event, however bad its line was meanwhile; sorted."""
    accepted = {one.number: one.at for author in authors for one in author.accepted if one.number}
    return sorted(max(0.0, one.at - accepted[one.seq]) for copy in copies for one in copy.seen if one.seq in accepted)
