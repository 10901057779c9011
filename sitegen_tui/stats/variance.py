"""How much a model's runs vary, and how often they end badly."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen_tui.domain.statistics import Spread
from sitegen_tui.stats.intervals import sd_interval, share


def spread(
    model: str, totals: Sequence[float], scores: Sequence[float], threshold: float = 60.0, confidence: float = 0.95
) -> Spread:
    """Standard deviation, extremes and range of run totals in points, share of runs below the threshold, share of negative actions.

    `scores` are those of single actions. Best and worst are runs that happened, never mean plus and minus a deviation.
    """
    return spread_of(model, totals, sum(score < 0 for score in scores), len(scores), threshold, confidence)


def spread_of(
    model: str, totals: Sequence[float], negative: int, steps: int, threshold: float = 60.0, confidence: float = 0.95
) -> Spread:
    """The same from how many of the scored steps are negative."""
    best, worst = max(totals, default=None), min(totals, default=None)
    return Spread(
        model=model,
        n=len(totals),
        sd=sd_interval(totals, confidence),
        best=best,
        worst=worst,
        range=None if best is None or worst is None else best - worst,
        below=share(sum(total < threshold for total in totals), len(totals), confidence),
        threshold=threshold,
        negative=share(negative, steps, confidence),
    )
