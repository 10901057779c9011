"""Pictures of Benchslip, software for repair workshops, and of the two products that take its site over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from art.atelier import Board, Look, bust
from art.scenery import mix
from art.signs import Shape, Spaced, icon_files, placed, sign

SKELETON = "templates/saas-product"
ROTAKIT = "requirements/rotakit-01"
OWLPOST = "requirements/owlpost-02"
SANS = "'Arial Narrow', 'Liberation Sans Narrow', sans-serif"
ROUND = "Futura, 'Century Gothic', 'Liberation Sans', sans-serif"
MONO = "Menlo, 'Liberation Mono', monospace"


# -- Benchslip --------------------------------------------------------------------------------------------------------------


def _planks(b: Board, tone: str, across: int) -> None:
    for n in range(across):
        y, h = n * b.h / across, b.h / across
        wood = mix(tone, "#2b1a0e", b.random.uniform(0.02, 0.26))
        b.rect(0, y, b.w, h - 2, wood, mix(wood, "#000000", 0.1))
        for _ in range(9):
            x, long, yy = b.random.uniform(0, b.w), b.random.uniform(90, 420), y + b.random.uniform(8, h - 8)
            b.line([(x, yy), (x + long, yy + b.random.uniform(-3, 3))], 1.4, mix(wood, "#000000", 0.22), alpha=0.6)


def _screwdriver(b: Board, x: float, y: float, turn: float, grip: str) -> None:
    c, s = math.cos(turn), math.sin(turn)
    b.line([(x + 10, y + 14), (x + 250 * c + 10, y + 250 * s + 14)], 22, "#000000", alpha=0.35, blur=9)
    b.line([(x, y), (x + 110 * c, y + 110 * s)], 34, grip)
    b.line([(x + 6 * c + 7 * s, y + 6 * s - 7 * c), (x + 100 * c + 7 * s, y + 100 * s - 7 * c)], 7, mix(grip, "#ffffff", 0.4))
    b.line([(x + 118 * c, y + 118 * s), (x + 250 * c, y + 250 * s)], 9, "#b9bdc0")


def bench() -> Board:
    """A workbench from above: a radio taken apart, tools, screws in a dish, a slip."""
    b = Board(1280, 800, "#8a5a33", seed=11)
    _planks(b, "#9a683c", 7)
    b.shade(560, 130, 470, 300, 26, 0.5, 26, 18)
    b.rect(560, 130, 470, 300, "#7d2f20", "#5e2017", r=26)
    b.rect(586, 156, 250, 248, "#d8c49a", r=12)
    for n in range(13):
        b.rect(600, 172 + n * 17, 222, 6, "#8b7549", r=3)
    b.disc(930, 230, 62, 62, "#e9dcb8", "#c9b483")
    b.line([(930, 230), (966, 196)], 6, "#7d2f20")
    for n in range(24):
        a = n * math.pi / 12
        b.line([(930 + 48 * math.cos(a), 230 + 48 * math.sin(a)), (930 + 56 * math.cos(a), 230 + 56 * math.sin(a))], 2, "#6b5836")
    for x in (885, 972):
        b.disc(x, 356, 30, 30, "#2b2019", "#4a3729")
    b.rect(1090, 90, 150, 330, "#1f5a43", "#174634", r=8)
    for n in range(15):
        x, y = 1106 + (n % 3) * 40, 112 + (n // 3) * 58
        b.rect(x, y, 24, 34, ("#c9a23c", "#22201d", "#b9bdc0")[n % 3], r=4)
        b.line([(x + 12, y + 34), (x + 12, y + 52)], 2.4, "#c9a23c")
    b.shade(150, 470, 330, 240, 4, 0.45, 16, 12)
    b.poly([(140, 470), (470, 440), (492, 680), (160, 712)], "#f5e8c0", "#e6d3a0")
    for n in range(6):
        y = 512 + n * 28
        b.line([(176 + n * 2, y), (176 + n * 2 + (170, 240, 210, 255, 120, 200)[n], y - 16)], 5, "#6e5f3c", alpha=0.8)
    b.rect(396, 470, 56, 56, "#a83a12")
    _screwdriver(b, 180, 200, 0.42, "#c23b1e")
    _screwdriver(b, 120, 330, 0.12, "#d59a2c")
    b.disc(760, 610, 104, 104, "#000000", alpha=0.4, blur=16)
    b.disc(752, 598, 104, 104, "#cfd2d2", "#8d9496")
    b.disc(752, 602, 84, 84, "#7c8385", "#a5abac")
    for _ in range(26):
        a, r = b.random.uniform(0, 6.28), 66 * math.sqrt(b.random.random())
        b.disc(752 + r * math.cos(a), 602 + r * math.sin(a), 8, 8, "#e8e4d6", "#8b8878")
    for n in range(6):
        b.arc(1060, 640, 60 + n * 15, 20 * n, 300 + 9 * n, 9, mix("#d8a31e", "#7b2a16", n / 6))
    b.glow(300, 120, 620, 420, "#fff0c8", 0.34)
    b.vignette("#160c06", 0.62)
    return b


def _window(b: Board, x: float, y: float, w: float, h: float, bar: str, ground: str) -> None:
    b.rect(x, y, w, h, ground)
    b.rect(x, y, w, 46, bar)
    for n, tone in enumerate(("#a83a12", "#d8a31e", "#5d8a52")):
        b.disc(x + 26 + n * 24, y + 23, 8, 8, tone)


def board() -> Board:
    """The product: a wall of slips in three columns."""
    b = Board(760, 560, "#fbf3da", seed=4)
    _window(b, 0, 0, 760, 560, "#241d0f", "#f6edd0")
    b.rect(0, 46, 74, 514, "#17452f")
    for n in range(6):
        b.rect(22, 76 + n * 58, 30, 30, "#f7ebc6" if n == 1 else "#3d6b53", r=6)
    for column, (tone, many) in enumerate((("#a83a12", 3), ("#d8a31e", 4), ("#17452f", 2))):
        x = 98 + column * 220
        b.rect(x, 74, 112, 14, "#241d0f", r=4)
        b.rect(x + 164, 70, 36, 22, tone, r=11)
        for n in range(many):
            y, h = 110 + n * 112, 98
            b.shade(x, y, 200, h, 0, 0.16, 8, 5)
            b.rect(x, y, 200, h, "#fffaf0")
            b.rect(x, y, 8, h, tone)
            b.rect(x + 24, y + 16, 70 + b.random.randrange(50), 10, "#241d0f", r=3)
            b.rect(x + 24, y + 36, 130, 7, "#b3a67e", r=3)
            b.rect(x + 24, y + 50, 90 + b.random.randrange(40), 7, "#b3a67e", r=3)
            for dot in range(18):
                b.rect(x + 12 + dot * 10.4, y + 68, 5, 2, "#cbbd92")
            b.rect(x + 24, y + 78, 46, 11, mix(tone, "#ffffff", 0.72), r=5)
            b.disc(x + 178, y + 83, 9, 9, ("#c98f6b", "#8d5a3c", "#f0c7a4")[n % 3])
    b.shade(430, 330, 286, 176, 0, 0.4, 20, 12)
    b.rect(430, 330, 286, 176, "#fffaf0")
    b.rect(430, 330, 286, 12, "#a83a12")
    b.rect(454, 364, 110, 96, "#d6c69a")
    b.rect(474, 384, 70, 44, "#7d2f20", r=8)
    b.disc(526, 406, 11, 11, "#f7ebc6")
    for n, long in enumerate((110, 84, 98, 60)):
        b.rect(584, 366 + n * 22, long, 10 if n == 0 else 8, "#241d0f" if n == 0 else "#b3a67e", r=3)
    b.rect(584, 466, 108, 24, "#17452f")
    return b


def drawers() -> Board:
    """A wall of small drawers with brass handles and labels, one left open."""
    b = Board(1280, 720, "#3b2a1e", seed=8)
    for row in range(6):
        for column in range(10):
            x, y = 6 + column * 128, 6 + row * 120
            wood = mix("#8a6038", "#4a2f1a", b.random.uniform(0, 0.7))
            out = (row, column) in ((2, 6), (4, 3))
            if out:
                b.shade(x - 4, y + 10, 128, 120, 6, 0.7, 16, 22)
                y += 12
            b.rect(x, y, 118, 110, mix(wood, "#ffffff", 0.1), wood, r=4)
            b.rect(x + 8, y + 8, 102, 94, mix(wood, "#000000", 0.12), mix(wood, "#000000", 0.02), r=3)
            b.rect(x + 30, y + 22, 58, 26, "#efe3c0", "#d9c898", r=2)
            b.rect(x + 38, y + 30, 24 + b.random.randrange(18), 4, "#6b5836")
            b.rect(x + 38, y + 38, 18 + b.random.randrange(20), 4, "#6b5836")
            b.disc(x + 59, y + 76, 13, 13, "#7a5a1e", "#e8c56a")
            b.disc(x + 56, y + 72, 4, 4, "#fff0c0")
    b.glow(980, 120, 620, 420, "#ffdf9a", 0.3)
    b.vignette("#0e0704", 0.7)
    return b


def counter() -> Board:
    """The shop counter at closing time: shelves of mended things, a lamp, a bell."""
    b = Board(1280, 720, "#3c4a40", "#2a352e", seed=5)
    for n in range(3):
        y = 130 + n * 130
        x = 40.0
        while x < 1240:
            w, h = b.random.uniform(46, 130), b.random.uniform(44, 96)
            tone = b.random.choice(("#7d2f20", "#c9a23c", "#d8c49a", "#2f5d62", "#8a5a33", "#5b6b60"))
            b.rect(x, y - h, w, h, mix(tone, "#ffffff", 0.08), mix(tone, "#000000", 0.3), r=b.random.choice((4, 10, 20)))
            b.disc(x + w * 0.66, y - h * 0.5, min(w, h) * 0.22, min(w, h) * 0.22, mix(tone, "#fff3d0", 0.55))
            if w > 90:
                for bar in range(4):
                    b.rect(x + 12, y - h * 0.72 + bar * 11, w * 0.32, 4, mix(tone, "#000000", 0.5))
            b.rect(x + w - 26, y - 18, 22, 28, "#f5e8c0")
            x += w + b.random.uniform(14, 46)
        b.rect(0, y, 1280, 14, "#9a683c", "#6b4424")
        b.rect(0, y + 14, 1280, 26, "#000000", alpha=0.35, blur=8)
    b.rect(0, 520, 1280, 200, "#a87243", "#6d4526")
    b.rect(0, 520, 1280, 12, "#d9a56c")
    b.line([(900, 0), (900, 180)], 5, "#1a1712")
    b.poly([(830, 250), (970, 250), (930, 170), (870, 170)], "#c9a23c", "#8d6a1c")
    b.glow(900, 330, 320, 260, "#ffe2a0", 0.6)
    b.disc(900, 252, 62, 10, "#fff6da")
    b.disc(610, 548, 74, 12, "#000000", alpha=0.4, blur=8)
    b.rect(548, 536, 124, 16, "#3a2c1c", r=8)
    b.disc(610, 536, 52, 40, "#f0d48a", "#a87f2c")
    b.rect(540, 538, 140, 14, "#6d4526")
    b.disc(610, 496, 9, 9, "#e8c56a")
    b.vignette("#0a0f0c", 0.6)
    return b


def founders() -> Board:
    """Three people in aprons before a wall of tools."""
    b = Board(640, 560, "#d9a441", "#c48a2c", seed=3)
    for n in range(7):
        b.line([(46 + n * 92, 40), (46 + n * 92, 120)], 12, "#17452f")
        b.disc(46 + n * 92, 128 + (n % 2) * 8, 22, 22, "#17452f")
        b.disc(46 + n * 92, 128 + (n % 2) * 8, 9, 9, "#d09a38")
    b.rect(0, 20, 640, 12, "#7a4d20")
    bust(b, Look("#f0c7a4", "#8a4a24", "#3b2447", "bun"), 118, 190, 14)
    bust(b, Look("#6b4130", "#17100e", "#a83a12", "curls"), 524, 176, 14.5)
    bust(b, Look("#d9a57e", "#c9c2b4", "#f2e6c4", "beard", glasses=True), 322, 216, 16)
    b.poly([(232, 470), (412, 470), (440, 560), (204, 560)], "#17452f", "#0f3322")
    for x in (244, 400):
        b.line([(x, 474), (x + (20 if x < 320 else -20), 400)], 12, "#17452f")
    return b


# -- Rotakit ----------------------------------------------------------------------------------------------------------------


def cafe(width: int, height: int) -> Board:
    """A café bar seen from the door: machine, cups, pastries under glass, round lamps."""
    b = Board(width, height, "#c7d8ee", "#f4efe6", seed=21)
    k = width / 1280
    for row in range(9):
        for column in range(22):
            x, y = column * 60 * k - (row % 2) * 30 * k, row * 34 * k
            b.rect(x + 2, y + 2, 56 * k, 30 * k, mix("#5f8fd0", "#dfe9f7", b.random.uniform(0.45, 0.85)), r=3)
    for n, x in enumerate((200, 520, 840, 1120)):
        b.line([(x * k, 0), (x * k, (110 + 20 * (n % 2)) * k)], 4, "#1b2340")
        b.glow(x * k, (170 + 20 * (n % 2)) * k, 130 * k, 130 * k, "#fff6da", 0.75)
        b.disc(x * k, (150 + 20 * (n % 2)) * k, 40 * k, 40 * k, "#fffdf4", "#ffe2a8")
    base = height - 250 * k
    b.rect(0, base, width, 26 * k, "#f7f1e6", "#d7c8b0")
    b.rect(0, base + 26 * k, width, 240 * k, "#2f3a8f", "#1d2463")
    for n in range(33):
        b.rect(n * 40 * k, base + 26 * k, 3, 240 * k, "#1a2058")
    x, y = 640 * k, base
    b.rect(x, y - 190 * k, 380 * k, 190 * k, "#e9edf2", "#9aa6b5", r=18)
    b.rect(x + 24 * k, y - 110 * k, 332 * k, 84 * k, "#3a4356", "#1d2331", r=8)
    for n in range(3):
        b.rect(x + (60 + n * 110) * k, y - 116 * k, 52 * k, 22 * k, "#c3cbd6", r=5)
        b.line([(x + (86 + n * 110) * k, y - 94 * k), (x + (58 + n * 110) * k, y - 84 * k)], 10 * k, "#22283a")
        b.rect(x + (68 + n * 110) * k, y - 62 * k, 36 * k, 32 * k, "#fff7ea", "#dcd2c0", r=6)
    for n in range(9):
        b.rect(x + (22 + n * 38) * k, y - 222 * k, 30 * k, 30 * k, "#ffffff", "#cfd8e6", r=7)
    b.rect(130 * k, y - 160 * k, 400 * k, 160 * k, "#eaf2fb", alpha=0.75, r=14)
    for row in range(2):
        b.rect(140 * k, y - (12 + row * 76) * k, 380 * k, 6, "#9fb3cc")
        for n in range(6):
            b.disc(
                (182 + n * 60) * k,
                y - (32 + row * 76) * k,
                24 * k,
                18 * k,
                mix("#d88a3a", "#8a4a1c", b.random.random() * 0.6),
                "#e9b065",
            )
            b.arc((182 + n * 60) * k, y - (32 + row * 76) * k, 12 * k, 190, 330, 3, "#f6d7a0")
    b.glow(300 * k, 300 * k, 520 * k, 300 * k, "#ffffff", 0.25)
    return b


def rota() -> Board:
    """Aprons and caps on hooks by a kitchen door, with a week on the wall."""
    b = Board(1280, 720, "#bcd0ea", "#93aed4", seed=23)
    b.rect(0, 560, 1280, 160, "#dcd0bd", "#b9a98f")
    b.rect(0, 552, 1280, 12, "#f4eee2")
    b.rect(60, 150, 1160, 22, "#7a4f2e", "#5c381e", r=6)
    for n, tone in enumerate(("#2a2f92", "#ef6c45", "#f7f1e6", "#0b4a5a", "#ef6c45", "#2a2f92")):
        x = 130 + n * 104
        b.disc(x, 178, 9, 9, "#2b2233")
        b.shade(x - 34, 210, 76, 250, 8, 0.25, 14, 8)
        b.line([(x - 26, 232), (x, 182), (x + 26, 232)], 6, mix(tone, "#000000", 0.2))
        b.blob(
            [(x - 30, 220), (x + 30, 220), (x + 52, 330), (x + 48, 480), (x - 48, 480), (x - 52, 330)],
            tone,
            mix(tone, "#000000", 0.28),
        )
        b.rect(x - 24, 350, 48, 46, mix(tone, "#000000", 0.14), r=5)
    b.shade(800, 214, 380, 270, 6, 0.3, 16, 10)
    b.rect(800, 214, 380, 270, "#fffdf8", r=6)
    for row in range(6):
        b.rect(816, 240 + row * 40, 44, 10, "#10172a", r=4)
        for day in range(6):
            if b.random.random() > 0.28:
                tone = b.random.choice(("#2a2f92", "#ef6c45", "#7fa8e0", "#0b4a5a"))
                b.rect(876 + day * 50, 232 + row * 40, 42, 26, tone, r=6)
    b.glow(1000, 120, 520, 320, "#ffffff", 0.35)
    return b


# -- Owlpost ----------------------------------------------------------------------------------------------------------------


def racks(width: int, height: int) -> Board:
    """An aisle of machines at night, their lamps on and one of them red."""
    b = Board(width, height, "#0b0e18", "#141a2c", seed=31)
    cx, cy = width * 0.6, height * 0.46
    b.glow(cx, cy, width * 0.16, height * 0.34, "#4fd6c0", 0.5)
    for side in (-1, 1):
        edges = [cx + side * width * f for f in (0.05, 0.085, 0.135, 0.21, 0.33, 0.55, 0.95)]
        for n, (near, far) in enumerate(zip(edges[1:], edges[:-1], strict=True)):
            fn, ff = abs(near - cx) / width * 1.25, abs(far - cx) / width * 1.25
            tone = mix("#2a3350", "#0d111d", n / 8)
            quad = [
                (far, cy - ff * height * 1.15),
                (near, cy - fn * height * 1.15),
                (near, cy + fn * height * 1.1),
                (far, cy + ff * height * 1.1),
            ]
            b.poly(quad, mix(tone, "#4a5a86", 0.25 - 0.03 * n), tone)
            rows = 12
            for row in range(1, rows):
                t = row / rows
                y1, y2 = cy + ff * height * (2.25 * t - 1.15), cy + fn * height * (2.25 * t - 1.15)
                b.line([(far, y1), (near, y2)], 1 + n * 0.5, "#070910")
                for lamp in range(4):
                    s = (lamp + 0.7 + 0.3 * b.random.random()) / 5
                    x, y = far + (near - far) * s, y1 + (y2 - y1) * s + 4 + n
                    red = side > 0 and (n, row, lamp) == (3, 5, 1)
                    tone2 = "#ff5a4d" if red else b.random.choice(("#4fe0b8", "#4fe0b8", "#5a86ff", "#1d2740"))
                    r = 1.1 + n * 0.55
                    if red:
                        b.glow(x, y, 54, 54, "#ff3b2d", 0.6)
                    b.disc(x, y, r * 1.3, r, tone2)
    b.poly(
        [
            (cx - width * 0.05, cy + height * 0.06),
            (cx + width * 0.05, cy + height * 0.06),
            (cx + width * 0.8, height),
            (cx - width * 0.9, height),
        ],
        "#182036",
        "#0a0d16",
    )
    b.glow(cx, height * 0.82, width * 0.2, height * 0.16, "#3fbfae", 0.24)
    b.vignette("#04050a", 0.6)
    return b


def night_desk() -> Board:
    """A desk by a window at three in the morning: two screens, a cup, the town asleep."""
    b = Board(1280, 720, "#141a33", "#252a50", seed=34)
    for layer, tone in enumerate(("#1c2344", "#151a36", "#0f1328")):
        x = -20.0
        while x < 1300:
            w, h = b.random.uniform(50, 130), b.random.uniform(110, 300) - layer * 30
            b.rect(x, 520 - h + layer * 34, w, h + 60, tone)
            for _ in range(5):
                if b.random.random() < 0.5:
                    b.rect(x + b.random.uniform(8, w - 14), 540 - h + b.random.uniform(0, h - 30), 7, 10, "#ffd98a")
            x += w + b.random.uniform(0, 24)
    for x in (0, 420, 850, 1264):
        b.rect(x, 0, 16, 560, "#070910")
    b.rect(0, 540, 1280, 180, "#2b2236", "#171320")
    for x, tone in ((330, "#4fe0b8"), (700, "#8f7bff")):
        b.glow(x + 160, 420, 280, 200, tone, 0.22)
        b.rect(x, 290, 330, 210, "#05070d", r=10)
        b.rect(x + 10, 300, 310, 190, "#10162a", r=4)
        points = [
            (x + 24 + n * 16, 420 + 40 * math.sin(n * 0.8 + x) * b.random.random() - (90 if n == 12 else 0)) for n in range(18)
        ]
        b.line(points, 4, tone)
        for n in range(4):
            b.rect(x + 24, 316 + n * 14, 60 + b.random.randrange(90), 6, "#44507a", r=3)
        b.rect(x + 150, 500, 30, 46, "#05070d")
    b.rect(1090, 490, 62, 62, "#e6ecf7", "#8d97b8", r=8)
    b.arc(1158, 518, 18, -80, 80, 7, "#aab3cf")
    b.vignette("#04050a", 0.5)
    return b


# -- marks ------------------------------------------------------------------------------------------------------------------


def slip_mark(ground: str, paper: str, ink: str) -> tuple[Shape, ...]:
    """A slip with a torn foot and a code."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("path", (16, 8, 48, 8, 48, 56, 42.7, 50, 37.3, 56, 32, 50, 26.7, 56, 21.3, 50, 16, 56), paper),
        ("rect", (22, 16, 20, 5, 0), ink),
        ("rect", (22, 26, 12, 4, 0), ink),
        ("rect", (22, 34, 20, 4, 0), ink),
    )


