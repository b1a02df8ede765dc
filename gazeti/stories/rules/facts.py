"""What the preflight asks about a story, as plain values, and what it answers."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """What a finding does: it blocks and nobody may override it, it blocks until an editor does, or it warns."""

    ALWAYS = "always"
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, in a sentence that says what to do.

    `field` is the form's field that mends it, `block` the id of the body's block where it stands there, `about` what it
    is about where a rule may find several things, as in "picture:12". `words` is the sentence as translators see it.
    """

    words: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    field: str
    block: str = ""
    about: str = ""
    rule: str = ""
    severity: Severity = Severity.ALWAYS

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return self.words % self.values if self.values else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture where a story shows it, with the words that readers get there.

    `block` is empty for the lead picture; `rights_end` is the last day on which it may be shown.
    """

    number: int
    title: str
    file_name: str = ""
    block: str = ""
    alt: str = ""
    is_decorative: bool = False
    caption: str = ""
    credit: str = ""
    rights_end: date | None = None

    @property
    def about(self) -> str:
        """The name under which findings and overrides know it."""
        return f"picture:{self.number}"

    @property
    def field(self) -> str:
        """The form's field that holds it."""
        return "body" if self.block else "lead_picture"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: its block's id and its text."""

    block: str
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whom a quotation names as its speaker, and its block's id."""

    block: str
    speaker: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link to what readers cannot open: its block's id and its words, empty for a related story or a document."""

    block: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A story as the preflight sees it.

    `day` is the day on which readers first see this version, in the newsroom's time zone; `text` whatever it says
    outside its quotations; `first_view` the bytes of its first view on the wire, None where nobody measured them.
    """

    headline: str
    section: str
    is_signed: bool
    is_dated: bool
    is_filled: bool
    standfirst: str
    day: date
    text: str = ""
    pictures: tuple[ShownPicture, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    broken: tuple[BrokenLink, ...] = ()
    first_view: int | None = None
