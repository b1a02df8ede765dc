"""A comment as readers are shown it, whether alone, in its thread or under its story."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gazeti.comments.formats import comment_html
from gazeti.comments.models import Comment, CommentText
from gazeti.comments.rules import State
from gazeti.stories.queries.prepared import Row
from gazeti.stories.rules import html_language

COLUMNS = (
    "number",
    "root",
    "branch",
    "reply_to",
    "state",
    "sent_at",
    "edited_at",
    "language",
    "badge",
    "is_pick",
    "respect",
    "reader_id",
    "text__name",
    "text__body",
    "answered",
)
BADGES: dict[str, Promise] = {
    "reporter": _("Reporter"),
    "editor": _("Editor"),
    "moderator": _("Moderator"),
    "administrator": _("Newsroom"),
}
"""What stands beside the name of somebody of the newsroom, by their role."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment, ready for a template. Of one that is gone, or muted, only its place is told."""

    number: int
    root: int
    branch: int
    """Where it stands: in its thread, or among those that are shown with it."""
    answers: int | None
    """The number of the comment that it is a reply to, and under which name that stands; empty once it is gone."""
    answered: str
    name: str
    badge: str
    moment: datetime
    edited: datetime | None
    body: str
    language: str
    respect: int
    is_pick: bool
    is_gone: bool
    reader: int | None
    discussion: str
    """The address of the discussion that it is part of."""
    is_muted: bool = False
    answered_here: bool = False
    """Whether what it answers stands on the same page."""
    is_apart: bool = False
    """Whether it is shown outside of its thread: pinned, or by itself."""
    is_cut: bool = False
    """Whether more of it is at its own address."""
    is_final: bool = False
    """Whether nobody may answer it any more."""

    @property
    def level(self) -> int:
        """How deep it stands, 1 to 3."""
        if self.branch == 0 or self.is_apart:
            return 1
        return 2 if self.branch == self.number else 3

    @property
    def html(self) -> SafeString:
        """Its words."""
        return _html(self.body)

    @property
    def badge_name(self) -> Promise | str:
        """The badge in words."""
        return BADGES.get(self.badge, "")

    @property
    def spoken(self) -> str:
        """For `lang`, empty where it is the page's own language."""
        page = settings.GAZETI_LANGUAGE
        tag = html_language(self.language, site_language=page)
        return "" if tag == page else tag

    @property
    def permalink(self) -> str:
        """Its own address."""
        return f"{self.discussion}{self.number}/"

    @property
    def answers_href(self) -> str:
        """Where what it answers is to be read."""
        return f"#c{self.answers}" if self.answered_here else f"{self.discussion}{self.answers}/"

    @property
    def article(self) -> SafeString:
        """It as HTML: rendered once, since the same values give the same article."""
        return _article(self, get_language() or settings.GAZETI_LANGUAGE, settings.TIME_ZONE)


def rows_of(comments: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The columns of comments, with the name under which what each answers stands."""
    answered = CommentText.objects.filter(
        comment__story=OuterRef("story_id"), comment__number=OuterRef("reply_to"), comment__state=State.PUBLISHED
    )
    return comments.annotate(answered=Subquery(answered.values("name")[:1])).values_list(*COLUMNS)


def shown_in(story: int) -> QuerySet[Any, Any]:
    """The rows of a story's comments that have a place."""
    return rows_of(Comment.objects.filter(story=story, is_shown=True))


def shown_from(rows: Iterable[Row], *, discussion: str) -> list[Shown]:
    """The comments of these rows, in their order."""
    return [_shown(dict(zip(COLUMNS, row, strict=True)), discussion=discussion) for row in rows]


def beside_each_other(comments: Iterable[Shown]) -> list[Shown]:
    """Those of one page: each knows whether what it answers stands there too."""
    found = list(comments)
    here = {one.number for one in found}
    return [replace(one, answered_here=True) if one.answers in here else one for one in found]


def gone_above(one: Shown) -> Shown:
    """The comment that it answers where that is gone: only its place is told."""
    said: dict[str, Any] = {"name": "", "badge": "", "body": "", "reader": None, "is_pick": False, "respect": 0}
    return replace(one, number=one.answers or 0, answers=None, answered="", edited=None, is_gone=True, **said)


def final(comments: Iterable[Shown]) -> list[Shown]:
    """The same where nothing more is taken."""
    return [replace(one, is_final=True) for one in comments]


def _shown(row: dict[str, Any], *, discussion: str) -> Shown:
    is_gone = row["state"] != State.PUBLISHED or row["text__name"] is None
    said: dict[str, Any] = {"name": "", "badge": "", "body": "", "reader": None, "is_pick": False}
    if not is_gone:
        said = {
            "name": row["text__name"],
            "body": row["text__body"],
            "reader": row["reader_id"],
            **{name: row[name] for name in ("badge", "is_pick")},
        }
    return Shown(
        number=row["number"],
        root=row["root"],
        branch=row["branch"],
        answers=row["reply_to"],
        answered=row["answered"] or "",
        moment=row["sent_at"],
        edited=row["edited_at"],
        language=row["language"],
        respect=row["respect"],
        is_gone=is_gone,
        discussion=discussion,
        **said,
    )


@lru_cache(maxsize=200)
def _html(body: str) -> SafeString:
    return mark_safe(comment_html(body))  # noqa: S308 (made of escaped pieces)


@lru_cache(maxsize=2_000)
def _article(one: Shown, _language: str, _time_zone: str) -> SafeString:
    return mark_safe(render_to_string("comments/comment.html", {"one": one}).strip())  # noqa: S308 (a template's)
