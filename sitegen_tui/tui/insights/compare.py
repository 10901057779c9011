"""The comparison's pane: two sides, the change of each action drawn on one axis, and findings of one side, the other or both."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.statistics import Change
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.compare import Choice, CompareView, FindingChange, StepChange
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.insights.base import InsightPane, empty_words
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn, scale
from sitegen_tui.tui.widgets.line_list import LineList

SIDES = {"first": "A", "second": "B"}
WHERE = {"first": "only A", "second": "only B", "both": "both"}


class ChangesTable(ColumnList[StepChange]):
    """Actions in order, each with its means and the interval of the change."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("action", "action", 24, 25),
        Column("first", "A", 6, 6, right=True),
        Column("second", "B", 6, 6, right=True),
        Column("change", "B − A", 7, 7, right=True),
        Column("forest", "change, interval", 18, 48, rank=2),
        Column("interval", "95 % interval", 16, 16, rank=1),
        Column("p", "p, Holm", 7, 7, rank=3, right=True),
        Column("n", "n", 7, 9, rank=4, right=True),
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ends: tuple[float, ...] = ()

    def set_changes(self, rows: tuple[StepChange, ...]) -> None:
        """Show these actions; the axis holds all of their intervals and 0."""
        known = [end for row in rows for end in (row.change.low, row.change.change, row.change.high) if end is not None]
        ends = (min(0.0, *known), max(0.0, *known)) if known else ()
        if ends != self.ends:
            self.ends = ends
            self.repaint_all()
        self.set_rows(rows)

    def key_of(self, row: StepChange) -> str:
        """The action."""
        return row.action

    def paint_cell(self, row: StepChange, column: Column, width: int, line: Line) -> None:
        """One cell of an action."""
        palette, change = self.palette, row.change
        match column.name:
            case "action":
                line.column(f"{BY_ID[row.action].number:>2} {row.action}", width, palette.text)
            case "first" | "second":
                value = change.first if column.name == "first" else change.second
                style = palette.bad if value is not None and value < 0 else palette.muted
                line.column(_hundredths(value), width, style, right=True)
            case "change":
                line.column(signed(change.change), width, getattr(palette, style_of(change)), right=True)
            case "forest":
                found = scale(self.ends, width)
                if found is not None and change.change is not None:
                    drawing = drawn(found, width, change.change, change.low, change.high)
                    zero = found.place(0.0, width)
                    if drawing[zero : zero + 1] in (" ", "─"):
                        drawing = f"{drawing[:zero]}┆{drawing[zero + 1 :]}"
                    line.add(drawing, palette.accent)
            case "interval":
                line.column(interval_words(change), width, palette.muted if change.low is not None else palette.faint)
            case "p":
                text = figures.DASH if change.adjusted_p is None else f"{change.adjusted_p:.3f}"
                line.column(text, width, palette.muted, right=True)
            case _:
                line.column(f"{change.n_first}, {change.n_second}", width, palette.faint, right=True)


