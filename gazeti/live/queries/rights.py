"""Who may do what in a coverage: by role, and only where somebody may know of the story."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gazeti.live.models import Update
from gazeti.stories.models import Section, Story
from gazeti.stories.queries import knows_all_drafts, visible_pages

DESK = "wagtailadmin.access_admin"
POST = "gazeti_live.add_update"
CHANGE_ANY = "gazeti_live.change_update"
RETRACT_ANY = "gazeti_live.delete_update"
COVER = "gazeti_live.add_coverage"
RUN = "gazeti_live.change_coverage"


def may_send_in(user: Any, *, story: Story) -> bool:
    """Whether somebody may send an update in, for others to post: whoever has a role."""
    return _has(user, DESK, story=story)


def may_post(user: Any, *, story: Story) -> bool:
    """Whether somebody may post updates, now or for later: reporters and editors."""
    return _has(user, POST, story=story)


def may_edit(user: Any, *, update: Update, story: Story) -> bool:
    """Whether somebody may give an update other words: whoever posted it, and editors."""
    return _is_own(user, update=update, story=story) or _has(user, CHANGE_ANY, story=story)


def may_retract(user: Any, *, update: Update, story: Story) -> bool:
    """Whether somebody may take an update back: whoever posted it, and editors."""
    return _is_own(user, update=update, story=story) or _has(user, RETRACT_ANY, story=story)


def may_erase(user: Any, *, story: Story) -> bool:
    """Whether somebody may erase the words of what was taken back, for good: editors."""
    return _has(user, RETRACT_ANY, story=story)


def may_take_up(user: Any, *, story: Story) -> bool:
    """Whether somebody decides about what was sent in by others: editors."""
    return _has(user, CHANGE_ANY, story=story)


def may_run(user: Any, *, story: Story) -> bool:
    """Whether somebody may open, pause and close a coverage, pin updates and write its summary: editors."""
    return _has(user, RUN, story=story)


def may_cover(user: Any, *, story: Story) -> bool:
    """Whether somebody may make a story one that is covered live: a reporter their own draft, an editor any."""
    if not user.has_perm(COVER):
        return False
    role = story.permissions_for_user(user)
    return bool(role.can_publish() or (role.can_edit() and not story.live))


def coverable(stories: QuerySet[Story], *, user: Any) -> QuerySet[Story]:
    """Of these stories, those that `may_cover` allows somebody by what they may do on pages.

    Whom a workflow alone lets edit a draft of another's is offered none of them.
    """
    if not user.has_perm(COVER):
        return stories.none()
    policy = policy_registry.get_by_type(Page)
    published, changed = (policy.instances_user_has_permission_for(user, verb) for verb in ("publish", "change"))
    theirs = Q(live=False, pk__in=changed.order_by().values("pk"))
    return stories.filter(theirs | Q(pk__in=published.order_by().values("pk")))


def may_make_story(user: Any, *, section: Section) -> bool:
    """Whether somebody may file a story in a section, also one made of an update."""
    return bool(section.permissions_for_user(user).can_add_subpage())


def may_know_of(user: Any, *, story: Story) -> bool:
    """Whether somebody may know at the desk that there is such a story: own ones, and those that are out."""
    return knows_all_drafts(user) or visible_pages(Story.objects.filter(pk=story.pk), user=user).exists()


def _is_own(user: Any, *, update: Update, story: Story) -> bool:
    return update.by_id is not None and update.by_id == user.pk and may_post(user, story=story)


def _has(user: Any, right: str, *, story: Story) -> bool:
    return bool(user.has_perm(right)) and may_know_of(user, story=story)
