"""What a story's pictures must have: words for who cannot see them, a credit, and rights that last."""

from collections.abc import Iterator

from gazeti.stories.rules.facts import Facts, Finding, ShownPicture
from gazeti.stories.rules.likeness import is_alike, is_file_name, without_opening
from gazeti.stories.rules.marked import gettext_noop as _
from gazeti.stories.rules.words import says_something


def alt(facts: Facts) -> Iterator[Finding]:
    """Every picture is described or decorative (WCAG 1.1.1)."""
    for picture in facts.pictures:
        if not says_something(picture.alt) and not picture.is_decorative:
            words = _("The picture “%(title)s” has no alt text. Say in words what it shows, or mark it as decorative.")
            yield _about(picture, words)


def credit(facts: Facts) -> Iterator[Finding]:
    """Every picture says who made it, a decorative one too; it is said at the picture, so once however often shown."""
    first = {picture.number: picture for picture in reversed(facts.pictures)}
    for picture in facts.pictures:
        if first[picture.number] is picture and not says_something(picture.credit):
            yield _about(picture, _("The picture “%(title)s” has no credit. Say at the picture who made it."))


def alt_adds(facts: Facts) -> Iterator[Finding]:
    """Alt text says what the picture shows: it is not the headline, the caption or a file name (WCAG 1.1.1, F30)."""
    for picture in facts.pictures:
        text = without_opening(picture.alt)
        if not says_something(text) or picture.is_decorative:
            continue
        if is_alike(text, facts.headline):
            yield _about(picture, _("The alt text of “%(title)s” repeats the headline. Say what the picture shows."))
        elif is_alike(text, picture.caption):
            words = _("The alt text of “%(title)s” repeats its caption. Say what somebody sees who looks at it.")
            yield _about(picture, words)
        elif is_file_name(picture.alt, of=picture.file_name):
            yield _about(picture, _("The alt text of “%(title)s” is a file's name. Say what the picture shows."))


def rights(facts: Facts) -> Iterator[Finding]:
    """No picture is shown after its rights have ended."""
    for picture in facts.pictures:
        if picture.rights_end and picture.rights_end < facts.day:
            words = _("The rights to “%(title)s” end on %(day)s. Take it out, or give a later end at the picture.")
            yield _about(picture, words, day=picture.rights_end)


def _about(picture: ShownPicture, words: str, **values: object) -> Finding:
    values = {"title": picture.title, **values}
    return Finding(words=words, values=values, field=picture.field, block=picture.block, about=picture.about)
