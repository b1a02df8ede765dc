"""How many readers a second one core answers with the same story: ours beside what it is measured against.

Whole server stacks on core 0, wrk on core 1, in turns. Each side is asked once before it is measured and must give the
story, whole and compressed.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import median

from bench import machine
from bench.figures import Part, Table, ratio, turns
from bench.load import Load, full
from bench.newsroom import WrongAnswer
from bench.sides import BARE, MEMORY, STATIC_FILE, STORE, Side, started
from bench.text import PageText

ROUNDS = 3
PROMISED = ((MEMORY, BARE, 0.85), (STORE, STATIC_FILE, 0.9))
"""At least this share of the other (issue, step 3)."""
PROMISED_PEERS = 1.35
"""How many times WordPress's and Ghost's nginx caches the page store behind nginx is, at least."""


def measure(home: Path, text: PageText, addresses: Mapping[str, str]) -> Part:
    """Load every side in turns. Raises NotStarted, NotMeasurable, WrongAnswer."""
    with ExitStack() as stack:
        sides, left_out = started(stack, home, text, addresses["story"])
        loads = in_turns(sides, rounds=ROUNDS)
    speeds = {name: [one.per_second for one in found] for name, found in loads.items()}
    worked = {name: [one.per_core_second for one in found] for name, found in loads.items()}
    data = {name: [asdict(one) for one in found] for name, found in loads.items()}
    table = Table(
        "Answers a second on one core, the story, gzip",
        (
            "server", "answers a second", "least", "most", "99 % within, ms",
            "the core was busy", "answers a busy second", "others' share of the cores",
        ),
        [row(name, found) for name, found in loads.items()],
        f"Medians of {ROUNDS} rounds in turns. Where the core was not busy all the time, wrk set the pace. "
        + " ".join([*kept_promises(speeds), "By busy seconds:", *kept_promises(worked), *left_out]),
    )  # fmt: skip
    return Part([table], {"loads": data, "left_out": left_out})


def in_turns(sides: list[Side], *, rounds: int) -> dict[str, list[Load]]:
    """Load each side once a round, each time once the machine is quiet or has not become so for some seconds."""
    found: dict[str, list[Load]] = {side.name: [] for side in sides}
    for _, side in turns(sides, rounds=rounds):
        machine.quiet_load()
        load = full(side.url, within=side.within)
        if load.failed:
            raise WrongAnswer(f"{side.name} failed {load.failed} times under load")
        found[side.name].append(load)
    return found


def row(name: str, loads: list[Load]) -> tuple[object, ...]:
    """One server in the table."""
    speeds = [round(one.per_second) for one in loads]
    p99 = median(one.p99_ms for one in loads)
    others = f"{min(one.others for one in loads):.0%} to {max(one.others for one in loads):.0%}"
    busy, worked = median(one.busy for one in loads), median(one.per_core_second for one in loads)
    return name, round(median(speeds)), min(speeds), max(speeds), p99, f"{busy:.0%}", round(worked), others


def kept_promises(speeds: Mapping[str, list[float]]) -> Iterator[str]:
    """A sentence on each promised ratio that this run can tell."""
    promised = [one for one in PROMISED if one[0] in speeds and one[1] in speeds]
    peers = [name for name in speeds if name.endswith("nginx's cache")]
    for name, base, least in [*promised, *((STORE, peer, PROMISED_PEERS) for peer in peers if STORE in speeds)]:
        yield f"{name}: {ratio(speeds[name], speeds[base]):.2f} of {base} (promised: {least})."
