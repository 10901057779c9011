"""`sitegen stats templates`: each model's mean total on each site, and the best alternative to the reference."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.services.insights.templates import SiteCell, TemplatesView


@click.command("templates")
@click.option("--reference", help="The model that others are alternatives to; else the reference editor, or the best model.")
@sharing.view_options
def command(reference: str | None, **asked: Unpack[Asked]) -> None:
    """Mean totals of complete runs by site and model, of all or of the given EXPERIMENTS."""
    view = cast("TemplatesView", sharing.load("templates", options={"reference": reference}, **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if view.models:
        cells = view.by_place()
        output.table(
            (
                "site",
                f"best alternative, % of {view.reference}",
                *(words.model_name(model, model in view.simulated) for model in view.models),
            ),
            [
                (
                    row.site,
                    f"{row.best or '-'}, {'N/A' if row.percent is None else f'{row.percent:.1f} %'}",
                    *(_cell(cells.get((row.site, model))) for model in view.models),
                )
                for row in view.sites
            ],
            right=range(2, 2 + len(view.models)),
            title=f"mean points out of {view.out_of} (runs)"
            if view.out_of
            else "mean points of those assessed, judged in part (runs)",
        )
    sharing.show_rest(view)


def _cell(cell: SiteCell | None) -> str:
    return "-" if cell is None else f"{cell.mean:.1f} ({cell.n})"
