"""Stopping early: after how many runs a pair of models could have been told apart, and looks that may be planned."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import RunSample
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.stats.sequential import FIRST_RUN, confidence_sequence, first_stop, looks

MOST_PAIRS = 1000
"""Pairs of runs that are gone through at most: who has so many did not stop early."""
LOOKS = 3


class Stopping(Frozen):
    """Differences of two models' runs on the same site, turn by turn, in the order in which runs were planned.

    `stopped` is after how many pairs their confidence sequence first left 0 out, None where it has not (`reason`). `sequence` is
    that of all `pairs`: its interval may be looked at after every pair without erring more often.
    """

    pairs: int
    stopped: int | None
    sequence: Estimate
    reason: str = ""


class PlannedLook(NamedTuple):
    """A look after `n` runs of each model: stop there where |z| exceeds its bound, which is as good as p below that of one test."""

    n: int
    z: float
    p: float


def stopping(first: Sequence[RunSample], second: Sequence[RunSample], alpha: float) -> Stopping:
    """When two models could have been told apart; `alpha` is how often one may err, over all looks together."""
    differences = in_order(first, second)
    confidence = 1 - alpha
    sequence = confidence_sequence(differences, confidence)
    stopped = first_stop(differences, confidence)
    reason = ""
    if stopped is None:
        reason = "not yet" if len(differences) >= FIRST_RUN else f"N/A (n={len(differences)})"
    return Stopping(pairs=len(differences), stopped=stopped, sequence=sequence, reason=reason)


def in_order(first: Sequence[RunSample], second: Sequence[RunSample]) -> list[float]:
    """Totals of the first model minus those of the second, each pair when its later run was planned; both in that order."""
    waiting: tuple[dict[str, deque[float]], ...] = (defaultdict(deque), defaultdict(deque))
    merged = sorted(
        [(run.experiment, run.repeat, at, 0, run) for at, run in enumerate(first[:MOST_PAIRS])]
        + [(run.experiment, run.repeat, at, 1, run) for at, run in enumerate(second[:MOST_PAIRS])],
        key=lambda one: one[:4],
    )
    found: list[float] = []
    for *_, side, run in merged:
        other = waiting[1 - side][run.site]
        if other:
            total = other.popleft()
            found.append(run.total - total if side == 0 else total - run.total)
        else:
            waiting[side][run.site].append(run.total)
    return found


@lru_cache(maxsize=64)
def planned(n: int | None, alpha: float) -> tuple[PlannedLook, ...]:
    """O'Brien and Fleming's looks after a third, two thirds and all of `n` runs of each model; none where that is too early."""
    if n is None or n < FIRST_RUN:
        return ()
    at = sorted({max(FIRST_RUN, round(n * place / LOOKS)) for place in range(1, LOOKS)} | {n})
    return tuple(PlannedLook(runs, one.z, one.p) for runs, one in zip(at, looks([runs / n for runs in at], alpha), strict=True))
