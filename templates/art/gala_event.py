"""Pictures of The Lantern Ball, and of the two evenings that take its site over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from art.atelier import Board, Look, bust
from art.scenery import mix
from art.signs import Shape, Spaced, icon_files, placed, sign

SKELETON = "templates/gala-event"
ORCHARD = "requirements/orchardgala-01"
NORTHLIGHT = "requirements/northlight-02"
DECO = "Italiana, Didot, 'Liberation Serif', serif"
BOOK = "'Gill Sans', 'Liberation Sans', sans-serif"


# -- The Lantern Ball -------------------------------------------------------------------------------------------------------


def _lantern(b: Board, x: float, y: float, s: float, light: str = "#ffd27a") -> None:
    b.glow(x, y, 3.4 * s, 3.4 * s, light, 0.34)
    b.rect(x - s * 0.6, y - s * 0.8, s * 1.2, s * 1.6, "#fff3cf", light, r=s * 0.35)
    b.rect(x - s * 0.66, y - s * 1.02, s * 1.32, s * 0.24, "#3a1c10")
    b.rect(x - s * 0.66, y + s * 0.74, s * 1.32, s * 0.2, "#3a1c10")


def _crowd(b: Board, base: float, size: float, tones: tuple[str, str], many: int) -> None:
    for n in range(many):
        x = (n + b.random.uniform(0.1, 0.9)) * b.w / many
        h = size * b.random.uniform(0.86, 1.14)
        tone = mix(tones[0], tones[1], b.random.random())
        b.disc(x, base - h, 0.17 * size, 0.2 * size, tone)
        b.blob(
            [
                (x - 0.2 * size, base - 0.8 * h),
                (x + 0.2 * size, base - 0.8 * h),
                (x + 0.46 * size, base - 0.5 * h),
                (x + 0.5 * size, b.h + 60),
                (x - 0.5 * size, b.h + 60),
                (x - 0.46 * size, base - 0.5 * h),
            ],
            tone,
        )


def ballroom() -> Board:
    """A hall of iron and glass, lanterns by the hundred, the guests with their backs to us."""
    b = Board(1280, 800, "#120b1c", "#3a2038", seed=41)
    vx, vy = 800, 430
    b.glow(vx, vy + 30, 420, 260, "#ffb85c", 0.6)
    for n in range(9):
        r = 150 * 1.32**n
        tone = mix("#8a5a3c", "#150c1c", min(1, n / 7))
        b.arc(vx, vy + 40, r, 180, 360, 3 + n * 1.7, tone)
        for side in (-1, 1):
            b.line([(vx + side * r, vy + 40), (vx + side * r, vy + 40 + r * 0.8)], 4 + n * 2.2, tone)
        b.line([(vx - r, vy + 40), (vx + r, vy + 40)], 1.5 + n * 0.5, mix(tone, "#000000", 0.2))
    for n in range(13):
        a = math.pi * (1 + n / 12)
        b.line(
            [(vx + 150 * math.cos(a), vy + 40 + 150 * math.sin(a)), (vx + 1500 * math.cos(a), vy + 40 + 1500 * math.sin(a))],
            2,
            "#4a2c3a",
            alpha=0.7,
        )
    b.poly([(0, 800), (vx - 150, vy + 120), (vx + 150, vy + 120), (1280, 800)], "#7a4a30", "#2a1420")
    for _ in range(110):
        depth = b.random.random() ** 1.7
        x = vx + (b.random.random() * 2 - 1) * (150 + 900 * depth)
        y = vy + 20 - (60 + 560 * depth) * b.random.uniform(0.25, 0.95)
        if 0 < x < 1290 and y > -10:
            b.line([(x, y - 80 * depth - 20), (x, y)], 1, "#0e0812", alpha=0.6)
            _lantern(b, x, y, 4 + 17 * depth)
    _crowd(b, 640, 74, ("#4a2838", "#2a1626"), 26)
    _crowd(b, 720, 120, ("#251424", "#170c1a"), 15)
    for n in range(9):
        _lantern(b, 60 + n * 150 + b.random.uniform(-30, 30), 560 + b.random.uniform(-18, 18), 11)
    b.vignette("#08040c", 0.6)
    return b


def tables() -> Board:
    """Round tables laid for dinner, seen from the gallery."""
    b = Board(1280, 720, "#3b2440", "#1c1022", seed=43)
    for row in range(4):
        s = 84 + row * 42
        for n in range(8):
            x, y = (n - 0.5 * (row % 2)) * s * 2.5 + 20, 60 + row * row * 44 + row * 96
            for chair in range(10):
                a = chair * math.pi / 5
                b.disc(x + 1.2 * s * math.cos(a), y + 0.68 * s * math.sin(a), s * 0.2, s * 0.15, "#1a0e1e")
            b.glow(x, y, s * 1.5, s * 0.9, "#ffb85c", 0.28)
            b.disc(x, y, s, s * 0.56, "#f0dcc0", "#a9836c")
            for plate in range(8):
                a = plate * math.pi / 4
                b.disc(x + 0.7 * s * math.cos(a), y + 0.39 * s * math.sin(a), s * 0.15, s * 0.085, "#fffaf0", "#cdb59c")
            b.disc(x, y - s * 0.05, s * 0.2, s * 0.12, "#5c6b3f")
            _lantern(b, x, y - s * 0.22, s * 0.13)
    b.vignette("#0a050e", 0.6)
    return b


def shed() -> Board:
    """A brick engine shed in the snow, its tall windows lit."""
    b = Board(1280, 720, "#141230", "#4a3458", seed=44)
    for _ in range(120):
        b.disc(b.random.uniform(0, 1280), b.random.uniform(0, 330), 1.2, 1.2, "#e8dcf0", alpha=0.8)
    b.poly([(150, 250), (640, 110), (1130, 250), (1130, 590), (150, 590)], "#5a2c30", "#3a1c26")
    b.poly([(120, 262), (640, 96), (1160, 262), (1160, 238), (640, 66), (120, 238)], "#e6e0f0", "#b9aecb")
    for row in range(22):
        for n in range(34):
            if b.random.random() < 0.16:
                b.rect(154 + n * 29 + (row % 2) * 14, 258 + row * 15, 26, 11, "#7a4038", alpha=0.55)
    for n in range(6):
        x, top = 214 + n * 150, 330 - (30 if n in (2, 3) else 0)
        b.glow(x + 44, 460, 120, 180, "#ffb85c", 0.32)
        b.disc(x + 44, top + 10, 44, 44, "#ffe0a0")
        b.rect(x, top + 10, 88, 570 - top, "#ffe0a0", "#f09a4a")
        for bar in range(1, 3):
            b.rect(x + bar * 29 - 2, top - 30, 4, 610 - top, "#3a1c26")
        for bar in range(5):
            b.rect(x, top + 14 + bar * 48, 88, 4, "#3a1c26")
        for guest in range(2):
            if b.random.random() < 0.8:
                gx = x + 22 + guest * 40
                b.disc(gx, 508, 9, 11, "#4a2024")
                b.blob([(gx - 12, 522), (gx + 12, 522), (gx + 18, 590), (gx - 18, 590)], "#4a2024")
    b.disc(640, 200, 44, 44, "#fff1d0", "#e6c890")
    b.line([(640, 200), (640, 168)], 5, "#3a1c26")
    b.line([(640, 200), (662, 208)], 5, "#3a1c26")
    b.blob([(-40, 600), (420, 570), (900, 610), (1330, 570), (1330, 800), (-40, 800)], "#c9bfe0", "#6a5a86")
    for n in range(14):
        _lantern(b, 90 + n * 86, 640 + 26 * math.sin(n), 9)
    for _ in range(160):
        b.disc(b.random.uniform(0, 1280), b.random.uniform(0, 720), 2, 2, "#ffffff", alpha=0.6)
    return b


def snow(width: int = 1280, height: int = 720) -> Board:
    """A ridge by night, a line of lamps going up it."""
    b = Board(width, height, "#0e1030", "#3b3566", seed=45)
    for _ in range(170):
        b.disc(b.random.uniform(0, width), b.random.uniform(0, height * 0.6), 1.1, 1.1, "#ffffff", alpha=0.75)
    b.glow(width * 0.2, height * 0.18, 90, 90, "#dfe6ff", 0.5)
    b.disc(width * 0.2, height * 0.18, 30, 30, "#f4f6ff")
    peaks = [(0, 0.62), (0.14, 0.44), (0.26, 0.56), (0.46, 0.24), (0.6, 0.48), (0.74, 0.34), (0.9, 0.56), (1, 0.46)]
    points = [(x * width, y * height) for x, y in peaks]
    b.poly([*points, (width, height), (0, height)], "#8f92c4", "#3a3a6c")
    for (x, y), (nx, ny) in zip(points[1::2], points[2::2], strict=False):
        b.poly([(x, y), (nx, ny), (nx - 40, height * 0.9), (x - 30, height * 0.8)], "#4c4f86", alpha=0.75)
    b.blob(
        [
            (-40, height * 0.74),
            (width * 0.4, height * 0.66),
            (width * 0.8, height * 0.8),
            (width + 60, height * 0.68),
            (width + 60, height * 1.2),
            (-40, height * 1.2),
        ],
        "#b9bce0",
        "#5a5c96",
    )
    for n in range(19):
        t = n / 18
        x, y = width * (0.82 - 0.36 * t + 0.03 * math.sin(n)), height * (0.92 - 0.6 * t)
        b.glow(x, y, 26 - 14 * t, 26 - 14 * t, "#ffd27a", 0.7)
        b.disc(x, y, 4 - 2 * t, 4 - 2 * t, "#fff6dc")
    return b


def ridge() -> Board:
    """A rescuer with a lamp and a dog in falling snow."""
    b = Board(620, 720, "#1d1a48", "#6a5f9c", seed=46)
    b.poly([(0, 380), (170, 190), (300, 330), (450, 150), (620, 350), (620, 720), (0, 720)], "#4d4b88", "#3a3770")
    b.blob([(-30, 560), (300, 500), (660, 570), (660, 800), (-30, 800)], "#cfcdf0", "#8885c0")
    b.glow(372, 330, 230, 230, "#ffd27a", 0.5)
    b.line([(286, 620), (280, 470)], 40, "#16142c")
    b.line([(336, 620), (326, 470)], 40, "#1d1a38")
    b.blob([(232, 300), (372, 296), (400, 500), (226, 504)], "#c9472f", "#8c2a28")
    b.blob([(300, 300), (368, 300), (392, 470), (340, 480)], "#e8714a", alpha=0.8)
    b.rect(226, 320, 40, 150, "#2a2a55", "#1a1838", r=18)
    b.line([(356, 330), (420, 392), (452, 352)], 34, "#b23c2c")
    b.disc(304, 256, 44, 50, "#d9a57e")
    b.blob([(250, 262), (250, 196), (360, 196), (360, 250), (330, 232), (276, 236)], "#ddb85e", "#b08a34")
    b.rect(268, 226, 76, 12, "#1a1838", r=6)
    b.glow(346, 232, 60, 60, "#fff3cf", 0.8)
    b.disc(340, 232, 9, 9, "#ffffff")
    _lantern(b, 462, 386, 30)
    b.blob([(430, 560), (520, 548), (556, 600), (540, 640), (440, 640)], "#3a2a20")
    b.blob([(506, 520), (560, 512), (590, 560), (556, 584), (516, 570)], "#4a3626")
    b.poly([(512, 530), (520, 496), (540, 520)], "#3a2a20")
    for x in (446, 470, 528, 546):
        b.line([(x, 620), (x, 668)], 13, "#33241a")
    b.rect(476, 556, 46, 60, "#c9472f", r=8)
    for _ in range(130):
        b.disc(b.random.uniform(0, 620), b.random.uniform(0, 720), 2.4, 2.4, "#ffffff", alpha=0.75)
    return b


def portrait(look: Look, first: str, second: str, seed: int) -> Board:
    """Somebody under a lantern's light."""
    b = Board(400, 500, first, second, seed=seed)
    b.glow(320, 90, 230, 230, "#ffd27a", 0.5)
    for _ in range(16):
        b.disc(b.random.uniform(0, 400), b.random.uniform(0, 300), 5, 5, "#ffe2a0", alpha=0.5, blur=3)
    bust(b, look, 200, 150, 19, "#ffd9a0")
    b.vignette("#0c0612", 0.5)
    return b


