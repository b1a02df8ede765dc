"""Comments posted while workers and whole servers are killed as by `kill -9`: what was answered is kept, and once.

Ten servers and ninety workers here, thousands in `make soak` (tests/soak/test_comments.py).
"""

import json
import os
import signal
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bench.lines import holders
from tests.cli.commenting import Form, laid
from tests.cli.posters import Answer, Posters
from tests.cli.processes import Server, serving, until
from tests.cli.test_clock import Paper

SERVERS, WORKERS_EACH = 10, 9
READERS, WORKERS = 6, 3
FORMS = 8_000
ENDED = "; a new one starts in"
COMMENTS = """
    SELECT comment.id, story_id, number, state, body FROM gazeti_comments_comment AS comment
    LEFT JOIN gazeti_comments_commenttext AS text ON text.comment_id = comment.id ORDER BY comment.id
"""
TRUSTED = {"GAZETI_TRUSTED_PROXIES": "127.0.0.1"}


def test_after_ten_killed_servers_and_ninety_killed_workers_every_comment_that_was_answered_is_there_once(
    paper: Path,
) -> None:
    outcome = killed(paper, servers=SERVERS, workers_each=WORKERS_EACH, forms=FORMS, seed=5)
    assert outcome.broken >= SERVERS, "somebody was in the middle of it"
    assert outcome.unheard, "somebody was not told of what was taken"


def killed(home: Path, *, servers: int, workers_each: int, forms: int, seed: int) -> "Outcome":
    """Post without a pause while so many servers are killed, and so many workers of each before it; then judge."""
    found, dice = laid(home, forms), Random(seed)
    posters = Posters(iter(found.forms))
    with posters.posting(READERS):
        for _ in range(servers):
            with serving(home, "--workers", str(WORKERS), **TRUSTED) as server:
                posters.port = server.port
                kill_workers(server, posters, workers_each, dice)
                kill_server(server, posters, dice)
        with serving(home, "--workers", str(WORKERS), **TRUSTED) as server:
            posters.port = server.port
            posters.wait_for(READERS)
            posters.end()
    assert posters.faults == []
    judge = Judge(home, found.stories, posters)
    judge.judge()
    return Outcome(posters.accepted, posters.broken, judge.unheard())


def kill_workers(server: Server, posters: Posters, number: int, dice: Random) -> None:
    """Kill one worker after the other, each with readers on its connections, after a few comments more."""
    for killed_before in range(number):
        posters.wait_for(dice.randrange(1, 9))
        kill(dice.choice(until(lambda: busy_workers(server), "a worker has readers")))
        until(partial(more_ended, server, killed_before), "it is missed")


def more_ended(server: Server, before: int) -> bool:
    """Whether the server has told of one more that ended."""
    return server.said().count(ENDED) > before


def busy_workers(server: Server) -> list[int]:
    """The workers that somebody has a connection to."""
    return sorted(set(holders(server.port, server.children("web")).values()))


def kill_server(server: Server, posters: Posters, dice: Random) -> None:
    """Kill every process of it at once."""
    posters.wait_for(dice.randrange(1, 9))
    kill(server.process.pid, *server.children())
    server.process.wait(30)
    until(lambda: server.left() == [], "no process is left")


