"""Links to elsewhere: plain addresses, nothing is asked of anybody until a reader follows one."""

from urllib.parse import quote, urlencode, urlsplit


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
