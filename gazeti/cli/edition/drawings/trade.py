"""Drawings of buying and selling: market stalls, a tea kiosk, a chart of prices, woven cloth."""

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
    OCHRE,
    PAPER,
    PLUM,
    ROSE,
    SAND,
    SEA,
    SKY,
    TEAL,
    WIDTH,
    Sheet,
    mixed,
)


def market_stalls(sheet: Sheet) -> None:
    """Three stalls under striped awnings, their crates full."""
    sheet.bands(0, 720, colours=(SKY, MIST, CREAM), steps=6)
    sheet.box(0, 520, WIDTH, 240, mixed(ROSE, CLAY, 0.3))
    sheet.box(0, 740, WIDTH, 340, SAND)
    for x, stripe in ((40, BRICK), (560, TEAL), (1080, OCHRE)):
        sheet.box(x + 20, 330, 440, 440, mixed(PLUM, INK, 0.25))
        sheet.box(x + 20, 330, 16, 600, INK)
        sheet.box(x + 444, 330, 16, 600, INK)
        awning(sheet, x, stripe=stripe)
        parts.person(sheet, x + 240, 780, size=330, coat=CREAM if stripe == BRICK else ROSE, skin=INK, legs=INK)
        crates(sheet, x)


def awning(sheet: Sheet, x: float, *, stripe: str) -> None:
    """Striped cloth with a scalloped edge."""
    for strip in range(8):
        fill = stripe if strip % 2 else PAPER
        left, right = x + strip * 60, x + strip * 60 + 60
        lean = (240 - strip * 60) * 0.12
        lean_right = (240 - strip * 60 - 60) * 0.12
        sheet.shape([(left + lean, 210), (right + lean_right, 210), (right, 380), (left, 380)], fill)
        sheet.disc((left + right) / 2, 380, 30, fill)


def crates(sheet: Sheet, x: float) -> None:
    """A row of crates, each heaped with one fruit."""
    for at, fruit in enumerate((CLAY, LEAF, OCHRE)):
        left = x + 24 + at * 146
        heap(sheet, left + 70, fill=fruit)
        sheet.box(left, 772, 140, 130, mixed(CLAY, SAND, 0.45))
        for slat in range(3):
            sheet.box(left, 786 + slat * 40, 140, 8, mixed(BRICK, SAND, 0.3))


def heap(sheet: Sheet, middle: float, *, fill: str) -> None:
    """Fruit of one kind, heaped in three rows."""
    for row, count in ((0, 5), (1, 4), (2, 2)):
        for each in range(count):
            shade = mixed(fill, PAPER, sheet.chance.uniform(0, 0.22))
            sheet.disc(middle + (each - (count - 1) / 2) * 27, 766 - row * 22, 17, shade)


def tea_kiosk(sheet: Sheet) -> None:
    """A kettle, glasses of tea and a plate of mandazi on a counter."""
    sheet.bands(0, 760, colours=(TEAL, SEA), steps=4)
    for x in range(0, WIDTH, 200):
        sheet.box(x, 0, 6, 760, mixed(TEAL, INK, 0.25))
    sheet.box(0, 740, WIDTH, 330, mixed(CLAY, BRICK, 0.35))
    sheet.box(0, 740, WIDTH, 30, mixed(CLAY, SAND, 0.4))
    kettle(sheet, 470, 800)
    for x in (900, 1060):
        tea_glass(sheet, x, 820)
    sheet.disc(1330, 830, 190, mixed(BRICK, INK, 0.4), squash=0.18)
    sheet.disc(1330, 812, 186, PAPER, squash=0.18)
    for x, y in ((1250, 790), (1330, 776), (1410, 790), (1290, 740), (1372, 738), (1332, 694)):
        sheet.shape([(x - 56, y + 22), (x, y - 44), (x + 56, y + 22)], mixed(OCHRE, CLAY, 0.35))
        sheet.shape([(x - 30, y + 4), (x, y - 44), (x + 30, y + 4)], mixed(OCHRE, SAND, 0.2))
    for x in (470, 900, 1060):
        steam(sheet, x, 560 if x > 600 else 380)


def kettle(sheet: Sheet, x: float, foot: float) -> None:
    """A big enamel kettle."""
    sheet.disc(x, foot, 250, mixed(BRICK, INK, 0.4), squash=0.1)
    sheet.ring(x, foot - 320, 170, INK, 22)
    sheet.shape([(x + 150, foot - 130), (x + 330, foot - 300), (x + 366, foot - 276), (x + 200, foot - 40)], OCHRE)
    sheet.disc(x, foot - 150, 226, OCHRE, squash=0.72)
    sheet.disc(x, foot - 296, 110, mixed(OCHRE, BRICK, 0.3), squash=0.3)
    sheet.disc(x, foot - 336, 24, INK)
    sheet.disc(x - 110, foot - 180, 46, mixed(OCHRE, PAPER, 0.45), squash=1.5)


