"""How scores, models, times and places are put into words, the same in every table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sitegen_tui.domain.rows import RunRow
from sitegen_tui.domain.verdicts import JudgeState, judge_words
from sitegen_tui.domain.violations import Layer


def model_name(model: str, simulated: bool) -> str:
    """A model's name; a simulated one says so where its name does not."""
    return f"{model} (simulated)" if simulated and not model.startswith("simulated") else model


def score(value: float | None, assessed: float, full: bool, layers: Sequence[Layer], *, out_of: float = 10) -> str:
    """Points out of what could be earned.

    A partial judging names its layers and what they could see, so that it is never read as a score out of 10.
    """
    if value is None:
        return "unscored"
    if full:
        return f"{value:.1f} of {out_of:g}"
    return f"{'+'.join(layers) or 'partly'}: {value:.1f} of {assessed:.1f} assessed"


def judges(states: Sequence[JudgeState]) -> str:
    """How far LLM judges judged a step: `llm: fair: judged (layout.visual-break)`, or `unjudged` with the reason."""
    return "; ".join(judge_words(state) for state in states)


def run_total(row: RunRow) -> str:
    """A run's total so far, as `score` words it."""
    if not row.steps_done:
        return "-"
    return score(row.total, row.assessed, row.full, row.layers, out_of=10 * row.steps_done)


def run_progress(row: RunRow) -> str:
    """Steps done of all; failed ones are named."""
    failed = f", {row.unscored} unscored" if row.unscored else ""
    return f"{row.steps_done}/{row.steps_total}{failed}"


def seconds(milliseconds: float) -> str:
    """A duration in seconds."""
    return f"{milliseconds / 1000:.1f} s"


def moment(at: datetime | None) -> str:
    """A time in the zone of whoever looks."""
    return "-" if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def dollars(usd: float | None, unpriced: int = 0) -> str:
    """Dollars, or a dash where no price is known; the least that was spent where `unpriced` parts are missing."""
    if usd is None:
        return "-"
    shown = f"${usd:.4f}" if usd else "$0"
    return f">= {shown}" if unpriced else shown


def unpriced(runs: int) -> str:
    """What a sum of dollars lacks."""
    return f"{runs} run{'' if runs == 1 else 's'} without a price" if runs else ""


def tokens(count: int, estimated: bool) -> str:
    """A number of tokens; `~` where nobody has counted them."""
    return f"~{count}" if estimated else str(count)


def place(file: str | None, line: int | None, column: int | None) -> str:
    """`file:line:column`, as much of it as is known."""
    return ":".join(str(part) for part in (file, line, column) if part is not None)
