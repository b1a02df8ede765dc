"""What comes again under a key that was used: whether all that is sent now was filed under it before."""

from datetime import datetime
from typing import Any

from wagtail.utils.file import hash_filelike

from gazeti.live.formats import without_ids
from gazeti.live.forms import UpdateForm
from gazeti.live.models import Update, Waiting, Wording
from gazeti.live.queries import reporting
from gazeti.live.queries.cleaning import cleaned
from gazeti.live.rules import Words
from gazeti.live.views.desk.bodies import quick_of, typed_body
from gazeti.media.models import Picture


def was_posted_so(update: Update, form: UpdateForm) -> bool:
    """Whether an update was posted as a form says. Where its words were erased nobody can tell, and it was."""
    first = reporting.first_words_of(update)
    return first is None or (form.is_valid() and not _is_put_off(update, form) and _says(first, form))


def waits_so(row: Waiting, form: UpdateForm, *, due_at: datetime | None) -> bool:
    """Whether something waits as a form that holds says, until that time."""
    return row.due_at == due_at and _says(row, form)


def _is_put_off(update: Update, form: UpdateForm) -> bool:
    """Whether an update was out before the time that is asked for it now."""
    due_at = form.cleaned_data["due_at"]
    return due_at is not None and update.posted_at < due_at


def _says(there: Wording | Waiting, form: UpdateForm) -> bool:
    """Whether words are all that a form that holds says. Nothing is written: a picture is known by its bytes."""
    said, raw = form.cleaned_data, there.body.get_prep_value()
    author = reporting.author_called(said["author"])
    picture = _picture_of(raw, form) if form.has_picture else None
    if (author is None and said["author"]) or (picture is None and form.has_picture):
        return False
    body = typed_body(said["text"], picture=picture)
    kept, _odd = cleaned(Words(body=body, heading=said["heading"]))
    facts = (there.heading, there.author_id, there.is_key)
    is_same = facts == (kept.heading, author.pk if author else None, said["is_key"])
    return is_same and without_ids(raw) == without_ids(kept.body)


def _picture_of(raw: list[dict[str, Any]], form: UpdateForm) -> dict[str, Any] | None:
    """The picture that a form brings, as a body has it; None where the body has another one, or none."""
    quick, said = quick_of(raw), form.cleaned_data
    number = quick.picture["picture"] if quick and quick.picture else None
    if said["picture"]:
        file_hash = hash_filelike(said["picture"])
        is_there = Picture.objects.filter(pk=number, file_hash=file_hash, credit=said["credit"]).exists()
    else:
        is_there = said["kept"] == number
    return {"picture": number, "alt": said["alt"], "decorative": said["decorative"]} if is_there and number else None
