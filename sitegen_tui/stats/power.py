"""How many runs a difference needs, what a number of runs can show, and which runs to add next."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence

from sitegen_tui.domain.statistics import PowerPlan, RunNext
from sitegen_tui.stats.design import balance
from sitegen_tui.stats.distributions import normal_quantile, t_quantile
from sitegen_tui.stats.moments import variance

MOST_RUNS = 1_000_000


def power_at(n: int, difference: float, sd: float, *, alpha: float = 0.05, paired: bool = False, correlation: float = 0.0) -> float:
    """The power of a two-sided t test with n runs for each model (or n pairs), 0 to 1.

    `difference` and `sd` (of one run) in points; `correlation` is that of the two runs of a pair, ignored if unpaired. Raises
    ValueError for a spread that is not above 0, an alpha outside 0 to 1, a correlation outside [-1, 1), or fewer than two runs.
    """
    _check(sd, alpha, correlation)
    if n < 2:
        raise ValueError(f"{n} runs have no spread")
    error, degrees = (_pair_sd(sd, correlation), n - 1) if paired else (sd * math.sqrt(2), 2 * n - 2)
    shift = abs(difference) / error * math.sqrt(n)
    critical = t_quantile(1 - alpha / 2, degrees)
    return rejected(critical, degrees, shift)


def rejected(critical: float, degrees: float, shift: float) -> float:
    """How probable a t statistic with this noncentrality lies beyond the critical value on either side, 0 to 1.

    Integrates the normal tails over the spread's distribution, on a logarithmic scale, where scipy's noncentral t has no number.
    """
    import numpy as np
    from scipy.special import gammaincinv, gammaln, nctdtr, ndtr

    above, below = float(nctdtr(degrees, shift, critical)), float(nctdtr(degrees, shift, -critical))
    if math.isfinite(above) and math.isfinite(below):
        return 1 - above + below
    half = degrees / 2
    low, high = (math.log(float(gammaincinv(half, level)) / half) / 2 for level in (1e-18, 1 - 1e-16))
    steps = np.linspace(low - 1, high + 1, 801)
    spread = np.exp(steps)
    constant = math.log(2) + half * math.log(half) - float(gammaln(half))
    density = np.exp(constant + degrees * steps - half * spread**2)
    tails = np.asarray(ndtr(shift - critical * spread) + ndtr(-shift - critical * spread), dtype=np.float64)
    return min(1.0, float((density * tails).sum()) * (high - low + 2) / 800)


def plan(
    difference: float, sd: float, *, power: float = 0.8, alpha: float = 0.05, paired: bool = False, correlation: float = 0.0
) -> PowerPlan:
    """How many runs for each model (or pairs) show `difference` points with `power`, by the normal approximation and by t."""
    _check(sd, alpha, correlation)
    if not alpha < power < 1:
        raise ValueError(f"a power lies between alpha and 1, not at {power}")
    made = PowerPlan(
        difference=difference,
        sd=sd,
        alpha=alpha,
        wanted=power,
        paired=paired,
        correlation=correlation if paired else 0.0,
        n=None,
        n_normal=None,
        power=None,
    )
    if difference == 0:
        return made.model_copy(update={"reason": "no number of runs shows a difference of nothing"})
    normal = normal_n(difference, sd, power=power, alpha=alpha, paired=paired, correlation=correlation)
    if normal > MOST_RUNS:
        return made.model_copy(update={"n_normal": math.ceil(normal), "reason": f"more than {MOST_RUNS} runs"})
    n = _first_above(
        lambda runs: power_at(runs, difference, sd, alpha=alpha, paired=paired, correlation=correlation) >= power,
        max(2, math.floor(normal)),
    )
    reached = power_at(n, difference, sd, alpha=alpha, paired=paired, correlation=correlation)
    return made.model_copy(update={"n": n, "n_normal": math.ceil(normal), "power": reached})


def normal_n(
    difference: float, sd: float, *, power: float = 0.8, alpha: float = 0.05, paired: bool = False, correlation: float = 0.0
) -> float:
    """Runs for each model (or pairs) by the normal approximation, not rounded up; a difference of 0 is refused."""
    _check(sd, alpha, correlation)
    if difference == 0:
        raise ValueError("no number of runs shows a difference of nothing")
    variance = _pair_sd(sd, correlation) ** 2 if paired else 2 * sd**2
    return (normal_quantile(1 - alpha / 2) + normal_quantile(power)) ** 2 * variance / difference**2


def detectable(
    n: int, sd: float, *, power: float = 0.8, alpha: float = 0.05, paired: bool = False, correlation: float = 0.0
) -> float:
    """The smallest difference in points that n runs for each model (or n pairs) show with `power`."""
    low, high = 0.0, sd
    while power_at(n, high, sd, alpha=alpha, paired=paired, correlation=correlation) < power:
        low, high = high, 2 * high
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        if power_at(n, middle, sd, alpha=alpha, paired=paired, correlation=correlation) < power:
            low = middle
        else:
            high = middle
    return high


def first_step_alpha(models: int, alpha: float = 0.05) -> float:
    """The level of Holm's first step when every pair of models is tested: what a planner must plan for."""
    if models < 2:
        raise ValueError(f"{models} models have no pairs")
    return alpha / math.comb(models, 2)


