"""A list painted line by line: any number of rows, updated in place by key, repainting only rows that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sitegen_tui.tui.line import Line
from sitegen_tui.tui.text import wrap
from sitegen_tui.tui.widgets.painted import PaintedView

Row = TypeVar("Row")


class LineList(PaintedView, Generic[Row], can_focus=True):
    """Rows with keys and a cursor. Subclasses give `key_of(row)` and `paint_row(row, line, part)`.

    `ROW_HEIGHT` lines a row. `set_rows` compares with what is shown: rows equal to before are not painted again,
    the cursor stays on its key, and a scrolled list stays where it is.
    """

    ROW_HEIGHT: ClassVar[int] = 1
    EMPTY: ClassVar[tuple[str, ...]] = ()

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "end(0)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
        Binding("enter", "choose", "open"),
    ]

    class Moved(Message):
        """The cursor is on another row; `by_person` is False when the program moved it."""

        def __init__(self, rows: LineList[Row], key: str | None, by_person: bool) -> None:
            super().__init__()
            self.rows = rows
            self.key = key
            self.by_person = by_person

        @property
        def control(self) -> LineList[Row]:
            """The list."""
            return self.rows

    class Chosen(Message):
        """Enter was pressed on a row, or it was clicked while the cursor was there."""

        def __init__(self, rows: LineList[Row], key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> LineList[Row]:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: list[Row] = []
        self.words: tuple[str, ...] = self.EMPTY
        self.followers: list[Widget] = []
        """Widgets that are painted in the columns of the rows, headings for one."""
        self._keys: list[str] = []
        self._places: dict[str, int] = {}
        self._cursor = 0
        self._strips: dict[int, Strip] = {}
        self._painted_width = -1
        self._unplaced = False
        self._height = 0

    def key_of(self, row: Row) -> str:
        """What identifies a row."""
        raise NotImplementedError

    def paint_row(self, row: Row, line: Line, part: int) -> None:
        """Write one line of a row; `part` counts from 0 below ROW_HEIGHT."""
        raise NotImplementedError

    def same(self, old: Row, new: Row) -> bool:
        """Whether two versions of a row look alike."""
        return old is new or old == new

    @property
    def cursor_key(self) -> str | None:
        """The key under the cursor."""
        return self._keys[self._cursor] if self._cursor < len(self._keys) else None

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self._cursor] if self._cursor < len(self.rows) else None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; what has not changed is not painted again."""
        keys = [self.key_of(row) for row in rows]
        had = self.cursor_key
        if keys == self._keys:
            changed = [place for place, row in enumerate(rows) if not self.same(self.rows[place], row)]
            self.rows = list(rows)
            for place in changed:
                self._repaint(place)
            return
        # New rows often come in above: without this the list would slide under the reader's eyes.
        top = self.scroll_offset.y // self.ROW_HEIGHT
        anchor = self._keys[top] if 0 < top < len(self._keys) else None
        self.rows, self._keys = list(rows), keys
        self._places = {key: place for place, key in enumerate(keys)}
        self._strips.clear()
        old_cursor = self._cursor
        self._cursor = self._places.get(had, min(old_cursor, max(0, len(keys) - 1))) if had else 0
        self._resize_virtual()
        if anchor is not None and anchor in self._places:
            self.scroll_to(y=self._places[anchor] * self.ROW_HEIGHT, animate=False, force=True)
        self.refresh()
        if self.cursor_key != had:
            self._moved(by_person=False)

    def update_row(self, row: Row) -> None:
        """Change one row that is already there."""
        place = self._places.get(self.key_of(row))
        if place is not None and not self.same(self.rows[place], row):
            self.rows[place] = row
            self._repaint(place)

    def repaint_all(self) -> None:
        """Paint every visible row anew: something outside the rows has changed."""
        self._strips.clear()
        self.refresh()

    def repaint_key(self, key: str) -> None:
        """Paint one row anew."""
        if key in self._places:
            self._repaint(self._places[key])

    def move_to(self, key: str, *, by_person: bool = False) -> None:
        """Put the cursor on a row, if it is there."""
        place = self._places.get(key)
        if place is not None:
            self._go(place, by_person=by_person)

    def can_move(self, step: int) -> bool:
        """Whether there is a row further on in that direction."""
        return 0 <= self._cursor + step < len(self.rows)

    def action_move(self, step: int) -> None:
        """Cursor up or down."""
        self._go(self._cursor + step)

    def action_page(self, step: int) -> None:
        """Cursor by a screenful."""
        page = max(1, self.scrollable_content_region.height // self.ROW_HEIGHT - 1)
        self._go(self._cursor + step * page)

    def action_end(self, last: int) -> None:
        """Cursor to the first or last row."""
        self._go(len(self.rows) - 1 if last else 0)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Chosen(self, self.cursor_key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An empty list has nothing to open."""
        return bool(self.rows) if action == "choose" else super().check_action(action, parameters)

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a click where it already is opens."""
        place = (event.y + self.scroll_offset.y) // self.ROW_HEIGHT
        if 0 <= place < len(self.rows):
            if place == self._cursor and self.has_focus and event.chain >= 1 and self._clicked == place:
                self.action_choose()
            else:
                self._go(place)
            self._clicked = place

    _clicked = -1

    def on_focus(self) -> None:
        """The cursor is brighter where keys go."""
        self._repaint(self._cursor)

    def on_blur(self) -> None:
        """See on_focus."""
        self._clicked = -1
        self._repaint(self._cursor)

    def on_resize(self, _event: Resize) -> None:
        """Lines are as wide as the view."""
        self._resize_virtual()
        top, had = self.scroll_offset.y, self._height
        self._height = self.scrollable_content_region.height
        seen = top <= self._cursor * self.ROW_HEIGHT and (self._cursor + 1) * self.ROW_HEIGHT <= top + had
        # A list that gets lower would lose its cursor; one that was scrolled away from it stays where it is.
        if self._unplaced or seen:
            self._show_cursor()

    def forget_lines(self) -> None:
        """Cached lines carry colours and a width."""
        self._strips.clear()

    def visible_line(self, row: int, width: int) -> Strip:
        """One line, painted if it is not at hand."""
        line = row
        if width != self._painted_width:
            self._strips.clear()
            self._painted_width = width
            # A scroll bar that comes or goes takes cells from the rows alone.
            for one in self.followers:
                one.refresh()
        if not self.rows:
            return self._empty_line(line, width)
        strip = self._strips.get(line)
        if strip is None:
            place, part = divmod(line, self.ROW_HEIGHT)
            if place >= len(self.rows):
                return Strip.blank(width)
            strip = self._strips[line] = self._paint(place, part, width)
            if len(self._strips) > 2000:
                self._strips = {line: strip}
        return strip

    def _paint(self, place: int, part: int, width: int) -> Strip:
        line = Line(width)
        ground = None
        if place == self._cursor:
            ground = self.palette.on_cursor if self.has_focus else self.palette.on_cursor_dim
            line.add("▌", self.palette.accent if self.has_focus else self.palette.faint)
        else:
            line.gap()
        self.paint_row(self.rows[place], line, part)
        return line.strip(ground)

    def _empty_line(self, y: int, width: int) -> Strip:
        line = Line(width)
        words = [part.rstrip() for sentence in self.words for part in wrap(sentence, width - 3)]
        if 1 <= y <= len(words):
            line.gap(2).add(words[y - 1], self.palette.muted)
        return line.strip()

    def set_words(self, *words: str) -> None:
        """What to say, line by line, while there is nothing to show."""
        if words != self.words:
            self.words = words
            if not self.rows:
                self.refresh()

    def _resize_virtual(self) -> None:
        self.virtual_size = Size(0, len(self.rows) * self.ROW_HEIGHT)

    def _repaint(self, place: int) -> None:
        if 0 <= place < max(1, len(self.rows)):
            for part in range(self.ROW_HEIGHT):
                self._strips.pop(place * self.ROW_HEIGHT + part, None)
            self.refresh_lines(place * self.ROW_HEIGHT, self.ROW_HEIGHT)

    def _go(self, place: int, *, by_person: bool = True) -> None:
        place = min(max(0, place), len(self.rows) - 1)
        if place < 0 or place == self._cursor:
            return
        old, self._cursor = self._cursor, place
        self._repaint(old)
        self._repaint(place)
        self._show_cursor()
        self._moved(by_person=by_person)

    def _show_cursor(self) -> None:
        height = self.scrollable_content_region.height
        # Before the first layout there is no height, and nothing to scroll in.
        self._unplaced = height <= 0
        if self._unplaced:
            return
        first, last = self._cursor * self.ROW_HEIGHT, (self._cursor + 1) * self.ROW_HEIGHT
        top = self.scroll_offset.y
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last > top + height:
            self.scroll_to(y=last - height, animate=False, force=True)

    def _moved(self, *, by_person: bool) -> None:
        self.post_message(self.Moved(self, self.cursor_key, by_person))
