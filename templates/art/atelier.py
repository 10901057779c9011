"""A board to compose pictures on (shapes with light, shade and grain, people), the same bytes for the same arguments."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from art.scenery import SCALE, Point, mix, packed, rgb

Stroke = Callable[[ImageDraw.ImageDraw, float], None]
"""Draws a shape in white on a mask whose pixels are this many to one of the picture's."""

COARSE = 0.25
"""What is blurred is drawn this small first."""


class Board:
    """A picture in the making; places and lengths are pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str, foot: str = "", seed: int = 1) -> None:
        self.w, self.h = width, height
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), rgb(ground))
        if foot:
            self.rect(0, 0, width, height, ground, foot)

    # -- shapes -----------------------------------------------------------------------------------------------------------

    def rect(self, x: float, y: float, w: float, h: float, fill: str, to: str = "", r: float = 0, **how: float) -> None:
        """A rectangle, corners rounded by `r`, filled down from one colour to another if there is a second."""

        def stroke(draw: ImageDraw.ImageDraw, k: float) -> None:
            draw.rounded_rectangle((x * k, y * k, (x + w) * k - 1, (y + h) * k - 1), r * k, fill=255)

        self._paint(stroke, fill, to, how)

    def disc(self, cx: float, cy: float, rx: float, ry: float, fill: str, to: str = "", **how: float) -> None:
        """An ellipse."""

        def stroke(draw: ImageDraw.ImageDraw, k: float) -> None:
            draw.ellipse(((cx - rx) * k, (cy - ry) * k, (cx + rx) * k, (cy + ry) * k), fill=255)

        self._paint(stroke, fill, to, how)

    def poly(self, points: Sequence[Point], fill: str, to: str = "", **how: float) -> None:
        """A polygon."""
        self._paint(lambda draw, k: draw.polygon([(x * k, y * k) for x, y in points], fill=255), fill, to, how)

    def blob(self, points: Sequence[Point], fill: str, to: str = "", **how: float) -> None:
        """A closed curve that passes through the middles of a polygon's sides."""
        self.poly(rounded(points), fill, to, **how)

    def line(self, points: Sequence[Point], width: float, fill: str, **how: float) -> None:
        """A stroke with round ends and joints."""

        def stroke(draw: ImageDraw.ImageDraw, k: float) -> None:
            placed = [(x * k, y * k) for x, y in points]
            draw.line(placed, fill=255, width=max(1, round(width * k)), joint="curve")
            half = width * k / 2
            for x, y in placed:
                draw.ellipse((x - half, y - half, x + half, y + half), fill=255)

        self._paint(stroke, fill, "", how)

    def arc(self, cx: float, cy: float, r: float, start: float, end: float, width: float, fill: str, **how: float) -> None:
        """Part of a ring, in degrees clockwise from three o'clock."""

        def stroke(draw: ImageDraw.ImageDraw, k: float) -> None:
            box = ((cx - r) * k, (cy - r) * k, (cx + r) * k, (cy + r) * k)
            draw.arc(box, start, end, fill=255, width=max(1, round(width * k)))

        self._paint(stroke, fill, "", how)

    def glow(self, cx: float, cy: float, rx: float, ry: float, colour: str, alpha: float) -> None:
        """Soft light around a place; with a dark colour soft shade."""
        self.disc(cx, cy, rx, ry, colour, alpha=alpha, blur=max(rx, ry) * 0.45)

    def shade(self, x: float, y: float, w: float, h: float, r: float, alpha: float, blur: float, down: float = 0) -> None:
        """The shadow of a rectangle."""
        self.rect(x, y + down, w, h, "#000000", r=r, alpha=alpha, blur=blur)

    def _paint(self, stroke: Stroke, fill: str, to: str, how: dict[str, float]) -> None:
        blur, alpha = how.get("blur", 0), how.get("alpha", 1)
        k = COARSE if blur else SCALE
        mask = Image.new("L", (max(1, round(self.w * k)), max(1, round(self.h * k))))
        stroke(ImageDraw.Draw(mask), k)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * k)).resize(self.image.size, Image.Resampling.BICUBIC)
        box = mask.getbbox()
        if box is None:
            return
        mask = mask.crop(box)
        if alpha < 1:
            mask = mask.point([round(value * alpha) for value in range(256)])
        size = mask.size
        self.image.paste(
            _faded(size, fill, to, bool(how.get("across"))) if to else Image.new("RGB", size, rgb(fill)), box[:2], mask
        )

    # -- the whole picture ------------------------------------------------------------------------------------------------

    def soften(self, radius: float) -> None:
        """Put what is drawn so far out of focus."""
        small = self.image.resize((self.w, self.h)).filter(ImageFilter.GaussianBlur(radius))
        self.image = small.resize(self.image.size, Image.Resampling.BICUBIC)

    def vignette(self, colour: str, alpha: float) -> None:
        """Darken the corners."""
        mask = Image.new("L", (64, 64), 255)
        ImageDraw.Draw(mask).ellipse((2, 2, 62, 62), fill=0)
        mask = mask.filter(ImageFilter.GaussianBlur(12)).point([round(value * alpha) for value in range(256)])
        self.image.paste(
            Image.new("RGB", self.image.size, rgb(colour)), (0, 0), mask.resize(self.image.size, Image.Resampling.BICUBIC)
        )

    def jpeg(self, quality: int = 60, grain: int = 6) -> bytes:
        """The finished picture with a little grain in it."""
        done = self.image.resize((self.w, self.h), Image.Resampling.LANCZOS)
        if grain:
            half = (self.w // 2, self.h // 2)
            noise = Image.frombytes("L", half, random.Random(self.w).randbytes(half[0] * half[1])).resize(
                done.size, Image.Resampling.BICUBIC
            )
            noise = noise.point([round(128 + (value - 128) * grain / 128) for value in range(256)])
            done = ImageChops.add(done, Image.merge("RGB", (noise, noise, noise)), 1, -128)
        return packed(done, quality)


def rounded(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A closed curve whose corners are drawn towards the given points."""
    found: list[Point] = []
    for (ax, ay), (bx, by), (cx, cy) in zip(points, (*points[1:], points[0]), (*points[2:], points[0], points[1]), strict=True):
        start, end = ((ax + bx) / 2, (ay + by) / 2), ((bx + cx) / 2, (by + cy) / 2)
        for n in range(steps):
            t = n / steps
            found.append(
                (
                    (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bx + t * t * end[0],
                    (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * by + t * t * end[1],
                )
            )
    return found


def _faded(size: tuple[int, int], first: str, second: str, across: bool) -> Image.Image:
    ramp = Image.linear_gradient("L")
    if across:
        ramp = ramp.transpose(Image.Transpose.ROTATE_90)
    ramp = ramp.resize(size)
    return Image.composite(Image.new("RGB", size, rgb(second)), Image.new("RGB", size, rgb(first)), ramp)


# -- people -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """Somebody: skin, hair and clothes by colour, and the cut of the hair (short, long, bun, curls, bald, scarf, beard)."""

    skin: str
    hair: str
    cloth: str
    cut: str = "short"
    glasses: bool = False
    collar: str = ""


def bust(board: Board, look: Look, cx: float, top: float, u: float, light: str = "#fff1dc") -> None:
    """Head and shoulders, lit from the right; `u` is a tenth of the head's height."""
    dark, warm = mix(look.skin, "#3a1c22", 0.34), mix(look.skin, light, 0.35)
    neck, chin = top + 10.5 * u, top + 10 * u
    deep = mix(look.hair, "#000000", 0.3)
    if look.cut == "long":
        board.blob(
            [(cx - 5.4 * u, top - u), (cx + 5.4 * u, top - u), (cx + 5.6 * u, top + 14 * u), (cx - 5.6 * u, top + 14 * u)], deep
        )
    if look.cut == "curls":
        for n in range(15):
            turn = math.pi * (0.92 + 1.16 * n / 14)
            board.disc(cx + 4.2 * u * math.cos(turn), top + 4.4 * u + 4.4 * u * math.sin(turn), 2.2 * u, 2.2 * u, deep)
    if look.cut == "bun":
        board.disc(cx - 0.4 * u, top - 1.4 * u, 2.3 * u, 2.1 * u, deep, look.hair)
    shoulders = [
        (cx - 2.2 * u, neck + 0.6 * u),
        (cx + 2.2 * u, neck + 0.6 * u),
        (cx + 9.4 * u, neck + 3.4 * u),
        (cx + 10.6 * u, neck + 30 * u),
    ]
    board.blob(
        [*shoulders, (cx - 10.6 * u, neck + 30 * u), (cx - 9.4 * u, neck + 3.4 * u)], mix(look.cloth, "#000000", 0.18), look.cloth
    )
    board.blob(
        [
            (cx + 4 * u, neck + 2.6 * u),
            (cx + 9.4 * u, neck + 3.6 * u),
            (cx + 10.4 * u, neck + 26 * u),
            (cx + 6.4 * u, neck + 20 * u),
        ],
        mix(look.cloth, light, 0.24),
        alpha=0.7,
    )
    board.poly(
        [
            (cx - 2.1 * u, chin - 2.4 * u),
            (cx + 2.1 * u, chin - 2.4 * u),
            (cx + 2.6 * u, neck + 1.9 * u),
            (cx, neck + 3.6 * u),
            (cx - 2.6 * u, neck + 1.9 * u),
        ],
        dark,
    )
    if look.collar:
        for side in (-1, 1):
            board.poly(
                [
                    (cx + side * 2.3 * u, neck + 0.7 * u),
                    (cx, neck + 4.2 * u),
                    (cx + side * 2.6 * u, neck + 5.4 * u),
                    (cx + side * 4.2 * u, neck + 1.9 * u),
                ],
                look.collar,
            )
    for side in (-1, 1):
        board.disc(cx + side * 3.9 * u, top + 5.4 * u, 0.8 * u, 1.2 * u, dark if side < 0 else look.skin)
    face = [
        (cx - 4 * u, top - 0.6 * u),
        (cx + 4 * u, top - 0.6 * u),
        (cx + 4.3 * u, top + 5.6 * u),
        (cx + 2.6 * u, chin + 0.5 * u),
        (cx - 2.6 * u, chin + 0.5 * u),
        (cx - 4.3 * u, top + 5.6 * u),
    ]
    board.blob(face, look.skin)
    board.blob([(x + (cx - 0.2 * u - x) * (0 if x < cx else 0.9), y) for x, y in face], dark, alpha=0.4, blur=u * 0.5)
    board.disc(cx + 2.2 * u, top + 5.9 * u, 1.5 * u, 1.8 * u, warm, alpha=0.7, blur=u * 0.5)
    _features(board, look, cx, top, u, dark)
    _hair(board, look, cx, top, u, deep, light)


def _features(board: Board, look: Look, cx: float, top: float, u: float, dark: str) -> None:
    ink = mix(dark, "#120a0c", 0.72)
    for side in (-1, 1):
        board.line([(cx + side * 2.7 * u, top + 4.2 * u), (cx + side * 1.2 * u, top + 4 * u)], 0.34 * u, mix(look.hair, ink, 0.5))
        board.disc(cx + side * 1.9 * u, top + 5.2 * u, 0.38 * u, 0.42 * u, ink)
        if look.glasses:
            board.arc(cx + side * 1.95 * u, top + 5.25 * u, 1.45 * u, 0, 360, 0.26 * u, ink)
    if look.glasses:
        board.line([(cx - 0.5 * u, top + 5 * u), (cx + 0.5 * u, top + 5 * u)], 0.26 * u, ink)
    board.line([(cx + 0.1 * u, top + 5.2 * u), (cx - 0.45 * u, top + 6.9 * u), (cx + 0.2 * u, top + 7.1 * u)], 0.26 * u, dark)
    if look.cut == "beard":
        board.blob(
            [
                (cx - 4.1 * u, top + 5.4 * u),
                (cx - 2 * u, top + 7.2 * u),
                (cx + 2 * u, top + 7.2 * u),
                (cx + 4.1 * u, top + 5.4 * u),
                (cx + 3.3 * u, top + 11.4 * u),
                (cx - 3.3 * u, top + 11.4 * u),
            ],
            look.hair,
        )
    board.arc(cx, top + 7.2 * u, 1.5 * u, 35, 145, 0.34 * u, mix(dark, "#8c2f36", 0.55))


def _hair(board: Board, look: Look, cx: float, top: float, u: float, deep: str, light: str) -> None:
    gleam = mix(look.hair, light, 0.2)
    if look.cut in ("short", "beard"):
        board.blob(
            [
                (cx - 4.6 * u, top + 4.6 * u),
                (cx - 4.6 * u, top - 2.2 * u),
                (cx + 4.8 * u, top - 2 * u),
                (cx + 4.5 * u, top + 4.4 * u),
                (cx + 3 * u, top + 1.4 * u),
                (cx - 2.8 * u, top + 1.8 * u),
            ],
            deep,
            look.hair,
        )
        board.blob(
            [(cx, top - 1.4 * u), (cx + 4.4 * u, top - 1.4 * u), (cx + 3.8 * u, top + 1 * u), (cx + 0.6 * u, top + 0.4 * u)],
            gleam,
            alpha=0.7,
        )
    elif look.cut in ("long", "bun"):
        board.blob(
            [
                (cx - 5 * u, top + 6 * u),
                (cx - 5 * u, top - 2.4 * u),
                (cx + 5 * u, top - 2.4 * u),
                (cx + 5 * u, top + 6 * u),
                (cx + 3.4 * u, top + 1.6 * u),
                (cx - 1.4 * u, top + 0.6 * u),
                (cx - 3.6 * u, top + 2.6 * u),
            ],
            look.hair,
        )
        board.blob(
            [
                (cx + 0.4 * u, top - 1.6 * u),
                (cx + 4.6 * u, top - 1.2 * u),
                (cx + 4.4 * u, top + 2 * u),
                (cx + 2.6 * u, top + 0.6 * u),
            ],
            gleam,
            alpha=0.6,
        )
    elif look.cut == "curls":
        for n in range(9):
            turn = math.pi * (1.05 + 0.9 * n / 8)
            board.disc(
                cx + 3.5 * u * math.cos(turn),
                top + 3 * u + 3.4 * u * math.sin(turn),
                1.5 * u,
                1.4 * u,
                gleam if n > 5 else look.hair,
            )
    elif look.cut == "scarf":
        board.blob(
            [
                (cx - 5.2 * u, top + 10 * u),
                (cx - 5.4 * u, top - 2.6 * u),
                (cx + 5.4 * u, top - 2.6 * u),
                (cx + 5.2 * u, top + 10 * u),
                (cx + 4 * u, top + 2.4 * u),
                (cx, top + 0.2 * u),
                (cx - 4 * u, top + 2.4 * u),
            ],
            look.hair,
        )
        board.blob(
            [
                (cx - 5 * u, top + 8 * u),
                (cx, top + 12 * u),
                (cx + 5 * u, top + 8 * u),
                (cx + 6.4 * u, top + 15 * u),
                (cx - 6.4 * u, top + 15 * u),
            ],
            deep,
            look.hair,
        )
    else:
        board.disc(cx + 1.6 * u, top + 1 * u, 1.7 * u, 0.8 * u, light, alpha=0.35, blur=u * 0.4)


def body(board: Board, joints: dict[str, Point], u: float, skin: str, top: str, legs: str, hair: str) -> None:
    """Somebody in motion, from joints (head, neck, hip, elbow1, hand1, knee1, foot1, and again with 2); `u` is a head."""
    neck, hip = joints["neck"], joints["hip"]
    for side in ("2", "1"):
        shade = 0.3 if side == "2" else 0.0
        if f"knee{side}" in joints:
            knee, foot = joints[f"knee{side}"], joints[f"foot{side}"]
            board.line([hip, knee], 0.62 * u, mix(legs, "#000000", shade))
            board.line([knee, foot], 0.44 * u, mix(legs, "#000000", shade + 0.08))
            board.line(
                [foot, (foot[0] + 0.42 * u * joints.get("toe", (1, 0))[0], foot[1] + 0.06 * u)],
                0.3 * u,
                mix("#f4f1ea", "#000000", shade),
            )
        if side == "2":
            _arm(board, joints, side, u, mix(skin, "#301018", 0.35))
    board.line([neck, hip], 0.86 * u, top)
    board.line([(neck[0] + 0.16 * u, neck[1] + 0.1 * u), (hip[0] + 0.14 * u, hip[1] - 0.2 * u)], 0.4 * u, mix(top, "#ffffff", 0.16))
    _arm(board, joints, "1", u, skin)
    head = joints["head"]
    board.line([neck, head], 0.3 * u, mix(skin, "#301018", 0.2))
    board.disc(head[0], head[1], 0.42 * u, 0.5 * u, skin)
    board.disc(head[0] - 0.1 * u, head[1] - 0.2 * u, 0.42 * u, 0.36 * u, hair)


def _arm(board: Board, joints: dict[str, Point], side: str, u: float, skin: str) -> None:
    neck = joints["neck"]
    shoulder = (neck[0], neck[1] + 0.2 * u)
    board.line([shoulder, joints[f"elbow{side}"]], 0.3 * u, skin)
    board.line([joints[f"elbow{side}"], joints[f"hand{side}"]], 0.24 * u, skin)
    hand = joints[f"hand{side}"]
    board.disc(hand[0], hand[1], 0.17 * u, 0.17 * u, skin)
