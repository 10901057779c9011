"""Pictures of pages made small enough for a terminal, and two of them laid over each other to show what changed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from sitegen_tui.domain.pictures import PictureDifference, Raster
from sitegen_tui.domain.probes import Box
from sitegen_tui.errors import RenderUnavailable

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Pixels = NDArray[numpy.uint8]
    Mask = NDArray[numpy.bool_]
    Rows = NDArray[numpy.float32]

MARK = (232, 24, 118)
"""Red, green and blue of what changed."""
TOLERANCE = 18
"""How far a channel (0 to 255) may lie outside what the other picture has within a pixel's reach before it counts as changed."""
MOST_REGIONS = 200
_MOST_PIXELS = 64_000_000
_CELL = 16
_LEAST_IN_CELL = 6
_BAND = 32
_BINS = 40
_ALIKE = 8.0
_PLAIN = 1.5
_STRONGEST = 0.82


class Compared(NamedTuple):
    """A picture of what changed, and the facts in numbers."""

    picture: Raster
    facts: PictureDifference


def shrink(image: bytes, width: int, height: int | None = None, top: float = 0, *, page: int | None = None) -> Raster:
    """A PNG or JPEG scaled to `width` pixels by averaging areas.

    `page` is the width in CSS pixels of what it shows, None if that is the picture's own. `top` is where on the page to begin,
    in CSS pixels; `height` is how many rows of the result there are at most, None for all down to the page's end.
    Raises ValueError for what is no picture, and RenderUnavailable without Pillow.
    """
    pixels = _opened(image)
    return _scaled(pixels, width, height, _row(pixels, top, page))


def difference(
    before: bytes,
    after: bytes,
    width: int | None = None,
    height: int | None = None,
    top: float = 0,
    *,
    page: int | None = None,
) -> Compared:
    """What differs between two pictures of a page: marked over the greyed picture after, which is scaled as by `shrink`.

    Parts that only moved up or down are compared with where they were. A pixel has changed when no neighbour of its place in
    the other picture is like it, so that smoothed edges do not count; neither do single specks. Where rows are gone, a line
    marks the place. Raises what `shrink` raises.
    """
    old, new = _opened(before), _opened(after)
    offsets = _aligned(_signature(old), _signature(new))
    counterpart, there = _moved(old, new.shape, offsets)
    mask = _settled(_differs(new, counterpart) | ~there[:, None])
    seams, lost = _seams(len(old), len(new), offsets)
    share = (int(mask.sum()) + lost * new.shape[1]) / (new.shape[1] * max(len(old), len(new)))
    for row in seams:
        mask[max(0, row - 2) : row + 2] = True
    unit = (page or new.shape[1]) / new.shape[1]
    regions = tuple(Box(*(unit * side for side in box)) for box in _regions(mask))
    facts = PictureDifference(share=min(1.0, share), regions=regions, taller=unit * (len(new) - len(old)))
    return Compared(_marked(new, mask, width or new.shape[1], height, _row(new, top, page)), facts)


def _row(pixels: Pixels, top: float, page: int | None) -> int:
    """The row of a picture that lies `top` CSS pixels down the page."""
    return round(top * pixels.shape[1] / (page or pixels.shape[1]))


def _opened(image: bytes) -> Pixels:
    missing = [name for name in ("PIL", "numpy") if find_spec(name) is None]
    if missing:
        raise RenderUnavailable(f"showing pictures needs {', '.join(missing)}", hint="install sitegen-tui[render]")
    import numpy
    from PIL import Image

    try:
        with Image.open(io.BytesIO(image), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValueError(f"a picture of {opened.width}x{opened.height} is too large to show")
            return numpy.asarray(opened.convert("RGB"))
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"this is no picture that can be read: {error}") from error


def _scaled(pixels: Pixels, width: int, height: int | None, top: int) -> Raster:
    from PIL import Image

    scale = width / pixels.shape[1]
    top = min(max(0, top), len(pixels) - 1)
    whole = max(1, round((len(pixels) - top) * scale))
    rows = whole if height is None else max(1, min(whole, height))
    bottom = min(len(pixels), max(top + 1, round(top + rows / scale)))
    small = Image.fromarray(pixels[top:bottom]).resize((width, rows), Image.Resampling.BOX)
    return Raster(width, rows, small.tobytes())


