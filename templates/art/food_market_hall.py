"""Pictures of Saltgate Hall, and of the market row and the night hall that take its site over: stalls, roofs, fruit, lamps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from art.scenery import mix
from art.signs import Shape, Word, marks, wordmark
from art.studio import Face, Ink, Point, Table, person

HOME = "templates/food-market-hall"
ROW = "requirements/cobnut-row-01"
LADLE = "requirements/late-ladle-02"


def ring(cx: float, cy: float, rx: float, ry: float, start: float = 0, end: float = 360, steps: int = 40) -> list[Point]:
    """Points along an ellipse, in degrees clockwise from three o'clock."""
    turns = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in turns]


# -- what is sold ---------------------------------------------------------------------------------------------------------


def ball(t: Table, x: float, y: float, r: float, tone: str, leaf: str = "") -> None:
    """A round fruit, lit from the upper left."""
    t.ellipse(x + r * 0.12, y + r * 0.2, r, r, "#000000", alpha=0.22, blur=r * 0.2)
    t.ellipse(x, y, r, r, (mix(tone, "#ffffff", 0.22), mix(tone, "#3a0a10", 0.22)))
    t.ellipse(x - r * 0.35, y - r * 0.4, r * 0.28, r * 0.2, "#ffffff", alpha=0.45, blur=r * 0.08)
    if leaf:
        t.poly([(x, y - r * 0.8), (x + r * 0.5, y - r * 1.35), (x + r * 0.75, y - r * 0.95)], leaf)


def slice_of(t: Table, x: float, y: float, r: float, rind: str, flesh: str, turn: float) -> None:
    """A slice of citrus: rind, pith, and nine segments."""
    t.ellipse(x + r * 0.05, y + r * 0.09, r, r, "#000000", alpha=0.25, blur=r * 0.06)
    t.ellipse(x, y, r, r, rind)
    t.ellipse(x, y, r * 0.92, r * 0.92, mix(flesh, "#fff8e6", 0.82))
    for n in range(9):
        a0, a1 = turn + math.tau * (n + 0.07) / 9, turn + math.tau * (n + 0.93) / 9
        mid = (a0 + a1) / 2
        wedge = [
            (x + r * 0.1 * math.cos(mid), y + r * 0.1 * math.sin(mid)),
            (x + r * 0.8 * math.cos(a0), y + r * 0.8 * math.sin(a0)),
            (x + r * 0.86 * math.cos(mid), y + r * 0.86 * math.sin(mid)),
            (x + r * 0.8 * math.cos(a1), y + r * 0.8 * math.sin(a1)),
        ]
        t.poly(wedge, (mix(flesh, "#ffffff", 0.18), mix(flesh, rind, 0.45)))


def fish(t: Table, x: float, y: float, long: float, tone: str, belly: str, tilt: float = 0.0) -> None:
    """A whole fish with its head to the left."""
    c, s = math.cos(tilt), math.sin(tilt)

    def p(u: float, v: float) -> Point:
        return x + long * (u * c - v * s), y + long * (u * s + v * c)

    body = [p(-0.5 + 0.8 * k / 20, -0.15 * math.sin(math.pi * (k / 20) ** 0.8)) for k in range(21)]
    under = [p(0.3 - 0.8 * k / 20, 0.15 * math.sin(math.pi * (1 - k / 20) ** 0.8)) for k in range(21)]
    t.poly([(a + 3, b + long * 0.04) for a, b in (*body, *under)], "#0a1418", alpha=0.3, blur=4)
    t.poly([p(0.26, 0), p(0.48, -0.17), p(0.42, 0), p(0.48, 0.17)], mix(tone, "#101820", 0.25))
    t.poly([p(-0.1, -0.13), p(0.06, -0.24), p(0.12, -0.1)], mix(tone, "#101820", 0.2))
    t.poly([*body, *under], (tone, belly))
    for row in range(3):
        for k in range(9):
            ax, ay = p(-0.2 + 0.048 * k + (0.024 if row % 2 else 0), -0.07 + 0.045 * row)
            t.arc(ax, ay, long * 0.022, 270, 450, 1.2, mix(tone, "#ffffff", 0.4), alpha=0.6)
    t.line([p(-0.28, -0.1), p(-0.25, 0), p(-0.28, 0.09)], long * 0.012, mix(tone, "#101820", 0.5), alpha=0.7)
    ex, ey = p(-0.39, -0.035)
    t.ellipse(ex, ey, long * 0.026, long * 0.026, "#f6f1dc")
    t.ellipse(ex, ey, long * 0.014, long * 0.014, "#14181a")


def loaf(t: Table, x: float, y: float, w: float, h: float, tone: str, tilt: float = 0.0) -> None:
    """A long loaf with four cuts, floured."""
    c, s = math.cos(tilt), math.sin(tilt)

    def p(u: float, v: float) -> Point:
        return x + u * c - v * s, y + u * s + v * c

    shape = [p(a, b) for a, b in ring(0, 0, w / 2, h / 2)]
    t.poly([(a + 3, b + h * 0.14) for a, b in shape], "#1a0d06", alpha=0.35, blur=5)
    t.poly(shape, (mix(tone, "#ffe6b0", 0.3), mix(tone, "#4a1e08", 0.35)))
    for k in range(4):
        u = w * (-0.3 + 0.2 * k)
        t.line([p(u - h * 0.16, h * 0.24), p(u + h * 0.16, -h * 0.24)], h * 0.13, mix(tone, "#fff2d2", 0.72))
        t.line([p(u - h * 0.1, h * 0.26), p(u + h * 0.22, -h * 0.2)], h * 0.04, mix(tone, "#5a280e", 0.4), alpha=0.7)


