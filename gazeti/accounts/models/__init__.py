"""Who signs in, and what is kept about it: people, readers, codes, invitations, mail on its way, traces."""

from gazeti.accounts.models.codes import SignInCode
from gazeti.accounts.models.invitations import Invitation
from gazeti.accounts.models.letters import Letter
from gazeti.accounts.models.people import User, UserManager
from gazeti.accounts.models.readers import Reader
from gazeti.accounts.models.traces import Trace

__all__ = ["Invitation", "Letter", "Reader", "SignInCode", "Trace", "User", "UserManager"]
