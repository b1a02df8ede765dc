"""What is known not to pass, as docs/http-cache-tests.md lists it: the table is the list that the soak test goes by."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "http-cache-tests.md"
ROW = re.compile(r"^\| (?P<tests>`[^|]+`) \| (?P<reason>[^|]+) \|$", re.MULTILINE)


def listed(kind: str) -> dict[str, str]:
    """Return the reason for each test of a kind ("required", "optimal") that does not pass."""
    text = DOCUMENT.read_text(encoding="utf-8")
    _, _, table = text.partition(f"| {kind} | reason |\n")
    rows = ROW.finditer(table.partition("\n\n")[0])
    return {test: row["reason"] for row in rows for test in re.findall(r"`([\w-]+)`", row["tests"])}
