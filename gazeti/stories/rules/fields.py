"""What a story's fields may hold, each by itself or beside another."""

from datetime import UTC, datetime, timedelta

HEADLINE_LENGTH = 110
SHORT_HEADLINE_LENGTH = 70
LANGUAGES = (
    ("en", "English"),
    ("sw", "Kiswahili"),
    ("so", "Soomaali"),
    ("fr", "Français"),
    ("am", "አማርኛ"),
    ("om", "Afaan Oromoo"),
)
"""Languages a story may be written in, each by its own name."""


EARLIEST = datetime(1605, 1, 1, tzinfo=UTC)
"""Before the first printed newspaper, Relation of Strasbourg, nothing was published in one."""
FURTHEST = timedelta(days=36_525)
"""A hundred years: whatever is planned for later was mistyped."""
SLACK = timedelta(minutes=1)


def date_faults(*, published: datetime | None, updated: datetime | None, now: datetime) -> dict[str, str]:
    """What is wrong with a story's dates, a sentence a field; empty if nothing is."""
    faults = {}
    for field, moment in (("published_at", published), ("updated_at", updated)):
        if moment and not EARLIEST <= moment <= now + SLACK:
            faults[field] = "This date is before any newspaper or still to come. Correct it, or leave it empty for now."
    if published and updated and updated < published and not faults:
        faults["updated_at"] = "A story is not updated before it is first published. Correct one of the two."
    return faults


def reach_faults(*, now: datetime, **moments: datetime | None) -> dict[str, str]:
    """Which of these times, by their field, nobody can mean: some of them no time zone has a date for."""
    sentence = "This time is too far from now. Correct it, or leave it empty."
    return {name: sentence for name, one in moments.items() if one and not EARLIEST <= one <= now + FURTHEST}


def embargo_faults(*, published: datetime | None, embargo: datetime | None) -> dict[str, str]:
    """What is wrong with an embargo beside a date, a sentence for the field; empty if nothing is.

    The moment at which an embargo ends is the story's first-published time, so no date stands before it.
    """
    if not embargo or not published or published >= embargo:
        return {}
    return {
        "embargo_until": "The story has a date before this embargo ends. Readers who could read it cannot be made to "
        "forget it: empty the embargo, or, if it never was out, the date."
    }


def html_language(story_language: str, *, site_language: str) -> str:
    """The BCP 47 tag for `lang`: the site's own tag, region and all, where the story is in its language."""
    return site_language if site_language.split("-")[0] == story_language else story_language
