"""The frame of a file of comments: JSON lines, between a header that names the version and an end that counts.

What a comment's line says is in `rules.told`.
"""

import json
from typing import Any

VERSION = 1
KIND = "comments"


class OtherFile(ValueError):
    """The first line is no header of ours, or of a version that is not read here; the message is a sentence."""


def header(*, with_emails: bool) -> dict[str, Any]:
    """What the first line says; nothing in it depends on the moment."""
    return {"gazeti": KIND, "version": VERSION, "with_emails": with_emails}


def end(number: int) -> dict[str, Any]:
    """What the last line says, so that a file that was cut off is known by it."""
    return {"gazeti": KIND, "end": number}


def written(facts: dict[str, Any]) -> str:
    """One line, with its end; names keep their order and other alphabets their letters."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")) + "\n"


def check_header(line: str) -> None:
    """Raise OtherFile unless a line is the header of a file that can be read."""
    found = _object(line)
    if found.get("gazeti") != KIND or "version" not in found:
        raise OtherFile("It is no file of comments: its first line would be {“gazeti”: “comments”, “version”: 1, …}.")
    if found["version"] != VERSION or isinstance(found["version"], bool):
        version = str(found["version"])[:20]
        raise OtherFile(f"It is of version {version}, and this Gazeti reads version {VERSION}. Update it first.")


def end_in(line: str) -> int | None:
    """How many comments the last line counts; None for any other line."""
    found = _object(line) if '"end"' in line else {}
    number = found.get("end")
    is_one = found.keys() == {"gazeti", "end"} and isinstance(number, int) and not isinstance(number, bool)
    return number if is_one and found["gazeti"] == KIND else None


def story_in(line: str) -> str:
    """The address that a line names, though the rest of it may be broken; empty where not even that can be read."""
    found = _object(line).get("story")
    return found if isinstance(found, str) else ""


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
