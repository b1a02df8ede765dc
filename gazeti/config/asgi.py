"""The ASGI application that Granian's workers load."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazeti.config.settings")

application = get_asgi_application()
