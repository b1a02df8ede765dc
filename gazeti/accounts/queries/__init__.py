"""Who may sign in, in which roles and with which factors; readers, invitations, and what happened to accounts."""

from gazeti.accounts.queries.factors import FACTORS, has_factor, lacks_factor, must_set_up_factor, worth_of_session
from gazeti.accounts.queries.happened import CHOICES, MOST, NAMES, Happening, happened
from gazeti.accounts.queries.invitations import (
    invitation_link,
    invitation_of,
    open_invitations,
)
from gazeti.accounts.queries.limits import counts_due
from gazeti.accounts.queries.people import (
    LINK_LASTS,
    Link,
    first_administrator_link,
    is_administrator,
    is_there_an_administrator,
    roles_of,
    standing_of,
    user_of,
    users,
    worth_of,
)
from gazeti.accounts.queries.readers import (
    claims_of,
    codes_due,
    held_about,
    is_of_the_newsroom,
    reader_of,
    rows_of,
)
from gazeti.accounts.queries.sessions import sessions_due, sessions_of
from gazeti.accounts.queries.traces import KEPT, traces_due

__all__ = [
    "CHOICES",
    "FACTORS",
    "KEPT",
    "LINK_LASTS",
    "MOST",
    "NAMES",
    "Happening",
    "Link",
    "claims_of",
    "codes_due",
    "counts_due",
    "first_administrator_link",
    "happened",
    "has_factor",
    "held_about",
    "invitation_link",
    "invitation_of",
    "is_administrator",
    "is_of_the_newsroom",
    "is_there_an_administrator",
    "lacks_factor",
    "must_set_up_factor",
    "open_invitations",
    "reader_of",
    "roles_of",
    "rows_of",
    "sessions_due",
    "sessions_of",
    "standing_of",
    "traces_due",
    "user_of",
    "users",
    "worth_of",
    "worth_of_session",
]
