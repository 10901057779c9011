"""Looking before all runs are done: bounds for looks that were planned, and an interval that holds at every run."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen_tui.domain.statistics import Estimate, Look
from sitegen_tui.stats.distributions import check_confidence, normal_cdf, normal_quantile
from sitegen_tui.stats.intervals import why_none

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIRST_RUN = 8
"""Before this many runs the spread is known too badly for the sequence to keep its promise."""
TUNED_AT = 16
"""Number of runs at which the sequence is narrowest."""


def spent(fraction: float, alpha: float = 0.05) -> float:
    """How much of alpha O'Brien and Fleming's spending function has used at a share of the runs, above 0 to 1."""
    if not 0 < fraction <= 1:
        raise ValueError(f"a look has more than 0 and at most all of the runs, not {fraction}")
    # Each side spends half of alpha by a function of its own, as published tables of two-sided bounds do.
    return min(alpha, 4 * normal_cdf(-normal_quantile(1 - alpha / 4) / math.sqrt(fraction)))


def looks(fractions: Sequence[float], alpha: float = 0.05) -> tuple[Look, ...]:
    """Two-sided bounds at looks planned beforehand, given as rising shares of all runs, that together err with alpha.

    Raises ValueError for shares that do not rise or lie outside (0, 1], and for an alpha outside (0, 1).
    """
    import numpy as np

    check_confidence(alpha)
    if any(after <= before for before, after in pairwise(fractions)):
        raise ValueError("looks come one after the other")
    found: list[Look] = []
    used = 0.0
    grid, density = np.zeros(1, dtype=np.float64), np.ones(1, dtype=np.float64)
    before = 0.0
    for fraction in fractions:
        target = spent(fraction, alpha) - used
        step, root = math.sqrt(fraction - before), math.sqrt(fraction)
        low, high = 0.0, 40.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if _outside(middle * root, step, grid, density) > target else (low, middle)
        z = (low + high) / 2
        used = spent(fraction, alpha)
        found.append(Look(fraction=fraction, z=z, p=2 * (1 - normal_cdf(z)), spent=used))
        edge = min(z, 10.0) * root
        # Where the walk can be without having stopped, as weights on the midpoints of equal steps.
        width = 2 * edge / 1200
        points = -edge + width * (np.arange(1200) + 0.5)
        apart = (points[:, None] - grid[None, :]) / step
        stayed = np.exp(-(apart**2) / 2) @ density
        density = np.asarray(stayed * width / (step * math.sqrt(2 * math.pi)), dtype=np.float64)
        grid, before = np.asarray(points, dtype=np.float64), fraction
    return tuple(found)


def _outside(edge: float, step: float, grid: NDArray[np.float64], density: NDArray[np.float64]) -> float:
    """The chance to have stayed inside so far, as weights on a grid, and to be beyond the edge one step later."""
    from scipy.special import ndtr

    return float(((ndtr((grid - edge) / step) + ndtr((-edge - grid) / step)) * density).sum())


def sequence_half_width(n: int, sd: float, confidence: float = 0.95, tuned_at: int = TUNED_AT) -> float:
    """Half the width of the normal-mixture confidence sequence of a mean of n values, in the unit of `sd`."""
    check_confidence(confidence)
    alpha = 1 - confidence
    square = (-2 * math.log(alpha) + math.log(-2 * math.log(alpha)) + 1) / tuned_at
    grown = n * square + 1
    return sd * math.sqrt(2 * grown / (n * n * square) * math.log(math.sqrt(grown) / alpha))


@lru_cache(maxsize=4096)
def _width(n: int, confidence: float, tuned_at: int) -> float:
    return sequence_half_width(n, 1.0, confidence, tuned_at)


def first_stop(values: Sequence[float], confidence: float = 0.95, tuned_at: int = TUNED_AT) -> int | None:
    """After how many values their confidence sequence first left 0 out, so that one could have stopped; None where it never did."""
    import numpy as np

    check_confidence(confidence)
    own = np.asarray(values, dtype=np.float64)
    if len(own) < FIRST_RUN:
        return None
    # Spread does not depend on where the values lie, and near 0 their squares lose nothing.
    moved = own - own.mean()
    n = np.arange(1, len(own) + 1)
    sums, squares = moved.cumsum(), (moved * moved).cumsum()
    spread = np.sqrt(np.maximum(squares - sums * sums / n, 0.0) / np.maximum(n - 1, 1))
    widths = np.array([_width(int(count), confidence, tuned_at) for count in n])
    out = (np.abs(own.cumsum() / n) > spread * widths) & (n >= FIRST_RUN)
    return int(out.argmax()) + 1 if out.any() else None


def confidence_sequence(values: Sequence[float], confidence: float = 0.95, tuned_at: int = TUNED_AT) -> Estimate:
    """The mean with an interval that may be looked at after every run from the eighth on; none before.

    With a spread that is estimated, the promise to hold at all times is kept nearly, not exactly.
    """
    n = len(values)
    mean = statistics.fmean(values) if n else None
    if n < FIRST_RUN or mean is None:
        return Estimate(value=mean, n=n, confidence=confidence, reason=why_none(n))
    half = sequence_half_width(n, statistics.stdev(values), confidence, tuned_at)
    return Estimate(value=mean, low=mean - half, high=mean + half, n=n, confidence=confidence, method="confidence sequence")
