"""Filing sections and stories: everything but publication."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from gazeti.plain.words import free_slug, slug_of
from gazeti.stories.formats import raw_body
from gazeti.stories.models import BylineAuthor, Front, Section, Story


@transaction.atomic
def file_section(
    front: Front,
    *,
    title: str,
    slug: str | None = None,
    description: str = "",
    in_navigation: bool = True,
    is_public: bool = True,
    by: AbstractBaseUser | None = None,
) -> Section:
    """The section of that title under the front, made if there is none: published, or a draft for the desk."""
    found = Section.objects.child_of(front).filter(title__iexact=title).first()
    if found:
        return found
    section = Section(
        title=title,
        slug=_free_slug(front, slug or slug_of(title)),
        description=description,
        show_in_menus=in_navigation,
        live=is_public,
        owner=by,
    )
    section.full_clean(exclude=["path", "depth"])
    front.add_child(instance=section)
    revision = section.save_revision(user=by)
    if is_public:
        revision.publish(user=by)
    return section


@transaction.atomic
def file_story(
    section: Section, *, headline: str, now: datetime, by: AbstractBaseUser | None = None, **facts: Any
) -> Story:
    """A new story in a section: a draft with its first revision.

    Facts are the model's fields, and authors=[Author], topics=[Topic], body=[(type, value)], slug.
    Raises ValidationError, with a sentence a field, for facts that do not hold.
    """
    slug = _free_slug(section, facts.pop("slug", None) or slug_of(headline))
    story = Story(
        title=headline, slug=slug, live=False, has_unpublished_changes=True, owner=by, first_published_at=None
    )
    _set_facts(story, facts)
    story.full_clean(exclude=["path", "depth"])
    section.add_child(instance=story)
    story.save_revision(user=by, clean=False)
    return story


@transaction.atomic
def revise_story(
    story: Story, *, now: datetime, by: AbstractBaseUser | None = None, headline: str | None = None, **facts: Any
) -> Story:
    """A new revision of a story with these facts; what readers see changes only when it is published."""
    draft: Story = story.get_latest_revision_as_object()
    if headline is not None:
        draft.title = headline
    _set_facts(draft, facts)
    draft.full_clean()
    draft.save_revision(user=by, clean=False)
    if not story.live:
        draft.save(clean=False)
    return draft


def _set_facts(story: Story, facts: dict[str, Any]) -> None:
    authors, topics = facts.pop("authors", None), facts.pop("topics", None)
    body = facts.pop("body", None)
    for field, value in facts.items():
        Story._meta.get_field(field)
        setattr(story, field, value)
    if body is not None:
        story.body = raw_body(body)
    if authors is not None:
        story.bylines.set([BylineAuthor(author=author, sort_order=at) for at, author in enumerate(authors)])
    if topics is not None:
        story.topics.set(topics)


def _free_slug(parent: Front | Section, wanted: str) -> str:
    like = parent.get_children().filter(slug__startswith=wanted)
    return free_slug(wanted, taken=set(like.values_list("slug", flat=True)))
