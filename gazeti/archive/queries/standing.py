"""The stories that the newsroom has under a headline, as far as an import asks."""

from django.utils.timezone import get_default_timezone

from gazeti.archive.models import ImportedPage
from gazeti.archive.rules import Standing, headline_key, spellings
from gazeti.plain.words import normalised
from gazeti.stories.models import Section, Story


def section_titles() -> list[str]:
    """The names of the newsroom's sections."""
    return list(Section.objects.values_list("title", flat=True))


def standings_of(headline: str) -> list[Standing]:
    """The stories with this headline: those imported under it, then those typed at the desk."""
    if not headline:
        return []
    rows = ImportedPage.objects.filter(headline_key=headline_key(headline), story__isnull=False)
    imported = {row.story_id: row for row in rows.select_related("story")}
    typed = Story.objects.filter(title__in=spellings(headline)).exclude(pk__in=imported)
    return [
        *(_standing(row.story, row=row) for row in imported.values() if row.story is not None),
        *(_standing(story, row=None) for story in typed),
    ]


def _standing(story: Story, *, row: ImportedPage | None) -> Standing:
    """The story as the desk has it: its latest revision, published or not."""
    draft: Story = story.get_latest_revision_as_object()
    texts = draft.body.stream_block.get_searchable_content(draft.body)
    words = normalised(" ".join(map(str, texts)))
    day = draft.published_at.astimezone(get_default_timezone()).date() if draft.published_at else None
    return Standing(
        story=story.pk,
        headline=draft.title,
        section=story.get_parent().title,
        standfirst=draft.standfirst,
        byline=(*(author.name for author in draft.authors), *filter(None, [draft.credit])),
        day=day,
        words=words,
        body_key=row.body_key if row else "",
        filled=frozenset(row.filled) if row else frozenset(),
        is_live=story.live,
        is_recovered=draft.recovered and not words,
        is_busy=story.locked or (story.live and story.has_unpublished_changes) or story.workflow_in_progress,
        was_public=story.first_published_at is not None,
    )
