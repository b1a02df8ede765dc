"""What a change to comments makes untrue for readers, appended to the log in the change's own transaction."""

from collections.abc import Sequence

from gazeti import edge, log
from gazeti.comments.queries.discussions import IN_FORCE

POLICY = "comments policy"
"""The tag of the pages that tell the rules, the numbers and what is kept."""
TAGS_AT_ONCE = 500


def tag_of(story: int) -> str:
    """The tag of whatever shows a story's comments or their number, by the story's id."""
    return f"comments:{story}"


def purge_discussion(story: int, *, is_hidden: bool = False, after: Sequence[log.New] = ()) -> None:
    """Everything that shows the comments of a story; with `is_hidden` something is to be seen no more, at once.

    Other events may be given to be appended with the purge, before it.
    """
    edge.purge([tag_of(story)], forget=[tag_of(story)] if is_hidden else (), after=after)


def purge_discussions(stories: Sequence[int]) -> None:
    """Everything that shows the comments of these stories, by their ids."""
    for start in range(0, len(stories), TAGS_AT_ONCE):
        edge.purge([tag_of(story) for story in stories[start : start + TAGS_AT_ONCE]])


def purge_policy() -> None:
    """The policy, or a section's mode, is another: what is shown by it is made anew, and the pages that tell it."""
    edge.purge([POLICY, IN_FORCE])
