"""`python -m bench [--only NAME]…`: measure, print Markdown tables, keep all samples in bench/results/latest.json.

No figure makes it fail: it exits with 1 only when a part could not be measured, which is named.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import machine
from bench.cores import NotMeasurable
from bench.figures import Part, markdown
from bench.first_paint import NoBrowser
from bench.newsroom import WrongAnswer, own_home
from bench.servers import NotStarted
from bench.text import PageText, page_text

PARTS = {
    "weight": "bench.weight",
    "queries": "bench.queries",
    "cold": "bench.cold",
    "throughput": "bench.throughput",
    "visible": "bench.visible",
    "memory": "bench.memory",
    "comments": "bench.comments",
    "streams": "bench.streams",
    "streams-visible": "bench.streams_visible",
    "paint": "bench.first_paint",
}
RESULTS = Path(__file__).resolve().parent / "results" / "latest.json"


@dataclass(frozen=True)
class Measured:
    """A part, what else used the machine around it, and how long it took."""

    part: Part
    before: machine.Load
    after: machine.Load
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that were asked for, in one newsroom."""
    names = asked_for(arguments)
    text = page_text()
    left_out = [text.left_out] if text.left_out else []
    measured: dict[str, Measured] = {}
    with own_home() as home:
        addresses = newsroom(text)
        for name in names:
            measure_one(name, home, text, addresses, into=measured, left_out=left_out)
    keep(RESULTS, measured, left_out)
    for sentence in left_out:
        print(f"left out: {sentence}")
    return 0 if len(measured) == len(names) else 1


def asked_for(arguments: Sequence[str] | None) -> list[str]:
    """The names of parts on the command line; without any, all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Gazeti by ratios on this machine.")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="measure this part; may be given again")
    return parser.parse_args(arguments).only or list(PARTS)


def newsroom(text: PageText) -> dict[str, str]:
    """Make the newsroom that all parts measure."""
    from django.core.management import call_command
    from django.db import connections

    from bench.newsroom import make_newsroom

    print("Making the newsroom…", file=sys.stderr)
    call_command("migrate", verbosity=0)
    addresses = make_newsroom(text)
    connections.close_all()
    return addresses


def measure_one(
    name: str,
    home: Path,
    text: PageText,
    addresses: Mapping[str, str],
    *,
    into: dict[str, Measured],
    left_out: list[str],
) -> None:
    """Measure one part and print it, or say that it is left out and why."""
    print(f"Measuring {name}…", file=sys.stderr)
    part = import_module(PARTS[name])
    before, start = machine.quiet_load(), time.monotonic()
    try:
        found = part.measure(home, text, addresses)
    except (NoBrowser, NotMeasurable, NotStarted, WrongAnswer) as error:
        left_out.append(f"{name}: {error}")
        return
    into[name] = Measured(found, before, machine.load(), time.monotonic() - start)
    for table in found.tables:
        print(f"{markdown(table)}\n\n{machine.told(into[name].before, into[name].after)}\n", flush=True)


def keep(path: Path, measured: Mapping[str, Measured], left_out: Sequence[str]) -> None:
    """Write everything that was found, with the machine and what else used it."""
    parts: dict[str, Any] = {
        name: {"seconds": round(one.seconds, 1), "others": machine.as_data(one.before, one.after), **one.part.data}
        for name, one in measured.items()
    }
    data = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.facts(),
        "left_out": list(left_out),
        "parts": parts,
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
