"""The sample edition's pictures, drawn by this program: the same name gives the same picture, byte for byte."""

import io
from collections.abc import Callable

from PIL import Image

from gazeti.cli.edition.drawings import city, land, rooms, sport, trade, ways
from gazeti.cli.edition.drawings.paint import PAPER, Sheet

DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    drawing.__name__.replace("_", "-"): drawing
    for drawing in (
        city.skyline_at_dusk,
        city.minibus_stage,
        city.street_lights,
        trade.market_stalls,
        ways.railway,
        ways.river_footbridge,
        city.solar_roofs,
        land.rain_over_hills,
        land.tea_rows,
        land.borehole_pump,
        ways.harbour,
        land.acacia_plain,
        land.kitchen_garden,
        rooms.classroom,
        rooms.clinic,
        rooms.library_shelves,
        rooms.theatre_stage,
        sport.football_pitch,
        sport.running_track,
        trade.tea_kiosk,
        rooms.ballot_box,
        trade.price_chart,
        trade.woven_cloth,
        ways.bicycle,
    )
}


def drawn(name: str) -> Image.Image:
    """The picture of this name, 1600 by 1067; KeyError if nothing of that name is drawn."""
    sheet = Sheet(name, PAPER)
    DRAWINGS[name](sheet)
    return sheet.finished()


def drawn_jpeg(name: str) -> bytes:
    """The picture of this name as the bytes of a JPEG file."""
    file = io.BytesIO()
    drawn(name).save(file, "JPEG", quality=90)
    return file.getvalue()
