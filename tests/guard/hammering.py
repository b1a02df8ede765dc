"""A process of its own that asks the guard again and again: `python -m tests.guard.hammering DEED REDIS_URL TIMES`.

On DATABASE_URL. It says `ready`, begins when it is told a line, and says each thing that was let through.
"""

import itertools
import sys
from collections.abc import Iterable

import django
from django.conf import settings

from gazeti import guard
from gazeti.config.env import Settings, home_folder


def hammer(times: int) -> None:
    """Ask so often under one limit; say each yes."""
    from tests.guard.racing import HAMMERED

    ask(HAMMERED, range(times))


def race(_times: int) -> None:
    """Ask without an end."""
    from tests.guard.racing import RACED

    ask(RACED, itertools.count())


def ask(limit: guard.Limit, turns: Iterable[int]) -> None:
    """Ask once a turn; say each yes."""
    for _turn in turns:
        if guard.allow(limit, who="all").allowed:
            say("yes")


def begin_a_deed(_times: int) -> None:
    """Do something under a key, and wait in the middle of it."""
    from django.http import HttpResponse

    from gazeti.guard.models import Done

    def answer() -> HttpResponse:
        Done.objects.create(mark="deed of the killed", until=0)
        say("in the middle")
        sys.stdin.readline()
        return HttpResponse("of the killed", status=201)

    guard.once("key-1234", scope="race", fingerprint="x", answer=answer)


def say(words: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # The guard needs nothing of the house but the database and the secret; all of it would take seconds to load.
    read = Settings(home_folder())
    settings.configure(
        INSTALLED_APPS=["gazeti.guard"],
        DATABASES={"default": read.database()},
        SECRET_KEY=read.secret(),
        REDIS_URL=sys.argv[2],
        USE_TZ=True,
    )
    django.setup()
    say("ready")
    sys.stdin.readline()
    {"hammer": hammer, "race": race, "begin": begin_a_deed}[sys.argv[1]](int(sys.argv[3]))
