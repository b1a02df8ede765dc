"""How long a decision can be undone."""

from datetime import timedelta

from gazeti.comments.rules.names import UNDO_MINUTES

LASTS = timedelta(minutes=UNDO_MINUTES)
