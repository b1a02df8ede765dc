"""`/healthz`: does this process answer, does its database, and is there room on the disk. Load balancers ask it."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from gazeti.edge import backups
from gazeti.edge.store import newsroom_store
from gazeti.edge.store.disk import room
from gazeti.edge.tags import uncached
from gazeti.edge.truth import truth


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
    return room(Path(settings.GAZETI_HOME))


def store_state() -> str:
    """The word "ok", "full", or what this process could not do in the page store last."""
    return newsroom_store().state


def report() -> tuple[int, dict[str, Any]]:
    """The status of the answer and what it says.

    503 only when the database does not answer: with a full disk, or while planned backups fail, pages are still served,
    and the report tells.
    """
    parts = {"database": database_state(), "disk": disk_state(), "store": store_state()}
    if planned := backups.state():
        parts["backups"] = planned
    edge = {"worker": os.getpid(), "position": truth.heard}
    if parts["database"] != "ok":
        return 503, {"status": "failed", **parts, "edge": edge}
    return 200, {"status": "ok" if set(parts.values()) == {"ok"} else "degraded", **parts, "edge": edge}


@uncached
def healthz(request: HttpRequest) -> HttpResponse:
    """The state of this server as JSON."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    status, found = report()
    # Which scheme a request seems to come by tells `gazeti doctor` whether the proxy's headers are believed.
    return JsonResponse({**found, "scheme": request.scheme}, status=status)
