"""Closes the network while tests run: a socket may reach this machine and nothing else."""

import ipaddress
import socket
from typing import Any


class NetworkClosed(OSError):
    """A test asked for an address outside this machine."""


def is_local(address: Any) -> bool:
    """Say whether a socket's address stays on this machine: loopback, or a path of the file system."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in {"", "localhost", "0.0.0.0"}:  # noqa: S104 - compared, not bound
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def close_network() -> None:
    """Make every later connection and name look-up that leaves this machine raise `NetworkClosed`."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(address: Any) -> Any:
        if not is_local(address):
            raise NetworkClosed(f"Tests have no network, and {address!r} is not on this machine.")
        return address

    def local_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        checked((host.decode() if isinstance(host, bytes) else host or "",))
        return look_up(host, *rest, **options)

    socket.socket.connect = lambda self, address: connect(self, checked(address))  # type: ignore[method-assign]
    socket.socket.connect_ex = lambda self, address: connect_ex(self, checked(address))  # type: ignore[method-assign]
    socket.getaddrinfo = local_look_up
