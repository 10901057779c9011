"""The whole page as a person sees it, taken window by window, and what of a text really shows on it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sitegen_tui.render.contrast import Area, Patch, decode, differing, joined, luminance
from sitegen_tui.render.tab import PageFault, Tab

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen_tui.render.contrast import Numbers, Pixels

SHARE = 0.6
"""Share of the contrast it should have that the strongest pixels of an uncovered text surpass by far: on the shipped sites they
reach all of it, in thin and small type too."""


async def photograph(tab: Tab, raw: Mapping[str, Any], highest: int) -> Patch:
    """The page at rest, as wide as its window and at most `highest` pixels high. The page notices nothing."""
    wide, high = int(raw["width"]), int(raw["height"])
    total = min(max(int(raw["scroll_height"]), high), highest)
    decoding: list[asyncio.Task[Patch]] = []
    try:
        for y in range(0, total, high):
            piece = Area(0, y, wide, min(total, y + high))
            await tab.ask("shift", 0, y)
            image = await tab.capture_window(wide, piece.bottom - y)
            decoding.append(asyncio.create_task(asyncio.to_thread(decode, image, piece)))
        return joined(await asyncio.gather(*decoding))[0]
    except ValueError as error:
        raise PageFault("unmeasurable", str(error)) from error
    finally:
        for task in decoding:
            task.cancel()
        if not tab.broken:
            await tab.ask("shift", 0, 0)


def encode(page: Patch, height: int, scale: float, quality: int) -> bytes:
    """JPEG bytes of the page down to a height, at a scale that is 1 by a whole number."""
    from PIL import Image

    image = Image.fromarray(page.pixels[:height])
    if scale != 1:
        image = image.reduce(round(1 / scale))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def shown(page: Patch, areas: Sequence[Area], ground: Pixels) -> float | None:
    """Contrast of a text's strongest pixels to what lies behind each of them; None where it is not on the picture.

    `ground` are the pixels of the same areas without ink, or a single one where all are alike.
    """
    import numpy

    cuts = [page.cut(area) for area in areas]
    if any(cut is None for cut in cuts):
        return None
    inked = numpy.concatenate([cut for cut in cuts if cut is not None])
    if len(ground) not in (1, len(inked)):
        return None
    found: Numbers = numpy.ones(len(inked))
    # Where nothing is painted there is no contrast, and most of a text's place is that.
    painted = differing(inked, ground)
    front, behind = luminance(inked[painted]), luminance(ground if len(ground) == 1 else ground[painted])
    found[painted] = (numpy.maximum(front, behind) + 0.05) / (numpy.minimum(front, behind) + 0.05)
    return float(numpy.percentile(found, 99))


def covered(strongest: float, median: float) -> bool:
    """Whether something over a text dims it that its colour and its ground do not tell: a veil, another element, a filter."""
    return strongest < SHARE * median
