"""Pictures of Bramble Street Trust, and of the two charities that take its site over: tables, gardens, quilts and many faces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from art.easel import Easel, Face, person, ring
from art.scenery import mix
from art.signs import Shape, Styled, icon_files, sign

HOME = "templates/community-trust"
HARROW = "requirements/harrow-lane-01"
DOORLIGHT = "requirements/doorlight-02"

PEOPLE: tuple[Face, ...] = (
    Face("#7a4a30", "#17100d", "curls", "#d9892f"),
    Face("#efc6a6", "#8f8a84", "bob", "#3f6f5a", glasses=True),
    Face("#c98d68", "#2b1a14", "short", "#a3342a", beard=True),
    Face("#5c3825", "#c23b6a", "scarf", "#4a2a5a"),
    Face("#e6b48f", "#6b3418", "long", "#e3c25a"),
    Face("#d9a27c", "#ddd8d0", "short", "#2f5577", beard=True),
    Face("#8f5a3c", "#20140f", "bun", "#e9e2d0"),
    Face("#f2d0b5", "#b5562a", "crop", "#5f8f4a"),
    Face("#a96f4a", "#1f7a72", "scarf", "#b0483a", glasses=True),
    Face("#e9bd9b", "#3b241a", "cap", "#33475a"),
)
"""Everybody who may turn up in a picture."""


def crowd(e: Easel, places: Sequence[tuple[float, float, float, int]]) -> None:
    """People at (x, y) with heads of a height; those named last stand in front."""
    for x, y, size, who in places:
        person(e, PEOPLE[who % len(PEOPLE)], x, y, size)


def canopy(e: Easel, tones: Sequence[str], depth: float, seed_count: int) -> None:
    """Leaves hanging in from above."""
    for _ in range(seed_count):
        x = e.random.uniform(0, e.width)
        y = e.random.random() ** 1.8 * depth
        r = e.random.uniform(14, 40)
        e.disc(x, y, r, r * 0.55, e.random.choice(tones), turn=e.random.uniform(-40, 40))


def bunting(e: Easel, y: float, sag: float, flags: int, tones: Sequence[str], size: float) -> None:
    """A string of flags from one side to the other."""
    edge = [(e.width * i / 60, y + sag * math.sin(math.pi * i / 60)) for i in range(61)]
    e.line(edge, 2, "#4a3a2a")
    for n in range(flags):
        t = (n + 0.5) / flags
        x, top = e.width * t, y + sag * math.sin(math.pi * t)
        tone = tones[n % len(tones)]
        e.poly(
            [(x - size * 0.5, top), (x + size * 0.5, top), (x, top + size * 1.15)],
            mix(tone, "#ffffff", 0.1),
            to=mix(tone, "#000000", 0.15),
        )


def quilt(e: Easel, x: float, y: float, w: float, h: float, side: float, tones: Sequence[str], seam: str) -> None:
    """Patchwork of squares, each cut into triangles, diamonds or pinwheels, with stitches."""
    for row in range(math.ceil(h / side)):
        for col in range(math.ceil(w / side)):
            px, py = x + col * side, y + row * side
            a, b = e.random.sample(list(tones), 2)
            e.rect(px, py, side + 1, side + 1, a)
            kind = (row + 2 * col) % 4
            mid, far = side / 2, side
            if kind == 0:
                e.poly([(px, py), (px + far, py), (px, py + far)], b)
            elif kind == 1:
                e.poly([(px + mid, py), (px + far, py + mid), (px + mid, py + far), (px, py + mid)], b)
            elif kind == 2:
                e.poly([(px, py), (px + mid, py), (px + mid, py + mid)], b)
                e.poly([(px + far, py), (px + far, py + mid), (px + mid, py + mid)], b)
                e.poly([(px + far, py + far), (px + mid, py + far), (px + mid, py + mid)], b)
                e.poly([(px, py + far), (px, py + mid), (px + mid, py + mid)], b)
            else:
                for k in range(3):
                    inset = side * (0.12 + 0.14 * k)
                    e.rect(px + inset, py + inset, side - 2 * inset, side - 2 * inset, b if k % 2 == 0 else a)
            for k in range(int(side / 12)):
                e.rect(px + 4 + 12 * k, py + 3, 6, 1.4, seam, alpha=0.6)
                e.rect(px + 3, py + 4 + 12 * k, 1.4, 6, seam, alpha=0.6)


def table(e: Easel, y: float, tone: str, cloth: str, seed_count: int) -> None:
    """A long table across the front, laid for many."""
    w, h = e.width, e.height
    e.rect(0, y, w, h - y, cloth, to=mix(cloth, "#000000", 0.3))
    e.rect(0, y, w, (h - y) * 0.34, mix(tone, "#ffffff", 0.1), to=tone)
    for n in range(seed_count):
        x = w * (n + 0.5) / seed_count
        top = y + (h - y) * 0.13
        r = w / seed_count * 0.3
        kind = n % 4
        e.shade(ring(x + 4, top + r * 0.3, r * 1.1, r * 0.3), 0.35, 5)
        if kind == 0:
            e.disc(x, top, r, r * 0.32, "#fbf7ee")
            for _ in range(9):
                e.disc(
                    x + e.random.gauss(0, r * 0.3),
                    top - r * 0.12 + e.random.gauss(0, r * 0.07),
                    r * 0.14,
                    fill=e.random.choice(("#c2402c", "#e3a23a", "#6f9a3c")),
                )
        elif kind == 1:
            e.blob(
                [
                    (x - r * 0.8, top - r * 0.2),
                    (x + r * 0.8, top - r * 0.2),
                    (x + r * 0.6, top + r * 0.42),
                    (x - r * 0.6, top + r * 0.42),
                ],
                "#3f6f86",
                to="#274a5c",
            )
            e.disc(x, top - r * 0.22, r * 0.8, r * 0.24, "#d98b3c")
        elif kind == 2:
            e.rect(x - r * 0.26, top - r * 1.3, r * 0.52, r * 1.6, "#cfe0d8", r=6, alpha=0.9)
            for k in range(5):
                a = math.radians(-130 + 20 * k)
                e.line([(x, top - r * 1.1), (x + r * 1.1 * math.cos(a), top - r * 1.2 + r * 0.9 * math.sin(a))], 2.4, "#4f7a3f")
                e.disc(
                    x + r * 1.1 * math.cos(a),
                    top - r * 1.2 + r * 0.9 * math.sin(a),
                    r * 0.2,
                    fill=("#e3c25a", "#d8607a", "#fbf7ee")[k % 3],
                )
        else:
            e.blob(
                [
                    (x - r, top + r * 0.2),
                    (x - r * 0.8, top - r * 0.4),
                    (x, top - r * 0.6),
                    (x + r * 0.8, top - r * 0.4),
                    (x + r, top + r * 0.2),
                ],
                "#cf9550",
                to="#9a5c2a",
            )


def feast(width: int, height: int, seed: int) -> Easel:
    """A street party: a long table under trees and flags, everybody behind it."""
    e = Easel(width, height, ((0, "#bcd9c4"), (0.6, "#f3ecd0"), (1, "#e8d9b0")), seed)
    u = height / 800
    for n in range(10):
        x, w = width * n / 10, width / 10
        tone = ("#c9735a", "#e0c39a", "#b98a7a", "#d9a878")[n % 4]
        e.rect(x, 230 * u, w + 1, 400 * u, tone)
        e.poly([(x, 232 * u), (x + w / 2, 160 * u), (x + w, 232 * u)], mix(tone, "#3a2a2a", 0.4))
        for k in range(4):
            e.rect(x + w * (0.18 + 0.38 * (k % 2)), (270 + 110 * (k // 2)) * u, w * 0.24, 64 * u, "#f6efdc")
            e.rect(x + w * (0.2 + 0.38 * (k % 2)), (274 + 110 * (k // 2)) * u, w * 0.2, 56 * u, "#5b7a86")
    e.soften(4)
    canopy(e, ("#5f8f4a", "#7aa653", "#47753c", "#94b85f"), 150 * u, 420)
    bunting(e, 120 * u, 90 * u, 19, ("#5a1f4a", "#e3a23a", "#c2402c", "#f6efdc", "#1f5a4a"), 52 * u)
    crowd(e, [(width * (0.06 + 0.125 * n), (392 + 18 * (n % 3)) * u, 112 * u, n + 3) for n in range(8)])
    crowd(e, [(width * (0.125 + 0.15 * n), (478 + 14 * (n % 2)) * u, 136 * u, n * 3 + 1) for n in range(6)])
    table(e, 640 * u, "#b98a54", "#f3e8d0", 15)
    e.glow(width * 0.2, 40 * u, 460 * u, "#fff0c0", 0.4)
    e.vignette(0.25, "#2a1a0a")
    return e


def kitchen(width: int, height: int) -> Easel:
    """Two cooks behind a pot as wide as a wheel."""
    e = Easel(width, height, "#e9dcc0", 31)
    e.tiles(0, 0, width, height * 0.6, (46, 46), "#efe6d2", "#d6c8a8")
    for n in range(5):
        x = width * (0.16 + 0.17 * n)
        e.line([(x, 0), (x, height * 0.12)], 3, "#5a5048")
        e.disc(x, height * 0.17, 26, 26, ("#b9653a", "#6d7a80", "#8a8f6a")[n % 3])
    crowd(e, ((width * 0.3, height * 0.36, height * 0.25, 3), (width * 0.68, height * 0.33, height * 0.26, 5)))
    e.rect(0, height * 0.76, width, height * 0.24, "#8a5f3c", to="#5a3a22")
    e.blob(
        [
            (width * 0.28, height * 0.62),
            (width * 0.72, height * 0.62),
            (width * 0.7, height * 0.86),
            (width * 0.5, height * 0.9),
            (width * 0.3, height * 0.86),
        ],
        "#8f9a9c",
        to="#4a5356",
    )
    e.disc(width * 0.5, height * 0.62, width * 0.23, height * 0.05, "#5a6366")
    e.disc(width * 0.5, height * 0.622, width * 0.21, height * 0.04, "#d9822f", to="#b95a1f")
    e.specks((width * 0.33, height * 0.6, width * 0.67, height * 0.645), 60, ("#f0c25a", "#6f9a3c", "#a3342a"), (3, 6))
    for n in range(3):
        e.blob(
            [
                (width * (0.4 + 0.1 * n), height * 0.56),
                (width * (0.43 + 0.1 * n), height * 0.42),
                (width * (0.4 + 0.1 * n), height * 0.28),
                (width * (0.45 + 0.1 * n), height * 0.42),
            ],
            "#ffffff",
            alpha=0.4,
            blur=12,
        )
    return e


def homework(width: int, height: int) -> Easel:
    """Three children and a helper round a lamp, shelves behind."""
    e = Easel(width, height, "#7a8f9a", 32)
    for row in range(4):
        y = height * (0.06 + 0.17 * row)
        x = 8.0
        while x < width - 10:
            w, h = e.random.uniform(9, 24), height * e.random.uniform(0.09, 0.14)
            e.rect(
                x, y + height * 0.14 - h, w, h, e.random.choice(("#c2402c", "#e3a23a", "#3f6f5a", "#4a2a5a", "#efe6d2", "#2f5577"))
            )
            x += w + 2
        e.rect(0, y + height * 0.14, width, 8, "#5a4330")
    e.soften(1.4)
    crowd(
        e,
        (
            (width * 0.16, height * 0.5, height * 0.2, 7),
            (width * 0.84, height * 0.5, height * 0.2, 0),
            (width * 0.62, height * 0.42, height * 0.24, 1),
            (width * 0.4, height * 0.54, height * 0.2, 4),
        ),
    )
    e.rect(0, height * 0.8, width, height * 0.2, "#c79a62", to="#8f6438")
    for n in range(3):
        x = width * (0.2 + 0.3 * n)
        e.poly(
            [
                (x - 62, height * 0.86),
                (x, height * 0.83),
                (x + 62, height * 0.86),
                (x + 66, height * 0.93),
                (x, height * 0.9),
                (x - 66, height * 0.93),
            ],
            "#fdfaf2",
            to="#e3dccb",
        )
        e.line([(x, height * 0.83), (x, height * 0.9)], 2, "#b9b09a")
    e.glow(width * 0.5, height * 0.3, height * 0.5, "#ffe9b0", 0.3)
    return e


def garden(width: int, height: int) -> Easel:
    """Raised beds, canes, a shed, and a gardener."""
    e = Easel(width, height, ((0, "#bfe0ea"), (0.5, "#f2f0d8")), 33)
    e.rect(width * 0.62, height * 0.16, width * 0.32, height * 0.42, "#6f8f7a", to="#4f6f5c")
    e.poly([(width * 0.59, height * 0.18), (width * 0.78, height * 0.06), (width * 0.97, height * 0.18)], "#5a4a44")
    e.rect(width * 0.74, height * 0.3, width * 0.1, height * 0.28, "#3f5a4a")
    canopy(e, ("#6f9a4a", "#86b05a", "#527f3c"), height * 0.16, 120)
    e.rect(0, height * 0.56, width, height * 0.44, "#9ab86a", to="#6f9448")
    person(e, PEOPLE[8], width * 0.36, height * 0.34, height * 0.24)
    for row in range(2):
        y = height * (0.66 + 0.18 * row)
        for col in range(3):
            x = width * (-0.06 + 0.37 * col)
            w = width * 0.365
            e.rect(x, y, w, height * 0.13, "#8a5f3c", to="#5f3f26")
            e.rect(x + 6, y - 8, w - 12, 16, "#4a3324")
            for n in range(9):
                px = x + w * (n + 0.5) / 9
                kind = (row + col) % 3
                if kind == 0:
                    for _ in range(5):
                        e.disc(
                            px + e.random.gauss(0, 5),
                            y - 14 + e.random.gauss(0, 6),
                            10,
                            6,
                            e.random.choice(("#4f8a3f", "#6fa653", "#3f7434")),
                            turn=e.random.uniform(0, 180),
                        )
                elif kind == 1:
                    e.line([(px, y - 4), (px + 4, y - 66)], 3, "#b98a54")
                    for k in range(6):
                        e.disc(px + 2 + e.random.gauss(0, 6), y - 14 - 9 * k, 8, 5, "#5a9448", turn=e.random.uniform(0, 180))
                    e.disc(px + 6, y - 30, 5, fill="#d8342a")
                else:
                    e.disc(px, y - 12, 15, fill="#8fbf6a", to="#4f8a4a")
    return e


def repair(width: int, height: int) -> Easel:
    """A bicycle on a stand and somebody with a spanner."""
    e = Easel(width, height, ((0, "#e0c9a8"), (1, "#c9a880")), 34)
    for row in range(3):
        for col in range(7):
            x, y = width * (0.06 + 0.14 * col), height * (0.07 + 0.13 * row)
            if (row + col) % 3 == 0:
                e.rect(x, y, 10, 56, "#5a5048", r=4)
                e.disc(x + 5, y + 4, 15, fill="#6d6560")
            elif (row + col) % 3 == 1:
                e.disc(x + 8, y + 24, 26, fill="#5a5048")
                e.disc(x + 8, y + 24, 18, fill="#d3b890")
            else:
                e.rect(x - 8, y + 18, 52, 12, "#a3342a", r=5)
    person(e, PEOPLE[2], width * 0.28, height * 0.36, height * 0.25)
    e.rect(0, height * 0.9, width, height * 0.1, "#7a6a5a")
    cx, cy, r = width * 0.52, height * 0.66, height * 0.2
    for x in (cx, cx + width * 0.34):
        e.disc(x, cy + 10, r, fill="#22262a")
        e.disc(x, cy + 10, r * 0.9, fill="#d6bd98")
        for k in range(10):
            a = math.tau * k / 10
            e.line([(x, cy + 10), (x + r * 0.9 * math.cos(a), cy + 10 + r * 0.9 * math.sin(a))], 1.6, "#6a6a6a")
        e.disc(x, cy + 10, 9, fill="#22262a")
    a, b, c, d = (cx, cy + 10), (cx + width * 0.1, cy - r * 1.1), (cx + width * 0.28, cy - r * 1.1), (cx + width * 0.15, cy + 14)
    for p, q in ((a, b), (b, c), (c, d), (d, a), (b, d), (c, (cx + width * 0.34, cy + 10))):
        e.line([p, q], 9, "#1f6a5a")
    e.line([(b[0] - 4, b[1]), (b[0] - 8, b[1] - 22)], 8, "#22262a")
    e.rect(b[0] - 38, b[1] - 32, 56, 12, "#22262a", r=6)
    e.line([c, (c[0] + 6, c[1] - 30), (c[0] + 40, c[1] - 34)], 8, "#22262a")
    e.disc(d[0], d[1], 20, fill="#3a3f44")
    return e


def founder(width: int, height: int) -> Easel:
    """An old woman before the quilt she is sewing."""
    e = Easel(width, height, "#5a1f4a", 35)
    quilt(e, 0, 0, width, height, 90, ("#5a1f4a", "#8f3a5f", "#e3a23a", "#f3e8d0", "#1f5a4a", "#c2502c"), "#fff6e4")
    e.rect(0, 0, width, height, "#2a1226", alpha=0.28)
    person(e, Face("#8a5a3c", "#e6e0d8", "bun", "#e3c25a", glasses=True), width * 0.5, height * 0.42, height * 0.27)
    e.vignette(0.3)
    return e


def patches(width: int, height: int, side: float, tones: Sequence[str], seam: str, seed: int) -> Easel:
    """A quilt that fills the picture."""
    e = Easel(width, height, tones[0], seed)
    quilt(e, 0, 0, width, height, side, tones, seam)
    e.vignette(0.2)
    return e


def larder(width: int, height: int, wall: str, wood: str, seed: int) -> Easel:
    """Shelves of jars, tins and crates, packed to be given away."""
    e = Easel(width, height, wall, seed)
    shelf = height / 4
    for row in range(4):
        base = shelf * (row + 0.86)
        x = 20.0
        while x < width - 60:
            kind, w = e.random.randrange(4), e.random.uniform(44, 84)
            tone = e.random.choice(("#c2402c", "#e3a23a", "#6f9a3c", "#5a1f4a", "#d98b3c", "#f3e8d0"))
            if kind == 0:
                e.rect(x, base - 92, w * 0.8, 92, tone, r=12, to=mix(tone, "#000000", 0.25), across=True)
                e.rect(x + 4, base - 104, w * 0.8 - 8, 16, "#8f8a7a", r=4)
                e.rect(x + 6, base - 60, w * 0.8 - 12, 34, "#fbf7ee")
            elif kind == 1:
                e.rect(x, base - 70, w * 0.8, 70, mix(tone, "#ffffff", 0.1), to=mix(tone, "#000000", 0.3), across=True)
                e.rect(x, base - 70, w * 0.8, 7, "#c9c9c4")
                e.rect(x, base - 7, w * 0.8, 7, "#c9c9c4")
            elif kind == 2:
                w *= 1.7
                e.rect(x, base - 62, w, 62, "#b98a54")
                for k in range(3):
                    e.rect(x, base - 60 + 20 * k, w, 15, mix("#c99a62", "#000000", 0.06 * k))
                for _ in range(12):
                    e.disc(
                        x + e.random.uniform(12, w - 12),
                        base - 62 - e.random.uniform(0, 14),
                        14,
                        fill=e.random.choice(("#c2402c", "#e3a23a", "#6f9a3c")),
                    )
            else:
                e.blob(
                    [(x, base), (x + 4, base - 70), (x + w * 0.4, base - 86), (x + w * 0.8, base - 70), (x + w * 0.84, base)],
                    "#e6d6b4",
                    to="#b9a27a",
                )
            x += w + e.random.uniform(6, 16)
        e.rect(0, base, width, 16, wood, to=mix(wood, "#000000", 0.35))
    return e


# -- the briefs' pictures -------------------------------------------------------------------------------------------------


def hall(width: int, height: int, seed: int) -> Easel:
    """A village hall with its doors open, neighbours on the grass, flags across."""
    e = Easel(width, height, ((0, "#8fbce6"), (0.6, "#eaf3f6"), (1, "#f6ecd6")), seed)
    u = height / 800
    for x, y, w in ((0.16, 0.14, 230), (0.78, 0.1, 280)):
        for dx, r in ((-0.3, 0.13), (-0.1, 0.19), (0.12, 0.17), (0.32, 0.12)):
            e.disc(width * x + dx * w * u, height * y, r * w * u, r * w * 0.7 * u, "#ffffff", alpha=0.9, blur=3)
    e.rect(0, 470 * u, width, 330 * u, "#9cc07a", to="#6f9a58")
    e.rect(width * 0.22, 260 * u, width * 0.56, 270 * u, "#f3e6cc", to="#dcc9a6")
    e.poly([(width * 0.19, 264 * u), (width * 0.5, 90 * u), (width * 0.81, 264 * u)], "#31456e", to="#22315a")
    e.disc(width * 0.5, 196 * u, 30 * u, fill="#f6efdc")
    e.line([(width * 0.5, 196 * u), (width * 0.5, 176 * u)], 4 * u, "#22315a")
    e.line([(width * 0.5, 196 * u), (width * 0.5 + 14 * u, 200 * u)], 4 * u, "#22315a")
    for x in (0.27, 0.35, 0.61, 0.69):
        e.rect(width * x, 320 * u, width * 0.045, 130 * u, "#fdfaf2")
        e.rect(width * x + 5 * u, 325 * u, width * 0.045 - 10 * u, 120 * u, "#7f9fb8", to="#b8d0dc")
    e.rect(width * 0.45, 330 * u, width * 0.1, 200 * u, "#5a3a24")
    e.rect(width * 0.458, 340 * u, width * 0.084, 190 * u, "#ffd98f", to="#e3a23a")
    bunting(e, 210 * u, 110 * u, 21, ("#1e4fa3", "#ffffff", "#e8923e", "#c2402c"), 44 * u)
    crowd(e, [(width * (0.07 + 0.17 * n), (520 + 26 * (n % 2)) * u, 118 * u, n * 3 + 5) for n in range(6)])
    crowd(e, [(width * (0.0 + 0.21 * n), (628 + 16 * (n % 2)) * u, 150 * u, n * 7 + 2) for n in range(6)])
    e.glow(width * 0.5, 60 * u, 480 * u, "#fff6d8", 0.3)
    return e


def doorway(width: int, height: int, seed: int) -> Easel:
    """A street at night: one door stands open and its light falls over people and pavement."""
    e = Easel(width, height, ((0, "#0b121a"), (0.6, "#1c2a38"), (1, "#0c1218")), seed)
    u = height / 800
    for n in range(9):
        x, w = width * n / 9, width / 9
        tone = mix("#24323f", "#101820", 0.25 * (n % 3))
        e.rect(x, (120 + 26 * (n % 3)) * u, w + 1, 560 * u, tone, to=mix(tone, "#000000", 0.3))
        for k in range(6):
            lit = e.random.random() < 0.16
            e.rect(x + w * (0.2 + 0.38 * (k % 2)), (190 + 110 * (k // 2)) * u, w * 0.24, 66 * u, "#e0a850" if lit else "#131d27")
    dx = width * 0.68
    e.rect(dx - 130 * u, 300 * u, 260 * u, 380 * u, "#3a2a20")
    e.rect(dx - 104 * u, 322 * u, 208 * u, 358 * u, "#ffe2a0", to="#f2b44e")
    e.poly([(dx - 104 * u, 322 * u), (dx - 190 * u, 350 * u), (dx - 190 * u, 700 * u), (dx - 104 * u, 680 * u)], "#7a4a2a")
    e.rect(0, 680 * u, width, 120 * u, "#141c24")
    e.poly(
        [(dx - 104 * u, 680 * u), (dx + 104 * u, 680 * u), (dx + 420 * u, 800 * u), (dx - 420 * u, 800 * u)],
        "#f2b44e",
        alpha=0.5,
        blur=16,
    )
    e.glow(dx, 480 * u, 430 * u, "#ffb84e", 0.5)
    crowd(
        e,
        (
            (dx - 36 * u, 440 * u, 104 * u, 3),
            (dx + 210 * u, 500 * u, 118 * u, 5),
            (dx - 300 * u, 520 * u, 124 * u, 8),
            (dx - 480 * u, 560 * u, 140 * u, 4),
        ),
    )
    e.rect(0, 0, width * 0.5, height, "#0b121a", alpha=0.3, blur=60)
    for x in (0.12, 0.9):
        e.line([(width * x, 800 * u), (width * x, 210 * u), (width * x + 50 * u, 190 * u)], 9 * u, "#0a0f14")
        e.disc(width * x + 56 * u, 200 * u, 18 * u, fill="#fff0c8")
        e.glow(width * x + 56 * u, 200 * u, 130 * u, "#ffd68a", 0.4)
    e.vignette(0.45)
    return e


# -- marks ----------------------------------------------------------------------------------------------------------------


def bramble_mark(ground: str, berry: str, leaf: str) -> tuple[Shape, ...]:
    """A bramble: seven drupelets and two leaves."""
    berries = tuple(
        ("ellipse", (x, y, 7.5, 7.5), berry) for x, y in ((32, 26), (23, 32), (41, 32), (32, 37), (25, 43), (39, 43), (32, 50))
    )
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("path", (32, 20, 14, 18, 10, 6, 24, 8), leaf),
        ("path", (32, 20, 50, 18, 54, 6, 40, 8), leaf),
        *berries,
    )


def lane_mark(ground: str, road: str, line: str) -> tuple[Shape, ...]:
    """A lane that runs to a gable."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("path", (10, 60, 28, 26, 36, 26, 54, 60), road),
        ("path", (30.5, 60, 31.5, 30, 32.5, 30, 33.5, 60), line),
        ("path", (16, 26, 32, 8, 48, 26), line),
    )


