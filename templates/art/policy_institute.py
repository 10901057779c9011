"""Pictures of the Kerb Institute, and of two institutes that take its site over: streets from above, rivers, heat."""

from __future__ import annotations

import math
from collections.abc import Iterator

from art.scenery import mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Ink, Point, Table

HOME = "templates/policy-institute"
WATER = "requirements/commonwater-01"
COLD = "requirements/coldharbour-02"
PLAIN = "'DejaVu Sans Condensed', Verdana, sans-serif"
SERIF = "Georgia, 'Liberation Serif', serif"


# -- the street -----------------------------------------------------------------------------------------------------------


def crown(t: Table, x: float, y: float, r: float, ink: str) -> None:
    """A tree seen from above, its shade to the lower right."""
    t.ellipse(x + r * 0.3, y + r * 0.34, r * 1.04, r * 1.0, "#12140f", alpha=0.42, blur=6)
    for n in range(11):
        a = n * 2 * math.pi / 11
        t.ellipse(
            x + r * 0.62 * math.cos(a),
            y + r * 0.62 * math.sin(a),
            r * 0.44,
            r * 0.44,
            mix(ink, "#0c1f10", 0.28 if math.sin(a) > 0 else 0.05),
        )
    t.ellipse(x, y, r * 0.72, r * 0.7, ink)
    for _ in range(12):
        a, away = t.dice(0, 6.28), r * t.dice(0, 0.7)
        t.ellipse(
            x - r * 0.14 + away * math.cos(a),
            y - r * 0.16 + away * math.sin(a),
            r * 0.17,
            r * 0.15,
            mix(ink, "#e8f0a8", t.dice(0.1, 0.35)),
        )


def bus(t: Table, x: float, y: float, long: float, ink: str) -> None:
    """A bus seen from above, going right."""
    wide = long * 0.24
    t.rect(x + 10, y + 14, long, wide, "#0a0b0d", 16, alpha=0.5, blur=8)
    t.rect(x, y, long, wide, (mix(ink, "#ffffff", 0.16), mix(ink, "#000000", 0.2)), 16)
    t.rect(x + long * 0.04, y + wide * 0.1, long * 0.9, wide * 0.8, mix(ink, "#ffffff", 0.12), 12)
    t.rect(x + long * 0.945, y + wide * 0.09, long * 0.035, wide * 0.82, "#16222c", 5)
    for n in range(3):
        t.rect(
            x + long * (0.14 + 0.26 * n),
            y + wide * 0.3,
            long * 0.13,
            wide * 0.4,
            (mix(ink, "#ffffff", 0.5), mix(ink, "#ffffff", 0.3)),
            5,
        )
    for side in (-1, wide + 1):
        t.rect(x + long * 0.93, y + side - 5, long * 0.02, 10, "#16181c", 3)


def car(t: Table, x: float, y: float, long: float, ink: str) -> None:
    """A car seen from above."""
    wide = long * 0.46
    t.rect(x + 6, y + 8, long, wide, "#0a0b0d", 18, alpha=0.5, blur=6)
    t.rect(x, y, long, wide, (mix(ink, "#ffffff", 0.24), mix(ink, "#000000", 0.18)), 18)
    t.rect(x + long * 0.2, y + wide * 0.09, long * 0.56, wide * 0.82, "#141c24", 12)
    t.rect(x + long * 0.3, y + wide * 0.1, long * 0.34, wide * 0.8, mix(ink, "#ffffff", 0.1), 8)


def walker(t: Table, x: float, y: float, coat: str, hair: str) -> None:
    """Somebody seen from above, with a long shadow."""
    t.line([(x, y), (x + 26, y + 32)], 13, "#0a0b0d", alpha=0.4, blur=4)
    t.ellipse(x, y, 17, 10, coat)
    t.ellipse(x, y - 1, 8, 8, hair)


