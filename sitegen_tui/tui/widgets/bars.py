"""The lines at the edges of every screen: where we are, which keys work here, and rows of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from sitegen_tui.tui.host import app_of
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import fit_middle, one_line
from sitegen_tui.tui.widgets.painted import PaintedLine

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

UNDERLINE = Style(underline=True)

Pieces = Sequence[tuple[str, str]]
"""(text, name of a palette style)."""


class TopLine(PaintedLine):
    """Where we are on the left, how it is going on the right."""

    DEFAULT_CSS = """
    TopLine { dock: top; background: $raised; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._trail: tuple[str, ...] = ("sitegen",)
        self._status: tuple[tuple[str, str], ...] = ()

    def show(self, trail: Sequence[str], status: Pieces = ()) -> None:
        """Set both; repaints only when they differ."""
        if (tuple(trail), tuple(status)) != (self._trail, self._status):
            self._trail, self._status = tuple(trail), tuple(status)
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line; the status gives way only when nothing else can."""
        palette, line = self.palette, Line(width)
        status = [(one_line(text), style) for text, style in self._status]
        right = sum(cell_len(text) for text, _ in status)
        room = max(12, width - right - 2)
        trail = [one_line(part) for part in self._trail]
        while len(trail) > 2 and sum(cell_len(part) + 3 for part in trail) - 3 > room:
            del trail[1]
        for place, part in enumerate(trail):
            if place:
                line.add(" › ", palette.faint)
            last = place == len(trail) - 1
            part = fit_middle(part, max(4, room - line.cells)) if last else part
            line.add(part, palette.accent_strong if place == 0 else palette.strong if last else palette.muted)
        if line.cells + 2 + right <= width:
            line.to(width - right)
        else:
            line.gap(2)
        for text, style in status:
            line.add(text, getattr(palette, style))
        return line.strip()


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as it is shown, what it does, and what to run when it is clicked."""

    keys: str
    words: str
    action: str
    node: DOMNode
    enabled: bool = True


KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
    "full_stop": ".",
    "escape": "esc",
    "enter": "⏎",
    "backspace": "⌫",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "space": "space",
    "tab": "tab",
    "shift+tab": "⇧tab",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
}


def key_name(key: str) -> str:
    """A key as people write it."""
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return "^" + key[5:] if key.startswith("ctrl+") else key


def hints(screen: Screen[object], *, everything: bool = False) -> list[KeyHint]:
    """The keys that work now, in one place for the key bar, the help and the palette.

    Keys of one group, or of one action, are one hint. With `everything`, keys that are too obvious for the bar are there too.
    """
    found: dict[tuple[int, str], KeyHint] = {}
    for active in screen.active_bindings.values():
        binding, node = active.binding, active.node
        if binding.system or not binding.description or not (binding.show or everything):
            continue
        group = binding.group
        slot = (id(node), f"group:{group.description}" if group else binding.action)
        shown = binding.key_display or key_name(binding.key)
        if slot in found:
            old = found[slot]
            found[slot] = KeyHint(joined_keys(old.keys, shown), old.words, old.action, node, old.enabled or active.enabled)
        else:
            words = group.description if group else binding.description
            found[slot] = KeyHint(shown, words, binding.action, node, active.enabled)
    return list(found.values())


def joined_keys(keys: str, another: str) -> str:
    """Keys of one hint: `1-3` where they are digits in a row, else side by side."""
    if another.isdecimal() and keys[-1:].isdecimal() and int(another) == int(keys[-1]) + 1:
        return f"{keys[0]}-{another}"
    return f"{keys} {another}"


