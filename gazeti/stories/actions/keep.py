"""What a newsroom never loses: a story that was out, and the addresses at which its pages were."""

from collections.abc import Mapping
from urllib.parse import unquote

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.stories.models import Story

BATCH = 500
FEW = 50
"""Addresses up to which each is purged; beyond, it is every page."""


class OncePublished(PermissionDenied):
    """A story that was out is not deleted, by anybody; the message is a sentence that says what to do."""


def keep_published(story: Story) -> None:
    """Refuse to delete a story that readers could read once. Raises OncePublished."""
    if story.was_public:
        sentence = _(
            "“%(headline)s” was published, so it is not deleted. Withdraw it: its address then tells readers so."
        )
        raise OncePublished(sentence % {"headline": story.headline})


@transaction.atomic
def keep_addresses(page: Page, *, moved: Mapping[str, int]) -> None:
    """Lead from old addresses to the pages (by id) that moved with this one, and purge what is answered at both ends.

    Whatever led elsewhere from one of them does so no more: the page was the last that was there.
    """
    old = {Redirect.normalise_path(address): pk for address, pk in moved.items()}
    paths, site = list(old), Site.objects.filter(is_default_site=True).first()
    for at in range(0, len(paths), BATCH):
        Redirect.objects.filter(old_path__in=paths[at : at + BATCH]).delete()
    rows = [
        Redirect(old_path=path, site=site, redirect_page_id=pk, automatically_created=True) for path, pk in old.items()
    ]
    Redirect.objects.bulk_create(rows, batch_size=BATCH)
    is_one = len(old) <= FEW and isinstance(page, Story)
    edge.purge({f"story:{page.pk}", *_tags_of(paths)} if is_one else {SITE})


def purge_redirect(redirect: Redirect, *, before: str = "") -> None:
    """What is answered at the path of a redirect that an editor made, changed or took away, and at the one it had."""
    edge.purge(_tags_of([redirect.old_path, *filter(None, [before])]))


def _tags_of(paths: list[str]) -> set[str]:
    """Of a redirect's paths, as it keeps them and as a request has them: some signs stay encoded there, none here."""
    bare = {path.partition("?")[0].rstrip("/") for path in paths}
    return {f"path:{path}{end}" for one in bare for path in (one, unquote(one)) for end in ("", "/")}
