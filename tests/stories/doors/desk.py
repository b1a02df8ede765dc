"""The doors of the desk: each posts as a browser does, follows where it leads, and returns what is read there."""

from datetime import UTC, datetime

from wagtail.models import Page, TaskState

from gazeti.stories.models import Story
from tests.newsroom import make_draft, make_story
from tests.stories.doors.world import World, spoil, strip

LATER = datetime(2099, 1, 1, 9, 0, tzinfo=UTC)


def edit(world: World, story: Story, **more: str) -> str:
    return world.post(f"/desk/pages/{story.pk}/edit/", world.form(story, **more))


def publish_button(world: World) -> str:
    return edit(world, world.draft())


def publish_button_over_a_live_story(world: World) -> str:
    return edit(world, make_story(world.section))


def create_and_publish(world: World) -> str:
    return world.post(f"/desk/pages/add/gazeti_stories/story/{world.section.pk}/", world.form())


def bulk(world: World, *pages: Page) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return world.post(f"/desk/bulk/wagtailcore/page/publish/?{chosen}&next=/desk/", {})


def bulk_publish(world: World) -> str:
    return bulk(world, world.draft())


def bulk_publish_of_many(world: World) -> str:
    return bulk(world, world.section, world.draft())


def submitted(world: World) -> Story:
    """A story that was ready as it was submitted."""
    story = make_draft(world.section)
    story.get_workflow().start(story, world.person)
    return Story.objects.get(pk=story.pk)


def approval_button(world: World) -> str:
    more = {"workflow-action-name": "approve"}
    return edit(world, submitted(world), button="action-workflow-action", **more)


def approval_in_a_dialog(world: World) -> str:
    story = submitted(world)
    spoil(world, story)
    step = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    headers = {"x-requested-with": "XMLHttpRequest"}
    return world.post(f"/desk/pages/workflow/action/{story.pk}/approve/{step.pk}/", {}, **headers)


def approval_without_scripts(world: World) -> str:
    story = submitted(world)
    spoil(world, story)
    step = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    return world.post(f"/desk/pages/workflow/action/{story.pk}/approve/{step.pk}/", {})


def schedule(world: World) -> str:
    return edit(world, world.draft(go_live_at=LATER), go_live_at="2099-01-01 12:00")


def schedule_over_a_live_story(world: World) -> str:
    story = make_story(world.section)
    story.go_live_at = LATER
    story.save_revision()
    return edit(world, story, go_live_at="2099-01-01 12:00")


def copied(world: World, page: Page, *, to: Page, **more: str) -> str:
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": str(to.pk), "publish_copies": "on"}
    return world.post(f"/desk/pages/{page.pk}/copy/", {**data, **more})


def copy_kept_live(world: World) -> str:
    return copied(world, world.live(), to=world.section)


def copy_of_a_section_kept_live(world: World) -> str:
    world.live()
    return copied(world, world.section, to=world.section.get_parent(), copy_subpages="on")


def alias(world: World) -> str:
    return copied(world, world.live(), to=world.section, alias="on")


def an_alias(world: World) -> Page:
    """An alias of a story that is out, made while that was ready."""
    alias_page = make_story(world.section).create_alias(update_slug="a-copy")
    if not world.is_ready:
        strip(alias_page)
    return alias_page


def alias_made_a_story(world: World) -> str:
    return world.post(f"/desk/pages/{an_alias(world).pk}/convert_alias/", {})


def revert_and_publish(world: World) -> str:
    story = make_story(world.section)
    spoil(world, story)
    old = story.revisions.order_by("pk").last()
    story.save_revision()
    return world.post(f"/desk/pages/{story.pk}/revisions/{old.pk}/revert/", world.form(old.as_object()))
