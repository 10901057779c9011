"""`sitegen stats violations`: what points were lost to, and who lost them."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.services.insights.violations import ViolationsView, Whose


@click.command("violations")
@click.option("--whose", type=click.Choice(("own", "inherited")), help="Only findings that steps caused, or only inherited ones.")
@click.option("--top", type=click.IntRange(1), default=30, help="Rows of the table; --json has all of them.")
@sharing.view_options
def command(whose: Whose | None, top: int, **asked: Unpack[Asked]) -> None:
    """Violations by points lost, with their running share, of all or of the given EXPERIMENTS."""
    view = cast("ViolationsView", sharing.load("violations", **asked))
    causes = view.narrowed(whose=whose)
    if asked["as_json"]:
        output.say_json({**view.model_dump(mode="json"), "causes": [one.model_dump(mode="json") for one in causes]})
        return
    sharing.show_frame(view)
    if causes:
        output.table(
            ("violation", "points", "sum %", "charged", "undone", "damage", "own", "inherited",
             *(words.model_name(model, model in view.simulated) for model in view.models)),
            [
                (
                    one.violation,
                    output.number(one.points),
                    output.number(100 * one.cumulative),
                    str(one.charged),
                    output.number(one.completion),
                    output.number(one.regression),
                    output.number(one.own),
                    str(one.inherited_count),
                    *(output.number(one.by_model.get(model, 0.0)) for model in view.models),
                )
                for one in causes[:top]
            ],
            right=range(1, 8 + len(view.models)),
            title=f"points lost in {view.steps} steps; inherited counts findings that an earlier step caused",
        )  # fmt: skip
        if len(causes) > top:
            output.say(f"{len(causes) - top} more with at most {output.number(causes[top].points)} points each (--top)")
    elif view.steps:
        output.say("nothing was found wrong")
    sharing.show_rest(view)
