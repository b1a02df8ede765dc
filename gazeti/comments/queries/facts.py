"""What is known of a comment and its sender when it comes; read before anything is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.text import slugify

from gazeti.accounts.models import Reader, User
from gazeti.accounts.rules import ROLES
from gazeti.comments.formats import folded
from gazeti.comments.models import ReaderStanding
from gazeti.comments.queries.discussions import policy_in_force, standing_of
from gazeti.comments.rules import REPEATED_FROM, Facts, Said
from gazeti.guard.marks import mark
from gazeti.plain.mailboxes import canonical
from gazeti.stories.models import Story
from gazeti.stories.queries.prepared import Prepared

DAY = timedelta(days=1)
PACE = timedelta(seconds=10)
"""Nobody reads what they answer and writes again in less."""
NEIGHBOURS = 2
"""How many others may write within that time from one network with browsers that say the same of themselves."""
NEWEST = 50
"""How many of a reader's last comments tell whether they were published before."""
KNOWN = """
    SELECT
        (SELECT COUNT(*) FROM (SELECT state FROM gazeti_comments_comment WHERE reader_id = %(reader)s
            AND id <> %(but)s ORDER BY sent_at DESC LIMIT %(newest)s) AS last WHERE state = 'published'),
        EXISTS (SELECT 1 FROM gazeti_comments_readerstanding WHERE reader_id = %(reader)s)
        OR EXISTS (SELECT 1 FROM gazeti_comments_readerstanding
            WHERE reader_id IN (SELECT id FROM gazeti_accounts_reader WHERE email = %(email)s)),
        EXISTS (SELECT 1 FROM gazeti_comments_commenttext AS text
            JOIN gazeti_comments_comment AS said ON said.id = text.comment_id
            LEFT JOIN gazeti_comments_commenttrace AS trace ON trace.comment_id = text.comment_id
            WHERE text.fingerprint = %(fingerprint)s AND said.sent_at > %(day)s AND said.id <> %(but)s
            AND NOT (said.state = 'spam' AND COALESCE((SELECT rule FROM gazeti_comments_decision
                WHERE comment_id = said.id ORDER BY id DESC LIMIT 1), '') IN ('trap-filled', 'trap-forged'))
            AND (%(is_long)s OR said.reader_id = %(reader)s
                OR (trace.address = %(address)s AND trace.device = %(device)s))),
        EXISTS (SELECT 1 FROM gazeti_comments_comment
            WHERE reader_id = %(reader)s AND sent_at > %(pace)s AND id <> %(but)s)
        OR EXISTS (SELECT 1 FROM (SELECT comment_id FROM gazeti_comments_commenttrace
            WHERE address = %(address)s AND device = %(device)s
            ORDER BY comment_id DESC LIMIT 1 OFFSET %(neighbours)s) AS trace
            JOIN gazeti_comments_comment AS said ON said.id = trace.comment_id
            WHERE said.sent_at > %(pace)s),
        EXISTS (SELECT 1 FROM gazeti_stories_author WHERE slug = %(slug)s)
"""
"""In one question and as SQL: a comment waits for it, and to compile it takes Django ten times as long.

What a trap put aside, and no person has decided about since, was not said before: its writer is asked to send it again.
"""
STAFF = Prepared(
    lambda groups: (
        User.objects.filter(Q(groups__name__in=groups) | Q(is_superuser=True), is_active=True)
        .distinct()
        .values_list("first_name", "last_name")
    )
)

