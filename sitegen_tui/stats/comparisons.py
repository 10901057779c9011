"""Which models differ: Welch tests and differences by cell, Holm's correction, letters for ties, and Cliff's delta."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_lowercase

from sitegen_tui.domain.statistics import Comparison, Difference, Estimate, Interval, Reading
from sitegen_tui.stats.design import balance, flat
from sitegen_tui.stats.distributions import check_confidence, t_quantile, t_two_sided
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, interval, why_none

NO_SPREAD = "N/A (no spread)"


@dataclass(frozen=True, slots=True)
class TTest:
    """A difference of means with its t interval and two-sided p, in the unit of the values."""

    difference: float
    low: float
    high: float
    t: float
    degrees: float
    p: float


def welch(
    mean_first: float, sd_first: float, n_first: int, mean_second: float, sd_second: float, n_second: int, confidence: float = 0.95
) -> TTest | None:
    """Welch's test from means, sample standard deviations and numbers; None under two values or without any spread."""
    check_confidence(confidence)
    if min(n_first, n_second) < 2:
        return None
    parts = sd_first**2 / n_first, sd_second**2 / n_second
    error = math.sqrt(sum(parts))
    if error == 0:
        return None
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / (n_first - 1) + parts[1] ** 2 / (n_second - 1))
    return _t_test(mean_first - mean_second, error, degrees, confidence)


def paired(differences: Sequence[float], confidence: float = 0.95) -> TTest | None:
    """The t test that the mean of differences is 0; None under three differences or without any spread."""
    check_confidence(confidence)
    n = len(differences)
    if n < MINIMUM_FOR_INTERVAL:
        return None
    error = statistics.stdev(differences) / math.sqrt(n)
    return None if error == 0 else _t_test(statistics.fmean(differences), error, n - 1, confidence)


def _t_test(difference: float, error: float, degrees: float, confidence: float) -> TTest:
    half = t_quantile((1 + confidence) / 2, degrees) * error
    t = difference / error
    return TTest(difference, difference - half, difference + half, t, degrees, t_two_sided(t, degrees))


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p-values, in the given order; tests that could not be made (None) are no part of the family."""
    order = sorted((value, index) for index, value in enumerate(values) if value is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (value, index) in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * value))
        adjusted[index] = highest
    return adjusted


def letters(names: Sequence[str], told_apart: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Letters such that two names share one exactly where they are not told apart, as few as insertion and absorption leave.

    `names` is in the order of rank; letters follow it. A 27th letter is `a'`.
    """
    columns: list[frozenset[str]] = [frozenset(names)] if names else []
    for first, second in told_apart:
        split: list[frozenset[str]] = []
        for column in columns:
            split += [column - {first}, column - {second}] if first in column and second in column else [column]
        distinct = list(dict.fromkeys(split))
        columns = [column for column in distinct if not any(column < other for other in distinct)]
    rank = {name: index for index, name in enumerate(names)}
    columns.sort(key=lambda column: sorted(rank[name] for name in column))
    return {name: "".join(_letter(index) for index, column in enumerate(columns) if name in column) for name in names}


