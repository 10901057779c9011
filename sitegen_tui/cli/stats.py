"""`sitegen stats`: what models scored, with intervals, and action by action."""

from __future__ import annotations

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import db_option, go, json_option, reading
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.rows import Comparability, HeatmapCell, ResultRow
from sitegen_tui.stats.intervals import why_none


@click.group()
def stats() -> None:
    """Numbers over many runs. Scores of different rubrics, layers or modes are never averaged together."""


@stats.command()
@click.argument("experiments", nargs=-1)
@db_option
@json_option
def results(experiments: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Totals of each model over its complete runs, of all or of the given EXPERIMENTS."""
    rows = go(_results(db, experiments))
    if as_json:
        output.say_json({"confidence": 0.95, "results": [result_json(row) for row in rows]})
    else:
        show_results(rows)


@stats.command()
@click.argument("experiments", nargs=-1)
@db_option
@json_option
def heatmap(experiments: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Mean score of each model on each action, of all or of the given EXPERIMENTS."""
    cells, simulated = go(_heatmap(db, experiments))
    if as_json:
        marked = [{**cell.model_dump(mode="json"), "simulated": cell.model in simulated} for cell in cells]
        output.say_json({"cells": marked})
        return
    if not cells:
        output.say("no step has a score yet")
    for condition in dict.fromkeys(cell.comparability for cell in cells):
        _show_heatmap(condition, [cell for cell in cells if cell.comparability == condition], simulated)


def show_results(rows: tuple[ResultRow, ...]) -> None:
    """The results table, one below the other for what must not be compared."""
    if not rows:
        output.say("no run has begun yet")
    for condition, actions in dict.fromkeys((row.comparability, row.actions) for row in rows):
        alike = [row for row in rows if (row.comparability, row.actions) == (condition, actions)]
        alike.sort(key=lambda row: -(row.mean if row.mean is not None else float("-inf")))
        whole = 10 * len(actions)
        out_of = f"out of {whole}" if condition.full else f"partly assessed, so no score out of {whole}"
        output.table(
            ("model", "runs", "complete", "mean", "95 % interval", "sd", "min", "max", "assessed", "unscored", "usd"),
            [_result_cells(row) for row in alike],
            right=(1, 2, 3, 5, 6, 7, 8, 9, 10),
            title=f"{conditions(condition)}, {len(actions)} actions, {out_of}",
        )


def conditions(condition: Comparability) -> str:
    """Under what conditions scores were given, in words."""
    layers = "+".join(condition.layers) or "mixed layers"
    rubric = f"rubric {condition.rubric}" if condition.rubric else "mixed rubrics"
    return f"{layers}, {rubric}, {condition.mode}"


def result_json(row: ResultRow) -> dict[str, object]:
    """A result with the ends of its interval, or why it has none."""
    known = row.half_width is not None and row.mean is not None
    return {
        **row.model_dump(mode="json"),
        "low": row.mean - row.half_width if row.half_width is not None and row.mean is not None else None,
        "high": row.mean + row.half_width if row.half_width is not None and row.mean is not None else None,
        "interval_note": "" if known else why_none(row.complete),
    }


async def _results(db: str | None, experiments: tuple[str, ...]) -> tuple[ResultRow, ...]:
    async with reading(db) as services:
        for experiment_id in experiments:
            await services.experiment(experiment_id)
        return await services.results(experiments or None)


async def _heatmap(db: str | None, experiments: tuple[str, ...]) -> tuple[tuple[HeatmapCell, ...], frozenset[str]]:
    """The cells, and which of their models are simulated."""
    async with reading(db) as services:
        for experiment_id in experiments:
            await services.experiment(experiment_id)
        wanted = experiments or None
        return await services.heatmap(wanted), await services.simulated(wanted)


def _result_cells(row: ResultRow) -> tuple[str, ...]:
    interval = why_none(row.complete)
    if row.mean is not None and row.half_width is not None:
        interval = f"{row.mean - row.half_width:.1f} to {row.mean + row.half_width:.1f}"
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        str(row.complete),
        output.number(row.mean),
        interval,
        output.number(row.sd),
        output.number(row.minimum),
        output.number(row.maximum),
        output.number(row.assessed),
        str(row.unscored),
        words.dollars(row.usd),
    )


def _show_heatmap(condition: Comparability, cells: list[HeatmapCell], simulated: frozenset[str]) -> None:
    models = tuple(dict.fromkeys(cell.model for cell in cells))
    by_place = {(cell.action, cell.model): cell for cell in cells}
    rows: list[tuple[str, ...]] = []
    for action in PIPELINE:
        found = [by_place.get((action.id, model)) for model in models]
        if any(found):
            rows.append((str(action.number), action.id, *(_cell(cell, condition.full) for cell in found)))
    unit = "mean score out of 10" if condition.full else "mean points of those assessed, no score out of 10"
    output.table(
        ("#", "action", *(words.model_name(model, model in simulated) for model in models)),
        rows,
        right=(0, *range(2, 2 + len(models))),
        title=f"{conditions(condition)}: {unit} (n)",
    )


def _cell(cell: HeatmapCell | None, full: bool) -> str:
    if cell is None:
        return "-"
    if cell.mean is None:
        return "unscored"
    return f"{cell.mean:.1f} ({cell.n})" if full else f"{cell.mean:.1f} of {cell.assessed:.1f} ({cell.n})"
