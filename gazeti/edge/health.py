"""`/healthz`: does this process answer, does its database, and is there room on the disk. Load balancers ask it."""

import shutil
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from gazeti.edge.tags import uncached

LEAST_FREE_BYTES = 50_000_000
LEAST_FREE_SHARE = 0.01


def database_state() -> str:
    """The word "ok", or what the database said instead of answering."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return "ok"


def disk_state() -> str:
    """The word "ok", or "full" where less than 1 % or 50 MB of the newsroom's disk is free."""
    try:
        usage = shutil.disk_usage(settings.GAZETI_HOME)
    except OSError as error:
        return error.strerror or type(error).__name__
    is_full = usage.free < LEAST_FREE_BYTES or usage.free < usage.total * LEAST_FREE_SHARE
    return "full" if is_full else "ok"


def report() -> tuple[int, dict[str, Any]]:
    """The status of the answer and what it says.

    503 only when the database does not answer: with a full disk pages are still served, and the report tells.
    """
    parts = {"database": database_state(), "disk": disk_state()}
    if parts["database"] != "ok":
        return 503, {"status": "failed", **parts}
    return 200, {"status": "ok" if parts["disk"] == "ok" else "degraded", **parts}


@uncached
def healthz(request: HttpRequest) -> HttpResponse:
    """The state of this server as JSON."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    status, found = report()
    # Which scheme a request seems to come by tells `gazeti doctor` whether the proxy's headers are believed.
    return JsonResponse({**found, "scheme": request.scheme}, status=status)
