"""What settings decide for Wagtail and for the log of the server."""

import subprocess
import sys

from wagtail.admin.localization import get_available_admin_time_zones

from tests.cli.processes import environment

ASK_FOR_A_FILE = """
import asyncio, warnings
from asgiref.testing import ApplicationCommunicator
from gazeti.config.asgi import application

async def ask():
    path = "/static/gazeti/css/front.css"
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asked = ApplicationCommunicator(application, scope)
    await asked.send_input({"type": "http.request", "body": b""})
    return (await asked.receive_output(20))["status"], len((await asked.receive_output(20))["body"])

status, size = asyncio.run(ask())
print(status, size > 0)
warnings.warn("another warning")
"""


def test_the_desk_offers_only_time_zones_that_browsers_know() -> None:
    offered = get_available_admin_time_zones()
    assert {"Africa/Nairobi", "UTC"} <= set(offered)
    assert [name for name in offered if "/" not in name] == ["UTC"]


def test_a_file_handed_over_warns_nobody_and_other_warnings_are_told() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", ASK_FOR_A_FILE],
        env=environment(GAZETI_SECRET="only for this test"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "200 True"
    assert "StreamingHttpResponse" not in done.stderr
    assert "another warning" in done.stderr
