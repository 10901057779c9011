"""Mutant: a gold step with something planted, as a diff, beside what the judge charged and what it should have."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption, Tab, TabStrip
from sitegen_tui.tui.widgets.diff_view import SPLIT_WIDTH, DiffView
from sitegen_tui.tui.widgets.findings_list import FindingLine, FindingsList
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.text_pane import StyledLine, TextPane

if TYPE_CHECKING:
    from sitegen_tui.domain.audits import Outcome
    from sitegen_tui.domain.findings import Charge
    from sitegen_tui.services.auditing import OpenedMutant

CHANGES = Binding.Group("change", compact=True)
FILES = Binding.Group("file", compact=True)


class MutantScreen(LiveScreen):
    """Gold on the left of the diff, the mutant on the right; it is made and judged again when it is opened."""

    CSS_PATH = "mutant.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "hunk(1)", "next change", group=CHANGES),
        Binding("N", "hunk(-1)", "previous change", group=CHANGES),
        Binding("left_square_bracket", "file(-1)", "previous file", group=FILES),
        Binding("right_square_bracket", "file(1)", "next file", group=FILES),
        Binding("u", "layout", "side by side"),
        Binding("i", "explain", "explain"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
        self.opened: OpenedMutant | None = None
        self._path = ""

    def compose_body(self) -> ComposeResult:
        """The diff, and beside or below it what was planted and what was charged."""
        with Container(id="body"):
            with Vertical(id="main"):
                yield TabStrip(id="files")
                yield DiffView(id="diff")
            with Container(id="side"):
                with Vertical(id="planted-pane"):
                    yield Caption("Planted", id="planted-caption")
                    yield TextPane(id="planted")
                with Vertical(id="findings-pane"):
                    yield Caption("Charged", id="findings-caption")
                    yield FindingsList(id="findings")

    def on_mount(self) -> None:
        """Make the mutant again."""
        super().on_mount()
        self.query_one("#files").display = False
        view = self.query_one(DiffView)
        view.say("Planting it again …")
        view.focus()
        self.query_one(FindingsList).set_words("The judge is at work.")
        self.query_one("#planted", TextPane).show_lines(planted_lines(self.outcome))
        self._show_top(self.outcome)
        self.sitegen.work(self._load, "mutant", exclusive=True)

    async def _load(self) -> None:
        services = self.sitegen.services
        if services is None:
            return
        opened = await services.auditing.open(self.outcome)
        if not self.alive:
            return
        self.opened, self.outcome = opened, opened.outcome
        self._path = opened.diff.files[0].path if opened.diff.files else ""
        findings = self.query_one(FindingsList)
        findings.set_words("Nothing was charged.")
        lines = [FindingLine(number, charge) for number, charge in enumerate(opened.charges, 1)]
        findings.set_rows(sorted(lines, key=lambda line: not line.charge.amount))
        total = sum(charge.amount for charge in opened.charges)
        self.query_one("#findings-caption", Caption).show("Charged", f"{figures.deduction(total)} points")
        self.query_one("#planted", TextPane).show_lines(planted_lines(opened.outcome))
        self._show_top(opened.outcome)
        self._show_file()
        self.refresh_bindings()

    @property
    def charge(self) -> Charge | None:
        """The charge under the findings' cursor."""
        row = self.query_one(FindingsList).cursor_row
        return row.charge if row else None

    def _show_top(self, outcome: Outcome) -> None:
        right = ("judged rightly", "good") if outcome.right else ("judged wrongly", "bad")
        self.top.show(("sitegen", "judge audit", outcome.key.action, " + ".join(outcome.key.faults)), (right,))

    def _show_file(self) -> None:
        files = self.opened.diff.files if self.opened else ()
        strip, view = self.query_one("#files", TabStrip), self.query_one(DiffView)
        strip.display = bool(files)
        tabs = tuple(Tab(file.path, one_line(file.path), f"+{file.stats.added} −{file.stats.removed}") for file in files)
        strip.show(tabs, self._path)
        file = next((one for one in files if one.path == self._path), None)
        if file is None:
            view.say("No text differs from gold: what was planted lies in the reply or in the files beside the page.")
            return
        evidence = [charge.finding.evidence for charge in (self.opened.charges if self.opened else ())]
        view.show(file, [(one.side, one.line) for one in evidence if one.file == file.path and one.line])

    @on(TabStrip.Picked, "#files")
    def _file_picked(self, event: TabStrip.Picked) -> None:
        self._path = event.name
        self._show_file()

    @on(DiffView.Moved)
    def _diff_moved(self) -> None:
        self.refresh_bindings()

    @on(LineList.Moved, "#findings")
    def _finding_moved(self) -> None:
        self.refresh_bindings()

    @on(LineList.Chosen, "#findings")
    def _finding_chosen(self) -> None:
        charge = self.charge
        if charge is None:
            return
        evidence = charge.finding.evidence
        files = {file.path for file in self.opened.diff.files} if self.opened else set[str]()
        if not evidence.file or evidence.line is None or evidence.file not in files:
            self.action_explain()
            return
        self._path = evidence.file
        self._show_file()
        view = self.query_one(DiffView)
        view.go_to(evidence.side, evidence.line)
        view.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        files = self.opened.diff.files if self.opened else ()
        match action:
            case "hunk":
                return bool(files) and self.query_one(DiffView).has_hunk(1 if parameters == (1,) else -1)
            case "file":
                return len(files) > 1
            case "layout":
                return bool(files) and self.query_one(DiffView).size.width >= SPLIT_WIDTH
            case "explain":
                return self.charge is not None
            case _:
                return super().check_action(action, parameters)

    def action_hunk(self, step: int) -> None:
        """The next or previous change of the file."""
        self.query_one(DiffView).next_hunk(step)

    def action_file(self, step: int) -> None:
        """The next or previous file that differs."""
        paths = [file.path for file in self.opened.diff.files] if self.opened else []
        if paths:
            at = paths.index(self._path) if self._path in paths else 0
            self._path = paths[(at + step) % len(paths)]
            self._show_file()

    def action_layout(self) -> None:
        """Unified or side by side."""
        view = self.query_one(DiffView)
        view.set_layout("unified" if view.layout_name == "split" else "split")

    def action_explain(self) -> None:
        """The finding under the cursor, down to its rule."""
        charge = self.charge
        if charge is not None:
            self.sitegen.explain(charge, self.outcome.key.action)

    def action_back(self) -> None:
        """To the audit."""
        self.sitegen.back()


def planted_lines(outcome: Outcome) -> list[StyledLine]:
    """What was planted and what became of each of it; what was charged besides; and the mutant's name."""
    lines: list[StyledLine] = []
    for one in outcome.planted:
        fate = ("missed", "bad") if one.violation in outcome.missed else ("found", "good")
        if one.violation in outcome.explained:
            fate = ("explained by another", "muted")
        lines.append([(f"{one.violation}  ", "strong"), (f"{one.grade}  ", "faint"), fate])
    if not outcome.planted:
        lines.append([("Nothing: this change is harmless.", "muted")])
    lines += [[(f"{one}  ", "strong"), ("charged, but not planted", "bad")] for one in outcome.extra]
    lines += [
        [("", "text")],
        [("site    ", "faint"), (f"{outcome.key.template} for {outcome.key.requirements}", "text")],
        [("action  ", "faint"), (outcome.key.action, "text")],
        [("judged  ", "faint"), (" and ".join(layer.value for layer in outcome.layers), "text")],
        [("name    ", "faint"), (str(outcome.key), "muted")],
    ]
    return lines