def tea_glass(sheet: Sheet, x: float, foot: float) -> None:
    """A glass of milky tea."""
    sheet.disc(x, foot, 70, mixed(BRICK, INK, 0.4), squash=0.15)
    sheet.shape([(x - 62, foot - 190), (x + 62, foot - 190), (x + 48, foot), (x - 48, foot)], mixed(SKY, PAPER, 0.5))
    sheet.shape(
        [(x - 57, foot - 150), (x + 57, foot - 150), (x + 46, foot - 8), (x - 46, foot - 8)], mixed(CLAY, SAND, 0.5)
    )
    sheet.box(x - 40, foot - 180, 12, 160, mixed(PAPER, SAND, 0.3), radius=6)


def steam(sheet: Sheet, x: float, foot: float) -> None:
    """Three threads of steam."""
    for dx in (-34, 0, 34):
        thread = [(x + dx + 14 * math.sin(at / 3 + dx), foot - at * 8) for at in range(20)]
        sheet.line(thread, mixed(MIST, TEAL, 0.35), 8)


def price_chart(sheet: Sheet) -> None:
    """Bars and a line on squared paper, with a pencil beside them."""
    sheet.box(0, 0, WIDTH, HEIGHT, CLAY)
    sheet.shape([(190, 110), (1400, 110), (1400, 980), (190, 980)], mixed(CLAY, INK, 0.3))
    sheet.box(170, 90, 1210, 870, PAPER)
    for x in range(230, 1360, 60):
        sheet.box(x, 90, 2, 870, MIST)
    for y in range(150, 950, 60):
        sheet.box(170, y, 1210, 2, MIST)
    heights = (210, 250, 240, 330, 380, 360, 450, 520)
    for at, height in enumerate(heights):
        sheet.box(290 + at * 124, 870 - height, 84, height, TEAL if at < 7 else OCHRE)
    line = [(332 + at * 124, 760 - height) for at, height in enumerate(heights)]
    sheet.line(line, BRICK, 12)
    for x, y in line:
        sheet.disc(x, y, 17, BRICK)
        sheet.disc(x, y, 8, PAPER)
    sheet.box(250, 866, 1060, 10, INK)
    sheet.box(250, 180, 10, 690, INK)
    pencil(sheet)


def pencil(sheet: Sheet) -> None:
    """A pencil laid across the corner."""
    sheet.shape([(1210, 1010), (1490, 560), (1540, 592), (1260, 1042)], OCHRE)
    sheet.shape([(1226, 1020), (1506, 570), (1522, 580), (1242, 1030)], mixed(OCHRE, SAND, 0.6))
    sheet.shape([(1490, 560), (1540, 592), (1564, 552), (1514, 520)], ROSE)
    sheet.shape([(1210, 1010), (1260, 1042), (1190, 1078)], CREAM)


def woven_cloth(sheet: Sheet) -> None:
    """Bands of woven pattern, as on a kikoi or a beaded belt."""
    sheet.box(0, 0, WIDTH, HEIGHT, CREAM)
    bands = (
        (0, 120, BRICK),
        (150, 90, OCHRE),
        (270, 200, TEAL),
        (500, 70, CLAY),
        (600, 200, PLUM),
        (830, 90, MOSS),
        (950, 120, BRICK),
    )
    for y, height, fill in bands:
        sheet.box(0, y, WIDTH, height, fill)
    for at in range(-1, 17):
        diamond(sheet, at * 100 + 50, 370, size=88, fills=(SAND, CLAY, PAPER))
        diamond(sheet, at * 100, 700, size=88, fills=(ROSE, OCHRE, PLUM))
    for at in range(41):
        x = at * 40
        sheet.shape([(x, 120), (x + 20, 84), (x + 40, 120)], CREAM)
        sheet.shape([(x, 950), (x + 20, 986), (x + 40, 950)], CREAM)
        sheet.disc(x + 20, 195, 11, BRICK)
        sheet.disc(x + 20, 535, 11, CREAM)
        sheet.disc(x + 20, 875, 11, OCHRE)
    for y in range(0, HEIGHT, 12):
        sheet.box(0, y, WIDTH, 2, mixed(SAND, INK, 0.25))


def diamond(sheet: Sheet, x: float, y: float, *, size: float, fills: tuple[str, ...]) -> None:
    """Diamonds, one inside the other."""
    for at, fill in enumerate(fills):
        r = size * (1 - at * 0.32)
        sheet.shape([(x, y - r), (x + r * 0.56, y), (x, y + r), (x - r * 0.56, y)], fill)
