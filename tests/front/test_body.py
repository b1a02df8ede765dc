"""Every kind of block is shown as it should, and what it points to only if the public may see it."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from gazeti.front.queries.body import TEMPLATES
from gazeti.media.models import Picture
from gazeti.stories.blocks import Body
from tests.newsroom import BODY, make_draft, make_story

pytestmark = pytest.mark.django_db


def shown(client: Client, *blocks: tuple[str, object]) -> str:
    html = client.get(make_story(body=[*blocks, *BODY]).address).content.decode()
    return html[html.index('class="story-body"') : html.index('class="share"')]


def test_every_kind_of_block_has_a_template() -> None:
    assert set(TEMPLATES) == set(Body().child_blocks)


def test_a_quotation_says_whose_it_is(client: Client) -> None:
    html = shown(client, ("quotation", {"text": "It leaks & drips.", "speaker": "Halima Noor", "role": "trader"}))
    assert "<blockquote>It leaks &amp; drips.<cite>Halima Noor, trader</cite></blockquote>" in html


def test_a_heading_is_of_the_second_level(client: Client) -> None:
    assert "<h2>What happens next</h2>" in shown(client, ("heading", "What happens next"), ("text", "<p>x</p>"))


def test_a_picture_carries_words_credit_and_size(client: Client, picture: Picture) -> None:
    html = shown(client, ("picture", {"picture": picture, "alt": "Crates", "decorative": False, "caption": "At five."}))
    assert 'alt="Crates"' in html
    assert "At five." in html
    assert "Picture: Amina Farah" in html
    assert 'width="' in html
    assert 'height="' in html


def test_a_gallery_shows_each_picture(client: Client, picture: Picture) -> None:
    one = {"picture": picture, "alt": "One", "decorative": False, "caption": ""}
    two = {"picture": picture, "alt": "", "decorative": True, "caption": "Two"}
    html = shown(client, ("gallery", [one, two]))
    assert html.count("<figure>") == 2
    assert 'alt="One"' in html
    assert 'alt=""' in html


def test_a_list_may_be_numbered(client: Client) -> None:
    assert "<ol><li>First</li><li>Then</li></ol>" in shown(
        client, ("list", {"ordered": True, "items": ["First", "Then"]})
    )
    assert "<ul><li>Either</li></ul>" in shown(client, ("list", {"ordered": False, "items": ["Either"]}))


def test_a_table_has_a_caption_a_head_and_figures_to_the_right(client: Client) -> None:
    value = {"caption": "Prices", "header": ["Good", "Shillings"], "rows": [["Maize", "60"], ["Beans", "1,200"]]}
    html = shown(client, ("table", value))
    assert "<caption>Prices</caption>" in html
    assert '<th scope="col">Good</th><th scope="col" class="figures">Shillings</th>' in html
    assert '<td>Maize</td><td class="figures">60</td>' in html


def test_a_fact_box_stands_aside(client: Client) -> None:
    html = shown(client, ("facts", {"title": "In short", "body": "<p>Two wells.</p>"}))
    assert '<aside class="facts"><h2>In short</h2><p>Two wells.</p></aside>' in html


def test_a_card_is_a_plain_link_that_names_its_site(client: Client) -> None:
    html = shown(client, ("card", {"url": "https://www.iptc.org/", "title": "IPTC", "description": "Standards."}))
    assert '<a href="https://www.iptc.org/" rel="noopener">IPTC</a>' in html
    assert "iptc.org</span>" in html
    assert "<iframe" not in html


def test_a_document_tells_its_kind_and_size(client: Client) -> None:
    document = get_document_model()(title="The budget")
    document.file.save("budget.pdf", ContentFile(b"%PDF-1.4 " + b"x" * 24_000))
    document.file_size = 24_009
    document.save()
    html = shown(client, ("document", {"document": document, "title": ""}))
    assert f'<a href="{document.url}">The budget</a>' in html
    assert "PDF, 24 kB" in html


def test_a_related_story_is_linked_only_while_the_public_may_read_it(client: Client) -> None:
    other, hidden = make_story(headline="The other one"), make_draft(headline="Not out")
    html = shown(client, ("related", other), ("related", hidden))
    assert f'<a href="{other.address}">The other one</a>' in html
    assert "Not out" not in html


def test_links_inside_text_lead_to_stories_that_are_out_and_lose_the_others(client: Client) -> None:
    other, hidden = make_story(headline="The other one"), make_draft(headline="Not out")
    text = (
        f'<p><a linktype="page" id="{other.pk}">here</a> <a id="{hidden.pk}" linktype="page">there</a> '
        '<a href="https://example.org/">away</a></p>'
    )
    html = shown(client, ("text", text))
    assert f'<a href="{other.address}">here</a> there <a href="https://example.org/">away</a>' in html
