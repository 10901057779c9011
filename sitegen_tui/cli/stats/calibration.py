"""`sitegen stats calibration`: raw and calibrated means, true shares of ids, and what more labels would do."""

from __future__ import annotations

from typing import Unpack, cast

import click

from sitegen_tui.cli import output, words
from sitegen_tui.cli.stats import sharing
from sitegen_tui.cli.stats.sharing import Asked
from sitegen_tui.services.insights.calibration import CalibrationView, ModelCalibration, Prevalence


@click.command("calibration")
@sharing.view_options
def command(**asked: Unpack[Asked]) -> None:
    """What people would have given each model, from their labels and all judgements, and what judged figures stand for."""
    view = cast("CalibrationView", sharing.load("calibration", **asked))
    if asked["as_json"]:
        output.say_json(view)
        return
    sharing.show_frame(view)
    if not view.labels:
        output.say("no step of a complete run has been labelled yet; sitegen label queue draws some, and key l on Home shows them")
        sharing.show_rest(view)
        return
    how = "weighted by how likely each was drawn" if view.weighted else "as if drawn evenly"
    output.table(
        ("model", "runs", "raw mean", "95 % interval", "calibrated", "95 % interval", "correction", "labels", "trust", "gain",
         "+-now", "+-with 30 more"),
        [_cells(row) for row in view.models],
        right=(1, 2, 4, 6, 7, 8, 9, 10, 11),
        title=f"points of a run; {view.labels} steps labelled by {', '.join(view.raters)}, {how}",
    )  # fmt: skip
    curve = view.curve
    if curve is not None and curve.slope is not None and curve.intercept is not None:
        rest = "" if curve.residual_sd is None else f", {curve.residual_sd:.2f} points about it (sd, cross-fitted by run)"
        output.say(f"people's score of a step = {curve.intercept:.2f} + {curve.slope:.2f} x judged{rest}; {curve.kind} map")
    output.table(
        ("id", "steps", "flagged", "true share", "95 % interval", "sensitivity", "specificity"),
        [_prevalence(row) for row in view.prevalences],
        right=(1, 2, 3, 5, 6),
        title="ids behind the checkers' flags (Rogan and Gladen)",
    )
    sharing.show_rest(view)


def _cells(row: ModelCalibration) -> tuple[str, ...]:
    estimate, raw, gain = row.calibrated.estimate, row.raw, row.calibrated.gain
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        output.number(raw.mean),
        raw.reason if raw.low is None else f"{output.number(raw.low)} to {output.number(raw.high)}",
        output.number(estimate.value),
        estimate.reason if estimate.low is None else f"{output.number(estimate.low)} to {output.number(estimate.high)}",
        "-" if row.corrected is None else f"{row.corrected:+.1f}",
        str(row.calibrated.labels),
        output.number(row.calibrated.weight, 2),
        "-" if gain is None else f"x{gain:.1f}",
        "-" if row.next is None else output.number(row.next.half_width),
        "-" if row.next is None else output.number(row.next.expected),
    )


def _prevalence(row: Prevalence) -> tuple[str, ...]:
    one = row.estimate
    return (
        row.violation,
        str(row.n),
        f"{100 * row.flagged / row.n:.1f} %" if row.n else "-",
        "-" if one.value is None else f"{100 * one.value:.1f} %",
        one.reason if one.low is None or one.high is None else f"{100 * one.low:.1f} to {100 * one.high:.1f} %",
        "-" if row.sensitivity is None else f"{row.sensitivity:.2f} ({row.found}/{row.present})",
        "-" if row.specificity is None else f"{row.specificity:.2f} ({row.cleared}/{row.absent})",
    )
