"""The markup of a picture: small, described, and a phone gets the small file whatever its screen's density."""

import re

import pytest
from django.template.loader import render_to_string

from gazeti.media.models import Picture, shown
from tests.media.pictures import halves, keep, ready, written

pytestmark = pytest.mark.django_db
SIZES = "(min-width:60em) 40em, 100vw"


@pytest.fixture
def picture() -> Picture:
    """A picture in all sizes."""
    return ready(written(halves(1600, 1200), "JPEG"))


def whole(picture: Picture, **context: str) -> str:
    given = {"alt": "The bridge", "sizes": SIZES, **context}
    return render_to_string("media/picture.html", {"shown": shown(picture), **given})


def urls(picture: Picture, format_: str) -> list[str]:
    return [one["url"] for one in picture.renditions_in(format_)]


def test_a_phone_gets_only_the_small_file_in_either_format(picture: Picture) -> None:
    html = whole(picture)
    for format_ in ("avif", "webp"):
        small = urls(picture, format_)[0]
        assert re.search(rf'<source media="\(max-width:30em\)"[^>]* srcset="{re.escape(small)}">', html)
    assert html.index(urls(picture, "avif")[0]) < html.index(urls(picture, "avif")[1]) < html.index("<img")


def test_a_wide_screen_chooses_among_the_larger_ones(picture: Picture) -> None:
    html = whole(picture)
    for format_ in ("avif", "webp"):
        _small, middle, large = urls(picture, format_)
        assert f'srcset="{middle} 720w, {large} 1200w" sizes="{SIZES}"' in html


def test_size_and_words_are_always_there(picture: Picture) -> None:
    assert ' width="1200" height="900" alt="The bridge" decoding="async">' in whole(picture)
    assert ' alt="" ' in whole(picture, alt="")
    assert ' alt="&quot;Noon&quot; &lt;b&gt;" ' in whole(picture, alt='"Noon" <b>')
    assert ' alt="" ' in render_to_string("media/picture.html", {"shown": shown(picture)})


def test_the_caller_says_how_urgent_it_is(picture: Picture) -> None:
    assert "loading" not in whole(picture)
    assert ' loading="lazy">' in re.sub("></picture>.*", ">", whole(picture, loading="lazy").strip())
    assert ' fetchpriority="high">' in whole(picture, priority="high")


def test_the_markup_is_small(picture: Picture) -> None:
    assert len(whole(picture)) < 1_000


def test_a_picture_with_one_size_is_shown_in_it() -> None:
    small = ready(written(halves(300, 200), "JPEG"))
    assert f'srcset="{urls(small, "webp")[0]} 300w"' in whole(small)


def test_nothing_is_shown_of_a_picture_that_is_not_ready() -> None:
    assert shown(None) is None
    assert whole(keep()).strip() == ""
    assert render_to_string("media/thumbnail.html", {"thumbnail": keep().thumbnail}).strip() == ""


def test_a_thumbnail_is_decorative_small_and_lazy(picture: Picture) -> None:
    html = render_to_string("media/thumbnail.html", {"thumbnail": picture.thumbnail}).strip()
    assert picture.thumbnail
    url = picture.thumbnail["url"]
    assert html == f'<img src="{url}" width="160" height="120" alt="" loading="lazy" decoding="async">'
    assert url.endswith("-160c.webp")


def test_a_source_set_is_what_html_asks_for(picture: Picture) -> None:
    parts = picture.source_set("webp").split(", ")
    assert [part.rsplit(" ", 1)[1] for part in parts] == ["480w", "720w", "1200w"]
    assert [part.rsplit(" ", 1)[0] for part in parts] == urls(picture, "webp")