CLAIMED = Prepared(lambda email: Reader.objects.filter(email=email, user=None).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a comment: from where, and who that is known to be.

    `reader` may only be claimed by an email address; `is_signed_in` says whether it is proven. `badge` is a role.
    """

    address: str
    device: str
    reader: Reader | None = None
    is_signed_in: bool = False
    badge: str = ""

    @property
    def place(self) -> str:
        """The mark of the network, as a comment's trace keeps it."""
        return place_of(self.address)


def place_of(address: str) -> str:
    """The mark under which a comment's trace keeps the network that it came from."""
    return mark("comment from", address)


@lru_cache(maxsize=64)
def fingerprint_of(body: str) -> str:
    """A mark of words, the same however they are spaced, accented or written in capitals.

    It is asked for before the transaction and again inside it.
    """
    return mark("said", folded(body))


def claimed_reader(email: str) -> Reader | None:
    """The reader of whom only that somebody claims this address is known; None before their first comment."""
    address = canonical(email)
    rows = CLAIMED.rows(email=address, limit=1) if address else ()
    return next((Reader(pk=number, email=address) for (number,) in rows), None)


def facts_for(
    story: Story,
    *,
    said: Said,
    sender: Sender,
    now: datetime,
    trapped: tuple[str, ...] = (),
    has_worked: bool = False,
    but: int = 0,
) -> Facts:
    """What the policy asks about what was said; `but` is the id of the comment that this is another version of."""
    approved, has_standing, is_repeated, is_too_fast, is_author = _known(said, sender=sender, now=now, but=but)
    discussed, policy = standing_of(story, now=now), policy_in_force()
    return Facts(
        now=now,
        mode=discussed.mode,
        is_open=discussed.is_open,
        is_staff=bool(sender.badge),
        is_signed_in=sender.is_signed_in,
        approved=approved,
        is_repeated=bool(is_repeated),
        is_too_fast=bool(is_too_fast),
        trapped=trapped,
        has_worked=has_worked,
        asks_for_work=policy.asks_for_work,
        first_time_waits=policy.first_time_waits,
        links_allowed=policy.links_allowed,
        uses_starter_words=policy.uses_starter_words,
        staff_names=_staff_names(said.name, is_author=bool(is_author)),
        banned_words=_lines(policy.banned_words),
        suspect_words=_lines(policy.suspect_words),
        **(_standing(sender.reader, email=_email_of(said, sender)) if has_standing else {}),
    )


def _known(said: Said, *, sender: Sender, now: datetime, but: int) -> tuple[Any, ...]:
    moments = {"day": now - DAY, "pace": now - PACE}
    asked = {
        "reader": sender.reader.pk if sender.reader else None,
        "email": _email_of(said, sender) or None,
        "newest": NEWEST,
        "neighbours": NEIGHBOURS,
        "fingerprint": fingerprint_of(said.body),
        "is_long": len(folded(said.body)) >= REPEATED_FROM,
        "address": sender.place,
        "device": sender.device,
        "but": but,
        "slug": slugify(folded(said.name))[:100],
        **{name: connection.ops.adapt_datetimefield_value(moment) for name, moment in moments.items()},
    }
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, asked)
        return tuple(cursor.fetchone())


def _email_of(said: Said, sender: Sender) -> str:
    """The address that somebody proves or claims; empty for the newsroom's people."""
    return canonical(sender.reader.email if sender.reader else said.email)


def _standing(reader: Reader | None, *, email: str) -> dict[str, Any]:
    """What a moderator decided about the reader, and about whoever proved or claimed the same address.

    Otherwise whom it binds would sign out, or in, and go on.
    """
    theirs = Q(reader=reader) if reader else Q(pk=None)
    found = list(ReaderStanding.objects.filter(theirs | (Q(reader__email=email) if email else Q(pk=None))))
    ends = [one.suspended_until for one in found if one.suspended_until]
    return {
        "is_banned": any(one.is_banned for one in found),
        "is_muted": any(one.is_muted for one in found),
        "suspended_until": max(ends, default=None),
    }


def _staff_names(name: str, *, is_author: bool) -> frozenset[str]:
    """The folded names of whoever signs in to the desk, and this one if it is an author's."""
    names = {folded(" ".join(both)) for both in STAFF.rows(groups=list(ROLES.values()))} - {""}
    return frozenset(names | {folded(name)} if is_author else names)


def _lines(text: str) -> tuple[str, ...]:
    """The newsroom's own words, one a line."""
    return tuple(filter(None, map(str.strip, text.splitlines())))
