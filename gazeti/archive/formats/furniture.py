"""What a web page prints around a story: headings of lists, bars of links. Whole lines only, never a part of prose.

English, Swahili and Somali, as the sites of East Africa print them.
"""

import re
from enum import StrEnum

LONGEST = 60


class Furniture(StrEnum):
    """What a line is, if it is no text; the value completes "left out: …"."""

    COMMENTS = "heading of the reader comments"
    COMMENT_LINK = "link to the comments"
    RECENT = "heading of a list of other stories"
    LIVE = "heading of live updates"
    SCRAP = "advertisement or link"
    MENU = "link of the site's menu"


HEADS_A_LIST = frozenset({Furniture.COMMENTS, Furniture.RECENT, Furniture.LIVE})

LINES = {
    Furniture.COMMENTS: "reader comments|readers comments|reader's comments|readers' comments|comments from readers"
    "|maoni ya wasomaji|maoni ya msomaji|faallooyinka akhristayaasha|faallada akhristayaasha|ra'yiga akhristayaasha",
    Furniture.COMMENT_LINK: "comments|comment|leave a comment|post a comment|add a comment|join the conversation"
    "|toa maoni|andika maoni|maoni|faallooyin|faallooyinka|faallo|ka faallood",
    Furniture.RECENT: "recent stories|recent story|recent news|recent articles|latest stories|latest news"
    "|latest articles|more stories|more news|other stories|related stories|related articles|related news"
    "|most read|most popular|you may also like|habari za hivi karibuni|habari za hivi punde"
    "|habari mpya|habari zaidi|habari nyingine"
    "|habari zinazohusiana|zinazosomwa sana|wararkii ugu dambeeyay|wararkii ugu dambeeyey|wararka ugu dambeeyay"
    "|wararkii u dambeeyay|warar kale|warar la xiriira|wararka la xiriira",
    Furniture.LIVE: "live updates|live blog|live coverage|taarifa za moja kwa moja|matukio ya moja kwa moja"
    "|matukio mubashara|moja kwa moja|mubashara|warar toos ah|si toos ah|toos",
    Furniture.SCRAP: "advertisement|advertisements|advert|sponsored|share this story|share this article|share this"
    "|also read|read also|skip to content|skip to main content|xayeysiis|xayaysiis",
    Furniture.MENU: "home|menu|search|share|tweet|print|email|subscribe|sign in|sign up|log in|login|register|facebook"
    "|twitter|whatsapp|telegram|instagram|youtube|copy link|mwanzo|tafuta|ingia|shiriki|jisajili|hoyga|bogga hore"
    "|raadi|wadaag|tangazo|matangazo",
}  # fmt: skip
KINDS = {line: kind for kind, lines in LINES.items() for line in lines.split("|")}
FRAME = " :»›>•·|–—-[]…"
COUNT = re.compile(r"^\d+ | ?\(?\d+\)?$")
READING_TIME = re.compile(r"\d+[ -]min(?:ute)?s? (?:of )?read(?:ing)?")


def furniture_of(line: str) -> Furniture | None:
    """What kind of furniture a whole line is, a count and a frame aside ("Comments (12) »"); None if it may be text."""
    if len(line) > LONGEST:
        return None
    words = line.casefold().replace("’", "'").strip(FRAME)
    return Furniture.MENU if READING_TIME.fullmatch(words) else KINDS.get(COUNT.sub("", words).strip(FRAME))
