"""The variance: how much a model's runs differ, its best and worst run, and how often it ends badly."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, RunSample, View
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.statistics import Spread
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.variance import spread_of
from sitegen_tui.store.samples import CellSums
from sitegen_tui.store.sums import Sums

THRESHOLD = 60.0
"""A run of all sixteen actions below this many points has failed, unless another threshold is asked for."""


class SpreadRow(Frozen):
    """A model's complete runs and scored steps. `mean` and those of `spread` in points; best and worst are runs that happened."""

    model: str
    simulated: bool
    mean: float | None
    spread: Spread
    below: int = Field(description="runs below the threshold")
    negative: int = Field(description="steps with a score below 0")
    steps: int
    best_run: str | None = None
    worst_run: str | None = None


class VarianceView(View):
    """Models from the steadiest on; those without an sd last."""

    threshold: float = THRESHOLD
    models: tuple[SpreadRow, ...] = ()


def load(frame: Frame, samples: Samples | None, *, threshold: float | None = None) -> VarianceView:
    """The view of a scope; without a threshold 60 of 160 points, and the same share of fewer actions."""
    if samples is None:
        return build(frame, (), (), threshold=threshold)
    return build(frame, samples.complete, samples.cells, threshold=threshold)


def build(frame: Frame, runs: Sequence[RunSample], cells: Iterable[CellSums], *, threshold: float | None = None) -> VarianceView:
    """The view of complete runs, and of running sums over all scored steps."""
    actions = len(frame.conditions.actions) if frame.conditions else len(ACTION_IDS)
    below = THRESHOLD * actions / len(ACTION_IDS) if threshold is None else threshold
    complete: dict[str, list[RunSample]] = defaultdict(list)
    for run in runs:
        complete[run.model].append(run)
    steps: dict[str, Sums] = defaultdict(Sums)
    for cell in cells:
        steps[cell.model].pool(cell.sums)
    rows = [_row(frame, model, complete[model], steps[model], below) for model in sorted({*complete, *steps})]
    rows.sort(key=lambda row: (row.spread.sd.value is None, row.spread.sd.value or 0.0, row.model))
    notes: list[str] = []
    if rows:
        notes.append("best and worst are runs that happened; the sd is n − 1 with its chi-squared interval, shares have Wilson's")
    if rows and len({run.site for run in runs}) > 1:
        notes.append("the sd is over all sites together: part of it is that sites differ")
    return VarianceView(**dict(frame), threshold=below, models=tuple(rows), notes=tuple(notes))


def _row(frame: Frame, model: str, runs: Sequence[RunSample], steps: Sums, threshold: float) -> SpreadRow:
    totals = [run.total for run in runs]
    return SpreadRow(
        model=model,
        simulated=model in frame.simulated,
        mean=statistics.fmean(totals) if totals else None,
        spread=spread_of(model, totals, steps.negative, steps.n, threshold),
        below=sum(total < threshold for total in totals),
        negative=steps.negative,
        steps=steps.n,
        best_run=max(runs, key=lambda run: run.total).run_id if runs else None,
        worst_run=min(runs, key=lambda run: run.total).run_id if runs else None,
    )
