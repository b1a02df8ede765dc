"""Links to drafts: which one an address means, and which there are."""

from gazeti.stories.models import SharedDraft, Story
from gazeti.stories.models.shared import hash_of
from gazeti.stories.queries.gate import public_stories


def shared_by(token: str) -> SharedDraft | None:
    """The link whose secret this is, ended or not; by its hash, so that no comparison tells how near one was."""
    return SharedDraft.objects.select_related("story").filter(token_hash=hash_of(token)).first()


def shares_of(story: Story) -> list[SharedDraft]:
    """A story's links, the newest first."""
    return list(story.shared_drafts.select_related("by"))


def is_out_since(shared: SharedDraft) -> bool:
    """Whether readers can read at the story's address what the link was made for, or something newer."""
    story = shared.story
    if not public_stories().filter(pk=story.pk).exists():
        return False
    published_later = story.last_published_at is not None and story.last_published_at > shared.made_at
    return published_later or not story.has_unpublished_changes
