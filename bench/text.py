"""The page that is measured: the seed where it is at hand, else a page as long from the sample edition's words."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from gazeti.archive.formats.page import parse_page

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seed" / "page.txt"
EDITION = ROOT / "gazeti" / "cli" / "edition" / "data" / "stories"
LONG_AS_THE_SEED = 3_150
"""Characters of the seed's paragraphs."""
RECENT = 20


@dataclass(frozen=True)
class PageText:
    """One story's words, and the headlines that stand under it."""

    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    recent: tuple[str, ...]
    left_out: str = ""

    @property
    def rich(self) -> str:
        """The paragraphs as rich text."""
        return "".join(f"<p>{escape(one, quote=False)}</p>" for one in self.paragraphs)


def page_text(seed: Path = SEED, edition: Path = EDITION) -> PageText:
    """The seed's words; without it, words of the sample edition, and `left_out` says so."""
    if not seed.exists():
        return of_edition(edition, missing=seed)
    found = parse_page(seed.read_text(encoding="utf-8"))
    return PageText(
        headline=found.headline.value if found.headline else "",
        standfirst=found.standfirst.value if found.standfirst else "",
        paragraphs=found.body.value if found.body else (),
        recent=tuple(one.headline for one in found.recent),
    )


def of_edition(folder: Path, *, missing: Path) -> PageText:
    """A page as long as the seed, made of the sample edition's English stories."""
    stories = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    english = [story for story in stories if story.get("language", "en") == "en"]
    return PageText(
        headline=english[0]["headline"],
        standfirst=english[0].get("standfirst", ""),
        paragraphs=tuple(_enough(_paragraphs(english))),
        recent=tuple(story["headline"] for story in english[1 : RECENT + 1]),
        left_out=f"the seed's page: no {missing.name} in ../shared/seed; words of the sample edition stand in for it",
    )


def _paragraphs(stories: list[dict[str, Any]]) -> Iterator[str]:
    blocks = (block for story in stories for block in story.get("body", []) if block["type"] == "text")
    for block in blocks:
        yield from filter(None, (one.strip() for one in block["text"].split("\n\n")))


def _enough(paragraphs: Iterator[str]) -> Iterator[str]:
    length = 0
    for one in paragraphs:
        if length >= LONG_AS_THE_SEED:
            return
        length += len(one)
        yield one
