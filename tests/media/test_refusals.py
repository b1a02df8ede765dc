"""What is not taken, and the sentence that says so: at every door the same."""

import io
import tracemalloc
import zipfile
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse

from gazeti.media.actions import PictureRefused, keep_picture
from gazeti.media.forms import PictureField
from gazeti.media.models import Picture
from tests.media.pictures import bomb, gif_of, keep, photo, telling, telling_jpeg, written

pytestmark = pytest.mark.django_db
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
NOT_A_PICTURE = "This file is not a picture, whatever its name says."
DAMAGED = "This picture is damaged or cut off"


def packed() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("a.txt", "a")
    return output.getvalue()


REFUSALS: dict[str, tuple[str, bytes, str]] = {
    "a pixel bomb": ("a.png", bomb(), "This picture unfolds to 900 million pixels; at most 60 million are taken."),
    "a bomb of frames": ("a.gif", gif_of(5_000), "million pixels; at most 60 million are taken."),
    "a PDF": ("a.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", NOT_A_PICTURE),
    "a web page": ("a.jpg", b"<!doctype html><script>alert(1)</script>", NOT_A_PICTURE),
    "an archive": ("a.jpg", packed(), NOT_A_PICTURE),
    "a page that begins like a GIF": ("a.jpg", b"GIF89a<html><script>alert(1)</script>", "Rename it to end in .gif."),
    "a half page, half GIF": ("a.gif", b"GIF89a/*<html>*/=1;alert(1)", DAMAGED),
    "a drawing with a script": ("a.svg", SCRIPT, "This is an SVG drawing, which can carry scripts."),
    "a drawing under another name": ("a.png", SCRIPT, "This is an SVG drawing, which can carry scripts."),
    "a TIFF": ("a.tif", written(photo(20, 20), "TIFF"), NOT_A_PICTURE),
    "words": ("a.png", b"The bridge is open.", NOT_A_PICTURE),
    "a file cut off": ("a.jpg", telling_jpeg()[:6_000], DAMAGED),
    "a PNG cut off": ("a.png", written(photo(90, 60), "PNG")[:5_000], DAMAGED),
    "a PNG called JPEG": ("a.jpg", written(photo(90, 60), "PNG"), "This is a png picture whose name does not end so."),
    "a picture without an ending": ("a", telling_jpeg(), "Rename it to end in .jpg."),
    "nothing": ("a.jpg", b"", "This file is empty: it holds 0 bytes."),
}
EACH = pytest.mark.parametrize(("name", "data", "sentence"), REFUSALS.values(), ids=REFUSALS)


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as an administrator."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def told(html: str) -> str:
    """The text of an answer as its reader has it: what HTML and scripts escape undone."""
    return unescape(html).replace("\\u003B", ";")


@EACH
def test_an_action_refuses_with_one_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        keep_picture(ContentFile(data, name=name), title="A bridge", description="The bridge")
    assert sentence in str(refused.value)
    assert not Picture.objects.exists()


@EACH
def test_the_desks_form_refuses_with_the_same(desk: Client, name: str, data: bytes, sentence: str) -> None:
    facts = {"title": "A bridge", "description": "The bridge", "file": SimpleUploadedFile(name, data)}
    answer = desk.post(reverse("wagtailimages:add"), facts)
    assert answer.status_code == 200
    assert sentence in told(answer.content.decode())
    assert not Picture.objects.exists()


