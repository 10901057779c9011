"""The gap: how far every model is from a reference model, by action and by category."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, Site, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights.heatmap import By
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.summaries import Summary, difference_of_cells, pooled
from sitegen_tui.store.samples import CellSums, GroupNumbers

DUST = 1e-10
Numbers = Mapping[str, Mapping[str, Mapping[str, Summary]]]
"""Row (action or category) to model to site to its numbers."""
REFERENCE = "reference"
"""The reference editor's name as a model."""


class GapRow(Frozen):
    """An action or category: every other model's mean minus the reference's, in points of an action, with intervals.

    `average` is the plain mean of the gaps of the models in `averaged`, each counting the same; None where there are none.
    `n` counts what each model's mean is made of: scored steps of an action, runs with a score for every action of a category.
    """

    row: str = Field(description="id of the action, or name of the category")
    actions: tuple[str, ...]
    reference_mean: float | None
    gaps: dict[str, Estimate]
    average: float | None
    averaged: tuple[str, ...]
    n: dict[str, int]


class GapView(View):
    """Rows by deepest average gap first. `models` are those that are compared, best first; the reference is not among them."""

    reference: str = ""
    chosen: bool = Field(default=False, description="whether the reference was asked for")
    references: tuple[str, ...] = Field(default=(), description="every model that could be the reference, by name")
    models: tuple[str, ...] = ()
    by_action: tuple[GapRow, ...] = ()
    by_category: tuple[GapRow, ...] = ()
    paired: int = Field(default=0, description="gaps of actions that are paired by site")
    welch: int = Field(default=0, description="gaps of actions with Welch's interval")

    def rows(self, by: By) -> tuple[GapRow, ...]:
        """The rows of one kind."""
        return self.by_action if by == "action" else self.by_category


def load(frame: Frame, samples: Samples | None, *, reference: str | None = None) -> GapView:
    """The view of a scope. Raises UnknownName for a reference that has no score in it."""
    if samples is None:
        return build(frame, {}, {}, reference=reference)
    by_action = of_cells(samples.cells, samples.sites)
    by_category = of_groups(samples.whole(categories(_actions(by_action))))
    return build(frame, by_action, by_category, reference=reference)


def of_cells(cells: Iterable[CellSums], sites: Mapping[Site, str]) -> Numbers:
    """The numbers of actions from running sums."""
    found: dict[str, dict[str, dict[str, Summary]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        if cell.sums.n:
            numbers = Summary(cell.sums.n, cell.sums.mean or 0.0, cell.sums.sd or 0.0)
            # Two versions of a site that no run has whole share a name: their sums are one.
            name = sites.get(cell.site, cell.site.template)
            had = found[cell.action][cell.model].get(name)
            found[cell.action][cell.model][name] = pooled({"a": had, "b": numbers}) if had else numbers
    return found


def of_groups(groups: Iterable[GroupNumbers]) -> Numbers:
    """The numbers of categories from the means of runs."""
    found: dict[str, dict[str, dict[str, Summary]]] = defaultdict(lambda: defaultdict(dict))
    for one in groups:
        mean = one.total / one.n
        spread = (one.squares - one.n * mean * mean) / (one.n - 1) if one.n > 1 else 0.0
        # Points have nine decimals at most: less than this is the dust of binary fractions.
        sd = math.sqrt(spread) if spread > DUST else 0.0
        had = found[one.group][one.model].get(one.site)
        numbers = Summary(one.n, mean, sd)
        found[one.group][one.model][one.site] = pooled({"a": had, "b": numbers}) if had else numbers
    return found


def build(frame: Frame, by_action: Numbers, by_category: Numbers, *, reference: str | None = None) -> GapView:
    """The view of scores of actions, and of means of runs over the actions of a category, summed up by model and site."""
    actions = _actions(by_action)
    names = tuple(sorted({model for action in actions for model in by_action[action]}))
    if not names:
        return GapView(**dict(frame))
    if reference is not None and reference not in names:
        raise UnknownName("model", reference, names, hint="the reference has to be a model with a score here")
    means = {model: statistics.fmean(_mean(by_action[a][model]) for a in actions if model in by_action[a]) for model in names}
    best = max(names, key=lambda model: means[model])
    held = reference or (REFERENCE if REFERENCE in names else best)
    rows = _rows(by_action, {action: (action,) for action in actions}, names, held)
    methods = [one.method for row in rows for one in row.gaps.values()]
    paired, welch = methods.count("paired by cell"), methods.count("welch")
    models = tuple(sorted((model for model in names if model != held), key=lambda model: -means[model]))
    return GapView(
        **dict(frame),
        reference=held,
        chosen=reference is not None,
        references=names,
        models=models,
        by_action=rows,
        by_category=_rows(by_category, categories(actions), names, held),
        paired=paired,
        welch=welch,
        notes=_notes(held, models, chosen=reference is not None, paired=paired, welch=welch),
    )


def categories(actions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Those of the actions that each category has, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for action in actions:
        category = BY_ID[action].category.value
        found[category] = (*found.get(category, ()), action)
    return found


def _actions(numbers: Numbers) -> tuple[str, ...]:
    return tuple(one.id for one in PIPELINE if one.id in numbers)


def _mean(sites: Mapping[str, Summary]) -> float:
    return pooled(sites).mean


def _rows(numbers: Numbers, groups: Mapping[str, tuple[str, ...]], models: Sequence[str], reference: str) -> tuple[GapRow, ...]:
    found = [_row(name, actions, numbers.get(name, {}), models, reference) for name, actions in groups.items()]
    return tuple(sorted(found, key=lambda row: math.inf if row.average is None else row.average))


def _row(
    name: str, actions: tuple[str, ...], numbers: Mapping[str, Mapping[str, Summary]], models: Sequence[str], reference: str
) -> GapRow:
    theirs = numbers.get(reference, {})
    gaps = {model: difference_of_cells(numbers.get(model, {}), theirs) for model in models if model != reference}
    values = {model: one.value for model, one in gaps.items() if one.value is not None}
    whole = {model: pooled(numbers.get(model, {})) for model in models}
    return GapRow(
        row=name,
        actions=actions,
        reference_mean=whole[reference].mean if whole[reference].n else None,
        gaps=gaps,
        average=statistics.fmean(values.values()) if values else None,
        averaged=tuple(values),
        n={model: one.n for model, one in whole.items()},
    )


def _notes(reference: str, models: Sequence[str], *, chosen: bool, paired: int, welch: int) -> tuple[str, ...]:
    if not models:
        return (f"{reference} is alone here: a gap needs a second model",)
    notes: list[str] = []
    if not chosen and reference != REFERENCE:
        notes.append(f"the reference is {reference}, the best by mean score, as the reference editor has not run")
    whom = " and ".join(sorted(models)) if len(models) <= 2 else f"all {len(models)} models beside the reference"
    notes.append(f"the average gap is the plain mean over {whom}")
    if paired or welch:
        how = (
            "differences by site"
            if not welch
            else "Welch's"
            if not paired
            else "differences by site where sites match, else Welch's"
        )
        notes.append(f"95 % intervals: {how}, each on its own, not corrected for their number")
    return tuple(notes)
