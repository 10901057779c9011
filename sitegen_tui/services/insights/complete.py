"""Which contestants have no total that could be ranked, because their actions do not add up to it, and why."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen_tui.domain.insights import Frame, Totals
from sitegen_tui.stats.design import completeness

NO_RUN = "no run is complete"


def refused(frame: Frame, totals: Mapping[str, Totals], means: Mapping[str, Mapping[str, float | None]]) -> dict[str, str]:
    """Why a contestant's total is refused, for each of whom it is. `means` are those by action that stand beside the total.

    Contestants without a complete run have no total to refuse.
    """
    if frame.conditions is None:
        return {}
    found: dict[str, str] = {}
    for name, one in totals.items():
        if one.mean is not None:
            reason = completeness(means.get(name, {}), one.mean, frame.conditions.actions).reason
            if reason:
                found[name] = reason
    return found
