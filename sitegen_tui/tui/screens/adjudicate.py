"""Adjudicate: steps on which raters differ, what each saw side by side, and keys that settle one with author and reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sitegen_tui.domain.insights import Scope
from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.screens.asking import Ask
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.screens.label import wrong_name
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.sides import Sides

if TYPE_CHECKING:
    from sitegen_tui.services.adjudication import Case

MOST_SIDES = 9
SIDES = Binding.Group("side", compact=True)


class CaseTable(ColumnList["Case"]):
    """Steps, those that nobody has decided first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("apart", "apart", 6, 6, right=True),
        Column("step", "step", 20, 26),
        Column("run", "run", 6, 8, rank=2),
        Column("scores", "points by rater", 18, 44),
        Column("ids", "ids", 3, 4, rank=1, right=True),
        Column("decided", "decided", 8, 34, rank=3),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def key_of(self, row: Case) -> str:
        """Run and step."""
        return row.key

    def paint_cell(self, row: Case, column: Column, width: int, line: Line) -> None:
        """One cell of a step."""
        palette, open_ = self.palette, row.decision is None
        match column.name:
            case "apart":
                line.column(figures.tenths(row.apart), width, palette.strong if open_ else palette.faint, right=True)
            case "step":
                line.column(f"{row.step:>2} {row.action}", width, palette.text if open_ else palette.muted)
            case "run":
                line.add(fit_middle(row.run_id, width), palette.muted)
            case "scores":
                told = "  ".join(f"{one_line(one.rater)} {figures.points(one.score)}" for one in row.positions)
                line.add(fit_middle(told, width), palette.text if open_ else palette.muted)
            case "ids":
                line.column(str(len(row.differing)), width, palette.muted, right=True)
            case _:
                line.add(fit_middle(decided_words(row), width), palette.faint if open_ else palette.accent)


class AdjudicateScreen(LiveScreen):
    """A digit takes a side: findings and score become what that rater saw. `d` decides otherwise, enter opens the step."""

    CSS_PATH = "adjudicate.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"take({number})", f"side {number}", group=SIDES) for number in range(1, MOST_SIDES + 1)),
        Binding("d", "decide", "decide otherwise"),
        Binding("R", "author", "who decides"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope or Scope()
        self.author = ""
        self.busy = False
        self._revision = -1

    def compose_body(self) -> ComposeResult:
        """Steps above, the one under the cursor below."""
        table = CaseTable(id="cases")
        with Vertical(id="body"):
            yield Caption(id="cases-caption")
            yield Headings(table)
            yield table
            yield Caption(id="sides-caption")
            yield Sides(id="sides")

    def on_mount(self) -> None:
        """Read who decides here, and what there is."""
        super().on_mount()
        self.table.focus()
        self._show_top()
        self.sitegen.work(self._open, "adjudication")

    @property
    def table(self) -> CaseTable:
        """The steps."""
        return self.query_one(CaseTable)

    @property
    def case(self) -> Case | None:
        """The step under the cursor."""
        return self.table.cursor_row

    def tick(self) -> None:
        """Read again what somebody else, or another screen, has decided."""
        board = self.sitegen.board
        if board is not None and self._revision not in (-1, board.revision) and not self.busy:
            self._revision = board.revision
            self.sitegen.work(self._load, "adjudication", exclusive=True)

    async def _open(self) -> None:
        services = self.sitegen.services
        if services is not None:
            self.author = next(iter(await services.labelling.raters()), "")
            await self._load()

    async def _load(self) -> None:
        services, board = self.sitegen.services, self.sitegen.board
        if services is None or board is None:
            return
        self._revision = board.revision
        cases = await services.adjudication.cases(self.scope)
        if self.alive:
            self._show(cases)

    def _show(self, cases: tuple[Case, ...]) -> None:
        self.table.set_words(
            "Nobody differs about any step.",
            "What two people label, or a person and the judges see differently, comes here.",
        )
        self.table.set_rows(cases)
        left = sum(case.decision is None for case in cases)
        said = f"{left} of {figures.plural(len(cases), 'step')} open" if cases else ""
        self.query_one("#cases-caption", Caption).show("Steps on which raters differ", said)
        self._show_case()
        self._show_top()

    def _show_top(self) -> None:
        self.top.show(("sitegen", "adjudicate"), ((one_line(self.author) or "nobody yet", "accent"),))

    def _show_case(self) -> None:
        case = self.case
        title = f"{case.step} {case.action}: ≠ what only some saw" if case else ""
        value = f"counts {figures.points(case.value)}, {decided_words(case)}" if case else ""
        self.query_one("#sides-caption", Caption).show(title, value)
        self.query_one(Sides).show(case)
        self.refresh_bindings()

    @on(LineList.Moved, "#cases")
    def _moved(self) -> None:
        self._show_case()

    @on(LineList.Chosen, "#cases")
    def _chosen(self) -> None:
        if self.case is not None:
            self.sitegen.open_step(self.case.run_id, self.case.step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        match action:
            case "take":
                case = self.case
                return case is not None and not self.busy and int(str(parameters[0])) <= len(case.positions)
            case "decide":
                return self.case is not None
            case _:
                return super().check_action(action, parameters)

    def action_take(self, number: int) -> None:
        """Decide for one rater's side."""
        case = self.case
        if case is None or number > len(case.positions):
            return
        if self.author:
            self._take(case, case.positions[number - 1].rater)
        else:
            self._ask(partial(self._take, case, case.positions[number - 1].rater))

    def _take(self, case: Case, rater: str) -> None:
        self.busy = True
        self.refresh_bindings()
        self.sitegen.work(partial(self._settle, case, rater), "adjudication take")

    async def _settle(self, case: Case, rater: str) -> None:
        services = self.sitegen.services
        try:
            if services is not None:
                made = await services.adjudication.take(case, rater, self.author)
                words = f"{case.key}: {figures.points(made.before)} → {figures.points(made.after)}, {made.effect.why}"
                self.notify(one_line(words), markup=False)
                await self._load()
        finally:
            self.busy = False
            if self.alive:
                self.refresh_bindings()

    def action_decide(self) -> None:
        """The form, for what no side says."""
        if self.case is not None:
            self.sitegen.decide(self.case.run_id, self.case.step)

    def action_author(self) -> None:
        """Somebody else decides."""
        self._ask(None)

    def _ask(self, then: partial[None] | None) -> None:
        def named(name: str | None) -> None:
            if name is not None and self.sitegen.services is not None:
                self.author = name
                self._show_top()
                self.sitegen.work(partial(self.sitegen.services.labelling.use, name), "adjudicator")
                if then is not None:
                    then()

        words = "Your name, under which decisions are kept."
        self.sitegen.push_screen(Ask("Who decides?", words, self.author, wrong_name), named)

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()


def decided_words(case: Case) -> str:
    """Who decided, and why."""
    decision = case.decision
    return "open" if decision is None else f"{one_line(decision.author)}: {one_line(decision.reason)}"
