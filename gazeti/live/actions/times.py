"""The times of a coverage and of what waits in it: refused where nobody can mean them."""

from datetime import datetime

from django.utils.translation import gettext as _

from gazeti.live.actions.words import NotReady
from gazeti.live.rules import is_in_reach
from gazeti.stories.rules import Finding


class OutOfReach(NotReady):
    """Times further from now than ten years. Nothing was written; each finding names the field."""


def refuse_out_of_reach(*, now: datetime, **moments: datetime | None) -> None:
    """Raise OutOfReach for those of these moments, by their field, that lie too far from now."""
    far = [name for name, moment in moments.items() if moment and not is_in_reach(moment, now=now)]
    if far:
        sentence = _("This time is too far from now: at most ten years. Correct it.")
        raise OutOfReach([Finding(words=sentence, field=name, rule="reach") for name in far])
