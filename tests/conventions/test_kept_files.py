"""What no kept file may hold: a package registry's host, a path of one machine, a line with a wrong end."""

import re

import pytest

from tests.conventions.tree import in_each, kept_files, refuse

# Written in parts, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "deb.debian" + ".org")
MACHINE = re.compile(r"(?<![\w.-])/(?:work|root|Users|tmp/(?!\{))/[\w.-]*")
TEXT = {
    ".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".po", ".cfg", ".ini", ".json", ".svg", ".yml", "",
}  # fmt: skip


def breaches(text: str) -> list[str]:
    """Return what a text holds that it must not."""
    hosts = [f"a registry's host, {host}" for host in REGISTRIES if host in text.lower()]
    paths = [f"a path of one machine, {path}" for path in MACHINE.findall(text)]
    ends = ["a line that ends in white space or in CR"] if re.search(r"[ \t\r]\n", text) else []
    return hosts + paths + ends + (["no newline at its end"] if text and not text.endswith("\n") else [])


def test_no_kept_file_names_a_registry_or_a_machine() -> None:
    texts = [path for path in kept_files() if path.suffix in TEXT]
    refuse(in_each(lambda path: breaches(path.read_text(encoding="utf-8")), texts))


@pytest.mark.parametrize("text", ["see files." + REGISTRIES[1], "cd /" + "work/main", "one \n", "one\r\n", "one"])
def test_a_breach_is_seen(text: str) -> None:
    assert breaches(text)


def test_plain_text_passes() -> None:
    assert breaches("It is kept in /var/lib/gazeti; see docs/operators.md.\n") == []
