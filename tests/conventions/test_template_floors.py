"""Templates keep to their floors: one extends or includes templates of its own app or of an app below it."""

import re
from pathlib import Path

import pytest

from tests.conventions.tree import TEMPLATES, in_each, refuse, shown, templates

# From the top down; apps that stand side by side share a number.
FLOORS = {
    "front": 7, "archive": 6, "feeds": 6, "letters": 6, "live": 5, "comments": 5, "record": 4, "stories": 3,
    "media": 2, "accounts": 2, "base": 1, "guard": 0, "wagtailadmin": 0,
}  # fmt: skip
# Folders in which Wagtail and Django look for what a project puts in place of theirs.
OVERRIDES = {
    "wagtailadmin": "Wagtail's desk takes its branding from templates of these names",
    **dict.fromkeys(
        ["account", "allauth", "mfa", "usersessions"], "allauth shows its pages by templates of these names"
    ),
}
# Includes of a template that a variable names, each with its reason.
NAMED_BY_VARIABLE = {
    "block.template": "a story's body shows each block by the template that `front/queries/body.py` lists for its type",
}
TAG = re.compile(r"{%-?\s*(extends|include)\s+(\S+)(.*?)%}", re.DOTALL)


def may_use(user: str, used: str) -> bool:
    """Say whether a template of one app may extend or include one of another."""
    return user == used or FLOORS.get(used, 99) < FLOORS.get(user, 0)


def breaches(app: str, text: str) -> list[str]:
    """Return what a template of `app` does against the floors."""
    found = []
    for verb, name, rest in TAG.findall(text):
        path = name.strip("\"'")
        if path == name and name not in NAMED_BY_VARIABLE:
            found.append(f"{verb} {name}: name the template, a variable hides its floor")
        elif path != name and not may_use(app, path.split("/", maxsplit=1)[0]):
            found.append(f"{verb} {path}: it stands above or beside {app}")
        if verb == "include" and not rest.rstrip().endswith("only"):
            found.append(f"include {path}: a part takes its context by `with … only`")
    return found


def app_of(path: Path) -> str:
    """Return the folder of a template, which names its app; its own name if it stands in none."""
    return path.relative_to(TEMPLATES).parts[0]


def test_a_template_lives_in_its_apps_folder() -> None:
    assert [shown(path) for path in templates() if app_of(path) not in {*FLOORS, *OVERRIDES}] == []


def test_a_template_uses_its_own_floor_and_those_below() -> None:
    ours = [path for path in templates() if app_of(path) not in OVERRIDES]
    refuse(in_each(lambda path: breaches(app_of(path), path.read_text(encoding="utf-8")), ours))


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "front/page.html" %}',
        '{% include "accounts/name.html" with name=name only %}',
        "{% extends parent %}",
        '{% include "media/picture.html" %}',
        '{% include "media/picture.html" with picture=picture %}',
    ],
)
def test_a_breach_is_seen(text: str) -> None:
    assert breaches("media", text)


def test_the_own_floor_and_those_below_are_free() -> None:
    assert breaches("stories", '{% extends "base/page.html" %}{% include "media/a.html" with a=b only %}') == []
