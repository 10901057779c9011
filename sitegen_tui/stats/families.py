"""Whether judges favour models of their own family: the difference of differences, with an interval by runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import sqrt
from statistics import fmean, variance
from typing import NamedTuple

from sitegen_tui.stats.distributions import t_quantile


class Deducted(NamedTuple):
    """What a judge of a family deducted from a run of a model of a family, in points; `run` is the unit that is drawn."""

    judge_family: str
    model_family: str
    run: str
    points: float


class Interaction(NamedTuple):
    """How many points less a family's judge deducts from its own models than other judges do, beyond what it deducts elsewhere.

    Above 0 it favours its own. `low` and `high` are the 95 % interval, None with fewer than two runs of either kind or without
    spread.
    """

    family: str
    own_runs: int
    other_runs: int
    points: float | None
    low: float | None
    high: float | None


def family_interaction(told: Iterable[Deducted]) -> tuple[Interaction, ...]:
    """One row for each family that has a judge, over runs that a judge of the family and one of another have both judged.

    For each run: what other families' judges deducted less what this family's did. The interaction is the mean of that over runs
    of its own models less the mean over runs of others' (Welch's interval).
    """
    by_run: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    models: dict[str, str] = {}
    for one in told:
        by_run[one.run][one.judge_family].append(one.points)
        models[one.run] = one.model_family
    families = sorted({family for judged in by_run.values() for family in judged})
    return tuple(_of(family, by_run, models) for family in families)


def _of(family: str, by_run: dict[str, dict[str, list[float]]], models: dict[str, str]) -> Interaction:
    own: list[float] = []
    other: list[float] = []
    for run, judged in sorted(by_run.items()):
        rest = [points for name, found in judged.items() if name != family for points in found]
        if family in judged and rest:
            (own if models[run] == family else other).append(fmean(rest) - fmean(judged[family]))
    if not own or not other:
        return Interaction(family, len(own), len(other), None, None, None)
    points = fmean(own) - fmean(other)
    if len(own) < 2 or len(other) < 2:
        return Interaction(family, len(own), len(other), points, None, None)
    errors = [variance(side) / len(side) for side in (own, other)]
    whole = sum(errors)
    if whole == 0:
        return Interaction(family, len(own), len(other), points, None, None)
    freedom = whole**2 / sum(error**2 / (len(side) - 1) for error, side in zip(errors, (own, other), strict=True))
    half = t_quantile(0.975, freedom) * sqrt(whole)
    return Interaction(family, len(own), len(other), points, points - half, points + half)
