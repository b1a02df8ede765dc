"""Every write of accounts: people and roles, invitations, factors, sessions, tokens, mail, events to look back on."""

from gazeti.accounts.actions.access import end_sessions, remove_factors
from gazeti.accounts.actions.events import STREAM, forget_traces, note_event
from gazeti.accounts.actions.invitations import accept_invitation, invite_person, withdraw_invitation
from gazeti.accounts.actions.letters import drop_letter, keep_letter, postpone_letter
from gazeti.accounts.actions.limits import count_by_guard, drop_counts
from gazeti.accounts.actions.people import (
    AlreadyThere,
    add_user,
    assign_roles,
    give_fresh_password,
    keep_address,
    make_first_administrator,
    password_link,
)
from gazeti.accounts.actions.tokens import revoke_tokens

__all__ = [
    "STREAM",
    "AlreadyThere",
    "accept_invitation",
    "add_user",
    "assign_roles",
    "count_by_guard",
    "drop_counts",
    "drop_letter",
    "end_sessions",
    "forget_traces",
    "give_fresh_password",
    "invite_person",
    "keep_address",
    "keep_letter",
    "make_first_administrator",
    "note_event",
    "password_link",
    "postpone_letter",
    "remove_factors",
    "revoke_tokens",
    "withdraw_invitation",
]
