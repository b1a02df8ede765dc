"""Keeps the processes of one newsroom alive: whatever dies is started again, later each time, and never given up.

It knows processes and signals only; it loads no Django, so that nothing of the newsroom can break it.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 30.0
LONG_LIFE = 60.0
"""Seconds after which a process counts as healthy: the next pause is the first again."""
GRACE = 10.0
"""Seconds a process has to finish what it does before it is killed."""
LEAVING = 5.0
"""Seconds that it has before these, where it is replaced and first lets those finish whom it let in."""
READY_WITHIN = 60.0


@dataclass
class Post:
    """A place that one process fills at all times."""

    name: str
    command: Sequence[str]
    farewell: signal.Signals | None = None
    """What tells its process to let nobody else in and to finish, once another has taken its place."""
    process: asyncio.subprocess.Process | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)


class Supervisor:
    """Fills posts until told to stop."""

    def __init__(
        self,
        posts: Sequence[Post],
        *,
        say: Callable[[str], None],
        keep_open: Sequence[int] = (),
        preparation: Sequence[str] = (),
    ) -> None:
        """Take the posts, where to tell what happens, the descriptors that their processes inherit, and the command
        that must succeed before all are replaced.
        """
        self.posts = posts
        self.preparation = tuple(preparation)
        self.keep_open = tuple(keep_open)
        self.say = say
        self.stopping = asyncio.Event()
        self.processes: set[asyncio.subprocess.Process] = set()
        # The processes read from this pipe. When we die, however we die, it closes, and they end.
        self.life, self._our_end = os.pipe()

    async def run(self, *, when_ready: Callable[[], None]) -> None:
        """Fill all posts, tell once the first is ready, and keep them filled until a signal stops us."""
        with self._signals():
            keepers = [asyncio.create_task(self._keep(post)) for post in self.posts]
            teller = asyncio.create_task(self._tell(when_ready))
            await self.stopping.wait()
            # A process that was just being started when we were told to stop is seen in the next round.
            while not all(keeper.done() for keeper in keepers):
                await asyncio.gather(*(self._end(process) for process in self._running()))
                await asyncio.wait(keepers, timeout=0.05)
            teller.cancel()
            await asyncio.gather(*keepers, teller, return_exceptions=True)

    async def _tell(self, when_ready: Callable[[], None]) -> None:
        await self.posts[0].ready.wait()
        await asyncio.get_running_loop().run_in_executor(None, when_ready)

    async def _keep(self, post: Post) -> None:
        pause = FIRST_PAUSE
        clock = asyncio.get_running_loop().time
        while not self.stopping.is_set():
            began = clock()
            # While we paused, a new one may have been put here on purpose.
            if post.process is None or post.process.returncode is not None:
                post.process = await self._start(post, post.ready)
            ended = await self._until_missing(post)
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE if clock() - began > LONG_LIFE else pause
            self.say(f"{post.name} {_told(ended)}; a new one starts in {pause:g} s.")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _until_missing(self, post: Post) -> int:
        """Wait until the post's process has ended; one replaced on purpose is not missed."""
        while True:
            process = post.process
            assert process is not None  # noqa: S101 (filled by whoever waits)
            ended = await process.wait()
            if process is post.process:
                return ended

    async def _start(self, post: Post, ready: asyncio.Event) -> asyncio.subprocess.Process:
        reading, writing = os.pipe()
        ready.clear()
        try:
            process = await asyncio.create_subprocess_exec(
                *post.command,
                f"--life={self.life}",
                f"--ready={writing}",
                pass_fds=(*self.keep_open, self.life, writing),
                # Ctrl-C reaches us alone, and we let them finish.
                process_group=0,
                stdin=asyncio.subprocess.DEVNULL,
            )
        finally:
            os.close(writing)
        self.processes = {*self._running(), process}
        asyncio.get_running_loop().add_reader(reading, _heard, reading, ready)
        return process

    async def _replace_all(self) -> None:
        """One after the other: start a new process, wait until it is ready, let the old one finish.

        The first that does not start ends it: what runs is better than what does not.
        """
        if not await self._prepared():
            self.say("The preparation failed: everything stays as it is.")
            return
        for post in self.posts:
            ready = asyncio.Event()
            fresh = await self._start(post, ready)
            with suppress(TimeoutError):
                await asyncio.wait_for(_first(ready.wait(), fresh.wait()), READY_WITHIN)
            if fresh.returncode is not None or not ready.is_set():
                self.say(f"The new {post.name} did not start; the old one stays, and so do the others.")
                await self._end(fresh)
                return
            old, post.process = post.process, fresh
            if old:
                await self._end(old, farewell=post.farewell)
        self.say("All processes have been replaced.")

    async def _prepared(self) -> bool:
        if not self.preparation:
            return True
        process = await asyncio.create_subprocess_exec(
            *self.preparation, process_group=0, stdin=asyncio.subprocess.DEVNULL
        )
        self.processes = {*self._running(), process}
        return await process.wait() == 0

    async def _end(self, process: asyncio.subprocess.Process, *, farewell: signal.Signals | None = None) -> None:
        """Ask a process to finish, and kill it after ten seconds, or a little more where it is bidden farewell."""
        with suppress(ProcessLookupError):
            process.send_signal(farewell or signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), GRACE + (LEAVING if farewell else 0))
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def _running(self) -> set[asyncio.subprocess.Process]:
        return {process for process in self.processes if process.returncode is None}

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT stop; SIGHUP replaces all processes, but means "the window was closed" in a terminal."""
        loop = asyncio.get_running_loop()
        replacing: set[asyncio.Task[None]] = set()

        def replace() -> None:
            if not replacing:
                task = loop.create_task(self._replace_all())
                replacing.add(task)
                task.add_done_callback(replacing.discard)

        in_terminal = sys.stdin is not None and sys.stdin.isatty()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self.stopping.set if in_terminal else replace)
        try:
            yield
        finally:
            for task in replacing:
                task.cancel()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                loop.remove_signal_handler(number)


def _heard(reading: int, ready: asyncio.Event) -> None:
    """A process wrote that it is ready, or ended without."""
    asyncio.get_running_loop().remove_reader(reading)
    if os.read(reading, 1):
        ready.set()
    os.close(reading)


async def _first(*waiting: object) -> None:
    tasks = [asyncio.ensure_future(one) for one in waiting]  # type: ignore[call-overload]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _told(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"
