"""Pictures of Offcut & Daughters, and of the two studios that take its site over: cut paper, printed things, screens and faces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from art.easel import Easel, Face, person, ring
from art.scenery import Point, mix
from art.signs import Shape, Styled, icon_files, placed, sign

HOME = "templates/creative-agency"
WEATHER = "requirements/plain-weather-01"
HAILER = "requirements/loudhailer-02"

PAPERS = ("#e8553a", "#f2c14e", "#3a49c9", "#f4ead8", "#1e8a78", "#e79ab5", "#241a3e")


# -- paper ----------------------------------------------------------------------------------------------------------------


def sheet(e: Easel, points: Sequence[Point], tone: str, lift: float) -> None:
    """A cut piece of paper with a soft shadow and a lit upper side."""
    e.poly([(x + lift * 0.7, y + lift) for x, y in points], "#0a0714", alpha=0.42, blur=lift * 0.8)
    e.poly(points, mix(tone, "#ffffff", 0.07), to=mix(tone, "#000000", 0.1))


def turned(x: float, y: float, w: float, h: float, turn: float) -> list[Point]:
    """The corners of a rectangle that is turned about its middle."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return [(x + a * w / 2 * c - b * h / 2 * s, y + a * w / 2 * s + b * h / 2 * c) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def bow(x: float, y: float, outer: float, inner: float, start: float, sweep: float) -> list[Point]:
    """A piece of a ring."""
    steps = 40
    out = [math.radians(start + sweep * i / steps) for i in range(steps + 1)]
    return [(x + outer * math.cos(a), y + outer * math.sin(a)) for a in out] + [
        (x + inner * math.cos(a), y + inner * math.sin(a)) for a in reversed(out)
    ]


def offcuts(width: int, height: int, seed: int) -> Easel:
    """A cutting table from above: arcs, strips and discs of paper, a ruler and scissors."""
    e = Easel(width, height, "#2a2350", seed)
    u = height / 800
    for i in range(int(width / (40 * u)) + 1):
        e.rect(i * 40 * u, 0, 1.2, height, "#3b3370")
    for i in range(21):
        e.rect(0, i * 40 * u, width, 1.2, "#3b3370")
    cx = width * 0.72
    sheet(e, turned(cx, height * 0.46, 700 * u, 560 * u, -9), "#f4ead8", 16 * u)
    sheet(e, bow(cx - 40 * u, height * 0.6, 330 * u, 210 * u, 180, 180), "#3a49c9", 14 * u)
    sheet(e, bow(cx - 40 * u, height * 0.6, 180 * u, 90 * u, 180, 180), "#e8553a", 12 * u)
    sheet(e, ring(cx + 230 * u, height * 0.26, 128 * u, 128 * u), "#f2c14e", 18 * u)
    sheet(e, turned(cx + 270 * u, height * 0.72, 84 * u, 520 * u, 24), "#1e8a78", 16 * u)
    sheet(e, turned(cx + 120 * u, height * 0.86, 560 * u, 60 * u, -6), "#e79ab5", 12 * u)
    sheet(e, bow(cx + 60 * u, height * 0.3, 120 * u, 0, 20, 180), "#241a3e", 10 * u)
    sheet(e, turned(width * 0.3, height * 0.9, 420 * u, 150 * u, 12), "#e8553a", 14 * u)
    sheet(e, bow(width * 0.14, height * 0.98, 220 * u, 130 * u, 190, 150), "#f2c14e", 14 * u)
    sheet(e, turned(width * 0.06, height * 0.22, 230 * u, 330 * u, -18), "#1e8a78", 14 * u)
    sheet(e, ring(width * 0.2, height * 0.12, 74 * u, 74 * u), "#e79ab5", 12 * u)
    for _ in range(46):
        x, y = e.random.uniform(0.3, 1) * width, e.random.uniform(0, height)
        sheet(
            e,
            turned(x, y, e.random.uniform(8, 46) * u, e.random.uniform(5, 14) * u, e.random.uniform(0, 180)),
            e.random.choice(PAPERS),
            3 * u,
        )
    sheet(e, turned(width * 0.5, height * 0.2, 520 * u, 54 * u, 78), "#d9c9a4", 10 * u)
    for i in range(26):
        y = height * 0.2 + (i - 13) * 19.5 * u
        e.line(
            [
                (width * 0.5 + (y - height * 0.2) * -0.21 - 27 * u, y + 5 * u),
                (width * 0.5 + (y - height * 0.2) * -0.21 - (7 if i % 5 else -2) * u, y + 9 * u),
            ],
            2 * u,
            "#5c4a2a",
        )
    e.glow(width * 0.86, 60 * u, 460 * u, "#fff1d0", 0.28)
    e.vignette(0.45)
    return e


