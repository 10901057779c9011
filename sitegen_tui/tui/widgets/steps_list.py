"""The sixteen steps of a run: number, state, name, a bar and the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.run_table import state_style

BAR = 6
OF = 5


@dataclass(frozen=True, slots=True)
class StepLine:
    """What one line of the list shows. `value` and `assessed` in points; `deducted` is the running sum while judging."""

    step: int
    action: str
    category: str
    state: str
    value: float | None
    assessed: float
    override: bool
    deducted: float


class StepsList(LineList[StepLine]):
    """Steps in order; the one in flight is marked, wherever the cursor is."""

    EMPTY: ClassVar[tuple[str, ...]] = ("Waiting for the run to begin.",)

    def key_of(self, row: StepLine) -> str:
        """The step's number."""
        return str(row.step)

    def paint_row(self, row: StepLine, line: Line, part: int) -> None:
        """One step."""
        palette = self.palette
        live = row.state in ("prompted", "streaming", "judging")
        wide = line.width >= 34
        style = state_style(palette, row.state)
        line.column(str(row.step), 2, palette.muted, right=True).gap()
        line.add(figures.STATE_SIGNS[row.state], style).gap()
        tail = 6 + (OF + BAR + 1 if wide else 0)
        name = palette.strong if live else palette.text if row.state != "waiting" else palette.faint
        line.column(row.action, max(4, line.room - tail - 1), name).gap()
        if wide:
            self._bar(row, line)
            line.gap()
        if row.value is not None:
            text = figures.points(row.value) + ("*" if row.override else "")
            line.column(text, 6, palette.bad if row.value < 0 else palette.text, right=True)
            if wide:
                line.column("/" + figures.points(row.assessed).removesuffix(".0"), OF, palette.faint)
        elif live and row.deducted:
            line.column(figures.deduction(row.deducted), 6, palette.bad, right=True)
        else:
            word = {"streaming": "writes", "prompted": "asks", "judging": "judges", "unscored": "failed"}.get(row.state, "")
            line.column(word, 6, style, right=True)

    def _bar(self, row: StepLine, line: Line) -> None:
        if row.value is None:
            line.gap(BAR)
            return
        halves = round(max(0.0, min(1.0, row.value / (row.assessed or 10))) * BAR * 2)
        line.add("━" * (halves // 2) + ("╸" if halves % 2 else ""), self.palette.muted)
        line.add("─" * (BAR - (halves + 1) // 2), self.palette.line)
