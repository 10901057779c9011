"""What the data allow: whether runs are complete, designs balanced, and what repeats on the same template are worth."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from sitegen_tui.domain.statistics import Balance, Cluster, Completeness, Estimate
from sitegen_tui.stats.distributions import check_confidence, f_quantile

TOLERANCE = 1e-6


def flat(cells: Mapping[str, Sequence[float]]) -> list[float]:
    """All totals of a model, cell by cell."""
    return [value for values in cells.values() for value in values]


def completeness(
    action_means: Mapping[str, float | None], total: float, actions: Sequence[str], tolerance: float = TOLERANCE
) -> Completeness:
    """Whether a mean is there for every one of `actions` and they add up to the total, within `tolerance` points.

    Otherwise the row is to be refused: a missing action counted as 0 in one place and skipped in another makes two different means.
    """
    missing = tuple(action for action in actions if action_means.get(action) is None)
    values = [value for action in actions if (value := action_means.get(action)) is not None]
    difference = math.fsum(values) - total
    if missing:
        reason = f"{len(missing)} of {len(actions)} actions have no score"
    elif abs(difference) > tolerance:
        reason = f"actions add up to {math.fsum(values):g}, the total is {total:g}"
    else:
        reason = ""
    return Completeness(
        complete=not reason, actions=len(values), expected=len(actions), missing=missing, difference=difference, reason=reason
    )


def balance(totals: Mapping[str, Mapping[str, Sequence[float]]]) -> Balance:
    """Which cells each model has, and what each lacks to have as many runs in every cell as the model with the most there.

    A design is balanced where at least two models have the same cells with equally many runs in each cell, the same for all cells.
    """
    counts = {model: {cell: len(values) for cell, values in cells.items() if values} for model, cells in totals.items()}
    every = sorted({cell for cells in counts.values() for cell in cells})
    most = {cell: max(cells.get(cell, 0) for cells in counts.values()) for cell in every}
    missing = {
        model: {cell: most[cell] - cells.get(cell, 0) for cell in every if cells.get(cell, 0) < most[cell]}
        for model, cells in counts.items()
    }
    missing = {model: cells for model, cells in missing.items() if cells}
    common = tuple(cell for cell in every if all(cell in cells for cells in counts.values()))
    even = len(set(most.values())) == 1
    return Balance(balanced=len(counts) > 1 and not missing and even, cells=counts, common=common, missing=missing)


def icc(groups: Mapping[str, Sequence[float]], confidence: float = 0.95) -> Estimate:
    """How alike runs on one template are: the one-way intraclass correlation, with its F interval.

    With groups of unequal size the interval is approximate. It may be negative. There is none without two templates, without a
    template with two runs, or without any spread.
    """
    check_confidence(confidence)
    filled = [list(values) for values in groups.values() if values]
    n, count = sum(map(len, filled)), len(filled)
    if count < 2:
        return Estimate(value=None, n=n, confidence=confidence, reason=f"N/A ({count} template{'' if count == 1 else 's'})")
    if n == count:
        return Estimate(value=None, n=n, confidence=confidence, reason="N/A (one run a template)")
    grand = math.fsum(value for values in filled for value in values) / n
    means = [statistics.fmean(values) for values in filled]
    between = math.fsum(len(values) * (mean - grand) ** 2 for values, mean in zip(filled, means, strict=True)) / (count - 1)
    within = math.fsum((value - mean) ** 2 for values, mean in zip(filled, means, strict=True) for value in values) / (n - count)
    size = (n - sum(len(values) ** 2 for values in filled) / n) / (count - 1)
    whole = between + (size - 1) * within
    if whole <= 0:
        return Estimate(value=None, n=n, confidence=confidence, reason="N/A (no spread)")
    value = (between - within) / whole
    if within == 0:
        return Estimate(value=value, low=value, high=value, n=n, confidence=confidence, method="F")
    ratio, tail = between / within, (1 - confidence) / 2
    lower = ratio / f_quantile(1 - tail, count - 1, n - count)
    upper = ratio * f_quantile(1 - tail, n - count, count - 1)
    low, high = (lower - 1) / (lower + size - 1), (upper - 1) / (upper + size - 1)
    return Estimate(value=value, low=low, high=high, n=n, confidence=confidence, method="F")


def design_effect(size: float, correlation: float) -> float:
    """By how much repeats on the same template inflate the variance of a mean: 1 + (size - 1) correlation, at least 1."""
    return 1 + max(size - 1, 0) * max(correlation, 0)


def cluster(cells: Mapping[str, Sequence[float]], confidence: float = 0.95) -> Cluster:
    """What a model's repeated runs on its templates are worth, as a number of independent runs."""
    sizes = [len(values) for values in cells.values() if values]
    n = sum(sizes)
    found = icc(cells, confidence)
    # The size that a run sees on average: with unequal templates larger than the mean size, as Kish has it.
    size = sum(count * count for count in sizes) / n if n else None
    if found.value is None or size is None:
        return Cluster(
            templates=len(sizes), n=n, mean_size=size, icc=found, design_effect=None, effective_n=None, reason=found.reason
        )
    effect = design_effect(size, found.value)
    return Cluster(templates=len(sizes), n=n, mean_size=size, icc=found, design_effect=effect, effective_n=n / effect)
