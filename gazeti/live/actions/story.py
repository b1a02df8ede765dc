"""A story made of an update: a draft in the coverage's section, which says where it came from."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gazeti.live.actions.events import Refused
from gazeti.live.formats import blocks_of
from gazeti.live.models import Coverage, Wording
from gazeti.stories.actions import file_story
from gazeti.stories.formats import paragraphs_in, rich_texts
from gazeti.stories.models import Section, Story
from gazeti.stories.rules import HEADLINE_LENGTH, says_something


@transaction.atomic
def make_story(story: int, *, number: int, by: Any, now: datetime) -> Story:
    """File a draft with an update's heading, text and author, and the coverage as a related story.

    Without a heading its first words are the headline, without words the coverage's. Raises Refused for an update that
    is gone.
    """
    coverage = Coverage.objects.select_related("story").get(pk=story)
    words = _words(coverage, number=number)
    covered: Story = coverage.story
    return file_story(
        Section.objects.parent_of(covered).get(),
        headline=_headline(words, covered),
        now=now,
        by=by,
        language=covered.language,
        credit="" if words.author_id else covered.credit,
        authors=[words.author] if words.author_id else covered.authors,
        topics=list(covered.topics.all()),
        body=[*blocks_of(words.body.get_prep_value()), ("related", covered.pk)],
    )


def _words(coverage: Coverage, *, number: int) -> Wording:
    update = coverage.updates.filter(number=number, retracted_at=None).first()
    words = coverage.wordings.filter(number=update.version).select_related("author").first() if update else None
    if words is None:
        raise Refused(_("This update was taken back."))
    found: Wording = words
    return found


def _headline(words: Wording, covered: Story) -> str:
    """At most as long as a headline may be, cut after a word."""
    texts = [text for html in rich_texts(words.body.get_prep_value()) for text in paragraphs_in(html)]
    wanted = next((one for one in (words.heading, *texts) if says_something(one)), covered.title)
    if len(wanted) <= HEADLINE_LENGTH:
        return wanted
    # One more than fits, so that a word which ends just there is known to be whole.
    whole = wanted[:HEADLINE_LENGTH].rsplit(" ", 1)[0]
    return f"{whole[: HEADLINE_LENGTH - 1]}…"
