"""A step's page before and after, side by side where there is room, or what changed; and where a finding lies on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from sitegen_tui.domain.pictures import PictureView as View
from sitegen_tui.domain.pictures import page_width
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.tui import figures
from sitegen_tui.tui.graphics import cell_pixels
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.kitty import MOST_CELLS
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.drawing import HALVES, Cell
from sitegen_tui.tui.widgets.picture import PictureView

if TYPE_CHECKING:
    from sitegen_tui.domain.pictures import PictureDifference, PictureSide, Raster, Spot

Loader = Callable[["PictureSide", "View", int], Awaitable["Raster | None"]]
"""A picture of a side and view, so many pixels wide; None where there is none."""
Facts = Callable[["View"], Awaitable["PictureDifference | None"]]

TWO_FROM: dict[View, int] = {"desktop": 90, "mobile": 60}
"""Cells from which on two pictures stand beside each other: half of less is too little to recognise a page by."""
WIDEST: dict[View, int] = {"desktop": 1280, "mobile": 40}
"""Cells that a picture fills at most: a telephone's page blown up shows next to nothing of it at a time."""
KEPT: dict[View, int] = {"desktop": 640, "mobile": 375}
"""Pixels across with which pictures are kept: with more they are only larger."""
TITLES: dict[str, str] = {"before": "Before", "after": "After", "difference": "What changed"}


