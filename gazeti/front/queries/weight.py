"""What the pictures of a rendered page cost a phone."""

import re

from gazeti.media.models import Picture
from gazeti.media.rules import picture_of

PHONE = re.compile(r'<source media="\(max-width:30em\)" type="image/avif" srcset="/media/([^"]+)">')
"""The file that a phone of 360 px takes of each picture (media/picture.html)."""


def phone_bytes(html: str) -> int:
    """Bytes of the pictures of a page as a phone takes them; the small cuts in lists of other stories are not counted.

    Those stand below the story, and a browser fetches them only as a reader comes near.
    """
    paths = set(PHONE.findall(html))
    numbers = {picture_of(path) for path in paths} - {None}
    served = Picture.objects.filter(pk__in=numbers).values_list("served", flat=True) if numbers else ()
    return sum(one["bytes"] for files in served for one in files if one["path"] in paths)
