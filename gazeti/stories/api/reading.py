"""Reading pages by the API: through the gate for everybody; a draft only for who may edit it."""

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate
from pydantic import PositiveInt
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.api.v3.querysets import get_pages_queryset
from wagtail.api.v3.routers.pages import PageDetailSchema, PageRevisionDetailSchema, PageTypeLiteral
from wagtail.api.v3.schemas import BasePageSchema
from wagtail.api.v3.schemas.pages import BASE_PAGE_READ_FIELDS
from wagtail.api.v3.schemas.params import APIFieldFilterSchema, OrderingSchema, RevisionFilterSchema
from wagtail.api.v3.schemas.revisions import RevisionSchema
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page, Revision

from gazeti.stories.api.door import Bearer
from gazeti.stories.models import Front, Story
from gazeti.stories.queries import Standing, found_pages, public_pages, public_stories, standing_of

Version = Literal["live", "draft"]
RichText = Literal["db_html", "db_markdown"]
"""Neither turns an inner link into an address, which would tell of a story that nobody may see yet."""
FILTERS = [name for name in BASE_PAGE_READ_FIELDS if name != "pk"]
"""Of every kind of page. Wagtail lists "pk" too, and breaks on it."""
NOT_YOURS = "You may not edit this page, so you may not read its draft."
WITHDRAWN = "This story was withdrawn."
NOTHING_THERE = "There is no such page, or it may not be seen."

pages = Router(tags=["pages"], auth=Bearer())


class Pagination(WagtailLimitOffsetPagination):
    """Wagtail's, at most 20 at a time, to places that a database can count to."""

    class Input(WagtailLimitOffsetPagination.Input):
        """What a program asks."""

        offset: int = Field(default=0, ge=0, le=1_000_000_000)


class Chosen(Schema):
    """Which pages of the tree are asked for."""

    type: PageTypeLiteral | None = None
    version: Version = "live"
    ancestor_of: PositiveInt | None = None
    child_of: PositiveInt | None = None
    descendant_of: PositiveInt | None = None
    search: str | None = None

    def among(self, request: HttpRequest) -> QuerySet[Page]:
        """The pages that the caller may see and meant. Raises Http404 for a page given that they may not see."""
        model = resolve_model_string(self.type) if self.type else Page
        if self.version == "draft":
            meant = get_pages_queryset(request, model)
        else:
            meant = public_pages(model).select_related("content_type", "locale").order_by("pk")
        meant = meant.filter(depth__gt=1)
        if self.ancestor_of:
            meant = meant.ancestor_of(seen(request, self.ancestor_of))
        if self.child_of:
            meant = meant.child_of(seen(request, self.child_of))
        if self.descendant_of:
            meant = meant.descendant_of(seen(request, self.descendant_of))
        return meant.filter(pk__in=found_pages(self.search, model=model)) if self.search is not None else meant


def may_edit(request: HttpRequest, page: Page) -> bool:
    """Whether the caller's role lets them work on a page."""
    role = page.permissions_for_user(request.user)
    return bool(role.can_edit() or role.can_publish())


def standing_in_tree(page_id: int) -> Page:
    """Any page below the tree's root, as its own kind. Raises Http404."""
    page = Page.objects.filter(pk=page_id, depth__gt=1).first()
    if page is None:
        raise Http404(NOTHING_THERE)
    return page.specific


def seen(request: HttpRequest, page_id: int) -> Page:
    """A page that the caller may see, published or as a draft. Raises Http404 as if there were none."""
    page = standing_in_tree(page_id)
    if standing_of(page) is not Standing.OPEN and not may_edit(request, page):
        raise Http404(NOTHING_THERE)
    return page


def edited(request: HttpRequest, page_id: int) -> Page:
    """A page that the caller may edit. Raises Http404 where they may not even see it, else PermissionDenied."""
    page = seen(request, page_id)
    if not may_edit(request, page):
        raise PermissionDenied(NOT_YOURS)
    return page


def in_version(request: HttpRequest, page_id: int, version: Version) -> Page:
    """A page as it is published, or its draft. Raises Http404, or 410 for a withdrawn story."""
    if version == "draft":
        return edited(request, page_id).get_latest_revision_as_object()
    page = standing_in_tree(page_id)
    standing = standing_of(page)
    if standing is Standing.GONE:
        raise HttpError(410, page.withdrawn_note or WITHDRAWN)
    if standing is Standing.ABSENT:
        raise Http404(NOTHING_THERE)
    return with_open_references(page)


def with_open_references(page: Page) -> Page:
    """The page, naming no other page that the public may not see."""
    if isinstance(page, Story) and not public_stories().filter(pk=page.translation_of_id).exists():
        page.translation_of = None
    return page


@pages.get(
    "/", response=list[BasePageSchema], url_name="list_pages", operation_id="pages_list", summary="Pages that are out"
)
@paginate(Pagination, pass_parameter="window")  # noqa: S106 (no password)
def listed(
    request: HttpRequest, chosen: Query[Chosen], ordering: Query[OrderingSchema], **options: Any
) -> QuerySet[Page]:
    """Pages that the public may see; with version=draft those that you may edit. Fields of a type filter too."""
    fields = APIFieldFilterSchema.with_exclude_schemas(
        raw_params=request.GET, schemas=(Chosen, OrderingSchema), base_fields=FILTERS
    )
    meant = fields.filter_queryset(chosen.among(request))
    return ordering.order_queryset(meant, options["window"], base_fields=BASE_PAGE_READ_FIELDS)


@pages.get(
    "/find/", response=PageDetailSchema, url_name="find_page", operation_id="pages_find", summary="Page at an address"
)
def found(
    request: HttpRequest, html_path: str, version: Version = "live", rich_text_format: RichText | None = None
) -> Page:
    """The page at an address of the paper, as in html_path=/city-affairs/new-bridge/."""
    front = Front.objects.first()
    if front is None or "\x00" in html_path:
        raise Http404(NOTHING_THERE)
    page = front.route(request, [part for part in html_path.split("/") if part]).page
    return in_version(request, page.pk, version)


@pages.get(
    "/{page_id}/", response=PageDetailSchema, url_name="detail_page", operation_id="pages_detail", summary="One page"
)
def detailed(
    request: HttpRequest, page_id: int, version: Version = "live", rich_text_format: RichText | None = None
) -> Page:
    """A page as it is published; with version=draft, for who may edit it, as it was saved last."""
    return in_version(request, page_id, version)


@pages.get(
    "/{page_id}/revisions/",
    response=list[RevisionSchema],
    url_name="list_page_revisions",
    operation_id="pages_revisions_list",
    summary="What was saved of a page",
)
@paginate(Pagination)
def revisions(
    request: HttpRequest, page_id: int, filters: Query[RevisionFilterSchema], **_options: Any
) -> QuerySet[Revision]:
    """The revisions of a page that you may edit, the newest first."""
    return filters.filter(edited(request, page_id).revisions.order_by("-created_at", "-id"))


@pages.get(
    "/{page_id}/revisions/{revision_id}/",
    response=PageRevisionDetailSchema,
    url_name="detail_page_revision",
    operation_id="pages_revisions_detail",
    summary="One revision",
)
def revision(
    request: HttpRequest, page_id: int, revision_id: PositiveInt, rich_text_format: RichText | None = None
) -> Revision:
    """One revision of a page that you may edit, with what it says."""
    kept = edited(request, page_id).revisions.select_related("content_type", "base_content_type")
    one = kept.filter(pk=revision_id).first()
    if one is None:
        raise Http404("This page has no such revision.")
    return one
