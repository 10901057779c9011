"""`sitegen stats routing`: which model should do which action; a policy made of it, stored to be run."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.policies import ROUTED, RoutedAction, Saves
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights.routing import TOLERANCE, RoutingView, policy_of


@click.command("routing")
@click.option(
    "--tolerance", type=click.FloatRange(0), default=TOLERANCE, show_default=True, help="Points an action may fall behind the best."
)
@click.option(
    "--saves",
    type=click.Choice(("cost", "latency")),
    default=None,
    help="Dollars or waiting.  [default: dollars where any model has a price]",
)
@click.option("--save", "name", metavar="NAME", help=f"Store it in policies/NAME.yaml; {ROUTED}NAME is a model then.")
@click.option("--replace", is_flag=True, help="Over a policy of that name that says something else.")
@sharing.view_options
def command(tolerance: float, saves: Saves | None, name: str | None, replace: bool, **asked: Unpack[Asked]) -> None:
    """For each action the cheapest model within a tolerance of the best, tried on templates left out of the learning."""
    view = cast("RoutingView", sharing.load("routing", options={"tolerance": tolerance, "saves": saves}, **asked))
    if asked["as_json"]:
        output.say_json(view)
    else:
        sharing.show_frame(view)
        if view.actions:
            _show(view)
        elif view.conditions is not None:
            output.say("nothing to route: no model here has a price; --saves latency routes by waiting")
        sharing.show_rest(view)
    if name is not None:
        _save(view, name, replace)


def _save(view: RoutingView, name: str, replace: bool) -> None:
    from sitegen_tui.engine.clock import SYSTEM_CLOCK
    from sitegen_tui.providers import policies

    path = policies.save(name, policy_of(view, SYSTEM_CLOCK.now().date().isoformat()), replace=replace)
    output.note(f"stored in {path}: sitegen run -m {ROUTED}{name} runs it")


def _show(view: RoutingView) -> None:
    unit = "usd" if view.saves == "cost" else "s"
    output.table(
        ("#", "action", "model", "mean", "best", "loss", "95 % interval", f"{unit} saved", "95 % interval", "agreed"),
        [_cells(view, row) for row in view.actions],
        right=(0, 3, 4, 5, 7, 9),
        title=f"{'cheapest' if view.saves == 'cost' else 'fastest'} within {view.tolerance:g} points of the best",
    )
    single = words.model_name(view.single or "-", view.single in view.simulated)
    loss, saving = view.loss, view.saving
    if loss is None or saving is None or loss.value is None or saving.value is None:
        output.say(f"against {single} alone: {view.reason}")
        return
    share = "" if view.saving_share is None else f", {view.saving_share:.0%} of its {'cost' if view.saves == 'cost' else 'waiting'}"
    output.say(
        f"against {single} alone, on templates left out: lost {_number(loss.value, 1)} points a run ({_interval(loss, 1)}), saved "
        f"{_amount(view, saving.value)} a run ({_interval(saving, 4 if view.saves == 'cost' else 2)}){share}"
    )


def _cells(view: RoutingView, row: RoutedAction) -> tuple[str, ...]:
    digits = 4 if view.saves == "cost" else 2
    return (
        str(BY_ID[row.action].number),
        row.action,
        words.model_name(row.model, row.model in view.simulated),
        output.number(row.mean),
        output.number(row.best_mean),
        _number(row.loss.value, 2),
        _interval(row.loss, 2),
        _number(row.saving.value, digits),
        _interval(row.saving, digits),
        f"{row.agreed} of {row.folds}",
    )


def _interval(estimate: Estimate, digits: int) -> str:
    if estimate.low is None or estimate.high is None:
        return estimate.reason or "N/A"
    return f"{round(estimate.low, digits) + 0.0:.{digits}f} to {round(estimate.high, digits) + 0.0:.{digits}f}"


def _number(value: float | None, digits: int) -> str:
    return output.number(None if value is None else round(value, digits) + 0.0, digits)


def _amount(view: RoutingView, value: float) -> str:
    if view.saves == "cost":
        return words.dollars(round(value, 4) + 0.0).replace("$-", "-$")
    return f"{round(value, 2) + 0.0:.2f} s"
