"""The one door of the API: nobody passes without a token, and nothing but JSON comes out.

It stands before every view and every address that has none, so that a router added later cannot forget it.
"""

import json
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from ninja.security import HttpBearer
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import PROBLEM_JSON, problem_response
from wagtail.models import APIToken

from gazeti import guard
from gazeti.accounts.queries import lacks_factor
from gazeti.edge.middleware import NOTHING

PREFIX = "/api/"
OPEN = "/api/openapi.json"
"""The description of the API: it names types and addresses, and holds no content."""
MOST_BYTES = 2_000_000
"""Of a request's body: a book's worth of text. Pictures are not sent here."""
SENTENCES = {
    400: "The request could not be understood.",
    404: "There is nothing at this address.",
    405: "This address does not answer this method.",
    413: "The body is too large.",
    500: "Something broke on our side. Try again in a minute.",
}
CALLS = guard.Limit("api calls", most=600, seconds=60, by=("token",), slack=60)
FAILURES = (
    guard.Limit("api tokens refused", most=30, seconds=60, by=("address", "device")),
    guard.Limit("api tokens refused from one network", most=300, seconds=60, by=("address",)),
)
"""How many tokens that open nothing may be sent. A good one is never kept waiting by what its neighbours send."""
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")
ASK_FOR_ONE = "Give a token of yours: “Authorization: Bearer …”. You make one at the desk, under Settings, API tokens."
NOT_KNOWN = "This token is not known, was revoked, or its owner may not sign in any more."
NO_ROLE = "You have no role in this newsroom any more. An administrator can give you one."
NO_FACTOR = "Your role asks for a second factor. Set one up at the desk; then this token opens again what it opened."
TOO_LARGE = f"The body is larger than {MOST_BYTES:,} bytes."
NO_OBJECT = "Send one object in JSON, as in {“title”: “…”}."
NO_LENGTH = "Send the length of the body (Content-Length)."

tokens = BearerTokenAuth()


class Bearer(HttpBearer):
    """Tells an operation who calls: the owner of the token that the door let through, and no session's user."""

    def __call__(self, request: HttpRequest) -> APIToken | None:
        """The token; None where the request did not come through the door."""
        token = getattr(request, "api_token", None)
        if token:
            request.user = token.user
        return token

    def authenticate(self, request: HttpRequest, token: str) -> APIToken | None:
        """Ninja's own way in, which `__call__` replaces."""
        return self(request)


class Door:
    """Asks each call below /api/ for a token; answers what is refused, unknown or broken as a problem (RFC 9457)."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the next layer."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let pass what is no call, and what is a call of somebody known."""
        if not f"{request.path_info}/".startswith(PREFIX):
            return self.inner(request)
        if request.method == "HEAD":
            # Ninja knows no HEAD; the server leaves the body out (RFC 9110, 9.3.2).
            request.method = "GET"
        return _closed(_refusal(request) or self.inner(request))


def described_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate Ninja's view of the description, which anybody may ask for: it is written once in a process."""
    written: dict[str, bytes] = {}

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if OPEN not in written:
            written[OPEN] = view(request).content
        return HttpResponse(written[OPEN], content_type="application/json")

    return answer


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.path_info == OPEN and request.method == "GET":
        return None
    # A session of the desk counts for nothing here: no page that an editor opens can call in their name.
    request.COOKIES.clear()
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        return _unknown(ASK_FOR_ONE, challenge="Bearer")
    token = tokens.authenticate(request, given.strip()) if APIToken.validate_token_format(given.strip()) else None
    if token is None:
        failed = guard.allow(*FAILURES, **guard.facts_of(request))
        return _unknown(NOT_KNOWN, challenge='Bearer error="invalid_token"') if failed.allowed else _too_many(failed)
    return _refusal_of(request, token)


def _refusal_of(request: HttpRequest, token: APIToken) -> HttpResponse | None:
    """What a known caller is told instead of an answer."""
    called = guard.allow(CALLS, token=token.pk)
    if not called.allowed:
        return _too_many(called)
    if not token.user.has_perm("wagtailadmin.access_admin"):
        return problem_response(status=403, detail=NO_ROLE)
    if lacks_factor(token.user):
        return problem_response(status=403, detail=NO_FACTOR)
    request.api_token = token  # type: ignore[attr-defined]  # for Bearer
    return _oversize(request) or _shapeless(request)


def _unknown(sentence: str, *, challenge: str) -> HttpResponse:
    """401 with the challenge of RFC 6750, section 3."""
    answer = problem_response(status=401, detail=sentence)
    answer["WWW-Authenticate"] = challenge
    return answer


def _too_many(verdict: guard.Verdict) -> HttpResponse:
    """429 with the time to come back (RFC 6585, 4)."""
    answer = problem_response(status=429, detail=guard.sentence(verdict))
    answer["Retry-After"] = str(verdict.retry_after)
    return answer


def _oversize(request: HttpRequest) -> HttpResponse | None:
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        chunked = "Transfer-Encoding" in request.headers
        return problem_response(status=411, detail=NO_LENGTH) if chunked else None
    return problem_response(status=413, detail=TOO_LARGE) if int(length) > MOST_BYTES else None


def _shapeless(request: HttpRequest) -> HttpResponse | None:
    """400 for JSON that is no object, which Wagtail breaks on; what is no JSON at all is left to who reads it."""
    try:
        is_shapeless = bool(request.body) and not isinstance(json.loads(request.body), dict)
    except (RecursionError, UnreadablePostError):
        is_shapeless = True
    except ValueError:
        is_shapeless = False
    return problem_response(status=400, detail=NO_OBJECT) if is_shapeless else None


def _closed(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer as a program may get it: never kept, never a page."""
    if answer.status_code >= 400 and answer.get("Content-Type") != PROBLEM_JSON:
        sentence = SENTENCES.get(answer.status_code, "")
        problem = problem_response(status=answer.status_code, detail=sentence)
        for name in (name for name in KEPT if name in answer):
            problem[name] = answer[name]
        answer = problem
    if not getattr(answer, "content", b""):
        answer.headers.pop("Content-Type", None)
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = NOTHING
    answer["X-Frame-Options"] = "DENY"
    return answer