def wheel_of(t: Table, x: float, y: float, r: float, rind: str, paste: str) -> None:
    """A round cheese with a wedge taken out."""
    t.ellipse(x + r * 0.06, y + r * 0.1, r, r, "#1a0d06", alpha=0.32, blur=5)
    t.ellipse(x, y, r, r, (mix(rind, "#ffffff", 0.15), mix(rind, "#3a1a08", 0.2)))
    t.ellipse(x, y, r * 0.9, r * 0.9, (mix(rind, "#ffffff", 0.28), rind))
    t.poly([(x, y), *ring(x, y, r * 1.02, r * 1.02, -70, -18, 10)], (mix(paste, "#ffffff", 0.3), paste))
    for k in range(5):
        t.ellipse(x + r * (0.2 + 0.1 * k), y - r * (0.34 + 0.13 * (k % 3)), r * 0.045, r * 0.04, mix(paste, "#7a4a10", 0.35))


# -- close up: pictures for the mosaic ------------------------------------------------------------------------------------


def citrus(w: int, h: int, ground: str, seed: int = 1) -> Table:
    """Slices of citrus on a coloured table."""
    t = Table(w, h, (mix(ground, "#ffffff", 0.1), ground), seed)
    kinds = (("#e8801c", "#f79a34"), ("#efc229", "#f7dc62"), ("#c93a4b", "#ec6a6e"), ("#7fb13c", "#b6d468"))
    step, n = w / 3.1, 0
    for row in range(int(h / step) + 3):
        for col in range(5):
            x, y = col * step + (step / 2 if row % 2 else 0) - step * 0.3, row * step * 0.88 - step * 0.1
            rind, flesh = kinds[(n * 7 + row) % 4]
            slice_of(t, x, y, step * 0.44, rind, flesh, t.dice(0, 1))
            n += 1
    t.grain(2)
    return t


def catch(w: int, h: int, ice: str, seed: int = 2) -> Table:
    """Fish on ice, in rows."""
    t = Table(w, h, (mix(ice, "#ffffff", 0.6), ice), seed)
    for _ in range(260):
        x, y, r = t.dice(0, w), t.dice(0, h), t.dice(5, 15)
        turn = t.dice(0, 6)
        corners = [(x + r * math.cos(turn + a), y + r * math.sin(turn + a)) for a in (0, 1.3, 2.6, 4.1)]
        t.poly(corners, mix(ice, "#ffffff", t.dice(0.3, 0.95)), alpha=0.7)
    tones = (("#4b6f86", "#d9e6e6"), ("#b5523f", "#f3cdb6"), ("#6c7f5c", "#e7e8cf"), ("#37506b", "#c8dae4"))
    long = w * 0.9
    for row in range(int(h / (long * 0.29)) + 2):
        tone, belly = tones[row % 4]
        fish(t, w * (0.5 + 0.06 * (-1) ** row), row * long * 0.29 + long * 0.06, long, tone, belly, -0.09 * (-1) ** row)
    t.grain(2)
    return t


def loaves(w: int, h: int, board: str, seed: int = 3) -> Table:
    """Loaves on a floured board."""
    t = Table(w, h, (mix(board, "#ffffff", 0.14), board), seed)
    for k in range(9):
        t.line([(0, h * k / 8), (w, h * k / 8 + t.dice(-4, 4))], 1.4, mix(board, "#000000", 0.3), alpha=0.5)
    for k in range(int(h / 74) + 1):
        for col in range(int(w / 300) + 1):
            loaf(
                t,
                w * 0.24 + col * 300 + (100 if k % 2 else 0),
                44 + k * 74,
                250,
                66,
                ("#c07b35", "#a55c24", "#d09a52")[k % 3],
                -0.12,
            )
    for _ in range(160):
        t.ellipse(t.dice(0, w), t.dice(0, h), 1.6, 1.6, "#fff6e2", alpha=t.dice(0.1, 0.6))
    t.grain(2)
    return t


