"""A newsroom is served and looked at by fresh Pythons, as on its own machine; `made` is by one too, and `test_main`."""

import json
import signal
from pathlib import Path

import pytest

from tests.cli.processes import PATIENCE, answer_of, gazeti, serving, until


@pytest.mark.real_start
def test_a_newsroom_is_served_looked_at_replaced_and_stopped_by_fresh_pythons(paper: Path) -> None:
    with serving(paper, "--workers", "1") as server:
        assert answer_of(server.url("/desk/login/"))[0] == 200
        done = gazeti("--home", paper, "doctor", "--json", PORT=str(server.port))
        findings = {one["part"]: one["state"] for one in json.loads(done.stdout)["findings"]}
        assert findings["server"] == findings["database"] == "ok"
        server.process.send_signal(signal.SIGHUP)
        until(lambda: "All processes have been replaced." in server.said(), "all are replaced")
        assert answer_of(server.url("/desk/login/"))[0] == 200
        server.children()
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
        assert server.left() == []
    assert "Traceback" not in server.said()
