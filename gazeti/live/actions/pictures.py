"""What words leave at the pictures that came with them: a neutral title, and nothing once the words are erased."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from gazeti.live.models import UpdatePicture, Waiting, Wording
from gazeti.media.actions import forget_words
from gazeti.media.models import Picture
from gazeti.stories.formats import picture_ids

ONCE_TITLED = 100
"""So many characters of a heading or an alt text named a picture, before the desk named them all alike."""


def neutral_title() -> str:
    """What a picture is called that came with an update, whatever was typed beside it."""
    return _("Picture of an update")


def erase_at_pictures(erased: Iterable[Wording | Waiting]) -> None:
    """Take erased words off the pictures that they showed. A picture that others show keeps what it says.

    Call it once nothing shows these words any more.
    """
    for row in erased:
        raw = row.body.get_prep_value()
        shown = picture_ids(raw)
        said = set(chain([row.heading], _texts(raw))) - {""} if shown else set()
        if said:
            _erase_at(shown, texts=said | {one[:ONCE_TITLED] for one in said})


def _erase_at(shown: Iterable[int], *, texts: set[str]) -> None:
    for picture in Picture.objects.filter(pk__in=shown):
        if not _is_shown_elsewhere(picture):
            forget_words(picture.pk, texts=texts, title=neutral_title())


def _is_shown_elsewhere(picture: Picture) -> bool:
    """Whether an update that is there shows it, or anything that is no live coverage."""
    if UpdatePicture.objects.filter(picture=picture, update__retracted_at=None).exists():
        return True
    live = UpdatePicture._meta.app_label
    return bool(ReferenceIndex.get_references_to(picture).exclude(base_content_type__app_label=live).exists())


def _texts(raw: Any) -> Iterator[str]:
    """Every text in a raw body, however deep."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping | list | tuple):
        parts = raw.values() if isinstance(raw, Mapping) else raw
        yield from chain.from_iterable(map(_texts, parts))
