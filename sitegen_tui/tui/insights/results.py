"""The results' pane: a row a model with its interval drawn on one axis, letters for ties, cost and time."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.results import ModelResult, ResultsView
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, Headings, allot
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn
from sitegen_tui.tui.widgets.forest_list import Axis, ForestList
from sitegen_tui.tui.widgets.line_list import LineList


class ResultsTable(ForestList[ModelResult]):
    """Models, best first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model", 12, 20),
        Column("mean", "mean", 6, 6, right=True),
        Column("forest", "", 22, 72),
        Column("interval", "95 %", 14, 15, rank=2),
        Column("letters", "ties", 4, 5, rank=1),
        Column("percent", "% max", 5, 5, rank=5, right=True),
        Column("sd", "sd", 5, 5, rank=4, right=True),
        Column("n", "n", 3, 5, right=True),
        Column("usd", "$ a run", 8, 9, rank=6, right=True),
        Column("time", "time", 7, 7, rank=7, right=True),
    )

    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._short: dict[str, str] = {}
        self._empty: frozenset[str] = frozenset()

    def set_results(self, rows: tuple[ModelResult, ...]) -> None:
        """Show these models; the axis holds all of their intervals."""
        ends = [end for row in rows for end in (row.low, row.mean, row.high) if end is not None]
        self.set_ends(ends)
        short = short_names([row.model for row in rows], [row.model for row in rows if row.simulated])
        empty = frozenset(
            name
            for name, known in (
                ("percent", any(row.percent is not None for row in rows)),
                ("usd", any(row.usd_a_run is not None for row in rows)),
            )
            if not known
        )
        if (short, empty) != (self._short, self._empty):
            self._short, self._empty = short, empty
            self.repaint_all()
        self.set_rows(rows)

    def short_of(self, model: str) -> str:
        """A model's name as the rows have it."""
        return self._short[model]

    def columns(self, width: int) -> tuple[tuple[Column, int], ...]:
        """Columns and widths; the room of columns in which nothing is known goes to the intervals."""
        return allot([column for column in self.COLUMNS if column.name not in self._empty], width - 2)

    def key_of(self, row: ModelResult) -> str:
        """The model."""
        return row.model

    def paint_cell(self, row: ModelResult, column: Column, width: int, line: Line) -> None:
        """One cell of a model."""
        palette = self.palette
        match column.name:
            case "model":
                line.add(fit_middle(self._short[row.model], width), palette.text)
            case "mean":
                below = row.mean is not None and row.mean < 0
                line.column(figures.tenths(row.mean), width, palette.bad if below else palette.strong, right=True)
            case "forest":
                found = self.scale(width)
                if found is not None and row.mean is not None:
                    line.add(drawn(found, width, row.mean, row.low, row.high), palette.accent)
            case "interval":
                text = row.interval_note
                if row.low is not None and row.high is not None:
                    text = f"{figures.tenths(row.low)} – {figures.tenths(row.high)}"
                line.column(text, width, palette.warn if row.refused else palette.muted if row.low is not None else palette.faint)
            case "letters":
                line.column(row.letters or figures.DASH, width, palette.text if row.letters else palette.faint)
            case "percent":
                line.column(figures.tenths(row.percent), width, palette.muted, right=True)
            case "sd":
                line.column(figures.tenths(row.sd), width, palette.muted, right=True)
            case "n":
                text = f"{row.complete}/{row.runs}" if row.incomplete else str(row.complete)
                line.column(text, width, palette.warn if row.incomplete else palette.muted, right=True)
            case "usd":
                line.column(figures.money(row.usd_a_run), width, palette.muted, right=True)
            case _:
                seconds = row.seconds_a_run
                line.column(figures.milliseconds(None if seconds is None else seconds * 1000), width, palette.muted, right=True)


class Pane(InsightPane):
    """Enter opens a model's steps, worst first; means are the judges' own, or corrected by people's labels."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "scores", "raw, calibrated")]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = ResultsView()

    def compose(self) -> ComposeResult:
        """Table, and what is under the cursor."""
        table = ResultsTable(id="results")
        yield Caption(id="results-caption")
        yield Headings(table)
        yield Axis(table, id="axis")
        yield table
        yield Detail(id="results-detail")

    @property
    def table(self) -> ResultsTable:
        """The models."""
        return self.query_one(ResultsTable)

    def show(self, view: View) -> None:
        """The newest totals."""
        self.view = found = cast("ResultsView", view)
        self.table.set_words(*empty_words(view))
        self.table.set_results(found.models)
        self.query_one(Headings).refresh()
        self.query_one(Axis).refresh()
        of = f"out of {found.out_of}" if found.out_of else "of those that could be judged"
        complete = sum(row.complete for row in found.models)
        whose = "as judged (raw)" if found.scores == "raw" else "as people would (calibrated)"
        said = f"Mean points of a run, {of}, {whose}"
        self.query_one("#results-caption", Caption).show(said, figures.plural(complete, "complete run"))
        self.refresh_bindings()
        self._show_detail()

    def behind(self, key: str) -> StepsWanted | None:
        """A model's steps."""
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        return StepsWanted(title=f"{key}, all steps", scope=scope, model=key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without labels there is nothing to calibrate by."""
        return self.view.labelled if action == "scores" else super().check_action(action, parameters)

    def action_scores(self) -> None:
        """The judges' own means, or people's."""
        self.options = {"scores": "raw" if self.view.scores == "calibrated" else "calibrated"}
        self.post_message(self.Stale())

    @on(LineList.Moved, "#results")
    def _moved(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.table.cursor_row
        if row is None:
            self.query_one(Detail).show()
            return
        tag = "  simulated" if row.simulated else ""
        runs = f"  {row.complete} of {row.runs} complete"
        ties = [
            self.table.short_of(other.model)
            for other in self.view.models
            if other is not row and set(other.letters) & set(row.letters)
        ]
        tied = f"  tied with {', '.join(ties)}" if ties else "  told apart from all others" if row.letters else ""
        head = ((one_line(row.model), "strong"), (tag, "faint"), (runs, "muted"), (one_line(tied), "text"))
        words = f"min {figures.tenths(row.minimum)}  max {figures.tenths(row.maximum)}"
        words += f"  assessed {figures.tenths(row.assessed)}  sd {figures.tenths(row.sd)}"
        more = row.resampled
        if more is not None and more.low is not None and more.high is not None:
            words += f"  {more.method} {figures.tenths(more.low)} – {figures.tenths(more.high)}"
        if self.view.mixed is not None and row.model in self.view.mixed.means:
            one = self.view.mixed.means[row.model]
            words += f"  adjusted {figures.tenths(one.value)} ({figures.tenths(one.low)} – {figures.tenths(one.high)})"
        unpriced = f" and {figures.plural(row.unpriced, 'run')} without a price" if row.unpriced else ""
        words += f"  {figures.money(row.usd)} in all{unpriced}" if row.usd is not None else "  no price known"
        words += f"  {figures.count(row.tokens)} tokens"
        self.query_one(Detail).show(head, ((words, "muted"),))
