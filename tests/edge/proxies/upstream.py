"""A stand-in for Gazeti behind a server in front: it answers what it was asked, and can be made to do otherwise."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Asked(BaseHTTPRequestHandler):
    """Answers 418 with method, address and headers as JSON, which no file and no server in front would."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"method": self.command, "address": self.path, "headers": dict(self.headers)}).encode()
        self.send_response(418)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_words: object) -> None: ...


for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
    # The names by which the standard library's server looks for them.
    setattr(Asked, f"do_{method}", Asked.answer)


class Upstream(ThreadingHTTPServer):
    """Takes many connections at once."""

    request_queue_size = 100
    daemon_threads = True


@contextmanager
def upstream() -> Iterator[int]:
    """Run it; give its port."""
    with Upstream(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()
