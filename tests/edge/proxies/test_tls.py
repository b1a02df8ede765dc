"""What is printed for an https address: with its certificate, once there is one, so that printing again keeps TLS."""

import errno
import json
import ssl
import subprocess
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from gazeti.cli.main import main
from gazeti.edge import proxies
from gazeti.edge.proxies import Facts
from gazeti.edge.store import kinds
from tests.cli.processes import free_port
from tests.edge.proxies.asking import ask
from tests.edge.proxies.upstream import upstream
from tests.edge.store.samples import PAGES, never, page, prepared
from tests.services.nginx import nginx

PORT = "listen 443 ssl http2;"
PORT_6 = "    listen [::]:443 ssl http2;\n"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Facts:
    """Return a newsroom at an https address whose certificates would lie in a folder of the test's."""
    monkeypatch.setattr(kinds, "_declared", {"pages": PAGES})
    root = tmp_path / "store" / "pages" / kinds.shape()
    return Facts("localhost", True, free_port(), root, (PAGES,), certificates=tmp_path / "live")


def certified(facts: Facts) -> Facts:
    """Lay a certificate where certbot would."""
    facts.certificate.mkdir(parents=True)
    key, chain = facts.certificate / "privkey.pem", facts.certificate / "fullchain.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-subj", "/CN=localhost", "-days", "2", "-keyout", str(key), "-out", str(chain)]
    subprocess.run(made, check=True, capture_output=True)
    return facts


def asked_by_tls(url: str) -> tuple[int, bytes]:
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(url, context=unverified, timeout=60) as said:  # noqa: S310 (127.0.0.1)
            return said.status, said.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.nginx
def test_once_there_is_a_certificate_readers_are_led_to_tls_and_served_by_it(paper: Facts, tmp_path: Path) -> None:
    answer = page()
    assert prepared(tmp_path / "store").file(answer, never)
    with upstream() as port:
        printed = proxies.nginx(replace(certified(paper), port=port))
        by_tls = free_port()
        site = printed.replace(PORT_6, "").replace(PORT, f"listen 127.0.0.1:{by_tls} ssl http2;")
        with nginx(site, tmp_path / "nginx") as plain:
            led = ask(plain, f"{answer.path}?page=2")
            assert (led.status, led.headers["location"]) == (301, f"https://localhost{answer.path}?page=2")
            assert asked_by_tls(f"https://localhost:{by_tls}{answer.path}") == (200, answer.bodies["identity"])
            status, body = asked_by_tls(f"https://localhost:{by_tls}/recent/?page=2")
            told: dict[str, Any] = {name.lower(): value for name, value in json.loads(body)["headers"].items()}
            assert (status, told["x-forwarded-proto"]) == (418, "https")


def test_before_there_is_one_the_page_is_served_plainly_and_it_says_how_to_fetch_one(paper: Facts) -> None:
    printed = proxies.nginx(paper)
    assert "ssl_certificate" not in printed
    assert "certbot certonly --nginx" in printed
    assert printed.count("listen 80;") == 1


def test_an_address_without_tls_takes_no_certificate_that_happens_to_be_there(paper: Facts) -> None:
    paper.certificate.mkdir(parents=True)
    (paper.certificate / "fullchain.pem").touch()
    printed = proxies.nginx(replace(paper, is_tls=False))
    assert "443" not in printed
    assert "certbot" not in printed


def test_whoever_may_not_see_whether_there_is_one_is_refused(paper: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the plain one would take TLS away."""

    def shut(_self: Path, **_more: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "stat", shut)
    with pytest.raises(PermissionError):
        proxies.nginx(paper)


def test_the_verb_says_who_may_see_it(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    def shut(_self: Facts) -> bool:
        raise PermissionError(errno.EACCES, "denied", "/certificates/paper.example")

    (tmp_path / "gazeti.toml").touch()
    settings.GAZETI_ADDRESS = "https://paper.example"
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path))
    monkeypatch.setattr(Facts, "has_certificate", property(shut))
    said = CliRunner().invoke(main, ["doctor", "--nginx"])
    assert (said.exit_code, said.stdout) == (1, "")
    assert "Only root may look" in said.stderr


def test_where_another_s_certificate_lies_it_says_where_it_looked_and_what_lies_there(
    paper: Facts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Printed over a configuration with TLS this one would take it away: it is said aloud, not only in the file."""
    certified(replace(paper, host="paper.example"))
    (tmp_path / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path))
    monkeypatch.setattr(proxies, "facts", lambda: replace(paper, host="www.paper.example"))
    said = CliRunner().invoke(main, ["doctor", "--nginx"])
    assert f"No certificate lies in {paper.certificates / 'www.paper.example'}, so this serves" in said.stderr
    assert "Others are there (paper.example)" in said.stderr
    assert "--cert-name www.paper.example -d www.paper.example" in said.stdout


def test_an_address_with_a_port_or_in_ipv6_is_listened_to_as_readers_spell_it(paper: Facts) -> None:
    six = replace(paper, host="2001:db8::1", is_tls=False, door=8080)
    assert "listen 8080;" in proxies.nginx(six)
    assert "server_name [2001:db8::1];" in proxies.nginx(six)
    assert "\nhttp://[2001:db8::1]:8080 {" in proxies.caddy(six)
    by_tls = proxies.nginx(certified(replace(paper, door=8443)))
    assert "listen 8443 ssl http2;" in by_tls
    assert "return 301 https://localhost:8443$request_uri;" in by_tls


def test_an_address_at_our_own_door_is_none_for_a_server_in_front(settings: Settings) -> None:
    settings.GAZETI_PORT, settings.GAZETI_ADDRESS = 8000, "http://localhost:8000"
    assert proxies.facts().door is None
    settings.GAZETI_ADDRESS = "http://localhost:8080"
    assert proxies.facts().door == 8080


@pytest.mark.parametrize("written", [proxies.nginx, proxies.caddy])
def test_it_says_that_the_server_in_front_must_be_trusted(written: Any, paper: Facts) -> None:
    assert 'trusted_proxies = ["127.0.0.1"]' in written(paper)
