"""A paper with one story in each state it can be in, and everything of the paper that could tell of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, PageViewRestriction

from gazeti.base.actions import file_information_page, publish_information_page
from gazeti.media.actions import keep_document
from gazeti.media.models import Picture
from gazeti.stories.actions import author_named, lay_out_front, publish_story, revise_story, topic_named, withdraw_story
from gazeti.stories.models import Front, Section, Story
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story
from tests.stories.roles import person

FAR = datetime(2099, 1, 1, 6, tzinfo=UTC)
HEADLINE = "Quorvex merger is agreed"
SHORT = "Quorvex agreed"
STANDFIRST = "Nobody outside the room knows it yet."
SECRET = "The zinnober ledger was read aloud"
NEW_HEADLINE = "Quorvex merger is off"
NEW_SECRET = "The vermilion ledger was burnt"
SLUG = "quorvex-merger"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


@dataclass
class World:
    """The paper: the story, another that points to it in every way, and the files that only the story shows."""

    story: Story
    other: Story
    about: Page
    picture: Picture
    document: AbstractDocument
    old_address: str = ""


def told_of(section: Section, picture: Picture, document: AbstractDocument, *, make: Any, **facts: Any) -> Story:
    """The story that every test is about."""
    words = {"picture": picture, "alt": "Crates", "decorative": False, "caption": ""}
    body = [
        ("text", f"<p>{SECRET}.</p>"),
        ("gallery", [words, words]),
        ("document", {"document": document, "title": "The ledger"}),
    ]
    wanted = {
        "headline": HEADLINE,
        "short_headline": SHORT,
        "standfirst": STANDFIRST,
        "slug": SLUG,
        "authors": [author_named("Amina Farah")],
        "topics": [topic_named("Water")],
        "lead_picture": picture,
        "body": body,
    }
    return make(section, **wanted, **facts)


def world(state: str, picture: Picture) -> World:
    """The paper with the story in a state, and everything else pointing to it."""
    front, section = make_paper(), make_section()
    document = keep_document(ContentFile(PDF, name="ledger.pdf"), title="The ledger")
    how = STATES[state]
    story = told_of(section, picture, document, make=how.make, **how.facts)
    link = f'<p>Read <a linktype="page" id="{story.pk}">more</a>.</p>'
    other = make_story(
        make_section(title="Business"),
        headline="In plain sight",
        body=[("text", link), ("related", story)],
        translation_of=story,
        language="sw",
    )
    about = file_information_page(front, title="Ethics", slug="ethics", body=[{"type": "text", "value": link}])
    publish_information_page(about)
    lay_out_front(front, lead=story, slots=[other, story])
    found = World(story, other, about, picture, document)
    how.then(found)
    found.story = Story.objects.get(pk=story.pk)
    return found


def _restrict(page: Page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


def _submit(here: World) -> None:
    here.story.get_workflow().start(here.story, person("Reporters"))


def _schedule(here: World) -> None:
    draft = here.story.get_latest_revision_as_object()
    draft.go_live_at = FAR
    draft.save_revision().publish()


def _draft_over_it(here: World) -> Story:
    body = [("text", f"<p>{NEW_SECRET}.</p>")]
    return revise_story(here.story, now=NOW, headline=NEW_HEADLINE, short_headline="", body=body)


def _schedule_over_it(here: World) -> None:
    draft = _draft_over_it(here)
    draft.go_live_at = FAR
    draft.save_revision().publish()


def _close_section(here: World) -> None:
    Section.objects.get(pk=here.story.get_parent().pk).unpublish()


def _embargo_over_date(here: World) -> None:
    """Which no door lets through; the gate holds all the same."""
    Story.objects.filter(pk=here.story.pk).update(embargo_until=FAR)


def _lose_date(here: World) -> None:
    Story.objects.filter(pk=here.story.pk).update(published_at=None)


def _withdraw(here: World) -> None:
    withdraw_story(here.story, now=NOW, note="It named the wrong company.")


def _expire(here: World) -> None:
    withdraw_story(here.story, now=NOW, has_expired=True)


def _withdraw_in_private(here: World) -> None:
    _withdraw(here)
    _restrict(here.story.get_parent())


def _move(here: World) -> None:
    here.old_address = here.story.address
    here.story.move(make_section(title="Sport"), pos="last-child")


def _move_and_hide(here: World) -> None:
    _move(here)
    Story.objects.get(pk=here.story.pk).unpublish()


def _alias_only(here: World) -> None:
    """Leave an alias in an open section, of what is private."""
    alias = here.story.create_alias(parent=make_section(title="Sport"), update_slug=f"{SLUG}-alias")
    _restrict(here.story)
    here.old_address = alias.address


def _publish_again(here: World) -> None:
    _withdraw(here)
    publish_story(here.story, now=NOW)


def _nothing(here: World) -> None:
    """Leave it as it was made."""


@dataclass(frozen=True)
class State:
    """How a story comes into a state, and what readers are told at its address and at its old one."""

    status: int
    make: Callable[..., Story] = make_story
    then: Callable[[World], Any] = _nothing
    facts: Any = None
    old: int = 404

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", self.facts or {})


EMBARGO = {"published_at": None, "embargo_until": FAR}
STATES = {
    "draft": State(404, make_draft),
    "in review": State(404, make_draft, _submit),
    "scheduled": State(404, make_draft, _schedule),
    "embargoed": State(404, facts=EMBARGO),
    "embargoed over a date": State(404, then=_embargo_over_date),
    "without a date": State(404, then=_lose_date),
    "back to draft": State(404, then=lambda here: here.story.unpublish()),
    "private by sign-in": State(404, then=lambda here: _restrict(here.story)),
    "private by password": State(404, then=lambda here: _restrict(here.story, PageViewRestriction.PASSWORD)),
    "in a private section": State(404, then=lambda here: _restrict(here.story.get_parent())),
    "in a private paper": State(404, then=lambda here: _restrict(Front.objects.get())),
    "in a closed section": State(404, then=_close_section),
    "private, with an alias": State(404, then=_alias_only),
    "withdrawn": State(410, then=_withdraw),
    "withdrawn in a private section": State(404, then=_withdraw_in_private),
    "expired": State(410, then=_expire),
    "moved and hidden": State(404, then=_move_and_hide),
    "live": State(200),
    "live with a draft over it": State(200, then=_draft_over_it),
    "live with a schedule over it": State(200, then=_schedule_over_it),
    "moved": State(200, then=_move, old=301),
    "published again": State(200, then=_publish_again),
}
"""Each state that a story can be in, by its name."""
HIDDEN = [name for name, state in STATES.items() if state.status != 200]
OPEN = [name for name, state in STATES.items() if state.status == 200]
