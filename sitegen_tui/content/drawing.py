"""Small pictures drawn from nothing but colours: hills under a sky, and an icon; PNG bytes, the same each time."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence

from sitegen_tui.domain.colour import Colour

SKY_BANDS = 24
"""Shades from the top of the sky to the horizon."""


def hills(width: int, height: int, sky: tuple[str, str], sun: str, ridges: Sequence[str], seed: int) -> bytes:
    """A landscape of that size in pixels: a sky from one colour to another, a sun, ridges from far to near.

    Colours are written `#rrggbb`; `seed` decides how the ridges run.
    """
    palette = [_between(sky[0], sky[1], band / (SKY_BANDS - 1)) for band in range(SKY_BANDS)]
    palette += [_rgb(sun), *(_rgb(ridge) for ridge in ridges)]
    horizon = round(height * 0.62)
    air = bytes(min(SKY_BANDS - 1, y * SKY_BANDS // horizon) for y in range(height))
    centre, radius = (width * (0.2 + 0.07 * (seed % 9)), height * 0.36), height * 0.11
    columns: list[bytes] = []
    for x in range(width):
        column = bytearray(air)
        reach = radius**2 - (x - centre[0]) ** 2
        if reach > 0:
            top, bottom = round(centre[1] - math.sqrt(reach)), round(centre[1] + math.sqrt(reach))
            column[top:bottom] = bytes([SKY_BANDS]) * (bottom - top)
        for number in range(len(ridges)):
            top = round(height * _ridge(x / width, number / max(1, len(ridges) - 1), seed + number))
            column[top:] = bytes([SKY_BANDS + 1 + number]) * (height - top)
        columns.append(bytes(column))
    whole = b"".join(columns)
    return _png(width, height, [whole[y::height] for y in range(height)], palette)


def wheel(size: int, ground: str, mark: str) -> bytes:
    """A square icon of that size in pixels: a wheel with four spokes."""
    middle, rim, thick = (size - 1) / 2, size * 0.34, max(1.0, size * 0.035)
    rows: list[bytes] = []
    for y in range(size):
        row = bytearray(size)
        for x in range(size):
            across, down = abs(x - middle), abs(y - middle)
            out = math.hypot(across, down)
            row[x] = abs(out - rim) <= thick or (out <= rim and min(across, down) <= thick)
        rows.append(bytes(row))
    return _png(size, size, rows, [_rgb(ground), _rgb(mark)])


def _ridge(along: float, near: float, seed: int) -> float:
    """Where a ridge's edge lies, in parts of the height from the top."""
    wave = sum(math.sin(2 * math.pi * (along * pitch + seed * 0.37 * pitch)) / pitch for pitch in (1.3, 2.9, 5.3))
    return 0.55 + 0.3 * near - (0.075 - 0.03 * near) * wave


def _rgb(text: str) -> tuple[int, int, int]:
    colour = Colour.parse(text)
    if colour is None:
        raise ValueError(f"no colour: {text!r}")
    return (round(colour.r), round(colour.g), round(colour.b))


def _between(one: str, other: str, share: float) -> tuple[int, int, int]:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    red, green, blue = (round(low + (high - low) * share) for low, high in pairs)
    return (red, green, blue)


def _png(width: int, height: int, rows: Sequence[bytes], palette: Sequence[tuple[int, int, int]]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    colours = b"".join(bytes(colour) for colour in palette)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"PLTE", colours), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    )
