"""Things that come back in several drawings: hills, trees, clouds, people seen from afar."""

import math

from gazeti.cli.edition.drawings.paint import HEIGHT, WIDTH, Colour, Sheet


def hill(sheet: Sheet, *, crest: float, swell: float, shift: float, fill: Colour, foot: float = HEIGHT) -> None:
    """One ridge across the picture: two slow waves, down to its foot."""
    step = 20
    line = [
        (x, crest + swell * math.sin(x / 310 + shift) + swell * 0.45 * math.sin(x / 137 + shift * 2.3))
        for x in range(0, WIDTH + step, step)
    ]
    sheet.shape([*line, (WIDTH, foot), (0, foot)], fill)


def acacia(sheet: Sheet, x: float, foot: float, *, size: float, fill: Colour) -> None:
    """A flat-topped tree."""
    top = foot - size
    sheet.line(
        [(x, foot), (x + size * 0.05, top + size * 0.45), (x - size * 0.34, top + size * 0.16)], fill, size * 0.05
    )
    sheet.line([(x + size * 0.04, top + size * 0.55), (x + size * 0.4, top + size * 0.14)], fill, size * 0.045)
    for dx, dy, r in ((-0.38, 0.12, 0.34), (0.36, 0.1, 0.38), (0.0, 0.02, 0.46)):
        sheet.disc(x + size * dx, top + size * dy, size * r, fill, squash=0.3)


def bush(sheet: Sheet, x: float, foot: float, *, size: float, fill: Colour) -> None:
    """A round crown close to the ground."""
    for dx, dy, r in ((-0.45, -0.3, 0.38), (0.42, -0.34, 0.4), (0.0, -0.55, 0.5)):
        sheet.disc(x + size * dx, foot + size * dy, size * r, fill)
    sheet.box(x - size * 0.75, foot - size * 0.3, size * 1.5, size * 0.3, fill, radius=size * 0.14)


def cloud(sheet: Sheet, x: float, y: float, *, size: float, fill: Colour) -> None:
    """A cloud with a flat base."""
    sheet.box(x - size, y - size * 0.22, size * 2, size * 0.22, fill, radius=size * 0.11)
    for dx, r in ((-0.5, 0.42), (0.0, 0.6), (0.52, 0.44)):
        centre, reach = x + size * dx, size * r
        rim = [math.pi * step / 40 for step in range(41)]
        sheet.shape([(centre + reach * math.cos(turn), y - reach * math.sin(turn)) for turn in rim], fill)


def person(sheet: Sheet, x: float, foot: float, *, size: float, coat: Colour, skin: Colour, legs: Colour) -> None:
    """A figure seen from afar, standing; `size` is the height."""
    sheet.box(x - size * 0.11, foot - size * 0.45, size * 0.09, size * 0.45, legs, radius=size * 0.03)
    sheet.box(x + size * 0.02, foot - size * 0.45, size * 0.09, size * 0.45, legs, radius=size * 0.03)
    sheet.box(x - size * 0.15, foot - size * 0.8, size * 0.3, size * 0.45, coat, radius=size * 0.1)
    sheet.disc(x, foot - size * 0.9, size * 0.1, skin)
