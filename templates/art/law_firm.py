"""Pictures of Tallis Wren, solicitors, and of the two firms that take their site over: arcades, books, stairs and the partners."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from art.scenery import mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Face, Point, Table, person

HOME = "templates/law-firm"
MERROW = "requirements/merrow-stone-01"
ASH = "requirements/ashgrove-kline-02"
SERIF = "Georgia, 'Liberation Serif', serif"


@dataclass(frozen=True)
class Stone:
    """The colours of a building: lit stone, stone in shade, what is seen behind, wood, and the light."""

    lit: str
    shade: str
    sky: tuple[str, str]
    wood: str
    light: str


ROSE = Stone("#e8cdb6", "#6a4a42", ("#f7dcb8", "#e0a884"), "#5a3424", "#fff0d2")
CHALK = Stone("#f4f6f9", "#7d8fa8", ("#bcd3ec", "#f3f8fd"), "#8a6a3c", "#ffffff")
BRONZE = Stone("#6a5334", "#120f0c", ("#1b3a37", "#0d1716"), "#3a2a18", "#e0b878")


def arcade(size: tuple[int, int], stone: Stone, seed: int) -> Table:
    """A covered walk: columns and arches that recede, light falling between them on the floor."""
    w, h = size
    t = Table(w, h, stone.sky, seed)
    far: Point = (w * 0.36, h * 0.5)
    t.light(*far, w * 0.3, h * 0.4, stone.light, 0.9)
    t.poly(
        [far, (w * 1.05, h * 0.86), (w * 1.05, h * 1.05), (-w * 0.1, h * 1.05), (-w * 0.1, h * 0.72)],
        (mix(stone.lit, stone.shade, 0.2), mix(stone.lit, stone.shade, 0.55)),
    )
    t.poly([far, (w * 1.05, -h * 0.3), (-w * 0.1, -h * 0.3), (-w * 0.1, h * 0.1)], (mix(stone.shade, "#000000", 0.2), stone.shade))
    t.poly([far, (-w * 0.1, -h * 0.1), (-w * 0.1, h * 0.84)], (stone.shade, mix(stone.shade, stone.lit, 0.35), "h"))
    for n in range(11):
        s = 0.035 * 1.5**n
        x = far[0] + w * 0.62 * s
        top, foot, wide = far[1] - h * 0.6 * s, far[1] + h * 0.47 * s, w * 0.058 * s
        beam_end = far[0] - w * 0.7 * s
        t.beam(
            [
                (x + wide * 1.4, foot),
                (x + wide * 4.4, foot + h * 0.02 * s),
                (beam_end + w * 0.2 * s, foot + h * 0.1 * s),
                (beam_end, foot + h * 0.07 * s),
            ],
            stone.light,
            0.5,
            3 + 6 * s,
        )
        t.arc(x + w * 0.155 * s, top, w * 0.16 * s, 180, 360, max(2.0, 26 * s), mix(stone.lit, stone.shade, 0.35))
        t.rect(x - wide * 0.9, foot - h * 0.02 * s, wide * 1.8, h * 0.04 * s, (stone.lit, stone.shade, "h"))
        t.rect(x - wide / 2, top, wide, foot - top, (stone.shade, stone.lit, "h"))
        t.rect(x + wide * 0.2, top, wide * 0.22, foot - top, mix(stone.lit, "#ffffff", 0.5), alpha=0.5, blur=2 + 3 * s)
        t.rect(x - wide * 0.8, top - h * 0.012 * s, wide * 1.6, h * 0.045 * s, (stone.lit, mix(stone.lit, stone.shade, 0.5)))
        arch = far[0] - w * 0.4 * s
        t.arc(arch, top - h * 0.02 * s, w * 0.34 * s, 200, 350, max(1.5, 18 * s), mix(stone.shade, stone.lit, 0.25), alpha=0.8)
    for x, tall, ink in ((0.42, 0.12, "#2a1f22"), (0.445, 0.11, "#4a2c3a")):
        cx, foot = w * x, h * 0.62
        t.ellipse(cx, foot, h * 0.03, h * 0.006, "#000000", alpha=0.4, blur=3)
        t.poly(
            [
                (cx - h * 0.018, foot),
                (cx - h * 0.014, foot - h * tall * 0.75),
                (cx + h * 0.014, foot - h * tall * 0.75),
                (cx + h * 0.02, foot),
            ],
            ink,
        )
        t.ellipse(cx, foot - h * tall * 0.86, h * 0.011, h * 0.014, "#8d6a58")
    t.grain(5)
    return t


def facade(size: tuple[int, int], stone: Stone, seed: int) -> Table:
    """A court house from the foot of its steps: eight columns under a pediment."""
    w, h = size
    t = Table(w, h, stone.sky, seed)
    for _ in range(16):
        t.ellipse(t.dice(0, w), h * t.dice(0.04, 0.34), t.dice(50, 150), t.dice(10, 24), "#ffffff", alpha=0.4, blur=14)
    left, right, top, foot = w * 0.12, w * 0.98, h * 0.4, h * 0.84
    t.rect(left + 20, top, right - left - 40, foot - top, (mix(stone.shade, "#0e2440", 0.3), mix(stone.shade, "#0e2440", 0.55)))
    for n in range(7):
        x = left + (right - left) * (n + 1) / 8
        t.rect(x - w * 0.021, h * 0.56, w * 0.042, foot - h * 0.56, ("#2a3a50", "#14202f"), 3)
        t.rect(x - w * 0.016, h * 0.47, w * 0.032, h * 0.065, ("#f4d38c", "#c9964a") if n in (2, 5) else ("#3a4c66", "#24344a"), 2)
    for n in range(8):
        x = left + (right - left) * (n + 0.5) / 8
        wide = w * 0.043
        t.rect(x - wide / 2 + 14, top + 8, wide, foot - top, "#0e2440", alpha=0.35, blur=9)
        t.rect(x - wide / 2, top, wide, foot - top, (stone.lit, stone.shade, "h"))
        for k in range(6):
            t.rect(x - wide / 2 + wide * (0.1 + 0.15 * k), top + 12, wide * 0.05, foot - top - 24, stone.shade, alpha=0.35)
        t.rect(x - wide * 0.72, top - 4, wide * 1.44, 18, (mix(stone.lit, "#ffffff", 0.4), mix(stone.lit, stone.shade, 0.3)), 3)
        t.rect(x - wide * 0.7, foot - 16, wide * 1.4, 18, (stone.lit, mix(stone.lit, stone.shade, 0.4)), 3)
    t.rect(left - 26, top - 62, right - left + 52, 60, (mix(stone.lit, "#ffffff", 0.3), mix(stone.lit, stone.shade, 0.35)))
    for n in range(44):
        t.rect(left - 20 + n * (right - left + 40) / 44, top - 12, 12, 9, mix(stone.lit, stone.shade, 0.6))
    mid = (left + right) / 2
    t.poly(
        [(left - 44, top - 62), (mid, h * 0.1), (right + 44, top - 62)],
        (mix(stone.lit, "#ffffff", 0.3), mix(stone.lit, stone.shade, 0.25)),
    )
    t.poly(
        [(left + 60, top - 78), (mid, h * 0.145), (right - 60, top - 78)],
        (mix(stone.lit, stone.shade, 0.5), mix(stone.lit, stone.shade, 0.28)),
    )
    t.ellipse(mid, top - 138, 44, 44, ("#d9b46a", "#a97e35"))
    t.rect(mid - 4, top - 170, 8, 62, "#6a4c1c")
    t.rect(mid - 34, top - 162, 68, 5, "#6a4c1c")
    for side in (-34, 34):
        t.arc(mid + side, top - 146, 14, 0, 180, 4, "#6a4c1c")
    for n in range(7):
        t.rect(
            left - 30 - n * 34,
            foot + n * h * 0.024,
            right - left + 60 + n * 68,
            h * 0.027,
            (mix(stone.lit, "#ffffff", 0.35), mix(stone.lit, stone.shade, 0.42)),
        )
    for x, s, ink in ((0.3, 1.0, "#17355c"), (0.36, 1.05, "#2a2a30"), (0.72, 0.9, "#6a4c1c")):
        cx, ground = w * x, h * 0.95
        t.poly([(cx - 16 * s, ground), (cx - 13 * s, ground - 88 * s), (cx + 13 * s, ground - 88 * s), (cx + 17 * s, ground)], ink)
        t.ellipse(cx, ground - 102 * s, 11 * s, 13 * s, "#b98a6c")
        t.poly(
            [(cx + 4, ground), (cx + 120, ground + 14), (cx + 130, ground + 22), (cx - 6, ground + 6)], "#0e2440", alpha=0.3, blur=5
        )
    t.grain(4)
    return t


def library(size: tuple[int, int], stone: Stone, inks: tuple[str, ...], seed: int) -> Table:
    """Shelves of bound reports, a ladder and a reading lamp."""
    w, h = size
    t = Table(w, h, (mix(stone.wood, "#000000", 0.35), mix(stone.wood, "#000000", 0.5)), seed)
    rows = 5
    for row in range(rows):
        shelf = h * (row + 1) / rows - 12
        x = 0.0
        while x < w:
            wide, tall = t.dice(14, 40), h / rows * t.dice(0.62, 0.84)
            ink = inks[int(t.dice(0, len(inks) - 0.01))]
            t.rect(x, shelf - tall, wide - 2, tall, (mix(ink, "#ffffff", 0.12), mix(ink, "#000000", 0.35), "h"), 2)
            if t.dice(0, 1) < 0.7:
                for y in (0.14, 0.2, 0.78):
                    t.rect(x + 2, shelf - tall * (1 - y), wide - 6, 3, stone.light, alpha=0.55)
            x += wide + (t.dice(20, 60) if t.dice(0, 1) < 0.05 else 0)
        t.rect(0, shelf, w, 14, (mix(stone.wood, "#ffffff", 0.18), stone.wood))
        t.rect(0, shelf + 14, w, 20, "#000000", alpha=0.4, blur=7)
    for x in (0.245, 0.5, 0.755):
        t.rect(w * x - 14, 0, 28, h, (mix(stone.wood, "#ffffff", 0.16), stone.wood, "h"))
    for lean in (0, 74):
        t.line([(w * 0.6 + lean, h), (w * 0.66 + lean, -10)], 12, mix(stone.wood, "#ffffff", 0.34))
    for n in range(9):
        y = h * (0.06 + 0.115 * n)
        x = w * 0.66 - (y / h) * w * 0.06
        t.line([(x, y), (x + 74, y)], 9, mix(stone.wood, "#ffffff", 0.28))
    t.light(w * 0.26, h * 0.4, w * 0.4, h * 0.6, stone.light, 0.34)
    t.light(w * 0.95, h * 0.8, w * 0.4, h * 0.6, "#000000", 0.45)
    t.grain(4)
    return t


def stairs(size: tuple[int, int], stone: Stone, seed: int) -> Table:
    """A winding stair seen from below, its steps opening around a skylight."""
    w, h = size
    t = Table(w, h, (mix(stone.lit, stone.shade, 0.3), mix(stone.lit, stone.shade, 0.5)), seed)
    cx, cy = w * 0.64, h * 0.42
    for turn in range(4, 0, -1):
        big = h * 0.3 * 1.5**turn
        small = big / 1.42
        for n in range(36):
            a, b = n * math.pi / 18, (n + 1) * math.pi / 18
            share = n / 36
            ink = mix(stone.lit, stone.shade, 0.12 + 0.62 * (0.5 + 0.5 * math.sin(a + turn * 1.3)) + 0.02 * turn)
            grow = 1 + 0.1 * share
            t.poly(
                [
                    (cx + small * grow * math.cos(a), cy + small * grow * math.sin(a)),
                    (cx + big * grow * math.cos(a), cy + big * grow * math.sin(a)),
                    (cx + big * grow * math.cos(b), cy + big * grow * math.sin(b)),
                    (cx + small * grow * math.cos(b), cy + small * grow * math.sin(b)),
                ],
                (mix(ink, "#ffffff", 0.12), ink),
            )
            t.line(
                [
                    (cx + small * grow * math.cos(a), cy + small * grow * math.sin(a)),
                    (cx + big * grow * math.cos(a), cy + big * grow * math.sin(a)),
                ],
                2,
                stone.shade,
                alpha=0.5,
            )
        t.arc(cx, cy, small * 1.04, 0, 360, 9, mix(stone.wood, "#000000", 0.2))
    t.ellipse(cx, cy, h * 0.3, h * 0.3, (stone.light, mix(stone.light, stone.sky[0], 0.6)))
    for n in range(8):
        a = n * math.pi / 4
        t.line([(cx, cy), (cx + h * 0.3 * math.cos(a), cy + h * 0.3 * math.sin(a))], 5, stone.shade, alpha=0.7)
    t.arc(cx, cy, h * 0.3, 0, 360, 14, mix(stone.wood, "#000000", 0.2))
    t.light(cx, cy, h * 0.6, h * 0.6, stone.light, 0.4)
    t.grain(4)
    return t


def boardroom(size: tuple[int, int]) -> Table:
    """A long table at night before tall windows and a lit city."""
    w, h = size
    t = Table(w, h, ("#0c0b0a", "#1b1712"), 17)
    t.rect(w * 0.04, h * 0.05, w * 0.92, h * 0.55, ("#10211f", "#2b4742"))
    t.light(w * 0.5, h * 0.6, w * 0.5, h * 0.24, "#c98a4a", 0.45)
    for n in range(40):
        x, wide, tall = (
            w * (0.04 + 0.92 * n / 40),
            w * 0.0225,
            h * (0.08 + 0.36 * abs(math.sin(n * 1.9)) * abs(math.sin(n * 0.37 + 0.4))),
        )
        t.rect(x, h * 0.6 - tall, wide, tall, (mix("#16201e", "#3a4a44", t.dice(0, 0.4)), "#0d1312"))
        for _ in range(int(tall / 15)):
            t.rect(x + t.dice(2, wide - 7), h * 0.6 - t.dice(6, tall), 4, 5, "#f0c98a", alpha=t.dice(0.25, 0.95))
    for n in range(7):
        t.rect(w * (0.04 + 0.1533 * n) - 7, 0, 14, h * 0.62, ("#2b2118", "#15100b", "h"))
    t.rect(0, h * 0.6, w, 14, "#2b2118")
    t.rect(0, h * 0.61, w, h * 0.4, ("#17120d", "#0c0a08"))
    for x in (0.22, 0.4, 0.6, 0.78):
        t.line([(w * x, 0), (w * x, h * 0.26)], 3, "#0a0807")
        t.light(w * x, h * 0.33, 170, 190, "#ffd79a", 0.42)
        t.poly(
            [(w * x - 34, h * 0.32), (w * x - 12, h * 0.26), (w * x + 12, h * 0.26), (w * x + 34, h * 0.32)], ("#8a6a3c", "#4a3820")
        )
        t.ellipse(w * x, h * 0.325, 28, 6, "#fff0cc")
    for side in (0, 1):
        for n in range(6):
            s = 0.6 + 0.12 * n
            x = w * (0.5 + (0.07 + 0.075 * n) * (1 if side else -1))
            y = h * (0.64 + 0.03 * n)
            t.rect(x - 36 * s, y, 72 * s, 96 * s, ("#3a2a1a", "#17110b"), 18 * s)
            t.rect(x - 36 * s, y, 72 * s, 7 * s, "#8a6a3c", 4, alpha=0.7)
    t.poly([(w * 0.4, h * 0.7), (w * 0.6, h * 0.7), (w * 1.02, h * 1.02), (-w * 0.02, h * 1.02)], ("#6a4a26", "#2a1c10"))
    t.poly([(w * 0.42, h * 0.705), (w * 0.58, h * 0.705), (w * 0.66, h * 0.8), (w * 0.34, h * 0.8)], "#ffd79a", alpha=0.28, blur=22)
    for n in range(5):
        x, y = w * (0.22 + 0.14 * n), h * (0.9 if n % 2 else 0.82)
        t.poly([(x, y), (x + 84, y), (x + 96, y + 34), (x - 8, y + 34)], ("#f3eee4", "#bdb29c"), alpha=0.9)
        for k in range(3):
            t.line([(x + 10, y + 9 + k * 8), (x + 74, y + 9 + k * 8)], 2, "#5a4a34", alpha=0.6)
    t.grain(6)
    return t


def partner(face: Face, wall: tuple[str, str], seed: int) -> Table:
    """A partner before panelling, light from the left."""
    t = Table(520, 620, wall, seed)
    for x in (40, 200, 360):
        t.rect(x, 40, 124, 300, mix(wall[0], "#000000", 0.12), 4, alpha=0.6)
        t.rect(x + 6, 46, 112, 288, (mix(wall[0], "#ffffff", 0.06), wall[1]), 3, alpha=0.8)
    t.rect(0, 372, 520, 14, mix(wall[0], "#ffffff", 0.16))
    t.light(70, 150, 300, 380, "#ffe9cf", 0.5)
    t.light(500, 520, 220, 320, "#1a0f10", 0.4)
    person(t, face, 262, 142, 216)
    t.light(120, 260, 160, 240, "#fff0d8", 0.14)
    t.grain(5)
    return t


WREN: tuple[Shape, ...] = (
    ("ring", (32, 32, 28, 2), "{line}"),
    ("rect", (18, 16, 28, 4, 0), "{line}"),
    ("rect", (30, 20, 4, 26, 0), "{line}"),
    ("rect", (22, 46, 20, 3, 0), "{line}"),
    ("circle", (20, 32, 5), "{spot}"),
    ("circle", (44, 32, 5), "{spot}"),
)
ANCHOR: tuple[Shape, ...] = (
    ("poly", (4, 54, 18, 12, 28, 34, 20, 54), "{line}"),
    ("poly", (60, 54, 46, 12, 36, 34, 44, 54), "{line}"),
    ("poly", (32, 30, 41, 44, 32, 58, 23, 44), "{spot}"),
)
ASHES: tuple[Shape, ...] = (
    ("rect", (6, 6, 52, 52, 0), "{line}"),
    ("poly", (14, 52, 30, 12, 34, 12, 50, 52, 43, 52, 32, 24, 21, 52), "{spot}"),
    ("rect", (24, 40, 16, 5, 0), "{spot}"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Tallis Wren: plaster, plum and old timber."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "tallis", "#F2DFD4", tinted(WREN, line="#4A2C3A", spot="#74420C"))
    for tone, ink, spot in (("dark", "#241A1C", "#74420C"), ("light", "#FFE2CC", "#DEC8BB")):
        words = (Word("Tallis Wren", 62, 29, 26, 140, SERIF), Word("SOLICITORS", 63, 45, 11, 96, SERIF))
        for suffix, size in (("", (208, 52)), ("-2x", (416, 104))):
            yield (
                f"{HOME}/assets/logos/tallis-{tone}{suffix}.svg",
                wordmark(size, (208, 52), tinted(WREN, line=ink, spot=spot), (2, 1, 50), ink, words),
            )
    yield f"{images}/court.jpg", arcade((1280, 820), ROSE, 3).jpeg(52)
    faces = {
        "wren": (Face("#efc9ac", "#b9b2aa", "#4a2c3a", "bob", "suit", True), ("#8a6a5c", "#5a4038")),
        "adeyemi": (Face("#6f452d", "#14100e", "#26303f", "short", "suit", False, True), ("#a8846a", "#6a4a3a")),
        "larkin": (Face("#f0cbb0", "#8a3f22", "#3a4a3e", "long", "suit"), ("#7a6a5a", "#4a3c34")),
        "hale": (Face("#e2b08c", "#5a3f2a", "#5a4632", "swept", "collar", False, True), ("#98806a", "#5c483a")),
    }
    for n, (name, (face, wall)) in enumerate(faces.items()):
        yield f"{images}/{name}.jpg", partner(face, wall, 60 + n).jpeg(56)
    books = ("#5a2a30", "#74420c", "#3a2a30", "#8a6a48", "#40342a")
    yield f"{images}/library.jpg", library((1280, 760), ROSE, books, 5).jpeg(38)
    yield f"{images}/stairs.jpg", stairs((1280, 760), ROSE, 8).jpeg(44)


def merrow() -> Iterator[tuple[str, bytes]]:
    """Merrow & Stone: chalk, navy and brass."""
    yield from marks(MERROW, "merrow", "#FFFFFF", tinted(ANCHOR, line="#17355C", spot="#BE9549"))
    words = (Word("Merrow &amp; Stone", 58, 27, 22, 150, SERIF), Word("ATTORNEYS", 59, 43, 11, 84, SERIF))
    yield (
        f"{MERROW}/assets/logos/merrow-navy.svg",
        wordmark((212, 52), (212, 52), tinted(ANCHOR, line="#17355C", spot="#BE9549"), (0, 2, 48), "#121A26", words),
    )
    yield (
        f"{MERROW}/assets/logos/merrow-white.svg",
        wordmark((196, 48), (212, 52), tinted(ANCHOR, line="#FDFEFF", spot="#BE9549"), (0, 2, 48), "#FDFEFF", words),
    )
    yield f"{MERROW}/assets/images/merrow-court.jpg", facade((1280, 820), CHALK, 21).jpeg(58)
    yield f"{MERROW}/assets/images/merrow-stair.jpg", stairs((1280, 760), CHALK, 23).jpeg(54)
    yield f"{MERROW}/assets/images/merrow-og.jpg", facade((1200, 630), CHALK, 21).jpeg(58)


def ashgrove() -> Iterator[tuple[str, bytes]]:
    """Ashgrove Kline: bronze, green glass and late hours."""
    yield from marks(ASH, "ashgrove", "#12110F", tinted(ASHES, line="#6B4A1A", spot="#F3EEE4"))
    words = (Word("ASHGROVE", 62, 24, 19, 118, SERIF), Word("KLINE", 62, 44, 19, 66, SERIF))
    yield (
        f"{ASH}/assets/logos/ashgrove-ivory.svg",
        wordmark((186, 52), (186, 52), tinted(ASHES, line="#6B4A1A", spot="#F3EEE4"), (2, 1, 50), "#F3EEE4", words),
    )
    yield (
        f"{ASH}/assets/logos/ashgrove-white.svg",
        wordmark((172, 48), (186, 52), tinted(ASHES, line="#FFFFFF", spot="#1B3A37"), (2, 1, 50), "#FFFFFF", words),
    )
    yield f"{ASH}/assets/images/ashgrove-table.jpg", boardroom((1280, 820)).jpeg(58)
    shelves = ("#3a2a18", "#1b3a37", "#5a4526", "#241c12", "#6b4a1a")
    yield f"{ASH}/assets/images/ashgrove-reports.jpg", library((1280, 760), BRONZE, shelves, 25).jpeg(50)
    yield f"{ASH}/assets/images/ashgrove-og.jpg", boardroom((1200, 630)).jpeg(58)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from merrow()
    yield from ashgrove()
