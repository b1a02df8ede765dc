"""The API's part of comments: what readers see, by any token; every state and the decisions, by a moderator's."""

from gazeti.comments.api.moderating import moderation
from gazeti.comments.api.reading import comments

__all__ = ["comments", "moderation"]
