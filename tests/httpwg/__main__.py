"""`python -m tests.httpwg FOLDER [TEST]`: run the suite, or one test with all that was said, and print the outcome."""

import sys
from collections import Counter

from tests.httpwg.suite import NotRun, folder, results, run


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def main(named: str, test: str = "") -> None:
    """Run, and print counts and every required test that did not pass."""
    copy = folder(named)
    printed = run(copy, test=test)
    if test:
        say(printed)
        return
    found = results(copy, printed)
    for kind in ("required", "optimal", "check"):
        of_kind = [each for each in found if each.kind == kind]
        verdicts = dict(Counter(each.verdict for each in of_kind))
        say(f"{kind}: {sum(each.passed for each in of_kind)} of {len(of_kind)} passed; {verdicts}")
    for each in found:
        if not each.passed:
            say(f"{each.kind} {each.id} {each.verdict} {each.said}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except NotRun as error:
        sys.exit(str(error))
