"""The table of results, one below the other for what must not be compared, as `sitegen run` ends with."""

from __future__ import annotations

from sitegen_tui.cli import output, words
from sitegen_tui.domain.rows import Comparability, ResultRow
from sitegen_tui.services.insights.guard import begun
from sitegen_tui.stats.intervals import why_none


def show_results(rows: tuple[ResultRow, ...]) -> None:
    """The results table, one below the other for what must not be compared."""
    if not rows:
        output.say("no run has begun yet")
    for condition, actions in dict.fromkeys((row.comparability, row.actions) for row in rows):
        alike = [row for row in rows if (row.comparability, row.actions) == (condition, actions)]
        alike.sort(key=lambda row: -(row.mean if row.mean is not None else float("-inf")))
        whole = 10 * len(actions)
        out_of = f"out of {whole}" if condition.full else f"partly assessed, so no score out of {whole}"
        output.table(
            ("model", "runs", "complete", "incomplete", "mean", "95 % interval", "sd", "min", "max", "assessed", "unscored", "usd"),
            [_result_cells(row) for row in alike],
            right=(1, 2, 3, 4, 6, 7, 8, 9, 10, 11),
            title=f"{conditions(condition)}, {len(actions)} actions, {out_of}",
        )
    if incomplete := sum(row.incomplete for row in rows):
        output.say(f"{incomplete} {'run is' if incomplete == 1 else 'runs are'} not complete and in no mean")
    if lacking := words.unpriced(sum(row.unpriced for row in rows)):
        output.say(f"{lacking}: a sum with >= is the least that was spent")


def conditions(condition: Comparability) -> str:
    """Under what conditions scores were given, in words."""
    layers = "+".join(condition.layers) or "mixed layers"
    rubric = f"rubric {condition.rubric}" if condition.rubric else "mixed rubrics"
    forks = f", forks {begun(condition.fork)}" if condition.fork else ""
    return f"{layers}, {rubric}, {condition.mode}{forks}"


def _result_cells(row: ResultRow) -> tuple[str, ...]:
    interval = why_none(row.complete)
    if row.mean is not None and row.half_width is not None:
        interval = f"{row.mean - row.half_width:.1f} to {row.mean + row.half_width:.1f}"
    return (
        words.model_name(row.model, row.simulated),
        str(row.runs),
        str(row.complete),
        str(row.incomplete),
        output.number(row.mean),
        interval,
        output.number(row.sd),
        output.number(row.minimum),
        output.number(row.maximum),
        output.number(row.assessed),
        str(row.unscored),
        words.dollars(row.usd, row.unpriced),
    )
