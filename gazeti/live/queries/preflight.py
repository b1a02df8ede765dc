"""What stands between the words of an update and readers: the stories' own rules, asked of an update."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop
from wagtail.documents import get_document_model

from gazeti.live.queries.cleaning import cleaned
from gazeti.live.rules import LONGEST_CORRECTION, LONGEST_HEADING, LONGEST_TEXT, MOST_BLOCKS, Words
from gazeti.plain.dates import written_date
from gazeti.stories.formats import document_ids, picture_ids, text_in
from gazeti.stories.models import Author, Story
from gazeti.stories.queries import is_document_public
from gazeti.stories.queries.preflight import facts_of, overrides_of
from gazeti.stories.rules import CHECKS, OVERRIDABLE, Facts, Finding, Severity, says_something

ASKED = frozenset({"alt", "credit", "alt_adds", "rights", "broken_link", "long_paragraph"})
"""Which rows of the stories' table an update is asked; the others are about a story's head."""
SAYS = frozenset({"related", "card", "document"})
"""Blocks that are something for a reader although the stories' rules do not take them for text."""
BLANK = gettext_noop("The update says nothing. Write something, or show a picture.")
LONG = gettext_noop("The text has %(length)d characters; at most %(most)d fit an update. Make a story of it.")
BLOCKS = gettext_noop("The text has %(length)d parts; at most %(most)d fit an update. Make a story of it.")
HEADING = gettext_noop("The heading has %(length)d characters; at most %(most)d fit. Shorten it.")
CORRECTION = gettext_noop("The correction has %(length)d characters; at most %(most)d fit. Shorten it.")
NO_AUTHOR = gettext_noop("The author is none of this paper. Choose another.")
CLOSED = gettext_noop("The document “%(title)s” is none that readers can open. Offer it in the story first.")
ONLY_TEXT = gettext_noop("The summary is text. Show the picture in an update.")


def findings(words: Words, *, story: Story, now: datetime, is_summary: bool = False) -> list[Finding]:
    """What is wrong with words, in the language turned on; those of severity `warn` keep nothing back.

    No query is asked for words without pictures, documents, links and an author.
    """
    return examined(words, story=story, now=now, is_summary=is_summary)[1]


def examined(words: Words, *, story: Story, now: datetime, is_summary: bool = False) -> tuple[Words, list[Finding]]:
    """The words as they would be kept, and what is wrong with them."""
    kept, odd = cleaned(words)
    if odd:
        return kept, [_told(one) for one in odd]
    found = [*_essentials(kept, is_summary=is_summary), *_references(kept), *_of_table(kept, story=story, now=now)]
    return kept, [_told(one) for one in _without_overridden(found, story=story)]


def _essentials(words: Words, *, is_summary: bool) -> Iterator[Finding]:
    says = says_something(words.heading) or any(map(_says_something, words.body))
    if not says and not is_summary:
        yield _always("blank", BLANK)
    if is_summary and picture_ids(words.body):
        yield _always("summary", ONLY_TEXT)
    length = len(text_in([block["value"] for block in words.body]))
    for rule, sentence, has, most, field in (
        ("long", LONG, length, LONGEST_TEXT, "body"),
        ("long", BLOCKS, len(words.body), MOST_BLOCKS, "body"),
        ("heading", HEADING, len(words.heading), LONGEST_HEADING, "heading"),
        ("correction", CORRECTION, len(words.correction), LONGEST_CORRECTION, "correction"),
    ):
        if has > most:
            yield _always(rule, sentence, field=field, length=has, most=most)


def _says_something(block: dict[str, Any]) -> bool:
    is_shown = block["type"] in SAYS or bool(picture_ids([block]))
    return is_shown or says_something(text_in(block["value"]))


def _references(words: Words) -> Iterator[Finding]:
    """What the words name and readers would not find."""
    if words.author is not None and not Author.objects.filter(pk=words.author).exists():
        yield _always("author", NO_AUTHOR, field="author")
    offered = document_ids(words.body)
    for document in get_document_model().objects.filter(pk__in=offered) if offered else ():
        if not is_document_public(document):
            yield _always("document", CLOSED, title=document.title)


def _of_table(words: Words, *, story: Story, now: datetime) -> Iterator[Finding]:
    """What the stories' table finds in the pictures, links and paragraphs."""
    facts = _facts_of(words, story=story, now=now)
    return (found for check in CHECKS if check.name in ASKED for found in check.found_in(facts))


def _facts_of(words: Words, *, story: Story, now: datetime) -> Facts:
    """The facts of a story that were this update: in the coverage's place, with the update's text and nothing else."""
    as_story = copy.copy(story)
    # No question of the head is asked, so none of what it rests on is read.
    as_story.depth, as_story.lead_picture_id, as_story.credit, as_story.go_live_at = None, None, story.title, None
    as_story.title, as_story.body = words.heading or story.title, words.body
    return facts_of(as_story, now=now)


def _without_overridden(found: Iterable[Finding], *, story: Story) -> list[Finding]:
    """What is left once an editor's overrides of the coverage are taken off; asked only where something could be."""
    kept = list(found)
    if not any(one.severity is Severity.BLOCK for one in kept):
        return kept
    overridden = {(one.rule, one.about) for one in overrides_of(story) if one.rule in OVERRIDABLE}
    return [one for one in kept if (one.rule, one.about) not in overridden]


def _told(found: Finding) -> Finding:
    """The finding in the language turned on, its dates as people write them."""
    language = get_language() or settings.LANGUAGE_CODE
    values = {
        name: written_date(value, language=language, time_zone=settings.TIME_ZONE) if isinstance(value, date) else value
        for name, value in found.values.items()
    }
    return replace(found, words=gettext(found.words), values=values)


def _always(rule: str, words: str, *, field: str = "body", **values: Any) -> Finding:
    return Finding(words=words, values=values, field=field, rule=rule, severity=Severity.ALWAYS)
