"""The heatmap's pane: a grid of actions or categories by models, with a cursor that opens the steps behind a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.heatmap import By, HeatCell, HeatmapView
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, row_label, short_names
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

BARS = "▁▂▃▄▅▆▇█"
BELOW = "▼"
TOTAL = "total"
"""The key of the last row."""
ROW_ORDERS = ("in order", "hardest first", "worst of this model first", "widest gap first")
MODEL_ORDERS = ("best model first", "models by name")


class Pane(InsightPane):
    """A cell says mean, and by its bar the share of what could be earned; below zero it is marked, not only coloured."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "by", "categories or actions"),
        Binding("s", "rows", "order of rows"),
        Binding("m", "models", "order of models"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.by: By = "action"
        self.view = HeatmapView()
        self._rows = 0
        self._models = 0
        self._of = ""

    def compose(self) -> ComposeResult:
        """Grid, and what is under the cursor."""
        grid = GridList(id="heat")
        yield Caption(id="heat-caption")
        yield GridHeadings(grid, id="heat-headings")
        yield grid
        yield Detail(id="heat-detail")

    @property
    def grid(self) -> GridList:
        """The cells."""
        return self.query_one("#heat", GridList)

    def show(self, view: View) -> None:
        """The newest cells."""
        self.view = cast("HeatmapView", view)
        self.grid.set_words(*empty_words(view))
        self._paint()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of the cell under the cursor."""
        at = self.grid.cursor_cell
        if at is None:
            return None
        row, model = at
        return StepsWanted(
            title=f"{model}, all steps" if row == TOTAL else f"{model}, {row}",
            scope=self.view.scope.model_copy(update={"conditions": self.view.conditions}),
            model=model,
            actions=() if row == TOTAL else (row,) if self.by == "action" else _in_category(row),
        )

    def action_by(self) -> None:
        """Actions or categories."""
        self.by = "category" if self.by == "action" else "action"
        self._paint()

    def action_rows(self) -> None:
        """The next order of rows."""
        self._rows = (self._rows + 1) % len(ROW_ORDERS)
        self._of = self.grid.column or ""
        self._paint()

    def action_models(self) -> None:
        """The next order of models."""
        self._models = (self._models + 1) % len(MODEL_ORDERS)
        self._paint()

    @on(LineList.Moved, "#heat")
    def _moved(self) -> None:
        self.query_one(GridHeadings).refresh()
        self._show_detail()

    def _paint(self) -> None:
        view, cells = self.view, self.view.cells(self.by)
        names, refused = list(view.models), view.refused
        if not self._models:
            share = {model: _mean([one.share for one in cells.values() if one.model == model], -9.0) for model in names}
            names.sort(key=lambda model: (model in refused, -share[model]))
        rows = list(view.actions if self.by == "action" else view.categories)
        order = self._order(names)
        if order is not None:
            rows.sort(key=order)
        found = [GridRow(row, row_label(row), tuple(heat_cell(cells.get((row, model))) for model in names)) for row in rows]
        if self.by == "action" and view.totals:
            found.append(GridRow(TOTAL, "   total", tuple(total_cell(view, model) for model in names)))
        self.grid.set_grid(names, found)
        self.query_one(GridHeadings).show("action" if self.by == "action" else "category", short_names(names, view.simulated))
        what = "points out of 10" if view.conditions and view.conditions.full else "points of those assessed"
        how = ROW_ORDERS[self._rows].replace("this model", self._of or "this model")
        self.query_one("#heat-caption", Caption).show(f"Mean {what}, {view.steps} steps", f"{how}, {MODEL_ORDERS[self._models]}")
        self._show_detail()

    def _order(self, names: list[str]) -> Callable[[str], float] | None:
        cells = self.view.cells(self.by)

        def shares(row: str) -> list[float | None]:
            return [cells[row, model].share if (row, model) in cells else None for model in names]

        def means(row: str) -> list[float]:
            found = [cells[row, model].mean for model in names if (row, model) in cells]
            return [one for one in found if one is not None]

        match self._rows:
            case 1:
                return lambda row: _mean(shares(row), 9.0)
            case 2:
                return lambda row: _mean([cells[row, self._of].mean] if (row, self._of) in cells else [], 99.0)
            case 3:
                return lambda row: -(max(means(row)) - min(means(row))) if means(row) else 0.0
            case _:
                return None

    def _show_detail(self) -> None:
        at, view = self.grid.cursor_cell, self.view
        cell = view.cells(self.by).get(at) if at else None
        if at is None:
            self.query_one(Detail).show()
            return
        row, model = at
        tag = "  simulated" if model in view.simulated else ""
        label = "total" if row == TOTAL else row_label(row)
        head = (("", "text"), (label, "strong"), (f"  {one_line(model)}", "accent"), (tag, "faint"))
        full = bool(view.conditions and view.conditions.full)
        words = total_words(view, model) if row == TOTAL else cell_words(cell, full=full)
        self.query_one(Detail).show(head, ((words, "muted"),))


def total_cell(view: HeatmapView, model: str) -> GridCell | None:
    """What a model's actions add up to; a word where that is no total."""
    one = next((one for one in view.totals if one.model == model), None)
    if one is None or not one.complete:
        return None
    if one.total is None:
        return GridCell("refused", "warn")
    return GridCell(f"{figures.tenths(one.total)}  ", "bad" if one.total < 0 else "strong")


def total_words(view: HeatmapView, model: str) -> str:
    """Everything about a total in a line."""
    one = next((one for one in view.totals if one.model == model), None)
    if one is None or one.total is None:
        return f"no total, so not ranked: {one.refused if one else 'no step has been run'}"
    out_of = f"of {view.out_of}" if view.out_of else "of those assessed"
    return f"the actions add up to the mean total of {figures.plural(one.complete, 'complete run')}, {out_of}"


def heat_cell(cell: HeatCell | None) -> GridCell | None:
    """A mean with a sign for its share: a bar of eight heights, or a triangle below zero."""
    if cell is None:
        return None
    if cell.mean is None:
        return GridCell("unscored", "warn")
    text = f"{round(cell.mean, 1) + 0.0:.1f}".replace("-", figures.MINUS)
    if cell.mean < 0:
        return GridCell(f"{text} {BELOW}", "bad", "on_removed")
    share = cell.share
    if share is None:
        return GridCell(f"{text}  ", "faint")
    bar = BARS[min(7, int(share * 8))]
    return GridCell(f"{text} {bar}", "good" if share >= 0.95 else "text" if share >= 0.6 else "warn")


def cell_words(cell: HeatCell | None, *, full: bool) -> str:
    """Everything about a cell in a line."""
    if cell is None:
        return "no step has been run here"
    if cell.mean is None:
        return f"{figures.plural(cell.unscored, 'step')} without a score"
    of = "of 10" if full else f"of {figures.points(cell.assessed)} assessed"
    spread = f"sd {cell.sd:.2f}" if cell.sd is not None else "sd N/A (n=1)"
    words = f"mean {figures.points(cell.mean)} {of}  n {cell.n}  {spread}"
    words += f"  min {figures.points(cell.minimum)}  max {figures.points(cell.maximum)}"
    words += f"  {cell.negative} negative" if cell.negative else ""
    return words + (f"  {cell.unscored} unscored" if cell.unscored else "")


def _in_category(category: str) -> tuple[str, ...]:
    return tuple(action.id for action in PIPELINE if action.category.value == category)


def _mean(values: list[float | None], otherwise: float) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else otherwise
