"""What was due and could not be done: kept, tried again ever later, and told once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from gazeti.log import ledger
from gazeti.log.clock.jobs import Item, Job
from gazeti.log.models import Failure

logger = logging.getLogger(__name__)

STREAM = "clock"
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
UNFORESEEN = "Nobody foresaw what went wrong ({kind}: {what}). It is tried again; the server's log tells more."
LONGEST_REASON = 300
MOST_REASONS = 20


def open_failures() -> list[Failure]:
    """What is due and could not be done so far, the oldest first."""
    return list(Failure.objects.filter(resolved_at=None).order_by("first_at", "pk"))


def record(error: Exception, *, job: Job, item: Item, confirm: Callable[[], None], now: datetime) -> None:
    """Keep what went wrong with an item, and tell of it if nobody has been told yet; `confirm` holds the lease."""
    with transaction.atomic():
        confirm()
        failure = _kept(sentences_of(error), job=job, item=item, now=now)
    if failure.told_at is None and job.told:
        _tell(failure, job=job, confirm=confirm, now=now)


def resolve(failure: Failure, *, now: datetime) -> None:
    """Close it, in the caller's transaction: it worked, or is no longer due."""
    if Failure.objects.filter(pk=failure.pk, resolved_at=None).update(resolved_at=now):
        ledger.append(STREAM, "resolved", _ids(failure))


def reasons_of(error: Exception) -> list[str]:
    """The sentences in which an error says what to do: its `reasons`, or Django's `messages`; none if it has none."""
    reasons = getattr(error, "reasons", None) or getattr(error, "messages", None) or []
    return [str(reason) for reason in reasons][:MOST_REASONS]


def sentences_of(error: Exception) -> list[str]:
    """What is listed of an error: its reasons; one that nobody foresaw is named."""
    if reasons := reasons_of(error):
        return reasons
    what = (str(error).strip().splitlines() or ["no reason given"])[0][:LONGEST_REASON].rstrip(".")
    return [UNFORESEEN.format(kind=type(error).__name__, what=what)]


def pause_after(tries: int) -> timedelta:
    """How long to wait before the next try: a minute, then twice as long each time, an hour at most."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 10))


def _kept(sentences: list[str], *, job: Job, item: Item, now: datetime) -> Failure:
    failure = Failure.objects.filter(job=job.name, key=item.key, resolved_at=None).first()
    is_new = failure is None
    failure = failure or Failure(job=job.name, key=item.key, about=item.about, first_at=now, tries=0)
    failure.sentences, failure.last_at, failure.tries = sentences, now, failure.tries + 1
    failure.next_try_at = now + pause_after(failure.tries)
    failure.save()
    if is_new:
        ledger.append(STREAM, "failed", _ids(failure))
    return failure


def _tell(failure: Failure, *, job: Job, confirm: Callable[[], None], now: datetime) -> None:
    """Once: what is enqueued and that it was stand in one transaction. Where that fails the next try tells."""
    try:
        with transaction.atomic():
            confirm()
            Failure.objects.filter(pk=failure.pk).update(told_at=now)
            if job.told:
                job.told(failure)
    except Exception:
        logger.exception("Nobody could be told that %s failed.", failure)


def _ids(failure: Failure) -> dict[str, object]:
    return {"failure": failure.pk, "job": failure.job, "key": failure.key, "about": failure.about}