@EACH
def test_the_uploader_of_many_refuses_with_the_same(desk: Client, name: str, data: bytes, sentence: str) -> None:
    facts = {"title": "A bridge", "files[]": SimpleUploadedFile(name, data)}
    answer = desk.post(reverse("wagtailimages:add_multiple"), facts, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["success"] is False
    assert sentence in answer.json()["error_message"]
    assert not Picture.objects.exists()


def test_the_chooser_refuses_with_the_same(desk: Client) -> None:
    prefix = "image-chooser-upload"
    facts = {
        f"{prefix}-title": "A",
        f"{prefix}-description": "A",
        f"{prefix}-file": SimpleUploadedFile("a.png", bomb()),
    }
    answer = desk.post(reverse("wagtailimages_chooser:create"), facts)
    assert "unfolds to 900 million pixels" in answer.json()["htmlFragment"]
    assert not Picture.objects.exists()


def test_sixty_megabytes_are_refused_without_being_read_into_memory(desk: Client) -> None:
    head = telling_jpeg()
    with TemporaryUploadedFile("a.jpg", "image/jpeg", 60_000_000, None) as file:
        file.write(head)
        file.truncate(60_000_000)
        file.seek(0)
        tracemalloc.start()
        with pytest.raises(PictureRefused, match=r"This file is 60 MB; at most 20 MB are taken\. Make it smaller"):
            keep_picture(file, title="A bridge", description="The bridge")
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
        tracemalloc.stop()


def test_sixty_megabytes_at_the_desk_get_the_sentence(desk: Client) -> None:
    file = SimpleUploadedFile("a.jpg", telling_jpeg().ljust(60_000_000, b"\0"))
    answer = desk.post(reverse("wagtailimages:add_multiple"), {"title": "A", "files[]": file})
    assert answer.json()["error_message"].startswith("This file is 60 MB; at most 20 MB are taken.")


def test_the_uploaders_script_says_the_limits_in_our_words(desk: Client) -> None:
    page = told(desk.get(reverse("wagtailimages:add_multiple")).content.decode())
    assert "This file is too large; at most 20 MB are taken." in page
    assert "At most 20 MB. Formats: JPG, JPEG, PNG, WEBP, AVIF, GIF, HEIC." in page
    assert NOT_A_PICTURE in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"description": ""}, "Say in words what the picture adds, or mark it as decorative."),
        ({"is_decorative": True}, "Decorative pictures have no alt text. Empty one of the two."),
        ({"title": "x" * 256}, "at most 255 characters"),
        ({"licence": "stolen"}, "is not a valid choice"),
        ({"licence_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_words_that_do_not_hold_are_refused_too(facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        keep(**facts)
    assert sentence in str(refused.value)
    assert not Picture.objects.exists()


def test_the_desk_asks_for_alt_text_and_the_uploader_of_many_waits_for_it(desk: Client) -> None:
    file = SimpleUploadedFile("a.jpg", telling_jpeg())
    answer = desk.post(reverse("wagtailimages:add"), {"title": "A bridge", "file": file})
    assert "Say in words what the picture adds" in answer.content.decode()
    file.seek(0)
    waiting = desk.post(reverse("wagtailimages:add_multiple"), {"title": "A bridge", "files[]": file}).json()
    assert waiting["success"]
    assert "Alt text" in waiting["form"]
    assert not Picture.objects.exists()
    number = waiting["uploaded_file_id"]
    facts = {f"uploaded-image-{number}-{name}": text for name, text in {"title": "A", "description": "B"}.items()}
    done = desk.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number]), facts).json()
    assert done["success"], done
    assert Picture.objects.get(pk=done["image_id"]).is_pending


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", telling_jpeg()),
        ("A.JPEG", telling_jpeg()),
        ("a.png", written(photo(1, 1), "PNG")),
        ("a.gif", written(photo(30, 20), "GIF")),
        ("a.webp", telling("WEBP")),
        ("a.avif", telling("AVIF")),
        ("IMG_0042.HEIC", written(photo(300, 200), "HEIF")),
        ("a.jpg", telling_jpeg() + b"%PDF-1.7" + packed()),
    ],
)
def test_every_format_that_is_named_is_taken(name: str, data: bytes) -> None:
    assert keep(data, name=name).is_pending


def test_a_field_that_need_not_be_filled_may_stay_empty() -> None:
    assert PictureField(required=False).clean(None) is None