def _signature(pixels: Pixels) -> Rows:
    """Each row's brightness in a few columns: what rows are recognised by when they have moved."""
    import numpy

    grey = pixels.mean(axis=2, dtype=numpy.float32)
    bins = min(_BINS, grey.shape[1])
    edges = [grey.shape[1] * at // bins for at in range(bins)]
    widths = numpy.diff(numpy.array([*edges, grey.shape[1]])).astype(numpy.float32)
    return (numpy.add.reduceat(grey, edges, axis=1) / widths).astype(numpy.float32)


def _aligned(old: Rows, new: Rows) -> list[int]:
    """For each band of rows of the new picture, how many rows lower it is than in the old one.

    A band is only followed to another place where it is found again exactly and is not plain, which would fit anywhere.
    """
    count = -(-len(new) // _BAND)
    found: list[int | None] = []
    running = 0
    for band in range(count):
        rows = new[band * _BAND : (band + 1) * _BAND]
        match = running if _same(old, rows, band * _BAND - running) else None
        plain = len(rows) < _BAND or float(rows.std(axis=0).max()) < _PLAIN
        if match is None and not plain and len(old) >= _BAND:
            match = _searched(old, rows, band * _BAND)
        if match is not None and not plain:
            running = match
        found.append(match if not plain else None)
    return _filled(old, new, found)


def _filled(old: Rows, new: Rows, found: Sequence[int | None]) -> list[int]:
    """Bands that were not recognised go with the one above or the one below, whichever they fit better."""
    above: list[int] = []
    known = 0
    for offset in found:
        known = known if offset is None else offset
        above.append(known)
    below = list(above)
    known = len(new) - len(old)
    for band in reversed(range(len(found))):
        offset = found[band]
        known = known if offset is None else offset
        below[band] = known
    offsets: list[int] = []
    for band, (one, other) in enumerate(zip(above, below, strict=True)):
        rows, start = new[band * _BAND : (band + 1) * _BAND], band * _BAND
        offsets.append(one if one == other or _cost(old, rows, start - one) <= _cost(old, rows, start - other) else other)
    return offsets


def _cost(old: Rows, rows: Rows, start: int) -> float:
    """The mean difference in brightness from the old rows at `start`; without end where they would lie outside."""
    import numpy

    if start < 0 or start + len(rows) > len(old):
        return float("inf")
    return float(numpy.abs(old[start : start + len(rows)] - rows).mean())


def _same(old: Rows, rows: Rows, start: int) -> bool:
    """Whether the old rows at `start` are these but for noise: one letter more in a line is none."""
    import numpy

    there = old[start : start + len(rows)] if start >= 0 else old[:0]
    return len(there) == len(rows) and float(numpy.abs(there - rows).max()) < _ALIKE


def _searched(old: Rows, rows: Rows, place: int) -> int | None:
    """Where else the rows are, as an offset; None if nowhere."""
    import numpy

    sparse = numpy.lib.stride_tricks.sliding_window_view(old, _BAND, axis=0)[:, :, ::4]
    costs = numpy.abs(sparse - rows.T[None, :, ::4]).mean(axis=(1, 2))
    best = int(costs.argmin())
    return place - best if _same(old, rows, best) else None


def _moved(old: Pixels, shape: tuple[int, ...], offsets: Sequence[int]) -> tuple[Pixels, Mask]:
    """The old picture with every band where the new one has it; and which rows it has anything for."""
    import numpy

    rows = numpy.arange(shape[0]) - numpy.repeat(numpy.array(offsets), _BAND)[: shape[0]]
    there = (rows >= 0) & (rows < len(old))
    width = min(shape[1], old.shape[1])
    counterpart = numpy.zeros(shape, dtype=numpy.uint8)
    counterpart[there, :width] = old[rows[there], :width]
    return counterpart, there


def _seams(old: int, new: int, offsets: Sequence[int]) -> tuple[list[int], int]:
    """Rows of the new picture above which rows of the old one are gone, and how many are gone in all."""
    import numpy

    place = numpy.full(old + 1, -1)
    place[0] = 0
    for band, offset in enumerate(offsets):
        first, end = band * _BAND, min(new, (band + 1) * _BAND)
        rows = numpy.arange(max(0, first - offset), max(0, min(old, end - offset)))
        place[rows + 1] = rows + offset + 1
    gone = place[1:] < 0
    starts = (gone & (place[:-1] >= 0)).nonzero()[0]
    return [int(row) for row in place[starts]], int(gone.sum())


def _differs(one: Pixels, other: Pixels) -> Mask:
    """Which pixels of either are unlike everything next to their place in the other."""
    import numpy

    found = numpy.zeros(one.shape[:2], dtype=numpy.bool_)
    for here, there in ((one, other), (other, one)):
        low, high = _reach(there, lowest=True), _reach(there, lowest=False)
        # Unsigned arithmetic would wrap around at the ends of the scale.
        low -= numpy.minimum(low, TOLERANCE)
        high += numpy.minimum(255 - high, TOLERANCE)
        found |= ((here < low) | (here > high)).any(axis=2)
    return found


def _reach(pixels: Pixels, *, lowest: bool) -> Pixels:
    """The least or the greatest value of each channel within one pixel in every direction."""
    import numpy

    choose = numpy.minimum if lowest else numpy.maximum
    found = pixels.copy()
    choose(found[1:], pixels[:-1], out=found[1:])
    choose(found[:-1], pixels[1:], out=found[:-1])
    upright = found.copy()
    choose(found[:, 1:], upright[:, :-1], out=found[:, 1:])
    choose(found[:, :-1], upright[:, 1:], out=found[:, :-1])
    return found


def _settled(mask: Mask) -> Mask:
    """The mask without specks."""
    import numpy

    cells = _cells(mask) >= _LEAST_IN_CELL
    whole = numpy.repeat(numpy.repeat(cells, _CELL, axis=0), _CELL, axis=1)
    return mask & whole[: mask.shape[0], : mask.shape[1]]


def _cells(mask: Mask) -> NDArray[numpy.int64]:
    """How many pixels of each square of a coarse grid are set."""
    import numpy

    height, width = mask.shape
    padded = numpy.pad(mask, ((0, -height % _CELL), (0, -width % _CELL)))
    counted: NDArray[numpy.int64] = padded.reshape(-1, _CELL, padded.shape[1] // _CELL, _CELL).sum(axis=(1, 3))
    return counted


def _regions(mask: Mask) -> tuple[Box, ...]:
    """Boxes of what belongs together: squares of the grid with changes that are at most one square apart."""
    left = {(int(y), int(x)) for y, x in zip(*(_cells(mask) > 0).nonzero(), strict=True)}
    boxes: list[Box] = []
    while left:
        waiting = [left.pop()]
        ys, xs = [waiting[0][0]], [waiting[0][1]]
        while waiting:
            y, x = waiting.pop()
            near = [(y + dy, x + dx) for dy in (-2, -1, 0, 1, 2) for dx in (-2, -1, 0, 1, 2) if (y + dy, x + dx) in left]
            left.difference_update(near)
            waiting += near
            ys += [one for one, _ in near]
            xs += [one for _, one in near]
        boxes.append(_tight(mask, min(ys) * _CELL, min(xs) * _CELL, (max(ys) + 1) * _CELL, (max(xs) + 1) * _CELL))
    largest = sorted(boxes, key=lambda box: -box.area)[:MOST_REGIONS]
    return tuple(sorted(largest, key=lambda box: (box.y, box.x)))


def _tight(mask: Mask, top: int, left: int, bottom: int, right: int) -> Box:
    ys, xs = mask[top:bottom, left:right].nonzero()
    x, y = left + int(xs.min()), top + int(ys.min())
    return Box(x, y, left + int(xs.max()) + 1 - x, top + int(ys.max()) + 1 - y)


def _marked(page: Pixels, mask: Mask, width: int, height: int | None, top: int) -> Raster:
    """The page in pale grey with the changes in colour; scaling must not fade a thin change away."""
    import numpy

    grey = (page.mean(axis=2, dtype=numpy.float32) * 0.45 + 84).astype(numpy.uint8)
    flat = numpy.repeat(grey[:, :, None], 3, axis=2)
    flags = numpy.repeat((mask * numpy.uint8(255))[:, :, None], 3, axis=2)
    ground, share = (_array(_scaled(layer, width, height, top)) for layer in (flat, flags))
    strength = numpy.where(share > 1.0, numpy.clip(0.45 + share / 200, 0.0, _STRONGEST), 0.0)
    mixed = ground * (1 - strength) + numpy.array(MARK, dtype=numpy.float32) * strength
    return Raster(width, len(ground), mixed.astype(numpy.uint8).tobytes())


def _array(raster: Raster) -> Rows:
    import numpy

    found = numpy.frombuffer(raster.pixels, dtype=numpy.uint8).reshape(raster.height, raster.width, 3)
    return found.astype(numpy.float32)
