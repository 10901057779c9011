"""A few lines that say everything about what is under a cursor."""

from __future__ import annotations

from textual.strip import Strip

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Pieces
from sitegen_tui.tui.widgets.painted import PaintedLine


class Detail(PaintedLine):
    """Lines of pieces with the names of their styles; as high as its style says, missing lines are blank."""

    DEFAULT_CSS = """
    Detail { height: 2; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[tuple[str, str], ...], ...] = ()

    def show(self, *lines: Pieces) -> None:
        """Set the lines; repaints only when they differ."""
        found = tuple(tuple(line) for line in lines)
        if found != self._lines:
            self._lines = found
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One of the lines."""
        line = Line(width).gap()
        for text, style in self._lines[y] if y < len(self._lines) else ():
            line.add(one_line(text), getattr(self.palette, style))
        return line.strip()
