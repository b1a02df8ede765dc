"""The numbers of the page of the rules are counted anew, by the clock."""

from datetime import datetime

from django.db import transaction

from gazeti import edge
from gazeti.comments.actions.purge import POLICY
from gazeti.comments.models import PolicyNumbers
from gazeti.comments.queries.numbers import counted, numbers_due
from gazeti.log.clock import Item


@transaction.atomic
def count_numbers(_item: Item, *, now: datetime) -> None:
    """Count, keep it with the moment, and purge the page if anything is another number."""
    if not numbers_due(now=now):
        return
    before = PolicyNumbers.objects.filter(pk=PolicyNumbers.ONLY).first()
    facts = counted(now=now)
    PolicyNumbers.objects.update_or_create(pk=PolicyNumbers.ONLY, defaults={"at": now, "facts": facts})
    if before is None or before.facts != facts:
        edge.purge([POLICY])
