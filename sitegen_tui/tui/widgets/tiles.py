"""A picture on the terminal's own terms: sent in tiles as they come into sight, shown by cells that name a part of a tile."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from sitegen_tui.tui.kitty import Bitmap, colour, placeholders

if TYPE_CHECKING:
    from sitegen_tui.tui.kitty import Images
    from sitegen_tui.tui.widgets.drawing import Drawing

TILE_ROWS = 16
"""Rows of cells in a tile: few, so that a long page is not sent for its beginning, and a new frame not with the whole page."""
TILES_KEPT = 16


class Tiles:
    """The tiles of one drawing that the terminal keeps, at most `TILES_KEPT` unless more are in sight."""

    def __init__(self, images: Images, drawing: Drawing) -> None:
        self._images = images
        self._drawing = drawing
        self._tiles: OrderedDict[int, tuple[int, Style]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tiles)

    def strip(self, row: int, sight: range) -> Strip:
        """A row of cells, its tile sent if it is not there; `sight` are the rows whose tiles may not be given up for it."""
        place, line = divmod(row, TILE_ROWS)
        tile = self._tiles.get(place)
        if tile is None:
            self._make_room(range(sight.start // TILE_ROWS, (sight.stop - 1) // TILE_ROWS + 1))
            tile = self._tiles[place] = self._sent(place)
        self._tiles.move_to_end(place)
        columns = self._drawing.columns
        return Strip([Segment(placeholders(line, columns), tile[1])], columns)

    def forget(self, rows: range | None = None) -> None:
        """Have tiles forgotten: those of some rows, or all."""
        for place in list(self._tiles):
            if rows is None or (place * TILE_ROWS < rows.stop and rows.start < (place + 1) * TILE_ROWS):
                self._images.drop(self._tiles.pop(place)[0])

    def _make_room(self, seen: range) -> None:
        for place in list(self._tiles):
            if len(self._tiles) < TILES_KEPT:
                return
            if place not in seen:
                self._images.drop(self._tiles.pop(place)[0])

    def _sent(self, place: int) -> tuple[int, Style]:
        drawing = self._drawing
        first, end = place * TILE_ROWS, min(drawing.rows, (place + 1) * TILE_ROWS)
        width, height = drawing.columns * drawing.cell.across, (end - first) * drawing.cell.down
        pixels = drawing.part(first, end)
        bitmap = Bitmap(width, height, pixels)
        if len(pixels) < 3 * width * height:
            # Below the page's end nothing is drawn: a terminal would stretch what is too short over all of the cells.
            bitmap = Bitmap(width, height, _with_nothing_below(pixels, width * height), clear=True)
        number = self._images.add(bitmap, drawing.columns, end - first)
        return number, Style(color=Color.from_rgb(*colour(number)))


def _with_nothing_below(pixels: bytes, count: int) -> bytes:
    """Pixels of four bytes, as many as `count`: those given, then such as can be seen through."""
    found = bytearray(4 * count)
    there = len(pixels) // 3
    for part in range(3):
        found[part : 4 * there : 4] = pixels[part::3]
    found[3 : 4 * there : 4] = b"\xff" * there
    return bytes(found)
