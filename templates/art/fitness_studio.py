"""Pictures of Ironwell, a gym under railway arches, and of the two gyms that take its site over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from art.atelier import Board, Look, Point, body, bust
from art.scenery import mix
from art.signs import Shape, Spaced, icon_files, placed, sign

SKELETON = "templates/fitness-studio"
TIDEWAY = "requirements/tideway-01"
EMBER = "requirements/ember-02"
NARROW = "'Barlow Condensed', 'Liberation Sans Narrow', sans-serif"
WIDE = "'Trebuchet MS', 'Liberation Sans', sans-serif"
SLAB = "Rockwell, 'Liberation Serif', serif"

POSES: dict[str, dict[str, Point]] = {
    "squat": {
        "head": (0.2, -3.3),
        "neck": (0.05, -2.75),
        "hip": (-0.55, -1.35),
        "elbow1": (0.5, -2.3),
        "hand1": (0.2, -2.75),
        "elbow2": (0.4, -2.4),
        "hand2": (0.1, -2.75),
        "knee1": (0.65, -1.25),
        "foot1": (0.1, 0.0),
        "knee2": (0.45, -1.15),
        "foot2": (-0.1, 0.0),
    },
    "row": {
        "head": (-0.85, -2.55),
        "neck": (-0.8, -2.0),
        "hip": (-0.45, -0.75),
        "elbow1": (-0.5, -1.2),
        "hand1": (0.25, -1.35),
        "elbow2": (-0.4, -1.3),
        "hand2": (0.3, -1.45),
        "knee1": (0.6, -1.25),
        "foot1": (1.35, -0.45),
        "knee2": (0.5, -1.15),
        "foot2": (1.3, -0.5),
    },
    "swing": {
        "head": (-0.05, -3.9),
        "neck": (0.0, -3.35),
        "hip": (-0.1, -1.95),
        "elbow1": (0.75, -3.0),
        "hand1": (1.45, -3.15),
        "elbow2": (0.7, -3.1),
        "hand2": (1.45, -3.2),
        "knee1": (0.35, -1.0),
        "foot1": (0.5, 0.0),
        "knee2": (-0.5, -1.0),
        "foot2": (-0.7, 0.0),
    },
    "stretch": {
        "head": (1.55, -1.2),
        "neck": (1.05, -1.35),
        "hip": (-0.2, -1.95),
        "elbow1": (1.45, -0.75),
        "hand1": (1.9, -0.1),
        "elbow2": (1.35, -0.8),
        "hand2": (1.75, -0.1),
        "knee1": (-0.65, -1.05),
        "foot1": (-1.15, -0.05),
        "knee2": (-0.75, -1.0),
        "foot2": (-1.3, -0.05),
    },
    "run": {
        "head": (0.45, -3.85),
        "neck": (0.3, -3.3),
        "hip": (0.0, -1.95),
        "elbow1": (-0.35, -2.6),
        "hand1": (0.1, -2.2),
        "elbow2": (0.9, -2.75),
        "hand2": (1.15, -3.25),
        "knee1": (0.75, -1.45),
        "foot1": (0.45, -0.55),
        "knee2": (-0.5, -1.15),
        "foot2": (-1.2, -0.75),
    },
    "guard": {
        "head": (0.1, -3.85),
        "neck": (0.0, -3.3),
        "hip": (-0.1, -1.9),
        "elbow1": (0.55, -2.65),
        "hand1": (0.75, -3.35),
        "elbow2": (0.85, -2.95),
        "hand2": (1.35, -3.35),
        "knee1": (0.5, -0.95),
        "foot1": (0.55, 0.0),
        "knee2": (-0.6, -0.95),
        "foot2": (-0.9, 0.0),
    },
}
"""Joints of a body in heads, from the middle of the ground under it."""


def pose(b: Board, name: str, x: float, y: float, u: float, tones: tuple[str, str, str, str], flip: bool = False) -> None:
    """Somebody in a pose; tones of skin, shirt, legs and hair."""
    side = -1 if flip else 1
    joints = {joint: (x + side * dx * u, y + dy * u) for joint, (dx, dy) in POSES[name].items()}
    joints["toe"] = (side, 0)
    b.disc(x, y + 0.16 * u, 1.7 * u, 0.22 * u, "#000000", alpha=0.45, blur=0.16 * u)
    body(b, joints, u, *tones)


def _bar(b: Board, x: float, y: float, u: float, plate: str) -> None:
    b.line([(x - 1.5 * u, y), (x + 1.5 * u, y)], 0.1 * u, "#c8ccd4")
    for side in (-1, 1):
        for n in range(3):
            px = x + side * (1.1 + 0.2 * n) * u
            b.rect(
                px - 0.09 * u,
                y - (0.85 - 0.13 * n) * u,
                0.18 * u,
                (1.7 - 0.26 * n) * u,
                mix(plate, "#ffffff", 0.12),
                mix(plate, "#000000", 0.3),
                r=0.06 * u,
            )


def _arch(b: Board, cx: float, base: float, w: float, h: float, inside: str, light: str) -> None:
    b.disc(cx, base - h + w / 2, w / 2, w / 2, inside)
    b.rect(cx - w / 2, base - h + w / 2, w, h - w / 2, inside)
    b.glow(cx, base - h * 0.66, w * 0.4, h * 0.4, light, 0.4)


def _bricks(b: Board, tone: str, size: float) -> None:
    rows, columns = int(b.h / size) + 1, int(b.w / (2.2 * size)) + 2
    for row in range(rows):
        for n in range(columns):
            x, y = (n - 0.5 * (row % 2)) * 2.2 * size, row * size
            b.rect(x, y, 2.2 * size - 2, size - 2, mix(tone, b.random.choice(("#000000", "#ffffff")), b.random.uniform(0, 0.12)))


def arches() -> Board:
    """Brick arches lit from within, people at work under them."""
    b = Board(1280, 800, "#1a2236", seed=101)
    _bricks(b, "#2a3450", 22)
    for n, (cx, light) in enumerate(((230, "#7fd0ff"), (640, "#d9f07a"), (1050, "#ff9a6a"))):
        _arch(b, cx, 700, 340, 520, mix("#10182a", "#24365a", 0.3 + 0.2 * (n == 1)), light)
        b.arc(cx, 350, 184, 180, 360, 30, "#3a4768")
        b.line([(cx - 60, 190), (cx + 60, 190)], 9, mix(light, "#ffffff", 0.6))
        b.poly([(cx - 60, 196), (cx + 60, 196), (cx + 150, 700), (cx - 150, 700)], light, alpha=0.16, blur=18)
    b.rect(0, 690, 1280, 110, "#131a2a", "#0a0f1a")
    for n in range(16):
        b.line([(n * 92 - 40, 800), (300 + n * 44, 692)], 2, "#1f2a40")
    _bar(b, 652, 548, 58, "#d9483b")
    pose(b, "squat", 640, 716, 58, ("#c98f6b", "#c9ef3f", "#141c2c", "#2a1a12"))
    pose(b, "swing", 228, 712, 52, ("#6b4130", "#ff7a50", "#1a2334", "#0e0a0a"))
    b.disc(304, 566, 24, 22, "#0c1018", "#3a4458")
    b.arc(304, 548, 14, 180, 360, 7, "#3a4458")
    pose(b, "run", 1040, 716, 54, ("#f0c7a4", "#9fd0ff", "#22304a", "#8a4a24"), flip=True)
    b.glow(640, 300, 520, 260, "#d9f07a", 0.12)
    b.vignette("#04070e", 0.6)
    return b


def _room(seed: int, wall: str, light: str) -> Board:
    b = Board(600, 420, wall, mix(wall, "#000000", 0.35), seed=seed)
    _bricks(b, mix(wall, "#000000", 0.1), 20)
    b.poly([(330, -20), (470, -20), (590, 360), (150, 360)], light, alpha=0.2, blur=18)
    b.rect(0, 344, 600, 76, mix(wall, "#000000", 0.62), mix(wall, "#000000", 0.8))
    return b


def barbell() -> Board:
    """A lifter under a loaded bar."""
    b = _room(102, "#2c3c5e", "#d9f07a")
    _bar(b, 306, 190, 66, "#d9483b")
    pose(b, "squat", 296, 372, 62, ("#6b4130", "#c9ef3f", "#10182a", "#17100e"))
    return b


def rower() -> Board:
    """A rower at the catch."""
    b = _room(103, "#3a2c4a", "#ff9a6a")
    b.line([(120, 356), (480, 336)], 14, "#c8ccd4")
    b.disc(474, 292, 48, 48, "#10141c", "#3a4458")
    b.disc(474, 292, 20, 20, "#ff7a50")
    b.rect(196, 318, 76, 14, "#10141c", r=7)
    pose(b, "row", 262, 360, 70, ("#e0b08a", "#ff7a50", "#1a2334", "#3a2418"))
    b.line([(282, 264), (450, 276)], 4, "#e6eaf0")
    return b


def kettle() -> Board:
    """A kettlebell at the top of its swing."""
    b = _room(104, "#1f4a4a", "#9fe6d0")
    pose(b, "swing", 270, 372, 68, ("#f0c7a4", "#1a2334", "#0d141f", "#8a4a24"))
    b.disc(382, 174, 32, 30, "#0c1018", "#4a5670")
    b.arc(378, 148, 18, 170, 370, 9, "#4a5670")
    return b


def stretch() -> Board:
    """Somebody on a mat, upside down and calm."""
    b = _room(105, "#4a3a34", "#ffe0a8")
    b.poly([(70, 366), (520, 366), (560, 392), (40, 392)], "#c9ef3f", "#9cc02a")
    pose(b, "stretch", 270, 372, 74, ("#8d5a3c", "#edf3fc", "#22304a", "#1c1210"))
    return b


def trainer(look: Look, wall: str, seed: int) -> Board:
    """A coach before painted brick."""
    b = Board(480, 540, wall, seed=seed)
    _bricks(b, wall, 26)
    b.glow(360, 100, 300, 320, "#ffffff", 0.22)
    bust(b, look, 240, 150, 22)
    b.line([(206, 400), (240, 452), (274, 400)], 5, "#10141c")
    b.rect(226, 448, 28, 34, "#c9ef3f", r=6)
    b.vignette("#05080f", 0.45)
    return b


COACHES: dict[str, tuple[Look, str]] = {
    "bea": (Look("#6b4130", "#17100e", "#22304a", "curls"), "#7a9a2a"),
    "tom": (Look("#f0c7a4", "#a85a2c", "#2a3a2a", "beard"), "#c25a38"),
    "suki": (Look("#e6b88e", "#141014", "#c9d2e0", "bun"), "#34507e"),
}
"""Who teaches, and the wall behind them."""


def plates() -> Board:
    """A rack of iron plates seen edge and face."""
    b = Board(1280, 720, "#26344f", "#141c2c", seed=109)
    for row in range(2):
        y = 200 + row * 330
        b.rect(0, y + 112, 1280, 26, "#10182a")
        for n in range(7):
            x, r = 90 + n * 184, (128, 104, 118, 84, 128, 96, 110)[(n + row * 3) % 7]
            tone = ("#d9483b", "#34507e", "#c9a23c", "#3a4458", "#5a7a2a")[(n + row) % 5]
            b.disc(x + 10, y + 14, r, r, "#000000", alpha=0.5, blur=14)
            b.disc(x, y, r, r, mix(tone, "#ffffff", 0.14), mix(tone, "#000000", 0.36))
            b.arc(x, y, r * 0.82, 0, 360, 4, mix(tone, "#000000", 0.4))
            b.disc(x, y, r * 0.5, r * 0.5, mix(tone, "#000000", 0.3), mix(tone, "#000000", 0.1))
            b.disc(x, y, r * 0.2, r * 0.2, "#c8ccd4", "#6a7488")
            b.disc(x, y, r * 0.12, r * 0.12, "#0c1018")
            for notch in range(3):
                a = notch * 2.09 + 0.5
                b.disc(x + 0.66 * r * math.cos(a), y + 0.66 * r * math.sin(a), r * 0.1, r * 0.1, mix(tone, "#000000", 0.5))
    b.vignette("#04070e", 0.6)
    return b


def viaduct() -> Board:
    """The viaduct at six in the morning, one arch open and lit."""
    b = Board(1280, 720, "#1c2a4a", "#e08a5a", seed=110)
    b.glow(980, 420, 420, 200, "#ffc98a", 0.6)
    b.rect(0, 210, 1280, 440, "#2a2f44", "#1a1e2e")
    b.rect(0, 196, 1280, 22, "#3a4058")
    b.rect(470, 148, 520, 50, "#141824", r=8)
    for n in range(11):
        b.rect(490 + n * 45, 158, 30, 20, "#ffd98a")
    for n in range(5):
        cx = 130 + n * 256
        lit = n == 3
        b.disc(cx, 420, 96, 96, "#ffd98a" if lit else "#c97a58")
        b.rect(cx - 96, 420, 192, 230, "#ffb86a" if lit else "#b0694e", "#ff9a4a" if lit else "#8a5040")
        b.arc(cx, 420, 112, 180, 360, 16, "#4a5068")
    _bar(b, 900, 540, 34, "#3a2a2a")
    pose(b, "squat", 896, 644, 36, ("#3a2a2a", "#3a2a2a", "#2a1c1c", "#1c1414"))
    b.rect(0, 646, 1280, 74, "#141824", "#0a0d14")
    for n, x in enumerate((220, 300, 400)):
        pose(b, "run", x, 690 - n * 6, 26, ("#141824", "#0e121c", "#0a0d14", "#0a0d14"))
    return b


# -- Tideway ----------------------------------------------------------------------------------------------------------------


def river(width: int, height: int) -> Board:
    """An eight on a wide pale river, houses and poplars behind."""
    b = Board(width, height, "#bfe0ea", "#f4f1e4", seed=111)
    k = width / 1280
    b.glow(width * 0.75, height * 0.26, 260 * k, 200 * k, "#fffbe8", 0.9)
    for n in range(30):
        x, h = n * 46 * k, b.random.uniform(60, 170) * k
        b.blob(
            [
                (x, height * 0.48),
                (x + 14 * k, height * 0.48 - h),
                (x + 34 * k, height * 0.48 - h * 0.9),
                (x + 50 * k, height * 0.48),
            ],
            mix("#7fae8c", "#bcd8c0", b.random.random()),
        )
    for n in range(9):
        x, h = (60 + n * 140) * k, b.random.uniform(40, 74) * k
        b.poly(
            [
                (x, height * 0.49),
                (x, height * 0.49 - h),
                (x + 34 * k, height * 0.49 - h - 26 * k),
                (x + 68 * k, height * 0.49 - h),
                (x + 68 * k, height * 0.49),
            ],
            ("#f7efe0", "#e6b8a0", "#d0dce0")[n % 3],
        )
    b.rect(0, height * 0.48, width, height * 0.52, "#a9d4de", "#5fa3b8")
    for _ in range(150):
        t = b.random.random()
        y, x, long = height * (0.5 + 0.5 * t), b.random.uniform(0, width), (20 + 110 * t) * k
        b.line([(x, y), (x + long, y)], (1 + 3 * t) * k, b.random.choice(("#e9f6f8", "#4a8fa8", "#cfe9ee")), alpha=0.6)
    y = height * 0.68
    b.disc(660 * k, y + 22 * k, 470 * k, 14 * k, "#2f6a80", alpha=0.5, blur=8)
    b.blob(
        [(160 * k, y), (240 * k, y - 12 * k), (1080 * k, y - 12 * k), (1170 * k, y), (1060 * k, y + 16 * k), (260 * k, y + 16 * k)],
        "#0b5c7a",
        "#083f56",
    )
    for n in range(8):
        x = (300 + n * 94) * k
        b.line([(x + 18 * k, y - 30 * k), (x - 96 * k, y + 62 * k)], 5 * k, "#f7f4ea")
        b.poly(
            [(x - 96 * k, y + 56 * k), (x - 128 * k, y + 74 * k), (x - 118 * k, y + 90 * k), (x - 88 * k, y + 70 * k)], "#f2795b"
        )
        b.line([(x, y - 8 * k), (x - 18 * k, y - 62 * k)], 27 * k, "#f7f4ea" if n % 2 else "#0e6f90")
        b.line([(x - 16 * k, y - 52 * k), (x + 22 * k, y - 32 * k)], 10 * k, ("#c98f6b", "#f0c7a4", "#6b4130")[n % 3])
        b.disc(x - 22 * k, y - 88 * k, 14 * k, 16 * k, ("#c98f6b", "#f0c7a4", "#6b4130")[n % 3])
        b.disc(x - 24 * k, y - 95 * k, 14 * k, 10 * k, ("#2a1a12", "#8a4a24", "#17100e", "#d9c9a0")[n % 4])
    return b


def boathouse() -> Board:
    """Racks of oars with painted blades against white boards."""
    b = Board(1280, 720, "#eef5f6", "#d3e4e9", seed=113)
    for n in range(33):
        b.line([(n * 40, 0), (n * 40, 720)], 2, "#c3d6dc")
    for y in (210, 470):
        b.rect(0, y, 1280, 20, "#b98a5a", "#8f6438")
    for n in range(20):
        x = 44 + n * 64
        b.line([(x + 8, 130), (x + 8, 720)], 12, "#4a5a60", alpha=0.24, blur=6)
        b.line([(x, 130), (x, 720)], 11, "#e6c89a")
        b.line([(x - 3, 130), (x - 3, 720)], 3, "#f7e6c8")
        tone = ("#0b5c7a", "#f2795b", "#f7f4ea", "#2f8aa0", "#1c3f50")[n % 5]
        b.blob([(x - 26, 30), (x + 26, 30), (x + 22, 150), (x, 170), (x - 22, 150)], mix(tone, "#ffffff", 0.14), tone)
        b.line([(x - 16, 84), (x + 16, 84)], 9, "#f7f4ea" if n % 5 != 2 else "#0b5c7a")
    b.glow(1080, 90, 420, 260, "#ffffff", 0.4)
    return b


# -- Ember ------------------------------------------------------------------------------------------------------------------


def ring(width: int, height: int) -> Board:
    """Two boxers under ring lights, ropes across, the hall black."""
    b = Board(width, height, "#1a0c0c", "#2a1210", seed=121)
    k = width / 1280
    for n in range(4):
        x = (420 + n * 170) * k
        b.poly(
            [(x - 26 * k, 40 * k), (x + 26 * k, 40 * k), (x + 220 * k, height * 0.84), (x - 220 * k, height * 0.84)],
            "#ffcf8a",
            alpha=0.16,
            blur=18,
        )
        b.rect(x - 46 * k, 22 * k, 92 * k, 22 * k, "#0a0606")
        b.rect(x - 38 * k, 42 * k, 76 * k, 6 * k, "#fff0c8")
    for _ in range(46):
        b.disc(
            b.random.uniform(0, width),
            height * b.random.uniform(0.48, 0.66),
            16 * k,
            19 * k,
            mix("#2a1412", "#120808", b.random.random()),
        )
    b.poly(
        [(60 * k, height * 0.8), (width - 60 * k, height * 0.8), (width + 120 * k, height), (-120 * k, height)],
        "#8a4a34",
        "#3a1a14",
    )
    for n in range(3):
        y = height * (0.5 + 0.1 * n)
        b.line([(0, y + 14 * k), (width, y)], 7 * k, ("#d9d0c4", "#b83a2a", "#d9d0c4")[n])
    pose(b, "guard", 700 * k, height * 0.9, 96 * k, ("#8d5a3c", "#b83a2a", "#1a1010", "#17100e"))
    pose(b, "guard", 1010 * k, height * 0.9, 96 * k, ("#e0b08a", "#e6a03a", "#241414", "#3a2418"), flip=True)
    for x, y in ((772, 0.9), (830, 0.9), (938, 0.9), (880, 0.9)):
        b.disc(x * k, height * y - 322 * k, 27 * k, 25 * k, "#c9302a", "#7a1814")
    b.vignette("#060202", 0.65)
    return b


def bags() -> Board:
    """Heavy bags in a row, chains taut, one of them swinging."""
    b = Board(1280, 720, "#3a1a16", "#160a0a", seed=123)
    _bricks(b, "#3a1c18", 24)
    b.rect(0, 40, 1280, 26, "#0e0606")
    for n in range(7):
        x, lean = 110 + n * 178, 60 if n == 3 else 0
        b.line([(x, 60), (x + lean * 0.4, 190)], 7, "#8a8078")
        b.disc(x + lean + 20, 690, 90, 14, "#000000", alpha=0.6, blur=12)
        tone = ("#5a2418", "#2a2422", "#7a3a1c")[n % 3]
        quad = [(x - 52 + lean * 0.4, 190), (x + 52 + lean * 0.4, 190), (x + 56 + lean, 620), (x - 56 + lean, 620)]
        b.poly(quad, mix(tone, "#ffcf8a", 0.2), mix(tone, "#000000", 0.4))
        b.poly(
            [(x + 10 + lean * 0.4, 190), (x + 40 + lean * 0.4, 190), (x + 44 + lean, 620), (x + 14 + lean, 620)],
            mix(tone, "#ffcf8a", 0.4),
            alpha=0.5,
        )
        for band in range(3):
            y = 250 + band * 140
            off = lean * (0.4 + 0.6 * (y - 190) / 430)
            b.line([(x - 53 + off, y), (x + 53 + off, y)], 9, mix(tone, "#000000", 0.55))
    b.glow(640, 120, 620, 260, "#ffb86a", 0.28)
    b.vignette("#060202", 0.6)
    return b


# -- marks ------------------------------------------------------------------------------------------------------------------


def plate_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """A loaded bar from the front, leaning."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("path", (14, 12, 24, 12, 20, 52, 10, 52), first),
        ("path", (44, 12, 54, 12, 50, 52, 40, 52), first),
        ("path", (4, 29, 61, 29, 60, 35, 3, 35), second),
        ("path", (28, 20, 37, 20, 35, 44, 26, 44), second),
    )


