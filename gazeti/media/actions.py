"""Taking pictures in, and making, announcing and removing what readers get of them."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import SourceImageIOError
from wagtail.utils.file import hash_filelike

from gazeti import edge
from gazeti.media import rules
from gazeti.media.formats import Encoded, Unreadable, bare, encoded, resized
from gazeti.media.forms import DocumentField, PictureField
from gazeti.media.models import Picture, Served
from gazeti.media.queries import pending_pictures

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often to start again when the picture was changed while its renditions were made."""


class PictureRefused(Exception):
    """A picture that is not taken or cannot be rendered; the message is a sentence for the editor."""

    @property
    def reasons(self) -> list[str]:
        """The sentence, as whoever lists refusals asks for it."""
        return [str(self)]


class DocumentRefused(Exception):
    """A document that is not taken; the message is a sentence for the editor."""


def keep_picture(
    file: File[bytes],
    *,
    title: str,
    by: AbstractBaseUser | None = None,
    description: str = "",
    is_decorative: bool = False,
    caption: str = "",
    credit: str = "",
    licence: str = "",
    licence_url: str = "",
    rights_end: date | None = None,
) -> Picture:
    """Take a named file in as a picture, by the same rules as the desk. Raises PictureRefused."""
    try:
        kept = PictureField().clean(file)
        picture = Picture(
            title=title,
            file=kept,
            file_size=kept.size,
            file_hash=hash_filelike(kept),
            uploaded_by_user=by,
            description=description,
            is_decorative=is_decorative,
            caption=caption,
            credit=credit,
            licence=licence,
            licence_url=licence_url,
            rights_end=rights_end,
        )
        picture.full_clean()
    except ValidationError as error:
        raise PictureRefused(" ".join(error.messages)) from error
    picture.save()
    return picture


def keep_document(file: File[bytes], *, title: str, by: AbstractBaseUser | None = None) -> AbstractDocument:
    """Take a named file in as a document, by the same rules as the desk. Raises DocumentRefused."""
    try:
        kept = DocumentField().clean(file)
        document: AbstractDocument = get_document_model()(
            title=title, file=kept, file_size=kept.size, file_hash=hash_filelike(kept), uploaded_by_user=by
        )
        document.full_clean()
    except ValidationError as error:
        raise DocumentRefused(" ".join(error.messages)) from error
    document.save()
    return document


def make_renditions(picture_id: int) -> None:
    """Make what readers get of a picture, whole or not at all; nothing if it is made or the picture is gone.

    Encoding and files come first, under names that no other run has; then one short transaction puts the row onto
    them. A run that was killed leaves files that no row names, so nobody is served them. Raises PictureRefused.
    """
    for _attempt in range(ATTEMPTS):
        picture = Picture.objects.filter(pk=picture_id).first()
        if picture is None or not picture.is_pending:
            return
        _make_once(picture)


def finish_renditions(pictures: Iterable[Picture] | None = None) -> None:
    """Make the renditions that are waiting, of these pictures or of all, now. Raises PictureRefused for one of these.

    For the moment before a publishing transaction opens: a task may still be in the queue. Asked for all, one that
    cannot be read is logged and stays waiting: it must not keep another picture's story from going out.
    """
    for number in pending_pictures(pictures):
        if pictures is not None:
            make_renditions(number)
        else:
            _make_if_readable(number)


def announce_picture(picture: Picture) -> None:
    """Purge what shows a picture, after its words, its rights or its renditions changed or it went."""
    edge.purge([f"picture:{picture.pk}"])


@transaction.atomic
def forget_words(picture_id: int, *, texts: Collection[str], title: str) -> None:
    """Take texts that were erased elsewhere off a picture, where its words are one of them, its title for another.

    Without its description a picture goes out nowhere before somebody has described it anew.
    """
    picture = Picture.objects.select_for_update().filter(pk=picture_id).first()
    if picture is None:
        return
    instead = {"title": title, "description": "", "caption": ""}
    gone = [name for name in instead if getattr(picture, name) in texts]
    for name in gone:
        setattr(picture, name, instead[name])
    if gone:
        picture.save(update_fields=gone)


@transaction.atomic
def credit_picture(picture_id: int, *, credit: str) -> None:
    """Say who made a picture, wherever it is shown."""
    picture = Picture.objects.select_for_update().get(pk=picture_id)
    picture.credit = credit
    picture.save(update_fields=["credit"])


def settle_rights(picture: Picture, *, now: datetime) -> bool:
    """Mark whether its last day has passed where the newsroom is, after its date was changed or by the clock.

    Whether that changed; whoever calls purges what shows it.
    """
    is_over = rules.rights_are_over(picture.rights_end, today=localdate(now, get_default_timezone()))
    picture.rights_over = is_over
    return bool(Picture.objects.filter(pk=picture.pk, rights_over=not is_over).update(rights_over=is_over))


def remove_renditions(picture_id: int) -> None:
    """Delete all files that readers got of a picture, and those that a killed run left, once its row is gone."""
    folder = rules.folder_of(picture_id)
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(folder + name)
    with suppress(OSError):  # a run that is under way writes here once more, then finds the row gone
        default_storage.delete(folder.rstrip("/"))


def _make_if_readable(picture_id: int) -> None:
    try:
        make_renditions(picture_id)
    except PictureRefused:
        logger.warning("picture %s cannot be rendered", picture_id, exc_info=True)


def _make_once(picture: Picture) -> None:
    written: list[Served] = []
    try:
        for made, is_cut in _encoded(picture):
            written.append(_written(made, number=picture.pk, is_cut=is_cut))
        left = _put_in_place(picture, written)
    except BaseException:
        _remove(written)
        raise
    _remove(left)


def _encoded(picture: Picture) -> Iterator[tuple[Encoded, bool]]:
    """All renditions of a picture, one after the other, each with whether it is a cut."""
    try:
        with picture.open_file() as file:
            whole = bare(file, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, at_least=rules.SIZES[-1].width)
    except (SourceImageIOError, Unreadable) as error:
        sentence = _("The file of the picture “%(title)s” cannot be read. Upload it again.")
        raise PictureRefused(sentence % {"title": picture.title}) from error
    for wanted in rules.wanted(*whole.size, centre=picture.centre):
        image = resized(whole.crop(wanted.box), wanted.width, wanted.height)
        for format_ in rules.FORMATS:
            yield encoded(image, format_=format_, most_bytes=wanted.most_bytes), wanted.is_cut


def _written(made: Encoded, *, number: int, is_cut: bool) -> Served:
    """Write one file under a name of its own; a storage that has the name already gives another."""
    name = f"{rules.short_hash(made.data)}-{made.width}{'c' if is_cut else ''}.{made.format}"
    path = default_storage.save(rules.folder_of(number) + name, ContentFile(made.data))
    return Served(width=made.width, height=made.height, format=made.format, path=path, bytes=len(made.data), cut=is_cut)


@transaction.atomic
def _put_in_place(picture: Picture, written: list[Served]) -> list[Served]:
    """Point the row at the new files, unless it changed, went, or another run was first; tell which files to remove."""
    row = Picture.objects.select_for_update().filter(pk=picture.pk).first()
    if row is None or not row.is_pending or row.source != picture.source:
        return written
    Picture.objects.filter(pk=picture.pk).update(served=written, served_from=picture.source)
    announce_picture(picture)
    return list(row.served)


def _remove(files: Iterable[Served]) -> None:
    for one in files:
        default_storage.delete(one["path"])
