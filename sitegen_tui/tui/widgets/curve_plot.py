"""A calibration curve in cells: people's score over the judged one, the map between them, and the line on which both are equal."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from sitegen_tui.domain.agreement import ScoreMap
from sitegen_tui.stats.score_maps import at
from sitegen_tui.tui import figures
from sitegen_tui.tui.widgets.plane import GUTTER, LEAST_HEIGHT, LEAST_ROOM, Cells, Plane, blank, mark_steps
from sitegen_tui.tui.widgets.scatter import Span, span

EQUAL, MAP = "╱", "━"


class CurvePlot(Plane):
    """Judged to the right, people upwards, both in points; as high as its style says."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[tuple[float, float], ...] = ()
        self._curve: ScoreMap | None = None

    def show(self, points: Sequence[tuple[float, float]], curve: ScoreMap | None) -> None:
        """Judged and people's score of each labelled step, and the map."""
        shown = (tuple(points), curve)
        if shown != (self._points, self._curve):
            self._points, self._curve = shown
            self.changed()

    def drawn(self, width: int, height: int) -> list[Strip]:
        """Axes, lines and steps, or why there is no picture."""
        room, rows = width - GUTTER - 1, height - 2
        if not self._points:
            return self.words(width, "No step has been labelled.")
        if height < LEAST_HEIGHT or room < LEAST_ROOM:
            return self.words(width, "There is no room for the picture.")
        across = span([one for one, _ in self._points], max(2, room // 12))
        up = span([one for point in self._points for one in point], max(3, rows // 3))
        texts = {rows - 1 - up.place(mark, rows): figures.points(mark).removesuffix(".0") for mark in up.marks}
        cells = curved(self._points, self._curve, across, up, room, rows)
        return self.framed(width, cells, texts, across, "judged, points", "faint")


def curved(points: Sequence[tuple[float, float]], curve: ScoreMap | None, across: Span, up: Span, width: int, height: int) -> Cells:
    """The plane in `height` rows of `width` cells, the uppermost first: equality, then the map, then the steps."""
    grid = blank(width, height)
    for column in range(width):
        judged = across.low + (across.high - across.low) * column / (width - 1)
        if up.low <= judged <= up.high:
            grid[height - 1 - up.place(judged, height)][column] = (EQUAL, "faint")
        if curve is not None and curve.knots:
            value = at(curve.kind, curve.knots, judged)
            if up.low <= value <= up.high and curve.knots[0][0] <= judged <= curve.knots[-1][0]:
                grid[height - 1 - up.place(value, height)][column] = (MAP, "accent")
    mark_steps(grid, points, across, up)
    return grid
