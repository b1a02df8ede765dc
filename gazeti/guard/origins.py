"""Where a form was sent from, as the browser itself says: the check that needs no cookie and no token on a kept page.

After Fetch Metadata (W3C) and the Origin and Referer fields (RFC 6454, 7; RFC 9110, 10.1.3).
"""

from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


class Origin(Enum):
    """What a request says of the page it was sent from."""

    OURS = "ours"
    UNSAID = "unsaid"
    """An old browser or a program: it may do what anybody may, and is nobody who signed in."""
    FOREIGN = "foreign"


def origin_of(request: HttpRequest) -> Origin:
    """The site a request was sent from; the surest field that is there decides."""
    site = request.headers.get("Sec-Fetch-Site", "").strip().lower()
    if site:
        return Origin.OURS if site == "same-origin" else Origin.FOREIGN
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    # "null" stands for a page that hides where it is: one in a sandbox, and our own that ask for no referrer.
    if said.strip() in ("", "null"):
        return Origin.UNSAID
    return Origin.OURS if _is_ours(said, request) else Origin.FOREIGN


def _is_ours(said: str, request: HttpRequest) -> bool:
    try:
        parts = urlsplit(said.strip())
        named = (parts.scheme.lower(), (parts.netloc or "").lower())
    except ValueError:
        return False
    if settings.GAZETI_ADDRESS_IS_SET:
        ours = urlsplit(settings.GAZETI_ADDRESS)
        if named == (ours.scheme.lower(), ours.netloc.lower()):
            return True
    # Django has found the host to be one of ours before any view is called.
    return named[1] == request.get_host().lower() and named[0] in ("http", "https")
