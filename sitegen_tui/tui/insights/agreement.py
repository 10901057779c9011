"""The agreement's pane: pairs of raters by their scores above; below, ids with who saw them where, or a Bland-Altman plot."""

from __future__ import annotations

from typing import ClassVar, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.agreement import Agreement
from sitegen_tui.domain.insights import StepsWanted, View
from sitegen_tui.domain.ratings import SEVERITIES
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.agreement import AgreementView, FamilyRow, IdAgreement, PairAgreement
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.insights.agreement_words import between, full_words, hundredths, share_words, signed, value_words
from sitegen_tui.tui.insights.base import InsightPane, empty_words, short_names
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption, Pieces
from sitegen_tui.tui.widgets.bland_altman import BlandAltmanPlot
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail
from sitegen_tui.tui.widgets.grid_list import GridCell, GridHeadings, GridList, GridRow
from sitegen_tui.tui.widgets.line_list import LineList

COLUMNS = ("both", "first", "second", "neither", "agree", "kappa", "ac1", "present")
Part = Literal["ids", "plot", "families"]
PARTS: tuple[Part, ...] = ("ids", "plot", "families")
"""What stands below the pairs, in the order in which a key turns it."""
MOST_PAIRS = 6
"""Pairs that are in sight at once."""
NOBODY = (
    "Nobody has labelled a step of these runs yet.",
    "Press esc and then l: thirty steps are drawn, and keys say what is wrong with them.",
)
WIDE = 84
"""Cells from which on all columns of ids are shown."""
WITHIN = 2.0
"""Points within which the limits of agreement should lie."""


