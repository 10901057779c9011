"""Putting one painted line together: pieces of text with styles, cut to the width, never wider."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from sitegen_tui.tui.text import fit


class Line:
    """A line under construction; `width` is its room in cells."""

    __slots__ = ("_pieces", "cells", "width")

    def __init__(self, width: int) -> None:
        self.width = max(0, width)
        self.cells = 0
        self._pieces: list[Segment] = []

    @property
    def room(self) -> int:
        """Cells that are still free."""
        return self.width - self.cells

    def add(self, text: str, style: Style | None = None) -> Line:
        """Text as long as it is; cut with an ellipsis where the room ends. The text must be safe already."""
        if text and self.room > 0:
            cells = cell_len(text)
            if cells > self.room:
                text, cells = fit(text, self.room), self.room
            self._pieces.append(Segment(text, style))
            self.cells += cells
        return self

    def column(self, text: str, width: int, style: Style | None = None, *, right: bool = False) -> Line:
        """Text in exactly `width` cells."""
        return self.add(fit(text, min(width, self.room), right=right), style)

    def gap(self, cells: int = 1) -> Line:
        """Blanks."""
        return self.add(" " * min(cells, self.room))

    def to(self, cell: int) -> Line:
        """Blanks up to a cell."""
        return self.gap(cell - self.cells) if cell > self.cells else self

    def strip(self, ground: Style | None = None) -> Strip:
        """The finished line, padded to its width; `ground` lies under every piece that has no background of its own."""
        if self.room:
            self._pieces.append(Segment(" " * self.room))
            self.cells = self.width
        pieces = self._pieces
        if ground is not None:
            pieces = [Segment(piece.text, ground + piece.style if piece.style else ground) for piece in pieces]
        return Strip(pieces, self.width)