class FindingsTable(ColumnList[FindingChange]):
    """Findings, those first that cost most more on one side."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("where", "where", 6, 6),
        Column("violation", "violation", 22, 60),
        Column("action", "action", 12, 24, rank=3),
        Column("first", "runs of A", 9, 10, rank=2, right=True),
        Column("second", "runs of B", 9, 10, rank=2, right=True),
        Column("points_first", "lost in A", 9, 9, rank=1, right=True),
        Column("points_second", "lost in B", 9, 9, rank=1, right=True),
    )

    def key_of(self, row: FindingChange) -> str:
        """Action, violation and subject."""
        return f"{row.action}/{row.violation}/{row.subject}"

    def paint_cell(self, row: FindingChange, column: Column, width: int, line: Line) -> None:
        """One cell of a finding."""
        palette = self.palette
        match column.name:
            case "where":
                style = {"first": palette.good, "second": palette.bad, "both": palette.faint}[row.where]
                line.column(WHERE[row.where], width, style)
            case "violation":
                line.add(fit_middle(one_line(f"{row.violation}  {row.subject}".rstrip()), width), palette.text)
            case "action":
                line.column(row.action, width, palette.muted)
            case "first":
                line.column(f"{row.first} of {row.of_first}", width, palette.muted, right=True)
            case "second":
                line.column(f"{row.second} of {row.of_second}", width, palette.muted, right=True)
            case "points_first":
                line.column(_hundredths(row.points_first), width, palette.muted, right=True)
            case _:
                line.column(_hundredths(row.points_second), width, palette.muted, right=True)


class Chooser(LineList[Choice]):
    """What can be a side."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "take this one")]

    def key_of(self, row: Choice) -> str:
        """Its name."""
        return row.name

    def paint_row(self, row: Choice, line: Line, part: int) -> None:
        """Name and what it is."""
        line.column(one_line(row.name), min(30, line.width // 2), self.palette.text)
        line.gap(2).add(one_line(row.words), self.palette.muted)


class Pane(InsightPane):
    """`a` and `b` choose the sides, `x` swaps them; Enter opens steps, `d` the diff of the two runs that are furthest apart."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose('first')", "choose A"),
        Binding("b", "choose('second')", "choose B"),
        Binding("x", "swap", "swap"),
        Binding("f", "findings", "steps or findings"),
        Binding("d", "diff", "diff of two runs"),
        Binding("escape", "close", "close"),
    ]

    DEFAULT_CSS = """
    #compare-sides { height: 2; padding: 0 1; }
    """

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = CompareView()
        self.by_finding = False
        self.choosing: str | None = None

    def compose(self) -> ComposeResult:
        """The sides, the changes, the findings, and a list to choose from; one of the three at a time."""
        changes, findings = ChangesTable(id="compare"), FindingsTable(id="compare-findings")
        yield Detail(id="compare-sides")
        yield Caption(id="compare-caption")
        yield Headings(changes, id="compare-headings")
        yield changes
        yield Headings(findings, id="findings-headings")
        yield findings
        yield Chooser(id="compare-choices")
        yield Detail(id="compare-detail")

    def on_mount(self) -> None:
        """Steps first."""
        self._arrange()

    def show(self, view: View) -> None:
        """The newest numbers."""
        self.view = found = cast("CompareView", view)
        words = empty_words(view) if view.conditions is None else ("There is nothing to compare.", *view.notes)
        for table in (self.query_one(ChangesTable), self.query_one(FindingsTable)):
            table.set_words(*(found.refused or words))
        self.query_one(ChangesTable).set_changes(found.actions)
        self.query_one(FindingsTable).set_rows(found.findings)
        self.query_one(Chooser).set_rows(found.choices)
        lines: list[tuple[tuple[str, str], ...]] = []
        for letter, side in (("A", found.first), ("B", found.second)):
            tag = "  simulated" if side is not None and side.simulated else ""
            lines.append(((f"{letter} ", "accent_strong"), (side.words if side else "nothing chosen", "strong"), (tag, "warn")))
        self.query_one("#compare-sides", Detail).show(*lines)
        self._arrange()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of both sides behind an action or a finding; two single runs are opened as a diff."""
        action = key.partition("/")[0]
        view = self.view
        single = len(view.runs_first) == len(view.runs_second) == 1
        row = self.query_one(FindingsTable).cursor_row if self.by_finding else None
        if single and not self.by_finding:
            self.action_diff()
            return None
        alike = not view.differing
        runs = (*view.runs_first, *view.runs_second) if alike or row is None else view.runs_second
        runs = view.runs_first if row is not None and row.where == "first" else runs
        return StepsWanted(
            title=f"{action}, {'A and B' if alike else 'A' if runs == view.runs_first else 'B'}"
            + (f", {row.violation}" if row else ""),
            scope=view.scope.model_copy(update={"conditions": view.conditions, "experiments": ()}),
            runs=runs,
            actions=(action,),
            violation=row.violation if row else None,
        )

    def take_focus(self) -> None:
        """Keys go to the list in sight."""
        self._list.focus()

    @property
    def _list(self) -> ChangesTable | FindingsTable | Chooser:
        if self.choosing is not None:
            return self.query_one(Chooser)
        return self.query_one(FindingsTable) if self.by_finding else self.query_one(ChangesTable)

    @on(LineList.Chosen, "#compare-choices")
    def _side_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        event.prevent_default()
        side, view = self.choosing, self.view
        sides = {"first": view.first.name if view.first else "", "second": view.second.name if view.second else ""}
        if side is not None and event.key not in sides.values():
            self.options = {**sides, side: event.key}
            self.post_message(self.Stale())
        self._choose(None)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._show_detail()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "choose":
                return bool(self.view.choices) and self.choosing is None
            case "swap" | "findings":
                return self.view.second is not None and self.choosing is None
            case "diff":
                return self.choosing is None and self._pair() is not None
            case "close":
                return self.choosing is not None
            case _:
                return super().check_action(action, parameters)

    def action_choose(self, side: str) -> None:
        """Choose a side from all that can be one."""
        self._choose(side)

    def action_close(self) -> None:
        """Leave the side as it is."""
        self._choose(None)

    def action_swap(self) -> None:
        """The other way round."""
        view = self.view
        if view.first is not None and view.second is not None:
            self.options = {"first": view.second.name, "second": view.first.name}
            self.post_message(self.Stale())

    def action_findings(self) -> None:
        """By step or by finding."""
        self.by_finding = not self.by_finding
        self._arrange()
        self.take_focus()

    def action_diff(self) -> None:
        """The two runs of one site that are furthest apart in the action, as a diff of what they wrote."""
        found = self._pair()
        if found is not None:
            action, (first, second) = found
            sitegen_of(self).open_step(second, BY_ID[action].number, other=first)

    def _pair(self) -> tuple[str, tuple[str, str]] | None:
        rows = {row.action: row.pair for row in self.view.actions}
        key = (self.query_one(FindingsTable) if self.by_finding else self.query_one(ChangesTable)).cursor_key
        action = key.partition("/")[0] if key else ""
        pair = rows.get(action)
        return (action, pair) if pair is not None else None

    def _choose(self, side: str | None) -> None:
        self.choosing = side
        self._arrange()
        if side is not None:
            now = self.view.first if side == "first" else self.view.second
            if now is not None:
                self.query_one(Chooser).move_to(now.name)
        self.take_focus()

    def _arrange(self) -> None:
        choosing, by_finding = self.choosing is not None, self.by_finding
        self.query_one(Chooser).display = choosing
        for name, shown in (
            ("#compare", not choosing and not by_finding),
            ("#compare-headings", not choosing and not by_finding),
            ("#compare-findings", not choosing and by_finding),
            ("#findings-headings", not choosing and by_finding),
        ):
            self.query_one(name).display = shown
        view = self.view
        if choosing:
            title, note = f"Choose side {SIDES[self.choosing or 'first']}", figures.plural(len(view.choices), "choice")
        elif by_finding:
            counts = [sum(row.where == where for row in view.findings) for where in ("first", "second", "both")]
            title, note = "Findings that a step caused", f"{counts[0]} only A, {counts[1]} only B, {counts[2]} both"
        else:
            title, note = "Points of an action", _total(view.total)
        self.query_one("#compare-caption", Caption).show(title, note)
        self._show_detail()
        self.refresh_bindings()

    def refresh_bindings(self) -> None:
        """Keys may have come or gone."""
        if self.is_mounted:
            self.screen.refresh_bindings()

    def _show_detail(self) -> None:
        detail, view = self.query_one("#compare-detail", Detail), self.view
        lines: list[tuple[tuple[str, str], ...]] = []
        differs = "; ".join((*(f"differs: {one}" for one in view.differing), *view.refused))
        row = self.query_one(ChangesTable).cursor_row if not self.by_finding and self.choosing is None else None
        found = self.query_one(FindingsTable).cursor_row if self.by_finding and self.choosing is None else None
        if row is not None:
            delta = f"  {row.change.method}" if row.change.p is not None else f"  {row.change.reason}"
            pair = f"  furthest apart {row.pair[0]} and {row.pair[1]}" if row.pair else ""
            lines.append(((row.action, "strong"), (f"  {change_words(row.change)}{delta}", "muted"), (pair, "text")))
        elif found is not None:
            runs = f"{found.first} of {figures.plural(found.of_first, 'run')} of A, {found.second} of {found.of_second} of B"
            lost = f"{_hundredths(found.points_first)} and {_hundredths(found.points_second)} points lost a run"
            lines.append(
                ((found.action, "strong"), (f"  {found.violation}  {found.subject}", "text"), (f"  {runs}  {lost}", "muted"))
            )
        else:
            lines.append(())
        lines.append(((differs, "warn"),) if differs else ())
        detail.show(*lines)


def change_words(change: Change) -> str:
    """A change in words: `7.40 and 6.10, −1.30 (95 %: −2.20 to −0.40)`."""
    if change.change is None:
        return "not on both sides"
    return f"{_hundredths(change.first)} and {_hundredths(change.second)}, {signed(change.change)} (95 %: {interval_words(change)})"


def interval_words(change: Change) -> str:
    """The ends of the interval with their signs, or why there is none."""
    if change.low is None or change.high is None:
        return change.reason or figures.DASH
    return f"{signed(change.low)} to {signed(change.high)}"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    return figures.DASH if value is None else f"{round(value, 2) + 0.0:+.2f}".replace("-", figures.MINUS)


def style_of(change: Change) -> str:
    """Only a change that is told from none is called good or bad."""
    if change.change is None or change.adjusted_p is None or change.adjusted_p > 0.05:
        return "strong"
    return "good" if change.change > 0 else "bad"


def _total(change: Change | None) -> str:
    if change is None:
        return ""
    return f"total {change_words(change)}"


def _hundredths(value: float | None) -> str:
    return figures.DASH if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", figures.MINUS)
