"""A plane with two axes in cells: what the plots of points over points share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from textual.strip import Strip

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.painted import PaintedLine
from sitegen_tui.tui.widgets.scatter import Span

GUTTER = 7
"""Cells to the left of the plane, for the numbers of the upright axis."""
LEAST_HEIGHT = 7
"""Lines under which there is no picture."""
LEAST_ROOM = 20
"""Cells across under which there is none."""
SIGNS = "·•●"
"""One step, two to four, more: how many fall into a cell."""

Cells = list[list[tuple[str, str]]]
"""Sign and style of each cell, the uppermost row first."""


class Plane(PaintedLine):
    """Drawn anew when its size, colours or content change; as high as its style says."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: tuple[tuple[int, int], list[Strip]] = ((-1, -1), [])

    def drawn(self, width: int, height: int) -> list[Strip]:
        """Every line of the picture."""
        raise NotImplementedError

    def changed(self) -> None:
        """There is something else to show."""
        self.forget_lines()
        self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line of the picture."""
        size = (width, self.size.height)
        if self._strips[0] != size:
            self._strips = (size, self.drawn(*size))
        strips = self._strips[1]
        return strips[y] if y < len(strips) else Line(width).strip()

    def forget_lines(self) -> None:
        """Cached lines carry colours."""
        self._strips = ((-1, -1), [])

    def words(self, width: int, text: str) -> list[Strip]:
        """What is said instead of a picture."""
        return [Line(width).strip(), Line(width).gap(2).add(text, self.palette.muted).strip()]

    def framed(self, width: int, cells: Cells, beside: Mapping[int, str], across: Span, title: str, style: str) -> list[Strip]:
        """Cells between their axes; `beside` are the numbers of the upright axis by row, in a style, `title` names the other."""
        palette, room = self.palette, width - GUTTER - 1
        strips: list[Strip] = []
        for row, line_cells in enumerate(cells):
            line = Line(width).column(beside.get(row, ""), GUTTER - 1, getattr(palette, style), right=True)
            line.gap().add("┤" if row in beside else "│", palette.line)
            for sign, colour in line_cells:
                line.add(sign, getattr(palette, colour))
            strips.append(line.strip())
        places = {across.place(mark, room): mark for mark in across.marks}
        foot = "".join("┴" if at in places else "─" for at in range(room))
        strips.append(Line(width).gap(GUTTER).add(f"└{foot}", palette.line).strip())
        strips.append(Line(width).gap(GUTTER + 1).add(_numbers_below(places, room, title), palette.faint).strip())
        return strips


def blank(width: int, height: int) -> Cells:
    """A plane on which nothing is."""
    return [[(" ", "faint")] * width for _ in range(height)]


def mark_steps(cells: Cells, points: Iterable[tuple[float, float]], across: Span, up: Span) -> None:
    """Put points, to the right and upwards, on a plane; the sign says how many fall into a cell."""
    width, height = len(cells[0]), len(cells)
    counts = Counter((height - 1 - up.place(y, height), across.place(x, width)) for x, y in points)
    for (row, column), count in counts.items():
        cells[row][column] = (SIGNS[0 if count == 1 else 1 if count < 5 else 2], "strong")


def _numbers_below(places: dict[int, float], room: int, title: str) -> str:
    cells, taken = [" "] * room, -1
    for at, mark in sorted(places.items()):
        text = figures.points(mark).removesuffix(".0")
        start = min(max(0, at - len(text) // 2), room - len(text))
        if start > taken:
            cells[start : start + len(text)] = text
            taken = start + len(text)
    line = "".join(cells)
    at = line.find(" " * (len(title) + 4))
    return line if at < 0 else f"{line[: at + 2]}{title}{line[at + 2 + len(title) :]}"
