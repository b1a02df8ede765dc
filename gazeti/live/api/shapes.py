"""What programs send to a coverage and get of it."""

from typing import Annotated, Any, Literal, Self

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from gazeti.live.actions import NotReady
from gazeti.live.formats import Raw, body_of, with_picture, with_text, with_words
from gazeti.live.rules import Words
from gazeti.stories.rules import Finding

LARGEST = 2_147_483_647
MOST, NEWEST = 50, 30
LONGEST = 100_000
"""Characters of a text that is looked at; how many fit an update is said by the preflight."""
KEY = r"^[!-~]{1,200}$"
OF_PICTURE = frozenset({"alt", "caption", "decorative"})
NO_PICTURE = "There is no picture that these words could be of. Send “picture” with them."
BOTH = "Send “text” or “body”, not both."
State = Literal["planned", "live", "paused", "closed"]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Number = Annotated[int, Field(ge=0, le=LARGEST)]
Text = Annotated[str, Field(max_length=LONGEST)]


class Sent(Schema):
    """An object in which a field that nobody knows is refused by name."""

    model_config = ConfigDict(extra="forbid")


class Part(Schema):
    """Which of the newest are asked for: so many, older than that one."""

    before: Number | None = None
    limit: int = Field(NEWEST, ge=1, le=MOST)


class SentWords(Sent):
    """Words of an update: `text` in paragraphs an empty line apart, or `body` in blocks as they are read; a picture.

    In an edit `text` leaves the picture, `picture` the text; `alt`, `caption`, `decorative` are of the first picture,
    and `picture: null` takes it out.
    """

    heading: Text | None = None
    text: Text | None = None
    body: list[dict[str, Any]] | None = None
    picture: Id | None = None
    alt: Text = ""
    caption: Text = ""
    decorative: bool = False
    author: Id | None = None
    is_key: bool | None = None
    correction: Text | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if self.text is not None and self.body is not None:
            raise ValueError(BOTH)
        return self

    def raw(self, old: Raw) -> Raw:
        """The body with what was sent of one: blocks stand for all of it; text, picture and words each for its part.

        Raises NotReady for words of a picture where there is none.
        """
        said = {name: getattr(self, name) for name in sorted(OF_PICTURE & self.model_fields_set)}
        if self.body is not None and self.picture is not None:
            return [*self.body, *body_of("", pictures=[{"picture": self.picture, **said}])]
        raw = old if self.body is None else self.body
        if self.text is not None:
            raw = with_text(raw, self.text)
        if self.body is None and "picture" in self.model_fields_set:
            raw = with_picture(raw, self.picture)
        try:
            return with_words(raw, said) if said else raw
        except LookupError as error:
            wrong = [Finding(words=NO_PICTURE, field=name, rule="shape") for name, value in said.items() if value]
            raise NotReady(wrong) from error

    def words(self, *, before: Words | None = None) -> Words:
        """The words that were sent; what was not is as it was before. Raises NotReady as `raw` does."""
        old = before or Words(body=[])
        return Words(
            body=self.raw(old.body),
            heading=old.heading if self.heading is None else self.heading,
            author=self.author if "author" in self.model_fields_set else old.author,
            is_key=old.is_key if self.is_key is None else self.is_key,
            correction=old.correction if self.correction is None else self.correction,
        )


class Posted(SentWords):
    """An update to post: with `due_at` at that time, with `waits` not before somebody at the desk has looked at it."""

    key: str = Field("", pattern=rf"{KEY}|^$")
    due_at: AwareDatetime | None = None
    waits: bool = False


class Edited(SentWords):
    """Fields to change. `seen` is the `version` that was read, so that nobody writes over another."""

    seen: Number | None = None


class Mended(SentWords):
    """Fields to change of what waits, and its time."""

    due_at: AwareDatetime | None = None


class Retracted(Sent):
    """With `erases` the words are deleted too, for good."""

    erases: bool = False


class Summed(Sent):
    """The summary: `text`, or `body` in blocks; neither takes it away."""

    text: Text = ""
    body: list[dict[str, Any]] | None = None


class Times(Sent):
    """When a coverage begins, by itself, and when it is to end."""

    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class Covered(Times):
    """A story to cover live."""

    story: Id


class Author(Schema):
    """Who wrote it."""

    id: int
    name: str


class Update(Schema):
    """An update as it stands; one that was taken back says nothing but that. `html` is what readers get.

    `body` is told to who may change it.
    """

    number: int
    version: int
    address: str
    posted_at: AwareDatetime
    edited_at: AwareDatetime | None
    is_gone: bool
    is_key: bool
    is_pinned: bool
    heading: str
    html: str
    correction: str
    author: Author | None
    body: list[dict[str, Any]] | None


class Coverage(Schema):
    """A coverage. `head` is the number of its last event: `after/<head>/` below its address tells what comes."""

    id: int
    headline: str
    address: str
    state: State
    head: int
    starts_at: AwareDatetime | None
    ends_at: AwareDatetime | None
    opened_at: AwareDatetime | None
    closed_at: AwareDatetime | None


class CoverageSummed(Coverage):
    """A coverage with its summary in HTML, empty where there is none."""

    summary: str


class CoverageWithUpdates(CoverageSummed):
    """A coverage with its summary and a part of its updates, the newest first; `before` leads to older ones."""

    updates: list[Update]
    before: int | None


class Coverages(Schema):
    """Coverages, the newest first; `before` leads to older ones."""

    coverages: list[Coverage]
    before: int | None


class Waiting(Schema):
    """What waits: `sent` in for somebody to post, or `scheduled`. `failed` says why it did not go out at its time."""

    id: int
    coverage: int
    reached: Literal["sent", "scheduled"]
    heading: str
    body: list[dict[str, Any]]
    author: Author | None
    is_key: bool
    by: str | None
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    failed: str


class Inbox(Schema):
    """All that waits in a coverage, in the order in which it came."""

    waiting: list[Waiting]


class MadeStory(Schema):
    """The draft that was made."""

    page: int
    headline: str