def oar_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """Two crossed oars."""
    return (
        ("rect", (0, 0, 64, 64, 32), ground),
        ("path", (10, 6, 22, 12, 20, 20, 50, 52, 47, 56, 16, 23, 8, 20), first),
        ("path", (54, 6, 42, 12, 44, 20, 14, 52, 17, 56, 48, 23, 56, 20), second),
    )


def flame_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """A flame in a fist-wide drop."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("path", (34, 4, 50, 26, 52, 42, 42, 58, 22, 58, 12, 42, 16, 28, 24, 36), first),
        ("path", (33, 30, 41, 44, 37, 54, 27, 54, 23, 45), second),
    )


def _ironwell_logo(ink: str, mark_: str, scale: int) -> bytes:
    mark = placed(plate_mark("", mark_, ink)[1:], "translate(-2 0) scale(.625)")
    return sign((150 * scale, 40 * scale), (150, 40), mark, (Spaced("IRONWELL", 44, 29, 24, ink, 0.2, 700),), font=NARROW)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Ironwell: lime and coral on midnight."""
    yield from icon_files(SKELETON, "ironwell", plate_mark("#0F1624", "#C9EF3F", "#EDF3FC"))
    for tone, ink, mark in (("pale", "#EDF3FC", "#C9EF3F"), ("lime", "#C9EF3F", "#EDF3FC")):
        yield f"{SKELETON}/assets/logos/ironwell-{tone}.svg", _ironwell_logo(ink, mark, 1)
        yield f"{SKELETON}/assets/logos/ironwell-{tone}-2x.svg", _ironwell_logo(ink, mark, 2)
    drawn: tuple[tuple[str, Callable[[], Board], int], ...] = (
        ("arches", arches, 52),
        ("barbell", barbell, 54),
        ("rower", rower, 54),
        ("kettle", kettle, 54),
        ("stretch", stretch, 54),
        ("plates", plates, 52),
        ("viaduct", viaduct, 52),
    )
    for name, artist, quality in drawn:
        yield f"{SKELETON}/assets/images/{name}.jpg", artist().jpeg(quality, 3)
    for number, (name, (look, wall)) in enumerate(COACHES.items()):
        yield f"{SKELETON}/assets/images/{name}.jpg", trainer(look, wall, 115 + number).jpeg(52, 3)


