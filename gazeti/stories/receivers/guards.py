"""The backstops of the preflight: no row goes live and no schedule is kept while something blocks the story.

Every door ends in one of these saves, also those that call no action and no hook of ours.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision

from gazeti.stories.actions import refuse_unready
from gazeti.stories.models import BylineAuthor, Story

BESIDE = frozenset(
    "locked locked_by locked_at latest_revision latest_revision_created_at draft_title has_unpublished_changes owner "
    "path depth numchild url_path show_in_menus withdrawn_at withdrawn_note".split()
)
"""What a save may change of a story that is out without its readers being shown another version."""
STAMPS = frozenset({"live_revision", "first_published_at", "last_published_at"})
"""What Wagtail notes, each by itself, after it has saved a version that goes out."""


@receiver(pre_save, sender=Story, dispatch_uid="stories.goes_out")
def story_goes_out(instance: Story, *, update_fields: Iterable[str] | None, raw: bool, **_signal: Any) -> None:
    """Refuse a version that readers would get and that is not ready, also where nothing else is validated."""
    if raw or not instance.live:
        return
    if _changes_what_is_out(instance, update_fields):
        refuse_unready(instance, now=timezone.now())


@receiver(pre_save, sender=Page, dispatch_uid="stories.page_goes_live")
def page_goes_live(instance: Page, *, raw: bool, **_signal: Any) -> None:
    """The same for a story that is saved as the plain page it also is."""
    if raw or not instance.live or instance.content_type_id != ContentType.objects.get_for_model(Story).pk:
        return
    story = Story.objects.filter(pk=instance.pk, live=False).first()
    if story is not None:
        refuse_unready(story, now=timezone.now())


@receiver(pre_save, sender=Revision, dispatch_uid="stories.scheduled")
def revision_scheduled(instance: Revision, *, raw: bool, **_signal: Any) -> None:
    """Refuse a schedule of a version that is not ready for the day on which it would go out."""
    if raw or instance.approved_go_live_at is None:
        return
    if instance.content_type_id == ContentType.objects.get_for_model(Story).pk:
        story: Story = instance.as_object()
        story.go_live_at = instance.approved_go_live_at
        refuse_unready(story, now=timezone.now())


def _changes_what_is_out(story: Story, update_fields: Iterable[str] | None) -> bool:
    """Whether a save of a live story gives readers another version; locking, moving or a draft's stamp do not."""
    if update_fields is not None:
        written = {_name(field) for field in update_fields}
        return bool(written - BESIDE - STAMPS)
    before = Story.objects.filter(pk=story.pk, live=True).first() if story.pk else None
    return before is None or _content(story) != _content(before) or _signed_by(story) != _saved_by(story)


def _content(story: Story) -> dict[str, Any]:
    fields = [field for field in story._meta.concrete_fields if field.name not in BESIDE]
    return {field.name: field.value_to_string(story) for field in fields}


def _signed_by(story: Story) -> list[int]:
    return sorted(line.author_id for line in story.bylines.all())


def _saved_by(story: Story) -> list[int]:
    return sorted(BylineAuthor.objects.filter(story=story.pk).values_list("author", flat=True))


def _name(field: str) -> str:
    """The field's name where its column's was given, as "alias_of" for "alias_of_id"."""
    return next((one.name for one in Story._meta.concrete_fields if one.attname == field), field)
