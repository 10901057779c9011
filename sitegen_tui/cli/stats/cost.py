"""`sitegen stats cost`: what each model costs, by run and by point, and how long its answers take."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.services.insights.contenders import said
from sitegen_tui.services.insights.cost import SAVES, CostView, ModelCost


@click.command("cost")
@sharing.view_options
def command(**asked: Unpack[Asked]) -> None:
    """Dollars, tokens and times of each model, of all or of the given EXPERIMENTS; every attempt counts, failed ones too."""
    view = cast("CostView", sharing.load("cost", **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if view.models:
        output.table(
            ("model", "runs", "points", "front", "usd", "usd a run", "usd a point", "s a run", "in", "out", "reasoning",
             "first p50", "p95", "total p50", "p95", "attempts", "failed", "repairs"),
            [_cells(row) for row in view.models],
            right=(1, 2, *range(4, 18)),
        )  # fmt: skip
        for saves, what in zip(SAVES, ("dollars", "time"), strict=True):
            if left := view.aside.get(saves):
                output.say(f"set against no other by {what}: {said(left)}")
    sharing.show_rest(view)


def _front(row: ModelCost) -> str:
    """Where nobody is better for less."""
    return ", ".join(name for name, on in (("cost", row.on_cost_front), ("time", row.on_latency_front)) if on) or "-"


def _cells(row: ModelCost) -> tuple[str, ...]:
    times = (row.first_token_p50_ms, row.first_token_p95_ms, row.total_p50_ms, row.total_p95_ms)
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        output.number(row.mean),
        _front(row),
        words.dollars(row.usd, row.unpriced),
        words.dollars(row.usd_a_run),
        words.dollars(row.usd_a_point),
        output.number(row.seconds_a_run),
        *(words.tokens(count, row.estimated) for count in (row.input_tokens, row.output_tokens, row.reasoning_tokens)),
        *("-" if one is None else words.seconds(one) for one in times),
        str(row.attempts),
        str(row.failed),
        str(row.repairs),
    )
