"""What follows a change at the desk: the pages that show it are purged."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from gazeti.base.actions import purge_information_page, purge_site
from gazeti.base.models import InformationPage, Newspaper, refuse_reserved
from gazeti.base.rules import FRONT_DEPTH


@receiver(post_save, sender=Newspaper, dispatch_uid="base.newspaper_saved")
def newspaper_saved(**_signal: Any) -> None:
    """The paper's name stands on every page."""
    purge_site()


@receiver(page_published, sender=InformationPage, dispatch_uid="base.information_published")
@receiver(page_unpublished, sender=InformationPage, dispatch_uid="base.information_unpublished")
def information_changed(instance: InformationPage, **_signal: Any) -> None:
    """Its own page and, in every footer, its title."""
    purge_information_page(instance)


@receiver(pre_save, dispatch_uid="base.about_to_have_an_address")
def page_about_to_have_an_address(instance: Model, *, raw: bool = False, **_signal: Any) -> None:
    """Refuse a reserved address by every door: drafts, copies and moves are saved without a look at it."""
    if isinstance(instance, Page) and instance.depth == FRONT_DEPTH + 1 and not raw:
        refuse_reserved(instance.slug)
