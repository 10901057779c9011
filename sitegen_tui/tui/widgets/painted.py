"""What all our line-painting widgets share: the palette of the theme in force, and repainting when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from sitegen_tui.tui.host import app_of
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.theme import Palette, palette


def palette_of(widget: Widget) -> Palette:
    """The palette of the app's theme."""
    return palette(app_of(widget).current_theme.dark)


class PaintedView(ScrollView):
    """A scrolling view that paints its own lines, only those in sight. Its size must not depend on its content's."""

    # More content moves the scroll bar, not the other widgets: laying the whole screen out for it would cost ten times as much.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._ground = Style.null()
        self._room = 0

    def watch_virtual_size(self, size: Size) -> None:
        """Keep the scroll bar true."""
        self._scroll_update(size)

    def on_mount(self) -> None:
        """Follow theme changes: cached lines carry colours."""
        super().on_mount()
        app_of(self).theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.forget_lines()
        self.refresh()

    def forget_lines(self) -> None:
        """Throw cached lines away; called when theme or width change."""

    @property
    def palette(self) -> Palette:
        """Styles of the theme in force."""
        return palette_of(self)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines in sight; what is the same for all of them is asked for once."""
        self._ground, self._room = self.rich_style, self.room
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One visible line on the widget's own ground."""
        return self.visible_line(y + self.scroll_offset.y, self._room).apply_style(self._ground)

    def visible_line(self, row: int, width: int) -> Strip:
        """The strip of a row of the whole content."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """Cells of one line."""
        return self.scrollable_content_region.width


class PaintedLine(Widget):
    """A widget of one or a few lines that paints itself; subclasses give `paint(y, width)`."""

    DEFAULT_CSS = """
    PaintedLine { height: 1; width: 1fr; }
    """

    def on_mount(self) -> None:
        """Follow theme changes."""
        app_of(self).theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    @property
    def palette(self) -> Palette:
        """Styles of the theme in force."""
        return palette_of(self)

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the widget."""
        return self.paint(y, self.content_size.width).apply_style(self.rich_style)

    def paint(self, y: int, width: int) -> Strip:
        """The strip of line `y`."""
        return Strip.blank(width, Style.null())


class PaintedSentences(PaintedLine):
    """Words broken into lines of the widget's width: as high as they take."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[tuple[str, str]] = ()

    def put(self, lines: Sequence[tuple[str, str]]) -> None:
        """These lines, each with the name of its style; the height follows only where it changes."""
        self._lines = lines
        height = max(1, len(lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def paint(self, y: int, width: int) -> Strip:
        """One line."""
        line = Line(width).gap()
        if y < len(self._lines):
            text, style = self._lines[y]
            line.add(text, getattr(self.palette, style))
        return line.strip()
