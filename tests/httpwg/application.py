"""What Granian serves for the suite: the edge and its shared cache, before the origin that a variable names."""

import os

import django

django.setup()

from gazeti.edge.application import Edge  # noqa: E402 (Django is set up by now)
from gazeti.edge.memory import Memory  # noqa: E402
from gazeti.edge.renders import Renders  # noqa: E402
from gazeti.edge.shared import SharedCache  # noqa: E402
from gazeti.edge.truth import truth  # noqa: E402
from tests.httpwg.origin import Origin  # noqa: E402

host, _, port = os.environ["GAZETI_CACHE_TESTS_ORIGIN"].partition(":")
passage = SharedCache(Origin(host, int(port)))
application = Edge(passage, renders=Renders(), memory=Memory(1_000_000), truth=truth)
