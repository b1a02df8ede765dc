"""Who signs in, and what is kept about it: people, invitations, mail on its way, and traces of events."""

from gazeti.accounts.models.invitations import Invitation
from gazeti.accounts.models.letters import Letter
from gazeti.accounts.models.people import User, UserManager
from gazeti.accounts.models.traces import Trace

__all__ = ["Invitation", "Letter", "Trace", "User", "UserManager"]
