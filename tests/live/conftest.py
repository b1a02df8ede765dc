"""What most tests of coverages begin with; one that needs something else has a fixture of that name of its own."""

from typing import Any

import pytest

from gazeti.live.models import Coverage
from tests.live.covering import make_coverage
from tests.stories.calling import Program, somebody


@pytest.fixture
def coverage(db: None) -> Coverage:
    """One that goes on, without an update yet."""
    return make_coverage()


@pytest.fixture
def editor(db: None) -> Program:
    """A program with an editor's token."""
    return Program(somebody("Editors"))


@pytest.fixture
def no_second_factor(settings: Any) -> None:
    """Whether a role must prove one is asked by the door's own tests."""
    settings.GAZETI_SECOND_FACTOR = False
