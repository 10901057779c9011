"""The costs: what each model was paid, what a run and a point of it cost, how long it took, and which models nobody beats."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, RunSample, View
from sitegen_tui.domain.policies import Saves
from sitegen_tui.domain.rows import AttemptSums
from sitegen_tui.services.insights.contenders import aside
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.percentiles import percentile
from sitegen_tui.stats.routing import priced

SAVES: tuple[Saves, ...] = ("cost", "latency")


class ModelCost(Frozen):
    """One model. `usd` is over every attempt of all its runs, and the least that was spent where some are `unpriced`.

    `usd_a_run` and `usd_a_point` are over complete runs that nothing is unpriced of, None where there is none or its points are
    not above 0. Times are milliseconds over attempts that did not fail. Tokens are over all attempts; `estimated` where
    some of them were counted by nobody. `mean` (points) and `seconds_a_run` (waiting for the model) are over complete runs.
    `on_cost_front`: no other model is as good for less, nor better for as much; `on_latency_front` the same with time. None
    for a model that is left aside there.
    """

    model: str
    simulated: bool
    runs: int
    complete: int
    usd: float | None
    unpriced: int = Field(description="attempts whose price is not known")
    unpriced_runs: int
    usd_a_run: float | None
    usd_a_point: float | None
    input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    estimated: bool
    attempts: int
    failed: int
    repairs: int = Field(description="turns that asked for an answer once more")
    first_token_p50_ms: float | None
    first_token_p95_ms: float | None
    total_p50_ms: float | None
    total_p95_ms: float | None
    mean: float | None = None
    seconds_a_run: float | None = None
    points_per_usd: float | None = None
    on_cost_front: bool | None = None
    on_latency_front: bool | None = None


class CostView(View):
    """Models, the dearest run first; those without a price last.

    `aside` says for dollars and for time which models stand on no front, and why.
    """

    models: tuple[ModelCost, ...] = ()
    aside: dict[Saves, dict[str, str]] = {}


def load(frame: Frame, samples: Samples | None) -> CostView:
    """The view of a scope."""
    return build(frame, samples.runs if samples else (), samples.attempts if samples else ())


def build(frame: Frame, runs: Sequence[RunSample], attempts: Sequence[AttemptSums]) -> CostView:
    """The view of runs that may be compared, and of their attempts."""
    made = {one.model: one for one in attempts}
    own: dict[str, list[RunSample]] = defaultdict(list)
    for run in runs:
        own[run.model].append(run)
    rows = [_row(model, mine, made.get(model) or _none_of(model)) for model, mine in own.items()]
    rows.sort(key=lambda row: (row.usd_a_run is None, -(row.usd_a_run or 0.0), row.model))
    left: dict[Saves, dict[str, str]] = {saves: _aside(rows, saves) for saves in SAVES}
    return CostView(**dict(frame), models=tuple(_with_fronts(rows, left)), aside=left, notes=_notes(rows))


def _aside(rows: Sequence[ModelCost], saves: Saves) -> dict[str, str]:
    """Models that cannot be set against others, by reason."""
    models = [row.model for row in rows]
    simulated = {row.model for row in rows if row.simulated}
    found = aside(models, simulated, {row.model for row in rows if row.usd_a_run is not None}, saves)
    return {**{row.model: "no run is complete" for row in rows if row.mean is None}, **found}


def _with_fronts(rows: Sequence[ModelCost], left: Mapping[Saves, Mapping[str, str]]) -> Iterator[ModelCost]:
    known = [(row, row.mean) for row in rows if row.mean is not None]
    cost = {row.model: (mean, row.usd_a_run, None) for row, mean in known if row.model not in left["cost"]}
    time = {row.model: (mean, None, row.seconds_a_run) for row, mean in known if row.model not in left["latency"]}
    by_cost, by_time = ({one.model: one for one in priced(found)} for found in (cost, time))
    for row in rows:
        paid, waited = by_cost.get(row.model), by_time.get(row.model)
        yield row.model_copy(
            update={
                "points_per_usd": paid.points_per_usd if paid else None,
                "on_cost_front": paid.front if paid else None,
                "on_latency_front": waited.front if waited else None,
            }
        )


def _none_of(model: str) -> AttemptSums:
    return AttemptSums(model, 0, 0, 0, 0, 0, 0, 0, (), ())


def _row(model: str, runs: Sequence[RunSample], made: AttemptSums) -> ModelCost:
    prices = [run.usd for run in runs if run.usd is not None]
    paid = [(run.usd, run.total) for run in runs if run.complete and run.usd is not None and not run.unpriced]
    usd, points = math.fsum(one for one, _ in paid), math.fsum(total for _, total in paid)
    complete = [run for run in runs if run.complete]
    return ModelCost(
        model=model,
        simulated=runs[0].simulated,
        runs=len(runs),
        complete=len(complete),
        usd=math.fsum(prices) if prices else None,
        unpriced=sum(run.unpriced for run in runs),
        unpriced_runs=sum(1 for run in runs if run.unpriced),
        usd_a_run=usd / len(paid) if paid else None,
        usd_a_point=usd / points if paid and points > 0 else None,
        input_tokens=made.input_tokens,
        output_tokens=made.output_tokens,
        reasoning_tokens=made.reasoning_tokens,
        estimated=bool(made.estimated),
        attempts=made.attempts,
        failed=made.failed,
        repairs=made.repairs,
        first_token_p50_ms=percentile(made.first_ms, 0.5),
        first_token_p95_ms=percentile(made.first_ms, 0.95),
        total_p50_ms=percentile(made.total_ms, 0.5),
        total_p95_ms=percentile(made.total_ms, 0.95),
        mean=math.fsum(run.total for run in complete) / len(complete) if complete else None,
        seconds_a_run=math.fsum(run.model_ms for run in complete) / 1000 / len(complete) if complete else None,
    )


def _notes(rows: Sequence[ModelCost]) -> tuple[str, ...]:
    notes: list[str] = []
    if any(row.unpriced for row in rows):
        runs = sum(row.unpriced_runs for row in rows)
        notes.append(f"{runs} {'run' if runs == 1 else 'runs'} without a price: a sum with ≥ is the least that was spent")
    if any(row.estimated for row in rows):
        notes.append("~ tokens were counted by no service: they are guessed from the length of the texts")
    return tuple(notes)
