"""What a request tells of its sender: the network it came from and the kind of device. Neither tells who it is.

A carrier puts thousands of phones behind one address, so it is one fact to be joined with others, never the only one.
"""

import ipaddress
from typing import Any

from django.http import HttpRequest

from gazeti.guard.marks import mark

PREFIX = 64
"""Bits of an IPv6 address that a subscriber is given: the rest they choose themselves (RFC 6177, RFC 4291)."""
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""In it all of IPv4 is written, for servers that have no address there (RFC 6052)."""
UNKNOWN = "unknown"
TRAITS = ("User-Agent", "Accept-Language")


def network(address: str) -> str:
    """An IPv4 address whole, an IPv6 address by its first 64 bits, also one that writes an IPv4 address (RFC 4291)."""
    try:
        found = ipaddress.ip_address(_without_port(address).partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found in TRANSLATED:
        return str(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF))
    return str(ipaddress.ip_network((found, PREFIX), strict=False))


def _without_port(address: str) -> str:
    """Some proxies name a port too: 192.0.2.1:4711, [2001:db8::1]:4711 (RFC 7239, 6)."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def address_of(request: HttpRequest) -> str:
    """The network of the connection, or of whom a trusted proxy names; what the client itself says counts for nothing.

    The server puts it into REMOTE_ADDR (`gazeti.config.asgi`).
    """
    return network(str(request.META.get("REMOTE_ADDR") or ""))


def device_of(request: HttpRequest) -> str:
    """A mark of what the browser says of itself: it tells apart some of those who share an address."""
    return mark("device", *(request.headers.get(name, "") for name in TRAITS))


def facts_of(request: HttpRequest) -> dict[str, Any]:
    """Both, as `allow` takes them."""
    return {"address": address_of(request), "device": device_of(request)}
