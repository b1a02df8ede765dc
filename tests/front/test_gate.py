"""The one gate: what the public may not see is on no page, list, search or picture (house decision 5)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from gazeti import edge, log
from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.media.actions import keep_document
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, publish_story, revise_story, topic_named, withdraw_story
from gazeti.stories.models import Front, Shown, ShownDocument, Story
from tests.newsroom import BODY, NOW, make_draft, make_paper, make_section, make_story, make_withdrawn

NOTED = ((Shown, ("story", "picture")), (ShownDocument, ("page", "document")))
LISTS = ("/", "/recent/", "/city-affairs/", "/authors/amina-farah/", "/search/?q=hidden")
pytestmark = pytest.mark.django_db


def private(**facts: object) -> Story:
    story = make_story(**facts)
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    return story


def in_a_private_section(**facts: object) -> Story:
    section = make_section(title="Hidden corner")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.PASSWORD, password="x")
    return make_story(section, **facts)


def in_an_unpublished_section(**facts: object) -> Story:
    section = make_section(title="Closed corner")
    story = make_story(section, **facts)
    section.unpublish()
    return story


def expired(**facts: object) -> Story:
    story = make_story(**facts)
    story.unpublish(set_expired=True)
    return story


@pytest.mark.both_in_soak
@pytest.mark.parametrize(
    ("make", "status"),
    [
        (make_draft, 404),
        (private, 404),
        (in_a_private_section, 404),
        (in_an_unpublished_section, 404),
        (make_withdrawn, 410),
        (expired, 410),
    ],
)
def test_what_is_not_public_shows_nowhere(client: Client, make, status: int, run_tasks) -> None:
    visible = make_story(headline="In plain sight")
    story = make(headline="Hidden from all")
    run_tasks()
    answer = client.get(story.address)
    assert answer.status_code == status
    assert "Hidden from all" not in answer.content.decode()
    for path in (*LISTS, visible.address):
        html = client.get(path).content.decode()
        assert "Hidden from all" not in html, path
        assert story.address not in html, path


def test_a_draft_over_a_live_story_shows_the_old_words(client: Client, run_tasks) -> None:
    story = make_story(headline="The words that are out")
    draft = story.get_latest_revision_as_object()
    draft.title = "The words that are not"
    draft.save_revision()
    run_tasks()
    for path in (*LISTS[:-1], story.address, "/search/?q=words"):
        html = client.get(path).content.decode()
        assert "The words that are out" in html, path
        assert "The words that are not" not in html, path


def test_a_withdrawn_story_says_that_it_was_taken_back(client: Client) -> None:
    assert "This story was taken back" in client.get(make_withdrawn().address).content.decode()


def test_a_story_published_again_is_back(client: Client) -> None:
    story = make_withdrawn()
    story.get_latest_revision().publish()
    assert client.get(story.address).status_code == 200


def test_a_privacy_setting_never_shows_a_password_form(client: Client) -> None:
    story = in_a_private_section()
    answer = client.get(story.address)
    assert answer.status_code == 404
    assert "password" not in answer.content.decode().lower()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_than_reading_are_refused_whatever_token_they_bring(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    story = make_story(topics=[topic_named("Water")])
    paths = (
        "/",
        story.address,
        "/city-affairs/",
        "/recent/",
        "/search/",
        "/authors/amina-farah/",
        "/topics/water/",
        "/robots.txt",
    )
    for path in paths:
        answer = getattr(client, method)(path)
        assert answer.status_code == 405, path
        assert answer["Allow"] == "GET, HEAD", path


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options", "delete"])
def test_by_no_method_does_a_hidden_page_answer_other_than_one_that_never_was(client: Client, method: str) -> None:
    story = make_draft()
    nothing = getattr(client, method)(f"{story.address}x/")
    answer = getattr(client, method)(story.address)
    assert (answer.status_code, answer.get("Allow")) == (nothing.status_code, nothing.get("Allow"))


def file_of(picture: Picture) -> str:
    return str(picture.renditions_in("avif")[0]["url"])


def showing(picture: Picture) -> dict[str, object]:
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    return {"body": [("text", "<p>Words.</p>"), ("gallery", [words, words])]}


@pytest.mark.both_in_soak
@pytest.mark.parametrize(
    "make", [make_draft, private, in_a_private_section, in_an_unpublished_section, make_withdrawn, expired]
)
@pytest.mark.parametrize("place", ["lead", "body"])
def test_a_picture_is_open_while_something_open_shows_it(client: Client, picture: Picture, make, place: str) -> None:
    facts = {"lead_picture": picture} if place == "lead" else showing(picture)
    make(**facts)
    assert client.get(file_of(picture)).status_code == 404
    make_story(**facts)
    assert client.get(file_of(picture)).status_code == 200


def test_a_picture_of_a_draft_over_a_live_story_is_closed_until_that_is_published(
    client: Client, picture: Picture
) -> None:
    story = make_story()
    revise_story(story, now=NOW, **showing(picture))
    assert client.get(file_of(picture)).status_code == 404
    publish_story(story, now=NOW)
    assert client.get(file_of(picture)).status_code == 200
    position = log.head()
    publish_story(revise_story(story, now=NOW, body=[("text", "<p>Words.</p>")]), now=NOW)
    assert client.get(file_of(picture)).status_code == 404
    assert f"picture:{picture.pk}" in purged(position)


def test_an_authors_portrait_is_open(client: Client, picture: Picture) -> None:
    assert client.get(file_of(picture)).status_code == 404
    author_named("Amina Farah", picture=picture)
    assert client.get(file_of(picture)).status_code == 200


def test_a_document_is_open_from_the_moment_of_its_publication(client: Client) -> None:
    document = get_document_model()(title="The budget", file_size=10)
    document.file.save("budget.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">The budget</a></p>'
    page = file_information_page(make_paper(), title="Ethics", slug="ethics", body=[{"type": "text", "value": link}])
    assert client.get(document.url).status_code == 404
    publish_information_page(page)
    assert client.get(document.url).status_code == 200
    page.refresh_from_db()
    page.unpublish()
    assert client.get(document.url).status_code == 404
    story = make_story(body=[*BODY, ("document", {"document": document, "title": ""})])
    assert client.get(document.url).status_code == 200
    withdraw_story(story, now=NOW)
    assert client.get(document.url).status_code == 404


def purged(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


def test_where_the_rights_of_a_picture_ended_its_caption_stands(client: Client, picture: Picture, run_tasks) -> None:
    author_named("Amina Farah", picture=picture)
    first = make_story(lead_picture=picture, **showing(picture))
    make_story(lead_picture=picture)
    run_tasks()
    Picture.objects.update(rights_over=True)
    html = client.get(first.address).content.decode()
    assert html.count("The market at five in the morning.") == 3
    assert "Picture: Amina Farah" in html
    for path in (first.address, "/", "/recent/", "/city-affairs/", "/authors/amina-farah/", "/search/?q=bridge"):
        html = client.get(path).content.decode()
        assert "Bridge number" in html, path
        assert "<img" not in html, path
        assert "/media/" not in html, path
        assert "og:image" not in html, path
    assert client.get(file_of(picture)).status_code == 410


def test_a_picture_without_a_caption_leaves_its_alt_text_and_a_decorative_one_nothing(
    client: Client, picture: Picture
) -> None:
    story = make_story(lead_picture=picture)
    Picture.objects.update(rights_over=True, caption="", credit="")
    assert "Traders set out tomatoes before sunrise" in client.get(story.address).content.decode()
    Picture.objects.update(is_decorative=True, description="")
    assert "<figure" not in client.get(story.address).content.decode()


@pytest.mark.parametrize("close", ["privacy", "section", "section's privacy", "move"])
def test_what_closes_is_purged_with_the_files_of_its_pictures(client: Client, picture: Picture, close: str) -> None:
    section = make_section(title="Health")
    story = make_story(section, lead_picture=picture)
    dark = make_section(title="Dark corner")
    dark.unpublish()
    pages = [client.get(path) for path in ("/", "/recent/", story.address, file_of(picture))]
    position = log.head()
    if close == "section":
        section.unpublish()
    elif close == "move":
        story.move(dark, pos="last-child")
    else:
        page = story if close == "privacy" else section
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for page in pages:
        assert edge.tags_of(page) & purged(position), page.request["PATH_INFO"]
    assert client.get(file_of(picture)).status_code == 404


def test_what_is_private_no_more_is_purged_where_nothing_was(client: Client) -> None:
    story = private()
    nothing, position = client.get(story.address), log.head()
    PageViewRestriction.objects.get().delete()
    assert edge.tags_of(nothing) & purged(position)
    assert client.get(story.address).status_code == 200


def test_a_document_in_a_private_collection_answers_nobody_and_asks_for_no_password(client: Client) -> None:
    document = keep_document(ContentFile(b"%PDF-1.4", name="budget.pdf"), title="The budget")
    make_story(body=[*BODY, ("document", {"document": document, "title": ""})])
    assert client.get(document.url).status_code == 200
    kind = CollectionViewRestriction.PASSWORD
    restriction = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=kind, password="x"
    )
    for path in (document.url, f"/documents/authenticate_with_password/{restriction.pk}/"):
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            assert answer.status_code == 404, path
            assert "password" not in answer.content.decode(), path


def test_what_was_out_before_the_gate_knew_of_files_is_noted_by_the_migration(picture: Picture) -> None:
    document = keep_document(ContentFile(b"%PDF-1.4", name="budget.pdf"), title="The budget")
    link = f'<p>The <a linktype="document" id="{document.pk}">budget</a>.</p>'
    page = file_information_page(make_paper(), title="Ethics", slug="ethics", body=[{"type": "text", "value": link}])
    publish_information_page(page)
    make_story(lead_picture=picture)
    make_story(body=[*showing(picture)["body"], ("document", {"document": document, "title": ""})])  # type: ignore[misc]
    make_draft(lead_picture=picture)
    rows = [sorted(model.objects.values_list(*names)) for model, names in NOTED]
    assert [len(found) for found in rows] == [2, 2]
    for model, _names in NOTED:
        model.objects.all().delete()
    note = import_module("gazeti.stories.migrations.0004_shown_documents").note_what_is_out
    note(apps, None)
    assert [sorted(model.objects.values_list(*names)) for model, names in NOTED] == rows


@pytest.mark.parametrize("kind", PageViewRestriction.RESTRICTION_CHOICES)
def test_a_private_section_page_or_front_answers_as_if_it_were_not_there(client: Client, kind: tuple[str, str]) -> None:
    page = file_information_page(make_paper(), title="Ethics", slug="ethics", body=[])
    publish_information_page(page)
    section = make_section()
    for one in (page, section, Front.objects.get()):
        path = one.specific.address
        assert client.get(path).status_code == 200
        PageViewRestriction.objects.create(page=one, restriction_type=kind[0], password="x")
        assert client.get(path).status_code == 404
    assert client.get("/_util/login/").status_code == 404
    for restriction in PageViewRestriction.objects.all():
        for method in ("get", "post"):
            path = f"/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"
            assert getattr(client, method)(path, {"password": "x"}).status_code == 404
