"""A paper for the tests that import into it."""

import pytest

from gazeti.stories.models import Front
from tests.newsroom import make_paper


@pytest.fixture
def paper(db: None) -> Front:
    return make_paper()
