"""Pictures of Ostler Street Bakehouse, and of the two bakeries that take its site over: loaves, plates, ovens and shop fronts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from art.easel import Easel, Face, person, ring, smooth
from art.scenery import mix
from art.signs import Shape, Styled, icon_files, placed, sign

HOME = "templates/neighbourhood-bakery"
TIDELINE = "requirements/tideline-01"
LANTERN = "requirements/lantern-oven-02"

CRUST, GOLD, PALE, CHAR = "#a8622c", "#d99a4e", "#f1cf94", "#5a2f16"


# -- bread ----------------------------------------------------------------------------------------------------------------


def _shadow(e: Easel, x: float, y: float, rx: float, ry: float, strength: float = 0.45) -> None:
    e.disc(x + rx * 0.12, y + ry * 0.25, rx * 1.02, ry, "#2a160a", alpha=strength, blur=max(4.0, rx * 0.09))


def boule(e: Easel, x: float, y: float, r: float, tone: str = CRUST, flour: str = "#fbf0dc") -> None:
    """A round loaf from above, scored like an ear of wheat and dusted with flour."""
    _shadow(e, x, y, r, r)
    e.disc(x, y, r, fill=mix(tone, CHAR, 0.5))
    for step in range(7):
        share = step / 6
        e.disc(
            x - r * 0.08 * share,
            y - r * 0.1 * share,
            r * (0.97 - 0.42 * share),
            fill=mix(tone, GOLD, share),
            alpha=0.5,
            blur=r * 0.05,
        )
    for turn in range(0, 360, 10):
        a = math.radians(turn)
        for share in (0.55, 0.68, 0.81):
            px, py = x + r * share * math.cos(a), y + r * share * math.sin(a)
            e.disc(px, py, r * 0.05, r * 0.018, flour, turn=turn + 90, alpha=0.55, blur=r * 0.008)
    spine = [(x - r * 0.6 + r * 1.2 * t / 8, y + r * 0.1 * math.sin(t * 0.8)) for t in range(9)]
    for (ax, ay), (bx, by) in pairwise(spine):
        e.line([(ax, ay), (bx, by)], r * 0.075, mix(CHAR, tone, 0.25))
        e.line([(ax, ay - r * 0.02), (bx, by - r * 0.02)], r * 0.035, PALE)
    for i, (px, py) in enumerate(spine[1:-1]):
        for side in (-1, 1):
            long = r * (0.34 - 0.03 * abs(i - 3))
            leaf = [
                (px, py + side * r * 0.06),
                (px + long * 0.45, py + side * long * 0.5),
                (px + long * 0.8, py + side * long * 1.05),
            ]
            leaf.append((px + long * 0.25, py + side * long * 0.72))
            e.poly(smooth(leaf), mix(CHAR, tone, 0.2))
            e.poly(smooth([(a + r * 0.012, b - r * 0.014) for a, b in leaf]), PALE, alpha=0.75)
    e.disc(x - r * 0.32, y - r * 0.42, r * 0.4, r * 0.24, "#fff3dc", turn=-36, alpha=0.28, blur=r * 0.12)


def stick(e: Easel, x: float, y: float, long: float, wide: float, turn: float, tone: str = GOLD) -> None:
    """A baguette lying at an angle."""
    e.poly(
        [(a + wide * 0.2, b + wide * 0.4) for a, b in ring(x, y, long / 2, wide / 2, turn)], "#2a160a", alpha=0.4, blur=wide * 0.16
    )
    e.poly(ring(x, y, long / 2, wide / 2, turn), mix(tone, CHAR, 0.55))
    for step in range(5):
        share = step / 4
        e.disc(
            x,
            y - wide * 0.08 * share,
            long / 2 * (0.985 - 0.05 * share),
            wide / 2 * (0.94 - 0.5 * share),
            mix(CRUST, tone, share),
            turn=turn,
            alpha=0.6,
            blur=wide * 0.05,
        )
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    for i in range(5):
        at = long * (-0.34 + 0.17 * i)
        px, py = x + at * cos, y + at * sin
        e.disc(px, py, long * 0.085, wide * 0.14, mix(CHAR, CRUST, 0.3), turn=turn - 24)
        e.disc(px, py - wide * 0.03, long * 0.08, wide * 0.09, PALE, turn=turn - 24)


def croissant(e: Easel, x: float, y: float, r: float, turn: float = 0.0) -> None:
    """A crescent of layered segments."""
    _shadow(e, x, y + r * 0.2, r, r * 0.6, 0.4)
    for i in (0, 8, 1, 7, 2, 6, 3, 5, 4):
        a = math.radians(200 + 17.5 * i + turn)
        px, py = x + r * 0.8 * math.cos(a), y + r * 0.45 + r * 0.8 * math.sin(a)
        fat = r * (0.17 + 0.24 * math.sin(math.pi * (i + 0.7) / 9.4))
        lean = math.degrees(a) + 90
        e.disc(px, py, fat * 0.72, fat, mix(CRUST, CHAR, 0.35), turn=lean)
        for k in range(4):
            e.disc(
                px - fat * 0.05,
                py - fat * 0.08 * k,
                fat * (0.62 - 0.1 * k),
                fat * (0.9 - 0.13 * k),
                mix(CRUST, PALE, 0.12 + 0.2 * k),
                turn=lean,
                alpha=0.65,
                blur=r * 0.012,
            )


def knot(e: Easel, x: float, y: float, r: float, glaze: bool = True) -> None:
    """A bun rolled as a snail, sugared."""
    _shadow(e, x, y, r, r)
    e.disc(x, y, r, fill=mix(CRUST, CHAR, 0.2))
    for i in range(170):
        share = i / 169
        a = share * math.tau * 2.7
        d = r * (0.88 - 0.84 * share)
        e.disc(
            x + d * math.cos(a),
            y + d * math.sin(a),
            r * 0.15 * (1.05 - 0.5 * share),
            fill=mix(GOLD, PALE, 0.35 + 0.35 * math.sin(a)),
        )
    for i in range(130):
        share = i / 129
        a = share * math.tau * 2.7 + 0.12
        d = r * (0.78 - 0.75 * share)
        e.disc(x + d * math.cos(a), y + d * math.sin(a), r * 0.035, fill="#6b3416")
    if glaze:
        e.specks((x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7), 46, ("#fffaf0", "#fff2da"), (r * 0.018, r * 0.036))


def tart(e: Easel, x: float, y: float, r: float, fruit: str, cream: str = "#fbe9b4") -> None:
    """A fluted tart with fruit in rings."""
    _shadow(e, x, y, r, r)
    edge: list[tuple[float, float]] = []
    for i in range(144):
        a = math.tau * i / 144
        d = r * (1 + 0.035 * math.cos(a * 24))
        edge.append((x + d * math.cos(a), y + d * math.sin(a)))
    e.poly(edge, mix(GOLD, CRUST, 0.35))
    e.disc(x, y, r * 0.9, fill=mix(GOLD, PALE, 0.3))
    e.disc(x, y, r * 0.83, fill=cream)
    for ring_at, count in ((0.64, 14), (0.36, 8), (0.05, 1)):
        for i in range(count):
            a = math.tau * i / count + ring_at
            px, py = x + r * ring_at * math.cos(a), y + r * ring_at * math.sin(a)
            e.disc(px + r * 0.02, py + r * 0.03, r * 0.145, fill=mix(cream, "#7a3a10", 0.45))
            e.disc(px, py, r * 0.14, fill=fruit)
            e.disc(px + r * 0.02, py + r * 0.02, r * 0.1, fill=mix(fruit, "#000000", 0.16), alpha=0.6, blur=r * 0.02)
            e.disc(px - r * 0.045, py - r * 0.05, r * 0.035, fill=mix(fruit, "#ffffff", 0.75))


def tin_loaf(e: Easel, x: float, y: float, wide: float, seeds: bool = True) -> None:
    """A tin loaf seen from the side, with its cut face."""
    tall = wide * 0.62
    _shadow(e, x, y + tall * 0.42, wide * 0.6, tall * 0.2)
    body = [
        (x - wide * 0.5, y + tall * 0.45),
        (x - wide * 0.52, y - tall * 0.1),
        (x - wide * 0.36, y - tall * 0.5),
        (x + wide * 0.3, y - tall * 0.52),
    ]
    body += [(x + wide * 0.52, y - tall * 0.14), (x + wide * 0.48, y + tall * 0.45)]
    e.poly(smooth(body, 6), mix(CRUST, CHAR, 0.45), to=mix(CRUST, GOLD, 0.2))
    e.blob(
        [
            (x - wide * 0.45, y - tall * 0.2),
            (x - wide * 0.3, y - tall * 0.5),
            (x + wide * 0.28, y - tall * 0.52),
            (x + wide * 0.46, y - tall * 0.2),
            (x, y - tall * 0.06),
        ],
        mix(CRUST, CHAR, 0.2),
        to=CRUST,
    )
    e.line([(x - wide * 0.33, y - tall * 0.3), (x, y - tall * 0.36), (x + wide * 0.3, y - tall * 0.3)], wide * 0.035, PALE)
    if seeds:
        e.specks(
            (x - wide * 0.36, y - tall * 0.46, x + wide * 0.36, y - tall * 0.16),
            90,
            ("#3a2413", "#f2e2bf", "#7a5a30"),
            (wide * 0.006, wide * 0.012),
        )
    for i in range(2):
        sx, sy = x + wide * (0.42 + 0.2 * i), y + tall * (0.1 + 0.14 * i)
        e.blob(
            [
                (sx - wide * 0.2, sy + tall * 0.36),
                (sx - wide * 0.2, sy - tall * 0.2),
                (sx, sy - tall * 0.4),
                (sx + wide * 0.2, sy - tall * 0.2),
                (sx + wide * 0.2, sy + tall * 0.36),
            ],
            mix(CRUST, CHAR, 0.3),
        )
        e.blob(
            [
                (sx - wide * 0.18, sy + tall * 0.33),
                (sx - wide * 0.18, sy - tall * 0.17),
                (sx, sy - tall * 0.35),
                (sx + wide * 0.18, sy - tall * 0.17),
                (sx + wide * 0.18, sy + tall * 0.33),
            ],
            "#e8cfa2",
        )
        e.specks(
            (sx - wide * 0.14, sy - tall * 0.2, sx + wide * 0.14, sy + tall * 0.28),
            40,
            ("#cfae7c", "#f3e2c2"),
            (wide * 0.006, wide * 0.014),
        )


def ring_bread(e: Easel, x: float, y: float, r: float) -> None:
    """A seeded ring."""
    _shadow(e, x, y, r, r)
    for step in range(6):
        share = step / 5
        e.disc(x - r * 0.03 * share, y - r * 0.04 * share, r * (1 - 0.13 * share), fill=mix(mix(CRUST, CHAR, 0.35), GOLD, share))
    e.specks(
        (x - r * 0.66, y - r * 0.66, x + r * 0.66, y + r * 0.66), 260, ("#fbeecb", "#f3dca6", "#33200f"), (r * 0.014, r * 0.026)
    )
    e.disc(x, y, r * 0.34, fill=mix(CRUST, CHAR, 0.5))
    e.disc(x + r * 0.02, y + r * 0.03, r * 0.29, fill="#20120a")


def ear(e: Easel, x: float, y: float, long: float, turn: float, tone: str = "#c99a48") -> None:
    """An ear of wheat."""
    a = math.radians(turn)
    tip = (x + long * math.cos(a), y + long * math.sin(a))
    e.line([(x, y), tip], long * 0.012, mix(tone, CHAR, 0.3))
    for i in range(9):
        t = 0.55 + 0.055 * i
        px, py = x + long * t * math.cos(a), y + long * t * math.sin(a)
        for side in (-1, 1):
            lean = turn + side * 26
            e.disc(
                px + side * long * 0.018 * -math.sin(a),
                py + side * long * 0.018 * math.cos(a),
                long * 0.05,
                long * 0.019,
                mix(tone, "#ffffff", 0.16 * (i % 2)),
                turn=lean,
            )


# -- places ---------------------------------------------------------------------------------------------------------------


def cloth(e: Easel, x: float, y: float, w: float, h: float, tone: str, stripe: str) -> None:
    """Linen with two woven stripes."""
    e.rect(x, y, w, h, tone)
    for i in range(int(h / 3)):
        e.rect(x, y + 3 * i, w, 1, mix(tone, "#000000" if i % 2 else "#ffffff", 0.035))
    for at in (0.1, 0.15, 0.85, 0.9):
        e.rect(x, y + h * at, w, h * 0.018, stripe, alpha=0.75)


def morning(width: int, height: int, seed: int = 4) -> Easel:
    """A pale table from above, bread all round its edges and flour in the middle."""
    e = Easel(width, height, ((0, "#f7ead0"), (1, "#ecd6ae")), seed)
    u = height / 800
    e.boards(0, 0, width, height, 7, "#eeddba")
    e.disc(width * 0.5, height * 0.46, width * 0.3, height * 0.3, "#fffaee", alpha=0.75, blur=90 * u)
    cloth_at = [
        (width * 0.62, height * 0.55),
        (width * 1.03, height * 0.42),
        (width * 1.03, height * 1.05),
        (width * 0.66, height * 1.05),
    ]
    e.shade(cloth_at, 0.3, 10 * u)
    e.poly(cloth_at, "#d7e0dc", to="#b9c8c6")
    for i in range(12):
        a = i / 11
        e.line(
            [(width * (0.62 + 0.04 * a), height * (0.55 + 0.5 * a)), (width * 1.03, height * (0.42 + 0.63 * a))],
            2 * u,
            "#7f9ba0",
            alpha=0.35,
        )
    ear(e, width * 0.3, height * 0.24, 330 * u, 196)
    ear(e, width * 0.31, height * 0.29, 300 * u, 184)
    ear(e, width * 0.7, height * 0.16, 340 * u, -14)
    stick(e, width * 0.1, height * 0.78, 520 * u, 92 * u, -62)
    stick(e, width * 0.19, height * 0.88, 500 * u, 88 * u, -54, "#cf8d44")
    boule(e, width * 0.07, height * 0.3, 150 * u)
    boule(e, width * 0.87, height * 0.72, 190 * u, "#a2602f")
    croissant(e, width * 0.42, height * 0.9, 84 * u)
    croissant(e, width * 0.54, height * 0.93, 78 * u, 12)
    knot(e, width * 0.9, height * 0.2, 96 * u)
    knot(e, width * 0.8, height * 0.09, 82 * u)
    ring_bread(e, width * 0.69, height * 0.93, 74 * u)
    e.specks((0, 0, width, height), 900, ("#fffdf6", "#fff6e2", "#d9bb85"), (0.6 * u, 2.2 * u))
    e.glow(width * 0.2, -60 * u, 520 * u, "#fff3d0", 0.5)
    e.vignette(0.18, "#6b4418")
    return e


def board(kind: str, side: int, ground: str, seed: int) -> Easel:
    """One thing to eat, from above, on a plate, a board or paper."""
    e = Easel(side, side, ground, seed)
    s = side
    if kind in ("sourdough", "rye"):
        e.boards(0, 0, s, s, 5, ground)
    elif kind in ("croissant", "ring"):
        cloth(e, 0, 0, s, s, ground, mix(ground, "#7a3a1c", 0.5))
    else:
        e.rect(0, 0, s, s, ground)
        e.specks((0, 0, s, s), 260, (mix(ground, "#ffffff", 0.3), mix(ground, "#000000", 0.14)), (0.7, 2.2))
    if kind in ("knot", "tart", "croissant"):
        e.disc(s * 0.52, s * 0.55, s * 0.42, fill="#2a160a", alpha=0.35, blur=s * 0.03)
        e.disc(s * 0.5, s * 0.5, s * 0.42, fill="#fbf7ee", to="#e6ddcb")
        e.disc(s * 0.5, s * 0.5, s * 0.33, fill="#efe8d9", to="#fdfaf3")
    if kind == "sourdough":
        boule(e, s * 0.5, s * 0.5, s * 0.36)
    elif kind == "rye":
        tin_loaf(e, s * 0.42, s * 0.52, s * 0.62)
    elif kind == "croissant":
        croissant(e, s * 0.5, s * 0.46, s * 0.27)
    elif kind == "knot":
        knot(e, s * 0.5, s * 0.5, s * 0.25)
    elif kind == "tart":
        tart(e, s * 0.5, s * 0.5, s * 0.28, "#a3243b")
    else:
        ring_bread(e, s * 0.44, s * 0.48, s * 0.27)
        ring_bread(e, s * 0.72, s * 0.72, s * 0.2)
    e.specks((s * 0.1, s * 0.1, s * 0.9, s * 0.9), 50, ("#c58b45", "#8a5526", "#fff6e2"), (0.8, 2.4))
    e.glow(s * 0.15, s * 0.05, s * 0.42, "#fff0cc", 0.3)
    e.vignette(0.22, "#3a2008")
    return e


@dataclass(frozen=True)
class Shop:
    """A shop front: wall, joinery, awning and what the sky is like."""

    wall: str
    joint: str
    wood: str
    awning: tuple[str, str]
    light: str
    street: str
    night: bool = False


def front(shop: Shop, width: int, height: int, seed: int) -> Easel:
    """A shop front straight on: bricks, an awning, a window of bread and a door."""
    e = Easel(width, height, shop.wall, seed)
    u = height / 720
    e.tiles(0, 0, width, height, (58 * u, 20 * u), shop.wall, shop.joint, bond=True)
    base = 640 * u
    e.rect(0, base, width, height - base, shop.street, to=mix(shop.street, "#000000", 0.35))
    e.rect(width * 0.1, 210 * u, width * 0.8, base - 210 * u, shop.wood, to=mix(shop.wood, "#000000", 0.3))
    panes = ((0.13, 0.27), (0.42, 0.27))
    for x, w in panes:
        e.rect(width * x, 300 * u, width * w, 270 * u, mix(shop.light, "#7a4a1c", 0.5), to=shop.light)
        for shelf in range(2):
            y = (400 + 118 * shelf) * u
            e.rect(width * x, y, width * w, 9 * u, mix(shop.wood, "#000000", 0.35))
            for n in range(6):
                px = width * (x + w * (0.1 + 0.16 * n))
                if (n + shelf) % 3 == 0:
                    stick(e, px, y - 42 * u, 100 * u, 22 * u, -84)
                elif (n + shelf) % 3 == 1:
                    e.blob(
                        [
                            (px - 30 * u, y),
                            (px - 28 * u, y - 24 * u),
                            (px, y - 40 * u),
                            (px + 28 * u, y - 24 * u),
                            (px + 30 * u, y),
                        ],
                        GOLD,
                        to=CRUST,
                    )
                else:
                    e.disc(px, y - 22 * u, 26 * u, 22 * u, PALE, to=CRUST)
        e.poly(
            [(width * x, 300 * u), (width * (x + w * 0.42), 300 * u), (width * (x + w * 0.16), 570 * u), (width * x, 570 * u)],
            "#ffffff",
            alpha=0.12,
        )
        e.rect(width * (x + w * 0.5) - 3 * u, 300 * u, 6 * u, 270 * u, shop.wood)
    e.rect(width * 0.73, 250 * u, width * 0.13, base - 250 * u, mix(shop.wood, "#ffffff", 0.12))
    e.rect(width * 0.745, 285 * u, width * 0.1, 200 * u, mix(shop.light, "#7a4a1c", 0.3), to=shop.light)
    e.disc(width * 0.85, 520 * u, 6 * u, fill="#e9c46a")
    count = 16
    for n in range(count):
        w = width * 0.86 / count
        x = width * 0.07 + n * w
        tone = shop.awning[n % 2]
        e.poly(
            [(x + w * 0.1, 196 * u), (x + w * 0.9 + 1, 196 * u), (x + w + 1, 290 * u), (x, 290 * u)],
            mix(tone, "#ffffff", 0.08),
            to=mix(tone, "#000000", 0.16),
        )
        e.disc(x + w / 2, 290 * u, w / 2, 20 * u, mix(tone, "#000000", 0.16))
    e.shade([(width * 0.1, 296 * u), (width * 0.9, 296 * u), (width * 0.9, 350 * u), (width * 0.1, 350 * u)], 0.35, 14 * u)
    for x in (0.03, 0.94):
        e.rect(width * x - 26 * u, 590 * u, 52 * u, 62 * u, "#6d4a35", to="#3c261a")
        for _ in range(70):
            e.disc(
                width * x + e.random.gauss(0, 34 * u),
                540 * u + e.random.gauss(0, 40 * u),
                13 * u,
                8 * u,
                e.random.choice(("#3f5b3a", "#567a4c", "#2d452b", "#7a9a62")),
                turn=e.random.uniform(0, 180),
            )
    if shop.night:
        e.rect(0, 0, width, height, "#0b0d1c", alpha=0.42)
        for x, w in panes:
            e.glow(width * (x + w / 2), 440 * u, 230 * u, shop.light, 0.55)
        e.glow(width * 0.8, 400 * u, 150 * u, shop.light, 0.45)
        e.disc(width * 0.4, 690 * u, width * 0.34, 30 * u, shop.light, alpha=0.3, blur=18 * u)
    else:
        e.glow(width * 0.1, 0, 380 * u, "#fff1cf", 0.3)
    e.vignette(0.25)
    return e


def oven(width: int, height: int, glow: str, wall: tuple[str, str], face: Face | None, seed: int) -> Easel:
    """A deck oven in a tiled wall, its mouth alight, loaves on a peel and racks; a baker if there is one."""
    e = Easel(width, height, wall[0], seed)
    u = min(width, height) / 640
    e.tiles(0, 0, width, height * 0.86, (64 * u, 32 * u), wall[0], wall[1], bond=True)
    e.rect(0, height * 0.86, width, height * 0.14, mix(wall[1], "#000000", 0.5))
    cx, cy = width * (0.5 if face is None else 0.4), height * 0.5
    arch = [
        (cx - 200 * u, cy + 120 * u),
        *((cx + 200 * u * math.cos(math.radians(a)), cy - 150 * u * math.sin(math.radians(a))) for a in range(180, -1, -6)),
        (cx + 200 * u, cy + 120 * u),
    ]
    outer = [(cx + (x - cx) * 1.16, cy + (y - cy) * 1.14 if y < cy + 100 * u else y) for x, y in arch]
    e.poly(outer, mix(wall[1], "#5a2a18", 0.5))
    e.poly(arch, "#1a0b06")
    e.disc(cx, cy + 60 * u, 190 * u, 100 * u, glow, alpha=0.85, blur=46 * u)
    e.poly(arch, "#1a0b06", alpha=0.25)
    for i in range(4):
        boule(e, cx - 120 * u + 80 * u * i, cy + 84 * u - 6 * u * (i % 2), 42 * u, mix(CRUST, glow, 0.15))
    e.rect(cx - 220 * u, cy + 118 * u, 440 * u, 26 * u, "#4a3a33", to="#241a16")
    e.rect(cx - 30 * u, cy + 108 * u, 60 * u, height, "#b98a54", to="#8a5f34")
    e.poly(
        [(cx - 110 * u, cy + 104 * u), (cx + 110 * u, cy + 104 * u), (cx + 86 * u, cy + 144 * u), (cx - 86 * u, cy + 144 * u)],
        "#c79a62",
    )
    if face is not None:
        person(e, face, width * 0.74, height * 0.38, 150 * u)
    e.glow(cx, cy + 40 * u, 300 * u, glow, 0.4)
    e.vignette(0.4)
    return e


def bench(width: int, height: int, wood: str, light: str, seed: int, dark: bool = False) -> Easel:
    """A floured bench at eye height, a window behind, dough, a rolling pin, a bowl and proving baskets."""
    wall = "#2b211c" if dark else "#efe3cd"
    e = Easel(width, height, ((0, wall), (0.6, mix(wall, light, 0.35)), (1, wall)), seed)
    u = height / 720
    for x in (0.08, 0.56):
        e.rect(width * x, 40 * u, width * 0.36, 330 * u, mix(light, "#ffffff", 0.35), to=light)
        for part in (0.333, 0.666):
            e.rect(width * (x + 0.36 * part) - 4 * u, 40 * u, 8 * u, 330 * u, mix(wall, "#000000", 0.35))
        e.rect(width * x, 200 * u, width * 0.36, 8 * u, mix(wall, "#000000", 0.35))
    e.soften(5)
    e.rect(0, 430 * u, width, 290 * u, wood, to=mix(wood, "#000000", 0.4))
    e.boards(0, 430 * u, width, 290 * u, 5, wood)
    e.disc(width * 0.5, 560 * u, width * 0.36, 70 * u, "#fff8ea", alpha=0.6, blur=26 * u)
    for n, x in enumerate((0.12, 0.22)):
        e.shade(ring(width * x + 8 * u, 500 * u, 100 * u, 30 * u), 0.5, 10 * u)
        e.blob(
            [
                (width * x - 92 * u, 420 * u),
                (width * x + 92 * u, 420 * u),
                (width * x + 66 * u, 505 * u),
                (width * x - 66 * u, 505 * u),
            ],
            "#b98a54",
            to="#7d5630",
        )
        for k in range(6):
            e.line(
                [(width * x - 88 * u, (424 + 13 * k) * u), (width * x + 88 * u, (424 + 13 * k) * u)], 3 * u, "#5e3d20", alpha=0.5
            )
        e.disc(width * x, 418 * u, 92 * u, (32 - 4 * n) * u, "#f3e4c8", to="#d8bf95")
    for n in range(4):
        x = width * (0.42 + 0.1 * n)
        e.shade(ring(x + 8 * u, 588 * u, 62 * u, 18 * u), 0.45, 8 * u)
        e.blob(
            [
                (x - 62 * u, 580 * u),
                (x - 52 * u, 530 * u),
                (x, 508 * u),
                (x + 52 * u, 530 * u),
                (x + 62 * u, 580 * u),
                (x, 600 * u),
            ],
            "#fbf0da",
            to="#d9c09a",
        )
    e.shade(ring(width * 0.88, 540 * u, 130 * u, 26 * u), 0.5, 10 * u)
    e.blob(
        [
            (width * 0.79, 400 * u),
            (width * 0.97, 400 * u),
            (width * 0.94, 505 * u),
            (width * 0.88, 532 * u),
            (width * 0.82, 505 * u),
        ],
        "#9fb2b6",
        to="#5d7075",
    )
    e.disc(width * 0.88, 400 * u, width * 0.09, 24 * u, "#fdfaf2", to="#e4d9c4")
    e.line([(width * 0.3, 668 * u), (width * 0.62, 640 * u)], 34 * u, "#c9965a")
    for x, y in ((0.272, 670), (0.648, 637)):
        e.disc(width * x, y * u, 26 * u, 9 * u, "#7b4f28", turn=-4)
    e.specks((0, 440 * u, width, 720 * u), 700, ("#fffaf0", "#f4e4c6"), (0.6 * u, 2.4 * u))
    if dark:
        e.glow(width * 0.26, 200 * u, 320 * u, light, 0.3)
        e.glow(width * 0.74, 200 * u, 320 * u, light, 0.3)
    e.vignette(0.45 if dark else 0.2)
    return e


def shore(width: int, height: int, seed: int) -> Easel:
    """Loaves on a slatted shelf before an open window on the sea."""
    e = Easel(width, height, ((0, "#bfe0e6"), (0.42, "#eaf6f4"), (0.5, "#fdf3e0"), (1, "#cfe3e1")), seed)
    u = height / 800
    e.rect(0, 400 * u, width, 200 * u, "#5aa3ad", to="#2f7f8c")
    for _ in range(120):
        x, y = e.random.uniform(0, width), e.random.uniform(404, 590) * u
        e.rect(x, y, e.random.uniform(10, 60) * u, 2 * u, "#cdeae8", alpha=0.55)
    e.poly([(width * 0.62, 404 * u), (width * 0.8, 360 * u), (width, 350 * u), (width, 404 * u)], "#7f9f9a")
    e.soften(3)
    for x in (0.0, 0.325, 0.655, 0.98):
        e.rect(width * x - 9 * u, 0, 22 * u, 620 * u, "#fbfdfb", to="#dfe9e6")
    e.rect(0, 250 * u, width, 12 * u, "#f3f8f6")
    e.rect(0, 610 * u, width, 190 * u, "#e9dcc2", to="#bfa67c")
    e.boards(0, 640 * u, width, 160 * u, 4, "#dcc79f")
    for n, (x, r) in enumerate(((0.09, 120), (0.24, 96), (0.78, 104), (0.92, 128))):
        e.shade(ring(width * x + 12 * u, 668 * u, r * u, 26 * u), 0.4, 10 * u)
        top = (668 - 0.98 * r) * u
        e.blob(
            [
                (width * x - r * u, 660 * u),
                (width * x - 0.86 * r * u, top + 44 * u),
                (width * x, top),
                (width * x + 0.86 * r * u, top + 44 * u),
                (width * x + r * u, 660 * u),
                (width * x, 682 * u),
            ],
            mix(GOLD, PALE, 0.25),
            to=mix(CRUST, CHAR, 0.25),
        )
        for k in (-1, 0, 1):
            e.line(
                [
                    (width * x + (k * 34 - 18) * u, top + (30 + 12 * abs(k)) * u),
                    (width * x + (k * 34 + 16) * u, top + (64 + 12 * abs(k)) * u),
                ],
                9 * u,
                PALE,
            )
        if n % 2:
            ear(e, width * x - 60 * u, 690 * u, 220 * u, -20)
    stick(e, width * 0.42, 700 * u, 420 * u, 72 * u, -4)
    stick(e, width * 0.56, 738 * u, 420 * u, 70 * u, 3, "#cf8d44")
    e.glow(width * 0.5, 300 * u, 420 * u, "#fff6dc", 0.45)
    return e


def midnight(width: int, height: int, seed: int) -> Easel:
    """A dark kitchen: the oven's mouth glows behind a table of loaves."""
    e = Easel(width, height, ((0, "#120c0a"), (0.55, "#2a1711"), (1, "#120b08")), seed)
    u = height / 800
    e.tiles(0, 0, width, 520 * u, (76 * u, 34 * u), "#2c1d17", "#1a110d", bond=True)
    for x in (0.5,):
        arch = [
            (width * x + 330 * u * math.cos(math.radians(a)), 420 * u - 300 * u * math.sin(math.radians(a)))
            for a in range(180, -1, -6)
        ]
        e.poly([(px + (px - width * x) * 0.12, py - 26 * u) for px, py in arch], "#3d281f")
        e.poly(arch, "#0c0503")
        e.disc(width * x, 430 * u, 300 * u, 190 * u, "#ff8a2a", alpha=0.85, blur=70 * u)
        e.disc(width * x, 440 * u, 190 * u, 90 * u, "#ffd68a", alpha=0.85, blur=40 * u)
    e.rect(0, 430 * u, width, 100 * u, "#20130d")
    e.rect(0, 520 * u, width, 280 * u, "#4a2c1a", to="#160c07")
    e.boards(0, 530 * u, width, 270 * u, 5, "#3f2617")
    boule(e, width * 0.16, 600 * u, 150 * u, "#8a4f26")
    boule(e, width * 0.86, 610 * u, 160 * u, "#8a4f26")
    boule(e, width * 0.33, 690 * u, 100 * u, "#945527")
    stick(e, width * 0.66, 700 * u, 440 * u, 76 * u, -8, "#b5762f")
    stick(e, width * 0.62, 620 * u, 380 * u, 66 * u, -4, "#a96b2b")
    e.specks((0, 530 * u, width, 800 * u), 700, ("#e9cfa4", "#b98d58"), (0.5 * u, 1.8 * u))
    e.glow(width * 0.5, 420 * u, 420 * u, "#ff9a3c", 0.35)
    e.vignette(0.55)
    return e