def cheeses(w: int, h: int, board: str, seed: int = 4) -> Table:
    """Cheeses from above."""
    t = Table(w, h, (mix(board, "#ffffff", 0.12), board), seed)
    r = w * 0.27
    places = (
        (0.3, 0.2, 1.1, "#d9a441", "#f3d884"),
        (0.86, 0.06, 0.8, "#7b2d2a", "#f0cf7c"),
        (0.8, 0.46, 0.98, "#efe6d0", "#fbf4df"),
        (0.2, 0.6, 0.8, "#c98f3a", "#f5e0a0"),
        (0.36, 0.92, 0.9, "#7b2d2a", "#f0cf7c"),
    )
    for x, y, size, rind, paste in places:
        wheel_of(t, w * x, h * y, r * size, rind, paste)
    for k in range(20):
        ball(
            t,
            w * (0.72 + 0.085 * (k % 4)) + (12 if k // 4 % 2 else 0),
            h * (0.71 + 0.05 * (k // 4)),
            w * 0.05,
            ("#8a3560", "#6a2a58")[k % 2],
        )
    t.grain(2)
    return t


# -- stalls ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stall:
    """A stall: its awning's colours, wall, counter, who stands behind it, and what lies on it."""

    awning: tuple[str, str]
    wall: str
    counter: str
    face: Face
    goods: Callable[[Table], None]


def stall(one: Stall, seed: int, w: int = 480, h: int = 360) -> Table:
    """A stall seen from the front, under its own lamp."""
    t = Table(w, h, (mix(one.wall, "#ffffff", 0.1), mix(one.wall, "#000000", 0.25)), seed)
    for row in range(7):
        for col in range(11):
            x, y = col * 48 - (24 if row % 2 else 0), 66 + row * 26
            t.rect(x + 1, y + 1, 46, 24, mix(one.wall, "#ffffff", t.dice(0.04, 0.2)), 2)
    t.light(w * 0.5, 120, 240, 160, "#ffedc0", 0.55)
    for x in (70, 372):
        t.rect(x, 150, 84, 7, mix(one.counter, "#000000", 0.25))
        for k in range(4):
            t.rect(x + 6 + 20 * k, 120 + 4 * (k % 2), 14, 30 - 4 * (k % 2), mix(one.awning[k % 2], "#2a1a12", 0.25), 4)
    person(t, one.face, w * 0.5, 92, 92)
    t.line([(w * 0.5 - 118, 0), (w * 0.5 - 118, 88)], 2, "#20160f")
    t.ellipse(w * 0.5 - 118, 96, 22, 12, mix(one.counter, "#000000", 0.3))
    t.light(w * 0.5 - 118, 112, 60, 50, "#fff2c8", 0.7)
    stripes = 12
    for k in range(stripes):
        x0, x1 = w * k / stripes, w * (k + 1) / stripes
        tone = one.awning[k % 2]
        t.poly([(x0 + 8, 0), (x1 + 8 if k < stripes - 1 else x1, 0), (x1, 52), (x0, 52)], (mix(tone, "#000000", 0.12), tone))
        t.poly([(x0, 52), (x1, 52), *ring((x0 + x1) / 2, 52, (x1 - x0) / 2, 20, 0, 180, 12)], mix(tone, "#000000", 0.1))
    t.rect(0, 70, w, 20, "#000000", alpha=0.18, blur=10)
    t.rect(-4, 236, w + 8, 16, (mix(one.counter, "#ffffff", 0.3), one.counter))
    one.goods(t)
    front = mix(one.counter, "#000000", 0.12)
    t.rect(-4, 296, w + 8, 70, (front, mix(front, "#000000", 0.35)))
    for k in range(9):
        t.line([(k * 60 - 2, 298), (k * 60 - 2, h)], 2, mix(front, "#000000", 0.35))
    t.rect(w / 2 - 62, 308, 124, 38, mix(one.awning[1], "#ffffff", 0.2), 4)
    for k, long in enumerate((70, 96, 54)):
        t.line([(w / 2 - long / 2, 318 + 9 * k), (w / 2 + long / 2, 318 + 9 * k)], 2.4, mix(one.awning[0], "#000000", 0.3))
    t.grain(2)
    return t


def crates(*tones: str) -> Callable[[Table], None]:
    """Slanted crates of fruit."""

    def goods(t: Table) -> None:
        for n, tone in enumerate(tones):
            x, wide = 480 * n / len(tones) + 6, 480 / len(tones) - 12
            t.poly([(x, 238), (x + wide, 238), (x + wide + 4, 300), (x - 4, 300)], ("#a9794a", "#6f4526"))
            per = max(3, int(wide / 24))
            for row in range(3):
                for k in range(per):
                    leaf = "#4f8a3a" if (k + row) % 4 == 0 else ""
                    ball(t, x + wide * (k + 0.5) / per + (4 if row % 2 else -2), 244 + 18 * row, wide / per * 0.54, tone, leaf)

    return goods


def on_ice(t: Table) -> None:
    """Fish laid out on ice."""
    t.rect(0, 238, 480, 62, ("#eef6f8", "#b9d3dc"))
    for _ in range(120):
        t.ellipse(t.dice(0, 480), t.dice(240, 298), 6, 4, "#ffffff", alpha=t.dice(0.2, 0.8))
    for n, (tone, belly) in enumerate(
        (("#4b6f86", "#dfeaea"), ("#b5523f", "#f3cdb6"), ("#37506b", "#c8dae4"), ("#6c7f5c", "#e7e8cf"))
    ):
        fish(t, 66 + 118 * n, 262 + 10 * (n % 2), 128, tone, belly, -0.3)
    for n in range(6):
        slice_of(t, 20 + 90 * n, 290, 13, "#efc229", "#f7dc62", n)


def baked(t: Table) -> None:
    """Loaves and rolls."""
    for n in range(4):
        loaf(t, 66 + 116 * n, 262, 118, 44, ("#c07b35", "#a55c24")[n % 2], -0.2)
    for n in range(9):
        ball(t, 30 + 54 * n, 288, 19, ("#c98a45", "#b87434")[n % 2])


def dairy(t: Table) -> None:
    """Cheeses, whole and cut."""
    for n, (rind, paste) in enumerate(
        (("#d9a441", "#f3d884"), ("#efe6d0", "#fbf4df"), ("#7b2d2a", "#f0cf7c"), ("#c98f3a", "#f5e0a0"))
    ):
        x = 66 + 116 * n
        t.rect(x - 50, 252, 100, 42, (mix(rind, "#000000", 0.1), mix(rind, "#000000", 0.35)), 6)
        t.ellipse(x, 252, 50, 16, (mix(rind, "#ffffff", 0.3), rind))
        t.poly([(x, 252), (x + 46, 246), (x + 46, 284), (x, 294)], (mix(paste, "#ffffff", 0.2), mix(paste, "#8a5a1a", 0.2)))
        for k in range(4):
            t.ellipse(x + 12 + 9 * k, 264 + 5 * (k % 3), 3, 2.4, mix(paste, "#7a4a10", 0.4))


def steaming(t: Table) -> None:
    """Bowls and bamboo baskets, and steam over them."""
    for n in range(4):
        x = 66 + 116 * n
        if n % 2:
            t.rect(x - 48, 256, 96, 38, ("#d8b478", "#9a7038"), 6)
            t.line([(x - 48, 276), (x + 48, 276)], 3, "#7c5526")
            t.ellipse(x, 256, 48, 14, ("#f0dcae", "#cfa868"))
            for k in range(3):
                ball(t, x - 24 + 24 * k, 252, 13, "#f5ead6")
        else:
            t.poly(ring(x, 262, 52, 40, 0, 180), ("#f3efe6", "#b23a34"))
            t.ellipse(x, 262, 52, 15, "#c25a2a")
            for k in range(7):
                t.arc(x - 30 + 10 * k, 262, 9, 180, 350, 3, "#f6dd9a")
            t.ellipse(x + 18, 260, 13, 6, "#fff7e4")
            t.ellipse(x + 18, 260, 6, 4, "#f0a52e")
        for k in range(3):
            rise = [(x - 20 + 20 * k + 8 * math.sin(j * 1.3 + n + k), 246 - 16 * j) for j in range(6)]
            t.line(rise, 9, "#ffffff", alpha=0.16, blur=5)


def bottled(t: Table) -> None:
    """Bottles and jars."""
    for n in range(13):
        x, tone = 22 + 36.5 * n, ("#2f5a3a", "#7a2030", "#b98a2c", "#355a7a")[n % 4]
        tall = 62 if n % 3 else 48
        t.rect(x - 12, 296 - tall, 24, tall, (mix(tone, "#ffffff", 0.2), mix(tone, "#000000", 0.3), "h"), 7)
        t.rect(x - 5, 278 - tall, 10, 24, mix(tone, "#000000", 0.1), 3)
        t.rect(x - 11, 268, 22, 18, "#f4ead2")
        t.line([(x - 8, 292 - tall), (x - 8, 262)], 2.6, "#ffffff", alpha=0.4)


def scooped(t: Table) -> None:
    """Tubs of ice cream and a row of cones."""
    for n, tone in enumerate(("#f3e3c2", "#e58aa0", "#9fc48a", "#6b3d2a", "#efb44e", "#b7a3d6")):
        x = 42 + 79 * n
        t.rect(x - 35, 258, 70, 38, ("#dfe6ea", "#9aa8b0"), 5)
        for k in range(3):
            ball(t, x - 20 + 20 * k, 256 - 5 * (k % 2), 17, tone)
    for n in range(5):
        x = 300 + 34 * n
        t.poly([(x - 11, 190), (x + 11, 190), (x, 234)], ("#d9a050", "#a86a28"))
        ball(t, x, 184, 13, ("#e58aa0", "#9fc48a", "#f3e3c2", "#efb44e", "#b7a3d6")[n])


def flowers(t: Table) -> None:
    """Buckets of flowers."""
    for n, tone in enumerate(("#e5476a", "#f2c230", "#8a5ac2", "#f07f3c", "#f6ece4")):
        x = 48 + 96 * n
        for _ in range(16):
            fx, fy = x + t.dice(-40, 40), t.dice(190, 262)
            t.line([(x, 280), (fx, fy)], 2, "#3f7a3e")
            for a in range(6):
                t.ellipse(fx + 7 * math.cos(a), fy + 7 * math.sin(a), 5.4, 5.4, mix(tone, "#ffffff", t.dice(0, 0.3)))
            t.ellipse(fx, fy, 4, 4, "#f8df7a")
        t.poly([(x - 34, 256), (x + 34, 256), (x + 26, 300), (x - 26, 300)], ("#a9b6bc", "#66757c"))


# -- the hall -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Air:
    """The colours of a hall: sky in its roof, iron, floor, lamps, awnings."""

    sky: tuple[str, str]
    iron: str
    floor: tuple[str, str]
    lamp: str
    awnings: tuple[str, ...]
    coats: tuple[str, ...]
    night: float = 0.0


def nave(w: int, h: int, air: Air, seed: int, crowd: int = 46) -> Table:
    """The long hall: iron arches under glass, stalls on both sides, people between them, lamps overhead."""
    t = Table(w, h, air.sky, seed)
    cx, horizon, f = w * 0.5, h * 0.6, w * 0.6

    def at(x: float, y: float, z: float) -> Point:
        return cx + f * x / z, horizon - f * (y - 1.9) / z

    def haze(tone: str, z: float) -> str:
        return mix(tone, air.sky[1], min(0.72, z / 60))

    def arch(z: float, r: float) -> list[Point]:
        return [at(r * math.cos(math.radians(180 - 6 * k)), 5.2 + r * 0.72 * math.sin(math.radians(6 * k)), z) for k in range(31)]

    t.poly([at(-9, 0, 60), at(9, 0, 60), at(30, 0, 2.6), at(-30, 0, 2.6)], (haze(air.floor[0], 50), air.floor[1]))
    for k in range(16):
        z0, z1 = 60 / (1 + 0.9 * k), 60 / (1.4 + 0.9 * k)
        for n in range(-5, 5):
            if (n + k) % 2:
                t.poly(
                    [at(1.8 * n, 0, z0), at(1.8 * n + 1.8, 0, z0), at(1.8 * n + 1.8, 0, z1), at(1.8 * n, 0, z1)],
                    "#ffffff",
                    alpha=0.07,
                )
    end = arch(58, 9)
    t.poly([*end, at(9, 0, 58), at(-9, 0, 58)], mix(air.sky[1], "#ffffff", 0.5 * (1 - air.night)))
    for k in range(1, 8):
        t.line(
            [at(-9 + 2.25 * k, 0, 57), at(-9 + 2.25 * k, 5.2 + 6.4 * math.sin(math.acos(abs(k - 4) / 4.0)), 57)],
            2,
            haze(air.iron, 40),
        )
    t.light(cx, horizon - h * 0.08, w * 0.16, h * 0.2, air.lamp, 0.55)
    for k in range(9, -1, -1):
        z = 8.0 + 5.2 * k
        tone = haze(air.iron, z)
        outer, inner = arch(z, 9), arch(z, 8.5)
        for a in range(0, 31, 3):
            t.line([outer[a], arch(z + 5.2, 9)[a]], max(1, 26 / z), haze(air.iron, z + 2), alpha=0.8)
        t.poly([*outer, *reversed(inner)], tone)
        for side in (-1, 1):
            t.poly([at(9 * side, 0, z), at(9 * side, 5.4, z), at(8.5 * side, 5.4, z), at(8.5 * side, 0, z)], tone)
            _booth(t, at, side, z, air, haze, k)
        for x in (-2.2, 2.2):
            lx, ly = at(x, 6.4, z)
            _, top = at(x, 10.6, z)
            t.line([(lx, top), (lx, ly)], max(1, 14 / z), tone)
            t.light(lx, ly, 900 / z, 900 / z, air.lamp, 0.28 + 0.3 * air.night)
            t.poly([at(x - 0.5, 6.3, z), at(x + 0.5, 6.3, z), at(x + 0.16, 6.9, z), at(x - 0.16, 6.9, z)], tone)
            t.ellipse(lx, ly + 2, 170 / z, 90 / z, mix(air.lamp, "#ffffff", 0.6))
        for _ in range(crowd // 10):
            _somebody(t, at, t.dice(-4.6, 4.6), z - t.dice(0.5, 4.5), air, haze)
    t.light(0, h, w * 0.4, h * 0.5, mix(air.iron, "#000000", 0.4), 0.4)
    t.light(w, h, w * 0.4, h * 0.5, mix(air.iron, "#000000", 0.4), 0.4)
    t.grain(2)
    return t


def _booth(
    t: Table, at: Callable[[float, float, float], Point], side: int, z: float, air: Air, haze: Callable[[str, float], str], k: int
) -> None:
    tone, other = air.awnings[k % len(air.awnings)], mix(air.awnings[k % len(air.awnings)], "#ffffff", 0.75)
    far, near = z + 4.2, z + 0.3
    wall = haze(mix(air.iron, "#c9a27a", 0.4), z)
    t.poly([at(8.4 * side, 0, far), at(8.4 * side, 3.4, far), at(8.4 * side, 3.4, near), at(8.4 * side, 0, near)], wall)
    t.poly(
        [at(8.4 * side, 1.0, near), at(8.4 * side, 3.2, near), at(5.6 * side, 3.2, near), at(5.6 * side, 1.0, near)],
        mix(wall, air.lamp, 0.55),
    )
    t.poly(
        [at(5.5 * side, 0, far), at(5.5 * side, 1.1, far), at(5.5 * side, 1.1, near), at(5.5 * side, 0, near)],
        haze(mix(tone, "#1a100c", 0.45), z),
    )
    t.poly(
        [at(8.4 * side, 0, near), at(8.4 * side, 1.1, near), at(5.5 * side, 1.1, near), at(5.5 * side, 0, near)],
        haze(mix(tone, "#1a100c", 0.25), z),
    )
    for n in range(9):
        x = 5.8 + 0.3 * n
        px, py = at(x * side, 1.2, near)
        t.ellipse(px, py, 150 / z, 130 / z, haze(("#e8801c", "#b8323a", "#efc229", "#6f9a3a")[(n + k) % 4], z))
    for n in range(6):
        a, b = near + (far - near) * n / 6, near + (far - near) * (n + 1) / 6
        t.poly(
            [at(8.4 * side, 4.0, a), at(8.4 * side, 4.0, b), at(4.9 * side, 2.9, b), at(4.9 * side, 2.9, a)],
            haze((tone, other)[n % 2], z),
        )
        t.poly(
            [at(4.9 * side, 2.9, a), at(4.9 * side, 2.9, b), at(4.9 * side, 2.5, b), at(4.9 * side, 2.5, a)],
            haze(mix((tone, other)[n % 2], "#000000", 0.2), z),
        )
    for n in range(6):
        a, b = 8.4 - 3.5 * n / 6, 8.4 - 3.5 * (n + 1) / 6
        low, high = 4.0 - 1.1 * n / 6, 4.0 - 1.1 * (n + 1) / 6
        t.poly(
            [at(a * side, low, near), at(b * side, high, near), at(b * side, 2.5, near), at(a * side, 2.5, near)],
            haze((tone, other)[n % 2], z),
        )


def _somebody(
    t: Table, at: Callable[[float, float, float], Point], x: float, z: float, air: Air, haze: Callable[[str, float], str]
) -> None:
    if z < 5:
        return
    unit = at(x + 1, 0, z)[0] - at(x, 0, z)[0]
    fx, fy = at(x, 0, z)
    coat = haze(air.coats[int(t.dice(0, len(air.coats)))], z)
    skin = haze(("#e2b48e", "#b07a52", "#7a4c34", "#d09a70")[int(t.dice(0, 4))], z)
    t.ellipse(fx, fy, 0.4 * unit, 0.09 * unit, "#000000", alpha=0.3, blur=max(1.0, 0.04 * unit))
    for leg in (-0.11, 0.11):
        t.line([(fx + leg * unit, fy), (fx + leg * 0.8 * unit, fy - 0.85 * unit)], 0.17 * unit, mix(coat, "#14100e", 0.55))
    t.poly(
        [
            (fx - 0.28 * unit, fy - 0.7 * unit),
            (fx + 0.28 * unit, fy - 0.7 * unit),
            (fx + 0.25 * unit, fy - 1.42 * unit),
            (fx - 0.25 * unit, fy - 1.42 * unit),
        ],
        (mix(coat, air.lamp, 0.2), coat),
    )
    t.ellipse(fx, fy - 1.56 * unit, 0.13 * unit, 0.16 * unit, skin)
    t.poly(ring(fx, fy - 1.6 * unit, 0.14 * unit, 0.14 * unit, 170, 370, 12), haze("#2a1a14", z))
    if t.dice(0, 1) < 0.4:
        t.rect(fx + 0.26 * unit, fy - 0.85 * unit, 0.24 * unit, 0.32 * unit, haze("#cfa868", z), 2)


def aerial(w: int, h: int, ground: str, tones: Sequence[str], coats: Sequence[str], seed: int) -> Table:
    """A market from above: awnings in rows, parasols, and people as dots with shadows."""
    t = Table(w, h, ground, seed)
    for k in range(int(w / 40)):
        for n in range(int(h / 40) + 1):
            if (k + n) % 2:
                t.rect(k * 40, n * 40, 40, 40, mix(ground, "#ffffff", 0.16))
    lane = h / 3
    for row in range(4):
        y, x = row * lane - lane * 0.28, -40.0
        while x < w:
            wide = t.dice(110, 210)
            tone = tones[int(t.dice(0, len(tones)))]
            t.rect(x + 12, y + 16, wide, lane * 0.52, "#000000", alpha=0.28, blur=8)
            stripes = int(wide / 18)
            for k in range(stripes):
                ink: Ink = tone if k % 2 else mix(tone, "#fff6e6", 0.82)
                t.rect(x + wide * k / stripes, y, wide / stripes + 1, lane * 0.52, ink)
            t.rect(x, y + lane * 0.25, wide, 4, "#000000", alpha=0.2)
            x += wide + t.dice(8, 34)
    for _ in range(int(w / 60)):
        x, y, r = t.dice(0, w), (int(t.dice(0, 4)) + 0.42) * lane, t.dice(24, 40)
        tone = tones[int(t.dice(0, len(tones)))]
        t.ellipse(x + 8, y + 12, r, r, "#000000", alpha=0.25, blur=6)
        for k in range(8):
            t.poly([(x, y), *ring(x, y, r, r, 45 * k, 45 * k + 45, 5)], tone if k % 2 else mix(tone, "#fff6e6", 0.8))
    for _ in range(int(w / 9)):
        x, y = t.dice(0, w), (int(t.dice(0, 4)) + t.dice(0.3, 0.68)) * lane
        t.ellipse(x + 5, y + 7, 8, 6, "#000000", alpha=0.3, blur=3)
        t.ellipse(x, y, 8, 6, coats[int(t.dice(0, len(coats)))])
        t.ellipse(x, y - 1, 4, 4, "#3a2418")
    t.grain(2)
    return t


def lights(w: int, h: int, sky: tuple[str, str], lamp: str, flags: Sequence[str], seed: int) -> Table:
    """Strings of lamps and flags against an evening, with the heads of a crowd below."""
    t = Table(w, h, sky, seed)
    for _ in range(46):
        r = t.dice(10, 46)
        t.ellipse(
            t.dice(0, w),
            t.dice(h * 0.3, h * 0.95),
            r,
            r,
            mix(lamp, flags[int(t.dice(0, len(flags)))], 0.4),
            alpha=t.dice(0.05, 0.22),
        )
    for row in range(5):
        y0, y1, sag = h * (0.04 + 0.13 * row), h * (0.14 + 0.1 * row), h * (0.12 + 0.03 * row)
        rope = [(w * k / 30, y0 + (y1 - y0) * k / 30 + sag * math.sin(math.pi * (k % 15) / 15)) for k in range(31)]
        t.line(rope, 1.6, mix(sky[0], "#000000", 0.5))
        for k in range(1, 31):
            x, y = rope[k]
            if row % 2:
                t.poly([(x - 15, y), (x + 15, y), (x, y + 34)], flags[(k + row) % len(flags)])
            else:
                t.light(x, y + 9, 44, 44, lamp, 0.5)
                t.ellipse(x, y + 9, 6, 8, mix(lamp, "#ffffff", 0.7))
    for n in range(30):
        x, r = w * (n + t.dice(-0.3, 0.3)) / 29, t.dice(24, 38)
        dark = mix(sky[0], "#000000", 0.55)
        t.ellipse(x, h - r * 1.5, r * 0.8, r, dark)
        t.ellipse(x, h + r * 0.6, r * 1.9, r * 1.6, dark)
    t.grain(2)
    return t


def front(w: int, h: int, sky: tuple[str, str], brick: str, iron: str, lamp: str, seed: int) -> Table:
    """The hall's gable to the street: a fan of glass, a clock, three doors and a tram rail."""
    t = Table(w, h, sky, seed)
    cx, base, r = w * 0.5, h * 0.84, h * 0.46
    t.rect(cx - w * 0.36, h * 0.34, w * 0.72, base - h * 0.34, (mix(brick, "#ffffff", 0.12), mix(brick, "#000000", 0.2)))
    for row in range(22):
        for col in range(34):
            x = cx - w * 0.36 + col * 28 - (14 if row % 2 else 0)
            if cx - w * 0.36 <= x < cx + w * 0.36 - 24:
                t.rect(x, h * 0.35 + row * 17, 26, 15, mix(brick, "#2a100a", t.dice(0, 0.3)), 1)
    t.poly(ring(cx, h * 0.58, r * 1.12, r * 1.12, 180, 360), iron)
    t.poly(ring(cx, h * 0.58, r, r, 180, 360), (mix(sky[1], lamp, 0.4), mix(lamp, "#ffffff", 0.35)))
    for k in range(1, 14):
        a = math.radians(180 + 180 * k / 14)
        t.line(
            [(cx + r * 0.26 * math.cos(a), h * 0.58 + r * 0.26 * math.sin(a)), (cx + r * math.cos(a), h * 0.58 + r * math.sin(a))],
            4,
            iron,
        )
    for share in (0.26, 0.62):
        t.line(ring(cx, h * 0.58, r * share, r * share, 180, 360), 4, iron)
    t.rect(cx - w * 0.38, h * 0.57, w * 0.76, 18, iron)
    t.ellipse(cx, h * 0.2, 40, 40, iron)
    t.ellipse(cx, h * 0.2, 33, 33, mix(lamp, "#ffffff", 0.7))
    t.line([(cx, h * 0.2), (cx, h * 0.2 - 22)], 4, iron)
    t.line([(cx, h * 0.2), (cx + 15, h * 0.2 + 8)], 4, iron)
    for k in (-1, 0, 1):
        x = cx + k * w * 0.2
        t.rect(x - 62, h * 0.63, 124, base - h * 0.63, mix(iron, "#000000", 0.2))
        t.rect(x - 54, h * 0.645, 108, base - h * 0.645, (mix(lamp, "#ffffff", 0.4), mix(lamp, brick, 0.3)))
        t.line([(x, h * 0.64), (x, base)], 5, iron)
        t.light(x, base, 110, 60, lamp, 0.6)
    t.rect(0, base, w, h - base, (mix(brick, "#18181c", 0.6), "#131218"))
    for y in (0.9, 0.95):
        t.line([(0, h * y), (w, h * y)], 3, mix(lamp, sky[0], 0.5), alpha=0.7)
    t.grain(2)
    return t


def keepers(w: int = 560, h: int = 600) -> Table:
    """Three stallholders at the end of a day."""
    t = Table(w, h, ("#f0a868", "#b4573f"), 41)
    for k in range(12):
        t.poly(
            [(w * k / 12, 0), (w * (k + 1) / 12, 0), (w * (k + 1) / 12 - 8, 92), (w * k / 12 - 8, 92)],
            ("#0f4f3d", "#fbeecb")[k % 2],
        )
        t.poly(ring(w * (k + 0.5) / 12 - 8, 92, w / 24, 22, 0, 180, 12), ("#0c4133", "#efdfb6")[k % 2])
    t.light(w * 0.5, 220, 320, 240, "#ffe6b0", 0.6)
    person(t, Face("#8a5a3c", "#17110e", "#1e3c9c", "curly", "crew"), 130, 230, 124)
    person(t, Face("#e8c0a0", "#d8d2c8", "#45184f", "bun", "crew", glasses=True), 436, 220, 122)
    person(t, Face("#c98f68", "#2a1d16", "#f3e6cf", "short", "collar", beard=True, shirt="#0f4f3d"), 284, 300, 140)
    for n in range(11):
        ball(t, 20 + 54 * n, 582, 30, ("#e8801c", "#c93a4b", "#efc229")[n % 3], "#3f7a3e" if n % 2 else "")
    t.grain(2)
    return t


# -- marks ----------------------------------------------------------------------------------------------------------------


def tile_mark(dark: str, light: str, fruit: str) -> tuple[Shape, ...]:
    """Four tiles, one of which is an orange."""
    return (
        ("rect", (6, 6, 24, 24, 0), dark),
        ("rect", (34, 34, 24, 24, 0), dark),
        ("rect", (6, 34, 24, 24, 0), light),
        ("circle", (46, 18, 13), fruit),
    )


def nut_mark(husk: str, nut: str) -> tuple[Shape, ...]:
    """A cobnut in its husk."""
    leaf = tuple(v for k in range(7) for v in (10 + 7.4 * k, 30 - (12 if k % 2 else 0)))
    return (
        ("poly", (*leaf, 54, 38, 10, 38), husk),
        ("circle", (32, 38, 19), nut),
        ("poly", (10, 32, 54, 32, 46, 40, 32, 44, 18, 40), husk),
    )


def ladle_mark(bowl: str, steam: str) -> tuple[Shape, ...]:
    """A ladle under a crescent of steam."""
    return (
        ("circle", (26, 42, 17), bowl),
        ("rect", (4, 22, 44, 17, 0), steam),
        ("poly", (40, 42, 52, 4, 60, 7, 46, 48), bowl),
    )


SANS = "'DejaVu Sans Condensed', 'DejaVu Sans', Verdana, sans-serif"


def saltgate(ink: str, shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """Saltgate in heavy letters, hall beneath it, beside four tiles."""
    words = (
        Word("Saltgate", 56, 26, 30, 122, SANS, 700),
        Word("market hall", 57, 44, 17, 121, "'Liberation Serif', Georgia, serif"),
    )
    return wordmark(size, (180, 50), shapes, (0, 1, 48), ink, words)


def cobnut(ink: str, shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """Cobnut Row in a broad serif after its nut."""
    return wordmark(
        size, (206, 46), shapes, (0, 0, 46), ink, (Word("Cobnut Row", 54, 33, 29, 150, "'Liberation Serif', Georgia, serif", 700),)
    )


def late_ladle(ink: str, shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """the late ladle in small letters with its ladle behind."""
    return wordmark(size, (208, 46), shapes, (166, 0, 42), ink, (Word("the late ladle", 0, 31, 25, 160, SANS, 700),))


# -- what there is to draw ------------------------------------------------------------------------------------------------

STALLS: tuple[tuple[str, Stall], ...] = (
    (
        "greens",
        Stall(
            ("#0f4f3d", "#fbeecb"),
            "#c98a6a",
            "#8a5a34",
            Face("#c98f68", "#2a1d16", "#45184f", "short", "crew"),
            crates("#e8801c", "#c93a4b", "#7fb13c", "#efc229"),
        ),
    ),
    ("fish", Stall(("#1e3c9c", "#f4f1ec"), "#7fa3b0", "#5a7a88", Face("#e2b48e", "#8a5a30", "#f4f1ec", "bun", "crew"), on_ice)),
    ("bread", Stall(("#c2452a", "#fbeecb"), "#c9a87a", "#9a6a3a", Face("#8a5a3c", "#17110e", "#efe3cc", "curly", "crew"), baked)),
    (
        "cheese",
        Stall(
            ("#d9a02c", "#fff6dc"),
            "#a8b08a",
            "#7a5a3a",
            Face("#e8c0a0", "#d8d2c8", "#2f5a8a", "swept", "collar", glasses=True),
            dairy,
        ),
    ),
    (
        "noodles",
        Stall(("#8a1f2c", "#f3bcc4"), "#5f4a58", "#4a2f3a", Face("#e0b080", "#1c1614", "#20242c", "bob", "crew"), steaming),
    ),
    (
        "bottles",
        Stall(
            ("#45184f", "#e79fab"),
            "#9a7a8a",
            "#5a3440",
            Face("#b07a52", "#3a2418", "#0f4f3d", "short", "collar", beard=True),
            bottled,
        ),
    ),
    ("ices", Stall(("#e5708a", "#fff4ea"), "#a9cfc8", "#d0708a", Face("#7a4c34", "#14100e", "#fbeecb", "bun", "crew"), scooped)),
    (
        "flowers",
        Stall(("#3f7a3e", "#f8e9a8"), "#b9a0c4", "#6a5a3a", Face("#e2b48e", "#a8572a", "#1e3c9c", "long", "crew"), flowers),
    ),
)

DAY = Air(
    ("#fbe3b8", "#fdf3da"),
    "#23584a",
    ("#d9a890", "#9a5a50"),
    "#ffdf9a",
    ("#c2452a", "#1e3c9c", "#d9a02c", "#0f4f3d"),
    ("#45184f", "#1e3c9c", "#8a1f2c", "#3a4a3a", "#d98a3a"),
)
NOON = Air(
    ("#bfe0ee", "#f8fbf4"),
    "#8fa79a",
    ("#e9e6d8", "#c9bfa6"),
    "#fff6d8",
    ("#b0122f", "#14372d", "#e88c0c", "#7fa33c"),
    ("#b0122f", "#14372d", "#33517a", "#6a5a48", "#e88c0c"),
)
NIGHT = Air(
    ("#0e0818", "#3b2360"),
    "#1d1230",
    ("#4a2a66", "#150c22"),
    "#ffd27a",
    ("#ff4f8a", "#24c9a6", "#ffb02e", "#5a7bff"),
    ("#2a1a40", "#7fe3c6", "#c9305a", "#40305a", "#ffd23f"),
    0.7,
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Saltgate Hall: rose tiles, bottle green, aubergine and cobalt."""
    yield from marks(HOME, "saltgate", "#F3BCC4", tile_mark("#0F4F3D", "#45184F", "#1E3C9C"))
    for tone, ink, shapes in (
        ("dark", "#2B0D1C", tile_mark("#0F4F3D", "#45184F", "#1E3C9C")),
        ("pale", "#FFF0BE", tile_mark("#FFF0BE", "#F3BCC4", "#E79FAB")),
    ):
        yield f"{HOME}/assets/logos/saltgate-{tone}.svg", saltgate(ink, shapes, (180, 50))
        yield f"{HOME}/assets/logos/saltgate-{tone}-2x.svg", saltgate(ink, shapes, (360, 100))
    yield f"{HOME}/assets/images/nave.jpg", nave(1280, 900, DAY, 11).jpeg(38)
    yield f"{HOME}/assets/images/citrus.jpg", citrus(360, 300, "#0f4f3d").jpeg(42)
    yield f"{HOME}/assets/images/catch.jpg", catch(320, 560, "#9fc4cf").jpeg(36)
    yield f"{HOME}/assets/images/loaves.jpg", loaves(360, 300, "#7a4a2c").jpeg(40)
    yield f"{HOME}/assets/images/cheeses.jpg", cheeses(320, 560, "#45184f").jpeg(40)
    for n, (name, one) in enumerate(STALLS):
        yield f"{HOME}/assets/images/{name}.jpg", stall(one, 20 + n).jpeg(38)
    yield (
        f"{HOME}/assets/images/above.jpg",
        aerial(1280, 720, "#c98f8a", ("#0f4f3d", "#c2452a", "#1e3c9c", "#d9a02c"), ("#45184f", "#2b0d1c", "#1e3c9c"), 31).jpeg(13),
    )
    yield (
        f"{HOME}/assets/images/lamps.jpg",
        lights(1280, 720, ("#5a2a5c", "#f0a070"), "#ffdf9a", ("#0f4f3d", "#c2452a", "#1e3c9c", "#f3bcc4"), 32).jpeg(21),
    )
    yield f"{HOME}/assets/images/gable.jpg", front(1280, 720, ("#3a1a48", "#e58a78"), "#8a3a30", "#14382e", "#ffcf7a", 33).jpeg(20)
    yield f"{HOME}/assets/images/keepers.jpg", keepers().jpeg(44)


def cobnut_row() -> Iterator[tuple[str, bytes]]:
    """Cobnut Row: a light brand, crimson, orchard green and orange."""
    yield from marks(ROW, "cobnut-row", "#FCFAF3", nut_mark("#14372D", "#B0122F"))
    yield f"{ROW}/assets/logos/cobnut-row-dark.svg", cobnut("#1D1B16", nut_mark("#14372D", "#B0122F"), (206, 46))
    yield f"{ROW}/assets/logos/cobnut-row-light.svg", cobnut("#FFFFFF", nut_mark("#E6ECD8", "#E88C0C"), (179, 40))
    yield f"{ROW}/assets/images/row.jpg", nave(1280, 900, NOON, 51).jpeg(52)
    yield (
        f"{ROW}/assets/images/square.jpg",
        aerial(1280, 720, "#cfd2c0", ("#b0122f", "#14372d", "#e88c0c", "#5f8a3c"), ("#b0122f", "#14372d", "#33517a"), 52).jpeg(38),
    )
    yield f"{ROW}/assets/images/doors.jpg", front(1280, 720, ("#8fb8cc", "#eef3ea"), "#b5624a", "#14372d", "#fff0c4", 53).jpeg(40)
    yield f"{ROW}/assets/images/og.jpg", nave(1200, 630, NOON, 51).jpeg(52)


def late_ladle_hall() -> Iterator[tuple[str, bytes]]:
    """The Late Ladle: a dark brand, violet night, yellow and mint."""
    yield from marks(LADLE, "late-ladle", "#120C1A", ladle_mark("#FFD23F", "#120C1A"))
    yield f"{LADLE}/assets/logos/late-ladle-header.svg", late_ladle("#FAF6FC", ladle_mark("#FFD23F", "#120C1A"), (208, 46))
    yield f"{LADLE}/assets/logos/late-ladle-footer.svg", late_ladle("#170C20", ladle_mark("#170C20", "#7FE3C6"), (181, 40))
    yield f"{LADLE}/assets/images/after-dark.jpg", nave(1280, 900, NIGHT, 61).jpeg(54)
    yield (
        f"{LADLE}/assets/images/rooftops.jpg",
        aerial(1280, 720, "#3b2a52", ("#ff4f8a", "#24c9a6", "#ffb02e", "#5a7bff"), ("#fff2c4", "#7fe3c6", "#c9305a"), 62).jpeg(38),
    )
    yield (
        f"{LADLE}/assets/images/strings.jpg",
        lights(1280, 720, ("#150c22", "#5a2a66"), "#ffd27a", ("#ff4f8a", "#24c9a6", "#ffb02e", "#5a7bff"), 63).jpeg(44),
    )
    yield f"{LADLE}/assets/images/og.jpg", nave(1200, 630, NIGHT, 61).jpeg(54)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from cobnut_row()
    yield from late_ladle_hall()
