"""Dialogs: an error a person can read, and a question with two answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from sitegen_tui.tui.text import safe


class Dialog(ModalScreen[str]):
    """A title, words, and buttons; the dialog's result is the name of the button. Escape gives the last one."""

    CSS_PATH = "error.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_last", "close"),
        Binding("left", "app.focus_previous", "previous button", show=False),
        Binding("right", "app.focus_next", "next button", show=False),
    ]

    def __init__(self, title: str, words: Sequence[str], buttons: Sequence[tuple[str, str]], *, error: bool = False) -> None:
        super().__init__(classes="error" if error else "")
        self.heading = title
        self.words = tuple(words)
        self.buttons = tuple(buttons)

    def compose(self) -> ComposeResult:
        """Everything as plain content: words may come from anywhere."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(Content(safe(self.heading)), id="heading")
            for words in self.words:
                text = "\n".join(safe(line) for line in words[:4000].splitlines()[:40])
                yield Static(Content(text), classes="words")
            with Horizontal(id="buttons"):
                for name, label in self.buttons:
                    yield Button(Content(label), id=name, compact=True)

    def on_mount(self) -> None:
        """The first button has the keys."""
        self.query(Button).first().focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or "")

    def action_dismiss_last(self) -> None:
        """The harmless answer."""
        self.dismiss(self.buttons[-1][0])


class ErrorDialog(Dialog):
    """What went wrong, why, and what to do."""

    def __init__(self, message: str, hint: str = "", buttons: Sequence[tuple[str, str]] = (("close", "Close"),)) -> None:
        words = [message, *([hint] if hint else [])]
        super().__init__("This did not work", words, buttons, error=True)
