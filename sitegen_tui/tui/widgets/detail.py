"""A few lines that say everything about what is under a cursor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Pieces
from sitegen_tui.tui.widgets.painted import PaintedLine


class Detail(PaintedLine):
    """Lines of pieces with the names of their styles; as high as its style says, missing lines are blank.

    Pieces that do not fit in a line go on in the next one, as long as there is a line for every line that was given.
    """

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
        line, lines = Line(width).gap(), flowed(self._lines, width - 1, max(1, self.content_size.height))
        for text, style in lines[y] if y < len(lines) else ():
            line.add(one_line(text), getattr(self.palette, style))
        return line.strip()


def flowed(lines: Sequence[Pieces], width: int, height: int) -> list[list[tuple[str, str]]]:
    """The lines, broken between pieces where one is wider than `width` cells and there are fewer than `height` lines with words."""
    given = [list(line) for line in lines]
    while given and not given[-1]:
        given.pop()
    found: list[list[tuple[str, str]]] = []
    for place, pieces in enumerate(given):
        spare = height - len(found) - (len(given) - place)
        line: list[tuple[str, str]] = []
        for text, style in pieces:
            if spare > 0 and line and _cells([*line, (text, style)]) > width:
                found.append(line)
                line, text, spare = [], text.lstrip(), spare - 1
            line.append((text, style))
        found.append(line)
    return found


def _cells(pieces: Pieces) -> int:
    return sum(cell_len(one_line(text)) for text, _ in pieces)
