"""Behind the printed configurations a stream comes part by part, as Gazeti sends it: nothing is gathered on the way."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gazeti.edge.proxies import Facts
from gazeti.edge.streams.application import OWN
from tests.edge.proxies.test_printed import SERVERS, run
from tests.edge.proxies.upstream import Upstream

HEARD = threading.Semaphore(0)
EVENTS = [f'id: {number}\ndata: {{"seq":{number}}}\n\n'.encode() for number in (1, 2, 3)]
GIVE_UP = 60


class Stream(BaseHTTPRequestHandler):
    """Answers as `edge.streams` does: the next event only once the last was heard."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in (*OWN, (b"transfer-encoding", b"chunked")):
            self.send_header(name.decode(), value.decode())
        self.end_headers()
        for event in EVENTS:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(event), event))
            assert HEARD.acquire(timeout=GIVE_UP)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_words: object) -> None: ...


@pytest.fixture
def port() -> Iterator[int]:
    """Run it; give its port."""
    with Upstream(("127.0.0.1", 0), Stream) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("which", SERVERS)
def test_each_event_comes_as_it_is_sent(which: str, port: int, tmp_path: Path) -> None:
    facts = Facts(host="localhost", is_tls=False, port=port, root=None, kinds=())
    with run(which, facts, tmp_path / "server") as address:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=GIVE_UP)
        connection.request("GET", "/harbour/live/stream/", headers={"Accept": "text/event-stream"})
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        for event in EVENTS:
            assert answer.read(len(event)) == event
            HEARD.release()
        assert answer.read() == b""
        connection.close()
