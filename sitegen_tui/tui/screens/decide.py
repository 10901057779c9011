"""The form of a decision about a step: what is decided, by whom and why, and what the step comes to with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from sitegen_tui.domain.marks import Mark
from sitegen_tui.errors import SitegenError
from sitegen_tui.services.overriding import DecisionWanted
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of, still_there
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.screens.asking import Search
from sitegen_tui.tui.text import fit_middle, one_line, safe
from sitegen_tui.tui.widgets.bars import Caption, KeyBar
from sitegen_tui.tui.widgets.checklist import CheckRow
from sitegen_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from sitegen_tui.services.labelling import Question
    from sitegen_tui.services.overriding import Decided
    from sitegen_tui.services.root import Services
    from sitegen_tui.store.decided import Judging

UNSAID = "…"
"""Stands for a reason that is not written yet, while the form says what would come of it."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be decided."""

    key: str
    label: str


class Acts(LineList[Act]):
    """What can be decided; the cursor is the choice."""

    EMPTY: ClassVar[tuple[str, ...]] = ("Looking …",)

    def key_of(self, row: Act) -> str:
        """Its key."""
        return row.key

    def paint_row(self, row: Act, line: Line, part: int) -> None:
        """A mark and words; the mark says what is chosen."""
        chosen = row.key == self.cursor_key
        line.add("(•) " if chosen else "( ) ", self.palette.accent_strong if chosen else self.palette.faint)
        line.add(fit_middle(row.label, line.room), self.palette.strong if chosen else self.palette.text)


