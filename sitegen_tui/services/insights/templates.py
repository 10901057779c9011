"""The templates: each model's mean total on each site, and how near the best alternative comes to the reference there."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, RunSample, View
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights.gap import REFERENCE
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.design import balance
from sitegen_tui.stats.gaps import templates
from sitegen_tui.stats.intervals import interval

MOST_NAMED = 3
"""Gaps in a design that are named; the rest is counted."""


class SiteCell(Frozen):
    """Totals of a model's complete runs on one site, in points; the interval is Student's, None under three runs."""

    site: str
    model: str
    n: int
    mean: float
    sd: float | None
    low: float | None
    high: float | None
    note: str = Field(description="why there is no interval")
    minimum: float
    maximum: float
    runs: tuple[str, ...] = Field(description="ids of the runs behind it")


class SiteRow(Frozen):
    """A site, and the best model on it besides the reference; `percent` is its mean in per cent of the reference's.

    `percent` is None where the reference has no run on the site, or a mean that is not above 0.
    """

    site: str
    best: str | None
    percent: float | None


class TemplatesView(View):
    """Sites by falling mean over models; `models` best first, each by the mean of its sites."""

    reference: str = ""
    references: tuple[str, ...] = Field(default=(), description="every model that could be the reference, by name")
    models: tuple[str, ...] = ()
    sites: tuple[SiteRow, ...] = ()
    cells: tuple[SiteCell, ...] = ()
    balanced: bool = Field(default=False, description="whether every model has equally many runs on every site")

    def by_place(self) -> Mapping[tuple[str, str], SiteCell]:
        """Cells by site and model."""
        return {(one.site, one.model): one for one in self.cells}


def load(frame: Frame, samples: Samples | None, *, reference: str | None = None) -> TemplatesView:
    """The view of a scope. Raises UnknownName for a reference that has no complete run in it."""
    return build(frame, samples.complete if samples else (), reference=reference)


def build(frame: Frame, runs: Sequence[RunSample], *, reference: str | None = None) -> TemplatesView:
    """The view of complete runs."""
    totals: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for run in runs:
        ids[run.site, run.model].append(run.run_id)
        totals[run.model][run.site].append(run.total)
    if not totals:
        return TemplatesView(**dict(frame))
    if reference is not None and reference not in totals:
        raise UnknownName(
            "model", reference, tuple(sorted(totals)), hint="the reference has to be a model with a complete run here"
        )
    over = {model: statistics.fmean(statistics.fmean(values) for values in own.values()) for model, own in totals.items()}
    models = tuple(sorted(totals, key=lambda model: (-over[model], model)))
    held = reference or (REFERENCE if REFERENCE in totals else models[0])
    cells = tuple(_cell(site, model, totals[model][site], ids[site, model]) for model in models for site in sorted(totals[model]))
    means: dict[str, list[float]] = defaultdict(list)
    for cell in cells:
        means[cell.site].append(cell.mean)
    rows = sorted(templates(totals, held), key=lambda row: (-statistics.fmean(means[row.cell]), row.cell))
    design = balance(totals)
    return TemplatesView(
        **dict(frame),
        reference=held,
        references=tuple(sorted(totals)),
        models=models,
        sites=tuple(SiteRow(site=row.cell, best=row.best, percent=row.percent) for row in rows),
        cells=cells,
        balanced=design.balanced,
        notes=_notes(frame, held, models, design.missing, chosen=reference is not None),
    )


def _cell(site: str, model: str, totals: Sequence[float], runs: Sequence[str]) -> SiteCell:
    found = interval(totals)
    return SiteCell(
        site=site,
        model=model,
        n=found.n,
        mean=statistics.fmean(totals),
        sd=found.sd,
        low=found.low,
        high=found.high,
        note=found.reason,
        minimum=min(totals),
        maximum=max(totals),
        runs=tuple(runs),
    )


def _notes(
    frame: Frame, reference: str, models: Sequence[str], missing: Mapping[str, Mapping[str, int]], *, chosen: bool
) -> tuple[str, ...]:
    notes: list[str] = []
    if not chosen and reference != REFERENCE:
        notes.append(f"the reference is {reference}, the best by mean, as the reference editor has no complete run")
    lacks = [f"{model} lacks {runs} on {site}" for model, own in missing.items() for site, runs in own.items()]
    if lacks and len(models) > 1:
        more = f" and {len(lacks) - MOST_NAMED} more" if len(lacks) > MOST_NAMED else ""
        notes.append(f"not balanced, so means over sites do not compare: {', '.join(lacks[:MOST_NAMED])}{more}")
    if frame.conditions is not None and not frame.conditions.full:
        notes.append("judged in part: percentages are of the points that could be judged")
    return tuple(notes)
