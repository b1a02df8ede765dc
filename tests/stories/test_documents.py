"""A document answers the public only while a page that the public may see shows it (house decision 5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import AbstractDocument
from wagtail.models import PageViewRestriction

from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.media.actions import keep_document
from gazeti.stories.models import Front
from tests.newsroom import make_draft, make_paper, make_section, make_story, make_withdrawn
from tests.stories.roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
DATA = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
Body = list[tuple[str, object]]
Run = Callable[[], None]


@pytest.fixture
def document() -> AbstractDocument:
    """A document that no page shows."""
    return keep_document(ContentFile(DATA, name="budget.pdf"), title="The budget")


def block(document: AbstractDocument) -> Body:
    return [("text", "<p>It passed.</p>"), ("document", {"document": document, "title": ""})]


def link(document: AbstractDocument) -> Body:
    return [("text", f'<p>It <a linktype="document" id="{document.pk}">passed</a>.</p>')]


def in_a_private_section(**facts: Any) -> None:
    section = make_section(title="Hidden corner")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    make_story(section, **facts)


def in_an_unpublished_section(**facts: Any) -> None:
    section = make_section(title="Closed corner")
    make_story(section, **facts)
    section.unpublish()


def in_a_draft_over_a_live_story(*, body: Body) -> None:
    story = make_story().get_latest_revision_as_object()
    story.body = body
    story.save_revision()


def on_an_information_page(*, body: Body, is_out: bool = True) -> None:
    raw = [{"type": kind, "value": value} for kind, value in body]
    page = file_information_page(Front.objects.first() or make_paper(), title="Ethics", slug="ethics", body=raw)
    if is_out:
        publish_information_page(page)


def on_an_information_page_in_draft(*, body: Body) -> None:
    on_an_information_page(body=body, is_out=False)


@pytest.mark.parametrize("written", [block, link])
@pytest.mark.parametrize(
    ("show", "status"),
    [
        (make_story, 200),
        (make_draft, 404),
        (make_withdrawn, 404),
        (in_a_private_section, 404),
        (in_an_unpublished_section, 404),
        (in_a_draft_over_a_live_story, 404),
    ],
)
def test_a_document_is_as_public_as_the_story_that_shows_it(
    client: Client, document: AbstractDocument, show: Callable[..., Any], status: int, written: Any, run_tasks: Run
) -> None:
    show(body=written(document))
    run_tasks()
    assert client.get(document.url).status_code == status


@pytest.mark.parametrize(("show", "status"), [(on_an_information_page, 200), (on_an_information_page_in_draft, 404)])
def test_a_page_about_the_paper_shows_documents_too(
    client: Client, document: AbstractDocument, show: Callable[..., Any], status: int, run_tasks: Run
) -> None:
    show(body=link(document))
    run_tasks()
    assert client.get(document.url).status_code == status


def test_one_public_story_among_others_is_enough(client: Client, document: AbstractDocument, run_tasks: Run) -> None:
    make_draft(body=block(document))
    story = make_story(body=block(document))
    run_tasks()
    assert b"".join(client.get(document.url).streaming_content) == DATA  # type: ignore[attr-defined]
    story.unpublish()
    run_tasks()
    assert client.get(document.url).status_code == 404


def test_a_document_that_nothing_shows_gets_the_papers_own_404(client: Client, document: AbstractDocument) -> None:
    make_paper("The Corner Paper")
    answer = client.get(document.url)
    assert answer.status_code == 404
    assert "The Corner Paper" in answer.content.decode()


def test_who_may_open_the_desk_sees_every_document(client: Client, document: AbstractDocument) -> None:
    client.force_login(get_user_model().objects.create_superuser("desk@paper.example", "secret"))
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"
    client.force_login(get_user_model().objects.create_user("reader@paper.example", "secret"))
    assert client.get(document.url).status_code == 404


def test_a_document_of_no_public_page_is_for_who_works_with_documents(
    client: Client, document: AbstractDocument
) -> None:
    for role, status in (("Moderators", 404), ("Reporters", 200), ("Editors", 200)):
        client.force_login(person(role))
        assert client.get(document.url).status_code == status


def test_a_public_document_is_the_same_for_everyone_and_asked_for_again(
    client: Client, document: AbstractDocument, run_tasks: Run
) -> None:
    make_story(body=block(document))
    run_tasks()
    client.force_login(get_user_model().objects.create_user("reader@paper.example", "secret"))
    answer = client.get(document.url)
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(document.url, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