PORTRAITS: dict[str, tuple[Look, str, str]] = {
    "ingrid": (Look("#e9bd98", "#d8d0c4", "#7a2230", "bun"), "#3a1f42", "#7a4a3c"),
    "amos": (Look("#c98f6b", "#4a2a18", "#24405c", "beard"), "#1f2a4a", "#5a3a4c"),
    "leila": (Look("#a9714c", "#1c1214", "#c98a2f", "long", collar="#f6e6c6"), "#4a2230", "#8a4a34"),
    "per": (Look("#f0c7a4", "#8a8078", "#16121c", "short", glasses=True, collar="#fffaf0"), "#20303a", "#5a4a3a"),
}
"""Who speaks, and the colours behind them."""


# -- Orchard House ----------------------------------------------------------------------------------------------------------


def _tree(b: Board, x: float, y: float, s: float, fruit: str) -> None:
    b.line([(x, y), (x - s * 0.04, y - s * 0.6)], s * 0.1, "#7a5a40")
    for _ in range(16):
        a, r = b.random.uniform(0, 6.28), s * 0.42 * math.sqrt(b.random.random())
        tone = mix("#7fa35a", "#c4d48a", b.random.random())
        b.disc(x + r * 1.15 * math.cos(a), y - s * 0.82 + r * math.sin(a), s * 0.17, s * 0.15, tone)
    for _ in range(9):
        a, r = b.random.uniform(0, 6.28), s * 0.42 * math.sqrt(b.random.random())
        b.disc(x + r * math.cos(a), y - s * 0.8 + r * math.sin(a), s * 0.028, s * 0.028, fruit)


