"""A Bland-Altman plot in cells: differences of two raters over what they gave, with the bias and the limits of agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.strip import Strip

from sitegen_tui.domain.agreement import BlandAltman
from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.painted import PaintedLine
from sitegen_tui.tui.widgets.scatter import Span, span

GUTTER = 7
LEAST_HEIGHT = 7
"""Lines under which there is no picture."""
SIGNS = "·•●"
"""One step, two to four, more: how many fall into a cell."""
LINES = {"upper": "╌", "bias": "─", "lower": "╌", "zero": "┄"}
LEAST_SPREAD = 1.0
"""Points to either side of 0 that are always in the picture."""


class BlandAltmanPlot(PaintedLine):
    """Mean of both to the right, first minus second upwards, in points; as high as its style says."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[tuple[float, float], ...] = ()
        self._bland: BlandAltman | None = None
        self._title = ""
        self._strips: tuple[tuple[int, int], list[Strip]] = ((-1, -1), [])

    def show(self, points: Sequence[tuple[float, float]], bland: BlandAltman | None, title: str) -> None:
        """What both gave of each step, the limits, and what stands below the axis."""
        shown = (tuple(points), bland, title)
        if shown != (self._points, self._bland, self._title):
            self._points, self._bland, self._title = shown
            self._strips = ((-1, -1), [])
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line of the picture."""
        size = (width, self.size.height)
        if self._strips[0] != size:
            self._strips = (size, self._drawn(*size))
        strips = self._strips[1]
        return strips[y] if y < len(strips) else Line(width).strip()

    def forget_lines(self) -> None:
        """Cached lines carry colours."""
        self._strips = ((-1, -1), [])

    def _drawn(self, width: int, height: int) -> list[Strip]:
        palette, room, rows = self.palette, width - GUTTER - 1, height - 2
        if not self._points or self._bland is None or height < LEAST_HEIGHT or room < 20:
            return [Line(width).strip(), Line(width).gap(2).add("No step has a score from both.", palette.muted).strip()]
        marks = levels(self._bland)
        apart = [a - b for a, b in self._points]
        up = span([*apart, *marks.values(), -LEAST_SPREAD, LEAST_SPREAD], max(3, rows // 3))
        across = span([(a + b) / 2 for a, b in self._points], max(2, room // 12))
        cells = plotted(self._points, marks, across, up, room, rows)
        texts = {rows - 1 - up.place(value, rows): figures.points(value) for value in (marks.get("zero", 0.0),)}
        texts |= {rows - 1 - up.place(value, rows): figures.points(value) for value in (up.low, up.high)}
        texts |= {
            rows - 1 - up.place(value, rows): f"{figures.points(round(value, 1))}"
            for name, value in marks.items()
            if name != "zero"
        }
        strips: list[Strip] = []
        for row, line_cells in enumerate(cells):
            line = Line(width).column(texts.get(row, ""), GUTTER - 1, palette.muted, right=True)
            line.gap().add("┤" if row in texts else "│", palette.line)
            for sign, style in line_cells:
                line.add(sign, getattr(palette, style))
            strips.append(line.strip())
        places = {across.place(mark, room): mark for mark in across.marks}
        foot = "".join("┴" if at in places else "─" for at in range(room))
        strips.append(Line(width).gap(GUTTER).add(f"└{foot}", palette.line).strip())
        strips.append(Line(width).gap(GUTTER + 1).add(numbers_below(places, room, self._title), palette.faint).strip())
        return strips


def levels(bland: BlandAltman) -> dict[str, float]:
    """The lines that are drawn: 0, the bias, and the limits where there are any."""
    found = {"zero": 0.0, "bias": bland.bias.value, "lower": bland.lower.value, "upper": bland.upper.value}
    return {name: value for name, value in found.items() if value is not None}


def plotted(
    points: Sequence[tuple[float, float]], marks: dict[str, float], across: Span, up: Span, width: int, height: int
) -> list[list[tuple[str, str]]]:
    """The plane in `height` rows of `width` cells, the uppermost first: lines first, points over them."""
    grid = [[(" ", "faint")] * width for _ in range(height)]
    for name in ("zero", "lower", "upper", "bias"):
        if name in marks:
            style = "accent" if name == "bias" else "faint" if name == "zero" else "muted"
            grid[height - 1 - up.place(marks[name], height)] = [(LINES[name], style)] * width
    counts = Counter((height - 1 - up.place(a - b, height), across.place((a + b) / 2, width)) for a, b in points)
    for (row, column), count in counts.items():
        grid[row][column] = (SIGNS[0 if count == 1 else 1 if count < 5 else 2], "strong")
    return grid


def numbers_below(places: dict[int, float], room: int, title: str) -> str:
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
