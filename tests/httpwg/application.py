"""What Granian serves for the suite: the shared cache before their origin, at GAZETI_CACHE_TESTS_ORIGIN."""

import os

from gazeti.edge.shared import SharedCache
from tests.httpwg.origin import Origin

host, _, port = os.environ["GAZETI_CACHE_TESTS_ORIGIN"].partition(":")
application = SharedCache(Origin(host, int(port)))
