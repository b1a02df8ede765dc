"""The bytes of the theme and of rich text: pure text in, text out."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import rcssmin

from gazeti.plain.links import ATTRIBUTE, LINK

TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Style:
    """A page type's whole style, to be inlined, and its hash for the policy (CSP level 3, hash-source)."""

    text: str
    hash: str


def inline_style(parts: list[str]) -> Style:
    """Join and minify parts of the style; the same parts give the same hash."""
    text = rcssmin.cssmin("\n".join(parts))
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Style(text=text, hash=f"'sha256-{digest}'")


def content_policy(style_hashes: list[str]) -> str:
    """The content security policy of readers' pages: nothing inline but our styles, nothing from elsewhere."""
    rules = (
        "default-src 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        f"style-src {' '.join(sorted(style_hashes))}",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return ";".join(rules)


def expanded(html: str, *, pages: Mapping[int, str], documents: Mapping[int, str]) -> str:
    """Rich text with inner links as addresses. A link whose target the public may not see leaves its words alone."""
    targets = {"page": pages, "document": documents}

    def expand(found: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(found.group(1)))
        kind = attributes.get("linktype")
        if kind not in targets:
            return found.group(0)
        address = targets[kind].get(int(attributes["id"])) if attributes.get("id", "").isdigit() else None
        return f'<a href="{address}">{found.group(2)}</a>' if address else found.group(2)

    return LINK.sub(expand, html)


def plain_text(html: str) -> str:
    """The words of rich text, for counting."""
    return TAG.sub(" ", html)
