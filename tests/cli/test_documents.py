"""Every verb and option of `gazeti` that the documents name is there."""

import re

import click
import pytest

from gazeti.cli.main import main
from tests.conventions.tree import ROOT

PAGES = ("docs/operators.md", "docs/contracts/verbs.md")
LINE = re.compile(r"(?:`|^|=/usr/local/bin/)gazeti ((?:[a-z]|--|\[).*?)(?:`|$)", re.MULTILINE)


def named(text: str) -> list[str]:
    """Return each command that a text names, without the word `gazeti`."""
    return LINE.findall(text)


def unknown(command: str) -> list[str]:
    """Return the words of a command that lead nowhere."""
    verb: click.Command = main
    lost = []
    # The value of `--home`, which comes before the verb, is any folder.
    for word in re.sub(r"--home \S+|[\[\]]", " ", command).split():
        if word.startswith("--"):
            known = {name for option in verb.params for name in option.opts}
            lost += [word] if word not in known else []
        elif isinstance(verb, click.Group):
            found = verb.commands.get(word)
            lost += [] if found or word in ("DIR", "VERB", "…") else [word]
            verb = found or verb
    return lost


@pytest.mark.parametrize("page", PAGES)
def test_documents_name_verbs_and_options_that_are_there(page: str) -> None:
    commands = named((ROOT / page).read_text(encoding="utf-8"))
    assert len(commands) > 5
    assert {command: lost for command in commands if (lost := unknown(command))} == {}


def test_every_verb_stands_in_the_contract() -> None:
    commands = named((ROOT / "docs/contracts/verbs.md").read_text(encoding="utf-8"))
    assert set(main.commands) <= {command.split()[0] for command in commands}


@pytest.mark.parametrize("command", ["sevre", "new DIR --nmae", "user remove EMAIL", "doctor [--xml]"])
def test_a_word_that_leads_nowhere_is_seen(command: str) -> None:
    assert unknown(command)
