"""What readers will load of a story, told beside its preview: of what is typed there, or of what was saved last."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.preview import PreviewOnEditView

from gazeti.base.models import filled
from gazeti.media.queries import pending_pictures
from gazeti.plain.numbers import file_size
from gazeti.stories.models import Story
from gazeti.stories.queries import pictures_in
from gazeti.stories.rules.warnings import FIRST_VIEW


class StoryWeight(PreviewOnEditView):
    """GET: a page that tells what was saved last; with `?typed` a program's answer on what the preview shows."""

    http_method_names = ("get",)

    def get_object(self) -> Story:
        """The latest revision of the story, for who may edit it."""
        page = super().get_object()
        if not isinstance(page, Story):
            raise Http404
        return page

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Weigh and tell."""
        if "typed" in request.GET:
            self.take_what_is_typed()
            lines, is_over = told(self.object)
            return JsonResponse({"lines": lines, "over": is_over})
        lines, is_over = told(self.object)
        return TemplateResponse(
            request, "stories/preview/weight.html", {"story": self.object, "lines": lines, "is_over": is_over}
        )

    def take_what_is_typed(self) -> None:
        """Let the story in memory be what the preview shows, where that is complete enough to be shown."""
        form = self.get_form(self._get_form_data(self._get_form_state()))
        if self.validate_form(form):
            form.save(commit=False)


def told(story: Story) -> tuple[list[str], bool]:
    """Sentences on what readers will load of a story, and whether that is more than it should be."""
    weights = [weigh(story) for weigh in filled("weight")]
    lines = [_sentence(weight.first_view, weight.pictures) for weight in weights]
    is_over = any(weight.first_view > FIRST_VIEW for weight in weights)
    if is_over:
        too_much = _("The first view is over %(most)s bytes: on a poor line readers wait twice. Shorten the story.")
        lines.append(too_much % {"most": number_format(FIRST_VIEW, force_grouping=True)})
    if pending_pictures(pictures_in(story)):
        lines.append(_("Some pictures are still being prepared, and are not counted yet."))
    return lines, is_over


def _sentence(first_view: int, pictures: int) -> str:
    return _("First view %(first_view)s bytes, pictures %(pictures)s.") % {
        "first_view": number_format(first_view, force_grouping=True),
        "pictures": file_size(pictures, language=get_language() or "en"),
    }
