"""Where a page went that is no more at its old address: the editors' redirects and those that moves leave behind."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from gazeti.base.models import address_of
from gazeti.stories.queries.gate import Standing, standing_of


class Moved(NamedTuple):
    """Where it is now, whether for good, and the id of the page that is there, if it is one."""

    address: str
    is_permanent: bool
    page: int | None = None


def moved_from(full_path: str) -> Moved | None:
    """Where whatever was at this path, with or without its query, is now; None where the public may not know.

    A page's present address is looked up as it is asked for, so a page that moved three times is one step away.
    """
    asked = [Redirect.normalise_path(full_path), Redirect.normalise_path(full_path.partition("?")[0])]
    rows = Redirect.objects.filter(old_path__in=asked).select_related("redirect_page").order_by("-pk")
    for row in sorted(rows, key=lambda one: asked.index(one.old_path)):
        address = _page_address(row) if row.redirect_page_id else row.redirect_link
        if address and Redirect.normalise_path(_path_here(address)) not in asked:
            return Moved(address=address, is_permanent=row.is_permanent, page=row.redirect_page_id)
    return None


def turns_on_query(path: str) -> bool:
    """Whether `moved_from` may say something else of this path with another query: only if a redirect is from such.

    Or if one leads to the same path with a query, where it is not followed any further.
    """
    bare = Redirect.normalise_path(path.partition("?")[0])
    if Redirect.objects.filter(_begins_with(f"{bare}?")).exists():
        return True
    links = Redirect.objects.filter(old_path=bare, redirect_page=None).values_list("redirect_link", flat=True)
    return any(Redirect.normalise_path(_path_here(link)).startswith(f"{bare}?") for link in links)


def _begins_with(text: str) -> Q:
    """Old paths that begin so, by the index: SQLite's LIKE has none to use, PostgreSQL's order is not that of bytes."""
    if connection.vendor != "sqlite":
        return Q(old_path__startswith=text)
    return Q(old_path__gte=text, old_path__lt=text[:-1] + chr(ord(text[-1]) + 1))


def _page_address(row: Redirect) -> str:
    """The address of a redirect's page where the public may see that, or be told that it is gone."""
    page = row.redirect_page.specific
    if standing_of(page) is Standing.ABSENT:
        return ""
    return address_of(page).rstrip("/") + (row.redirect_page_route_path or "/")


def _path_here(address: str) -> str:
    """The path of an address on this site; of one elsewhere, a path that nobody asks for."""
    here, there = urlsplit(settings.GAZETI_ADDRESS), urlsplit(address)
    if there.netloc in ("", here.netloc):
        return there.path + (f"?{there.query}" if there.query else "")
    return "?"
