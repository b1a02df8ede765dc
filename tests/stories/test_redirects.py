"""Redirects that editors make by hand: where they lead, and which kept answers a change of one makes untrue."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from gazeti import edge, log
from tests.newsroom import make_paper, make_story
from tests.stories.test_moved import desk, purged, there

__all__ = ["desk"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_permanent", "status"), [(True, 301), (False, 302)])
def test_redirects_that_editors_make_lead_elsewhere(desk: Client, is_permanent: bool, status: int) -> None:
    make_paper()
    nothing, position = Client().get("/old/page.html"), log.head()
    facts = {"old_path": "/old/page.html", "redirect_link": "https://example.org/new", "is_permanent": is_permanent}
    assert desk.post(reverse("wagtailredirects:add"), facts).status_code == 302
    assert there("/old/page.html") == (status, "https://example.org/new")
    assert edge.tags_of(nothing) & purged(position)
    led, position = Client().get("/old/page.html"), log.head()
    Redirect.objects.get().delete()
    assert edge.tags_of(led) & purged(position)
    assert there("/old/page.html") == (404, "")


def test_a_redirect_that_an_editor_moves_leads_from_its_first_address_no_more(desk: Client) -> None:
    redirect = Redirect.add_redirect("/first.html", redirect_to=make_story())
    led, position = Client().get("/first.html"), log.head()
    facts = {"old_path": "/second.html", "redirect_link": "https://example.org/new", "is_permanent": True}
    assert desk.post(reverse("wagtailredirects:edit", args=[redirect.pk]), facts).status_code == 302
    assert edge.tags_of(led) & purged(position)
    assert "path:/second.html" in purged(position)
    assert there("/first.html") == (404, "")


def test_an_editors_redirect_may_look_at_the_query() -> None:
    story = make_story()
    Redirect.add_redirect("/index.php?p=12", redirect_to=story)
    assert there("/index.php?p=12") == (301, story.address)
    assert there("/index.php?p=13") == (404, "")


@pytest.mark.parametrize("path", ["/with%20space", "/100%25", "/kahawa-%C3%A9", "/caf%C3%A9/"])
def test_a_redirect_is_purged_by_the_address_as_requests_have_it(desk: Client, path: str) -> None:
    redirect = Redirect.add_redirect(path, redirect_to=make_story())
    led, position = Client().get(path), log.head()
    assert led.status_code == 301
    assert desk.post(reverse("wagtailredirects:delete", args=[redirect.pk])).status_code == 302
    assert {tag for tag in edge.tags_of(led) if tag.startswith("path:")} <= purged(position)
