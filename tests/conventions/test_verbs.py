"""The verbs of the Makefile and of the command `gazeti` tell what they do."""

import re
import subprocess
from collections.abc import Iterator

import click

from tests.conventions.tree import ROOT

VERBS = {"help", "demo", "test", "check", "fix", "bench", "soak", "lock"}


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Give a command and those under it, each with its whole name."""
    yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{name} {below}")


def silent(command: click.Command, name: str) -> list[str]:
    """Return the verbs and options under a command that have no help."""
    every = list(commands(command, name))
    verbs = [verb for verb, one in every if not (one.help or "").strip()]
    options = [(verb, option) for verb, one in every for option in one.params if isinstance(option, click.Option)]
    return verbs + [f"{verb} {option.opts[0]}" for verb, option in options if not (option.help or "").strip()]


def test_make_alone_lists_every_verb() -> None:
    answer = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^ *make (\w+) +\S", answer.stdout, re.MULTILINE)) == VERBS


def test_every_verb_and_option_of_the_command_has_help() -> None:
    from gazeti.cli.main import main

    assert silent(main, "gazeti") == []


def test_a_verb_without_help_is_seen() -> None:
    @click.group(help="All.")
    def root() -> None: ...

    @root.command("mute")
    @click.option("--loud")
    def mute(loud: str) -> None: ...

    assert silent(root, "root") == ["root mute", "root mute --loud"]
