"""Power: how many runs a difference needs, what the runs at hand can show, and which runs to make next."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, RunSample, View
from sitegen_tui.domain.models import REPLAY
from sitegen_tui.domain.statistics import PowerPlan
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.next_runs import NextBlock, NextRuns, Sampled, blocks_of, next_of
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.services.insights.stopping import PlannedLook, Stopping, planned, stopping
from sitegen_tui.stats.design import cluster
from sitegen_tui.stats.intervals import why_none
from sitegen_tui.stats.moments import variance
from sitegen_tui.stats.power import detectable, first_step_alpha, pair_correlation, plan, pooled_sd, power_at, run_next

USUAL_DIFFERENCE = 20.0
"""Points of 160, as large a difference as people ask for first."""
CURVE_POINTS = 24
MOST_WANTED = 1000
"""Runs of one model up to which runs are proposed at all."""


class PairPower(Frozen):
    """What the runs of two models can show. Points; `detectable` is the smallest difference that is found with the power wanted.

    `n` is the harmonic mean of their numbers of complete runs, rounded down, `sd` the root of their mean variance. `matched` pairs
    of runs (same site, same turn) give `correlation` and `detectable_paired`. `needed` is how many runs of each, unpaired, the
    difference seen would take if it were the true one. None with a `reason` where the runs do not tell.
    """

    first: str
    second: str
    n: int
    matched: int
    sd: float | None
    correlation: float | None
    difference: float | None
    detectable: float | None
    detectable_paired: float | None
    needed: int | None
    reason: str = ""
    stopping: Stopping | None = Field(default=None, description="when one could have stopped; None for models always alike")


class CurvePoint(NamedTuple):
    """Power, 0 to 1, with n runs of each model; `paired` None where no correlation was seen."""

    n: int
    unpaired: float
    paired: float | None


class Plans(Frozen):
    """Runs that the difference needs: `single` for one test of two models, `first_step` for Holm's first among all pairs."""

    single: PowerPlan
    first_step: PowerPlan


