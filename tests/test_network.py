"""Tests have no network, and this is how they would notice if they had."""

import socket

import pytest

from tests.network import NetworkClosed, is_local


def test_a_connection_off_this_machine_is_refused_by_name() -> None:
    assert socket.getaddrinfo.__module__ == "tests.network", "closed by tests/conftest.py, else nothing is tried here"
    with socket.socket() as one, pytest.raises(NetworkClosed, match=r"192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkClosed, match=r"paper\.example"):
        socket.getaddrinfo("paper.example", 443)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize("address", [("127.0.0.1", 1), ("::1", 1, 0, 0), ("localhost", 1), "/run/socket"])
def test_loopback_is_local(address: object) -> None:
    assert is_local(address)


@pytest.mark.parametrize("address", [("10.0.0.1", 1), ("paper.example", 1), ("2001:db8::1", 1, 0, 0)])
def test_all_else_is_not(address: object) -> None:
    assert not is_local(address)
