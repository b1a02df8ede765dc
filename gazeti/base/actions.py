"""Writes of the base: purges of what stands on every page, and the paper's own pages."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.models import Page

from gazeti import edge
from gazeti.base.models import InformationPage, Newspaper

SITE = "site"
"""The tag of whatever stands on every page: name, navigation, footer."""


def purge_site() -> None:
    """Purge every page."""
    edge.purge([SITE])


def purge_information_page(page: InformationPage) -> None:
    """Purge the page itself and all footers."""
    edge.purge([SITE, f"page:{page.pk}", f"path:{page.address}"])


@transaction.atomic
def name_newspaper(*, name: str, place: str = "", description: str = "") -> Newspaper:
    """Set what the paper says of itself; what is the same already is not written again."""
    paper = Newspaper.load()
    wanted = {"name": name, "place": place, "description": description}
    if any(getattr(paper, field) != value for field, value in wanted.items()) or paper._state.adding:
        for field, value in wanted.items():
            setattr(paper, field, value)
        paper.save()
    return paper


@transaction.atomic
def file_information_page(
    front: Page, *, title: str, slug: str, body: list[dict[str, Any]], by: AbstractBaseUser | None = None
) -> InformationPage:
    """Find the paper's page of that slug, or make it as a draft from raw blocks (`{"type", "value"}`)."""
    found = InformationPage.objects.child_of(front).filter(slug=slug).first()
    if found:
        return found
    page = InformationPage(title=title, slug=slug, body=body, live=False, owner=by)
    front.add_child(instance=page)
    page.save_revision(user=by)
    return page


@transaction.atomic
def publish_information_page(page: InformationPage, *, by: AbstractBaseUser | None = None) -> None:
    """Publish its latest revision."""
    revision = page.latest_revision or page.save_revision(user=by)
    revision.publish(user=by)