def door_mark(ground: str, door: str, light: str) -> tuple[Shape, ...]:
    """An open door and the light it throws."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("rect", (22, 10, 24, 40), light),
        ("path", (22, 10, 10, 16, 10, 56, 22, 50), door),
        ("path", (22, 50, 46, 50, 60, 62, 14, 62), light),
    )


def bramble(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Bramble Street Trust: three lines beside a bramble of discs."""
    places = ((14, 14), (24, 14), (9, 23), (19, 23), (29, 23), (14, 32), (24, 32), (19, 41))
    drawn = f'  <g fill="{mark}">' + "".join(f'<circle cx="{x}" cy="{y}" r="5.2"/>' for x, y in places) + "</g>\n"
    family = "'DejaVu Serif', Rockwell, Georgia, serif"
    return sign(
        size,
        (190, 50),
        drawn,
        (Styled("Bramble Street", 44, 25, 17.5, ink, -0.4, 700, family), Styled("Trust", 44, 43, 14, ink, 4.4, 400, family)),
    )


def harrow(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Harrow Lane in heavy letters, a lane under it."""
    drawn = f'  <path fill="{mark}" d="M0 36h196l-6 8H6z"/>\n'
    return sign(
        size,
        (196, 46),
        drawn,
        (Styled("Harrow Lane", 0, 28, 31, ink, 0.6, 700, "'Liberation Sans Narrow', 'Arial Narrow', sans-serif"),),
    )


def doorlight(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """doorlight in small letters, an open door for the first."""
    drawn = f'  <path fill="{mark}" d="M4 6h18v32H4zM26 40l14 6H0l4-6z"/>\n'
    return sign(size, (176, 48), drawn, (Styled("doorlight", 44, 34, 29, ink, -1, 700, "'Liberation Sans', Arial, sans-serif"),))


# -- what there is to draw ------------------------------------------------------------------------------------------------


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Bramble Street Trust: young leaf, plum and forest."""
    yield from icon_files(HOME, "bramble", bramble_mark("#FFF4DC", "#5A1F4A", "#1F3A2E"))
    for tone, ink, mark in (("dark", "#1C2415", "#5A1F4A"), ("light", "#FFF4DC", "#C9D696")):
        yield f"{HOME}/assets/logos/bramble-{tone}.svg", bramble(ink, mark, (190, 50))
        yield f"{HOME}/assets/logos/bramble-{tone}-2x.svg", bramble(ink, mark, (380, 100))
    yield f"{HOME}/assets/images/feast.jpg", feast(1280, 800, 41).jpeg(52)
    for name, picture in (("kitchen", kitchen), ("homework", homework), ("garden", garden), ("repair", repair)):
        yield f"{HOME}/assets/images/{name}.jpg", picture(680, 510).jpeg(50)
    yield f"{HOME}/assets/images/founder.jpg", founder(600, 640).jpeg(50)
    yield (
        f"{HOME}/assets/images/quilt.jpg",
        patches(1280, 720, 120, ("#5a1f4a", "#7a3560", "#471838", "#8f4a72"), "#f3c9dc", 42).jpeg(40),
    )
    yield f"{HOME}/assets/images/larder.jpg", larder(1280, 720, "#e6dcb8", "#8a6a40", 43).jpeg(42)


def harrow_lane() -> Iterator[tuple[str, bytes]]:
    """Harrow Lane Trust: a light brand, royal blue and apricot."""
    yield from icon_files(HARROW, "harrow-lane", lane_mark("#FEFBF6", "#1E4FA3", "#14274F"))
    yield f"{HARROW}/assets/logos/harrow-lane-dark.svg", harrow("#171C2B", "#1E4FA3", (196, 46))
    yield f"{HARROW}/assets/logos/harrow-lane-light.svg", harrow("#FFFFFF", "#F2B27A", (170, 40))
    yield f"{HARROW}/assets/images/hall.jpg", hall(1280, 800, 51).jpeg(58)
    yield (
        f"{HARROW}/assets/images/blue-quilt.jpg",
        patches(1280, 720, 160, ("#1e4fa3", "#2b62bd", "#173d84", "#3a74cf"), "#dbe6f8", 52).jpeg(46),
    )
    yield f"{HARROW}/assets/images/og.jpg", hall(1200, 630, 51).jpeg(60)


def doorlight_circle() -> Iterator[tuple[str, bytes]]:
    """Doorlight: a dark brand, lamp yellow and mint."""
    yield from icon_files(DOORLIGHT, "doorlight", door_mark("#101820", "#7FC8B0", "#F2C14E"))
    yield f"{DOORLIGHT}/assets/logos/doorlight-header.svg", doorlight("#F3F0E6", "#F2C14E", (176, 48))
    yield f"{DOORLIGHT}/assets/logos/doorlight-footer.svg", doorlight("#14181C", "#14181C", (147, 40))
    yield f"{DOORLIGHT}/assets/images/open-door.jpg", doorway(1280, 800, 61).jpeg(60)
    yield f"{DOORLIGHT}/assets/images/night-larder.jpg", larder(1280, 720, "#1b2630", "#4a3a2c", 62).jpeg(46)
    yield f"{DOORLIGHT}/assets/images/og.jpg", doorway(1200, 630, 61).jpeg(62)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from harrow_lane()
    yield from doorlight_circle()