def street(size: tuple[int, int]) -> Table:
    """A street from above: pavements, double lines, a bus at its stop, a crossing, trees, drains."""
    w, h = size
    t = Table(w, h, "#b9b4a4", 61)
    top, low = h * 0.16, h * 0.8
    for edge, step in ((0.0, top), (low, h)):
        for row in range(int((step - edge) / 44) + 1):
            for n in range(int(w / 62) + 2):
                x, y = n * 62 - (row % 2) * 31, edge + row * 44
                t.rect(x, y, 60, 42, mix("#c4bfae", "#9a9686", t.dice(0, 0.7)), 2)
    t.rect(0, top, w, low - top, ("#3a3e46", "#2c3037"))
    for _ in range(900):
        t.ellipse(t.dice(0, w), t.dice(top, low), 1.4, 1.2, mix("#24272e", "#6a6e76", t.dice(0, 1)), alpha=0.5)
    for y, lit in ((top - 12, True), (low, False)):
        for n in range(int(w / 90) + 1):
            t.rect(n * 90, y, 87, 12, "#dcd8c8" if lit else "#a8a494", 2)
    for y in (top + 16, top + 29, low - 34, low - 21):
        t.rect(0, y, w * (0.6 if y < h / 2 else 0.86), 6, "#f0c22e")
    for n in range(14):
        t.rect(n * 112 - 20, (top + low) / 2 - 4, 62, 8, "#f2efe4", alpha=0.85)
    for n in range(8):
        t.rect(w * 0.88, top + 18 + n * (low - top - 36) / 8, 112, (low - top - 36) / 16, "#f2efe4", alpha=0.92)
    t.rect(w * 0.6, top + 8, w * 0.25, 96, "#8f1b26", alpha=0.8)
    for k in (0, 1):
        t.rect(w * 0.6, top + 8 + k * 90, w * 0.25, 5, "#f0c22e")
    bus(t, w * 0.622, top + 15, w * 0.215, "#1f5a4a")
    bus(t, w * 0.4, low - 128, w * 0.2, "#8f1b26")
    car(t, w * 0.635, low - 118, 138, "#c9c4b4")
    car(t, w * 0.765, low - 114, 132, "#3f6a8a")
    for x, y, r, ink in (
        (0.1, 0.05, 66, "#5f8a3c"),
        (0.93, 0.05, 70, "#4a7a3a"),
        (0.4, 0.92, 70, "#6a9440"),
        (0.16, 0.95, 56, "#3f6f38"),
        (0.72, 0.95, 78, "#5a8440"),
        (0.27, 0.03, 44, "#7a9a48"),
    ):
        t.rect(w * x - 26, h * y - 26, 52, 52, "#4a3c2a", 3)
        crown(t, w * x, h * y, r * h / 800, ink)
    t.rect(w * 0.63, top - 74, w * 0.18, 46, ("#5a6a6a", "#33403f"), 4)
    t.rect(w * 0.63, top - 74, w * 0.18, 8, "#8fa39c", 4)
    for x, y in ((0.47, top - 2), (0.245, low + 2), (0.9, top - 2)):
        t.rect(w * x - 26, y - 13, 52, 26, "#16181c", 4)
        for n in range(5):
            t.rect(w * x - 22 + n * 9.4, y - 10, 4, 20, "#5a5e66")
    t.ellipse(w * 0.45, h * 0.6, 31, 31, "#4a4e56")
    t.arc(w * 0.45, h * 0.6, 24, 0, 360, 3, "#2a2e34")
    for n in range(3):
        t.line([(w * 0.45 - 22, h * 0.6 - 12 + n * 12), (w * 0.45 + 22, h * 0.6 - 12 + n * 12)], 3, "#2a2e34")
    for x, y, coat, hair in (
        (0.91, 0.36, "#e0a02c", "#2a1a12"),
        (0.94, 0.5, "#8fb2d2", "#6a4a2c"),
        (0.56, 0.09, "#d94a3a", "#1a1412"),
        (0.71, 0.125, "#f2efe4", "#8a6a4a"),
        (0.83, 0.88, "#6a4a8a", "#2a2018"),
        (0.05, 0.86, "#d9c8a8", "#4a3020"),
    ):
        walker(t, w * x, h * y, coat, hair)
    t.beam([(0, 0), (w * 0.2, 0), (w * 0.74, h), (w * 0.42, h)], "#fff2c8", 0.12, 50)
    t.grain(5)
    return t


