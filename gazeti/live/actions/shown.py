"""What follows for the lists of coverages when a covered story appears, goes, or comes back under an embargo."""

from collections.abc import Sequence

from gazeti import edge, log
from gazeti.live.models import Coverage
from gazeti.live.queries.coverages import COVERAGES

SHOWN_OR_HIDDEN = frozenset({"published", "embargoed", "withdrawn", "unpublished"})
"""What the log of the stories calls it. Pages of the coverage carry the story's own tag, which is purged there."""


def note_stories(entries: Sequence[log.Entry]) -> None:
    """Purge what lists coverages where one of these stories is covered. Called by the log's follower."""
    changed = {entry.data["story"] for entry in entries if entry.kind in SHOWN_OR_HIDDEN}
    if Coverage.objects.filter(pk__in=changed).exists():
        edge.purge([COVERAGES])
