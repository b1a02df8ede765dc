"""The newsroom that is measured: eight sections, one story of the page's words, twenty more with a picture each.

Made by the project's own actions in a temporary folder, so what is measured is what readers get.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.files.base import ContentFile

from bench.text import PageText

SECTIONS = ("City Affairs", "Business", "Health", "Education", "Counties", "Sport", "Opinion", "Culture")
INFORMATION = ("About us", "Ethics", "Contact")
DRAWINGS = (
    "market-stalls", "river-footbridge", "classroom", "clinic", "harbour", "football-pitch", "tea-kiosk",
    "library-shelves",
)  # fmt: skip
NOW = datetime(2024, 7, 4, 6, 12, tzinfo=UTC)
AUTHORS = ("First Reporter", "Second Reporter")
TOPIC = "Security"
OTHER_TEXT = (
    "<p>The text of the other stories is on their own pages; here they are a headline, a date and a picture.</p>"
)
INDEXED_AT_ONCE = 500
OTHER_STANDFIRST = "Its text is on its own page; here it is a headline, a date and a picture."


class WrongAnswer(Exception):
    """A page that is not what was to be measured, such as an error's; its figures would mean nothing."""


def checked(name: str, status: int) -> None:
    """Raise WrongAnswer unless a page of this type answered as it should: one that is not there 404, any other 200."""
    if status != (404 if name == "404" else 200):
        raise WrongAnswer(f"{name} answered {status}, so it was not measured")


@contextmanager
def own_home() -> Iterator[Path]:
    """A newsroom's empty folder and Django set up on it, whatever newsroom this shell is in otherwise."""
    with TemporaryDirectory(prefix="gazeti-bench-") as folder:
        for name in [name for name in environ if name.startswith("GAZETI_")]:
            del environ[name]
        for name in ("DATABASE_URL", "PORT"):
            environ.pop(name, None)
        environ.update(settings_of(Path(folder)))
        (Path(folder) / "gazeti.toml").touch()  # by which `gazeti serve` knows that this is a newsroom
        django.setup()
        logging.getLogger("django.request").setLevel(logging.ERROR)  # a page that is not there is measured too
        yield Path(folder)


def settings_of(home: Path) -> dict[str, str]:
    """The environment that makes a process serve this newsroom."""
    return {
        "GAZETI_HOME": str(home),
        "GAZETI_SECRET": "signs-only-what-the-bench-signs",
        "DJANGO_SETTINGS_MODULE": "gazeti.config.settings",
    }


def make_newsroom(text: PageText) -> dict[str, str]:
    """Fill the migrated database; returns the address of each type of page."""
    from gazeti.base.actions import name_newspaper
    from gazeti.stories.actions import author_named, file_section, make_front, topic_named

    name_newspaper(name="The Corner Paper", place="Nairobi", description="News of the neighbourhood.")
    front = make_front(title="The Corner Paper")
    sections = [file_section(front, title=title) for title in SECTIONS]
    _inform(front)
    authors, topics = [author_named(name) for name in AUTHORS], [topic_named(TOPIC)]
    story = _publish_all(text, sections, authors=authors, topics=topics)
    index_stories()
    return {
        "front": "/",
        "section": sections[0].address,
        "story": story.address,
        "recent": "/recent/",
        "author": authors[0].address,
        "topic": topics[0].address,
        "search": f"/search/?q={AUTHORS[0].split()[-1].lower()}",
        "404": "/nothing-here/",
    }


def index_stories() -> None:
    """Put every story into the search's index now: in service a background task does it."""
    from wagtail.search.backends import get_search_backend

    from gazeti.stories.models import Story

    index = get_search_backend().get_index_for_model(Story)
    found = Story.objects.order_by("pk").prefetch_related("bylines__author")
    for start in range(0, Story.objects.count(), INDEXED_AT_ONCE):
        index.add_items(Story, found[start : start + INDEXED_AT_ONCE])


def _publish_all(text: PageText, sections: list[Any], *, authors: list[Any], topics: list[Any]) -> Any:
    """The page's story, which is given back, over the twenty that are recent beside it."""
    pictures = [_picture(name) for name in DRAWINGS]
    for number, headline in enumerate(text.recent):
        _publish(
            sections[number % len(sections)],
            headline=headline,
            standfirst=OTHER_STANDFIRST,
            authors=authors[:1],
            topics=topics,
            lead_picture=pictures[number % len(pictures)],
            body=[("text", OTHER_TEXT)],
            published_at=NOW - timedelta(hours=number + 1),
        )
    return _publish(
        sections[0],
        headline=text.headline,
        standfirst=text.standfirst,
        authors=authors,
        topics=topics,
        lead_picture=pictures[0],
        body=[("text", text.rich)],
        published_at=NOW,
    )


def _publish(section: Any, **facts: Any) -> Any:
    from gazeti.stories.actions import file_story, publish_story

    return publish_story(file_story(section, now=NOW, **facts), now=NOW)


def _picture(name: str) -> Any:
    from gazeti.cli.edition.drawings import drawn_jpeg
    from gazeti.media.actions import finish_renditions, keep_picture

    picture = keep_picture(
        ContentFile(drawn_jpeg(name), name=f"{name}.jpg"),
        title=name,
        description="Traders set out tomatoes before sunrise",
        caption="The market at five in the morning.",
        credit="Amina Farah",
        licence="own",
    )
    finish_renditions([picture])
    picture.refresh_from_db()
    return picture


def _inform(front: Any) -> None:
    from gazeti.base.actions import file_information_page, publish_information_page

    body = [{"type": "text", "value": "<p>Who we are, and how to reach us.</p>"}]
    for title in INFORMATION:
        page = file_information_page(front, title=title, slug=title.lower().replace(" ", "-"), body=body)
        page.show_in_menus = True
        page.save_revision()
        publish_information_page(page)
