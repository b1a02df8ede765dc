"""Links to elsewhere: plain addresses, nothing is asked of anybody until a reader follows one."""

import re
from urllib.parse import quote, urlencode, urlsplit

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
"""A link in rich text: its attributes, then its words."""
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def share_links(address: str, title: str) -> list[tuple[str, str]]:
    """Where a story can be shared, as (name, href): WhatsApp, Facebook, X and email, without a script of theirs."""
    words = f"{title} {address}"
    return [
        ("WhatsApp", f"https://wa.me/?{urlencode({'text': words}, quote_via=quote)}"),
        ("Facebook", f"https://www.facebook.com/sharer.php?{urlencode({'u': address}, quote_via=quote)}"),
        ("X", f"https://x.com/intent/post?{urlencode({'text': title, 'url': address}, quote_via=quote)}"),
        ("email", f"mailto:?{urlencode({'subject': title, 'body': address}, quote_via=quote)}"),
    ]


def host_of(address: str) -> str:
    """The site an address belongs to, without a leading "www."; empty where there is none."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def linked_ids(html: str, kind: str) -> set[int]:
    """The ids of pages or documents ("page", "document") that rich text links to."""
    return {
        int(attributes["id"])
        for attributes in (dict(ATTRIBUTE.findall(found.group(1))) for found in LINK.finditer(html))
        if attributes.get("linktype") == kind and attributes.get("id", "").isdigit()
    }
