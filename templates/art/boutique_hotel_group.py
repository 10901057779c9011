"""Pictures of the Latchkey Houses, and of the two groups that take their site over: terraces, rooms, bars and front doors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from art.easel import Easel, ring
from art.scenery import Point, Stops, mix
from art.signs import Shape, Styled, icon_files, sign

HOME = "templates/boutique-hotel-group"
SOL = "requirements/solvik-houses-01"
FEN = "requirements/blackfen-rooms-02"


@dataclass(frozen=True)
class Mood:
    """The colours of a set of rooms: wall, floor, wood, cloth, metal, a plant's leaves, lamp light and what the sky is like."""

    wall: str
    floor: str
    wood: str
    cloth: str
    metal: str
    leaf: str
    lamp: str
    sky: Stops


DUSK: Stops = ((0, "#2c2350"), (0.5, "#a5506a"), (0.8, "#f09a68"), (1, "#f7c58a"))
LATCH = Mood("#5c3f63", "#3d2838", "#8a5a3c", "#d98a6a", "#e2c48a", "#5f7a5a", "#ffd9a0", DUSK)
SHORE = Mood(
    "#e9eef0", "#d8cdbd", "#c9a67a", "#7fa3b8", "#b9c2c4", "#7a9a7a", "#fff2d0", ((0, "#8fc0dc"), (0.7, "#e3f0f2"), (1, "#f6f1e4"))
)
MARSH = Mood(
    "#1e3530", "#14201d", "#6a4a32", "#b0873f", "#c9a45a", "#3f6a4e", "#ffcf86", ((0, "#0c1a24"), (0.6, "#28505a"), (1, "#7fa08a"))
)


# -- pieces ---------------------------------------------------------------------------------------------------------------


def shell(width: int, height: int, mood: Mood, seed: int, panels: int = 4) -> Easel:
    """A wall with mouldings, a skirting and a floor of boards."""
    e = Easel(width, height, ((0, mix(mood.wall, "#000000", 0.12)), (0.5, mood.wall), (1, mix(mood.wall, "#000000", 0.1))), seed)
    line = height * 0.74
    e.boards(0, line, width, height - line, 5, mood.floor)
    e.rect(0, line - height * 0.035, width, height * 0.035, mix(mood.wall, "#ffffff", 0.16))
    for n in range(panels):
        x, w = width * (n + 0.1) / panels, width * 0.8 / panels
        for k, tone in enumerate((mix(mood.wall, "#000000", 0.22), mix(mood.wall, "#ffffff", 0.1), mood.wall)):
            inset = k * 3
            e.rect(x + inset, height * 0.07 + inset, w - 2 * inset, height * 0.58 - 2 * inset, tone)
    return e


def window(e: Easel, x: float, y: float, w: float, h: float, mood: Mood, arch: bool = False) -> None:
    """A window on the sky and a line of hills."""
    frame = mix(mood.wall, "#ffffff", 0.5)
    if arch:
        e.disc(x + w / 2, y, w / 2 + 9, w / 2 + 9, frame)
    e.rect(x - 9, y - (0 if arch else 9), w + 18, h + 18, frame)
    stops = mood.sky
    for n in range(len(stops) - 1):
        (a, first), (b, last) = stops[n], stops[n + 1]
        e.rect(x, y + h * a, w, h * (b - a) + 1, first, to=last)
    if arch:
        e.disc(x + w / 2, y + 1, w / 2, w / 2, stops[0][1])
    edge = [(x + w * i / 20, y + h * (0.74 + 0.06 * math.sin(i * 0.6))) for i in range(21)]
    e.poly([*edge, (x + w, y + h), (x, y + h)], mix(mood.leaf, stops[-1][1], 0.35))
    e.rect(x + w / 2 - 3, y - (w / 2 if arch else 0), 6, h + (w / 2 if arch else 0), frame)
    e.rect(x, y + h * 0.45, w, 6, frame)
    e.glow(x + w / 2, y + h / 2, h * 0.8, stops[-1][1], 0.22)


def curtain(e: Easel, x: float, y: float, w: float, h: float, tone: str) -> None:
    """A curtain in folds."""
    folds = 6
    for n in range(folds):
        fx = x + w * n / folds
        e.rect(fx, y, w / folds + 1, h, mix(tone, "#ffffff", 0.12), to=mix(tone, "#000000", 0.22), across=True)


def pendant(e: Easel, x: float, y: float, r: float, mood: Mood) -> None:
    """A lamp that hangs, lit."""
    e.line([(x, 0), (x, y - r)], 2.4, mix(mood.metal, "#000000", 0.3))
    e.poly([(x - r * 0.3, y - r), (x + r * 0.3, y - r), (x + r, y), (x - r, y)], mood.metal, to=mix(mood.metal, "#000000", 0.3))
    e.disc(x, y, r * 0.9, r * 0.2, mix(mood.lamp, "#ffffff", 0.5))
    e.glow(x, y + r, r * 3.6, mood.lamp, 0.4)


def plant(e: Easel, x: float, y: float, s: float, mood: Mood) -> None:
    """A pot with long leaves."""
    for n in range(13):
        a = math.radians(-160 + 11.5 * n)
        long = s * e.random.uniform(0.7, 1.1)
        tip = (x + long * math.cos(a), y - s * 0.4 + long * math.sin(a))
        side = (-math.sin(a) * s * 0.08, math.cos(a) * s * 0.08)
        half = ((x + tip[0]) / 2, (y - s * 0.4 + tip[1]) / 2 - s * 0.06)
        e.poly(
            [(x, y - s * 0.36), (half[0] + side[0], half[1] + side[1]), tip, (half[0] - side[0], half[1] - side[1])],
            mix(mood.leaf, "#ffffff" if n % 2 else "#000000", 0.14),
        )
    e.poly(
        [(x - s * 0.24, y - s * 0.4), (x + s * 0.24, y - s * 0.4), (x + s * 0.17, y), (x - s * 0.17, y)],
        mood.cloth,
        to=mix(mood.cloth, "#000000", 0.3),
    )


