"""A process of its own that appends to the log: `python -m tests.soak.writer STREAM COUNT`, on DATABASE_URL."""

import sys

import django


def main(stream: str, count: int) -> None:
    """Append that many events, each in its own transaction."""
    django.setup()
    from gazeti import log

    for turn in range(count):
        log.append(stream, "post", {"turn": turn})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
