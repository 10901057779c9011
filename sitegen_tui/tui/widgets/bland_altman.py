"""A Bland-Altman plot in cells: differences of two raters over what they gave, with the bias and the limits of agreement."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from sitegen_tui.domain.agreement import BlandAltman
from sitegen_tui.tui import figures
from sitegen_tui.tui.widgets.plane import GUTTER, LEAST_HEIGHT, LEAST_ROOM, Cells, Plane, blank, mark_steps
from sitegen_tui.tui.widgets.scatter import Span, span

LINES = {"upper": "╌", "bias": "─", "lower": "╌", "zero": "┄"}
LEAST_SPREAD = 1.0
"""Points to either side of 0 that are always in the picture."""


class BlandAltmanPlot(Plane):
    """Mean of both to the right, first minus second upwards, in points; as high as its style says."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[tuple[float, float], ...] = ()
        self._bland: BlandAltman | None = None
        self._title = ""

    def show(self, points: Sequence[tuple[float, float]], bland: BlandAltman | None, title: str) -> None:
        """What both gave of each step, the limits, and what stands below the axis."""
        shown = (tuple(points), bland, title)
        if shown != (self._points, self._bland, self._title):
            self._points, self._bland, self._title = shown
            self.changed()

    def drawn(self, width: int, height: int) -> list[Strip]:
        """Axes, lines and steps, or why there is no picture."""
        room, rows = width - GUTTER - 1, height - 2
        if not self._points or self._bland is None:
            return self.words(width, "No step has a score from both.")
        if height < LEAST_HEIGHT or room < LEAST_ROOM:
            return self.words(width, "There is no room for the picture.")
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
        return self.framed(width, cells, texts, across, self._title, "muted")


def levels(bland: BlandAltman) -> dict[str, float]:
    """The lines that are drawn: 0, the bias, and the limits where there are any."""
    found = {"zero": 0.0, "bias": bland.bias.value, "lower": bland.lower.value, "upper": bland.upper.value}
    return {name: value for name, value in found.items() if value is not None}


def plotted(
    points: Sequence[tuple[float, float]], marks: dict[str, float], across: Span, up: Span, width: int, height: int
) -> Cells:
    """The plane in `height` rows of `width` cells, the uppermost first: lines first, points over them."""
    grid = blank(width, height)
    for name in ("zero", "lower", "upper", "bias"):
        if name in marks:
            style = "accent" if name == "bias" else "faint" if name == "zero" else "muted"
            grid[height - 1 - up.place(marks[name], height)] = [(LINES[name], style)] * width
    mark_steps(grid, (((a + b) / 2, a - b) for a, b in points), across, up)
    return grid
