"""A canvas for rooms, tables, faces and things, lit and grained; the same bytes each time."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from art.scenery import SCALE, Point, Stops, mix, packed, ramp, rgb

Points = Sequence[Point]


def ring(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0, steps: int = 72) -> list[Point]:
    """The outline of an ellipse; `turn` in degrees."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    found: list[Point] = []
    for step in range(steps):
        a = 2 * math.pi * step / steps
        x, y = rx * math.cos(a), ry * math.sin(a)
        found.append((cx + x * cos - y * sin, cy + x * sin + y * cos))
    return found


def smooth(points: Points, steps: int = 10) -> list[Point]:
    """A closed curve through the points."""
    found: list[Point] = []
    n = len(points)
    for i in range(n):
        p0, p1, p2, p3 = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            weights = (
                -0.5 * t**3 + t**2 - 0.5 * t,
                1.5 * t**3 - 2.5 * t**2 + 1,
                -1.5 * t**3 + 2 * t**2 + 0.5 * t,
                0.5 * t**3 - 0.5 * t**2,
            )
            x = sum(w * p[0] for w, p in zip(weights, (p0, p1, p2, p3), strict=True))
            y = sum(w * p[1] for w, p in zip(weights, (p0, p1, p2, p3), strict=True))
            found.append((x, y))
    return found


