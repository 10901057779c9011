"""`sitegen stats compare A B`: what changed from one experiment, model or run to another."""

from __future__ import annotations

from typing import cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, go, json_option, reading
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.statistics import Change
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.compare import CompareView, FindingChange
from sitegen_tui.services.insights.guard import words as conditions

FINDINGS_SHOWN = 40


@click.command("compare")
@click.argument("sides", nargs=-1, metavar="A B")
@click.option("-e", "--experiment", "experiments", multiple=True, help="Look for models in this experiment; may be repeated.")
@click.option("-t", "--template", "templates", multiple=True, help="Only this template; may be repeated.")
@db_option
@json_option
def command(
    sides: tuple[str, ...], experiments: tuple[str, ...], templates: tuple[str, ...], db: str | None, as_json: bool
) -> None:
    """What changed from A to B, each an experiment (e3), a run (e3.7) or a model; without them, of the two models with most runs.

    Differences are B minus A.
    """
    if len(sides) > 2:
        raise UsageError("two sides can be compared, not more", hint="sitegen stats compare e1 e2")
    view = go(_load(db, Scope(experiments=experiments, templates=templates), *sides))
    if as_json:
        output.say_json(view)
        return
    _say(view)


async def _load(db: str | None, scope: Scope, first: str = "", second: str = "") -> CompareView:
    async with reading(db) as services:
        return cast("CompareView", await services.insight("compare", scope, first=first, second=second))


def _say(view: CompareView) -> None:
    for letter, side in (("A", view.first), ("B", view.second)):
        if side is not None:
            output.say(f"{letter}: {output.line(side.words)}{' (simulated)' if side.simulated else ''}")
    for one in view.differing:
        output.say(f"differs: {one}")
    for one in view.refused:
        output.say(f"refused: {one}")
    if view.conditions is not None and view.first is not None and not view.differing:
        output.say(f"both: {conditions(view.conditions)}")
    if view.total is not None:
        output.say(f"\ntotal: {_total(view.total)}")
    if view.actions:
        output.table(
            ("action", "A", "n", "B", "n", "change", "95 % interval", "p (Holm)", "furthest apart"),
            [
                (
                    row.action,
                    output.number(row.change.first, 2),
                    str(row.change.n_first),
                    output.number(row.change.second, 2),
                    str(row.change.n_second),
                    signed(row.change.change),
                    _interval(row.change),
                    "-" if row.change.adjusted_p is None else f"{row.change.adjusted_p:.3f}",
                    "-" if row.pair is None else " ".join(row.pair),
                )
                for row in view.actions
            ],
            right=(1, 2, 3, 4, 5, 7),
            title="points of an action, B minus A",
        )
    if view.findings:
        output.table(
            ("where", "action", "violation", "in A", "in B", "points in A", "points in B"),
            [_finding(row) for row in view.findings[:FINDINGS_SHOWN]],
            right=(5, 6),
            title="findings that a step of its own caused, by runs and points lost a run",
        )
        if len(view.findings) > FINDINGS_SHOWN:
            output.say(f"and {len(view.findings) - FINDINGS_SHOWN} more: --json has all of them")
    for note in view.notes:
        output.say(note)
    if view.actions and (pair := view.actions[0].pair):
        output.say(f"what was written otherwise: sitegen diff {pair[1]} STEP --against {pair[0]}")


def signed(value: float | None) -> str:
    """A difference with its sign."""
    return "-" if value is None else f"{value:+.2f}"


def _total(change: Change) -> str:
    if change.change is None:
        return f"no complete run on a side (A {change.n_first}, B {change.n_second})"
    p = "" if change.p is None else f", p {change.p:.3f}"
    ends = f"{output.number(change.first)} to {output.number(change.second)} points a run"
    return f"{ends}, {signed(change.change)}, 95 % interval {_interval(change)}{p} ({change.n_first} and {change.n_second} runs)"


def _interval(change: Change) -> str:
    if change.low is None or change.high is None:
        return change.reason or "-"
    return f"{change.low:+.2f} to {change.high:+.2f}"


def _finding(row: FindingChange) -> tuple[str, ...]:
    where = {"first": "only A", "second": "only B", "both": "both"}[row.where]
    return (
        where,
        row.action,
        f"{row.violation} {row.subject}".rstrip(),
        f"{row.first} of {row.of_first}",
        f"{row.second} of {row.of_second}",
        output.number(row.points_first, 2),
        output.number(row.points_second, 2),
    )
