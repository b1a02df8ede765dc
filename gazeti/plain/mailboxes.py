"""Email addresses: the one spelling of each, by which whoever has it is known at every door, and what may be one.

After RFC 5321 and 5322 for what stands before the @, RFC 5890 for the host.
"""

import re

LONGEST = 254
QUOTE = '"'
ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]+\]")
MAILBOX = re.compile(rf"{ATOM}(?:\.{ATOM})*")
KEPT = re.compile(r"[^\r\n]+@[^@\s]+")


def canonical(address: str) -> str:
    """The one spelling of an address: in small letters, and its host as mail servers know it (A-labels).

    What has no such spelling is only written in small letters; canonical again it is the same.
    """
    lowered = address.lower()
    mailbox, _at, host = lowered.rpartition("@")
    if host.isascii():
        return lowered
    try:
        known = host.encode("idna").decode("ascii")
    except UnicodeError:
        return lowered
    # A wide @ or comma becomes a plain one, which would make another's address of it.
    is_good = bool(HOST.fullmatch(known)) and len(f"{mailbox}@{known}") <= LONGEST
    return f"{mailbox}@{known}" if is_good else lowered


def is_mailbox(address: str) -> bool:
    """Whether a canonical address is taken at a door: none in quotation marks, none that no mail server knows."""
    mailbox, _at, host = address.rpartition("@")
    is_short = len(address) <= LONGEST
    return is_short and bool(MAILBOX.fullmatch(mailbox)) and bool(HOST.fullmatch(host))


def may_be_kept(address: str) -> bool:
    """Whether it may stand in a row: what is taken, and what earlier versions took."""
    return len(address) <= LONGEST and bool(KEPT.fullmatch(address))


def spellings(address: str) -> set[str]:
    """The canonical spelling, the one that was typed, and that with the host in its own letters."""
    one = canonical(address)
    mailbox, at, host = one.rpartition("@")
    try:
        own = host.encode("ascii").decode("idna")
    except UnicodeError:
        own = host
    return {address, one, f"{mailbox}{at}{own}"}
