"""What an editor is told and nothing stops for."""

from collections.abc import Iterator

from gazeti.plain.words import normalised, word_count
from gazeti.stories.rules.facts import Facts, Finding
from gazeti.stories.rules.marked import gettext_noop as _

EASY_HEADLINE = 70
"""Characters that are read at one glance, and that search engines show whole."""
LONGEST_PARAGRAPH = 120
"""Words."""
FIRST_VIEW = 14_000
"""Bytes: what a server sends before it waits for the reader's answer (RFC 6928, ten segments)."""
OPENING = 6
"""Words by which a paragraph is named."""
TITLES = frozenset(
    "the dr mr mrs ms prof professor hon sir madam sheikh imam bishop pastor rev captain inspector officer "
    "governor president minister senator "
    "bi bw mzee mama baba dkt gavana rais mheshimiwa mudane marwo guddoomiye xildhibaan".split()
)
"""What stands before a name and is no name."""


def long_headline(facts: Facts) -> Iterator[Finding]:
    """A headline is read at one glance."""
    length = len(facts.headline.strip())
    if length > EASY_HEADLINE:
        words = _("The headline has %(length)d characters; over %(most)d it fills a phone's screen. Shorten it.")
        yield Finding(words=words, values={"length": length, "most": EASY_HEADLINE}, field="title")


def broken_link(facts: Facts) -> Iterator[Finding]:
    """A link inside the paper leads to what readers can open."""
    for link in facts.broken:
        if link.words:
            words = _("The link “%(words)s” leads to a page that readers cannot open. Mend it or take it out.")
        else:
            words = _("A story or document shown here is none that readers can open. Choose another or take it out.")
        yield Finding(words=words, values={"words": link.words}, field="body", block=link.block)


def speaker(facts: Facts) -> Iterator[Finding]:
    """Whoever is quoted is introduced: by first or last name in headline, standfirst or text."""
    said = set(normalised(f"{facts.headline} {facts.standfirst} {facts.text}").split())
    for quoted in facts.quoted:
        names = [name for name in normalised(quoted.speaker).split() if name not in TITLES]
        if names and not said & {names[0], names[-1]}:
            words = _("%(name)s is quoted and named nowhere else. Tell readers in the text who speaks.")
            yield Finding(words=words, values={"name": quoted.speaker}, field="body", block=quoted.block)


def long_paragraph(facts: Facts) -> Iterator[Finding]:
    """A paragraph fits a phone's screen."""
    for paragraph in facts.paragraphs:
        count = word_count(paragraph.text)
        if count > LONGEST_PARAGRAPH:
            words = _("The paragraph “%(opening)s …” has %(count)d words; over %(most)d are hard to read. Split it.")
            opening = " ".join(paragraph.text.split()[:OPENING])
            values = {"opening": opening, "count": count, "most": LONGEST_PARAGRAPH}
            yield Finding(words=words, values=values, field="body", block=paragraph.block)


def first_view(facts: Facts) -> Iterator[Finding]:
    """The page's first view arrives in one round trip."""
    if facts.first_view is not None and facts.first_view > FIRST_VIEW:
        words = _("The first view has %(size)d bytes; over %(most)d a slow phone waits longer. Shorten the story.")
        yield Finding(words=words, values={"size": facts.first_view, "most": FIRST_VIEW}, field="body")
