"""The published figures of a view, in a table of their own under it: never in the same row of the same table as runs."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from sitegen_tui.services.insights.published import PublishedRow, PublishedTable
from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings
from sitegen_tui.tui.widgets.detail import Detail


class PublishedList(ColumnList[PublishedRow]):
    """Published figures, those of models that have run here first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("model", "model in the study", 18, 24),
        Column("row", "of", 12, 28),
        Column("published", "published", 9, 9, right=True),
        Column("ours", "ours", 6, 6, right=True),
        Column("n", "n", 4, 5, rank=2, right=True),
        Column("difference", "ours − p.", 9, 9, rank=1, right=True),
        Column("printed", "printed beside it", 12, 60, rank=3),
    )

    def key_of(self, row: PublishedRow) -> str:
        """Row and model."""
        return f"{row.row}/{row.model}"

    def paint_cell(self, row: PublishedRow, column: Column, width: int, line: Line) -> None:
        """One cell of a figure."""
        palette = self.palette
        match column.name:
            case "model":
                line.add(fit_middle(one_line(row.model), width), palette.text)
            case "row":
                line.add(fit_middle(one_line(row.row or "total"), width), palette.muted)
            case "published":
                line.column(_number(row.published), width, palette.text, right=True)
            case "ours":
                line.column(_number(row.ours), width, palette.strong if row.ours is not None else palette.faint, right=True)
            case "n":
                line.column(str(row.n) if row.n else figures.DASH, width, palette.faint, right=True)
            case "difference":
                told = "" if row.difference is None or row.difference <= 0 else "+"
                line.column(f"{told}{_number(row.difference)}", width, palette.muted, right=True)
            case _:
                line.column(one_line(row.printed), width, palette.faint)


class PublishedPane(Vertical):
    """The table with what has to be said of it."""

    DEFAULT_CSS = """
    PublishedPane { height: 45%; min-height: 8; border-top: solid $line; }
    """

    def compose(self) -> ComposeResult:
        """Caption, table, notes."""
        table = PublishedList(id="published-list")
        yield Caption(id="published-caption")
        yield Headings(table)
        yield table
        yield Detail(id="published-notes")

    def show(self, found: PublishedTable | None) -> None:
        """These figures; nothing while there are none."""
        table = self.query_one(PublishedList)
        table.set_words("The study has no table of this view.")
        table.set_rows(found.rows if found else ())
        title = f"Published: {found.title}" if found else "Published"
        matched = figures.plural(len(found.matched), "model") if found else ""
        self.query_one("#published-caption", Caption).show(one_line(title), f"{matched} of it here" if found else "")
        first, *more = found.notes if found else ("",)
        self.query_one("#published-notes", Detail).show(((first, "warn"),), ((" ".join(more), "warn"),))


def _number(value: float | None) -> str:
    return figures.DASH if value is None else f"{round(value, 1) + 0.0:.1f}".replace("-", figures.MINUS)
