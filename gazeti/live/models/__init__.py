"""A coverage and its updates, whose words stand in rows of their own that can be erased."""

from gazeti.live.models.coverage import Coverage
from gazeti.live.models.updates import Update, UpdatePicture, Wording
from gazeti.live.models.waiting import RefusedKey, Waiting

__all__ = ["Coverage", "RefusedKey", "Update", "UpdatePicture", "Waiting", "Wording"]
