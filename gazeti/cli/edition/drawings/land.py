"""Drawings of the country: rain, tea, a borehole, a plain, a kitchen garden."""

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


def rain_over_hills(sheet: Sheet) -> None:
    """A shower that leans across four ridges."""
    sheet.bands(0, 700, colours=(TEAL, SKY, MIST), steps=9)
    for crest, shift, share in ((480, 0.3, 0.25), (580, 1.7, 0.5), (700, 3.2, 0.75)):
        parts.hill(sheet, crest=crest, swell=52, shift=shift, fill=mixed(SKY, MOSS, share))
    for x, y, size in ((300, 250, 260), (820, 190, 320), (1330, 270, 260)):
        parts.cloud(sheet, x, y, size=size, fill=mixed(NIGHT, TEAL, 0.45))
        parts.cloud(sheet, x + 60, y - 46, size=size * 0.6, fill=mixed(TEAL, MIST, 0.35))
    for _ in range(210):
        left, top = sheet.chance.uniform(0, WIDTH + 100), sheet.chance.uniform(270, 900)
        length = sheet.chance.uniform(26, 70)
        sheet.line([(left, top), (left - length * 0.35, top + length)], mixed(MIST, PAPER, 0.5), 3)
    parts.hill(sheet, crest=850, swell=36, shift=4.4, fill=MOSS)
    for x, size in ((180, 90), (1240, 120), (1420, 80)):
        parts.acacia(sheet, x, 880, size=size * 1.6, fill=mixed(MOSS, INK, 0.6))
    homestead(sheet, 640, 880)


def homestead(sheet: Sheet, x: float, foot: float) -> None:
    """Two huts and a fence."""
    for dx, size in ((0, 150), (190, 110)):
        sheet.box(x + dx, foot - size * 0.55, size, size * 0.62, SAND)
        sheet.shape(
            [
                (x + dx - size * 0.2, foot - size * 0.5),
                (x + dx + size * 0.5, foot - size * 1.15),
                (x + dx + size * 1.2, foot - size * 0.5),
            ],
            BRICK,
        )
        sheet.box(x + dx + size * 0.38, foot - size * 0.32, size * 0.24, size * 0.4, PLUM)


def tea_rows(sheet: Sheet) -> None:
    """Tea bushes in rows that run to the hills, with pickers among them."""
    sheet.bands(0, 460, colours=(SAND, CREAM, MIST), steps=6)
    sheet.disc(420, 220, 84, PAPER)
    parts.hill(sheet, crest=360, swell=44, shift=1.1, fill=mixed(MIST, TEAL, 0.45))
    parts.hill(sheet, crest=440, swell=34, shift=2.9, fill=mixed(MOSS, MIST, 0.35))
    sheet.box(0, 480, WIDTH, HEIGHT, mixed(BRICK, MOSS, 0.55))
    for row in range(-9, 10):
        tone = mixed(LEAF, MOSS, 0.25 if row % 2 else 0.6)
        near, far = 800 + row * 300, 860 + row * 62
        sheet.shape([(far - 25, 478), (far + 25, 478), (near + 125, HEIGHT), (near - 125, HEIGHT)], tone)
        sheet.shape([(far - 9, 478), (far + 14, 478), (near + 60, HEIGHT), (near - 50, HEIGHT)], mixed(LEAF, SAND, 0.2))
    for x, foot, size, coat in ((500, 700, 190, CLAY), (1010, 640, 140, OCHRE), (1330, 820, 270, ROSE)):
        picker(sheet, x, foot, size=size, coat=coat)


def picker(sheet: Sheet, x: float, foot: float, *, size: float, coat: str) -> None:
    """A picker with a basket on the back, waist deep in tea."""
    sheet.disc(x + size * 0.26, foot - size * 0.4, size * 0.22, SAND, squash=1.2)
    sheet.box(x - size * 0.17, foot - size * 0.66, size * 0.36, size * 0.66, coat, radius=size * 0.12)
    sheet.disc(x, foot - size * 0.8, size * 0.13, INK)
    sheet.disc(x, foot - size * 0.88, size * 0.2, CREAM, squash=0.3)
    parts.bush(sheet, x, foot + size * 0.12, size=size * 0.34, fill=mixed(LEAF, MOSS, 0.5))


def borehole_pump(sheet: Sheet) -> None:
    """A hand pump on its slab, with a line of jerrycans."""
    sheet.bands(0, 640, colours=(OCHRE, SAND, CREAM), steps=8)
    sheet.disc(1230, 250, 110, PAPER)
    parts.hill(sheet, crest=560, swell=26, shift=0.9, fill=mixed(ROSE, SAND, 0.5))
    for x, size in ((160, 190), (1010, 120), (1450, 210)):
        parts.acacia(sheet, x, 650, size=size, fill=mixed(MOSS, PLUM, 0.35))
    sheet.box(0, 640, WIDTH, HEIGHT, CLAY)
    sheet.disc(640, 900, 520, mixed(CLAY, BRICK, 0.4), squash=0.24)
    sheet.disc(640, 876, 500, SAND, squash=0.23)
    pump(sheet, 560, 860)
    for x, fill in ((1010, OCHRE), (1160, SKY), (1310, OCHRE), (1460, CREAM)):
        jerrycan(sheet, x, 920, fill=fill)
    jerrycan(sheet, 796, 930, fill=OCHRE)


