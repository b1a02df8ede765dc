"""The forms of pictures and documents at the desk; their fields say in a sentence why a file is not taken."""

from pathlib import PurePath
from typing import Any

import willow
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from gazeti.base.models import filled
from gazeti.media import formats
from gazeti.plain.numbers import file_size

ENOUGH = 200
"""Pixels of width to which a file is decoded to see that it is all there: each of its bytes is still read."""
HEAD = 1024
"""Bytes within which a PDF must name itself, as Acrobat wants it (PDF Reference 1.7, appendix H, note 13)."""
SENTENCES = {
    "empty": _("This file is empty: it holds 0 bytes. Choose it again."),
    "too_large": _("This file is %(size)s; at most %(most)s are taken. Make it smaller or export it for the web."),
    "svg": _("This is an SVG drawing, which can carry scripts. Export it as PNG and choose that."),
    "no_picture": _("This file is not a picture, whatever its name says. Choose a file of one of these: %(formats)s."),
    "ending": _("This is a %(format)s picture whose name does not end so. Rename it to end in .%(format)s."),
    "too_many_pixels": _(
        "This picture unfolds to %(pixels)s million pixels; at most %(most)s million are taken. Make it smaller."
    ),
    "broken": _("This picture is damaged or cut off, and cannot be read to its end. Export or copy it again."),
    "large_document": _("This file is %(size)s; at most %(most)s are taken. Save it smaller and upload it again."),
    "no_pdf": _("This file is no PDF. Save it as PDF and upload it again."),
    "pdf_ending": _("This is a PDF whose name does not end so. Rename it to end in .pdf."),
}


class PictureField(WagtailImageField):
    """A picture's file, looked at by size, first bytes and header before a pixel is decoded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Wagtail's limits, and say them in our words, also to the uploader's script."""
        super().__init__(*args, **kwargs)
        self.names = ", ".join(name.upper() for name in self.allowed_image_extensions)
        self.help_text = _("At most %(most)s. Formats: %(formats)s.") % {
            "most": _size(self.max_upload_size),
            "formats": self.names,
        }
        self.error_messages |= {
            "empty": SENTENCES["empty"],
            "invalid_image_extension": SENTENCES["no_picture"] % {"formats": self.names},
            "file_too_large_unknown_size": _("This file is too large; at most %(most)s are taken.")
            % {"most": _size(self.max_upload_size)},
        }

    def to_python(self, data: Any) -> Any:
        """The file if it is a picture that can be taken. Raises ValidationError with one sentence."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > self.max_upload_size:
            raise _refusal("too_large", size=_size(file.size), most=_size(self.max_upload_size))
        self._check_kind(file)
        self._check_pixels(file)
        file.seek(0)
        return file

    def _check_kind(self, file: Any) -> None:
        """Its first bytes must be those of a picture, and its name must say the same."""
        ending = PurePath(file.name or "").suffix.lower().lstrip(".")
        kind = formats.kind_of(file)
        if "svg" in (kind, ending):
            raise _refusal("svg")
        if kind in formats.KINDS and ending.replace("jpg", "jpeg") != kind:
            raise _refusal("ending", format="jpg" if kind == "jpeg" else kind)
        if kind not in self.allowed_image_extensions:
            raise _refusal("no_picture", formats=self.names)

    def _check_pixels(self, file: Any) -> None:
        """Its header must claim no more pixels than are taken, and they must all be there."""
        try:
            header = formats.header_of(file, most_pixels=self.max_image_pixels)
            if header.pixels > self.max_image_pixels:
                raise _refusal(
                    "too_many_pixels", pixels=_millions(header.pixels), most=_millions(self.max_image_pixels)
                )
            formats.bare(file, most_pixels=self.max_image_pixels, at_least=ENOUGH)
            file.seek(0)
            file.image = willow.Image.open(file)  # Wagtail reads size and format of it
        except (formats.Unreadable, OSError) as error:
            raise _refusal("broken") from error
        file.content_type = f"image/{header.format}"


class PictureForm(BaseImageForm):
    """The base of every form for pictures at the desk: upload, chooser, uploader of many, edit and API."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our field for the file in the place of Wagtail's, and call the description what it is."""
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            field = PictureField(label=given.label, required=given.required, widget=given.widget)
            self.fields["file"] = field
        if words := self.fields.get("description"):
            words.label = _("Alt text")
            words.help_text = _("What the picture adds, for those who do not see it.")

    def clean_credit(self) -> str:
        """Keep a credit while readers are shown the picture: no story with a picture goes out without one."""
        credit: str = self.cleaned_data["credit"]
        before = type(self.instance).objects.filter(pk=self.instance.pk).exclude(credit="")
        if not credit.strip() and any(before.filter(part()).exists() for part in filled("picture gate")):
            raise ValidationError(_("Readers are shown this picture, so it keeps a credit. Say who made it."))
        return credit

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save the row with its entry in the search's index: a task for the same entry waits until both are there."""
        with transaction.atomic():
            return super().save(commit=commit)


class DocumentField(WagtailDocumentField):
    """A document's file: a PDF by its first bytes and by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Wagtail's limit, and say it in our words, also to the uploader's script."""
        super().__init__(*args, **kwargs)
        most = _size(self.max_upload_size)
        self.help_text = _("At most %(most)s. Format: PDF.") % {"most": most}
        self.error_messages |= {
            "empty": SENTENCES["empty"],
            "file_too_large_unknown_size": _("This file is too large; at most %(most)s are taken.") % {"most": most},
        }

    def to_python(self, data: Any) -> Any:
        """The file if it is a PDF that can be taken. Raises ValidationError with one sentence."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > self.max_upload_size:
            raise _refusal("large_document", size=_size(file.size), most=_size(self.max_upload_size))
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        if b"%PDF-" not in head:
            raise _refusal("no_pdf")
        if PurePath(file.name or "").suffix.lower() != ".pdf":
            raise _refusal("pdf_ending")
        return file


class DocumentForm(BaseDocumentForm):
    """The base of every form for documents at the desk: upload, chooser, uploader of many and edit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our field for the file in the place of Wagtail's."""
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = DocumentField(label=given.label, required=given.required, widget=given.widget)

    def _post_clean(self) -> None:
        """Keep the field's sentence alone: of a refused file the model would say that its ending “” is not allowed."""
        refused = self.errors.get("file", self.error_class()).copy()
        super()._post_clean()
        if refused:
            self.errors["file"] = refused

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save the row with its entry in the search's index, as a picture's."""
        with transaction.atomic():
            return super().save(commit=commit)


def _refusal(code: str, **facts: str) -> ValidationError:
    return ValidationError(SENTENCES[code] % facts, code=code)


def _size(size: int) -> str:
    return file_size(size, language=get_language() or settings.LANGUAGE_CODE)


def _millions(pixels: int) -> str:
    return f"{pixels / 1_000_000:,.0f}"
