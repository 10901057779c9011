"""The arithmetic of a step's score, and the running total of its run, in two lines that always fit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.strip import Strip

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.painted import PaintedLine

if TYPE_CHECKING:
    from sitegen_tui.services.views import RunView, StepView


class ScoreStrip(PaintedLine):
    """`9.5 assessable − 2.50 images.hero-wrong − … = 6.5` and `total 63.5 of 90.5 static`."""

    DEFAULT_CSS = """
    ScoreStrip { height: 2; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sum: list[tuple[str, str]] = []
        self._total: list[tuple[str, str]] = []

    def show(self, run: RunView | None, step: StepView | None) -> None:
        """Show a step's sum and its run's total; repaints only when they differ from what is shown."""
        shown = (step_sum(step) if step else [], total_words(run) if run else [])
        if shown != (self._sum, self._total):
            self._sum, self._total = shown
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """The sum above, the total below."""
        line = Line(width)
        pieces = self._fitted(width) if y == 0 else self._total
        for text, style in pieces:
            line.add(text, getattr(self.palette, style))
        return line.strip()

    def _fitted(self, width: int) -> list[tuple[str, str]]:
        """The sum with as many terms as fit, and the rest counted."""
        pieces = self._sum
        if sum(cell_len(text) for text, _ in pieces) <= width or len(pieces) < 4:
            return pieces
        head, *terms, result = pieces
        shown = list(terms)
        while shown:
            shown.pop()
            hidden = terms[len(shown) :]
            rest = (f" {figures.MINUS} {len(hidden)} more", "bad")
            fitted = [head, *shown, rest, result]
            if sum(cell_len(text) for text, _ in fitted) <= width:
                return fitted
        return [head, result]


def step_sum(step: StepView) -> list[tuple[str, str]]:
    """A step's arithmetic as (text, style) pieces: what could be earned, each deduction, what is left."""
    head = f"{step.step} {step.action}  "
    if step.decisions and step.state.value in ("scored", "unscored"):
        return decided_sum(step, head)
    if step.state.value == "unscored":
        return [(head, "muted"), ("has no score: " + one_line(step.reason or "it failed"), "warn"), ("", "text")]
    charged = [charge for charge in step.charges if charge.amount]
    terms = [(f" {figures.MINUS} {charge.amount:.2f} {one_line(charge.finding.violation)}", "bad") for charge in charged]
    if step.score is None:
        if step.waiting is not None:
            return [(head, "muted"), (one_line(step.waiting.words(datetime.now(UTC))), "warn"), ("", "text")]
        if not step.charges:
            words = {"waiting": "has not begun", "prompted": "waits for the model", "streaming": "is being written"}
            return [(head, "muted"), (words.get(step.state.value, "is being judged"), "muted"), ("", "text")]
        return [(head + "so far", "muted"), *terms, ("", "text")]
    layers = "+".join(layer.value for layer in step.score.layers)
    what = "" if step.score.full else f" of 10 {layers}"
    result = f" = {figures.points(step.value)}"
    start = f"{head}{figures.points(step.score.assessed)}{what}"
    return [(start, "text"), *terms, (result, "strong")]


def decided_sum(step: StepView, head: str) -> list[tuple[str, str]]:
    """What counts, what was judged, who decided, and why."""
    last = step.decisions[-1]
    judged = f", judged {figures.points(step.score.value)}" if step.score else ""
    verb = "confirmed" if step.override is None else "overridden"
    said = f"{judged}, {verb} by {one_line(last.author)}: {one_line(last.reason)}"
    return [(head, "text"), (figures.points(step.value), "strong"), (said, "warn")]


def total_words(run: RunView) -> list[tuple[str, str]]:
    """A run's total as (text, style) pieces."""
    if not run.scored:
        return [("total  ", "muted"), (figures.DASH, "muted")]
    pieces = [("total  ", "muted"), (figures.points(run.total), "strong")]
    if run.full:
        pieces.append((f" / {run.scored * 10}", "text"))
    else:
        layers = sorted({layer.value for step in run.steps if step.score for layer in step.score.layers}, reverse=True)
        pieces.append((f" of {figures.points(run.assessed)} {'+'.join(layers)}", "text"))
    pieces.append((f"   {run.scored} of {len(run.steps)} steps scored", "muted"))
    if not run.full and run.scored * 10 - run.assessed > 0.005:
        unseen = figures.points(run.scored * 10 - run.assessed)
        pieces.append((f"; {unseen} of their {run.scored * 10} points not assessed: they need a rendered page", "faint"))
    return pieces
