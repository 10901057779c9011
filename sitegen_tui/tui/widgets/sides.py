"""What raters saw in one step, side by side: a column each, what only some saw first."""

from __future__ import annotations

from textual.strip import Strip

from sitegen_tui.services.adjudication import Case, Position, Seen
from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line, wrap
from sitegen_tui.tui.widgets.painted import PaintedLine

NARROWEST = 22
"""Cells of a column below which the last raters are only counted."""
GAP = 2

Pieces = list[tuple[str, str]]


class Sides(PaintedLine):
    """As high as its style says; a digit before each name takes that side."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._case: Case | None = None
        self._lines: tuple[int, list[list[Pieces]]] = (-1, [])

    def show(self, case: Case | None) -> None:
        """Another step."""
        if case != self._case:
            self._case, self._lines = case, (-1, [])
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line of all columns."""
        line, case = Line(width), self._case
        if case is None:
            return line.strip()
        count = max(1, min(len(case.positions), (width - 1 + GAP) // (NARROWEST + GAP)))
        each = (width - 1 - GAP * (count - 1)) // count
        if self._lines[0] != width:
            self._lines = (width, [column(one, at, each) for at, one in enumerate(case.positions[:count], 1)])
        height, hidden = self.size.height, len(case.positions) - count
        for at, lines in enumerate(self._lines[1]):
            line.to(1 + at * (each + GAP))
            rest = len(lines) - height + 1
            pieces: Pieces = (
                [(f"{rest} more lines", "faint")] if y == height - 1 and rest > 1 else lines[y] if y < len(lines) else []
            )
            for text, style in pieces:
                line.add(text, getattr(self.palette, style))
        if y == 0 and hidden:
            line.add(f"  +{hidden}", self.palette.warn)
        return line.strip()


def column(position: Position, number: int, width: int) -> list[Pieces]:
    """A rater's name and score, then what they saw."""
    score = figures.points(position.score)
    name = fit_middle(one_line(position.rater), max(6, width - len(score) - 4))
    lines: list[Pieces] = [[(f"{number} ", "key"), (name, "strong"), (f"  {score}", "accent")]]
    if not position.seen:
        lines.append([("nothing wrong", "muted")])
    for one in position.seen:
        lines += _seen(one, width)
    if position.note:
        lines += [[(piece, "muted")] for piece in wrap(f"“{one_line(position.note)}”", width)]
    return lines


def _seen(one: Seen, width: int) -> list[Pieces]:
    mark, style = ("  ", "muted") if one.shared else ("≠ ", "text")
    lines: list[Pieces] = [[(mark, "warn"), (fit_middle(one.violation, width - 2), style)]]
    told = "  ".join((*one.places, *((one_line(one.note),) if one.note and not one.shared else ())))
    if told:
        lines.append([("  ", "text"), (fit_middle(told, width - 2), "faint")])
    return lines
