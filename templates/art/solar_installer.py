"""Pictures of Halfpenny Solar, and of the two installers that take its site over: roofs, panels, vans, barns and the sky."""

from __future__ import annotations

import math
from collections.abc import Iterator

from art.easel import Easel, Face, person, ring
from art.scenery import Point, Stops, mix
from art.signs import Shape, Styled, icon_files, sign

HOME = "templates/solar-installer"
FERN = "requirements/fernlight-01"
MESA = "requirements/mesa-nights-02"

Quad = tuple[Point, Point, Point, Point]
"""Corners in order: upper left, upper right, lower right, lower left."""


def on(quad: Quad, u: float, v: float) -> Point:
    """A place on a four-cornered surface; both shares from 0 to 1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    top, low = (ax + (bx - ax) * u, ay + (by - ay) * u), (dx + (cx - dx) * u, dy + (cy - dy) * u)
    return top[0] + (low[0] - top[0]) * v, top[1] + (low[1] - top[1]) * v


def part(quad: Quad, u0: float, v0: float, u1: float, v1: float) -> Quad:
    """A piece of a surface."""
    return on(quad, u0, v0), on(quad, u1, v0), on(quad, u1, v1), on(quad, u0, v1)


def panels(e: Easel, quad: Quad, cols: int, rows: int, sky: str, tone: str = "#16335c") -> None:
    """Solar panels laid over a surface: cells, thin bars, frames, and the sky mirrored in them."""
    for row in range(rows):
        for col in range(cols):
            one = part(quad, (col + 0.03) / cols, (row + 0.03) / rows, (col + 0.97) / cols, (row + 0.97) / rows)
            e.poly(one, "#cdd6dc")
            inner = part(one, 0.035, 0.03, 0.965, 0.97)
            share = 0.06 + 0.4 * (1 - row / max(1, rows)) * (0.5 + 0.5 * math.sin(col * 1.3 + row))
            e.poly(inner, mix(tone, sky, share), to=mix(tone, "#000000", 0.15))
            for k in range(1, 4):
                e.line([on(inner, k / 4, 0), on(inner, k / 4, 1)], 0.9, mix(tone, "#ffffff", 0.3))
            for k in range(1, 6):
                e.line([on(inner, 0, k / 6), on(inner, 1, k / 6)], 0.7, mix(tone, "#ffffff", 0.22))
    sheen = part(quad, 0.1, 0.0, 0.42, 1.0)
    e.poly((sheen[0], sheen[1], (sheen[2][0] - 40, sheen[2][1]), (sheen[3][0] - 40, sheen[3][1])), "#ffffff", alpha=0.1)


def tiled(e: Easel, quad: Quad, tone: str, rows: int = 12) -> None:
    """A roof of tiles."""
    e.poly(quad, mix(tone, "#ffffff", 0.1), to=mix(tone, "#000000", 0.12))
    for row in range(rows):
        e.line([on(quad, 0, row / rows), on(quad, 1, row / rows)], 1.4, mix(tone, "#000000", 0.3))
        for col in range(26):
            shift = 0.5 if row % 2 else 0.0
            u = (col + shift) / 26
            if u < 1:
                e.line([on(quad, u, row / rows), on(quad, u, (row + 1) / rows)], 0.9, mix(tone, "#000000", 0.2))


def tree(e: Easel, x: float, y: float, s: float, tone: str) -> None:
    """A broad tree made of clumps, lit from the left."""
    e.poly(
        [(x - s * 0.05, y), (x + s * 0.05, y), (x + s * 0.03, y - s * 0.5), (x - s * 0.03, y - s * 0.5)], mix(tone, "#3a2413", 0.7)
    )
    for n in range(26):
        a, d = e.random.uniform(0, math.tau), e.random.random() ** 0.5 * s * 0.34
        px, py = x + d * math.cos(a), y - s * 0.68 + d * 0.85 * math.sin(a)
        light = 0.34 * max(0.0, (x - px) / s + (y - s * 0.68 - py) / s + 0.25)
        e.disc(px, py, s * e.random.uniform(0.08, 0.15), fill=mix(mix(tone, "#000000", 0.14 * (n % 3)), "#fff3b8", light))


def clouds(e: Easel, places: tuple[tuple[float, float, float], ...], tone: str) -> None:
    """Flat-bottomed clouds at (x, y) of a width."""
    for x, y, w in places:
        for dx, dy, r in ((-0.32, 0, 0.13), (-0.12, -0.07, 0.19), (0.12, -0.04, 0.17), (0.32, 0.01, 0.12)):
            e.disc(x + dx * w, y + dy * w, r * w, r * w * 0.8, tone, alpha=0.85, blur=w * 0.012)
        e.rect(x - 0.42 * w, y, 0.84 * w, 0.09 * w, tone, r=0.045 * w, alpha=0.85, blur=w * 0.01)


def hills(e: Easel, levels: tuple[tuple[float, float, str], ...]) -> None:
    """Rolling land: level and swell as shares of the height, and colour, from far to near."""
    w, h = e.width, e.height
    for n, (level, swell, tone) in enumerate(levels):
        edge = [(w * i / 40, h * level + h * swell * math.sin(i / 40 * (3.1 + n) + n * 2.1)) for i in range(41)]
        e.poly([*edge, (w, h), (0, h)], mix(tone, "#ffffff", 0.12), to=mix(tone, "#000000", 0.12))


def house(e: Easel, x: float, y: float, s: float, wall: str, roof: str, sky: str, cols: int = 5) -> None:
    """A house whose long roof faces us; (x, y) is the middle of its foot, `s` its width."""
    h, rise = s * 0.42, s * 0.36
    left, right, top = x - s / 2, x + s / 2, y - h
    e.shade(ring(x + s * 0.04, y, s * 0.56, s * 0.05), 0.35, s * 0.02)
    e.rect(left + s * 0.03, top, s * 0.94, h, mix(wall, "#ffffff", 0.12), to=wall)
    e.shade([(left, top), (right, top), (right, top + s * 0.06), (left, top + s * 0.06)], 0.3, s * 0.012)
    e.rect(x - s * 0.06, y - h * 0.66, s * 0.12, h * 0.66, mix(roof, "#000000", 0.2))
    e.rect(x - s * 0.045, y - h * 0.6, s * 0.09, h * 0.2, mix(sky, "#ffffff", 0.3))
    for px in (-0.34, 0.2):
        for part_x in (0, 0.08):
            wx = x + (px + part_x) * s
            e.rect(wx - 2, y - h * 0.72, s * 0.07 + 4, h * 0.42 + 4, "#fbf8f0")
            e.rect(wx, y - h * 0.72 + 2, s * 0.07, h * 0.42, mix(sky, "#22384a", 0.55), to=mix(sky, "#22384a", 0.2))
    quad: Quad = (
        (left + s * 0.06, top - rise),
        (right - s * 0.06, top - rise),
        (right + s * 0.05, top + s * 0.02),
        (left - s * 0.05, top + s * 0.02),
    )
    e.rect(x + s * 0.24, top - rise - s * 0.13, s * 0.09, s * 0.2, mix(wall, "#6a2a1c", 0.5))
    tiled(e, quad, roof)
    panels(e, part(quad, 0.1, 0.12, 0.9, 0.86), cols, 2, sky)


def street(width: int, height: int, seed: int = 3) -> Easel:
    """Morning: a house with its roof full of panels, its garden, and the hills behind."""
    e = Easel(width, height, ((0, "#7fc0e4"), (0.6, "#d6edf5"), (1, "#fdf3d8")), seed)
    u = height / 800
    e.disc(width * 0.8, height * 0.16, 66 * u, fill="#fff6cf")
    e.glow(width * 0.8, height * 0.16, 260 * u, "#fff0b0", 0.6)
    clouds(e, ((width * 0.3, height * 0.17, 300 * u), (width * 0.58, height * 0.08, 200 * u)), "#ffffff")
    hills(e, ((0.56, 0.04, "#9fc3a4"), (0.63, 0.03, "#7fae82")))
    for n in range(7):
        tree(e, width * (0.04 + 0.155 * n), height * (0.7 + 0.01 * (n % 2)), (150 + 36 * (n % 3)) * u, "#4f8a58")
    e.rect(0, height * 0.72, width, height * 0.28, "#8cba6c", to="#5d9450")
    house(e, width * 0.5, height * 0.84, 660 * u, "#f3e6cf", "#a4503a", "#bfe0f0", 6)
    for n in range(9):
        x = width * (0.02 + 0.12 * n)
        e.blob(
            [
                (x - 60 * u, height * 0.93),
                (x - 40 * u, height * 0.87),
                (x, height * 0.85),
                (x + 44 * u, height * 0.87),
                (x + 60 * u, height * 0.93),
            ],
            "#3f7a48",
            to="#2f6038",
        )
        e.specks((x - 46 * u, height * 0.87, x + 46 * u, height * 0.92), 14, ("#ffd36b", "#ffffff", "#ff8f70"), (2 * u, 4 * u))
    e.poly(
        [(width * 0.46, height * 0.84), (width * 0.54, height * 0.84), (width * 0.66, height), (width * 0.34, height)],
        "#e5d6b8",
        to="#cbb78f",
    )
    return e


def row(width: int, height: int, seed: int) -> Easel:
    """A terrace: gables side by side, panels on every roof."""
    e = Easel(width, height, ((0, "#9fd0e8"), (1, "#eef6f4")), seed)
    clouds(e, ((width * 0.75, height * 0.16, 170),), "#ffffff")
    walls = ("#c9604a", "#e9d3a8", "#7da3a8", "#d98d6a", "#efe6d6")
    w = width / 4.2
    for n in range(5):
        x, top, base = n * w - w * 0.2, height * 0.5, height * 0.9
        e.rect(x, top, w, base - top, walls[n], to=mix(walls[n], "#000000", 0.12))
        quad: Quad = (
            (x + w * 0.08, height * 0.24),
            (x + w * 0.98, height * 0.24),
            (x + w * 1.02, top + 4),
            (x - w * 0.02, top + 4),
        )
        tiled(e, quad, "#5b5f68", 9)
        panels(e, part(quad, 0.12, 0.16, 0.88, 0.84), 3, 2, "#cfe6f0")
        for k in range(2):
            e.rect(x + w * (0.16 + 0.4 * k), top + 26, w * 0.24, 54, "#fbf8f0")
            e.rect(x + w * (0.16 + 0.4 * k) + 4, top + 30, w * 0.24 - 8, 46, "#36566a", to="#88aebe")
        e.rect(x + w * 0.36, base - 84, w * 0.26, 84, mix(walls[(n + 2) % 5], "#000000", 0.35))
    e.rect(0, height * 0.9, width, height * 0.1, "#9aa39f", to="#7b8480")
    return e


def barn(width: int, height: int, seed: int) -> Easel:
    """A long barn in a field of barley."""
    e = Easel(width, height, ((0, "#8fc6e6"), (0.7, "#f4f0dc")), seed)
    clouds(e, ((width * 0.2, height * 0.15, 190), (width * 0.66, height * 0.1, 150)), "#ffffff")
    hills(e, ((0.56, 0.03, "#8fb58a"),))
    e.rect(width * 0.12, height * 0.46, width * 0.78, height * 0.28, "#7a2f28", to="#5a201c")
    for n in range(30):
        e.rect(width * (0.12 + 0.026 * n), height * 0.46, 1.4, height * 0.28, "#4a1a17")
    e.rect(width * 0.44, height * 0.52, width * 0.14, height * 0.22, "#f0e6d2")
    e.poly(
        [
            (width * 0.44, height * 0.52),
            (width * 0.58, height * 0.74),
            (width * 0.575, height * 0.74),
            (width * 0.44, height * 0.53),
        ],
        "#7a2f28",
    )
    quad: Quad = (
        (width * 0.18, height * 0.2),
        (width * 0.84, height * 0.2),
        (width * 0.93, height * 0.47),
        (width * 0.09, height * 0.47),
    )
    e.poly(quad, "#4d5358", to="#3a4045")
    panels(e, part(quad, 0.04, 0.08, 0.96, 0.9), 9, 2, "#cfe6f0")
    e.rect(0, height * 0.73, width, height * 0.27, "#d9b655", to="#a9842f")
    for _ in range(500):
        x, y = e.random.uniform(0, width), e.random.uniform(height * 0.75, height)
        e.line(
            [(x, y), (x + e.random.uniform(-4, 4), y - e.random.uniform(8, 20))],
            1.3,
            e.random.choice(("#efd27a", "#c39c3e", "#8f6d24")),
        )
    return e


def school(width: int, height: int, seed: int) -> Easel:
    """A flat roof with rows of panels on stands, towers of a town behind."""
    e = Easel(width, height, ((0, "#a8cfe4"), (0.6, "#fbeed6")), seed)
    for n in range(16):
        x, top = width * n / 16, height * e.random.uniform(0.26, 0.42)
        e.rect(x, top, width / 15, height * 0.5, mix("#8fa3b0", "#ffffff", e.random.uniform(0, 0.3)))
    e.rect(0, height * 0.5, width, height * 0.5, "#c9ccc6", to="#a2a7a2")
    for n in range(4):
        y, s = height * (0.53 + 0.1 * n + 0.012 * n * n), 0.6 + 0.22 * n
        for k in range(7):
            x = width * (0.5 + (k - 3) * 0.155 * s)
            e.shade(
                [(x - 40 * s, y + 36 * s), (x + 50 * s, y + 36 * s), (x + 60 * s, y + 44 * s), (x - 34 * s, y + 44 * s)], 0.35, 4
            )
            panels(
                e,
                ((x - 38 * s, y - 8 * s), (x + 44 * s, y - 8 * s), (x + 50 * s, y + 34 * s), (x - 46 * s, y + 34 * s)),
                2,
                1,
                "#dcebf0",
            )
    e.glow(width * 0.16, height * 0.2, 200, "#fff0c0", 0.5)
    return e


def boat(width: int, height: int, seed: int) -> Easel:
    """A narrowboat with panels along its roof, on still water."""
    e = Easel(width, height, ((0, "#b8dbe8"), (0.55, "#f6efda")), seed)
    for n in range(9):
        tree(e, width * (0.02 + 0.12 * n), height * 0.5, 130 + 30 * (n % 3), "#5f8f58")
    e.rect(0, height * 0.5, width, height * 0.06, "#7fa35c")
    e.rect(0, height * 0.56, width, height * 0.44, "#6fa3ae", to="#3f7482")
    for _ in range(70):
        x, y = e.random.uniform(0, width), e.random.uniform(height * 0.58, height)
        e.rect(x, y, e.random.uniform(14, 80), 1.6, "#cfe6e6", alpha=0.4)
    e.poly(
        [(width * 0.06, height * 0.66), (width * 0.95, height * 0.66), (width * 0.9, height * 0.8), (width * 0.1, height * 0.8)],
        "#1c3f4a",
        to="#12282f",
    )
    e.rect(width * 0.16, height * 0.5, width * 0.66, height * 0.17, "#8a2f26", to="#6a211b")
    for n in range(6):
        e.disc(width * (0.23 + 0.105 * n), height * 0.59, 17, fill="#f0dfae")
        e.disc(width * (0.23 + 0.105 * n), height * 0.59, 12, fill="#35515c")
    panels(
        e,
        ((width * 0.2, height * 0.43), (width * 0.8, height * 0.43), (width * 0.82, height * 0.5), (width * 0.17, height * 0.5)),
        7,
        1,
        "#dcebf0",
    )
    e.disc(width * 0.5, height * 0.84, width * 0.4, 16, "#12282f", alpha=0.35, blur=10)
    return e


def crew(width: int, height: int, seed: int) -> Easel:
    """Three installers in caps before their van."""
    e = Easel(width, height, ((0, "#a9d4e8"), (0.66, "#e9f3ee"), (1, "#cdd6c6")), seed)
    hills(e, ((0.6, 0.03, "#8fb58a"),))
    e.rect(0, height * 0.82, width, height * 0.18, "#9aa39f", to="#7f8884")
    e.rect(width * 0.06, height * 0.24, width * 0.9, height * 0.6, "#f6f3e6", r=26, to="#d9d6c8")
    e.rect(width * 0.66, height * 0.32, width * 0.24, height * 0.2, "#36566a", r=14, to="#7fa3b4")
    e.rect(width * 0.06, height * 0.62, width * 0.9, 16, "#d98b2b")
    panels(
        e,
        ((width * 0.1, height * 0.19), (width * 0.66, height * 0.19), (width * 0.68, height * 0.24), (width * 0.08, height * 0.24)),
        6,
        1,
        "#dcebf0",
    )
    for x in (0.2, 0.8):
        e.disc(width * x, height * 0.85, 54, fill="#23282c")
        e.disc(width * x, height * 0.85, 24, fill="#aab2b5")
    for n, face in enumerate(
        (
            Face("#e9bd9b", "#d98b2b", "cap", "#0b4a6f"),
            Face("#7a4a30", "#1a1210", "curls", "#12303f", glasses=True),
            Face("#c98d68", "#d98b2b", "cap", "#0b4a6f", beard=True),
        )
    ):
        person(e, face, width * (0.22 + 0.29 * n), height * (0.48 - 0.03 * (n % 2)), height * 0.25)
    return e


def close(width: int, height: int, sky: Stops, tone: str, seed: int, glow: str) -> Easel:
    """Panels from near by, running away to a horizon with the sun on it."""
    e = Easel(width, height, sky, seed)
    horizon = height * 0.24
    e.glow(width * 0.66, horizon, height * 0.34, glow, 0.7)
    e.disc(width * 0.66, horizon - 6, height * 0.06, fill=mix(glow, "#ffffff", 0.5))
    e.rect(0, horizon, width, height - horizon, mix(tone, "#000000", 0.5))
    mid = width * 0.58
    for n in range(5):
        near, far = (n - 2.5) * width * 0.62, (n - 2.5) * width * 0.09
        wide_near, wide_far = width * 0.56, width * 0.08
        quad: Quad = (
            (mid + far, horizon),
            (mid + far + wide_far, horizon),
            (mid + near + wide_near, height * 1.06),
            (mid + near, height * 1.06),
        )
        for k, (v0, v1) in enumerate(((0.0, 0.05), (0.06, 0.15), (0.16, 0.32), (0.34, 0.6), (0.63, 1.0))):
            panels(e, part(quad, 0, v0, 1, v1), 3 if k > 1 else 2, 1, glow, tone)
    e.vignette(0.35)
    return e


def village(width: int, height: int, seed: int) -> Easel:
    """Roofs of a village in a valley, early, mist between them."""
    e = Easel(width, height, ((0, "#bcdcea"), (0.5, "#fbeeda"), (1, "#e9e6d0")), seed)
    hills(e, ((0.38, 0.05, "#a8c6b4"), (0.48, 0.05, "#8fb59a"), (0.6, 0.04, "#78a27e")))
    for n in range(12):
        tree(e, width * (0.02 + 0.09 * n), height * (0.62 + 0.03 * (n % 3)), 80 + 16 * (n % 4), "#557f5a")
    for n, (x, y, s) in enumerate(
        (
            (0.12, 0.72, 170),
            (0.34, 0.7, 150),
            (0.56, 0.74, 180),
            (0.8, 0.72, 170),
            (0.22, 0.92, 250),
            (0.66, 0.95, 270),
            (0.95, 0.94, 240),
        )
    ):
        house(
            e,
            width * x,
            height * y,
            s,
            ("#f0e2c8", "#dfc7a8", "#e9d9c2")[n % 3],
            ("#a4503a", "#7a5048", "#8f4636")[n % 3],
            "#d0e6ee",
            4,
        )
        e.disc(width * x, height * y + 10, s, 26, "#ffffff", alpha=0.35, blur=20)
    e.glow(width * 0.2, height * 0.1, 420, "#fff0c8", 0.45)
    return e


# -- the briefs' pictures -------------------------------------------------------------------------------------------------


def meadow(width: int, height: int, seed: int) -> Easel:
    """Rows of panels in a meadow with sheep between them."""
    e = Easel(width, height, ((0, "#9bd0d8"), (0.45, "#eef6e2"), (1, "#cfe0a8")), seed)
    u = height / 800
    clouds(e, ((width * 0.24, height * 0.13, 260 * u), (width * 0.7, height * 0.2, 220 * u)), "#ffffff")
    hills(e, ((0.42, 0.04, "#9cc49a"), (0.5, 0.03, "#80b27c"), (0.58, 0.02, "#8fc070")))
    for n in range(4):
        s, y = 0.5 + 0.34 * n, height * (0.52 + 0.125 * n)
        for k in range(6):
            x = width * 0.5 + (k - 2.6) * 290 * s * u
            e.line([(x, y), (x, y + 40 * s * u)], 6 * s * u, "#5a6a6a")
            e.line([(x + 170 * s * u, y), (x + 170 * s * u, y + 40 * s * u)], 6 * s * u, "#5a6a6a")
            e.shade(ring(x + 90 * s * u, y + 44 * s * u, 130 * s * u, 12 * s * u), 0.3, 5)
            panels(
                e,
                (
                    (x - 16 * s * u, y - 74 * s * u),
                    (x + 196 * s * u, y - 74 * s * u),
                    (x + 220 * s * u, y + 12 * s * u),
                    (x - 36 * s * u, y + 12 * s * u),
                ),
                4,
                2,
                "#cfe9ea",
                "#1a3f52",
            )
        for _ in range(3):
            x, sy = e.random.uniform(0.05, 0.95) * width, y + 78 * s * u
            r = 20 * s * u
            for dx in (-0.7, 0.6):
                e.line([(x + dx * r, sy), (x + dx * r, sy + r * 1.2)], 4 * s * u, "#2a2a2a")
            for dx, dy in ((-0.6, 0), (0, -0.3), (0.6, 0), (0, 0.2)):
                e.disc(x + dx * r, sy + dy * r, r * 0.8, fill="#fbf7ec")
            e.disc(x + 1.4 * r, sy - 0.3 * r, r * 0.4, r * 0.5, "#2a2a2a")
    for _ in range(500):
        x, y = e.random.uniform(0, width), e.random.uniform(height * 0.6, height)
        e.line(
            [(x, y), (x + e.random.uniform(-4, 4) * u, y - e.random.uniform(6, 16) * u)],
            1.5 * u,
            e.random.choice(("#5d9450", "#a9cf6c", "#dff0a0")),
        )
    return e


def mesa(width: int, height: int, seed: int) -> Easel:
    """The desert after sunset: a low house with panels, table mountains, the first stars."""
    e = Easel(width, height, ((0, "#101a3c"), (0.42, "#43306a"), (0.6, "#c65a4a"), (0.68, "#f2a35a"), (1, "#7a3326")), seed)
    u = height / 800
    for _ in range(150):
        e.disc(
            e.random.uniform(0, width),
            e.random.random() ** 1.6 * height * 0.45,
            e.random.choice((0.8, 1.1, 1.8)) * u,
            fill="#fdf0d8",
        )
    for n, (level, tone) in enumerate(((0.6, "#7a3550"), (0.64, "#54264a"))):
        edge: list[Point] = [(0, height * level)]
        x = 0.0
        while x < width:
            w, h = e.random.uniform(90, 230) * u, e.random.uniform(30, 120) * u
            edge += [
                (x + w * 0.14, height * level),
                (x + w * 0.26, height * level - h),
                (x + w * 0.8, height * level - h),
                (x + w * 0.92, height * level),
            ]
            x += w + e.random.uniform(20, 120) * u
        e.poly([*edge, (width, height * level), (width, height), (0, height)], tone, to=mix(tone, "#000000", 0.2 * n))
    e.rect(0, height * 0.7, width, height * 0.3, "#4a2430", to="#1c0f18")
    base = height * 0.82
    e.rect(width * 0.38, base - 150 * u, 520 * u, 150 * u, "#6a3a34", to="#40211f")
    e.rect(width * 0.36, base - 168 * u, 570 * u, 24 * u, "#2a1618")
    for k in range(3):
        e.rect(width * 0.42 + 140 * k * u, base - 112 * u, 100 * u, 70 * u, "#ffcf7a", to="#f0a04a")
        e.glow(width * 0.42 + (50 + 140 * k) * u, base - 70 * u, 120 * u, "#ffb45c", 0.35)
    panels(
        e,
        (
            (width * 0.4, base - 246 * u),
            (width * 0.4 + 470 * u, base - 246 * u),
            (width * 0.4 + 500 * u, base - 168 * u),
            (width * 0.4 - 26 * u, base - 168 * u),
        ),
        8,
        2,
        "#f2a35a",
        "#141a3a",
    )
    for x, s in ((0.08, 1.2), (0.2, 0.8), (0.9, 1.3), (0.97, 0.8)):
        cx, foot = width * x, height * 0.88
        e.rect(cx - 13 * s * u, foot - 190 * s * u, 26 * s * u, 190 * s * u, "#16121f", r=13 * s * u)
        for side in (-1, 1):
            top = foot - (130 + 24 * side) * s * u
            e.rect(cx + side * 46 * s * u - 9 * s * u, top - 40 * s * u, 18 * s * u, 70 * s * u, "#16121f", r=9 * s * u)
            e.rect(min(cx, cx + side * 46 * s * u), top + 14 * s * u, 46 * s * u, 17 * s * u, "#16121f", r=8 * s * u)
    e.vignette(0.3)
    return e


# -- marks ----------------------------------------------------------------------------------------------------------------


def coin_mark(ground: str, disc: str, cut: str) -> tuple[Shape, ...]:
    """A coin of which the lower half is a roof."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("ellipse", (32, 32, 22, 22), disc),
        ("path", (8, 46, 32, 26, 56, 46, 56, 58, 8, 58), cut),
        ("rect", (29, 44, 6, 12), disc),
    )


