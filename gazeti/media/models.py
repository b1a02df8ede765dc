"""The picture: an original that is never served, and the renditions that are."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, ClassVar, NamedTuple, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet
from willow.plugins.pillow import PillowImage

from gazeti.media import formats

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Served(TypedDict):
    """One file that readers get: its size in pixels and bytes, format, path below MEDIA_URL; whether it is a cut."""

    width: int
    height: int
    format: str
    path: str
    bytes: int
    cut: bool


class Sources(NamedTuple):
    """The addresses of a format: what a phone gets, and the `srcset` of wider screens (HTML, srcset)."""

    phone: str
    wide: str


class PictureQuerySet(ImageQuerySet):
    """Pictures, and which of them wait for renditions."""

    def pending(self) -> "PictureQuerySet":
        """Those whose file or focal point is not the one that their renditions were made of."""
        parts = [Coalesce(Cast(name, models.CharField()), models.Value("")) for name in FOCUS]
        spaced = [part for one in parts for part in (models.Value(" "), one)]
        source = Concat("file", *spaced, output_field=models.CharField())
        return self.annotate(made_of=source).exclude(served_from=models.F("made_of"))


class Picture(AbstractImage):
    """A picture with its words, its credit and its rights.

    The alt text is Wagtail's `description`. `served` lists the renditions, and `served_from` names the file and focal
    point they were made of; both are written by the action that makes them, never by a form.
    """

    class Licence(models.TextChoices):
        """Under which terms the newsroom may show it."""

        OWN = "own", _("Our own")
        COMMISSIONED = "commissioned", _("Commissioned")
        AGENCY = "agency", _("Agency")
        HANDOUT = "handout", _("Handout")
        CC_BY = "cc-by", _("Creative Commons BY")
        CC_BY_SA = "cc-by-sa", _("Creative Commons BY-SA")
        CC0 = "cc0", _("Public domain or CC0")

    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It adds nothing that the words do not say; a screen reader passes it by."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True, help_text=_("Who made it, as readers see it."))
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    licence_url = models.CharField(
        _("address of the licence"), max_length=200, blank=True, validators=[URLValidator(["http", "https"])]
    )
    rights_end = models.DateField(
        _("end of rights"),
        null=True,
        blank=True,
        help_text=_("The last day on which it may be shown."),
    )
    rights_over = models.BooleanField(
        _("rights have ended"), default=False, db_default=False, editable=False, db_index=True
    )
    served = models.JSONField(default=list, editable=False, blank=True)
    served_from = models.CharField(max_length=160, default="", editable=False, blank=True)

    objects: ClassVar[Any] = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "caption",
        "credit",
        "licence",
        "licence_url",
        "rights_end",
        "collection",
        "tags",
        *FOCUS,
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions: ClassVar[list[tuple[str, str]]] = [("choose_image", "Can choose image")]

    def clean(self) -> None:
        """A picture is either described or decorative (WCAG 1.1.1), never both nor neither."""
        super().clean()
        if self.is_decorative and self.description:
            raise ValidationError({"is_decorative": _("Decorative pictures have no alt text. Empty one of the two.")})
        if not self.is_decorative and not self.description:
            raise ValidationError({"description": _("Say in words what the picture adds, or mark it as decorative.")})

    def save(self, *args: Any, **options: Any) -> None:
        """Save in one transaction with what follows, and never write back what actions have written since."""
        if not self._state.adding and options.get("update_fields") is None:
            kept = {"id", "served", "served_from", "rights_over", *self.get_deferred_fields()}
            options["update_fields"] = [one.name for one in self._meta.concrete_fields if one.attname not in kept]
        with transaction.atomic():
            super().save(*args, **options)

    @property
    def is_ready(self) -> bool:
        """Whether readers can be shown it: it has its renditions, and its rights have not ended."""
        return bool(self.served) and not self.rights_over

    @property
    def source(self) -> str:
        """What its renditions are to be made of: its file, which is never overwritten, and its focal point."""
        focus = (getattr(self, name) for name in FOCUS)
        return " ".join([self.file.name, *("" if one is None else str(one) for one in focus)])

    @property
    def is_pending(self) -> bool:
        """Whether its renditions are still to be made."""
        return self.served_from != self.source

    @property
    def centre(self) -> tuple[float, float]:
        """The focal point in fractions of its sides, as seen upright: the desk scales each side by itself."""
        if not self.has_focal_point():
            return 0.5, 0.5
        return self.focal_point_x / self.width, self.focal_point_y / self.height

    @property
    def thumbnail(self) -> dict[str, Any] | None:
        """The small cut for lists in WebP, with its `url`; None while not ready, or once its rights have ended."""
        found = [one for one in self.served if one["cut"] and one["format"] == "webp" and self.is_ready]
        return _with_url(found[0]) if found else None

    def renditions_in(self, format_: str) -> list[dict[str, Any]]:
        """What is served in a format, each with its `url`, the narrowest first, without the cut."""
        chosen = [_with_url(one) for one in self.served if one["format"] == format_ and not one["cut"]]
        return sorted(chosen, key=lambda one: one["width"])

    def source_set(self, format_: str) -> str:
        """The value of `srcset` for a format: address and width of each rendition (HTML, srcset)."""
        return _source_set(self.renditions_in(format_))

    def get_upload_to(self, filename: str) -> str:
        """Originals lie in a folder that no address reaches, under names that nobody guesses and none takes twice."""
        path = super().get_upload_to(f"{token_hex(4)}-{filename}")
        return path.replace("original_images/", "originals/", 1)

    @contextmanager
    def get_willow_image(self) -> Iterator[PillowImage]:
        """What Wagtail makes all its files for the desk of: bare pixels, so that none tells where or by whom."""
        with self.open_file() as file:
            image = PillowImage(formats.bare(file, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS))
        image.format_name = "jpeg"
        yield image

    def create_renditions(self, *filters: Filter) -> dict[Filter, "Rendition"]:
        """Make the desk's files one by one: Wagtail's threads would read the one open original all at once."""
        return {one: self.create_rendition(one) for one in filters}

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:  # noqa: A002 (Wagtail's)
        """One file for the desk, from bare pixels whatever bytes are offered."""
        return super().generate_rendition_file(filter)


class Rendition(AbstractRendition):
    """A rendition that the desk asks for (its own thumbnails); readers get those in `Picture.served`."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition_a_spec"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Apart from what readers get."""
        return super().get_upload_to(filename).replace("images/", "desk/", 1)


def shown(picture: Picture | None) -> dict[str, Any] | None:
    """What `media/picture.html` needs of a picture; None while there is nothing to show, or once its rights have ended.

    `avif` and `webp` are Sources; `last` is the widest WebP with its `url`, `width` and `height`.
    """
    if picture is None or not picture.is_ready:
        return None
    webp = picture.renditions_in("webp")
    return {
        "picture": picture,
        "avif": _sources(picture.renditions_in("avif")),
        "webp": _sources(webp),
        "last": webp[-1],
    }


def _sources(found: list[dict[str, Any]]) -> Sources:
    return Sources(phone=found[0]["url"], wide=_source_set(found[1:] or found))


def _source_set(found: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['url']} {one['width']}w" for one in found)


def _with_url(one: Served) -> dict[str, Any]:
    return {**one, "url": f"{settings.MEDIA_URL}{one['path']}"}
