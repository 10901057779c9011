"""Making untrusted text safe to paint, and cutting text by terminal cells instead of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

LONGEST_LINE = 4_000
"""Characters of one line that are ever painted; the rest is counted, not shown."""

TAB = "    "

# C0 controls have pictures in Unicode; what could move the cursor, hide text or turn its direction becomes one visible
# sign. Variation selectors only choose a glyph, and terminals disagree about its width.
_HIDDEN = (0x00AD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x09: TAB,
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "·"),
    **dict.fromkeys(_HIDDEN, "·"),
    **dict.fromkeys(range(0xFE00, 0xFE10), ""),
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
}
_TROUBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]")


def safe(text: str) -> str:
    """The text as one printable line: controls, escapes and invisible characters are replaced by visible signs."""
    return text.translate(_VISIBLE) if _TROUBLE.search(text) else text


def one_line(text: str, limit: int = 400) -> str:
    """A bounded, printable line of any text, with line breaks shown as blanks."""
    return safe(text[:limit].replace("\r\n", " ").replace("\n", " "))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Exactly `width` cells: padded with blanks, or cut with an ellipsis."""
    if width <= 0:
        return ""
    cells = cell_len(text)
    if cells > width:
        return set_cell_size(text, width - 1) + "…"
    pad = " " * (width - cells)
    return pad + text if right else text + pad


def fit_middle(text: str, width: int) -> str:
    """At most `width` cells, cut in the middle: for paths and ids whose ends tell them apart."""
    if cell_len(text) <= width or width < 5:
        return fit(text, min(width, cell_len(text)))
    tail = (width - 1) // 2
    return set_cell_size(text, width - 1 - tail).rstrip() + "…" + text[-tail:]


def wrap(text: str, width: int) -> Iterator[str]:
    """One line cut into pieces of at most `width` cells, at blanks where they are near the end; at least one piece."""
    width = max(4, width)
    if len(text) <= width and cell_len(text) <= width:
        yield text
        return
    while text:
        piece = chop_cells(text[: width + 1], width)[0]
        if len(piece) < len(text):
            space = piece.rfind(" ")
            if space > width * 2 // 3:
                piece = piece[: space + 1]
        yield piece
        text = text[len(piece) :]


def clipped(text: str) -> str:
    """The start of a line that is too long to be worth painting, and how much was left out."""
    if len(text) <= LONGEST_LINE:
        return text
    return f"{text[:LONGEST_LINE]} … {len(text) - LONGEST_LINE:,} more characters"
