"""Pictures of Ida Kastell, paper engineer, and of the two freelancers who take her site over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from art.atelier import Board, Point, rounded
from art.scenery import mix
from art.signs import Shape, Spaced, icon_files, placed, sign

SKELETON = "templates/freelance-portfolio"
OKONJO = "requirements/okonjo-01"
HALVARD = "requirements/halvard-02"
BLOCK = "'Arial Black', 'Liberation Sans', sans-serif"
BOOKISH = "Baskerville, 'Liberation Serif', serif"
TYPED = "'Courier New', 'Liberation Mono', monospace"

PINK, RED, BLUE, WINE, CREAM, SUN = "#f8dad2", "#d8361f", "#2638b0", "#7a1a44", "#fff3ea", "#f2b23a"


# -- paper ------------------------------------------------------------------------------------------------------------------


def _sheet(b: Board, points: Sequence[Point], tone: str, lift: float = 10) -> None:
    """A piece of paper that stands off what lies under it."""
    b.poly([(x + lift * 0.8, y + lift) for x, y in points], "#1a0a20", alpha=0.34, blur=max(3, lift * 0.6))
    b.poly(points, mix(tone, "#ffffff", 0.14), mix(tone, "#000000", 0.12))


def _arc(cx: float, cy: float, r: float, start: float, end: float, steps: int = 22) -> list[Point]:
    return [
        (
            cx + r * math.cos(math.radians(start + (end - start) * n / steps)),
            cy + r * math.sin(math.radians(start + (end - start) * n / steps)),
        )
        for n in range(steps + 1)
    ]


def fold() -> Board:
    """A paper coast: layers of hills and waves standing up out of a spread."""
    b = Board(1280, 800, "#f4b9ab", "#f8dad2", seed=71)
    for n in range(5):
        _sheet(b, _arc(960, 330, 250 - n * 46, 0, 360, 40), (SUN, "#f08a3a", RED, "#f08a3a", SUN)[n], 9)
    for n, tone in enumerate(("#8fa2e8", "#5a70d8", BLUE, "#1d2b8c", WINE)):
        y = 430 + n * 76
        points: list[Point] = [(-30, 860)]
        for step in range(28):
            x = -30 + step * 50
            points.append((x, y + 70 * math.sin(step * (0.42 + 0.09 * n) + n * 1.9) * (0.8 - 0.1 * n)))
        _sheet(b, [*points, (1330, 860)], tone, 16)
    for n in range(7):
        x, y, s = 640 + n * 92, 470 - 50 * math.sin(n), 40 + 10 * (n % 3)
        _sheet(b, [(x, y - s * 2.2), (x + s * 0.6, y), (x, y - s * 0.2), (x - s * 0.6, y)], CREAM if n % 2 else RED, 8)
    for n in range(9):
        x, y = 620 + n * 70, 170 + 60 * math.sin(n * 1.3)
        _sheet(b, [(x, y), (x + 26, y - 18), (x + 18, y + 4), (x + 40, y + 2)], CREAM, 7)
    for n in range(6):
        x = 560 + n * 120
        _sheet(b, [(x, 700), (x, 610), (x + 34, 580), (x + 68, 610), (x + 68, 700)], (CREAM, PINK, SUN)[n % 3], 10)
        b.rect(x + 14, 628, 16, 22, WINE)
        b.rect(x + 40, 628, 16, 22, WINE)
    b.glow(960, 300, 420, 340, "#fff3ea", 0.2)
    return b


def whale() -> Board:
    """A whale rising from an open book."""
    b = Board(640, 640, SUN, "#e89a2a", seed=72)
    _sheet(b, [(30, 470), (320, 430), (610, 470), (610, 590), (320, 560), (30, 590)], CREAM, 16)
    b.line([(320, 430), (320, 560)], 3, "#cbb8ac")
    for n, tone in enumerate(("#8fa2e8", "#5a70d8", BLUE)):
        _sheet(
            b,
            [
                (90 + n * 20, 520 + n * 8),
                *[(90 + n * 20 + k * 46, 470 + n * 16 - 26 * (k % 2)) for k in range(10)],
                (540 - n * 6, 520 + n * 8),
            ],
            tone,
            9,
        )
    body = rounded([(150, 420), (160, 240), (300, 150), (450, 210), (500, 400), (420, 470), (220, 480)])
    _sheet(b, body, BLUE, 20)
    _sheet(b, rounded([(230, 330), (330, 260), (450, 320), (470, 440), (380, 470), (260, 440)]), "#c9d2f6", 6)
    for n in range(5):
        b.line([(270 + n * 38, 330 + 6 * n), (280 + n * 34, 450)], 4, "#8fa2e8")
    b.disc(252, 290, 12, 12, CREAM)
    b.disc(254, 291, 6, 6, "#15143a")
    _sheet(b, [(480, 330), (570, 240), (560, 300), (610, 310), (520, 380)], "#1d2b8c", 12)
    for n in range(5):
        _sheet(b, _arc(300 + (n - 2) * 34, 110 - 12 * (2 - abs(n - 2)), 15, 0, 360, 14), CREAM, 6)
    return b


def ferns() -> Board:
    """Cut fern leaves, row upon row."""
    b = Board(640, 640, "#0f4a3a", "#0a3328", seed=73)
    for n in range(9):
        x, y, lean = 40 + (n % 3) * 220 + 40 * (n // 3 % 2), 640 - (2 - n // 3) * 150, b.random.uniform(-0.5, 0.5)
        tone = ("#1f7a56", "#57b07a", "#c4e6b0")[n // 3]
        for leaf in range(11):
            t = leaf / 11
            sx, sy = x + lean * 260 * t * t, y - 300 * t
            long = 86 * (1 - t) + 12
            for side in (-1, 1):
                _sheet(
                    b,
                    [(sx, sy), (sx + side * long * 0.5, sy - 26), (sx + side * long, sy - 20), (sx + side * long * 0.5, sy - 4)],
                    tone,
                    5,
                )
    return b


def town() -> Board:
    """Card houses on a stage under one lamp."""
    b = Board(640, 640, "#3a1430", "#150a20", seed=74)
    b.poly([(320, -40), (60, 560), (580, 560)], "#ffe9b8", alpha=0.3, blur=24)
    for row in range(3):
        for n in range(6):
            w, h = 96 + row * 14, b.random.uniform(90, 220) - row * 10
            x, y = -30 + n * 122 + row * 26, 430 + row * 62
            tone = b.random.choice((RED, SUN, CREAM, BLUE, PINK, "#e07a8a"))
            _sheet(
                b,
                [(x, y), (x, y - h), (x + w / 2, y - h - 40), (x + w, y - h), (x + w, y)],
                mix(tone, "#150a20", 0.36 - row * 0.16),
                10,
            )
            for c in range(2):
                b.rect(x + 18 + c * (w - 56), y - h + 24, 20, 30, "#ffe08a" if b.random.random() < 0.6 else "#3a1430")
    _sheet(b, [(-20, 560), (660, 560), (660, 660), (-20, 660)], WINE, 8)
    return b


def stairs() -> Board:
    """Stairs folded out of one sheet."""
    b = Board(640, 640, "#a9b8f4", "#7d90e6", seed=75)
    for n in range(9):
        x, y = 70 + n * 50, 560 - n * 50
        b.poly([(x, y), (x + 50, y), (x + 50, 600), (x, 600)], mix(CREAM, WINE, 0.1 + 0.05 * n))
        _sheet(b, [(x, y), (x + 50, y), (x + 90, y - 36), (x + 40, y - 36)], CREAM, 4)
        b.poly([(x + 50, y), (x + 90, y - 36), (x + 90, y - 86), (x + 50, y - 50)], mix(RED, "#000000", 0.04 * n))
    for n in range(3):
        x, y = 130 + n * 150, 512 - n * 150
        _sheet(b, rounded([(x - 26, y), (x - 10, y - 34), (x + 24, y - 26), (x + 34, y)]), "#4a4460", 6)
        b.disc(x - 4, y - 32, 10, 10, "#e07a8a")
        b.disc(x + 18, y - 16, 3, 3, "#15143a")
        b.line([(x - 24, y - 4), (x - 58, y - 14)], 4, "#e07a8a")
    return b


def suns() -> Board:
    """Twelve suns of layered card in a window."""
    b = Board(640, 640, "#d9e6f4", "#b4c8e6", seed=76)
    for n in range(12):
        cx, cy = 100 + (n % 4) * 147, 120 + (n // 4) * 200
        rays = 10 + n
        points = [
            (cx + (66 if k % 2 else 44) * math.cos(k * math.pi / rays), cy + (66 if k % 2 else 44) * math.sin(k * math.pi / rays))
            for k in range(2 * rays)
        ]
        b.line([(cx, 0), (cx, cy)], 1.5, "#8a9ab8")
        _sheet(b, points, (SUN, "#f08a3a", RED)[n % 3], 12)
        _sheet(b, _arc(cx, cy, 34, 0, 360, 24), (CREAM, SUN, "#f8c8a0")[n % 3], 6)
    return b


def bird() -> Board:
    """A folded heron with outspread wings."""
    b = Board(640, 640, "#e07a8a", "#c4475e", seed=77)
    for side in (-1, 1):
        for n in range(7):
            a = math.radians(-8 - n * 13)
            tip = (320 + side * 310 * math.cos(a), 330 + 300 * math.sin(a))
            back = math.radians(2 - n * 13)
            _sheet(
                b,
                [(320 + side * 20, 350), tip, (320 + side * 240 * math.cos(back), 336 + 240 * math.sin(back))],
                mix(CREAM, "#8fa2e8", n / 9),
                8,
            )
    _sheet(b, [(320, 190), (366, 360), (320, 480), (274, 360)], "#c9d2f6", 14)
    _sheet(b, [(320, 230), (338, 130), (320, 84), (304, 130)], CREAM, 8)
    _sheet(b, [(320, 84), (420, 100), (330, 122)], SUN, 6)
    b.disc(330, 104, 5, 5, "#15143a")
    for side in (-1, 1):
        b.line([(320 + side * 16, 470), (320 + side * 24, 600)], 6, "#15143a")
    return b


def knives() -> Board:
    """A cutting mat with scalpel, bone folder, ruler and half a star."""
    b = Board(1280, 720, "#1f5a52", "#174540", seed=78)
    for n in range(26):
        b.line([(n * 52, 0), (n * 52, 720)], 1.2, "#5f9a8e", alpha=0.6)
    for n in range(15):
        b.line([(0, n * 52), (1280, n * 52)], 1.2, "#5f9a8e", alpha=0.6)
    _sheet(b, [(120, 90), (760, 60), (780, 150), (136, 182)], "#d9c9a0", 14)
    for n in range(40):
        b.line([(140 + n * 15.6, 168 - n * 1.2), (140 + n * 15.6, (140 if n % 5 == 0 else 152) - n * 1.2)], 2, "#5a4a30")
    _sheet(b, [(820, 300), (1180, 180), (1196, 214), (838, 336)], "#b9bdc6", 12)
    b.poly([(820, 300), (838, 336), (752, 360)], "#e8ecf2")
    _sheet(b, rounded([(220, 420), (600, 360), (700, 380), (600, 430), (240, 480), (190, 456)]), CREAM, 14)
    for n in range(5):
        points = [
            (
                960 + (150 - n * 26) * (1 if k % 2 else 0.45) * math.cos(k * math.pi / 8),
                520 + (150 - n * 26) * (1 if k % 2 else 0.45) * math.sin(k * math.pi / 8),
            )
            for k in range(16)
        ]
        _sheet(b, points, (RED, SUN, PINK, BLUE, CREAM)[n], 9)
    b.vignette("#04120f", 0.5)
    return b


def scraps() -> Board:
    """Offcuts of coloured paper swept together."""
    b = Board(1280, 720, "#2a3aa8", "#1d2b8c", seed=79)
    for _ in range(120):
        x, y, s, turn = b.random.uniform(-20, 1300), b.random.uniform(-20, 740), b.random.uniform(24, 96), b.random.uniform(0, 6.28)
        corners = b.random.choice((3, 4, 5))
        points = [
            (
                x + s * b.random.uniform(0.5, 1) * math.cos(turn + k * 6.283 / corners),
                y + s * b.random.uniform(0.5, 1) * math.sin(turn + k * 6.283 / corners),
            )
            for k in range(corners)
        ]
        _sheet(b, points, b.random.choice((RED, SUN, PINK, "#5a70d8", CREAM, WINE, "#e07a8a")), 8)
    return b


# -- Mira Okonjo ------------------------------------------------------------------------------------------------------------


def _slice(b: Board, x: float, y: float, r: float, rind: str, flesh: str) -> None:
    b.disc(x + r * 0.12, y + r * 0.16, r, r, "#20180c", alpha=0.34, blur=r * 0.12)
    b.disc(x, y, r, r, rind)
    b.disc(x, y, r * 0.92, r * 0.92, "#fff6dc")
    turn = b.random.uniform(0, 1)
    for n in range(9):
        a = turn + n * 2 * math.pi / 9
        points = [
            (x + r * 0.14 * math.cos(a), y + r * 0.14 * math.sin(a)),
            *[(x + r * 0.82 * math.cos(a + d), y + r * 0.82 * math.sin(a + d)) for d in (-0.29, -0.1, 0.1, 0.29)],
        ]
        b.poly(points, mix(flesh, "#ffffff", 0.16), flesh)


def citrus(width: int, height: int) -> Board:
    """Lemons, oranges and leaves on a green cloth, in hard light from one side."""
    b = Board(width, height, "#2f7a5c", "#1c5a44", seed=81)
    k = width / 1280
    for n in range(14):
        x = n * 110 * k
        b.poly([(x, 0), (x + 46 * k, 0), (x - 120 * k, height), (x - 180 * k, height)], "#174a38", alpha=0.4, blur=12)
    b.disc(900 * k, 420 * k, 330 * k, 330 * k, "#0c2a20", alpha=0.5, blur=26)
    b.disc(880 * k, 396 * k, 320 * k, 320 * k, "#f7f3ea", "#d9d2c2")
    b.disc(880 * k, 396 * k, 262 * k, 262 * k, "#e6e0d2", "#fffdf8")
    for n in range(11):
        a, r = n * 0.571, (150 if n else 0) * k
        tone = (("#e0a02b", "#f2c24a"), ("#d9642a", "#f08a3a"), ("#b83a3a", "#e0605a"))[n % 3]
        _slice(b, 880 * k + r * math.cos(a) * 1.1, 396 * k + r * math.sin(a) * 1.1, 74 * k, *tone)
    for n in range(5):
        x, y = (470 + 70 * (n % 2)) * k, (110 + n * 150) * k
        b.disc(x + 14 * k, y + 20 * k, 68 * k, 56 * k, "#0c2a20", alpha=0.45, blur=12)
        b.blob(
            [
                (x - 84 * k, y),
                (x - 50 * k, y - 58 * k),
                (x + 50 * k, y - 58 * k),
                (x + 88 * k, y),
                (x + 50 * k, y + 56 * k),
                (x - 50 * k, y + 56 * k),
            ],
            "#f7d860",
            "#d9a01c",
        )
        b.disc(x - 20 * k, y - 26 * k, 24 * k, 14 * k, "#fff6c8", alpha=0.7, blur=6)
    for n in range(16):
        x, y, a = b.random.uniform(380, 1260) * k, b.random.choice((70, 130, 690, 740)) * k, b.random.uniform(0, 3.1)
        c, s = math.cos(a) * 60 * k, math.sin(a) * 60 * k
        b.blob(
            [(x - c, y - s), (x + s * 0.4, y - c * 0.4), (x + c, y + s), (x - s * 0.4, y + c * 0.4)],
            mix("#3f8a4c", "#9cc46a", n / 16),
        )
    b.glow(1150 * k, 60 * k, 460 * k, 340 * k, "#fff3c8", 0.35)
    return b


def larder() -> Board:
    """Shelves of jars, loaves and greens against a pale wall."""
    b = Board(1280, 720, "#e6ebdd", "#cfd8c2", seed=83)
    for row in range(3):
        y = 220 + row * 220
        x = 30.0
        while x < 1230:
            kind = b.random.randrange(4)
            w, h = b.random.uniform(64, 104), b.random.uniform(90, 150)
            if kind == 0:
                b.rect(x, y - h, w, h, "#f7fbf4", "#dfe8dc", r=14)
                b.rect(x + 5, y - h * 0.7, w - 10, h * 0.66, b.random.choice(("#d9642a", "#b83a3a", "#e0a02b", "#6f8a3a")), r=9)
                b.rect(x + 6, y - h - 12, w - 12, 18, "#2f4a3c", r=4)
                b.rect(x + 14, y - h * 0.5, w - 28, 26, "#fffdf6")
            elif kind == 1:
                w = 150
                b.blob([(x, y), (x + 10, y - 86), (x + w - 10, y - 86), (x + w, y)], "#c98a4a", "#8a5526")
                for cut in range(4):
                    b.line([(x + 32 + cut * 26, y - 66), (x + 46 + cut * 26, y - 40)], 5, "#f0cf9a")
            elif kind == 2:
                for leaf in range(9):
                    a = math.pi * (1.1 + 0.8 * leaf / 8)
                    b.line(
                        [(x + w / 2, y - 30), (x + w / 2 + 80 * math.cos(a), y - 30 + 100 * math.sin(a))],
                        16,
                        mix("#3f7a4c", "#a9c86a", leaf / 9),
                    )
                b.poly([(x + 6, y - 60), (x + w - 6, y - 60), (x + w - 16, y), (x + 16, y)], "#d98a6a", "#b0624a")
            else:
                for plate in range(5):
                    b.rect(x, y - 14 - plate * 13, 120, 10, "#fffdf6", "#d9d2c2", r=5)
                w = 120
            x += w + b.random.uniform(22, 54)
        b.rect(0, y, 1280, 18, "#b98a5a", "#8f6438")
        b.rect(0, y + 18, 1280, 24, "#4a4a3a", alpha=0.25, blur=8)
    b.glow(1100, 100, 420, 320, "#ffffff", 0.4)
    return b


# -- Halvard Iversen --------------------------------------------------------------------------------------------------------


def desk(width: int, height: int) -> Board:
    """A mixing desk in the dark: faders, lit meters, one red lamp."""
    b = Board(width, height, "#15131c", "#0c0b11", seed=91)
    k = width / 1280
    for n in range(26):
        x = (34 + n * 48) * k
        b.rect(x, 40 * k, 40 * k, height, mix("#2a2636", "#1a1722", n / 26), "#121018", r=4)
        for knob in range(4):
            y = (84 + knob * 54) * k
            tone = ("#b0472b", "#8a5cd0", "#d9d2e6", "#3f6f8a")[knob]
            b.disc(x + 20 * k, y + 3, 14 * k, 14 * k, "#000000", alpha=0.5, blur=4)
            b.disc(x + 20 * k, y, 13 * k, 13 * k, mix(tone, "#ffffff", 0.14), mix(tone, "#000000", 0.4))
            a = b.random.uniform(2.4, 7)
            b.line([(x + 20 * k, y), (x + 20 * k + 10 * k * math.cos(a), y + 10 * k * math.sin(a))], 2.4, "#fffaf0")
        level = b.random.uniform(0.2, 0.95) * (0.5 + 0.5 * math.sin(n * 0.5))
        for bar in range(14):
            lit = bar / 14 < abs(level)
            tone = ("#ff5a3d" if bar > 11 else "#f2b23a" if bar > 8 else "#8a5cff") if lit else "#2a2636"
            b.rect(x + 6 * k, (420 - bar * 10) * k, 12 * k, 7 * k, tone)
        b.rect(x + 18 * k, 450 * k, 5 * k, 290 * k, "#050408", r=2)
        y = (480 + 200 * b.random.random()) * k
        b.rect(x + 6 * k, y + 5, 30 * k, 46 * k, "#000000", r=4, alpha=0.5, blur=5)
        b.rect(x + 6 * k, y, 30 * k, 44 * k, "#e6e0f0" if n % 6 else "#b0472b", "#8a84a0" if n % 6 else "#6a2414", r=4)
        b.rect(x + 6 * k, y + 20 * k, 30 * k, 4 * k, "#15131c")
    b.glow(880 * k, 330 * k, 420 * k, 220 * k, "#8a5cff", 0.22)
    b.glow(1180 * k, 60 * k, 130 * k, 130 * k, "#ff5a3d", 0.35)
    b.vignette("#030206", 0.7)
    return b


def field() -> Board:
    """A microphone on a stand in a marsh before sunrise, the sound drawn in the sky."""
    b = Board(1280, 720, "#1d1838", "#6a3f6a", seed=93)
    for n in range(150):
        x = n * 8.6
        h = 20 + 120 * abs(math.sin(n * 0.21) * math.sin(n * 0.05 + 0.4)) * b.random.uniform(0.5, 1)
        b.line([(x, 230 - h), (x, 230 + h)], 3, mix("#8a5cff", "#ff8a6a", n / 150), alpha=0.7)
    b.glow(900, 520, 420, 140, "#ff9a6a", 0.6)
    b.rect(0, 520, 1280, 200, "#3a2748", "#120e1c")
    for _ in range(60):
        x, y = b.random.uniform(0, 1280), b.random.uniform(530, 700)
        b.line([(x, y), (x + b.random.uniform(30, 130), y)], 3, "#c98a9a", alpha=0.35)
    for _ in range(260):
        x, h = b.random.uniform(0, 1280), b.random.uniform(40, 170)
        b.line([(x, 740), (x + b.random.uniform(-24, 24), 740 - h)], 3, mix("#120e1c", "#3a2748", b.random.random()))
    for leg in (-60, 10, 70):
        b.line([(420, 470), (420 + leg, 700)], 7, "#0a0810")
    b.line([(420, 480), (420, 300)], 8, "#0a0810")
    b.blob([(330, 260), (440, 230), (540, 270), (530, 320), (420, 330), (330, 310)], "#5a5466", "#2a2636")
    for _ in range(120):
        a = b.random.uniform(0, 6.28)
        x, y = 434 + 100 * math.cos(a), 282 + 46 * math.sin(a)
        b.line([(x, y), (x + 14 * math.cos(a), y + 12 * math.sin(a))], 2, "#6f6880")
    return b


# -- marks ------------------------------------------------------------------------------------------------------------------


def fold_mark(ground: str, light: str, dark: str) -> tuple[Shape, ...]:
    """A K of two folded strips."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("rect", (12, 8, 13, 48, 0), light),
        ("path", (25, 34, 44, 8, 58, 8, 34, 40), dark),
        ("path", (30, 34, 40, 30, 58, 56, 43, 56), light),
    )