def fern_mark(ground: str, leaf: str) -> tuple[Shape, ...]:
    """A frond whose leaves are cells."""
    leaves = tuple(
        (
            "path",
            (32, 50 - 10 * i, 32 + side * (20 - 4 * i), 42 - 10 * i, 32 + side * (20 - 4 * i), 36 - 10 * i, 32, 44 - 10 * i),
            leaf,
        )
        for i in range(4)
        for side in (-1, 1)
    )
    return (("rect", (0, 0, 64, 64), ground), ("rect", (30.5, 8, 3, 50), leaf), *leaves)


def mesa_mark(ground: str, sun: str, rock: str) -> tuple[Shape, ...]:
    """A sun behind a table mountain."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("ellipse", (38, 26, 16, 16), sun),
        ("path", (4, 54, 14, 34, 34, 34, 40, 54), rock),
        ("path", (34, 54, 42, 42, 54, 42, 60, 54), rock),
    )


ICONS: tuple[tuple[str, str], ...] = (
    (
        "sun",
        '<circle cx="24" cy="24" r="9"/><path d="M22 3h4v8h-4zM22 37h4v8h-4zM3 22h8v4H3zM37 22h8v4h-8z"/>'
        '<path d="M8 11l3-3 5 5-3 3zM32 35l3-3 5 5-3 3zM8 37l5-5 3 3-5 5zM32 13l5-5 3 3-5 5z"/>',
    ),
    (
        "roof",
        '<path d="M24 6 3 24l3 3 18-15 18 15 3-3zM10 27v15h28V27L24 16zm5 2h8v5h-8zm10 0h8v5h-8zm-10 7h8v4h-8zm10 0h8v4h-8z"/>',
    ),
    ("battery", '<path d="M18 4h12v4h6v36H12V8h6zm7 10-9 14h6v10l10-14h-7z"/>'),
    ("meter", '<path d="M6 34a18 18 0 0 1 36 0v4H6zm16 0 9-12 3 2-8 12zM4 41h40v4H4z"/>'),
    ("spanner", '<path d="M43 12a11 11 0 0 1-15 12L14 41a5 5 0 0 1-7-7l17-14A11 11 0 0 1 36 5l-6 6 1 6 6 1z"/>'),
    (
        "hand",
        '<path d="M4 24h8v18H4zm11 1 8-1 8 5h6a3 3 0 0 1 0 6h-9v2h10l6-6a3 3 0 0 1 4 4l-9 8H15z"/>'
        '<path d="M30 4l3 7 7 1-5 5 1 7-6-3-6 3 1-7-5-5 7-1z"/>',
    ),
)
"""Signs that the style sheet paints through a mask."""


def halfpenny(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Halfpenny in a wide grotesque, half a coin before it."""
    drawn = f'  <path fill="{mark}" d="M2 26a17 17 0 0 1 34 0z"/>\n  <path fill="{ink}" d="M2 29h34v4H2z"/>\n'
    family = "'DejaVu Sans', Verdana, sans-serif"
    return sign(
        size,
        (204, 44),
        drawn,
        (Styled("halfpenny", 44, 26, 23, ink, -1, 700, family), Styled("SOLAR", 45, 40, 11, ink, 5, 400, family)),
    )


