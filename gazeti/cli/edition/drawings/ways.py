"""Drawings of what takes people across: a railway, a footbridge, a harbour, a bicycle."""

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


def railway(sheet: Sheet) -> None:
    """A commuter train crossing a viaduct above trees."""
    sheet.bands(0, 700, colours=(SKY, MIST, CREAM), steps=8)
    sheet.disc(1290, 200, 90, PAPER)
    parts.hill(sheet, crest=520, swell=40, shift=0.4, fill=mixed(SKY, MOSS, 0.35))
    parts.hill(sheet, crest=640, swell=50, shift=2.1, fill=mixed(SKY, MOSS, 0.65))
    for coach in range(4):
        left = 60 + coach * 390
        sheet.box(left, 400, 376, 132, BRICK, radius=18)
        sheet.box(left, 486, 376, 16, OCHRE)
        for window in range(5):
            sheet.box(left + 26 + window * 68, 426, 50, 46, CREAM, radius=6)
        for wheel in (70, 120, 260, 310):
            sheet.disc(left + wheel, 536, 18, INK)
    sheet.box(0, 548, WIDTH, 62, mixed(SAND, CLAY, 0.2))
    sheet.box(0, 548, WIDTH, 12, mixed(BRICK, INK, 0.4))
    for pier in range(-1, 6):
        viaduct_pier(sheet, 140 + pier * 320)
    parts.hill(sheet, crest=930, swell=26, shift=1.0, fill=MOSS)
    for x, size in ((80, 90), (250, 60), (640, 80), (980, 100), (1180, 60), (1500, 110)):
        parts.bush(sheet, x, 960, size=size, fill=mixed(MOSS, INK, 0.25))


def viaduct_pier(sheet: Sheet, x: float) -> None:
    """One tapering leg of the viaduct with its head."""
    sheet.shape(
        [(x - 70, 610), (x + 70, 610), (x + 40, 660), (x + 46, HEIGHT), (x - 46, HEIGHT), (x - 40, 660)],
        mixed(SAND, CLAY, 0.32),
    )
    sheet.shape([(x + 10, 655), (x + 40, 660), (x + 46, HEIGHT), (x + 14, HEIGHT)], mixed(SAND, BRICK, 0.45))


def river_footbridge(sheet: Sheet) -> None:
    """A footbridge over a small river between reeds."""
    sheet.bands(0, 560, colours=(CREAM, MIST, SKY), steps=6)
    parts.hill(sheet, crest=430, swell=36, shift=3.0, fill=mixed(LEAF, MIST, 0.5))
    parts.hill(sheet, crest=540, swell=22, shift=0.2, fill=LEAF)
    sheet.shape([(700, 600), (900, 600), (1250, HEIGHT), (260, HEIGHT)], TEAL)
    for _ in range(16):
        depth = sheet.chance.uniform(0.1, 1)
        x = 790 + sheet.chance.uniform(-1, 1) * (90 + 330 * depth)
        sheet.box(x - 60 * depth, 610 + 440 * depth, 120 * depth, 5, mixed(TEAL, MIST, 0.5), radius=2)
    sheet.line([(120 + at * 40, 640 - 90 * (1 - ((at - 17) / 17) ** 2)) for at in range(35)], BRICK, 30)
    sheet.line([(120 + at * 40, 540 - 90 * (1 - ((at - 17) / 17) ** 2)) for at in range(35)], BRICK, 10)
    for at in range(0, 35, 2):
        y = 640 - 90 * (1 - ((at - 17) / 17) ** 2)
        sheet.line([(120 + at * 40, y), (120 + at * 40, y - 100)], BRICK, 8)
    parts.person(sheet, 640, 556, size=190, coat=OCHRE, skin=INK, legs=INK)
    parts.person(sheet, 980, 552, size=170, coat=PLUM, skin=INK, legs=INK)
    for x in [*range(0, 330, 22), *range(1240, WIDTH, 22)]:
        height = sheet.chance.uniform(130, 300)
        sheet.line(
            [(x, HEIGHT), (x + sheet.chance.uniform(-24, 24), HEIGHT - height)],
            mixed(MOSS, LEAF, sheet.chance.random()),
            10,
        )


