"""The picture of an update as a phone sends it: kept once, whatever is sent again."""

from typing import Any

from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from gazeti.live.actions.pictures import neutral_title
from gazeti.live.forms import UpdateForm
from gazeti.live.queries import reporting
from gazeti.live.views.desk import words
from gazeti.live.views.desk.refusing import Unfit
from gazeti.media.actions import PictureRefused, credit_picture, keep_picture
from gazeti.media.models import Picture


def picture_in(form: UpdateForm, *, by: Any) -> dict[str, Any] | None:
    """What the update's block says of its picture, which is kept if it was sent; None for an update without one.

    Raises PictureRefused, and Unfit for who made a picture that is not theirs to say it of.
    """
    if not form.has_picture:
        return None
    said = form.cleaned_data
    number = _kept(form, by=by) if said["picture"] else said["kept"]
    picture = Picture.objects.filter(pk=number).first()
    if picture is None:
        raise PictureRefused(words.NO_SUCH_PICTURE)
    if said["credit"] not in ("", picture.credit):
        _credit(picture, form, by=by)
    form.kept_now = number
    return {"picture": number, "alt": said["alt"], "decorative": said["decorative"]}


def _credit(picture: Picture, form: UpdateForm, *, by: Any) -> None:
    """Say who made a picture that was there before, for whoever may change it. Raises Unfit."""
    if not policy_registry.get_by_type(Picture).user_has_permission_for_instance(by, "change", picture):
        form.add_error("credit", words.NOT_TO_CREDIT % {"credit": picture.credit})
        raise Unfit
    credit_picture(picture.pk, credit=form.cleaned_data["credit"])


def _kept(form: UpdateForm, *, by: Any) -> int:
    """The number of the picture that was sent. The same bytes again, of the same person, are the same picture."""
    if not policy_registry.get_by_type(Picture).user_has_permission(by, "add"):
        raise PictureRefused(words.NO_PICTURES)
    said = form.cleaned_data
    file, credit = said["picture"], said["credit"]
    there = reporting.picture_kept(file_hash=hash_filelike(file), credit=credit, by=by)
    if there is not None:
        return int(there.pk)
    picture = keep_picture(
        file,
        title=neutral_title(),
        by=by,
        description=said["alt"],
        is_decorative=said["decorative"],
        credit=credit,
    )
    return int(picture.pk)
