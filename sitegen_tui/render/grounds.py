"""The one colour behind a text or around a control, read from the picture of the page where nothing else can lie there.

What hides the words of a page and captures it again is half the price of a look. Where the picture itself shows that words
stand on one plain colour, that colour is their ground, and no second capture could say anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sitegen_tui.render.contrast import Area, Patch, Rgba, differing

if TYPE_CHECKING:
    from sitegen_tui.render.contrast import Mask, Numbers, Pixels

GROUND = 0.5
"""Share of a text's pixels that must have the very same colour: words never cover more than the rest."""
AROUND = 0.6
"""Share of a ring's pixels that must: a ring is told by its median."""
NEARLY = 0.05
"""Share of them that may be almost that colour; more are a gradient."""
CLOSE = 3
"""Levels of a channel (0 to 255) within which a pixel is almost of a colour, or lies between two."""
PEAK = 0.1
"""Share that one mixture of ground and ink may have: smoothed edges have all of them, and a plate under the words has one."""
BARS = 0.08
"""Share of whole rows and columns that may be covered: an underline is ink, and a bar is not. The contrast that is judged
is that of the worst tenth."""
SOLID = 0.4
"""Side, in ems, of a square that no stroke fills."""
_LEAST = 6
_LEVELS = 32


def plain_ground(page: Patch, areas: Sequence[Area], ink: Rgba, size: float) -> Pixels | None:
    """One pixel of the colour behind a text of `size` pixels in that ink, or None where the picture does not tell.

    Every pixel that is not of that colour must be a mixture of it and the ink, and together they must look like strokes.
    """
    import numpy

    whole = [page.cut(area) for area in areas]
    if not whole or any(cut is None for cut in whole):
        return None
    seen = numpy.concatenate([cut for cut in whole if cut is not None])
    ground, covered = _most(seen)
    if ground is None or 1 - covered.mean() < GROUND:
        return None
    away = seen[covered].astype(numpy.float64) - ground
    if (numpy.abs(away).max(axis=1, initial=0) <= CLOSE).sum() > NEARLY * len(seen):
        return None
    if not _mixed(away, ink[3] * (numpy.array(ink[:3], dtype=numpy.float64) - ground), len(seen)):
        return None
    masks = list(_masks(covered, areas))
    return ground[None, :] if _strokes(masks, size) else None


def plain_ring(page: Patch, areas: Sequence[Area]) -> Pixels | None:
    """One pixel of the colour that most of a ring has, or None where none has the greater part."""
    import numpy

    whole = [page.cut(area) for area in areas]
    if not whole or any(cut is None for cut in whole):
        return None
    ground, covered = _most(numpy.concatenate([cut for cut in whole if cut is not None]))
    return ground[None, :] if ground is not None and 1 - covered.mean() >= AROUND else None


def _most(seen: Pixels) -> tuple[Pixels | None, Mask]:
    """The colour that more than half of some pixels have, if one does, and which of them have another."""
    import numpy

    # A colour of more than half is the median in each channel; some of the pixels tell it as well as all of them.
    colour = numpy.median(seen[::7], axis=0).astype(numpy.uint8)
    covered = differing(seen, colour)
    return (None if covered.mean() > 0.5 else colour), covered


def _mixed(away: Numbers, ink: Numbers, of: int) -> bool:
    """Whether pixels, as differences from the ground, are the smoothed edges and the insides of strokes in an ink."""
    import numpy

    strength = float(ink @ ink)
    if strength <= CLOSE * CLOSE:
        return bool((numpy.abs(away) <= CLOSE).all())
    share = away @ ink / strength
    if (numpy.abs(away - numpy.clip(share, 0, 1)[:, None] * ink) > CLOSE + 1).any():
        return False
    counts, _ = numpy.histogram(share, bins=_LEVELS, range=(0, 1))
    return bool(counts[1:-4].max(initial=0) <= PEAK * of)


def _masks(covered: Mask, areas: Sequence[Area]) -> Iterator[Mask]:
    """The covered pixels of each area as rows and columns."""
    at = 0
    for area in areas:
        yield covered[at : at + area.pixels].reshape(area.bottom - area.y, area.right - area.x)
        at += area.pixels


def _strokes(masks: Sequence[Mask], size: float) -> bool:
    """Whether covered pixels are thin: no square of them is full, and hardly a row or a column."""
    side = max(_LEAST, round(SOLID * size))
    bars = total = 0
    for mask in masks:
        high, wide = mask.shape
        if mask.any() and (high < side or wide < side):
            return False
        squares = mask[: high // side * side, : wide // side * side].reshape(high // side, side, wide // side, side)
        if squares.all(axis=(1, 3)).any():
            return False
        rows, columns = mask.mean(axis=1) >= 0.9, mask.mean(axis=0) >= 0.9
        bars += int(rows.sum()) * wide + int(columns.sum()) * high
        total += mask.size
    return bars <= BARS * total
