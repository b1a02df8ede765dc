"""The text browser w3m in a terminal of its own: keys go in, and what stands on its screen is read off."""

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cli.processes import until

ROWS, COLUMNS = 160, 100
CONTROL = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b[()=>].?|\x1b.|[\r\n\b\t]|[^\x00-\x1f]+|[\x00-\x1f]")
CUT = re.compile(r"\x1b(\[[0-9;?]*)?$")
REDRAW = "\x0c"
OPTIONS = "-cookie -o accept_cookie=1 -o use_history=0 -o wrap_search=1 -I UTF-8 -O UTF-8".split()


class Screen:
    """What a terminal of the kind vt100 shows, as far as w3m uses it."""

    def __init__(self) -> None:
        self.rows = [[" "] * COLUMNS for _row in range(ROWS)]
        self.row = self.column = 0
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.begun = ""

    def take(self, written: bytes) -> None:
        """Draw what a program wrote; an order that is not whole yet waits for its end."""
        text = self.begun + self.decoder.decode(written)
        whole = CUT.sub("", text)
        text, self.begun = whole, text[len(whole) :]
        for found in CONTROL.finditer(text):
            if found[2]:
                self._obey(found[1], found[2])
            elif found[0][0] in "\r\n\b\t":
                self._move(found[0])
            elif found[0][0] >= " ":
                self._write(found[0])

    def _obey(self, given: str, order: str) -> None:
        numbers = [int(one) for one in given.split(";") if one.isdigit()]
        if order == "H":
            self.row, self.column = (one - 1 for one in ((numbers or [1]) + [1])[:2])
        elif order == "C":
            self.column += (numbers or [1])[0]
        elif order in "JK":
            self._clear_after(only_this_row=order == "K")

    def _clear_after(self, *, only_this_row: bool) -> None:
        self.rows[self.row][self.column :] = [" "] * (COLUMNS - self.column)
        for row in [] if only_this_row else self.rows[self.row + 1 :]:
            row[:] = [" "] * COLUMNS

    def _move(self, how: str) -> None:
        if how == "\r":
            self.column = 0
        elif how == "\n":
            self.row = min(self.row + 1, ROWS - 1)
        else:
            self.column = max(self.column - 1, 0) if how == "\b" else (self.column // 8 + 1) * 8

    def _write(self, text: str) -> None:
        for one in text[: COLUMNS - self.column]:
            self.rows[self.row][self.column] = one
            self.column += 1

    @property
    def text(self) -> str:
        """All that stands there, in one line."""
        return " ".join("\n".join("".join(row) for row in self.rows).split())


class TextBrowser:
    """A running w3m, which forgets everything at its end."""

    def __init__(self, home: Path, address: str) -> None:
        self.screen, self.home = Screen(), home
        home.mkdir()
        self.words, editor = home / "words", home / "editor"
        editor.write_text(f'#!/bin/sh\nexec cp "{self.words}" "$1"\n', encoding="ascii")
        editor.chmod(0o755)
        self.ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        variables = {"PATH": os.environ["PATH"], "TERM": "vt100", "LANG": "C.UTF-8", "HOME": str(home)}
        self.process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", "w3m", *OPTIONS, address],
            env={**variables, "EDITOR": str(editor)},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.keys("Q")
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            os.close(self.ours)

    def keys(self, keys: str) -> None:
        """Press them."""
        os.write(self.ours, keys.encode())

    def reads(self, *words: str) -> None:
        """Wait until the screen says so."""
        try:
            until(lambda: all(one in self._seen() for one in words), f"w3m shows {words}")
        except AssertionError as error:
            raise AssertionError(f"{error}, but {self.screen.text}") from None

    def go(self, address: str) -> None:
        """Open an address."""
        self.keys("U")
        self.reads("Goto URL:")
        self.keys(f"\x15{address}\r")

    def at(self, words: str) -> None:
        """Put the cursor on the first place that says so; with $ behind it, on the first line that ends so."""
        self.reads(words.rstrip("$"))
        self.keys("g/")
        self.reads("Forward:")
        self.keys(f"{words}\r{REDRAW}")
        until(lambda: "Forward:" not in self._seen(), "w3m has searched")

    def follow(self, words: str) -> None:
        """Follow a link, press a button or tick a box by its name."""
        self.at(words)
        self.keys("\r")

    def typed(self, label: str, words: str, *, prompt: str = "TEXT:") -> None:
        """Fill in the field after a label."""
        self.at(label)
        self.keys("\t\r")
        self.reads(prompt)
        self.keys(f"\x15{words}\r{REDRAW}")
        until(lambda: prompt not in self._seen(), "w3m took it")

    def wrote(self, label: str, words: str) -> None:
        """Fill in the text area after a label, by the editor."""
        self.words.write_text(words, encoding="utf-8")
        self.at(label)
        self.keys("\t\r")
        self.reads(words[:16])  # the area is narrow

    def address(self) -> str:
        """Where it is."""
        self.keys("c")
        found = until(lambda: re.search(r"https?://\S+$", self._seen()), "w3m says where it is")
        return str(found[0])

    def _seen(self) -> str:
        while select.select([self.ours], [], [], 0.05)[0]:
            self.screen.take(os.read(self.ours, 65_536))
        return self.screen.text
