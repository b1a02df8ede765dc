"""Readers: the door by a code, and the page of whoever has come through it."""

from gazeti.accounts.views.readers.door import code, passkey_page
from gazeti.accounts.views.readers.own import away, own, own_signed_in, seen
from gazeti.accounts.views.readers.page import account, leave, name, sessions

__all__ = ["account", "away", "code", "leave", "name", "own", "own_signed_in", "passkey_page", "seen", "sessions"]