class PowerView(View):
    """`alpha` is that of the whole family, `tests` the number of pairs, `first_alpha` the level of Holm's first step.

    `sd` is pooled over models, over all sites alike; `correlation` that of runs on the same site, over all pairs of models.
    Models in `always_alike` do the same on a site in every run and are in neither. `sites_worth` is what share of an independent
    run a model's runs are worth on average, since runs on one site resemble each other. `chosen` is the plan that `next` follows.
    """

    models: dict[str, int] = Field(default={}, description="complete runs of each")
    difference: float = USUAL_DIFFERENCE
    power: float = 0.8
    alpha: float = 0.05
    paired: bool = False
    tests: int = 0
    first_alpha: float = 0.05
    sd: float | None = None
    correlation: float | None = None
    unpaired_plans: Plans | None = None
    paired_plans: Plans | None = None
    chosen: PowerPlan | None = None
    always_alike: tuple[str, ...] = ()
    sites_worth: float | None = None
    pairs: tuple[PairPower, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    looks: tuple[PlannedLook, ...] = Field(default=(), description="at which the plan may be stopped early")
    next: tuple[NextRuns, ...] = ()
    blocks: tuple[NextBlock, ...] = ()
    next_usd: float | None = Field(default=None, description="what `next` costs at least; None where no price is known")
    next_unpriced: int = Field(default=0, description="runs in `next` whose price is not known")
    next_seconds: float = Field(default=0.0, description="of waiting and judging, one run after another")


def load(
    frame: Frame,
    samples: Samples | None,
    *,
    difference: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
    paired: bool = False,
) -> PowerView:
    """The view of a scope. Raises UsageError for a power or an alpha that cannot be."""
    if samples is None:
        return build(frame, (), difference=difference, power=power, alpha=alpha, paired=paired)
    from sitegen_tui.actions.told import common_hash
    from sitegen_tui.judge.catalogue import catalogue

    today = (catalogue().rubric_version, common_hash())
    return build(frame, samples.runs, difference=difference, power=power, alpha=alpha, paired=paired, today=today)


def build(
    frame: Frame,
    runs: Sequence[RunSample],
    *,
    difference: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
    paired: bool = False,
    today: tuple[int, str] | None = None,
) -> PowerView:
    """The view of runs. `difference` in points; None: an eighth of what a run can earn. `today` is rubric and wording of now."""
    if not 0 < alpha < power < 1:
        raise UsageError("a power lies between alpha and 1, and alpha above 0", hint="such as --power 0.8 --alpha 0.05")
    if difference is not None and not difference > 0:
        raise UsageError("a difference to be found is above 0 points", hint="such as --difference 20")
    by_model: dict[str, list[RunSample]] = defaultdict(list)
    for run in runs:
        by_model[run.model].append(run)
    complete = {model: [run for run in own if run.complete] for model, own in by_model.items()}
    totals = {model: [run.total for run in own] for model, own in complete.items()}
    wanted = difference or _usual(frame, [run for own in complete.values() for run in own])
    tests = math.comb(len(totals), 2)
    first_alpha = first_step_alpha(len(totals), alpha) if tests else alpha
    by_site = {model: _by_site(own) for model, own in complete.items()}
    fixed = _always_alike(by_site)
    sd = pooled_sd([own for model, own in totals.items() if model not in fixed]) or None
    matches = {pair: _matched(by_site[pair[0]], by_site[pair[1]]) for pair in combinations(sorted(complete), 2)}
    correlation = _correlation([matched for pair, matched in matches.items() if not fixed.intersection(pair)])
    goal = _Goal(wanted, power, alpha, first_alpha)
    unpaired_plans = goal.plans(sd, None) if sd else None
    paired_plans = goal.plans(sd, correlation) if sd and correlation is not None else None
    plans = paired_plans if paired and paired_plans else unpaired_plans
    chosen = plans.first_step if plans else None
    design = Sampled.of(by_model)
    runs_next = () if frame.conditions is None or frame.conditions.fork else _next(design, chosen)
    prices = [one.usd for one in runs_next if one.usd is not None]
    made = PowerView(
        **dict(frame),
        models={model: len(totals[model]) for model in sorted(totals)},
        difference=wanted,
        power=power,
        alpha=alpha,
        paired=paired,
        tests=tests,
        first_alpha=first_alpha,
        sd=sd,
        correlation=correlation,
        unpaired_plans=unpaired_plans,
        paired_plans=paired_plans,
        chosen=chosen,
        always_alike=tuple(sorted(fixed)),
        sites_worth=_worth(by_site),
        pairs=tuple(
            _pair(pair, totals, matched, goal, _stopping(pair, complete, fixed, first_alpha)) for pair, matched in matches.items()
        ),
        looks=planned(chosen.n if chosen else None, first_alpha),
        curve=goal.curve(sd, correlation, chosen) if sd else (),
        next=runs_next,
        blocks=blocks_of(runs_next, design, frame.conditions) if frame.conditions else (),
        next_usd=math.fsum(prices) if prices else None,
        next_unpriced=sum(one.runs for one in runs_next if one.usd is None),
        next_seconds=math.fsum(one.seconds for one in runs_next if one.seconds is not None),
    )
    return made.model_copy(update={"notes": _notes(made, design, today)})


class _Goal(NamedTuple):
    difference: float
    power: float
    alpha: float
    first_alpha: float

    def plans(self, sd: float, correlation: float | None) -> Plans:
        single, first = (
            plan(self.difference, sd, power=self.power, alpha=alpha, paired=correlation is not None, correlation=correlation or 0.0)
            for alpha in (self.alpha, self.first_alpha)
        )
        return Plans(single=single, first_step=first)

    def curve(self, sd: float, correlation: float | None, chosen: PowerPlan | None) -> tuple[CurvePoint, ...]:
        """Power at Holm's first step over numbers of runs, up to well past what is wanted."""
        last = max(12, min(MOST_WANTED, math.ceil(1.5 * (chosen.n if chosen and chosen.n else 12))))
        numbers = sorted({round(2 + (last - 2) * place / (CURVE_POINTS - 1)) for place in range(CURVE_POINTS)})
        return tuple(
            CurvePoint(
                n,
                power_at(n, self.difference, sd, alpha=self.first_alpha),
                None
                if correlation is None
                else power_at(n, self.difference, sd, alpha=self.first_alpha, paired=True, correlation=correlation),
            )
            for n in numbers
        )


def _usual(frame: Frame, runs: Sequence[RunSample]) -> float:
    if frame.out_of is not None:
        return USUAL_DIFFERENCE * frame.out_of / 160
    assessed = math.fsum(run.assessed for run in runs) / len(runs) if runs else 160.0
    return float(max(1, round(USUAL_DIFFERENCE * assessed / 160)))


def _always_alike(by_site: Mapping[str, Mapping[str, Sequence[float]]]) -> frozenset[str]:
    """Models with repeats that never differ, such as the reference editor: their spread says nothing about a contestant's."""
    return frozenset(
        model
        for model, cells in by_site.items()
        if any(len(own) > 1 for own in cells.values()) and all(len(set(own)) == 1 for own in cells.values())
    )


def _by_site(runs: Sequence[RunSample]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        found[run.site].append(run.total)
    return found


def _matched(first: Mapping[str, list[float]], second: Mapping[str, list[float]]) -> tuple[list[float], list[float]]:
    """Totals of two models' runs on the same sites, turn by turn; what one has more of on a site is left over."""
    one: list[float] = []
    two: list[float] = []
    for site in first.keys() & second.keys():
        turns = min(len(first[site]), len(second[site]))
        one += first[site][:turns]
        two += second[site][:turns]
    return one, two


def _correlation(matches: Sequence[tuple[list[float], list[float]]]) -> float | None:
    """The mean correlation of pairs, each pair of models counting by its matched runs; None where none tells."""
    known = [(len(one) - 1, found) for one, two in matches if (found := pair_correlation(one, two)) is not None]
    if not known:
        return None
    mean = math.fsum(weight * found for weight, found in known) / sum(weight for weight, _ in known)
    # Without any spread of differences one pair would do, which no data can promise.
    return None if mean >= 1 - 1e-9 else max(-1.0, mean)


def _pair(
    pair: tuple[str, str],
    totals: Mapping[str, Sequence[float]],
    matched: tuple[list[float], list[float]],
    goal: _Goal,
    stop: Stopping | None,
) -> PairPower:
    one, two = (totals[model] for model in pair)
    n = math.floor(2 * len(one) * len(two) / (len(one) + len(two))) if one and two else 0
    spread = math.sqrt((variance(one) + variance(two)) / 2) if min(len(one), len(two)) > 1 else None
    difference = statistics.fmean(one) - statistics.fmean(two) if n else None
    correlation = pair_correlation(*matched)
    made = PairPower(
        first=pair[0],
        second=pair[1],
        n=n,
        matched=len(matched[0]),
        sd=spread,
        correlation=correlation,
        difference=difference,
        detectable=None,
        detectable_paired=None,
        needed=None,
        reason=why_none(min(len(one), len(two))) if spread is None else "" if spread else "N/A (no spread)",
        stopping=stop,
    )
    if not spread:
        return made
    found: dict[str, float | int | None] = {"detectable": detectable(n, spread, power=goal.power, alpha=goal.first_alpha)}
    if correlation is not None and correlation < 1 - 1e-9:
        found["detectable_paired"] = detectable(
            len(matched[0]), spread, power=goal.power, alpha=goal.first_alpha, paired=True, correlation=correlation
        )
    if difference:
        found["needed"] = plan(difference, spread, power=goal.power, alpha=goal.first_alpha).n
    return made.model_copy(update=found)


def _stopping(
    pair: tuple[str, str], complete: Mapping[str, Sequence[RunSample]], fixed: frozenset[str], alpha: float
) -> Stopping | None:
    return None if fixed.issuperset(pair) else stopping(complete[pair[0]], complete[pair[1]], alpha)


def _next(design: Sampled, chosen: PowerPlan | None) -> tuple[NextRuns, ...]:
    wanted = chosen.n if chosen is not None and chosen.n is not None and chosen.n <= MOST_WANTED else None
    return next_of(run_next(design.totals, wanted), design)


def _worth(by_site: Mapping[str, Mapping[str, Sequence[float]]]) -> float | None:
    """The mean share, 0 to 1, of independent runs that a model's runs are worth; None where no site has two runs."""
    found = [cluster(cells) for cells in by_site.values()]
    shares = [1 / one.design_effect for one in found if one.design_effect is not None]
    return math.fsum(shares) / len(shares) if shares else None


def _notes(view: PowerView, design: Sampled, today: tuple[int, str] | None) -> tuple[str, ...]:
    notes: list[str] = []
    if view.models and view.sd is None:
        notes.append("no model has two complete runs that differ, so that no spread is known")
    if view.always_alike and view.sd is not None:
        notes.append(f"{', '.join(view.always_alike)} did the same in every run and is not in the spread")
    if view.paired and view.paired_plans is None and view.sd is not None:
        notes.append("no three runs on the same sites pair up, so that unpaired numbers are used")
    if len(view.models) == 1:
        notes.append("one model alone: numbers are for one more like it")
    if view.chosen is not None and view.chosen.n is not None and view.chosen.n > MOST_WANTED:
        notes.append(f"{view.chosen.n} runs of each model would be needed: only runs for balance are proposed")
    if view.sites_worth is not None and view.sites_worth < 0.9:
        notes.append(f"runs on one site resemble each other: a run is worth {view.sites_worth:.2f} of one on a new site")
    if any(model.startswith(REPLAY) for model in view.models):
        notes.append("no runs of replays are proposed")
    if design.older:
        notes.append("runs are proposed on the newest version of each site")
    conditions = view.conditions
    if today is not None and conditions is not None and view.next and today != (conditions.rubric, conditions.prompt):
        what = "another rubric" if today[0] != conditions.rubric else "other words"
        notes.append(f"runs made now are judged or told by {what} than these and would not be put together with them")
    return tuple(notes)