def slice_mark(ground: str, rind: str, flesh: str) -> tuple[Shape, ...]:
    """Half a slice of lemon."""
    return (
        ("rect", (0, 0, 64, 64, 32), ground),
        ("circle", (32, 32, 24), rind),
        ("path", (30, 29, 13, 29, 21, 14), flesh),
        ("path", (32, 28, 25, 12, 39, 12), flesh),
        ("path", (34, 29, 43, 14, 51, 29), flesh),
        ("rect", (4, 33, 56, 26, 0), ground),
    )


def wave_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """Five bars of a wave."""
    bars = ((8, 18, first), (19, 40, first), (30, 54, second), (41, 34, first), (52, 14, first))
    return (("rect", (0, 0, 64, 64, 0), ground), *(("rect", (x, 32 - tall / 2, 6, tall, 3), tone) for x, tall, tone in bars))


def _kastell_logo(ink: str, fold_: str, scale: int) -> bytes:
    mark = placed(fold_mark("", ink, fold_)[1:], "translate(-8 0) scale(.69)")
    words = (Spaced("Ida", 42, 20, 18, ink, -0.6, 900), Spaced("Kastell", 42, 38, 21, ink, -0.8, 900))
    return sign((132 * scale, 44 * scale), (132, 44), mark, words, font=BLOCK)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Ida Kastell: ultramarine and tomato on pink."""
    yield from icon_files(SKELETON, "kastell", fold_mark("#F8DAD2", "#1D2B8C", "#A81E12"))
    for tone, ink, other in (("ink", "#15143A", "#A81E12"), ("pale", "#FFE4DA", "#F2C4B8")):
        yield f"{SKELETON}/assets/logos/kastell-{tone}.svg", _kastell_logo(ink, other, 1)
        yield f"{SKELETON}/assets/logos/kastell-{tone}-2x.svg", _kastell_logo(ink, other, 2)
    drawn: tuple[tuple[str, Callable[[], Board], int], ...] = (
        ("fold", fold, 60),
        ("whale", whale, 60),
        ("ferns", ferns, 52),
        ("town", town, 58),
        ("stairs", stairs, 60),
        ("suns", suns, 58),
        ("bird", bird, 60),
        ("knives", knives, 46),
        ("scraps", scraps, 42),
    )
    for name, artist, quality in drawn:
        yield f"{SKELETON}/assets/images/{name}.jpg", artist().jpeg(quality, 3)


def okonjo() -> Iterator[tuple[str, bytes]]:
    """Mira Okonjo: food in hard light, green and lemon."""
    yield from icon_files(OKONJO, "okonjo", slice_mark("#F7F9F2", "#B9C94A", "#155E4B"))
    for tone, ink in (("dark", "#14211B"), ("light", "#FDFFFA")):
        mark = placed(slice_mark("", "#B9C94A", ink)[1:-1], "translate(-4 4) scale(.7)")
        words = (Spaced("Mira Okonjo", 46, 30, 25, ink, -0.2),)
        yield f"{OKONJO}/assets/logos/okonjo-{tone}.svg", sign((186, 46), (186, 46), mark, words, font=BOOKISH)
    yield f"{OKONJO}/assets/images/okonjo-citrus.jpg", citrus(1280, 800).jpeg(58, 3)
    yield f"{OKONJO}/assets/images/okonjo-larder.jpg", larder().jpeg(54, 3)
    yield f"{OKONJO}/assets/images/okonjo-og.jpg", citrus(1200, 630).jpeg(58, 0)


def halvard() -> Iterator[tuple[str, bytes]]:
    """Halvard Iversen: sound by night, violet and rust."""
    yield from icon_files(HALVARD, "halvard", wave_mark("#100F15", "#ECE7F6", "#1D6A67"))
    for tone, ink, other in (("pale", "#ECE7F6", "#F2B23A"), ("white", "#FFFFFF", "#F2B23A")):
        mark = placed(wave_mark("", ink, other)[1:], "translate(-4 0) scale(.69)")
        words = (Spaced("halvard", 46, 20, 17, ink, 0), Spaced("iversen", 46, 38, 17, ink, 0))
        yield f"{HALVARD}/assets/logos/halvard-{tone}.svg", sign((124, 44), (124, 44), mark, words, font=TYPED)
    yield f"{HALVARD}/assets/images/halvard-desk.jpg", desk(1280, 800).jpeg(52, 3)
    yield f"{HALVARD}/assets/images/halvard-marsh.jpg", field().jpeg(54, 3)
    yield f"{HALVARD}/assets/images/halvard-og.jpg", desk(1200, 630).jpeg(54, 0)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from okonjo()
    yield from halvard()
