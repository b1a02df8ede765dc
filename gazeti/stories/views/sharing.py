"""Making, listing and ending links to a draft, at the desk."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gazeti.stories.actions import end_share, share_draft
from gazeti.stories.forms import ShareForm
from gazeti.stories.models import Story
from gazeti.stories.queries import shares_of

if TYPE_CHECKING:
    from gazeti.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, page_id: int) -> HttpResponse:
    """The links of a story; a POST makes one, and shows its address this once."""
    story = _edited(request, page_id)
    form = ShareForm(request.POST or None)
    address, now = "", timezone.now()
    if request.method == "POST" and form.is_valid():
        _shared, token = share_draft(story, days=form.cleaned_data["days"], now=now, by=cast("User", request.user))
        address = f"{settings.GAZETI_ADDRESS}{reverse('shared_draft', args=[token])}"
    links = [{"link": link, "is_open": link.is_open(now=now)} for link in shares_of(story)]
    facts = {"story": story, "form": form, "address": address, "links": links}
    return TemplateResponse(request, "stories/share/sharing.html", facts, status=400 if form.errors else 200)


@require_POST
def end(request: HttpRequest, page_id: int, share_id: int) -> HttpResponse:
    """End one link of a story."""
    story = _edited(request, page_id)
    end_share(get_object_or_404(story.shared_drafts, pk=share_id), now=timezone.now(), by=cast("User", request.user))
    messages.success(request, _("The link shows nothing any more."))
    return redirect("story_sharing", story.pk)


def _edited(request: HttpRequest, page_id: int) -> Story:
    """The story, for who may edit it."""
    story: Story = get_object_or_404(Story, pk=page_id)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return story