def garden(width: int, height: int) -> Board:
    """A marquee among apple trees on a summer evening, bunting overhead."""
    b = Board(width, height, "#bfdcea", "#fdeccb", seed=51)
    k = width / 1280
    b.glow(width * 0.24, height * 0.36, 320 * k, 260 * k, "#fff6dc", 0.9)
    b.blob(
        [
            (-40, height * 0.52),
            (width * 0.3, height * 0.44),
            (width * 0.7, height * 0.52),
            (width + 40, height * 0.42),
            (width + 40, height),
            (-40, height),
        ],
        "#a9c98a",
        "#8fb56c",
    )
    for x in (60, 190, 330, 1010, 1150, 1250):
        _tree(b, x * k, height * 0.62, 170 * k, "#d9483b")
    x, y, w = 470 * k, height * 0.66, 480 * k
    b.poly(
        [
            (x, y - 130 * k),
            (x + w * 0.25, y - 260 * k),
            (x + w * 0.5, y - 170 * k),
            (x + w * 0.75, y - 260 * k),
            (x + w, y - 130 * k),
        ],
        "#fffdf6",
        "#e9ddc8",
    )
    for n in range(12):
        b.poly(
            [(x + n * w / 12, y - 130 * k), (x + (n + 1) * w / 12, y - 130 * k), (x + (n + 0.5) * w / 12, y - 104 * k)],
            "#fffdf6" if n % 2 else "#b23a5a",
        )
    b.rect(x + 10 * k, y - 130 * k, w - 20 * k, 150 * k, "#f3dfc0", "#d9b98a", alpha=0.6)
    for n in range(5):
        b.line([(x + 8 * k + n * (w - 16 * k) / 4, y - 130 * k), (x + 8 * k + n * (w - 16 * k) / 4, y + 24 * k)], 7 * k, "#fffaf0")
    b.blob(
        [
            (-40, height * 0.68),
            (width * 0.5, height * 0.66),
            (width + 40, height * 0.7),
            (width + 40, height * 1.3),
            (-40, height * 1.3),
        ],
        "#9cc078",
        "#5f8f4c",
    )
    for n in range(7):
        tx, ty = (110 + n * 180) * k, height * (0.8 + 0.05 * (n % 2))
        b.disc(tx, ty + 44 * k, 74 * k, 16 * k, "#3f6a34", alpha=0.5, blur=8)
        b.poly([(tx - 64 * k, ty), (tx + 64 * k, ty), (tx + 52 * k, ty + 46 * k), (tx - 52 * k, ty + 46 * k)], "#fffaf0", "#e3d6bf")
        b.disc(tx, ty, 64 * k, 14 * k, "#fffdf8")
        for flower in range(5):
            b.disc(
                tx + (flower - 2) * 9 * k,
                ty - (8 + 5 * (flower % 2)) * k,
                8 * k,
                8 * k,
                ("#e06a86", "#f4b34a", "#fff3e0")[flower % 3],
            )
    for line in range(2):
        points = [(n * width / 24, height * (0.1 + 0.12 * line) + 60 * k * math.sin(math.pi * (n % 12) / 12)) for n in range(25)]
        b.line(points, 2, "#8a7a66")
        for n, (px, py) in enumerate(points[:-1]):
            b.poly(
                [(px + 6, py + 2), (px + 34 * k, py + 4), (px + 20 * k, py + 40 * k)],
                ("#b23a5a", "#fff7e6", "#5f8fb0", "#f4b34a")[n % 4],
            )
    for _ in range(60):
        b.disc(
            b.random.uniform(0, width),
            height - b.random.uniform(0, 60 * k),
            5 * k,
            5 * k,
            b.random.choice(("#ffffff", "#f7d0da", "#ffe08a")),
        )
    return b


