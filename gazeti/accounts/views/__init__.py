"""Signing in at the desk, what guards it, and the accounts' own pages there."""

from gazeti.accounts.views.adapters import FactorAdapter, SignInAdapter
from gazeti.accounts.views.by_mail import confirm_code, forgotten, request_code
from gazeti.accounts.views.factor import SecondFactor
from gazeti.accounts.views.first import first_administrator
from gazeti.accounts.views.happened import happened_page
from gazeti.accounts.views.invitations import invitations, invite, invited, take_back
from gazeti.accounts.views.sign_in import account, closed, factors, kept_apart, sessions, sign_in, to_reset, too_many
from gazeti.accounts.views.tokens import Tokens

__all__ = [
    "FactorAdapter",
    "SecondFactor",
    "SignInAdapter",
    "Tokens",
    "account",
    "closed",
    "confirm_code",
    "factors",
    "first_administrator",
    "forgotten",
    "happened_page",
    "invitations",
    "invite",
    "invited",
    "kept_apart",
    "request_code",
    "sessions",
    "sign_in",
    "take_back",
    "to_reset",
    "too_many",
]