def art(e: Easel, x: float, y: float, w: float, h: float, mood: Mood, kind: int) -> None:
    """A framed picture of plain shapes."""
    e.rect(x + 6, y + 8, w, h, "#000000", alpha=0.3, blur=6)
    e.rect(x, y, w, h, mood.metal)
    e.rect(x + 7, y + 7, w - 14, h - 14, "#f4ead8")
    cx, cy, r = x + w / 2, y + h * 0.46, w * 0.26
    if kind % 3 == 0:
        e.disc(cx, cy, r, fill=mood.cloth)
        e.rect(x + w * 0.2, cy + r * 0.4, w * 0.6, r * 0.9, mood.leaf)
    elif kind % 3 == 1:
        for n in range(3):
            e.disc(cx, cy + n * r * 0.5, r * (1 - 0.2 * n), fill=(mood.wood, mood.cloth, mood.metal)[n])
    else:
        e.poly([(cx - r, cy + r), (cx, cy - r), (cx + r, cy + r)], mood.wall)


def bed(e: Easel, x: float, y: float, w: float, mood: Mood) -> None:
    """A bed from its foot: headboard, pillows, a throw; (x, y) is the middle of its foot on the floor."""
    h = w * 0.62
    e.shade(ring(x, y, w * 0.58, w * 0.06), 0.5, 12)
    e.rect(x - w * 0.55, y - h, w * 1.1, h * 0.7, mood.cloth, r=w * 0.07, to=mix(mood.cloth, "#000000", 0.35))
    for n in range(7):
        e.rect(x - w * 0.55 + w * 1.1 * n / 7, y - h, 2, h * 0.62, mix(mood.cloth, "#000000", 0.35))
    e.rect(x - w * 0.5, y - h * 0.5, w, h * 0.5, "#f6efe6", r=14, to="#d9cdc4")
    for side in (-1, 1):
        for k, tone in enumerate(("#fffaf2", mix(mood.metal, "#ffffff", 0.4))):
            px, py, pw = x + side * w * (0.24 - 0.04 * k), y - h * (0.52 - 0.07 * k), w * (0.4 - 0.08 * k)
            e.blob(
                [
                    (px - pw / 2, py),
                    (px - pw * 0.46, py - pw * 0.3),
                    (px, py - pw * 0.36),
                    (px + pw * 0.46, py - pw * 0.3),
                    (px + pw / 2, py),
                    (px, py + pw * 0.06),
                ],
                tone,
                to=mix(tone, "#000000", 0.14),
            )
    e.poly(
        [(x - w * 0.5, y - h * 0.26), (x + w * 0.5, y - h * 0.3), (x + w * 0.51, y - h * 0.06), (x - w * 0.51, y - h * 0.02)],
        mix(mood.wall, "#000000", 0.1),
        to=mix(mood.wall, "#000000", 0.4),
    )


def chair(e: Easel, x: float, y: float, s: float, mood: Mood, tone: str) -> None:
    """An armchair, straight on."""
    e.shade(ring(x, y, s * 0.6, s * 0.09), 0.45, 8)
    for side in (-1, 1):
        e.line([(x + side * s * 0.38, y - s * 0.2), (x + side * s * 0.42, y)], s * 0.06, mood.wood)
    e.rect(x - s * 0.42, y - s, s * 0.84, s * 0.7, tone, r=s * 0.24, to=mix(tone, "#000000", 0.25))
    e.rect(x - s * 0.36, y - s * 0.44, s * 0.72, s * 0.26, mix(tone, "#ffffff", 0.12), r=s * 0.1)
    for side in (-1, 1):
        e.rect(x + side * s * 0.43 - s * 0.1, y - s * 0.56, s * 0.2, s * 0.42, mix(tone, "#000000", 0.12), r=s * 0.09)


# -- rooms ----------------------------------------------------------------------------------------------------------------


