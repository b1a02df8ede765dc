"""What must hold of the stories in the database: checked by `gazeti doctor`, and before `gazeti serve` serves."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from gazeti.stories.queries.revisions import stories_without_live_revision

NAMED = 3


@checks.register(checks.Tags.database)
def live_stories_have_a_live_revision(
    *, databases: Sequence[str] | None = None, **_words: Any
) -> list[checks.CheckMessage]:
    """Name the live stories without a live revision: scheduling an update would take them offline."""
    if not databases:
        return []
    try:
        headlines = list(stories_without_live_revision().values_list("title", flat=True))
    except DatabaseError:  # the tables are not there yet
        return []
    if not headlines:
        return []
    named = ", ".join(f"“{headline}”" for headline in headlines[:NAMED])
    among = f"{named} and {len(headlines) - NAMED} more" if len(headlines) > NAMED else named
    return [
        checks.Warning(
            f"Live stories without a live revision: {among}. A scheduled update would take them offline.",
            hint="Run `gazeti manage mend_revisions`.",
            id="gazeti_stories.W001",
        )
    ]
