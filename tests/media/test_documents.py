"""Which documents are taken, and the one sentence that says why another is not: at every door the same."""

import os
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from gazeti.media.actions import DocumentRefused, keep_document

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
NO_PDF = "This file is no PDF. Save it as PDF and upload it again."
REFUSALS: dict[str, tuple[str, bytes, str]] = {
    "a web page": ("a.pdf", b"<!doctype html><script>alert(1)</script>", NO_PDF),
    "a mark that comes too late": ("a.pdf", b" " * 1_020 + PDF, NO_PDF),
    "a sheet under its own name": ("a.docx", b"PK\x03\x04", NO_PDF),
    "a PDF under another name": ("a.html", PDF, "This is a PDF whose name does not end so. Rename it to end in .pdf."),
    "nothing": ("a.pdf", b"", "This file is empty: it holds 0 bytes. Choose it again."),
    "sixty megabytes": (
        "a.pdf",
        PDF.ljust(60_000_000, b"\0"),
        "This file is 60 MB; at most 20 MB are taken. Save it smaller and upload it again.",
    ),
}
EACH = pytest.mark.parametrize(("name", "data", "sentence"), REFUSALS.values(), ids=REFUSALS)


@pytest.fixture
def desk(client: Client) -> Client:
    """A client signed in as an administrator."""
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    return client


def documents() -> Any:
    return get_document_model().objects.all()


def refused_alone(html: str, sentence: str) -> bool:
    """Whether a form's answer tells this sentence, and nothing else of the file."""
    told = unescape(html).replace("\\u003B", ";")
    return sentence in told and "is not allowed" not in told


@EACH
def test_an_action_refuses_with_one_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        keep_document(ContentFile(data, name=name), title="The budget")
    assert str(refused.value) == sentence
    assert not documents().exists()


@EACH
def test_the_desks_form_refuses_with_the_same(desk: Client, name: str, data: bytes, sentence: str) -> None:
    facts = {"title": "The budget", "file": SimpleUploadedFile(name, data)}
    answer = desk.post(reverse("wagtaildocs:add"), facts)
    assert answer.status_code == 200
    assert refused_alone(answer.content.decode(), sentence)
    assert not documents().exists()


@EACH
def test_the_uploader_of_many_refuses_with_the_same(desk: Client, name: str, data: bytes, sentence: str) -> None:
    facts = {"title": "The budget", "files[]": SimpleUploadedFile(name, data)}
    answer = desk.post(reverse("wagtaildocs:add_multiple"), facts, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["success"] is False
    assert answer.json()["error_message"] == sentence
    assert not documents().exists()


@EACH
def test_the_chooser_refuses_with_the_same(desk: Client, name: str, data: bytes, sentence: str) -> None:
    prefix = "document-chooser-upload"
    facts = {f"{prefix}-title": "The budget", f"{prefix}-file": SimpleUploadedFile(name, data)}
    answer = desk.post(reverse("wagtaildocs_chooser:create"), facts)
    assert refused_alone(answer.json()["htmlFragment"], sentence)
    assert not documents().exists()


def test_a_form_without_a_file_asks_for_one_and_says_no_more(desk: Client) -> None:
    answer = desk.post(reverse("wagtaildocs:add"), {"title": "The budget"})
    assert refused_alone(answer.content.decode(), "This field is required.")


@pytest.mark.parametrize("page", ["wagtaildocs:add", "wagtaildocs:add_multiple"])
def test_the_desk_says_beforehand_what_is_taken(desk: Client, page: str) -> None:
    assert "At most 20 MB. Format: PDF." in desk.get(reverse(page)).content.decode()


@pytest.mark.parametrize("name", ["budget.pdf", "BUDGET.PDF"])
def test_a_pdf_is_kept_whole_by_every_door(desk: Client, name: str) -> None:
    data = b"\xef\xbb\xbf" + PDF  # some programs write a mark of their own first
    kept = keep_document(ContentFile(data, name=name), title="One")
    assert (kept.file_size, kept.file.open().read()) == (len(data), data)
    upload = {"title": "Two", "file": SimpleUploadedFile(name, data)}
    assert desk.post(reverse("wagtaildocs:add"), upload).status_code == 302
    many = {"title": "Three", "files[]": SimpleUploadedFile(name, data)}
    assert desk.post(reverse("wagtaildocs:add_multiple"), many).json()["success"] is True
    assert [one.file.open().read() for one in documents().order_by("pk")] == [data] * 3


def test_an_edit_keeps_the_file_unless_a_new_pdf_is_given(desk: Client) -> None:
    kept = keep_document(ContentFile(PDF, name="budget.pdf"), title="The budget")
    page = reverse("wagtaildocs:edit", args=[kept.pk])
    assert desk.post(page, {"title": "The new budget"}).status_code == 302
    answer = desk.post(page, {"title": "No budget", "file": SimpleUploadedFile("a.pdf", os.urandom(64))})
    assert refused_alone(answer.content.decode(), NO_PDF)
    kept.refresh_from_db()
    assert (kept.title, kept.file.open().read()) == ("The new budget", PDF)
