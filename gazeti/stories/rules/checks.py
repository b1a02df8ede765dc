"""The one table of what stands between a story and its readers, and of what an editor is warned of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from gazeti.stories.rules import essentials, pictures, warnings
from gazeti.stories.rules.facts import Facts, Finding, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One row: the rule's name, which outsiders rely on, what it does, and the function that finds."""

    name: str
    severity: Severity
    find: Callable[[Facts], Iterable[Finding]]

    def found_in(self, facts: Facts) -> Iterator[Finding]:
        """What it finds, under its name."""
        return (replace(found, rule=self.name, severity=self.severity) for found in self.find(facts))


CHECKS: tuple[Check, ...] = (
    Check("headline", Severity.ALWAYS, essentials.headline),
    Check("section", Severity.ALWAYS, essentials.section),
    Check("byline", Severity.ALWAYS, essentials.byline),
    Check("date", Severity.ALWAYS, essentials.dated),
    Check("body", Severity.ALWAYS, essentials.body),
    Check("standfirst", Severity.BLOCK, essentials.standfirst),
    Check("alt", Severity.BLOCK, pictures.alt),
    Check("credit", Severity.BLOCK, pictures.credit),
    Check("alt_adds", Severity.BLOCK, pictures.alt_adds),
    Check("rights", Severity.BLOCK, pictures.rights),
    Check("long_headline", Severity.WARN, warnings.long_headline),
    Check("broken_link", Severity.WARN, warnings.broken_link),
    Check("speaker", Severity.WARN, warnings.speaker),
    Check("long_paragraph", Severity.WARN, warnings.long_paragraph),
    Check("first_view", Severity.WARN, warnings.first_view),
)
OVERRIDABLE = frozenset(check.name for check in CHECKS if check.severity is Severity.BLOCK)
"""The names of the blocks that an editor may override."""


def findings(facts: Facts) -> Iterator[Finding]:
    """Whatever the table finds, in its order, each once."""
    seen: list[Finding] = []
    for found in chain.from_iterable(check.found_in(facts) for check in CHECKS):
        if found not in seen:
            seen.append(found)
            yield found