def rota_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """Three shifts, one after the other."""
    return (
        ("rect", (0, 0, 64, 64, 14), ground),
        ("rect", (10, 13, 26, 10, 5), first),
        ("rect", (20, 27, 32, 10, 5), second),
        ("rect", (32, 41, 22, 10, 5), first),
    )


def owl_mark(ground: str, eye: str, beak: str) -> tuple[Shape, ...]:
    """Two eyes and a beak."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("ring", (20, 28, 11, 5), eye),
        ("ring", (44, 28, 11, 5), eye),
        ("circle", (20, 28, 4), eye),
        ("circle", (44, 28, 4), eye),
        ("path", (26, 40, 38, 40, 32, 52), beak),
    )


def _slip_logo(ink: str, accent: str, paper: str, scale: int) -> bytes:
    mark = placed(slip_mark(paper, ink, paper)[1:], "translate(-6 -1) scale(.65)")
    words = (Spaced("bench", 34, 29, 29, ink, -0.6, 700), Spaced("slip", 104, 29, 29, accent, -0.6, 700))
    return sign((160 * scale, 40 * scale), (160, 40), mark, words, font=SANS)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Benchslip: manila, bottle green and rust."""
    yield from icon_files(SKELETON, "benchslip", slip_mark("#17452F", "#F7EBC6", "#A83A12"))
    for tone, ink, accent, paper in (("dark", "#241D0F", "#A83A12", "#F7EBC6"), ("light", "#FFF2CC", "#EBD9A3", "#3B2447")):
        yield f"{SKELETON}/assets/logos/benchslip-{tone}.svg", _slip_logo(ink, accent, paper, 1)
        yield f"{SKELETON}/assets/logos/benchslip-{tone}-2x.svg", _slip_logo(ink, accent, paper, 2)
    drawn: tuple[tuple[str, Callable[[], Board], int], ...] = (
        ("bench", bench, 58),
        ("board", board, 66),
        ("drawers", drawers, 50),
        ("counter", counter, 50),
        ("founders", founders, 64),
    )
    for name, artist, quality in drawn:
        yield f"{SKELETON}/assets/images/{name}.jpg", artist().jpeg(quality, 4)


