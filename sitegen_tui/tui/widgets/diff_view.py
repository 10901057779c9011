"""A file's diff, unified or side by side, with the words that differ and marks where findings are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollLeft, MouseScrollRight, Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sitegen_tui.tui.text import LONGEST_LINE, fit, safe
from sitegen_tui.tui.widgets.painted import PaintedView

if TYPE_CHECKING:
    from sitegen_tui.domain.diffs import FileDiff, Row, Side, Spans
    from sitegen_tui.site.diff_rows import DiffRows, Layout
    from sitegen_tui.tui.theme import Palette

SPLIT_WIDTH = 110
"""Cells below which side by side is not offered: two halves would be too narrow to read code in."""
SIDEWAYS = 8


class DiffView(PaintedView, can_focus=True):
    """Rows are made on demand, so a diff of any size opens at once. Scrolls sideways inside the gutter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "First line", show=False),
        Binding("end", "edge(1)", "Last line", show=False),
        Binding("shift+left", "sideways(-1)", "Scroll left", show=False),
        Binding("shift+right", "sideways(1)", "Scroll right", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.diff: FileDiff | None = None
        self.rows: DiffRows | None = None
        self.remark = ""
        self.cursor = 0
        self.shift = 0
        self._wanted: Layout = "unified"
        self._around: int | None = 3
        self._shown: set[tuple[Side, int]] = set()
        self._marks: frozenset[tuple[Side, int]] = frozenset()
        self._digits = 3
        self._strips: dict[int, Strip] = {}
        self._painted_width = -1

    @property
    def layout_name(self) -> Layout:
        """How it is shown: side by side only where there is room and two sides."""
        if self._wanted == "split" and self.can_split:
            return "split"
        return "unified"

    @property
    def can_split(self) -> bool:
        """Whether side by side would be readable here."""
        return self.size.width >= SPLIT_WIDTH

    @property
    def whole_file(self) -> bool:
        """Whether unchanged lines are shown too."""
        return self._around is None

    def say(self, remark: str) -> None:
        """Show no diff, only a quiet remark."""
        self.diff = self.rows = None
        self.remark = remark
        self._strips.clear()
        self.virtual_size = Size(0, 1)
        self.refresh()

    def show(self, diff: FileDiff, marks: Iterable[tuple[Side, int]] = ()) -> None:
        """Show a file's diff; `marks` are lines (side, number) that findings speak of."""
        fresh = self.diff is None or self.diff.path != diff.path or self.diff != diff
        self.diff = diff
        self._marks = frozenset(marks)
        if fresh:
            self._shown.clear()
            self.cursor = self.shift = 0
        self._build()
        if fresh:
            self.scroll_to(y=0, animate=False, force=True)

    def set_layout(self, layout: Layout) -> None:
        """Unified or side by side; the line under the cursor stays."""
        self._wanted = layout
        self._rebuild()

    def set_context(self, lines: int | None) -> None:
        """Unchanged lines around changes; None for the whole file."""
        self._around = lines
        self._rebuild()

    def go_to(self, side: Side, number: int) -> bool:
        """Put the cursor on a line, opening context where it is outside the hunks; False if there is no such line."""
        if self.rows is None:
            return False
        row = self.rows.row_of(side, number)
        if row is None:
            self._shown.add((side, number))
            self._build()
            row = self.rows.row_of(side, number)
        if row is None:
            return False
        self._go(row, middle=True)
        return True

    def place(self) -> tuple[Side, int] | None:
        """The line under the cursor, as (side, number)."""
        if self.rows is None or not 0 <= self.cursor < len(self.rows):
            return None
        row = self.rows[self.cursor]
        if row.kind == "hunk" and self.cursor + 1 < len(self.rows):
            row = self.rows[self.cursor + 1]
        if row.right_number is not None:
            return "after", row.right_number
        return ("before", row.left_number) if row.left_number is not None else None

    def next_hunk(self, step: int) -> bool:
        """Cursor to the next or previous change; False at the last one."""
        if self.rows is None:
            return False
        row = self.rows.next_change(self.cursor) if step > 0 else self.rows.previous_change(self.cursor)
        if row is None:
            return False
        self._go(row, middle=True)
        return True

    def has_hunk(self, step: int) -> bool:
        """Whether there is a change further on in that direction."""
        if self.rows is None:
            return False
        found = self.rows.next_change(self.cursor) if step > 0 else self.rows.previous_change(self.cursor)
        return found is not None

    def where(self) -> str:
        """Which change of how many the cursor is at or past, in words."""
        if self.rows is None or not self.rows.change_rows:
            return ""
        at = sum(1 for row in self.rows.change_rows if row <= self.cursor)
        return f"change {max(1, at)} of {len(self.rows.change_rows)}"

    def action_move(self, step: int) -> None:
        """Cursor by lines."""
        self._go(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Cursor by screenfuls."""
        self._go(self.cursor + step * max(1, self.size.height - 2))

    def action_edge(self, last: int) -> None:
        """Cursor to the first or last row."""
        self._go(len(self.rows) - 1 if last and self.rows else 0)

    def action_sideways(self, step: int) -> None:
        """Show what is further right, or back."""
        self._sideways(step * SIDEWAYS)

    def on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        """As shift+right."""
        event.stop()
        self._sideways(SIDEWAYS)

    def on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        """As shift+left."""
        event.stop()
        self._sideways(-SIDEWAYS)

    def on_click(self, event: Click) -> None:
        """A click puts the cursor there."""
        self._go(event.y + self.scroll_offset.y)

    def on_focus(self) -> None:
        """The cursor is brighter where keys go."""
        self._repaint(self.cursor)

    def on_blur(self) -> None:
        """See on_focus."""
        self._repaint(self.cursor)

    def on_resize(self, _event: Resize) -> None:
        """The layout depends on the room."""
        if self.rows is not None and self.rows.layout != self.layout_name:
            self._rebuild()

    def forget_lines(self) -> None:
        """Cached lines carry colours."""
        self._strips.clear()

    def visible_line(self, row: int, width: int) -> Strip:
        """One row, painted if it is not at hand."""
        place = row
        if width != self._painted_width:
            self._painted_width = width
            self._strips.clear()
        if self.rows is None:
            if place == 1:
                return Strip([Segment("  "), Segment(self.remark, self.palette.muted)]).adjust_cell_length(width)
            return Strip.blank(width)
        strip = self._strips.get(place)
        if strip is None:
            if place >= len(self.rows):
                return Strip.blank(width)
            if len(self._strips) > 1000:
                self._strips.clear()
            strip = self._strips[place] = self._paint(self.rows[place], place, width)
        return strip

    def _rebuild(self) -> None:
        place = self.place()
        self._build()
        if place is not None and self.rows is not None:
            row = self.rows.row_of(*place)
            if row is not None:
                self._go(row, middle=True)

    def _build(self) -> None:
        from sitegen_tui.site.diff_rows import DiffRows, hunks

        self._strips.clear()
        if self.diff is None:
            return
        if self.diff.binary:
            before, after = self.diff.before, self.diff.after
            sizes = " to ".join(f"{info.size:,} bytes" for info in (before, after) if info)
            self.diff_is_binary(sizes)
            return
        found = hunks(self.diff, self._around, show=self._shown)
        self.rows = DiffRows(self.diff, found, self.layout_name)
        if not len(self.rows):
            self.rows = None
            self.remark = "No line differs."
            self.virtual_size = Size(0, 1)
            self.refresh()
            return
        most = max(len(self.diff.before_lines), len(self.diff.after_lines), 1)
        self._digits = max(3, len(str(most)))
        self.cursor = min(self.cursor, len(self.rows) - 1)
        self.virtual_size = Size(0, len(self.rows))
        self.refresh()

    def diff_is_binary(self, sizes: str) -> None:
        """Binary files have no lines to show."""
        self.rows = None
        self.remark = f"A binary file: {sizes}."
        self.virtual_size = Size(0, 1)
        self.refresh()

    def _go(self, row: int, *, middle: bool = False) -> None:
        if self.rows is None:
            return
        row = min(max(0, row), len(self.rows) - 1)
        old, self.cursor = self.cursor, row
        self._repaint(old)
        self._repaint(row)
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        if middle and not top + 2 <= row < top + height - 3:
            self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)
        elif row < top:
            self.scroll_to(y=row, animate=False, force=True)
        elif row >= top + height:
            self.scroll_to(y=row - height + 1, animate=False, force=True)
        if old != row:
            self.post_message(self.Moved())

    def _repaint(self, row: int) -> None:
        self._strips.pop(row, None)
        self.refresh_lines(row)

    def _sideways(self, cells: int) -> None:
        shift = min(max(0, self.shift + cells), LONGEST_LINE)
        if shift != self.shift:
            self.shift = shift
            self._strips.clear()
            self.refresh()

    def _paint(self, row: Row, place: int, width: int) -> Strip:
        palette = self.palette
        at_cursor = place == self.cursor
        edge = Segment("▌" if at_cursor else " ", palette.accent if self.has_focus else palette.faint)
        if row.kind == "hunk":
            text = fit(safe((row.left or "")[:LONGEST_LINE]), width - 2)
            return Strip([edge, Segment(text, palette.faint)]).adjust_cell_length(width, palette.on_raised)
        if self.rows is not None and self.rows.layout == "split":
            half = (width - 1) // 2
            pieces = [edge, *self._side(row, "before", half, at_cursor), Segment("│", palette.line)]
            pieces += self._side(row, "after", width - half - 2, at_cursor)
            return Strip(pieces).adjust_cell_length(width)
        return Strip([edge, *self._unified(row, width - 1, at_cursor)]).adjust_cell_length(width)

    def _number(self, number: int | None, side: Side) -> Segment:
        palette = self.palette
        marked = number is not None and (side, number) in self._marks
        text = "" if number is None else str(number)
        return Segment(f"{text:>{self._digits}}", palette.on_mark if marked else palette.faint)

    def _unified(self, row: Row, width: int, at_cursor: bool) -> list[Segment]:
        palette = self.palette
        removed = row.right_number is None
        added = row.left_number is None
        side: Side = "before" if removed else "after"
        ground, word, sign = _grounds(palette, removed, added)
        if at_cursor and ground is None:
            ground = palette.on_cursor if self.has_focus else palette.on_cursor_dim
        pieces = [
            self._number(row.left_number, "before"),
            Segment(" "),
            self._number(row.right_number, "after"),
            Segment(sign, palette.good if added else palette.bad if removed else None),
        ]
        text = (row.left if removed else row.right) or ""
        words = row.left_words if side == "before" else row.right_words
        room = width - 2 * self._digits - 4
        return [*pieces, *self._text(text, words, row, room, ground, word)]

    def _side(self, row: Row, side: Side, width: int, at_cursor: bool) -> list[Segment]:
        palette = self.palette
        number = row.left_number if side == "before" else row.right_number
        text = row.left if side == "before" else row.right
        words = row.left_words if side == "before" else row.right_words
        if text is None:
            return [Segment(" " * self._digits), Segment(" " * (width - self._digits), palette.on_raised)]
        changed = row.kind != "equal"
        ground, word, sign = _grounds(palette, changed and side == "before", changed and side == "after")
        if at_cursor and ground is None:
            ground = palette.on_cursor if self.has_focus else palette.on_cursor_dim
        colour = palette.good if side == "after" else palette.bad
        room = width - self._digits - 3
        pieces = [self._number(number, side), Segment(sign, colour if changed else None)]
        return [*pieces, *self._text(text, words, row, room, ground, word)]

    def _text(self, text: str, words: Spans, row: Row, room: int, ground: Style | None, word: Style | None) -> list[Segment]:
        """The visible part of a line in exactly `room` cells."""
        palette = self.palette
        base = palette.text + ground if ground else palette.text
        cut = len(text) > LONGEST_LINE
        text = text[:LONGEST_LINE]
        pieces: list[Segment] = []
        at = 0
        for start, end in words:
            if start >= len(text):
                break
            pieces.append(Segment(safe(text[at:start]), base))
            pieces.append(Segment(safe(text[start:end]), palette.text + word if word else base))
            at = end
        pieces.append(Segment(safe(text[at:]), base))
        if cut:
            pieces.append(Segment(" … line goes on", palette.faint))
        if row.ending_changed:
            pieces.append(Segment(" ↵ line ending changed", palette.faint))
        strip = Strip([piece for piece in pieces if piece.text])
        whole = strip.cell_length
        shift = self.shift or _shift_to_change(text, words, room, whole)
        strip = strip.crop(shift, shift + room)
        fill = Style(bgcolor=ground.bgcolor) if ground else None
        segments = list(strip.adjust_cell_length(room, fill))
        ellipsis = Segment("…", palette.faint + ground if ground else palette.faint)
        if whole > shift + room and room > 1:
            segments = [*Strip(segments).crop(0, room - 1), ellipsis]
        if shift and not self.shift and room > 1:
            segments = [ellipsis, *Strip(segments).crop(1, room)]
        return segments


def _shift_to_change(text: str, words: Spans, room: int, whole: int) -> int:
    """Cells to leave out in front so that the first changed word of a long line can be seen; 0 where it can be anyway."""
    if not words or whole <= room:
        return 0
    start, end = words[0]
    before = cell_len(safe(text[:start]))
    if before + min(cell_len(safe(text[start:end])), room // 3) < room:
        return 0
    return min(before - room // 3, whole - room)


def _grounds(palette: Palette, removed: bool, added: bool) -> tuple[Style | None, Style | None, str]:
    if removed:
        return palette.on_removed, palette.on_removed_word, " − "
    if added:
        return palette.on_added, palette.on_added_word, " + "
    return None, None, "   "
