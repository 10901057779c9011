"""Pictures of the Highland Ropeway Federation, and of two associations that take its site over: glasshouses, night freight."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image

from art.scenery import mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Face, Point, Table, person

HOME = "templates/association-corporate"
GROW = "requirements/coast-growers-01"
RAIL = "requirements/night-freight-02"
SANS = "'Arial Narrow', 'Liberation Sans Narrow', Arial, sans-serif"
WIDE = "Arial, 'Liberation Sans', sans-serif"


def range_of(t: Table, level: float, swell: float, ink: str, haze: str, seed: float, sharp: float = 1.0) -> None:
    """A mountain range from side to side, lit from the left, its foot in haze."""
    w, h = t.w, t.h
    peaks: list[Point] = []
    count = 18
    for n in range(count + 1):
        up = abs(math.sin(n * 1.7 + seed)) * (0.55 + 0.45 * math.sin(n * 0.6 + seed * 2))
        peaks.append((w * n / count + (t.dice(-1, 1) * w * 0.012), h * (level - swell * max(0.08, up) * sharp)))
    t.poly([(-10, h), *peaks, (w + 10, h)], (ink, mix(ink, haze, 0.6)))
    for (ax, ay), (bx, by) in pairwise(peaks):
        if by > ay:
            t.poly([(ax, ay), (bx, by), (ax + (bx - ax) * 0.2, by + h * 0.06)], mix(ink, "#000000", 0.3), alpha=0.5, blur=1.5)
        else:
            t.poly([(bx, by), (ax, ay), (bx - (bx - ax) * 0.16, ay + h * 0.04)], mix(ink, "#fff0d8", 0.3), alpha=0.45, blur=1.5)


def firs(t: Table, count: int, level: float, tall: tuple[float, float], ink: str) -> None:
    """A stand of firs along the lower edge."""
    for _ in range(count):
        x, y, s = t.dice(-20, t.w + 20), t.h * (level + t.dice(0, 0.1)), t.dice(*tall)
        for step in range(5):
            foot, half = y - s * (0.06 + 0.17 * step), s * (0.24 - 0.04 * step)
            t.poly([(x - half, foot), (x + half, foot), (x, foot - s * 0.34)], (mix(ink, "#ffffff", 0.06), ink))


def cabin(t: Table, x: float, y: float, s: float, body: str, trim: str) -> None:
    """A cable car that hangs from the cable at (x, y)."""

    def p(px: float, py: float) -> Point:
        return x + px * s, y + py * s

    t.rect(*p(-46, -10), 92 * s, 16 * s, "#2a2622", 7 * s)
    for px in (-32, -10, 12, 34):
        t.ellipse(*p(px, -8), 10 * s, 10 * s, "#4a443c")
    t.line([p(0, 0), p(0, 84), p(-30, 112)], 10 * s, "#2a2622")
    t.line([p(0, 84), p(30, 112)], 10 * s, "#2a2622")
    t.rect(*p(-122, 110), 244 * s, 18 * s, mix(body, "#000000", 0.35), 8 * s)
    t.rect(*p(-114, 122), 228 * s, 178 * s, (mix(body, "#ffffff", 0.12), mix(body, "#000000", 0.22)), 24 * s)
    for n in range(3):
        t.rect(*p(-102 + n * 70, 140), 64 * s, 84 * s, ("#f6e8cb", "#c99a6c"), 9 * s)
        t.poly([p(-96 + n * 70, 220), p(-60 + n * 70, 144), p(-46 + n * 70, 144), p(-82 + n * 70, 220)], "#ffffff", alpha=0.3)
    for px, face in ((-70, "#6a4a3a"), (8, "#e0b090"), (64, "#8d5a3c")):
        t.ellipse(*p(px, 184), 12 * s, 14 * s, face)
        t.rect(*p(px - 19, 198), 38 * s, 28 * s, mix(trim, "#000000", 0.35), 12 * s)
    t.rect(*p(-114, 238), 228 * s, 16 * s, trim)
    t.rect(*p(-98, 300), 196 * s, 12 * s, "#2a2622", 6 * s)


def pylon(t: Table, x: float, foot: float, top: float, width: float, ink: str) -> None:
    """A lattice tower that carries the cables at `top`."""
    steps = 9
    sides: list[tuple[float, float, float]] = []
    for n in range(steps + 1):
        y = foot + (top - foot) * n / steps
        half = width * (1 - 0.72 * n / steps)
        sides.append((x - half, x + half, y))
    for (l0, r0, y0), (l1, r1, y1) in pairwise(sides):
        t.line([(l0, y0), (l1, y1)], width * 0.13, ink)
        t.line([(r0, y0), (r1, y1)], width * 0.13, mix(ink, "#000000", 0.3))
        t.line([(l0, y0), (r1, y1)], width * 0.06, ink)
        t.line([(r0, y0), (l1, y1)], width * 0.06, ink)
        t.line([(l1, y1), (r1, y1)], width * 0.06, ink)
    t.rect(x - width * 0.95, top - width * 0.12, width * 1.9, width * 0.2, ink, 4)


def ropeway(size: tuple[int, int], kind: str, seed: int) -> Table:
    """A valley with a cable across it."""
    w, h = size
    sky = {
        "cabin": ("#e9b07c", "#f9e6c2"),
        "pylon": ("#8fa3a6", "#e6d8bd"),
        "valley": ("#d98f66", "#fbe3b8"),
        "ridge": ("#5a4638", "#c98a5c"),
    }[kind]
    t = Table(w, h, sky, seed)
    t.light(w * 0.3, h * 0.42, w * 0.5, h * 0.4, "#fff3d2", 0.6)
    range_of(t, 0.62, 0.34, mix(sky[0], "#7a5a50", 0.5), sky[1], seed * 1.3)
    range_of(t, 0.76, 0.26, mix(sky[0], "#4a3a36", 0.7), sky[1], seed * 2.1)
    t.rect(0, h * 0.6, w, h * 0.2, sky[1], alpha=0.35, blur=40)
    range_of(t, 0.94, 0.2, "#3a2e2a", "#6a5040", seed * 3.7, 0.8)
    firs(t, 46, 0.95, (h * 0.08, h * 0.2), "#1e1a18")
    rope = "#241f1b"
    if kind == "cabin":
        t.line([(-10, h * 0.34), (w * 0.54, h * 0.27), (w + 10, h * 0.1)], 5, rope)
        t.line([(-10, h * 0.38), (w * 0.54, h * 0.31), (w + 10, h * 0.13)], 2.5, rope)
        cabin(t, w * 0.54, h * 0.27, h / 800 * 1.35, "#a3231f", "#ffefd2")
        t.line([(-10, h * 0.62), (w * 0.3, h * 0.56), (w + 10, h * 0.4)], 2, rope, alpha=0.6)
        cabin(t, w * 0.16, h * 0.59, h / 800 * 0.3, "#a3231f", "#ffefd2")
    elif kind == "pylon":
        pylon(t, w * 0.6, h * 0.96, h * 0.2, h * 0.13, "#2b2a28")
        for n in (0, 14):
            t.line([(-10, h * 0.46 + n), (w * 0.6, h * 0.2 + n), (w + 10, h * 0.36 + n)], 3, rope)
        cabin(t, w * 0.24, h * 0.355, h / 800 * 0.5, "#a3231f", "#ffefd2")
    elif kind == "valley":
        t.line([(-10, h * 0.2), (w * 0.5, h * 0.34), (w + 10, h * 0.24)], 3, rope)
        for x, y in ((0.2, 0.258), (0.5, 0.34), (0.78, 0.283)):
            cabin(t, w * x, h * y, h / 800 * 0.38, "#7a3f00", "#ffefd2")
    t.grain(3 if kind == "ridge" else 4)
    return t


def cables(size: tuple[int, int]) -> Table:
    """Ropes running together into fog, seen from below."""
    w, h = size
    t = Table(w, h, ("#c9a684", "#8a4a3a"), 4)
    for n in range(22):
        x = w * (n / 21 * 1.6 - 0.3)
        t.line(
            [(x, h + 10), (w * 0.62 + (x - w * 0.5) * 0.05, h * 0.16)],
            3 + 9 * ((n * 7) % 4) / 3,
            ("#4a2a22", "#2a1a16"),
            alpha=0.75,
        )
    t.light(w * 0.62, h * 0.14, w * 0.4, h * 0.5, "#f6e2c2", 0.8)
    t.grain(3)
    return t


def winch() -> Table:
    """A winch room: the great wheel, a window, a chair with a coat."""
    w, h = 720, 480
    t = Table(w, h, ("#cbb491", "#a58560"), 9)
    t.rect(0, h * 0.8, w, h * 0.2, ("#5a4534", "#3a2c22"))
    t.rect(60, 50, 150, 190, ("#f7ebcb", "#e0b98a"), 3)
    for x in (60, 130, 205):
        t.rect(x, 50, 7, 190, "#4a3628")
    t.rect(60, 140, 152, 7, "#4a3628")
    t.beam([(70, 240), (204, 240), (420, h), (190, h)], "#fff0cc", 0.4, 20)
    cx, cy, r = 462, 214, 178
    t.ellipse(cx + 10, cy + 14, r, r, "#3a2a20", alpha=0.35, blur=16)
    t.arc(cx, cy, r, 0, 360, 30, ("#a3231f", "#6a1512"))
    t.arc(cx, cy, r - 22, 0, 360, 8, "#2a211c")
    for n in range(8):
        a = n * math.pi / 4 + 0.2
        t.line(
            [(cx + 40 * math.cos(a), cy + 40 * math.sin(a)), (cx + 152 * math.cos(a), cy + 152 * math.sin(a))],
            15,
            ("#b3302a", "#7a1a16"),
        )
    t.ellipse(cx, cy, 48, 48, ("#5a4a3e", "#2a211c"))
    t.ellipse(cx, cy, 17, 17, "#c9a46a")
    t.line([(cx - 172, cy - 40), (cx - 480, cy - 150)], 9, "#2a211c")
    t.line([(cx + 172, cy - 30), (cx + 300, cy - 90)], 9, "#2a211c")
    t.rect(cx - 110, h * 0.78, 220, 60, ("#4a3a2e", "#2a211c"), 6)
    t.line([(244, h * 0.96), (244, 300), (246, 260)], 8, "#2a211c")
    t.line([(244, 370), (306, 370), (306, h * 0.96)], 8, "#2a211c")
    t.poly([(228, 268), (268, 262), (278, 352), (226, 358)], ("#4f6670", "#2f434c"))
    t.grain(5)
    return t


def station() -> Table:
    """An upper station with a driver at its door."""
    w, h = 620, 700
    t = Table(w, h, ("#e2b487", "#f7e4c0"), 12)
    range_of(t, 0.62, 0.3, "#a8806a", "#f0d6ac", 2.2)
    range_of(t, 0.74, 0.2, "#7a5a4c", "#d9b48c", 5.1)
    t.poly([(150, 640), (150, 300), (388, 196), (640, 300), (640, 640)], ("#6a4a3a", "#3d2b22"))
    for n in range(13):
        t.line([(150, 316 + n * 26), (640, 316 + n * 26)], 2, "#2a1d17", alpha=0.55)
    t.poly([(118, 316), (388, 186), (650, 306), (650, 276), (388, 152), (104, 292)], ("#a3231f", "#7a1a17"))
    t.rect(420, 380, 150, 120, ("#fbe6b4", "#e0a860"), 4)
    t.rect(491, 380, 7, 120, "#2a1d17")
    t.rect(196, 400, 150, 250, ("#2a1d17", "#1a120e"))
    t.line([(-10, 210), (400, 250), (640, 262)], 5, "#241f1b")
    cabin(t, 76, 219, 0.62, "#a3231f", "#ffefd2")
    t.rect(0, 636, w, 70, ("#8a6a50", "#4a382c"))
    person(t, Face("#d9a27c", "#4a3a30", "#35281f", "short", "knit", False, True), 272, 404, 92)
    t.rect(150, 616, 260, 30, ("#a88462", "#7a5c44"), 3)
    t.rect(150, 642, 260, 60, ("#6a4e3c", "#4a382c"))
    t.poly([(232, 412), (240, 388), (304, 388), (314, 412)], "#35281f")
    t.grain(5)
    return t


def glasshouses(size: tuple[int, int], seed: int) -> Table:
    """Rows of young plants under long glass roofs, a grower among them."""
    w, h = size
    t = Table(w, h, ("#eef6ea", "#cfe3c6"), seed)
    vanish: Point = (w * 0.56, h * 0.36)
    t.light(*vanish, w * 0.4, h * 0.4, "#fffbe6", 0.9)
    for n in range(-7, 8):
        x = w * 0.56 + n * w * 0.19
        t.line([(x, -10), vanish], 5, "#ffffff", alpha=0.8)
    for n in range(7):
        share = 0.12 + 0.88 * (n / 6) ** 1.8
        half, top = w * 0.6 * share, vanish[1] - h * 0.5 * share
        peak = (vanish[0], top - h * 0.14 * share)
        t.line(
            [(vanish[0] - half, top + h * 0.12 * share), peak, (vanish[0] + half, top + h * 0.12 * share)], 2 + 7 * share, "#7f9a8a"
        )
        for side in (-1, 1):
            x = vanish[0] + side * half
            t.line([(x, top + h * 0.12 * share), (x, vanish[1] + h * 0.55 * share)], 2 + 7 * share, "#7f9a8a")
    for bed in range(-4, 5):
        left, right = vanish[0] + (bed - 0.36) * w * 0.24, vanish[0] + (bed + 0.36) * w * 0.24
        t.poly([vanish, (right, h * 1.02), (left, h * 1.02)], ("#8fb07a", "#5a3f2c"))
        for k in range(22):
            s = (k / 21) ** 2.1
            y = vanish[1] + (h * 1.0 - vanish[1]) * s + 4
            for spread in (-0.2, 0.2):
                x = vanish[0] + (bed + spread) * w * 0.24 * s
                r = 3 + 30 * s
                ink = mix("#2f7a3e", "#9ccb6a", ((k * 3 + bed * 5) % 7) / 7)
                t.ellipse(x, y - r * 0.5, r, r * 0.72, (mix(ink, "#ffffff", 0.18), mix(ink, "#123a1e", 0.3)))
                if (k + bed) % 5 == 0 and s > 0.12:
                    t.ellipse(x + r * 0.3, y - r * 0.5, r * 0.24, r * 0.24, "#d98a1f")
    person(t, Face("#c68a62", "#2a1c18", "#1f6b3a", "bun", "collar"), w * 0.33, h * 0.33, h * 0.15)
    t.ellipse(w * 0.33, h * 0.66, h * 0.16, h * 0.1, "#3f8a4a", alpha=0.95, blur=6)
    for _ in range(16):
        t.ellipse(w * 0.33 + t.dice(-1, 1) * h * 0.2, h * t.dice(0.6, 0.72), 26, 18, mix("#2f7a3e", "#9ccb6a", t.dice(0, 1)))
    t.grain(4)
    return t


def shore(size: tuple[int, int]) -> Table:
    """Striped fields that run down to the sea."""
    w, h = size
    t = Table(w, h, ("#d6ebf0", "#f6faf0"), 23)
    t.rect(0, h * 0.34, w, h * 0.14, ("#7fb5bd", "#a9d0cf"))
    for n in range(13):
        left, right = w * (n / 12 * 2.4 - 0.7), w * ((n + 1) / 12 * 2.4 - 0.7)
        ink = ("#6fa35a", "#9cbf62", "#c9c06a", "#4f8a52", "#d9a94e")[n % 5]
        t.poly(
            [(w * 0.3 + left * 0.28, h * 0.46), (w * 0.3 + right * 0.28, h * 0.46), (right, h), (left, h)],
            (mix(ink, "#f6faf0", 0.4), ink),
        )
        for k in range(7):
            a, b = left + (right - left) * k / 7, w * 0.3 + (left + (right - left) * k / 7) * 0.28
            t.line([(b, h * 0.46), (a, h)], 2, mix(ink, "#20401e", 0.4), alpha=0.4)
    t.rect(0, h * 0.44, w, 8, "#f3e6c4", alpha=0.9, blur=2)
    t.grain(4)
    return t


def yard(size: tuple[int, int], seed: int) -> Table:
    """A freight train under the lamps of a yard at night."""
    w, h = size
    t = Table(w, h, ("#0b1118", "#24384a"), seed)
    for _ in range(90):
        t.ellipse(t.dice(0, w), t.dice(0, h * 0.4), 1.1, 1.1, "#c9d6e2", alpha=t.dice(0.2, 0.8))
    t.light(w * 0.2, h * 0.6, w * 0.5, h * 0.3, "#b4420f", 0.4)
    for n in range(16):
        x, tall = w * n / 15, h * t.dice(0.04, 0.14)
        t.rect(x, h * 0.56 - tall, w / 15 + 2, tall + 20, "#101a24")
    t.rect(0, h * 0.56, w, h * 0.44, ("#1b2630", "#0b0f13"))
    for x in (0.1, 0.42, 0.78):
        t.line([(w * x, h * 0.9), (w * x, h * 0.12)], 6, "#0b0f13")
        t.rect(w * x - 60, h * 0.1, 120, 14, "#0b0f13", 4)
        for k in (-44, 0, 44):
            t.light(w * x + k, h * 0.14, 130, 150, "#ffd28a", 0.42)
            t.ellipse(w * x + k, h * 0.128, 9, 6, "#fff2d0")
        t.beam([(w * x - 40, h * 0.14), (w * x + 40, h * 0.14), (w * x + 240, h * 0.9), (w * x - 240, h * 0.9)], "#ffd28a", 0.1, 30)
    for n, ink in enumerate(("#86690f", "#16405a", "#b4420f", "#5a646e", "#16405a", "#86690f")):
        x = w * (0.36 + 0.165 * n)
        t.rect(x, h * 0.46, w * 0.155, h * 0.2, (mix(ink, "#ffffff", 0.1), mix(ink, "#000000", 0.45)), 3)
        for k in range(11):
            t.line([(x + 10 + k * w * 0.0135, h * 0.47), (x + 10 + k * w * 0.0135, h * 0.65)], 2, "#000000", alpha=0.28)
        t.rect(x - 4, h * 0.66, w * 0.163, 12, "#0a0d10")
        for k in (0.024, 0.058, 0.098, 0.132):
            t.ellipse(x + w * k, h * 0.695, 15, 15, "#0a0d10")
            t.ellipse(x + w * k, h * 0.695, 6, 6, "#39444e")
    nose = [(w * 0.02, h * 0.68), (w * 0.02, h * 0.54), (w * 0.07, h * 0.42), (w * 0.345, h * 0.42), (w * 0.345, h * 0.68)]
    t.poly(nose, ("#d9541a", "#6a2408"))
    t.poly([(w * 0.052, h * 0.52), (w * 0.085, h * 0.45), (w * 0.135, h * 0.45), (w * 0.135, h * 0.52)], ("#ffe2a8", "#c99046"))
    t.rect(w * 0.02, h * 0.575, w * 0.325, 12, "#f1f3f5", alpha=0.9)
    for k in range(7):
        t.rect(w * (0.165 + 0.024 * k), h * 0.455, w * 0.016, h * 0.08, "#3a1505", 2)
    t.rect(w * 0.01, h * 0.68, w * 0.34, 16, "#0a0d10")
    for k in (0.05, 0.09, 0.13, 0.23, 0.27, 0.31):
        t.ellipse(w * k, h * 0.71, 18, 18, "#0a0d10")
        t.ellipse(w * k, h * 0.71, 7, 7, "#39444e")
    t.light(w * 0.0, h * 0.6, w * 0.14, h * 0.16, "#fff0c8", 0.8)
    for y in (0.735, 0.8, 0.88):
        t.line([(0, h * y), (w, h * y)], 4, ("#8a97a3", "#4a5660", "h"), alpha=0.8)
    for n in range(34):
        t.rect(w * n / 33, h * 0.745, 14, 7, "#05070a", alpha=0.7)
    t.image = t.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    t.grain(6)
    return t


def tracks(size: tuple[int, int]) -> Table:
    """Rails that part and meet under a signal bridge."""
    w, h = size
    t = Table(w, h, ("#16242f", "#0c1218"), 27)
    far: Point = (w * 0.5, h * 0.22)
    t.light(*far, w * 0.34, h * 0.4, "#ffb46a", 0.55)
    for n in range(26):
        s = (n / 25) ** 2.2
        y = far[1] + (h - far[1]) * s
        t.rect(w * 0.5 - w * 0.75 * s, y, w * 1.5 * s, 2 + 9 * s, "#050709", alpha=0.6)
    for n in range(-5, 6):
        x = w * 0.5 + n * w * 0.17
        t.line([far, (x + n * 10, h + 10)], 4, ("#ffcf9a", "#6a7884"), alpha=0.85)
        t.line([far, (x + 52 + n * 10, h + 10)], 4, ("#ffcf9a", "#6a7884"), alpha=0.85)
    t.rect(w * 0.08, h * 0.14, w * 0.84, 16, "#07090c")
    for n in range(6):
        x = w * (0.14 + 0.144 * n)
        t.rect(x - 16, h * 0.16, 32, 78, "#07090c", 8)
        ink = ("#e2542a", "#7fd68a", "#e2542a", "#f0b83c", "#7fd68a", "#e2542a")[n]
        t.light(x, h * 0.2, 60, 60, ink, 0.6)
        t.ellipse(x, h * 0.2, 10, 10, ink)
    t.grain(6)
    return t


ROPE: tuple[Shape, ...] = (
    ("poly", (2, 12, 62, 22, 62, 27, 2, 17), "#FFEFD2"),
    ("rect", (29, 20, 5, 14, 0), "#FFEFD2"),
    ("rect", (12, 32, 40, 26, 7), "#FFEFD2"),
    ("rect", (18, 38, 12, 10, 2), "#A3231F"),
    ("rect", (34, 38, 12, 10, 2), "#A3231F"),
)
SPROUT: tuple[Shape, ...] = (
    ("rect", (29, 28, 6, 32, 2), "{stem}"),
    ("poly", (32, 36, 8, 30, 4, 10, 24, 16), "{left}"),
    ("poly", (32, 30, 56, 26, 60, 4, 40, 10), "{right}"),
)
SIGNAL: tuple[Shape, ...] = (
    ("rect", (4, 6, 34, 52, 17), "{body}"),
    ("circle", (21, 22, 9), "{lamp}"),
    ("circle", (21, 43, 9), "{dark}"),
    ("poly", (42, 14, 60, 14, 52, 32, 60, 50, 42, 50, 50, 32), "{lamp}"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """The Ropeway Federation: stone, oxblood and umber."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "ropeway", "#A3231F", ROPE)
    for tone, ink in (("light", "#FFEFD2"), ("pale", "#DBC9AC")):
        shapes: tuple[Shape, ...] = tuple((kind, n, "#35281F" if colour == "#A3231F" else ink) for kind, n, colour in ROPE)
        words = (Word("HIGHLAND ROPEWAY", 56, 22, 16, 152, SANS, 700), Word("FEDERATION", 56, 40, 16, 96, SANS, 700))
        for suffix, size in (("", (212, 48)), ("-2x", (424, 96))):
            yield f"{HOME}/assets/logos/ropeway-{tone}{suffix}.svg", wordmark(size, (212, 48), shapes, (0, 2, 46), ink, words)
    yield f"{images}/cabin.jpg", ropeway((1160, 900), "cabin", 3).jpeg(50)
    yield f"{images}/cables.jpg", cables((1280, 720)).jpeg(42)
    yield f"{images}/pylon.jpg", ropeway((720, 480), "pylon", 6).jpeg(58)
    yield f"{images}/winch.jpg", winch().jpeg(58)
    yield f"{images}/valley.jpg", ropeway((720, 480), "valley", 11).jpeg(58)
    yield f"{images}/station.jpg", station().jpeg(58)
    yield f"{images}/ridge.jpg", ropeway((1280, 720), "ridge", 15).jpeg(36)


