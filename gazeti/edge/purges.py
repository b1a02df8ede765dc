"""Purges: which tags changed, appended to the log in the transaction that changed them (house decision 3)."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction

from gazeti import log
from gazeti.edge.truth import STREAM, truth


def purge(tags: Iterable[str], *, forget: Iterable[str] = (), after: Sequence[log.New] = ()) -> log.Place | None:
    """Append one purge of these tags; nothing for none. It holds if the caller's transaction does.

    Other events that the caller appends anyway may be given to be appended with it, before it.

    An answer with a tag in `forget` is not even given while Django fails: for what readers may see no more, as after a
    withdrawal. Any other that was purged may stand in for a day where nothing newer can be made.
    """
    hidden = sorted(set(forget))
    names = sorted({*tags, *hidden})
    if not names:
        log.append_all(after)
        return None
    data = {"tags": names, "forget": hidden} if hidden else {"tags": names}
    place = log.append_all([*after, (STREAM, "purge", data)])[-1]
    # Who made the change sees it in the answer to the next request, without waiting for the log to be followed.
    transaction.on_commit(partial(_act_on, place.position, names, hidden), robust=True)
    return place


def _act_on(position: int, tags: Iterable[str], forget: Iterable[str]) -> None:
    """Take in what this process committed; the files go at once, also where no worker runs that would hear of it."""
    from gazeti.edge.store import newsroom_store

    truth.note(position, tags, forget)
    store = newsroom_store()
    if store.folder.exists():
        store.let_go(position)
        if forget and not truth.heard:
            # No worker: where none runs either, nobody would hear before a start, and then perhaps from no database.
            store.forget_tags(frozenset(forget), before=position)
