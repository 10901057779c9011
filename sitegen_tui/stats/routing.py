"""What quality costs: price of a point, the Pareto front, and policies that give each action to the cheapest good-enough model."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen_tui.domain.policies import RoutedAction
from sitegen_tui.domain.statistics import Estimate, PricedModel, RoutingPolicy, RoutingTest
from sitegen_tui.stats.distributions import check_confidence

MINIMUM_TEMPLATES = 3
"""Fewer held-out templates than this say nothing of the next one."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One scored step for routing, or the mean of several: points of a model on an action of a template, and what they took.

    `cost` is what is to be saved: US dollars, or seconds.
    """

    template: str
    action: str
    model: str
    score: float
    cost: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """Means of a model on an action of a template."""

    score: float
    cost: float


@dataclass(frozen=True, slots=True)
class _Fold:
    """A template routed by what the others teach: for each action the cells of the single and of the routed model."""

    template: str
    choices: Mapping[str, str]
    pairs: Mapping[str, tuple[_Cell, _Cell]]


_Table = Mapping[str, Mapping[str, Mapping[str, _Cell]]]


def priced(models: Mapping[str, tuple[float, float | None, float | None]]) -> tuple[PricedModel, ...]:
    """Mean points, US dollars and seconds a run of each model, ordered by falling mean, with the price of a point.

    A model is on the front where no other is at least as good in points, dollars and seconds and better in one of them. A cost that
    is unknown for either of two models is not compared between them.
    """

    def beats(other: tuple[float, float | None, float | None], own: tuple[float, float | None, float | None]) -> bool:
        pairs = [
            (-other[0], -own[0]),
            *((a, b) for a, b in zip(other[1:], own[1:], strict=True) if a is not None and b is not None),
        ]
        return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs) and len(pairs) > 1

    found = [
        PricedModel(
            model=model,
            mean=own[0],
            usd=own[1],
            seconds=own[2],
            points_per_usd=own[0] / own[1] if own[1] else None,
            usd_per_point=own[1] / own[0] if own[1] is not None and own[0] > 0 else None,
            front=not any(beats(other, own) for name, other in models.items() if name != model),
        )
        for model, own in models.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.mean))


def learn(trials: Sequence[Trial], tolerance: float) -> RoutingPolicy:
    """For each action the cheapest model whose mean score is within `tolerance` points of the best.

    Means are over templates, each counting the same, and over the templates on which every model was tried on the action: a model
    tried on easy templates alone must not look good. An action without such a template is decided over all that there is. Ties go
    to the better, then to the first by name.
    """
    if tolerance < 0:
        raise ValueError(f"a tolerance is not below 0: {tolerance}")
    return _learn(_table(trials), tolerance)


def leave_one_out(
    trials: Sequence[Trial], tolerance: float, *, seed: int, resamples: int = 4000, confidence: float = 0.95
) -> RoutingTest:
    """Learn on all templates but one, route the one left out, and compare with the single model that was best where it was learned.

    Only actions on which the held-out template has both the routed and the single model are counted; templates without any are left
    out. The interval resamples templates (percentile); it needs three.
    """
    check_confidence(confidence)
    policy = learn(trials, tolerance)
    held_out: dict[str, tuple[float, float]] = {}
    single_cost = 0.0
    for fold in _folds(_table(trials), tolerance):
        pairs = fold.pairs.values()
        if pairs:
            loss = math.fsum(one.score - routed.score for one, routed in pairs)
            saving = math.fsum(one.cost - routed.cost for one, routed in pairs)
            held_out[fold.template] = (loss, saving)
            single_cost += math.fsum(one.cost for one, _ in pairs)
    saved = math.fsum(saving for _, saving in held_out.values())
    losses, savings = [one for one, _ in held_out.values()], [one for _, one in held_out.values()]
    return RoutingTest(
        policy=policy,
        loss=_over_templates(losses, seed, resamples, confidence),
        saving=_over_templates(savings, seed, resamples, confidence),
        saving_share=saved / single_cost if single_cost > 0 else None,
        held_out=held_out,
        reason="" if len(held_out) >= MINIMUM_TEMPLATES else f"N/A ({len(held_out)} templates to test on)",
    )


def by_action(
    trials: Sequence[Trial], tolerance: float, *, seed: int, resamples: int = 4000, confidence: float = 0.95
) -> tuple[RoutedAction, ...]:
    """The same for each action alone, in the order of the trials: who is chosen, what that loses and saves, and how sure it is.

    `agreed` of `folds` templates, each left out, leave the choice as it is: one that hangs on a template is not to be relied on.
    """
    check_confidence(confidence)
    choices, table = learn(trials, tolerance).choices, _table(trials)
    folds = list(_folds(table, tolerance))
    found: list[RoutedAction] = []
    for action, chosen in choices.items():
        pooled = _pooled(table, action)
        best = max(pooled, key=lambda model: (pooled[model].score, model == chosen))
        pairs = [fold.pairs[action] for fold in folds if action in fold.pairs]
        votes = [fold.choices[action] for fold in folds if action in fold.choices]
        found.append(
            RoutedAction(
                action=action,
                model=chosen,
                mean=pooled[chosen].score,
                cost=pooled[chosen].cost,
                best=best,
                best_mean=pooled[best].score,
                best_cost=pooled[best].cost,
                loss=_over_templates([one.score - routed.score for one, routed in pairs], seed, resamples, confidence),
                saving=_over_templates([one.cost - routed.cost for one, routed in pairs], seed, resamples, confidence),
                agreed=votes.count(chosen),
                folds=len(votes),
            )
        )
    return tuple(found)


def best_single(trials: Sequence[Trial]) -> str | None:
    """The one model that does best over all actions; of those tried on most of them. None without trials."""
    return _best_single(_table(trials)) if trials else None


def _folds(table: _Table, tolerance: float) -> Iterator[_Fold]:
    for template in table:
        rest = {name: own for name, own in table.items() if name != template}
        if not rest:
            continue
        single = _best_single(rest)
        choices = _learn(rest, tolerance).choices
        pairs = {
            action: (cells[single], cells[choices[action]])
            for action, cells in table[template].items()
            if single in cells and action in choices and choices[action] in cells
        }
        yield _Fold(template, choices, pairs)


def _over_templates(values: Sequence[float], seed: int, resamples: int, confidence: float) -> Estimate:
    import numpy as np

    n = len(values)
    mean = statistics.fmean(values) if n else None
    if n < MINIMUM_TEMPLATES:
        return Estimate(value=mean, n=n, confidence=confidence, reason=f"N/A ({n} templates)")
    random = np.random.default_rng(seed)
    drawn = np.asarray(values, dtype=np.float64)[random.integers(0, n, size=(resamples, n))].mean(axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return Estimate(value=mean, low=float(low), high=float(high), n=n, confidence=confidence, method="bootstrap of templates")


def _table(trials: Sequence[Trial]) -> dict[str, dict[str, dict[str, _Cell]]]:
    """Template to action to model to means."""
    lists: dict[str, dict[str, dict[str, list[Trial]]]] = {}
    for trial in trials:
        lists.setdefault(trial.template, {}).setdefault(trial.action, {}).setdefault(trial.model, []).append(trial)
    return {
        template: {
            action: {
                model: _Cell(statistics.fmean(one.score for one in own), statistics.fmean(one.cost for one in own))
                for model, own in models.items()
            }
            for action, models in actions.items()
        }
        for template, actions in lists.items()
    }


def _pooled(table: _Table, action: str) -> dict[str, _Cell]:
    """Each model's means on an action, over the templates that it shares with every other model of the action."""
    rows = [own[action] for own in table.values() if action in own]
    models = dict.fromkeys(model for row in rows for model in row)
    shared = [row for row in rows if len(row) == len(models)]
    pooled: dict[str, _Cell] = {}
    for model in models:
        cells = [row[model] for row in (shared or rows) if model in row]
        pooled[model] = _Cell(statistics.fmean(one.score for one in cells), statistics.fmean(one.cost for one in cells))
    return pooled


def _learn(table: _Table, tolerance: float) -> RoutingPolicy:
    choices: dict[str, str] = {}
    for action in dict.fromkeys(action for own in table.values() for action in own):
        pooled = _pooled(table, action)
        best = max(cell.score for cell in pooled.values())
        # A tolerance of a tenth must not fail for the dust of binary fractions.
        enough = [model for model, cell in pooled.items() if cell.score >= best - tolerance - 1e-9]
        choices[action] = min(enough, key=lambda model: (pooled[model].cost, -pooled[model].score, model))
    return RoutingPolicy(tolerance=tolerance, choices=choices)


def _best_single(table: _Table) -> str:
    """The model with the highest mean over actions, of those that were tried on most of them."""
    sums: dict[str, list[float]] = {}
    for action in dict.fromkeys(action for own in table.values() for action in own):
        for model, cell in _pooled(table, action).items():
            sums.setdefault(model, []).append(cell.score)
    return max(sums, key=lambda model: (len(sums[model]), statistics.fmean(sums[model]), model))
