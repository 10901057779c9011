"""`sitegen stats gap`: how far each model is from a reference, by action or category."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights.gap import GapView
from sitegen_tui.services.insights.heatmap import By


@click.command("gap")
@click.option(
    "--reference", help="Compare with this model; else with the reference editor, or the best model where it has not run."
)
@click.option("--by", type=click.Choice(("action", "category")), default="action", help="Rows of the table.")
@sharing.view_options
def command(by: By, reference: str | None, **asked: Unpack[Asked]) -> None:
    """Points of each model above or below a reference, with 95 % intervals, of all or of the given EXPERIMENTS."""
    view = cast("GapView", sharing.load("gap", options={"reference": reference}, **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if view.models:
        output.table(
            (
                by,
                f"{view.reference} mean",
                "average gap",
                *(words.model_name(model, model in view.simulated) for model in view.models),
            ),
            [
                (
                    f"{BY_ID[row.row].number:>2} {row.row}" if row.row in BY_ID else row.row,
                    output.number(row.reference_mean),
                    signed(row.average),
                    *(_cell(row.gaps.get(model)) for model in view.models),
                )
                for row in view.rows(by)
            ],
            right=range(1, 3 + len(view.models)),
            title=f"points beside {view.reference}, 95 % interval in brackets",
        )
    sharing.show_rest(view)


def signed(value: float | None) -> str:
    """A difference with its sign, a dash for none."""
    return "-" if value is None else f"{round(value, 1) + 0.0:+.1f}"


def _cell(one: Estimate | None) -> str:
    if one is None or one.value is None:
        return "-"
    if one.low is None or one.high is None:
        return f"{signed(one.value)} [{one.reason}]"
    return f"{signed(one.value)} [{signed(one.low)}, {signed(one.high)}]"
