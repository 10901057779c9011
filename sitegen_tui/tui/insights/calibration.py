"""The calibration's pane: raw and calibrated means on one axis; below, ids behind their flags, or scores against people's."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.calibration import CalibrationView, ModelCalibration, Prevalence
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.curve_plot import CurvePlot
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.forest import drawn
from sitegen_tui.tui.widgets.forest_list import Axis, ForestList
from sitegen_tui.tui.widgets.line_list import LineList

RAW = "○"
MOST_MODELS = 8
TOO_FEW = "too few"
"""Stands for a reason that is longer than its column; the line below has it in full."""
NOBODY = (
    "Nobody has labelled a step of a complete run yet.",
    "Press l: thirty steps are drawn, and what people say of them corrects every mean.",
)


class ModelTable(ForestList[ModelCalibration]):
    """Models; `○` is the raw mean, the interval is of the calibrated one."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model", 12, 20),
        Column("raw", "raw", 6, 6, right=True),
        Column("calibrated", "calibrated", 10, 10, right=True),
        Column("forest", "", 18, 60, rank=2),
        Column("interval", "95 %", 14, 15, rank=1),
        Column("labels", "labels", 6, 6, right=True),
        Column("trust", "trust", 5, 5, rank=5, right=True),
        Column("next", "± now → +30", 12, 12, rank=3, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._short: dict[str, str] = {}

    def set_models(self, rows: tuple[ModelCalibration, ...]) -> None:
        """Show these models; the axis holds raw means and intervals."""
        ends = [
            end
            for row in rows
            for end in (row.raw.mean, row.calibrated.estimate.value, row.calibrated.estimate.low, row.calibrated.estimate.high)
            if end is not None
        ]
        self.set_ends(ends)
        short = short_names([row.model for row in rows], [row.model for row in rows if row.simulated])
        if short != self._short:
            self._short = short
            self.repaint_all()
        self.set_rows(rows)

    def key_of(self, row: ModelCalibration) -> str:
        """The model."""
        return row.model

    def paint_cell(self, row: ModelCalibration, column: Column, width: int, line: Line) -> None:
        """One cell of a model."""
        palette, estimate = self.palette, row.calibrated.estimate
        match column.name:
            case "model":
                line.add(fit_middle(self._short[row.model], width), palette.text)
            case "raw":
                line.column(figures.tenths(row.raw.mean), width, palette.muted, right=True)
            case "calibrated":
                below = estimate.value is not None and estimate.value < 0
                line.column(figures.tenths(estimate.value), width, palette.bad if below else palette.strong, right=True)
            case "forest":
                self._paint_forest(row, width, line)
            case "interval":
                text = figures.between(estimate.low, estimate.high, estimate.reason)
                line.column(text, width, palette.muted if estimate.low is not None else palette.faint)
            case "labels":
                borrowed = bool(row.calibrated.warning)
                text = f"{row.calibrated.labels}{'*' if borrowed else ''}"
                line.column(text, width, palette.warn if borrowed else palette.muted, right=True)
            case "trust":
                weight = row.calibrated.weight
                line.column(figures.DASH if weight is None else f"{weight:.2f}", width, palette.muted, right=True)
            case _:
                line.column(next_words(row), width, palette.muted if row.next else palette.faint, right=True)

    def _paint_forest(self, row: ModelCalibration, width: int, line: Line) -> None:
        found, estimate, raw = self.scale(width), row.calibrated.estimate, row.raw.mean
        if found is None or raw is None:
            return
        if estimate.value is None:
            cells = " " * width
        else:
            cells = drawn(found, width, estimate.value, estimate.low, estimate.high)
        at = found.place(raw, width)
        style = self.palette.accent
        line.add(cells[:at], style).add(RAW if cells[at] != "●" else "◉", self.palette.strong).add(cells[at + 1 :], style)


class PrevalenceTable(ColumnList[Prevalence]):
    """Ids by how often they are flagged."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("id", "id", 22, 30),
        Column("flagged", "flagged %", 9, 9, right=True),
        Column("true", "true %", 6, 6, right=True),
        Column("interval", "95 %", 13, 14),
        Column("sensitivity", "sensitivity", 12, 14, rank=1, right=True),
        Column("specificity", "specificity", 12, 14, rank=2, right=True),
        Column("n", "steps", 6, 6, rank=3, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("",)

    def key_of(self, row: Prevalence) -> str:
        """The id."""
        return row.violation

    def paint_cell(self, row: Prevalence, column: Column, width: int, line: Line) -> None:
        """One cell of an id."""
        palette, one = self.palette, row.estimate
        match column.name:
            case "id":
                line.add(fit_middle(row.violation, width), palette.text)
            case "flagged":
                line.column(figures.tenths(100 * row.flagged / row.n if row.n else None), width, palette.muted, right=True)
            case "true":
                sure = one.value is not None and one.low is not None
                line.column(figures.tenths(100 * (one.value or 0.0) if sure else None), width, palette.strong, right=True)
            case "interval":
                text = share_between(one) if one.low is not None or len(one.reason) <= width else TOO_FEW
                line.column(text, width, palette.muted if one.low is not None else palette.faint)
            case "sensitivity":
                line.column(skill(row.sensitivity, row.found, row.present), width, palette.text, right=True)
            case "specificity":
                line.column(skill(row.specificity, row.cleared, row.absent), width, palette.text, right=True)
            case _:
                line.column(str(row.n), width, palette.muted, right=True)


class Pane(InsightPane):
    """Enter on a model or an id opens its labelled steps, those on which people and judges differ most first."""

    DEFAULT_CSS = """
    ModelTable { height: auto; max-height: 8; }
    CurvePlot { height: 1fr; }
    #calibration-detail { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "curve", "ids, curve"),
        Binding("l", "label", "label these next"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = CalibrationView()
        self.curved = False

    def compose(self) -> ComposeResult:
        """Models, and what judged figures stand for."""
        models, ids = ModelTable(id="calibrated"), PrevalenceTable(id="prevalences")
        yield Caption(id="calibration-caption")
        yield Headings(models)
        yield Axis(models, id="calibration-axis")
        yield models
        yield Caption(id="below-caption")
        yield Headings(ids, id="prevalence-headings")
        yield ids
        yield CurvePlot(id="curve")
        yield Detail(id="calibration-detail")

    def on_mount(self) -> None:
        """The ids come first."""
        self._switch()

    @property
    def models(self) -> ModelTable:
        """The models."""
        return self.query_one(ModelTable)

    @property
    def ids(self) -> PrevalenceTable:
        """The ids."""
        return self.query_one(PrevalenceTable)

    def show(self, view: View) -> None:
        """The newest labels."""
        self.view = found = cast("CalibrationView", view)
        self.models.set_words(*empty_words(view))
        self.models.set_models(found.models)
        self.models.styles.height = min(MOST_MODELS, max(3, len(found.models)))
        self.ids.set_words(*(NOBODY if found.models and not found.labels else ("Nobody saw anything wrong in a labelled step.",)))
        self.ids.set_rows(found.prevalences)
        self.query_one(CurvePlot).show([(one.judged, one.human) for one in found.points], found.curve)
        how = "weighted by their chances" if found.weighted else "as if drawn evenly"
        labels = f"{figures.plural(found.labels, 'step')} labelled, {how}" if found.labels else "no labels"
        self.query_one("#calibration-caption", Caption).show(f"Points a run, {RAW} raw ● calibrated", labels)
        for one in self.query(Headings):
            one.refresh()
        self.query_one("#calibration-axis").refresh()
        self._below()
        self._show_detail()
        self.refresh_bindings()

    def behind(self, key: str) -> StepsWanted | None:
        """The labelled steps of a model, or those in which an id was charged."""
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        steps = tuple(one.key for one in sorted(self.view.points, key=lambda one: -abs(one.judged - one.human)))
        if not steps:
            return StepsWanted(title=f"{key}, all steps", scope=scope, model=key) if self.models.has_focus else None
        if self.models.has_focus:
            return StepsWanted(title=f"{key}, labelled steps", scope=scope, model=key, steps=steps)
        return StepsWanted(title=f"{key}, in labelled steps", scope=scope, violation=key, steps=steps)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "curve":
                return bool(self.view.points)
            case "label":
                return bool(self.view.models)
            case _:
                return super().check_action(action, parameters)

    def action_curve(self) -> None:
        """Ids, or judged scores against people's."""
        had = self.ids.has_focus
        self.curved = not self.curved
        self._switch()
        if had:
            self.take_focus()
        self._below()

    def action_label(self) -> None:
        """The steps that are drawn next are those that tell most."""
        sitegen_of(self).open_label()

    @on(LineList.Moved, "#calibrated, #prevalences")
    def _moved(self) -> None:
        self._show_detail()

    def on_descendant_focus(self) -> None:
        """The line below speaks of the list that has the keys."""
        self._show_detail()

    def _switch(self) -> None:
        for one in (self.ids, self.query_one("#prevalence-headings")):
            one.display = not self.curved
        self.query_one(CurvePlot).display = self.curved

    def _below(self) -> None:
        curve = self.view.curve
        if not self.curved or curve is None:
            said = "Share of steps with an id: as flagged, and the true one" if self.view.prevalences else ""
            self.query_one("#below-caption", Caption).show(said, "Rogan and Gladen" if said else "")
            return
        line = figures.DASH
        if curve.slope is not None and curve.intercept is not None:
            line = f"people = {figures.points(round(curve.intercept, 2))} + {curve.slope:.2f} × judged"
        rest = "" if curve.residual_sd is None else f", sd about it {curve.residual_sd:.2f}"
        self.query_one("#below-caption", Caption).show("People's over judged scores", f"{line}{rest}")

    def _show_detail(self) -> None:
        if self.ids.has_focus and (row := self.ids.cursor_row) is not None:
            self.query_one(Detail).show(*prevalence_words(row))
            return
        model = self.models.cursor_row
        self.query_one(Detail).show(*(model_words(model) if model is not None else ()))


def model_words(row: ModelCalibration) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Everything about a model in three lines."""
    made = row.calibrated
    tag = "  simulated" if row.simulated else ""
    runs = f"  {figures.plural(row.runs, 'complete run')}, {made.judged} judged steps, {made.labels} of them labelled"
    head = ((one_line(row.model), "strong"), (tag, "faint"), (runs, "muted"))
    raw = f"raw {figures.tenths(row.raw.mean)} ({figures.between(row.raw.low, row.raw.high, row.raw.reason)})"
    value = f"calibrated {figures.tenths(made.estimate.value)} ({share_of(made.estimate)})"
    if row.corrected is not None:
        value += f", corrected by {_signed(row.corrected)}"
    gain = "" if made.gain is None or made.gain < 1.05 else f"; as sure as {made.gain:.1f} times as many labels alone"
    last = made.warning or made.estimate.method
    if row.next is not None:
        now, later = row.next.half_width, row.next.expected
        last = f"± {figures.tenths(now)} now, ± {figures.tenths(later)} with {row.next.more} more labels{gain}"
    return head, ((f"{raw}  {value}", "text"),), ((last, "warn" if made.warning else "muted"),)


def prevalence_words(row: Prevalence) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Everything about an id in three lines."""
    head = ((row.violation, "strong"), (f"  {one_line(row.title)}", "accent"))
    share = 100 * row.flagged / row.n if row.n else None
    flagged = f"flagged in {row.flagged} of {row.n} steps ({figures.tenths(share)} %)"
    one = row.estimate
    true = one.reason if one.value is None or one.low is None else f"truly in {figures.percent(one.value)} ({share_between(one)})"
    skills = f"of {row.present} labelled steps with it {row.found} were found, of {row.absent} without it {row.cleared} cleared"
    return head, ((f"{flagged}, {true}", "text"),), ((skills, "muted"),)


def share_of(one: Estimate) -> str:
    """An interval, or why there is none."""
    return figures.between(one.low, one.high, one.reason)


def share_between(one: Estimate) -> str:
    """An interval of a share in per cent, or why there is none."""
    if one.low is None or one.high is None:
        return one.reason or figures.DASH
    return f"{figures.tenths(100 * one.low)} – {figures.tenths(100 * one.high)}"


def skill(share: float | None, right: int, n: int) -> str:
    """`0.82 (9/11)`."""
    return figures.DASH if share is None else f"{share:.2f} ({right}/{n})"


def next_words(row: ModelCalibration) -> str:
    """Half the interval's width now and after more labels."""
    return figures.DASH if row.next is None else f"{figures.tenths(row.next.half_width)} → {figures.tenths(row.next.expected)}"


def _signed(value: float) -> str:
    text = figures.tenths(value)
    return text if text.startswith(figures.MINUS) or text == "0.0" else f"+{text}"
