"""Means of judged scores corrected by people's labels: prediction-powered inference, and what more labels would do."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen_tui.domain.agreement import Calibrated, LabelGain
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.distributions import check_confidence, t_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH_LABELS = 30
"""With fewer labels of its own a model borrows the correction of all."""


@dataclass(frozen=True, slots=True)
class Item:
    """A judged step: its run, the judges' score, a person's where there is one, and the probability with which it was asked for.

    `probability` is that of being labelled (inclusion), above 0 to 1; None where labels were drawn evenly.
    """

    run: str
    judged: float
    label: float | None = None
    probability: float | None = None


def calibrate(items: Sequence[Item], confidence: float = 0.95) -> Calibrated:
    """The mean score that people would give, from few labels and many judgements, in points.

    Items that were drawn with known probabilities are weighted by them (Horvitz and Thompson); otherwise the labelled ones count as
    drawn evenly. The variance is clustered by run, with t quantiles by the number of runs that have labels. Needs two labelled
    runs. Raises ValueError where some labelled items have a probability and some do not, or one outside (0, 1].
    """
    check_confidence(confidence)
    labelled = [item for item in items if item.label is not None]
    raw = statistics.fmean(item.judged for item in items) if items else None
    runs = len({item.run for item in labelled})
    if len(labelled) < 2 or runs < 2:
        reason = f"N/A ({len(labelled)} labels in {runs} runs)"
        estimate = Estimate(value=None, n=len(labelled), confidence=confidence, reason=reason)
        return Calibrated(raw=raw, estimate=estimate, weight=None, labels=len(labelled), judged=len(items), gain=None)
    known = [item.probability for item in labelled if item.probability is not None]
    if known and (len(known) < len(labelled) or not all(0 < one <= 1 for one in known)):
        raise ValueError("labelled items need their probabilities, all of them or none, each above 0 and at most 1")
    value, weight, parts, alone = _weighted(items) if known else _even(items)
    own, plain = _error(items, parts), _error(items, alone)
    half = t_quantile((1 + confidence) / 2, runs - 1) * own
    estimate = Estimate(
        value=value,
        low=value - half,
        high=value + half,
        n=len(labelled),
        confidence=confidence,
        method="prediction-powered, weighted" if known else "prediction-powered",
    )
    return Calibrated(
        raw=raw,
        estimate=estimate,
        weight=weight,
        labels=len(labelled),
        judged=len(items),
        gain=(plain / own) ** 2 if own > 0 else None,
        warning="" if len(labelled) >= ENOUGH_LABELS else f"only {len(labelled)} labels",
    )


def calibrate_all(items: Mapping[str, Sequence[Item]], confidence: float = 0.95) -> dict[str, Calibrated]:
    """Every model's corrected mean; a model with fewer than thirty labels gets the mean correction of all models' labels.

    A borrowed correction supposes that judges err alike on every model: the warning says so.
    """
    pooled = [item for own in items.values() for item in own if item.label is not None]
    found: dict[str, Calibrated] = {}
    for model, own in items.items():
        made = calibrate(own, confidence)
        if made.labels >= ENOUGH_LABELS or len(pooled) <= made.labels or not own:
            found[model] = made
            continue
        found[model] = _borrowed(own, pooled, made, confidence)
    return found


def _borrowed(own: Sequence[Item], pooled: Sequence[Item], made: Calibrated, confidence: float) -> Calibrated:
    apart = [(item.run, (item.label or 0.0) - item.judged, 1 / (item.probability or 1.0)) for item in pooled]
    runs = len({run for run, _, _ in apart})
    if runs < 2 or made.raw is None:
        return made
    whole = math.fsum(weight for _, _, weight in apart)
    shift = math.fsum(weight * one for _, one, weight in apart) / whole
    value = made.raw + shift
    sums: dict[str, float] = {}
    for run, one, weight in apart:
        sums[run] = sums.get(run, 0.0) + weight * (one - shift) / whole
    for item in own:
        sums[item.run] = sums.get(item.run, 0.0) + (item.judged - made.raw) / len(own)
    error = math.sqrt(len(sums) / (len(sums) - 1) * math.fsum(one * one for one in sums.values()))
    half = t_quantile((1 + confidence) / 2, runs - 1) * error
    method = "judged mean plus the pooled correction"
    estimate = Estimate(value=value, low=value - half, high=value + half, n=len(pooled), confidence=confidence, method=method)
    warning = f"only {made.labels} labels of its own: corrected as all models are together"
    return made.model_copy(update={"estimate": estimate, "weight": 1.0, "gain": None, "warning": warning})


_Parts = tuple[float, float, "NDArray[np.float64]", "NDArray[np.float64]"]
"""The estimate, the trust in judgements, and every item's part in the estimate's error, with judgements and by labels alone."""


def _even(items: Sequence[Item]) -> _Parts:
    import numpy as np

    judged = np.array([item.judged for item in items], dtype=np.float64)
    label = np.array([math.nan if item.label is None else item.label for item in items])
    has = np.isfinite(label)
    n, rest = int(has.sum()), int((~has).sum())
    alone = np.zeros(len(items))
    alone[has] = (label[has] - label[has].mean()) / n
    spread = float(judged.var(ddof=1))
    if rest == 0 or spread == 0:
        return float(label[has].mean()), 0.0, alone, alone
    together = float(np.cov(label[has], judged[has], ddof=1)[0, 1])
    weight = min(1.0, max(0.0, together / ((1 + n / rest) * spread)))
    corrected = label[has] - weight * judged[has]
    parts = np.zeros(len(items))
    parts[has] = (corrected - corrected.mean()) / n
    parts[~has] = weight * (judged[~has] - judged[~has].mean()) / rest
    return float(weight * judged[~has].mean() + corrected.mean()), weight, parts, alone


def _weighted(items: Sequence[Item]) -> _Parts:
    import numpy as np

    judged = np.array([item.judged for item in items], dtype=np.float64)
    label = np.array([0.0 if item.label is None else item.label for item in items])
    inverse = np.array([0.0 if item.label is None else 1 / (item.probability or 1.0) for item in items])
    # Each item's share is a + weight b: b has mean 0 over draws, so the estimate is unbiased whatever the weight.
    a, b = label * inverse, judged * (1 - inverse)
    spread = float(b.var())
    weight = min(1.0, max(0.0, -float(np.cov(a, b, ddof=0)[0, 1]) / spread)) if spread > 0 else 0.0
    each = a + weight * b
    value = float(each.mean())
    return value, weight, (each - value) / len(items), (a - a.mean()) / len(items)


def _error(items: Sequence[Item], parts: NDArray[np.float64]) -> float:
    """The standard error from items' parts, added up within runs."""
    sums: dict[str, float] = {}
    for item, part in zip(items, parts.tolist(), strict=True):
        sums[item.run] = sums.get(item.run, 0.0) + part
    count = len(sums)
    return math.sqrt(count / (count - 1) * math.fsum(one * one for one in sums.values()))


