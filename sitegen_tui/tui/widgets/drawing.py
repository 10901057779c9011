"""A picture as it is drawn: how many of its pixels make a cell, and the frame around a place on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sitegen_tui.domain.pictures import Raster
    from sitegen_tui.domain.probes import Box

FRAME = (bytes((255, 214, 0)), bytes((16, 16, 20)))
"""Two colours by turns: whatever the page looks like, one of them can be seen."""
_COARSER = bytes(min(252, level + 2) & 0xFC for level in range(256))
"""Nearly equal pixels become equal, so that a line is few pieces: nobody sees a sixty-fourth of a channel."""


class Cell(NamedTuple):
    """Pixels of a picture across and down one cell of the terminal."""

    across: int
    down: int


HALVES = Cell(1, 2)
"""Half blocks: each cell is two pixels, one above the other."""


class Drawing:
    """A picture with or without a frame. `edge` is how many pixels a frame is thick."""

    def __init__(self, raster: Raster, cell: Cell = HALVES) -> None:
        self.raster = raster
        self.cell = cell
        self.columns = raster.width // cell.across
        self.rows = -(-raster.height // cell.down)
        self.frame: tuple[int, int, int, int] | None = None
        self.edge = max(1, round(cell.across / 3))
        self._pixels = raster.pixels.translate(_COARSER) if cell == HALVES else raster.pixels

    def frame_around(self, box: Box, scale: float) -> tuple[int, int, int, int]:
        """First and last column and row of a frame around a box of the page, `scale` pixels to its unit."""
        width, height, edge = self.raster.width, self.raster.height, self.edge
        left, right = int(box.x * scale) - edge, -int(-box.right * scale // 1) + edge - 1
        top, bottom = int(box.y * scale) - edge, -int(-box.bottom * scale // 1) + edge - 1
        right, bottom = max(right, left + 3 * edge - 1), max(bottom, top + 3 * edge - 1)
        # A box may lie beyond the page, where a frame could not be seen: its nearest edge can.
        left, right = min(max(0, left), width - 3 * edge), max(3 * edge - 1, min(right, width - 1))
        top, bottom = min(max(0, top), height - edge), max(edge - 1, min(bottom, height - 1))
        return left, top, max(left, right), max(top, bottom)

    def crossed(self, frame: tuple[int, int, int, int] | None, first: int, end: int) -> bool:
        """Whether a frame has pixels in rows of cells."""
        return frame is not None and frame[1] < end * self.cell.down and first * self.cell.down <= frame[3]

    def part(self, first: int, end: int) -> bytes:
        """The pixels of rows of cells, with the frame where it crosses them."""
        line, down, height = 3 * self.raster.width, self.cell.down, self.raster.height
        if not self.crossed(self.frame, first, end):
            return self._pixels[first * down * line : end * down * line]
        return b"".join(self.line(y) for y in range(first * down, min(height, end * down)))

    def line(self, y: int) -> bytes:
        """One row of pixels, with the frame where it crosses."""
        line = self._pixels[3 * y * self.raster.width : 3 * (y + 1) * self.raster.width]
        if self.frame is None or not self.frame[1] <= y <= self.frame[3]:
            return line
        left, top, right, bottom = self.frame
        edge = self.edge
        edited = bytearray(line)
        across = y < top + edge or y > bottom - edge
        parts = (range(left, right + 1),) if across else (range(left, left + edge), range(right - edge + 1, right + 1))
        for x in (x for part in parts for x in part):
            edited[3 * x : 3 * x + 3] = FRAME[((x + y) // (2 * edge)) % 2]
        return bytes(edited)

    def halves(self, row: int) -> tuple[bytes, bytes]:
        """The upper and the lower half of each cell in a row, a pixel each; no lower ones below the picture's end."""
        down, height = self.cell.down, self.raster.height
        if self.cell == HALVES:
            return self.line(2 * row), self.line(2 * row + 1) if 2 * row + 1 < height else b""
        upper, lower = row * down + down // 4, row * down + 3 * down // 4
        return self._sampled(min(upper, height - 1)), self._sampled(lower) if lower < height else b""

    def _sampled(self, y: int) -> bytes:
        """One pixel a cell of a row: enough for what lies dimmed behind a dialog."""
        line, step = self.line(y), 3 * self.cell.across
        found = bytearray(3 * self.columns)
        for part in range(3):
            found[part::3] = line[step // 6 * 3 + part : step * self.columns : step]
        return bytes(found)
