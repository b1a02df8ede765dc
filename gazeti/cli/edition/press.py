"""Printing the sample edition into an empty newsroom, once, through the same actions that the desk uses.

What it made is written in the log; whoever prints again changes nothing, also not what an editor changed since.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.utils import timezone

from gazeti import log
from gazeti.base.actions import file_information_page, name_newspaper, publish_information_page
from gazeti.cli.edition.contents import Contents, contents, edition_day, moment
from gazeti.cli.edition.covered import cover_story
from gazeti.cli.edition.drawings import drawn_jpeg
from gazeti.cli.edition.sheets import sheet_pdf
from gazeti.cli.edition.threads import told
from gazeti.cli.edition.typeset import Named, typeset
from gazeti.comments.actions.settle import close_after
from gazeti.comments.actions.take_in import take_in_comments
from gazeti.media.actions import finish_renditions, keep_document, keep_picture
from gazeti.media.queries import document_titled, picture_titled
from gazeti.stories.actions import (
    author_named,
    file_section,
    file_story,
    lay_out_front,
    publish_story,
    topic_named,
)
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Author, Front, Section, Story, Topic
from gazeti.stories.queries import story_in_section

STREAM = "edition"
AS_WRITTEN = ("short_headline", "standfirst", "kind", "language", "credit", "dateline", "sources", "method_note")
OF_THE_LEAD = ("lead_alt", "lead_caption")


def print_edition(
    *, now: datetime, front: Front, by: AbstractBaseUser | None, step: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Print the whole edition onto a front, and tell how many of each thing it made; nothing if it was printed before.

    A printing that was cut off is taken up where it stopped. `step` is called once for each picture, document, page,
    story, discussion and coverage: `contents().size` times.
    """
    if log.read(stream=STREAM, limit=1):
        return {}
    press = Press(contents(), now=now, front=front, by=by, step=step)
    made = press.print()
    log.append(STREAM, "printed", made)
    return made


class Press:
    """One printing: what it prints, for whom, and what it has made so far, by name."""

    def __init__(
        self,
        edition: Contents,
        *,
        now: datetime,
        front: Front,
        by: AbstractBaseUser | None,
        step: Callable[[], None],
    ) -> None:
        self.edition, self.now, self.front, self.by, self.step = edition, now, front, by, step
        self.day = edition_day(now, time_zone=timezone.get_default_timezone())
        self.sections: dict[str, Section] = {}
        self.authors: dict[str, Author] = {}
        self.topics: dict[str, Topic] = {}
        self.named = Named()

    def print(self) -> dict[str, int]:
        """Make everything, in the order in which one thing needs another."""
        name_newspaper(**self.edition.newspaper)
        self.make_names()
        self.draw_pictures()
        self.write_documents()
        self.file_pages()
        for slug, facts in self.edition.stories.items():
            self.named.stories[slug] = self.story_out(slug, facts)
            self.step()
        self.let_readers_speak()
        self.cover_live()
        chosen = [self.named.stories[slug] for slug in self.edition.front["slots"]]
        lay_out_front(self.front, lead=self.named.stories[self.edition.front["lead"]], slots=chosen, by=self.by)
        return self.counts()

    def make_names(self) -> None:
        """Sections, authors and topics, each found or made."""
        for facts in self.edition.sections:
            self.sections[facts["slug"]] = file_section(self.front, by=self.by, **facts)
        for facts in self.edition.authors:
            self.authors[facts["slug"]] = author_named(
                facts["name"], slug=facts["slug"], role=facts["role"], about=facts["bio"]
            )
        self.topics = {facts["name"]: topic_named(facts["name"]) for facts in self.edition.topics}

    def draw_pictures(self) -> None:
        """All pictures and their renditions, before any story needs them."""
        for facts in self.edition.pictures:
            picture = picture_titled(facts["title"]) or self.drawn_picture(facts)
            finish_renditions([picture])
            picture.refresh_from_db()
            self.named.pictures[facts["name"]] = picture
            self.step()

    def drawn_picture(self, facts: Mapping[str, Any]) -> Any:
        """One picture, drawn and kept."""
        name = facts["name"]
        file = ContentFile(drawn_jpeg(name), name=f"{name}.jpg")
        words = {"description": facts["alt"], "caption": facts["caption"]}
        return keep_picture(file, title=facts["title"], by=self.by, **words, **self.edition.picture_rights)

    def write_documents(self) -> None:
        """The edition's PDF sheets."""
        for facts in self.edition.documents:
            title, name = facts["title"], facts["name"]
            found = document_titled(title)
            file = ContentFile(sheet_pdf(title, facts["lines"]), name=f"{name}.pdf")
            self.named.documents[name] = found or keep_document(file, title=title, by=self.by)
            self.step()

    def file_pages(self) -> None:
        """The paper's pages about itself; one that an editor took back stays back."""
        for facts in self.edition.pages:
            body = raw_body(typeset(facts["body"], named=self.named))
            page = file_information_page(self.front, title=facts["title"], slug=facts["slug"], body=body, by=self.by)
            if page.first_published_at is None:
                publish_information_page(page, by=self.by)
            self.step()

    def story_out(self, slug: str, facts: Mapping[str, Any]) -> Story:
        """The story, filed if it is not there and published if it never was."""
        section = self.sections[facts["section"]]
        story = story_in_section(section, slug=slug)
        if story is None:
            story = file_story(
                section, headline=facts["headline"], slug=slug, now=self.now, by=self.by, **self.facts(facts)
            )
        if story.first_published_at is None:
            story = publish_story(story, now=self.now, by=self.by)
        return story

    def let_readers_speak(self) -> None:
        """The discussions, which stay open whatever their story's age; one that is there already stays as it is."""
        close_after(days=0)
        readers: dict[str, int] = {}
        for slug, comments in self.edition.discussions.items():
            story = self.named.stories[slug]
            said = told(comments, story=story.address, language=story.language, since=story.published_at)
            take_in_comments(story, told=said, readers=readers)
            self.step()

    def cover_live(self) -> None:
        """The coverages, each under its story."""
        for slug, events in self.edition.coverages.items():
            cover_story(
                self.named.stories[slug],
                events=events,
                since=self.edition.stories[slug],
                day=self.day,
                authors=self.authors,
                named=self.named,
                by=self.by,
            )
            self.step()

    def facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """A story's facts as the action takes them."""
        wanted = {name: facts[name] for name in (*AS_WRITTEN, *OF_THE_LEAD) if name in facts}
        if "lead_picture" in facts:
            wanted["lead_picture"] = self.named.pictures[facts["lead_picture"]]
        if "translation_of" in facts:
            wanted["translation_of"] = self.named.stories[facts["translation_of"]]
        if "updated" in facts:
            wanted["updated_at"] = moment(facts["updated"], day=self.day)
            wanted["updated_reason"] = facts["updated"]["reason"]
        return {
            **wanted,
            "published_at": moment(facts, day=self.day),
            "authors": [self.authors[slug] for slug in facts["authors"]],
            "topics": [self.topics[name] for name in facts["topics"]],
            "body": typeset(facts["body"], named=self.named),
        }

    def counts(self) -> dict[str, int]:
        """How many of each thing there are."""
        return {
            "sections": len(self.sections),
            "authors": len(self.authors),
            "topics": len(self.topics),
            "pictures": len(self.named.pictures),
            "documents": len(self.named.documents),
            "pages": len(self.edition.pages),
            "stories": len(self.named.stories),
            "comments": sum(map(len, self.edition.discussions.values())),
            "coverages": len(self.edition.coverages),
        }
