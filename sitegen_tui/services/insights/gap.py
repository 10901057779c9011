"""The gap: how far every model is from a reference model, by action and by category."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, ScoredRun, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.domain.statistics import Estimate, Gap
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights.heatmap import By
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.gaps import Run, gaps

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
    return build(frame, samples.scores if samples else (), reference=reference)


def build(frame: Frame, runs: Sequence[ScoredRun], *, reference: str | None = None) -> GapView:
    """The view of runs with their scores."""
    scores: dict[str, list[Run]] = defaultdict(list)
    cells: dict[str, list[str]] = defaultdict(list)
    for run in runs:
        scores[run.model].append(run.scores)
        cells[run.model].append(run.site)
    if not scores:
        return GapView(**dict(frame))
    names = tuple(sorted(scores))
    if reference is not None and reference not in scores:
        raise UnknownName("model", reference, names, hint="the reference has to be a model with a score here")
    means = {model: statistics.fmean(value for run in own for value in run.values()) for model, own in scores.items()}
    best = max(names, key=lambda model: means[model])
    held = reference or (REFERENCE if REFERENCE in scores else best)
    found = {action for own in scores.values() for run in own for action in run}
    actions = tuple(one.id for one in PIPELINE if one.id in found)
    by_action = _rows(scores, cells, held, {action: (action,) for action in actions})
    methods = [one.method for row in by_action for one in row.gaps.values()]
    paired, welch = methods.count("paired by cell"), methods.count("welch")
    models = tuple(sorted((model for model in names if model != held), key=lambda model: -means[model]))
    return GapView(
        **dict(frame),
        reference=held,
        chosen=reference is not None,
        references=names,
        models=models,
        by_action=by_action,
        by_category=_rows(scores, cells, held, _categories(actions)),
        paired=paired,
        welch=welch,
        notes=_notes(held, models, chosen=reference is not None, paired=paired, welch=welch),
    )


def _categories(actions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for action in actions:
        category = BY_ID[action].category.value
        found[category] = (*found.get(category, ()), action)
    return found


def _rows(
    scores: Mapping[str, Sequence[Run]], cells: Mapping[str, Sequence[str]], reference: str, groups: Mapping[str, tuple[str, ...]]
) -> tuple[GapRow, ...]:
    found = gaps(scores, reference, groups, cells=cells)
    return tuple(_row(gap, groups[gap.name], scores) for gap in found)


def _row(gap: Gap, actions: tuple[str, ...], scores: Mapping[str, Sequence[Run]]) -> GapRow:
    return GapRow(
        row=gap.name,
        actions=actions,
        reference_mean=gap.reference_mean,
        gaps=gap.gaps,
        average=gap.mean_gap,
        averaged=tuple(model for model, one in gap.gaps.items() if one.value is not None),
        n={model: sum(all(action in run for action in actions) for run in own) for model, own in scores.items()},
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
