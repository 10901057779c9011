"""The gap's pane: a grid of actions or categories by models, each beside the reference, with a cursor that opens the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.gap import GapRow, GapView
from sitegen_tui.services.insights.heatmap import By
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import ReferencePane, empty_words, row_label, short_names
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

AVERAGE = ""
"""The column of the average gap; no model has this name."""
BELOW, ABOVE = "▾", "▴"
ORDERS = ("deepest average first", "in order", "deepest of this model first")


class Pane(ReferencePane):
    """First what the reference has, then the average gap and each model's; a mark says that an interval leaves 0 out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "by", "categories or actions"),
        Binding("s", "rows", "order of rows"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.by: By = "action"
        self.view = GapView()
        self._order = 0
        self._of = ""

    def compose(self) -> ComposeResult:
        """Grid, and what is under the cursor."""
        grid = GridList(id="gap")
        yield Caption(id="gap-caption")
        yield GridHeadings(grid, id="gap-headings")
        yield grid
        yield Detail(id="gap-detail")

    @property
    def grid(self) -> GridList:
        """The cells."""
        return self.query_one("#gap", GridList)

    def show(self, view: View) -> None:
        """The newest gaps."""
        self.view = cast("GapView", view)
        if self.view.reference and not self.view.models:
            self.grid.set_words(
                "A gap needs a second model.", "Run another one on the same templates; e shows all experiments together."
            )
        else:
            self.grid.set_words(*empty_words(view))
        self._paint()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of the model under the cursor, or of all that are averaged."""
        at = self.grid.cursor_cell
        row = self._row(at[0]) if at else None
        if at is None or row is None:
            return None
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        if at[1] == AVERAGE:
            scope = scope.model_copy(update={"models": row.averaged})
            return StepsWanted(title=f"{row.row}, models beside {self.view.reference}", scope=scope, actions=row.actions)
        return StepsWanted(title=f"{at[1]}, {row.row}", scope=scope, model=at[1], actions=row.actions)

    def reference(self) -> tuple[str, Sequence[str]]:
        """The reference, and every model that could be it."""
        return self.view.reference, self.view.references

    def action_by(self) -> None:
        """Actions or categories."""
        self.by = "category" if self.by == "action" else "action"
        self._paint()

    def action_rows(self) -> None:
        """The next order of rows."""
        self._order = (self._order + 1) % len(ORDERS)
        column = self.grid.column
        self._of = column if column in self.view.models else next(iter(self.view.models), "")
        self._paint()

    @on(LineList.Moved, "#gap")
    def _moved(self) -> None:
        self.query_one(GridHeadings).refresh()
        self._show_detail()

    def _row(self, key: str) -> GapRow | None:
        return next((row for row in self.view.rows(self.by) if row.row == key), None)

    def _paint(self) -> None:
        view = self.view
        names = (view.reference, AVERAGE, *view.models) if view.models else ()
        rows = list(view.rows(self.by)) if view.models else []
        if self._order == 1:
            order = [action.id for action in PIPELINE] + list(dict.fromkeys(action.category.value for action in PIPELINE))
            rows.sort(key=lambda row: order.index(row.row))
        elif self._order == 2 and self._of in view.models:
            rows.sort(key=lambda row: _value(row.gaps.get(self._of)))
        self.grid.set_grid(names, [GridRow(row.row, row_label(row.row), tuple(_cells(row, names))) for row in rows])
        short = short_names([view.reference, *view.models], view.simulated)
        of = short.get(view.reference, "")
        heads = {**short, AVERAGE: "average", view.reference: f"={of}"}
        self.query_one(GridHeadings).show("action" if self.by == "action" else "category", heads)
        order_words = ORDERS[self._order].replace("this model", short.get(self._of, self._of) or "this model")
        said = f"Points beside ={of}; {BELOW} {ABOVE} 95 % leaves 0 out" if view.models else ""
        self.query_one("#gap-caption", Caption).show(said, order_words if view.models else "")
        self._show_detail()

    def _show_detail(self) -> None:
        at, view = self.grid.cursor_cell, self.view
        row = self._row(at[0]) if at else None
        if at is None or row is None:
            self.query_one(Detail).show()
            return
        model = at[1]
        tag = "  simulated" if model in view.simulated else ""
        name = "average gap" if model == AVERAGE else one_line(model)
        head = (("", "text"), (row_label(row.row), "strong"), (f"  {name}", "accent"), (tag, "faint"))
        self.query_one(Detail).show(head, ((gap_words(row, model, view.reference), "muted"),))


def gap_words(row: GapRow, model: str, reference: str) -> str:
    """Everything about a cell in a line."""
    of = f"{one_line(reference)} {figures.tenths(row.reference_mean)} (n {row.n.get(reference, 0)})"
    if model == reference:
        return f"mean {figures.tenths(row.reference_mean)}  n {row.n.get(reference, 0)}"
    if model == AVERAGE:
        words = f"plain mean of the gaps of {figures.plural(len(row.averaged), 'model')}  {of}"
        missing = [name for name, one in row.gaps.items() if one.value is None]
        return words + (f"  without {one_line(', '.join(missing))}, which {'has' if len(missing) == 1 else 'have'} no score"
                        if missing else "")  # fmt: skip
    one = row.gaps.get(model)
    if one is None or one.value is None:
        return f"no score here  {of}"
    how = {"welch": "Welch", "paired by cell": f"{one.n} sites, paired"}.get(one.method, "")
    interval = f"95 % {figures.between(one.low, one.high, one.reason)}"
    return f"gap {_signed(one.value)}  {interval}{f' ({how})' if how else ''}  n {row.n.get(model, 0)}  {of}"


def _cells(row: GapRow, names: tuple[str, ...]) -> list[GridCell | None]:
    found: list[GridCell | None] = []
    for name in names:
        if name == row_reference(names):
            found.append(None if row.reference_mean is None else GridCell(f"{figures.tenths(row.reference_mean)}  ", "muted"))
        elif name == AVERAGE:
            found.append(None if row.average is None else GridCell(f"{_signed(row.average)}  ", "strong"))
        else:
            found.append(gap_cell(row.gaps.get(name)))
    return found


def row_reference(names: tuple[str, ...]) -> str:
    """The reference's column, which is the first."""
    return names[0]


def gap_cell(one: Estimate | None) -> GridCell | None:
    """A gap with a sign, marked where its interval lies wholly on one side of 0."""
    if one is None or one.value is None:
        return None
    text = _signed(one.value)
    if one.high is not None and one.high < 0:
        return GridCell(f"{text} {BELOW}", "bad")
    if one.low is not None and one.low > 0:
        return GridCell(f"{text} {ABOVE}", "good")
    return GridCell(f"{text}  ", "text" if one.low is not None else "faint")


def _signed(value: float) -> str:
    text = figures.tenths(value)
    return text if value <= 0 or text == "0.0" else f"+{text}"


def _value(one: Estimate | None) -> float:
    return 99.0 if one is None or one.value is None else one.value
