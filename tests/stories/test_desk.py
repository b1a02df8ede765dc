"""The desk is Wagtail's, branded, and can write and publish every field of a story."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from gazeti import log
from gazeti.log import clock
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, topic_named
from gazeti.stories.models import Front, Story
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db
COLUMN = {"deleted": "", "order": "0", "type": "words"}
TABLE = {
    "caption": "Prices",
    "column-count": "2",
    "column": {
        "0": {**COLUMN, "heading": "Good"},
        "1": {**COLUMN, "heading": "Price", "order": "1", "type": "figures"},
    },
    "row-count": "1",
    "row": {"0": {"deleted": "", "order": "0"}},
    "cell": {"0": {"0": "Maize", "1": "60"}},
}
ITEMS = {
    "count": "2",
    "0-deleted": "",
    "0-order": "0",
    "0-type": "item",
    "0-id": "",
    "1-deleted": "",
    "1-order": "1",
    "1-type": "item",
    "1-id": "",
}
SHOWN = """The bridge is open|It took two years.|Explainer|Sample Wire|Eastleigh|4 July 2024, 9:12 am|adds the toll|
County records.|We counted.|The bridge opened.|Halima Noor, trader|Crates|Carts|Two|Maize|In short|The other one|
The sheet|iptc.org|Traders cross|At noon.|/topics/water/|Otieno Were"""


@pytest.fixture
def document():
    document = get_document_model()(title="The budget")
    document.file.save("budget.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    return document


def every_block(picture: Picture, document, other: Story) -> list[tuple[str, object]]:
    """One block of every kind, as the desk's form sends it."""
    words = {"picture": picture.pk, "alt": "Crates", "decorative": "", "caption": "At five."}
    return [
        ("text", rich_text("<p>The bridge opened.</p>")),
        ("heading", "What next"),
        ("quotation", {"text": "It leaks.", "speaker": "Halima Noor", "role": "trader"}),
        ("picture", words),
        ("gallery", {**ITEMS, "0-value": words, "1-value": {**words, "alt": "Carts"}}),
        (
            "list",
            {
                "ordered": "on",
                "items": {**ITEMS, "0-value": rich_text("<p>One</p>"), "1-value": rich_text("<p>Two</p>")},
            },
        ),
        ("table", TABLE),
        ("facts", {"title": "In short", "body": rich_text("<p>Two lanes.</p>")}),
        ("related", str(other.pk)),
        ("document", {"document": str(document.pk), "title": "The sheet"}),
        ("card", {"url": "https://www.iptc.org/", "title": "IPTC", "description": "Standards."}),
    ]


def written(picture: Picture, document, other: Story, **facts: object) -> dict[str, object]:
    """What the desk's form sends for a story with every field filled and every kind of block."""
    fields = {
        "title": "The bridge is open",
        "slug": "bridge",
        "standfirst": "It took two years.",
        "kind": "explainer",
        "short_headline": "Bridge open",
        "credit": "Sample Wire",
        "dateline": "Eastleigh",
        "language": "en",
        "translation_of": str(other.pk),
        "topics": str(topic_named("Water").pk),
        "lead_picture": str(picture.pk),
        "lead_alt": "Traders cross",
        "lead_caption": "At noon.",
        "published_at": "2024-07-04 09:12",
        "updated_reason": "adds the toll",
        "sources": "County records.",
        "method_note": "We counted.",
        "bylines": inline_formset(
            [{"author": str(author_named("Amina Farah").pk)}, {"author": str(author_named("Otieno Were").pk)}]
        ),
        "comments": inline_formset([]),
        "body": streamfield(every_block(picture, document, other)),
    }
    return nested_form_data({**fields, **facts})


