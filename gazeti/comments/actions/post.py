"""Taking a comment: number, place, words, traces, the first decision and the log in one transaction.

Whatever needs thought is done before: cleaning, the facts, the policy. On SQLite one comment is written at a time.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from gazeti import log
from gazeti.accounts.models import Reader
from gazeti.comments.actions.numbers import next_number
from gazeti.comments.actions.rows import insert
from gazeti.comments.actions.states import STREAM, announce
from gazeti.comments.models import Comment, CommentText, CommentTrace, Decision, Evidence
from gazeti.comments.queries.facts import fingerprint_of, place_of
from gazeti.comments.rules import Facts, Finding, Kind, Said, State, judged, waits_besides
from gazeti.plain.mailboxes import canonical
from gazeti.stories.models import Story

ADDRESS_DAYS = 30
ANSWERED = (
    "SELECT root, branch FROM gazeti_comments_comment WHERE story_id = %s AND number = %s AND state = 'published'"
)
CLAIM = """
    INSERT INTO gazeti_accounts_reader (email, name, known_since) VALUES (%(email)s, %(name)s, %(now)s)
    ON CONFLICT (email) WHERE user_id IS NULL AND NOT (email = '') DO UPDATE SET email = excluded.email
    RETURNING id
"""


class NothingToAnswer(Exception):
    """There is no comment of that number in the story that readers are shown; of what is gone only the place is."""


def post_comment(
    story: Story,
    *,
    said: Said,
    facts: Facts,
    reader: Reader | None,
    reply_to: int | None,
    address: str,
    device: str,
    badge: str,
    now: datetime,
    finding: Finding | None = None,
    address_days: int = ADDRESS_DAYS,
) -> Comment:
    """Take what a reader said; `finding` is what `judged` said of it, where the caller has a transaction open by now.

    Whoever is not signed in is who the address claims. Raises NothingToAnswer, and writes nothing.
    """
    found = finding or judged(said, facts)
    fingerprint = fingerprint_of(said.body)
    besides = waits_besides(said, facts) if found.state == State.HELD else ""
    until = now + timedelta(days=address_days)
    trace = {"address": place_of(address), "device": device, "waits_for": besides, "kept_until": until}
    # Only an answer may be refused in here; without a savepoint, that others wait for, a caller could not go on then.
    with transaction.atomic(savepoint=reply_to is not None):
        place = _numbered(story, said=said, found=found, reply_to=reply_to, now=now)
        whole = {**place, "reader_id": reader.pk if reader else _claimed(said, now=now), "badge": badge}
        comment = _written(whole)
        insert(CommentText, comment_id=comment.pk, body=said.body, name=said.name, fingerprint=fingerprint)
        insert(CommentTrace, comment_id=comment.pk, **trace)
        _note(comment, found=found)
    return comment


def _written(facts: dict[str, Any]) -> Comment:
    comment = Comment(pk=insert(Comment, **facts), **facts)
    comment._state.adding, comment._state.db = False, "default"
    return comment


def _numbered(story: Story, *, said: Said, found: Finding, reply_to: int | None, now: datetime) -> dict[str, Any]:
    """The comment's place and state. From here on whoever else writes under the story waits, and sees what is done."""
    is_out = found.state == State.PUBLISHED
    number = next_number(story.pk, is_published=is_out)
    return {
        "story_id": story.pk,
        "number": number,
        "reply_to": reply_to,
        "state": found.state,
        "sent_at": now,
        "language": said.language,
        "decisions_made": 1,
        "is_shown": is_out,
        "published_at": now if is_out else None,
        **_place(story, number=number, reply_to=reply_to),
    }


def _place(story: Story, *, number: int, reply_to: int | None) -> dict[str, int]:
    """The thread and the branch of it; how deep a reply stands plays no part."""
    if reply_to is None:
        return {"root": number, "branch": 0}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [story.pk, reply_to])
        answered = cursor.fetchone()
    if answered is None:
        raise NothingToAnswer
    root, branch = answered
    return {"root": root, "branch": branch or number}


def _claimed(said: Said, *, now: datetime) -> int | None:
    """The reader who claims an address, made with their first comment; two at once are one."""
    if not said.email:
        return None
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"email": canonical(said.email), "name": said.name, "now": moment})
        return int(cursor.fetchone()[0])


def _note(comment: Comment, *, found: Finding) -> None:
    """The first decision, which the policy made, in the log and told to whoever follows."""
    decision = insert(
        Decision,
        comment_id=comment.pk,
        reader_id=comment.reader_id,
        kind=Kind.RECEIVED,
        after=found.state,
        rule=found.rule,
        at=comment.sent_at,
    )
    if found.words:
        insert(Evidence, decision_id=decision, words=list(found.words))
    facts = {"decision": decision, "comment": comment.pk, "story": comment.story_id, "kind": Kind.RECEIVED}
    decided = (STREAM, "decided", {**facts, "before": "", "after": found.state, "rule": found.rule, "by": None})
    if found.state == State.PUBLISHED:
        announce(comment, is_gone=False, after=[decided])
    else:
        log.append_all([decided])
