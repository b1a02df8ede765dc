"""What begs for visits, subscriptions, calls or money, in English, Swahili, Somali and Sheng.

Written from what such comments are known to say; no collection of them was looked at, so that one can judge them.
"""

import re
from collections.abc import Iterator, Sequence

from gazeti.comments.rules.words.spans import Span, as_they_stand, pieces_in
from gazeti.plain.letters import folded

VISIT = (
    "check(?:ing)?(?: it)? out|checkout|check|visit|subscribe|sub|follow|click|watch|listen(?: to)?|look at|look up|"
    "like|share|join|stream|download|google|search(?: for)?|add|"
    "tembelea|bonyeza|fuata|fuateni|jiunge(?: na)?|jiunga(?: na)?|tazama|sikiliza|pakua|cheki|chekini|gusa|"
    "booqo|booqda|riix|guji|ku biir|soo biir|daawo|daawada|raac|la soco|dhageyso"
)
THING = (
    "chann?els?|pages?|videos?|vids?|clips?|songs?|music|beats|mixtape|album|playlist|covers?|remix|"
    "web ?sites?|sites?|blog|link|profile|account|shop|store|business|app|podcast|"
    "instagram|insta|ig|facebook|fb|youtube|twitter|tiktok|telegram|whatsapp|snapchat|soundcloud|"
    "chaneli|ukurasa|tovuti|kiungo|kundi|grupu|duka|biashara|wimbo|nyimbo|linki"
)
OWN = "my|our|wangu|wetu|yangu|yetu|langu|letu|changu|chetu|zangu|zetu"
OURS_IN_SOMALI = (
    "(?:kanaal|channel|bog|muuqaal|video|link|page|group|koox|dukaan)[kgh]?(?:ayga|eyga|eenna|eena|aaga|an|igan)"
)
EARN = "earn|earns|earned|earning|make|makes|made|making|pata|vuna|tengeneza|samee"
MONEY = "money|cash|dollars?|usd|income|profit|pesa|hela|doo|doh|chapaa|mulla|lacag|ksh|kes|shillings?"
AT_HOME = "from home|from your phone|online|mtandaoni|ukiwa nyumbani|kila siku|maalin kasta"
OFTEN = f"{AT_HOME}|daily|weekly|(?:a|per|every|each) (?:day|week|hour)|an hour"
REACH = "whatsapp|telegram|inbox|dm|sms|text|call|contact|email|piga|nipigie|nicheki|wasiliana|la soo xiriir|wac"
NUMBER = r"\d{2,4}(?: ?\d{2,4}){2,4}"
PATTERNS = (
    # Visit what is mine.
    rf"(?:{VISIT})(?: \w+){{0,4}}? (?:my|our)(?: \w+){{0,3}}? (?:{THING})",
    rf"(?:{VISIT})(?: \w+){{0,2}}? (?:{THING})(?: \w+)? (?:{OWN})",
    rf"(?:{VISIT})(?: \w+){{0,2}}? {OURS_IN_SOMALI}",
    r"(?:visit|open|click|check(?: out)?) (?:on )?this (?:link|web ?site|site|channel|page|video)",
    r"click (?:on )?(?:here|the link|link|below)|link(?:i)? (?:in|on|kwa) (?:(?:the|my) )?(?:bio|profile|description)",
    r"give (?:me|my \w+|our \w+) a (?:chance|listen|look|watch|view|visit)",
    # Be my follower.
    r"(?:please|pls|plz|kindly|tafadhali|fadlan) (?:\w+ )?(?:subscribe|sub|follow)",
    r"subscribe(?: (?:to|back|now|here|guys|kwa|na))?|sub (?:to|2|me|back)|follow (?:me|us|back)",
    r"(?:sub|follow|like) (?:4|for) (?:a )?(?:sub|follow|like)|(?:sub4sub|f4f|l4l)",
    r"nifuate|nifuateni|nifollow|niadd|nisubscribe",
    # Earn without work.
    rf"(?:{EARN})(?: \w+){{0,4}}? (?:{MONEY})(?: \w+){{0,3}}? (?:{AT_HOME})",
    rf"(?:i|we|you|u|ninge|nina)(?: \w+){{0,2}}? (?:{EARN})(?: \w+){{0,4}}? (?:{OFTEN})",
    r"(?:double|multiply) your (?:money|cash|bitcoin|btc|investment|income)|guaranteed (?:profits?|returns?|income)",
    r"free (?:money|gift cards?|iphones?|followers|subscribers|views|likes|bitcoins?)|get rich (?:quick|fast|now)",
    r"(?:invest|trade|trading) with (?:her|him|mr|mrs|ms|expert|a trusted|a legit)|(?:funds?|crypto) recovery \w+",
    r"(?:do you|are you|u) (?:need|want|looking for)(?: \w+){0,3}? loan|loan at \d|unahitaji mkopo|mkopo wa haraka",
    # Call me.
    rf"(?:{REACH})(?: \w+){{0,4}}? {NUMBER}",
    r"(?:whatsapp|telegram|inbox|dm) (?:me|us|him|her|mr|mrs|dr|doctor|prophet|now|on|at)",
    r"(?:contact|text|reach|message)(?: \w+){1,4}? (?:whatsapp|telegram|gmail|hotmail)",
)
ASKS = re.compile(rf"\b(?:{'|'.join(PATTERNS)})\b")


def asks_in(text: str) -> tuple[str, ...]:
    """What in a text begs or advertises, as it stands there."""
    seen = folded(text)
    return as_they_stand(_asks(pieces_in(seen.text)), text, seen)


def _asks(pieces: Sequence[Span]) -> Iterator[Span]:
    """Where the words, one space between them, say such a thing."""
    places = [piece for piece in pieces for _ in range(len(piece.words) + 1)]
    for found in ASKS.finditer(" ".join(piece.words for piece in pieces)):
        yield Span(found[0], places[found.start()].start, places[found.end() - 1].end)
