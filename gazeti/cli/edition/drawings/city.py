"""Drawings of the town: its skyline, a minibus stage, street lights, roofs in rows."""

from gazeti.cli.edition.drawings import parts
from gazeti.cli.edition.drawings.paint import (
    BRICK,
    CLAY,
    CREAM,
    HEIGHT,
    INK,
    LILAC,
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
    Colour,
    Sheet,
    mixed,
)


def skyline_at_dusk(sheet: Sheet) -> None:
    """Towers against a low sun, with flowering jacarandas in front."""
    sheet.bands(0, 820, colours=(PLUM, CLAY, ROSE, CREAM), steps=11)
    sheet.disc(1120, 640, 130, PAPER)
    far = mixed(PLUM, ROSE, 0.45)
    for x, width, height in (
        (0, 150, 230),
        (140, 110, 330),
        (330, 120, 270),
        (760, 120, 300),
        (1010, 90, 220),
        (1290, 150, 300),
        (1450, 160, 210),
    ):
        sheet.box(x, 820 - height, width, height, far)
    for x, width, height in (
        (60, 120, 290),
        (240, 110, 430),
        (620, 130, 380),
        (880, 110, 260),
        (1180, 120, 400),
        (1370, 110, 240),
    ):
        tower(sheet, x, width=width, height=height)
    round_tower(sheet, 470)
    sheet.box(0, 815, WIDTH, 300, INK)
    for x, size in ((60, 150), (330, 110), (700, 130), (1010, 100), (1330, 160), (1560, 120)):
        parts.bush(sheet, x, 900, size=size, fill=mixed(PLUM, LILAC, 0.75))
        parts.bush(sheet, x + 40, 915, size=size * 0.7, fill=LILAC)
    sheet.box(0, 900, WIDTH, 170, mixed(INK, PLUM, 0.4))


def tower(sheet: Sheet, x: float, *, width: float, height: float) -> None:
    """An office block with some of its windows lit."""
    top = 820 - height
    sheet.box(x, top, width, height, PLUM)
    sheet.box(x + width * 0.36, top - 26, width * 0.28, 26, PLUM)
    places = [(row, column) for row in range(int(height / 30) - 1) for column in range(4)]
    for row, column in places:
        if sheet.chance.random() < 0.42:
            sheet.box(x + 14 + column * (width - 24) / 4, top + 18 + row * 30, 13, 15, OCHRE)


def round_tower(sheet: Sheet, x: float) -> None:
    """The ribbed tower with a saucer on top."""
    sheet.box(x, 400, 120, 420, INK)
    for rib in range(5):
        sheet.box(x + 10 + rib * 23, 410, 6, 400, mixed(INK, CLAY, 0.4))
    sheet.disc(x + 60, 396, 92, INK, squash=0.3)
    sheet.box(x + 56, 290, 8, 90, INK)


def minibus_stage(sheet: Sheet) -> None:
    """A minibus with a stripe, waiting at its stage under a tree."""
    sheet.bands(0, 700, colours=(SAND, CREAM, PAPER), steps=7)
    for x, height, fill in ((0, 330, ROSE), (250, 250, SAND), (1030, 290, ROSE), (1330, 380, SAND)):
        sheet.box(x, 700 - height, 290, height, fill)
        for window in range(4):
            sheet.box(x + 30 + window * 62, 740 - height, 34, 60, mixed(fill, BRICK, 0.3))
    sheet.box(0, 690, WIDTH, 60, mixed(SAND, CLAY, 0.35))
    sheet.box(0, 750, WIDTH, 320, mixed(PLUM, INK, 0.45))
    for x in range(-60, WIDTH, 260):
        sheet.shape([(x, 960), (x + 150, 960), (x + 130, 980), (x - 20, 980)], CREAM)
    minibus(sheet, 330, 400)
    sheet.box(1330, 360, 14, 390, INK)
    sheet.box(1262, 300, 150, 110, TEAL, radius=14)
    sheet.disc(1337, 355, 34, CREAM)
    for x, coat in ((1190, CLAY), (1440, OCHRE), (1510, MOSS)):
        parts.person(sheet, x, 752, size=220, coat=coat, skin=INK, legs=NIGHT)


def minibus(sheet: Sheet, x: float, y: float) -> None:
    """The vehicle, 780 wide, seen from its side."""
    sheet.disc(x + 390, y + 432, 400, mixed(INK, PLUM, 0.2), squash=0.06)
    sheet.shape(
        [
            (x, y + 40),
            (x + 40, y),
            (x + 600, y),
            (x + 720, y + 170),
            (x + 780, y + 210),
            (x + 780, y + 370),
            (x, y + 370),
        ],
        PAPER,
    )
    sheet.box(x, y + 200, 780, 66, OCHRE)
    sheet.box(x, y + 266, 780, 26, BRICK)
    for window in range(4):
        sheet.box(x + 40 + window * 132, y + 42, 112, 118, TEAL, radius=12)
    sheet.shape([(x + 572, y + 42), (x + 600, y + 42), (x + 688, y + 160), (x + 572, y + 160)], TEAL)
    sheet.box(x + 436, y + 30, 4, 330, SAND)
    sheet.box(x + 752, y + 222, 28, 36, CREAM, radius=6)
    sheet.box(x + 60, y - 26, 420, 26, CLAY, radius=6)
    for wheel in (160, 610):
        sheet.disc(x + wheel, y + 366, 74, INK)
        sheet.disc(x + wheel, y + 366, 34, SAND)


