"""What tests of files of comments share: the verb that takes one in, two stories, and a file about both."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazeti.cli.main import main
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.comments.moving import Run, emptied, exported, lively, moderator_named
from tests.newsroom import make_section, make_story


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `gazeti import comments -` with a text on standard input, in this newsroom."""
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path / "newsroom"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])

    def told_to(text: str | bytes, *options: str) -> Result:
        return CliRunner().invoke(main, ["import", "comments", "-", *options], input=text)

    return told_to


@pytest.fixture
def stories(db: None) -> list[Story]:
    section = make_section()
    return [make_story(section, slug="a-bridge"), make_story(section, slug="b-ferry")]


@pytest.fixture
def file(stories: list[Story]) -> str:
    """The comments of two stories, taken out of a newsroom where nothing is said any more."""
    lively(stories[0], by=moderator_named())
    make_comment(stories[1], name="Otieno", email="otieno@example.org")
    text = exported()
    emptied()
    return text
