"""A table with a column in which intervals are drawn to one scale, and the line of numbers above it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.strip import Strip

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.columns import ColumnList
from sitegen_tui.tui.widgets.forest import Scale, axis, scale
from sitegen_tui.tui.widgets.painted import PaintedLine

Row = TypeVar("Row")
FOREST = "forest"
"""The name of the column that intervals are drawn in."""


class ForestList(ColumnList[Row], Generic[Row]):
    """A table whose `ends` (the least and the most of all intervals) make the scale; a scale that changes repaints all rows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ends: tuple[float, ...] = ()

    def scale(self, width: int) -> Scale | None:
        """The axis that all intervals share, for a column of that width."""
        return scale(self.ends, width)

    def set_ends(self, values: list[float]) -> None:
        """The scale holds all of these values."""
        ends = (min(values), max(values)) if values else ()
        if ends != self.ends:
            self.ends = ends
            self.repaint_all()


class Axis(PaintedLine, Generic[Row]):
    """The numbers of the axis, above the intervals."""

    def __init__(self, table: ForestList[Row], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._table = table
        table.followers.append(self)

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        line, start = Line(width), 1
        for column, cells in self._table.columns(self._table.room or width):
            if column.name == FOREST:
                found = self._table.scale(cells)
                if found is not None:
                    line.to(start).add(axis(found, cells), self.palette.faint)
            start += cells + 2
        return line.strip()
