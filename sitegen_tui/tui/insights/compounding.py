"""Compounding's pane: a model's chain beside its isolated runs, action by action, and where runs went wrong first."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.domain.runs import Mode
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.compounding import CompoundingRow, CompoundingView, FirstWrongRow
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn, scale
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

WRONGS: tuple[tuple[dict[str, object], str], ...] = (
    ({"wrong": "charge"}, "with a charge of its own"),
    ({"wrong": "score", "below": 9.0}, "below 9 of 10"),
    ({"wrong": "score", "below": 5.0}, "below 5 of 10"),
    ({"wrong": "score", "below": 0.0}, "below 0"),
)
BARS = " ▁▂▃▄▅▆▇█"
NEVER = "never"
UNKNOWN = "not known"
WHOLE = "whole run"


class CostTable(ColumnList[CompoundingRow]):
    """One model's actions, the whole run last."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("action", "action", 24, 26),
        Column("chain", "chain", 6, 7, right=True),
        Column("isolated", "isol.", 6, 8, right=True),
        Column("cost", "difference", 10, 10, right=True),
        Column("interval", "95 %", 15, 17, rank=1),
        Column("forest", "", 14, 48, rank=2),
        Column("n", "n", 7, 9, rank=3, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def key_of(self, row: CompoundingRow) -> str:
        """The action, or the whole run."""
        return row.action or WHOLE

    def paint_cell(self, row: CompoundingRow, column: Column, width: int, line: Line) -> None:
        """One cell of an action."""
        palette, cost = self.palette, row.cost
        match column.name:
            case "action":
                label = f"{BY_ID[row.action].number:>2} {row.action}" if row.action else f"   {WHOLE}"
                line.column(label, width, palette.text if row.action else palette.strong)
            case "chain":
                line.column(_number(row.chain), width, palette.text, right=True)
            case "isolated":
                line.column(_number(row.isolated), width, palette.text, right=True)
            case "cost":
                below = cost.high is not None and cost.high < 0
                text = _signed(cost.value) + (" ▼" if below else "  ")
                line.column(text, width, palette.bad if below else palette.strong, right=True)
            case "interval":
                known = cost.low is not None and cost.high is not None
                text = f"{_signed(cost.low)} – {_signed(cost.high)}" if known else cost.reason
                line.column(text, width, palette.muted if known else palette.faint)
            case "forest":
                self._paint_forest(row, width, line)
            case _:
                line.column(f"{row.chain_n} / {row.isolated_n}", width, palette.muted, right=True)

    def _paint_forest(self, row: CompoundingRow, width: int, line: Line) -> None:
        # The whole run has a scale of its own: sixteen actions' costs add up in it.
        if row.action is None or row.cost.value is None:
            return
        ends = [end for one in self.rows if one.action for end in (one.cost.low, one.cost.value, one.cost.high) if end is not None]
        found = scale([0.0, *ends], width)
        if found is None:
            return
        text = list(drawn(found, width, row.cost.value, row.cost.low, row.cost.high))
        zero = found.place(0.0, width)
        if text[zero] in " ─":
            text[zero] = "│" if text[zero] == " " else "┼"
        line.add("".join(text), self.palette.accent)


class Pane(InsightPane):
    """Costs of one model at a time, or a grid of first wrong steps of all. Enter opens the steps of one side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "first", "first wrong step"),
        Binding("m", "model", "next model"),
        Binding("s", "order", "order"),
        Binding("o", "side", "chain or isolated"),
        Binding("b", "bound", "what is wrong"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = CompoundingView()
        self.model: str | None = None
        self.side: Mode = "chain"
        self.sees_first = False
        self._by_cost = False
        self._bound = 0

    def compose(self) -> ComposeResult:
        """Table or grid, and what is under the cursor."""
        table, grid = CostTable(id="compounding"), GridList(id="first")
        yield Caption(id="compounding-caption")
        yield Headings(table)
        yield table
        yield GridHeadings(grid, id="first-headings")
        yield grid
        yield Detail(id="compounding-detail")

    @property
    def table(self) -> CostTable:
        """The costs."""
        return self.query_one(CostTable)

    @property
    def grid(self) -> GridList:
        """The first wrong steps."""
        return self.query_one("#first", GridList)

    def on_mount(self) -> None:
        """Costs first."""
        self._lay_out()

    def show(self, view: View) -> None:
        """The newest numbers."""
        self.view = cast("CompoundingView", view)
        if self.model not in self.view.models:
            self.model = next((model for model in self.view.models if model != "reference"), next(iter(self.view.models), None))
        if self.view.side(self.side) is None:
            self.side = "isolated" if self.side == "chain" else "chain"
        self._paint()

    def take_focus(self) -> None:
        """Keys go to what is shown."""
        (self.grid if self.sees_first else self.table).focus()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of the row or cell under the cursor, of the chosen side."""
        conditions = self.view.side(self.side)
        if conditions is None:
            return None
        scope = self.view.scope.model_copy(update={"conditions": conditions})
        if not self.sees_first:
            actions = () if key == WHOLE else (key,)
            return StepsWanted(title=f"{self.model}, {key}, {self.side}", scope=scope, model=self.model, actions=actions)
        at = self.grid.cursor_cell
        row = self._first_of(at[1]) if at else None
        runs = row.examples.get(key, ()) if row else ()
        if row is None or not runs:
            return None
        title = f"{row.model}, first wrong at {key}, {self.side}"
        return StepsWanted(title=title, scope=scope, model=row.model, actions=(key,), runs=runs)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "first":
                return bool(self.view.first)
            case "model":
                return not self.sees_first and len(self.view.models) > 1
            case "order":
                return not self.sees_first and bool(self.view.rows)
            case "side":
                return self.view.chain is not None and self.view.isolated is not None
            case "bound":
                return self.sees_first
            case _:
                return super().check_action(action, parameters)

    def action_first(self) -> None:
        """Where runs went wrong first, or what it cost."""
        self.sees_first = not self.sees_first
        self._lay_out()
        self._paint()
        self.take_focus()

    def action_model(self) -> None:
        """The next model."""
        models = self.view.models
        at = models.index(self.model) if self.model in models else -1
        self.model = models[(at + 1) % len(models)]
        self._paint()

    def action_order(self) -> None:
        """In order, or dearest first."""
        self._by_cost = not self._by_cost
        self._paint()

    def action_side(self) -> None:
        """Which mode is opened, and shown where only one can be."""
        self.side = "isolated" if self.side == "chain" else "chain"
        self._paint()

    def action_bound(self) -> None:
        """Another meaning of wrong."""
        self._bound = (self._bound + 1) % len(WRONGS)
        self.options = dict(WRONGS[self._bound][0])
        self.post_message(self.Stale())

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.query_one(GridHeadings).refresh()
        self._show_detail()

    def _lay_out(self) -> None:
        for one in (self.query_one(Headings), self.table):
            one.display = not self.sees_first
        for one in (self.query_one(GridHeadings), self.grid):
            one.display = self.sees_first

    def _paint(self) -> None:
        view = self.view
        words = empty_words(view)
        if view.conditions is not None and not view.models:
            missing = "isolated" if view.isolated is None else "chain"
            words = (
                f"No model has runs in both modes here: {missing} runs are missing.",
                "Make them: esc, then n with the same models and sites, and ^o for the mode.",
            )
        self.table.set_words(*words)
        self.grid.set_words(*empty_words(view))
        rows = [row for row in view.rows if row.model == self.model]
        rows.sort(key=lambda row: (row.action is None, (row.cost.value or 0.0) if self._by_cost else 0.0))
        self.table.set_rows(rows)
        self._paint_first()
        caption = self.query_one("#compounding-caption", Caption)
        if self.sees_first:
            runs = sum(row.runs for row in view.first if row.mode == self.side)
            caption.show(f"Runs by first step {WRONGS[self._bound][1]}", figures.plural(runs, f"{self.side} run"))
        else:
            name = short_names(view.models, view.simulated).get(self.model or "", "")
            words = "chain minus isolated; below 0, earlier steps cost points"
            caption.show(f"{name}: {words}" if name else words, "dearest first" if self._by_cost else "in order")
        self._show_detail()
        self.refresh_bindings()

    def _paint_first(self) -> None:
        own = [row for row in self.view.first if row.mode == self.side]
        shown = [one.id for one in PIPELINE if self.view.conditions and one.id in self.view.conditions.actions]
        rows = [
            GridRow(
                action, f"{BY_ID[action].number:>2} {action}", tuple(_share(row.counts.get(action, 0), row.runs) for row in own)
            )
            for action in shown
        ]
        if own:
            rows.append(GridRow(NEVER, f"   {NEVER}", tuple(_share(row.never_n, row.runs) for row in own)))
            rows.append(GridRow(UNKNOWN, f"   {UNKNOWN}", tuple(_share(row.unknown, row.runs) for row in own)))
        self.grid.set_grid([row.model for row in own], rows)
        self.query_one(GridHeadings).show("first wrong at", short_names([row.model for row in own], self.view.simulated))

    def _first_of(self, model: str) -> FirstWrongRow | None:
        return next((row for row in self.view.first if (row.model, row.mode) == (model, self.side)), None)

    def _show_detail(self) -> None:
        detail = self.query_one(Detail)
        opens = (f"  enter opens {self.side} steps", "faint")
        if self.sees_first:
            at = self.grid.cursor_cell
            row = self._first_of(at[1]) if at else None
            if at is None or row is None:
                detail.show()
                return
            key = at[0]
            count = {NEVER: row.never_n, UNKNOWN: row.unknown}.get(key, row.counts.get(key, 0))
            head = ((key, "strong"), (f"  {row.model}", "accent"), (f"  {count} of {figures.plural(row.runs, 'run')}", "text"))
            never = row.never
            words = f"never wrong: {row.never_n} of {never.n}"
            if never.low is not None and never.high is not None:
                words += f", 95 % {100 * never.low:.0f} – {100 * never.high:.0f} %"
            detail.show((*head, opens) if row.examples.get(key) else head, ((words, "muted"),))
            return
        one = self.table.cursor_row
        if one is None:
            detail.show()
            return
        cost = one.cost
        how = {"paired by cell": "paired by site", "welch": "Welch"}.get(cost.method, cost.reason)
        words = f"chain {_number(one.chain)} (n {one.chain_n})  isolated {_number(one.isolated)} (n {one.isolated_n})"
        words += f"  difference {_signed(cost.value)}  {how}"
        detail.show(((one.action or WHOLE, "strong"), (f"  {one.model}", "accent"), opens), ((words, "muted"),))


def _share(count: int, runs: int) -> GridCell | None:
    if not count:
        return None
    bar = BARS[max(1, round(8 * count / runs))]
    return GridCell(f"{count} {bar}", "text")


def _number(value: float | None) -> str:
    return figures.DASH if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", figures.MINUS)


def _signed(value: float | None) -> str:
    return figures.DASH if value is None else f"{round(value, 2) + 0.0:+.2f}".replace("-", figures.MINUS)
