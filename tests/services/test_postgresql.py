"""The throw-away PostgreSQL: it starts, answers, and is gone afterwards."""

from pathlib import Path

import psycopg
import pytest

from tests.services import postgresql


@pytest.mark.postgresql
def test_the_server_answers_while_the_block_lasts_and_never_after() -> None:
    with postgresql.postgresql() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SHOW fsync").fetchone()
        assert row == ("off",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_machine_without_a_server_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(postgresql.Missing, match="no PostgreSQL server found"):
        postgresql.programs()


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="No such file"):
        postgresql.execute(["ls", str(tmp_path / "nothing")], folder=tmp_path)
