"""Mean, spread and the Student t interval of a few numbers, with a reason where there is none."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM_FOR_INTERVAL = 3
"""Fewer values than this say too little of their spread: an interval of two spans half the scale."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and how sure we are of it, in the unit of the values.

    `sd` is the sample standard deviation (n - 1), None under two values. `half_width` is half the width of the t interval
    at `confidence`, None where there are too few values; `reason` then says so.
    """

    n: int
    mean: float | None
    sd: float | None
    half_width: float | None
    minimum: float | None
    maximum: float | None
    confidence: float = 0.95
    reason: str = ""

    @property
    def low(self) -> float | None:
        """The interval's lower end."""
        return None if self.mean is None or self.half_width is None else self.mean - self.half_width

    @property
    def high(self) -> float | None:
        """The interval's upper end."""
        return None if self.mean is None or self.half_width is None else self.mean + self.half_width


def interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Mean, sd, extremes and t interval of finite values; raises ValueError for others."""
    if not all(math.isfinite(value) for value in values):
        raise ValueError("an interval needs finite numbers")
    n = len(values)
    mean = statistics.fmean(values) if n else None
    sd = statistics.stdev(values) if n > 1 else None
    half = half_width(n, sd, confidence)
    return Interval(
        n=n,
        mean=mean,
        sd=sd,
        half_width=half,
        minimum=min(values, default=None),
        maximum=max(values, default=None),
        confidence=confidence,
        reason="" if half is not None else why_none(n),
    )


def half_width(n: int, sd: float | None, confidence: float = 0.95) -> float | None:
    """Half the width of the t interval of a mean of n values with sample standard deviation `sd`; None under three."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    if n < MINIMUM_FOR_INTERVAL or sd is None:
        return None
    return t_quantile((1 + confidence) / 2, n - 1) * sd / math.sqrt(n)


def why_none(n: int) -> str:
    """Why n values have no interval, in the words a table shows."""
    return f"N/A (n={n})"


def t_quantile(probability: float, degrees: int) -> float:
    """The quantile of Student's t distribution."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))
