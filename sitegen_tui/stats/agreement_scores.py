"""Agreement on scores and of many raters: intraclass correlation, Krippendorff's alpha, and Bland and Altman's limits."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sitegen_tui.domain.agreement import Agreement, BlandAltman, Level
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.agreement import NO_DISAGREEMENT, both_rated
from sitegen_tui.stats.distributions import check_confidence, f_quantile, normal_quantile, t_quantile
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, interval, why_none

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_SPREAD = "N/A (all ratings equal)"


def icc_agreement(ratings: Sequence[Sequence[float | None]], confidence: float = 0.95) -> Agreement:
    """ICC(2,1): absolute agreement of single ratings by raters taken as a sample, with its F interval.

    `ratings` holds a row of scores for each rater, columns are items; items that any rater lacks are left out.
    """
    import numpy as np

    check_confidence(confidence)
    k = len(ratings)
    columns = [column for column in zip(*ratings, strict=True) if all(score is not None for score in column)]
    n = len(columns)

    def none(reason: str) -> Agreement:
        return Agreement(name="ICC(2,1)", estimate=Estimate(value=None, n=n, confidence=confidence, reason=reason), raters=k)

    if k < 2 or n < 2:
        return none(why_none(n) if n < 2 else f"N/A ({k} raters)")
    data = np.asarray(columns, dtype=np.float64)
    grand = data.mean()
    items, raters = data.mean(axis=1) - grand, data.mean(axis=0) - grand
    between = k * float((items**2).sum()) / (n - 1)
    rater = n * float((raters**2).sum()) / (k - 1)
    rest = data - grand - items[:, None] - raters[None, :]
    noise = float((rest**2).sum()) / ((n - 1) * (k - 1))
    whole = between + (k - 1) * noise + k * (rater - noise) / n
    scale = float((data**2).sum()) / data.size
    if float(np.ptp(data)) == 0 or whole <= 1e-15 * scale:
        return none(NO_SPREAD)
    value = (between - noise) / whole
    if noise + rater <= 1e-15 * scale:
        found = Estimate(value=1.0, n=n, confidence=confidence, reason=NO_DISAGREEMENT)
        return Agreement(name="ICC(2,1)", estimate=found, raters=k, reading=read_icc(1.0))
    centre = n * (1 + (k - 1) * value) - k * value
    # Both sides are multiplied by the square of the noise, so that ratings a constant apart (no noise) need no case of their own.
    above = (n - 1) * (k - 1) * (k * value * rater + centre * noise) ** 2
    below = (n - 1) * (k * value * rater) ** 2 + (centre * noise) ** 2
    degrees = above / below if below > 0 else float((n - 1) * (k - 1))
    tail = (1 + confidence) / 2
    upper, lower = f_quantile(tail, n - 1, degrees), f_quantile(tail, degrees, n - 1)
    other = k * rater + (k * n - k - n) * noise
    low = n * (between - upper * noise) / (upper * other + n * between)
    high = n * (lower * between - noise) / (other + n * lower * between)
    if not (math.isfinite(low) and math.isfinite(high)):
        # With two subjects rated the other way round the approximation has no degrees of freedom left.
        return Agreement(
            name="ICC(2,1)",
            estimate=Estimate(value=value, n=n, confidence=confidence, reason="too few differ for an interval"),
            raters=k,
        )
    found = Estimate(value=value, low=low, high=high, n=n, confidence=confidence, method="F")
    return Agreement(name="ICC(2,1)", estimate=found, raters=k, reading=read_icc(value))


def krippendorff(
    ratings: Sequence[Sequence[float | None]],
    level: Level,
    *,
    seed: int,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> Agreement:
    """Krippendorff's alpha of many raters with gaps, with a percentile bootstrap interval over items.

    `ratings` holds a row for each rater, columns are items. Labels are numbers in their order; for `nominal` any numbers will do.
    Items with one rating say nothing and are left out.
    """
    import numpy as np

    check_confidence(confidence)
    name = f"Krippendorff's alpha ({level})"
    columns = [[score for score in column if score is not None] for column in zip(*ratings, strict=True)]
    units = [column for column in columns if len(column) > 1]
    n = len(units)

    def none(reason: str) -> Agreement:
        return Agreement(name=name, estimate=Estimate(value=None, n=n, confidence=confidence, reason=reason), raters=len(ratings))

    if n < 1:
        return none(why_none(0))
    values = sorted({score for unit in units for score in unit})
    if len(values) < 2:
        return none(NO_SPREAD)
    index = {value: place for place, value in enumerate(values)}
    counts = np.zeros((n, len(values)))
    for row, unit in enumerate(units):
        for score in unit:
            counts[row, index[score]] += 1
    scores = np.asarray(values, dtype=np.float64)
    everyone = np.ones(n)
    value = _alpha(counts, everyone, scores, level)
    assert value is not None
    reading = read_alpha(value)
    if n < MINIMUM_FOR_INTERVAL or value == 1:
        reason = NO_DISAGREEMENT if value == 1 else why_none(n)
        found = Estimate(value=value, n=n, confidence=confidence, reason=reason)
        return Agreement(name=name, estimate=found, raters=len(ratings), reading=reading)
    random = np.random.default_rng(seed)
    times = random.multinomial(n, np.full(n, 1 / n), size=resamples).astype(np.float64)
    # A resample in which all ratings are equal has no alpha; it is no evidence either way.
    drawn = [one for row in times if (one := _alpha(counts, row, scores, level)) is not None]
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    found = Estimate(value=value, low=float(low), high=float(high), n=n, confidence=confidence, method="bootstrap of items")
    return Agreement(name=name, estimate=found, raters=len(ratings), reading=reading)


def _alpha(counts: NDArray[np.float64], times: NDArray[np.float64], scores: NDArray[np.float64], level: Level) -> float | None:
    """Alpha from items' counts by value, each item taken so many times; None where all values are equal."""
    import numpy as np

    sizes = counts.sum(axis=1)
    scaled = counts * (times / (sizes - 1))[:, None]
    matches = counts.T @ scaled
    matches[np.diag_indices_from(matches)] -= scaled.sum(axis=0)
    totals = matches.sum(axis=1)
    whole = totals.sum()
    apart = _distances(totals, scores, level)
    expected = float(totals @ apart @ totals) / (whole - 1)
    return None if expected <= 0 else 1 - float((matches * apart).sum()) / expected


