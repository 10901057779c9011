"""`sitegen stats compounding`: chain beside isolated by action, and where runs went wrong first."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.services.insights.compounding import CompoundingRow, CompoundingView, FirstWrongRow, Wrong


@click.command("compounding")
@click.option(
    "--wrong", type=click.Choice(("charge", "score")), default="charge", show_default=True, help="What makes a step wrong."
)
@click.option(
    "--below", type=float, default=5.0, show_default=True, help="With --wrong score: points out of 10, of what was assessed."
)
@sharing.view_options
def command(wrong: Wrong, below: float, **asked: Unpack[Asked]) -> None:
    """What earlier errors cost later actions: chain minus isolated by action, of all or of the given EXPERIMENTS.

    Both modes stand side by side and are never put together. Below 0, a step did worse on the model's own earlier output.
    """
    view = cast("CompoundingView", sharing.load("compounding", options={"wrong": wrong, "below": below}, **asked))
    if asked["as_json"]:
        output.say_json(view.model_dump(mode="json"))
        return
    sharing.show_frame(view)
    for model in view.models:
        output.table(
            ("#", "action", "chain", "n", "isolated", "n", "chain - isolated", "95 % interval"),
            [_cells(row) for row in view.rows if row.model == model],
            right=(0, 2, 3, 4, 5, 6),
            title=f"{words.model_name(model, model in view.simulated)}: mean points, and what earlier steps cost",
        )
    if view.first:
        what = "own charge" if view.below is None else f"score below {view.below:g} of 10"
        shown = [action.id for action in PIPELINE if any(action.id in row.counts for row in view.first)]
        output.table(
            ("model", "mode", "runs", "never", "unknown", *(f"{BY_ID[action].number} {action}" for action in shown)),
            [_first(view, row, shown) for row in view.first],
            right=tuple(range(2, 5 + len(shown))),
            title=f"runs by their first step with an {what}" if view.below is None else f"runs by their first step with a {what}",
        )
    sharing.show_rest(view)


def _cells(row: CompoundingRow) -> tuple[str, ...]:
    interval = row.cost.reason
    if row.cost.low is not None and row.cost.high is not None:
        interval = f"{row.cost.low:+.2f} to {row.cost.high:+.2f}, {row.cost.method}"
    return (
        str(BY_ID[row.action].number) if row.action else "",
        row.action or "whole run",
        output.number(row.chain, 2),
        str(row.chain_n),
        output.number(row.isolated, 2),
        str(row.isolated_n),
        "-" if row.cost.value is None else f"{row.cost.value:+.2f}",
        interval,
    )


def _first(view: CompoundingView, row: FirstWrongRow, shown: list[str]) -> tuple[str, ...]:
    name = words.model_name(row.model, row.model in view.simulated)
    counts = (str(row.counts.get(action, 0)) for action in shown)
    return name, row.mode, str(row.runs), str(row.never_n), str(row.unknown), *counts
