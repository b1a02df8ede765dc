"""A newsroom in which comments are taken, in GAZETI_HOME: `python -m tests.cli.commenting NUMBER` lays two stories.

It prints as many filled-in forms, each by another reader with work of its own, as JSON: most of them are published,
every fifth is held for its links, and every eleventh was sent by a robot.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from tests.cli.processes import environment
from tests.conventions.tree import ROOT

HELD_EACH, TRAPPED_EACH = 5, 11
LINKS = "See https://one.example/ and https://two.example/ too."


@dataclass(frozen=True)
class Form:
    """A form as it is sent: to which story, and its fields."""

    address: str
    fields: dict[str, str]

    @property
    def key(self) -> str:
        """The key by which it is taken once."""
        return self.fields["key"]


@dataclass(frozen=True)
class Laid:
    """The stories by their addresses, and forms that nobody has sent yet."""

    stories: dict[str, int]
    forms: list[Form]


def laid(home: Path, number: int) -> Laid:
    """Lay the stories and so many forms in a newsroom."""
    variables = environment(GAZETI_HOME=str(home), DJANGO_SETTINGS_MODULE="gazeti.config.settings")
    command = [sys.executable, "-m", "tests.cli.commenting", str(number)]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Laid(told["stories"], [Form(address, fields) for address, fields in told["forms"]])


def lay(number: int) -> dict[str, Any]:
    """Publish the stories, settle what is taken, and fill in the forms."""
    from tests.comments.writing import settle
    from tests.newsroom import make_section, make_story

    settle()
    section = make_section()
    stories = [make_story(section) for _ in range(2)]
    forms = [(stories[one % 2].address, filled_in(stories[one % 2], one)) for one in range(number)]
    return {"stories": {story.address: story.pk for story in stories}, "forms": forms}


def filled_in(story: Any, number: int) -> dict[str, str]:
    """One reader's form."""
    from gazeti.guard import traps
    from tests.comments.writing import WORDS, whole

    body = f"{WORDS} I counted {number}."
    body = f"{body} {LINKS}" if number % HELD_EACH == 0 else body
    trapped = {traps.FIELD: "Buy here"} if number % TRAPPED_EACH == 0 else {}
    return whole(
        story, body=body, name=f"Reader {number}", email=f"{number}@example.org", key=f"key-{number}", **trapped
    )


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(lay(int(sys.argv[1]))))
