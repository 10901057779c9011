"""A picture in the terminal, painted only where it is in sight: by its own graphics protocol, or two pixels to a cell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sitegen_tui.tui.host import app_of
from sitegen_tui.tui.text import one_line, wrap
from sitegen_tui.tui.widgets.drawing import HALVES, Cell, Drawing
from sitegen_tui.tui.widgets.painted import PaintedView
from sitegen_tui.tui.widgets.tiles import Tiles

if TYPE_CHECKING:
    from textual.app import App
    from textual.signal import Signal

    from sitegen_tui.domain.pictures import Raster
    from sitegen_tui.domain.probes import Box
    from sitegen_tui.tui.kitty import Images

UPPER_HALF = "▀"
STRIPS_KEPT = 1_000


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
        self.remark = ""
        self._page = 1
        self._drawing: Drawing | None = None
        self._tiles: Tiles | None = None
        self._strips: dict[int, Strip] = {}
        self._wrapped: tuple[int, tuple[str, ...]] = (-1, ())

    @property
    def raster(self) -> Raster | None:
        """What is shown, None for words alone."""
        return self._drawing.raster if self._drawing else None

    @property
    def frame(self) -> tuple[int, int, int, int] | None:
        """First column and row and last column and row of the frame, in pixels of the picture."""
        return self._drawing.frame if self._drawing else None

    @property
    def scale(self) -> float:
        """Pixels of the picture for one CSS pixel of the page."""
        return self._drawing.raster.width / self._page if self._drawing else 0.0

    def show(self, raster: Raster, page: int, cell: Cell = HALVES, images: Images | None = None) -> None:
        """Show a picture of a page that is `page` CSS pixels wide; the part of the page that was in sight stays in sight.

        `cell` says how many of its pixels a cell shows; `images` is what takes pictures of more than half blocks can show.
        """
        old = self._drawing
        if old is not None and raster is old.raster and cell == old.cell:
            return
        self.forget_images()
        place = self.scroll_offset.y / self.virtual_size.height if old and self.virtual_size.height else 0.0
        self._drawing, self._page, self.remark = Drawing(raster, cell), page, ""
        self._tiles = Tiles(images, self._drawing) if images is not None else None
        self._strips.clear()
        rows = self._drawing.rows
        top = self.scroll_offset.y if old is not None and old.rows == rows else round(place * rows)
        self.virtual_size = Size(0, rows)
        self.scroll_to(y=min(top, self.max_scroll_y), animate=False, force=True)
        self.refresh()

    def say(self, remark: str) -> None:
        """Show no picture, only quiet words."""
        if self.raster is None and remark == self.remark:
            return
        self.forget_images()
        self._drawing, self._tiles, self.remark = None, None, remark
        self._wrapped = (-1, ())
        self._strips.clear()
        self.virtual_size = Size(0, 1)
        self.refresh()

    def mark(self, box: Box | None) -> None:
        """Put a frame around a box of the page (CSS pixels), or take it away."""
        drawing = self._drawing
        if drawing is None:
            return
        frame = drawing.frame_around(box, self.scale) if box is not None else None
        if frame != drawing.frame:
            for one in (drawing.frame, frame):
                if self._tiles is not None and one is not None:
                    self._tiles.forget(range(one[1] // drawing.cell.down, one[3] // drawing.cell.down + 1))
            drawing.frame = frame
            self._strips.clear()
            self.refresh()

    def forget_images(self) -> None:
        """Have the terminal forget what it keeps of the picture; it is sent again where it comes into sight."""
        if self._tiles is not None and len(self._tiles):
            self._tiles.forget()
            self.refresh()

    def scroll_to_frame(self) -> None:
        """Bring the frame into sight, in the middle where it fits."""
        drawing = self._drawing
        if drawing is None or drawing.frame is None:
            return
        first, last = drawing.frame[1] // drawing.cell.down, drawing.frame[3] // drawing.cell.down
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

    def on_mount(self) -> None:
        """A terminal that was left for the shell may have forgotten everything."""
        resumed: Signal[App[object]] = cast(Any, app_of(self)).app_resume_signal
        resumed.subscribe(self, self._resumed)

    def _resumed(self, _app: App[object]) -> None:
        self.forget_images()

    def on_hide(self) -> None:
        """What nobody sees takes no room in the terminal."""
        self.forget_images()

    def on_unmount(self) -> None:
        """Neither does what nobody will see."""
        self.forget_images()

    def on_resize(self) -> None:
        """A picture is as wide as its view."""
        self.post_message(self.Resized())

    def forget_lines(self) -> None:
        """The remark carries colours."""
        self._strips.clear()

    def visible_line(self, row: int, width: int) -> Strip:
        """One line of cells."""
        if self._drawing is None:
            return self._said(row, width)
        if row >= self._drawing.rows:
            return Strip.blank(width)
        # Behind a dialog colours are dimmed, and by its colour a cell names its picture.
        if self._tiles is not None and app_of(self).screen is self.screen:
            top = self.scroll_offset.y
            sight = range(top, top + max(1, self.scrollable_content_region.height))
            return self._tiles.strip(row, sight).adjust_cell_length(width)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[row] = self._paint(row, self._drawing)
        return strip.adjust_cell_length(width)

    def _paint(self, row: int, drawing: Drawing) -> Strip:
        upper, lower = drawing.halves(row)
        pieces: list[Segment] = []
        start, last = 0, drawing.columns
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
        return Strip(pieces, drawing.columns)

    def _said(self, row: int, width: int) -> Strip:
        if self._wrapped[0] != width:
            self._wrapped = (width, tuple(wrap(one_line(self.remark), max(4, width - 4))))
        lines = self._wrapped[1]
        text = lines[row - 1] if 1 <= row <= len(lines) else ""
        return Strip([Segment("  "), Segment(text, self.palette.muted)]).adjust_cell_length(width)
