"""The ASGI application that the workers load."""

import os
import warnings

from django.conf import settings
from django.core.asgi import get_asgi_application
from granian.utils.proxies import wrap_asgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazeti.config.settings")

# WhiteNoise hands files over synchronously and Django reads them in a thread: right, but it would warn at each start.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = get_asgi_application()
if settings.GAZETI_TRUSTED_PROXIES:
    # Only these may say for whom they ask (X-Forwarded-For) and whether that was by TLS (X-Forwarded-Proto).
    application = wrap_asgi_with_proxy_headers(application, trusted_hosts=settings.GAZETI_TRUSTED_PROXIES)
