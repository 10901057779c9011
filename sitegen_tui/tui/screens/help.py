"""Help made from the keys that work right now, so that it is never wrong; and a finding explained down to its rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from sitegen_tui.tui.widgets.bars import Caption, KeyBar, KeyHint, hints
from sitegen_tui.tui.widgets.text_pane import StyledLine, TextPane

SIGNS: tuple[tuple[str, str], ...] = (
    ("■ ▪ × ▸ ·", "a run's steps: judged in full, judged in part, failed, in flight, waiting"),
    ("▸ ◆ ✓ ! ·", "a step: with the model, with the judge, scored, without a score, waiting"),
    ("142.0 / 160", "judged in full: every step is out of 10"),
    ("63.5 of 90.5 static", "judged in part: the layers named could see 90.5 points"),
    ("*", "a person has decided this score"),
    ("–", "no value: never counted as 0"),
)


class Sheet(ModalScreen[None]):
    """A scrolling sheet over the screen."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close"),
        Binding("q,question_mark,i", "close", "close", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[StyledLine]) -> None:
        super().__init__()
        self.heading = title
        self.lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """A caption and text."""
        with Vertical(id="sheet"):
            yield Caption(self.heading)
            yield TextPane(id="sheet-text")
            yield KeyBar()

    def on_mount(self) -> None:
        """The text has the keys."""
        pane = self.query_one(TextPane)
        pane.show_lines(self.lines)
        pane.focus()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)


def help_lines(screen: Screen[object]) -> list[StyledLine]:
    """Every key that works on a screen now, by where it works, and what the signs mean."""
    sections: dict[str, list[KeyHint]] = {}
    for hint in hints(screen, everything=True):
        if isinstance(hint.node, App):
            title = "Everywhere"
        elif isinstance(hint.node, Screen):
            title = "On this screen"
        else:
            title = "Where the cursor is"
        sections.setdefault(title, []).append(hint)
    lines: list[StyledLine] = []
    for title in ("On this screen", "Where the cursor is", "Everywhere"):
        found = sections.get(title, [])
        if found:
            lines.append([(title, "strong")])
            lines += [[(f"  {hint.keys:<14}", "key"), (hint.words, "text" if hint.enabled else "faint")] for hint in found]
            lines.append([("", "text")])
    lines.append([("What the signs mean", "strong")])
    lines += [[(f"  {sign:<22}", "accent"), (words, "text")] for sign, words in SIGNS]
    lines += [[("", "text")], [("The mouse works too: click a row to choose it, again to open it; click a key below.", "muted")]]
    return lines
