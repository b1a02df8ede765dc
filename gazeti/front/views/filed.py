"""Which of the reader's answers a server in front may serve by itself, and with which headers."""

from gazeti.edge.store import Kind
from gazeti.front import queries
from gazeti.front.views.answer import KEPT

FILED = (
    Kind(
        name="pages",
        under="/",
        types={"": "text/html; charset=utf-8"},
        own=lambda: {"Content-Security-Policy": queries.policy(), "Cache-Control": KEPT},
        varies=True,
    ),
    Kind(
        name="robots",
        under="/robots.txt",
        types={"txt": "text/plain; charset=utf-8"},
        own=lambda: {"Cache-Control": KEPT},
    ),
    Kind(
        name="favicon",
        under="/favicon.svg",
        types={"svg": "image/svg+xml"},
        own=lambda: {"Cache-Control": "public, max-age=86400"},
        varies=True,
    ),
)
