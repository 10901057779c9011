"""The kitty graphics protocol: pictures sent once, and cells of text that show a part of one wherever they stand.

A picture is put on the screen by a character of its own, whose colour is the picture's number and whose accents are the row and
the column of the part to show. So it scrolls, is cropped and is covered like any text.
"""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

_RANGES = (
    "305 30D-30E 310 312 33D-33F 346 34A-34C 350-352 357 35B 363-36F 483-487 592-595 597-599 59C-5A1 5A8-5A9 5AB-5AC 5AF 5C4 "
    "610-617 657-65B 65D-65E 6D6-6DC 6DF-6E2 6E4 6E7-6E8 6EB-6EC 730 732-733 735-736 73A 73D 73F-741 743 745 747 749-74A "
    "7EB-7F1 7F3 816-819 81B-823 825-827 829-82D 951 953-954 F82-F83 F86-F87 135D-135F 17DD 193A 1A17 1A75-1A7C 1B6B 1B6D-1B73 "
    "1CD0-1CD2 1CDA-1CDB 1CE0 1DC0-1DC1 1DC3-1DC9 1DCB-1DCC 1DD1-1DE6 1DFE 20D0-20D1 20D4-20D7 20DB-20DC 20E1 20E7 20E9 20F0 "
    "2CEF-2CF1 2DE0-2DFF A66F A67C-A67D A6F0-A6F1 A8E0-A8F1 AAB0 AAB2-AAB3 AAB7-AAB8 AABE-AABF AAC1 FE20-FE26 10A0F 10A38 "
    "1D185-1D189 1D1AA-1D1AD 1D242-1D244"
)


def _expanded(ranges: str) -> str:
    ends = [(part.split("-")[0], part.split("-")[-1]) for part in ranges.split()]
    return "".join(chr(code) for first, last in ends for code in range(int(first, 16), int(last, 16) + 1))


PLACEHOLDER = "\U0010eeee"
ACCENTS = _expanded(_RANGES)
"""The accent that stands for each number from 0: those above a letter which no other character contains, as of Unicode 6.0."""
MOST_CELLS = len(ACCENTS)
"""Cells across or down of which a picture can have no more."""
CHUNK = 4096
"""Bytes of a piece at most, as the protocol has it."""


class Bitmap(NamedTuple):
    """A picture's bytes, row by row: three a pixel, or four where `clear` says that some of it can be seen through."""

    width: int
    height: int
    pixels: bytes
    clear: bool = False


def transmission(number: int, bitmap: Bitmap, columns: int, rows: int) -> str:
    """What makes a picture known under a number, to be shown over so many cells; the terminal is told not to answer."""
    packed = base64.standard_b64encode(zlib.compress(bitmap.pixels, 1)).decode("ascii")
    head = f"a=T,U=1,i={number},f={32 if bitmap.clear else 24},o=z,s={bitmap.width},v={bitmap.height},c={columns},r={rows},"
    pieces: list[str] = []
    for at in range(0, len(packed), CHUNK):
        more = 1 if at + CHUNK < len(packed) else 0
        pieces.append(f"\x1b_G{'' if at else head}q=2,m={more};{packed[at : at + CHUNK]}\x1b\\")
    return "".join(pieces)


def deletion(number: int) -> str:
    """What makes the terminal forget a picture and free its memory."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"


@lru_cache(maxsize=2 * MOST_CELLS)
def placeholders(row: int, columns: int) -> str:
    """The cells of one row of a picture. Each says where it belongs, so that any of them may be covered."""
    return "".join(f"{PLACEHOLDER}{ACCENTS[row]}{accent}" for accent in ACCENTS[:columns])


def colour(number: int) -> tuple[int, int, int]:
    """Red, green and blue by which cells name their picture."""
    return number >> 16, number >> 8 & 0xFF, number & 0xFF


class Images:
    """The pictures that the terminal keeps for us. `write` puts text onto the terminal."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._kept: set[int] = set()
        self._open = True
        # Other programs may have pictures in the same window: two that count from 1 would take each other's.
        self._next = random.randrange(1 << 20, 1 << 24)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, bitmap: Bitmap, columns: int, rows: int) -> int:
        """Send a picture; returns its number."""
        number = self._next
        self._next = number + 1 if number + 1 < 1 << 24 else 1 << 20
        if self._open:
            self._kept.add(number)
            self._write(transmission(number, bitmap, columns, rows))
        return number

    def drop(self, number: int) -> None:
        """Have a picture forgotten."""
        if number in self._kept:
            self._kept.discard(number)
            self._write(deletion(number))

    def close(self) -> None:
        """Have all of them forgotten, and send none any more."""
        self._open = False
        for number in sorted(self._kept):
            self.drop(number)
