"""Pages side by side on one sheet, each scaled down and cut to the same height, with a line of words above each pair."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from typing import Any

from sitegen_tui.errors import RenderUnavailable

GAP = 14
LABEL = 26
INK, PAPER, FRAME = "#20242b", "#f4f4f1", "#c9c9c4"


def contact_sheet(pairs: Sequence[tuple[str, bytes, bytes]], *, across: int, width: int, height: int) -> bytes:
    """A JPEG of pairs of pages (words, page before, page after), `across` pairs in a row.

    Each page is `width` pixels wide and at most `height` high, cut below. Raises ValueError for what is no picture, and
    RenderUnavailable without Pillow.
    """
    try:
        image: Any = import_module("PIL.Image")
        draw: Any = import_module("PIL.ImageDraw")
        font: Any = import_module("PIL.ImageFont")
    except ImportError as error:
        raise RenderUnavailable("pictures cannot be put together without Pillow", hint="install sitegen-tui[render]") from error
    if not pairs:
        raise ValueError("there is nothing to put on the sheet")
    cell = (2 * width + 3 * GAP, height + LABEL + GAP)
    rows = -(-len(pairs) // across)
    sheet = image.new("RGB", (across * cell[0], rows * cell[1] + GAP), PAPER)
    pen = draw.Draw(sheet)
    for number, (words, *pages) in enumerate(pairs):
        left, top = number % across * cell[0] + GAP, number // across * cell[1] + GAP
        pen.text((left, top), words, fill=INK, font=font.load_default(15))
        for at, page in enumerate(pages):
            try:
                opened = image.open(BytesIO(page)).convert("RGB")
            except OSError as error:
                raise ValueError(f"no picture of {words}") from error
            scaled = opened.resize((width, max(1, round(opened.height * width / opened.width))), image.Resampling.LANCZOS)
            shown = scaled.crop((0, 0, width, min(height, scaled.height)))
            place = (left + at * (width + GAP), top + LABEL)
            sheet.paste(shown, place)
            pen.rectangle((place[0] - 1, place[1] - 1, place[0] + width, place[1] + shown.height), outline=FRAME)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