# -- marks ----------------------------------------------------------------------------------------------------------------


def loaf_mark(ground: str, loaf: str, cut: str) -> tuple[Shape, ...]:
    """A tin loaf with three cuts."""
    arch = tuple(v for a in range(180, 361, 15) for v in (32 + 22 * math.cos(math.radians(a)), 30 + 17 * math.sin(math.radians(a))))
    body = ("path", (*arch, 51, 34, 51, 52, 13, 52, 13, 34), loaf)
    cuts = [("path", (18 + 10 * i, 35, 25 + 10 * i, 20, 28 + 10 * i, 21, 21 + 10 * i, 36), cut) for i in range(3)]
    return (("rect", (0, 0, 64, 64), ground), body, *cuts)


def wave_mark(ground: str, crust: str, wave: str) -> tuple[Shape, ...]:
    """A round loaf that rises from the sea."""
    crests = tuple(v for i in range(0, 65, 4) for v in (i, 42 + 4 * math.sin(i / 64 * math.tau * 2)))
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("ellipse", (32, 34, 20, 20), crust),
        ("rect", (24, 17, 3, 16), ground),
        ("rect", (31, 15, 3, 18), ground),
        ("rect", (38, 17, 3, 16), ground),
        ("path", (*crests, 64, 64, 0, 64), wave),
    )


