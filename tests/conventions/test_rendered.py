"""Every template is rendered by some test: `tests/rendered.py` judges that where the whole suite ends."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from tests import rendered


def test_a_template_that_nobody_rendered_is_named(tmp_path: Path) -> None:
    (tmp_path / "front").mkdir()
    for name in ("seen", "missed", "excused"):
        (tmp_path / "front" / f"{name}.html").touch()
    found = rendered.never_rendered(
        {"front/seen.html"}, folder=tmp_path, excused={"front/excused.html": "an example for this test"}
    )
    assert found == ["front/missed.html"]


def test_a_rendered_template_is_noted() -> None:
    notes = rendered.Rendered()
    notes.pytest_sessionstart()
    Template("x", name="front/noted.html").render(Context())
    assert "front/noted.html" in notes.seen


def test_a_whole_run_that_missed_one_fails(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    class Session:
        exitstatus = pytest.ExitCode.OK
        config = object()

    monkeypatch.setenv("GAZETI_WHOLE_SUITE", "1")
    monkeypatch.setattr(rendered, "never_rendered", lambda seen: ["front/missed.html"])
    session = Session()
    rendered.Rendered().pytest_sessionfinish(session)  # type: ignore[arg-type]
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED


def test_the_templates_excused_are_there() -> None:
    assert [name for name in rendered.UNRENDERED if not (rendered.TEMPLATES / name).exists()] == []


def test_what_a_worker_tells_is_taken_by_the_controller() -> None:
    class Session:
        config = SimpleNamespace(workeroutput={})

    worker, controller = rendered.Rendered(), rendered.Rendered()
    worker.note(SimpleNamespace(name=SafeString("front/a.html")))
    worker.note(SimpleNamespace(name="front/b.html"))
    worker.pytest_sessionfinish(Session())  # type: ignore[arg-type]
    assert type(Session.config.workeroutput["rendered"]) is str
    controller.pytest_testnodedown(Session.config)
    assert controller.seen == {"front/a.html", "front/b.html"}
