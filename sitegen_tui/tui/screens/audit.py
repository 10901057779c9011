"""Audit: how well the judge finds what was planted, violation by violation, and every mutant that it judged wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from sitegen_tui.domain.audits import AuditWanted
from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.audit_table import ALL, AuditTable, WrongList
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Headings
from sitegen_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from sitegen_tui.domain.audits import AuditReport, AuditRow, Outcome
    from sitegen_tui.services.auditing import Auditing

SAMPLE = 60
NOT_YET = (
    "The judge has not been audited on this database yet.",
    f"r plants {SAMPLE} faults by chance and counts what the judge finds; R plants every one there is.",
)
RUNNING = Binding.Group("audit a sample, everything", compact=True)


class AuditScreen(LiveScreen):
    """The newest audit; one that runs goes on while other screens are looked at."""

    CSS_PATH = "audit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "audit(True)", "audit a sample", group=RUNNING),
        Binding("R", "audit(False)", "audit everything", group=RUNNING),
        Binding("c", "stop", "stop"),
        Binding("f", "files", "files alone"),
        Binding("w", "wrong", "only imperfect"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.only_wrong = False
        self._seen = -1
        self._told = False

    def compose_body(self) -> ComposeResult:
        """Violations above or at the left, mutants below or at the right."""
        table = AuditTable(id="violations")
        with Container(id="body"):
            with Vertical(id="violations-pane"):
                yield Caption("Violations", id="violations-caption")
                yield Headings(table)
                yield table
            with Vertical(id="wrong-pane"):
                yield Caption("Judged wrongly", id="wrong-caption")
                yield WrongList(id="wrong")

    def on_mount(self) -> None:
        """The violations have the keys first."""
        super().on_mount()
        self.query_one(AuditTable).focus()
        auditing = self.auditing
        if auditing is not None:
            self.sitegen.work(auditing.load, "last audit")
        self.tick()

    @property
    def auditing(self) -> Auditing | None:
        """The audit, once the database is open."""
        services = self.sitegen.services
        return services.auditing if services else None

    @property
    def report(self) -> AuditReport | None:
        """What is counted so far."""
        return self.auditing.report if self.auditing else None

    def tick(self) -> None:
        """Whatever changed since the last tick."""
        auditing = self.auditing
        if auditing is None or not self.alive or auditing.revision == self._seen:
            return
        self._seen = auditing.revision
        if auditing.error is not None:
            error, auditing.error = auditing.error, None
            self.sitegen.show_error(error)
        self._show_rows()
        self._show_top(auditing)
        self.refresh_bindings()

    def _show_top(self, auditing: Auditing) -> None:
        report = auditing.report
        status: list[tuple[str, str]] = []
        if auditing.running:
            done = f"{auditing.done} of {auditing.total}" if auditing.total else "planting"
            status.append((f"▸ {done}  ", "accent_strong"))
        elif auditing.files_alone:
            status.append(("the next one by files alone  ", "accent"))
        if report is not None:
            layers = " and ".join(layer.value for layer in report.layers)
            status.append((f"{layers}, rubric {report.rubric}  seed {report.seed}", "muted"))
        self.top.show(("sitegen", "judge audit"), status)

    def _show_rows(self) -> None:
        auditing, report, table = self.auditing, self.report, self.query_one(AuditTable)
        if report is None:
            waiting = ("Planting the first faults …",) if auditing and auditing.running else NOT_YET
            table.set_words(*waiting)
            table.set_rows(())
        else:
            rows = [row for row in report.rows if not self.only_wrong or _imperfect(row)]
            table.set_rows((report.overall, *rows))
        self._show_wrong()
        note = ""
        if report is not None:
            nulls = report.nulls
            note = f"{sum(report.mutants.values())} mutants"
            if nulls.n:
                note += f", {nulls.hits} of {nulls.n} harmless ones charged"
            if report.unplanted:
                note += f", {figures.plural(len(report.unplanted), 'violation')} not planted"
        self.query_one("#violations-caption", Caption).show("Violations", note)

    def _show_wrong(self) -> None:
        report, wrong = self.report, self.query_one(WrongList)
        chosen = self.query_one(AuditTable).cursor_key
        if report is None:
            wrong.set_words()
            wrong.set_rows(())
            self.query_one("#wrong-caption", Caption).show("Judged wrongly")
            return
        rows = [one for one in report.wrong if chosen in (None, ALL) or chosen in (*one.missed, *one.extra)]
        why = (f"Judged by files alone: {one_line(report.note)}.",) if report.note else ()
        wrong.set_words(*why, "Every fault was found, and nothing else was charged.")
        wrong.set_rows(rows)
        self.query_one(AuditTable).has_wrong = bool(rows)
        title = "Judged wrongly" if chosen in (None, ALL) else f"Judged wrongly: {chosen}"
        self.query_one("#wrong-caption", Caption).show(title, str(len(rows)))

    @on(LineList.Moved, "#violations")
    def _violation_moved(self) -> None:
        self._show_wrong()
        self.refresh_bindings()

    @on(LineList.Chosen, "#violations")
    def _violation_chosen(self) -> None:
        self.query_one(WrongList).focus()

    @on(LineList.Chosen, "#wrong")
    def _mutant_chosen(self) -> None:
        row: Outcome | None = self.query_one(WrongList).cursor_row
        if row is not None:
            self.sitegen.open_mutant(row)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        running = self.auditing is not None and self.auditing.running
        match action:
            case "audit" | "files":
                return self.auditing is not None and not running
            case "stop":
                return running
            case "wrong":
                return self.report is not None
            case _:
                return super().check_action(action, parameters)

    def action_audit(self, sample: bool) -> None:
        """Audit again."""
        if self.auditing is not None:
            self.auditing.start(AuditWanted(sample=SAMPLE if sample else None))
            self.tick()

    def action_stop(self) -> None:
        """Count what there is and make no more mutants."""
        if self.auditing is not None:
            self.sitegen.work(self.auditing.stop, "stop audit")

    def action_files(self) -> None:
        """Whether a browser looks at the next audit's mutants: that takes most of its time."""
        if self.auditing is not None:
            self.auditing.files_alone = not self.auditing.files_alone
            self._show_top(self.auditing)

    def action_wrong(self) -> None:
        """Only violations that were missed or charged besides, or all."""
        self.only_wrong = not self.only_wrong
        self._show_rows()

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()


def _imperfect(row: AuditRow) -> bool:
    return row.recall.hits < row.recall.n or row.precision.hits < row.precision.n
