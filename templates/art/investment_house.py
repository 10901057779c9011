"""Pictures of Viaduct Street Partners, and of two houses that take its site over: arches, ports, contours, managers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from art.scenery import mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Face, Point, Table, person

HOME = "templates/investment-house"
CALDER = "requirements/calder-point-01"
BLACK = "requirements/blackwater-capital-02"
SERIF = "Georgia, 'Liberation Serif', serif"


def hills(t: Table, level: float, swell: float, ink: str, foot: str, phase: float) -> None:
    """A long hill from side to side that fades downwards."""
    edge = [
        (t.w * i / 80, t.h * (level + swell * (math.sin(i * 0.07 + phase) + 0.4 * math.sin(i * 0.19 + phase * 2))))
        for i in range(81)
    ]
    t.poly([*edge, (t.w, t.h), (0, t.h)], (ink, foot))


def viaduct(size: tuple[int, int]) -> Table:
    """A long viaduct in the morning, a train on it, mist in the valley."""
    w, h = size
    t = Table(w, h, ("#d9b777", "#f7ecc9"), 6)
    t.light(w * 0.74, h * 0.34, w * 0.4, h * 0.4, "#fff6d8", 0.8)
    t.ellipse(w * 0.74, h * 0.3, h * 0.06, h * 0.06, "#fff9e6")
    hills(t, 0.5, 0.04, "#b9a56c", "#e6d7a6", 0.4)
    hills(t, 0.6, 0.05, "#8a8a58", "#cfc596", 2.2)
    deck, count = h * 0.4, 11
    step = w * 1.1 / count
    for n in range(count):
        x = -w * 0.04 + step * n
        pier = step * 0.26
        foot = h * (0.78 + 0.1 * math.sin(n * 0.42 + 0.6))
        t.rect(x, deck, pier, foot - deck, ("#c9a06a", "#6a4a2c", "h"))
        t.rect(x + pier * 0.66, deck, pier * 0.34, foot - deck, "#4a3420", alpha=0.55)
        top, span = deck + step * 0.42, step - pier
        arch: list[Point] = [(x + pier, deck), (x + pier + span, deck)]
        arch += [
            (x + pier + span * (0.5 + 0.5 * math.cos(k * math.pi / 24)), top - span * 0.5 * math.sin(k * math.pi / 24))
            for k in range(25)
        ]
        t.poly([(x + pier, deck), (x + pier + span, deck), *arch[2:]], ("#b98a56", "#8a6238"))
        t.arc(x + pier + span / 2, top, span / 2 + 5, 180, 360, 7, "#d9b380")
    t.rect(0, deck - 20, w, 26, ("#d9b380", "#9a7244"))
    t.rect(0, deck - 26, w, 8, "#e6c694")
    for n in range(6):
        x = w * (0.2 + 0.082 * n)
        ink = "#1e4b3a" if n else "#7e3f10"
        t.rect(x, deck - 60, w * 0.078, 32, (mix(ink, "#ffffff", 0.2), ink), 6 if n else 12)
        for k in range(5):
            t.rect(x + 10 + k * w * 0.0135, deck - 53, w * 0.009, 12, "#ffefc0", 2)
        for k in (0.014, 0.03, 0.05, 0.066):
            t.ellipse(x + w * k, deck - 28, 6, 6, "#2a211a")
    for n in range(8):
        t.ellipse(w * (0.19 - 0.02 * n), deck - 74 - n * 9, 12 + 5 * n, 9 + 4 * n, "#fffaf0", alpha=0.5 - 0.05 * n, blur=6)
    hills(t, 0.8, 0.04, "#5f6b40", "#8a8f5c", 4.0)
    t.rect(0, h * 0.66, w, h * 0.12, "#fff6dc", alpha=0.4, blur=34)
    hills(t, 0.9, 0.03, "#2f4a34", "#1e3327", 5.3)
    for _ in range(60):
        x, y, r = t.dice(0, w), h * t.dice(0.88, 1.0), t.dice(8, 26)
        t.ellipse(x, y, r, r * 0.8, mix("#1e3327", "#5f6b40", t.dice(0, 0.6)))
    t.grain(4)
    return t


def crane(t: Table, x: float, foot: float, s: float, ink: str, lift: float = 0.0) -> None:
    """A container crane that reaches to the left; `lift` raises its boom."""
    dark = mix(ink, "#000000", 0.35)

    def p(px: float, py: float) -> Point:
        return x + px * s, foot + py * s

    for px in (0, 90):
        t.line([p(px, 0), p(px * 0.8 + 8, -250)], 12 * s, (ink, dark))
    t.line([p(0, -70), p(88, -70)], 8 * s, ink)
    t.line([p(2, -70), p(84, -190)], 6 * s, dark)
    t.line([p(6, -250), p(150, -250)], 14 * s, ink)
    tip = p(-200, -250 - 140 * lift)
    t.line([p(10, -250), tip], 13 * s, ink)
    t.line([p(44, -250), p(30, -348), tip], 5 * s, dark)
    t.line([p(30, -348), p(140, -250)], 5 * s, dark)
    t.rect(*p(96, -284), 46 * s, 36 * s, (mix(ink, "#ffffff", 0.3), ink), 4)
    hook = p(-110, -250 - 77 * lift)
    t.line([hook, (hook[0], hook[1] + 90 * s)], 2.5 * s, dark)
    t.rect(hook[0] - 32 * s, hook[1] + 90 * s, 64 * s, 26 * s, mix(ink, "#ffffff", 0.12), 2)


def boxes(t: Table, x: float, y: float, columns: int, rows: int, wide: float, tall: float, inks: tuple[str, ...]) -> None:
    """A stack of containers that stands on y, uneven at its top."""
    for column in range(columns):
        for row in range(rows - (column * 5 + rows) % 3):
            ink = inks[(column * 3 + row * 2 + column * row) % len(inks)]
            left, top = x + column * wide, y - (row + 1) * tall
            t.rect(left, top, wide - 2, tall - 2, (mix(ink, "#ffffff", 0.14), mix(ink, "#000000", 0.22)), 2)
            for k in range(1, 8):
                t.line([(left + k * wide / 8, top + 3), (left + k * wide / 8, top + tall - 5)], 1.2, "#000000", alpha=0.22)


def port(size: tuple[int, int], night: bool, seed: int) -> Table:
    """Cranes over a ship and stacks of boxes, at noon or under lamps."""
    w, h = size
    sky = ("#0a0f12", "#1c2c31") if night else ("#cfc39a", "#f6ecc8")
    t = Table(w, h, sky, seed)
    inks = (
        ("#14655a", "#6a5a34", "#2c4a52", "#8a7a4c", "#1f3a38")
        if night
        else ("#7e3f10", "#1e4b3a", "#b98a4a", "#5a6a4a", "#3a3320")
    )
    steel = "#2b3a3c" if night else "#5a4a34"
    quay = h * 0.74
    if night:
        for _ in range(70):
            t.ellipse(t.dice(0, w), t.dice(0, h * 0.4), 1.1, 1.1, "#d9e6e2", alpha=t.dice(0.2, 0.8))
        t.light(w * 0.5, quay, w * 0.6, h * 0.26, "#9fd3c0", 0.22)
    else:
        t.light(w * 0.3, h * 0.3, w * 0.4, h * 0.4, "#fff8e0", 0.7)
    hills(t, 0.64, 0.015, mix(sky[1], "#000000", 0.2), mix(sky[1], "#000000", 0.3), 1.0)
    s = h / 480
    for n, (x, lift) in enumerate(((0.3, 0.0), (0.55, 0.9), (0.8, 0.0), (1.0, 0.5))):
        crane(
            t, w * x, quay, (0.92 + 0.06 * (n % 2)) * s, mix(steel, "#14655a" if night else "#1e4b3a", 0.3 if n % 2 else 0.0), lift
        )
        if night:
            t.light(w * x - 60 * s, quay - 240 * s, 90 * s, 90 * s, "#ffe2a8", 0.6)
            t.beam(
                [
                    (w * x - 80 * s, quay - 236 * s),
                    (w * x - 40 * s, quay - 236 * s),
                    (w * x + 30 * s, quay),
                    (w * x - 150 * s, quay),
                ],
                "#ffe2a8",
                0.13,
                14,
            )
    boxes(t, w * 0.36, quay, 5, 4, w * 0.055, h * 0.055, inks)
    boxes(t, w * 0.84, quay, 4, 5, w * 0.055, h * 0.055, inks[::-1])
    hull = "#101719" if night else "#3a3320"
    t.poly([(-10, h * 0.66), (w * 0.33, h * 0.66), (w * 0.3, h * 0.82), (-10, h * 0.82)], (mix(hull, "#ffffff", 0.12), hull))
    t.rect(-10, h * 0.79, w * 0.325, h * 0.03, "#7e3f10" if not night else "#14655a")
    boxes(t, -w * 0.02, h * 0.66, 5, 4, w * 0.055, h * 0.055, inks[1:] + inks[:1])
    t.rect(w * 0.31, quay, w, h * 0.06, (mix(steel, "#ffffff", 0.2), steel))
    t.rect(0, h * 0.8, w, h * 0.2, (mix(sky[1], "#12303a", 0.35), mix(sky[0], "#0a1a20", 0.4)))
    for _ in range(120):
        depth = t.dice(0, 1)
        gleam = ("#ffe2a8" if t.dice(0, 1) < 0.5 else "#9fd3c0") if night else "#fff6da"
        t.rect(t.dice(0, w), h * (0.81 + 0.19 * depth), 10 + 60 * depth, 1.5 + 2 * depth, gleam, 1, alpha=0.28 if night else 0.4)
    t.grain(5)
    return t


def turbines() -> Table:
    """Wind turbines on a ridge above a ploughed field."""
    w, h = 640, 440
    t = Table(w, h, ("#b9c2a0", "#f6edcc"), 12)
    t.light(480, 120, 260, 200, "#fff9e6", 0.7)
    hills(t, 0.6, 0.03, "#a8a46c", "#c9c08c", 0.7)
    for x, foot, s in ((110, 270, 0.8), (260, 280, 1.1), (430, 262, 0.9), (560, 276, 1.25)):
        t.poly(
            [(x - 4 * s, foot), (x + 4 * s, foot), (x + 2 * s, foot - 170 * s), (x - 2 * s, foot - 170 * s)], ("#fffdf4", "#c9c6b4")
        )
        for k in range(3):
            a = math.radians(20 + 120 * k + x)
            tip = (x + 92 * s * math.cos(a), foot - 170 * s + 92 * s * math.sin(a))
            side = (x + 26 * s * math.cos(a + 0.22), foot - 170 * s + 26 * s * math.sin(a + 0.22))
            t.poly([(x, foot - 170 * s), side, tip], ("#ffffff", "#d6d3c2"))
        t.ellipse(x, foot - 170 * s, 6 * s, 6 * s, "#8a8a78")
    hills(t, 0.7, 0.02, "#7a6a3c", "#4a3c20", 2.6)
    for n in range(30):
        x = w * (n / 29 * 2.6 - 0.8)
        t.line([(w * 0.5 + (x - w * 0.5) * 0.35, h * 0.72), (x, h + 10)], 5, "#3a2e18", alpha=0.5)
    t.grain(5)
    return t


def ledger() -> Table:
    """An open ledger with columns, a pen and a cup on a table."""
    w, h = 640, 440
    t = Table(w, h, ("#6a4a2a", "#3f2b18"), 15)
    for n in range(9):
        t.line([(0, n * 54 + 10), (w, n * 54 - 6)], 2, "#2a1c10", alpha=0.5)
    t.beam([(0, 0), (220, 0), (560, h), (260, h)], "#ffe6b0", 0.25, 30)
    t.poly([(92, 96), (560, 70), (604, 372), (70, 404)], "#20150c", alpha=0.5, blur=16)
    t.poly([(86, 84), (322, 76), (330, 376), (58, 390)], ("#fff8e2", "#e9dcb8"))
    t.poly([(322, 76), (552, 62), (592, 358), (330, 376)], ("#f6ecce", "#fff6dc"))
    t.poly([(312, 77), (332, 76), (344, 375), (316, 378)], "#8a7650", alpha=0.35, blur=5)
    for page, (left, right, lean) in enumerate(((108, 302, -1.6), (346, 548, 2.0))):
        for row in range(12):
            y = 112 + row * 21 - page * 8
            t.line([(left + lean * row, y), (right + lean * row * 0.4, y - 5)], 1.2, "#b9a878")
            for column in range(3):
                x = left + lean * row + 8 + column * 66
                red = (row * 3 + column + page) % 7 == 3
                t.rect(x, y - 12, 22 + (row * 7 + column * 11) % 26, 7, "#7e3f10" if red else "#1e4b3a", 2, alpha=0.8)
    t.line([(560, 250), (442, 400)], 9, "#1b211c")
    t.line([(446, 394), (436, 408)], 4, "#c9a046")
    t.ellipse(86, 66, 48, 46, "#20150c", alpha=0.5, blur=9)
    t.ellipse(82, 56, 46, 44, ("#f6ecce", "#c9b88c"))
    t.ellipse(82, 56, 36, 34, ("#4a2a14", "#2a160a"))
    t.grain(5)
    return t


def contours(size: tuple[int, int], ground: str, line: str, deep: str, seed: int) -> Table:
    """Height lines of an island, every fifth one stronger."""
    w, h = size
    t = Table(w, h, (ground, mix(ground, deep, 0.12)), seed)
    for peak, (cx, cy, reach) in enumerate(((0.3, 0.46, 0.5), (0.78, 0.56, 0.42))):
        for n in range(17, 0, -1):
            ring: list[Point] = []
            for k in range(97):
                a = k * math.pi / 48
                r = (
                    h
                    * reach
                    * n
                    / 11
                    * (
                        1
                        + 0.16 * math.sin(2 * a + peak + seed)
                        + 0.1 * math.sin(3 * a + n * 0.12 + seed)
                        + 0.05 * math.sin(7 * a + n * 0.3)
                    )
                )
                ring.append((w * cx + r * 1.25 * math.cos(a), h * cy + r * math.sin(a)))
            if n < 12:
                t.poly(ring, mix(ground, deep, 0.05 + 0.03 * (12 - n)), alpha=0.6)
            t.line(ring, 3.4 if n % 5 == 0 else 1.5, line, alpha=0.75 if n < 13 else 0.35)
    t.grain(3)
    return t


def windows(size: tuple[int, int], wall: str, glass: str, lamp: str, seed: int) -> Table:
    """The front of an office seen flat: rows of deep windows, some lit."""
    w, h = size
    t = Table(w, h, (mix(wall, "#ffffff", 0.12), wall), seed)
    columns, rows = 11, 6
    for row in range(rows):
        for column in range(columns):
            x, y = w * (column + 0.14) / columns, h * (row + 0.12) / rows
            wide, tall = w / columns * 0.72, h / rows * 0.76
            lit = (column * 7 + row * 5 + seed) % 9 == 0
            t.rect(x - 4, y - 4, wide + 8, tall + 8, mix(wall, "#000000", 0.2), 2)
            t.rect(x, y, wide, tall, (mix(lamp, "#ffffff", 0.3), lamp) if lit else (mix(glass, "#ffffff", 0.35), glass))
            if not lit:
                t.poly([(x, y + tall * 0.7), (x + wide * 0.7, y), (x + wide, y), (x, y + tall)], "#ffffff", alpha=0.16)
            t.rect(x + wide * 0.48, y, 4, tall, mix(wall, "#000000", 0.25))
            t.rect(x - 6, y + tall + 2, wide + 12, 8, mix(wall, "#ffffff", 0.3))
    t.beam([(w * 0.1, 0), (w * 0.44, 0), (w * 0.9, h), (w * 0.5, h)], "#ffffff", 0.2, 40)
    t.grain(4)
    return t


def arches(size: tuple[int, int]) -> Table:
    """Brick arches under a railway, one with a lit door."""
    w, h = size
    t = Table(w, h, ("#8a5a38", "#5a3a24"), 18)
    for row in range(36):
        y = h * row / 36
        for column in range(34):
            x = w * column / 33 - (18 if row % 2 else 0)
            ink = mix("#9a6440", "#5a3420", t.dice(0, 0.9))
            t.rect(x, y, w / 33 - 3, h / 36 - 3, ink, 1, alpha=0.75)
    for n in range(4):
        cx, r = w * (0.125 + 0.25 * n), w * 0.1
        t.ellipse(cx, h * 0.44, r + 16, r + 16, ("#c99a68", "#7a5030"))
        t.rect(cx - r - 16, h * 0.44, 2 * r + 32, h * 0.5, ("#7a5030", "#5a3822"))
        lit = n == 2
        t.ellipse(cx, h * 0.44, r, r, ("#f6d48a", "#e0a44e") if lit else ("#1e2a24", "#24382e"))
        t.rect(cx - r, h * 0.44, 2 * r, h * 0.5, ("#e0a44e", "#a86a28") if lit else ("#24382e", "#141c18"))
        for k in range(-3, 4):
            t.line([(cx + k * r / 3.4, h * 0.26), (cx + k * r / 3.4, h * 0.94)], 4, "#1b211c", alpha=0.8)
        t.line([(cx - r, h * 0.5), (cx + r, h * 0.5)], 6, "#1b211c", alpha=0.8)
    t.light(w * 0.625, h * 0.6, w * 0.2, h * 0.5, "#ffd58a", 0.4)
    t.rect(0, h * 0.93, w, h * 0.07, ("#4a3826", "#2a2018"))
    t.grain(3)
    return t


def lighthouse(size: tuple[int, int]) -> Table:
    """A lighthouse on its point, waves in long rows, a pale sky."""
    w, h = size
    t = Table(w, h, ("#9cc0de", "#f3f8fc"), 27)
    t.light(w * 0.2, h * 0.36, w * 0.5, h * 0.4, "#ffe3d6", 0.7)
    for _ in range(14):
        t.ellipse(t.dice(0, w), h * t.dice(0.06, 0.36), t.dice(60, 170), t.dice(7, 18), "#ffffff", alpha=0.5, blur=10)
    t.rect(0, h * 0.56, w, h * 0.44, ("#8fb4cf", "#2a5b87"))
    for n in range(13):
        y = h * (0.57 + 0.033 * n + 0.0008 * n * n)
        wave = [(w * i / 50, y + (2 + n * 0.9) * math.sin(i * 0.55 + n * 1.9)) for i in range(51)]
        t.line(wave, 1.4 + 0.35 * n, "#ffffff", alpha=0.42)
    cx = w * 0.7
    t.poly(
        [
            (w * 0.36, h * 0.64),
            (w * 0.5, h * 0.58),
            (w * 0.58, h * 0.52),
            (w * 0.82, h * 0.5),
            (w * 0.92, h * 0.56),
            (w * 1.02, h * 0.58),
            (w * 1.02, h * 0.74),
            (w * 0.5, h * 0.7),
        ],
        ("#5a6a72", "#22323f"),
    )
    for k in range(7):
        x = w * (0.46 + 0.08 * k)
        t.poly([(x, h * 0.69), (x + 36, h * (0.6 - 0.01 * k)), (x + 80, h * 0.7)], ("#7a8a92", "#33454f"), alpha=0.8)
    t.poly([(cx - 52, h * 0.51), (cx + 52, h * 0.51), (cx + 34, h * 0.17), (cx - 34, h * 0.17)], ("#ffffff", "#b9c8d4", "h"))
    for k in (0, 2):
        a, b = k / 4, (k + 1) / 4
        y0, y1 = h * (0.51 - 0.34 * a), h * (0.51 - 0.34 * b)
        t.poly(
            [(cx - 52 + 18 * a, y0), (cx + 52 - 18 * a, y0), (cx + 52 - 18 * b, y1), (cx - 52 + 18 * b, y1)],
            ("#e48a6c", "#a8523a", "h"),
        )
    t.rect(cx - 48, h * 0.155, 96, 13, "#22323f", 3)
    t.rect(cx - 26, h * 0.095, 52, h * 0.06, ("#fff6d8", "#f0d48a"))
    for k in (-26, -9, 9, 24):
        t.rect(cx + k, h * 0.095, 3, h * 0.06, "#22323f")
    t.poly([(cx - 34, h * 0.096), (cx, h * 0.045), (cx + 34, h * 0.096)], ("#e48a6c", "#8f4430"))
    t.beam([(cx - 20, h * 0.12), (cx - 20, h * 0.135), (-40, h * 0.3), (-40, h * 0.04)], "#fffbe6", 0.5, 8)
    t.rect(cx + 70, h * 0.44, 130, h * 0.075, ("#fdfefe", "#c9d6df"))
    t.poly([(cx + 60, h * 0.44), (cx + 84, h * 0.395), (cx + 188, h * 0.395), (cx + 212, h * 0.44)], ("#8f4430", "#6a3022"))
    for k in range(3):
        t.rect(cx + 88 + k * 38, h * 0.46, 18, 26, "#2a5b87", 2)
    t.grain(4)
    return t


def manager(face: Face, wall: tuple[str, str], seed: int) -> Table:
    """One of the managers, the arch of a window behind."""
    t = Table(440, 440, wall, seed)
    t.ellipse(300, 150, 118, 118, (mix(wall[0], "#fff6da", 0.6), mix(wall[1], "#fff6da", 0.3)))
    t.rect(182, 150, 236, 300, (mix(wall[1], "#fff6da", 0.3), mix(wall[1], "#fff6da", 0.15)))
    for x in (240, 300, 360):
        t.rect(x - 3, 36, 6, 420, mix(wall[1], "#000000", 0.18))
    t.rect(182, 150, 236, 6, mix(wall[1], "#000000", 0.18))
    t.soften(5)
    person(t, face, 208, 82, 168)
    t.light(330, 170, 190, 260, "#fff0cc", 0.2)
    t.grain(5)
    return t


ARCH: tuple[Shape, ...] = (
    ("rect", (2, 12, 60, 8, 0), "{line}"),
    ("rect", (4, 20, 56, 36, 0), "{line}"),
    ("circle", (20, 38, 10), "{gap}"),
    ("rect", (10, 38, 20, 18, 0), "{gap}"),
    ("circle", (44, 38, 10), "{gap}"),
    ("rect", (34, 38, 20, 18, 0), "{gap}"),
)
BEACON: tuple[Shape, ...] = (
    ("poly", (24, 60, 28, 22, 36, 22, 40, 60), "{line}"),
    ("rect", (26, 10, 12, 10, 2), "{spot}"),
    ("poly", (22, 12, 2, 4, 2, 22), "{spot}"),
    ("poly", (42, 12, 62, 4, 62, 22), "{spot}"),
)
DROP: tuple[Shape, ...] = (
    ("poly", (32, 4, 52, 34, 12, 34), "{line}"),
    ("circle", (32, 38, 21), "{line}"),
    ("poly", (12, 36, 52, 36, 53, 42, 11, 42), "{gap}"),
    ("poly", (15, 48, 49, 48, 45, 53, 19, 53), "{gap}"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Viaduct Street: straw paper, bottle green and rust."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "viaduct", "#EFE7CC", tinted(ARCH, line="#1E4B3A", gap="#EFE7CC"))
    words = (Word("Viaduct Street", 58, 23, 20, 134, SERIF), Word("PARTNERS", 59, 40, 11, 78, SERIF))
    for tone, ink, line, gap in (("dark", "#1B211C", "#1E4B3A", "#DDD2AF"), ("light", "#FFF2CF", "#FFF2CF", "#3A3320")):
        for suffix, size in (("", (196, 48)), ("-2x", (392, 96))):
            mark = tinted(ARCH, line=line, gap=gap)
            yield f"{HOME}/assets/logos/viaduct-{tone}{suffix}.svg", wordmark(size, (196, 48), mark, (0, 0, 48), ink, words)
    yield f"{images}/viaduct.jpg", viaduct((1280, 800)).jpeg(50)
    yield f"{images}/port.jpg", port((640, 440), False, 31).jpeg(54)
    yield f"{images}/turbines.jpg", turbines().jpeg(52)
    yield f"{images}/ledger.jpg", ledger().jpeg(52)
    people = {
        "okonkwo": (Face("#6f452d", "#17110f", "#1e4b3a", "curly", "suit"), ("#b9a878", "#8a7a50")),
        "strand": (Face("#eec6a6", "#a89a86", "#5a5f58", "swept", "collar", True), ("#a8b09a", "#6f7a66")),
        "amsel": (Face("#f0cdb0", "#4a2c1c", "#7e3f10", "bob", "knit"), ("#c9b088", "#94784e")),
    }
    for n, (name, (face, wall)) in enumerate(people.items()):
        yield f"{images}/{name}.jpg", manager(face, wall, 40 + n).jpeg(54)
    yield f"{images}/contours.jpg", contours((1280, 760), "#e6dcb8", "#7a6a3c", "#8a7a44", 3).jpeg(28)
    yield f"{images}/arches.jpg", arches((1280, 720)).jpeg(36)
    yield f"{images}/windows.jpg", windows((1280, 720), "#d9cda6", "#8a9a84", "#f0d48a", 4).jpeg(30)


def calder() -> Iterator[tuple[str, bytes]]:
    """Calder Point: a light on a headland."""
    yield from marks(CALDER, "calder", "#FAFCFE", tinted(BEACON, line="#2A5B87", spot="#E48A6C"))
    words = (Word("Calder Point", 56, 24, 20, 118, SERIF), Word("ASSET MANAGEMENT", 57, 40, 9.5, 116, SERIF))
    dark, pale = tinted(BEACON, line="#2A5B87", spot="#E48A6C"), tinted(BEACON, line="#FFFFFF", spot="#E48A6C")
    yield f"{CALDER}/assets/logos/calder-blue.svg", wordmark((184, 48), (184, 48), dark, (0, 1, 46), "#14202B", words)
    yield f"{CALDER}/assets/logos/calder-white.svg", wordmark((169, 44), (184, 48), pale, (0, 1, 46), "#FFFFFF", words)
    yield f"{CALDER}/assets/images/calder-light.jpg", lighthouse((1280, 800)).jpeg(60)
    yield f"{CALDER}/assets/images/calder-chart.jpg", contours((1280, 760), "#eef4f9", "#82a4c0", "#a9c4da", 7).jpeg(50)
    yield f"{CALDER}/assets/images/calder-panes.jpg", windows((1280, 720), "#e3ebf2", "#9cb8d0", "#f6c9b4", 7).jpeg(50)
    yield f"{CALDER}/assets/images/calder-og.jpg", lighthouse((1200, 630)).jpeg(60)


def blackwater() -> Iterator[tuple[str, bytes]]:
    """Blackwater Capital: a port that works at night."""
    yield from marks(BLACK, "blackwater", "#0D1012", tinted(DROP, line="#9FD3C0", gap="#0D1012"))
    words = (Word("Blackwater", 54, 24, 21, 112, SERIF), Word("CAPITAL", 55, 41, 11, 66, SERIF))
    pale, ink = tinted(DROP, line="#9FD3C0", gap="#191E21"), tinted(DROP, line="#0A0D0E", gap="#D8C59A")
    yield f"{BLACK}/assets/logos/blackwater-pale.svg", wordmark((172, 48), (172, 48), pale, (0, 1, 46), "#ECEFEA", words)
    yield f"{BLACK}/assets/logos/blackwater-ink.svg", wordmark((158, 44), (172, 48), ink, (0, 1, 46), "#0A0D0E", words)
    yield f"{BLACK}/assets/images/blackwater-port.jpg", port((1280, 800), True, 51).jpeg(58)
    yield f"{BLACK}/assets/images/blackwater-depth.jpg", contours((1280, 760), "#14191c", "#4a6a62", "#0a0d0e", 9).jpeg(48)
    yield f"{BLACK}/assets/images/blackwater-og.jpg", port((1200, 630), True, 51).jpeg(58)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from calder()
    yield from blackwater()