def pump(sheet: Sheet, x: float, foot: float) -> None:
    """The pump: body, spout, a long handle and the water."""
    sheet.box(x - 60, foot - 30, 120, 40, INK, radius=8)
    sheet.box(x - 36, foot - 420, 72, 410, TEAL, radius=14)
    sheet.box(x - 18, foot - 400, 14, 370, mixed(TEAL, MIST, 0.4), radius=7)
    sheet.line([(x + 10, foot - 300), (x + 210, foot - 300), (x + 236, foot - 278), (x + 240, foot - 236)], TEAL, 40)
    sheet.line([(x + 240, foot - 232), (x + 246, foot - 110)], PAPER, 16)
    sheet.line([(x + 250, foot - 230), (x + 256, foot - 110)], SKY, 8)
    sheet.line([(x, foot - 430), (x - 150, foot - 520), (x - 390, foot - 470)], INK, 26)
    sheet.disc(x, foot - 430, 44, INK)
    sheet.disc(x, foot - 430, 16, SAND)
    sheet.disc(x - 390, foot - 470, 20, INK)


def jerrycan(sheet: Sheet, x: float, foot: float, *, fill: str) -> None:
    """A twenty-litre can."""
    dark = mixed(fill, BRICK, 0.3)
    sheet.disc(x, foot, 74, mixed(BRICK, INK, 0.2), squash=0.2)
    sheet.box(x - 56, foot - 140, 112, 140, fill, radius=16)
    sheet.shape([(x - 56, foot - 120), (x - 20, foot - 176), (x + 56, foot - 176), (x + 56, foot - 120)], fill)
    sheet.box(x - 8, foot - 164, 44, 18, dark, radius=8)
    sheet.box(x - 46, foot - 186, 34, 30, INK, radius=6)
    sheet.line([(x - 34, foot - 110), (x + 34, foot - 30)], dark, 7)
    sheet.line([(x + 34, foot - 110), (x - 34, foot - 30)], dark, 7)


def acacia_plain(sheet: Sheet) -> None:
    """Acacias and a herd on a dry plain, in the last light."""
    sheet.bands(0, 700, colours=(PLUM, BRICK, CLAY, OCHRE, SAND), steps=12)
    sheet.disc(1060, 560, 170, CREAM)
    parts.hill(sheet, crest=690, swell=16, shift=2.0, fill=mixed(BRICK, PLUM, 0.6))
    sheet.box(0, 720, WIDTH, HEIGHT, PLUM)
    parts.acacia(sheet, 420, 790, size=430, fill=INK)
    parts.acacia(sheet, 1390, 740, size=170, fill=INK)
    parts.acacia(sheet, 820, 730, size=110, fill=INK)
    for at in range(9):
        goat(sheet, 700 + at * 84 + sheet.chance.uniform(-14, 14), 860 + sheet.chance.uniform(-26, 40))
    parts.person(sheet, 590, 900, size=200, coat=BRICK, skin=INK, legs=INK)
    sheet.line([(632, 740), (612, 905)], INK, 6)
    for _ in range(60):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(760, 1050)
        sheet.line([(x, y), (x + 7, y - 22)], mixed(PLUM, CLAY, 0.4), 3)


def goat(sheet: Sheet, x: float, foot: float) -> None:
    """A goat, walking."""
    fill = mixed(SAND, CLAY, sheet.chance.uniform(0, 0.6))
    for dx in (-22, -12, 14, 24):
        sheet.box(x + dx, foot - 26, 5, 26, fill)
    sheet.box(x - 28, foot - 48, 60, 26, fill, radius=12)
    sheet.shape([(x - 24, foot - 42), (x - 50, foot - 60), (x - 40, foot - 72), (x - 16, foot - 46)], fill)


def kitchen_garden(sheet: Sheet) -> None:
    """Sacks and beds of greens behind a row of houses."""
    sheet.bands(0, 520, colours=(SKY, MIST, CREAM), steps=5)
    parts.hill(sheet, crest=330, swell=30, shift=1.4, fill=mixed(LEAF, MIST, 0.4))
    for x, fill in ((-40, ROSE), (380, SAND), (820, CLAY), (1240, ROSE)):
        sheet.box(x, 330, 400, 300, fill)
        sheet.shape([(x - 20, 340), (x + 40, 240), (x + 380, 240), (x + 420, 340)], mixed(fill, BRICK, 0.6))
        sheet.box(x + 150, 410, 90, 200, PLUM)
    sheet.box(0, 600, WIDTH, HEIGHT, mixed(CLAY, SAND, 0.35))
    for row, (y, count) in enumerate(((690, 9), (790, 7))):
        sheet.box(0, y, WIDTH, 44, mixed(BRICK, PLUM, 0.3 + row * 0.2))
        for at in range(count):
            leaves(sheet, 80 + at * WIDTH / count, y + 8, size=70 + row * 26)
    for x in (230, 620, 1010, 1400):
        sheet.box(x - 90, 880, 180, 200, mixed(SAND, CREAM, 0.4), radius=20)
        sheet.box(x - 90, 930, 180, 12, OCHRE)
        leaves(sheet, x, 896, size=130)


def leaves(sheet: Sheet, x: float, foot: float, *, size: float) -> None:
    """A plant of broad leaves that fan from one foot."""
    for lean, height, tone in (
        (-0.75, 0.6, 0.7),
        (0.75, 0.62, 0.55),
        (-0.38, 0.95, 0.3),
        (0.4, 0.92, 0.45),
        (0.0, 1.08, 0.1),
    ):
        tip = (x + size * lean, foot - size * height)
        middle = (x + size * lean * 0.55, foot - size * height * 0.5)
        fill = mixed(LEAF, MOSS, tone)
        sheet.shape([(x, foot), (middle[0] - size * 0.2, middle[1]), tip, (middle[0] + size * 0.2, middle[1])], fill)
        sheet.line([(x, foot), tip], mixed(LEAF, CREAM, 0.45), 3)
