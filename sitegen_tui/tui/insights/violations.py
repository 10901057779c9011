"""The violations' pane: causes by points lost with their running share, or by model; from an id to every example."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.statistics import Cause
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.violations import ViolationsView, Whose
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

EIGHTHS = " ▏▎▍▌▋▊▉"
WHOSE: tuple[tuple[Whose | None, str], ...] = ((None, ""), ("own", "own only"), ("inherited", "inherited only"))
ALL = ""
"""The column of all models; no model has this name."""


class CauseRow(NamedTuple):
    """A cause, its title, and its points in parts of those of the dearest."""

    cause: Cause
    title: str
    part: float


class CauseTable(ColumnList[CauseRow]):
    """Causes, the dearest first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("violation", "violation", 20, 29),
        Column("title", "", 16, 28, rank=5),
        Column("points", "points", 6, 7, right=True),
        Column("bar", "", 10, 40, rank=1),
        Column("cumulative", "sum %", 5, 5, right=True),
        Column("charged", "charged", 7, 7, right=True),
        Column("completion", "undone", 6, 6, rank=3, right=True),
        Column("regression", "damage", 6, 6, rank=2, right=True),
        Column("inherited", "inherited", 9, 9, rank=4, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def key_of(self, row: CauseRow) -> str:
        """The violation."""
        return row.cause.violation

    def paint_cell(self, row: CauseRow, column: Column, width: int, line: Line) -> None:
        """One cell of a cause."""
        palette, cause = self.palette, row.cause
        match column.name:
            case "violation":
                line.add(fit_middle(one_line(cause.violation), width), palette.text)
            case "title":
                line.column(one_line(row.title), width, palette.muted)
            case "points":
                line.column(figures.tenths(cause.points), width, palette.strong, right=True)
            case "bar":
                line.add(bar(row.part, width), palette.accent)
            case "cumulative":
                line.column(figures.tenths(100 * cause.cumulative), width, palette.muted, right=True)
            case "charged":
                line.column(figures.count(cause.charged), width, palette.text, right=True)
            case "inherited":
                line.column(figures.count(cause.inherited_count), width, palette.muted, right=True)
            case name:
                value = cause.completion if name == "completion" else cause.regression
                line.column(figures.tenths(value) if value else figures.DASH, width, palette.muted, right=True)


class Pane(InsightPane):
    """Enter opens every step in which a violation was found, and from there the step at that finding."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "by", "causes or models"),
        Binding("m", "model", "model"),
        Binding("a", "of_action", "action"),
        Binding("p", "whose", "own or inherited"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = ViolationsView()
        self.model: str | None = None
        self.of: str | None = None
        self.by_model = False
        self._whose = 0

    def compose(self) -> ComposeResult:
        """Table and grid, one of them shown, and what is under the cursor."""
        table, grid = CauseTable(id="causes"), GridList(id="by-model")
        yield Caption(id="violations-caption")
        yield Headings(table)
        yield table
        yield GridHeadings(grid, id="by-model-headings")
        yield grid
        yield Detail(id="violations-detail")

    def on_mount(self) -> None:
        """Causes first."""
        self._switch()

    @property
    def table(self) -> CauseTable:
        """The causes."""
        return self.query_one(CauseTable)

    @property
    def grid(self) -> GridList:
        """Causes by models."""
        return self.query_one("#by-model", GridList)

    @property
    def whose(self) -> Whose | None:
        """Which findings are counted: None is all."""
        return WHOSE[self._whose][0]

    def take_focus(self) -> None:
        """Keys go to what is shown."""
        (self.grid if self.by_model else self.table).focus()

    def show(self, view: View) -> None:
        """The newest charges."""
        self.view = found = cast("ViolationsView", view)
        # What is chosen stays chosen as long as it is there to be chosen.
        self.model = self.model if self.model in found.models else None
        self.of = self.of if self.of in found.actions else None
        self._paint()

    def behind(self, key: str) -> StepsWanted | None:
        """Every step in which the violation was found, as far as the pane is narrowed."""
        column = self.grid.column if self.by_model else None
        model = column or self.model
        told = (model, self.of, WHOSE[self._whose][1])
        return StepsWanted(
            title=", ".join(part for part in (key, *told) if part),
            scope=self.view.scope.model_copy(update={"conditions": self.view.conditions}),
            model=model,
            actions=(self.of,) if self.of else (),
            violation=key,
            provenance=self.whose,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where there is something to choose."""
        match action:
            case "model":
                return len(self.view.models) > 1 and not self.by_model
            case "of_action":
                return len(self.view.actions) > 1
            case "by":
                return len(self.view.models) > 1
            case "whose":
                return any(one.provenance == "inherited" for one in self.view.charges)
            case _:
                return super().check_action(action, parameters)

    def action_by(self) -> None:
        """Causes with their running share, or causes by models."""
        had = self.table.has_focus or self.grid.has_focus
        self.by_model = not self.by_model
        self.model = None
        self._switch()
        self._paint()
        if had:
            self.take_focus()

    def action_model(self) -> None:
        """The next model, and after the last one all."""
        self.model = _next(self.model, self.view.models)
        self._paint()

    def action_of_action(self) -> None:
        """The next action, and after the last one all."""
        self.of = _next(self.of, self.view.actions)
        self._paint()

    def action_whose(self) -> None:
        """Own findings, inherited ones, or both."""
        self._whose = (self._whose + 1) % len(WHOSE)
        self._paint()

    @on(LineList.Moved, "#causes, #by-model")
    def _moved(self) -> None:
        self.query_one(GridHeadings).refresh()
        self._show_detail()

    def _switch(self) -> None:
        for one in (self.table, self.query_one(Headings)):
            one.display = not self.by_model
        for one in (self.grid, self.query_one(GridHeadings)):
            one.display = self.by_model

    def _paint(self) -> None:
        view = self.view
        causes = view.narrowed(self.model, self.of, self.whose)
        words = empty_words(view) if not view.steps else ("Nothing was found here.", "c, m, a and p widen what is shown.")
        self.table.set_words(*words)
        self.grid.set_words(*words)
        most = max((cause.points for cause in causes), default=0.0) or 1.0
        self.table.set_rows([CauseRow(one, view.titles.get(one.violation, ""), one.points / most) for one in causes])
        self._paint_grid(causes)
        narrowed = [part for part in (self._short(self.model), self.of, WHOSE[self._whose][1]) if part]
        steps = view.scored(self.model, self.of)
        what = "Points lost in a run" if self.by_model else "Points lost"
        points = sum(cause.points for cause in causes)
        said = f"{what}: {', '.join(narrowed) or 'all models, all actions'}" if view.steps else ""
        total = f"{figures.tenths(points)} in {figures.plural(steps, 'step')}" if view.steps else ""
        self.query_one("#violations-caption", Caption).show(one_line(said), total)
        self._show_detail()

    def _paint_grid(self, causes: tuple[Cause, ...]) -> None:
        view = self.view
        names = (ALL, *view.models)
        actions = 1 if self.of else len(view.actions)
        steps = {name: view.scored(name or None, self.of) for name in names}

        def cell(cause: Cause, name: str) -> GridCell | None:
            points = cause.points if name == ALL else cause.by_model.get(name, 0.0)
            if not points or not steps[name]:
                return None
            return GridCell(f"{points * actions / steps[name]:.2f}", "strong" if name == ALL else "text")

        rows = [GridRow(one.violation, one_line(one.violation), tuple(cell(one, name) for name in names)) for one in causes]
        self.grid.set_grid(names, rows)
        self.query_one(GridHeadings).show("violation", {**short_names(view.models, view.simulated), ALL: "all"})

    def _short(self, model: str | None) -> str:
        return short_names(self.view.models, self.view.simulated)[model] if model else ""

    def _show_detail(self) -> None:
        key = self.grid.cursor_key if self.by_model else self.table.cursor_key
        cause = next((one for one in self.view.narrowed(self.model, self.of, self.whose) if one.violation == key), None)
        if cause is None:
            self.query_one(Detail).show()
            return
        title = self.view.titles.get(cause.violation, "")
        found = f"  {figures.plural(cause.count, 'finding')}, {cause.charged} charged, {cause.inherited_count} inherited"
        head = ((one_line(cause.violation), "strong"), (f"  {one_line(title)}", "accent"), (found, "text"))
        short = short_names(self.view.models, self.view.simulated)
        by_model = sorted(cause.by_model.items(), key=lambda item: -item[1])
        each = "  ".join(f"{short.get(model, model)} {figures.tenths(points)}" for model, points in by_model if points)
        self.query_one(Detail).show(head, ((f"points by model: {each or 'none'}", "muted"),))


def bar(part: float, width: int) -> str:
    """A bar of that part of `width` cells, to an eighth of a cell; what is not 0 is never invisible."""
    eighths = max(1 if part > 0 else 0, round(min(1.0, part) * width * 8))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[rest] if rest else "")


def _next(current: str | None, names: tuple[str, ...]) -> str | None:
    at = names.index(current) + 1 if current in names else 0
    return names[at] if at < len(names) else None