def lantern_mark(ground: str, frame: str, flame: str) -> tuple[Shape, ...]:
    """A lantern whose pane is an oven's mouth."""
    arch = tuple(v for a in range(180, 361, 15) for v in (32 + 12 * math.cos(math.radians(a)), 34 + 14 * math.sin(math.radians(a))))
    return (
        ("rect", (0, 0, 64, 64), ground),
        ("rect", (29, 4, 6, 8), frame),
        ("path", (18, 12, 46, 12, 52, 56, 12, 56), frame),
        ("path", (*arch, 44, 50, 20, 50), ground),
        ("path", (32, 24, 39, 38, 36, 49, 28, 49, 25, 38), flame),
    )


SERIF = "Georgia, 'Liberation Serif', serif"


def ostler(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Ostler Street Bakehouse: two lines in the middle, a rule between."""
    words = (
        Styled("OSTLER STREET", 110, 25, 20, ink, 3, 700, SERIF, anchor="middle"),
        Styled("bakehouse", 110, 46, 19, mark, 1, 400, SERIF, anchor="middle", style="italic"),
    )
    rules = f'  <path fill="{mark}" d="M10 39h40v1.5H10zM170 39h40v1.5h-40z"/>\n'
    return sign(size, (220, 56), rules, words)


def tideline(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Tideline Bread: a low wave under a wide grotesque."""
    wave = " ".join(f"L{x} {40 + 3 * math.sin(x / 12):.1f}" for x in range(6, 175, 4))
    drawn = f'  <path fill="none" stroke="{mark}" stroke-width="3" d="M2 40 {wave}"/>\n'
    family = "'Avenir Next', 'Liberation Sans', Arial, sans-serif"
    return sign(
        size,
        (180, 48),
        drawn,
        (Styled("tideline", 0, 28, 30, ink, -0.6, 700, family), Styled("BREAD", 122, 28, 13, ink, 2.4, 700, family)),
    )


def lantern(ink: str, mark: str, size: tuple[int, int]) -> bytes:
    """Lantern Oven: the mark beside a narrow name."""
    drawn = placed(lantern_mark("none", mark, mark)[1:3], "translate(0 2) scale(.72)")
    family = "'Liberation Sans Narrow', 'Arial Narrow', sans-serif"
    return sign(
        size,
        (190, 48),
        drawn,
        (Styled("LANTERN", 48, 25, 24, ink, 3.4, 700, family), Styled("OVEN, OPEN LATE", 49, 41, 11, mark, 3, 400, family)),
    )


# -- what there is to draw ------------------------------------------------------------------------------------------------

OSTLER_SHOP = Shop("#b9584a", "#8d3f34", "#2f4a3a", ("#f6ead0", "#7b2d26"), "#ffdf9a", "#9b8f80")
TIDE_SHOP = Shop("#e8f0ee", "#cfdcd9", "#1f6b70", ("#ffffff", "#1f6b70"), "#ffeec2", "#c3cbc8")
BAKER = Face("#c98d68", "#3b241a", "bun", "#f3ead8", apron="#7b2d26")

MENU = (
    ("sourdough", "#c9a877", 11),
    ("rye", "#a9835a", 12),
    ("croissant", "#e3d6c0", 13),
    ("knot", "#b9604c", 14),
    ("tart", "#5f7a64", 15),
    ("ring", "#d8c7a2", 16),
)
"""What is on the menu, the ground it lies on, and the seed."""


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Ostler Street Bakehouse: butter, brick and bottle green."""
    yield from icon_files(HOME, "ostler", loaf_mark("#7B2D26", "#F6E3A6", "#7B2D26"))
    for tone, ink, mark in (("dark", "#33200F", "#7B2D26"), ("light", "#FFF3D0", "#F0CE7E")):
        yield f"{HOME}/assets/logos/ostler-{tone}.svg", ostler(ink, mark, (220, 56))
        yield f"{HOME}/assets/logos/ostler-{tone}-2x.svg", ostler(ink, mark, (440, 112))
    yield f"{HOME}/assets/images/table.jpg", morning(1280, 800).jpeg(56)
    for kind, ground, seed in MENU:
        yield f"{HOME}/assets/images/{kind}.jpg", board(kind, 440, ground, seed).jpeg(56)
    yield f"{HOME}/assets/images/front.jpg", front(OSTLER_SHOP, 1280, 720, 21).jpeg(50)
    yield f"{HOME}/assets/images/bench.jpg", bench(1280, 720, "#c79a62", "#ffe9b8", 22).jpeg(54)
    yield f"{HOME}/assets/images/baker.jpg", oven(560, 700, "#ff9c40", ("#ead9b4", "#cdb488"), BAKER, 23).jpeg(58)


def tideline_bread() -> Iterator[tuple[str, bytes]]:
    """Tideline Bread: a light bakery above a beach."""
    yield from icon_files(TIDELINE, "tideline", wave_mark("#EEF5F3", "#B8791F", "#0F5C63"))
    yield f"{TIDELINE}/assets/logos/tideline-dark.svg", tideline("#0E2A33", "#0F5C63", (180, 48))
    yield f"{TIDELINE}/assets/logos/tideline-light.svg", tideline("#FFFFFF", "#BFE0DC", (150, 40))
    yield f"{TIDELINE}/assets/images/tideline-window.jpg", shore(1280, 800, 31).jpeg(64)
    yield f"{TIDELINE}/assets/images/tideline-front.jpg", front(TIDE_SHOP, 1280, 720, 32).jpeg(56)
    yield f"{TIDELINE}/assets/images/og.jpg", shore(1200, 630, 31).jpeg(66)


def lantern_oven() -> Iterator[tuple[str, bytes]]:
    """Lantern Oven: a bakery that works at night."""
    yield from icon_files(LANTERN, "lantern", lantern_mark("#17110E", "#E39A4B", "#F4CE92"))
    yield f"{LANTERN}/assets/logos/lantern-header.svg", lantern("#F7EBDA", "#F4CE92", (190, 48))
    yield f"{LANTERN}/assets/logos/lantern-footer.svg", lantern("#1C100A", "#4A210C", (158, 40))
    yield f"{LANTERN}/assets/images/lantern-oven.jpg", midnight(1280, 800, 41).jpeg(64)
    yield f"{LANTERN}/assets/images/lantern-bench.jpg", bench(1280, 720, "#6a4428", "#d98a3c", 42, dark=True).jpeg(58)
    yield f"{LANTERN}/assets/images/og.jpg", midnight(1200, 630, 41).jpeg(66)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from tideline_bread()
    yield from lantern_oven()
