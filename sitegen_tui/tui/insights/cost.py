"""The costs' pane: a row a model with its dollars, tokens and times."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.cost import CostView, ModelCost
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings


class CostTable(ColumnList[ModelCost]):
    """Models, the dearest first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model", 12, 34),
        Column("usd", "cost", 8, 9, right=True),
        Column("a_run", "$ a run", 8, 9, rank=1, right=True),
        Column("a_point", "$ a point", 9, 9, rank=2, right=True),
        Column("first", "first word", 10, 10, rank=5, right=True),
        Column("total", "answer", 8, 8, rank=3, right=True),
        Column("slow", "p95", 8, 8, rank=6, right=True),
        Column("in", "in", 7, 7, rank=8, right=True),
        Column("out", "out", 7, 7, rank=7, right=True),
        Column("reasoning", "reasoning", 9, 9, rank=10, right=True),
        Column("attempts", "asked", 5, 6, rank=4, right=True),
        Column("failed", "failed", 6, 6, rank=4, right=True),
        Column("repairs", "repairs", 7, 7, rank=9, right=True),
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._short: dict[str, str] = {}

    def set_costs(self, rows: tuple[ModelCost, ...]) -> None:
        """Show these models."""
        self._short = short_names([row.model for row in rows], [row.model for row in rows if row.simulated])
        self.set_rows(rows)

    def key_of(self, row: ModelCost) -> str:
        """The model."""
        return row.model

    def paint_cell(self, row: ModelCost, column: Column, width: int, line: Line) -> None:
        """One cell of a model."""
        palette = self.palette
        about = "~" if row.estimated else ""
        texts = {
            "usd": figures.money(row.usd, row.unpriced),
            "a_run": figures.money(row.usd_a_run),
            "a_point": figures.money(row.usd_a_point),
            "first": figures.milliseconds(row.first_token_p50_ms),
            "total": figures.milliseconds(row.total_p50_ms),
            "slow": figures.milliseconds(row.total_p95_ms),
            "in": about + figures.count(row.input_tokens),
            "out": about + figures.count(row.output_tokens),
            "reasoning": about + figures.count(row.reasoning_tokens),
            "attempts": str(row.attempts),
            "failed": str(row.failed),
            "repairs": str(row.repairs),
        }
        if column.name == "model":
            line.column(fit_middle(self._short[row.model], width), width, palette.text)
        elif column.name == "failed" and row.failed:
            line.column(texts["failed"], width, palette.warn, right=True)
        else:
            style = palette.text if column.name in ("usd", "a_run") else palette.muted
            line.column(texts[column.name], width, style, right=True)


class Pane(InsightPane):
    """Enter opens a model's steps."""

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = CostView()

    def compose(self) -> ComposeResult:
        """The table."""
        table = CostTable(id="cost")
        yield Caption(id="cost-caption")
        yield Headings(table)
        yield table

    def show(self, view: View) -> None:
        """The newest sums."""
        self.view = found = cast("CostView", view)
        table = self.query_one(CostTable)
        table.set_words(*empty_words(view))
        table.set_costs(found.models)
        attempts = sum(row.attempts for row in found.models)
        self.query_one("#cost-caption", Caption).show(
            "What models cost and how long they take", figures.plural(attempts, "request")
        )

    def behind(self, key: str) -> StepsWanted | None:
        """A model's steps, those without a score too: they were paid for."""
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        return StepsWanted(title=f"{key}, all steps", scope=scope, model=key, scored=False)
