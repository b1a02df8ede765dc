"""Nothing that is served tells where, when, with what or by whom a picture was made."""

from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files import File
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images.models import Filter

from gazeti.media.models import Picture
from tests.media.pictures import SECRETS, keep, ready, telling, telling_jpeg, telling_png
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
MARKS = (b"TELLTALE", b"Exif", b"EXIF", b"exif", b"xmpmeta", b"XMP ", b"8BIM", b"ICC_PROFILE", b"ICCP", b"iCCP", b"GPS")
"""What metadata are called in the formats that are served (HEIF items, RIFF chunks, JPEG segments, PNG chunks)."""
TELLING = {
    "a.jpg": telling_jpeg(),
    "b.jpg": telling_jpeg(orientation=6),
    "a.png": telling_png(),
    "a.webp": telling("WEBP"),
    "a.avif": telling("AVIF"),
    "a.heic": telling("HEIF"),
}
EACH = pytest.mark.parametrize("name", sorted(TELLING))


def assert_bare(data: bytes) -> None:
    """Nothing is said of the maker, neither in raw bytes nor as Pillow reads them."""
    assert [mark for mark in (*SECRETS, *MARKS) if mark in data] == []
    with Image.open(BytesIO(data)) as image:
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


def test_the_test_can_fail() -> None:
    assert all(secret in TELLING["a.jpg"] + TELLING["a.png"] for secret in SECRETS)
    assert all(b"TELLTALE-CAMERA" in data for data in TELLING.values())
    for data in TELLING.values():
        with pytest.raises(AssertionError):
            assert_bare(data)


@EACH
def test_what_readers_get_is_bare(client: Client, name: str) -> None:
    picture = ready(TELLING[name], name=name, credit="Amina Farah")
    make_story(lead_picture=picture)
    assert len(picture.served) >= 4
    for one in picture.served:
        assert_bare(client.get(f"/media/{one['path']}").content)


@EACH
@pytest.mark.parametrize(
    "spec", ["max-165x165", "original", "width-200|format-png", "width-200|format-webp", "width-200|format-avif"]
)
def test_what_the_desk_gets_is_bare(media_folder: Path, name: str, spec: str) -> None:
    rendition = keep(TELLING[name], name=name).get_rendition(spec)
    assert_bare((media_folder / rendition.file.name).read_bytes())


def test_several_files_for_the_desk_at_once_are_bare(media_folder: Path) -> None:
    made = keep(TELLING["b.jpg"]).get_renditions("width-100", "original", "fill-50x50")
    assert len(made) == 3
    for one in made.values():
        assert_bare((media_folder / one.file.name).read_bytes())
    assert made["original"].height > made["original"].width


def test_bytes_that_are_offered_for_the_desk_are_not_taken() -> None:
    picture = keep(TELLING["b.jpg"])
    made = picture.generate_rendition_file(Filter("original"), source=File(BytesIO(TELLING["a.png"]), name="a.png"))
    made.seek(0)
    assert_bare(made.read())


def test_pictures_found_in_a_list_are_bare_too(media_folder: Path) -> None:
    keep(TELLING["b.jpg"])
    found = Picture.objects.prefetch_renditions("max-165x165")[0]
    assert_bare((media_folder / found.get_rendition("max-165x165").file.name).read_bytes())


def test_the_desks_preview_of_a_filter_is_bare(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    picture = keep(TELLING["b.jpg"])
    for spec in ("original", "width-300", "fill-100x100"):
        answer = client.get(reverse("wagtailimages:preview", args=[picture.pk, spec]))
        assert answer.status_code == 200
        assert_bare(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


def test_what_is_hidden_behind_the_picture_is_not_served(client: Client) -> None:
    """A file may be a picture and something else too (a polyglot); only its pixels go on."""
    hidden = b"<script>alert('TELLTALE-TEXT')</script>%PDF-1.7"
    picture = ready(TELLING["a.jpg"] + hidden)
    for one in picture.served:
        content = client.get(f"/media/{one['path']}").content
        assert b"<script" not in content
        assert b"%PDF" not in content