def manor() -> Board:
    """A rose-brick house with many windows across a lawn."""
    b = Board(1280, 720, "#cfe4ee", "#fff1d6", seed=53)
    b.rect(260, 210, 760, 330, "#d99a80", "#c07f68")
    b.poly([(230, 220), (330, 120), (950, 120), (1050, 220)], "#8a6f6a", "#6f5854")
    for x in (400, 820):
        b.rect(x, 70, 60, 90, "#b9735c", "#a0604c")
    for row in range(2):
        for n in range(9):
            x, y = 296 + n * 80, 256 + row * 136
            if (row, n) == (1, 4):
                b.rect(x - 10, y, 64, 150, "#fffaf0")
                b.rect(x, y + 12, 44, 138, "#3f5f52", "#2f4a40")
                continue
            b.rect(x, y, 46, 84, "#fffaf0")
            b.rect(x + 4, y + 4, 38, 76, "#a9c4d0", "#dfe9ea")
            b.line([(x + 23, y + 4), (x + 23, y + 80)], 3, "#fffaf0")
            b.line([(x + 4, y + 42), (x + 42, y + 42)], 3, "#fffaf0")
    for x in (180, 230, 1050, 1110):
        for n in range(7):
            b.disc(x + b.random.uniform(-34, 34), 480 - n * 30, 46, 42, mix("#6f9a58", "#a9c886", b.random.random()))
    b.rect(0, 530, 1280, 190, "#a4c882", "#7fae62")
    for n in range(8):
        b.poly([(600 - n * 90, 720), (640 - n * 90, 720), (640 - n * 30, 530), (622 - n * 30, 530)], "#b4d494", alpha=0.6)
    b.poly([(560, 720), (760, 720), (680, 532), (626, 532)], "#f3e3c6", "#e6d0aa")
    b.glow(960, 160, 420, 260, "#fff6dc", 0.5)
    return b


