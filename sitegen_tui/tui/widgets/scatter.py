"""Points in a plane drawn in cells: each with its name beside it, those that nothing beats joined by a line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from textual.strip import Strip

from sitegen_tui.tui.figures import MINUS
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle
from sitegen_tui.tui.widgets.painted import PaintedLine

FRONT, BEATEN, JOIN = "●", "○", "·"
SHORTEST = 4
"""Cells of a name that is cut."""
LEAST_HEIGHT = 6
"""Lines under which there is no picture."""
NARROWEST = 1e-6
"""What an axis is wide at least, on either side of values that are all the same."""
WIDE = 20.0
"""How many times the least value the greatest one is before an axis is drawn by ratios."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point: less of `x` and more of `y` is better."""

    key: str
    label: str
    x: float
    y: float
    front: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An axis: its ends, its marks in order, and whether equal steps are equal ratios."""

    low: float
    high: float
    marks: tuple[float, ...]
    ratios: bool = False

    def place(self, value: float, cells: int) -> int:
        """The cell of a value, of `cells` from the low end."""
        low, high, at = (self.low, self.high, value) if not self.ratios else map(math.log, (self.low, self.high, value))
        return min(cells - 1, max(0, round((at - low) / (high - low) * (cells - 1))))


def span(values: Sequence[float], most: int, *, ratios: bool = False) -> Span:
    """An axis with round marks, `most` at most and two at least, that holds all values."""
    low, high = min(values), max(values)
    if ratios and low > 0 and high / low >= WIDE:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        marks = tuple(10.0**power for power in powers)
        return Span(marks[0], marks[-1], marks[:: math.ceil(len(marks) / max(2, most))], ratios=True)
    if high - low < 1e-9 * max(1.0, abs(high)):
        room = max(abs(high) / 2, NARROWEST)
        low, high = low - room, high + room
    least = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(times * power for times in (1, 2, 5, 10, 20) if times * power >= least * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(round(number * step, 12) for number in range(first, last + 1))
    return Span(marks[0], marks[-1], marks)


Cell = tuple[str, str]
"""A character and the name of its style."""
BLANK: Cell = (" ", "")
"""Where nothing is, not even the room around a name."""


def drawn(dots: Sequence[Dot], across: Span, up: Span, width: int, height: int, chosen: str | None = None) -> list[list[Cell]]:
    """The plane in `height` rows of `width` cells, the uppermost first.

    Points come first, then names where there is room beside them, on the right, on the left, or cut; then what joins the
    front. A point whose cell is taken stands in the next free one.
    """
    grid: list[list[Cell]] = [[BLANK] * width for _ in range(height)]
    ordered = sorted(dots, key=lambda dot: (dot.key != chosen, not dot.front, -dot.y, dot.x))
    places: list[tuple[Dot, int, int]] = []
    for dot in ordered:
        row, column = height - 1 - up.place(dot.y, height), across.place(dot.x, width)
        free = [at for at in range(width) if grid[row][at] == BLANK]
        if not free:
            continue
        column = min(free, key=lambda at: (abs(at - column), at))
        style = "accent_strong" if dot.key == chosen else "accent" if dot.front else "muted"
        grid[row][column] = (FRONT if dot.front else BEATEN, style)
        places.append((dot, row, column))
    for dot, row, column in places:
        style = "strong" if dot.key == chosen else "text" if dot.front else "muted"
        near = [at for at in (row, row - 1, row + 1) if 0 <= at < height]
        any(_named(grid[at], dot.label, column, style, beside=at == row) for at in near)
    _join(grid, sorted((row, column) for dot, row, column in places if dot.front))
    return grid


def _named(row: list[Cell], label: str, column: int, style: str, *, beside: bool) -> bool:
    """Write a name to the right of a column, or to the left, cut where neither has room; False where that leaves nothing of it.

    `beside` the point its cell is taken; in the rows above and below it has to be free like all others.
    """
    if not beside and row[column] != BLANK:
        return False
    need = cell_len(label)
    right = next((at for at in range(column + 1, len(row)) if row[at] != BLANK), len(row) + 1) - column - 3
    left = column - next((at for at in range(column - 1, -1, -1) if row[at] != BLANK), -2) - 3
    on_right = right >= min(need, left)
    room = min(need, right if on_right else left)
    if room < min(need, SHORTEST):
        return False
    start = column + 2 if on_right else column - 1 - room
    for at, sign in enumerate(f" {fit_middle(label, room)} ", start - 1):
        if 0 <= at < len(row) and row[at] == BLANK:
            row[at] = (sign, style)
    return True


def _join(grid: list[list[Cell]], front: Sequence[tuple[int, int]]) -> None:
    """A step from each point of the front to the next better and dearer one, in cells that are free."""
    ordered = sorted(front, key=lambda place: (place[1], -place[0]))
    for (row, column), (next_row, next_column) in pairwise(ordered):
        steps = [(row, at) for at in range(column + 1, next_column + 1)]
        steps += [(at, next_column) for at in range(min(row, next_row) + 1, max(row, next_row))]
        for y, x in steps:
            if grid[y][x] == BLANK:
                grid[y][x] = (JOIN, "faint")


class Scatter(PaintedLine):
    """A plane with its axes, as high as its style says; `show` sets what is in it. Without dots `words` stand there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._dots: tuple[Dot, ...] = ()
        self._chosen: str | None = None
        self._title = ""
        self._words: tuple[str, ...] = ()
        self._write: Callable[[float], str] = str
        self._grid: tuple[object, list[Strip]] = (None, [])

    def show(self, dots: Sequence[Dot], title: str, write: Callable[[float], str], *words: str) -> None:
        """The points, what goes to the right, and how a mark of it is written."""
        self._dots, self._title, self._write, self._words = tuple(dots), title, write, words
        self._grid = (None, [])
        self.refresh()

    def choose(self, key: str | None) -> None:
        """Let one point stand out."""
        if key != self._chosen:
            self._chosen = key
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        height = self.content_size.height
        wanted = (width, height, self._chosen, self.palette)
        if self._grid[0] != wanted:
            self._grid = (wanted, self._lines(width, height))
        lines = self._grid[1]
        return lines[y] if y < len(lines) else Line(width).strip()

    def _lines(self, width: int, height: int) -> list[Strip]:
        palette, rows = self.palette, height - 2
        if not self._dots or rows < 2:
            return [Line(width).gap().add(words, palette.muted).strip() for words in self._words]
        up = span([dot.y for dot in self._dots], max(2, rows if rows < 8 else rows // 2))
        texts = {rows - 1 - up.place(mark, rows): _number(mark) for mark in up.marks}
        gutter = max(len(text) for text in texts.values()) + 2
        room = width - gutter - 2
        across = span([dot.x for dot in self._dots], max(2, room // 12), ratios=True)
        grid = drawn(self._dots, across, up, room, rows, self._chosen)
        strips: list[Strip] = []
        for row, cells in enumerate(grid):
            line = Line(width).column(texts.get(row, ""), gutter - 1, palette.faint, right=True)
            line.gap().add("┤" if row in texts else "│", palette.line)
            for sign, style in _runs(cells):
                line.add(sign, getattr(palette, style or "faint"))
            strips.append(line.strip())
        places = {across.place(mark, room) for mark in across.marks}
        foot = "".join("┴" if at in places else "─" for at in range(room))
        strips.append(Line(width).gap(gutter).add(f"└{foot}", palette.line).strip())
        strips.append(Line(width).gap(gutter + 1).add(self._marks(across, room), palette.faint).strip())
        return strips

    def _marks(self, across: Span, room: int) -> str:
        """The numbers under their marks, and the title where there is room after the last."""
        cells, taken = [" "] * room, -1
        for mark in across.marks:
            text = self._write(mark)
            start = min(max(0, across.place(mark, room) - len(text) // 2), room - len(text))
            if start > taken:
                cells[start : start + len(text)] = text
                taken = start + len(text)
        gaps = "".join(cells)
        title = f" {self._title} "
        at = gaps.rfind(" " * (len(title) + 2))
        return gaps if at < 0 else f"{gaps[: at + 1]}{title}{gaps[at + 1 + len(title) :]}"


def _runs(cells: Sequence[Cell]) -> list[Cell]:
    """Neighbours of one style as one piece."""
    found: list[Cell] = []
    for sign, style in cells:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + sign, style)
        else:
            found.append((sign, style))
    return found


def _number(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)
