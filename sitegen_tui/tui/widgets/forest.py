"""Intervals drawn to one scale, one below the other, and the axis they share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen_tui.tui.figures import MINUS

BETWEEN_MARKS = 8
PARTS = 5
"""Where an axis may end between two marks."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of an axis, in the unit of the values, and how far its marks are apart."""

    low: float
    high: float
    step: float

    def place(self, value: float, width: int) -> int:
        """The cell of a value on an axis of `width` cells, at an end where it lies outside."""
        share = (value - self.low) / (self.high - self.low)
        return min(width - 1, max(0, round(share * (width - 1))))


def scale(values: Sequence[float], width: int) -> Scale | None:
    """A scale that holds all values and little more, with round marks eight cells apart at least; None without values."""
    if not values:
        return None
    low, high = min(values), max(values)
    wanted = max(1e-9, (high - low) * BETWEEN_MARKS / max(BETWEEN_MARKS, width))
    step = float(next((one for one in STEPS if one >= wanted), 10 ** math.ceil(math.log10(wanted))))
    # Ends that are marks themselves would leave up to half of the axis empty.
    part = step / PARTS
    first, last = math.floor(low / part) * part, math.ceil(high / part) * part
    return Scale(first, last if last > first else first + step, step)


def drawn(found: Scale, width: int, at: float, low: float | None = None, high: float | None = None) -> str:
    """`   ├──●──┤  ` in exactly `width` cells; a mean without an interval is its point alone."""
    if width < 3:
        return " " * width
    cells = [" "] * width
    if low is not None and high is not None:
        left, right = found.place(low, width), found.place(high, width)
        cells[left : right + 1] = "─" * (right - left + 1)
        cells[left], cells[right] = "├", "┤"
    cells[found.place(at, width)] = "●"
    return "".join(cells)


def axis(found: Scale, width: int) -> str:
    """The marks of a scale in `width` cells: their numbers, each over its place, as many as there is room for."""
    cells = [" "] * width
    taken = -1
    for mark in range(math.ceil(found.low / found.step - 1e-9), math.floor(found.high / found.step + 1e-9) + 1):
        value = mark * found.step
        text = f"{value:g}".replace("-", MINUS)
        start = min(max(0, found.place(value, width) - len(text) // 2), width - len(text))
        if start > taken and start >= 0:
            cells[start : start + len(text)] = text
            taken = start + len(text)
    return "".join(cells)
