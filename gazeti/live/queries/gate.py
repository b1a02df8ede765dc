"""What readers may see of a coverage: the story's own gate decides, an update that was retracted is gone."""

from django.db.models import Exists, OuterRef, Q

from gazeti.live.models import UpdatePicture
from gazeti.stories.queries import public_stories


def public_pictures() -> Q:
    """The condition on a picture that an update shows it, in a coverage that readers may see.

    It fills the slot "picture gate" of `media`.
    """
    open_coverages = public_stories().order_by().values("pk")
    shown = UpdatePicture.objects.filter(
        picture=OuterRef("pk"), update__retracted_at=None, update__coverage__in=open_coverages
    )
    return Q(Exists(shown))
