"""One author's desk, a process of its own on GAZETI_HOME: `python -m tests.live.chaos.desk STORY SKEW`.

It reads what is wanted as lines of JSON, does it by the project's actions with a clock that is SKEW seconds off, and
answers each line once it is committed. What was done already, before the process was killed, it finds done.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django


class Desk:
    """Does what is wanted in one coverage."""

    def __init__(self, story: int, skew: float) -> None:
        """Write into this coverage, by this clock."""
        self.story, self.skew = story, timedelta(seconds=skew)

    def do(self, wanted: dict[str, Any]) -> int:
        """The number of the event, also where it was there already."""
        from gazeti.live.actions import Refused

        try:
            return self._done(wanted)
        except Refused:
            return self._found(wanted)

    def _done(self, wanted: dict[str, Any]) -> int:
        from django.utils import timezone

        from gazeti.live import actions
        from gazeti.live.rules import Kind

        kind, number, now = wanted["kind"], wanted["number"], timezone.now() + self.skew
        if kind == "post":
            words = self._words(wanted)
            return int(actions.post_update(self.story, words=words, by=None, now=now, key=wanted["key"]).number)
        if kind == "edit":
            words, seen = self._words(wanted), wanted["seen"]
            return int(actions.edit_update(self.story, number=number, words=words, now=now, seen=seen).version)
        if kind == "summary":
            return self._found(wanted) or actions.summarise(self.story, words=self._words(wanted), now=now)
        if kind == "retract":
            actions.retract_update(self.story, number=number, now=now)
        elif kind == "pin":
            return int(actions.pin_update(self.story, number=number).pinned_at)
        elif kind == "unpin":
            actions.unpin_update(self.story, number=number)
        else:
            return int(actions.move_to(self.story, kind=Kind(kind), now=now))
        return 0

    def _words(self, wanted: dict[str, Any]) -> Any:
        from gazeti.live.formats import body_of
        from gazeti.live.rules import Words

        return Words(body=body_of(wanted["text"]), is_key=wanted["is_key"])

    def _found(self, wanted: dict[str, Any]) -> int:
        """The event by which these words were given before; 0 where there is none, or no words."""
        from gazeti.live.models import Wording

        if not wanted["text"]:
            return 0
        for one in Wording.objects.filter(coverage=self.story).order_by("-number")[:200]:
            if one.body and one.body[0].value.source == f"<p>{wanted['text']}</p>":
                return int(one.number)
        return 0


def main(story: int, skew: float) -> None:
    """Answer line by line."""
    django.setup()
    desk = Desk(story, skew)
    print("ready", flush=True)  # noqa: T201 (the line is what was asked for)
    for line in sys.stdin:
        print(json.dumps(desk.do(json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
