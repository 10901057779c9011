"""`sitegen stats variance`: how much each model's runs differ, its extremes, and how often it ends badly."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights.variance import SpreadRow, VarianceView


@click.command("variance")
@click.option(
    "--below", type=float, help="Points under which a run has failed; else 60 of 160, or the same share of fewer actions."
)
@sharing.view_options
def command(below: float | None, **asked: Unpack[Asked]) -> None:
    """Spread, extremes and bad ends of each model's complete runs, of all or of the given EXPERIMENTS."""
    view = cast("VarianceView", sharing.load("variance", options={"threshold": below}, **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if view.models:
        under = f"runs below {view.threshold:g}"
        output.table(
            ("model", "n", "sd", "95 % interval", "worst", "mean", "best", "range", under, "95 % interval", "negative steps",
             "95 % interval"),
            [_cells(row) for row in view.models],
            right=(1, 2, 4, 5, 6, 7, 8, 10),
            title=f"points out of {view.out_of}" if view.out_of else "points of those assessed, judged in part",
        )  # fmt: skip
    sharing.show_rest(view)


def _cells(row: SpreadRow) -> tuple[str, ...]:
    found = row.spread
    return (
        words.model_name(row.model, row.simulated),
        str(found.n),
        output.number(found.sd.value),
        _between(found.sd, 1),
        output.number(found.worst),
        output.number(row.mean),
        output.number(found.best),
        output.number(found.range),
        _percent(found.below),
        _between(found.below, 100),
        _percent(found.negative),
        _between(found.negative, 100),
    )


def _percent(share: Estimate) -> str:
    return "-" if share.value is None else f"{100 * share.value:.1f} %"


def _between(one: Estimate, times: float) -> str:
    return one.reason if one.low is None or one.high is None else f"{times * one.low:.1f} to {times * one.high:.1f}"
