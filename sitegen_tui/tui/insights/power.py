"""Power's pane: what a difference takes, what each pair of models can show now, and the runs to make next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.next_runs import NextBlock
from sitegen_tui.services.insights.power import PairPower, Plans, PowerView
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.painted import PaintedLine

DIFFERENCES = (5.0, 10.0, 15.0, 20.0, 30.0, 40.0)
POWERS = (0.8, 0.9, 0.95)
ALPHAS = (0.05, 0.01, 0.1)
BARS = "▁▂▃▄▅▆▇█"


class PairsTable(ColumnList[PairPower]):
    """What each pair of models can show."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("first", "model", 11, 20),
        Column("second", "and", 11, 20),
        Column("n", "n", 3, 5, right=True),
        Column("difference", "seen", 6, 6, right=True),
        Column("sd", "sd", 5, 5, rank=4, right=True),
        Column("detectable", "shows", 6, 6, right=True),
        Column("paired", "paired", 6, 6, rank=2, right=True),
        Column("correlation", "corr.", 5, 5, rank=3, right=True),
        Column("needed", "needs n", 9, 9, rank=1, right=True),
        Column("stopped", "stop at", 9, 9, rank=2, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.short: dict[str, str] = {}

    def key_of(self, row: PairPower) -> str:
        """Both models."""
        return f"{row.first}\n{row.second}"

    def paint_cell(self, row: PairPower, column: Column, width: int, line: Line) -> None:
        """One cell of a pair."""
        palette = self.palette
        match column.name:
            case "first" | "second":
                name = row.first if column.name == "first" else row.second
                line.add(fit_middle(self.short.get(name, name), width), palette.text)
            case "n":
                line.column(str(row.n), width, palette.muted, right=True)
            case "difference":
                line.column(_number(row.difference), width, palette.strong, right=True)
            case "sd":
                line.column(_number(row.sd), width, palette.muted, right=True)
            case "detectable":
                shown = row.detectable is not None and row.difference is not None and abs(row.difference) >= row.detectable
                line.column(_number(row.detectable), width, palette.accent if shown else palette.text, right=True)
            case "paired":
                line.column(_number(row.detectable_paired), width, palette.text, right=True)
            case "correlation":
                line.column(_number(row.correlation, 2), width, palette.muted, right=True)
            case "stopped":
                stop = row.stopping
                text = figures.DASH if stop is None else str(stop.stopped) if stop.stopped else stop.reason
                line.column(text, width, palette.accent if stop and stop.stopped else palette.faint, right=True)
            case _:
                text = f"{row.needed:,}" if row.needed is not None else row.reason or figures.DASH
                line.column(text, width, palette.text if row.needed is not None else palette.faint, right=True)


class NextTable(ColumnList[NextBlock]):
    """Experiments to make next, a line each."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("runs", "runs", 5, 5, right=True),
        Column("why", "for", 7, 7),
        Column("models", "models", 16, 60),
        Column("sites", "sites", 12, 40),
        Column("repeat", "each", 4, 4, right=True),
        Column("usd", "cost", 8, 9, rank=1, right=True),
        Column("time", "time", 7, 8, rank=2, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.short: dict[str, str] = {}

    def key_of(self, row: NextBlock) -> str:
        """Its seed, which no other has."""
        return str(row.seed)

    def paint_cell(self, row: NextBlock, column: Column, width: int, line: Line) -> None:
        """One cell of an experiment."""
        palette = self.palette
        match column.name:
            case "runs":
                line.column(str(row.runs), width, palette.strong, right=True)
            case "why":
                line.column(row.why, width, palette.accent if row.why == "balance" else palette.muted)
            case "models":
                line.add(named([self.short.get(model, model) for model in row.models], "model", width), palette.text)
            case "sites":
                line.add(named(row.templates, "site", width), palette.muted)
            case "repeat":
                line.column(f"×{row.repeat}", width, palette.muted, right=True)
            case "usd":
                line.column(figures.money(row.usd, row.unpriced), width, palette.muted, right=True)
            case _:
                line.column(figures.milliseconds(row.seconds * 1000), width, palette.muted, right=True)


def named(names: Sequence[str], noun: str, width: int) -> str:
    """All names, or how many there are where they do not fit: half a list would look like a shorter one."""
    text = ", ".join(names)
    if len(names) > 1 and cell_len(text) > width:
        text = figures.plural(len(names), noun)
    return fit_middle(text, width)


class Curve(PaintedLine):
    """Power against numbers of runs: a line of bars, and the numbers below them."""

    DEFAULT_CSS = """
    Curve { height: 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view = PowerView()

    def show(self, view: PowerView) -> None:
        """The newest curve."""
        self.view = view
        self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """Bars above, marks below; bars that reach the power wanted stand out."""
        palette, view = self.palette, self.view
        line = Line(width).gap()
        if not view.curve:
            return line.strip()
        line.add("power " if y == 0 else "n     ", palette.faint)
        each = 3 if width >= 7 + 3 * len(view.curve) else 2
        step = 2 if each == 3 else 3
        for place, point in enumerate(view.curve):
            if line.room < each:
                break
            value = point.paired if view.paired and point.paired is not None else point.unpaired
            if y == 0:
                bar = BARS[min(7, int(value * 8))] * (each - 1) + " "
                line.add(bar, palette.accent if value >= view.power else palette.muted)
            elif place % step == 0:
                line.add(f"{point.n:<{each * step}}"[: line.room], palette.faint)
        return line.strip()


class Pane(InsightPane):
    """Enter on a pair opens the steps of both its models; on runs to make next, the form that makes them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "difference", "difference"),
        Binding("w", "power", "power"),
        Binding("a", "alpha", "alpha"),
        Binding("p", "paired", "paired"),
        Binding("n", "fill", "run these next"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = PowerView()

    def compose(self) -> ComposeResult:
        """What is wanted, the curve, pairs, and runs to make next."""
        pairs, following = PairsTable(id="pairs"), NextTable(id="next")
        yield Caption(id="power-caption")
        yield Detail(id="power-plans")
        yield Curve(id="power-curve")
        yield Headings(pairs)
        yield pairs
        yield Caption(id="next-caption")
        yield Headings(following)
        yield following

    @property
    def pairs(self) -> PairsTable:
        """Pairs of models."""
        return self.query_one(PairsTable)

    @property
    def following(self) -> NextTable:
        """Runs to make next."""
        return self.query_one(NextTable)

    def on_mount(self) -> None:
        """The list of what comes next is short."""
        self.following.styles.height = "auto"
        self.following.styles.max_height = "30%"
        self.following.styles.min_height = 1

    def show(self, view: View) -> None:
        """The newest numbers."""
        self.view = found = cast("PowerView", view)
        short = short_names(list(found.models), found.simulated)
        self.pairs.short = self.following.short = short
        words = empty_words(view) if not found.models else ("One model alone has no pair.", "Run another one on the same sites.")
        self.pairs.set_words(*words)
        self.pairs.set_rows(found.pairs)
        self.following.set_words("Nothing is lacking: the design is balanced, and there are runs enough." if found.models else "")
        self.following.set_rows(found.blocks)
        self.query_one(Curve).show(found)
        design = "paired" if found.paired and found.paired_plans else "unpaired"
        tests = f"Holm over {figures.plural(found.tests, 'pair')}" if found.tests > 1 else "one test"
        wanted = f"Runs for {found.difference:g} points, power {found.power:g}, alpha {found.alpha:g}"
        self.query_one("#power-caption", Caption).show(wanted, f"{design}, {tests}")
        self._show_plans()
        runs = sum(block.runs for block in found.blocks)
        takes = (
            f"{figures.money(found.next_usd, found.next_unpriced)}, {figures.milliseconds(found.next_seconds * 1000)} one by one"
        )
        self.query_one("#next-caption", Caption).show(
            "Run these next", f"{figures.plural(runs, 'run')}, about {takes}" if runs else ""
        )
        self.refresh_bindings()

    def behind(self, key: str) -> StepsWanted | None:
        """All steps of a pair of models."""
        first, _, second = key.partition("\n")
        models = (first, second)
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions, "models": models})
        return StepsWanted(title=f"{first} and {second}, all steps", scope=scope)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "paired":
                return self.view.paired_plans is not None
            case "fill":
                return bool(self.view.blocks)
            case "difference" | "power" | "alpha":
                return self.view.sd is not None
            case _:
                return super().check_action(action, parameters)

    def action_difference(self) -> None:
        """The next difference to be found."""
        self._option("difference", _after(DIFFERENCES, self.view.difference))

    def action_power(self) -> None:
        """The next power."""
        self._option("power", _after(POWERS, self.view.power))

    def action_alpha(self) -> None:
        """The next alpha."""
        self._option("alpha", _after(ALPHAS, self.view.alpha))

    def action_paired(self) -> None:
        """Pairs of runs on one site, or runs of their own."""
        self._option("paired", not self.view.paired)

    def action_fill(self) -> None:
        """The form of a new experiment, filled with the runs under the cursor, else with the first ones."""
        block = self.following.cursor_row or next(iter(self.view.blocks), None)
        if block is not None:
            self._open(block)

    @on(LineList.Chosen, "#next")
    def _next_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        event.prevent_default()
        self.action_fill()

    def _open(self, block: NextBlock) -> None:
        from sitegen_tui.services.plans import Wanted

        wanted = Wanted(
            models=block.models,
            templates=block.templates,
            requirements=block.requirements,
            repeat=block.repeat,
            mode=block.mode,
            actions=block.actions,
            judges=block.judges,
            seed=block.seed,
        )
        sitegen_of(self).new_experiment(wanted)

    def _option(self, name: str, value: object) -> None:
        self.options[name] = value
        self.post_message(self.Stale())

    def _show_plans(self) -> None:
        view = self.view
        if view.sd is None:
            self.query_one("#power-plans", Detail).show(
                (("No spread is known yet: a model needs two complete runs that differ.", "warn"),)
            )
            return
        like = "" if view.correlation is None else f", runs on one site correlate by {_number(view.correlation, 2)}"
        head = ((f"sd {_number(view.sd)}{like}", "muted"),)
        parts = [
            f"{name} {_n(plans)}"
            for name, plans in (("unpaired", view.unpaired_plans), ("paired", view.paired_plans))
            if plans is not None
        ]
        looks = ", ".join(f"{look.n} (|z| > {look.z:.1f})" for look in view.looks[:-1])
        early = ((f"  may stop after {looks}", "muted"),) if len(view.looks) > 1 else ()
        self.query_one("#power-plans", Detail).show(
            (("runs of each model: ", "text"), ("   ".join(parts), "strong")), (*head, *early)
        )


def _n(plans: Plans) -> str:
    def said(n: int | None) -> str:
        return "too many" if n is None else f"{n:,}"

    return f"{said(plans.first_step.n)} ({said(plans.single.n)} for one test)"


def _after(values: tuple[float, ...], now: float) -> float:
    return next((value for value in sorted(values) if value > now), min(values))


def _number(value: float | None, digits: int = 1) -> str:
    return figures.DASH if value is None else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", figures.MINUS)