def street_lights(sheet: Sheet) -> None:
    """A street after dark, lamp after lamp throwing a cone of light."""
    sheet.bands(0, 620, colours=(INK, NIGHT, PLUM), steps=8)
    for _ in range(70):
        sheet.disc(sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, 420), 2.2, CREAM)
    for x, width, height in (
        (0, 210, 250),
        (190, 160, 330),
        (370, 130, 190),
        (1010, 180, 210),
        (1190, 170, 320),
        (1390, 230, 260),
    ):
        sheet.box(x, 620 - height, width, height, mixed(NIGHT, INK, 0.75))
        for at in range(3):
            sheet.box(x + 28 + at * 50, 660 - height, 22, 28, OCHRE if sheet.chance.random() < 0.5 else NIGHT)
    sheet.box(0, 620, WIDTH, HEIGHT, mixed(INK, PLUM, 0.5))
    sheet.shape([(700, 620), (860, 620), (1420, HEIGHT), (120, HEIGHT)], mixed(NIGHT, INK, 0.4))
    for depth in (0.2, 0.36, 0.62, 1.0):
        for side in (-1, 1):
            lamp(sheet, 780 + side * 690 * depth, 620 + 330 * depth, size=700 * depth, side=side)
    for depth in (0.05, 0.16, 0.34, 0.66):
        sheet.shape(
            [
                (780 - 14 * depth, 620 + 447 * depth),
                (780 + 14 * depth, 620 + 447 * depth),
                (780 + 22 * depth, 660 + 520 * depth),
                (780 - 22 * depth, 660 + 520 * depth),
            ],
            SAND,
        )


def lamp(sheet: Sheet, x: float, foot: float, *, size: float, side: int) -> None:
    """A lamp post that leans over the road; `side` is -1 on the left."""
    head = x - side * size * 0.24
    top = foot - size
    cone = [
        (head - size * 0.05, top + size * 0.03),
        (head + size * 0.05, top + size * 0.03),
        (head + size * 0.3, foot),
        (head - size * 0.3, foot),
    ]
    sheet.light(cone, OCHRE, 0.22)
    sheet.line(
        [(x, foot), (x, top + size * 0.1), (x - side * size * 0.06, top + size * 0.02), (head, top)],
        mixed(INK, SAND, 0.25),
        max(3, size * 0.022),
    )
    sheet.box(head - size * 0.07, top, size * 0.14, size * 0.035, CREAM, radius=size * 0.015)


def solar_roofs(sheet: Sheet) -> None:
    """Iron roofs in rows, some carrying panels, under a high sun."""
    sheet.bands(0, 520, colours=(OCHRE, SAND, CREAM), steps=7)
    sheet.disc(330, 210, 96, PAPER)
    sheet.ring(330, 210, 130, PAPER, 8)
    sheet.box(0, 440, WIDTH, HEIGHT, mixed(CLAY, PLUM, 0.35))
    for row, (top, size, ground) in enumerate(((400, 190, ROSE), (540, 260, CLAY), (720, 350, BRICK))):
        for at in range(-1, int(WIDTH / size) + 2):
            left = at * size - row * 70
            house(sheet, left, top, size=size, roof=mixed(ground, INK, 0.12 * (at % 3)), panel=(at + row) % 2 == 0)


def house(sheet: Sheet, x: float, y: float, *, size: float, roof: Colour, panel: bool) -> None:
    """A small house under a mono-pitch roof."""
    sheet.box(x + size * 0.06, y + size * 0.3, size * 0.88, HEIGHT - y, mixed(SAND, CLAY, 0.25))
    sheet.shape(
        [(x + size * 0.16, y), (x + size * 1.02, y), (x + size * 0.94, y + size * 0.4), (x, y + size * 0.4)], roof
    )
    sheet.box(x + size * 0.2, y + size * 0.5, size * 0.16, size * 0.18, PLUM)
    sheet.box(x + size * 0.56, y + size * 0.46, size * 0.2, size * 0.6, PLUM)
    if not panel:
        return
    for column in range(3):
        left = x + size * (0.26 + column * 0.2)
        sheet.shape(
            [
                (left, y + size * 0.08),
                (left + size * 0.17, y + size * 0.08),
                (left + size * 0.14, y + size * 0.31),
                (left - size * 0.03, y + size * 0.31),
            ],
            NIGHT,
        )
        sheet.line([(left - size * 0.015, y + size * 0.2), (left + size * 0.155, y + size * 0.2)], SKY, 3)
