"""The doors of programs: the API, the clock, an import, and whoever has a shell. Each returns what it was told."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from gazeti.archive.actions import import_page
from gazeti.archive.formats.page import parse_page
from gazeti.log import clock
from gazeti.stories.actions import author_named, publish_story
from gazeti.stories.formats import raw_body
from gazeti.stories.models import BylineAuthor, Story
from gazeti.stories.queries.due import not_out
from tests.archive import pages
from tests.archive.importing import said
from tests.newsroom import NOW, make_story
from tests.stories.doors.desk import LATER, an_alias
from tests.stories.doors.world import World, strip


def schedule_by_a_program(world: World) -> str:
    story = world.draft(go_live_at=LATER)
    return world.act(story.latest_revision.publish)


def schedule_in_one_save(world: World) -> str:
    story = world.draft()
    return world.act(lambda: story.save_revision(approved_go_live_at=LATER, clean=False))


def clock_carries_out_a_schedule(world: World) -> str:
    """One that became unready after it was approved, or was approved before there was a rule."""
    story = world.draft(go_live_at=timezone.now() - timedelta(seconds=1))
    Revision.objects.filter(pk=story.latest_revision_id).update(approved_go_live_at=NOW)
    world.watch()
    clock.tick(now=timezone.now())
    return " ".join(sentence for one in not_out() for sentence in one.sentences)


def api_publish(world: World) -> str:
    return world.call("post", f"pages/{world.draft().pk}/actions/publish/")


def api_fields(world: World) -> dict[str, Any]:
    who = {"credit": "Wire"} if world.is_ready else {"bylines": []}
    standfirst = "After three weeks." if world.is_ready else ""
    body = [{"type": "text", "value": "<p>The ferry left.</p>"}]
    return {"title": "The ferry is back", "standfirst": standfirst, "body": body, **who}


def api_create_and_publish(world: World) -> str:
    meta = {"type": "gazeti_stories.Story", "parent_id": world.section.pk, "action": "publish"}
    return world.call("post", "pages/", {"meta": meta, **api_fields(world)})


def api_edit_and_publish(world: World) -> str:
    meta = {"type": "gazeti_stories.Story", "action": "publish"}
    return world.call("patch", f"pages/{world.draft().pk}/", {"meta": meta, **api_fields(world)})


def api_edit_and_publish_over_a_live_story(world: World) -> str:
    meta = {"type": "gazeti_stories.Story", "action": "publish"}
    return world.call("patch", f"pages/{make_story(world.section).pk}/", {"meta": meta, **api_fields(world)})


def copy_kept_live_by_a_program(world: World) -> str:
    story = world.live()
    return world.act(lambda: story.copy(update_attrs={"slug": "a-copy"}, keep_live=True))


def api_copy(world: World) -> str:
    return world.call("post", f"pages/{world.live().pk}/actions/copy/", {"keep_live": True, "slug": "a-copy"})


def api_copy_of_a_section(world: World) -> str:
    world.live()
    data = {"keep_live": True, "slug": "a-copy", "recursive": True}
    return world.call("post", f"pages/{world.section.pk}/actions/copy/", data)


def alias_by_a_program(world: World) -> str:
    story = world.live()
    return world.act(lambda: story.create_alias(update_slug="a-copy"))


def api_alias(world: World) -> str:
    return world.call("post", f"pages/{world.live().pk}/actions/create_alias/", {"slug": "a-copy"})


def api_alias_made_a_story(world: World) -> str:
    return world.call("post", f"pages/{an_alias(world).pk}/actions/convert_alias/")


def alias_follows_its_story(world: World) -> str:
    story = make_story(world.section)
    story.create_alias(update_slug="a-copy")
    Story.objects.filter(pk=story.pk).update(title="Another headline")
    if not world.is_ready:
        strip(story)
    story = Story.objects.get(pk=story.pk)
    return world.act(story.update_aliases)


def import_with_publication(world: World) -> str:
    head = f"{world.section.title}\n\n{pages.HEADLINE}\n\n"
    head += f"{pages.STANDFIRST}\n\nBy Jane Doe\n\n4 July 2024" if world.is_ready else "4 July 2024"
    world.watch()
    outcome = import_page(parse_page(pages.page(head=head)), given=said(), now=NOW, publish=True)
    return " ".join(outcome.reasons)


def shell_publishes_a_revision(world: World) -> str:
    story = world.draft()
    return world.act(story.latest_revision.publish)


def shell_publishes_by_the_page(world: World) -> str:
    story = world.draft()
    return world.act(lambda: Page.objects.get(pk=story.pk).specific.publish(story.latest_revision))


def shell_saves_it_live(world: World) -> str:
    story = Story.objects.get(pk=world.draft().pk)
    story.live = True
    return world.act(story.save)


def shell_saves_it_live_unvalidated(world: World) -> str:
    story = Story.objects.get(pk=world.draft().pk)
    story.live = True
    return world.act(lambda: story.save(clean=False, update_fields=["live"]))


def shell_saves_the_plain_page_live(world: World) -> str:
    page = Page.objects.get(pk=world.draft().pk)
    page.live = True
    return world.act(lambda: page.save(clean=False))


def shell_changes_a_live_story(world: World) -> str:
    story = Story.objects.get(pk=make_story(world.section).pk)
    story.title = "Another headline"
    if not world.is_ready:
        story.standfirst, story.bylines = "", []
    return world.act(story.save)


def shell_takes_the_byline_off_a_live_story(world: World) -> str:
    story = make_story(world.section)
    if not world.is_ready:
        Story.objects.filter(pk=story.pk).update(standfirst="")
    story = Story.objects.get(pk=story.pk)
    story.bylines = [BylineAuthor(author=author_named("Otieno Were"))] if world.is_ready else []
    return world.act(story.save)


def shell_adds_a_live_child(world: World) -> str:
    story = Story(title="Made by a program", slug="made", body=raw_body([("text", "<p>Here.</p>")]))
    if world.is_ready:
        story.standfirst, story.credit = "In one line.", "Wire"
    return world.act(lambda: world.section.add_child(instance=story))


def action(world: World) -> str:
    story = world.draft()
    return world.act(lambda: publish_story(story, now=NOW))