def kill(*pids: int) -> None:
    """End processes at once, whatever they do."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class Outcome(NamedTuple):
    """How many comments were taken, how many answers broke off or never came, and how many of these were of comments
    that had been taken all the same, so that only the key kept them from being there twice.
    """

    accepted: int
    broken: int
    unheard: int


class Judge:
    """Compares what readers were told with what the database and the log hold."""

    def __init__(self, home: Path, stories: dict[str, int], posters: Posters) -> None:
        """Take both sides."""
        self.paper, self.stories, self.posters = Paper(home), stories, posters
        self.bodies = [form.fields["body"] for form in posters.sent]
        self.comments = self.paper.rows(COMMENTS)

    def judge(self) -> None:
        """See that everything is there, once."""
        assert self.posters.sent, "somebody posted"
        assert self.paper.rows("PRAGMA integrity_check") == [("ok",)]
        assert len(self.posters.answers) == len(self.posters.sent)
        assert Counter(row[4] for row in self.comments) == Counter(self.bodies), "each comment once, none else"
        self.answers_are_true()
        self.numbers_have_no_gap()
        self.each_has_all_its_rows()
        self.log_has_each_once()

    def answers_are_true(self) -> None:
        """See that each answer tells of the comment that is there, and that two answers to one comment are one."""
        kept = {body: (pk, number, state) for pk, _story, number, state, body in self.comments}
        for form in self.posters.sent:
            answers = self.posters.answers[form.key]
            assert len(set(answers)) == 1, form.key
            assert told(form, answers[0], *kept[form.fields["body"]]), (form.key, answers[0])

    def numbers_have_no_gap(self) -> None:
        """See that each story's comments are numbered from 1, and counted as they are."""
        counts = {story: (last, shown) for story, last, shown in self.paper.rows(
            "SELECT story_id, last, published FROM gazeti_comments_discussion"
        )}  # fmt: skip
        for story in self.stories.values():
            mine = [row for row in self.comments if row[1] == story]
            assert [row[2] for row in mine] == list(range(1, len(mine) + 1))
            assert counts[story] == (len(mine), sum(row[3] == "published" for row in mine))

    def each_has_all_its_rows(self) -> None:
        """See that traces, decisions, readers, kept answers and used up work are as many as comments."""
        pks = [row[0] for row in self.comments]
        for table in ("commenttrace", "decision"):
            found = self.paper.rows(f"SELECT comment_id FROM gazeti_comments_{table} ORDER BY comment_id")  # noqa: S608
            assert [pk for (pk,) in found] == pks, table
        for table in ("gazeti_accounts_reader", "gazeti_guard_keptanswer", "gazeti_guard_done"):
            assert self.paper.rows(f"SELECT count(*) FROM {table}") == [(len(pks),)], table  # noqa: S608

    def log_has_each_once(self) -> None:
        """See that each decision, each publication and each purge is in the log, and no number is missing in it."""
        public = [row for row in self.comments if row[3] == "published"]
        assert [data["comment"] for data in self.logged("moderation")] == [row[0] for row in self.comments]
        assert [data["comment"] for data in self.logged("comments")] == [row[0] for row in public]
        purged = Counter(tag for data in self.logged("purges") for tag in data["tags"] if tag.startswith("comments:"))
        assert purged == Counter(f"comments:{row[1]}" for row in public)

    def unheard(self) -> int:
        """How many comments had been taken before they were sent for the answer that came."""
        moments = self.paper.rows("SELECT id, (julianday(sent_at) - 2440587.5) * 86400 FROM gazeti_comments_comment")
        kept, keys = dict(moments), {form.fields["body"]: form.key for form in self.posters.sent}
        return sum(kept[row[0]] < self.posters.began[keys[row[4]]] - 0.001 for row in self.comments)

    def logged(self, stream: str) -> list[Any]:
        """Return what one stream says, whose entries are numbered without a gap."""
        rows = self.paper.rows("SELECT number, data FROM gazeti_log_event WHERE stream = ? ORDER BY position", stream)
        first = rows[0][0] if rows else 1
        assert [number for number, _data in rows] == list(range(first, first + len(rows))), stream
        return [json.loads(data) for _number, data in rows]


def told(form: Form, answer: Answer, pk: int, number: int, state: str) -> bool:
    """Whether an answer tells of that comment."""
    public = f"{form.address}comments/{number}/"
    leads = answer.location == public if state == "published" else "/comments/mine/" in answer.location
    if answer.status != 201:
        return leads
    said = json.loads(answer.body)
    return leads and (said["id"], said["number"], said["state"]) == (pk, number, state)
