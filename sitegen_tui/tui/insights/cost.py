"""The costs' pane: a row a model with its dollars, tokens and times, and quality drawn against what it costs or takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.policies import Saves
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.cost import CostView, ModelCost
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.scatter import BEATEN, FRONT, LEAST_HEIGHT, Dot, Scatter

if TYPE_CHECKING:
    from textual.events import Resize

MOST_ROWS = 8
"""Of the table before the picture has to give way."""
MOST_HEIGHT = 20


class CostTable(ColumnList[ModelCost]):
    """Models, the dearest first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model", 17, 34),
        Column("mean", "points", 6, 6, right=True),
        Column("front", "front", 5, 5, rank=3),
        Column("usd", "cost", 8, 9, right=True),
        Column("a_run", "$ a run", 8, 9, rank=1, right=True),
        Column("a_point", "$ a point", 9, 9, rank=2, right=True),
        Column("first", "first word", 10, 10, rank=5, right=True),
        Column("seconds", "time", 7, 7, rank=4, right=True),
        Column("total", "answer", 8, 8, rank=4, right=True),
        Column("slow", "p95", 8, 8, rank=6, right=True),
        Column("in", "in", 7, 7, rank=8, right=True),
        Column("out", "out", 7, 7, rank=7, right=True),
        Column("reasoning", "reasoning", 9, 9, rank=10, right=True),
        Column("attempts", "asked", 5, 6, rank=5, right=True),
        Column("failed", "failed", 6, 6, rank=5, right=True),
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
        seconds = row.seconds_a_run
        texts = {
            "mean": _points(row.mean),
            "seconds": figures.milliseconds(None if seconds is None else seconds * 1000),
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
        elif column.name == "front":
            line.add(_front(row), palette.accent)
        elif column.name == "failed" and row.failed:
            line.column(texts["failed"], width, palette.warn, right=True)
        else:
            style = palette.text if column.name in ("mean", "usd", "a_run") else palette.muted
            line.column(texts[column.name], width, style, right=True)


class Pane(InsightPane):
    """Enter opens a model's steps; `a` sets quality against dollars or against time."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "axis", "against dollars or time")]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = CostView()
        self._asked: Saves | None = None

    def compose(self) -> ComposeResult:
        """The table, and the picture below it."""
        table = CostTable(id="cost")
        yield Caption(id="cost-caption")
        yield Headings(table)
        yield table
        yield Caption(id="scatter-caption")
        yield Scatter(id="scatter")

    @property
    def against(self) -> Saves:
        """What goes to the right in the picture: what was asked for, else dollars where any model has a price."""
        priced = any(row.on_cost_front is not None for row in self.view.models)
        return self._asked or ("cost" if priced else "latency")

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
        self._draw()

    def behind(self, key: str) -> StepsWanted | None:
        """A model's steps, those without a score too: they were paid for."""
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        return StepsWanted(title=f"{key}, all steps", scope=scope, model=key, scored=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        return bool(self.view.models) if action == "axis" else super().check_action(action, parameters)

    def action_axis(self) -> None:
        """Dollars or time."""
        self._asked = "latency" if self.against == "cost" else "cost"
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """The picture takes what the table does not need, and goes where that is too little."""
        self._fit(event.size.height)

    @on(LineList.Moved, "#cost")
    def _moved(self) -> None:
        self.query_one(Scatter).choose(self.query_one(CostTable).cursor_key)

    def _fit(self, height: int) -> None:
        free = height - 3 - max(1, min(len(self.view.models), MOST_ROWS))
        there = free >= LEAST_HEIGHT and bool(self.view.models)
        scatter, caption = self.query_one(Scatter), self.query_one("#scatter-caption")
        scatter.display = caption.display = there
        # The picture stands right below the last row, however much room there is.
        self.query_one(CostTable).styles.height = min(len(self.view.models), MOST_ROWS) if there else "1fr"
        if there:
            scatter.styles.height = min(free, MOST_HEIGHT)

    def _draw(self) -> None:
        view, against = self.view, self.against
        short = short_names([row.model for row in view.models], view.simulated)
        left = view.aside.get(against, {})
        dots: list[Dot] = []
        for row in view.models:
            x = row.usd_a_run if against == "cost" else row.seconds_a_run
            if row.model not in left and x is not None and row.mean is not None:
                front = row.on_cost_front if against == "cost" else row.on_latency_front
                dots.append(Dot(row.model, short[row.model], x, row.mean, bool(front)))
        scatter = self.query_one(Scatter)
        what, write = ("dollars a run", _dollars) if against == "cost" else ("seconds a run", _seconds)
        other = "time" if against == "cost" else "dollars"
        scatter.show(dots, f"{what} →", write, f"No model here can be set against {what}. a sets them against {other}.")
        scatter.choose(self.query_one(CostTable).cursor_key)
        away = f"not drawn: {', '.join(short[model] for model in left)}" if left else ""
        words = f"Points against {what}: {FRONT} unbeaten, {BEATEN} beaten"
        self.query_one("#scatter-caption", Caption).show(words, away)
        self._fit(self.size.height)


def _front(row: ModelCost) -> str:
    """Where nobody is as good for less: in dollars, in time."""
    return f"{'$' if row.on_cost_front else ' '} {'t' if row.on_latency_front else ' '}"


def _points(value: float | None) -> str:
    return figures.DASH if value is None else f"{round(value, 1) + 0.0:.1f}".replace("-", figures.MINUS)


def _dollars(value: float) -> str:
    return f"${value:.10f}".rstrip("0").rstrip(".")


def _seconds(value: float) -> str:
    return f"{value:g} s"
