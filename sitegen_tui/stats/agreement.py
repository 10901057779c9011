"""Agreement of two raters on labels: percent, Cohen's kappa, Gwet's coefficients, and the table behind them.

A rater's labels are a sequence in the order of items; None is a missing rating, and an item that one rater lacks is left out.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sitegen_tui.domain.agreement import Agreement, Confusion, Weights
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.distributions import check_confidence, normal_quantile, t_quantile
from sitegen_tui.stats.intervals import share, why_none

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)

ONE_CATEGORY = "N/A (one category)"
NO_DISAGREEMENT = "N/A (no disagreement)"


def both_rated(first: Sequence[T | None], second: Sequence[T | None]) -> tuple[list[T], list[T]]:
    """The labels of items that both rated; raises ValueError for sequences of unequal length."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return [a for a, _ in pairs], [b for _, b in pairs]


def confusion(first: Sequence[T | None], second: Sequence[T | None], labels: Sequence[T]) -> Confusion:
    """How often each label of the first met each of the second."""
    one, two = both_rated(first, second)
    pairs = list(zip(one, two, strict=True))
    counts = tuple(tuple(pairs.count((row, column)) for column in labels) for row in labels)
    return Confusion(labels=tuple(map(str, labels)), counts=counts, n=len(pairs))


def percent(first: Sequence[T | None], second: Sequence[T | None], labels: Sequence[T], confidence: float = 0.95) -> Agreement:
    """The share of items on which both agree, with its Wilson interval."""
    one, two = both_rated(first, second)
    hits = sum(a == b for a, b in zip(one, two, strict=True))
    found = share(hits, len(one), confidence)
    return Agreement(name="percent", estimate=found, raters=2, prevalence=prevalence(one + two, labels))


def kappa(
    first: Sequence[T | None],
    second: Sequence[T | None],
    labels: Sequence[T],
    weights: Weights = "none",
    confidence: float = 0.95,
) -> Agreement:
    """Cohen's kappa, `labels` in their order, with the large-sample interval of Fleiss, Cohen and Everitt.

    Where both only ever use one and the same label there is no kappa; where they never disagree there is no interval.
    """
    import numpy as np

    check_confidence(confidence)
    name = "Cohen's kappa" if weights == "none" else f"Cohen's kappa ({weights})"
    one, two = both_rated(first, second)
    common = prevalence(one + two, labels)
    n = len(one)
    if n < 2:
        return _none(name, n, confidence, why_none(n), common)
    table = _table(one, two, labels) / n
    agree = _weights(len(labels), weights)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = float((agree * table).sum()), float(rows @ agree @ columns)
    if 1 - expected < 1e-12:
        return _none(name, n, confidence, ONE_CATEGORY, common)
    value = (observed - expected) / (1 - expected)
    if 1 - observed < 1e-12:
        found = Estimate(value=1.0, n=n, confidence=confidence, reason=NO_DISAGREEMENT)
        return Agreement(name=name, estimate=found, raters=2, reading=read_kappa(value), prevalence=common)
    means = (agree @ columns)[:, None] + (rows @ agree)[None, :]
    spread = float((table * (agree * (1 - expected) - means * (1 - observed)) ** 2).sum())
    variance = (spread - (observed * expected - 2 * expected + observed) ** 2) / (n * (1 - expected) ** 4)
    half = normal_quantile((1 + confidence) / 2) * math.sqrt(max(variance, 0.0))
    ends = float(np.clip(value - half, -1, 1)), float(np.clip(value + half, -1, 1))
    found = Estimate(value=value, low=ends[0], high=ends[1], n=n, confidence=confidence, method="large sample")
    return Agreement(name=name, estimate=found, raters=2, reading=read_kappa(value), prevalence=common)


def gwet(
    first: Sequence[T | None],
    second: Sequence[T | None],
    labels: Sequence[T],
    weights: Weights = "none",
    confidence: float = 0.95,
) -> Agreement:
    """Gwet's AC1, or AC2 with weights, which rare labels do not pull down; `labels` are all that could be given, in their order.

    The interval is Student's, from the linearised variance over items.
    """
    import numpy as np

    check_confidence(confidence)
    name = "Gwet's AC1" if weights == "none" else f"Gwet's AC2 ({weights})"
    one, two = both_rated(first, second)
    common = prevalence(one + two, labels)
    n, q = len(one), len(labels)
    if n < 2 or q < 2:
        return _none(name, n, confidence, why_none(n) if n < 2 else ONE_CATEGORY, common)
    agree = _weights(q, weights)
    index = {label: place for place, label in enumerate(labels)}
    a, b = np.array([index[label] for label in one]), np.array([index[label] for label in two])
    shares = (np.bincount(a, minlength=q) + np.bincount(b, minlength=q)) / (2 * n)
    scale = float(agree.sum()) / (q * (q - 1))
    expected = scale * float((shares * (1 - shares)).sum())
    observed = agree[a, b]
    value = float((observed.mean() - expected) / (1 - expected))
    if bool((observed == 1).all()):
        found = Estimate(value=1.0, n=n, confidence=confidence, reason=NO_DISAGREEMENT)
        return Agreement(name=name, estimate=found, raters=2, reading=read_kappa(value), prevalence=common)
    by_chance = scale * (2 - shares[a] - shares[b]) / 2
    each = (observed - expected) / (1 - expected) - 2 * (1 - value) * (by_chance - expected) / (1 - expected)
    # The chance term's own mean is the expected agreement, so the items' parts average to the coefficient.
    error = math.sqrt(float(((each - value) ** 2).sum()) / (n * (n - 1)))
    half = t_quantile((1 + confidence) / 2, n - 1) * error
    found = Estimate(
        value=value, low=max(-1.0, value - half), high=min(1.0, value + half), n=n, confidence=confidence, method="linearised t"
    )
    return Agreement(name=name, estimate=found, raters=2, reading=read_kappa(value), prevalence=common)


def prevalence(labels_given: Sequence[T], labels: Sequence[T]) -> float | None:
    """The share of the second of two labels (present) among all given; None for other numbers of labels or nothing given."""
    if len(labels) != 2 or not labels_given:
        return None
    return sum(label == labels[1] for label in labels_given) / len(labels_given)


def read_kappa(value: float) -> str:
    """The words of Landis and Koch."""
    if value < 0:
        return "poor"
    for bound, word in ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial")):
        if value <= bound:
            return word
    return "almost perfect"


def _table(one: Sequence[T], two: Sequence[T], labels: Sequence[T]) -> NDArray[np.float64]:
    import numpy as np

    index = {label: place for place, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    for a, b in zip(one, two, strict=True):
        table[index[a], index[b]] += 1
    return table


def _weights(count: int, weights: Weights) -> NDArray[np.float64]:
    """How much each pair of labels counts as agreement, 1 on the diagonal."""
    import numpy as np

    if weights == "none" or count < 2:
        return np.eye(count)
    apart = np.abs(np.arange(count)[:, None] - np.arange(count)[None, :]) / (count - 1)
    return 1 - (apart if weights == "linear" else apart**2)


def _none(name: str, n: int, confidence: float, reason: str, common: float | None) -> Agreement:
    estimate = Estimate(value=None, n=n, confidence=confidence, reason=reason)
    return Agreement(name=name, estimate=estimate, raters=2, prevalence=common)
