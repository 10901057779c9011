"""The tables of results, one below the other for what must not be compared, as `sitegen run` ends with."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen_tui.cli import output, words
from sitegen_tui.domain.insights import Frame, Scope
from sitegen_tui.domain.rows import Comparability
from sitegen_tui.services.insights.guard import begun, settings
from sitegen_tui.services.insights.results import ModelResult, ResultsView
from sitegen_tui.services.root import Services


async def results_of(services: Services, experiment_ids: Sequence[str]) -> tuple[ResultsView, ...]:
    """The results of experiments under each of their conditions, those of most complete runs first."""
    scope = Scope(experiments=tuple(experiment_ids))
    first = await services.insight("results", scope)
    views = [first]
    for group in first.groups:
        if group.conditions != first.conditions:
            views.append(await services.insight("results", scope.model_copy(update={"conditions": group.conditions})))
    return tuple(view for view in views if isinstance(view, ResultsView))


def show_results(views: Sequence[ResultsView]) -> None:
    """Their tables, and what has to be known besides."""
    if not any(view.models for view in views):
        output.say("no run has begun yet")
        return
    for view in views:
        output.table(
            ("model", "runs", "complete", "incomplete", "mean", "95 % interval", "sd", "min", "max", "assessed", "unscored", "usd"),
            [_cells(row) for row in view.models],
            right=(1, 2, 3, 4, 6, 7, 8, 9, 10, 11),
            title=_title(view),
        )
    rows = [row for view in views for row in view.models]
    if incomplete := sum(row.incomplete for row in rows):
        output.say(f"{incomplete} {'run is' if incomplete == 1 else 'runs are'} not complete and in no mean")
    for row in rows:
        if row.refused:
            output.say(f"{output.line(row.model)} has no mean: {row.refused}")
    if views[0].apart:
        output.say(settings(views[0]))
    if lacking := words.unpriced(sum(row.unpriced for row in rows)):
        output.say(f"{lacking}: a sum with >= is the least that was spent")


def conditions(condition: Comparability) -> str:
    """Under what conditions scores were given, in words."""
    layers = "+".join(condition.layers) or "mixed layers"
    rubric = f"rubric {condition.rubric}" if condition.rubric else "mixed rubrics"
    forks = f", forks {begun(condition.fork)}" if condition.fork else ""
    return f"{layers}, {rubric}, {condition.mode}{forks}"


def _title(view: Frame) -> str:
    if view.conditions is None:
        return ""
    whole = 10 * len(view.conditions.actions)
    out_of = f"out of {whole}" if view.conditions.full else f"partly assessed, so no score out of {whole}"
    return f"{conditions(view.conditions)}, {len(view.conditions.actions)} actions, {out_of}"


def _cells(row: ModelResult) -> tuple[str, ...]:
    interval = row.interval_note
    if row.low is not None and row.high is not None:
        interval = f"{row.low:.1f} to {row.high:.1f}"
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        str(row.complete),
        str(row.incomplete),
        output.number(row.mean),
        interval,
        output.number(row.sd),
        output.number(row.minimum),
        output.number(row.maximum),
        output.number(row.assessed),
        str(row.unscored),
        words.dollars(row.usd, row.unpriced),
    )
