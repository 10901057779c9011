"""The lists of Home: experiments, and the runs of one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from sitegen_tui.tui import figures
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.columns import Column, ColumnList

if TYPE_CHECKING:
    from rich.style import Style

    from sitegen_tui.domain.rows import ExperimentRow, RunRow
    from sitegen_tui.tui.theme import Palette


def state_style(palette: Palette, state: str) -> Style:
    """The style of a state's word and sign."""
    return {
        "running": palette.accent,
        "streaming": palette.accent,
        "prompted": palette.accent,
        "judging": palette.accent,
        "incomplete": palette.warn,
        "interrupted": palette.warn,
        "unscored": palette.warn,
        "finished": palette.muted,
        "scored": palette.muted,
    }.get(state, palette.faint)


def progress_cells(row: RunRow) -> str:
    """One sign a step: ■ judged in full, ▪ judged in part, × failed, ▸ in flight, · waiting."""
    total = row.steps_total
    done = min(row.steps_done, total)
    failed = min(row.unscored, total - done)
    cells = ("■" if row.full else "▪") * done + "×" * failed
    if row.state == "running" and len(cells) < total:
        cells += "▸"
    return cells + "·" * (total - len(cells))


def score_text(row: RunRow) -> str:
    """A run's score as far as it is judged."""
    layers = "+".join(layer.value for layer in row.layers) or "static"
    return figures.out_of(row.total, row.assessed, row.steps_done, full=row.full, layers=layers)


class RunTable(ColumnList["RunRow"]):
    """The runs of an experiment."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("run", "run", 6, 9),
        Column("model", "model", 18, 34),
        Column("site", "site", 16, 38, rank=3),
        Column("progress", "steps", 16, 16),
        Column("score", "score", 21, 22, right=True),
        Column("cost", "cost", 7, 8, rank=4, right=True),
        Column("time", "time", 6, 8, rank=2, right=True),
        Column("state", "state", 13, 13, rank=1),
    )

    def key_of(self, row: RunRow) -> str:
        """The run's id."""
        return row.run_id

    def tick(self) -> None:
        """Elapsed times of running rows in sight."""
        top = self.scroll_offset.y
        for row in self.rows[top : top + self.size.height]:
            if row.state == "running":
                self.repaint_key(row.run_id)

    def paint_cell(self, row: RunRow, column: Column, width: int, line: Line) -> None:
        """One cell of a run."""
        palette = self.palette
        match column.name:
            case "run":
                line.add(fit_middle(row.run_id, width), palette.muted)
            case "model":
                tag = " simulated" if row.simulated and not row.model.startswith("simulated/") else ""
                line.add(fit_middle(one_line(row.model), width - len(tag)), palette.text).add(tag, palette.faint)
            case "site":
                site = row.template if row.repeat == 1 else f"{row.template} #{row.repeat}"
                site = f"fork {row.fork} · {site}" if row.fork else site
                whole = f"{site} · {row.requirements}"
                line.column(whole if len(whole) <= width else site, width, palette.muted)
            case "progress":
                self._paint_progress(row, line)
            case "score":
                style = palette.text if row.steps_done else palette.faint
                line.column(score_text(row), width, palette.bad if row.total < 0 else style, right=True)
            case "cost":
                line.column(figures.money(row.usd, row.unpriced), width, palette.muted, right=True)
            case "time":
                running = row.state == "running"
                finished = None if running else row.finished_at
                shown = (
                    figures.DASH
                    if row.started_at is None or not (running or finished)
                    else figures.elapsed(row.started_at, finished, datetime.now(UTC))
                )
                line.column(shown, width, palette.muted, right=True)
            case _:
                style = palette.warn if row.waiting else state_style(palette, row.state)
                word = "waiting" if row.waiting else "live" if row.state == "running" else row.state
                line.add(figures.STATE_SIGNS[row.state] + " ", style).column(word, width - 2, style)

    def _paint_progress(self, row: RunRow, line: Line) -> None:
        palette = self.palette
        for sign in progress_cells(row):
            style = {"■": palette.text, "▪": palette.muted, "×": palette.bad, "▸": palette.accent_strong}
            line.add(sign, style.get(sign, palette.faint))


class ExperimentTable(ColumnList["ExperimentRow"]):
    """All experiments, newest first."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (
        Column("id", "id", 4, 6),
        Column("name", "experiment", 18, 60),
        Column("runs", "runs", 10, 12),
        Column("progress", "progress", 8, 16, rank=5),
        Column("mean", "mean of complete", 16, 18, rank=2, right=True),
        Column("cost", "cost", 7, 8, rank=4, right=True),
        Column("state", "state", 13, 13, rank=1),
    )
    EMPTY: ClassVar[tuple[str, ...]] = ("Opening the database …",)

    def key_of(self, row: ExperimentRow) -> str:
        """The experiment's id."""
        return row.id

    def paint_cell(self, row: ExperimentRow, column: Column, width: int, line: Line) -> None:
        """One cell of an experiment."""
        palette = self.palette
        match column.name:
            case "id":
                line.column(row.id, width, palette.muted)
            case "name":
                line.column(one_line(row.name), width, palette.text)
            case "runs":
                ran = f"{row.finished} of {row.runs}"
                lost = f" {figures.STATE_SIGNS['incomplete']}{row.incomplete}" if row.incomplete else ""
                line.add(ran, palette.muted).add(lost, palette.warn).gap(max(0, width - len(ran + lost)))
            case "progress":
                share = row.steps_done / row.steps_total if row.steps_total else 0.0
                full = min(width, int(share * width))
                line.add("━" * full, palette.accent if row.state == "running" else palette.muted)
                line.add("━" * (width - full), palette.line)
            case "mean":
                if row.mean_total is None:
                    line.column(figures.DASH, width, palette.faint, right=True)
                else:
                    of = f" of {figures.points(row.mean_assessed)}" if row.mean_assessed else ""
                    line.column(figures.points(row.mean_total) + of, width, palette.text, right=True)
            case "cost":
                line.column(figures.money(row.usd, row.unpriced), width, palette.muted, right=True)
            case _:
                style = state_style(palette, row.state)
                line.add(figures.STATE_SIGNS[row.state] + " ", style).column(row.state, width - 2, style)
