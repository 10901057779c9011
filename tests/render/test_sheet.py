"""The contact sheet: pages scaled, cut and placed in pairs."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from sitegen_tui.render.sheet import GAP, LABEL, contact_sheet


def _page(colour: str, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1280, height), colour).save(out, "PNG")
    return out.getvalue()


def test_pages_stand_in_pairs_scaled_to_one_width() -> None:
    pairs = [("one", _page("#c00000", 2560), _page("#00c000", 8000)), ("two", _page("#0000c0", 640), _page("#c0c000", 640))]
    sheet = Image.open(BytesIO(contact_sheet(pairs, across=2, width=100, height=300))).convert("RGB")
    assert sheet.size == (2 * (200 + 3 * GAP), 300 + LABEL + 2 * GAP)
    top = GAP + LABEL
    red, green, _ = sheet.getpixel((GAP + 50, top + 150))
    assert (red > 150, green < 60) == (True, True)
    red, green, _ = sheet.getpixel((2 * GAP + 150, top + 290))
    assert (red < 60, green > 150) == (True, True)
    second = 200 + 4 * GAP
    assert sheet.getpixel((second + 50, top + 25))[2] > 150
    assert min(sheet.getpixel((second + 50, top + 120))) > 200, "below a short page there is paper"


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture of one"):
        contact_sheet([("one", b"not a picture", b"")], across=1, width=100, height=100)
    with pytest.raises(ValueError, match="nothing"):
        contact_sheet([], across=1, width=100, height=100)
