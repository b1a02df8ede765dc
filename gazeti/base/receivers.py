"""What follows a change at the desk: the pages that show it are purged."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from gazeti.base.actions import purge_information_page, purge_site
from gazeti.base.models import InformationPage, Newspaper


@receiver(post_save, sender=Newspaper, dispatch_uid="base.newspaper_saved")
def newspaper_saved(**_signal: Any) -> None:
    """The paper's name stands on every page."""
    purge_site()


@receiver(page_published, sender=InformationPage, dispatch_uid="base.information_published")
@receiver(page_unpublished, sender=InformationPage, dispatch_uid="base.information_unpublished")
def information_changed(instance: InformationPage, **_signal: Any) -> None:
    """Its own page and, in every footer, its title."""
    purge_information_page(instance)
