"""Pictures of a page as a screen asks for them: pixels of the size they are shown at, and where two of them differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sitegen_tui.domain.probes import VIEWPORTS, Box

PictureView = Literal["desktop", "mobile"]
PictureSide = Literal["before", "after", "difference"]

VIEWS: tuple[PictureView, ...] = ("desktop", "mobile")

_VIEW = re.compile(r"(?:^|; )at (desktop|tablet|mobile|narrow)(?=;|$)")
_NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_BOX = re.compile(rf"(?:^|; )box ({_NUMBER})x({_NUMBER}) at ({_NUMBER}),({_NUMBER})(?=;|$)")


@dataclass(frozen=True, slots=True)
class Raster:
    """`pixels` are RGB, row by row from the top left, three bytes a pixel. Raises ValueError if they do not fill it."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or len(self.pixels) != 3 * self.width * self.height:
            raise ValueError(f"{len(self.pixels)} bytes are no picture of {self.width}x{self.height}")

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255 each."""
        at = 3 * (y * self.width + x)
        return self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]

    def crop(self, left: int, top: int, width: int, height: int) -> Raster:
        """A part of it, cut at its edges. Raises ValueError if nothing is left."""
        right, bottom = min(self.width, left + width), min(self.height, top + height)
        left, top = max(0, left), max(0, top)
        rows = range(top, bottom)
        line = 3 * self.width
        pixels = b"".join(self.pixels[y * line + 3 * left : y * line + 3 * right] for y in rows)
        return Raster(max(0, right - left), len(rows), pixels)


@dataclass(frozen=True, slots=True)
class PictureDifference:
    """What changed between two pictures of a page.

    `share` (0 to 1) is the part of the page that changed; `regions` are the boxes of what changed on the page after, from top to
    bottom, in CSS pixels; `taller` is how many CSS pixels the page grew.
    """

    share: float
    regions: tuple[Box, ...]
    taller: float = 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a browser saw something: the window it looked through, and the box in CSS pixels of the page."""

    view: str
    box: Box

    @property
    def shown(self) -> PictureView | None:
        """The picture it lies in; None for a window that no picture is kept of."""
        return next((view for view in VIEWS if view == self.view), None)


def spot_of(measured: str) -> Spot | None:
    """The view and box that a rendered finding names in what was measured; None if it names no box."""
    box, view = _BOX.search(measured), _VIEW.search(measured)
    if box is None or view is None:
        return None
    w, h, x, y = (float(part) for part in box.groups())
    return Spot(view[1], Box(x, y, w, h))


def shot_key(view: PictureView, side: Literal["before", "after"]) -> str:
    """The name of a picture among a step's: `desktop-before` and so on."""
    return f"{view}-{side}"


def sides_of(shots: Mapping[str, str], view: PictureView) -> tuple[str | None, str | None]:
    """The content hashes of a view's pictures before and after, None where none is kept."""
    return shots.get(shot_key(view, "before")), shots.get(shot_key(view, "after"))


def page_width(view: PictureView) -> int:
    """The width in CSS pixels of a page in a view's picture."""
    return VIEWPORTS[view].width