def quarter() -> Table:
    """A town as a figure ground plan: blocks, a river, a square, one street in colour."""
    w, h = 1280, 720
    t = Table(w, h, "#4a4f58", 62)
    for row in range(8):
        for column in range(12):
            x, y = column * 112 - 20 + 18 * math.sin(row * 1.1), row * 96 - 12 + 16 * math.sin(column * 0.9)
            if (column, row) in ((6, 3), (7, 3)):
                continue
            parts = 1 + (column * 3 + row * 5) % 3
            for part in range(parts):
                wide = 96 / parts
                lean = 8 * math.sin(column + row)
                left = x + part * wide
                points = [(left, y), (left + wide - 5, y + lean * 0.3), (left + wide - 5, y + 78 - 9 * (part % 2)), (left, y + 80)]
                t.poly(points, mix("#262a31", "#353a43", t.dice(0, 1)))
            if (column + row) % 4 == 0:
                t.rect(x + 32, y + 26, 32, 28, "#4a4f58")
    t.line([(n * 22 - 20, 562 + 34 * math.sin(n * 0.13) + 14 * math.sin(n * 0.31)) for n in range(62)], 64, "#33566a")
    for x in (330, 820):
        t.poly([(x, 490), (x + 26, 490), (x + 34, 650), (x + 8, 650)], "#6a6f78")
    t.line([(n * 22 - 20, 246 + 14 * math.sin(n * 0.198)) for n in range(62)], 15, "#f0c22e")
    for n in range(26):
        x = n * 50
        t.ellipse(x, 246 + 14 * math.sin(x * 0.009) + 24, 5, 5, "#1f5a4a")
    for n in range(16):
        t.ellipse(690 + 26 * (n % 6), 306 + 24 * (n // 6), 10, 10, "#3f7a54")
    t.grain(4)
    return t


def archive() -> Table:
    """Shelves of box files with their spines, a ladder against them."""
    w, h = 1280, 720
    t = Table(w, h, ("#8a7a5c", "#6a5a40"), 63)
    inks = ("#8f1b26", "#1f5a4a", "#d9cfae", "#3a4a5a", "#b8892e", "#e6e0cc")
    for row in range(5):
        y = 12 + row * 144
        x = -10.0
        while x < w:
            wide, tall = t.dice(30, 62), t.dice(98, 122)
            ink = inks[int(t.dice(0, 6))]
            t.rect(x, y + 124 - tall, wide - 3, tall, (mix(ink, "#ffffff", 0.16), mix(ink, "#000000", 0.2), "h"), 2)
            t.rect(x + wide * 0.2, y + 140 - tall, wide * 0.55, 30, "#fff8e2", 1)
            for line in range(3):
                t.rect(x + wide * 0.27, y + 146 - tall + line * 7, wide * 0.4 - line * 3, 2.4, "#2a2620")
            t.ellipse(x + wide / 2 - 2, y + 110, 6, 6, mix(ink, "#000000", 0.45))
            x += wide
        t.rect(0, y + 124, w, 18, ("#d9b888", "#8a683e"))
        t.rect(0, y + 142, w, 10, "#1c140a", alpha=0.4, blur=4)
    for rail in (0, 74):
        t.line([(930 + rail, 730), (1000 + rail * 0.8, -10)], 13, ("#e0b878", "#a87a40"))
    for rung in range(11):
        share = rung / 11
        t.line([(930 + 70 * share, 700 - 700 * share), (1004 + 55 * share, 700 - 700 * share)], 9, "#c99a5c")
    t.light(300, 200, 500, 380, "#fff0c8", 0.3)
    t.grain(5)
    return t


def shelter() -> Table:
    """A bus shelter in the rain at dusk, somebody waiting, headlamps far off."""
    w, h = 1280, 720
    t = Table(w, h, ("#1c2c3a", "#3f5a5c"), 64)
    for n in range(9):
        x, tall = n * 150 - 30, 190 + 70 * ((n * 5) % 4)
        t.rect(x, 470 - tall, 142, tall, ("#1a2630", "#22323a"))
        for row in range(int(tall / 46)):
            for k in range(4):
                lit = (n * 3 + row * 5 + k * 7) % 5 == 0
                t.rect(x + 16 + k * 31, 484 - tall + row * 44, 17, 24, "#f6d27a" if lit else "#141e26", alpha=0.9)
    t.rect(0, 470, w, 80, ("#3a4248", "#2a3036"))
    t.rect(0, 550, w, 170, ("#1c2026", "#12151a"))
    t.rect(0, 540, w, 12, "#8a8c84")
    for y in (572, 586):
        t.rect(0, y, w, 6, "#d9b02c", alpha=0.8)
    t.light(800, 380, 320, 190, "#ffe9b0", 0.6)
    t.rect(560, 210, 480, 22, ("#4a7a6a", "#1f5a4a"), 6)
    for x in (576, 1016):
        t.rect(x, 230, 12, 310, ("#6a7a78", "#2a3634", "h"))
    t.rect(590, 236, 424, 240, ("#fff1c4", "#e0c486"), alpha=0.75)
    for x in (730, 872):
        t.rect(x, 236, 6, 240, "#4a5a58")
    t.rect(640, 440, 300, 14, ("#a8623a", "#6a3a20"), 4)
    for x in (660, 910):
        t.rect(x, 452, 10, 88, "#2a3634")
    t.poly([(760, 330), (814, 330), (826, 446), (750, 446)], ("#8f1b26", "#5a0f18"))
    t.rect(762, 446, 22, 92, "#1a1f2a")
    t.rect(792, 446, 22, 92, "#1a1f2a")
    t.ellipse(787, 304, 23, 26, "#c98f6b")
    t.rect(763, 278, 48, 20, "#2a2a30", 10)
    t.rect(826, 400, 34, 46, ("#d9b888", "#9a7444"), 4)
    t.rect(180, 210, 9, 330, "#6a7a78")
    t.rect(140, 190, 88, 88, ("#fff8e6", "#d9d2bc"), 6)
    t.rect(152, 206, 64, 34, "#8f1b26", 4)
    for n in range(3):
        t.rect(152, 248 + n * 9, 56 - n * 12, 4, "#24272e")
    for x, y in ((1168, 500), (1214, 500)):
        t.ellipse(x, y, 13, 13, "#fff8de")
        t.light(x, y, 120, 60, "#fff0c0", 0.6)
    for _ in range(60):
        t.rect(t.dice(540, 1060), t.dice(560, 715), t.dice(14, 70), 3, "#ffe2a0", 1, alpha=t.dice(0.08, 0.35))
    for _ in range(420):
        x, y, long = t.dice(0, w), t.dice(-20, h), t.dice(14, 44)
        t.line([(x, y), (x - long * 0.2, y + long)], 1.2, "#dfeef2", alpha=t.dice(0.1, 0.4))
    t.grain(5)
    return t


# -- covers ---------------------------------------------------------------------------------------------------------------


def cover(ground: str, ink: str, seed: int) -> Table:
    """The cover of a paper: a ground, two lines for a title, the institute's line below."""
    t = Table(300, 400, (mix(ground, "#ffffff", 0.06), mix(ground, "#000000", 0.08)), seed)
    t.rect(24, 26, 150, 13, ink)
    t.rect(24, 46, 104, 13, ink)
    t.rect(24, 366, 62, 7, ink)
    t.rect(252, 362, 24, 14, ink)
    return t


def stops() -> Table:
    """Bus stop flags in a row."""
    t = cover("#1f5a4a", "#ffd84a", 71)
    for n in range(7):
        x, tall = 36 + n * 34, 130 + 38 * ((n * 3) % 4)
        t.rect(x, 340 - tall, 6, tall, "#0f3a2e")
        t.rect(x, 340 - tall, 25, 25, "#ffd84a" if n == 4 else "#e9e7dd", 3)
        t.rect(x + 5, 347 - tall, 15, 7, "#8f1b26", 2)
    t.rect(24, 338, 252, 6, "#ffd84a")
    return t


def drains() -> Table:
    """Gratings, one of them full of leaves."""
    t = cover("#3a4a5a", "#e9e7dd", 72)
    for row in range(3):
        for column in range(3):
            x, y = 36 + column * 80, 92 + row * 84
            t.rect(x, y, 68, 68, "#1c232c", 8)
            for n in range(5):
                t.rect(x + 8 + n * 11.4, y + 8, 6, 52, "#8a94a0", 3)
            if (column, row) == (1, 1):
                for k in range(16):
                    a = k * 2.4
                    cx, cy = x + 34 + (4 + k * 2) * math.cos(a), y + 34 + (4 + k * 2) * math.sin(a)
                    t.poly([(cx - 12, cy), (cx, cy - 8), (cx + 13, cy + 1), (cx, cy + 8)], ("#e0902c", "#b8562a", "#f0c22e")[k % 3])
    return t


def crossing() -> Table:
    """A crossing's stripes, and somebody half way."""
    t = cover("#f0c22e", "#24272e", 73)
    t.rect(0, 96, 300, 236, "#2c3037")
    for n in range(6):
        t.poly([(14 + n * 50, 108), (42 + n * 50, 108), (30 + n * 50, 320), (-6 + n * 50, 320)], "#f2efe4")
    t.ellipse(152, 158, 17, 17, "#8f1b26")
    t.poly([(136, 178), (168, 178), (176, 236), (128, 236)], "#8f1b26")
    t.line([(144, 236), (130, 290)], 13, "#8f1b26")
    t.line([(160, 236), (178, 288)], 13, "#8f1b26")
    t.line([(186, 204), (206, 292)], 5, "#24272e")
    t.line([(166, 190), (188, 208)], 9, "#8f1b26")
    return t


def trees() -> Table:
    """Ten saplings, four of them without leaves."""
    t = cover("#e9e7dd", "#1f5a4a", 74)
    for n in range(10):
        x, y = 44 + (n % 5) * 53, 162 + (n // 5) * 128
        t.rect(x - 3, y - 20, 6, 66, "#6a4a2c")
        if n in (2, 5, 6, 9):
            for a in (-0.7, -0.2, 0.4, 0.9):
                t.line([(x, y - 14), (x + 26 * math.sin(a), y - 14 - 34 * math.cos(a))], 3.4, "#6a4a2c")
        else:
            t.ellipse(x, y - 40, 23, 30, ("#4f8a4a", "#1f5a4a"))
        t.rect(x - 18, y + 46, 36, 5, "#24272e")
    return t


def bins() -> Table:
    """Three bins, small to large."""
    t = cover("#8f1b26", "#ffd84a", 75)
    for x, s in ((50, 0.5), (118, 0.8), (218, 1.25)):
        t.poly(
            [(x - 42 * s, 336 - 150 * s), (x + 42 * s, 336 - 150 * s), (x + 34 * s, 336), (x - 34 * s, 336)], ("#2c3037", "#14161a")
        )
        t.rect(x - 50 * s, 336 - 168 * s, 100 * s, 22 * s, "#ffd84a", 6)
        for n in range(3):
            t.rect(x - 22 * s + n * 18 * s, 336 - 120 * s, 7 * s, 92 * s, "#4a4e56", 3)
    return t


def lamps() -> Table:
    """A dark path with two lamps."""
    t = cover("#1a2030", "#8fb2d2", 76)
    t.poly([(120, 100), (160, 100), (270, 344), (20, 344)], "#33405a")
    for x, foot, s in ((86, 330, 1.0), (186, 200, 0.5)):
        t.light(x + 30 * s, foot - 150 * s, 74 * s, 70 * s, "#ffe08a", 0.9)
        t.ellipse(x + 34 * s, foot, 62 * s, 15 * s, "#ffe08a", alpha=0.6, blur=4)
        t.rect(x, foot - 190 * s, 7 * s, 190 * s, "#0c1018")
        t.line([(x + 3 * s, foot - 188 * s), (x + 40 * s, foot - 188 * s)], 6 * s, "#0c1018")
        t.rect(x + 24 * s, foot - 188 * s, 30 * s, 10 * s, "#fff6d0", 3)
    return t


# -- rivers ---------------------------------------------------------------------------------------------------------------


def braided(size: tuple[int, int]) -> Table:
    """A braided river from the air: pale bars, channels that part and meet, fields on both banks."""
    w, h = size
    t = Table(w, h, "#7a9468", 81)
    for n in range(60):
        x, y, wide, tall = t.dice(-80, w), t.dice(-60, h), t.dice(90, 240), t.dice(60, 150)
        ink = mix(("#6f8f5c", "#94a86a", "#b9b077", "#5c8058")[n % 4], "#ffffff", t.dice(0, 0.1))
        t.poly([(x, y), (x + wide, y + 18), (x + wide - 16, y + tall), (x - 12, y + tall - 14)], ink)
        for k in range(8):
            t.line(
                [(x + k * wide / 8, y + 4 + k * 2), (x - 10 + k * wide / 8, y + tall - 14)],
                1.5,
                mix(ink, "#2a4a2a", 0.4),
                alpha=0.5,
            )

    def middle(share: float) -> float:
        return h * (0.52 + 0.16 * math.sin(share * 4.4 + 0.5))

    bed = [(w * i / 60, middle(i / 60) - h * (0.26 + 0.03 * math.sin(i * 0.8))) for i in range(61)]
    bank = [(w * i / 60, middle(i / 60) + h * (0.25 + 0.04 * math.sin(i * 0.6 + 1))) for i in range(61)]
    t.poly([*bed, *reversed(bank)], ("#e6dec4", "#cfc4a0"), blur=2)
    for _ in range(700):
        share = t.dice(0, 1)
        t.ellipse(
            w * share,
            middle(share) + h * t.dice(-0.24, 0.24),
            t.dice(2, 7),
            t.dice(1, 4),
            mix("#b9ab84", "#f6f0dc", t.dice(0, 1)),
            alpha=0.6,
        )
    for n in range(13):
        phase, reach, thick = t.dice(0, 6.28), h * t.dice(0.05, 0.2), t.dice(7, 30)
        off = h * (n - 6) * 0.024
        path: list[Point] = [
            (w * i / 70 - 10, middle(i / 70) + off + reach * math.sin(i * 0.19 + phase) * math.cos(i * 0.043 + n))
            for i in range(73)
        ]
        t.line([(x + 2, y + 4) for x, y in path], thick + 7, "#b39f70", alpha=0.5)
        t.line(path, thick, ("#2f8aa8", "#1a6f98", "#58b0bc", "#0f5c8c")[n % 4])
        t.line([(x, y - thick * 0.2) for x, y in path], thick * 0.22, "#bfe6ea", alpha=0.55)
    for _ in range(90):
        side = -1 if t.dice(0, 1) < 0.5 else 1
        share = t.dice(0, 1)
        crown(t, w * share, middle(share) + side * h * t.dice(0.3, 0.46), t.dice(8, 19), mix("#3f6f48", "#6a8f4a", t.dice(0, 1)))
    t.grain(5)
    return t


def catchment() -> Table:
    """Every stream of a catchment as a tree that thickens to the sea."""
    w, h = 1280, 720
    t = Table(w, h, ("#0f3a55", "#0a2a40"), 82)
    for n in range(9):
        ring = [
            (
                w * 0.52 + (120 + n * 78) * 1.3 * math.cos(a / 20) * (1 + 0.1 * math.sin(a / 5 + n)),
                h * 0.46 + (120 + n * 78) * 0.8 * math.sin(a / 20) * (1 + 0.08 * math.cos(a / 4)),
            )
            for a in range(127)
        ]
        t.line(ring, 1.4, "#2f6a8a", alpha=0.6)

    def grow(x: float, y: float, turn: float, long: float, wide: float, left: int) -> None:
        points: list[Point] = [(x, y)]
        for _ in range(5):
            turn += t.dice(-0.26, 0.26)
            x, y = x + long / 5 * math.cos(turn), y + long / 5 * math.sin(turn)
            points.append((x, y))
        t.line(points, max(1.2, wide), mix("#8fd0e0", "#3f9ac0", left / 7))
        if left:
            for lean in (t.dice(-0.85, -0.3), t.dice(0.25, 0.8)):
                grow(x, y, turn + lean, long * t.dice(0.7, 0.88), wide * 0.66, left - 1)

    grow(1300, 610, math.pi + 0.3, 250, 24, 7)
    grow(980, 520, -2.0, 170, 10, 5)
    for _ in range(26):
        t.ellipse(t.dice(120, 1140), t.dice(70, 640), 5, 5, "#e8906a", alpha=0.85)
    t.grain(4)
    return t


def weir() -> Table:
    """Water over a long weir in the rain, willows on the far bank."""
    w, h = 1280, 720
    t = Table(w, h, ("#5f8a9c", "#a9c4cc"), 83)
    t.rect(0, 170, w, 130, ("#4a6f5a", "#2f5048"))
    for n in range(15):
        x, tall = n * 92 - 20, t.dice(120, 210)
        t.ellipse(x, 250 - tall * 0.4, 66, tall * 0.5, mix("#5a8060", "#3a604c", (n % 4) / 3))
        for k in range(12):
            sx = x - 60 + k * 11
            t.line(
                [(sx, 250 - tall * 0.5), (sx + t.dice(-8, 8), 250 - t.dice(-30, 30))],
                3,
                mix("#8fae78", "#3f6a50", t.dice(0, 1)),
                alpha=0.8,
            )
    t.rect(0, 280, w, 130, ("#6f98a8", "#3f7290"))
    for _ in range(70):
        t.rect(t.dice(0, w), t.dice(286, 400), t.dice(20, 110), 2, "#dff0f4", alpha=0.35)
    t.rect(0, 402, w, 16, ("#c9d6d2", "#6a7f80"))
    t.rect(0, 414, w, 130, ("#bfe0ea", "#4f8aa8"))
    for _ in range(150):
        x, wide = t.dice(0, w), t.dice(3, 16)
        t.poly(
            [(x, 414), (x + wide, 414), (x + wide + t.dice(-6, 10), 548), (x - t.dice(0, 8), 548)],
            ("#ffffff", "#7ab4cc"),
            alpha=t.dice(0.2, 0.6),
        )
    t.rect(0, 540, w, 180, ("#3f7a98", "#1a4a68"))
    for _ in range(260):
        x, y = t.dice(0, w), 536 + 70 * t.dice(0, 1) ** 2
        t.ellipse(x, y, t.dice(8, 30), t.dice(4, 11), "#ffffff", alpha=t.dice(0.2, 0.7), blur=2)
    for _ in range(40):
        x, y, r = t.dice(0, w), t.dice(610, 715), t.dice(10, 34)
        t.arc(x, y, r, 190, 350, 2, "#d9eef4", alpha=0.5)
    for _ in range(300):
        x, y, long = t.dice(0, w), t.dice(-20, h), t.dice(16, 46)
        t.line([(x, y), (x - long * 0.25, y + long)], 1.2, "#ffffff", alpha=t.dice(0.1, 0.35))
    t.grain(5)
    return t


# -- heat -----------------------------------------------------------------------------------------------------------------


def terrace(size: tuple[int, int]) -> Table:
    """A terrace as a thermal camera sees it: dark sky, violet walls, windows that glow where heat leaves."""
    w, h = size
    t = Table(w, h, ("#120a24", "#2a1450"), 91)
    foot, many = h * 0.88, 8
    wide = w / many
    heats: tuple[tuple[str, str], ...] = (
        ("#ffe27a", "#f08a2c"),
        ("#f0702c", "#b8284a"),
        ("#c8386a", "#7a1f6a"),
        ("#fff4c0", "#ffb03c"),
    )
    for n in range(many):
        x, tall = n * wide, h * (0.42 + 0.03 * ((n * 5) % 3))
        top = foot - tall
        wall: Ink = ("#5a2a78", "#8a2f6a") if n % 3 else ("#7a2f78", "#b03a5a")
        t.poly([(x, top), (x + wide / 2, top - h * 0.12), (x + wide, top)], ("#3a1f68", "#4f2672"))
        if n in (2, 5):
            t.poly([(x, top), (x + wide / 2, top - h * 0.12), (x + wide, top)], ("#e0522c", "#a82a52"), alpha=0.85)
        t.rect(x, top, wide, tall, wall)
        t.rect(x + wide - 3, top, 6, tall, "#2a1450")
        t.rect(x + wide * 0.68, top - h * 0.15, wide * 0.16, h * 0.12, ("#d9502c", "#7a2a6a"))
        if n % 2 == 0:
            t.light(x + wide * 0.76, top - h * 0.19, wide * 0.3, h * 0.09, "#ff9a3c", 0.7)
        for row in range(2):
            for k in range(2):
                hot = heats[(n * 3 + row * 2 + k) % 4]
                wx, wy = x + wide * (0.14 + 0.42 * k), top + tall * (0.12 + 0.4 * row)
                if row == 1 and k == 1:
                    t.rect(wx, wy, wide * 0.26, foot - wy, heats[(n + 2) % 4], 3)
                    continue
                t.light(wx + wide * 0.15, wy + tall * 0.13, wide * 0.26, tall * 0.2, hot[1], 0.5)
                t.rect(wx, wy, wide * 0.3, tall * 0.25, hot, 3)
                t.rect(wx + wide * 0.14, wy, 5, tall * 0.25, "#8a2f6a")
                t.rect(wx - 4, wy + tall * 0.25, wide * 0.3 + 8, 7, "#f0a04c")
    t.rect(0, foot, w, h - foot, ("#2f1650", "#140a28"))
    for n in range(3):
        x = w * (0.2 + 0.3 * n)
        t.ellipse(x, foot + 18, 13, 13, "#ffd27a")
        t.poly([(x - 15, foot + 32), (x + 15, foot + 32), (x + 11, foot + 76), (x - 11, foot + 76)], ("#f0702c", "#8a2a6a"))
    t.rect(w - 54, h * 0.1, 18, h * 0.5, ("#fff4c0", "#f0702c"), 4)
    t.rect(w - 54, h * 0.35, 18, h * 0.25, ("#f0702c", "#3a1f68"), 4)
    for n in range(6):
        t.rect(w - 30, h * (0.1 + 0.098 * n), 12, 3, "#f6ece2")
    t.grain(6)
    return t


def pipes() -> Table:
    """The plan of a flat with its radiators and the pipes between them, drawn in ember on dark."""
    w, h = 1280, 720
    t = Table(w, h, ("#2a1a22", "#1c1218"), 92)
    for n in range(33):
        t.line([(n * 40, 0), (n * 40, h)], 1, "#5a3a44", alpha=0.4)
    for n in range(19):
        t.line([(0, n * 40), (w, n * 40)], 1, "#5a3a44", alpha=0.4)
    wall = "#b89a94"
    for x, y, wide, tall in (
        (160, 80, 480, 280),
        (640, 80, 480, 200),
        (640, 280, 240, 360),
        (880, 280, 240, 360),
        (160, 360, 480, 280),
    ):
        for line in (
            [(x, y), (x + wide, y)],
            [(x, y + tall), (x + wide, y + tall)],
            [(x, y), (x, y + tall)],
            [(x + wide, y), (x + wide, y + tall)],
        ):
            t.line(line, 9, wall)
    for x, y in ((360, 360), (640, 470), (780, 280), (980, 280)):
        t.rect(x - 30, y - 8, 60, 16, "#241820")
        t.arc(x - 30, y, 60, 0, 90, 2, wall)
    for x, y in ((260, 92), (480, 92), (760, 92), (960, 92), (260, 616), (480, 616), (720, 616), (960, 616)):
        t.light(x + 50, y + 6, 110, 80, "#ff7a2c", 0.4)
        for n in range(8):
            t.rect(x + n * 13, y, 9, 16, ("#ffb05c", "#d9502c"), 3)
    pipe: list[Point] = [(310, 120), (310, 170), (560, 170), (560, 230), (800, 230), (800, 130)]
    for path in (
        pipe,
        [(310, 600), (310, 540), (560, 540), (560, 230)],
        [(1010, 130), (1010, 230), (800, 230)],
        [(560, 560), (1010, 560), (1010, 600)],
    ):
        t.line(path, 6, "#e0622c")
        t.line([(x + 12, y + 12) for x, y in path], 3, "#5a7ab0")
    t.rect(520, 300, 90, 46, ("#f6ece2", "#b89a94"), 5)
    t.ellipse(565, 323, 12, 12, "#d9502c")
    t.grain(4)
    return t


# -- marks ----------------------------------------------------------------------------------------------------------------

EDGE: tuple[Shape, ...] = (
    ("rect", (2, 8, 36, 14, 0), "{line}"),
    ("poly", (38, 8, 62, 22, 62, 38, 38, 22), "{line}"),
    ("rect", (2, 26, 33, 8, 0), "{spot}"),
    ("poly", (36, 26, 62, 42, 62, 50, 36, 34), "{spot}"),
    ("rect", (2, 40, 33, 8, 0), "{spot}"),
    ("poly", (36, 40, 62, 56, 62, 64, 36, 48), "{spot}"),
)
MEET: tuple[Shape, ...] = (
    ("circle", (32, 32, 31), "{line}"),
    ("poly", (14, 6, 24, 3, 30, 24, 36, 34, 36, 63, 26, 62, 27, 38), "{gap}"),
    ("poly", (44, 4, 52, 8, 44, 28, 36, 40, 32, 32), "{spot}"),
)
PANE: tuple[Shape, ...] = (
    ("poly", (32, 3, 61, 26, 61, 62, 3, 62, 3, 26), "{line}"),
    ("rect", (14, 30, 15, 13, 0), "{spot}"),
    ("rect", (35, 30, 15, 13, 0), "{gap}"),
    ("rect", (14, 47, 15, 15, 0), "{gap}"),
    ("rect", (35, 47, 15, 15, 0), "{spot}"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Kerb Institute: concrete, signal green and road paint."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "kerb", "#D6D3C8", tinted(EDGE, line="#24272E", spot="#8F1B26"))
    words = (Word("Kerb", 58, 25, 26, 66, PLAIN, 700), Word("INSTITUTE", 59, 42, 13, 86, PLAIN))
    for name, ink, line, spot in (("dark", "#221C14", "#24272E", "#8F1B26"), ("yellow", "#FFD84A", "#FFD84A", "#FFD84A")):
        for suffix, size in (("", (178, 48)), ("-2x", (356, 96))):
            yield (
                f"{HOME}/assets/logos/kerb-{name}{suffix}.svg",
                wordmark(size, (178, 48), tinted(EDGE, line=line, spot=spot), (0, 0, 48), ink, words),
            )
    yield f"{images}/street.jpg", street((1280, 800)).jpeg(44)
    yield f"{images}/plan.jpg", quarter().jpeg(34)
    yield f"{images}/archive.jpg", archive().jpeg(24)
    yield f"{images}/shelter.jpg", shelter().jpeg(32)
    for name, drawn in (
        ("stops", stops),
        ("drains", drains),
        ("crossing", crossing),
        ("trees", trees),
        ("bins", bins),
        ("lamps", lamps),
    ):
        yield f"{images}/cover-{name}.jpg", drawn().jpeg(66)


def water() -> Iterator[tuple[str, bytes]]:
    """Commonwater: two streams that meet."""
    yield from marks(WATER, "commonwater", "#FAFDFE", tinted(MEET, line="#0F5C8C", gap="#FAFDFE", spot="#E8906A"))
    words = (Word("Commonwater", 56, 32, 23, 138, SERIF, 700),)
    blue, white = (
        tinted(MEET, line="#0F5C8C", gap="#FAFDFE", spot="#E8906A"),
        tinted(MEET, line="#FFFFFF", gap="#0F5C8C", spot="#E8906A"),
    )
    yield f"{WATER}/assets/logos/commonwater-blue.svg", wordmark((196, 48), (196, 48), blue, (0, 1, 46), "#0C2530", words)
    yield f"{WATER}/assets/logos/commonwater-white.svg", wordmark((172, 42), (196, 48), white, (0, 1, 46), "#FFFFFF", words)
    yield f"{WATER}/assets/images/braided-river.jpg", braided((1280, 800)).jpeg(48)
    yield f"{WATER}/assets/images/catchment.jpg", catchment().jpeg(46)
    yield f"{WATER}/assets/images/rain-on-weir.jpg", weir().jpeg(44)
    yield f"{WATER}/assets/images/commonwater-og.jpg", braided((1200, 630)).jpeg(48)


def cold() -> Iterator[tuple[str, bytes]]:
    """Coldharbour Institute: a house whose windows differ."""
    yield from marks(COLD, "coldharbour", "#181115", tinted(PANE, line="#F0702C", gap="#3A1B3C", spot="#FFE27A"))
    words = (Word("Coldharbour", 58, 24, 22, 130, PLAIN, 700), Word("INSTITUTE", 59, 42, 13, 78, PLAIN))
    ember, white = (
        tinted(PANE, line="#F0702C", gap="#3A1B3C", spot="#FFE27A"),
        tinted(PANE, line="#FFFFFF", gap="#7C3A6E", spot="#E0622C"),
    )
    yield f"{COLD}/assets/logos/coldharbour-ember.svg", wordmark((190, 48), (190, 48), ember, (0, 1, 46), "#F6ECE2", words)
    yield f"{COLD}/assets/logos/coldharbour-white.svg", wordmark((174, 44), (190, 48), white, (0, 1, 46), "#FFFFFF", words)
    yield f"{COLD}/assets/images/heat-terrace.jpg", terrace((1280, 800)).jpeg(56)
    yield f"{COLD}/assets/images/pipe-plan.jpg", pipes().jpeg(46)
    yield f"{COLD}/assets/images/coldharbour-og.jpg", terrace((1200, 630)).jpeg(54)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from water()
    yield from cold()
