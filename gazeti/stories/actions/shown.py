"""Which pictures and documents the published version of a page shows: their files are open while it is."""

from collections.abc import Iterable

from django.db import models, transaction
from wagtail.documents import get_document_model
from wagtail.models import Page

from gazeti import edge
from gazeti.base.actions import SITE
from gazeti.base.models import InformationPage
from gazeti.edge.tags import named
from gazeti.media.models import Picture
from gazeti.stories.actions.purge import FRONT, RECENT, purge_story
from gazeti.stories.formats import document_ids, picture_ids
from gazeti.stories.models import Shown, ShownDocument, Story


@transaction.atomic
def note_shown(page: Story | InformationPage) -> None:
    """Keep what a page shows as it is saved live, and purge the files of pictures that it shows no more."""
    raw = page.body.get_prep_value()
    there = get_document_model().objects.filter(pk__in=document_ids(raw))
    _keep(ShownDocument.objects.filter(page=page), "document_id", there, page_id=page.pk)
    if isinstance(page, Story):
        pictures = Picture.objects.filter(pk__in={*picture_ids(raw), page.lead_picture_id} - {None})
        lost = _keep(Shown.objects.filter(story=page), "picture_id", pictures, story_id=page.pk)
        edge.purge((), forget=named("picture", lost))


def purge_shown(pages: models.QuerySet[Page]) -> None:
    """Purge the files of the pictures that these pages show: they are closed, or may be."""
    shown = Shown.objects.filter(story__in=pages.values("pk")).values_list("picture", flat=True)
    edge.purge((), forget=named("picture", shown.distinct()))


@transaction.atomic
def purge_branch(page: Page) -> None:
    """A page whose privacy changed, and all below it: what shows them, and the files that they show."""
    if isinstance(page, Story) and not page.aliases.exists():
        purge_story(page, is_hidden=True)
    else:
        below = page.get_descendants(inclusive=True).values_list("pk", flat=True)
        edge.purge([SITE, RECENT, FRONT], forget=named("story", below) | named("page", below))
    purge_shown(page.get_descendants(inclusive=True))


def _keep(rows: models.QuerySet[models.Model], field: str, there: Iterable[models.Model], **of: int) -> set[int]:
    """Make the rows name exactly these, without a write where they do; tell which they name no more."""
    kept, wanted = set(rows.values_list(field, flat=True)), {one.pk for one in there}
    if lost := kept - wanted:
        rows.filter(**{f"{field}__in": lost}).delete()
    new = [rows.model(**of, **{field: pk}) for pk in sorted(wanted - kept)]
    rows.model._default_manager.bulk_create(new, ignore_conflicts=True)
    return lost
