"""`make fix`: what formatters and linters can mend by themselves."""

import sys

from check import SETTINGS, TEMPLATES
from project import run, tool

FIXES = [
    tool("ruff", "check", "--fix", "--quiet"),
    tool("ruff", "format", "--quiet"),
    tool("djhtml", "--tabwidth", str(SETTINGS["djhtml"]["tabwidth"]), TEMPLATES),
    tool("codespell", "--write-changes"),
]


def main() -> int:
    """Run all fixes; return 1 if something is left that only a person can mend."""
    answers = [run(command) for command in FIXES]
    for answer in answers:
        sys.stdout.write(answer.stdout)
    # djhtml says 1 when it changed a file, so its status tells nothing here.
    return 1 if any(answer.returncode for answer in answers if "djhtml" not in answer.args[0]) else 0


if __name__ == "__main__":
    sys.exit(main())
