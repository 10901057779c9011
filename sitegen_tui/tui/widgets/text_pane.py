"""Panes of running text: one that only grows while a model writes, and one that shows finished text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from sitegen_tui.tui.text import clipped, safe, wrap
from sitegen_tui.tui.widgets.painted import PaintedView

LINE_LIMIT = 5_000
"""Lines that a pane keeps; the oldest fifth goes when there are more."""

StyledLine = Sequence[tuple[str, str]]
"""A line as (text, name of a palette style) pieces."""


class TextPane(PaintedView, can_focus=True):
    """Wrapped lines of untrusted text, painted only where they are seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "Top", show=False),
        Binding("end", "edge(1)", "Bottom", show=False),
    ]

    def __init__(self, *, id: str | None = None, empty: str = "", classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self._lines: list[StyledLine] = []
        self._rows: list[StyledLine] = []
        self._strips: dict[int, Strip] = {}
        self._wrapped_at = -1

    def show_text(self, text: str, style: str = "text") -> None:
        """Show a text from its top."""
        self.show_lines([[(line, style)] for line in text.split("\n")])

    def show_lines(self, lines: Iterable[StyledLine]) -> None:
        """Show styled lines from their top; pieces need not be safe."""
        self._lines = [[(safe(clipped(text)), style) for text, style in line] for line in lines]
        self._wrap_all()
        self.scroll_to(y=0, animate=False, force=True)

    def say(self, words: str) -> None:
        """Show nothing but a quiet remark."""
        self.empty = words
        self._lines = []
        self._wrap_all()

    @property
    def text(self) -> str:
        """What is shown, unwrapped (made safe)."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by screenfuls."""
        self.action_scroll(pages * max(1, self.size.height - 2))

    def action_edge(self, bottom: int) -> None:
        """Scroll to top or bottom."""
        self.scroll_to(y=self.max_scroll_y if bottom else 0, animate=False, force=True)

    def on_resize(self, _event: Resize) -> None:
        """Wrap again where the width has changed."""
        if self.room != self._wrapped_at:
            self._wrap_all()

    def forget_lines(self) -> None:
        """Cached lines carry colours."""
        self._strips.clear()

    def visible_line(self, row: int, width: int) -> Strip:
        """One wrapped line."""
        if not self._lines:
            return self._remark(row, width)
        strip = self._strips.get(row)
        if strip is None:
            if row >= len(self._rows):
                return Strip.blank(width)
            strip = self.paint(self._rows[row], width)
            if len(self._strips) > 1000:
                self._strips.clear()
            self._strips[row] = strip
        return strip

    def paint(self, pieces: StyledLine, width: int) -> Strip:
        """A wrapped line with its styles."""
        palette = self.palette
        segments = [Segment(" ")]
        for text, name in pieces:
            style: Style = getattr(palette, name)
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width)

    def _remark(self, row: int, width: int) -> Strip:
        if row != 1:
            return Strip.blank(width)
        return Strip([Segment("  "), Segment(self.empty, self.palette.muted)]).adjust_cell_length(width)

    def _wrap_all(self) -> None:
        self._wrapped_at = self.room
        self._strips.clear()
        self._rows = []
        if self._wrapped_at > 0:
            for line in self._lines:
                self._rows.extend(self._wrapped(line))
        self.virtual_size = Size(0, len(self._rows))
        self.refresh()

    def _wrapped(self, line: StyledLine) -> list[StyledLine]:
        width = self._wrapped_at - 2
        if len(line) == 1:
            text, style = line[0]
            return [[(piece, style)] for piece in wrap(text, width)]
        rows: list[StyledLine] = []
        current: list[tuple[str, str]] = []
        used = 0
        for text, style in line:
            first = True
            for piece in wrap(text, width):
                size = len(piece)
                if not first or (used and used + size > width):
                    rows.append(current)
                    current, used = [], 0
                current.append((piece, style))
                used += size
                first = False
        rows.append(current)
        return rows


class StreamPane(TextPane):
    """Text that only grows. It stays at its end until somebody scrolls up, and keeps a window, not a history."""

    def __init__(self, *, id: str | None = None, empty: str = "", classes: str | None = None) -> None:
        super().__init__(id=id, empty=empty, classes=classes)
        self._open = ""
        self._open_rows = 0

    def restart(self, remark: str = "") -> None:
        """Forget everything."""
        self._open, self._open_rows = "", 0
        self.say(remark)

    def append(self, text: str) -> None:
        """Text that has just come; the last line may be unfinished."""
        if not text:
            return
        at_end = self.scroll_offset.y >= self.max_scroll_y - 1
        *finished, tail = text.split("\n")
        first_changed = len(self._rows) - self._open_rows
        del self._rows[first_changed:]
        if self._lines:
            self._lines.pop()
        for part in finished:
            self._close_line(self._open + part)
            self._open = ""
        # Beyond what is ever painted, a line without an end is only counted.
        self._open = (self._open + tail)[: 1 << 20]
        line = self._styled(self._open)
        self._lines.append(line)
        rows = self._wrapped(line) if self._wrapped_at > 0 else []
        self._open_rows = len(rows)
        self._rows.extend(rows)
        for place in range(first_changed, len(self._rows)):
            self._strips.pop(place, None)
        self._forget_oldest()
        height = len(self._rows)
        if height != self.virtual_size.height:
            self.virtual_size = Size(0, height)
        if at_end:
            bottom = max(0, height - self.scrollable_content_region.height)
            if bottom != self.scroll_offset.y:
                self.scroll_to(y=bottom, animate=False, force=True)
        self.refresh_lines(first_changed, max(1, height - first_changed))

    def _wrap_all(self) -> None:
        super()._wrap_all()
        self._open_rows = len(self._wrapped(self._lines[-1])) if self._lines and self._wrapped_at > 0 else 0

    def _close_line(self, text: str) -> None:
        line = self._styled(text)
        self._lines.append(line)
        if self._wrapped_at > 0:
            self._rows.extend(self._wrapped(line))

    def _styled(self, text: str) -> StyledLine:
        text = safe(clipped(text.rstrip("\r")))
        head = text[:5]
        if head in ("<<<<<", ">>>>>", "====="):
            return [(text, "accent")]
        return [(text, "text")]

    def _forget_oldest(self) -> None:
        if len(self._lines) > LINE_LIMIT:
            del self._lines[: LINE_LIMIT // 5]
            gone = len(self._rows)
            self._rows = [row for line in self._lines for row in self._wrapped(line)] if self._wrapped_at > 0 else []
            self._strips.clear()
            gone -= len(self._rows)
            self.scroll_to(y=max(0, self.scroll_offset.y - gone), animate=False, force=True)
            self.refresh()
