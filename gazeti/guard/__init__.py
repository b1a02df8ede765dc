"""What stands between a crowd and the newsroom: limits, idempotency keys, signed tokens, traps for robots.

It knows no event's meaning: whoever uses it says what is counted, by which facts. docs/contracts/guard.md tells how.
"""

from gazeti.guard.callers import address_of, facts_of
from gazeti.guard.keys import ABOUT, GONE, BadKey, KeyRefused, OtherRequest, StillAtIt, empty, kept, once, unkeep
from gazeti.guard.limits import Limit, Verdict, allow, forget, give_back, peek
from gazeti.guard.refusals import limited, sentence, too_many
from gazeti.guard.tokens import Expired, Forged, NotGood, Spent, read, sign, spend

__all__ = [
    "ABOUT",
    "GONE",
    "BadKey",
    "Expired",
    "Forged",
    "KeyRefused",
    "Limit",
    "NotGood",
    "OtherRequest",
    "Spent",
    "StillAtIt",
    "Verdict",
    "address_of",
    "allow",
    "empty",
    "facts_of",
    "forget",
    "give_back",
    "kept",
    "limited",
    "once",
    "peek",
    "read",
    "sentence",
    "sign",
    "spend",
    "too_many",
    "unkeep",
]
