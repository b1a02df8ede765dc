"""What has become more than the quick form can change: words that are typed for it are given back beside it."""

from django.utils.functional import Promise

from gazeti.live.views.desk.bodies import Quick, Raw
from gazeti.live.views.desk.refusing import OVERTAKEN, Unfit
from gazeti.live.views.desk.words import RICHER
from gazeti.stories.formats import text_in


def as_read(raw: Raw) -> Quick:
    """A body in its plain words, to be read beside what was typed for it."""
    return Quick(text_in([block["value"] for block in raw]))


def refuse_richer(quick: Quick | None, *, told: Promise = RICHER) -> None:
    """Refuse words for a body that the quick form cannot show. Raises Unfit."""
    if quick is None:
        raise Unfit(told, status=OVERTAKEN)
