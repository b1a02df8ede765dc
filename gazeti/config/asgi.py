"""The ASGI application that the workers load: the edge, and behind it Django for what is no page."""

import gc
import os
import warnings
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application
from granian.utils.proxies import wrap_asgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazeti.config.settings")

# WhiteNoise hands files over synchronously and Django reads them in a thread: right, but it would warn at each start.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

passage: Any = get_asgi_application()

from gazeti.edge.application import Edge  # noqa: E402 (Django is set up by now)
from gazeti.edge.bodies import BodyLimit  # noqa: E402
from gazeti.edge.lasting import Lasting  # noqa: E402
from gazeti.edge.memory import Memory  # noqa: E402
from gazeti.edge.renders import Renders  # noqa: E402
from gazeti.edge.routes import PERSONAL  # noqa: E402
from gazeti.edge.shared import SharedCache  # noqa: E402
from gazeti.edge.store import newsroom_store  # noqa: E402
from gazeti.edge.streams.application import Streams  # noqa: E402
from gazeti.edge.streams.places import Places  # noqa: E402
from gazeti.edge.truth import truth  # noqa: E402
from gazeti.edge.vigil import Vigil  # noqa: E402

renders = Renders()
passage = Lasting(passage, renders.handler.get_response)
passage = SharedCache(BodyLimit(passage), bytes_limit=settings.GAZETI_EDGE_BYTES // 4, never=PERSONAL)
if settings.GAZETI_TRUSTED_PROXIES:
    # Only these may say for whom they ask (X-Forwarded-For) and whether that was by TLS (X-Forwarded-Proto).
    passage = wrap_asgi_with_proxy_headers(passage, trusted_hosts=settings.GAZETI_TRUSTED_PROXIES)

store = newsroom_store()
edge = Edge(passage, renders=renders, memory=Memory(settings.GAZETI_EDGE_BYTES), truth=truth, store=store)
vigil = Vigil(edge, truth=truth, store=store)
application = Streams(edge, truth=truth, places=Places(most=settings.GAZETI_STREAMS))
if settings.GAZETI_TRUSTED_PROXIES:
    application.holding = wrap_asgi_with_proxy_headers(
        application.holding, trusted_hosts=settings.GAZETI_TRUSTED_PROXIES
    )

# What is loaded by now stays: no collection has to walk it again, which took a render a third of its time.
gc.collect()
gc.freeze()
