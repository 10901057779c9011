"""The heatmap: how each model did on each action, or in each category, from the running sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.services.insights.samples import Samples
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


class HeatmapView(View):
    """Cells by action and by category; `models` and `actions` in their own order, those without a cell left out."""

    models: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    by_action: tuple[HeatCell, ...] = ()
    by_category: tuple[HeatCell, ...] = ()
    steps: int = Field(default=0, description="scored steps in all")
    unscored: int = 0

    def cells(self, by: By) -> Mapping[tuple[str, str], HeatCell]:
        """Cells by row and model."""
        return {(cell.row, cell.model): cell for cell in (self.by_action if by == "action" else self.by_category)}


def load(frame: Frame, samples: Samples | None) -> HeatmapView:
    """The view of a scope."""
    return build(frame, samples.cells if samples else ())


def build(frame: Frame, cells: Iterable[CellSums]) -> HeatmapView:
    """The view of running sums."""
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
        steps=sum(sums.n for sums in actions.values()),
        unscored=unscored,
        notes=(f"{unscored} {'step has' if unscored == 1 else 'steps have'} no score and count nowhere",) if unscored else (),
    )


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
