"""The checklist of an action: a key for each thing that may be wrong, and what was marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from sitegen_tui.domain.marks import Mark
    from sitegen_tui.services.labelling import Question

KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"
SHORT = {"critical": "crit", "major": "maj", "minor": "min"}
WORDS_FROM = 46
"""Cells from which on severities are written out."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One question with its key ('' where it has none) and the mark it got."""

    key: str
    question: Question
    mark: Mark | None = None


def title_of(question: Question) -> str:
    """A question in a few words."""
    title = one_line(question.violation.title)
    return f"{title}: {one_line(question.subject)}" if question.subject else title


def count_of(mark: Mark) -> str:
    """How often, where it is not once: `2 of 3`, `4 times`."""
    if mark.of > 1:
        return f"{mark.wrong} of {mark.of}"
    return f"{mark.wrong} times" if mark.wrong > 1 else ""


class Checklist(LineList[CheckRow]):
    """A line a question. It never has the keys: those of its rows work wherever the cursor is."""

    can_focus = False
    EMPTY: ClassVar[tuple[str, ...]] = ("",)

    def key_of(self, row: CheckRow) -> str:
        """The question's."""
        return row.question.key

    def paint_row(self, row: CheckRow, line: Line, part: int) -> None:
        """Key, tick, title, severity; the tick says what is marked, not the colour alone."""
        palette, marked = self.palette, row.mark is not None
        severity = row.question.violation.severity.value
        severity = severity if line.width >= WORDS_FROM else SHORT[severity]
        count = count_of(row.mark) if row.mark else ""
        line.gap().column(row.key or "/", 1, palette.key if row.key else palette.faint).gap()
        line.column("✓" if marked else "", 1, palette.accent_strong).gap()
        right = cell_len(severity) + (cell_len(count) + 1 if count else 0)
        line.column(title_of(row.question), max(8, line.room - right - 2), palette.strong if marked else palette.text)
        line.to(line.width - right - 1)
        if count:
            line.add(count, palette.accent).gap()
        line.add(severity, palette.faint)
