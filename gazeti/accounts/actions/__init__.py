"""Every write of accounts: people, roles, readers, invitations, factors, sessions, tokens, mail, events."""

from gazeti.accounts.actions.access import (
    drop_sessions,
    end_session,
    end_sessions,
    forget_session,
    remove_factors,
)
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
from gazeti.accounts.actions.readers import (
    CodeOver,
    CodeRefused,
    Erased,
    claimed_reader,
    drop_codes,
    forget_reader,
    hold_reader,
    hold_rows,
    hold_user,
    keep_code,
    name_reader,
    part_from_user,
    prove_address,
    reader_for,
    user_proven,
)
from gazeti.accounts.actions.tokens import revoke_tokens

__all__ = [
    "STREAM",
    "AlreadyThere",
    "CodeOver",
    "CodeRefused",
    "Erased",
    "accept_invitation",
    "add_user",
    "assign_roles",
    "claimed_reader",
    "count_by_guard",
    "drop_codes",
    "drop_counts",
    "drop_letter",
    "drop_sessions",
    "end_session",
    "end_sessions",
    "forget_reader",
    "forget_session",
    "forget_traces",
    "give_fresh_password",
    "hold_reader",
    "hold_rows",
    "hold_user",
    "invite_person",
    "keep_address",
    "keep_code",
    "keep_letter",
    "make_first_administrator",
    "name_reader",
    "note_event",
    "part_from_user",
    "password_link",
    "postpone_letter",
    "prove_address",
    "reader_for",
    "remove_factors",
    "revoke_tokens",
    "user_proven",
    "withdraw_invitation",
]
