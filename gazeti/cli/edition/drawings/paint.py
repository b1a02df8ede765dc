"""The paint of the sample edition's pictures: a sheet, a palette and a few flat shapes.

Coordinates are those of the finished picture; a sheet is drawn twice as large and reduced, so edges are smooth.
"""

import functools
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 1067
SCALE = 2

PAPER, CREAM, SAND, OCHRE = "#fbf2df", "#f3e2be", "#e6c88f", "#d99a3a"
CLAY, BRICK, PLUM, INK = "#c4643a", "#8a3324", "#4c2b38", "#2a2229"
ROSE, LILAC, LEAF, MOSS = "#e0a084", "#8f7196", "#7a8f4c", "#3f5a41"
TEAL, SKY, MIST, NIGHT = "#2f6a6d", "#a5c4bd", "#d9e2d2", "#232b3f"
SEA = "#6a9795"

Point = tuple[float, float]
Colour = str | tuple[int, int, int]


def mixed(one: str, other: str, share: float) -> tuple[int, int, int]:
    """The colour that lies `share` (0 to 1) of the way from one to the other."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    red, green, blue = (round(start + (end - start) * share) for start, end in pairs)
    return red, green, blue


class Sheet:
    """One picture in the making."""

    def __init__(self, name: str, ground: str) -> None:
        self.chance = random.Random(f"gazeti:{name}")  # noqa: S311 - a picture is the same every time it is drawn
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def bands(self, top: float, bottom: float, *, colours: Sequence[str], steps: int = 9) -> None:
        """Fill between two heights with flat bands that pass through the colours."""
        for step in range(steps):
            place = step / max(1, steps - 1) * (len(colours) - 1)
            at = min(int(place), len(colours) - 2)
            colour = mixed(colours[at], colours[at + 1], place - at)
            y = top + (bottom - top) * step / steps
            self.box(0, y, WIDTH, (bottom - top) / steps + 1, colour)

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        """A rectangle, its corners round if a radius is given."""
        edge = [x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1]
        if radius:
            self.draw.rounded_rectangle(edge, radius=radius * SCALE, fill=fill)
        else:
            self.draw.rectangle(edge, fill=fill)

    def shape(self, points: Iterable[Point], fill: Colour) -> None:
        """A polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Colour, *, squash: float = 1.0) -> None:
        """A circle, or an ellipse `squash` as tall as it is wide."""
        edge = [(x - r) * SCALE, (y - r * squash) * SCALE, (x + r) * SCALE, (y + r * squash) * SCALE]
        self.draw.ellipse(edge, fill=fill)

    def ring(self, x: float, y: float, r: float, fill: Colour, width: float, *, squash: float = 1.0) -> None:
        """The outline of a circle or ellipse."""
        edge = [(x - r) * SCALE, (y - r * squash) * SCALE, (x + r) * SCALE, (y + r * squash) * SCALE]
        self.draw.ellipse(edge, outline=fill, width=round(width * SCALE))

    def line(self, points: Iterable[Point], fill: Colour, width: float) -> None:
        """A line through the points, its joints round."""
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE), "curve")

    def light(self, points: Iterable[Point], fill: str, strength: float) -> None:
        """A polygon of thin light (or shade) laid over what is there; strength is 0 to 1."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        ImageDraw.Draw(mask).polygon(list(points), fill=round(255 * strength))
        self.image.paste(Image.new("RGB", self.image.size, fill), mask=mask.resize(self.image.size))

    def finished(self) -> Image.Image:
        """The picture at its own size, with the grain of paper."""
        return ImageChops.multiply(self.image.reduce(SCALE), grain())


@functools.cache
def grain() -> Image.Image:
    """A soft, light texture: broad patches and a fine tooth, the same on every sheet."""
    chance = random.Random("gazeti:grain")  # noqa: S311 - texture, not a secret
    sheet = Image.new("L", (WIDTH, HEIGHT), 255)
    for columns, rows, depth in ((16, 11, 10), (160, 107, 8), (800, 534, 9)):
        cells = Image.frombytes("L", (columns, rows), chance.randbytes(columns * rows))
        cells = cells.point([255 - depth * value // 255 for value in range(256)])
        sheet = ImageChops.multiply(sheet, cells.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    return Image.merge("RGB", (sheet, sheet, sheet))
