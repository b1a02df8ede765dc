"""The desk's static files, read once from the disk and compressed once, by Django behind the shared cache."""

from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.asgi import get_asgi_application

from tests.edge.played import Newsagent, Played, runs

LARGE = "wagtailadmin/js/vendor.js"

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators")


class Django(Played):
    """Django in place of the application that is played; it is counted how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.django = get_asgi_application()

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(scope)
        await self.django(scope, receive, send)


def newsagent() -> Newsagent:
    paper = Newsagent()
    paper.played = paper.cache.application = Django()
    return paper


@runs
async def test_a_static_file_is_read_and_compressed_once() -> None:
    paper = newsagent()
    content = Path(finders.find(LARGE)).read_bytes()
    first = await paper.ask(f"/static/{LARGE}", Accept_Encoding="gzip, br")
    second = await paper.ask(f"/static/{LARGE}", Accept_Encoding="gzip, br")
    assert (first.status, second.headers["content-encoding"], paper.questions) == (200, "br", 1)
    assert brotli.decompress(first.body) == brotli.decompress(second.body) == content
    assert len(second.body) < 0.4 * len(content)
    assert (
        await paper.ask(f"/static/{LARGE}", If_None_Match=second.headers["etag"], Accept_Encoding="br")
    ).status == 304
    assert (await paper.ask(f"/static/{LARGE}", method="HEAD")).headers["content-length"] == str(len(content))
    assert paper.questions == 1
