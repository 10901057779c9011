"""What changed from one set of runs to another: a difference of means, or of means by cell, always second minus first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen_tui.domain.statistics import Change
from sitegen_tui.stats.comparisons import compare, holm
from sitegen_tui.stats.design import flat
from sitegen_tui.stats.intervals import interval, why_none

FIRST, SECOND = "first", "second"


def change(
    first: Mapping[str, Sequence[float]], second: Mapping[str, Sequence[float]], *, seed: int = 0, resamples: int = 0
) -> Change:
    """From the values by cell of one side to those of the other, in their unit.

    Where both have the same cells with equally many values, three at least, the differences of cells are tested, otherwise
    all values by Welch's test. A side without values has no change, and the reason says so.
    """
    one, two = interval(flat(first)), interval(flat(second))
    if one.mean is None or two.mean is None:
        return Change(n_first=one.n, n_second=two.n, first=one.mean, second=two.mean, reason=why_none(0))
    (pair,) = compare({FIRST: first, SECOND: second}, seed=seed, resamples=resamples).pairs
    # The family of pairs is in order of falling means, a change is in order of time or of asking.
    ends = (pair.low, pair.high) if pair.first == SECOND else (_minus(pair.high), _minus(pair.low))
    delta = pair.delta
    if delta is not None and pair.first == FIRST:
        turned = {"value": _minus(delta.value), "low": _minus(delta.high), "high": _minus(delta.low)}
        delta = delta.model_copy(update=turned)
    return Change(
        n_first=one.n,
        n_second=two.n,
        first=one.mean,
        second=two.mean,
        change=two.mean - one.mean if pair.difference is None else pair.difference if pair.first == SECOND else -pair.difference,
        low=ends[0],
        high=ends[1],
        p=pair.p,
        delta=delta,
        method=pair.method,
        reason=pair.reason,
    )


def changes(sides: Mapping[str, tuple[Mapping[str, Sequence[float]], Mapping[str, Sequence[float]]]]) -> dict[str, Change]:
    """Several changes by name, their p-values adjusted by Holm's correction over all of them."""
    found = {name: change(first, second) for name, (first, second) in sides.items()}
    adjusted = holm([one.p for one in found.values()])
    return {name: one.model_copy(update={"adjusted_p": p}) for (name, one), p in zip(found.items(), adjusted, strict=True)}


def _minus(value: float | None) -> float | None:
    return None if value is None else -value
