"""The variance's pane: each model's runs from worst to best on one axis, their sd, and how often it ends badly."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import Scope, StepsWanted, View
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.variance import SpreadRow, VarianceView
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn
from sitegen_tui.tui.widgets.forest_list import Axis, ForestList
from sitegen_tui.tui.widgets.line_list import LineList

STEP = 5.0
"""Points that a key moves the threshold by."""
THRESHOLD = Binding.Group("threshold", compact=True)


class SpreadTable(ForestList[SpreadRow]):
    """Models, the steadiest first; what is drawn is worst, mean and best run, not an interval."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model", 10, 20),
        Column("n", "n", 3, 5, right=True),
        Column("sd", "sd", 9, 9, right=True),
        Column("interval", "95 % sd", 13, 13, rank=3),
        Column("worst", "worst", 6, 6, right=True),
        Column("forest", "worst–mean–best", 16, 60, rank=2),
        Column("best", "best", 6, 6, right=True),
        Column("range", "range", 6, 6, rank=4, right=True),
        Column("negative", "negative", 8, 8, rank=1, right=True),
        Column("below", "below", 8, 8, right=True),
        Column("ends", "95 % below", 15, 15, rank=5),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._short: dict[str, str] = {}

    def set_models(self, view: VarianceView) -> None:
        """Show these models."""
        short = short_names([row.model for row in view.models], view.simulated)
        if short != self._short:
            self._short = short
            self.repaint_all()
        self.set_ends([end for row in view.models for end in (row.spread.worst, row.spread.best) if end is not None])
        self.set_rows(view.models)

    def key_of(self, row: SpreadRow) -> str:
        """The model."""
        return row.model

    def paint_cell(self, row: SpreadRow, column: Column, width: int, line: Line) -> None:
        """One cell of a model."""
        palette, found = self.palette, row.spread
        match column.name:
            case "model":
                line.add(fit_middle(self._short[row.model], width), palette.text)
            case "n":
                line.column(str(found.n), width, palette.muted, right=True)
            case "sd":
                known = found.sd.value is not None
                text = figures.tenths(found.sd.value) if known else found.sd.reason
                line.column(text, width, palette.strong if known else palette.faint, right=True)
            case "interval":
                known = found.sd.low is not None
                line.column(
                    figures.between(found.sd.low, found.sd.high, found.sd.reason), width, palette.muted if known else palette.faint
                )
            case "worst" | "best" | "range":
                value = {"worst": found.worst, "best": found.best, "range": found.range}[column.name]
                line.column(
                    figures.tenths(value), width, palette.bad if value is not None and value < 0 else palette.text, right=True
                )
            case "forest":
                scale = self.scale(width)
                if scale is not None and row.mean is not None:
                    line.add(drawn(scale, width, row.mean, found.worst, found.best), palette.accent)
            case "negative" | "below":
                share = found.negative if column.name == "negative" else found.below
                line.column(figures.percent(share.value), width, palette.warn if share.value else palette.muted, right=True)
            case _:
                line.column(_ends(found.below), width, palette.muted)


class Pane(InsightPane):
    """Enter opens a model's steps, the worst first; `w` and `b` open those of its worst and its best run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("minus", "threshold(-1)", "threshold down", key_display="-", group=THRESHOLD),
        Binding("plus", "threshold(1)", "threshold up", key_display="+", group=THRESHOLD),
        Binding("w", "run('worst')", "worst run"),
        Binding("b", "run('best')", "best run"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = VarianceView()

    def compose(self) -> ComposeResult:
        """Table, and what is under the cursor."""
        table = SpreadTable(id="variance")
        yield Caption(id="variance-caption")
        yield Headings(table)
        yield Axis(table, id="variance-axis")
        yield table
        yield Detail(id="variance-detail")

    @property
    def table(self) -> SpreadTable:
        """The models."""
        return self.query_one(SpreadTable)

    def show(self, view: View) -> None:
        """The newest spreads."""
        self.view = found = cast("VarianceView", view)
        self.table.set_words(*empty_words(view))
        self.table.set_models(found)
        self.query_one(Headings).refresh()
        self.query_one(Axis).refresh()
        of = f"out of {found.out_of}" if found.out_of else "of those judged"
        below = f"below: runs under {figures.points(found.threshold)} points"
        said = (f"Points of a run, {of}", below) if found.models else ("", "")
        self.query_one("#variance-caption", Caption).show(*said)
        self._show_detail()

    def behind(self, key: str) -> StepsWanted | None:
        """A model's steps."""
        return StepsWanted(title=f"{key}, all steps", scope=self._scope(), model=key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A model without a complete run has no worst and no best one."""
        if action == "threshold":
            return bool(self.view.models)
        if action == "run":
            row = self.table.cursor_row if self.is_mounted else None
            return row is not None and row.worst_run is not None
        return super().check_action(action, parameters)

    def action_threshold(self, step: int) -> None:
        """A higher or lower threshold."""
        self.options = {"threshold": self.view.threshold + STEP * step}
        self.post_message(self.Stale())

    def action_run(self, which: str) -> None:
        """The steps of the worst or the best run of the model under the cursor."""
        row = self.table.cursor_row
        run_id = None if row is None else row.worst_run if which == "worst" else row.best_run
        if row is not None and run_id is not None:
            title = f"{row.model}, its {which} run"
            sitegen_of(self).open_behind(StepsWanted(title=title, scope=self._scope(), model=row.model, runs=(run_id,)))

    @on(LineList.Moved, "#variance")
    def _moved(self) -> None:
        self._show_detail()
        self.screen.refresh_bindings()

    def _scope(self) -> Scope:
        return self.view.scope.model_copy(update={"conditions": self.view.conditions})

    def _show_detail(self) -> None:
        row = self.table.cursor_row
        if row is None:
            self.query_one(Detail).show()
            return
        found = row.spread
        tag = "  simulated" if row.simulated else ""
        runs = f"  worst {one_line(row.worst_run or figures.DASH)}  best {one_line(row.best_run or figures.DASH)}"
        head = ((one_line(row.model), "strong"), (tag, "faint"), (runs, "text"))
        words = f"{row.below} of {figures.plural(found.n, 'run')} below {figures.points(found.threshold)} ({_ends(found.below)})"
        words += f"  {row.negative} of {figures.plural(row.steps, 'step')} negative ({_ends(found.negative)})"
        self.query_one(Detail).show(head, ((words, "muted"),))


def _ends(share: Estimate) -> str:
    """A share's interval in per cent, or why there is none."""
    if share.low is None or share.high is None:
        return share.reason
    return f"{figures.tenths(100 * share.low)} – {figures.tenths(100 * share.high)} %"
