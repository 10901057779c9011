"""The list of templates: tier, number, and what it is counted from as far as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.columns import Column, ColumnList

if TYPE_CHECKING:
    from sitegen_tui.services.shelving import ShelfRow


class TemplateTable(ColumnList["ShelfRow"]):
    """A row for each template."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("template", "template", 16, 26),
        Column("tier", "tier", 4, 4, right=True),
        Column("number", "number", 6, 6, right=True),
        Column("sections", "sections", 8, 8, rank=2, right=True),
        Column("backgrounds", "pictures", 8, 8, rank=4, right=True),
        Column("layers", "layers", 6, 6, rank=5, right=True),
        Column("directives", "directives", 10, 10, rank=6, right=True),
        Column("behaviours", "behaviours", 10, 10, rank=7, right=True),
        Column("briefs", "briefs", 6, 6, rank=1, right=True),
        Column("lint", "lint", 10, 12, rank=3, right=True),
    )

    def key_of(self, row: ShelfRow) -> str:
        """The template's id."""
        return row.id

    def paint_cell(self, row: ShelfRow, column: Column, width: int, line: Line) -> None:
        """One cell of a template."""
        palette, found = self.palette, row.difficulty
        match column.name:
            case "template":
                line.add(fit_middle(one_line(row.id), width), palette.bad if row.error else palette.text)
            case "tier":
                agreed = found is None or found.tier == row.tier
                style = palette.strong if agreed else palette.bad
                line.column(str(row.tier or figures.DASH), width, style, right=True)
            case "number":
                line.column(f"{found.number:g}" if found else figures.DASH, width, palette.text, right=True)
            case "briefs":
                line.column(str(len(row.briefs)), width, palette.muted if row.briefs else palette.bad, right=True)
            case "lint":
                if row.errors or row.error:
                    line.column(figures.plural(max(1, row.errors), "error"), width, palette.bad, right=True)
                elif row.findings:
                    line.column(figures.plural(len(row.findings), "warning"), width, palette.muted, right=True)
                else:
                    line.column("clean", width, palette.good, right=True)
            case name:
                value = getattr(found, name) if found else figures.DASH
                line.column(str(value), width, palette.muted, right=True)