def growers() -> Iterator[tuple[str, bytes]]:
    """Coast Growers: glass, leaves and a low shore."""
    yield from marks(GROW, "growers", "#FBFEFA", tinted(SPROUT, stem="#14241B", left="#1F6B3A", right="#D98A1F"))
    words = (Word("Coast Growers", 48, 22, 19, 132, WIDE, 700), Word("Alliance", 48, 40, 17, 68, WIDE))
    white = tinted(SPROUT, stem="#FFFFFF", left="#FFFFFF", right="#FFFFFF")
    mild = tinted(SPROUT, stem="#E6F0E4", left="#E6F0E4", right="#D98A1F")
    yield f"{GROW}/assets/logos/growers-white.svg", wordmark((190, 48), (190, 48), white, (0, 2, 42), "#FFFFFF", words)
    yield f"{GROW}/assets/logos/growers-mild.svg", wordmark((174, 44), (190, 48), mild, (0, 2, 42), "#E6F0E4", words)
    yield f"{GROW}/assets/images/growers-glass.jpg", glasshouses((1280, 900), 31).jpeg(58)
    yield f"{GROW}/assets/images/growers-shore.jpg", shore((1280, 720)).jpeg(52)
    yield f"{GROW}/assets/images/growers-og.jpg", glasshouses((1200, 630), 31).jpeg(58)


