"""What a judge's figures stand for: the true share of a violation behind flags, and people's scores behind judged ones."""

from __future__ import annotations

import math
import statistics
from bisect import bisect_right
from collections.abc import Sequence

from sitegen_tui.domain.agreement import ScoreMap
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.distributions import check_confidence
from sitegen_tui.stats.intervals import why_none

ISOTONIC_FROM = 100
LEAST_SKILL = 1.1
"""Sensitivity plus specificity of a judge that tells hardly more than a coin."""


def rogan_gladen(
    flagged: int,
    n: int,
    found: float,
    present: float,
    cleared: float,
    absent: float,
    *,
    seed: int,
    resamples: int = 4000,
    confidence: float = 0.95,
) -> Estimate:
    """The share of items that truly have a violation, 0 to 1, of which a judge flagged `flagged` of `n`.

    On calibration items it found `found` of `present` and cleared `cleared` of `absent`; where these were not drawn evenly, counts
    are those of as many even draws as they are worth. The interval resamples calibration and test items. Undefined for a judge
    with sensitivity plus specificity of at most 1.1.
    """
    import numpy as np

    check_confidence(confidence)
    if not (0 <= flagged <= n and 0 <= found <= present and 0 <= cleared <= absent):
        raise ValueError("a count lies between 0 and the number it is a part of")
    if min(n, present, absent) == 0:
        empty = "items" if n == 0 else "items with the violation" if present == 0 else "items without it"
        return Estimate(value=None, n=n, confidence=confidence, reason=f"N/A (no {empty})")
    sensitivity, specificity = found / present, cleared / absent
    if sensitivity + specificity <= LEAST_SKILL:
        reason = f"N/A (sensitivity {sensitivity:.2f}, specificity {specificity:.2f})"
        return Estimate(value=None, n=n, confidence=confidence, reason=reason)
    value = (flagged / n + specificity - 1) / (sensitivity + specificity - 1)
    random = np.random.default_rng(seed)
    # Half a count is added on either side, or a judge that never erred in calibration could never err.
    with_it, without = max(1, round(present)), max(1, round(absent))
    hit = random.binomial(with_it, (found + 0.5) / (present + 1), resamples) / with_it
    clear = random.binomial(without, (cleared + 0.5) / (absent + 1), resamples) / without
    flags = random.binomial(n, flagged / n, resamples) / n
    able = hit + clear > LEAST_SKILL
    if able.mean() < 0.9:
        reason = "N/A (too few calibration items)"
        return Estimate(value=min(1.0, max(0.0, value)), n=n, confidence=confidence, reason=reason)
    drawn = np.clip((flags[able] + clear[able] - 1) / (hit[able] + clear[able] - 1), 0, 1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    method = "bootstrap of both sets"
    clipped = min(1.0, max(0.0, value))
    return Estimate(value=clipped, low=float(low), high=float(high), n=n, confidence=confidence, method=method)


def score_map(judged: Sequence[float], human: Sequence[float], runs: Sequence[str], folds: int = 5) -> ScoreMap:
    """People's scores from judged ones: a line under a hundred items, a rising step curve from there on, cross-fitted by run.

    Whole runs are left out when the predictions are made that `residual_sd` is of. Without two runs or two distinct judged scores
    there are no predictions and a reason.
    """
    if not len(judged) == len(human) == len(runs):
        raise ValueError("judged, human and runs have one entry an item")
    n = len(judged)
    kind = "isotonic" if n >= ISOTONIC_FROM else "linear"
    names = list(dict.fromkeys(runs))
    line = _line(judged, human)
    if line is None or len(names) < 2:
        reason = why_none(n) if n < 2 else "N/A (one run)" if len(names) < 2 else "N/A (all judged alike)"
        slope, intercept = line or (None, None)
        return ScoreMap(kind=kind, knots=(), slope=slope, intercept=intercept, residual_sd=None, predicted=(), n=n, reason=reason)
    fold_of = {name: index % min(folds, len(names)) for index, name in enumerate(names)}
    predicted = [0.0] * n
    for fold in range(min(folds, len(names))):
        rest = [index for index in range(n) if fold_of[runs[index]] != fold]
        knots = _fit(kind, [judged[index] for index in rest], [human[index] for index in rest])
        for index in range(n):
            if fold_of[runs[index]] == fold:
                predicted[index] = at(kind, knots, judged[index])
    apart = [one - guess for one, guess in zip(human, predicted, strict=True)]
    return ScoreMap(
        kind=kind,
        knots=_fit(kind, judged, human),
        slope=line[0],
        intercept=line[1],
        residual_sd=math.sqrt(math.fsum(one * one for one in apart) / n),
        predicted=tuple(predicted),
        n=n,
    )


def at(kind: str, knots: Sequence[tuple[float, float]], judged: float) -> float:
    """The map's value at a judged score."""
    places = [x for x, _ in knots]
    index = bisect_right(places, judged)
    if len(knots) == 1 or (kind == "isotonic" and index in (0, len(knots))):
        return knots[min(max(index - 1, 0), len(knots) - 1)][1]
    (x0, y0), (x1, y1) = knots[min(max(index - 1, 0), len(knots) - 2)], knots[min(max(index, 1), len(knots) - 1)]
    return y0 + (y1 - y0) * (judged - x0) / (x1 - x0)


def isotonic(x: Sequence[float], y: Sequence[float]) -> list[tuple[float, float]]:
    """The rising step curve nearest to the points by least squares: its value at every distinct x, by pooling neighbours."""
    sums: dict[float, list[float]] = {}
    for place, value in zip(x, y, strict=True):
        sums.setdefault(place, []).append(value)
    blocks: list[tuple[float, int, list[float]]] = []
    for place in sorted(sums):
        block = (math.fsum(sums[place]), len(sums[place]), [place])
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1], last[2] + block[2])
        blocks.append(block)
    return [(place, total / count) for total, count, places in blocks for place in places]


def _fit(kind: str, judged: Sequence[float], human: Sequence[float]) -> tuple[tuple[float, float], ...]:
    if kind == "isotonic":
        return tuple(isotonic(judged, human))
    line = _line(judged, human)
    if line is None:
        return ((judged[0], statistics.fmean(human)),)
    low, high = min(judged), max(judged)
    return ((low, line[1] + line[0] * low), (high, line[1] + line[0] * high))


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float] | None:
    """Slope and intercept by least squares; None without two distinct places."""
    if len(set(x)) < 2:
        return None
    slope, intercept = statistics.linear_regression(x, y)
    return slope, intercept
