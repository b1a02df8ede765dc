"""What stands between a version of a story and its readers: its facts, put before the table of rules."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language, gettext
from wagtail.documents import get_document_model
from wagtail.models import Page

from gazeti.base.models import filled
from gazeti.base.rules import RESERVED_SLUGS
from gazeti.media.models import Picture
from gazeti.plain.dates import in_zone, written_date
from gazeti.stories import formats, rules
from gazeti.stories.models import Override, Section, Story
from gazeti.stories.queries.gate import addresses_of
from gazeti.stories.rules import Facts, Finding, Severity, ShownPicture
from gazeti.stories.rules.facts import BrokenLink

Raw = list[dict[str, Any]]
LIKE_TEXT = ("text", "heading", "list", "facts", "quotation", "table")
"""Blocks that readers read; the words at a picture are none without it."""
KEPT_AS = re.compile(r"^[0-9a-f]{8}-")
"""What storing puts before an original's name."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found: blocks that hold, warnings, and blocks that an editor overrode, each with who did and why."""

    blocks: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    overridden: tuple[tuple[Finding, Override], ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the story may go out."""
        return not self.blocks


def preflight_of(story: Story, *, now: datetime, weigh: bool = False) -> Preflight:
    """The preflight of a story as it is in memory: the live one, a revision's, or one not saved yet.

    With `weigh` its page is rendered to learn the bytes of its first view. Sentences are in the language turned on.
    """
    facts = facts_of(story, now=now, first_view=_first_view(story) if weigh else None)
    found = [_told(finding) for finding in rules.findings(facts)]
    blocks = [finding for finding in found if finding.severity is not Severity.WARN]
    reasons = _reasons(story) if any(finding.severity is Severity.BLOCK for finding in blocks) else {}
    return Preflight(
        blocks=tuple(one for one in blocks if not _override(one, reasons)),
        warnings=tuple(one for one in found if one.severity is Severity.WARN),
        overridden=tuple((one, reason) for one in blocks if (reason := _override(one, reasons))),
    )


def facts_of(story: Story, *, now: datetime, first_view: int | None = None) -> Facts:
    """What the rules ask about a story; the number of queries does not grow with its length."""
    raw: Raw = story.body.get_prep_value()
    pictures = tuple(_pictures(story, raw))
    prose = [(block["id"], html) for block in raw for html in formats.rich_texts([block])]
    return Facts(
        headline=story.title,
        section=_section(story),
        is_signed=rules.says_something(story.credit) or _has_author(story),
        is_dated=story.published_at is not None or not story.recovered,
        is_filled=any(map(_says_something, raw)) or any(picture.block for picture in pictures),
        standfirst=story.standfirst,
        day=first_day(story, now=now),
        text=formats.text_in([block["value"] for block in raw if block["type"] != "quotation"]),
        pictures=pictures,
        paragraphs=tuple(rules.Paragraph(block, text) for block, html in prose for text in formats.paragraphs_in(html)),
        quoted=tuple(
            rules.Quoted(block["id"], block["value"].get("speaker", ""))
            for block in raw
            if block["type"] == "quotation"
        ),
        broken=tuple(_broken(story, raw, prose)),
        first_view=first_view,
    )


def first_day(story: Story, *, now: datetime) -> date:
    """The day on which readers first see this version, where the newsroom is: after its schedule and its embargo."""
    embargo = None if story.published_at else story.embargo_until
    moment = max(now, story.go_live_at or now, embargo or now)
    return in_zone(moment, time_zone=settings.TIME_ZONE).date()


def overrides_of(story: Story) -> Iterable[Override]:
    """The overrides that cover a story, the newest first: its own, and for an alias those of what it mirrors."""
    return Override.objects.filter(story__in=_family(story)).select_related("by")


def _family(story: Story) -> list[int]:
    family = [] if story.pk is None else [story.pk]
    mirrored = story.alias_of_id
    while mirrored and mirrored not in family:
        family.append(mirrored)
        mirrored = Page.objects.filter(pk=mirrored).values_list("alias_of", flat=True).first()
    return family


def _reasons(story: Story) -> dict[tuple[str, str], Override]:
    return {(one.rule, one.about): one for one in overrides_of(story)}


def _override(finding: Finding, reasons: Mapping[tuple[str, str], Override]) -> Override | None:
    return reasons.get((finding.rule, finding.about)) if finding.rule in rules.OVERRIDABLE else None


def _told(finding: Finding) -> Finding:
    """The finding in the language turned on, its dates as people write them."""
    language = get_language() or settings.LANGUAGE_CODE
    values = {
        name: written_date(value, language=language, time_zone=settings.TIME_ZONE) if isinstance(value, date) else value
        for name, value in finding.values.items()
    }
    return replace(finding, words=gettext(finding.words), values=values)


def _first_view(story: Story) -> int | None:
    parts = filled("weight")
    return parts[0](story).first_view if parts else None


def _has_author(story: Story) -> bool:
    lines = (line for line in story.bylines.all() if line.author_id)
    return any(rules.says_something(line.author.name) for line in lines)


def _says_something(block: Mapping[str, Any]) -> bool:
    return block["type"] in LIKE_TEXT and rules.says_something(formats.text_in(block["value"]))


def _section(story: Story) -> str:
    parent = story.get_parent() if story.depth else None
    kind = ContentType.objects.get_for_model(Section).pk
    return parent.title if parent is not None and parent.content_type_id == kind else ""


def _pictures(story: Story, raw: Raw) -> Iterable[ShownPicture]:
    """The lead picture, then the body's, with the words that readers get in each place."""
    placed = [("", _lead(story))] if story.lead_picture_id else []
    for block in raw:
        if block["type"] == "picture":
            placed.append((block["id"], block["value"]))
        elif block["type"] == "gallery":
            placed += [(one.get("id") or block["id"], formats.item(one)) for one in block["value"]]
    found = Picture.objects.in_bulk({value["picture"] for _place, value in placed if value.get("picture")})
    return [_shown(found[value["picture"]], place, value) for place, value in placed if value.get("picture") in found]


def _lead(story: Story) -> dict[str, Any]:
    words = {"alt": story.lead_alt, "decorative": story.lead_decorative, "caption": story.lead_caption}
    return {"picture": story.lead_picture_id, **words}


def _shown(picture: Picture, block: str, value: Mapping[str, Any]) -> ShownPicture:
    alt = value.get("alt") or ""
    decorative = bool(value.get("decorative")) or (picture.is_decorative and not alt)
    return ShownPicture(
        number=picture.pk,
        title=picture.title,
        file_name=KEPT_AS.sub("", PurePath(picture.file.name).name),
        block=block,
        alt="" if decorative else alt or picture.description,
        is_decorative=decorative,
        caption=value.get("caption") or picture.caption,
        credit=picture.credit,
        rights_end=picture.rights_end,
    )


def _broken(story: Story, raw: Raw, prose: Iterable[tuple[str, str]]) -> Iterable[BrokenLink]:
    """Links inside the paper that lead readers nowhere: two queries for pages, one for documents."""
    links = [(block, link) for block, html in prose for link in formats.links_in(html)]
    for block in raw:
        if block["type"] == "related":
            links.append((block["id"], formats.Link("page", str(block["value"]), "")))
        elif block["type"] == "document":
            links.append((block["id"], formats.Link("document", str(block["value"].get("document")), "")))
    opens = _Opens(story, [link for _block, link in links])
    return [BrokenLink(block, link.words) for block, link in links if not opens.leads_somewhere(link)]


class _Opens:
    """Which links of a story readers can follow, looked up together."""

    def __init__(self, story: Story, links: Iterable[formats.Link]) -> None:
        wanted: dict[str, set[str]] = {"page": set(), "document": set(), "address": set()}
        for link in links:
            wanted.setdefault(link.kind, set()).add(link.to)
        self.front = "/".join(story.url_path.split("/")[:2])
        paths = {path for to in wanted["address"] if (path := self._path(to))}
        self.named = dict(Page.objects.filter(url_path__in=paths).values_list("url_path", "pk")) if paths else {}
        pages = {*_numbers(wanted["page"]), *self.named.values()} - {story.pk}
        self.pages = {*(addresses_of(pages) if pages else ()), story.pk}
        files = _numbers(wanted["document"])
        self.documents = (
            set(get_document_model().objects.filter(pk__in=files).values_list("pk", flat=True)) if files else set()
        )

    def leads_somewhere(self, link: formats.Link) -> bool:
        """Whether a reader who follows the link finds something, as far as this paper can know."""
        if link.kind in ("page", "document"):
            found = self.pages if link.kind == "page" else self.documents
            return link.to.isdigit() and int(link.to) in found
        path = self._path(link.to)
        return path is None or self.named.get(path) in self.pages

    def _path(self, address: str) -> str | None:
        """The path in the tree of an address that was typed, if it is one of a section, story or page of this paper."""
        address = address.removeprefix(settings.GAZETI_ADDRESS)
        parts = [part for part in urlsplit(address).path.split("/") if part]
        if not address.startswith("/") or address.startswith("//") or not 1 <= len(parts) <= 2:
            return None
        return None if parts[0] in RESERVED_SLUGS else f"{self.front}/{'/'.join(parts)}/"


def _numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isdigit()}