def poster(e: Easel, x: float, y: float, w: float, h: float, kind: int) -> None:
    """A printed poster of plain shapes."""
    grounds = ("#f2c14e", "#f4ead8", "#3a49c9", "#e8553a")
    sheet(e, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], grounds[kind % 4], w * 0.035)
    if kind % 4 == 0:
        for i in range(5):
            e.poly(bow(x + w / 2, y + h * 0.62, w * (0.46 - 0.09 * i), w * (0.41 - 0.09 * i), 180, 180), "#241a3e")
        e.disc(x + w * 0.5, y + h * 0.22, w * 0.14, fill="#e8553a")
    elif kind % 4 == 1:
        for i in range(5):
            for j in range(6):
                r = w * 0.075 * (0.25 + 0.75 * abs(math.sin(i * 0.8 + j * 0.55)))
                e.disc(x + w * (0.14 + 0.18 * i), y + h * (0.12 + 0.115 * j), r, fill="#241a3e" if (i + j) % 4 else "#e8553a")
    elif kind % 4 == 2:
        e.poly([(x, y + h * 0.7), (x + w * 0.7, y), (x + w, y), (x + w, y + h * 0.2), (x + w * 0.2, y + h), (x, y + h)], "#e79ab5")
        e.disc(x + w * 0.34, y + h * 0.34, w * 0.2, fill="#f4ead8")
    else:
        for i in range(7):
            e.rect(x + w * 0.1, y + h * (0.1 + 0.09 * i), w * (0.8 - 0.09 * i), h * 0.05, "#f4ead8" if i % 2 else "#241a3e")
    for i, long in enumerate((0.6, 0.36)):
        e.rect(x + w * 0.1, y + h * (0.86 + 0.05 * i), w * long, h * 0.018, "#241a3e" if kind % 4 != 2 else "#f4ead8")


# -- pieces of work -------------------------------------------------------------------------------------------------------


def room(width: int, height: int, wall: str, floor: str, seed: int) -> Easel:
    """A wall and a floor in studio light."""
    e = Easel(width, height, ((0, mix(wall, "#ffffff", 0.14)), (0.72, wall), (1, wall)), seed)
    e.rect(0, height * 0.76, width, height * 0.24, floor, to=mix(floor, "#000000", 0.25))
    e.shade([(0, height * 0.75), (width, height * 0.75), (width, height * 0.79), (0, height * 0.79)], 0.25, 10)
    e.glow(width * 0.2, -height * 0.1, height * 0.8, "#ffffff", 0.25)
    return e


def posters(width: int, height: int) -> Easel:
    """Four posters in a row on a wall, a stool in front."""
    e = room(width, height, "#b9b0d8", "#8f86b4", 51)
    for n in range(4):
        poster(e, width * (0.07 + 0.225 * n), height * 0.12, width * 0.19, height * 0.5, n)
    for x in (0.44, 0.56):
        e.line([(width * 0.5, height * 0.72), (width * x, height * 0.97)], width * 0.012, "#241a3e")
    e.disc(width * 0.5, height * 0.72, width * 0.09, height * 0.03, "#3b2e63")
    return e


