"""What every answer to a reader carries: security headers, one encoding of its bytes, and declared cache tags.

The desk's answers pass through with Django's own compression, which hides lengths from an attacker (BREACH).
"""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from gazeti.edge.tags import POLICY, is_uncached, tags_of

Answer = Callable[[HttpRequest], HttpResponseBase]
SMALLEST = 200
"""Bytes below which compressing gains nothing."""
POLICIES = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framing}"
)
DESK = OWN.format(styles="; style-src-elem 'self' 'unsafe-inline'; style-src-attr 'none'", framing="'none'")
"""The desk's policy. Draft.js writes `<style>` elements for lists and placeholders; no attribute may hold a style."""
PREVIEW = DESK.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""What the desk shows within itself may be framed, by the desk alone."""
PERSONAL = OWN.format(styles="", framing="'none'")
"""The policy of pages on which somebody signs in: our own, so nothing on them is inline."""
PREVIEWS = ("/preview/", "/block-preview/")
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The content security policy (CSP level 3) of an answer that sets none itself and is no page of the desk."""


class SecurityHeaders:
    """Sets what is missing of the policies above; a view that set its own keeps it."""

    def __init__(self, inner: Answer) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policies set."""
        response = self.inner(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/documents/"):
            # Whether it is public may change at any time, and no tag purges it.
            response.headers.setdefault("Cache-Control", "no-cache")
        if _is_the_desk(request):
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if _is_a_preview(request) else "DENY")
        response.headers.setdefault("Content-Security-Policy", _policy(request))
        return response


class Encoding(GZipMiddleware):
    """Compresses once and the same each time for readers; the desk's answers by Django's way."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer if the client takes gzip (RFC 9110, 12.5.3) and it is worth it."""
        if _is_the_desk(request) or not isinstance(response, HttpResponse):
            return super().process_response(request, response) if _is_the_desk(request) else response
        if len(response.content) < SMALLEST or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _takes_gzip(request.headers.get("Accept-Encoding", "")):
            response.content = gzip.compress(response.content, compresslevel=9, mtime=0)
            response["Content-Encoding"] = "gzip"
        if not response.streaming:
            response["Content-Length"] = str(len(response.content))
        return response


class DeclaredTags:
    """Stops, in development and tests, at a reader's page that may be kept but does not say what it depends on."""

    def __init__(self, inner: Answer) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and refuse an answer whose tags are missing; in service it is merely not kept."""
        response = self.inner(request)
        undeclared = not tags_of(response) and "no-store" not in response.get("Cache-Control", "")
        if undeclared and response.status_code == 200 and _is_a_page(request, response):
            if settings.DEBUG or settings.GAZETI_STRICT:
                raise ImproperlyConfigured(f"{request.path} declares no cache tags")
            response["Cache-Control"] = "no-store"
        if _is_uncached(request):
            # Its view said so of its own answers; of those that errors made in its place it could not.
            response["Cache-Control"] = "no-store"
        return response


def _is_uncached(request: HttpRequest) -> bool:
    return is_uncached(getattr(getattr(request.resolver_match, "func", None), POLICY, ""), request)


def _policy(request: HttpRequest) -> str:
    if not request.path.startswith("/desk/"):
        return NOTHING
    return PREVIEW if _is_a_preview(request) else DESK


def _is_a_preview(request: HttpRequest) -> bool:
    return request.path.startswith("/desk/") and any(part in request.path for part in PREVIEWS)


def _is_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(("/desk/", "/api/", "/documents/"))


def _is_a_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and not _is_the_desk(request)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