class PicturePane(Horizontal):
    """Two views that scroll together. It asks for pictures of the width it has, and keeps the old one until they are there."""

    DEFAULT_CSS = """
    PicturePane Vertical { width: 1fr; height: 1fr; }
    PicturePane PictureView { height: 1fr; scrollbar-gutter: stable; }
    PicturePane #picture-left-pane { margin-right: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: View = "desktop"
        self.side: Literal["before", "after"] = "after"
        self.alone = False
        self.difference = False
        self.spot: Spot | None = None
        self._load: Loader | None = None
        self._facts: Facts | None = None
        self._about: PictureDifference | None = None
        self._about_what: object = None
        self._wanted: tuple[object, ...] = ()
        self._jump = False
        self._seen: tuple[PictureSide, View] | None = None

    def compose(self) -> ComposeResult:
        """Left and right, each under its caption."""
        for place in ("left", "right"):
            with Vertical(id=f"picture-{place}-pane"):
                yield Caption(id=f"picture-{place}-caption", classes="pane-caption")
                yield PictureView(id=f"picture-{place}")

    @property
    def right(self) -> PictureView:
        """The picture that is always there."""
        return self.query_one("#picture-right", PictureView)

    @property
    def left(self) -> PictureView:
        """The page before, where two fit."""
        return self.query_one("#picture-left", PictureView)

    @property
    def double(self) -> bool:
        """Whether before and after stand beside each other."""
        return not self.difference and not self.alone and self.has_room

    @property
    def has_room(self) -> bool:
        """Whether two pictures fit beside each other."""
        return self.size.width >= TWO_FROM[self.view]

    @property
    def there(self) -> bool:
        """Whether a picture is shown."""
        return self.right.raster is not None

    @property
    def shown(self) -> PictureSide:
        """What the right view shows."""
        return "difference" if self.difference else "after" if self.double else self.side

    def show_step(self, name: object, load: Loader, facts: Facts) -> None:
        """Show the pictures of a step; `name` says which, so that the same ones are not asked for twice."""
        if name != self._about_what:
            self._about_what, self._load, self._facts, self._about, self.spot = name, load, facts, None, None
            self._ask()

    def say(self, words: str) -> None:
        """Show no pictures, and say why."""
        self._about_what, self._load, self._wanted, self._seen = None, None, (), None
        self.spot = self._about = None
        self._arrange()
        for picture in (self.left, self.right):
            picture.say(words)
        self._show_captions()

    def set_view(self, view: View) -> None:
        """Desktop or mobile."""
        self.view = view
        self._about = None
        self._ask()

    def next_side(self) -> None:
        """The page after, then before in the same place, so that the eye catches what changes; then both where there is room."""
        if self.double:
            self.alone, self.side = True, "after"
        elif self.side == "after":
            self.side = "before"
        else:
            self.side = "after"
            self.alone = False
        self._ask()

    def set_difference(self, on: bool) -> None:
        """Show what changed, or the pages themselves."""
        self.difference = on
        if on and self._load is not None:
            self.right.say("Comparing …")
        self._ask()

    def go_to(self, spot: Spot | None) -> None:
        """Put a frame around a spot and bring it into sight; turns to its view."""
        self.spot = spot
        if spot is not None and spot.shown is not None:
            self._jump = True
            if spot.shown != self.view:
                self.set_view(spot.shown)
                return
        self._mark()

    def point(self, spot: Spot | None) -> None:
        """Put a frame around a spot where it lies on what is shown, without going there."""
        if spot != self.spot:
            self.spot = spot
            self._mark()

    @on(PictureView.Resized)
    def _resized(self) -> None:
        self._ask()

    @on(PictureView.Scrolled)
    def _scrolled(self, event: PictureView.Scrolled) -> None:
        self._lead(event.picture)
        self._show_captions()

    def _lead(self, picture: PictureView) -> None:
        """Bring the other picture to the same place. The shorter one, at its end, does not hold back the longer one."""
        other = self.left if picture is self.right else self.right
        y = picture.scroll_offset.y
        if not self.double or other.raster is None or (y == picture.max_scroll_y and other.scroll_offset.y > y):
            return
        if other.scroll_offset.y != min(y, other.max_scroll_y):
            other.scroll_to(y=y, animate=False, force=True)

    def _arrange(self) -> None:
        pane = self.query_one("#picture-left-pane")
        if pane.display != self.double:
            pane.display = self.double

    def _ask(self) -> None:
        """Ask for what is to be seen, unless it was asked for already."""
        if not self.is_mounted:
            return
        self._arrange()
        width = self._width()
        if self._load is None or width < 1 or not self.display:
            return
        cell = self._cell(width)
        wanted = (self._about_what, self.view, self.shown, self.double, width, cell)
        if wanted != self._wanted:
            if wanted[:2] != self._wanted[:2]:
                self._seen = None
                for picture in (self.left, self.right):
                    picture.say("Looking …")
            self._wanted = wanted
            sitegen_of(self).work(partial(self._fetch, wanted, width, cell, self._load, self._facts), "pictures", exclusive=True)
        self._show_captions()

    def _width(self) -> int:
        """Columns of a picture: the same for two, so that they can be compared."""
        shown = (self.left, self.right) if self.double else (self.right,)
        most = WIDEST[self.view] if sitegen_of(self).images is None else min(WIDEST[self.view], MOST_CELLS)
        return min(most, *(picture.scrollable_content_region.width for picture in shown))

    def _cell(self, width: int) -> Cell:
        """How many pixels of a picture so many cells wide belong to a cell."""
        return HALVES if sitegen_of(self).images is None else fitting(cell_pixels(), width, KEPT[self.view])

    async def _fetch(self, wanted: tuple[object, ...], width: int, cell: Cell, load: Loader, facts: Facts | None) -> None:
        view, shown, double = self.view, self.shown, self.double
        try:
            right = await load(shown, view, width * cell.across)
            left = await load("before", view, width * cell.across) if double else None
            about = await facts(view) if facts and shown == "difference" else self._about
        except RenderUnavailable as error:
            if wanted == self._wanted and self.is_mounted:
                self.say(f"Pictures cannot be shown: {error.message}. {error.hint[:1].upper()}{error.hint[1:]}.")
            return
        if wanted != self._wanted or not self.is_mounted:
            return
        self._about, self._seen = about, (shown, view)
        pairs = ((self.left, left, "before"), (self.right, right, shown)) if double else ((self.right, right, shown),)
        for picture, raster, side in pairs:
            if raster is None:
                picture.say(_missing(side, view))
            else:
                picture.show(raster, page_width(view), cell, sitegen_of(self).images)
        self._mark()
        self._show_captions()

    def rest(self) -> None:
        """Another screen lies over this one."""
        for picture in (self.left, self.right):
            picture.forget_images()

    def refresh_pictures(self) -> None:
        """This screen lies on top again."""
        if sitegen_of(self).images is not None:
            for picture in (self.left, self.right):
                picture.refresh()

    def _mark(self) -> None:
        spot = self.spot
        for picture in (self.left, self.right):
            picture.mark(spot.box if spot is not None and spot.shown == self.view else None)
        if self._jump and self.right.frame is not None:
            self._jump = False
            self.right.scroll_to_frame()
            # What the other one has yet to tell of where it was must not lead back there.
            self._lead(self.right)
        self._show_captions()

    def _show_captions(self) -> None:
        first, last = self.right.where()
        shown, view = self._seen if self._seen is not None and self.there else (self.shown, self.view)
        note = f"{first}–{last} %" if self.there and (first or last < 100) else ""
        if shown == "difference" and self._about is not None and self.there:
            note = difference_words(self._about)
        self.query_one("#picture-right-caption", Caption).show(f"{TITLES[shown]}, {view}", note)
        self.query_one("#picture-left-caption", Caption).show(f"{TITLES['before']}, {view}")


def fitting(pixels: tuple[int, int], width: int, kept: int) -> Cell:
    """Pixels of a picture for each of `width` cells across, which are of so many pixels; `kept` is how many the picture has across.

    As many as the cells have, unless that is far more than the picture has: then fewer, in about the same proportion, and the
    terminal scales them up. It keeps the proportion they are given in, so they are rather too high than too flat: nothing is
    seen at the sides then, where between two tiles there would be a gap.
    """
    across, down = pixels
    if across * width <= kept * 3 // 2:
        return Cell(across, down)
    enough = -(-kept // width)
    choices = [Cell(fewer, -(-fewer * down // across)) for fewer in range(enough, min(across, 2 * enough + 2) + 1)]
    return min(choices, key=lambda cell: (round(cell.down / cell.across / (down / across), 2), cell.across))


def difference_words(about: PictureDifference) -> str:
    """A picture diff in words: `3 places, 12.4 %, 277 px shorter`."""
    if not about.regions:
        return "nothing changed"
    share = "under 0.1 %" if about.share < 0.001 else f"{100 * about.share:.1f} %"
    words = f"{figures.plural(len(about.regions), 'place')}, {share}"
    if about.taller:
        words += f", {abs(about.taller):.0f} px {'taller' if about.taller > 0 else 'shorter'}"
    return words


def _missing(side: str, view: View) -> str:
    if side == "difference":
        return f"No two pictures of the page at {view} size were kept, so there is nothing to compare."
    return f"No picture of the page {side} the step was kept at {view} size."
