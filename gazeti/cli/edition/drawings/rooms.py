"""Drawings of places where people meet: classroom, clinic, library, theatre, polling room."""

import math

from gazeti.cli.edition.drawings import parts
from gazeti.cli.edition.drawings.paint import (
    BRICK,
    CLAY,
    CREAM,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PLUM,
    ROSE,
    SAND,
    SKY,
    TEAL,
    WIDTH,
    Sheet,
    mixed,
)


def classroom(sheet: Sheet) -> None:
    """A blackboard with a sum on it, and desks before it."""
    sheet.bands(0, 700, colours=(CREAM, SAND), steps=3)
    sheet.box(0, 690, WIDTH, HEIGHT, mixed(CLAY, SAND, 0.3))
    sheet.box(250, 130, 860, 430, mixed(BRICK, CLAY, 0.4), radius=10)
    sheet.box(272, 152, 816, 386, mixed(MOSS, INK, 0.35))
    chalk_sum(sheet)
    sheet.box(1210, 150, 280, 330, PAPER)
    sheet.box(1224, 164, 120, 302, SKY)
    sheet.box(1356, 164, 120, 302, SKY)
    parts.bush(sheet, 1300, 466, size=90, fill=LEAF)
    for row, (y, size) in enumerate(((700, 0.75), (850, 1.0))):
        for at in range(4):
            desk(sheet, 130 + at * 400 - row * 30, y, size=size)


def chalk_sum(sheet: Sheet) -> None:
    """A triangle and some rows of chalk marks."""
    chalk = mixed(PAPER, MOSS, 0.15)
    sheet.line([(360, 470), (580, 470), (580, 260), (360, 470)], chalk, 7)
    sheet.line([(552, 470), (552, 442), (580, 442)], chalk, 5)
    for row, widths in enumerate(((70, 40, 90), (50, 110), (90, 30, 60), (120,))):
        x = 680
        for width in widths:
            sheet.line([(x, 240 + row * 72), (x + width, 240 + row * 72)], chalk, 8)
            x += width + 26


def desk(sheet: Sheet, x: float, y: float, *, size: float) -> None:
    """A bench desk with an open book on it."""
    wood, dark = mixed(CLAY, OCHRE, 0.3), mixed(BRICK, PLUM, 0.3)
    for dx in (16, 250):
        sheet.box(x + dx * size, y + 20 * size, 18 * size, 190 * size, dark)
    sheet.shape(
        [
            (x + 30 * size, y - 30 * size),
            (x + 260 * size, y - 30 * size),
            (x + 290 * size, y + 24 * size),
            (x, y + 24 * size),
        ],
        wood,
    )
    sheet.box(x, y + 24 * size, 290 * size, 22 * size, mixed(BRICK, CLAY, 0.4))
    sheet.shape(
        [
            (x + 96 * size, y - 20 * size),
            (x + 143 * size, y - 14 * size),
            (x + 142 * size, y + 14 * size),
            (x + 84 * size, y + 8 * size),
        ],
        PAPER,
    )
    sheet.shape(
        [
            (x + 147 * size, y - 14 * size),
            (x + 194 * size, y - 20 * size),
            (x + 206 * size, y + 8 * size),
            (x + 148 * size, y + 14 * size),
        ],
        PAPER,
    )


def clinic(sheet: Sheet) -> None:
    """A small clinic with a green sign, a bench and a tree."""
    sheet.bands(0, 720, colours=(SKY, MIST, CREAM), steps=7)
    parts.cloud(sheet, 300, 210, size=150, fill=PAPER)
    parts.cloud(sheet, 1290, 160, size=110, fill=PAPER)
    sheet.box(0, 720, WIDTH, HEIGHT, SAND)
    sheet.shape([(680, 720), (860, 720), (1120, HEIGHT), (420, HEIGHT)], mixed(SAND, PAPER, 0.6))
    sheet.box(330, 380, 900, 360, PAPER)
    sheet.box(330, 640, 900, 100, mixed(TEAL, MIST, 0.3))
    sheet.shape([(280, 390), (360, 280), (1200, 280), (1280, 390)], CLAY)
    sheet.box(690, 470, 160, 270, TEAL)
    sheet.box(766, 470, 6, 270, mixed(TEAL, INK, 0.3))
    for x in (410, 540, 930, 1070):
        sheet.box(x, 470, 92, 110, mixed(SKY, TEAL, 0.3))
        sheet.box(x + 43, 470, 6, 110, PAPER)
    sheet.disc(770, 340, 78, PAPER)
    sheet.box(752, 292, 36, 96, MOSS)
    sheet.box(722, 322, 96, 36, MOSS)
    sheet.box(930, 700, 250, 16, BRICK)
    for x in (950, 1150):
        sheet.box(x, 714, 12, 50, BRICK)
    for x, coat in ((480, OCHRE), (570, PLUM), (640, CLAY)):
        parts.person(sheet, x, 850, size=230, coat=coat, skin=INK, legs=NIGHT)
    sheet.box(1395, 470, 36, 300, BRICK)
    parts.bush(sheet, 1410, 560, size=230, fill=MOSS)


