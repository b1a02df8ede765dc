"""What an override must say."""

from gazeti.plain.letters import visible
from gazeti.plain.words import word_count

REASON_WORDS = 3
REASON_LENGTH = 300


def reason_faults(reason: str) -> list[str]:
    """What is wrong with a written reason, a sentence each; empty if nothing is."""
    if word_count(visible(reason)) < REASON_WORDS:
        return [f"Give the reason in at least {REASON_WORDS} words: others will read it."]
    if len(reason) > REASON_LENGTH:
        return [f"The reason has {len(reason)} characters; at most {REASON_LENGTH} fit. Shorten it."]
    return []
