"""What follows and what guards a write, whichever door it went through."""

from gazeti.stories.receivers import published, revisions, shown

__all__ = ["published", "revisions", "shown"]
