"""The claims' pane: claims of a published study by verdict, and under them the arithmetic of the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from sitegen_tui.domain.claims import Claim, Verdict
from sitegen_tui.domain.insights import Scope, StepsWanted, View
from sitegen_tui.errors import SitegenError
from sitegen_tui.services.insights import Insight
from sitegen_tui.services.insights.claims import VERDICTS, ClaimsView
from sitegen_tui.services.root import Services
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line, wrap
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.painted import PaintedSentences

SIGNS: dict[Verdict, str] = {"reproduces": "✓", "does not reproduce": "×", "cannot be computed": "?"}
STYLES: dict[Verdict, str] = {"reproduces": "good", "does not reproduce": "bad", "cannot be computed": "muted"}
MOST_ARITHMETIC = 14
"""Lines of arithmetic at most, so that the list stays in sight."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, or, without one, the heading of its verdict's group."""

    verdict: Verdict
    count: int
    claim: Claim | None = None

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.claim.section}/{self.claim.subject}" if self.claim else self.verdict


class ClaimsTable(ColumnList[ClaimRow]):
    """Claims under the headings of their verdicts."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("section", "table", 10, 10, rank=3),
        Column("subject", "of", 22, 46),
        Column("claimed", "claimed", 10, 26, rank=1),
        Column("computed", "computed", 14, 60),
        Column("difference", "differ.", 8, 8, rank=2, right=True),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Reading …",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "arithmetic")]

    def key_of(self, row: ClaimRow) -> str:
        """Table and subject."""
        return row.key

    def paint_row(self, row: ClaimRow, line: Line, part: int) -> None:
        """A heading, or the columns of a claim."""
        if row.claim is None:
            style = getattr(self.palette, STYLES[row.verdict])
            line.add(f"{SIGNS[row.verdict]} {heading(row.verdict, row.count)}", style)
        else:
            super().paint_row(row, line, part)

    def paint_cell(self, row: ClaimRow, column: Column, width: int, line: Line) -> None:
        """One cell of a claim."""
        palette, claim = self.palette, row.claim
        if claim is None:
            return
        match column.name:
            case "section":
                line.column(claim.section, width, palette.faint)
            case "subject":
                line.add(fit_middle(one_line(claim.subject), width), palette.text)
            case "claimed":
                line.column(one_line(claim.claimed), width, palette.muted)
            case "computed":
                line.column(one_line(claim.computed), width, palette.strong if row.verdict != "reproduces" else palette.muted)
            case _:
                line.column(difference(claim), width, palette.muted, right=True)


class Arithmetic(PaintedSentences):
    """The steps of one claim, broken where lines end; as high as they take, up to a few."""

    DEFAULT_CSS = """
    Arithmetic { height: auto; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._claim: Claim | None = None

    def show(self, claim: Claim | None) -> None:
        """The arithmetic of this claim, nothing for none."""
        self._claim = claim
        self._break(self.size.width or 80)

    def on_resize(self) -> None:
        """Steps are broken where lines end."""
        self._break(self.size.width)

    def _break(self, width: int) -> None:
        lines = [
            (part if not place else f"  {part}", style)
            for text, style in arithmetic(self._claim)
            for place, part in enumerate(wrap(one_line(text), max(20, width - 4)))
        ]
        most = max(3, min(MOST_ARITHMETIC, self.screen.size.height // 3))
        if len(lines) > most:
            lines[most - 1 :] = [("…  a wider window shows the rest, as does sitegen stats claims --steps", "faint")]
        self.put(lines)


class Pane(InsightPane):
    """Enter shows and hides the arithmetic, which follows the cursor; `o` opens another file of tables."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "file", "other file")]

    DEFAULT_CSS = """
    Pane #claims-file { display: none; height: 1; }
    """

    def __init__(self, insight: Insight) -> None:
        super().__init__(insight)
        self.view = ClaimsView()
        self.open = False

    def compose(self) -> ComposeResult:
        """The claims, the arithmetic of one, and a field for a file."""
        table = ClaimsTable(id="claims")
        yield Caption(id="claims-caption")
        yield Headings(table)
        yield table
        yield Arithmetic(id="claims-arithmetic")
        yield Input(
            placeholder="file of published tables (YAML); empty for the study that is shipped", id="claims-file", compact=True
        )

    @property
    def table(self) -> ClaimsTable:
        """The claims."""
        return self.query_one(ClaimsTable)

    async def load(self, services: Services, scope: Scope) -> View:
        """The audit of the file; what is wrong with a file is said where its claims would be."""
        try:
            return await super().load(services, scope)
        except SitegenError as error:
            return ClaimsView(file=str(self.options.get("file", "")), notes=(f"{error.message}; {error.hint}",))

    def show(self, view: View) -> None:
        """The claims, by verdict."""
        self.view = found = cast("ClaimsView", view)
        rows: list[ClaimRow] = []
        for verdict in VERDICTS:
            claims = found.of(verdict)
            if claims:
                rows.append(ClaimRow(verdict, len(claims)))
                rows += [ClaimRow(verdict, len(claims), claim) for claim in claims]
        fresh = not self.table.rows
        self.table.set_words("There is no claim to show.", "o opens another file; empty, it is the study that is shipped.")
        self.table.set_rows(rows)
        if fresh and len(rows) > 1:
            self.table.move_to(rows[1].key)
        counts = "  ".join(f"{len(found.of(verdict))} {SIGNS[verdict]}" for verdict in VERDICTS)
        title = one_line(f"{found.title}, {found.source}" if found.source else found.title or found.file)
        self.query_one("#claims-caption", Caption).show(title, counts)
        self._show_arithmetic()

    def behind(self, key: str) -> StepsWanted | None:
        """No step is behind a published figure: the arithmetic is shown instead."""
        self.open = not self.open
        self._show_arithmetic()
        return None

    def action_file(self) -> None:
        """Type the path of another file."""
        field = self.query_one("#claims-file", Input)
        field.display = True
        field.focus()

    @on(Input.Submitted, "#claims-file")
    def _file_given(self, event: Input.Submitted) -> None:
        event.stop()
        path = event.value.strip()
        self.options = {"file": str(Path(path).expanduser())} if path else {}
        self.query_one("#claims-file").display = False
        self.table.focus()
        self.post_message(self.Stale())

    @on(LineList.Moved, "#claims")
    def _moved(self) -> None:
        self._show_arithmetic()

    def _show_arithmetic(self) -> None:
        row, shown = self.table.cursor_row, self.query_one(Arithmetic)
        shown.display = self.open and row is not None and row.claim is not None
        shown.show(row.claim if row else None)


def heading(verdict: Verdict, count: int) -> str:
    """A group's heading: `3 claims do not reproduce`."""
    words = {"does not reproduce": "do not reproduce", "reproduces": "reproduce"} if count != 1 else {}
    return f"{figures.plural(count, 'claim')} {words.get(verdict, verdict)}"


def difference(claim: Claim) -> str:
    """Published minus computed with its sign, a dash where that is no figure."""
    return figures.DASH if claim.difference is None else f"{claim.difference:+.2f}".replace("-", figures.MINUS)


def arithmetic(claim: Claim | None) -> tuple[tuple[str, str], ...]:
    """What was claimed and what comes out of it, line by line, each with its style."""
    if claim is None:
        return ()
    return (
        (f"{claim.subject}: claimed {claim.claimed}", "strong"),
        *((f"{place}. {step}", "text") for place, step in enumerate(claim.steps, 1)),
        (f"{SIGNS[claim.verdict]} {claim.computed}: {claim.verdict}", STYLES[claim.verdict]),
        *(((f"by: {claim.method}", "muted"),) if claim.method else ()),
    )
