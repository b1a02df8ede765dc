"""Words are found as whole words however they are disguised, told as they stand, and never inside innocent ones."""

import time
from pathlib import Path

import pytest

from gazeti.comments.rules.words import asks_in, found_in, starter_words
from tests import needs

LISTED = ("spam", "shit", "asshole", "kill yourself", "ng'ombe wewe", "coon", "dhillo", "🍆")
LONG = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "SPAM",
        "spám",
        "sp4m",
        "$pam",
        "s p a m",
        "s.p.a.m",
        "s  p  a  m",
        "s-p_a*m",
        "sp-am",
        "ѕраm",
        "ｓｐａｍ",
        "🆂🅿🅰🅼",
        "s\u200bpam",
        "spaaam",
        "SSSPAMMM",
        "s p 4 m",
        "sh1t",
        "$h!t",
        "SH|T",
        "a$$hole",
        "@sshole",
        "K1LL\nyourself",
        "kill — yourself",
        "ng'ombe wewe",
        "ng’ombe  wewe",
        "🍆",
    ],
)
def test_a_disguised_word_is_told_as_it_stands(text: str) -> None:
    assert found_in(f"Oh ({text}), no", LISTED) == (text,)


def test_a_word_is_found_among_letters_that_stand_alone() -> None:
    assert found_in("I s p a m you", LISTED) == ("s p a m",)


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Essex: class, assassin, cockpit, shitake",
        "spams antispam spamalot",
        "spa m, sp am, as hit",
        "A55 455 5411 b16",
        "con, cons and a coon's",
        "dhiillo",
        "kill the lights yourself",
        "ng'ombe wa wewe",
        "a b c d e f g",
        "!!! 111 $$$",
        "",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert found_in(text, tuple(word for word in LISTED if word != "coon")) == ()


def test_each_word_is_told_once_and_only_the_longest() -> None:
    words = ("kill", "kill them", "them all")
    assert found_in("Kill them, KILL THEM. Kill them", words) == ("Kill them", "KILL THEM")
    assert found_in("kill them all", words) == ("kill them", "them all")


def test_a_road_and_a_number_are_no_disguise() -> None:
    assert found_in("the A55, b16, 455", ("ass", "big")) == ()
    assert found_in("b1g a$s", ("ass", "big")) == ("b1g", "a$s")


def test_letters_that_are_listed_twice_must_stand_twice() -> None:
    assert found_in("con coon cooon", ("coon",)) == ("coon", "cooon")


FAIR = {
    "en": [
        "The class of 2010 passed with flying colours in Scunthorpe and Penistone.",
        "Mr Dick Cheney's assessment of the cockpit was harsh; the titmouse sat on the shiitake.",
        "Police said the suspect killed himself. He must be tried, not shot, said the bishop.",
        "These politicians are corrupt thieves and liars; what a stupid plan.",
        "Farmers need a loan, and a good shop for their goods. Follow the leaders if you like.",
        "Teachers earn 20,000 shillings a month; call it 240 dollars.",
        "Donkeys, dogs, pigs and cockroaches were seen on the A55 to Holyhead in 1455.",
        "Visit the clinic on Monday, and contact the chief through the office if you have questions.",
    ],
    "sw": [
        "Mtoto wa kike alipata nafasi ya masomo huko Kakuma.",
        "Wakulima wanasema mbwa na nguruwe wameharibu mazao; mende wamejaa sokoni.",
        "Makoti na mataa yaliibiwa; mwizi alikamatwa na polisi.",
        "Tumepata maji safi baada ya miaka kumi, asante kwa serikali ya kaunti.",
        "Kuna matatizo ya barabara, lakini wananchi wanataka majibu kutoka kwa gavana.",
        "Ukurasa wa kwanza wa gazeti langu ulikuwa na habari njema.",
    ],
    "so": [
        "Magaalada kuma jiro, laakiin waxaan rabaa inaan ku noqdo.",
        "Dhiillo ayaa laga muujiyay abaarta ka jirta gobolka.",
        "Maxaad fala? Waxaan daawanayaa ciyaarta iyo wararka.",
        "Dameerka iyo lo'da ayaa biyo la'aan u dhintay.",
        "Guusha waxaa gaaray kooxda degmada, hambalyo.",
        "Wuxuu yiri: was he there? Maya.",
    ],
    "sheng": [
        "Manze, wasee wa mtaa wameamua kusafisha barabara, poa sana.",
        "Cheki vile mvua imeharibu barbara, na pesa zimeliwa.",
        "Msee, fare imepanda tena na hatuna doo.",
        "Mbogi ya mtaa iko area, tuko sawa.",
    ],
}


