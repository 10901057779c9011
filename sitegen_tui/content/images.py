"""Kind and size of a picture from its first bytes: PNG, JPEG, GIF, WebP, ICO and SVG, hostile input included."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Any, Literal
from xml.parsers import expat

ImageKind = Literal["png", "jpeg", "gif", "webp", "ico", "svg"]

MEDIA_TYPES: dict[ImageKind, str] = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "svg": "image/svg+xml",
}
SUFFIXES: dict[str, ImageKind] = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".gif": "gif",
    ".webp": "webp",
    ".ico": "ico",
    ".svg": "svg",
}

_MAX_SEGMENTS = 1000
_LENGTH = re.compile(r"\s*([0-9]{0,9}(?:\.[0-9]{1,6})?)(px|pt|pc|in|cm|mm|q)?\s*\Z", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A picture's kind and its size in CSS pixels; of an ICO the largest picture, of an SVG its natural size."""

    kind: ImageKind
    width: float
    height: float

    @property
    def media_type(self) -> str:
        """The type a `type` attribute names."""
        return MEDIA_TYPES[self.kind]

    @property
    def square(self) -> bool:
        """Whether width and height agree to a hundredth."""
        return abs(self.width - self.height) <= 0.01 * max(self.width, self.height)


def image_info(data: bytes) -> ImageInfo | None:
    """What `data` is a picture of, told by its content and not by a name; None if it is no readable picture."""
    try:
        info = _read(data)
    except (struct.error, IndexError):
        return None
    return info if info and info.width > 0 and info.height > 0 else None


def _read(data: bytes) -> ImageInfo | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        if data[12:16] != b"IHDR" or b"IDAT" not in data or data[-8:-4] != b"IEND":
            return None
        return ImageInfo("png", *struct.unpack_from(">II", data, 16))
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return ImageInfo("gif", *struct.unpack_from("<HH", data, 6))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[:4] == b"\x00\x00\x01\x00":
        return _ico(data)
    return _svg(data)


def _jpeg(data: bytes) -> ImageInfo | None:
    if b"\xff\xd9" not in data[-64:]:
        return None
    at = 2
    for _ in range(_MAX_SEGMENTS):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9 or marker == 0xDA:
            return None
        if 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 2
            continue
        # Start of frame; C4, C8 and CC share its range and are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return ImageInfo("jpeg", width, height)
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None


def _webp(data: bytes) -> ImageInfo | None:
    chunk = data[12:16]
    if chunk == b"VP8X":
        size = data[24:30]
        return ImageInfo("webp", 1 + int.from_bytes(size[:3], "little"), 1 + int.from_bytes(size[3:], "little"))
    if chunk == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        return ImageInfo("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return ImageInfo("webp", width & 0x3FFF, height & 0x3FFF)
    return None


def _ico(data: bytes) -> ImageInfo | None:
    count = min(struct.unpack_from("<H", data, 4)[0], 64)
    sizes: list[tuple[int, int]] = []
    for index in range(count):
        width, height, _, _, _, _, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * index)
        if length == 0 or offset + length > len(data):
            return None
        sizes.append((width or 256, height or 256))
    return ImageInfo("ico", *max(sizes)) if sizes else None


def _svg(data: bytes) -> ImageInfo | None:
    """Well-formed SVG only, as browsers demand of an image file; document types are refused, entities with them."""
    if b"<svg" not in data:
        return None
    root: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not root:
            root.append((name, attributes))

    def refuse(*_: Any) -> None:
        raise ValueError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return None
    name, attributes = root[0]
    if name != "http://www.w3.org/2000/svg svg":
        return None
    width, height = _length(attributes.get("width", "")), _length(attributes.get("height", ""))
    box = [_length(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "")[:200].strip())]
    if len(box) == 4 and box[2] and box[3]:
        if width is None:
            width = box[2] if height is None else height * box[2] / box[3]
        if height is None:
            height = width * box[3] / box[2]
    return ImageInfo("svg", width, height) if width and height else None


def _length(text: str) -> float | None:
    match = _LENGTH.match(text)
    if match is None or not match[1]:
        return None
    return float(match[1]) * _PIXELS[(match[2] or "px").lower()]