def bottles(width: int, height: int) -> Easel:
    """A family of bottles, a label each."""
    e = room(width, height, "#e3c9b8", "#c9a58e", 52)
    for n, (tone, label) in enumerate(
        (("#1e5a52", "#f4ead8"), ("#7a2a22", "#f2c14e"), ("#2a2f7a", "#e79ab5"), ("#39321f", "#e8553a"))
    ):
        x, base, s = width * (0.2 + 0.2 * n), height * 0.86, height * (0.68 - 0.05 * (n % 2))
        w = s * 0.15
        e.shade(ring(x + w * 0.8, base, w * 1.6, w * 0.3), 0.4, 8)
        e.poly(
            [
                (x - w * 0.34, base - s),
                (x + w * 0.34, base - s),
                (x + w * 0.34, base - s * 0.68),
                (x + w, base - s * 0.52),
                (x + w, base),
                (x - w, base),
                (x - w, base - s * 0.52),
                (x - w * 0.34, base - s * 0.68),
            ],
            mix(tone, "#ffffff", 0.22),
            to=mix(tone, "#000000", 0.25),
            across=True,
        )
        e.rect(x - w * 0.4, base - s - 6, w * 0.8, s * 0.09, label)
        e.rect(x - w, base - s * 0.42, w * 2, s * 0.3, label, to=mix(label, "#000000", 0.14), across=True)
        if n % 2:
            e.disc(x, base - s * 0.27, w * 0.5, fill=tone)
        else:
            e.poly([(x - w * 0.6, base - s * 0.17), (x, base - s * 0.38), (x + w * 0.6, base - s * 0.17)], tone)
        e.rect(x - w * 0.72, base - s * 0.95, w * 0.12, s * 0.9, "#ffffff", alpha=0.0)
        e.rect(x - w * 0.8, base - s * 0.5, w * 0.14, s * 0.46, "#ffffff", alpha=0.28)
    return e


def phones(width: int, height: int) -> Easel:
    """Three telephones with screens of one app, on a coloured ground."""
    e = Easel(width, height, ((0, "#2f7c70"), (1, "#1c5a52")), 53)
    for n in range(3):
        w, h = width * 0.2, height * 0.8
        x, y = width * (0.14 + 0.26 * n), height * (0.18 - 0.08 * (n % 2))
        e.rect(x + 12, y + 16, w, h, "#06201c", r=26, alpha=0.5, blur=12)
        e.rect(x, y, w, h, "#16131f", r=26)
        e.rect(x + 8, y + 8, w - 16, h - 16, ("#f4ead8", "#f2c14e", "#e79ab5")[n], r=20)
        if n == 0:
            e.disc(x + w / 2, y + h * 0.32, w * 0.27, fill="#e8553a")
            e.poly(bow(x + w / 2, y + h * 0.32, w * 0.36, w * 0.32, -90, 230), "#241a3e")
        elif n == 1:
            for i in range(5):
                e.rect(
                    x + w * (0.16 + 0.145 * i),
                    y + h * (0.5 - 0.08 * ((i * 3) % 4)),
                    w * 0.09,
                    h * (0.06 + 0.08 * ((i * 3) % 4)),
                    "#241a3e",
                )
        else:
            e.poly(ring(x + w / 2, y + h * 0.34, w * 0.3, w * 0.3, 45, 4), "#3a49c9")
        for i in range(3):
            e.rect(x + w * 0.14, y + h * (0.62 + 0.08 * i), w * (0.72 - 0.16 * i), h * 0.035, "#241a3e", r=6)
        e.rect(x + w * 0.34, y + 16, w * 0.32, 10, "#16131f", r=5)
    e.glow(width * 0.1, 0, height * 0.7, "#ffffff", 0.2)
    return e


def books(width: int, height: int) -> Easel:
    """Covers laid out in a fan."""
    e = Easel(width, height, ((0, "#d8d2e8"), (1, "#b3aacb")), 54)
    for n in range(5):
        turn = -24 + 12 * n
        x, y = width * (0.2 + 0.15 * n), height * (0.56 - 0.05 * (2 - abs(n - 2)))
        w, h = height * 0.36, height * 0.54
        tone = PAPERS[(n * 2) % 7]
        sheet(e, turned(x + 5, y + 5, w, h, turn), "#f7f3ea", 12)
        e.poly(turned(x, y, w, h, turn), tone)
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        mark = PAPERS[(n * 2 + 3) % 7]
        e.poly(ring(x + 0.08 * h * s, y - 0.08 * h * c, w * 0.28, w * 0.28, turn, 3 + n), mark)
        e.poly(turned(x - 0.34 * h * s, y + 0.34 * h * c, w * 0.7, h * 0.03, turn), mark)
        e.poly(turned(x - 0.41 * h * s, y + 0.41 * h * c, w * 0.44, h * 0.03, turn), mark)
    return e


