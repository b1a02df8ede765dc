"""Which language a page is in, by its smallest words: English, Swahili or Somali; a page too short to tell has none."""

from gazeti.archive.formats.found import Confidence, Found
from gazeti.plain.words import normalised

PRINTED = {
    "en": "the of and to in is was for that with on by from as at has have are be it he she said which",
    "sw": "na ya wa kwa ni za katika la cha hiyo hii huo kuwa yake wake pia kama bila baada kwamba alisema",
    "so": "iyo ee oo ku ka la u in uu ay ayaa waa waxaa waxay wuxuu soo si ah kale sheegay ugu lagu kuwa",
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in PRINTED.items()}
LEAST_WORDS = 12
LEAST_SHARE = 0.15


def language_of(paragraphs: tuple[str, ...]) -> Found[str] | None:
    """The language (BCP 47) whose small words are most of those found and at least 15 in 100 of all; else None."""
    words = [word for paragraph in paragraphs for word in normalised(paragraph).split()]
    if len(words) < LEAST_WORDS:
        return None
    counts = {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}
    best, next_best = sorted(counts, key=lambda language: counts[language], reverse=True)[:2]
    if counts[best] < LEAST_SHARE * len(words):
        return None
    sure = Confidence.HIGH if counts[best] >= 3 * counts[next_best] else Confidence.FAIR
    return Found(best, sure, f"{counts[best]} of {len(words)} words are its small words")
