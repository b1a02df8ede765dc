"""A newsroom whose story at the door is ready or not, somebody who may publish, and what is out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from gazeti import log
from gazeti.accounts.models import User
from gazeti.stories.actions import author_named
from gazeti.stories.models import BylineAuthor, Section, Story
from tests.newsroom import make_draft, make_story
from tests.stories.calling import Program

TYPED = "Kisumu"
"""What is typed into the dateline of a form, to be found again."""
LACKS: dict[str, Any] = {"authors": [], "standfirst": ""}
"""One block that nobody may override, and one that an editor may."""


def strip(story: Page) -> None:
    """Take off a story what no rule asked for when it went out, past every guard."""
    Story.objects.filter(pk=story.pk).update(standfirst="")
    BylineAuthor.objects.filter(story=story.pk).delete()
    for revision in Revision.objects.for_instance(story):
        lacking = {**revision.content, "standfirst": "", "bylines": []}
        Revision.objects.filter(pk=revision.pk).update(content=lacking)


@dataclass
class World:
    """A newsroom with one section, somebody who may publish, and whether the story at the door is ready."""

    section: Section
    person: User
    is_ready: bool
    statuses: list[int] = field(default_factory=list)
    before: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        """Sign in at the desk, and get a token."""
        self.desk = Client(raise_request_exception=False)
        self.desk.force_login(self.person)
        self.program = Program(self.person)

    def draft(self, **facts: Any) -> Story:
        """A draft, ready or not."""
        return make_draft(self.section, **({} if self.is_ready else LACKS), **facts)

    def live(self) -> Story:
        """A story that is out as it is; where it is not ready, it went out before there was a rule against that."""
        story = make_story(self.section)
        if not self.is_ready:
            strip(story)
        return Story.objects.get(pk=story.pk)

    def watch(self) -> None:
        """Keep what is out before somebody goes through the door."""
        self.before = what_is_out()

    def post(self, address: str, data: dict[str, Any], **headers: str) -> str:
        """Post at the desk, follow where it leads, and return the words."""
        self.watch()
        answer = self.desk.post(address, data, follow=True, headers=headers)
        self.statuses.append(answer.status_code)
        return answer.content.decode()

    def call(self, method: str, path: str, data: Any = None) -> str:
        """Call the API."""
        self.watch()
        answer = self.program(method, path, data if data is not None else {})
        self.statuses.append(answer.status_code)
        return answer.content.decode()

    def act(self, act: Callable[[], Any]) -> str:
        """Do something as a program does, and return what it says when it is refused."""
        self.watch()
        try:
            act()
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def form(self, story: Story | None = None, *, button: str = "action-publish", **more: str) -> dict[str, str]:
        """What the desk's form sends, ready or not, with a word typed into the dateline."""
        lines = list(story.bylines.all()) if story and story.pk else []
        kept = [{"id": str(one.pk or ""), "author": str(one.author_id)} for one in lines]
        if not self.is_ready:
            kept = [{**one, "DELETE": "on"} for one in kept]
        elif not kept:
            kept = [{"author": str(author_named("Amina Farah").pk)}]
        fields = {
            "title": story.title if story else "The ferry is back",
            "slug": story.slug if story else "ferry",
            "standfirst": "After three weeks." if self.is_ready else "",
            "kind": "news",
            "language": "en",
            "dateline": TYPED,
            "body": streamfield([("text", rich_text("<p>The ferry left.</p>"))]),
            "bylines": inline_formset(kept, initial=len(lines)),
            "comments": inline_formset([]),
            button: "1",
        }
        return nested_form_data({**fields, **more})


def spoil(world: World, story: Story) -> None:
    """Let the latest version of a story lack what the unready one lacks."""
    if not world.is_ready:
        story.standfirst, story.bylines = "", []
        story.save_revision(clean=False)


def what_is_out() -> tuple[object, ...]:
    """Whatever readers get or will get by a schedule, and how often the log says that something was published."""
    rows = Story.objects.filter(live=True).order_by("pk")
    lines = BylineAuthor.objects.filter(story__live=True).order_by("pk")
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("pk")
    return (
        tuple(rows.values_list("pk", "title", "standfirst", "live_revision", "alias_of", "published_at")),
        tuple(lines.values_list("story", "author")),
        tuple(scheduled.values_list("pk", flat=True)),
        len([entry for entry in log.read(stream="stories") if entry.kind in ("published", "embargoed")]),
    )
