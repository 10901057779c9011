"""The difficulty's pane: actions from the hardest on, the points lost drawn on one axis, and how far models differ."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.statistics import Weighting
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.difficulty import DifficultyView, HardAction
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane, empty_words, row_label, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn
from sitegen_tui.tui.widgets.forest_list import Axis, ForestList
from sitegen_tui.tui.widgets.line_list import LineList


class ActionTable(ForestList[HardAction]):
    """Actions, the hardest first; intervals are those of the points lost."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("action", "action", 24, 25),
        Column("mean", "mean", 5, 5, right=True),
        Column("of", "of", 4, 4, rank=5, right=True),
        Column("lost", "lost", 5, 5, right=True),
        Column("forest", "points lost", 14, 60, rank=1),
        Column("interval", "95 % lost", 13, 13, rank=3),
        Column("spread", "spread", 6, 6, right=True),
        Column("worst", "worst", 9, 18, rank=4),
        Column("best", "best", 9, 18, rank=6),
        Column("n", "n", 4, 5, rank=2, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._weighting: Weighting = "models"
        self._short: dict[str, str] = {}

    def set_actions(self, view: DifficultyView, weighting: Weighting) -> None:
        """Show these actions by that weighting."""
        short = short_names(view.models, view.simulated)
        if (weighting, short) != (self._weighting, self._short):
            self._weighting, self._short = weighting, short
            self.repaint_all()
        rows = view.ranked(weighting)
        self.set_ends([end for row in rows for end in _lost(row, weighting) if end is not None])
        self.set_rows(rows)

    def key_of(self, row: HardAction) -> str:
        """The action."""
        return row.action

    def paint_cell(self, row: HardAction, column: Column, width: int, line: Line) -> None:
        """One cell of an action."""
        palette, found = self.palette, row.mean(self._weighting)
        low, lost, high = _lost(row, self._weighting)
        match column.name:
            case "action":
                line.add(fit_middle(row_label(row.action), width), palette.text)
            case "mean":
                below = found.value is not None and found.value < 0
                line.column(figures.tenths(found.value), width, palette.bad if below else palette.text, right=True)
            case "of":
                line.column(figures.tenths(row.assessed), width, palette.faint, right=True)
            case "lost":
                line.column(figures.tenths(lost), width, palette.strong, right=True)
            case "forest":
                scale = self.scale(width)
                if scale is not None and lost is not None:
                    line.add(drawn(scale, width, lost, low, high), palette.accent)
            case "interval":
                known = low is not None
                text = figures.between(low, high, found.reason.partition(" (a ")[0] if not known else "")
                line.column(text, width, palette.muted if known else palette.faint)
            case "spread":
                line.column(figures.tenths(row.spread), width, palette.muted, right=True)
            case "n":
                line.column(str(found.n), width, palette.muted, right=True)
            case name:
                model = row.worst if name == "worst" else row.best
                line.add(fit_middle(self._short.get(model, model) if model else figures.DASH, width), palette.muted)


class Pane(InsightPane):
    """Enter opens an action's steps, of the models that are counted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "weight", "weight models or runs")]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = DifficultyView()
        self.weighting: Weighting = "models"

    def compose(self) -> ComposeResult:
        """Table, and what is under the cursor."""
        table = ActionTable(id="difficulty")
        yield Caption(id="difficulty-caption")
        yield Headings(table)
        yield Axis(table, id="difficulty-axis")
        yield table
        yield Detail(id="difficulty-detail")

    @property
    def table(self) -> ActionTable:
        """The actions."""
        return self.query_one(ActionTable)

    def show(self, view: View) -> None:
        """The newest means."""
        self.view = cast("DifficultyView", view)
        self.table.set_words(*empty_words(view))
        self._paint()

    def behind(self, key: str) -> StepsWanted | None:
        """An action's steps."""
        update = {"conditions": self.view.conditions, "models": self.view.models}
        return StepsWanted(title=f"{key}, all models", scope=self.view.scope.model_copy(update=update), actions=(key,))

    def action_weight(self) -> None:
        """Every model the same, or every run."""
        self.weighting = "runs" if self.weighting == "models" else "models"
        self._paint()

    @on(LineList.Moved, "#difficulty")
    def _moved(self) -> None:
        self._show_detail()

    def _paint(self) -> None:
        self.table.set_actions(self.view, self.weighting)
        self.query_one(Headings).refresh()
        self.query_one(Axis).refresh()
        how = {"models": "models count alike", "runs": "runs count alike"}[self.weighting]
        how = how if self.view.uneven else "models and runs count alike"
        said = f"Points lost on an action, mean of {figures.plural(len(self.view.models), 'model')}" if self.view.models else ""
        self.query_one("#difficulty-caption", Caption).show(said, how if said else "")
        self._show_detail()

    def _show_detail(self) -> None:
        row, view = self.table.cursor_row, self.view
        if row is None:
            self.query_one(Detail).show()
            return
        short = short_names(view.models, view.simulated)
        order = sorted(row.means, key=lambda model: row.means[model])
        each = "  ".join(f"{short[model]} {figures.tenths(row.means[model])} (n {row.n[model]})" for model in order)
        both = f"  models alike {figures.tenths(row.by_models.value)}, runs alike {figures.tenths(row.by_runs.value)}"
        why = row.mean(self.weighting).reason
        head = ((row_label(row.action), "strong"), (f"  {row.category}", "faint"), (both, "text"), (f"  {why}", "faint"))
        self.query_one(Detail).show(head, ((one_line(each), "muted"),))


def _lost(row: HardAction, weighting: Weighting) -> tuple[float | None, float | None, float | None]:
    """Lower end, value and upper end of the points lost."""
    found = row.mean(weighting)
    ends = (found.high, found.value, found.low)
    low, value, high = (None if one is None else row.assessed - one for one in ends)
    return low, value, high