def fernlight(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Fernlight in an upright serif, its frond behind it."""
    leaves = "".join(
        f"M{166 + 9 * i} {36 - 6 * i}l{side * 2 + 7} {side * 9 - 2} 3 {-side * 6}z" for i in range(3) for side in (-1, 1)
    )
    drawn = f'  <path fill="{mark}" d="M156 39l38-26 2 2-38 26z{leaves}"/>\n'
    return sign(size, (200, 48), drawn, (Styled("Fernlight", 0, 33, 34, ink, -0.6, 700, "Georgia, 'Liberation Serif', serif"),))


def mesa_nights(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """MESA NIGHTS in spaced capitals over a horizon."""
    drawn = f'  <path fill="{mark}" d="M0 40h190v2.5H0zM150 40l7-15h18l6 15z"/>\n'
    family = "'Liberation Sans', Arial, sans-serif"
    return sign(
        size,
        (190, 46),
        drawn,
        (
            Styled("MESA NIGHTS", 0, 19, 19, ink, 2.6, 700, family),
            Styled("solar &amp; storage", 0, 35, 12.5, ink, 0.8, 400, family),
        ),
    )


# -- what there is to draw ------------------------------------------------------------------------------------------------


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Halfpenny Solar: sky blue, deep blue and burnt orange."""
    yield from icon_files(HOME, "halfpenny", coin_mark("#0B4A6F", "#FFF2C4", "#0B4A6F"))
    for name, body in ICONS:
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48" fill-rule="evenodd">{body}</svg>\n'
        )
        yield f"{HOME}/assets/signs/{name}.svg", svg.encode()
    for tone, ink, mark in (("dark", "#0C1E29", "#8A3F00"), ("light", "#FFF2C4", "#BDD6E4")):
        yield f"{HOME}/assets/logos/halfpenny-{tone}.svg", halfpenny(ink, mark, (204, 44))
        yield f"{HOME}/assets/logos/halfpenny-{tone}-2x.svg", halfpenny(ink, mark, (408, 88))
    yield f"{HOME}/assets/images/house.jpg", street(1280, 960).jpeg(52)
    for name, picture in (("terrace", row), ("barn", barn), ("school", school), ("boat", boat)):
        yield f"{HOME}/assets/images/{name}.jpg", picture(720, 500, 11).jpeg(50)
    yield f"{HOME}/assets/images/crew.jpg", crew(720, 620, 12).jpeg(54)
    yield (
        f"{HOME}/assets/images/panels.jpg",
        close(1280, 720, ((0, "#6fb4dc"), (0.24, "#fdf0d0"), (1, "#16335c")), "#16335c", 13, "#ffe9a8").jpeg(42),
    )
    yield f"{HOME}/assets/images/village.jpg", village(1280, 720, 14).jpeg(40)


