"""A drawing table for pictures with light in them: soft shapes and faces, always the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from art.scenery import SCALE, Point, mix, packed, rgb

Ink = str | tuple[str, str] | tuple[str, str, str]
"""One colour, or two from top to bottom, or two and `h` from left to right."""

Place = Callable[[float, float], Point]
"""Where a place of one drawing lies in another."""


class Table:
    """A picture in the making; places and lengths are pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: Ink, seed: int = 1) -> None:
        self.w, self.h = width, height
        self.random = np.random.RandomState(seed)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE))
        self.rect(0, 0, width, height, ground)

    def dice(self, low: float, high: float) -> float:
        """A number between two others."""
        return low + (high - low) * float(self.random.random_sample())

    # -- shapes

    def rect(self, x: float, y: float, w: float, h: float, ink: Ink, round_: float = 0, **how: float) -> None:
        """A rectangle, its corners rounded if asked for."""
        self._paint(
            (x, y, x + w, y + h),
            lambda d, at: d.rounded_rectangle((*at(x, y), *at(x + w, y + h)), round_ * SCALE, fill=255),
            ink,
            how,
        )

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, ink: Ink, **how: float) -> None:
        """An ellipse around a place."""
        box = (cx - rx, cy - ry, cx + rx, cy + ry)
        self._paint(box, lambda d, at: d.ellipse((*at(*box[:2]), *at(*box[2:])), fill=255), ink, how)

    def poly(self, points: Sequence[Point], ink: Ink, **how: float) -> None:
        """A polygon."""
        self._paint(_around(points, 0), lambda d, at: d.polygon([at(*p) for p in points], fill=255), ink, how)

    def line(self, points: Sequence[Point], width: float, ink: Ink, **how: float) -> None:
        """Strokes from point to point, with round joints."""
        wide = max(1, round(width * SCALE))
        self._paint(
            _around(points, width), lambda d, at: d.line([at(*p) for p in points], fill=255, width=wide, joint="curve"), ink, how
        )

    def arc(self, cx: float, cy: float, r: float, start: float, end: float, width: float, ink: Ink, **how: float) -> None:
        """A part of a circle, in degrees clockwise from three o'clock."""
        box = (cx - r, cy - r, cx + r, cy + r)
        wide = max(1, round(width * SCALE))
        self._paint(box, lambda d, at: d.arc((*at(*box[:2]), *at(*box[2:])), start, end, fill=255, width=wide), ink, how)

    def light(self, cx: float, cy: float, rx: float, ry: float, colour: str, alpha: float) -> None:
        """Soft light, or with a dark colour soft shade, around a place."""
        small = (max(2, self.w // 8), max(2, self.h // 8))
        ys, xs = np.mgrid[0 : small[1], 0 : small[0]]
        away = ((xs * 8 - cx) / rx) ** 2 + ((ys * 8 - cy) / ry) ** 2
        mask = Image.fromarray(np.uint8(255 * alpha * np.exp(-away * 1.6)))
        self.image.paste(
            Image.new("RGB", self.image.size, rgb(colour)), (0, 0), mask.resize(self.image.size, Image.Resampling.BICUBIC)
        )

    def beam(self, points: Sequence[Point], colour: str, alpha: float, blur: float = 14) -> None:
        """Light that falls through a window."""
        self.poly(points, colour, alpha=alpha, blur=blur)

    def soften(self, radius: float) -> None:
        """Put everything drawn so far out of focus."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))

    def _paint(
        self,
        box: tuple[float, float, float, float],
        shape: Callable[[ImageDraw.ImageDraw, Place], None],
        ink: Ink,
        how: dict[str, float],
    ) -> None:
        blur, alpha = how.get("blur", 0.0), how.get("alpha", 1.0)
        edge = 3 * blur + 2
        left, top = max(0, int((box[0] - edge) * SCALE)), max(0, int((box[1] - edge) * SCALE))
        right = min(self.image.width, int((box[2] + edge) * SCALE) + 1)
        low = min(self.image.height, int((box[3] + edge) * SCALE) + 1)
        if right <= left or low <= top:
            return
        mask = Image.new("L", (right - left, low - top))
        shape(ImageDraw.Draw(mask), lambda x, y: (x * SCALE - left, y * SCALE - top))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        if alpha < 1:
            mask = mask.point(lambda value: round(value * alpha))
        self.image.paste(_filled(mask.size, ink, box, (left, top)), (left, top), mask)

    # -- the finished picture

    def grain(self, strength: float = 5) -> None:
        """Film grain over everything."""
        self.image = self.image.resize((self.w, self.h), Image.Resampling.LANCZOS)
        noise = self.random.normal(0, strength, (self.h // 2 + 1, self.w // 2 + 1, 1))
        noise = np.repeat(np.repeat(noise, 2, 0), 2, 1)[: self.h, : self.w]
        self.image = Image.fromarray(np.uint8(np.clip(np.asarray(self.image, dtype=float) + noise, 0, 255)))

    def jpeg(self, quality: int = 60) -> bytes:
        """The finished picture."""
        done = self.image.resize((self.w, self.h), Image.Resampling.LANCZOS) if self.image.width != self.w else self.image
        return packed(done, quality, progressive=True)


def _around(points: Sequence[Point], width: float) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - width, min(ys) - width, max(xs) + width, max(ys) + width


def _filled(size: tuple[int, int], ink: Ink, box: tuple[float, float, float, float], at: tuple[int, int]) -> Image.Image:
    if isinstance(ink, str):
        return Image.new("RGB", size, rgb(ink))
    across = len(ink) == 3
    start, end = (box[0] if across else box[1]) * SCALE, (box[2] if across else box[3]) * SCALE
    along = np.arange(size[0] if across else size[1]) + (at[0] if across else at[1])
    share = np.clip((along - start) / max(1.0, end - start), 0, 1)[:, None]
    row = np.uint8(np.round(np.array(rgb(ink[0])) * (1 - share) + np.array(rgb(ink[1])) * share))
    strip = Image.fromarray(row[None, :, :] if across else row[:, None, :])
    return strip.resize(size)


# -- people ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """Somebody: colours of skin, hair and clothes, and how hair and clothes are worn."""

    skin: str
    hair: str
    cloth: str
    cut: str = "short"
    wear: str = "suit"
    glasses: bool = False
    beard: bool = False
    shirt: str = "#f4f1ec"
    turn: float = 0.0


def person(table: Table, face: Face, cx: float, top: float, size: float) -> None:
    """Head and shoulders; `size` is the height of the head in pixels."""
    s, t = size / 100, table
    shade, lit = mix(face.skin, "#2a1210", 0.28), mix(face.skin, "#fff2e0", 0.22)
    dark, gleam = mix(face.hair, "#000000", 0.35), mix(face.hair, "#ffe9cc", 0.2)

    def p(x: float, y: float) -> Point:
        return cx + x * s, top + y * s

    if face.cut == "long":
        t.ellipse(*p(0, 62), 47 * s, 68 * s, (face.hair, dark))
    elif face.cut == "bob":
        t.rect(*p(-45, 22), 90 * s, 82 * s, (face.hair, dark), 34 * s)
    elif face.cut == "bun":
        t.ellipse(*p(16, -6), 21 * s, 19 * s, (gleam, dark))
    shoulders = [
        p(-116, 260),
        p(-110, 178),
        p(-102, 154),
        p(-84, 136),
        p(-30, 112),
        p(30, 112),
        p(84, 136),
        p(102, 154),
        p(110, 178),
        p(116, 260),
    ]
    t.poly(shoulders, (mix(face.cloth, "#ffffff", 0.1), mix(face.cloth, "#000000", 0.25)), blur=1.2)
    t.ellipse(*p(-60, 150), 26 * s, 16 * s, "#ffffff", alpha=0.1, blur=9 * s)
    t.poly([p(-23, 70), p(23, 70), p(29, 124), p(0, 142), p(-29, 124)], (shade, mix(face.skin, shade, 0.4)))
    _clothes(t, face, p)
    t.ellipse(*p(-40, 56), 7 * s, 12 * s, mix(face.skin, shade, 0.35))
    t.ellipse(*p(40, 56), 7 * s, 12 * s, shade)
    t.ellipse(*p(0, 90), 24 * s, 18 * s, shade, alpha=0.5, blur=5 * s)
    t.poly(
        [p(-39, 38), p(-30, 8), p(0, -2), p(30, 8), p(39, 38), p(36, 68), p(22, 92), p(0, 101), p(-22, 92), p(-36, 68)],
        (lit, mix(face.skin, shade, 0.55), "h"),
        blur=0.8,
    )
    t.ellipse(*p(-12, 60), 20 * s, 30 * s, lit, alpha=0.35, blur=8 * s)
    if face.beard:
        t.poly(
            [p(-37, 60), p(-18, 70), p(0, 68), p(18, 70), p(37, 60), p(33, 84), p(16, 102), p(0, 106), p(-16, 102), p(-33, 84)],
            (face.hair, dark),
            blur=1.6 * s,
            alpha=0.92,
        )
    _features(t, face, p, s)
    _hair(t, face, p, s, gleam, dark)


def _clothes(t: Table, face: Face, p: Place) -> None:
    if face.wear == "suit":
        t.poly(
            [p(-30, 112), p(0, 196), p(30, 112), p(14, 124), p(0, 142), p(-14, 124)], (face.shirt, mix(face.shirt, "#556070", 0.3))
        )
        lapel = mix(face.cloth, "#000000", 0.22)
        t.poly([p(-32, 110), p(-50, 146), p(-30, 156), p(-6, 230), p(2, 196)], mix(face.cloth, "#ffffff", 0.07))
        t.poly([p(32, 110), p(50, 146), p(30, 156), p(6, 230), p(-2, 196)], lapel)
    elif face.wear == "collar":
        t.poly([p(-30, 110), p(-38, 134), p(-8, 150), p(0, 138)], face.shirt)
        t.poly([p(30, 110), p(38, 134), p(8, 150), p(0, 138)], mix(face.shirt, "#556070", 0.18))
    elif face.wear == "scrub":
        t.poly([p(-30, 112), p(0, 168), p(30, 112), p(16, 120), p(0, 140), p(-16, 120)], mix(face.skin, "#2a1210", 0.12))
        t.line([p(-32, 110), p(0, 170), p(32, 110)], 5, mix(face.cloth, "#ffffff", 0.3))
    else:
        t.poly(
            [
                p(-32, 108),
                p(-27, 122),
                p(0, 137),
                p(27, 122),
                p(32, 108),
                p(36, 120),
                p(20, 140),
                p(0, 147),
                p(-20, 140),
                p(-36, 120),
            ],
            mix(face.cloth, "#ffffff", 0.16),
        )


def _features(t: Table, face: Face, p: Place, s: float) -> None:
    brow, soft, dx = mix(face.hair, "#20140f", 0.4), mix(face.skin, "#3a1712", 0.5), face.turn * 6
    for side in (-1, 1):
        x = 16 * side + dx
        t.line([p(x - 9, 42.5 - side), p(x, 40), p(x + 9, 42.5 + side)], 2.6 * s, brow, alpha=0.85)
        t.ellipse(*p(x, 52), 6.4 * s, 3.6 * s, "#f7f1ea", alpha=0.75)
        t.ellipse(*p(x + dx * 0.3, 52), 3.2 * s, 3.5 * s, "#2a1a14")
        t.line([p(x - 7, 50.5), p(x, 48), p(x + 7, 50.5)], 1.7 * s, brow, alpha=0.8)
        if face.glasses:
            t.arc(*p(x, 52), 12 * s, 0, 360, 1.8 * s, "#2b2523")
    if face.glasses:
        t.line([p(-4 + dx, 51), p(4 + dx, 51)], 1.8 * s, "#2b2523")
    t.line([p(3 + dx, 52), p(6 + dx, 68), p(-1 + dx, 70.5)], 1.9 * s, soft, alpha=0.55, blur=0.7 * s)
    t.line(
        [p(-11 + dx, 80.5), p(-4 + dx, 82.5), p(4 + dx, 82.5), p(12 + dx, 80)], 2.5 * s, mix(face.skin, "#8c2a2a", 0.55), alpha=0.9
    )
    t.ellipse(*p(-21, 70), 9 * s, 7 * s, "#d2664f", alpha=0.14, blur=4 * s)
    t.ellipse(*p(21, 70), 9 * s, 7 * s, "#d2664f", alpha=0.12, blur=4 * s)


def _hair(t: Table, face: Face, p: Place, s: float, gleam: str, dark: str) -> None:
    if face.cut == "bald":
        t.ellipse(*p(-12, 10), 16 * s, 7 * s, "#fff6ea", alpha=0.25, blur=4 * s)
        return
    if face.cut in ("long", "bob"):
        left = [p(2, -8), p(-30, 0), p(-46, 30), p(-47, 92), p(-37, 88), p(-36, 44), p(-24, 24), p(6, 8)]
        right = [p(-2, -8), p(30, 0), p(46, 30), p(47, 92), p(37, 88), p(36, 44), p(26, 20), p(4, 8)]
        t.poly(left, (gleam, face.hair), blur=0.9)
        t.poly(right, (face.hair, dark), blur=0.9)
    elif face.cut == "curly":
        for n in range(26):
            a = np.pi * (1.02 + 0.96 * n / 25)
            out = 43 + 5 * ((n * 7) % 5) / 4
            t.ellipse(
                *p(out * np.cos(a), 38 + out * 1.02 * np.sin(a)),
                13 * s,
                13 * s,
                mix(face.hair, gleam, 0.5) if n % 4 == 0 else face.hair,
            )
        t.poly([p(-41, 36), p(-34, 4), p(0, -10), p(34, 4), p(41, 36), p(30, 22), p(0, 16), p(-30, 22)], face.hair)
    elif face.cut == "swept":
        t.poly(
            [
                p(-41, 44),
                p(-44, 14),
                p(-24, -14),
                p(14, -18),
                p(40, 0),
                p(43, 42),
                p(36, 28),
                p(26, 14),
                p(-6, 20),
                p(-34, 16),
                p(-37, 30),
            ],
            (gleam, dark, "h"),
            blur=0.8,
        )
    else:
        t.poly(
            [
                p(-41, 46),
                p(-43, 18),
                p(-26, -8),
                p(0, -14),
                p(28, -8),
                p(43, 18),
                p(41, 46),
                p(37, 30),
                p(26, 16),
                p(0, 11),
                p(-26, 16),
                p(-37, 30),
            ],
            (gleam, dark, "h"),
            blur=0.8,
        )
