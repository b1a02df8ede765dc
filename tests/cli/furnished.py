"""Fill the newsroom of GAZETI_HOME with the sample edition and more stories: `python -m tests.cli.furnished TOTAL`.

With the argument `publishing` it publishes one story after the other until it is ended. Answers are JSON lines.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import django

WORDS = "water market bridge school council clinic road river farm bus".split()


def furnish(total: int) -> dict[str, Any]:
    """The whole edition, stories with pictures up to that many, and what is public in other ways."""
    from django.conf import settings
    from django.utils import timezone
    from wagtail.contrib.redirects.models import Redirect

    from bench import grown
    from gazeti.cli.edition.press import print_edition
    from gazeti.stories.actions import make_front, share_draft
    from gazeti.stories.queries import public_stories
    from tests.newsroom import make_draft, make_withdrawn

    now = timezone.now()
    with drawn_small():
        print_edition(now=now, front=make_front(title="The Jacaranda Post"), by=None)
    moved = public_stories().first()
    Redirect.objects.create(old_path="/old/address", redirect_page=moved)
    draft = make_draft(headline="Only its link shows this draft")
    _shared, token = share_draft(draft, days=7, now=now)
    gone = make_withdrawn()
    # The edition's bodies hold more than text, of which the grown stories would be made.
    with mock.patch.object(grown, "_words", return_value=WORDS):
        grown.grow(total)
    address = settings.GAZETI_ADDRESS
    return {"draft": f"/drafts/{token}/", "gone": gone.address, "moved": moved.address, "address": address}


@contextmanager
def drawn_small() -> Iterator[None]:
    """Draw small pictures, each another: encoding large ones has its own tests."""
    from PIL import Image

    from gazeti.cli.edition import press

    def small(name: str) -> bytes:
        file = BytesIO()
        Image.radial_gradient("L").resize((240 + len(name), 160)).convert("RGB").save(file, "JPEG")
        return file.getvalue()

    with mock.patch.object(press, "drawn_jpeg", small):
        yield


def picture(title: str) -> Any:
    """A small picture with its renditions."""
    from tests.media.pictures import halves, ready, written

    facts = {"description": "Traders on a bridge", "credit": "Amina Farah"}
    return ready(written(halves(240, 160), "JPEG"), title=title, **facts)


def publish_on() -> None:
    """Publish stories with a picture, and delete other pictures with their files, each as the desk does it."""
    from tests.newsroom import NOW, make_section, make_story

    section, number = make_section(), 0
    while True:
        number += 1
        spare, lead = picture(f"Spare {number}"), picture(f"Lead {number}")
        story = make_story(section, lead_picture=lead, published_at=NOW + timedelta(seconds=number))
        spare.delete()
        tell(story.address)


def tell(what: Any) -> None:
    """Write one line of JSON, at once."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "publishing":
        publish_on()
    else:
        tell(furnish(int(sys.argv[1])))