def library_shelves(sheet: Sheet) -> None:
    """Four shelves of books with a ladder against them."""
    sheet.box(0, 0, WIDTH, HEIGHT, mixed(BRICK, PLUM, 0.5))
    for top in (40, 300, 560, 820):
        sheet.box(30, top, WIDTH - 60, 226, mixed(PLUM, INK, 0.55))
        x = 46.0
        while x < WIDTH - 110:
            x += book(sheet, x, top + 226)
        sheet.box(0, top + 226, WIDTH, 34, mixed(CLAY, BRICK, 0.3))
    for x in (0, 780, 1570):
        sheet.box(x, 0, 32, HEIGHT, mixed(CLAY, BRICK, 0.3))
    for dx in (0, 190):
        sheet.line([(1130 + dx, HEIGHT), (1060 + dx, 60)], SAND, 22)
    for step in range(8):
        y = 150 + step * 120
        sheet.line([(1066 + (y - 60) * 0.07, y), (1256 + (y - 60) * 0.07, y)], SAND, 16)


def book(sheet: Sheet, x: float, foot: float) -> float:
    """One book on its shelf; says how much of the shelf it took."""
    width, height = sheet.chance.uniform(22, 58), sheet.chance.uniform(130, 205)
    if sheet.chance.random() < 0.07:
        return width + 30
    fill = sheet.chance.choice((OCHRE, CREAM, CLAY, TEAL, SKY, ROSE, MOSS, SAND, LEAF))
    sheet.box(x, foot - height, width, height, fill)
    sheet.box(x, foot - height + 18, width, 8, mixed(fill, INK, 0.45))
    sheet.box(x, foot - 34, width, 12, mixed(fill, PAPER, 0.6))
    return width + 3


def theatre_stage(sheet: Sheet) -> None:
    """An empty stage: curtains, a spotlight, one chair and the backs of heads."""
    sheet.box(0, 0, WIDTH, HEIGHT, INK)
    sheet.box(200, 120, 1200, 640, mixed(PLUM, INK, 0.35))
    sheet.light([(770, 100), (830, 100), (1080, 740), (520, 740)], SAND, 0.3)
    sheet.shape([(160, 690), (1440, 690), (1600, 830), (0, 830)], mixed(CLAY, BRICK, 0.5))
    sheet.disc(800, 745, 280, mixed(CLAY, SAND, 0.6), squash=0.17)
    for x in (740, 850):
        sheet.box(x, 600, 12, 150, INK)
    sheet.box(730, 590, 142, 18, INK)
    sheet.box(850, 440, 12, 160, INK)
    for fold in range(7):
        tone = mixed(BRICK, INK, 0.15 if fold % 2 else 0.4)
        sheet.shape([(fold * 48, 80), (fold * 48 + 50, 80), (fold * 38 + 40, 800), (fold * 38, 800)], tone)
        sheet.shape(
            [
                (WIDTH - fold * 48, 80),
                (WIDTH - fold * 48 - 50, 80),
                (WIDTH - fold * 38 - 40, 800),
                (WIDTH - fold * 38, 800),
            ],
            tone,
        )
    for scallop in range(10):
        sheet.disc(80 + scallop * 160, 96, 92, BRICK if scallop % 2 else mixed(BRICK, INK, 0.25))
    sheet.box(0, 0, WIDTH, 92, OCHRE)
    sheet.box(0, 76, WIDTH, 10, BRICK)
    for row, y in enumerate((930, 1030)):
        for seat in range(11):
            x = 40 + seat * 152 + row * 70
            sheet.disc(x, y, 46, mixed(INK, PLUM, 0.5 * row))
            sheet.box(x - 66, y + 36, 132, 120, mixed(INK, PLUM, 0.5 * row), radius=40)


def ballot_box(sheet: Sheet) -> None:
    """A clear box with folded papers in it, and one going in."""
    sheet.bands(0, 720, colours=(SAND, CREAM), steps=4)
    sheet.box(0, 720, WIDTH, HEIGHT, BRICK)
    sheet.box(0, 720, WIDTH, 26, CLAY)
    sheet.disc(800, 930, 430, mixed(BRICK, INK, 0.4), squash=0.09)
    sheet.box(430, 440, 740, 490, mixed(SKY, PAPER, 0.45))
    for _ in range(60):
        x, y = sheet.chance.uniform(480, 1000), sheet.chance.uniform(720, 820)
        folded_paper(sheet, x, y, lean=sheet.chance.uniform(-0.6, 0.6))
    for x in (430, 1152):
        sheet.box(x, 440, 18, 490, mixed(TEAL, SKY, 0.3))
    sheet.box(430, 912, 740, 18, mixed(TEAL, SKY, 0.3))
    sheet.shape([(790, 90), (1010, 130), (950, 400), (700, 400)], PAPER)
    sheet.line([(830, 190), (930, 208)], CLAY, 10)
    sheet.line([(815, 250), (915, 268)], CLAY, 10)
    sheet.box(380, 390, 840, 80, TEAL, radius=14)
    sheet.box(640, 396, 340, 18, INK, radius=8)
    for x in (420, 1150):
        sheet.box(x, 450, 30, 60, OCHRE, radius=6)


def folded_paper(sheet: Sheet, x: float, y: float, *, lean: float) -> None:
    """A slip folded once."""
    dx, dy = 110 * math.cos(lean), 110 * math.sin(lean)
    sheet.shape([(x, y), (x + dx, y + dy), (x + dx - dy * 0.3, y + dy + 36), (x - dy * 0.3, y + 36)], PAPER)
    sheet.line([(x + dx * 0.5, y + dy * 0.5), (x + dx * 0.5 - dy * 0.3, y + dy * 0.5 + 36)], SAND, 4)
