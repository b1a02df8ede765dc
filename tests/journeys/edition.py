"""An edition that holds every kind of page and block, filed into the newsroom of GAZETI_HOME.

Run as `python -m tests.journeys.edition`, it prints the address of each kind of page as JSON. With the argument
`neighbours` it files no more than the stories of other days that stand under a story.
"""

import io
import json
import sys
from datetime import timedelta
from typing import Any

import django

SECTIONS = ("City Affairs", "Business", "Health", "Counties", "Sport", "Opinion")
LONGEST_WORD = "Kilimokwanzauwajibikajiusioelezeka"
HEADLINES = (
    "Night market moves indoors after a year of floods",
    "Two boreholes bring water back to five hundred homes",
    f"Council reads a report nobody could pronounce: {LONGEST_WORD}",
    "Clinic opens a second door for mothers who come before dawn",
    "Sevens side sets its sights on the coast",
)
OLDER = 22
"""Plain stories, so that lists have a second page."""
WORDS = "<p>Traders crossed the new bridge first. It was built in two years and opened in one morning.</p>"
LINKS = (
    '<p>The bridge opened at noon. <a href="https://roads.example/bridge">The roads office</a> '
    'and <a linktype="page" id="{related}">our earlier story</a> have the plans.</p>'
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + b"%" * 24_000


def photograph(*, size: tuple[int, int], grain: float) -> io.BytesIO:
    """A JPEG: a smooth sky at no grain; at full grain heavier than any honest picture of its size."""
    from PIL import Image

    sky = Image.linear_gradient("L").resize(size)
    bands = [Image.blend(sky, Image.effect_noise(size, 60 + 9 * band), grain) for band in range(3)]
    file = io.BytesIO()
    Image.merge("RGB", bands).save(file, "JPEG", quality=85)
    file.name = "photograph.jpg"
    file.seek(0)
    return file


def kept_picture(number: int, *, size: tuple[int, int] = (480, 320), grain: float = 0.0, **facts: Any) -> Any:
    """A picture with its words."""
    from django.core.files import File

    from gazeti.media.actions import keep_picture

    facts = {"description": f"Picture {number}: people on a bridge", "credit": "Amina Farah", **facts}
    return keep_picture(File(photograph(size=size, grain=grain)), title=f"Picture {number}", **facts)


def whole_body(*, related: Any, picture: Any, second: Any, document: Any) -> list[tuple[str, Any]]:
    """A body that holds each kind of block once."""
    return [
        ("text", LINKS.format(related=related.pk)),
        ("text", f"<p>An engineer spelled it out: <b>{LONGEST_WORD}</b> and <i>nothing less</i>.</p>"),
        ("heading", "What happens next"),
        ("quotation", {"text": "We waited two years.", "speaker": "Grace Wanjiru", "role": "fish trader"}),
        ("picture", {"picture": picture, "alt": "The west bank", "decorative": False, "caption": "Noon"}),
        ("gallery", [
            {"picture": picture, "alt": "The first to cross", "decorative": False, "caption": "First"},
            {"picture": second, "alt": "", "decorative": True, "caption": ""},
        ]),
        ("list", {"ordered": True, "items": ["Walk on the left.", "Carts <b>before</b> eight."]}),
        ("list", {"ordered": False, "items": ["No bicycles."]}),
        ("table", {
            "caption": "Crossings in a day, before and after",
            "header": ["Day", "Foot crossings", "Carts", "Carried by hand"],
            "rows": [["Monday", "4,102", "311", "1,245"], ["Market day", "12,870", "1,940", "5,501"]],
        }),
        ("facts", {"title": "The bridge in figures", "body": "<ul><li>212 m long</li><li>4 m wide</li></ul>"}),
        ("related", related),
        ("document", {"document": document, "title": "The engineer's report"}),
        ("card", {"url": "https://roads.example/", "title": "Roads office", "description": "Closures, day by day."}),
    ]  # fmt: skip


def file_edition() -> dict[str, str]:
    """File the edition; return the path of each kind of page by its name."""
    from tests import newsroom

    front = newsroom.make_paper()
    sections = [newsroom.make_section(front, title=title) for title in SECTIONS]
    pictures = [kept_picture(number) for number in range(1, 4)]
    others = [
        newsroom.make_story(
            sections[at % len(sections)],
            headline=headline,
            lead_picture=pictures[at % len(pictures)],
            published_at=newsroom.NOW - timedelta(hours=at + 1),
        )
        for at, headline in enumerate(HEADLINES)
    ]
    file_neighbours(sections)
    whole = whole_story(sections[0], related=others[0], pictures=pictures)
    swahili = translate(whole)
    withdrawn = newsroom.make_withdrawn(sections[1], headline="A story the newsroom took back")
    return {
        **lists(whole),
        "story, in Swahili": swahili.address,
        "information": information(front),
        "gone": withdrawn.address,
    }


def file_neighbours(sections: list[Any], *, picture: Any = None) -> None:
    """Plain stories of earlier days, one a day."""
    from tests import newsroom

    for number in range(OLDER):
        newsroom.make_story(
            sections[number % len(sections)],
            lead_picture=picture,
            published_at=newsroom.NOW - timedelta(days=1 + number),
        )


def whole_story(section: Any, *, related: Any, pictures: list[Any]) -> Any:
    """The story that has everything a story can have."""
    from django.core.files.base import ContentFile

    from gazeti.media.actions import keep_document
    from gazeti.stories.actions import author_named, topic_named
    from tests import newsroom

    lead = kept_picture(9, size=(1200, 800), grain=0.8, caption="The bridge on its first morning.")
    document = keep_document(ContentFile(PDF, name="report.pdf"), title="Report")
    about = "Reports on roads and on those who walk them."
    writer = author_named("Grace Otieno", role="Roads reporter", about=about, picture=pictures[1])
    return newsroom.make_story(
        section,
        headline="The footbridge opens, and the market crosses it first",
        authors=[writer, author_named("Amina Farah"), author_named("Juma Baraka")],
        topics=[topic_named("Bridges", description="What crosses the river."), topic_named("Markets")],
        kind="explainer",
        credit="River Agency",
        dateline="Nairobi",
        lead_picture=lead,
        body=whole_body(related=related, picture=pictures[0], second=pictures[1], document=document),
        published_at=newsroom.NOW,
        updated_at=newsroom.NOW + timedelta(hours=2),
        updated_reason="adds the engineer's answer",
        sources="The roads office.\nThree traders.",
        method_note="We counted crossings for two days.",
    )


def translate(story: Any) -> Any:
    """The story in Swahili, beside the original."""
    from tests import newsroom

    return newsroom.make_story(
        story.get_parent().specific,
        headline="Daraja la waenda kwa miguu lafunguliwa",
        standfirst="Soko lilivuka kwanza.",
        language="sw",
        translation_of=story,
        body=[("text", "<p>Daraja lilifunguliwa saa sita mchana.</p>")],
        published_at=newsroom.NOW - timedelta(minutes=30),
    )


def information(front: Any) -> str:
    """A page of the paper about the paper."""
    from gazeti.base.actions import file_information_page, publish_information_page

    body = [{"type": "heading", "value": "Who we are"}, {"type": "text", "value": WORDS}]
    page = file_information_page(front, title="How we work", slug="how-we-work", body=body)
    publish_information_page(page)
    return page.address


def lists(whole: Any) -> dict[str, str]:
    """The addresses of a story and of every list that it stands in."""
    return {
        "front": "/",
        "section": whole.get_parent().specific.address,
        "section, empty": "/news/",
        "story": whole.address,
        "recent": "/recent/",
        "recent, second page": "/recent/?page=2",
        "author": whole.authors[0].address,
        "topic": whole.topics.first().address,
        "search": "/search/",
        "search with results": "/search/?q=bridge",
        "search without results": "/search/?q=zeppelin",
        "not found": "/city-affairs/never-written/",
    }


def main() -> None:
    """File what the command line asks for, and finish what that leaves to the background, as the search's index."""
    from gazeti.cli.background import finish_tasks
    from tests.newsroom import make_section

    addresses: dict[str, str] = {}
    if sys.argv[1:] == ["neighbours"]:
        file_neighbours([make_section(title=SECTIONS[1])], picture=kept_picture(1))
    else:
        addresses = file_edition()
    finish_tasks()
    json.dump(addresses, sys.stdout)


if __name__ == "__main__":
    django.setup()
    main()
