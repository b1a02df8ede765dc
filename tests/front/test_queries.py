"""Query budgets of a worker: at most 9 for a story and 6 for the front, the same with 20 stories and with 5,000.

A worker's first story asks besides what all pages share: 15 then, of a story with everything.
"""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from gazeti.edge.facts import rendering
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, lay_out_front, topic_named
from gazeti.stories.models import BylineAuthor, Front, Section, Story
from tests.newsroom import NOW, make_paper, make_section, make_story

pytestmark = pytest.mark.django_db
STORY, FRONT, LIST = 9, 6, 4
FIRST_STORY = 15


def queries_for(client: Client, path: str) -> int:
    with rendering(0):  # as in a worker that has asked for what all pages share
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
    return len(caught)


def queries_of_the_first(client: Client, path: str) -> int:
    """As in a worker that has asked for nothing yet."""
    client.get(path)  # outside of a render that the edge began nothing becomes known
    with rendering(0), CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    assert sum("gazeti_base_newspaper" in query["sql"] for query in caught) == 1
    return len(caught)


@pytest.fixture
def document(db: None):
    document = get_document_model()(title="The budget", file_size=10)
    document.file.save("budget.pdf", ContentFile(b"%PDF-1.4"))
    document.save()
    return document


@pytest.fixture
def rich_story(db: None, picture: Picture, document) -> Story:
    """A story with everything a story can have, among twenty others, on a front with slots."""
    front = make_paper()
    sections = [make_section(front, title) for title in ("City Affairs", "Business", "Health", "Sport")]
    others = [make_story(sections[number % 4], lead_picture=picture) for number in range(20)]
    lay_out_front(front, lead=others[5], slots=others[7:10])
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    return make_story(
        sections[0],
        authors=[author_named("Amina Farah"), author_named("Otieno Were")],
        topics=[topic_named("Water"), topic_named("Roads")],
        lead_picture=picture,
        translation_of=others[0],
        published_at=NOW,
        body=[
            ("text", f'<p>See <a linktype="page" id="{others[3].pk}">this</a>.</p>'),
            ("picture", words),
            ("gallery", [words, words]),
            ("related", others[1]),
            ("document", {"document": document, "title": ""}),
        ],
    )


def test_a_plain_story_stays_within_its_queries(client: Client) -> None:
    story = make_story(topics=[topic_named("Water")])
    assert queries_for(client, story.address) <= 6


def test_a_story_with_everything_stays_within_its_queries(client: Client, rich_story: Story) -> None:
    assert queries_for(client, rich_story.address) <= STORY


def test_the_first_story_of_a_worker_stays_within_its_queries(client: Client, rich_story: Story) -> None:
    assert queries_of_the_first(client, rich_story.address) <= FIRST_STORY


def test_the_front_stays_within_its_queries(client: Client, rich_story: Story) -> None:
    assert queries_for(client, "/") <= FRONT


def test_lists_stay_within_their_queries(client: Client, rich_story: Story) -> None:
    paths = ["/recent/", "/city-affairs/", "/authors/amina-farah/", "/topics/water/", "/search/?q=bridge"]
    asked = {path: queries_for(client, path) for path in paths}
    assert [path for path, queries in asked.items() if queries > LIST] == [], asked


def test_five_thousand_stories_take_no_more_queries_than_twenty(client: Client, rich_story: Story) -> None:
    paths = ["/", "/recent/", "/city-affairs/", "/authors/amina-farah/", rich_story.address]
    before = {path: queries_for(client, path) for path in paths}
    print_many(rich_story.get_parent().specific, 5_000)
    assert {path: queries_for(client, path) for path in paths} == before


def print_many(section: Section, count: int) -> None:
    """Make live stories in bulk: the actions would take minutes, and what is counted here are reads."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    kind = ContentType.objects.get_for_model(Story)
    steps = [section._get_path(section.path, section.depth + 1, 1_000 + number) for number in range(count)]
    pages = [
        Page(
            path=path,
            depth=section.depth + 1,
            title=f"Mass story {number}",
            draft_title=f"Mass story {number}",
            slug=f"mass-{number}",
            url_path=f"{section.url_path}mass-{number}/",
            live=True,
            content_type=kind,
            locale=section.locale,
            first_published_at=NOW,
        )
        for number, path in enumerate(steps)
    ]
    made = Page.objects.bulk_create(pages)
    rows = [
        Story(page_ptr_id=page.pk, published_at=NOW - timedelta(days=1, minutes=number), language="en", kind="news")
        for number, page in enumerate(made)
    ]
    # bulk_create refuses models of two tables; the second is filled as Django itself does.
    Story._base_manager._insert(rows, fields=Story._meta.local_concrete_fields, using="default")
    author = author_named("Amina Farah")
    BylineAuthor.objects.bulk_create([BylineAuthor(story_id=page.pk, author=author) for page in made])
    assert Front.objects.count() == 1