class PairTable(ColumnList[PairAgreement]):
    """Pairs, people with one another first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("pair", "first and second", 20, 36),
        Column("n", "steps", 5, 5, right=True),
        Column("severity", "severity κ", 10, 20),
        Column("icc", "ICC", 5, 17, rank=2),
        Column("alpha", "α", 5, 15, rank=4),
        Column("bias", "bias, points", 12, 12, rank=1, right=True),
        Column("limits", "limits, points", 14, 14, rank=3, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.short: dict[str, str] = {}

    def set_pairs(self, rows: tuple[PairAgreement, ...]) -> None:
        """Show these pairs; judges go by the last part of their names where that tells them apart."""
        short = short_names(sorted({name for row in rows for name in (row.first, row.second)}), ())
        if short != self.short:
            self.short = short
            self.repaint_all()
        self.set_rows(rows)

    def key_of(self, row: PairAgreement) -> str:
        """Both names."""
        return row.key

    def paint_cell(self, row: PairAgreement, column: Column, width: int, line: Line) -> None:
        """One cell of a pair."""
        palette, bland = self.palette, row.bland
        match column.name:
            case "pair":
                line.add(fit_middle(f"{self.short[row.first]} and {self.short[row.second]}", width), palette.text)
            case "n":
                line.column(str(len(row.steps)), width, palette.muted, right=True)
            case "severity" | "icc" | "alpha":
                found = {"severity": row.severity, "icc": row.icc, "alpha": row.alpha}[column.name]
                line.column(value_words(found, width), width, palette.faint if found.estimate.value is None else palette.text)
            case "bias":
                line.column(signed(bland.bias.value), width, palette.warn if bland.unbiased is False else palette.text, right=True)
            case _:
                low, high = bland.lower.value, bland.upper.value
                text = bland.reason if low is None or high is None else f"{signed(low)} … {signed(high)}"
                line.column(text, width, palette.muted, right=True)


class FamilyTable(ColumnList[FamilyRow]):
    """Families of judges: do they favour their own?"""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("family", "family", 14, 24),
        Column("own", "own runs", 8, 8, rank=2, right=True),
        Column("other", "other runs", 10, 10, rank=3, right=True),
        Column("points", "more for its own", 22, 32),
        Column("reading", "", 19, 22, rank=1),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("No step has a score from judges of two families.",)

    def key_of(self, row: FamilyRow) -> str:
        """The family."""
        return row.family

    def paint_cell(self, row: FamilyRow, column: Column, width: int, line: Line) -> None:
        """One cell of a family."""
        palette, one = self.palette, row.estimate
        match column.name:
            case "family":
                line.add(fit_middle(one_line(row.family), width), palette.text)
            case "own" | "other":
                line.column(str(row.own_runs if column.name == "own" else row.other_runs), width, palette.muted, right=True)
            case "points":
                text = one.reason if one.value is None else f"{signed(one.value)} {between(one)}"
                line.column(text, width, palette.faint if one.value is None else palette.text)
            case _:
                line.column(row.reading, width, palette.warn if one.low is not None and one.low > 0 else palette.muted)


class Pane(InsightPane):
    """Enter on a pair opens its steps, on a count of an id those that it counts, on a family those that it rests on."""

    DEFAULT_CSS = """
    PairTable { height: auto; max-height: 6; }
    BlandAltmanPlot, FamilyTable { height: 1fr; }
    #agreement-detail { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "next_part", "ids, plot, families"),
        Binding("o", "pair", "other pair"),
        Binding("a", "adjudicate", "adjudicate"),
    ]

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = AgreementView()
        self.part: Part = "ids"

    def compose(self) -> ComposeResult:
        """Pairs, and one of them in full."""
        table = PairTable(id="pairs")
        grid = GridList(id="ids")
        yield Caption(id="pairs-caption")
        yield Headings(table)
        yield table
        yield Caption(id="ids-caption")
        yield GridHeadings(grid, id="ids-headings")
        yield grid
        yield BlandAltmanPlot(id="plot")
        families = FamilyTable(id="families")
        yield Headings(families, id="families-headings")
        yield families
        yield Detail(id="agreement-detail")

    def on_mount(self) -> None:
        """The ids come first."""
        self._switch()

    @property
    def table(self) -> PairTable:
        """The pairs."""
        return self.query_one(PairTable)

    @property
    def grid(self) -> GridList:
        """The ids of the chosen pair."""
        return self.query_one("#ids", GridList)

    @property
    def pair(self) -> PairAgreement | None:
        """The chosen pair."""
        return self.table.cursor_row

    def show(self, view: View) -> None:
        """The newest labels."""
        self.view = found = cast("AgreementView", view)
        words = empty_words(view) if view.conditions is None else NOBODY
        self.table.set_words(*words)
        self.table.set_pairs(found.pairs)
        self.table.styles.height = min(MOST_PAIRS, max(3, len(found.pairs)))
        everyone = f"all people α {value_words(found.everyone, 30)}" if found.everyone else ""
        said = "Scores: people with people are the ceiling" if found.pairs else ""
        self.query_one("#pairs-caption", Caption).show(said, everyone)
        self._paint()

    def behind(self, key: str) -> StepsWanted | None:
        """The steps of a pair, or of the count under the cursor."""
        pair = self.pair
        if pair is None:
            return None
        scope = self.view.scope.model_copy(update={"conditions": self.view.conditions})
        families = self.query_one(FamilyTable)
        if families.has_focus and families.cursor_row is not None:
            family = families.cursor_row
            title = f"{family.family} judges beside those of other families"
            return StepsWanted(title=title, scope=scope, steps=family.steps, order="run")
        if not self.grid.has_focus:
            return StepsWanted(title=f"{pair.first} and {pair.second}, steps of both", scope=scope, steps=pair.steps, order="run")
        row = self._row(key)
        if row is None:
            return None
        column = self.grid.column
        which = {
            "both": (f"{pair.first} and {pair.second}", row.both),
            "first": (f"{pair.first} alone", row.first_only),
            "second": (f"{pair.second} alone", row.second_only),
        }
        title, steps = which.get(column or "", ("", ()))
        if not steps:
            title, steps = "either of them", (*row.both, *row.first_only, *row.second_only)
        return StepsWanted(title=f"{row.violation}, seen by {title}", scope=scope, steps=steps, order="run")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "next_part":
                return self.pair is not None
            case "pair":
                return len(self.view.pairs) > 1
            case "adjudicate":
                return bool(self.view.pairs)
            case _:
                return super().check_action(action, parameters)

    def action_next_part(self) -> None:
        """Ids, differences of scores as a plot, or families of judges."""
        parts = (self.grid, self.query_one(FamilyTable))
        had = any(one.has_focus for one in parts)
        self.part = PARTS[(PARTS.index(self.part) + 1) % len(PARTS)]
        self._switch()
        if had:
            self.take_focus()
        self._paint()

    def action_pair(self) -> None:
        """The next pair."""
        keys = [pair.key for pair in self.view.pairs]
        if self.table.cursor_key in keys:
            self.table.move_to(keys[(keys.index(self.table.cursor_key) + 1) % len(keys)], by_person=True)

    def action_adjudicate(self) -> None:
        """Steps on which raters differ, side by side, to be settled."""
        sitegen_of(self).open_adjudication(self.view.scope)

    @on(LineList.Moved, "#pairs, #ids, #families")
    def _moved(self) -> None:
        self._paint()

    def _switch(self) -> None:
        shown: dict[Part, tuple[str, ...]] = {
            "ids": ("#ids-headings", "#ids"),
            "plot": ("#plot",),
            "families": ("#families-headings", "#families"),
        }
        for part, widgets in shown.items():
            for one in widgets:
                self.query_one(one).display = part == self.part

    def _row(self, key: str | None) -> IdAgreement | None:
        return next((one for one in self.pair.ids if one.violation == key), None) if self.pair else None

    def _paint(self) -> None:
        pair = self.pair
        plot = self.query_one(BlandAltmanPlot)
        if pair is None:
            self.grid.set_words("")
            self.grid.set_grid((), ())
            plot.show((), None, "")
            self.query_one("#ids-caption", Caption).show("", "")
            self.query_one(Detail).show()
            return
        self.grid.set_words("Neither saw anything wrong in any step.")
        names = COLUMNS if self.size.width >= WIDE else tuple(name for name in COLUMNS if name not in ("agree", "present"))
        rows = [(one, cells_of(one)) for one in pair.ids]
        self.grid.set_grid(
            names, [GridRow(one.violation, one.violation, tuple(cells[name] for name in names)) for one, cells in rows]
        )
        first, second = self._names(pair)
        heads = {"first": first, "second": second, "agree": "agree %", "kappa": "κ", "ac1": "AC1"}
        self.query_one("#ids-headings", GridHeadings).show("id, seen by", {**heads, "present": "% seen"})
        plot.show([(one.first, one.second) for one in pair.scores], pair.bland, "mean of both, points")
        self.query_one(FamilyTable).set_rows(self.view.families)
        self._caption(pair)
        self._show_detail(pair)
        self.refresh_bindings()

    def _caption(self, pair: PairAgreement) -> None:
        first, second = self._names(pair)
        title = f"{first} and {second}"
        if self.part == "families":
            said = "Do judges favour models of their own family? Points a step, same steps"
            self.query_one("#ids-caption", Caption).show(said, "")
        elif self.part == "plot":
            said = f"{title}: {first} minus {second} over their mean"
            self.query_one("#ids-caption", Caption).show(said, figures.plural(len(pair.scores), "step"))
        else:
            silent = f"{pair.silent} more ids seen by neither" if pair.silent else ""
            self.query_one("#ids-caption", Caption).show(f"{title}, {pair.relation}, by id", silent)

    def _names(self, pair: PairAgreement) -> tuple[str, str]:
        return self.table.short[pair.first], self.table.short[pair.second]

    def _show_detail(self, pair: PairAgreement) -> None:
        family = self.query_one(FamilyTable).cursor_row
        if self.part == "families" and family is not None:
            self.query_one(Detail).show(*family_words(family))
            return
        row = self._row(self.grid.cursor_key)
        if self.part != "ids" or row is None or not self.grid.has_focus:
            self.query_one(Detail).show(*pair_words(pair))
            return
        title = self.view.titles.get(row.violation, "")
        head = ((row.violation, "strong"), (f"  {one_line(title)}", "accent"), (f"  {figures.plural(row.n, 'step')}", "muted"))
        words = f"agree {share_words(row.percent.estimate)}  κ {full_words(row.kappa)}  AC1 {full_words(row.ac1)}"
        self.query_one(Detail).show(head, ((words, "muted"),))


