"""Web addresses inside plain text: which ones a reader may be led to, and how they are shown so that none deceives.

After the WHATWG's URL standard for hosts; Unicode Technical Report 36, 2.2, for letters of several scripts.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from gazeti.plain.letters import LATIN

WEB = re.compile(r"(?<!\w)https?://[^\s<>\[\]\"\\`{}|^]+", re.IGNORECASE)
"""What begins as a web address and goes on to the next sign that none holds."""
BARE = re.compile(r"(?<![\w@.-])\w[\w-]*+(?:\.\w[\w-]*+)++(?:/[^\s<>\"]*+)?+")
"""Words joined by full stops, perhaps with a path: an address without its scheme, or a space forgotten."""
BARE_ENDS = frozenset("com net org info biz ly gl xyz ru".split())
"""Last parts of a host that make an address of it even without a path; others end sentences as well."""
PUBLIC = re.compile(r"\.(?:co|or|go|ac|ne|com)\.[a-z]{2}$")
HOST = re.compile(r"(?!.*\.\.)[\w-](?:[\w.-]{0,251}[\w])?\.?(?::\d{1,5})?", re.UNICODE)
LONGEST_LABEL = 63
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"})
"""Alphabets that are written together."""
ENDS = ".,;:!?'*_~»”’…"


class Address(NamedTuple):
    """A web address as it stands in a text, from one place to another."""

    start: int
    end: int
    text: str


def web_addresses(text: str) -> Iterator[Address]:
    """The addresses with a scheme that a text leads to, without the signs of the sentence around them."""
    for found in WEB.finditer(text):
        words = _without_ends(found[0])
        if host_of(words):
            yield Address(found.start(), found.start() + len(words), words)


def bare_addresses(text: str) -> Iterator[Address]:
    """Addresses without a scheme, such as "www.example.com" and "bit.ly/x"."""
    for found in BARE.finditer(text):
        words = _without_ends(found[0])
        if _is_bare(words.lower()):
            yield Address(found.start(), found.start() + len(words), words)


def links_in(text: str) -> list[str]:
    """The addresses that a text asks to visit, with a scheme or without, as they stand there and in their order."""
    found, rest = list(web_addresses(text)), list(text)
    for one in found:
        rest[one.start : one.end] = " " * (one.end - one.start)
    return [one.text for one in sorted([*found, *bare_addresses("".join(rest))])]


def host_of(address: str) -> str:
    """The host and port of a web address; empty where there is none, or one that hides behind somebody's name."""
    host = re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0]
    labels = host.partition(":")[0].rstrip(".").split(".")
    is_good = bool(HOST.fullmatch(host)) and len(labels) > 1 and all(len(one) <= LONGEST_LABEL for one in labels)
    return host if is_good else ""


def undeceiving(address: str) -> str:
    """A web address with those parts of its host in ASCII (RFC 3492) that could be taken for others."""
    host = host_of(address)
    name, colon, port = host.partition(":")
    labels = [_in_ascii(label) if _deceives(label) else label for label in name.split(".")]
    return address.replace(host, ".".join(labels) + colon + port, 1) if host else address


def _is_bare(words: str) -> bool:
    host, slash, _ = words.partition("/")
    last = host.rpartition(".")[2]
    if host.startswith("www."):
        return host.count(".") > 1 or bool(slash)
    if not (last.isalpha() and last.isascii() and len(last) > 1):
        return False
    return bool(slash) or last in BARE_ENDS or bool(PUBLIC.search(host))


def _without_ends(address: str) -> str:
    """An address without full stops and quotation marks after it, and without brackets that it did not open."""
    too_many, end = address.count(")") - address.count("("), len(address)
    while end and (address[end - 1] in ENDS or (address[end - 1] == ")" and too_many > 0)):
        too_many -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _deceives(label: str) -> bool:
    """Whether a part of a host mixes alphabets, or holds letters that are taken for others."""
    letters = [one for one in label if one.isalpha() and not one.isascii()]
    alike = [one for one in letters if one in LATIN and "WITH STROKE" not in unicodedata.name(one)]
    if alike and (len(alike) == len(letters) or len(letters) < len(label)):
        return True
    alphabets = {unicodedata.name(one, "UNKNOWN").split()[0] for one in label if one.isalpha()}
    return len(alphabets - EAST_ASIAN) + bool(alphabets & EAST_ASIAN) > 1


def _in_ascii(label: str) -> str:
    return f"xn--{unicodedata.normalize('NFC', label).lower().encode('punycode').decode('ascii')}"
