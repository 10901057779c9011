"""Behind a number: the steps that it was made of, each opened to its prompt, diff and findings."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sitegen_tui.domain.insights import Order, StepSample, StepsPage, StepsWanted
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.services.insights.guard import words
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings, allot
from sitegen_tui.tui.widgets.line_list import LineList

ORDERS: tuple[tuple[Order, str], ...] = (("worst", "worst first"), ("best", "best first"), ("run", "run by run"))
NEAR_THE_END = 50
"""Rows from the last one at which more are read."""


class StepsTable(ColumnList[StepSample]):
    """Steps with what they were charged."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("score", "score", 7, 7, right=True),
        Column("of", "of", 5, 5, rank=4, right=True),
        Column("step", "step", 20, 25),
        Column("run", "run", 6, 9),
        Column("model", "model", 12, 26, rank=2),
        Column("site", "site", 12, 30, rank=3),
        Column("charges", "charged with", 24, 110, rank=1),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, one_model: bool, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = tuple(column for column in self.COLUMNS if not (one_model and column.name == "model"))

    def columns(self, width: int) -> tuple[tuple[Column, int], ...]:
        """Columns and widths; a model that all steps share is named above the list."""
        return allot(self._shown, width - 2)

    def key_of(self, row: StepSample) -> str:
        """Run and step."""
        return row.key

    def paint_cell(self, row: StepSample, column: Column, width: int, line: Line) -> None:
        """One cell of a step."""
        palette = self.palette
        match column.name:
            case "score":
                below = row.value is not None and row.value < 0
                text = figures.points(row.value) + ("*" if row.overridden else "")
                line.column(text, width, palette.bad if below else palette.strong, right=True)
            case "of":
                line.column("10" if row.full else figures.points(row.assessed), width, palette.muted, right=True)
            case "step":
                line.column(f"{row.step:>2} {row.action}", width, palette.text)
            case "run":
                line.add(fit_middle(row.run_id, width), palette.muted)
            case "model":
                name = one_line(row.model)
                if cell_len(name) > width:
                    simulated = (row.model,) if row.model.startswith("simulated/") else ()
                    name = short_names((row.model,), simulated)[row.model]
                line.add(fit_middle(name, width), palette.text)
            case "site":
                site = row.site if row.repeat == 1 else f"{row.site} #{row.repeat}"
                line.add(fit_middle(one_line(site), width), palette.muted)
            case _:
                self._paint_charges(row, width, line)

    def _paint_charges(self, row: StepSample, width: int, line: Line) -> None:
        palette, end = self.palette, line.cells + width
        charged = [one for one in row.charges if one.amount]
        if not charged:
            line.add("nothing", palette.faint)
        for place, one in enumerate(charged):
            text = f"{figures.deduction(one.amount)} {one.violation}"
            rest = len(charged) - place
            if place and line.cells + len(text) + 2 > end - 4:
                line.add(f"  +{rest}", palette.faint)
                return
            line.gap(2 if place else 0).add(fit_middle(text, max(5, end - line.cells - (4 if rest > 1 else 0))), palette.muted)


class BehindScreen(LiveScreen):
    """A page of steps at a time; the next one is read when the cursor comes near the end."""

    CSS_PATH = "behind.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", "order"),
        Binding("x", "negative", "only negative"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, wanted: StepsWanted) -> None:
        super().__init__()
        self.wanted = wanted
        self.total = 0
        self._steps: list[StepSample] = []
        self._reading = False

    def compose_body(self) -> ComposeResult:
        """One list."""
        table = StepsTable(one_model=self.wanted.model is not None, id="steps")
        with Vertical(id="body"):
            yield Caption(id="behind-caption")
            yield Headings(table)
            yield table

    def on_mount(self) -> None:
        """Read the first page."""
        super().on_mount()
        self.query_one(StepsTable).focus()
        self.top.show(("sitegen", "insights", "steps"))
        self._read(fresh=True)

    def _read(self, *, fresh: bool) -> None:
        if fresh:
            self._steps, self.total = [], 0
        if not self._reading or fresh:
            self._reading = True
            self.sitegen.work(partial(self._load, self.wanted, len(self._steps)), "steps behind")

    async def _load(self, wanted: StepsWanted, offset: int) -> None:
        services = self.sitegen.services
        if services is None:
            return
        page = await services.steps_behind(wanted, offset)
        if self.alive and wanted == self.wanted and offset == len(self._steps):
            self._reading = False
            self._show(page)

    def _show(self, page: StepsPage) -> None:
        self._steps += page.steps
        self.total = page.total
        table = self.query_one(StepsTable)
        table.set_words("No step matches.")
        table.set_rows(self._steps)
        order = next(name for key, name in ORDERS if key == self.wanted.order)
        only = ", only negative ones" if self.wanted.negative else ""
        title = one_line(self.wanted.title or "All steps")
        self.query_one("#behind-caption", Caption).show(f"{title}{only}", f"{figures.plural(self.total, 'step')}, {order}")
        conditions = self.wanted.scope.conditions
        self.top.show(("sitegen", "insights", "steps"), ((words(conditions), "muted"),) if conditions else ())

    @on(LineList.Moved, "#steps")
    def _moved(self) -> None:
        table = self.query_one(StepsTable)
        if len(self._steps) < self.total and not table.can_move(NEAR_THE_END):
            self._read(fresh=False)

    @on(LineList.Chosen, "#steps")
    def _chosen(self) -> None:
        row = self.query_one(StepsTable).cursor_row
        if row is not None:
            of = (one.number for one in row.charges if one.violation == self.wanted.violation)
            self.sitegen.open_step(row.run_id, BY_ID[row.action].number, finding=next(of, None))

    def action_sort(self) -> None:
        """The next order."""
        keys = [key for key, _ in ORDERS]
        order = keys[(keys.index(self.wanted.order) + 1) % len(keys)]
        self.wanted = self.wanted.model_copy(update={"order": order})
        self._read(fresh=True)

    def action_negative(self) -> None:
        """Only steps below zero, or all."""
        self.wanted = self.wanted.model_copy(update={"negative": not self.wanted.negative})
        self._read(fresh=True)

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()