def pooled_sd(groups: Sequence[Sequence[float]]) -> float | None:
    """The common sd of several models' runs (ddof 1 in each), None where no model has two runs."""
    used = [group for group in groups if len(group) > 1]
    if not used:
        return None
    return math.sqrt(sum((len(group) - 1) * variance(group) for group in used) / sum(len(group) - 1 for group in used))


def pair_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """The correlation that makes a paired plan right: twice the covariance over the sum of the variances.

    With equal variances it is Pearson's. With sd the root of the mean variance, `sd * sqrt(2 (1 - correlation))` is exactly that
    of the differences. None under three pairs or without any spread; raises ValueError for sides of unequal length.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} runs make no pairs")
    if len(first) < 3:
        return None
    spread = variance(first) + variance(second)
    # Pairs that are all alike come to a hair more than 1, and there is no root of what is left.
    return None if spread == 0 else max(-1.0, min(1.0, 2 * statistics.covariance(first, second) / spread))


def apart_probability(n: int, difference: float, sd: float, confidence: float = 0.95, second_sd: float | None = None) -> float:
    """How probable it is that the t intervals of two models with n runs each do not overlap, 0 to 1.

    Given both sample spreads the difference of means is normal, so only the spreads are integrated, over equally probable values.
    """
    import numpy as np
    from scipy.special import gammaincinv, ndtr

    _check(sd, 1 - confidence, 0.0)
    if n < 2:
        raise ValueError(f"{n} runs have no spread")
    other = sd if second_sd is None else second_sd
    levels = (np.arange(200) + 0.5) / 200
    spread = np.sqrt(2 * np.asarray(gammaincinv((n - 1) / 2, levels), dtype=np.float64) / (n - 1))
    both = sd * spread[:, None] + other * spread[None, :]
    limit = t_quantile((1 + confidence) / 2, n - 1) * both / math.sqrt(n)
    error = math.sqrt((sd**2 + other**2) / n)
    missed = np.asarray(ndtr((abs(difference) - limit) / error) + ndtr((-abs(difference) - limit) / error), dtype=np.float64)
    return float(missed.mean())


def run_next(totals: Mapping[str, Mapping[str, Sequence[float]]], wanted: int | None = None) -> tuple[RunNext, ...]:
    """Which runs to add: first those that balance the design, then those that bring every model to `wanted` runs.

    `totals` maps models to cells to totals. Runs for power go to all models and cells alike, so that the design stays balanced:
    `wanted` is rounded up to a multiple of the number of cells.
    """
    design = balance(totals)
    every = sorted({cell for cells in design.cells.values() for cell in cells})
    if not every:
        return ()
    most = max(count for cells in design.cells.values() for count in cells.values())
    target = most if wanted is None else max(most, math.ceil(wanted / len(every)))
    lacking = [
        RunNext(model=model, cell=cell, runs=most - cells.get(cell, 0), why="balance")
        for model, cells in design.cells.items()
        for cell in every
        if cells.get(cell, 0) < most
    ]
    more = [RunNext(model=model, cell=cell, runs=target - most, why="power") for model in design.cells for cell in every]
    return tuple(lacking + more if target > most else lacking)


def _pair_sd(sd: float, correlation: float) -> float:
    return sd * math.sqrt(2 * (1 - correlation))


def _first_above(enough: Callable[[int], bool], start: int) -> int:
    """The smallest number from 2 that is enough, where all above it are too; searched outwards from `start`."""
    step, high = 1, start
    while not enough(high):
        high, step = high + step, 2 * step
        if high > 4 * MOST_RUNS:
            raise ValueError(f"more than {MOST_RUNS} runs")
    low = 1
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def _check(sd: float, alpha: float, correlation: float) -> None:
    if not sd > 0:
        raise ValueError(f"a spread is above 0, not {sd}")
    if not 0 < alpha < 1:
        raise ValueError(f"an alpha lies between 0 and 1, not at {alpha}")
    if not -1 <= correlation < 1:
        raise ValueError(f"a correlation of pairs lies from -1 to below 1, not at {correlation}")