def tideway() -> Iterator[tuple[str, bytes]]:
    """Tideway Rowing Gym: river light, deep teal and coral."""
    yield from icon_files(TIDEWAY, "tideway", oar_mark("#F3F8F9", "#0B5C7A", "#F2795B"))
    for tone, ink, first, second in (("deep", "#0B5C7A", "#0B5C7A", "#F2795B"), ("ink", "#0E2630", "#0E2630", "#0B5C7A")):
        mark = placed(oar_mark("", first, second)[1:], "translate(-2 0) scale(.7)")
        words = (Spaced("Tideway", 48, 25, 24, ink, 0, 700), Spaced("ROWING GYM", 49, 40, 11, ink, 2.6))
        yield f"{TIDEWAY}/assets/logos/tideway-{tone}.svg", sign((154, 46), (154, 46), mark, words, font=WIDE)
    yield f"{TIDEWAY}/assets/images/tideway-eight.jpg", river(1280, 800).jpeg(54, 3)
    yield f"{TIDEWAY}/assets/images/tideway-oars.jpg", boathouse().jpeg(52, 3)
    yield f"{TIDEWAY}/assets/images/tideway-og.jpg", river(1200, 630).jpeg(56, 0)


def ember() -> Iterator[tuple[str, bytes]]:
    """Ember Boxing: amber on a black that is nearly red."""
    yield from icon_files(EMBER, "ember", flame_mark("#170C0C", "#FFB347", "#170C0C"))
    for tone, ink, first in (("amber", "#FFE9DC", "#FFB347"), ("pale", "#FFE9DC", "#FFE9DC")):
        mark = placed(flame_mark("", first, "#7A3A20")[1:], "translate(-6 0) scale(.7)")
        words = (Spaced("EMBER", 40, 25, 23, ink, 2, 700), Spaced("boxing club", 41, 40, 13, ink, 0.6))
        yield f"{EMBER}/assets/logos/ember-{tone}.svg", sign((142, 44), (142, 44), mark, words, font=SLAB)
    yield f"{EMBER}/assets/images/ember-ring.jpg", ring(1280, 800).jpeg(54, 3)
    yield f"{EMBER}/assets/images/ember-bags.jpg", bags().jpeg(52, 3)
    yield f"{EMBER}/assets/images/ember-og.jpg", ring(1200, 630).jpeg(56, 0)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from tideway()
    yield from ember()
