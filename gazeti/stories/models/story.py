"""The story, and the byline that names who wrote it."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from gazeti.base.models import ReaderPage
from gazeti.stories import rules
from gazeti.stories.blocks import Body
from gazeti.stories.forms import StoryForm
from gazeti.stories.models import offered, panels
from gazeti.stories.models.names import Author, Topic
from gazeti.stories.models.permissions import StoryPermissions
from gazeti.stories.models.standing import StoryManager

TIMES_AHEAD = ("embargo_until", "go_live_at", "expire_at")
OWN_MOMENTS = ("published_at", "withdrawn_at", "withdrawn_note")
"""What befell this story and no copy of it."""


class Story(ReaderPage):
    """A story as the newsroom knows it; `title` is the headline."""

    class Kind(models.TextChoices):
        """What the reader is offered: fact, judgement or background."""

        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        OPINION = "opinion", _("Opinion")
        EXPLAINER = "explainer", _("Explainer")
        BRIEF = "brief", _("Brief")

    short_headline = models.CharField(
        _("short headline"),
        max_length=rules.SHORT_HEADLINE_LENGTH,
        blank=True,
        help_text=_("For lists and the front. Empty: the headline."),
    )
    standfirst = models.CharField(
        _("standfirst"), max_length=300, blank=True, help_text=_("One or two sentences under the headline.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS)
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who it is from beside the authors, such as an agency.")
    )
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("Where it was reported."))
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="stories")
    language = models.CharField(_("language"), max_length=10, choices=rules.LANGUAGES, default="en")
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text=_("The story this one was translated from."),
    )
    lead_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_alt = models.CharField(
        _("alt text here"), max_length=255, blank=True, help_text=_("Empty: the picture's own.")
    )
    lead_decorative = models.BooleanField(_("decorative here"), default=False)
    lead_caption = models.CharField(
        _("caption here"), max_length=300, blank=True, help_text=_("Empty: the picture's own.")
    )
    body = StreamField(Body(), blank=True, verbose_name=_("body"))
    published_at = models.DateTimeField(
        _("first published"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("What readers see as its date. Empty: the moment it goes out."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("It may be published before; readers see it from then on, and that is its date."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_note = models.CharField(
        _("why it was withdrawn"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("One sentence for readers, at the story's address."),
    )
    day_only = models.BooleanField(
        _("only the day is known"), default=False, help_text=_("Readers are told the day and no time.")
    )
    updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, help_text=_("Empty, with a reason given: now.")
    )
    updated_reason = models.CharField(
        _("what was updated"),
        max_length=200,
        blank=True,
        help_text=_("One line for readers, as in “adds the minister's answer”. Small repairs need none."),
    )
    sources = models.TextField(_("sources"), blank=True, help_text=_("Whom and what it stands on, for readers."))
    method_note = models.TextField(_("method"), blank=True, help_text=_("How it was found out, for readers."))
    recovered = models.BooleanField(
        _("headline recovered, text missing"), default=False, help_text=_("Set by imports; no reader sees it.")
    )

    objects = StoryManager()

    stands_under_front: ClassVar[bool] = False
    base_form_class = StoryForm
    exclude_fields_in_copy: ClassVar[list[str]] = [*OWN_MOMENTS, "updated_at", "updated_reason", "embargo_until"]
    parent_page_types: ClassVar[list[str]] = ["gazeti_stories.Section"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = panels.CONTENT
    promote_panels = panels.PROMOTE
    api_fields = offered.STORY
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("standfirst", boost=3),
        index.SearchField("body"),
        index.SearchField("byline_names", boost=2),
        index.FilterField("published_at"),
        index.FilterField("language"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def clean(self) -> None:
        """Lengths and pairs of fields that hold whoever saves."""
        super().clean()
        errors: dict[str, Any] = rules.date_faults(
            published=self.published_at, updated=self.updated_at, now=timezone.now()
        ) | rules.embargo_faults(published=self.published_at or self._date_kept(), embargo=self.embargo_until)
        ahead = {name: getattr(self, name) for name in TIMES_AHEAD}
        errors = {**errors, **rules.reach_faults(now=timezone.now(), **ahead)}
        if len(self.title) > rules.HEADLINE_LENGTH:
            errors["title"] = _("The headline has %(length)d characters; at most %(most)d fit. Shorten it.") % {
                "length": len(self.title),
                "most": rules.HEADLINE_LENGTH,
            }
        if self.updated_at and not self.updated_reason:
            errors["updated_reason"] = _("Tell readers in one line what was updated, or empty the time.")
        if self.lead_decorative and self.lead_alt:
            errors["lead_decorative"] = _("Decorative pictures have no alt text. Empty one of the two.")
        if self.translation_of_id and self.translation_of_id == self.pk:
            errors["translation_of"] = _("A story is no translation of itself. Choose another.")
        if errors:
            raise ValidationError(errors)
        if self.updated_reason and not self.updated_at:
            self.updated_at = timezone.now()

    def _date_kept(self) -> datetime | None:
        """The date under which it is out although a draft names none; asked for only where an embargo is set."""
        if not self.embargo_until or not self.pk:
            return None
        return Story.objects.filter(pk=self.pk).values_list("published_at", flat=True).first()

    def with_content_json(self, content: dict[str, Any]) -> "Story":
        """A revision that knows no date keeps the one under which the story went out; what befell it, it keeps."""
        story: Story = super().with_content_json(content)
        story.published_at = story.published_at or self.published_at
        story.withdrawn_at, story.withdrawn_note = self.withdrawn_at, self.withdrawn_note
        return story

    def get_admin_display_title(self) -> str:
        """The title in the desk's lists: of a live story the one that readers see, not one still to come."""
        return self.title if self.live else super().get_admin_display_title()

    def permissions_for_user(self, user: Any) -> StoryPermissions:
        """What somebody may do with it."""
        return StoryPermissions(user, self)

    @property
    def headline(self) -> str:
        """The headline; Wagtail calls it the title."""
        return self.title

    @property
    def list_headline(self) -> str:
        """The headline for lists."""
        return self.short_headline or self.title

    @property
    def authors(self) -> list[Author]:
        """The byline's authors, in order."""
        return [line.author for line in self.bylines.all()]

    @property
    def author_names(self) -> list[str]:
        """The authors' names, for the API."""
        return [author.name for author in self.authors]

    @property
    def topic_names(self) -> list[str]:
        """The topics' names, for the API."""
        return [topic.name for topic in self.topics.all()]

    def byline_names(self) -> str:
        """The byline in words, for the search."""
        return " ".join([*(author.name for author in self.authors), self.credit]).strip()

    @property
    def is_embargoed(self) -> bool:
        """Whether it is published and its embargo has not been ended yet."""
        return self.live and self.published_at is None and self.embargo_until is not None

    @property
    def was_public(self) -> bool:
        """Whether readers ever could read it; such a story is withdrawn, never deleted."""
        return self.first_published_at is not None and self.published_at is not None

    @property
    def is_taken_back(self) -> bool:
        """Whether it was public, and was withdrawn or has expired."""
        return not self.live and self.was_public and (self.withdrawn_at is not None or self.expired)

    def lasts_from(self) -> datetime | None:
        """The last moment at which readers were told of a change."""
        return self.updated_at or self.published_at


class BylineAuthor(Orderable):
    """One author of a story; their order is the byline's."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines")

    panels = panels.BYLINE
    api_fields = offered.BYLINE

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["story", "author"], name="stories_author_once_in_byline")]

    def __str__(self) -> str:
        return self.author.name
