"""What stands in the sample edition, read from its data: the frame from edition.toml, each story from its own file, and
what readers said under some from one of the same name.

A story's days are counted back from the edition's day, so that no text and no date in the data grows old.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

Facts = Mapping[str, Any]

MORNING = time(9)
"""The edition's last morning story goes out at nine; before that, the edition is of the day before."""


@dataclass(frozen=True)
class Contents:
    """The whole edition as its data says it; stories by their slug, the oldest first."""

    newspaper: Facts
    front: Facts
    sections: Sequence[Facts]
    authors: Sequence[Facts]
    topics: Sequence[Facts]
    picture_rights: Facts
    pictures: Sequence[Facts]
    documents: Sequence[Facts]
    pages: Sequence[Facts]
    stories: Mapping[str, Facts]
    discussions: Mapping[str, Sequence[Facts]]
    coverages: Mapping[str, Sequence[Facts]]

    @property
    def size(self) -> int:
        """How many things are to be made, from pictures to coverages, for whoever shows progress."""
        made = (self.pictures, self.documents, self.pages, self.stories, self.discussions, self.coverages)
        return sum(map(len, made))


def contents() -> Contents:
    """The edition, read."""
    data = resources.files("gazeti.cli.edition") / "data"
    stories = _by_name(data / "stories")
    oldest_first = sorted(stories.items(), key=lambda item: (-item[1]["days_ago"], item[1]["at"], item[0]))
    frame = tomllib.loads((data / "edition.toml").read_text(encoding="utf-8"))
    return Contents(
        **frame,
        stories=dict(oldest_first),
        discussions=_lists(data / "discussions", "comments"),
        coverages=_lists(data / "coverages", "events"),
    )


def _lists(folder: Traversable, name: str) -> dict[str, Sequence[Facts]]:
    """The list of this name in each file of a folder, by the file's name."""
    return {slug: facts[name] for slug, facts in sorted(_by_name(folder).items())}


def _by_name(folder: Traversable) -> dict[str, Facts]:
    """What each file of a folder says, by its name."""
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def edition_day(now: datetime, *, time_zone: tzinfo) -> datetime:
    """Midnight of the edition's day in the newsroom's time zone: the last day whose morning is over."""
    local = now.astimezone(time_zone)
    day = local.date() if local.time() > MORNING else local.date() - timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=time_zone)


def moment(facts: Facts, *, day: datetime) -> datetime:
    """When a story, or its update, appeared: `days_ago` and `at` counted from the edition's day."""
    date = day.date() - timedelta(days=facts["days_ago"])
    return datetime.combine(date, time.fromisoformat(facts["at"]), tzinfo=day.tzinfo)
