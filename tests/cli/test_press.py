"""The sample edition is printed once, whole, in the past, and taken up where it was cut off."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gazeti import log
from gazeti.accounts.models import User
from gazeti.base.models import Newspaper
from gazeti.cli.edition import press
from gazeti.cli.edition.contents import contents
from gazeti.comments.models import Comment
from gazeti.comments.queries.discussions import standing_of
from gazeti.live.models import Coverage
from gazeti.media.models import Picture
from gazeti.stories.actions import make_front
from gazeti.stories.models import Story
from gazeti.stories.queries import around, public_stories
from gazeti.stories.queries.revisions import stories_without_live_revision

NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


@pytest.fixture(autouse=True)
def small_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw small: the encoding of pictures at full size has its own tests and takes most of the time."""
    file = BytesIO()
    Image.new("RGB", (120, 80), "#c4643a").save(file, "JPEG")
    monkeypatch.setattr(press, "drawn_jpeg", lambda name: file.getvalue())


def printed(**options: Any) -> dict[str, int]:
    return press.print_edition(now=NOW, front=make_front(title="The Jacaranda Post"), by=None, **options)


def test_the_edition_is_live_and_again_changes_nothing(client: Client) -> None:
    steps: list[None] = []
    made = printed(step=lambda: steps.append(None))
    stories = list(public_stories())
    assert made["stories"] == len(stories) == len(contents().stories)
    assert len(steps) == contents().size
    assert all(story.published_at and story.published_at < NOW for story in stories)
    assert all(picture.is_ready for picture in Picture.objects.all())
    assert not stories_without_live_revision().exists()
    assert Newspaper.load().name == "The Jacaranda Post"

    lead = Story.objects.get(slug=contents().front["lead"])
    front = client.get("/").content.decode()
    assert front.index(lead.list_headline) < front.index(stories[-1].list_headline)
    assert [other.language for other in around(lead)[0]] == ["sw"]
    assert client.get("/about/").status_code == 200
    assert Coverage.objects.count() == made["coverages"] == len(contents().coverages)
    assert Comment.objects.count() == made["comments"] == sum(map(len, contents().discussions.values()))
    assert "Mama Shiru" in client.get(lead.address).content.decode()
    assert {standing_of(story, now=NOW + timedelta(days=400)).why_closed for story in stories} == {None}
    assert all(
        Story.objects.get(slug=slug).address in client.get("/live/").content.decode() for slug in contents().coverages
    )
    moderator = Client()
    moderator.force_login(User.objects.create_superuser("chief@paper.example", "a long phrase to sign in"))
    assert "Price watcher" in moderator.get("/desk/comments/?queue=held").content.decode()
    assert "Farah" in moderator.get("/desk/comments/?queue=illegal").content.decode()
    assert {client.get(story.address).status_code for story in stories} == {200}

    position = log.read()[-1].position
    assert printed() == {}
    assert log.read(after=position) == []


def test_a_printing_that_was_cut_off_is_taken_up_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    publish, left = press.publish_story, iter(range(5))

    def publish_five(story: Story, **facts: Any) -> Story:
        next(left)
        return publish(story, **facts)

    monkeypatch.setattr(press, "publish_story", publish_five)
    with pytest.raises(StopIteration):
        printed()
    assert public_stories().count() == 5

    monkeypatch.setattr(press, "publish_story", publish)
    made = printed()
    assert public_stories().count() == Story.objects.count() == made["stories"]
    assert Picture.objects.count() == made["pictures"]
    assert Comment.objects.count() == made["comments"]
