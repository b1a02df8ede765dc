"""What follows and what guards a write, whichever door it went through."""

from gazeti.stories.receivers import guards, kept, moved, published, review, revisions, shown

__all__ = ["guards", "kept", "moved", "published", "review", "revisions", "shown"]
