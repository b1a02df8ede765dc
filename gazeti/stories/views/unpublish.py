"""The desk's questions before a story that was out is taken down, and its answer to whoever would delete one."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from gazeti.stories.actions import withdraw_stories
from gazeti.stories.forms import UnpublishForm
from gazeti.stories.models import Story
from gazeti.stories.queries import once_public_in

SHOWN = 10
"""Stories that are named where none of many may be deleted."""


def suggested_note() -> str:
    """The sentence that stands in the form, in the language of the paper."""
    with override(settings.GAZETI_LANGUAGE):
        return gettext("It was published here, and the newsroom has withdrawn it since.")


def form_for(pages: Iterable[Page], data: Any = None) -> UnpublishForm | None:
    """The questions about these pages; None where neither they nor what is below them was public."""
    found, chosen = list(once_public_in(pages).filter(live=True)), {page.pk for page in pages}
    if not found:
        return None
    return UnpublishForm(
        data,
        initial={"note": suggested_note()},
        is_asked=any(story.pk in chosen for story in found),
        has_pages_below=any(story.pk not in chosen for story in found),
    )


def stories_to_withdraw(pages: Iterable[Page], *, with_below: bool, may: Callable[[Page], bool]) -> list[Story]:
    """The public stories among these pages, and below them if that was asked for, that somebody may take down."""
    chosen = {page.pk for page in pages}
    found = once_public_in(pages).filter(live=True)
    return [story for story in found if (with_below or story.pk in chosen) and may(story)]


class Unpublish(UnpublishView):
    """Asks of what was public whether it is withdrawn or goes back to a draft."""

    template_name = "stories/unpublish/page.html"

    @cached_property
    def form(self) -> UnpublishForm | None:
        """The questions, filled in where they were answered."""
        return form_for([self.object], self.request.POST if self.request.method == "POST" else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or ask again."""
        if self.form and not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        return super().post(request, *args, **kwargs)

    def unpublish(self) -> HttpResponse | None:
        """Withdraw first what is to be withdrawn; Wagtail takes down the rest."""
        if self.form and self.form.withdraws:
            below = bool(self.form.cleaned_data["include_descendants"])
            found = stories_to_withdraw([self.object], with_below=below, may=self._may)
            note = self.form.cleaned_data["note"]
            withdraw_stories(found, now=timezone.now(), note=note, by=self.request.user)
            self.object.refresh_from_db()
        return super().unpublish()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions beside Wagtail's own facts."""
        return {**super().get_context_data(**kwargs), "form": self.form}

    def _may(self, page: Page) -> bool:
        return bool(page.permissions_for_user(self.request.user).can_unpublish())


class BulkUnpublish(UnpublishBulkAction):
    """Asks once for all pages that were chosen."""

    template_name = "stories/unpublish/bulk.html"

    def get_form(self, form_class: Any = None) -> Any:
        """The questions, or Wagtail's own form where nothing of it was public."""
        pages, _others = self.get_actionable_objects()
        data = self.request.POST if self.request.method == "POST" else None
        return form_for(pages, data) or super().get_form(form_class)

    def get_execution_context(self) -> dict[str, Any]:
        """What the form says, for the class's own method."""
        form = self.cleaned_form
        asked = {**form.cleaned_data, "withdraws": isinstance(form, UnpublishForm) and form.withdraws}
        below = bool(asked.pop("include_descendants"))
        return {"user": self.request.user, "permission_checker": self.check_perm, "include_descendants": below, **asked}

    @classmethod
    def execute_action(
        cls, objects: list[Page], *, withdraws: bool = False, note: str = "", **context: Any
    ) -> tuple[int, int]:
        """Withdraw first what is to be withdrawn; Wagtail takes down the rest. Tells how many pages, and below them."""
        withdrawn: list[Story] = []
        if withdraws:
            may, below = context["permission_checker"], context["include_descendants"]
            withdrawn = stories_to_withdraw(objects, with_below=below, may=may)
            withdraw_stories(withdrawn, now=timezone.now(), note=note, by=context["user"])
        done = {story.pk for story in withdrawn}
        chosen = done & {page.pk for page in objects}
        pages, others = super().execute_action([page for page in objects if page.pk not in done], **context)
        return pages + len(chosen), others + len(done) - len(chosen)


class KeptPage(TemplateResponse):
    """Says why these are not deleted, and what to do instead (409)."""

    def __init__(self, request: HttpRequest, stories: list[Story]) -> None:
        """Name the first of them."""
        facts = {"stories": stories[:SHOWN], "more": max(0, len(stories) - SHOWN)}
        super().__init__(request, "stories/unpublish/kept.html", facts, status=409)


def answer_to_deletion(request: HttpRequest, pages: Iterable[Page]) -> KeptPage | None:
    """What the desk says to whoever would delete these pages; None where they may go."""
    kept = list(once_public_in(pages))
    return KeptPage(request, kept) if kept else None
