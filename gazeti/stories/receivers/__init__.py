"""What follows and what guards a write, whichever door it went through."""

from gazeti.stories.receivers import guards, published, review, revisions, shown

__all__ = ["guards", "published", "review", "revisions", "shown"]
