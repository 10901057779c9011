"""The heatmap: how each model did on each action, or in each category, from the running sums."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, Totals, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.services.insights.complete import NO_RUN, refused
from sitegen_tui.services.insights.samples import Samples, means_of_cells
from sitegen_tui.store.samples import CellSums
from sitegen_tui.store.sums import POINT, Sums

By = Literal["action", "category"]


class HeatCell(Frozen):
    """Scores of a model on one action, or on all actions of a category. Points; `n` counts scored steps only.

    `mean`, `minimum` and `maximum` are None when n is 0, `sd` (ddof 1) when n < 2. `assessed` is the mean of the points that
    could have been earned. In a category every scored step counts alike.
    """

    model: str
    row: str = Field(description="id of the action, or name of the category")
    n: int
    mean: float | None
    sd: float | None
    minimum: float | None
    maximum: float | None
    negative: int
    unscored: int
    assessed: float

    @property
    def share(self) -> float | None:
        """Of the points that could be earned; may be negative."""
        return None if self.mean is None or not self.assessed else self.mean / self.assessed


class HeatTotal(Frozen):
    """What a model's actions add up to, in points, beside its `complete` runs; None where `refused` says why that is no total."""

    model: str
    complete: int
    total: float | None
    refused: str = ""


class HeatmapView(View):
    """Cells by action and by category; `models` and `actions` in their own order, those without a cell left out.

    `totals` are there where every action is shown.
    """

    models: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    by_action: tuple[HeatCell, ...] = ()
    by_category: tuple[HeatCell, ...] = ()
    totals: tuple[HeatTotal, ...] = ()
    steps: int = Field(default=0, description="scored steps in all")
    unscored: int = 0

    @property
    def refused(self) -> dict[str, str]:
        """Why models are not ranked, for those that are not."""
        return {one.model: one.refused for one in self.totals if one.refused}

    def cells(self, by: By) -> Mapping[tuple[str, str], HeatCell]:
        """Cells by row and model."""
        return {(cell.row, cell.model): cell for cell in (self.by_action if by == "action" else self.by_category)}


def load(frame: Frame, samples: Samples | None) -> HeatmapView:
    """The view of a scope."""
    return build(frame, samples.cells, samples.totals) if samples else build(frame, (), {})


def build(frame: Frame, cells: Collection[CellSums], totals: Mapping[str, Totals]) -> HeatmapView:
    """The view of running sums, and what they should add up to."""
    actions: dict[tuple[str, str], Sums] = defaultdict(Sums)
    categories: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for cell in cells:
        for pool, row in ((actions, cell.action), (categories, BY_ID[cell.action].category.value)):
            pool[row, cell.model].pool(cell.sums)
    found = {row for row, _ in actions}
    unscored = sum(sums.unscored for sums in actions.values())
    return HeatmapView(
        **dict(frame),
        models=tuple(sorted({model for _, model in actions})),
        actions=tuple(action.id for action in PIPELINE if action.id in found),
        categories=tuple(dict.fromkeys(action.category.value for action in PIPELINE if action.id in found)),
        by_action=_cells(actions),
        by_category=_cells(categories),
        totals=_totals(frame, cells, totals),
        steps=sum(sums.n for sums in actions.values()),
        unscored=unscored,
        notes=(f"{unscored} {'step has' if unscored == 1 else 'steps have'} no score and count nowhere",) if unscored else (),
    )


def _totals(frame: Frame, cells: Collection[CellSums], totals: Mapping[str, Totals]) -> tuple[HeatTotal, ...]:
    if frame.conditions is None or frame.scope.actions:
        return ()
    means = means_of_cells(cells)
    refusals = refused(frame, totals, means)
    found: list[HeatTotal] = []
    for model in sorted(means):
        one = totals.get(model, Totals(0, 0, 0.0))
        reason = refusals.get(model, "") if one.complete else NO_RUN
        if reason and 0 < one.complete < one.runs:
            rest = one.runs - one.complete
            reason += f", because of {rest} {'run that is' if rest == 1 else 'runs that are'} not complete"
        total = None if reason else math.fsum(mean for mean in means[model].values() if mean is not None)
        found.append(HeatTotal(model=model, complete=one.complete, total=total, refused=reason))
    return tuple(found)


def _cells(pools: Mapping[tuple[str, str], Sums]) -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(
            model=model,
            row=row,
            n=sums.n,
            mean=sums.mean,
            sd=sums.sd,
            minimum=None if sums.minimum is None else sums.minimum / POINT,
            maximum=None if sums.maximum is None else sums.maximum / POINT,
            negative=sums.negative,
            unscored=sums.unscored,
            assessed=sums.assessed / (sums.n * POINT) if sums.n else 0.0,
        )
        for (row, model), sums in sorted(pools.items())
    )
