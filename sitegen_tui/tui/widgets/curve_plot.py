"""A calibration curve in cells: people's score over the judged one, the map between them, and the line on which both are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.strip import Strip

from sitegen_tui.domain.agreement import ScoreMap
from sitegen_tui.stats.score_maps import at
from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.bland_altman import LEAST_HEIGHT, SIGNS, numbers_below
from sitegen_tui.tui.widgets.painted import PaintedLine
from sitegen_tui.tui.widgets.scatter import Span, span

GUTTER = 7
EQUAL, MAP = "╱", "━"


class CurvePlot(PaintedLine):
    """Judged to the right, people upwards, both in points; as high as its style says."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[tuple[float, float], ...] = ()
        self._curve: ScoreMap | None = None
        self._strips: tuple[tuple[int, int], list[Strip]] = ((-1, -1), [])

    def show(self, points: Sequence[tuple[float, float]], curve: ScoreMap | None) -> None:
        """Judged and people's score of each labelled step, and the map."""
        shown = (tuple(points), curve)
        if shown != (self._points, self._curve):
            self._points, self._curve = shown
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
        if not self._points or height < LEAST_HEIGHT or room < 20:
            words = "No step has been labelled." if not self._points else "There is no room for the picture."
            return [Line(width).strip(), Line(width).gap(2).add(words, palette.muted).strip()]
        across = span([one for one, _ in self._points], max(2, room // 12))
        up = span([one for point in self._points for one in point], max(3, rows // 3))
        texts = {rows - 1 - up.place(mark, rows): figures.points(mark).removesuffix(".0") for mark in up.marks}
        strips: list[Strip] = []
        for row, cells in enumerate(curved(self._points, self._curve, across, up, room, rows)):
            line = Line(width).column(texts.get(row, ""), GUTTER - 1, palette.faint, right=True)
            line.gap().add("┤" if row in texts else "│", palette.line)
            for sign, style in cells:
                line.add(sign, getattr(palette, style))
            strips.append(line.strip())
        places = {across.place(mark, room): mark for mark in across.marks}
        foot = "".join("┴" if place in places else "─" for place in range(room))
        strips.append(Line(width).gap(GUTTER).add(f"└{foot}", palette.line).strip())
        title = "judged, points"
        strips.append(Line(width).gap(GUTTER + 1).add(numbers_below(places, room, title), palette.faint).strip())
        return strips


def curved(
    points: Sequence[tuple[float, float]], curve: ScoreMap | None, across: Span, up: Span, width: int, height: int
) -> list[list[tuple[str, str]]]:
    """The plane in `height` rows of `width` cells, the uppermost first: equality, then the map, then the steps."""
    grid = [[(" ", "faint")] * width for _ in range(height)]
    for column in range(width):
        judged = across.low + (across.high - across.low) * column / (width - 1)
        if up.low <= judged <= up.high:
            grid[height - 1 - up.place(judged, height)][column] = (EQUAL, "faint")
        if curve is not None and curve.knots:
            value = at(curve.kind, curve.knots, judged)
            if up.low <= value <= up.high and curve.knots[0][0] <= judged <= curve.knots[-1][0]:
                grid[height - 1 - up.place(value, height)][column] = (MAP, "accent")
    counts = Counter((height - 1 - up.place(human, height), across.place(judged, width)) for judged, human in points)
    for (row, column), count in counts.items():
        grid[row][column] = (SIGNS[0 if count == 1 else 1 if count < 5 else 2], "strong")
    return grid
