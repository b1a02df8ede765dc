"""Ghost's posts through its Admin API, as an editor's browser files them."""

import json
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

from bench.newsroom import NOW
from bench.servers import HOST, NotStarted
from bench.text import PageText
from bench.wire import SECONDS

API = "/ghost/api/admin"
EDITOR = {"name": "First Reporter", "email": "desk@example.org", "password": "laid-for-the-bench-alone-7"}
LONGEST_EXCERPT, TRIES = 300, 50


@dataclass
class Desk:
    """Ghost's desk on a port of loopback; it knows its editor by a cookie."""

    port: int
    site: str
    cookie: str = field(default="", repr=False)

    def post(self, path: str, data: dict[str, Any]) -> None:
        """Send it as the desk's own page does. Raises NotStarted where Ghost refuses."""
        status, told = self.ask("POST", path, json.dumps(data))
        if status != 201:
            raise NotStarted(f"Ghost answered {status} to {path}: {told[:300]!r}")

    def sign_in(self) -> None:
        """Become its editor; Ghost answers before it has written the session down. Raises NotStarted."""
        self.post("/session/", {"username": EDITOR["email"], "password": EDITOR["password"]})
        for _ in range(TRIES):
            if self.ask("GET", "/users/me/")[0] == 200:
                return
            time.sleep(0.1)
        raise NotStarted("Ghost never knew the editor who had signed in")

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """The answer's status and body; its cookie is kept."""
        sent = {"Content-Type": "application/json", "Origin": self.site, "Host": self.site.partition("//")[2]}
        with closing(HTTPConnection(HOST, self.port, timeout=SECONDS)) as connection:
            headers = {**sent, **({"Cookie": self.cookie} if self.cookie else {})}
            connection.request(method, API + path, body=body, headers=headers)
            answer = connection.getresponse()
            self.cookie = (answer.headers.get("Set-Cookie") or self.cookie).partition(";")[0]
            return answer.status, answer.read()


def file_all(desk: Desk, text: PageText) -> str:
    """Set Ghost up and publish the story over the other posts; the story's path. Raises NotStarted."""
    desk.post("/authentication/setup/", {"setup": [{**EDITOR, "blogTitle": "The Corner Paper"}]})
    desk.sign_in()
    for number, headline in enumerate(text.recent, start=1):
        desk.post("/posts/?source=html", published(headline, "<p>Its text is on its own page.</p>", hours=number))
    story = published(text.headline, f"<p>{text.standfirst}</p>{text.rich}", hours=0)
    story["posts"][0]["custom_excerpt"] = text.standfirst[:LONGEST_EXCERPT]
    desk.post("/posts/?source=html", story)
    return "/post-0/"


def published(title: str, html: str, *, hours: int) -> dict[str, Any]:
    """A post as the Admin API takes it, so many hours before the story."""
    at = (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "posts": [
            {"title": title[:255], "slug": f"post-{hours}", "html": html, "status": "published", "published_at": at}
        ]
    }