def fernlight_energy() -> Iterator[tuple[str, bytes]]:
    """Fernlight: a light brand, moss and amber."""
    yield from icon_files(FERN, "fernlight", fern_mark("#F3F7EC", "#235B3A"))
    yield f"{FERN}/assets/logos/fernlight-dark.svg", fernlight("#14241A", "#235B3A", (200, 48))
    yield f"{FERN}/assets/logos/fernlight-light.svg", fernlight("#FFFFFF", "#BFD9A8", (167, 40))
    yield f"{FERN}/assets/images/meadow.jpg", meadow(1280, 960, 21).jpeg(50)
    yield (
        f"{FERN}/assets/images/fern-panels.jpg",
        close(1280, 720, ((0, "#9bd0d8"), (0.24, "#f4f3d6"), (1, "#1a3f52")), "#1f4a4a", 22, "#fdf3c0").jpeg(48),
    )
    yield f"{FERN}/assets/images/og.jpg", meadow(1200, 630, 21).jpeg(52)


def mesa_nights_solar() -> Iterator[tuple[str, bytes]]:
    """Mesa Nights: a dark brand, dusk and copper."""
    yield from icon_files(MESA, "mesa-nights", mesa_mark("#14101C", "#F6B46A", "#E98A6B"))
    yield f"{MESA}/assets/logos/mesa-nights-header.svg", mesa_nights("#F6EEE8", "#F6B46A", (190, 46))
    yield f"{MESA}/assets/logos/mesa-nights-footer.svg", mesa_nights("#1A0F16", "#5A2320", (165, 40))
    yield f"{MESA}/assets/images/mesa-house.jpg", mesa(1280, 960, 31).jpeg(58)
    yield (
        f"{MESA}/assets/images/mesa-panels.jpg",
        close(1280, 720, ((0, "#1a1838"), (0.24, "#f08a5a"), (1, "#141a3a")), "#20183c", 32, "#ffb070").jpeg(48),
    )
    yield f"{MESA}/assets/images/og.jpg", mesa(1200, 630, 31).jpeg(60)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from fernlight_energy()
    yield from mesa_nights_solar()
