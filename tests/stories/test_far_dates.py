"""A story's times to come are such as somebody can mean, whichever door they come by."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from gazeti.stories.models import Story
from tests.newsroom import make_draft
from tests.stories.calling import Program, somebody

pytestmark = pytest.mark.django_db
ODD = [datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)]


@pytest.mark.parametrize("moment", ODD)
def test_a_program_is_told_that_an_embargo_is_out_of_reach(settings: Any, moment: datetime) -> None:
    settings.GAZETI_SECOND_FACTOR = False
    story = make_draft()
    answer = Program(somebody("Editors"))("patch", f"pages/{story.pk}/", {"embargo_until": moment.isoformat()})
    assert answer.status_code == 422, answer.content
    assert "too far from now" in answer.content.decode()
    assert Story.objects.get(pk=story.pk).embargo_until is None


@pytest.mark.parametrize("moment", ODD)
@pytest.mark.parametrize("field", ["embargo_until", "go_live_at", "expire_at"])
def test_no_time_of_a_story_is_out_of_reach(field: str, moment: datetime) -> None:
    story = make_draft()
    setattr(story, field, moment)
    with pytest.raises(ValidationError, match="too far from now"):
        story.full_clean()