def spread() -> Board:
    """A long table from above: plates, glasses, apples, flowers."""
    b = Board(1280, 720, "#f7efe2", "#efe2cd", seed=54)
    for n in range(16):
        b.line([(n * 86, 0), (n * 86, 720)], 1.5, "#e2d2b8")
    for row in range(2):
        for n in range(6):
            x, y = 110 + n * 214, 150 + row * 420
            b.disc(x + 6, y + 12, 84, 84, "#8a6f52", alpha=0.28, blur=10)
            b.disc(x, y, 82, 82, "#ffffff", "#e9e2d8")
            b.arc(x, y, 66, 0, 360, 2.5, "#b23a5a")
            b.disc(x, y, 46, 46, "#f7f2ea", "#fffdf8")
            b.rect(x - 112, y - 56, 9, 112, "#b9a98c", r=4)
            b.rect(x + 100, y - 56, 9, 112, "#b9a98c", r=4)
            b.disc(x + 92, y - 92, 22, 22, "#e6eef0", alpha=0.9)
            b.disc(x + 92, y - 92, 16, 16, "#e9b6a0", "#d98a7a")
    for _ in range(90):
        x, y = b.random.uniform(20, 1260), 360 + b.random.gauss(0, 34)
        b.blob([(x - 20, y), (x, y - 9), (x + 20, y), (x, y + 9)], mix("#6f9a58", "#b9cf8a", b.random.random()))
    for _ in range(34):
        x, y = b.random.uniform(30, 1250), 360 + b.random.gauss(0, 26)
        tone = b.random.choice(("#d9483b", "#e06a86", "#f4b34a", "#fff3e0"))
        b.disc(x, y, 17, 17, mix(tone, "#ffffff", 0.2), tone)
    return b


