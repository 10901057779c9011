"""`sitegen stats heatmap`: the mean score of each model on each action, or in each category."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.insights import Frame
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.services.insights.heatmap import By, HeatCell, HeatmapView, HeatTotal


@click.command("heatmap")
@click.option("--by", type=click.Choice(("action", "category")), default="action", help="Rows of the table.")
@sharing.view_options
def command(by: By, **asked: Unpack[Asked]) -> None:
    """Mean score of each model on each action, of all or of the given EXPERIMENTS."""
    if asked["as_json"]:
        views = [cast("HeatmapView", view) for view in sharing.load_all("heatmap", **asked)]
        cells = [_json(view, cell) for view in views for cell in view.by_action]
        output.say_json({**views[0].model_dump(mode="json"), "cells": cells})
        return
    view = cast("HeatmapView", sharing.load("heatmap", **asked))
    sharing.show_frame(view)
    if view.models:
        _show(view, by)
    for model, reason in view.refused.items():
        output.say(f"no total of {output.line(model)}: {reason}")
    sharing.show_rest(view)


def _show(view: HeatmapView, by: By) -> None:
    full = view.conditions is not None and view.conditions.full
    cells = view.cells(by)
    rows = view.actions if by == "action" else view.categories
    heads = [(str(BY_ID[row].number), row) if by == "action" else (row,) for row in rows]
    names = ("#", "action") if by == "action" else ("category",)
    lines = [
        (*head, *(_cell(cells.get((row, model)), full) for model in view.models)) for head, row in zip(heads, rows, strict=True)
    ]
    if by == "action" and view.totals:
        totals = {one.model: one for one in view.totals}
        lines.append(("", "total", *(_total(totals.get(model)) for model in view.models)))
    output.table(
        (*names, *(words.model_name(model, model in view.simulated) for model in view.models)),
        lines,
        right=(*((0,) if by == "action" else ()), *range(len(names), len(names) + len(view.models))),
        title="mean score out of 10 (n)" if full else "mean points of those assessed, no score out of 10 (n)",
    )


def _json(view: Frame, cell: HeatCell) -> dict[str, object]:
    """A cell with the conditions it holds under, so that cells of several conditions may stand in one list."""
    conditions = view.conditions.model_dump(mode="json", exclude={"actions"}) if view.conditions else {}
    found = cell.model_dump(mode="json", exclude={"row"})
    return {**found, "action": cell.row, "simulated": cell.model in view.simulated, **conditions}


def _total(total: HeatTotal | None) -> str:
    if total is None or total.total is None:
        return "refused" if total and total.complete else "-"
    return f"{total.total:.1f} ({total.complete})"


def _cell(cell: HeatCell | None, full: bool) -> str:
    if cell is None:
        return "-"
    if cell.mean is None:
        return "unscored"
    return f"{cell.mean:.1f} ({cell.n})" if full else f"{cell.mean:.1f} of {cell.assessed:.1f} ({cell.n})"
