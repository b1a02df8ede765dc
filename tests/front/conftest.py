"""The seed's page as a story of a paper with twenty others, each with a picture."""

from datetime import timedelta
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from gazeti.media.actions import finish_renditions, keep_picture
from gazeti.media.models import Picture
from gazeti.stories.models import Story
from tests.front.wire import seed_headlines, seed_paragraphs
from tests.newsroom import NOW, make_paper, make_section, make_story

SECTIONS = ("City Affairs", "Business", "Health", "Education", "Counties", "Sport", "Opinion", "Culture")


def make_picture(name: str = "market", colour: str = "#967", size: tuple[int, int] = (320, 213)) -> Picture:
    """A plain picture, with its renditions."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    picture = keep_picture(
        ContentFile(file.getvalue(), name=f"{name}.jpg"),
        title=name,
        description="Traders set out tomatoes before sunrise",
        caption="The market at five in the morning.",
        credit="Amina Farah",
        licence="own",
    )
    finish_renditions()
    picture.refresh_from_db()
    return picture


@pytest.fixture
def picture(db: None) -> Picture:
    """One picture, ready."""
    return make_picture()


@pytest.fixture
def seed_story(db: None, shared: Path) -> Story:
    """The seed as a story in City Affairs, with a paper of eight sections and twenty recent stories with pictures."""
    front = make_paper()
    sections = [make_section(front, title) for title in SECTIONS]
    pictures = [make_picture(f"picture-{number}", f"#{number}6{number}") for number in range(1, 5)]
    for number, headline in enumerate(seed_headlines(shared)):
        make_story(
            sections[number % len(sections)],
            headline=headline,
            lead_picture=pictures[number % len(pictures)],
            published_at=NOW - timedelta(hours=number + 1),
        )
    body = [("text", f"<p>{escape(paragraph, quote=False)}</p>") for paragraph in seed_paragraphs(shared)]
    return make_story(
        sections[0],
        headline="Al-Shabaab, global peace feature in Duale meeting with US counterpart Austin",
        standfirst="Austin expressed condolences for the recent gas explosion tragedy in Nairobi.",
        body=body,
        lead_picture=make_picture("lead", size=(1300, 867)),
        published_at=NOW,
    )