# -- Northlight -------------------------------------------------------------------------------------------------------------


def stage(width: int, height: int) -> Board:
    """A stage with beams of light, a microphone alone, the stalls in the dark."""
    b = Board(width, height, "#03171c", "#08282c", seed=61)
    k = width / 1280
    for n in range(7):
        x, top = (240 + n * 150) * k, 40 * k
        tone = ("#4fe6c4", "#7fd0ff", "#c9a0ff")[n % 3]
        foot = width * 0.62 + (n - 3) * 210 * k
        b.poly(
            [(x - 8 * k, top), (x + 8 * k, top), (foot + 120 * k, height * 0.78), (foot - 120 * k, height * 0.78)],
            tone,
            alpha=0.2,
            blur=16,
        )
        b.rect(x - 20 * k, top - 34 * k, 40 * k, 44 * k, "#0b1214", r=6)
        b.disc(x, top + 10 * k, 14 * k, 6 * k, mix(tone, "#ffffff", 0.7))
    b.rect(0, 0, width, 22 * k, "#010a0c")
    b.poly(
        [(width * 0.2, height * 0.76), (width * 1.02, height * 0.76), (width * 1.2, height * 0.9), (width * 0.04, height * 0.9)],
        "#1d5a58",
        "#0a2c2e",
    )
    b.disc(width * 0.62, height * 0.8, 210 * k, 36 * k, "#d9fff2", alpha=0.5, blur=20)
    b.line([(width * 0.62, height * 0.8), (width * 0.62, height * 0.52)], 5 * k, "#0a1416")
    b.disc(width * 0.62, height * 0.8, 34 * k, 8 * k, "#0a1416")
    b.rect(width * 0.62 - 9 * k, height * 0.48, 18 * k, 40 * k, "#dfe9ea", "#7f9294", r=9)
    for side in (0, 1):
        for fold in range(8):
            x = (fold * 34 - 30) * k if not side else width - (fold * 34 - 6) * k
            b.rect(x, 0, 36 * k, height * 0.9, mix("#0f4a4a", "#052226", (fold % 2) * 0.7 + 0.1), "#031418")
    for row in range(3):
        for n in range(24):
            x, y = (n * 58 + (row % 2) * 28 - 20) * k, height * (0.88 + 0.05 * row)
            b.disc(x, y, 17 * k, 20 * k, "#020c0f")
            b.rect(x - 25 * k, y + 12 * k, 50 * k, 90 * k, mix("#0a2226", "#020c0f", row / 3), r=16)
    for _ in range(90):
        b.disc(b.random.uniform(0, width), b.random.uniform(40, height * 0.7), 1.6, 1.6, "#d9fff2", alpha=0.4)
    return b


