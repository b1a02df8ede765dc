"""Which of our templates the tests rendered: workers tell the controller, which fails a whole run that missed one.

Only `tools/test.py` runs the whole suite (it sets GAZETI_WHOLE_SUITE=1): part of it proves nothing about the rest.
"""

import os
from pathlib import Path

import pytest
from django.test.signals import template_rendered

TEMPLATES = Path(__file__).resolve().parent.parent / "gazeti" / "templates"
# Templates that no test renders, each with its reason. The list only shrinks.
UNRENDERED: dict[str, str] = {}


def never_rendered(seen: set[str], *, folder: Path = TEMPLATES, excused: dict[str, str] = UNRENDERED) -> list[str]:
    """Return the names of the templates under `folder` that are neither in `seen` nor excused."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return sorted(names - seen - set(excused))


class Rendered:
    """Gathers template names in each process and judges them where the run ends."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.missed: list[str] = []

    def note(self, template: object, **kwargs: object) -> None:
        """Take one rendered template's name from Django's signal."""
        name = getattr(template, "name", None)
        if isinstance(name, str):
            self.seen.add(name)

    def pytest_sessionstart(self) -> None:
        template_rendered.connect(self.note)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self.seen.update(getattr(node, "workeroutput", {}).get("rendered", "").splitlines())

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            # One plain string: the channel to the controller carries no SafeString, which some names are.
            output["rendered"] = "\n".join(sorted(self.seen))
        elif os.environ.get("GAZETI_WHOLE_SUITE") == "1":
            self.missed = never_rendered(self.seen)
            if self.missed and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in self.missed:
            terminalreporter.write_line(f"no test renders the template {name}", red=True)
