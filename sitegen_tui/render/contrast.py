"""Pixel contrast: text colours composited over the pixels that were painted behind them, as WCAG ratios."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Pixels = NDArray[numpy.uint8]
    Numbers = NDArray[numpy.float64]
    Mask = NDArray[numpy.bool_]

CAPTURE_COST = 32.0
"""Milliseconds that a capture takes at any size ..."""
PIXEL_COST = 1e-4
"""... and for each pixel: what decides whether two places are captured together."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_RING = 3

Rgba = tuple[float, float, float, float]


class Area(NamedTuple):
    """A rectangle of whole pixels of the page."""

    x: int
    y: int
    right: int
    bottom: int

    @property
    def pixels(self) -> int:
        return max(0, self.right - self.x) * max(0, self.bottom - self.y)

    def union(self, other: Area) -> Area:
        """The least rectangle that holds both."""
        return Area(min(self.x, other.x), min(self.y, other.y), max(self.right, other.right), max(self.bottom, other.bottom))

    def grown(self, by: int, width: int, height: int) -> Area:
        """It and a margin, inside a page of that size."""
        return Area(max(0, self.x - by), max(0, self.y - by), min(width, self.right + by), min(height, self.bottom + by))


def area_of(box: Sequence[float], width: int, height: int) -> Area:
    """The pixels that a box (x, y, width, height) touches, inside a page of that size."""
    x, y, w, h = box
    return Area(max(0, int(x)), max(0, int(y)), min(width, -int(-(x + w) // 1)), min(height, -int(-(y + h) // 1)))


def bands(areas: Sequence[Area]) -> list[Area]:
    """Rectangles that cover all areas and are together quick to capture; sorted from top to bottom."""
    found: list[Area] = []
    for area in sorted((a for a in areas if a.pixels), key=lambda a: (a.y, a.x)):
        if found:
            both = found[-1].union(area)
            apart = 2 * CAPTURE_COST + PIXEL_COST * (found[-1].pixels + area.pixels)
            if CAPTURE_COST + PIXEL_COST * both.pixels <= apart or area.y < found[-1].bottom:
                found[-1] = both
                continue
        found.append(area)
    return found


@dataclass(frozen=True, slots=True)
class Patch:
    """Captured pixels and where they lie."""

    area: Area
    pixels: Pixels

    def cut(self, area: Area) -> Pixels | None:
        """The pixels of an area as rows of RGB; None if it is not wholly here."""
        mine = self.area
        if area.x < mine.x or area.y < mine.y or area.right > mine.right or area.bottom > mine.bottom or not area.pixels:
            return None
        return self.pixels[area.y - mine.y : area.bottom - mine.y, area.x - mine.x : area.right - mine.x].reshape(-1, 3)


def decode(image: bytes, area: Area) -> Patch:
    """A captured picture as pixels; ValueError if it is not of the area's size."""
    import numpy
    from PIL import Image

    with Image.open(io.BytesIO(image)) as opened:
        pixels = numpy.asarray(opened.convert("RGB"))
    if pixels.shape[:2] != (area.bottom - area.y, area.right - area.x):
        raise ValueError(f"captured {pixels.shape[1]}x{pixels.shape[0]} instead of {area.right - area.x}x{area.bottom - area.y}")
    return Patch(area, pixels)


def joined(patches: Sequence[Patch]) -> list[Patch]:
    """The patches, those that lie below or beside one another with the same edge made one."""
    rows = _in_runs(patches, 1, lambda last, area: (last.y, last.bottom, last.right) == (area.y, area.bottom, area.x))
    return _in_runs(rows, 0, lambda last, area: (last.x, last.right, last.bottom) == (area.x, area.right, area.y))


def _in_runs(patches: Sequence[Patch], axis: int, fits: Callable[[Area, Area], bool]) -> list[Patch]:
    """The patches with each run of neighbours that fit put together along an axis."""
    import numpy

    runs: list[list[Patch]] = []
    for patch in patches:
        if runs and fits(runs[-1][-1].area, patch.area):
            runs[-1].append(patch)
        else:
            runs.append([patch])
    found: list[Patch] = []
    for run in runs:
        whole = run[0].area.union(run[-1].area)
        found.append(run[0] if len(run) == 1 else Patch(whole, numpy.concatenate([one.pixels for one in run], axis=axis)))
    return found


def pixels_of(patches: Sequence[Patch], areas: Sequence[Area]) -> Pixels | None:
    """The pixels of all areas together, as rows of RGB; None if one of them was not captured."""
    import numpy

    found: list[Pixels] = []
    for area in areas:
        cut = next((cut for patch in patches if (cut := patch.cut(area)) is not None), None)
        if cut is None:
            return None
        found.append(cut)
    return numpy.concatenate(found) if found else None


def ratios(colour: Rgba, ground: Pixels) -> Numbers:
    """Contrast of a colour (0 to 255, alpha 0 to 1) painted over each pixel, against that pixel."""
    import numpy

    linear = _linear()
    levels = numpy.arange(256)
    behind = numpy.zeros(len(ground))
    front = numpy.zeros(len(ground))
    for channel, weight in enumerate(_WEIGHTS):
        mixed = numpy.rint(colour[3] * colour[channel] + (1 - colour[3]) * levels).astype(numpy.intp)
        behind += (weight * linear)[ground[:, channel]]
        front += (weight * linear[numpy.clip(mixed, 0, 255)])[ground[:, channel]]
    return (numpy.maximum(front, behind) + 0.05) / (numpy.minimum(front, behind) + 0.05)


def differing(pixels: Pixels, others: Pixels) -> Mask:
    """Which rows of RGB are not those of others, or of a single one."""
    apart = pixels != others
    return apart[:, 0] | apart[:, 1] | apart[:, 2]


def luminance(pixels: Pixels) -> Numbers:
    """Relative luminance of rows of RGB, 0 to 1."""
    import numpy

    linear = _linear()
    found = numpy.zeros(len(pixels))
    for channel, weight in enumerate(_WEIGHTS):
        found += (weight * linear)[pixels[:, channel]]
    return found


def low_and_median(colour: Rgba, ground: Pixels) -> tuple[float, float]:
    """10th percentile and median of the ratios, rounded to a hundredth."""
    import numpy

    low, middle = numpy.percentile(ratios(colour, ground), (10, 50))
    return round(float(low), 2), round(float(middle), 2)


def around(box: Sequence[float], width: int, height: int) -> list[Area]:
    """A ring just outside a box, as up to four areas."""
    inner = area_of(box, width, height)
    outer = inner.grown(_RING, width, height)
    sides = (
        Area(outer.x, outer.y, outer.right, inner.y),
        Area(outer.x, inner.bottom, outer.right, outer.bottom),
        Area(outer.x, inner.y, inner.x, inner.bottom),
        Area(inner.right, inner.y, outer.right, inner.bottom),
    )
    return [side for side in sides if side.pixels]


def within(box: Sequence[float], margin: float, width: int, height: int) -> list[Area]:
    """A ring just inside a box, `margin` pixels from its edge."""
    x, y, w, h = box
    if w - 2 * margin < 3 or h - 2 * margin < 3:
        return []
    inner = area_of((x + margin + 1, y + margin + 1, w - 2 * margin - 2, h - 2 * margin - 2), width, height)
    top = Area(inner.x, inner.y, inner.right, min(inner.bottom, inner.y + 2))
    bottom = Area(inner.x, max(inner.y, inner.bottom - 2), inner.right, inner.bottom)
    return [side for side in (top, bottom) if side.pixels]


def typical(ground: Pixels) -> tuple[int, int, int]:
    """The median colour, channel by channel."""
    import numpy

    r, g, b = (int(value) for value in numpy.median(ground, axis=0))
    return r, g, b


def logo_contrast(answer: dict[str, Any], patches: Sequence[Patch]) -> tuple[float, str] | None:
    """Median contrast of a logo's opaque pixels to those behind it, and the median colour behind it; None if not captured.

    What its own background and opacity make of both is what counts.
    """
    import numpy

    width, height = int(answer["w"]), int(answer["h"])
    area = Area(int(answer["x"]), int(answer["y"]), int(answer["x"]) + width, int(answer["y"]) + height)
    ground = pixels_of(patches, [area])
    try:
        raw = base64.b64decode(str(answer["data"]), validate=True)
    except binascii.Error:
        return None
    if ground is None or len(raw) != width * height * 4:
        return None
    opacity = float(answer["opacity"])
    *own, strength = (float(part) for part in answer["behind"] or (0, 0, 0, 0))
    behind = numpy.rint(strength * opacity * numpy.array(own) + (1 - strength * opacity) * ground).astype(numpy.uint8)
    logo = numpy.frombuffer(raw, dtype=numpy.uint8).reshape(-1, 4)
    opaque = logo[:, 3] >= 128
    if not opaque.any():
        return 1.0, _hex(typical(behind))
    linear, weights = _linear(), numpy.array(_WEIGHTS)
    alpha = opacity * logo[opaque, 3:4] / 255
    painted = numpy.rint(alpha * logo[opaque, :3] + (1 - alpha) * behind[opaque]).astype(numpy.intp)
    front, back = linear[painted] @ weights, linear[behind[opaque]] @ weights
    found = (numpy.maximum(front, back) + 0.05) / (numpy.minimum(front, back) + 0.05)
    return round(float(numpy.median(found)), 2), _hex(typical(behind))


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _linear() -> Numbers:
    """Linear light for each of the 256 levels of a channel."""
    import numpy

    share = numpy.arange(256) / 255
    return cast("Numbers", numpy.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4))
