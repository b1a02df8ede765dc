"""Every address below /desk/ that Django's patterns know, with something in each of their gaps."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

GAP = re.compile(r"<(?:(\w+):)?\w+>")
GROUP = re.compile(r"\(\?P<\w+>[^()]*\)|\([^()?]*\)")


def filled(pattern: Any) -> str:
    """A pattern's text with its gaps filled."""
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        return GAP.sub(lambda gap: "1" if gap[1] == "int" else "a1", text)
    return GROUP.sub("1", text).replace(".*", "anything").strip("^$").replace("\\", "")


def addresses(resolver: Any = None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Each address below /desk/, with the name of its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        address = prefix + filled(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, address)
        elif isinstance(one, URLPattern) and address.startswith("/desk/"):
            yield address, one.name or ""
