"""Pictures at the real desk: every door that saves one has it rendered, and every page that shows one can."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from gazeti.media.models import Picture
from tests.media.pictures import halves, photo, ready, telling_jpeg, written
from tests.media.test_receivers import Commit, queued
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as an administrator."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def upload(data: bytes = b"", name: str = "bridge.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or written(photo(640, 480), "JPEG"))


def facts(**more: object) -> dict[str, object]:
    return {"title": "A bridge", "description": "The new bridge at noon", **more}


def test_a_picture_added_with_all_its_words_is_kept_and_queued(
    desk: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    words = {
        "caption": "Noon",
        "credit": "Amina Farah",
        "licence": "cc-by",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "rights_end": "2030-01-31",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("wagtailimages:add"), facts(file=upload(), **words))
    assert answer.status_code == 302
    picture = Picture.objects.get()
    assert {name: str(getattr(picture, name)) for name in words} == words
    assert picture.file.name.startswith("originals/")
    assert picture.uploaded_by_user is not None
    assert queued() == [picture.pk]


def test_the_chooser_keeps_and_queues_too(desk: Client, django_capture_on_commit_callbacks: Commit) -> None:
    prefixed = {f"image-chooser-upload-{name}": value for name, value in facts(file=upload()).items()}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("wagtailimages_chooser:create"), prefixed)
    assert answer.json()["step"] == "chosen"
    assert answer.json()["result"]["preview"]["url"].startswith("/media/desk/")
    assert queued() == [Picture.objects.get().pk]


def test_the_edit_page_shows_it_and_a_new_file_is_queued(
    desk: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    picture = ready(telling_jpeg(orientation=6))
    page = reverse("wagtailimages:edit", args=[picture.pk])
    shown = desk.get(page)
    assert shown.status_code == 200
    assert "Alt text" in shown.content.decode()
    assert "/media/originals/" not in shown.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, facts(caption="Noon")).status_code == 302
    assert queued() == []
    old = picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, facts(file=upload(written(halves(90, 60), "PNG"), "a.png"))).status_code == 302
    picture.refresh_from_db()
    assert queued() == [picture.pk]
    assert (picture.width, picture.height) == (90, 60)
    assert not picture.file.storage.exists(old)


def test_an_edit_that_is_refused_keeps_the_old_file(desk: Client) -> None:
    picture = ready()
    answer = desk.post(reverse("wagtailimages:edit", args=[picture.pk]), facts(file=upload(b"%PDF-1.7")))
    assert "This file is not a picture" in answer.content.decode()
    picture.refresh_from_db()
    assert picture.file.storage.exists(picture.file.name)
    assert not picture.is_pending


def test_the_library_shows_pictures_by_the_desks_own_files(desk: Client) -> None:
    ready()
    page = desk.get(reverse("wagtailimages:index")).content.decode()
    assert "/media/desk/" in page
    assert "/media/originals/" not in page


def test_two_uploads_of_one_name_never_share_a_file(desk: Client) -> None:
    for _turn in range(2):
        desk.post(reverse("wagtailimages:add"), facts(file=upload()))
    first, second = (picture.file.name for picture in Picture.objects.order_by("pk"))
    assert first != second
    assert all(name.endswith("-bridge.jpg") for name in (first, second))
    desk.post(reverse("wagtailimages:add"), facts(file=upload(name=f"{'long' * 60}.jpg")))
    assert len(Picture.objects.latest("pk").file.name) <= 100


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_a_file_is_kept_with_its_entry_in_the_index_or_not_at_all(
    desk: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def taken(_instance: object) -> None:
        raise IntegrityError("a task made the entry first")

    monkeypatch.setattr("wagtail.search.index.insert_or_update_object", taken)
    model = {"images": Picture, "documents": get_document_model()}[kind]
    file = {"images": upload(), "documents": SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF\n")}[kind]
    with pytest.raises(IntegrityError):
        desk.post(reverse(f"wagtail{'images' if kind == 'images' else 'docs'}:add"), facts(file=file))
    assert not model.objects.exists()


def test_a_picture_that_readers_are_shown_keeps_its_credit(desk: Client) -> None:
    shown, kept = ready(credit="Amina Farah"), ready(credit="Amina Farah")
    make_story(lead_picture=shown)
    for picture, credit in ((shown, "Amina Farah"), (kept, "")):
        answer = desk.post(reverse("wagtailimages:edit", args=[picture.pk]), facts(credit=""))
        picture.refresh_from_db()
        assert picture.credit == credit, answer.content.decode()
    assert "it keeps a credit" in desk.post(reverse("wagtailimages:edit", args=[shown.pk]), facts()).content.decode()
