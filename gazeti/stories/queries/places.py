"""Where at the desk a finding is mended: the address that opens at its field."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse
from wagtail.models import Revision

from gazeti.stories.models import Story
from gazeti.stories.rules import Finding


class Reason(NamedTuple):
    """A finding as it is told: the rule's name, its sentence, the form's field, and the address that mends it.

    `place` is the part of the page of overrides that is about it.
    """

    rule: str
    severity: str
    sentence: str
    field: str
    block: str
    about: str
    link: str
    place: str


def reasons_of(findings: Iterable[Finding], *, story: Story) -> list[Reason]:
    """Findings about a story, each with its address."""
    return [
        Reason(
            rule=one.rule,
            severity=one.severity,
            sentence=one.sentence,
            field=one.field,
            block=one.block,
            about=one.about,
            link=link_to(one, story=story),
            place=_place(one),
        )
        for one in findings
    ]


def link_to(finding: Finding, *, story: Story) -> str:
    """The address at the desk that opens where the finding is mended; empty for a story that nobody saved yet."""
    number = edited_as(story)
    if finding.rule == "credit":
        return f"{reverse('wagtailimages:edit', args=[finding.about.split(':')[1]])}#id_credit"
    if number is None:
        return ""
    if finding.field == "section":
        return reverse("wagtailadmin_pages:move", args=[number])
    return f"{reverse('wagtailadmin_pages:edit', args=[number])}#{anchor_of(finding)}"


def override_link(finding: Finding, *, story: Story) -> str:
    """The address at which an editor overrides what was found."""
    return f"{reverse('story_overrides', args=[edited_as(story)])}#{_place(finding)}"


def edited_as(story: Story) -> int | None:
    """The id under which a story is edited: its own, of an alias and of a copy in the making that of its original."""
    if story.alias_of_id:
        return int(story.alias_of_id)
    if story.pk or not story.live_revision_id:
        return story.pk
    # Wagtail copies this too before it saves a copy that is kept live.
    original = Revision.objects.filter(pk=story.live_revision_id).values_list("object_id", flat=True).first()
    return int(original) if original else None


def anchor_of(finding: Finding) -> str:
    """The element of the story's form that shows the field: the body's block, else the panel that holds it."""
    return f"block-{finding.block}-section" if finding.block else f"{_panel_of(finding.field)}-section"


def _place(finding: Finding) -> str:
    return "-".join(["override", finding.rule, *filter(None, [finding.about.replace(":", "-")])])


@cache
def _panel_of(field: str) -> str:
    """The id of the panel that holds a field: each stands in a tab, under a heading of its own."""
    found = [name for name, panel in _panels() if field in _fields_in(panel)]
    if not found:
        raise LookupError(f"no panel of a story's form holds {field!r}")
    return found[0]


def _panels() -> Iterator[tuple[str, Any]]:
    """The panels of a story's form, each with its element's id."""
    form = Story.get_edit_handler()
    for tab_name, tab in zip(form.child_identifiers, form.children, strict=True):
        for name, panel in zip(tab.child_identifiers, tab.children, strict=True):
            yield f"panel-child-{tab_name}-{name}", panel


def _fields_in(panel: Any) -> set[str]:
    own = {getattr(panel, "field_name", "") or getattr(panel, "relation_name", "") or ""}
    return own.union(*(_fields_in(child) for child in getattr(panel, "children", ())))
