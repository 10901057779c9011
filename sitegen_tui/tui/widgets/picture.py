"""A picture in terminal cells: each shows two pixels, one above the other, painted only where it is in sight."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sitegen_tui.tui.text import one_line, wrap
from sitegen_tui.tui.widgets.painted import PaintedView

if TYPE_CHECKING:
    from sitegen_tui.domain.pictures import Raster
    from sitegen_tui.domain.probes import Box

UPPER_HALF = "▀"
FRAME = (bytes((255, 214, 0)), bytes((16, 16, 20)))
"""Two colours by turns: whatever the page looks like, one of them can be seen."""
STRIPS_KEPT = 1_000
_COARSER = bytes(min(252, level + 2) & 0xFC for level in range(256))
"""Nearly equal pixels become equal, so that a line is few pieces: nobody sees a sixty-fourth of a channel."""


@lru_cache(maxsize=8192)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))


@lru_cache(maxsize=2048)
def _ground(pixel: bytes) -> Style:
    return Style(bgcolor=Color.from_rgb(*pixel))


class PictureView(PaintedView, can_focus=True):
    """One picture, scrolled by lines; its width is its room, so it is asked for anew when that changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "Top", show=False),
        Binding("end", "edge(1)", "Bottom", show=False),
    ]

    class Scrolled(Message):
        """Another part of the picture is in sight."""

        def __init__(self, picture: PictureView) -> None:
            super().__init__()
            self.picture = picture

        @property
        def control(self) -> PictureView:
            """The view."""
            return self.picture

    class Resized(Message):
        """There is more or less room than before."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.raster: Raster | None = None
        self.remark = ""
        self.frame: tuple[int, int, int, int] | None = None
        self._page = 1
        self._pixels = b""
        self._strips: dict[int, Strip] = {}
        self._wrapped: tuple[int, tuple[str, ...]] = (-1, ())

    @property
    def scale(self) -> float:
        """Pixels of the picture for one CSS pixel of the page."""
        return self.raster.width / self._page if self.raster else 0.0

    def show(self, raster: Raster, page: int) -> None:
        """Show a picture of a page that is `page` CSS pixels wide; the part of the page that was in sight stays in sight."""
        if raster is self.raster:
            return
        place = self.scroll_offset.y / self.virtual_size.height if self.raster and self.virtual_size.height else 0.0
        same = self.raster is not None and self.raster.height == raster.height
        self.raster, self._page, self.remark = raster, page, ""
        self._pixels = raster.pixels.translate(_COARSER)
        self.frame = None
        self._strips.clear()
        rows = -(-raster.height // 2)
        top = self.scroll_offset.y if same else round(place * rows)
        self.virtual_size = Size(0, rows)
        self.scroll_to(y=min(top, self.max_scroll_y), animate=False, force=True)
        self.refresh()

    def say(self, remark: str) -> None:
        """Show no picture, only quiet words."""
        if self.raster is None and remark == self.remark:
            return
        self.raster, self.remark, self.frame, self._pixels = None, remark, None, b""
        self._wrapped = (-1, ())
        self._strips.clear()
        self.virtual_size = Size(0, 1)
        self.refresh()

    def mark(self, box: Box | None) -> None:
        """Put a frame around a box of the page (CSS pixels), or take it away."""
        frame: tuple[int, int, int, int] | None = None
        if box is not None and self.raster is not None:
            scale, most = self.scale, self.raster
            left, right = int(box.x * scale) - 1, -int(-box.right * scale // 1)
            top, bottom = int(box.y * scale) - 1, -int(-box.bottom * scale // 1)
            right, bottom = max(right, left + 2), max(bottom, top + 2)
            # A box may lie beyond the page, where a frame could not be seen: its nearest edge can.
            left, right = min(max(0, left), most.width - 3), max(2, min(right, most.width - 1))
            top, bottom = min(max(0, top), most.height - 1), max(0, min(bottom, most.height - 1))
            frame = (left, top, max(left, right), max(top, bottom))
        if frame != self.frame:
            self.frame = frame
            self._strips.clear()
            self.refresh()

    def scroll_to_frame(self) -> None:
        """Bring the frame into sight, in the middle where it fits."""
        if self.frame is None:
            return
        first, last = self.frame[1] // 2, self.frame[3] // 2
        height = max(1, self.scrollable_content_region.height)
        spare = height - (last - first + 1)
        self.scroll_to(y=max(0, first - (spare // 2 if spare > 0 else 0)), animate=False, force=True)

    def where(self) -> tuple[int, int]:
        """First and last row in sight, as percent of the picture's height."""
        if self.raster is None or not self.virtual_size.height:
            return 0, 0
        top, rows = self.scroll_offset.y, self.virtual_size.height
        return round(100 * top / rows), min(100, round(100 * (top + self.scrollable_content_region.height) / rows))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by screenfuls."""
        self.action_scroll(pages * max(1, self.scrollable_content_region.height - 2))

    def action_edge(self, bottom: int) -> None:
        """Scroll to top or bottom."""
        self.scroll_to(y=self.max_scroll_y if bottom else 0, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell whoever keeps another picture beside this one."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self))

    def on_resize(self) -> None:
        """A picture is as wide as its view."""
        self.post_message(self.Resized())

    def forget_lines(self) -> None:
        """The remark carries colours."""
        self._strips.clear()

    def visible_line(self, row: int, width: int) -> Strip:
        """One line of cells."""
        if self.raster is None:
            return self._said(row, width)
        if 2 * row >= self.raster.height:
            return Strip.blank(width)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[row] = self._paint(row, self.raster)
        return strip.adjust_cell_length(width)

    def _paint(self, row: int, raster: Raster) -> Strip:
        upper = self._row(2 * row, raster)
        lower = self._row(2 * row + 1, raster) if 2 * row + 1 < raster.height else b""
        pieces: list[Segment] = []
        start, last = 0, raster.width
        for x in range(1, last + 1):
            at, first = 3 * x, 3 * start
            if x < last and upper[at : at + 3] == upper[first : first + 3] and lower[at : at + 3] == lower[first : first + 3]:
                continue
            above, below = upper[first : first + 3], lower[first : first + 3]
            if above == below:
                pieces.append(Segment(" " * (x - start), _ground(above)))
            elif not below:
                pieces.append(Segment(UPPER_HALF * (x - start), Style(color=Color.from_rgb(*above))))
            else:
                pieces.append(Segment(UPPER_HALF * (x - start), _style(above, below)))
            start = x
        return Strip(pieces, raster.width)

    def _row(self, y: int, raster: Raster) -> bytes:
        """One row of pixels, with the frame where it crosses."""
        line = self._pixels[3 * y * raster.width : 3 * (y + 1) * raster.width]
        if self.frame is None or not self.frame[1] <= y <= self.frame[3]:
            return line
        left, top, right, bottom = self.frame
        edited = bytearray(line)
        for x in range(left, right + 1) if y in (top, bottom) else (left, right):
            edited[3 * x : 3 * x + 3] = FRAME[((x + y) // 2) % 2]
        return bytes(edited)

    def _said(self, row: int, width: int) -> Strip:
        if self._wrapped[0] != width:
            self._wrapped = (width, tuple(wrap(one_line(self.remark), max(4, width - 4))))
        lines = self._wrapped[1]
        text = lines[row - 1] if 1 <= row <= len(lines) else ""
        return Strip([Segment("  "), Segment(text, self.palette.muted)]).adjust_cell_length(width)
