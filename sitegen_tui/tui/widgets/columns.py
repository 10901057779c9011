"""Columns of a painted table: which fit, how wide each is, and the line of headings above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.strip import Strip

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.painted import PaintedLine

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `rank` 0 always stays; the highest rank goes first where room is short. Widths in cells."""

    name: str
    title: str
    least: int
    most: int
    rank: int = 0
    right: bool = False


def allot(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[tuple[Column, int], ...]:
    """The columns that fit in `width` cells and the width of each, in their order."""
    kept = list(columns)
    while len(kept) > 1 and sum(column.least + gap for column in kept) - gap > width:
        last = max(kept, key=lambda column: column.rank)
        if last.rank == 0:
            break
        kept.remove(last)
    widths = {column.name: column.least for column in kept}
    free = width - sum(widths.values()) - gap * (len(kept) - 1)
    growing = [column for column in kept if column.most > column.least]
    while free > 0 and growing:
        share = max(1, free // len(growing))
        for column in tuple(growing):
            more = min(share, column.most - widths[column.name], free)
            widths[column.name] += more
            free -= more
            if widths[column.name] >= column.most:
                growing.remove(column)
    return tuple((column, widths[column.name]) for column in kept)


class ColumnList(LineList[Row], Generic[Row]):
    """A list whose rows are columns."""

    COLUMNS: ClassVar[tuple[Column, ...]] = ()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._allotted: tuple[int, tuple[tuple[Column, int], ...]] = (-1, ())

    def columns(self, width: int) -> tuple[tuple[Column, int], ...]:
        """Columns and widths for lines of `width` cells."""
        if self._allotted[0] != width:
            self._allotted = (width, allot(self.COLUMNS, width - 2))
        return self._allotted[1]

    def paint_row(self, row: Row, line: Line, part: int) -> None:
        """Every column in its place."""
        for place, (column, width) in enumerate(self.columns(line.width)):
            if place:
                line.gap(2)
            start = line.cells
            self.paint_cell(row, column, width, line)
            line.to(start + width)

    def paint_cell(self, row: Row, column: Column, width: int, line: Line) -> None:
        """Write one cell, at most `width` cells wide."""
        raise NotImplementedError


class Headings(PaintedLine):
    """The titles of a table's columns."""

    def __init__(self, table: ColumnList[Row], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._table = table
        table.followers.append(self)

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        line = Line(width).gap()
        for place, (column, cells) in enumerate(self._table.columns(self._table.room or width)):
            if place:
                line.gap(2)
            line.column(column.title, cells, self.palette.faint, right=column.right)
        return line.strip()
