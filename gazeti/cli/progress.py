"""A bar on the terminal for what takes longer than a second; a program that reads our output sees none of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Item = TypeVar("Item")
DELAY = 1.0


@contextmanager
def bar(doing: str, *, total: int, console: Console | None = None) -> Iterator[Callable[[], None]]:
    """After a second show how far something of `total` steps is; call what is given after each step."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task(doing, total=total)
    # A timer, so that one step that takes long is enough for the bar to appear.
    timer = Timer(DELAY, progress.start)
    timer.start()
    try:
        yield lambda: progress.advance(task)
    finally:
        timer.cancel()
        timer.join()
        progress.stop()


def shown(items: Sequence[Item], *, doing: str, console: Console | None = None) -> Iterator[Item]:
    """The items one by one, counted by a bar."""
    with bar(doing, total=len(items), console=console) as step:
        for item in items:
            yield item
            step()