class Easel:
    """A picture in the making; places and lengths are pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: Stops | str, seed: int = 1) -> None:
        self.width, self.height = width, height
        self.random = random.Random(seed)
        size = (width * SCALE, height * SCALE)
        if isinstance(ground, str):
            self.image = Image.new("RGB", size, rgb(ground))
        else:
            self.image = ramp(height * SCALE, ground).resize(size)

    # -- shapes -----------------------------------------------------------------------------------------------------------

    def poly(self, points: Points, fill: str, *, to: str = "", alpha: float = 1.0, blur: float = 0.0, across: bool = False) -> None:
        """A filled shape; with `to` it runs to that colour, downwards or across."""
        if alpha >= 1 and not blur and not to:
            ImageDraw.Draw(self.image).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgb(fill))
            return
        reach = 3 * blur + 1
        left, top = (math.floor(min(p[i] for p in points) - reach) for i in (0, 1))
        right, bottom = (math.ceil(max(p[i] for p in points) + reach) for i in (0, 1))
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, self.width), min(bottom, self.height)
        if right <= left or bottom <= top:
            return
        size = ((right - left) * SCALE, (bottom - top) * SCALE)
        mask = Image.new("L", size)
        moved = [((x - left) * SCALE, (y - top) * SCALE) for x, y in points]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * min(1.0, alpha)))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        if not to:
            paint = Image.new("RGB", size, rgb(fill))
        elif across:
            paint = ramp(size[0], ((0, fill), (1, to))).rotate(90, expand=True).resize(size)
        else:
            paint = ramp(size[1], ((0, fill), (1, to))).resize(size)
        self.image.paste(paint, (left * SCALE, top * SCALE), mask)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str,
        *,
        r: float = 0.0,
        to: str = "",
        alpha: float = 1.0,
        blur: float = 0.0,
        across: bool = False,
    ) -> None:
        """A rectangle, with round corners if `r` is given."""
        points = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)] if not r else _rounded(x, y, w, h, r)
        self.poly(points, fill, to=to, alpha=alpha, blur=blur, across=across)

    def disc(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float | None = None,
        fill: str = "#000000",
        *,
        turn: float = 0.0,
        to: str = "",
        alpha: float = 1.0,
        blur: float = 0.0,
        across: bool = False,
    ) -> None:
        """An ellipse; a circle unless `ry` is given."""
        self.poly(ring(cx, cy, rx, rx if ry is None else ry, turn), fill, to=to, alpha=alpha, blur=blur, across=across)

    def blob(self, points: Points, fill: str, *, to: str = "", alpha: float = 1.0, blur: float = 0.0, across: bool = False) -> None:
        """A soft shape through the points."""
        self.poly(smooth(points), fill, to=to, alpha=alpha, blur=blur, across=across)

    def line(self, points: Points, width: float, fill: str, *, alpha: float = 1.0, blur: float = 0.0) -> None:
        """A stroke with round ends."""
        for (x0, y0), (x1, y1) in pairwise(points):
            long = math.hypot(x1 - x0, y1 - y0) or 1.0
            nx, ny = -(y1 - y0) / long * width / 2, (x1 - x0) / long * width / 2
            self.poly(
                [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)], fill, alpha=alpha, blur=blur
            )
        if width > 2 and alpha >= 1 and not blur:
            for x, y in points:
                self.disc(x, y, width / 2, fill=fill)

    # -- light ------------------------------------------------------------------------------------------------------------

    def shade(self, points: Points, strength: float, blur: float, tone: str = "#120c08") -> None:
        """A shadow with soft edges."""
        self.poly(points, tone, alpha=strength, blur=blur)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Light added around a place."""
        small = (max(1, self.width // 8), max(1, self.height // 8))
        mask = Image.new("L", small)
        cx, cy, r = x / 8, y / 8, radius / 8
        ImageDraw.Draw(mask).ellipse((cx - r, cy - r, cx + r, cy + r), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(max(1.0, r * 0.5))).resize(self.image.size, Image.Resampling.BICUBIC)
        light = Image.composite(Image.new("RGB", self.image.size, rgb(colour)), Image.new("RGB", self.image.size), mask)
        self.image = ImageChops.screen(self.image, light)

    def vignette(self, strength: float, tone: str = "#000000") -> None:
        """Darker corners."""
        small = (max(1, self.width // 8), max(1, self.height // 8))
        mask = Image.new("L", small, round(255 * strength))
        ImageDraw.Draw(mask).ellipse((-small[0] * 0.06, -small[1] * 0.1, small[0] * 1.06, small[1] * 1.1), fill=0)
        mask = mask.filter(ImageFilter.GaussianBlur(min(small) * 0.22)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, rgb(tone)), (0, 0), mask)

    def soften(self, radius: float) -> None:
        """Put what has been painted so far out of focus."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))

    # -- stuff ------------------------------------------------------------------------------------------------------------

    def specks(self, box: tuple[float, float, float, float], count: int, fills: Sequence[str], size: tuple[float, float]) -> None:
        """Crumbs, seeds or pebbles strewn over a box of left, top, right, bottom."""
        for _ in range(count):
            x, y = self.random.uniform(box[0], box[2]), self.random.uniform(box[1], box[3])
            r = self.random.uniform(*size)
            fill = self.random.choice(fills)
            self.poly(ring(x, y, r, r * self.random.uniform(0.5, 1), self.random.uniform(0, 180), 10), fill)

    def boards(self, x: float, y: float, w: float, h: float, rows: int, tone: str, *, upright: bool = False) -> None:
        """Planks with grain, lying, or standing if `upright`."""
        step = (w if upright else h) / rows
        for row in range(rows):
            shade = mix(tone, "#000000" if self.random.random() < 0.5 else "#ffffff", self.random.uniform(0.0, 0.09))
            px, py = (x + row * step, y) if upright else (x, y + row * step)
            pw, ph = (step, h) if upright else (w, step)
            self.rect(px, py, pw, ph, shade)
            for _ in range(max(3, int(step / 9))):
                at = self.random.uniform(0.1, 0.9) * step
                vein = mix(shade, "#000000", self.random.uniform(0.05, 0.13))
                start, long = self.random.uniform(0, 0.6), self.random.uniform(0.2, 0.6)
                if upright:
                    self.rect(px + at, py + start * ph, self.random.uniform(0.8, 2), long * ph, vein)
                else:
                    self.rect(px + start * pw, py + at, long * pw, self.random.uniform(0.8, 2), vein)
            dark = mix(tone, "#000000", 0.4)
            if upright:
                self.rect(px, py, 1.6, ph, dark)
            else:
                self.rect(px, py, pw, 1.6, dark)

    def tiles(
        self, x: float, y: float, w: float, h: float, side: tuple[float, float], tone: str, joint: str, bond: bool = False
    ) -> None:
        """A wall of tiles, or of bricks if every second row is shifted by `bond`."""
        self.rect(x, y, w, h, joint)
        tw, th = side
        row, top = 0, y
        while top < y + h:
            left = x - (tw / 2 if bond and row % 2 else 0)
            while left < x + w:
                shade = mix(tone, "#000000" if self.random.random() < 0.5 else "#ffffff", self.random.uniform(0, 0.1))
                near, far = max(left + 1, x), min(left + tw - 1, x + w)
                t, b = top + 1, min(top + th - 1, y + h)
                if far > near and b > t:
                    self.rect(near, t, far - near, b - t, shade)
                left += tw
            top += th
            row += 1

    def jpeg(self, quality: int = 60, grain: float = 0.0) -> bytes:
        """The finished picture, with a film's grain if asked for."""
        done = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        if grain:
            noise = np.random.default_rng(7).normal(0.0, grain, (self.height, self.width, 1))
            done = Image.fromarray(np.clip(np.asarray(done, dtype=np.float64) + noise, 0, 255).round().astype(np.uint8))
        return packed(done, quality, progressive=True)


def _rounded(x: float, y: float, w: float, h: float, r: float) -> list[Point]:
    r = min(r, w / 2, h / 2)
    found: list[Point] = []
    for cx, cy, start in ((x + w - r, y + r, 270), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180)):
        for step in range(9):
            a = math.radians(start + step * 11.25)
            found.append((cx + r * math.cos(a), cy + r * math.sin(a)))
    return found


# -- faces ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """A person, plainly: hair is short, bob, bun, long, curls, crop, bald, cap or scarf."""

    skin: str
    hair: str
    style: str
    cloth: str
    apron: str = ""
    beard: bool = False
    glasses: bool = False


def person(easel: Easel, face: Face, x: float, y: float, size: float) -> None:
    """Head and shoulders; (x, y) is the middle of the head, `size` its height."""
    s, skin, hair = size, face.skin, face.hair
    dark, warm = mix(skin, "#2a120a", 0.32), mix(skin, "#c0563a", 0.3)
    if face.style in ("long", "bob"):
        drop = 0.98 if face.style == "long" else 0.5
        easel.blob(
            [
                (x - 0.46 * s, y - 0.1 * s),
                (x - 0.3 * s, y - 0.54 * s),
                (x + 0.3 * s, y - 0.54 * s),
                (x + 0.46 * s, y - 0.1 * s),
                (x + 0.44 * s, y + drop * s),
                (x, y + (drop + 0.06) * s),
                (x - 0.44 * s, y + drop * s),
            ],
            mix(hair, "#000000", 0.25),
        )
    if face.style == "bun":
        easel.disc(x, y - 0.66 * s, 0.2 * s, fill=mix(hair, "#000000", 0.1))
    easel.blob(
        [
            (x - 1.02 * s, y + 1.75 * s),
            (x - 0.9 * s, y + 0.98 * s),
            (x - 0.36 * s, y + 0.7 * s),
            (x + 0.36 * s, y + 0.7 * s),
            (x + 0.9 * s, y + 0.98 * s),
            (x + 1.02 * s, y + 1.75 * s),
            (x + 0.98 * s, y + 6 * s),
            (x - 0.98 * s, y + 6 * s),
        ],
        face.cloth,
        to=mix(face.cloth, "#000000", 0.3),
    )
    easel.poly(
        [(x - 0.17 * s, y + 0.3 * s), (x + 0.17 * s, y + 0.3 * s), (x + 0.21 * s, y + 0.78 * s), (x - 0.21 * s, y + 0.78 * s)], dark
    )
    easel.blob([(x - 0.24 * s, y + 0.73 * s), (x, y + 0.7 * s), (x + 0.24 * s, y + 0.73 * s), (x, y + 0.98 * s)], dark)
    if face.apron:
        easel.poly(
            [(x - 0.4 * s, y + 1.12 * s), (x + 0.4 * s, y + 1.12 * s), (x + 0.86 * s, y + 6 * s), (x - 0.86 * s, y + 6 * s)],
            face.apron,
        )
        for side in (-1, 1):
            easel.line([(x + side * 0.37 * s, y + 1.14 * s), (x + side * 0.27 * s, y + 0.74 * s)], 0.07 * s, face.apron)
    for side in (-1, 1):
        easel.disc(x + side * 0.39 * s, y + 0.03 * s, 0.07 * s, 0.11 * s, dark)
    head = [
        (x, y - 0.5 * s),
        (x + 0.33 * s, y - 0.3 * s),
        (x + 0.375 * s, y + 0.05 * s),
        (x + 0.25 * s, y + 0.38 * s),
        (x, y + 0.52 * s),
    ]
    head += [(2 * x - px, py) for px, py in reversed(head[1:-1])]
    easel.blob(head, mix(skin, "#ffffff", 0.08), to=mix(skin, "#3a160c", 0.16), across=True)
    for side in (-1, 1):
        easel.disc(x + side * 0.2 * s, y + 0.17 * s, 0.09 * s, 0.06 * s, warm, alpha=0.45, blur=0.03 * s)
        easel.disc(x + side * 0.15 * s, y + 0.01 * s, 0.034 * s, 0.04 * s, "#22150f")
        easel.line(
            [(x + side * 0.075 * s, y - 0.1 * s), (x + side * 0.155 * s, y - 0.125 * s), (x + side * 0.225 * s, y - 0.1 * s)],
            0.03 * s,
            mix(hair, "#1a0f0a", 0.4),
        )
    easel.blob([(x, y), (x + 0.06 * s, y + 0.16 * s), (x + 0.01 * s, y + 0.2 * s), (x - 0.04 * s, y + 0.18 * s)], dark, alpha=0.55)
    if face.beard:
        tone = "#4a2e1c" if face.style in ("cap", "scarf") else hair
        edge = [
            (x - 0.36 * s, y + 0.06 * s),
            (x - 0.3 * s, y + 0.4 * s),
            (x, y + 0.62 * s),
            (x + 0.3 * s, y + 0.4 * s),
            (x + 0.36 * s, y + 0.06 * s),
        ]
        easel.blob([*edge, (x + 0.22 * s, y + 0.24 * s), (x, y + 0.225 * s), (x - 0.22 * s, y + 0.24 * s)], tone)
    easel.blob(
        [(x - 0.12 * s, y + 0.285 * s), (x, y + 0.3 * s), (x + 0.12 * s, y + 0.285 * s), (x, y + 0.36 * s)],
        mix(skin, "#8c2a22", 0.55),
    )
    _hair(easel, face, x, y, s)
    if face.glasses:
        for side in (-1, 1):
            easel.poly(ring(x + side * 0.155 * s, y + 0.02 * s, 0.115 * s, 0.1 * s), "#1c1a1a", alpha=0.9)
            easel.poly(ring(x + side * 0.155 * s, y + 0.02 * s, 0.092 * s, 0.078 * s), mix(skin, "#ffffff", 0.25))
            easel.disc(x + side * 0.15 * s, y + 0.01 * s, 0.034 * s, 0.04 * s, "#22150f")
        easel.line([(x - 0.05 * s, y), (x + 0.05 * s, y)], 0.022 * s, "#1c1a1a")


def _hair(easel: Easel, face: Face, x: float, y: float, s: float) -> None:
    hair, light = face.hair, mix(face.hair, "#ffffff", 0.14)
    if face.style == "bald":
        return
    if face.style in ("cap", "scarf"):
        easel.blob(
            [
                (x - 0.4 * s, y - 0.16 * s),
                (x - 0.38 * s, y - 0.5 * s),
                (x, y - 0.68 * s),
                (x + 0.38 * s, y - 0.5 * s),
                (x + 0.4 * s, y - 0.16 * s),
                (x, y - 0.25 * s),
            ],
            light,
            to=mix(hair, "#000000", 0.15),
        )
        if face.style == "cap":
            easel.blob(
                [
                    (x - 0.42 * s, y - 0.2 * s),
                    (x, y - 0.32 * s),
                    (x + 0.46 * s, y - 0.2 * s),
                    (x + 0.3 * s, y - 0.12 * s),
                    (x - 0.3 * s, y - 0.12 * s),
                ],
                mix(hair, "#000000", 0.35),
            )
        return
    if face.style == "curls":
        for i in range(17):
            a = math.radians(180 + 180 * i / 16)
            easel.disc(
                x + 0.4 * s * math.cos(a),
                y - 0.12 * s + 0.4 * s * math.sin(a),
                0.15 * s,
                fill=mix(hair, "#ffffff", 0.1 * (i % 3) / 2),
            )
        easel.disc(x, y - 0.42 * s, 0.28 * s, 0.16 * s, hair)
        return
    low = {"short": -0.08, "crop": -0.2, "bun": -0.1, "bob": 0.3, "long": 0.34}.get(face.style, -0.08)
    left = [(x - 0.39 * s, y + low * s), (x - 0.42 * s, y - 0.26 * s), (x - 0.22 * s, y - 0.57 * s), (x + 0.14 * s, y - 0.59 * s)]
    right = [(x + 0.41 * s, y - 0.3 * s), (x + 0.39 * s, y + low * s), (x + 0.33 * s, y - 0.14 * s), (x + 0.1 * s, y - 0.36 * s)]
    easel.blob([*left, *right, (x - 0.2 * s, y - 0.27 * s), (x - 0.33 * s, y - 0.12 * s)], light, to=mix(hair, "#000000", 0.1))
