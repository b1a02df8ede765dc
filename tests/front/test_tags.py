"""Every page says what it depends on, so that one change purges all that show it (house decision 3)."""

import pytest
from django.test import Client

from gazeti import edge, log
from gazeti.base.actions import file_information_page, name_newspaper, publish_information_page
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, lay_out_front, revise_story, topic_named
from gazeti.stories.models import Front, Story
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story, publish_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(picture: Picture) -> Story:
    front = make_paper()
    page = file_information_page(
        front, title="Ethics", slug="ethics", body=[{"type": "text", "value": "<p>We check.</p>"}]
    )
    publish_information_page(page)
    other = make_story(headline="The other one")
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    body = [("text", f'<p><a linktype="page" id="{other.pk}">x</a></p>'), ("picture", words), ("related", other)]
    return make_story(body=body, lead_picture=picture, topics=[topic_named("Water")])


def shown_on(client: Client, story: Story) -> dict[str, frozenset[str]]:
    paths = (
        "/",
        "/recent/",
        "/city-affairs/",
        "/authors/amina-farah/",
        "/topics/water/",
        story.address,
        "/ethics/",
    )
    return {path: edge.tags_of(client.get(path)) for path in paths}


def purged(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


def stale_after(client: Client, story: Story, change) -> set[str]:
    """The pages that a cache would have to make again after a change."""
    before, position = shown_on(client, story), log.head()
    change()
    tags = purged(position)
    return {path for path, needs in before.items() if needs & tags}


EVERY = {"/", "/recent/", "/city-affairs/", "/authors/amina-farah/", "/topics/water/", "story", "/ethics/"}


@pytest.mark.parametrize(
    "kind", ["name", "publish", "revise", "withdraw", "picture", "author", "topic", "section", "front", "page"]
)
def test_a_change_reaches_every_page_that_shows_it(client: Client, story: Story, kind: str) -> None:
    def revise() -> None:
        publish_story(revise_story(story, now=NOW, headline="Renamed"), now=NOW)

    def touch(thing: object) -> None:
        thing.save()

    def republish_front() -> None:
        lay_out_front(Front.objects.get(), lead=story)

    changes = {
        "name": (lambda: name_newspaper(name="Another"), EVERY),
        "publish": (
            lambda: publish_story(make_draft(make_section()), now=NOW),
            {"/", "/recent/", "/city-affairs/", "story"},
        ),
        "revise": (revise, EVERY - {"/ethics/"}),
        "withdraw": (story.unpublish, EVERY - {"/ethics/"}),
        "picture": (
            lambda: touch(Picture.objects.get()),
            {"/", "/recent/", "/city-affairs/", "/authors/amina-farah/", "/topics/water/", "story"},
        ),
        "author": (lambda: touch(author_named("Amina Farah")), {"/authors/amina-farah/", "story"}),
        "topic": (lambda: touch(topic_named("Water")), {"/topics/water/", "story"}),
        "section": (lambda: make_section().save_revision().publish(), EVERY),
        "front": (republish_front, {"/"}),
        "page": (
            lambda: Front.objects.get().get_children().get(slug="ethics").specific.save_revision().publish(),
            EVERY,
        ),
    }
    change, reached = changes[kind]
    assert stale_after(client, story, change) >= {story.address if path == "story" else path for path in reached}


def test_whom_and_what_a_story_no_longer_names_is_purged_too(client: Client, story: Story) -> None:
    other, old_author, old_topic = make_story(), author_named("Amina Farah"), topic_named("Water")
    start = log.head()
    facts = {"authors": [author_named("Otieno Were")], "topics": [topic_named("Roads")], "translation_of": other}
    publish_story(revise_story(story, now=NOW, **facts), now=NOW)
    again = log.head()
    assert {f"author:{old_author.pk}", f"topic:{old_topic.pk}", f"story:{other.pk}"} <= purged(start)
    publish_story(revise_story(story, now=NOW, translation_of=None), now=NOW)
    assert f"story:{other.pk}" in purged(again)


def test_a_topic_that_is_deleted_is_purged_with_its_stories(client: Client, story: Story) -> None:
    assert stale_after(client, story, topic_named("Water").delete) >= {"/topics/water/", story.address}


def test_where_nothing_was_is_purged_when_something_comes(client: Client) -> None:
    make_paper()
    comes = {
        "/city-affairs/the-bridge/": lambda: make_story(headline="The bridge"),
        "/authors/otieno-were/": lambda: author_named("Otieno Were"),
        "/topics/roads/": lambda: topic_named("Roads"),
        "/health/": lambda: make_section(title="Health"),
    }
    for path, come in comes.items():
        nothing = client.get(path)
        assert nothing.status_code == 404
        start = log.head()
        come()
        assert edge.tags_of(nothing) & purged(start), path


def test_a_change_elsewhere_leaves_other_pages_alone(client: Client, story: Story) -> None:
    health = make_section(title="Health")
    nurse = author_named("Otieno Were")
    stale = stale_after(client, story, lambda: make_story(health, authors=[nurse]))
    assert not stale & {"/city-affairs/", "/authors/amina-farah/", "/topics/water/", "/ethics/"}


def test_what_the_index_finds_is_kept_by_nobody(client: Client, story: Story) -> None:
    answer = client.get("/search/?q=crates")
    assert answer["Cache-Control"] == "no-store"
