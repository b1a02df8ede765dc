"""What a line of a file of comments may say: the shape, and what must hold inside it."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from gazeti.comments.rules.names import LONGEST_BODY, LONGEST_NAME, Complaint, Kind, State
from gazeti.plain.letters import cleaned_name
from gazeti.plain.mailboxes import may_be_kept

LARGEST = 2_147_483_647
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
MOST = 100_000
"""Decisions about a comment, or reports of it, at most."""
MOST_WORDS = 10_000
"""Words that a rule found. It keeps fewer now; earlier versions kept all, and a comment may be nothing but links."""
SHOWN = 3
"""How many things that are wrong with a line are told."""


def _kept(text: str) -> str:
    """Raise ValueError for what no database keeps: half characters, and the character nought."""
    if "\x00" in text or (not text.isascii() and any("\ud800" <= one <= "\udfff" for one in text)):
        raise ValueError("holds a character that cannot be kept")
    return text


def _mailbox(address: str) -> str:
    if address and not may_be_kept(address):
        raise ValueError("is no email address")
    return address


def _short(name: str) -> str:
    """Raise ValueError for a name that is too long once it is cleaned: some letters become several."""
    if len(cleaned_name(name)) > LONGEST_NAME:
        raise ValueError(f"has more than {LONGEST_NAME} characters once it is cleaned")
    return name


Text = Annotated[str, AfterValidator(_kept)]
Moment = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Email = Annotated[Text, AfterValidator(_mailbox)]
Standing = State | Literal[""]


class Line(BaseModel):
    """Whatever is told: nothing more than is known here, and each thing of its own kind."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ToldDecision(Line):
    """A decision. `undoes` is the place, from 1, of an earlier one about the same comment; `by` is a name."""

    kind: Kind
    before: Standing
    after: Standing
    rule: Annotated[Text, Field(max_length=30)]
    reason: Annotated[Text, Field(max_length=30)]
    words: Annotated[list[Annotated[Text, Field(max_length=LONGEST_BODY)]], Field(max_length=MOST_WORDS)]
    note: Annotated[Text, Field(max_length=500)]
    by: Annotated[Text, Field(min_length=1, max_length=310)] | None
    at: Moment
    undoes: Number | None
    together: Annotated[Text, Field(max_length=32)]


class ToldReport(Line):
    """A report. `outcome` is the place, from 1, of the decision that answered it; without `text` it was forgotten."""

    reason: Complaint
    is_illegal: bool
    at: Moment
    closed_at: Moment | None
    told_at: Moment | None
    outcome: Number | None
    text: Annotated[Text, Field(max_length=2_000)] | None
    in_good_faith: bool
    name: Annotated[Text, Field(max_length=LONGEST_NAME)] = ""
    email: Email = ""


class Told(Line):
    """A comment, all of it but where it came from. `reader` tells writers apart in one file, and is nobody's name."""

    story: Annotated[Text, Field(max_length=1_000, pattern=r"^/[^/\s]\S*$")]
    number: Number
    reply_to: Number | None
    state: State
    sent_at: Moment
    published_at: Moment | None
    edited_at: Moment | None
    alarmed_at: Moment | None
    forgotten_at: Moment | None
    language: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,10}$")]
    reader: Annotated[Text, Field(min_length=1, max_length=40)] | None
    name: Annotated[Text, Field(max_length=LONGEST_NAME), AfterValidator(_short)] | None
    body: Annotated[Text, Field(max_length=LONGEST_BODY)] | None
    badge: Literal["", "reporter", "editor", "moderator", "administrator"]
    is_pick: bool
    respect: Annotated[int, Field(ge=0, le=LARGEST)]
    decisions: Annotated[list[ToldDecision], Field(max_length=MOST)]
    reports: Annotated[list[ToldReport], Field(max_length=MOST)]
    email: Email = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.reply_to is not None and self.reply_to >= self.number:
            raise ValueError("a comment answers one with a smaller number")
        if (self.name is None) != (self.body is None):
            raise ValueError("name and body are both there, or neither")
        undone = [(place, one.undoes) for place, one in enumerate(self.decisions, start=1) if one.undoes]
        if any(other >= place for place, other in undone) or len({other for _place, other in undone}) < len(undone):
            raise ValueError("a decision undoes an earlier one, each once")
        if any(one.outcome and one.outcome > len(self.decisions) for one in self.reports):
            raise ValueError("a report names a decision that is not there")
        return self


def told_in(line: str) -> Told:
    """The comment that a line tells of. Raises ValueError, whose words say what is wrong."""
    try:
        return Told.model_validate_json(line)
    except ValidationError as error:
        raise ValueError("; ".join(map(_reason, error.errors()[:SHOWN]))) from error


def _reason(error: object) -> str:
    facts: dict[str, object] = dict(error)  # type: ignore[call-overload]  # a TypedDict of pydantic's
    where = ".".join(map(str, facts["loc"]))  # type: ignore[call-overload]
    return f"{where}: {facts['msg']}" if where else str(facts["msg"])
