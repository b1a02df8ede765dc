"""The numbers of comments in their story. Raising one locks the discussion until the commit: writers stand in line."""

from django.db import connection

RAISE = """
    INSERT INTO gazeti_comments_discussion (story_id, last, published, mode) VALUES (%(story)s, 1, %(published)s, '')
    ON CONFLICT (story_id) DO UPDATE SET last = gazeti_comments_discussion.last + 1,
        published = gazeti_comments_discussion.published + %(published)s
    RETURNING last
"""
LOCK = """
    INSERT INTO gazeti_comments_discussion (story_id, last, published, mode) VALUES (%(story)s, 0, 0, '')
    ON CONFLICT (story_id) DO UPDATE SET published = gazeti_comments_discussion.published + %(published)s
"""


def next_number(story: int, *, is_published: bool) -> int:
    """The number of a comment that is added now to the story of this id. Call it inside the action's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, {"story": story, "published": int(is_published)})
        [number] = cursor.fetchone()
    return int(number)


def count_published(story: int, *, more: int) -> None:
    """Add to the number of published comments of a story, -1 for one less; 0 only locks the discussion."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, {"story": story, "published": more})
