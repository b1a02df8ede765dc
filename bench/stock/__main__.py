"""`python -m bench.stock`: lay the stock site in BENCH_STOCK_HOME with the measured words; prints its addresses."""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

from bench.newsroom import DRAWINGS, NOW, SECTIONS, TOPIC
from bench.text import PageText, page_text

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock.settings"


def main() -> int:
    """Migrate and fill an empty folder."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(lay(page_text()), sys.stdout)
    return 0


def lay(text: PageText) -> dict[str, str]:
    """Eight sections, twenty articles with a picture each and the measured one; its address and a section's."""
    from bench.stock.articles.models import Author

    home = _home()
    sections = [_below(home, _section(title)) for title in SECTIONS]
    images = [_image(name) for name in DRAWINGS]
    authors = [Author.objects.create(name=name) for name in ("First Reporter", "Second Reporter")]
    for number, title in enumerate(text.recent):
        article = _article(title, text="<p>Its text is on its own page.</p>", image=images[number % len(images)])
        article.date, article.authors = NOW - timedelta(hours=number + 1), authors[:1]
        _below(sections[number % len(sections)], article)
    article = _article(text.headline, text=text.rich, image=images[0])
    article.intro, article.authors = text.standfirst, authors
    article.tags.add(TOPIC)
    _below(sections[0], article)
    return {"story": _path(article), "front": "/", "section": _path(sections[0])}


def _home() -> Any:
    """The site's root; Wagtail's welcome page gives way to it."""
    from wagtail.models import Page, Site

    from bench.stock.articles.models import HomePage, NavigationSettings

    welcome = Page.objects.get(slug="home")
    welcome.slug = "welcome"
    welcome.save()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="The Corner Paper", slug="home"))
    site = Site.objects.get()
    site.root_page, site.site_name = home, "The Corner Paper"
    site.save()
    welcome.delete()
    NavigationSettings.objects.create(footer_text="News of the neighbourhood.")
    return home


def _section(title: str) -> Any:
    from bench.stock.articles.models import SectionPage

    return SectionPage(title=title, show_in_menus=True)


def _article(title: str, *, text: str, image: Any) -> Any:
    from bench.stock.articles.models import ArticlePage

    return ArticlePage(title=title[:255], date=NOW, image=image, body=[{"type": "paragraph", "value": text}])


def _below(parent: Any, page: Any) -> Any:
    """Add and publish it as the editor does."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _image(name: str) -> Any:
    from django.core.files.base import ContentFile
    from wagtail.images.models import Image

    from gazeti.cli.edition.drawings import drawn_jpeg

    return Image.objects.create(title=name, file=ContentFile(drawn_jpeg(name), name=f"{name}.jpg"))


def _path(page: Any) -> str:
    return str(page.get_url())


if __name__ == "__main__":
    sys.exit(main())
