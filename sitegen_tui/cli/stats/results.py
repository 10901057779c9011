"""`sitegen stats results`: each model's mean total with its interval, and which models are tied."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.insights import Frame
from sitegen_tui.services.insights.results import ModelResult, ResultsView


@click.command("results")
@click.option("--calibrated", is_flag=True, help="Means as people would have given them, from their labels, instead of raw ones.")
@sharing.view_options
def command(calibrated: bool, **asked: Unpack[Asked]) -> None:
    """Totals of each model over its complete runs, of all or of the given EXPERIMENTS, with intervals and ties."""
    options: dict[str, object] = {"scores": "calibrated" if calibrated else "raw"}
    if asked["as_json"]:
        views = [cast("ResultsView", view) for view in sharing.load_all("results", options=options, **asked)]
        rows = [_json(view, row) for view in views for row in view.models]
        output.say_json({**views[0].model_dump(mode="json"), "confidence": 0.95, "results": rows})
        return
    view = cast("ResultsView", sharing.load("results", options=options, **asked))
    sharing.show_frame(view)
    if view.models:
        output.table(
            ("model", "runs", "complete", "mean", "95 % interval", "ties", "% of max", "sd", "min", "max", "assessed", "unscored",
             "usd", "usd a run", "s a run"),
            [_cells(row) for row in view.models],
            right=(1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14),
            title=f"{view.scores} points " + (f"out of {view.out_of}" if view.out_of else "of those assessed, judged in part"),
        )  # fmt: skip
    if view.mixed is not None:
        for model, one in view.mixed.means.items():
            between = f"{output.number(one.low)} to {output.number(one.high)}"
            output.say(f"adjusted mean of {output.line(model)}: {output.number(one.value)} ({between})")
    elif view.mixed_note:
        output.say(f"no adjusted means: {view.mixed_note}")
    sharing.show_rest(view)


def _json(view: Frame, row: ModelResult) -> dict[str, object]:
    """A row with the conditions it holds under, so that rows of several conditions may stand in one list."""
    conditions = view.conditions.model_dump(mode="json") if view.conditions else {}
    return {**row.model_dump(mode="json"), **conditions}


def _cells(row: ModelResult) -> tuple[str, ...]:
    interval = row.interval_note
    if row.low is not None and row.high is not None:
        interval = f"{row.low:.1f} to {row.high:.1f}"
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        str(row.complete),
        output.number(row.mean),
        interval,
        row.letters or "-",
        output.number(row.percent),
        output.number(row.sd),
        output.number(row.minimum),
        output.number(row.maximum),
        output.number(row.assessed),
        str(row.unscored),
        words.dollars(row.usd),
        words.dollars(row.usd_a_run),
        output.number(row.seconds_a_run),
    )
