"""The socket from which workers take connections: what it is set to, each connection has."""

import socket

import pytest

from gazeti.cli.serve import UNREAD, listening
from tests.cli.processes import free_port


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux knows it")
def test_a_connection_of_which_nothing_is_taken_for_a_minute_is_ended_by_the_system() -> None:
    port = free_port()
    with listening("127.0.0.1", port) as door, socket.create_connection(("127.0.0.1", port)):
        taken, _address = door.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNREAD * 1000