def quay() -> Board:
    """Gabled wharf houses by night under green northern lights, doubled in the water."""
    b = Board(1280, 720, "#02141c", "#0a3438", seed=63)
    for n in range(34):
        x = n * 40 + 30 * math.sin(n * 0.7)
        b.poly(
            [(x, 40 + 40 * math.sin(n * 0.5)), (x + 34, 40 + 40 * math.sin(n * 0.5 + 0.4)), (x + 60, 330), (x + 10, 330)],
            "#3fe0a8" if n % 5 else "#8f7bff",
            alpha=0.22,
            blur=14,
        )
    for n in range(9):
        x, w, h = 30 + n * 138, 126, 190 + 26 * ((n * 7) % 3)
        tone = ("#8a3b34", "#c9a04a", "#d9d2c0", "#3f6a66", "#a85a3c")[n % 5]
        dark = mix(tone, "#04161c", 0.5)
        b.poly([(x, 480), (x, 480 - h), (x + w / 2, 400 - h), (x + w, 480 - h), (x + w, 480)], dark, mix(dark, "#000000", 0.3))
        for row in range(3):
            for c in range(3):
                lit = b.random.random() < 0.55
                b.rect(x + 18 + c * 34, 500 - h + row * 58, 20, 30, "#ffd98a" if lit else "#0a1c22")
    b.rect(0, 480, 1280, 18, "#1d1a1c")
    b.rect(0, 498, 1280, 222, "#06262c", "#02141a")
    for _ in range(160):
        x, y = b.random.uniform(0, 1280), 510 + 200 * b.random.random()
        tone = b.random.choice(("#3fe0a8", "#ffd98a", "#8a3b34", "#d9d2c0"))
        b.line([(x, y), (x + b.random.uniform(16, 90), y)], 2.4, tone, alpha=0.35)
    return b


def stalls() -> Board:
    """Rows of numbered velvet seats, a programme on one of them."""
    b = Board(1280, 720, "#042024", "#0a3a3a", seed=64)
    for row in range(6):
        s = 60 + row * 22
        y = 70 + row * 62 + row * row * 9
        for n in range(-1, int(1280 / s) + 2):
            x = n * s + (row % 2) * s / 2
            tone = mix("#0f6a62", "#04262a", row / 9 + 0.12 * b.random.random())
            b.rect(x + 3, y, s - 6, s * 1.2, mix(tone, "#7fe6d0", 0.14), tone, r=s * 0.22)
            b.rect(x + s * 0.16, y + s * 0.12, s * 0.68, s * 0.8, mix(tone, "#000000", 0.16), r=s * 0.16)
            b.disc(x + s / 2, y + s * 0.06, s * 0.07, s * 0.07, "#e6c87a")
    b.poly([(720, 470), (836, 456), (852, 590), (734, 602)], "#f2f6ee", "#cfd9d0")
    b.line([(748, 500), (822, 492)], 7, "#0f6a62")
    b.line([(750, 528), (806, 522)], 4, "#6f8a84")
    b.glow(820, 120, 520, 320, "#9fffe6", 0.18)
    b.vignette("#010a0c", 0.6)
    return b


# -- marks ------------------------------------------------------------------------------------------------------------------


def lantern_mark(ground: str, metal: str, flame: str) -> tuple[Shape, ...]:
    """A hand lantern with its flame."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("ring", (32, 14, 7, 3), metal),
        ("path", (18, 24, 46, 24, 42, 18, 22, 18), metal),
        ("rect", (20, 27, 3, 24, 0), metal),
        ("rect", (41, 27, 3, 24, 0), metal),
        ("rect", (16, 51, 32, 5, 0), metal),
        ("path", (32, 28, 38, 40, 36, 47, 28, 47, 26, 40), flame),
    )


def apple_mark(ground: str, fruit: str, leaf: str) -> tuple[Shape, ...]:
    """An apple of two discs with its leaf."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("circle", (25, 38, 15), fruit),
        ("circle", (39, 38, 15), fruit),
        ("rect", (31, 12, 3, 14, 1), leaf),
        ("path", (34, 20, 46, 10, 50, 18, 42, 22), leaf),
    )


