"""Where models lose points: gaps to a reference, hard actions, categories and templates.

Scores are given by run: a model maps to its runs, a run maps actions to points. An action without a score is left out of its run.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from sitegen_tui.domain.statistics import CategoryMean, Difficulty, Estimate, Gap, TemplateRow, Weighting
from sitegen_tui.stats.comparisons import NO_SPREAD, paired, welch
from sitegen_tui.stats.design import balance, flat
from sitegen_tui.stats.distributions import check_confidence, t_quantile
from sitegen_tui.stats.intervals import MINIMUM_FOR_INTERVAL, interval, why_none
from sitegen_tui.stats.summaries import Summary, summary

Run = Mapping[str, float]


def of_action(runs: Sequence[Run], action: str) -> list[float]:
    """The scores that an action has in these runs."""
    return [run[action] for run in runs if action in run]


def of_category(runs: Sequence[Run], actions: Sequence[str]) -> list[float]:
    """The mean over `actions` of every run that has a score for all of them."""
    return [statistics.fmean(run[action] for action in actions) for run in runs if all(action in run for action in actions)]


def difference(first: Sequence[float], second: Sequence[float], confidence: float = 0.95) -> Estimate:
    """Mean of `first` minus mean of `second` with Welch's interval, in the unit of the values; `n` is the smaller number."""
    check_confidence(confidence)
    n = min(len(first), len(second))
    if n == 0:
        return Estimate(value=None, n=0, confidence=confidence, reason=why_none(0))
    one, two = interval(first, confidence), interval(second, confidence)
    value = statistics.fmean(first) - statistics.fmean(second)
    found = welch(one.mean or 0.0, one.sd or 0.0, one.n, two.mean or 0.0, two.sd or 0.0, two.n, confidence)
    if found is None:
        return Estimate(value=value, n=n, confidence=confidence, reason=why_none(n) if n < 2 else NO_SPREAD)
    return Estimate(value=value, low=found.low, high=found.high, n=n, confidence=confidence, method="welch")


def difference_by_cell(
    first: Mapping[str, Sequence[float]], second: Mapping[str, Sequence[float]], confidence: float = 0.95
) -> Estimate:
    """Mean of `first` minus mean of `second`, each given by cell (template ...), in the unit of the values.

    Where both have the same cells, three at least, with equally many values in each, the interval is that of the differences of
    cell means and `n` the number of cells; otherwise it is Welch's over all values.
    """
    design = balance({"first": first, "second": second})
    if not design.balanced or len(design.common) < MINIMUM_FOR_INTERVAL:
        return difference(flat(first), flat(second), confidence)
    apart = [statistics.fmean(first[cell]) - statistics.fmean(second[cell]) for cell in design.common]
    found = paired(apart, confidence)
    n = len(apart)
    if found is None:
        return Estimate(value=statistics.fmean(apart), n=n, confidence=confidence, reason=NO_SPREAD)
    return Estimate(value=found.difference, low=found.low, high=found.high, n=n, confidence=confidence, method="paired by cell")


def gaps(
    runs: Mapping[str, Sequence[Run]],
    reference: str,
    groups: Mapping[str, Sequence[str]],
    confidence: float = 0.95,
    *,
    cells: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Gap, ...]:
    """The gap of every other model to the reference, for each group of actions, the deepest mean gap first.

    `groups` names what is compared: `{action: (action,)}` for actions, `{category: its actions}` for categories. `cells` names the
    cell (template ...) of each of a model's runs: with it, gaps are paired by cell where that can be. Raises KeyError for a
    reference that has no runs.
    """
    held = runs[reference]

    def by_cell(model: str, actions: Sequence[str]) -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        for place, run in enumerate(runs[model]):
            for value in of_category([run], actions):
                found.setdefault(cells[model][place] if cells else "", []).append(value)
        return found

    found: list[Gap] = []
    for name, actions in groups.items():
        theirs = of_category(held, actions)
        at = by_cell(reference, actions)
        each = {model: difference_by_cell(by_cell(model, actions), at, confidence) for model in runs if model != reference}
        values = [estimate.value for estimate in each.values() if estimate.value is not None]
        found.append(
            Gap(
                name=name,
                reference=reference,
                reference_mean=statistics.fmean(theirs) if theirs else None,
                gaps=each,
                mean_gap=statistics.fmean(values) if values else None,
            )
        )
    return tuple(sorted(found, key=lambda gap: math.inf if gap.mean_gap is None else gap.mean_gap))


