"""Means of judged scores corrected by people's labels: prediction-powered inference, and what more labels would do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sitegen_tui.domain.agreement import Calibrated, LabelGain
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.distributions import check_confidence, t_quantile
from sitegen_tui.stats.judged import Judged, together

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH_LABELS = 30
"""With fewer labels of its own a model borrows the correction of all."""


def calibrate(steps: Judged, confidence: float = 0.95) -> Calibrated:
    """The mean score that people would give, from few labels and many judgements, in points.

    Steps that were drawn with known probabilities are weighted by them (Horvitz and Thompson); otherwise the labelled ones count as
    drawn evenly. The variance is clustered by run, with t quantiles by the number of runs that have labels. Needs two labelled
    runs. Raises ValueError where some labelled steps have a probability and some do not, or one outside (0, 1].
    """
    import numpy as np

    check_confidence(confidence)
    labelled = steps.of(steps.has)
    raw = float(steps.judged.mean()) if len(steps) else None
    runs = len(np.unique(labelled.run))
    if len(labelled) < 2 or runs < 2:
        reason = f"N/A ({len(labelled)} labels in {runs} runs)"
        estimate = Estimate(value=None, n=len(labelled), confidence=confidence, reason=reason)
        return Calibrated(raw=raw, estimate=estimate, weight=None, labels=len(labelled), judged=len(steps), gain=None)
    known = labelled.probability[np.isfinite(labelled.probability)]
    weighted = len(known) > 0
    if weighted and (len(known) < len(labelled) or not ((known > 0) & (known <= 1)).all()):
        raise ValueError("labelled steps need their probabilities, all of them or none, each above 0 and at most 1")
    value, weight, parts, alone = _weighted(steps) if weighted else _even(steps)
    own, plain = _error(steps.by_run(parts)), _error(steps.by_run(alone))
    half = t_quantile((1 + confidence) / 2, runs - 1) * own
    estimate = Estimate(
        value=value,
        low=value - half,
        high=value + half,
        n=len(labelled),
        confidence=confidence,
        method="prediction-powered, weighted" if weighted else "prediction-powered",
    )
    return Calibrated(
        raw=raw,
        estimate=estimate,
        weight=weight,
        labels=len(labelled),
        judged=len(steps),
        gain=(plain / own) ** 2 if own > 0 else None,
        warning="" if len(labelled) >= ENOUGH_LABELS else f"only {len(labelled)} labels",
    )


def calibrate_all(steps: Mapping[str, Judged], confidence: float = 0.95) -> dict[str, Calibrated]:
    """Every model's corrected mean; a model with fewer than thirty labels gets the mean correction of all models' labels.

    A borrowed correction supposes that judges err alike on every model: the warning says so.
    """
    if not steps:
        return {}
    pooled = together([own.of(own.has) for own in steps.values()])
    found: dict[str, Calibrated] = {}
    for model, own in steps.items():
        made = calibrate(own, confidence)
        enough = made.labels >= ENOUGH_LABELS or len(pooled) <= made.labels or not len(own)
        found[model] = made if enough else _borrowed(own, pooled, made, confidence)
    return found


def _borrowed(own: Judged, pooled: Judged, made: Calibrated, confidence: float) -> Calibrated:
    import numpy as np

    runs = len(np.unique(pooled.run))
    if runs < 2 or made.raw is None:
        return made
    weights = np.where(np.isfinite(pooled.probability), 1 / pooled.probability, 1.0)
    weights /= weights.sum()
    apart = pooled.label - pooled.judged
    shift = float((weights * apart).sum())
    value = made.raw + shift
    parts = np.concatenate([weights * (apart - shift), (own.judged - made.raw) / len(own)])
    error = _error(together([pooled, own]).by_run(parts))
    half = t_quantile((1 + confidence) / 2, runs - 1) * error
    method = "judged mean plus the pooled correction"
    estimate = Estimate(value=value, low=value - half, high=value + half, n=len(pooled), confidence=confidence, method=method)
    warning = f"only {made.labels} labels of its own: corrected as all models are together"
    return made.model_copy(update={"estimate": estimate, "weight": 1.0, "gain": None, "warning": warning})


_Parts = tuple[float, float, "NDArray[np.float64]", "NDArray[np.float64]"]
"""The estimate, the trust in judgements, and every step's part in the estimate's error, with judgements and by labels alone."""


def _even(steps: Judged) -> _Parts:
    import numpy as np

    judged, label, has = steps.judged, steps.label, steps.has
    n, rest = int(has.sum()), int((~has).sum())
    alone = np.zeros(len(steps))
    alone[has] = (label[has] - label[has].mean()) / n
    spread = float(judged.var(ddof=1))
    if rest == 0 or spread == 0:
        return float(label[has].mean()), 0.0, alone, alone
    covariance = float(np.cov(label[has], judged[has], ddof=1)[0, 1])
    weight = min(1.0, max(0.0, covariance / ((1 + n / rest) * spread)))
    corrected = label[has] - weight * judged[has]
    parts = np.zeros(len(steps))
    parts[has] = (corrected - corrected.mean()) / n
    parts[~has] = weight * (judged[~has] - judged[~has].mean()) / rest
    return float(weight * judged[~has].mean() + corrected.mean()), weight, parts, alone


def _weighted(steps: Judged) -> _Parts:
    import numpy as np

    judged, has = steps.judged, steps.has
    label = np.where(has, steps.label, 0.0)
    inverse = np.where(has, 1 / steps.probability, 0.0)
    # Each step's share is a + weight b: b has mean 0 over draws, so the estimate is unbiased whatever the weight.
    a, b = label * inverse, judged * (1 - inverse)
    spread = float(b.var())
    weight = min(1.0, max(0.0, -float(np.cov(a, b, ddof=0)[0, 1]) / spread)) if spread > 0 else 0.0
    each = a + weight * b
    value = float(each.mean())
    return value, weight, (each - value) / len(steps), (a - a.mean()) / len(steps)


def _error(sums: NDArray[np.float64]) -> float:
    """The standard error from the runs' parts in it."""
    return math.sqrt(len(sums) / (len(sums) - 1) * float((sums * sums).sum()))


def gain(correlation: float, labels: int, unlabelled: int) -> float:
    """How many times as many labels alone would be as sure, for a correlation of judged and people's scores."""
    return 1 / (1 - correlation**2 * unlabelled / (labels + unlabelled))


def after_more(steps: Judged, more: int, confidence: float = 0.95) -> LabelGain | None:
    """Half the interval's width now, and expected after `more` labels drawn as the present ones were; None without an interval now.

    The spread between runs is taken to stay; only what labels measure shrinks with their number.
    """
    now = calibrate(steps, confidence)
    if now.estimate.low is None or now.estimate.value is None or now.weight is None:
        return None
    half = now.estimate.value - now.estimate.low
    rest = now.judged - now.labels
    added = min(max(more, 0), rest)
    labelled, trust = steps.of(steps.has), now.weight
    spread = float(steps.judged.var(ddof=1))
    corrected = float((labelled.label - trust * labelled.judged).var(ddof=1))

    def variance(labels: int, unlabelled: int) -> float:
        return corrected / labels + trust**2 * spread / max(unlabelled, 1)

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
