"""The results: each model's mean total with its interval, and which models are not told apart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, RunSample, View
from sitegen_tui.domain.statistics import Comparison, Estimate, MixedModel
from sitegen_tui.errors import SitegenError
from sitegen_tui.services.insights.complete import refused
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.comparisons import compare
from sitegen_tui.stats.intervals import MINIMUM_FOR_BOOTSTRAP, bootstrap, interval
from sitegen_tui.stats.mixed import mixed

Scores = Literal["raw", "calibrated"]
SEED = 0
SITES_TO_ADJUST = 3
"""Under three sites the intervals of adjusted means are wider than any difference."""
MOST_RESAMPLED = 1000
"""Runs of one model from which on resampling takes long and tells nothing that the t interval does not."""


class ModelResult(Frozen):
    """One model. Points; means are over `complete` runs, `usd`, `tokens` and `seconds` (waiting for the model) are sums over all.

    `percent` is the mean in per cent of what could be earned, None where runs were judged in part. `letters`: models that share
    one are not told apart; empty where there is no test. `resampled` is the bootstrap's interval of the mean.
    """

    model: str
    simulated: bool
    runs: int = Field(description="that have begun")
    complete: int
    incomplete: int
    mean: float | None
    sd: float | None
    half_width: float | None
    low: float | None
    high: float | None
    interval_note: str
    minimum: float | None
    maximum: float | None
    assessed: float = Field(description="mean points that a complete run could have earned")
    percent: float | None
    letters: str = ""
    resampled: Estimate | None = None
    usd: float | None
    unpriced: int = Field(description="runs with attempts that `usd` lacks")
    usd_a_run: float | None
    tokens: int
    seconds: float
    seconds_a_run: float | None
    unscored: int
    totals: tuple[float, ...]
    refused: str = Field(default="", description="why there is no mean although runs are complete: actions do not add up to it")


class ResultsView(View):
    """Models by falling mean, those without a mean last: they are not ranked.

    `mixed` sets models of an unbalanced design on all sites alike; None where the design is balanced or `mixed_note` says why not.
    """

    models: tuple[ModelResult, ...] = ()
    comparison: Comparison | None = None
    mixed: MixedModel | None = None
    mixed_note: str = ""
    scores: Scores = Field(default="raw", description="whether means are the judges' own or corrected by people's labels")
    labelled: bool = Field(default=False, description="whether anybody has labelled, so that means can be corrected")


def load(frame: Frame, samples: Samples | None, *, scores: Scores = "raw") -> ResultsView:
    """The view of a scope."""
    if samples is None:
        return build(frame, (), {})
    view = build(frame, samples.runs, refused(frame, samples.totals, samples.action_means))
    view = view.model_copy(update={"labelled": bool(samples.store.labels.raters())})
    if scores == "raw":
        return view
    # Most who look at results never ask for this.
    from sitegen_tui.services.insights.calibration import calibrated_results

    return calibrated_results(view, samples)


def build(frame: Frame, runs: Sequence[RunSample], refusals: Mapping[str, str]) -> ResultsView:
    """The view of runs that may be compared; `refusals` say whose totals are no totals, and why."""
    by_model: dict[str, list[RunSample]] = defaultdict(list)
    for run in runs:
        by_model[run.model].append(run)
    totals = _by_cell({model: found for model, found in by_model.items() if model not in refusals})
    comparison = _compared(totals)
    fitted, why_not = _mixed(totals, comparison)
    letters = comparison.letters if comparison else {}
    rows = [_row(frame, model, found, letters.get(model, ""), refusals.get(model, "")) for model, found in by_model.items()]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0.0), row.model))
    notes = _notes(rows, comparison)
    if fitted is not None:
        notes = (*notes, "models do not have the same runs on the same sites: adjusted means set them on all sites alike")
    return ResultsView(**dict(frame), models=tuple(rows), comparison=comparison, mixed=fitted, mixed_note=why_not, notes=notes)


def _row(frame: Frame, model: str, runs: Sequence[RunSample], letters: str, reason: str) -> ModelResult:
    complete = [run for run in runs if run.complete]
    totals = tuple(run.total for run in complete)
    found = interval(() if reason else totals)
    assessed = math.fsum(run.assessed for run in complete) / len(complete) if complete else 0.0
    prices = [run.usd for run in runs if run.usd is not None]
    finished = [run.usd for run in complete if run.usd is not None and not run.unpriced]
    out_of = frame.out_of
    resampled = None
    if not reason and MINIMUM_FOR_BOOTSTRAP <= len(totals) <= MOST_RESAMPLED:
        resampled = bootstrap(totals, [run.site for run in complete], seed=SEED)
    return ModelResult(
        model=model,
        simulated=runs[0].simulated,
        runs=len(runs),
        complete=len(complete),
        incomplete=len(runs) - len(complete),
        mean=found.mean,
        sd=found.sd,
        half_width=found.half_width,
        low=found.low,
        high=found.high,
        interval_note="refused" if reason else found.reason,
        minimum=found.minimum,
        maximum=found.maximum,
        assessed=assessed,
        percent=100 * found.mean / out_of if out_of and found.mean is not None else None,
        letters=letters,
        resampled=resampled,
        usd=math.fsum(prices) if prices else None,
        unpriced=sum(1 for run in runs if run.unpriced),
        usd_a_run=math.fsum(finished) / len(finished) if finished else None,
        tokens=sum(run.input_tokens + run.output_tokens for run in runs),
        seconds=math.fsum(run.model_ms for run in runs) / 1000,
        seconds_a_run=math.fsum(run.model_ms for run in complete) / 1000 / len(complete) if complete else None,
        unscored=sum(run.unscored for run in runs),
        totals=totals,
        refused=reason,
    )


def _by_cell(by_model: Mapping[str, Sequence[RunSample]]) -> dict[str, dict[str, list[float]]]:
    """Totals of complete runs by model and site."""
    totals: dict[str, dict[str, list[float]]] = {}
    for model, runs in by_model.items():
        cells: dict[str, list[float]] = defaultdict(list)
        for run in runs:
            if run.complete:
                cells[run.site].append(run.total)
        if cells:
            totals[model] = dict(cells)
    return totals


def _mixed(totals: Mapping[str, Mapping[str, Sequence[float]]], comparison: Comparison | None) -> tuple[MixedModel | None, str]:
    """The mixed model of an unbalanced design, or why there is none."""
    if comparison is None or comparison.balanced:
        return None, ""
    if len({site for cells in totals.values() for site in cells}) < SITES_TO_ADJUST:
        return None, "adjusted means need three sites"
    try:
        return mixed(totals), ""
    except SitegenError as error:
        return None, error.message


def _compared(totals: Mapping[str, Mapping[str, Sequence[float]]]) -> Comparison | None:
    """All pairs of models that have a complete run; None for fewer than two models."""
    # The intervals of effect sizes, which this view does not show, would take longer than all the rest.
    return compare(totals, seed=SEED, resamples=0) if len(totals) > 1 else None


def _notes(rows: Sequence[ModelResult], comparison: Comparison | None) -> tuple[str, ...]:
    notes: list[str] = []
    incomplete = sum(row.incomplete for row in rows)
    if incomplete:
        notes.append(f"{incomplete} {'run is' if incomplete == 1 else 'runs are'} not complete and in no mean")
    for row in rows:
        if row.refused:
            notes.append(f"{row.model} has no mean: {row.refused}")
    if comparison is not None and any(comparison.letters.values()):
        how = "differences by site" if comparison.balanced else "Welch tests"
        notes.append(f"models that share a letter are not told apart ({how}, Holm, {comparison.alpha:g})")
    elif len(rows) > 1 and comparison is not None:
        notes.append("no model has runs enough for a test")
    return tuple(notes)