def bedroom(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A bed between two lamps, a window beside it."""
    e = shell(width, height, mood, seed)
    window(e, width * 0.7, height * 0.16, width * 0.2, height * 0.44, mood)
    curtain(e, width * 0.62, height * 0.08, width * 0.08, height * 0.66, mood.metal)
    curtain(e, width * 0.91, height * 0.08, width * 0.09, height * 0.66, mood.metal)
    art(e, width * 0.3, height * 0.1, width * 0.13, height * 0.22, mood, seed)
    bed(e, width * 0.36, height * 0.88, width * 0.44, mood)
    pendant(e, width * 0.09, height * 0.42, height * 0.07, mood)
    plant(e, width * 0.66, height * 0.86, height * 0.2, mood)
    e.vignette(0.35)
    return e


def bathroom(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A freestanding bath under a round window."""
    e = Easel(width, height, mood.wall, seed)
    e.tiles(0, 0, width, height * 0.76, (38, 38), mix(mood.leaf, mood.wall, 0.35), mix(mood.wall, "#000000", 0.25))
    e.tiles(0, height * 0.76, width, height * 0.24, (70, 40), "#e9e0d4", "#b9aea2")
    cx, cy, r = width * 0.5, height * 0.28, height * 0.19
    e.disc(cx, cy, r + 10, fill=mood.metal)
    e.disc(cx, cy, r, fill=mood.sky[0][1], to=mood.sky[-1][1])
    e.rect(cx - 3, cy - r, 6, 2 * r, mood.metal)
    e.shade(ring(cx, height * 0.86, width * 0.34, height * 0.04), 0.5, 10)
    e.blob(
        [
            (cx - width * 0.33, height * 0.56),
            (cx + width * 0.33, height * 0.56),
            (cx + width * 0.27, height * 0.82),
            (cx, height * 0.87),
            (cx - width * 0.27, height * 0.82),
        ],
        "#fbf8f2",
        to="#c9c0b8",
    )
    e.disc(cx, height * 0.565, width * 0.31, height * 0.035, "#d9e6e6", to="#a9c3c6")
    for _ in range(14):
        e.disc(cx + e.random.uniform(-0.24, 0.24) * width, height * 0.56, e.random.uniform(6, 16), fill="#ffffff", alpha=0.8)
    e.line(
        [
            (cx + width * 0.27, height * 0.86),
            (cx + width * 0.27, height * 0.42),
            (cx + width * 0.18, height * 0.42),
            (cx + width * 0.18, height * 0.47),
        ],
        8,
        mood.metal,
    )
    chair(e, width * 0.1, height * 0.92, height * 0.2, mood, mood.cloth)
    plant(e, width * 0.9, height * 0.92, height * 0.26, mood)
    e.vignette(0.35)
    return e


def bar(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A bar with bottles on lit shelves, lamps and stools."""
    e = Easel(width, height, mix(mood.wall, "#000000", 0.35), seed)
    for row in range(3):
        y = height * (0.18 + 0.16 * row)
        e.glow(width * 0.5, y, height * 0.24, mood.lamp, 0.3)
        x = width * 0.08
        while x < width * 0.9:
            w, h = e.random.uniform(12, 22), height * e.random.uniform(0.07, 0.11)
            tone = e.random.choice((mood.cloth, mood.leaf, mood.metal, mood.wood, "#e9e0d4", "#7a3a4a"))
            e.rect(x, y - h, w, h, tone, r=4, to=mix(tone, "#000000", 0.4), across=True)
            e.rect(x + w * 0.32, y - h - height * 0.03, w * 0.36, height * 0.035, tone)
            x += w + e.random.uniform(4, 12)
        e.rect(width * 0.06, y, width * 0.88, 7, mood.metal)
    e.rect(0, height * 0.62, width, height * 0.05, mix(mood.wood, "#ffffff", 0.2), to=mood.wood)
    e.rect(0, height * 0.67, width, height * 0.33, mood.wall, to=mix(mood.wall, "#000000", 0.4))
    for n in range(12):
        e.rect(width * n / 12 + 6, height * 0.7, width / 12 - 12, height * 0.26, mix(mood.wall, "#000000", 0.18))
    for n in range(4):
        x = width * (0.17 + 0.22 * n)
        e.line([(x, height * 0.8), (x, height)], 7, mood.metal)
        e.disc(x, height * 0.79, width * 0.055, height * 0.03, mood.cloth)
        pendant(e, x + width * 0.05, height * 0.16, height * 0.055, mood)
    e.vignette(0.4)
    return e


def breakfast(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A round table from above: coffee, fruit, bread and a letter."""
    e = Easel(width, height, mood.floor, seed)
    e.boards(0, 0, width, height, 6, mood.floor)
    cx, cy, r = width * 0.5, height * 0.52, height * 0.46
    e.disc(cx + 10, cy + 16, r, fill="#000000", alpha=0.4, blur=18)
    e.disc(cx, cy, r, fill="#f6efe6", to="#e0d4c6")
    for x, y, s in ((-0.42, -0.1, 0.3), (0.4, 0.24, 0.27), (0.1, -0.52, 0.24)):
        px, py = cx + x * r, cy + y * r
        e.disc(px + 4, py + 6, s * r, fill="#000000", alpha=0.2, blur=6)
        e.disc(px, py, s * r, fill="#ffffff", to="#dcd6d0")
        e.disc(px, py, s * r * 0.74, fill="#f3efe9")
    for k in range(7):
        a = math.tau * k / 7
        e.disc(
            cx - 0.42 * r + 0.11 * r * math.cos(a),
            cy - 0.1 * r + 0.11 * r * math.sin(a),
            0.07 * r,
            fill=("#c2402c", "#e3a23a", "#7a3a5a")[k % 3],
        )
    e.blob(
        [
            (cx + 0.24 * r, cy + 0.26 * r),
            (cx + 0.38 * r, cy + 0.12 * r),
            (cx + 0.56 * r, cy + 0.22 * r),
            (cx + 0.44 * r, cy + 0.36 * r),
        ],
        "#c98a46",
        to="#8a5526",
    )
    e.disc(cx + 0.1 * r, cy - 0.52 * r, 0.13 * r, fill="#4a2a1a")
    e.disc(cx + 0.1 * r, cy - 0.52 * r, 0.1 * r, fill="#7a4a2c")
    e.poly(
        [
            (cx - 0.1 * r, cy + 0.3 * r),
            (cx + 0.12 * r, cy + 0.22 * r),
            (cx + 0.2 * r, cy + 0.6 * r),
            (cx - 0.02 * r, cy + 0.68 * r),
        ],
        mood.cloth,
    )
    for n in range(9):
        a = math.radians(-150 + 14 * n)
        e.disc(
            cx + 0.5 * r + 0.2 * r * math.cos(a),
            cy - 0.3 * r + 0.2 * r * math.sin(a),
            0.1 * r,
            0.05 * r,
            mood.leaf,
            turn=math.degrees(a),
        )
    e.glow(width * 0.1, 0, height * 0.7, mood.lamp, 0.3)
    return e


def stair(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A stair that turns up past an arched window."""
    e = shell(width, height, mood, seed, 3)
    window(e, width * 0.62, height * 0.3, width * 0.2, height * 0.3, mood, arch=True)
    for n in range(9):
        x, y = width * 0.02 + width * 0.07 * n, height * (0.92 - 0.085 * n)
        e.rect(
            x,
            y,
            width * 0.64 - width * 0.07 * n,
            height * 0.09,
            mix(mood.wood, "#ffffff", 0.1 if n % 2 else 0.0),
            to=mix(mood.wood, "#000000", 0.3),
        )
        e.rect(x, y, width * 0.64 - width * 0.07 * n, 5, mood.cloth)
        e.line([(x + 8, y), (x + 8, y - height * 0.17)], 4, mood.metal)
    e.line([(width * 0.03, height * 0.75), (width * 0.6, height * 0.06)], 9, mood.wood)
    plant(e, width * 0.86, height * 0.92, height * 0.28, mood)
    pendant(e, width * 0.45, height * 0.14, height * 0.06, mood)
    e.vignette(0.35)
    return e


def pool(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A long pool between two rows of loungers, hills behind."""
    e = Easel(width, height, mood.sky, seed)
    edge = [(width * i / 30, height * (0.36 + 0.05 * math.sin(i * 0.5))) for i in range(31)]
    e.poly([*edge, (width, height), (0, height)], mix(mood.leaf, mood.sky[-1][1], 0.3), to=mood.leaf)
    e.rect(0, height * 0.46, width, height * 0.54, "#cdb9a4", to="#9a8674")
    e.poly(
        [(width * 0.42, height * 0.48), (width * 0.58, height * 0.48), (width * 0.84, height), (width * 0.16, height)],
        "#4fa0ac",
        to="#2a6f82",
    )
    for _ in range(40):
        y = e.random.uniform(0.5, 0.98)
        half = 0.07 + 0.24 * (y - 0.48) / 0.52
        x = e.random.uniform(0.5 - half, 0.5 + half * 0.7)
        e.rect(width * x, height * y, e.random.uniform(10, 46), 1.8, "#cfeef0", alpha=0.55)
    for n in range(4):
        s, y = 0.5 + 0.28 * n, height * (0.54 + 0.12 * n)
        for side in (-1, 1):
            x = width * (0.5 + side * (0.16 + 0.085 * n))
            e.poly(
                [
                    (x, y),
                    (x + side * 70 * s, y - 4 * s),
                    (x + side * 96 * s, y - 34 * s),
                    (x + side * 104 * s, y - 30 * s),
                    (x + side * 76 * s, y + 10 * s),
                    (x, y + 12 * s),
                ],
                "#f6efe6",
                to="#d9c9bb",
            )
            if n % 2:
                e.line([(x + side * 50 * s, y), (x + side * 50 * s, y - 92 * s)], 4 * s, mood.wood)
                e.poly(
                    [
                        (x + side * 50 * s - 60 * s, y - 78 * s),
                        (x + side * 50 * s, y - 112 * s),
                        (x + side * 50 * s + 60 * s, y - 78 * s),
                    ],
                    mood.cloth,
                    to=mix(mood.cloth, "#000000", 0.2),
                )
    e.vignette(0.25)
    return e


# -- houses ---------------------------------------------------------------------------------------------------------------


def ground(e: Easel, level: float, tone: str) -> None:
    """What a house stands on."""
    e.rect(0, e.height * level, e.width, e.height * (1 - level), tone, to=mix(tone, "#000000", 0.35))


def townhouse(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A narrow house on a quay among its neighbours, mirrored in the water."""
    e = Easel(width, height, mood.sky, seed)
    tones = (
        mix(mood.cloth, mood.wall, 0.5),
        mood.wall,
        mix(mood.metal, mood.wall, 0.5),
        mood.cloth,
        mix(mood.leaf, mood.wall, 0.4),
    )
    for n in range(5):
        x, w, top = width * 0.2 * n, width * 0.2, height * (0.2 + 0.06 * ((n * 2) % 3))
        e.rect(x, top, w, height * 0.8 - top, tones[n], to=mix(tones[n], "#000000", 0.2))
        e.poly(
            [
                (x, top),
                (x + w * 0.2, top),
                (x + w * 0.3, top - height * 0.06),
                (x + w * 0.5, top - height * 0.1),
                (x + w * 0.7, top - height * 0.06),
                (x + w * 0.8, top),
                (x + w, top),
            ],
            tones[n],
        )
        for row in range(3):
            for col in range(2):
                wx, wy = x + w * (0.18 + 0.4 * col), top + height * (0.05 + 0.16 * row)
                e.rect(wx - 3, wy - 3, w * 0.24 + 6, height * 0.11 + 6, "#f4ead8")
                lit = n == 2 or (row + col + n) % 3 == 0
                e.rect(wx, wy, w * 0.24, height * 0.11, mood.lamp if lit else mix(mood.wall, "#0a0a14", 0.6))
        e.rect(x + w * 0.38, height * 0.68, w * 0.24, height * 0.12, mix(mood.wood, "#000000", 0.3))
    e.rect(0, height * 0.8, width, height * 0.03, "#8f8074")
    water = e.image.crop((0, round(height * 0.6) * 2, width * 2, round(height * 0.8) * 2)).transpose(1)
    e.image.paste(water, (0, round(height * 0.83) * 2))
    e.rect(0, height * 0.83, width, height * 0.17, mix(mood.sky[0][1], "#10202a", 0.4), alpha=0.55)
    for _ in range(40):
        e.rect(
            e.random.uniform(0, width),
            e.random.uniform(height * 0.84, height),
            e.random.uniform(10, 60),
            1.6,
            mood.sky[-1][1],
            alpha=0.4,
        )
    e.vignette(0.25)
    return e


def chalet(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A steep timber house under snow mountains."""
    e = Easel(width, height, mood.sky, seed)
    for level, swell, tone in ((0.5, 0.34, mix(mood.sky[1][1], "#ffffff", 0.3)), (0.62, 0.26, mix(mood.leaf, "#0a1420", 0.4))):
        peaks: list[Point] = [(0, height * level)]
        for n in range(9):
            peaks.append((width * (n + 0.5) / 8.5, height * (level - swell * (0.3 + 0.7 * e.random.random()) * (n % 2))))
        e.poly([*peaks, (width, height * level), (width, height), (0, height)], tone)
        for x, y in peaks[1:]:
            if y < height * (level - 0.1) and level < 0.6:
                e.poly([(x, y), (x + 26, y + 34), (x + 8, y + 26), (x - 6, y + 38), (x - 24, y + 32)], "#fdf8f2")
    ground(e, 0.78, "#efe9ec")
    cx, base = width * 0.5, height * 0.84
    e.rect(cx - width * 0.17, height * 0.5, width * 0.34, base - height * 0.5, mood.wood, to=mix(mood.wood, "#000000", 0.35))
    for n in range(9):
        e.rect(cx - width * 0.17, height * 0.5 + (base - height * 0.5) * n / 9, width * 0.34, 2, mix(mood.wood, "#000000", 0.4))
    e.poly(
        [
            (cx - width * 0.26, height * 0.56),
            (cx, height * 0.16),
            (cx + width * 0.26, height * 0.56),
            (cx + width * 0.2, height * 0.56),
            (cx, height * 0.26),
            (cx - width * 0.2, height * 0.56),
        ],
        mix(mood.wall, "#000000", 0.4),
    )
    e.poly(
        [(cx - width * 0.2, height * 0.56), (cx, height * 0.26), (cx + width * 0.2, height * 0.56)],
        mood.lamp,
        to=mix(mood.lamp, mood.cloth, 0.5),
    )
    for x in (-0.1, 0, 0.1):
        e.rect(cx + width * x - 3, height * 0.28 + abs(x) * height * 1.2, 6, height * 0.28, mix(mood.wood, "#000000", 0.3))
    e.rect(cx - width * 0.2, height * 0.56, width * 0.4, 9, mix(mood.wood, "#000000", 0.4))
    for x in (-0.11, 0.05):
        e.rect(cx + width * x, height * 0.63, width * 0.06, height * 0.12, mood.lamp)
    e.glow(cx, height * 0.5, height * 0.3, mood.lamp, 0.4)
    for n in range(12):
        x, s = width * (0.02 + 0.088 * n), height * e.random.uniform(0.14, 0.28)
        if abs(x - cx) < width * 0.24:
            continue
        for k in range(4):
            y = height * 0.84 - s * 0.22 * k
            half = s * (0.26 - 0.05 * k)
            e.poly([(x - half, y), (x + half, y), (x, y - s * 0.36)], mix(mood.leaf, "#0a1420", 0.45))
    return e


def villa(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A low villa of arches among cypresses and vines."""
    e = Easel(width, height, mood.sky, seed)
    edge = [(width * i / 30, height * (0.46 + 0.06 * math.sin(i * 0.4 + 1))) for i in range(31)]
    e.poly([*edge, (width, height), (0, height)], mix(mood.leaf, mood.sky[-1][1], 0.4), to=mood.leaf)
    for x, s in ((0.06, 1.2), (0.13, 0.9), (0.87, 1.1), (0.94, 1.3), (0.8, 0.8)):
        e.blob(
            [
                (width * x, height * 0.68),
                (width * x - 17 * s, height * 0.5),
                (width * x, height * (0.6 - 0.3 * s)),
                (width * x + 17 * s, height * 0.5),
            ],
            mix(mood.leaf, "#0a1a10", 0.5),
        )
    top, base = height * 0.4, height * 0.7
    e.rect(width * 0.2, top, width * 0.56, base - top, mix(mood.cloth, "#ffffff", 0.35), to=mix(mood.cloth, "#000000", 0.1))
    e.rect(width * 0.38, height * 0.24, width * 0.2, height * 0.18, mix(mood.cloth, "#ffffff", 0.3))
    for x, w, y in ((0.18, 0.6, top), (0.36, 0.24, height * 0.24)):
        e.poly(
            [
                (width * x, y + 8),
                (width * (x + 0.03), y - height * 0.06),
                (width * (x + w - 0.03), y - height * 0.06),
                (width * (x + w), y + 8),
            ],
            "#a04a34",
            to="#7a3426",
        )
    for n in range(5):
        x = width * (0.235 + 0.105 * n)
        w = width * 0.07
        e.rect(x, base - height * 0.17, w, height * 0.17, mood.lamp, to=mix(mood.lamp, "#3a1a10", 0.6))
        e.disc(x + w / 2, base - height * 0.17, w / 2, fill=mood.lamp)
    e.glow(width * 0.48, base - height * 0.1, height * 0.26, mood.lamp, 0.35)
    ground(e, 0.7, mix(mood.leaf, "#c9a45a", 0.3))
    for row in range(6):
        y, s = height * (0.74 + 0.045 * row), 0.6 + 0.2 * row
        for n in range(22):
            x = width * (n + 0.5 * (row % 2)) / 21
            e.disc(x, y, 13 * s, 9 * s, mix(mood.leaf, "#000000", 0.12 * (n % 3)))
    return e


def corner(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A brick house at a street corner, its door under a lit canopy."""
    e = Easel(width, height, mood.sky, seed)
    e.tiles(
        width * 0.1,
        height * 0.12,
        width * 0.8,
        height * 0.76,
        (30, 12),
        mix(mood.wall, "#8a3a2c", 0.55),
        mix(mood.wall, "#2a1410", 0.5),
        bond=True,
    )
    e.rect(width * 0.08, height * 0.1, width * 0.84, height * 0.035, "#e9dcc8")
    for row in range(3):
        for col in range(5):
            if row == 2 and col == 2:
                continue
            x, y = width * (0.15 + 0.15 * col), height * (0.19 + 0.22 * row)
            e.rect(x - 4, y - 4, width * 0.09 + 8, height * 0.14 + 8, "#e9dcc8")
            e.rect(
                x,
                y,
                width * 0.09,
                height * 0.14,
                mood.lamp if (row * 2 + col) % 3 == 0 else "#2a2a3a",
                to=mix(mood.lamp, mood.cloth, 0.4) if (row * 2 + col) % 3 == 0 else "#4a4a5e",
            )
    ground(e, 0.88, "#4a4048")
    e.rect(width * 0.43, height * 0.66, width * 0.14, height * 0.22, mix(mood.leaf, "#000000", 0.4))
    e.rect(width * 0.445, height * 0.68, width * 0.11, height * 0.2, mood.lamp, to=mood.cloth)
    e.rect(width * 0.4, height * 0.61, width * 0.2, height * 0.05, mood.metal)
    for x in (0.39, 0.61):
        e.disc(width * x, height * 0.7, 13, fill=mix(mood.lamp, "#ffffff", 0.5))
        e.glow(width * x, height * 0.7, height * 0.14, mood.lamp, 0.5)
        plant(e, width * x, height * 0.9, height * 0.14, mood)
    e.disc(width * 0.5, height * 0.93, width * 0.3, 22, mood.lamp, alpha=0.35, blur=14)
    e.vignette(0.3)
    return e


def terrace(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A loggia of arches over the sea at dusk: tiles, loungers, lanterns, a table laid for two."""
    e = Easel(width, height, mood.sky, seed)
    u = height / 800
    e.disc(width * 0.62, height * 0.47, 46 * u, fill=mix(mood.lamp, "#ffffff", 0.4))
    e.glow(width * 0.62, height * 0.47, 260 * u, mood.lamp, 0.5)
    e.rect(0, height * 0.5, width, height * 0.24, mix(mood.sky[0][1], "#204050", 0.4), to=mix(mood.sky[0][1], "#081420", 0.4))
    for _ in range(110):
        y = e.random.uniform(0.505, 0.7)
        x = 0.62 + e.random.gauss(0, 0.05 + 0.5 * (y - 0.5))
        e.rect(width * x, height * y, e.random.uniform(8, 50) * u, 1.8 * u, mood.lamp, alpha=0.5)
    for x, h, w in ((0.02, 60, 200), (0.2, 34, 160), (0.92, 76, 220)):
        e.blob(
            [(width * x - w * u, height * 0.505), (width * x, height * 0.505 - h * u), (width * x + w * u, height * 0.505)],
            mix(mood.sky[0][1], "#0a1018", 0.35),
        )
    wall = mix(mood.wall, "#000000", 0.25)
    arches = 4
    span = width / arches
    floor = height * 0.74
    for n in range(arches):
        cx = span * (n + 0.5)
        r = span * 0.4
        top = height * 0.34
        opening = [(cx + r * math.cos(math.radians(a)), top - r * math.sin(math.radians(a)) * 0.9) for a in range(180, -1, -6)]
        left: list[Point] = [
            (cx - span / 2, 0),
            (cx, 0),
            (cx, top - r * 0.9),
            *reversed(opening[:16]),
            (cx - r, floor),
            (cx - span / 2, floor),
        ]
        right: list[Point] = [
            (cx + span / 2, 0),
            (cx, 0),
            (cx, top - r * 0.9),
            *opening[15:],
            (cx + r, floor),
            (cx + span / 2, floor),
        ]
        e.poly(left, wall)
        e.poly(right, mix(wall, "#000000", 0.12))
        e.line(opening, 5 * u, mix(mood.lamp, wall, 0.45))
        e.line([(cx, 0), (cx, top - r * 0.9 + 70 * u)], 2 * u, mood.metal)
        e.poly([(cx - 20 * u, 196 * u), (cx + 20 * u, 196 * u), (cx + 15 * u, 244 * u), (cx - 15 * u, 244 * u)], mood.lamp)
        e.glow(cx, 220 * u, 130 * u, mood.lamp, 0.45)
    e.rect(0, floor, width, height - floor, mood.floor, to=mix(mood.floor, "#000000", 0.4))
    rows, cols = 6, 16
    for row in range(rows):
        y0, y1 = floor + (height - floor) * (row / rows) ** 1.4, floor + (height - floor) * ((row + 1) / rows) ** 1.4
        for col in range(-2, cols + 2):
            if (row + col) % 2:
                continue
            k0, k1 = 1 + 0.5 * row / rows, 1 + 0.5 * (row + 1) / rows
            mid = width / 2
            xs = [
                mid + (width * col / cols - mid) * k0,
                mid + (width * (col + 1) / cols - mid) * k0,
                mid + (width * (col + 1) / cols - mid) * k1,
                mid + (width * col / cols - mid) * k1,
            ]
            e.poly([(xs[0], y0), (xs[1], y0), (xs[2], y1), (xs[3], y1)], mix(mood.floor, mood.metal, 0.26))
    for side, x in ((1, 0.68), (1, 0.84)):
        lx, ly = width * x, height * 0.86
        e.shade(ring(lx + 60 * u, ly + 20 * u, 150 * u, 20 * u), 0.5, 10)
        e.poly(
            [
                (lx, ly),
                (lx + side * 150 * u, ly - 12 * u),
                (lx + side * 214 * u, ly - 92 * u),
                (lx + side * 232 * u, ly - 84 * u),
                (lx + side * 166 * u, ly + 16 * u),
                (lx, ly + 22 * u),
            ],
            "#f4e6da",
            to=mix(mood.cloth, "#f4e6da", 0.4),
        )
    tx, ty = width * 0.46, height * 0.82
    e.line([(tx, ty), (tx, ty + 110 * u)], 12 * u, mood.metal)
    e.disc(tx, ty + 112 * u, 50 * u, 10 * u, mood.metal)
    e.disc(tx, ty, 96 * u, 22 * u, "#f6efe6", to="#cdbdb0")
    for dx in (-40, 36):
        e.rect(tx + dx * u, ty - 52 * u, 16 * u, 30 * u, "#ffffff", r=5, alpha=0.55)
        e.rect(tx + (dx + 7) * u, ty - 24 * u, 3 * u, 22 * u, "#ffffff", alpha=0.6)
    e.rect(tx - 6 * u, ty - 40 * u, 12 * u, 38 * u, mood.lamp)
    e.glow(tx, ty - 40 * u, 100 * u, mood.lamp, 0.5)
    for dx in (-150, 150):
        chair(e, tx + dx * u, ty + 118 * u, 130 * u, mood, mood.cloth)
    plant(e, width * 0.06, height * 0.97, 230 * u, mood)
    plant(e, width * 0.27, height * 0.84, 130 * u, mood)
    e.vignette(0.4)
    return e


def lobby(width: int, height: int, mood: Mood, seed: int) -> Easel:
    """A hall with arched windows, armchairs, lamps and pictures."""
    e = shell(width, height, mood, seed, 6)
    for n in range(3):
        window(e, width * (0.12 + 0.3 * n), height * 0.26, width * 0.12, height * 0.34, mood, arch=True)
    for n in range(2):
        art(e, width * (0.29 + 0.3 * n), height * 0.22, width * 0.08, height * 0.24, mood, n + seed)
        pendant(e, width * (0.33 + 0.3 * n), height * 0.14, height * 0.06, mood)
    e.disc(width * 0.5, height * 0.9, width * 0.34, height * 0.07, mood.cloth, alpha=0.8)
    e.disc(width * 0.5, height * 0.9, width * 0.29, height * 0.055, mix(mood.cloth, mood.metal, 0.5))
    for x, tone in ((0.26, mood.cloth), (0.42, mood.leaf), (0.58, mood.metal), (0.74, mood.cloth)):
        chair(e, width * x, height * 0.9, height * 0.26, mood, tone)
    plant(e, width * 0.06, height * 0.9, height * 0.36, mood)
    plant(e, width * 0.95, height * 0.9, height * 0.36, mood)
    e.vignette(0.35)
    return e


# -- marks ----------------------------------------------------------------------------------------------------------------


def key_mark(ground_: str, key: str) -> tuple[Shape, ...]:
    """A latchkey whose bow is an arch."""
    arch = tuple(v for a in range(180, 361, 15) for v in (32 + 13 * math.cos(math.radians(a)), 20 + 13 * math.sin(math.radians(a))))
    inner = tuple(v for a in range(180, 361, 15) for v in (32 + 7 * math.cos(math.radians(a)), 20 + 7 * math.sin(math.radians(a))))
    return (
        ("rect", (0, 0, 64, 64), ground_),
        ("path", (*arch, 45, 32, 19, 32), key),
        ("path", (*inner, 39, 26, 25, 26), ground_),
        ("rect", (29.5, 32, 5, 26), key),
        ("rect", (34, 46, 9, 4), key),
        ("rect", (34, 53, 6, 4), key),
    )


def sol_mark(ground_: str, sun: str, line: str) -> tuple[Shape, ...]:
    """A low sun between two lines of the sea."""
    return (
        ("rect", (0, 0, 64, 64), ground_),
        ("ellipse", (32, 30, 15, 15), sun),
        ("rect", (10, 33, 44, 4), ground_),
        ("rect", (8, 42, 48, 3), line),
        ("rect", (16, 50, 32, 3), line),
    )


def fen_mark(ground_: str, reed: str, moon: str) -> tuple[Shape, ...]:
    """Three reeds and a moon."""
    reeds = tuple(("path", (x - 1.5, 60, x + 1.5, 60, x + 1, 18 + d, x - 1, 18 + d), reed) for x, d in ((22, 8), (31, 0), (40, 12)))
    heads = tuple(("ellipse", (x, 22 + d, 3.6, 9), reed) for x, d in ((22, 8), (31, 0), (40, 12)))
    return (("rect", (0, 0, 64, 64), ground_), ("ellipse", (47, 17, 8, 8), moon), *reeds, *heads)


DIDONE = "Didot, 'Bodoni MT', 'Liberation Serif', serif"


def latchkey(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """The Latchkey Houses, widely spaced, an arch between the words."""
    drawn = f'  <path fill="none" stroke="{mark}" stroke-width="2" d="M3 42V20a12 12 0 0 1 24 0v22z"/>\n'
    drawn += f'  <path fill="{mark}" d="M14 20h2.4v22H14zM16 32h5v2.4h-5z"/>\n'
    return sign(
        size,
        (214, 46),
        drawn,
        (
            Styled("LATCHKEY", 40, 25, 21, ink, 4.5, 400, DIDONE),
            Styled("the four houses", 41, 41, 13, mark, 1.6, 400, DIDONE, style="italic"),
        ),
    )


def solvik(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Solvik in light letters with a sun for the dot."""
    drawn = f'  <circle fill="{mark}" cx="156" cy="13" r="8"/>\n'
    return sign(
        size,
        (172, 46),
        drawn,
        (
            Styled("solvik", 0, 30, 34, ink, 7, 400, "'Liberation Sans', Arial, sans-serif"),
            Styled("houses by the sea", 2, 44, 10.5, mark, 2.8, 400, "'Liberation Sans', Arial, sans-serif"),
        ),
    )


def blackfen(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Blackfen Rooms in italics under three reeds."""
    reeds = "".join(f"M{x} 44h2V{y}h-2z" for x, y in ((4, 16), (12, 8), (20, 20)))
    heads = "".join(f'<ellipse cx="{x + 1}" cy="{y}" rx="3" ry="7"/>' for x, y in ((4, 14), (12, 8), (20, 19)))
    drawn = f'  <path fill="{mark}" d="{reeds}"/>\n  <g fill="{mark}">{heads}</g>\n'
    return sign(
        size,
        (196, 48),
        drawn,
        (
            Styled("Blackfen", 36, 32, 33, ink, 0.4, 400, DIDONE, style="italic"),
            Styled("ROOMS", 142, 45, 10, mark, 3.4, 400, DIDONE),
        ),
    )


# -- what there is to draw ------------------------------------------------------------------------------------------------

SHOTS = (("bed", bedroom), ("bath", bathroom), ("bar", bar), ("breakfast", breakfast), ("stair", stair), ("pool", pool))


def skeleton() -> Iterator[tuple[str, bytes]]:
    """The Latchkey Houses: aubergine, peach and champagne."""
    yield from icon_files(HOME, "latchkey", key_mark("#2B1C33", "#F0B79A"))
    for tone, ink, mark in (("header", "#F7E3CC", "#F0B79A"), ("footer", "#25101F", "#5A2A4A")):
        yield f"{HOME}/assets/logos/latchkey-{tone}.svg", latchkey(ink, mark, (214, 46))
        yield f"{HOME}/assets/logos/latchkey-{tone}-2x.svg", latchkey(ink, mark, (428, 92))
    yield f"{HOME}/assets/images/terrace.jpg", terrace(1280, 800, LATCH, 71).jpeg(50)
    for name, house in (("quay", townhouse), ("ridge", chalet), ("vine", villa), ("corner", corner)):
        yield f"{HOME}/assets/images/{name}.jpg", house(680, 500, LATCH, 72).jpeg(46)
    for name, shot in SHOTS:
        yield f"{HOME}/assets/images/{name}.jpg", shot(640, 480, LATCH, 73).jpeg(44)
    yield f"{HOME}/assets/images/lobby.jpg", lobby(1280, 720, LATCH, 74).jpeg(36)
    yield f"{HOME}/assets/images/long-bar.jpg", bar(1280, 720, LATCH, 75).jpeg(34)
    yield f"{HOME}/assets/images/dusk-pool.jpg", pool(1280, 720, LATCH, 76).jpeg(34)


def solvik_houses() -> Iterator[tuple[str, bytes]]:
    """Solvik Houses: a light brand, fjord and rust."""
    yield from icon_files(SOL, "solvik", sol_mark("#F7F9F8", "#C4552D", "#1D4B5E"))
    yield f"{SOL}/assets/logos/solvik-dark.svg", solvik("#14262E", "#1D4B5E", (172, 46))
    yield f"{SOL}/assets/logos/solvik-light.svg", solvik("#FFFFFF", "#F0C3A8", (150, 40))
    yield f"{SOL}/assets/images/solvik-loggia.jpg", terrace(1280, 800, SHORE, 81).jpeg(56)
    yield f"{SOL}/assets/images/solvik-hall.jpg", lobby(1280, 720, SHORE, 82).jpeg(52)
    yield f"{SOL}/assets/images/solvik-pool.jpg", pool(1280, 720, SHORE, 83).jpeg(52)
    yield f"{SOL}/assets/images/og.jpg", terrace(1200, 630, SHORE, 81).jpeg(58)


def blackfen_rooms() -> Iterator[tuple[str, bytes]]:
    """Blackfen Rooms: a dark brand, marsh green and brass."""
    yield from icon_files(FEN, "blackfen", fen_mark("#0E1614", "#D9B56A", "#E9E2C8"))
    yield f"{FEN}/assets/logos/blackfen-header.svg", blackfen("#EEF2EC", "#D9B56A", (196, 48))
    yield f"{FEN}/assets/logos/blackfen-footer.svg", blackfen("#0A1A14", "#1F4A38", (163, 40))
    yield f"{FEN}/assets/images/blackfen-loggia.jpg", terrace(1280, 800, MARSH, 91).jpeg(58)
    yield f"{FEN}/assets/images/blackfen-bar.jpg", bar(1280, 720, MARSH, 92).jpeg(50)
    yield f"{FEN}/assets/images/blackfen-hall.jpg", lobby(1280, 720, MARSH, 93).jpeg(52)
    yield f"{FEN}/assets/images/og.jpg", terrace(1200, 630, MARSH, 91).jpeg(60)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from solvik_houses()
    yield from blackfen_rooms()
