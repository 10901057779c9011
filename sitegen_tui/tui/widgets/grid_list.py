"""A list whose rows have cells: the cursor goes in two dimensions, and columns that do not fit scroll sideways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.strip import Strip

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.painted import PaintedLine

LEAST, MOST = 8, 14
"""Cells of a column."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in a cell, the name of a palette style, and the name of a ground behind it, if any."""

    text: str
    style: str = "text"
    ground: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its key, what stands before its cells, and a cell for each column (None where there is nothing)."""

    key: str
    label: str
    cells: tuple[GridCell | None, ...]


class GridList(LineList[GridRow]):
    """Rows of cells under column names; `cursor_cell` says which cell the cursor is on."""

    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "side(-1)", "Left", show=False),
        Binding("right", "side(1)", "Right", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names: tuple[str, ...] = ()
        self._column = 0

    @property
    def column(self) -> str | None:
        """The name of the column under the cursor."""
        return self.names[self._column] if self._column < len(self.names) else None

    @property
    def cursor_cell(self) -> tuple[str, str] | None:
        """Row key and column name under the cursor."""
        row, column = self.cursor_key, self.column
        return None if row is None or column is None else (row, column)

    def set_grid(self, names: Sequence[str], rows: Sequence[GridRow]) -> None:
        """Show these rows under these columns; the cursor stays on its row and column."""
        if tuple(names) != self.names:
            had = self.column
            self.names = tuple(names)
            self._column = self.names.index(had) if had in self.names else 0
            self.repaint_all()
        self.set_rows(rows)

    def key_of(self, row: GridRow) -> str:
        """The row's own key."""
        return row.key

    def layout_for(self, width: int) -> tuple[int, int, int, int]:
        """Cells of the label, cells of a column, and the first column shown with the one after the last."""
        width -= 1
        longest = max((cell_len(row.label) for row in self.rows), default=8)
        count = max(1, len(self.names))
        label = min(longest, max(12, width - 1 - count * (LEAST + 1)))
        each = min(MOST, max(LEAST, (width - 1 - label) // count - 1))
        fits = max(1, (width - 1 - label) // (each + 1))
        first = min(max(0, self._column - fits + 1), max(0, count - fits))
        return label, each, first, min(len(self.names), first + fits)

    def paint_row(self, row: GridRow, line: Line, part: int) -> None:
        """Label, then the cells that fit; the one under the cursor stands out where keys go."""
        label, each, first, last = self.layout_for(line.width)
        palette = self.palette
        at_row = row.key == self.cursor_key
        line.add(fit_middle(row.label, label), palette.strong if at_row else palette.text).to(1 + label)
        for place in range(first, last):
            line.gap()
            cell = row.cells[place] if place < len(row.cells) else None
            style = getattr(palette, cell.style) if cell else palette.faint
            if cell and cell.ground:
                style += getattr(palette, cell.ground)
            if at_row and place == self._column:
                style = palette.chip if self.has_focus else style + palette.on_cursor
            line.column(cell.text if cell else "·", each, style, right=True)

    def can_side(self, step: int) -> bool:
        """Whether there is a column further on in that direction."""
        return 0 <= self._column + step < len(self.names)

    def action_side(self, step: int) -> None:
        """Cursor to the left or the right."""
        self._to_column(self._column + step)

    def on_click(self, event: Click) -> None:
        """The cell under the mouse; a click where the cursor already is opens it."""
        label, each, first, last = self.layout_for(self.room)
        place = first + (event.x - 1 - label) // (each + 1)
        if event.x > label and first <= place < last and place != self._column:
            self._clicked = -1
            self._to_column(place)
        super().on_click(event)

    def _to_column(self, place: int) -> None:
        if 0 <= place < len(self.names) and place != self._column:
            self._column = place
            self.repaint_all()
            self._moved(by_person=True)


class GridHeadings(PaintedLine):
    """The names above a grid's columns; the one under the cursor stands out. `short` names are what fits."""

    def __init__(self, grid: GridList, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grid = grid
        grid.followers.append(self)
        self._title = ""
        self._short: dict[str, str] = {}

    def show(self, title: str, short: dict[str, str] | None = None) -> None:
        """What stands above the labels, and how columns are called here."""
        self._title, self._short = title, short or {}
        self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        palette, grid = self.palette, self._grid
        room = grid.room or width
        label, each, first, last = grid.layout_for(room)
        line = Line(width).gap().column(self._title, label, palette.faint)
        for name in grid.names[first:last]:
            style = palette.strong if name == grid.column else palette.muted
            line.gap().column(fit_middle(self._short.get(name, name), each), each, style, right=True)
        if last < len(grid.names):
            line.add("›", palette.faint)
        return line.strip()
