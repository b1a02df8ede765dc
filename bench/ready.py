"""The least that a Python server can do: ready bytes from a dict, with the same headers as the answers it stands for.

Run by Granian as `bench.ready:application` with BENCH_ANSWERS naming a folder that `keep` filled.
"""

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from bench.wire import Answer

Send = Callable[[dict[str, Any]], Awaitable[None]]
Ready = dict[str, tuple[dict[str, Any], dict[str, Any]]]
OWN = {"date", "server", "connection", "transfer-encoding"}
"""Headers that the server writes itself."""


def keep(folder: Path, answers: Mapping[str, Answer]) -> None:
    """Write these answers, by their paths, for the application to load."""
    folder.mkdir(exist_ok=True)
    listed = []
    for number, (path, answer) in enumerate(answers.items()):
        (folder / str(number)).write_bytes(answer.body)
        headers = [[name, value] for name, value in answer.headers.items() if name not in OWN]
        listed.append({"path": path, "headers": headers, "body": str(number)})
    (folder / "answers.json").write_text(json.dumps(listed), encoding="utf-8")


def loaded(folder: Path) -> Ready:
    """The two ASGI messages of each answer, by its path."""
    found: Ready = {}
    for one in json.loads((folder / "answers.json").read_text(encoding="utf-8")):
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in one["headers"]]
        body = (folder / one["body"]).read_bytes()
        found[one["path"]] = (
            {"type": "http.response.start", "status": 200, "headers": headers},
            {"type": "http.response.body", "body": body},
        )
    return found


def ready_application(answers: Ready) -> Callable[..., Awaitable[None]]:
    """An ASGI application that looks its answer up by path and sends it."""

    async def answer(scope: dict[str, Any], _receive: Any, send: Send) -> None:
        start, body = answers[scope["path"]]
        await send(start)
        await send(body)

    return answer


if "BENCH_ANSWERS" in os.environ:
    application = ready_application(loaded(Path(os.environ["BENCH_ANSWERS"])))