def facade(width: int, height: int) -> Easel:
    """A corner building whose gable bears a sign as high as two floors."""
    e = Easel(width, height, ((0, "#6d7fc9"), (0.7, "#e8b9a0"), (1, "#f0cfae")), 55)
    e.poly(
        [(width * 0.5, height * 0.14), (width * 0.98, height * 0.3), (width * 0.98, height), (width * 0.5, height)],
        "#8b4a3e",
        to="#6b352d",
    )
    e.poly(
        [(width * 0.5, height * 0.14), (width * 0.08, height * 0.26), (width * 0.08, height), (width * 0.5, height)],
        "#c97a5e",
        to="#a85f48",
    )
    for row in range(4):
        for col in range(4):
            x, y = width * (0.56 + 0.1 * col), height * (0.34 + 0.15 * row + 0.03 * col)
            e.poly(
                [(x, y), (x + width * 0.06, y + height * 0.018), (x + width * 0.06, y + height * 0.1), (x, y + height * 0.085)],
                "#f2d9a0" if (row + col) % 3 else "#3a2230",
            )
    e.poly(bow(width * 0.29, height * 0.5, height * 0.2, height * 0.11, 30, 300), "#f4ead8")
    e.disc(width * 0.29, height * 0.5, height * 0.05, fill="#f2c14e")
    e.rect(width * 0.1, height * 0.78, width * 0.38, height * 0.07, "#241a3e")
    for i in range(6):
        e.rect(width * (0.12 + 0.06 * i), height * 0.8, width * 0.036, height * 0.03, "#f4ead8")
    e.rect(0, height * 0.95, width, height * 0.05, "#3f3550")
    e.glow(width * 0.8, height * 0.1, height * 0.5, "#fff2d8", 0.35)
    return e


def frames(width: int, height: int) -> Easel:
    """A strip of drawn frames: a ball that bounces through them."""
    e = Easel(width, height, "#16131f", 56)
    for row in range(3):
        for col in range(4):
            n = row * 4 + col
            x, y, w, h = width * (0.03 + 0.24 * col), height * (0.05 + 0.315 * row), width * 0.22, height * 0.27
            e.rect(x, y, w, h, PAPERS[(n * 5) % 6], r=4)
            t = n / 11
            bx, by = x + w * (0.12 + 0.76 * t), y + h * (0.8 - 0.6 * abs(math.sin(t * math.pi * 2.5)))
            squash = 1 + 0.5 * (by > y + h * 0.72)
            for k in range(4):
                e.disc(bx - w * 0.05 * k, by + h * 0.02 * k, h * 0.11 * squash, h * 0.11 / squash, "#16131f", alpha=0.16)
            e.disc(bx, by, h * 0.12 * squash, h * 0.12 / squash, "#16131f")
            e.rect(x, y + h * 0.92, w, h * 0.08, "#16131f", alpha=0.5)
    return e


def team(width: int, height: int) -> Easel:
    """Four people against a wall of pinned sheets."""
    e = Easel(width, height, "#c9bfe6", 57)
    for n in range(9):
        sheet(
            e,
            turned(width * (0.06 + 0.11 * n), height * (0.2 + 0.08 * (n % 3)), height * 0.2, height * 0.27, -8 + 5 * (n % 4)),
            PAPERS[(n * 2 + 1) % 6],
            5,
        )
    e.rect(0, 0, width, height, "#c9bfe6", alpha=0.35)
    faces = (
        Face("#8a5a3c", "#1d1512", "curls", "#e8553a", glasses=True),
        Face("#e9bd9b", "#b5b0a8", "bob", "#241a3e"),
        Face("#c98d68", "#2b1a14", "short", "#1e8a78", beard=True),
        Face("#f0cdb0", "#8a3b1e", "bun", "#f2c14e"),
    )
    for n, face in enumerate(faces):
        person(e, face, width * (0.15 + 0.235 * n), height * (0.5 + 0.05 * (n % 2)), height * 0.24)
    e.vignette(0.2)
    return e