class DecideScreen(ModalScreen[bool]):
    """Says what a step would come to before anything is stored; the result is whether it was. `place` is a finding's, from 1."""

    CSS_PATH = "decide.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "store", "store", priority=True),
        Binding("escape", "drop", "never mind"),
    ]

    def __init__(self, services: Services, run_id: str, step: int, place: int | None = None) -> None:
        super().__init__()
        self._services = services
        self.run_id = run_id
        self.step = step
        self.place = place
        self.missed: Mark | None = None
        self.wanted: DecisionWanted | None = None
        self._judging: Judging | None = None
        self._questions: tuple[Question, ...] = ()
        self._checks = 0

    def compose(self) -> ComposeResult:
        """Choices, fields, and what they come to."""
        with Vertical(id="box"):
            yield Static(Content(f"Decide on step {self.step} of {self.run_id}"), id="heading")
            yield Acts(id="acts")
            for name, label, hint in (
                ("value", "score", "points, for instance 7.5"),
                ("author", "who", "your name"),
                ("reason", "why", "for whoever reads it later"),
            ):
                with Horizontal(classes="field", id=f"{name}-field"):
                    yield Label(label)
                    yield Input(placeholder=hint, id=name, compact=True)
            yield Caption("What it comes to", id="sum-caption")
            yield Static(id="sum")
            with Horizontal(id="buttons"):
                yield Button(Content("Store"), id="store", compact=True)
                yield Button(Content("Never mind"), id="drop", compact=True)
            yield KeyBar()

    def on_mount(self) -> None:
        """Read what there is to decide about."""
        self.query_one("#value-field").display = False
        sitegen_of(self).work(self._fill, "decide form", exclusive=True)

    @property
    def act(self) -> str:
        """What is chosen."""
        return self.query_one(Acts).cursor_key or ""

    async def _fill(self) -> None:
        labelling = self._services.labelling
        self._judging = judging = await self._services.overriding.judging(self.run_id, self.step)
        raters = await labelling.raters()
        self._questions = await labelling.questions(judging.action)
        if not still_there(self):
            return
        if raters:
            self.query_one("#author", Input).value = raters[0]
        acts = self.query_one(Acts)
        acts.set_rows(acts_of(judging, self.place, self.missed))
        if self.place is not None:
            acts.move_to("drop")
        acts.styles.height = len(acts.rows)
        acts.focus()
        self._check()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.query_one("#value-field").display = self.act == "score"
        self._check()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        if self.act == "add":
            rows = [CheckRow("", question) for question in self._questions]
            sitegen_of(self).push_screen(Search(rows), self._found)
        else:
            self.query_one("#value" if self.act == "score" else "#reason", Input).focus()

    def _found(self, key: str | None) -> None:
        question = next((one for one in self._questions if one.key == key), None)
        if question is None or self._judging is None:
            return
        self.missed = Mark(violation=question.violation.id, subject=question.subject)
        self.query_one(Acts).set_rows(acts_of(self._judging, self.place, self.missed))
        self.query_one("#reason", Input).focus()
        self._check()

    @on(Input.Changed)
    def _changed(self) -> None:
        self._check()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "reason":
            self.action_store()
        else:
            self.query_one("#reason", Input).focus()

    def _check(self) -> None:
        self._checks += 1
        sitegen_of(self).work(partial(self._preview, self._checks), "decide check", exclusive=True)

    async def _preview(self, check: int) -> None:
        self.wanted = None
        if self._judging is None:
            return
        try:
            wanted = self._asked()
            made = await self._services.overriding.preview(replace(wanted, reason=wanted.reason or UNSAID))
        except SitegenError as error:
            words, wrong = f"{error.message}\n{error.hint}".rstrip(), True
        else:
            words, wrong = outcome_words(made), False
            if not wanted.reason:
                words += "\nA decision needs a reason."
            elif check == self._checks:
                self.wanted = wanted
        if still_there(self) and check == self._checks:
            field = self.query_one("#sum", Static)
            field.set_class(wrong, "wrong")
            field.update(Content(safe_lines(words)))
            self.query_one("#store", Button).disabled = self.wanted is None
            self.refresh_bindings()

    def _asked(self) -> DecisionWanted:
        text = self.query_one("#value", Input).value.strip().replace(",", ".").replace(figures.MINUS, "-")
        value: float | None = None
        adds: tuple[Mark, ...] = ()
        if self.act == "score":
            try:
                value = float(text)
            except ValueError:
                raise SitegenError("A score is a number of points.", hint="for instance 7.5") from None
        if self.act == "add":
            if self.missed is None:
                raise SitegenError("What was missed?", hint="⏎ on this line searches the checklist")
            adds = (self.missed,)
        return DecisionWanted(
            self.run_id,
            self.step,
            self.query_one("#author", Input).value,
            self.query_one("#reason", Input).value.strip(),
            value=value,
            drops=(str(self.place),) if self.act == "drop" else (),
            adds=adds,
            withdraws=0 if self.act == "withdraw" else None,
        )

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "store":
            self.action_store()
        else:
            self.action_drop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a decision that can be stored is offered to be."""
        return self.wanted is not None if action == "store" else super().check_action(action, parameters)

    def action_store(self) -> None:
        """Store the decision; the form stays open if somebody else was faster and it cannot be any more."""
        if self.wanted is not None:
            sitegen_of(self).work(partial(self._store, self.wanted), "decide", exclusive=True)

    async def _store(self, wanted: DecisionWanted) -> None:
        await self._services.labelling.use(wanted.author)
        await self._services.overriding.decide(wanted)
        if still_there(self):
            self.dismiss(True)

    def action_drop(self) -> None:
        """Nothing is decided."""
        self.dismiss(False)


def acts_of(judging: Judging, place: int | None, missed: Mark | None) -> list[Act]:
    """What can be decided about a step, `place` being that of the finding under the cursor."""
    acts: list[Act] = []
    if place is not None and place <= len(judging.now):
        entry = judging.now[place - 1].charge
        acts.append(Act("drop", f"no finding: {one_line(entry.finding.violation)} {figures.deduction(entry.amount)}"))
    if judging.score is not None:
        name = f"{missed.violation} {missed.subject}".rstrip() if missed else UNSAID
        acts.append(Act("add", f"something was missed: {name}"))
    acts.append(Act("score", "another score"))
    if judging.score is not None:
        acts.append(Act("agree", "the judges are right"))
    if judging.decisions:
        last = judging.decisions[-1]
        acts.append(Act("withdraw", f"take back what {one_line(last.author)} decided: {one_line(last.reason)}"))
    return acts


def outcome_words(made: Decided) -> str:
    """`5.0 → 7.5, judged 5.0`."""
    words = f"{figures.points(made.before)} → {figures.points(made.after)} points"
    return words + (f", judged {figures.points(made.judged.value)}" if made.judged else "")


def safe_lines(text: str) -> str:
    """Each line of a text made safe to show."""
    return "\n".join(safe(line) for line in text.split("\n"))
