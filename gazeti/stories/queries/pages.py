"""Pages of the tree by their words, for the API."""

from wagtail.models import Page

from gazeti.plain.words import normalised

MOST_FOUND = 200
LONGEST, MOST_WORDS = 200, 100
"""Characters and words of a search. One character may stand for four words, and the index breaks on thousands."""


def words_sought(text: str) -> str:
    """The words that a search asks the index for."""
    return " ".join(normalised(text[:LONGEST]).split()[:MOST_WORDS])


def found_pages(words: str, *, model: type[Page] = Page) -> list[int]:
    """The ids of live pages that hold these words, the newest first. The gate comes after (stories.queries.gate)."""
    wanted = words_sought(words)
    if not wanted:
        return []
    live = model._default_manager.live().only("pk").order_by("-first_published_at")
    return [page.pk for page in live.search(wanted, order_by_relevance=False)[:MOST_FOUND]]
