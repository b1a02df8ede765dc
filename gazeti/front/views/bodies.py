"""Bodies of apps below the reader's site, in the HTML that its own stories have."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from gazeti.front import queries
from gazeti.stories.queries.reading import chosen_stories

Raw = list[dict[str, Any]]


def bodies_as_html(raws: Sequence[Raw], *, said: str = "") -> tuple[list[str], set[str]]:
    """Each body's HTML, and the cache tags of all they point to; at most four queries."""
    whole = list(chain.from_iterable(raws))
    wanted = queries.related_ids(whole)
    related = {story.pk: story for story in chosen_stories(wanted)} if wanted else {}
    chrome = settings.GAZETI_LANGUAGE if said and said != settings.GAZETI_LANGUAGE else ""
    facts = {"said": said or settings.GAZETI_LANGUAGE, "chrome": chrome}
    bodies = queries.parts_of_bodies(raws, related=related)
    return [_html(body, facts) for body in bodies], queries.body_tags(whole)


def _html(body: Raw, facts: dict[str, str]) -> str:
    return render_to_string("front/body.html", {"body": body, **facts}) if body else ""