def north_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """A compass needle in a ring, pointing up."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("ring", (32, 32, 24, 3), second),
        ("path", (32, 4, 42, 34, 32, 30, 22, 34), first),
        ("path", (32, 56, 38, 36, 32, 34, 26, 36), second),
    )


def _lantern_logo(ink: str, flame: str, scale: int) -> bytes:
    mark = placed(lantern_mark("", ink, flame)[1:], "translate(-8 -2) scale(.86)")
    words = (Spaced("The", 48, 18, 15, ink, 1), Spaced("LANTERN BALL", 48, 40, 19, ink, 0.9))
    return sign((210 * scale, 52 * scale), (210, 52), mark, words, font=DECO)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """The Lantern Ball: gold on aubergine."""
    yield from icon_files(SKELETON, "lantern", lantern_mark("#1A1020", "#DDB85E", "#F6E6C6"))
    for tone, ink, flame in (("gold", "#DDB85E", "#F6E6C6"), ("pale", "#F6E6C6", "#DDB85E")):
        yield f"{SKELETON}/assets/logos/lantern-{tone}.svg", _lantern_logo(ink, flame, 1)
        yield f"{SKELETON}/assets/logos/lantern-{tone}-2x.svg", _lantern_logo(ink, flame, 2)
    drawn: tuple[tuple[str, Callable[[], Board], int], ...] = (
        ("ballroom", ballroom, 54),
        ("tables", tables, 46),
        ("shed", shed, 48),
        ("snow", snow, 50),
        ("ridge", ridge, 58),
    )
    for name, artist, quality in drawn:
        yield f"{SKELETON}/assets/images/{name}.jpg", artist().jpeg(quality, 3)
    for number, (name, (look, first, second)) in enumerate(PORTRAITS.items()):
        yield f"{SKELETON}/assets/images/{name}.jpg", portrait(look, first, second, 70 + number).jpeg(60, 3)


def orchard() -> Iterator[tuple[str, bytes]]:
    """Orchard House Gala: a garden in July, raspberry and leaf."""
    yield from icon_files(ORCHARD, "orchard", apple_mark("#FBF5EA", "#8E1F45", "#3F6A3A"))
    for tone, ink, fruit, leaf in (("dark", "#2B1A22", "#8E1F45", "#3F6A3A"), ("deep", "#8E1F45", "#8E1F45", "#3F6A3A")):
        mark = placed(apple_mark("", fruit, leaf)[1:], "translate(-8 -3) scale(.86)")
        words = (Spaced("Orchard House", 50, 26, 22, ink), Spaced("SUMMER GALA", 51, 43, 11, ink, 3))
        yield f"{ORCHARD}/assets/logos/orchard-{tone}.svg", sign((200, 52), (200, 52), mark, words, font=BOOK)
    yield f"{ORCHARD}/assets/images/orchard-garden.jpg", garden(1280, 800).jpeg(54, 3)
    yield f"{ORCHARD}/assets/images/orchard-manor.jpg", manor().jpeg(54, 3)
    yield f"{ORCHARD}/assets/images/orchard-table.jpg", spread().jpeg(54, 3)
    yield f"{ORCHARD}/assets/images/orchard-og.jpg", garden(1200, 630).jpeg(56, 0)


def northlight() -> Iterator[tuple[str, bytes]]:
    """Northlight Awards: sea green and signal mint on near-black."""
    yield from icon_files(NORTHLIGHT, "northlight", north_mark("#04221F", "#8FE3C0", "#E2F3F4"))
    for tone, needle, ink in (("mint", "#8FE3C0", "#E2F3F4"), ("pale", "#E2F3F4", "#E2F3F4")):
        mark = placed(north_mark("", needle, ink)[1:], "translate(-6 -2) scale(.8)")
        words = (Spaced("NORTHLIGHT", 54, 27, 18, ink, 2.2, 700), Spaced("awards night", 54, 43, 13, needle, 1))
        yield f"{NORTHLIGHT}/assets/logos/northlight-{tone}.svg", sign((208, 50), (208, 50), mark, words, font=BOOK)
    yield f"{NORTHLIGHT}/assets/images/northlight-stage.jpg", stage(1280, 800).jpeg(56, 3)
    yield f"{NORTHLIGHT}/assets/images/northlight-quay.jpg", quay().jpeg(56, 3)
    yield f"{NORTHLIGHT}/assets/images/northlight-stalls.jpg", stalls().jpeg(56, 3)
    yield f"{NORTHLIGHT}/assets/images/northlight-og.jpg", stage(1200, 630).jpeg(58, 0)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from orchard()
    yield from northlight()