def dots(width: int, height: int, ground: str, ink: str, seed: int) -> Easel:
    """A screen of dots that swell in waves, as under a printer's glass."""
    e = Easel(width, height, ground, seed)
    step = 20
    for row in range(height // step + 1):
        for col in range(width // step + 1):
            x, y = col * step + (step / 2 if row % 2 else 0), row * step
            wave = math.sin(x / 170 + 1.6 * math.sin(y / 140)) + math.sin(y / 120 + x / 400)
            r = step * 0.26 * (1.1 + 0.5 * wave)
            if r > 1:
                e.poly(ring(x, y, r, r, 0, 14), ink)
    return e


def pinboard(width: int, height: int, seed: int) -> Easel:
    """Notes, strips and swatches pinned close together."""
    e = Easel(width, height, "#cfc6ea", seed)
    for _ in range(60):
        x, y = e.random.uniform(0, width), e.random.uniform(0, height)
        w = e.random.uniform(90, 190)
        sheet(e, turned(x, y, w, w * e.random.uniform(0.6, 1.3), e.random.uniform(-14, 14)), e.random.choice(PAPERS), 5)
        for k in range(e.random.randint(1, 3)):
            e.line(
                [(x - w * 0.3, y - w * 0.1 + k * 16), (x + w * e.random.uniform(0, 0.3), y - w * 0.1 + k * 16)],
                4,
                "#241a3e",
                alpha=0.6,
            )
        e.disc(x, y - w * 0.28, 6, fill="#e8553a")
    return e


# -- the briefs' pictures -------------------------------------------------------------------------------------------------


def paper_sky(width: int, height: int, seed: int) -> Easel:
    """Weather cut from paper: a sun, banks of cloud, hills and slanting rain."""
    e = Easel(width, height, ((0, "#f6d8c4"), (0.6, "#fbeee0"), (1, "#f2e4d2")), seed)
    u = height / 800
    for n, r in enumerate((330, 270, 205)):
        sheet(e, ring(width * 0.7, height * 0.42, r * u, r * u), ("#f7b49a", "#f08a68", "#e2552f")[n], 12 * u)
    for n, (x, y, s, tone) in enumerate(
        ((0.86, 0.26, 1.2, "#ffffff"), (0.5, 0.62, 1.5, "#f2f0ea"), (0.16, 0.2, 0.9, "#ffffff"), (0.98, 0.66, 1.3, "#dfe6e2"))
    ):
        parts = [(0, 0, 90), (-110, 26, 66), (104, 20, 74), (40, -44, 76), (-56, -24, 64)]
        for dx, dy, r in parts:
            cx, cy = width * x + dx * s * u, height * y + dy * s * u
            e.disc(cx + 8 * u, cy + 14 * u, r * s * u, fill="#5a3a2a", alpha=0.14, blur=9 * u)
        for dx, dy, r in parts:
            e.disc(width * x + dx * s * u, height * y + dy * s * u, r * s * u, fill=tone)
        if n % 2:
            for k in range(9):
                px, py = width * x + (-150 + 36 * k) * u, height * y + (120 + 18 * (k % 3)) * u
                e.line([(px, py), (px - 22 * u, py + 70 * u)], 8 * u, "#2c5d57")
    for n, tone in enumerate(("#8fb0a2", "#4d8073", "#16302b")):
        edge = [(width * i / 24, height * (0.84 + 0.05 * n) - 46 * u * math.sin(i / 24 * 5 + n * 1.9)) for i in range(25)]
        sheet(e, [*edge, (width, height + 40), (0, height + 40)], tone, 12 * u)
    return e


def isobars(width: int, height: int, ground: str, ink: str, seed: int) -> Easel:
    """A weather map of lines of like pressure."""
    e = Easel(width, height, ground, seed)
    for cx, cy, count in ((0.26, 0.4, 12), (0.74, 0.62, 13)):
        for n in range(count):
            r = 40 + 52 * n
            edge = [
                (
                    width * cx + r * 1.4 * math.cos(a) * (1 + 0.13 * math.sin(3 * a + n * 0.3)),
                    height * cy + r * math.sin(a) * (1 + 0.1 * math.cos(2 * a)),
                )
                for a in (math.tau * i / 60 for i in range(61))
            ]
            e.line(edge, 2.6, ink, alpha=0.8)
    front = [(width * i / 30, height * (0.2 + 0.5 * (i / 30) ** 2)) for i in range(31)]
    e.line(front, 6, ink)
    for i in range(2, 30, 3):
        x, y = front[i]
        e.poly([(x - 18, y), (x + 18, y + 6), (x, y + 34)], ink)
    return e


def horns(width: int, height: int, seed: int) -> Easel:
    """Megaphones in a ring, and the waves they send out."""
    e = Easel(width, height, ((0, "#20241a"), (1, "#0d0f0a")), seed)
    u = height / 800
    cx, cy = width * 0.66, height * 0.5
    for n in range(15):
        r = (120 + 62 * n) * u
        e.poly(bow(cx, cy, r + (26 - n) * u, r, 0, 360), mix("#d6f24a", "#20241a", 0.16 + 0.055 * n), alpha=0.7)
    for turn in range(-30, 330, 60):
        a = math.radians(turn)
        c, s = math.cos(a), math.sin(a)

        def at(x: float, y: float, c: float = c, s: float = s) -> Point:
            return cx + (x * c - y * s) * u, cy + (x * s + y * c) * u

        sheet(e, [at(70, -26), at(230, -96), at(230, 96), at(70, 26)], "#f2f4ea" if turn % 120 else "#ff9d7a", 12 * u)
        e.poly([at(230, -96), at(258, -104), at(258, 104), at(230, 96)], "#0d0f0a")
        e.poly([at(40, -20), at(72, -28), at(72, 28), at(40, 20)], "#5b47a6")
        e.poly([at(110, 40), at(136, 50), at(128, 112), at(106, 112)], "#5b47a6")
    e.disc(cx, cy, 44 * u, fill="#d6f24a")
    e.vignette(0.4)
    return e


def stacks(width: int, height: int, seed: int) -> Easel:
    """A wall of loudspeakers."""
    e = Easel(width, height, "#12140f", seed)
    side = 180
    for row in range(height // side + 1):
        for col in range(width // side + 1):
            x, y = col * side, row * side
            tone = e.random.choice(("#23271c", "#1b1e16", "#2b3022", "#332a44"))
            e.rect(x + 5, y + 5, side - 10, side - 10, mix(tone, "#ffffff", 0.08), to=tone, r=10)
            big = e.random.random() < 0.6
            for dx, dy, r in ((0.5, 0.5, 0.36),) if big else ((0.34, 0.36, 0.2), (0.68, 0.66, 0.22), (0.7, 0.26, 0.1)):
                for k, share in enumerate((1, 0.86, 0.5, 0.2)):
                    e.disc(
                        x + side * dx,
                        y + side * dy,
                        side * r * share,
                        fill=("#0a0b08", "#4a5238", "#181b13", "#d6f24a" if e.random.random() < 0.3 else "#5c6646")[k],
                    )
    e.glow(width * 0.5, height * 0.2, 500, "#d6f24a", 0.16)
    e.vignette(0.5)
    return e


# -- marks ----------------------------------------------------------------------------------------------------------------


def offcut_mark(ground: str, first: str, second: str) -> tuple[Shape, ...]:
    """A square with a corner cut off, and the corner beside it."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("path", (10, 10, 36, 10, 54, 28, 54, 54, 10, 54), first),
        ("path", (42, 8, 56, 8, 56, 22), second),
    )


def weather_mark(ground: str, sun: str, bar: str) -> tuple[Shape, ...]:
    """Half a sun over three bars of mist."""
    arch = tuple(v for a in range(180, 361, 12) for v in (32 + 20 * math.cos(math.radians(a)), 34 + 20 * math.sin(math.radians(a))))
    bars = tuple(("rect", (12 + 5 * i, 38 + 7 * i, 40 - 10 * i, 4), bar) for i in range(3))
    return (("rect", (0, 0, 64, 64), ground), ("path", arch, sun), *bars)


def hailer_mark(ground: str, horn: str, wave: str) -> tuple[Shape, ...]:
    """A megaphone and two strokes of sound."""
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("path", (8, 26, 18, 26, 38, 12, 38, 52, 18, 38, 8, 38), horn),
        ("path", (43, 24, 47, 22, 49, 32, 47, 42, 43, 40, 45, 32), wave),
        ("path", (50, 18, 54, 16, 58, 32, 54, 48, 50, 46, 53, 32), wave),
    )


NARROW = "'Liberation Sans Narrow', 'Arial Narrow', sans-serif"


def offcut(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Offcut & Daughters on two lines, one cut corner before them."""
    drawn = f'  <path fill="{ink}" d="M0 4h22l14 14v22H0z"/>\n  <path fill="{mark}" d="M26 2h12v12z"/>\n'
    return sign(
        size,
        (168, 44),
        drawn,
        (Styled("Offcut", 48, 21, 24, ink, 0, 700, NARROW), Styled("&amp; Daughters", 48, 40, 17, ink, 0, 700, NARROW)),
    )


def weather(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Plain Weather in a light serif, a sun above the gap."""
    drawn = f'  <path fill="{mark}" d="M0 36a15 15 0 0 1 30 0z"/>\n'
    family = "Georgia, 'Liberation Serif', serif"
    return sign(size, (200, 44), drawn, (Styled("plain weather", 38, 36, 29, ink, -0.6, 400, family),))


def hailer(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """LOUDHAILER, each part heavier than the one before."""
    drawn = placed(hailer_mark("none", mark, mark)[1:], "translate(-4 -6) scale(.86)")
    family = "'Liberation Sans', Arial, sans-serif"
    return sign(
        size,
        (206, 44),
        drawn,
        (Styled("LOUD", 54, 30, 24, ink, 0.5, 400, family), Styled("HAILER", 122, 30, 20, ink, 0.2, 700, family)),
    )


# -- what there is to draw ------------------------------------------------------------------------------------------------


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Offcut & Daughters: violet paper, ultramarine and lime."""
    yield from icon_files(HOME, "offcut", offcut_mark("#2B1AA0", "#F3FFD0", "#A8123C"))
    for tone, ink, mark in (("dark", "#150C30", "#A8123C"), ("light", "#F3FFD0", "#C6BBEA")):
        yield f"{HOME}/assets/logos/offcut-{tone}.svg", offcut(ink, mark, (168, 44))
        yield f"{HOME}/assets/logos/offcut-{tone}-2x.svg", offcut(ink, mark, (336, 88))
    yield f"{HOME}/assets/images/offcuts.jpg", offcuts(1280, 800, 61).jpeg(54)
    for name, piece in (
        ("posters", posters),
        ("bottles", bottles),
        ("phones", phones),
        ("books", books),
        ("facade", facade),
        ("frames", frames),
    ):
        yield f"{HOME}/assets/images/{name}.jpg", piece(760, 570).jpeg(54)
    yield f"{HOME}/assets/images/team.jpg", team(880, 520).jpeg(54)
    yield f"{HOME}/assets/images/dots.jpg", dots(1280, 720, "#3b2f7d", "#1c1240", 62).jpeg(26)
    yield f"{HOME}/assets/images/pinboard.jpg", pinboard(1280, 720, 63).jpeg(38)


def plain_weather() -> Iterator[tuple[str, bytes]]:
    """Plain Weather: a light studio, tomato and pine."""
    yield from icon_files(WEATHER, "plain-weather", weather_mark("#F6F6F1", "#C5351B", "#16302B"))
    yield f"{WEATHER}/assets/logos/plain-weather-dark.svg", weather("#101513", "#C5351B", (200, 44))
    yield f"{WEATHER}/assets/logos/plain-weather-light.svg", weather("#FFFFFF", "#F0A08C", (182, 40))
    yield f"{WEATHER}/assets/images/paper-sky.jpg", paper_sky(1280, 800, 71).jpeg(62)
    yield f"{WEATHER}/assets/images/isobars.jpg", isobars(1280, 720, "#e9efe9", "#4d8073", 72).jpeg(56)
    yield f"{WEATHER}/assets/images/og.jpg", paper_sky(1200, 630, 71).jpeg(64)


def loudhailer() -> Iterator[tuple[str, bytes]]:
    """Loudhailer: a dark studio, acid lime and salmon."""
    yield from icon_files(HAILER, "loudhailer", hailer_mark("#0E0F0D", "#D6F24A", "#FF9D7A"))
    yield f"{HAILER}/assets/logos/loudhailer-header.svg", hailer("#F2F4EA", "#D6F24A", (206, 44))
    yield f"{HAILER}/assets/logos/loudhailer-footer.svg", hailer("#10120C", "#10120C", (187, 40))
    yield f"{HAILER}/assets/images/horns.jpg", horns(1280, 800, 81).jpeg(60)
    yield f"{HAILER}/assets/images/stacks.jpg", stacks(1280, 720, 82).jpeg(50)
    yield f"{HAILER}/assets/images/og.jpg", horns(1200, 630, 81).jpeg(62)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from plain_weather()
    yield from loudhailer()
