"""A list of things to choose several from: the mark says what is chosen, not the colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing: its value, what it is called, a note, and whether it is chosen; `barred` things cannot be."""

    value: str
    label: str
    note: str = ""
    chosen: bool = False
    barred: bool = False


class ChoiceList(LineList[Choice]):
    """Space, enter or a click changes the mark of a row."""

    EMPTY: ClassVar[tuple[str, ...]] = ("Looking …",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "choose"),
        Binding("enter", "choose", "choose", show=False),
        Binding("a", "all", "all or none"),
    ]

    class Changed(Message):
        """Another set is chosen."""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Values of the chosen rows, in order."""
        return tuple(row.value for row in self.rows if row.chosen)

    def key_of(self, row: Choice) -> str:
        """Its value."""
        return row.value

    def paint_row(self, row: Choice, line: Line, part: int) -> None:
        """Mark, label, note."""
        palette = self.palette
        line.add("[x] " if row.chosen else "[ ] ", palette.accent_strong if row.chosen else palette.faint)
        label = one_line(row.label)
        style = palette.faint if row.barred else palette.strong if row.chosen else palette.text
        line.add(fit_middle(label, line.room), style)
        if row.note and line.room > 8:
            line.gap(2).add(one_line(row.note), palette.muted)

    def action_choose(self) -> None:
        """Change the mark under the cursor."""
        row = self.cursor_row
        if row is not None and not row.barred:
            self.update_row(replace(row, chosen=not row.chosen))
            self.post_message(self.Changed())

    def action_all(self) -> None:
        """All of them, or none where all are chosen already."""
        free = [row for row in self.rows if not row.barred]
        wanted = not all(row.chosen for row in free)
        self.set_rows([row if row.barred else replace(row, chosen=wanted) for row in self.rows])
        self.post_message(self.Changed())
