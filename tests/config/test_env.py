"""Settings are read typed: environment, then gazeti.toml, then the default; what cannot be used gets a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gazeti.config.env import POSTGRESQL, BadSetting, Settings

Read = Callable[[Settings], object]


@pytest.fixture
def newsroom(tmp_path: Path) -> Callable[[str], Settings]:
    """Return settings of a newsroom whose gazeti.toml holds this text."""

    def read(text: str = "") -> Settings:
        (tmp_path / "gazeti.toml").write_text(text, encoding="utf-8")
        return Settings(tmp_path)

    return read


Newsroom = Callable[..., Settings]


def test_the_environment_beats_the_file_which_beats_the_default(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsroom().port() == 8000
    assert newsroom("port = 8080").port() == 8080
    monkeypatch.setenv("PORT", "9000")
    assert newsroom("port = 8080").port() == 9000


@pytest.mark.parametrize(
    ("variable", "value", "read", "sentence"),
    [
        ("PORT", "http", Settings.port, 'PORT is "http". Write a whole number from 1 to 65535.'),
        ("PORT", "70000", Settings.port, "PORT is 70000. Write a whole number from 1 to 65535."),
        ("GAZETI_DEBUG", "perhaps", lambda s: s.yes("GAZETI_DEBUG", "debug"), "Write true or false."),
        ("GAZETI_ADDRESS", "paper.example", Settings.address, "Write it like https://paper.example"),
        ("GAZETI_ADDRESS", "https://paper.example:x", Settings.address, "is no public URL"),
        ("GAZETI_LANGUAGE", "english", Settings.language, "Write a tag like en-KE, sw or so."),
        ("GAZETI_TIME_ZONE", "EAT+3", Settings.time_zone, "Write one like Africa/Nairobi"),
        ("GAZETI_TRUSTED_PROXIES", "127.0.0.1,*", Settings.trusted_proxies, 'The trusted proxy "*" is no address.'),
        ("GAZETI_LOG_LEVEL", "loud", Settings.log_level, "Write DEBUG, INFO, WARNING, ERROR or CRITICAL."),
        ("GAZETI_MAIL", "mail.example", Settings.mail, "Write it like submission://"),
        ("GAZETI_MAIL", "smtp://h:port", Settings.mail, "Write it like submission://"),
        ("DATABASE_URL", "my database", Settings.database, "Write it like postgres://"),
        ("DATABASE_URL", "mysql://host/name", Settings.database, "Use sqlite or postgres."),
        ("REDIS_URL", "127.0.0.1:6379", Settings.redis, "Write it like redis://"),
    ],
)
def test_a_variable_that_cannot_be_used_gets_a_sentence(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, read: Read, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSetting) as refused:
        read(newsroom())
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "read", "sentence"),
    [
        ('port = "8000"', Settings.port, "Write a whole number from 1 to 65535."),
        ("address = 5", Settings.address, "Write a text."),
        ('trusted_proxies = "127.0.0.1"', Settings.trusted_proxies, "Write a list of texts."),
        ("debug = 1", lambda s: s.yes("GAZETI_DEBUG", "debug"), "Write true or false."),
    ],
)
def test_a_line_of_the_file_that_cannot_be_used_gets_a_sentence(
    newsroom: Newsroom, text: str, read: Read, sentence: str
) -> None:
    with pytest.raises(BadSetting) as refused:
        read(newsroom(text))
    assert sentence in str(refused.value)
    assert "gazeti.toml" in str(refused.value)


def test_a_file_that_is_no_toml_is_named_with_its_line(newsroom: Newsroom) -> None:
    with pytest.raises(BadSetting, match=r"gazeti\.toml is not valid TOML: .*line 2"):
        newsroom('language = "sw"\naddress = https://paper.example')


def test_the_secret_is_the_files_unless_the_environment_gives_one(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GAZETI_SECRET")
    assert newsroom().secret() != newsroom().secret()
    (tmp_path / "secret").write_text("kept\n")
    assert newsroom().secret() == "kept"
    monkeypatch.setenv("GAZETI_SECRET", "given")
    assert newsroom().secret() == "given"


def test_a_secret_that_is_no_text_gets_a_sentence(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GAZETI_SECRET")
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match="cannot be read"):
        newsroom().secret()


def test_sqlite_is_durable_and_postgresql_gives_up_in_time(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "synchronous=FULL" in newsroom().database()["OPTIONS"]["init_command"]
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db.example/paper?sslmode=require")
    assert newsroom().database()["OPTIONS"] == {**POSTGRESQL, "sslmode": "require"}
    assert POSTGRESQL["connect_timeout"] == 5
    assert POSTGRESQL["tcp_user_timeout"] == 10_000


def test_mail_by_submission_is_encrypted_and_gives_up_in_time(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAZETI_MAIL", "submission://amina%40paper.example:se%2Fcret@mail.example")
    mail = newsroom().mail()
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("amina@paper.example", "se/cret")
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_TIMEOUT"]) == (587, True, 10)