@pytest.mark.parametrize("language", FAIR)
def test_fair_sentences_meet_no_word_of_ours_and_advertise_nothing(language: str) -> None:
    for sentence in FAIR[language]:
        for kind in ("banned", "suspect"):
            assert found_in(sentence, starter_words(kind)) == (), sentence
        assert asks_in(sentence) == (), sentence


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        ("banned", "Just kill yourself.", "kill yourself"),
        ("banned", "K U M A M A K O!", "K U M A M A K O"),
        ("banned", "Hooyadaa was", "Hooyadaa was"),
        ("banned", "we msenge hii", "msenge hii"),
        ("suspect", "Fumigate the madoadoa", "madoadoa"),
        ("suspect", "Wewe ni mshenz1", "mshenz1"),
        ("suspect", "waa nacas", "nacas"),
        ("suspect", "Fala hii", "Fala hii"),
        ("suspect", "Powerful love spells here", "love spells"),
    ],
)
def test_our_lists_know_four_languages(kind: str, text: str, word: str) -> None:
    assert found_in(text, starter_words(kind)) == (word,)


def test_what_victims_must_be_able_to_tell_is_never_refused() -> None:
    for told in (
        "He tried to rape her, she told the court.",
        "Two were held for child porn.",
        "Alisema aliubakwa na polisi.",
    ):
        assert found_in(told, starter_words("banned")) == ()


def test_our_lists_are_written_once_each_and_know_no_word_twice() -> None:
    banned, suspect = starter_words("banned"), starter_words("suspect")
    assert not set(banned) & set(suspect)
    assert len({*banned, *suspect}) == len(banned) + len(suspect)
    assert all(found_in(word, (word,)) for word in (*banned, *suspect))


@pytest.mark.material
def test_no_story_of_the_sample_edition_and_of_the_seed_meets_a_word_of_ours() -> None:
    folder = Path(__file__).parents[2] / "gazeti" / "cli" / "edition" / "data" / "stories"
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()]
    texts.append((Path(needs.SHARED) / "seed" / "page.txt").read_text(encoding="utf-8"))
    assert len(texts) > 20
    assert {
        word for text in texts for kind in ("banned", "suspect") for word in found_in(text, starter_words(kind))
    } == set()
    assert {word for text in texts for word in asks_in(text)} == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please SUBSCRIBE!", ("Please SUBSCRIBE",)),
        ("Click this link, friends", ("Click this link",)),
        ("Tembelea ukurasa wangu leo", ("Tembelea ukurasa wangu",)),
        ("Booqo kanaalkayga", ("Booqo kanaalkayga",)),
        ("I made 300 dollars a day online", ("I made 300 dollars a day",)),
        ("WhatsApp her on +254 700 000 000 now", ("WhatsApp her on +254 700 000 000",)),
        ("Nifuate hapa", ("Nifuate",)),
        ("Do you need an urgent loan?", ("Do you need an urgent loan",)),
    ],
)
def test_begging_is_told_as_it_stands(text: str, words: tuple[str, ...]) -> None:
    assert asks_in(text) == words


@pytest.mark.parametrize(
    "piece", ["a ", "a1", "s.h", "sub ", "shit ", "check out my ", "call 12 ", "earn a b c ", "!", "1", "ﷺ"]
)
def test_looking_through_a_hostile_text_takes_time_in_proportion(piece: str) -> None:
    text, words = (piece * LONG)[:LONG], starter_words("suspect")
    found_in("", words)
    for look in (lambda: found_in(text, words), lambda: asks_in(text)):
        began = time.process_time()
        look()
        assert time.process_time() - began < 2
