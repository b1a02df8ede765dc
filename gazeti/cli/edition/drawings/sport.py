"""Drawings of sport: a football pitch and a running track."""

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
    SAND,
    SKY,
    TEAL,
    WIDTH,
    Sheet,
    mixed,
)


def football_pitch(sheet: Sheet) -> None:
    """A goal on a green pitch, with a ball on the spot and hills behind."""
    sheet.bands(0, 440, colours=(OCHRE, SAND, CREAM), steps=6)
    parts.hill(sheet, crest=370, swell=34, shift=5.0, fill=mixed(SKY, TEAL, 0.4))
    for x in range(-20, WIDTH + 110, 110):
        parts.bush(sheet, x, 470, size=sheet.chance.uniform(60, 90), fill=mixed(MOSS, INK, 0.2))
    for strip in range(6):
        y = 460 + strip * strip * 17 + strip * 18
        sheet.box(0, y, WIDTH, HEIGHT, mixed(LEAF, MOSS, 0.25 if strip % 2 else 0.6))
    sheet.line([(150, 620), (1450, 620)], PAPER, 8)
    sheet.line([(300, 620), (140, 900), (1460, 900), (1300, 620)], PAPER, 9)
    sheet.line([(500, 620), (440, 726), (1160, 726), (1100, 620)], PAPER, 8)
    for at in range(25):
        sheet.line([(540 + at * 21.6, 330), (540 + at * 21.6, 618)], mixed(MIST, MOSS, 0.25), 2)
    for at in range(14):
        sheet.line([(540, 334 + at * 21.6), (1060, 334 + at * 21.6)], mixed(MIST, MOSS, 0.25), 2)
    sheet.line([(536, 622), (536, 326), (1064, 326), (1064, 622)], PAPER, 15)
    sheet.disc(800, 842, 46, mixed(MOSS, INK, 0.4), squash=0.3)
    football(sheet, 800, 806)


def football(sheet: Sheet, x: float, y: float) -> None:
    """A white ball with dark panels."""
    sheet.disc(x, y, 42, PAPER)
    sheet.shape([(x + 17 * math.sin(k * math.tau / 5), y - 17 * math.cos(k * math.tau / 5)) for k in range(5)], INK)
    for k in range(5):
        angle = k * math.tau / 5
        sheet.line(
            [
                (x + 17 * math.sin(angle), y - 17 * math.cos(angle)),
                (x + 36 * math.sin(angle), y - 36 * math.cos(angle)),
            ],
            INK,
            4,
        )
    sheet.ring(x, y, 42, INK, 4)


def running_track(sheet: Sheet) -> None:
    """The bend of a running track with four runners."""
    sheet.bands(0, 330, colours=(SKY, MIST, CREAM), steps=5)
    parts.hill(sheet, crest=280, swell=30, shift=0.7, fill=mixed(LEAF, MIST, 0.35))
    sheet.box(0, 330, WIDTH, HEIGHT, LEAF)
    for lane in range(8):
        sheet.disc(1750, 1250, 1500 - lane * 110, PAPER, squash=0.6)
        fill = mixed(CLAY, BRICK, 0.15 if lane % 2 else 0.3)
        sheet.disc(1750, 1250, 1494 - lane * 110, fill if lane < 7 else mixed(MOSS, LEAF, 0.4), squash=0.6)
    for x, y, size, vest in (
        (560, 700, 210, OCHRE),
        (760, 700, 220, TEAL),
        (960, 690, 225, PAPER),
        (640, 900, 270, PLUM),
    ):
        runner(sheet, x, y, size=size, vest=vest)


def runner(sheet: Sheet, x: float, foot: float, *, size: float, vest: str) -> None:
    """A runner in full stride, going right."""
    hip, neck = (x, foot - size * 0.46), (x + size * 0.1, foot - size * 0.8)
    sheet.disc(x, foot, size * 0.3, mixed(BRICK, INK, 0.35), squash=0.12)
    for leg in (
        [hip, (x + size * 0.22, foot - size * 0.36), (x + size * 0.2, foot - size * 0.12)],
        [hip, (x - size * 0.1, foot - size * 0.24), (x - size * 0.36, foot - size * 0.26)],
    ):
        sheet.line(leg, INK, size * 0.08)
    for arm in (
        [neck, (x - size * 0.12, foot - size * 0.62), (x - size * 0.02, foot - size * 0.5)],
        [neck, (x + size * 0.22, foot - size * 0.6), (x + size * 0.36, foot - size * 0.72)],
    ):
        sheet.line(arm, INK, size * 0.06)
    sheet.line([hip, neck], vest, size * 0.17)
    sheet.disc(x + size * 0.15, foot - size * 0.93, size * 0.09, INK)
