"""`sitegen stats difficulty`: which actions are hard, and how far models differ on each."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.statistics import Weighting
from sitegen_tui.services.insights.difficulty import DifficultyView, HardAction


@click.command("difficulty")
@click.option(
    "--weight",
    type=click.Choice(("models", "runs")),
    default="models",
    help="Order by means in which every model counts the same, or every run.",
)
@sharing.view_options
def command(weight: Weighting, **asked: Unpack[Asked]) -> None:
    """Actions from the hardest on, of all or of the given EXPERIMENTS."""
    view = cast("DifficultyView", sharing.load("difficulty", **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if view.actions:
        output.table(
            ("action", "lost", "of", "mean, models alike", "95 % interval", "mean, runs alike", "spread", "worst", "best", "n"),
            [_cells(row, weight) for row in view.ranked(weight)],
            right=(1, 2, 3, 5, 6, 9),
            title=f"points of an action, hardest first ({weight} count the same)",
        )
    sharing.show_rest(view)


def _cells(row: HardAction, weight: Weighting) -> tuple[str, ...]:
    found, mean = row.by_models, row.mean(weight).value
    interval = f"{found.low:.1f} to {found.high:.1f}" if found.low is not None and found.high is not None else found.reason
    return (
        f"{BY_ID[row.action].number:>2} {row.action}",
        output.number(None if mean is None else row.assessed - mean),
        output.number(row.assessed),
        output.number(found.value),
        interval,
        output.number(row.by_runs.value),
        output.number(row.spread),
        row.worst or "-",
        row.best or "-",
        str(found.n),
    )
