"""The routing's pane: a row an action with who does it, what that loses and saves, and how sure it is."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.policies import RoutedAction
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.routing import TOLERANCE, RoutingView
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.line_list import LineList

TOLERANCES = (0.0, 0.25, TOLERANCE, 1.0, 2.0)
"""Points an action, one after the other by a key."""


class RoutingTable(ColumnList[RoutedAction]):
    """Actions in their order."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("action", "action", 24, 26),
        Column("model", "goes to", 12, 30),
        Column("mean", "points", 6, 6, right=True),
        Column("behind", "behind", 6, 6, rank=3, right=True),
        Column("loss", "lost", 6, 6, right=True),
        Column("loss_ends", "95 % lost", 17, 17, rank=4),
        Column("saving", "saved", 9, 9, right=True),
        Column("saving_ends", "95 % saved", 17, 20, rank=5),
        Column("agreed", "agreed", 7, 7, rank=1, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._short: dict[str, str] = {}
        self._dollars = True

    def set_view(self, view: RoutingView) -> None:
        """Show this policy."""
        short = short_names(view.models, view.simulated)
        if (short, view.saves == "cost") != (self._short, self._dollars):
            self._short, self._dollars = short, view.saves == "cost"
            self.repaint_all()
        self.set_rows(view.actions)

    def key_of(self, row: RoutedAction) -> str:
        """The action."""
        return row.action

    def paint_cell(self, row: RoutedAction, column: Column, width: int, line: Line) -> None:
        """One cell of an action."""
        palette = self.palette
        match column.name:
            case "action":
                line.column(fit_middle(f"{BY_ID[row.action].number:>2} {row.action}", width), width, palette.text)
            case "model":
                line.column(fit_middle(self._short[row.model], width), width, palette.accent)
            case "mean":
                line.column(points(row.mean, 1), width, palette.bad if row.mean < 0 else palette.strong, right=True)
            case "behind":
                line.column(points(row.best_mean - row.mean), width, palette.muted, right=True)
            case "loss":
                lost = (row.loss.value or 0.0) > 0.005
                line.column(points(row.loss.value), width, palette.warn if lost else palette.text, right=True)
            case "loss_ends":
                line.column(ends(row.loss), width, palette.muted)
            case "saving":
                line.column(amount(row.saving.value, dollars=self._dollars), width, palette.text, right=True)
            case "saving_ends":
                line.column(ends(row.saving, dollars=self._dollars), width, palette.muted)
            case _:
                sure = row.agreed == row.folds
                line.column(f"{row.agreed} of {row.folds}", width, palette.muted if sure else palette.warn, right=True)


class Pane(InsightPane):
    """Enter opens the steps behind a choice; keys change the tolerance, and what is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tolerance", "tolerance"),
        Binding("a", "axis", "save dollars or time"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = RoutingView()
        self.options = {"tolerance": TOLERANCE}

    def compose(self) -> ComposeResult:
        """What the policy comes to, the table, and what is under the cursor."""
        table = RoutingTable(id="routing")
        yield Caption(id="routing-caption")
        yield Detail(id="routing-whole")
        yield Headings(table)
        yield table
        yield Detail(id="routing-detail")

    @property
    def table(self) -> RoutingTable:
        """The actions."""
        return self.query_one(RoutingTable)

    def show(self, view: View) -> None:
        """The newest policy."""
        self.view = found = cast("RoutingView", view)
        dollars = found.saves == "cost"
        words = empty_words(view)
        if found.conditions is not None and dollars and found.excluded:
            words = ("No model here has a price.", "a saves waiting time instead of dollars.")
        self.table.set_words(*words)
        self.table.set_view(found)
        what = "Cheapest" if dollars else "Fastest"
        self.query_one("#routing-caption", Caption).show(
            f"{what} within {found.tolerance:g} points of the best",
            f"{figures.plural(len(found.templates), 'template')}, {figures.plural(found.steps, 'step')}",
        )
        self._show_whole()
        self._show_detail()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of the chosen model on an action."""
        row = next((one for one in self.view.actions if one.action == key), None)
        if row is None:
            return None
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        return StepsWanted(title=f"{row.model}, {key}", scope=scope, model=row.model, actions=(key,))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "tolerance":
                return bool(self.view.actions)
            case "axis":
                return bool(self.view.models or self.view.excluded)
            case _:
                return super().check_action(action, parameters)

    def action_tolerance(self) -> None:
        """The next tolerance."""
        at = TOLERANCES.index(self.view.tolerance) if self.view.tolerance in TOLERANCES else -1
        self._ask(tolerance=TOLERANCES[(at + 1) % len(TOLERANCES)])

    def action_axis(self) -> None:
        """Dollars or time."""
        self._ask(saves="latency" if self.view.saves == "cost" else "cost")

    def _ask(self, **options: object) -> None:
        self.options = {**self.options, **options}
        self.post_message(self.Stale())

    @on(LineList.Moved, "#routing")
    def _moved(self) -> None:
        self._show_detail()

    def _show_whole(self) -> None:
        view, whole = self.view, self.query_one("#routing-whole", Detail)
        loss, saving = view.loss, view.saving
        if loss is None or saving is None or loss.value is None or saving.value is None:
            whole.show((("Not tried: a policy is tried on a template that it was not learned on, and that takes two.", "muted"),))
            return
        dollars = view.saves == "cost"
        share = "" if view.saving_share is None else f", {_percent(view.saving_share)} of its {'cost' if dollars else 'waiting'}"
        single = short_names(view.models, view.simulated).get(view.single or "", figures.DASH)
        sure = ends(loss)
        if loss.low is not None and saving.low is not None:
            sure = f"{ends(loss, digits=1)} points, {ends(saving, dollars=dollars)}"
        whole.show(
            (
                ("A run loses ", "text"),
                (f"{points(loss.value, 1)} points", "strong"),
                (" and saves ", "text"),
                (f"{amount(saving.value, dollars=dollars)}{share}", "strong"),
            ),
            ((f"against {single} alone, on templates left out; 95 % {sure}", "muted"),),
        )

    def _show_detail(self) -> None:
        row, detail = self.table.cursor_row, self.query_one("#routing-detail", Detail)
        if row is None:
            detail.show()
            return
        dollars = self.view.saves == "cost"
        tag = "  simulated" if row.model in self.view.simulated else ""
        head = ((f"{BY_ID[row.action].number} {row.action}", "strong"), (f"  {one_line(row.model)}", "accent"), (tag, "faint"))
        words = f"{points(row.mean)} points at {amount(row.cost, dollars=dollars)} a step"
        short = short_names(self.view.models, self.view.simulated)
        if row.model != row.best:
            words += f"; {short[row.best]} {points(row.best_mean)} at {amount(row.best_cost, dollars=dollars)}"
        if row.folds:
            words += f"; {row.agreed} of {row.folds} agree"
        detail.show(head, ((words, "muted"),))


def points(value: float | None, digits: int = 2) -> str:
    """Points with a fixed number of decimals."""
    return figures.DASH if value is None else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", figures.MINUS)


def amount(value: float | None, *, dollars: bool) -> str:
    """What is saved or paid: dollars or seconds, with the same decimals in all rows."""
    if value is None:
        return figures.DASH
    text = points(abs(value), 4 if dollars else 2)
    sign = figures.MINUS if value < 0 and float(text) else ""
    return f"{sign}${text}" if dollars else f"{sign}{text} s"


def ends(estimate: Estimate, *, dollars: bool | None = None, digits: int = 2) -> str:
    """An interval, or why there is none; points where nothing is said of dollars."""
    if estimate.low is None or estimate.high is None:
        return estimate.reason or figures.DASH
    if dollars is None:
        return f"{points(estimate.low, digits)} – {points(estimate.high, digits)}"
    return f"{amount(estimate.low, dollars=dollars)} – {amount(estimate.high, dollars=dollars)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %".replace("-", figures.MINUS)