def _letter(index: int) -> str:
    return ascii_lowercase[index % 26] + "'" * (index // 26)


def cliffs_delta(
    first: Sequence[float], second: Sequence[float], *, seed: int, resamples: int = 2000, confidence: float = 0.95
) -> Estimate:
    """Share of pairs in which `first` is higher minus the share in which it is lower, with a percentile bootstrap interval.

    Both samples are resampled; with no `resamples`, and under three values on a side, there is no interval.
    """
    import numpy as np

    check_confidence(confidence)
    n = min(len(first), len(second))
    if n == 0:
        return Estimate(value=None, n=0, confidence=confidence, reason=why_none(0))
    if resamples == 0:
        return Estimate(value=_delta(first, second), n=n, confidence=confidence, reason="not resampled")
    signs = np.sign(np.asarray(first, dtype=np.float64)[:, None] - np.asarray(second, dtype=np.float64)[None, :])
    value = float(signs.mean())
    if n < MINIMUM_FOR_INTERVAL:
        return Estimate(value=value, n=n, confidence=confidence, reason=why_none(n))
    random = np.random.default_rng(seed)
    rows = random.multinomial(len(first), np.full(len(first), 1 / len(first)), size=resamples).astype(np.float64)
    columns = random.multinomial(len(second), np.full(len(second), 1 / len(second)), size=resamples).astype(np.float64)
    drawn = ((rows @ signs) * columns).sum(axis=1) / signs.size
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    # With few values a resample of all-won pairs cannot lose one; the dust of its sums must not leave [-1, 1] either.
    ends = max(-1.0, float(low)), min(1.0, float(high))
    return Estimate(value=value, low=ends[0], high=ends[1], n=n, confidence=confidence, method="percentile bootstrap")


def _delta(first: Sequence[float], second: Sequence[float]) -> float:
    """Cliff's delta by ranks: in time that grows as sorting does, not as the number of pairs."""
    import numpy as np

    one, two = np.asarray(first, dtype=np.float64), np.sort(np.asarray(second, dtype=np.float64))
    won = int(np.searchsorted(two, one, side="left").sum())
    lost = int((two.size - np.searchsorted(two, one, side="right")).sum())
    return (won - lost) / (one.size * two.size)


def read_delta(delta: float) -> Reading:
    """How large Cliff's delta is, by the bounds of the literature: .147, .33 and .474."""
    size = abs(delta)
    if size < 0.147:
        return "negligible"
    if size < 0.33:
        return "small"
    return "medium" if size < 0.474 else "large"


def overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Whether two intervals share a point. A description: under equality they miss each other far less often than 1 in 20."""
    return low <= other_high and other_low <= high


def compare(
    totals: Mapping[str, Mapping[str, Sequence[float]]],
    *,
    seed: int,
    alpha: float = 0.05,
    confidence: float = 0.95,
    resamples: int = 2000,
) -> Comparison:
    """Every pair of models: `totals` maps a model to cells (template, or template and requirements) to totals in points.

    Models are ordered by falling means. Where all models have the same cells with equally many runs, and at least three cells,
    pairs are compared by the differences of their cell means; otherwise by Welch's test over all runs. Holm corrects over all
    pairs. Without `resamples` Cliff's deltas have no intervals, and thousands of runs are compared at once.
    """
    design = balance(totals)
    runs = {model: flat(cells) for model, cells in totals.items()}
    ranked = sorted((model for model in runs if runs[model]), key=lambda model: -statistics.fmean(runs[model]))
    by_cell = design.balanced and len(design.common) >= MINIMUM_FOR_INTERVAL
    means = {model: interval(runs[model], confidence) for model in ranked}
    pairs: list[Difference] = []
    for index, (first, second) in enumerate(combinations(ranked, 2)):
        delta = cliffs_delta(runs[first], runs[second], seed=seed + index, resamples=resamples, confidence=confidence)
        found = _difference(first, second, totals, means, by_cell, confidence)
        pairs.append(found.model_copy(update={"delta": delta, "reading": None if delta.value is None else read_delta(delta.value)}))
    adjusted = holm([pair.p for pair in pairs])
    corrected = tuple(pair.model_copy(update={"adjusted_p": p}) for pair, p in zip(pairs, adjusted, strict=True))
    apart = [(pair.first, pair.second) for pair in corrected if pair.adjusted_p is not None and pair.adjusted_p <= alpha]
    tested = {name for pair in corrected if pair.p is not None for name in (pair.first, pair.second)}
    lettered = letters([name for name in ranked if name in tested], apart)
    shown = {name: lettered.get(name, "") for name in ranked}
    return Comparison(pairs=corrected, letters=shown, alpha=alpha, balanced=by_cell)


def _difference(
    first: str,
    second: str,
    totals: Mapping[str, Mapping[str, Sequence[float]]],
    means: Mapping[str, Interval],
    by_cell: bool,
    confidence: float,
) -> Difference:
    one, two = means[first], means[second]
    # Models without runs are not compared.
    assert one.mean is not None
    assert two.mean is not None
    if by_cell:
        found = paired(
            [statistics.fmean(totals[first][cell]) - statistics.fmean(totals[second][cell]) for cell in totals[first]], confidence
        )
    else:
        found = welch(one.mean, one.sd or 0.0, one.n, two.mean, two.sd or 0.0, two.n, confidence)
    touch = None
    if one.low is not None and one.high is not None and two.low is not None and two.high is not None:
        touch = overlap(one.low, one.high, two.low, two.high)
    reason = "" if found else why_none(min(one.n, two.n)) if min(one.n, two.n) < 2 else NO_SPREAD
    return Difference(
        first=first,
        second=second,
        method="paired by cell" if by_cell else "welch",
        n_first=one.n,
        n_second=two.n,
        difference=one.mean - two.mean if found is None else found.difference,
        low=found.low if found else None,
        high=found.high if found else None,
        t=found.t if found else None,
        degrees=found.degrees if found else None,
        p=found.p if found else None,
        overlap=touch,
        confidence=confidence,
        reason=reason,
    )