def cells_of(one: IdAgreement) -> dict[str, GridCell]:
    """Counts, then figures, by column; what differs stands out."""
    prevalence = one.percent.prevalence
    agree = one.percent.estimate.value
    return {
        "both": GridCell(str(len(one.both)), "text"),
        "first": GridCell(str(len(one.first_only)), "warn" if one.first_only else "faint"),
        "second": GridCell(str(len(one.second_only)), "warn" if one.second_only else "faint"),
        "neither": GridCell(str(one.neither), "faint"),
        "agree": GridCell(figures.DASH if agree is None else figures.tenths(100 * agree), "text"),
        "kappa": _figure_cell(one.kappa),
        "ac1": _figure_cell(one.ac1),
        "present": GridCell(figures.DASH if prevalence is None else figures.tenths(100 * prevalence), "muted"),
    }


def _figure_cell(found: Agreement) -> GridCell:
    value = found.estimate.value
    return GridCell("N/A" if value is None else hundredths(value), "faint" if value is None else "text")


def family_words(row: FamilyRow) -> tuple[Pieces, ...]:
    """Which judges a family has, and what the figure is the difference of."""
    head = (
        (row.family, "strong"),
        (f"  {one_line(', '.join(row.judges))}", "text"),
        (f"  {figures.plural(len(row.steps), 'step')}", "muted"),
    )
    how = "more than other judges give its own models, less the same on other models"
    return head, ((how, "muted"),)


def pair_words(pair: PairAgreement) -> tuple[Pieces, ...]:
    """Everything about a pair in three lines."""
    bland = pair.bland
    head = f"severity κ {full_words(pair.severity)}  ICC(2,1) {full_words(pair.icc)}"
    same = sum(pair.severities.counts[at][at] for at in range(len(SEVERITIES)))
    last = f"same worst severity in {same} of {pair.severities.n}"
    bias = f"bias {bland.bias.reason or figures.DASH}"
    if bland.bias.value is not None:
        bias = f"bias {signed(bland.bias.value)} {between(bland.bias)}"
        bias += "" if bland.unbiased is None else " holds 0" if bland.unbiased else " leaves 0 out"
    low, high = bland.lower.value, bland.upper.value
    if low is not None and high is not None:
        within = "within" if max(-low, high) <= WITHIN else "wider than"
        last = f"limits {signed(low)} … {signed(high)}, {within} ±{WITHIN:g} points  {last}"
    return ((head, "text"),), ((f"α {full_words(pair.alpha)}  {bias}", "text"),), ((last, "muted"),)
