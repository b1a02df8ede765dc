"""Facts that pages share: a worker reads and renders them once, and again after a purge of what they show."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.base.models import Newspaper
from gazeti.front import rules
from gazeti.front.queries.covered import covered
from gazeti.front.queries.listed import listed, listed_tags, with_rows
from gazeti.live.queries.coverages import COVERAGES
from gazeti.stories import queries as stories
from gazeti.stories.actions.purge import FRONT, RECENT
from gazeti.stories.queries import Parts


def root() -> str:
    """Where in the tree the addresses start."""
    return edge.known("root", tags={SITE, FRONT}, make=stories.root_of_paper)


def surroundings() -> dict[str, Any]:
    """What stands around every page: the paper's name, the navigation, the footer. Two queries."""
    paper = edge.known("paper", tags={SITE}, make=Newspaper.load)
    parts = edge.known("parts", tags={SITE}, make=stories.parts_of_paper)
    return {"paper": paper, "parts": parts, "address": settings.GAZETI_ADDRESS}


def newest(parts: Parts, *, most: int) -> list[dict[str, Any]]:
    """The newest stories as lists show them."""
    return edge.known(f"newest {most}", tags=_tags, make=lambda: listed(stories.latest_stories(most), parts=parts))


def rail(parts: Parts, *, without: int | None) -> tuple[list[dict[str, Any]], SafeString]:
    """The newest stories beside a story, which is not among them: as facts, and as HTML."""
    found = covered().flagged(newest(parts, most=rules.RECENT_UNDER_STORY + 1))
    at = next((place for place, one in enumerate(found) if one["story"].pk == without), len(found))
    shown = [*found[:at], *found[at + 1 :]][: rules.RECENT_UNDER_STORY]
    # It is another for each of the newest stories, and the same for all others.
    name = f"rail without {without}" if at < rules.RECENT_UNDER_STORY else "rail"
    html = edge.known(name, tags=lambda _html: _tags(shown) | {COVERAGES}, make=lambda: _rendered(shown))
    return shown, html


def _rendered(shown: list[dict[str, Any]]) -> SafeString:
    return render_to_string("front/recent.html", {"stories": with_rows(shown)})


def _tags(shown: Iterable[dict[str, Any]]) -> set[str]:
    return {RECENT, SITE} | listed_tags(shown)