def _distances(totals: NDArray[np.float64], scores: NDArray[np.float64], level: Level) -> NDArray[np.float64]:
    import numpy as np

    if level == "nominal":
        return 1 - np.eye(scores.size)
    if level == "interval":
        return (scores[:, None] - scores[None, :]) ** 2
    # The ranks between two values, each end counting half.
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle[None, :]) ** 2


def bland_altman(
    first: Sequence[float | None], second: Sequence[float | None], confidence: float = 0.95, inside: float = 0.95
) -> BlandAltman:
    """Mean difference of two raters' scores and the limits that hold the share `inside` of differences, each with a t interval."""
    one, two = both_rated(first, second)
    apart = [a - b for a, b in zip(one, two, strict=True)]
    n = len(apart)
    found = interval(apart, confidence)
    bias = Estimate(
        value=found.mean,
        low=found.low,
        high=found.high,
        n=n,
        confidence=confidence,
        method="t" if found.low is not None else "",
        reason=found.reason,
    )
    if n < MINIMUM_FOR_INTERVAL:
        nothing = Estimate(value=None, n=n, confidence=confidence, reason=why_none(n))
        return BlandAltman(n=n, bias=bias, sd=found.sd, lower=nothing, upper=nothing, unbiased=None, reason=why_none(n))
    sd, mean = statistics.stdev(apart), statistics.fmean(apart)
    z = normal_quantile((1 + inside) / 2)
    half = t_quantile((1 + confidence) / 2, n - 1) * sd * math.sqrt(1 / n + z * z / (2 * (n - 1)))

    def limit(value: float) -> Estimate:
        return Estimate(value=value, low=value - half, high=value + half, n=n, confidence=confidence, method="t")

    return BlandAltman(n=n, bias=bias, sd=sd, lower=limit(mean - z * sd), upper=limit(mean + z * sd), unbiased=bias.holds(0.0))


def read_icc(value: float) -> str:
    """The words of Koo and Li."""
    if value < 0.5:
        return "poor"
    if value < 0.75:
        return "moderate"
    return "good" if value <= 0.9 else "excellent"


def read_alpha(value: float) -> str:
    """What Krippendorff allows to conclude."""
    if value >= 0.8:
        return "firm"
    return "tentative" if value >= 0.667 else "unreliable"
