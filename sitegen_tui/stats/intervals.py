"""Mean, spread and the intervals of a few numbers, with a reason where there is none."""

from __future__ import annotations

import math
import statistics
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from sitegen_tui.domain.statistics import Estimate, Interval
from sitegen_tui.stats.distributions import check_confidence, chi2_quantile, normal_cdf, normal_quantile, t_quantile
from sitegen_tui.stats.moments import stdev
from sitegen_tui.stats.proportions import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Interval", "bootstrap", "half_width", "interval", "percent_of", "sd_interval", "share", "t_quantile", "why_none"]

MINIMUM_FOR_INTERVAL = 3
"""Fewer values than this say too little of their spread: an interval of two spans half the scale."""
MINIMUM_FOR_BOOTSTRAP = 10
"""Fewer values than this, resampled, understate their spread."""


def interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Mean, sd, extremes and t interval of finite values; raises ValueError for others."""
    if not all(map(math.isfinite, values)):
        raise ValueError("an interval needs finite numbers")
    n = len(values)
    mean = statistics.fmean(values) if n else None
    sd = stdev(values) if n > 1 else None
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
    check_confidence(confidence)
    if n < MINIMUM_FOR_INTERVAL or sd is None:
        return None
    return t_quantile((1 + confidence) / 2, n - 1) * sd / math.sqrt(n)


def why_none(n: int) -> str:
    """Why n values have no interval, in the words a table shows."""
    return f"N/A (n={n})"


def sd_interval(values: Sequence[float], confidence: float = 0.95) -> Estimate:
    """The sample standard deviation with its chi-squared interval, in the unit of the values; no interval under three values."""
    check_confidence(confidence)
    n = len(values)
    if n < 2:
        return Estimate(value=None, n=n, confidence=confidence, reason=why_none(n))
    sd = stdev(values)
    if n < MINIMUM_FOR_INTERVAL:
        return Estimate(value=sd, n=n, confidence=confidence, reason=why_none(n))
    tail = (1 - confidence) / 2
    low = sd * math.sqrt((n - 1) / chi2_quantile(1 - tail, n - 1))
    high = sd * math.sqrt((n - 1) / chi2_quantile(tail, n - 1))
    return Estimate(value=sd, low=low, high=high, n=n, confidence=confidence, method="chi-squared")


def share(hits: int, n: int, confidence: float = 0.95) -> Estimate:
    """A share of n trials, 0 to 1, with its Wilson interval."""
    ends = wilson(hits, n, confidence)
    if ends is None:
        return Estimate(value=None, n=0, confidence=confidence, reason=why_none(0))
    return Estimate(value=hits / n, low=ends[0], high=ends[1], n=n, confidence=confidence, method="wilson")


def percent_of(found: Interval, maximum: float) -> Estimate:
    """A mean and its interval in per cent of the most that could be earned (a positive number of points)."""
    if maximum <= 0:
        raise ValueError(f"nothing is a share of {maximum} points")

    def percent(value: float | None) -> float | None:
        return None if value is None else 100 * value / maximum

    return Estimate(
        value=percent(found.mean),
        low=percent(found.low),
        high=percent(found.high),
        n=found.n,
        confidence=found.confidence,
        method="t" if found.half_width is not None else "",
        reason=found.reason,
    )


def bootstrap(
    values: Sequence[float],
    clusters: Sequence[Hashable] | None = None,
    *,
    seed: int,
    resamples: int = 4000,
    confidence: float = 0.95,
) -> Estimate:
    """The mean with a bias-corrected, accelerated bootstrap interval, from ten values.

    With `clusters` (the template of each value) templates are drawn first and then runs within each drawn template, and the
    jackknife leaves out a template at a time. Under three clusters there is no interval. The same seed gives the same ends.
    Raises ValueError for values that are not finite or clusters of another length.
    """
    import numpy as np

    check_confidence(confidence)
    if not all(map(math.isfinite, values)):
        raise ValueError("an interval needs finite numbers")
    n = len(values)
    data = np.asarray(values, dtype=np.float64)
    mean = float(data.mean()) if n else None
    if n < MINIMUM_FOR_BOOTSTRAP or mean is None:
        return Estimate(value=mean, n=n, confidence=confidence, reason=why_none(n))
    random = np.random.default_rng(seed)
    if clusters is None:
        drawn = data[random.integers(0, n, size=(resamples, n))].mean(axis=1)
        left_out = (data.sum() - data) / (n - 1)
        method = "BCa bootstrap"
    else:
        if len(clusters) != n:
            raise ValueError(f"{n} values lie in {len(clusters)} clusters")
        groups = [data[[i for i in range(n) if clusters[i] == name]] for name in dict.fromkeys(clusters)]
        if len(groups) < MINIMUM_FOR_INTERVAL:
            why = f"N/A ({len(groups)} templates)"
            return Estimate(value=mean, n=n, confidence=confidence, reason=why)
        drawn = _drawn_by_cluster(groups, random, resamples)
        left_out = np.asarray([(data.sum() - group.sum()) / (n - group.size) for group in groups])
        method = "BCa bootstrap, templates then runs"
    low, high = bca_ends(drawn, mean, left_out, confidence)
    return Estimate(value=mean, low=low, high=high, n=n, confidence=confidence, method=method)


def _drawn_by_cluster(groups: Sequence[NDArray[np.float64]], random: np.random.Generator, resamples: int) -> NDArray[np.float64]:
    """Means of resamples, templates first and then runs: weighted by runs, as the mean itself is."""
    import numpy as np

    # A template's resampled runs do not depend on which place drew it, so each place draws from its own copy of every template.
    count = len(groups)
    sums = np.zeros(resamples)
    sizes = np.zeros(resamples)
    for _ in range(count):
        chosen = random.integers(0, count, size=resamples)
        for index, group in enumerate(groups):
            rows = np.flatnonzero(chosen == index)
            if rows.size:
                picks = random.integers(0, group.size, size=(rows.size, group.size))
                sums[rows] += group[picks].sum(axis=1)
                sizes[rows] += group.size
    return sums / sizes


def bca_ends(drawn: NDArray[np.float64], estimate: float, left_out: NDArray[np.float64], confidence: float) -> tuple[float, float]:
    """Both ends of the BCa interval from bootstrap replicates and jackknife values; the percentile interval where undefined."""
    import numpy as np

    # Replicates equal to the estimate count half, so that a discrete statistic is not called biased.
    below = (np.count_nonzero(drawn < estimate) + 0.5 * np.count_nonzero(drawn == estimate)) / drawn.size
    tail = (1 - confidence) / 2
    levels = (tail, 1 - tail)
    if 0 < below < 1:
        bias = normal_quantile(float(below))
        apart = left_out.mean() - left_out
        square = float((apart**2).sum())
        skew = float((apart**3).sum()) / (6 * square**1.5) if square > 0 else 0.0
        levels = (_bca_level(levels[0], bias, skew), _bca_level(levels[1], bias, skew))
    low, high = np.quantile(drawn, levels)
    return float(low), float(high)


def _bca_level(level: float, bias: float, skew: float) -> float:
    shifted = bias + normal_quantile(level)
    return normal_cdf(bias + shifted / (1 - skew * shifted)) if skew * shifted < 1 else level
