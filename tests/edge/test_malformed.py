"""Requests that no browser sends: two hosts, methods in other letters."""

from typing import Any

import pytest

from tests.edge.stage import STORY, Stage, nothing_more, played, stage


async def asked(scene: Stage, *hosts: bytes, method: str = "GET") -> int:
    """Ask for the story with these lines of `Host`; the status."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"host", host) for host in hosts]
    scope = {"type": "http", "method": method, "path": STORY, "query_string": b"", "headers": headers}
    await scene.edge(scope, nothing_more, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize("hosts", [(b"localhost", b"evil.example"), (b"evil.example", b"localhost"), ()])
def test_a_request_that_names_two_hosts_or_none_is_left_for_django_to_refuse(hosts: tuple[bytes, ...]) -> None:
    scene = stage()

    async def play() -> None:
        for _time in range(3):  # not made, made, and held ready in memory
            await asked(scene, b"localhost")
            scene.passed.clear()
            await asked(scene, *hosts)
            assert scene.passed == [f"GET {STORY}"]

    played(play)


@pytest.mark.parametrize("method", ["get", "Get", "head", "post"])
def test_a_method_in_other_letters_is_another_method_and_asks_nobody(method: str) -> None:
    scene = stage()

    async def play() -> None:
        assert await asked(scene, b"localhost", method=method) == 501
        assert (scene.passed, scene.django.asked) == ([], [])

    played(play)
