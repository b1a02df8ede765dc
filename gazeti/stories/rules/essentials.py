"""What no story goes out without."""

from collections.abc import Iterator

from gazeti.stories.rules.facts import Facts, Finding
from gazeti.stories.rules.marked import gettext_noop as _
from gazeti.stories.rules.words import says_something


def headline(facts: Facts) -> Iterator[Finding]:
    """A story has a headline."""
    if not says_something(facts.headline):
        yield Finding(words=_("The headline is missing. Write one."), field="title")


def section(facts: Facts) -> Iterator[Finding]:
    """A story stands in a section."""
    if not facts.section:
        yield Finding(words=_("The story stands in no section. Move it into one."), field="section")


def byline(facts: Facts) -> Iterator[Finding]:
    """A story says who answers for it."""
    if not facts.is_signed:
        words = _("The byline is missing. Name an author, or write in the credit who it is from.")
        yield Finding(words=words, field="bylines")


def dated(facts: Facts) -> Iterator[Finding]:
    """A story has a date, or gets it as it goes out."""
    if not facts.is_dated:
        words = _("The date is missing. Give the day on which it was first published.")
        yield Finding(words=words, field="published_at")


def body(facts: Facts) -> Iterator[Finding]:
    """A story says something."""
    if not facts.is_filled:
        yield Finding(words=_("The body is empty. Write the story."), field="body")


def standfirst(facts: Facts) -> Iterator[Finding]:
    """A story tells in a sentence or two what it is about."""
    if not says_something(facts.standfirst):
        words = _("The standfirst is missing. Say in one or two sentences what the story tells.")
        yield Finding(words=words, field="standfirst")