def rotakit() -> Iterator[tuple[str, bytes]]:
    """Rotakit: shifts for cafés, in blue and coral."""
    yield from icon_files(ROTAKIT, "rotakit", rota_mark("#2A2F92", "#FFFFFF", "#D54026"))
    for tone, ink, first, second in (("dark", "#10172A", "#2A2F92", "#D54026"), ("light", "#FFFFFF", "#FFFFFF", "#D54026")):
        mark = placed(rota_mark("#2A2F92", first, second)[1:], "translate(-6 -4) scale(.75)")
        words = (Spaced("rotakit", 46, 31, 28, ink, -0.4, 700),)
        yield f"{ROTAKIT}/assets/logos/rotakit-{tone}.svg", sign((144, 44), (144, 44), mark, words, font=ROUND)
    yield f"{ROTAKIT}/assets/images/rotakit-bar.jpg", cafe(1280, 800).jpeg(56, 4)
    yield f"{ROTAKIT}/assets/images/rotakit-week.jpg", rota().jpeg(56, 4)
    yield f"{ROTAKIT}/assets/images/rotakit-og.jpg", cafe(1200, 630).jpeg(60, 0)


def owlpost() -> Iterator[tuple[str, bytes]]:
    """Owlpost: calls by night, in violet and teal on black."""
    yield from icon_files(OWLPOST, "owlpost", owl_mark("#0D0F16", "#E6ECF7", "#127F6F"))
    for tone, ink, beak in (("light", "#E6ECF7", "#127F6F"), ("white", "#FFFFFF", "#F2B84B")):
        mark = placed(owl_mark("#0D0F16", ink, beak)[1:], "translate(-5 -4) scale(.75)")
        words = (Spaced("owlpost", 48, 30, 24, ink, -0.5, 700),)
        yield f"{OWLPOST}/assets/logos/owlpost-{tone}.svg", sign((154, 44), (154, 44), mark, words, font=MONO)
    yield f"{OWLPOST}/assets/images/owlpost-aisle.jpg", racks(1280, 800).jpeg(58, 3)
    yield f"{OWLPOST}/assets/images/owlpost-desk.jpg", night_desk().jpeg(58, 3)
    yield f"{OWLPOST}/assets/images/owlpost-og.jpg", racks(1200, 630).jpeg(60, 0)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from rotakit()
    yield from owlpost()
