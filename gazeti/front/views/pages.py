"""Pages of the tree, each by its kind."""

from functools import singledispatch
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page

from gazeti import edge
from gazeti.base.models import InformationPage
from gazeti.comments.actions.purge import tag_of
from gazeti.comments.queries.discussions import IN_FORCE
from gazeti.comments.queries.under import UnderStory, under
from gazeti.front import queries, rules
from gazeti.front.views.answer import answer
from gazeti.front.views.coverage import coverage_answer, state_of
from gazeti.stories.actions.purge import FRONT, RECENT
from gazeti.stories.models import Front, Section, Story
from gazeti.stories.queries import run_of_section


@singledispatch
def render_page(page: Page, request: HttpRequest) -> HttpResponse:
    """Render a page of the tree; a kind that readers have no page for is not found."""
    raise Http404(f"no reader's page for {type(page).__name__}")


def page_answer(page: Any, request: HttpRequest) -> HttpResponse:
    """The answer to a reader of a page, or to an editor who previews one."""
    response: HttpResponse = render_page(page, request)
    return response


@render_page.register
def _story(page: Story, request: HttpRequest) -> HttpResponse:
    if state_of(page, request) is not None:
        return coverage_answer(page, request)
    around = queries.surroundings()
    facts = {**around, **queries.story_page(page, parts=around["parts"]), "discussion": _discussion(page)}
    tags = {RECENT, f"story:{page.pk}", tag_of(page.pk), IN_FORCE}
    tags |= {f"author:{author.pk}" for author in facts["authors"]}
    tags |= {f"topic:{topic.pk}" for topic in facts["topics"]}
    return answer(request, "front/story.html", facts, bundle="story", tags=tags)


def _discussion(page: Story) -> UnderStory:
    """What readers said under a story; in a preview, and where it is weighed before it goes out, nobody has yet."""
    return under(page, now=timezone.now(), is_new=not hasattr(page, "is_open"))


@render_page.register
def _front(page: Front, request: HttpRequest) -> HttpResponse:
    around = queries.surroundings()
    facts = {**around, **queries.front_page(page, parts=around["parts"])}
    return answer(request, "front/front.html", facts, bundle="front", tags={FRONT, RECENT})


@render_page.register
def _section(page: Section, request: HttpRequest) -> HttpResponse:
    around = queries.surroundings()
    try:
        found = queries.list_page(
            run_of_section(page.path),
            parts=around["parts"],
            asked=edge.parameter(request, "page"),
            each=rules.RECENT_ON_PAGE,
            strip_within=page.path,
        )
    except rules.NoSuchPage as error:
        raise Http404 from error
    facts = {**around, **found, "page": page, "section": page, "heading": page.title, "about": page.description}
    return answer(request, "front/list.html", facts, bundle="front", tags={f"section:{page.pk}"})


@render_page.register
def _information(page: InformationPage, request: HttpRequest) -> HttpResponse:
    facts = {**queries.surroundings(), **queries.information_page(page)}
    return answer(request, "front/information.html", facts, bundle="story", tags={f"page:{page.pk}"})
