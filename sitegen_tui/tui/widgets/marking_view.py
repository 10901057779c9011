"""A diff in which lines can be selected, by keys alone, as evidence for what is said about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from sitegen_tui.domain.marks import Lines
from sitegen_tui.tui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from sitegen_tui.domain.diffs import Side


class MarkingView(DiffView):
    """Space begins or drops a selection, moving extends it; shift with the arrows does both. Line numbers show it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "select lines"),
        Binding("shift+up", "extend(-1)", "select upwards", show=False),
        Binding("shift+down", "extend(1)", "select downwards", show=False),
    ]

    class Selected(Message):
        """Other lines are selected, or none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._anchor: int | None = None
        self._evidence: frozenset[tuple[Side, int]] = frozenset()

    @property
    def selection(self) -> Lines | None:
        """The selected lines: as they are after the step, or before it where only lines that are gone were selected."""
        if self._anchor is None or self.rows is None or self.diff is None:
            return None
        anchor = min(self._anchor, len(self.rows) - 1)
        rows = [self.rows[at] for at in range(min(anchor, self.cursor), max(anchor, self.cursor) + 1)]
        added = any(row.right_number is not None and row.kind != "equal" for row in rows)
        gone = any(row.left_number is not None and row.kind != "equal" for row in rows)
        for side in ("before", "after") if gone and not added else ("after", "before"):
            numbers = [row.right_number if side == "after" else row.left_number for row in rows]
            known = [number for number in numbers if number is not None]
            if known:
                return Lines(file=self.diff.path, side=side, first=min(known), last=max(known))
        return None

    def show_evidence(self, places: Iterable[Lines]) -> None:
        """Mark the lines of what was said so far."""
        path = self.diff.path if self.diff else ""
        self._evidence = frozenset(
            (place.side, number) for place in places if place.file == path for number in range(place.first, place.last + 1)
        )
        self._show_selection()

    def drop_selection(self) -> bool:
        """Select nothing; False where nothing was."""
        if self._anchor is None:
            return False
        self._anchor = None
        self._show_selection()
        return True

    def action_select(self) -> None:
        """Begin at the line under the cursor, or drop what is selected."""
        if not self.drop_selection():
            self._take_anchor()
            self._show_selection()

    def action_extend(self, step: int) -> None:
        """Select the line under the cursor and the next one."""
        if self._anchor is None:
            self._take_anchor()
        self.action_move(step)
        self._show_selection()

    def _take_anchor(self) -> None:
        if self.rows is not None:
            if self.rows[self.cursor].kind == "hunk":
                # A heading is no line of a file: the one below it is meant.
                self.action_move(1)
            self._anchor = self.cursor

    def say(self, remark: str) -> None:
        """Show no diff, and have nothing selected."""
        self._anchor = None
        super().say(remark)

    def _build(self) -> None:
        # Rows are counted anew: what was selected by row would be other lines now.
        self._anchor = None
        super()._build()

    def _go(self, row: int, *, middle: bool = False) -> None:
        super()._go(row, middle=middle)
        if self._anchor is not None:
            self._show_selection()

    def _show_selection(self) -> None:
        chosen = self.selection
        marks = self._evidence
        if chosen is not None:
            marks = marks.union((chosen.side, number) for number in range(chosen.first, chosen.last + 1))
        if marks != self._marks:
            self._marks = marks
            self.forget_lines()
            self.refresh()
        self.post_message(self.Selected())
