"""The lists of the audit: violations with how well they are found, and the mutants that were judged wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.columns import Column, ColumnList
from sitegen_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from sitegen_tui.domain.audits import AuditRow, Outcome, Share

ALL = "all violations"


def interval_bar(share: Share, width: int) -> str:
    """An interval from 0 to 1 drawn to scale: `   ├──●─┤`."""
    if share.value is None or share.low is None or share.high is None or width < 3:
        return ""
    low, at, high = (round(end * (width - 1)) for end in (share.low, share.value, share.high))
    cells = [" "] * width
    cells[low : high + 1] = "─" * (high - low + 1)
    cells[low], cells[high] = "├", "┤"
    cells[at] = "●"
    return "".join(cells)


class AuditTable(ColumnList["AuditRow"]):
    """A row for all violations together, then one for each."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("violation", "violation", 16, 40),
        Column("planted", "found", 8, 10, right=True),
        Column("recall", "recall", 6, 6, right=True),
        Column("interval", "95 %", 11, 11, rank=2),
        Column("bar", "0 to 1", 12, 21, rank=4),
        Column("charged", "right", 8, 10, rank=3, right=True),
        Column("precision", "precision", 9, 9, rank=1, right=True),
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.has_wrong = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A violation on which no mutant was judged wrongly has nothing to open."""
        found = super().check_action(action, parameters)
        return bool(found) and self.has_wrong if action == "choose" else found

    def key_of(self, row: AuditRow) -> str:
        """The violation's id."""
        return row.violation or ALL

    def paint_cell(self, row: AuditRow, column: Column, width: int, line: Line) -> None:
        """One cell of a violation."""
        palette = self.palette
        match column.name:
            case "violation":
                line.add(fit_middle(self.key_of(row), width), palette.text if row.violation else palette.strong)
            case "planted":
                line.column(_of(row.recall), width, palette.muted, right=True)
            case "recall":
                line.column(_share(row.recall), width, palette.bad if _short(row.recall) else palette.text, right=True)
            case "interval":
                low, high = row.recall.low, row.recall.high
                text = figures.DASH if low is None or high is None else f"{low:.2f} – {high:.2f}"
                line.column(text, width, palette.muted)
            case "bar":
                line.column(interval_bar(row.recall, width), width, palette.bad if _short(row.recall) else palette.accent)
            case "charged":
                line.column(_of(row.precision), width, palette.muted, right=True)
            case _:
                line.column(_share(row.precision), width, palette.bad if _short(row.precision) else palette.text, right=True)


class WrongList(LineList["Outcome"]):
    """Two lines a mutant: what was missed or charged besides and in which action; what was planted and where."""

    ROW_HEIGHT: ClassVar[int] = 2

    def key_of(self, row: Outcome) -> str:
        """The mutant's name."""
        return str(row.key)

    def paint_row(self, row: Outcome, line: Line, part: int) -> None:
        """One line of a mutant."""
        palette = self.palette
        if part == 0:
            words = [("missed ", one) for one in row.missed] + [("extra ", one) for one in row.extra]
            room = line.room - len(row.key.action) - 3
            for place, (what, violation) in enumerate(words):
                rest = len(words) - place
                if place and line.cells + len(what) + len(violation) + 8 > room:
                    line.add(f", {rest} more", palette.muted)
                    break
                line.add(", " if place else "", palette.faint).add(what, palette.bad)
                line.add(fit_middle(violation, max(12, room - line.cells)), palette.strong)
            line.to(line.width - len(row.key.action) - 1).add(row.key.action, palette.accent)
        else:
            line.gap(2).add(one_line(" + ".join(row.key.faults)), palette.muted)
            line.add(f"  {row.key.template}", palette.faint)
            if row.places:
                line.add(f"  {one_line(', '.join(row.places))}", palette.faint)


def _short(share: Share) -> bool:
    return share.value is not None and share.hits < share.n


def _share(share: Share) -> str:
    return figures.DASH if share.value is None else f"{share.value:.3f}"


def _of(share: Share) -> str:
    return f"{share.hits} of {share.n}"