def difficulty(
    runs: Mapping[str, Sequence[Run]], actions: Sequence[str], weighting: Weighting = "models", confidence: float = 0.95
) -> tuple[Difficulty, ...]:
    """Actions from the hardest on: mean over models, each counting the same, or over all runs alike.

    The interval treats models as fixed and their runs as independent (Satterthwaite's degrees of freedom); it needs two runs of
    each.
    """
    found = {
        action: {model: summary(values) for model, own in runs.items() if (values := of_action(own, action))} for action in actions
    }
    return difficulty_of(found, weighting, confidence)


def difficulty_of(
    actions: Mapping[str, Mapping[str, Summary]], weighting: Weighting = "models", confidence: float = 0.95
) -> tuple[Difficulty, ...]:
    """The same from each model's numbers on each action."""
    found: list[Difficulty] = []
    for action, parts in actions.items():
        means = {model: part.mean for model, part in parts.items() if part.n}
        found.append(
            Difficulty(
                action=action,
                mean=_weighted([part for part in parts.values() if part.n], weighting, confidence),
                weighting=weighting,
                models=len(means),
                best=max(means.items(), key=lambda item: item[1], default=None),
                worst=min(means.items(), key=lambda item: item[1], default=None),
            )
        )
    return tuple(sorted(found, key=lambda one: math.inf if one.mean.value is None else one.mean.value))


def _weighted(groups: Sequence[Summary], weighting: Weighting, confidence: float) -> Estimate:
    check_confidence(confidence)
    n = sum(group.n for group in groups)
    if n == 0:
        return Estimate(value=None, n=0, confidence=confidence, reason=why_none(0))
    weights = [1 / len(groups) if weighting == "models" else group.n / n for group in groups]
    value = math.fsum(weight * group.mean for weight, group in zip(weights, groups, strict=True))
    if min(group.n for group in groups) < 2:
        return Estimate(value=value, n=n, confidence=confidence, reason="N/A (a model with one run)")
    parts = [(w * w * group.sd**2 / group.n, group.n - 1) for w, group in zip(weights, groups, strict=True)]
    variance = math.fsum(part for part, _ in parts)
    if variance == 0:
        return Estimate(value=value, low=value, high=value, n=n, confidence=confidence, method="stratified t")
    degrees = variance**2 / math.fsum(part**2 / freedom for part, freedom in parts)
    half = t_quantile((1 + confidence) / 2, degrees) * math.sqrt(variance)
    return Estimate(value=value, low=value - half, high=value + half, n=n, confidence=confidence, method="stratified t")


def categories(runs: Sequence[Run], category_of: Mapping[str, str], confidence: float = 0.95) -> tuple[CategoryMean, ...]:
    """A model's mean by category, in the order in which `category_of` names them: the mean of action means.

    The interval is over the runs' own means, because actions of one run depend on each other; it is there only where every run
    has a score for every action of the category.
    """
    found: list[CategoryMean] = []
    for category in dict.fromkeys(category_of.values()):
        actions = tuple(action for action, own in category_of.items() if own == category)
        means = [statistics.fmean(values) for action in actions if (values := of_action(runs, action))]
        whole = interval(of_category(runs, actions), confidence)
        value = statistics.fmean(means) if len(means) == len(actions) else None
        if value is None:
            estimate = Estimate(value=None, n=whole.n, confidence=confidence, reason="N/A (an action has no score)")
        elif whole.n < len(runs):
            estimate = Estimate(value=value, n=whole.n, confidence=confidence, reason="N/A (unscored steps)")
        else:
            estimate = Estimate(
                value=value,
                low=whole.low,
                high=whole.high,
                n=whole.n,
                confidence=confidence,
                method="t" if whole.half_width is not None else "",
                reason=whole.reason,
            )
        found.append(CategoryMean(category=category, actions=actions, mean=estimate))
    return tuple(found)


def templates(totals: Mapping[str, Mapping[str, Sequence[float]]], reference: str | None = None) -> tuple[TemplateRow, ...]:
    """Mean total of each model in each cell, cells in order of first mention, and the best model beside the reference."""
    cells = dict.fromkeys(cell for own in totals.values() for cell in own)
    found: list[TemplateRow] = []
    for cell in cells:
        means = {model: statistics.fmean(own[cell]) for model, own in totals.items() if own.get(cell)}
        others = {model: mean for model, mean in means.items() if model != reference}
        best = max(others, key=lambda model: others[model], default=None)
        whole = means.get(reference) if reference is not None else None
        percent = 100 * others[best] / whole if best is not None and whole is not None and whole > 0 else None
        found.append(TemplateRow(cell=cell, means=means, best=best, percent=percent))
    return tuple(found)
