"""A question with one line for its answer, and a search for one of many things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sitegen_tui.tui.text import safe
from sitegen_tui.tui.widgets.bars import Caption, KeyBar
from sitegen_tui.tui.widgets.checklist import Checklist, CheckRow, title_of


class Ask(ModalScreen[str | None]):
    """Words, and a line to answer in; None where the person escapes. `wrong` says what cannot be, '' where an answer will do."""

    CSS_PATH = "asking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", "never mind")]

    def __init__(self, title: str, words: str, value: str = "", wrong: Callable[[str], str] = lambda _: "") -> None:
        super().__init__()
        self.heading = title
        self.words = words
        self.value = value
        self.wrong = wrong

    def compose(self) -> ComposeResult:
        """A box with what is asked."""
        with Vertical(id="box"):
            yield Caption(self.heading)
            yield Static(Content(safe(self.words)), id="words")
            yield Input(self.value, id="answer", compact=True)
            yield Static(id="wrong")

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        answer = event.value.strip()
        wrong = self.wrong(answer)
        if wrong:
            self.query_one("#wrong", Static).update(Content(safe(wrong)))
        else:
            self.dismiss(answer)

    def action_drop(self) -> None:
        """No answer."""
        self.dismiss(None)


class Search(ModalScreen[str | None]):
    """A field that narrows a list; the key of the row under the cursor when enter is pressed."""

    CSS_PATH = "asking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("escape", "drop", "never mind"),
    ]

    def __init__(self, rows: Sequence[CheckRow]) -> None:
        super().__init__(classes="search")
        self.rows = tuple(rows)

    def compose(self) -> ComposeResult:
        """Field, list, keys."""
        with Vertical(id="box"):
            yield Caption("Everything that may be wrong here", id="found")
            yield Input(placeholder="words of its name, id or rule", id="answer", compact=True)
            yield Checklist(id="rows")
            yield Static(id="rule")
            yield KeyBar()

    def on_mount(self) -> None:
        """All rows at first."""
        self._narrow("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        words = text.lower().split()
        found = [row for row in self.rows if all(word in _searched(row) for word in words)]
        rows = self.query_one(Checklist)
        rows.set_words("Nothing is called that.")
        rows.set_rows(found)
        self.query_one("#found", Caption).show("Everything that may be wrong here", f"{len(found)} of {len(self.rows)}")
        self._show_rule()

    @on(Checklist.Moved)
    def _moved(self) -> None:
        self._show_rule()

    def _show_rule(self) -> None:
        row = self.query_one(Checklist).cursor_row
        self.query_one("#rule", Static).update(Content(safe(row.question.violation.rule) if row else ""))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        row = self.query_one(Checklist).cursor_row
        if row is not None:
            self.dismiss(row.question.key)

    def action_move(self, step: int) -> None:
        """The cursor of the list, while the field has the keys."""
        self.query_one(Checklist).action_move(step)

    def action_drop(self) -> None:
        """Nothing was found."""
        self.dismiss(None)


def _searched(row: CheckRow) -> str:
    violation = row.question.violation
    return f"{violation.id} {title_of(row.question)} {violation.rule} {violation.severity.value}".lower()