class KeyBar(PaintedLine):
    """The keys that work now; click one to do it. What does not fit is in the help, whose key is always here."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; background: $raised; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._places: list[tuple[int, int, KeyHint]] = []

    def on_mount(self) -> None:
        """Follow what is bound: focus, selection and state change it."""
        super().on_mount()
        cast(Any, self).screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line of keys."""
        line = Line(width)
        shown = [hint for hint in hints(self.screen) if hint.enabled]
        last = [hint for hint in shown if hint.action == "app.help" or hint.action == "help"]
        rest = [hint for hint in shown if hint not in last]
        reserve = sum(cell_len(hint.keys) + cell_len(hint.words) + 4 for hint in last)
        self._places = []
        for hint in rest:
            size = cell_len(hint.keys) + 1 + cell_len(hint.words)
            if line.cells + size + 2 > width - reserve:
                continue
            self._write(line, hint)
            line.gap(2)
        line.to(width - reserve + 2)
        for hint in last:
            self._write(line, hint)
            line.gap(2)
        return line.strip()

    def _write(self, line: Line, hint: KeyHint) -> None:
        start = line.cells
        line.add(hint.keys, self.palette.key).gap().add(hint.words, self.palette.muted)
        self._places.append((start, line.cells, hint))

    async def on_click(self, event: Click) -> None:
        """Do what the key under the mouse does."""
        at = event.x - self.styles.padding.left
        for start, end, hint in self._places:
            if start <= at < end:
                await app_of(self).run_action(hint.action, hint.node)
                return


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: what it is called in messages, its label, and a quiet note behind it."""

    name: str
    label: str
    note: str = ""


class TabStrip(PaintedLine):
    """A row of tabs; the screen decides what they mean."""

    DEFAULT_CSS = """
    TabStrip { height: 1; }
    """

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, strip: TabStrip, name: str) -> None:
            super().__init__()
            self.strip = strip
            self.name = name

        @property
        def control(self) -> TabStrip:
            """The strip."""
            return self.strip

    def __init__(self, tabs: Sequence[Tab] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.tabs: tuple[Tab, ...] = tuple(tabs)
        self.active = self.tabs[0].name if self.tabs else ""
        self._places: list[tuple[int, int, str]] = []

    def show(self, tabs: Sequence[Tab], active: str) -> None:
        """Set tabs and the active one; repaints only when they differ."""
        if (tuple(tabs), active) != (self.tabs, self.active):
            self.tabs, self.active = tuple(tabs), active
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line; where tabs do not fit, those around the active one are shown."""
        palette, line = self.palette, Line(width)
        self._places = []
        first = self._first(width)
        if first:
            line.add("‹ ", palette.faint)
        for place, tab in enumerate(self.tabs[first:], first):
            active = tab.name == self.active
            start = line.cells
            line.add(" " + one_line(tab.label), palette.accent_strong + UNDERLINE if active else palette.muted)
            line.add((" " + tab.note if tab.note else "") + " ", palette.faint)
            self._places.append((start, line.cells, tab.name))
            if line.room < 4 and place + 1 < len(self.tabs):
                break
            line.gap()
        return line.strip()

    def _first(self, width: int) -> int:
        sizes = [cell_len(tab.label) + (cell_len(tab.note) + 1 if tab.note else 0) + 3 for tab in self.tabs]
        at = next((place for place, tab in enumerate(self.tabs) if tab.name == self.active), 0)
        first = 0
        while first < at and sum(sizes[first : at + 1]) > width - 4:
            first += 1
        return first

    def on_click(self, event: Click) -> None:
        """Pick the tab under the mouse."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(self, name))
                return


class Caption(PaintedLine):
    """The heading of a pane, with a quiet note at its right end."""

    def __init__(self, title: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._title = title
        self._note = ""

    def show(self, title: str, note: str = "") -> None:
        """Set both; repaints only when they differ."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        line = Line(width).gap()
        note = one_line(self._note)
        room = line.room - cell_len(note) - 2 if note else line.room
        title = one_line(self._title)
        line.add(fit_middle(title, max(8, room - 1)) if cell_len(title) > room else title, self.palette.strong)
        if note and line.room > cell_len(note):
            line.to(width - cell_len(note) - 1).add(note, self.palette.muted)
        return line.strip()