def test_every_field_can_be_written_and_published(admin_client: Client, client: Client, picture, document) -> None:
    section, other = make_section(), make_story(headline="The other one")
    answer = admin_client.post(
        f"/desk/pages/add/gazeti_stories/story/{section.pk}/",
        written(picture, document, other, **{"action-publish": "action-publish"}),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    story = Story.objects.get(slug="bridge")
    assert story.live
    assert story.published_at == NOW
    assert [author.name for author in story.authors] == ["Amina Farah", "Otieno Were"]
    assert [topic.name for topic in story.topics.all()] == ["Water"]
    assert len(story.body) == 11
    html = client.get(story.address).content.decode()
    for words in SHOWN.replace("\n", "").split("|"):
        assert words in html, words


@pytest.mark.parametrize("length", [111, 400])
def test_a_headline_that_is_too_long_is_refused_at_its_field_and_loses_nothing(
    admin_client: Client, picture, document, length: int
) -> None:
    section, other = make_section(), make_story()
    answer = admin_client.post(
        f"/desk/pages/add/gazeti_stories/story/{section.pk}/",
        written(picture, document, other, title="x" * length, **{"action-publish": "action-publish"}),
    )
    assert answer.status_code == 200
    assert f"The headline has {length} characters; at most 110 fit" in answer.content.decode()
    assert "The bridge opened." in answer.content.decode()
    assert not Story.objects.filter(slug="bridge").exists()


def test_a_second_story_of_one_headline_gets_an_address_of_its_own(admin_client: Client, picture, document) -> None:
    """Else the desk could not save it by itself, and would say only that something is wrong."""
    section, other = make_section(), make_story()
    for _ in range(2):
        answer = admin_client.post(
            f"/desk/pages/add/gazeti_stories/story/{section.pk}/", written(picture, document, other)
        )
        assert answer.status_code == 302, answer.context["form"].errors
    assert Story.objects.filter(slug="bridge-2").exists()
    draft = Story.objects.get(slug="bridge-2")
    changed = written(picture, document, other, title="Changed", bylines=inline_formset([]))
    assert admin_client.post(f"/desk/pages/{draft.pk}/edit/", changed).status_code == 302
    assert Story.objects.get(pk=draft.pk).slug == "bridge-2"


def test_an_author_named_twice_is_refused_at_the_byline(admin_client: Client, picture, document) -> None:
    section, other = make_section(), make_story()
    author = str(author_named("Amina Farah").pk)
    form = written(picture, document, other, bylines=inline_formset([{"author": author}, {"author": author}]))
    answer = admin_client.post(f"/desk/pages/add/gazeti_stories/story/{section.pk}/", form)
    assert answer.status_code == 200
    assert "duplicate" in answer.content.decode()
    assert not Story.objects.filter(slug="bridge").exists()


def test_publication_and_purge_stand_or_fall_together(admin_client: Client, picture, document, monkeypatch) -> None:
    """A failure after the purge rolls the publication back too: the desk's view runs in one transaction."""
    from gazeti.stories.receivers import published

    section, other = make_section(), make_story()
    start = log.head()

    def record_and_fail(story: Story, **_facts: object) -> None:
        log.append("stories", "published", {"story": story.pk})
        raise RuntimeError("the power went")

    monkeypatch.setattr(published, "record_publication", record_and_fail)
    with pytest.raises(RuntimeError, match="the power went"):
        admin_client.post(
            f"/desk/pages/add/gazeti_stories/story/{section.pk}/",
            written(picture, document, other, **{"action-publish": "action-publish"}),
        )
    assert not Story.objects.filter(slug="bridge").exists()
    assert [entry for entry in log.read(start) if entry.stream == "stories"] == []


def test_pictures_still_waiting_get_their_renditions_before_publication(
    admin_client: Client, picture, document
) -> None:
    section, other = make_section(), make_story()
    Picture.objects.filter(pk=picture.pk).update(served=[], served_from="")
    admin_client.post(
        f"/desk/pages/add/gazeti_stories/story/{section.pk}/",
        written(picture, document, other, **{"action-publish": "action-publish"}),
    )
    picture.refresh_from_db()
    assert picture.is_ready


def test_saving_a_draft_shows_readers_nothing(admin_client: Client, client: Client, picture, document) -> None:
    section, other = make_section(), make_story()
    admin_client.post(f"/desk/pages/add/gazeti_stories/story/{section.pk}/", written(picture, document, other))
    story = Story.objects.get(slug="bridge")
    assert not story.live
    assert client.get(story.address).status_code == 404


def test_a_preview_is_what_readers_will_get_and_only_the_desk_may_frame_it(
    admin_client: Client, client: Client
) -> None:
    story = make_draft(headline="Not out yet")
    answer = admin_client.get(f"/desk/pages/{story.pk}/view_draft/")
    html = answer.content.decode()
    assert "Not out yet" in html
    assert '<a rel="author" href="/authors/amina-farah/">Amina Farah</a>' in html
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert client.get(f"/desk/pages/{story.pk}/view_draft/").status_code == 302


def test_the_front_is_laid_out_at_the_desk(admin_client: Client, client: Client) -> None:
    front = make_paper()
    first, second = make_story(headline="The first"), make_story(headline="The second")
    answer = admin_client.post(
        f"/desk/pages/{front.pk}/edit/",
        nested_form_data(
            {
                "title": front.title,
                "slug": "front",
                "lead": str(second.pk),
                "slots": inline_formset([{"story": str(first.pk)}]),
                "comments": inline_formset([]),
                "action-publish": "action-publish",
            }
        ),
    )
    assert answer.status_code == 302
    assert Front.objects.get().lead_id == second.pk
    html = client.get("/").content.decode()
    assert html.index("The second") < html.index("The first")


def test_a_schedule_taken_at_the_desk_is_carried_out_by_the_clock(
    admin_client: Client, client: Client, picture, document
) -> None:
    section, other = make_section(), make_story()
    hour = timezone.localtime() + timedelta(hours=1)
    times = {"go_live_at": f"{hour:%Y-%m-%d %H:%M}", "expire_at": f"{hour + timedelta(days=1):%Y-%m-%d %H:%M}"}
    admin_client.post(
        f"/desk/pages/add/gazeti_stories/story/{section.pk}/",
        written(picture, document, other, published_at="", **times, **{"action-publish": "action-publish"}),
    )
    story = Story.objects.get(slug="bridge")
    assert not story.live
    clock.tick(now=hour + timedelta(minutes=1))
    assert client.get(story.address).status_code == 200
    clock.tick(now=hour + timedelta(days=1, minutes=1))
    assert client.get(story.address).status_code == 410


def test_authors_topics_and_the_newspaper_have_their_place(admin_client: Client) -> None:
    make_story(topics=[topic_named("Water")])
    home = admin_client.get("/desk/").content.decode()
    for place in ("/desk/snippets/gazeti_stories/author/", "/desk/snippets/gazeti_stories/topic/"):
        assert place in home
        assert admin_client.get(place).status_code == 200
    answer = admin_client.get("/desk/settings/gazeti_base/newspaper/", follow=True)
    assert "The Corner Paper" in answer.content.decode()
    added = admin_client.post(
        "/desk/snippets/gazeti_stories/author/add/",
        {"name": "Otieno Were", "slug": "otieno-were", "role": "", "about": ""},
    )
    assert added.status_code == 302


def test_the_desk_carries_the_papers_sign(client: Client, admin_client: Client) -> None:
    login = client.get("/desk/login/").content.decode()
    assert "Sign in to the desk" in login
    assert "/favicon.svg" in login
    home = admin_client.get("/desk/").content.decode()
    assert "gazeti/css/desk.css" in home
    assert "<title>Dashboard - Gazeti</title>" in " ".join(home.split())


def test_a_user_signs_in_by_email_in_any_case(client: Client, django_user_model) -> None:
    django_user_model.objects.create_superuser("Editor@Paper.example", "a long phrase to sign in")
    answer = client.post(
        "/desk/login/", {"login": "editor@paper.EXAMPLE", "password": "a long phrase to sign in", "next": "/desk/"}
    )
    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200
