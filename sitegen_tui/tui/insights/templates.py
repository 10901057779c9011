"""The templates' pane: a grid of sites by models, and how near the best alternative comes to the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import on
from textual.app import ComposeResult

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.templates import SiteCell, SiteRow, TemplatesView
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import ReferencePane, empty_words, short_names
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

BEST = ""
"""The column of the best alternative; no model has this name."""
MOST_RUNS = 5000
"""Runs that are named to the database; it takes about six times as many in one question."""


class Pane(ReferencePane):
    """A cell says the mean total and of how many runs; Enter opens their steps."""

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = TemplatesView()

    def compose(self) -> ComposeResult:
        """Grid, and what is under the cursor."""
        grid = GridList(id="templates")
        yield Caption(id="templates-caption")
        yield GridHeadings(grid, id="templates-headings")
        yield grid
        yield Detail(id="templates-detail")

    @property
    def grid(self) -> GridList:
        """The cells."""
        return self.query_one("#templates", GridList)

    def show(self, view: View) -> None:
        """The newest totals."""
        self.view = found = cast("TemplatesView", view)
        self.grid.set_words(*empty_words(view))
        short = short_names(found.models, found.simulated)
        names = (BEST, *found.models) if found.models else ()
        cells = found.by_place()
        rows = [
            GridRow(
                row.site, one_line(row.site), (_best_cell(row), *(_cell(cells.get((row.site, model))) for model in found.models))
            )
            for row in found.sites
        ]
        self.grid.set_grid(names, rows)
        of = short.get(found.reference, "")
        self.query_one(GridHeadings).show("site", {**short, BEST: "best alt."})
        said = ("Mean points of a run, × complete runs", f"best alternative in % of {of}") if found.models else ("", "")
        self.query_one("#templates-caption", Caption).show(*said)
        self._show_detail()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of the cell under the cursor, or of the best alternative's."""
        cell = self._at()
        if cell is None:
            return None
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        title = f"{cell.model} on {cell.site}, {figures.plural(cell.n, 'run')}"
        runs = cell.runs if cell.n <= MOST_RUNS else ()
        return StepsWanted(title=title, scope=scope, model=cell.model, template=cell.site, runs=runs)

    def reference(self) -> tuple[str, Sequence[str]]:
        """The reference, and every model that could be it."""
        return self.view.reference, self.view.references

    @on(LineList.Moved, "#templates")
    def _moved(self) -> None:
        self.query_one(GridHeadings).refresh()
        self._show_detail()

    def _site(self, name: str) -> SiteRow | None:
        return next((row for row in self.view.sites if row.site == name), None)

    def _at(self) -> SiteCell | None:
        at = self.grid.cursor_cell
        row = self._site(at[0]) if at else None
        if at is None or row is None:
            return None
        model = row.best if at[1] == BEST else at[1]
        return self.view.by_place().get((row.site, model)) if model else None

    def _show_detail(self) -> None:
        at, cell, view = self.grid.cursor_cell, self._at(), self.view
        row = self._site(at[0]) if at else None
        if at is None or row is None:
            self.query_one(Detail).show()
            return
        model = row.best if at[1] == BEST else at[1]
        tag = "  simulated" if model in view.simulated else ""
        share = ""
        if at[1] == BEST and row.best is not None:
            share = "  the best alternative"
            share += f", {figures.percent(row.percent / 100)} of the reference" if row.percent is not None else ""
        head = ((one_line(row.site), "strong"), (f"  {one_line(model or 'no alternative')}", "accent"), (tag, "faint"))
        self.query_one(Detail).show((*head, (one_line(share), "text")), ((site_words(cell), "muted"),))


def site_words(cell: SiteCell | None) -> str:
    """Everything about a cell in a line."""
    if cell is None:
        return "no complete run here"
    words = f"mean {figures.tenths(cell.mean)}  n {cell.n}  95 % {figures.between(cell.low, cell.high, cell.note)}"
    return words + f"  sd {figures.tenths(cell.sd)}  min {figures.tenths(cell.minimum)}  max {figures.tenths(cell.maximum)}"


def _best_cell(row: SiteRow) -> GridCell | None:
    return (
        None if row.best is None else GridCell("N/A" if row.percent is None else f"{figures.percent(row.percent / 100)}", "strong")
    )


def _cell(cell: SiteCell | None) -> GridCell | None:
    if cell is None:
        return None
    return GridCell(
        f"{figures.tenths(cell.mean)} ×{cell.n}", "bad" if cell.mean < 0 else "text", "on_removed" if cell.mean < 0 else ""
    )
