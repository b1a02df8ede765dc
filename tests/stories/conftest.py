"""A picture that is ready."""

import pytest

from gazeti.media.models import Picture
from tests.front.conftest import make_picture


@pytest.fixture
def picture(db: None) -> Picture:
    """One picture, ready."""
    return make_picture()