def harbour(sheet: Sheet) -> None:
    """A container ship under two cranes, and a dhow going out."""
    sheet.bands(0, 640, colours=(ROSE, SAND, CREAM), steps=8)
    sheet.disc(320, 330, 110, PAPER)
    sheet.bands(640, HEIGHT, colours=(SKY, TEAL), steps=7)
    sheet.box(0, 630, WIDTH, 14, mixed(TEAL, MIST, 0.4))
    for x in (900, 1290):
        crane(sheet, x)
    sheet.shape([(620, 620), (1560, 620), (1500, 780), (700, 780)], BRICK)
    sheet.shape([(672, 726), (1522, 726), (1500, 780), (700, 780)], PLUM)
    sheet.box(1400, 470, 110, 150, mixed(PAPER, SKY, 0.5), radius=8)
    for row in range(3):
        sheet.box(1414, 488 + row * 40, 82, 16, NIGHT)
    for row in range(3):
        for column in range(9 - row):
            fill = (OCHRE, TEAL, CLAY, ROSE, MOSS)[(column * 2 + row * 3) % 5]
            sheet.box(690 + column * 76, 572 - row * 48, 72, 45, fill)
    dhow(sheet, 300, 760)
    for _ in range(46):
        left, top = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(800, 1050)
        sheet.box(left, top, sheet.chance.uniform(40, 130), 5, mixed(SKY, PAPER, 0.35), radius=2)


def crane(sheet: Sheet, x: float) -> None:
    """A quay crane: two legs, a long arm and its stay."""
    for dx in (0, 130):
        sheet.box(x + dx, 250, 22, 400, NIGHT)
    sheet.box(x - 300, 240, 560, 26, NIGHT)
    sheet.line([(x + 66, 110), (x - 290, 244)], NIGHT, 8)
    sheet.line([(x + 66, 110), (x + 250, 244)], NIGHT, 8)
    sheet.shape([(x + 40, 250), (x + 66, 100), (x + 92, 250)], NIGHT)
    sheet.line([(x - 150, 262), (x - 150, 400)], NIGHT, 5)
    sheet.box(x - 192, 400, 84, 44, CLAY)


def dhow(sheet: Sheet, x: float, water: float) -> None:
    """A small boat with one slanting sail."""
    sheet.shape([(x - 170, water), (x + 190, water - 26), (x + 130, water + 54), (x - 110, water + 54)], INK)
    sheet.line([(x, water), (x + 20, water - 330)], INK, 12)
    sheet.shape([(x - 150, water - 40), (x + 60, water - 380), (x + 180, water - 90)], PAPER)
    sheet.shape([(x + 60, water - 380), (x + 180, water - 90), (x + 30, water - 64)], CREAM)


def bicycle(sheet: Sheet) -> None:
    """A bicycle against a painted wall."""
    sheet.box(0, 0, WIDTH, HEIGHT, OCHRE)
    sheet.box(0, 560, WIDTH, 300, mixed(CLAY, BRICK, 0.3))
    sheet.box(0, 552, WIDTH, 14, CREAM)
    sheet.box(0, 860, WIDTH, 220, SAND)
    sheet.disc(800, 880, 560, mixed(SAND, BRICK, 0.35), squash=0.04)
    for x in (480, 1120):
        wheel(sheet, x, 660)
    crank, seat, head = (760, 670), (690, 400), (1030, 380)
    sheet.line([(480, 660), crank, head, (708, 440), (480, 660)], TEAL, 20)
    sheet.line([crank, seat], TEAL, 20)
    sheet.line([(1120, 660), (1022, 330)], TEAL, 20)
    sheet.box(620, 376, 150, 28, INK, radius=14)
    sheet.line([(1022, 330), (1000, 300), (1110, 300), (1140, 330)], INK, 18)
    sheet.disc(*crank, 44, INK)
    sheet.disc(*crank, 24, SAND)
    sheet.line([crank, (800, 760)], INK, 14)
    sheet.box(760, 752, 90, 16, INK, radius=8)
    sheet.box(380, 380, 190, 120, mixed(BRICK, PLUM, 0.5), radius=8)
    sheet.box(380, 420, 190, 12, SAND)


def wheel(sheet: Sheet, x: float, y: float) -> None:
    """A spoked wheel."""
    for spoke in range(16):
        angle = spoke * math.tau / 16
        sheet.line([(x, y), (x + 200 * math.cos(angle), y + 200 * math.sin(angle))], CREAM, 3)
    sheet.ring(x, y, 218, INK, 22)
    sheet.ring(x, y, 198, SAND, 6)
    sheet.disc(x, y, 20, INK)
