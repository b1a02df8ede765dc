"""Every write about comments: one verb, one file."""

from gazeti.comments.actions.states import Overtaken, decide

__all__ = ["Overtaken", "decide"]
