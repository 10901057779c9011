"""Differences of means from numbers, means and spreads alone, where reading every value again would take too long."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.comparisons import NO_SPREAD, paired, welch
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, why_none


class Summary(NamedTuple):
    """Values by their number, mean and sample sd (0 under two values), in the unit of the values."""

    n: int
    mean: float
    sd: float


def summary(values: Sequence[float]) -> Summary:
    """Values summed up; n is 0 without any."""
    sd = statistics.stdev(values) if len(values) > 1 else 0.0
    return Summary(len(values), statistics.fmean(values), sd) if values else Summary(0, 0.0, 0.0)


def pooled(parts: Mapping[str, Summary]) -> Summary:
    """What all values together are summed up as; n is 0 without any."""
    filled = [part for part in parts.values() if part.n]
    n = sum(part.n for part in filled)
    if not n:
        return Summary(0, 0.0, 0.0)
    mean = math.fsum(part.n * part.mean for part in filled) / n
    squares = math.fsum((part.n - 1) * part.sd**2 + part.n * (part.mean - mean) ** 2 for part in filled)
    return Summary(n, mean, math.sqrt(squares / (n - 1)) if n > 1 else 0.0)


def difference_of_cells(first: Mapping[str, Summary], second: Mapping[str, Summary], confidence: float = 0.95) -> Estimate:
    """Mean of `first` minus mean of `second`, each given by cell (template ...).

    As `gaps.difference_by_cell` has it of the values themselves: paired where both have the same cells, three at least, with
    equally many values in each, otherwise Welch's over all values.
    """
    one = {cell: part for cell, part in first.items() if part.n}
    two = {cell: part for cell, part in second.items() if part.n}
    sizes = {part.n for part in (*one.values(), *two.values())}
    if one.keys() == two.keys() and len(sizes) == 1 and len(one) >= MINIMUM_FOR_INTERVAL:
        apart = [part.mean - two[cell].mean for cell, part in one.items()]
        found, n = paired(apart, confidence), len(apart)
        if found is None:
            return Estimate(value=statistics.fmean(apart), n=n, confidence=confidence, reason=NO_SPREAD)
        return Estimate(value=found.difference, low=found.low, high=found.high, n=n, confidence=confidence, method="paired by cell")
    left, right = pooled(one), pooled(two)
    n = min(left.n, right.n)
    if not n:
        return Estimate(value=None, n=0, confidence=confidence, reason=why_none(0))
    found = welch(*_told(left), *_told(right), confidence)
    if found is None:
        return Estimate(value=left.mean - right.mean, n=n, confidence=confidence, reason=why_none(n) if n < 2 else NO_SPREAD)
    return Estimate(value=found.difference, low=found.low, high=found.high, n=n, confidence=confidence, method="welch")


def _told(part: Summary) -> tuple[float, float, int]:
    return part.mean, part.sd, part.n
