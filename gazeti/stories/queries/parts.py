"""The parts of the paper that stand on every page: its sections, and its pages about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Case, Q, QuerySet, Value, When
from wagtail.models import Page, Site

from gazeti.base.models import InformationPage
from gazeti.base.rules import FRONT_DEPTH
from gazeti.stories.models import Section
from gazeti.stories.models.standing import SECTION_PATH, unrestricted
from gazeti.stories.queries.prepared import Prepared


class InTree(Protocol):
    """Whatever has a place in the tree."""

    @property
    def path(self) -> str:
        """The place (treebeard's materialised path)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or a page about the paper, as the head and the foot of every page show it."""

    pk: int
    path: str
    slug: str
    title: str
    show_in_menus: bool


@dataclass(frozen=True)
class Parts:
    """The parts of the paper: its sections, and its pages about itself."""

    sections: Sequence[Part]
    information: Sequence[Part]

    @property
    def in_navigation(self) -> list[Part]:
        """The sections that the editor shows at the head of every page."""
        return [section for section in self.sections if section.show_in_menus]

    @property
    def in_footer(self) -> list[Part]:
        """The information pages that the editor shows at the foot of every page."""
        return [page for page in self.information if page.show_in_menus]

    def section_of(self, story: InTree) -> Part | None:
        """The section that a story stands in, without a query."""
        return next((one for one in self.sections if one.path == story.path[:SECTION_PATH]), None)


def _top_of_the_tree() -> QuerySet[Any, Any]:
    """The sections and the pages about the paper, which is what each is, and whether it is open.

    They are asked for by their own few rows and in no order, lest SQLite looks for them among all pages.
    """
    sections, information = (model._default_manager.order_by().values("pk") for model in (Section, InformationPage))
    is_section = Case(When(pk__in=sections, then=Value(1)), default=Value(0))
    pages = Page.objects.filter(Q(pk__in=sections) | Q(pk__in=information), unrestricted(), live=True)
    shown = ("pk", "path", "slug", "title", "show_in_menus")
    below_front = pages.filter(depth=FRONT_DEPTH + 1).order_by()
    return below_front.annotate(is_section=is_section).values_list("is_section", *shown)


TOP = Prepared(_top_of_the_tree)
ROOT = Prepared(lambda: Site.objects.filter(is_default_site=True).values_list("root_page__url_path"))


def parts_of_paper() -> Parts:
    """The live sections and information pages, in the editor's order; one query."""
    rows = sorted(TOP.rows(), key=lambda row: row[2])
    sections, information = ([Part(*row[1:]) for row in rows if row[0] == kind] for kind in (1, 0))
    return Parts(sections=sections, information=information)


def root_of_paper() -> str:
    """Where in the tree the paper's addresses start (Wagtail's `url_path`); empty before the front is made."""
    return next((url_path for (url_path,) in ROOT.rows()), "")
