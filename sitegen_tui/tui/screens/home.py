"""Home: experiments and their runs, with progress, score and cost; from here everything is opened and started."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input

from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import fit, one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Headings
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.run_table import ExperimentTable, RunTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen_tui.domain.rows import ExperimentRow, RunRow
    from sitegen_tui.services.board import Board

SORTS: tuple[tuple[str, Callable[[RunRow], tuple[object, ...]]], ...] = (
    ("in order", lambda row: ()),
    ("best first", lambda row: (-(row.total / row.assessed) if row.assessed else 9.0, row.run_id)),
    ("worst first", lambda row: (row.total / row.assessed if row.assessed else 9.0, row.run_id)),
    ("by model", lambda row: (row.model, row.template, row.repeat)),
    ("dearest first", lambda row: (-(row.usd or 0.0), row.run_id)),
)
NOTHING_YET = ("Nothing has been run yet.", "Press n to set up an experiment: it needs no key and no network.")
ROOM_FOR_NAME = 24
"""Cells of the runs' caption that what is said beside the name leaves free."""
LIVE = ("running", "queued")
RESUMABLE = ("interrupted", "incomplete", "cancelled", "queued")


class HomeScreen(LiveScreen):
    """Two lists: experiments, and the runs of the one under the cursor."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new experiment"),
        Binding("c", "cancel", "cancel"),
        Binding("r", "resume", "resume"),
        Binding("slash", "filter", "filter"),
        Binding("s", "sort", "sort"),
        Binding("v", "insights", "insights"),
        Binding("m", "mark", "mark"),
        Binding("a", "audit", "audit"),
        Binding("l", "label", "label"),
        Binding("T", "templates", "templates"),
        Binding("escape", "clear_filter", "clear filter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen = -1
        self._sort = 0
        self._filter = ""
        self._shown: tuple[object, ...] = ()
        self._ticks = 0
        self._select: str | None = None
        self._marked: str | None = None

    def compose_body(self) -> ComposeResult:
        """Experiments above or at the left, runs below or at the right."""
        experiments, runs = ExperimentTable(id="experiments"), RunTable(id="runs")
        with Container(id="body"):
            with Vertical(id="experiments-pane"):
                yield Caption("Experiments", id="experiments-caption")
                yield Headings(experiments)
                yield experiments
            with Vertical(id="runs-pane"):
                yield Caption("Runs", id="runs-caption")
                yield Headings(runs)
                yield runs
                yield Input(placeholder="model, site, state or run …", id="filter", compact=True)

    def on_mount(self) -> None:
        """The experiments have the keys first."""
        super().on_mount()
        self.query_one("#filter").display = False
        self.query_one(ExperimentTable).focus()
        self._show_top()

    @property
    def board(self) -> Board | None:
        """The rows, once the database is open."""
        return self.sitegen.board

    @property
    def experiment_id(self) -> str | None:
        """The experiment under the cursor."""
        return self.query_one(ExperimentTable).cursor_key

    def select(self, experiment_id: str) -> None:
        """Go to an experiment as soon as it is on the board: it was just started."""
        self._select = experiment_id
        self.tick()

    def tick(self) -> None:
        """Rows that have changed, and once a second the times of running ones."""
        board = self.board
        if board is None:
            return
        self._ticks += 1
        experiments = self.query_one(ExperimentTable)
        if board.revision != self._seen:
            self._seen = board.revision
            experiments.set_words(*NOTHING_YET)
            experiments.set_rows(tuple(board.experiments.values()))
            if self._select in board.experiments:
                experiments.move_to(self._select)
                self._select = None
                self.query_one(RunTable).focus()
            self._show_runs()
            self._show_top()
        if self._ticks % 10 == 0:
            self.query_one(RunTable).tick()

    def _show_runs(self) -> None:
        board, table, chosen = self.board, self.query_one(RunTable), self.experiment_id
        if board is None:
            return
        rows = [row for row in board.rows.values() if row.experiment_id == chosen]
        of = len(rows)
        if self._filter:
            words = self._filter.lower().split()
            rows = [row for row in rows if all(word in searchable(row) for word in words)]
        name, order = SORTS[self._sort]
        if self._sort:
            rows.sort(key=order)
        table.set_words(*((f"No run matches “{one_line(self._filter)}”.", "esc clears the filter.") if self._filter else ()))
        table.set_rows(rows)
        caption = self.query_one("#runs-caption", Caption)
        experiment = board.experiments.get(chosen or "")
        title = f"Runs of {experiment.name}" if experiment else "Runs"
        count = f"{len(rows)} of {of}" if self._filter else str(of)
        note = "; ".join((f"{count}, {name}", *notes(experiment, rows))) if of else ""
        room = max(len(count), caption.size.width - ROOM_FOR_NAME)
        caption.show(title, note if len(note) <= room else fit(note, room))
        live = tuple((row.run_id, row.state) for row in rows)
        if live != self._shown:
            self._shown = live
            self.refresh_bindings()

    def _show_top(self) -> None:
        board = self.board
        database = self.sitegen.database.name
        if board is None:
            self.top.show(("sitegen", database), (("opening …", "muted"),))
            return
        live = sum(1 for row in board.rows.values() if row.state == "running")
        waiting = sum(1 for row in board.rows.values() if row.state == "queued")
        status = [(figures.plural(len(board.rows), "run"), "muted")]
        if waiting:
            status = [(f"{waiting} queued  ", "muted"), *status]
        if live:
            status = [(f"▸ {live} live  ", "accent_strong"), *status]
        if self._marked is not None:
            status = [(f"{self._marked} marked: m on another compares  ", "accent"), *status]
        self.top.show(("sitegen", database), status)
        self.query_one("#experiments-caption", Caption).show("Experiments", str(len(board.experiments) or ""))

    @on(LineList.Moved, "#experiments")
    def _experiment_moved(self) -> None:
        self._show_runs()
        self.refresh_bindings()

    @on(LineList.Moved, "#runs")
    def _run_moved(self) -> None:
        self.refresh_bindings()

    @on(LineList.Chosen, "#experiments")
    def _experiment_chosen(self) -> None:
        self.query_one(RunTable).focus()

    @on(LineList.Chosen, "#runs")
    def _run_chosen(self, event: LineList.Chosen) -> None:
        self.sitegen.open_run(event.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        match action:
            case "new" | "audit" | "insights" | "label" | "templates":
                return self.sitegen.services is not None
            case "mark":
                return self._under_cursor() is not None
            case "cancel":
                return self._cancel_target() is not None
            case "resume":
                return any(row.state in RESUMABLE and row.owner is None for row in self._experiment_runs())
            case "filter" | "sort":
                return bool(self._experiment_runs())
            case "clear_filter":
                return bool(self._filter) or self.query_one("#filter").has_focus
            case _:
                return super().check_action(action, parameters)

    def _experiment_runs(self) -> list[RunRow]:
        board, chosen = self.board, self.experiment_id
        return [row for row in board.rows.values() if row.experiment_id == chosen] if board else []

    def _cancel_target(self) -> str | None:
        """The run under the cursor where runs have the keys, else the experiment; None if nothing of it is live."""
        runs = self.query_one(RunTable)
        if runs.has_focus:
            row = runs.cursor_row
            return row.run_id if row and row.state in LIVE else None
        live = any(row.state in LIVE for row in self._experiment_runs())
        return self.experiment_id if live else None

    def _under_cursor(self) -> str | None:
        """The run under the cursor where runs have the keys, else the experiment."""
        runs = self.query_one(RunTable)
        return runs.cursor_key if runs.has_focus else self.experiment_id

    def action_mark(self) -> None:
        """Mark an experiment or run; the second one is compared with it, the same again takes the mark away."""
        name, marked = self._under_cursor(), self._marked
        self._marked = name if marked is None else None
        self._show_top()
        if marked is not None and name is not None and name != marked:
            self.sitegen.open_comparison(marked, name)

    def action_new(self) -> None:
        """Open the form."""
        self.sitegen.new_experiment()

    def action_audit(self) -> None:
        """How well the judge finds what is planted."""
        self.sitegen.open_audit()

    def action_templates(self) -> None:
        """What sites there are to run on."""
        self.sitegen.open_templates()

    def action_label(self) -> None:
        """Say of steps what is wrong with them, without seeing whose they are."""
        self.sitegen.open_label()

    def action_insights(self) -> None:
        """What the runs of the experiment under the cursor say together."""
        self.sitegen.open_insights(self.experiment_id)

    def action_cancel(self) -> None:
        """Stop a run or an experiment, after asking."""
        target = self._cancel_target()
        if target is not None:
            self.sitegen.cancel(target)

    def action_resume(self) -> None:
        """Go on with the experiment's runs that were stopped."""
        if self.experiment_id is not None:
            self.sitegen.resume(self.experiment_id)

    def action_sort(self) -> None:
        """The next order."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._show_runs()

    def action_filter(self) -> None:
        """Type to narrow the runs."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    def action_clear_filter(self) -> None:
        """All runs again."""
        field = self.query_one("#filter", Input)
        field.value = ""
        field.display = False
        self._filter = ""
        self._show_runs()
        self.query_one(RunTable).focus()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self._filter = event.value.strip()
        self._show_runs()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one("#filter").display = bool(self._filter)
        self.query_one(RunTable).focus()


def notes(experiment: ExperimentRow | None, rows: Sequence[RunRow]) -> list[str]:
    """What is to be known of an experiment's runs beside their rows: what they wait for, what is left out, what may be spent."""
    waits = [one_line(row.waiting) for row in rows if row.waiting][:1]
    if experiment is None:
        return waits
    found: list[str] = []
    if experiment.incomplete:
        found.append(f"{experiment.incomplete} incomplete, left out of the mean")
    if experiment.plan.budget_usd is not None:
        spent = figures.money(experiment.usd or 0.0, experiment.unpriced)
        found.append(f"{spent} of {figures.money(experiment.plan.budget_usd)} spent")
    if experiment.unpriced:
        found.append(f"{figures.plural(experiment.unpriced, 'run')} without a price")
    return found + waits


def searchable(row: RunRow) -> str:
    """What the filter looks at."""
    tag = "simulated" if row.simulated else ""
    waiting = "waiting" if row.waiting else ""
    return f"{row.run_id} {row.model} {row.template} {row.requirements} {row.state} {tag} {waiting}".lower()
