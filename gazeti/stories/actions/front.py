"""The front: made once, laid out by the editor."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.models import Page, Site

from gazeti.stories.models import Front, FrontSlot, Story


@transaction.atomic
def make_front(*, title: str, by: AbstractBaseUser | None = None) -> Front:
    """The paper's front, made at the root of its addresses if there is none.

    Wagtail's welcome page gives way to it; the site follows the newsroom's public address.
    """
    front = Front.objects.first()
    if front is None:
        root = Page.objects.get(depth=1)
        front = Front(title=title, slug="front", owner=by)
        root.add_child(instance=front)
        front.save_revision(user=by).publish(user=by)
    _let_site_follow(front, title=title)
    Page.objects.filter(depth=2, slug="home").exclude(pk=front.pk).delete()
    return front


@transaction.atomic
def lay_out_front(
    front: Front, *, lead: Story | None, slots: Sequence[Story] = (), by: AbstractBaseUser | None = None
) -> Front:
    """Put these stories on the front, and publish it."""
    front.lead = lead
    front.slots.set([FrontSlot(story=story, sort_order=at) for at, story in enumerate(slots)])
    front.save_revision(user=by).publish(user=by)
    return front


@transaction.atomic
def follow_address() -> None:
    """Let the site stand at the newsroom's public address as it is set now; nothing to do without a front."""
    front, site = Front.objects.first(), Site.objects.filter(is_default_site=True).first()
    if front and site and (site.hostname, site.port) != _host_and_port():
        _let_site_follow(front, title=site.site_name)


def _host_and_port() -> tuple[str, int]:
    parts = urlsplit(settings.GAZETI_ADDRESS)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)


def _let_site_follow(front: Front, *, title: str) -> None:
    hostname, port = _host_and_port()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": hostname,
            "port": port,
            "root_page": front,
            "site_name": title,
        },
    )