def freight() -> Iterator[tuple[str, bytes]]:
    """Night Freight Council: amber lamps on steel."""
    yield from marks(RAIL, "freight", "#0F1216", tinted(SIGNAL, body="#F1F3F5", lamp="#B4420F", dark="#16405A"))
    words = (Word("NIGHT FREIGHT", 54, 23, 17, 134, SANS, 700), Word("COUNCIL", 54, 41, 17, 72, SANS, 700))
    white = tinted(SIGNAL, body="#FFFFFF", lamp="#16405A", dark="#16405A")
    white = (*white[:3], ("poly", white[3][1], "#FFFFFF"))
    mild = tuple((kind, n, "#F1F3F5" if ink == "#FFFFFF" else "#B4420F") for kind, n, ink in white)
    yield f"{RAIL}/assets/logos/freight-white.svg", wordmark((194, 48), (194, 48), white, (0, 2, 44), "#FFFFFF", words)
    yield f"{RAIL}/assets/logos/freight-mild.svg", wordmark((178, 44), (194, 48), mild, (0, 2, 44), "#F1F3F5", words)
    yield f"{RAIL}/assets/images/freight-yard.jpg", yard((1280, 900), 41).jpeg(58)
    yield f"{RAIL}/assets/images/freight-tracks.jpg", tracks((1280, 720)).jpeg(52)
    yield f"{RAIL}/assets/images/freight-og.jpg", yard((1200, 630), 41).jpeg(58)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from growers()
    yield from freight()
