"""The variance of few values, exactly, and of many, quickly."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

MANY = 1000
"""Values from which on exact arithmetic takes long, and tells nothing in the first ten digits that floats do not."""


def variance(values: Sequence[float]) -> float:
    """The sample variance (ddof 1), in the unit of the values squared; exactly 0 for equal ones. Needs two values."""
    if len(values) < MANY:
        return statistics.variance(values)
    import numpy as np

    found = np.asarray(values, dtype=np.float64)
    # The mean of equal values need not be one of them.
    return 0.0 if found.min() == found.max() else float(found.var(ddof=1))


def stdev(values: Sequence[float]) -> float:
    """The sample standard deviation (ddof 1), in the unit of the values; exactly 0 for equal ones. Needs two values."""
    return statistics.stdev(values) if len(values) < MANY else math.sqrt(variance(values))