def gain(correlation: float, labels: int, unlabelled: int) -> float:
    """How many times as many labels alone would be as sure, for a correlation of judged and people's scores."""
    return 1 / (1 - correlation**2 * unlabelled / (labels + unlabelled))


def after_more(items: Sequence[Item], more: int, confidence: float = 0.95) -> LabelGain | None:
    """Half the interval's width now, and expected after `more` labels drawn as the present ones were; None without an interval now.

    The spread between runs is taken to stay; only what labels measure shrinks with their number.
    """
    now = calibrate(items, confidence)
    if now.estimate.low is None or now.estimate.value is None or now.weight is None:
        return None
    half = now.estimate.value - now.estimate.low
    rest = now.judged - now.labels
    added = min(max(more, 0), rest)
    labelled = [item for item in items if item.label is not None]
    if len(labelled) < 2:
        return None
    spread = statistics.variance(item.judged for item in items)
    corrected = statistics.variance((item.label or 0.0) - now.weight * item.judged for item in labelled)

    def variance(labels: int, unlabelled: int) -> float:
        return corrected / labels + (now.weight or 0.0) ** 2 * spread / max(unlabelled, 1)

    before, later = variance(now.labels, rest), variance(now.labels + added, rest - added)
    ratio = math.sqrt(later / before) if before > 0 else 1.0
    return LabelGain(more=added, half_width=half, expected=half * min(1.0, ratio))


def queue(strata: Sequence[str], urgency: Sequence[float]) -> list[float]:
    """Probabilities of being drawn next, adding to 1 in each stratum: half even, half in proportion to urgency (0 or more).

    Every item keeps at least half of an even chance, so that its weight stays bounded. A stratum without urgency is drawn evenly.
    """
    if not all(math.isfinite(one) and one >= 0 for one in urgency):
        raise ValueError("urgency is a finite number from 0")
    sizes: dict[str, int] = {}
    sums: dict[str, float] = {}
    for stratum, one in zip(strata, urgency, strict=True):
        sizes[stratum] = sizes.get(stratum, 0) + 1
        sums[stratum] = sums.get(stratum, 0.0) + one
    return [
        0.5 / sizes[stratum] + 0.5 * (one / sums[stratum] if sums[stratum] > 0 else 1 / sizes[stratum])
        for stratum, one in zip(strata, urgency, strict=True)
    ]


def inclusion(probabilities: Sequence[float], wanted: int) -> list[float]:
    """Probabilities of being labelled at all that add up to `wanted`, in proportion to those of being drawn and none above 1."""
    if not 0 <= wanted <= len(probabilities):
        raise ValueError(f"{wanted} of {len(probabilities)} items cannot be labelled")
    found = [0.0] * len(probabilities)
    free = set(range(len(probabilities)))
    left = float(wanted)
    while free:
        whole = math.fsum(probabilities[index] for index in free)
        certain = {index for index in free if left * probabilities[index] >= whole} if left > 0 else set[int]()
        if not certain:
            for index in free:
                found[index] = left * probabilities[index] / whole if whole > 0 else 0.0
            return found
        for index in certain:
            found[index] = 1.0
        left -= len(certain)
        free -= certain
    return found
