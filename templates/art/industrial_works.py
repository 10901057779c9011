"""Pictures of Gradwell Plate Works, and of the gear cutters and the forge that take its site over: halls, sparks, steel, water."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from art.scenery import mix
from art.signs import Shape, Word, marks, wordmark
from art.studio import Face, Ink, Point, Table, person

HOME = "templates/industrial-works"
GEARS = "requirements/tarnbeck-gears-01"
FORGE = "requirements/pike-hollow-02"

Solid = tuple[float, float, float]
"""A place in a hall in metres: across, up, away from us."""


@dataclass(frozen=True)
class Mood:
    """The colours of a hall: its light, walls, floor, steelwork, crane, and what glows in it."""

    light: str
    wall: str
    floor: str
    steel: str
    crane: str
    spark: str
    day: float = 0.8


class Hall:
    """A long hall seen from its middle aisle, drawn from its far end to us."""

    def __init__(self, table: Table, mood: Mood, horizon: float, middle: float, focal: float = 0.84) -> None:
        self.t, self.mood = table, mood
        self.horizon, self.middle, self.focal = horizon * table.h, middle * table.w, focal * table.w

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a place of the hall stands in the picture; our eyes are 2.4 m above its floor."""
        return self.middle + self.focal * x / z, self.horizon - self.focal * (y - 2.4) / z

    def face(self, corners: Sequence[Solid], ink: Ink, **how: float) -> None:
        """A flat piece with its corners in the hall."""
        self.t.poly([self.at(*corner) for corner in corners], ink, **how)

    def bar(self, a: Solid, b: Solid, thick: float, ink: str, **how: float) -> None:
        """A straight bar; its thickness in metres is that of its nearer end."""
        self.t.line([self.at(*a), self.at(*b)], max(1.0, self.focal * thick / min(a[2], b[2])), ink, **how)

    def haze(self, tone: str, z: float) -> str:
        """A colour as the air lets it through from a distance."""
        return mix(tone, self.mood.light, min(0.7, z / 72) * self.mood.day)

    def shell(self) -> None:
        """Floor, walls with windows, roof with skylights, columns, trusses and rails."""
        m, far = self.mood, 62.0
        self.t.rect(0, 0, self.t.w, self.t.h, (self.haze(m.steel, 14), self.haze(m.floor, 20)))
        self.face([(-9, 0, far), (9, 0, far), (9, 0, 2), (-9, 0, 2)], (self.haze(m.floor, 60), mix(m.floor, "#000000", 0.3)))
        for side in (-1, 1):
            ink = (mix(m.wall, "#000000", 0.3), self.haze(m.wall, 60), "h")
            wall: Ink = ink if side < 0 else (ink[1], ink[0], "h")
            self.face([(9 * side, 0, far), (9 * side, 9, far), (9 * side, 9, 2), (9 * side, 0, 2)], wall)
            roof = mix(m.steel, "#000000", 0.3)
            self.face([(9 * side, 9, far), (0, 12, far), (0, 12, 2), (9 * side, 9, 2)], (roof, self.haze(roof, 50)))
        self.face([(-9, 0, far), (-9, 9, far), (0, 12, far), (9, 9, far), (9, 0, far)], self.haze(m.wall, 66))
        self.face([(-5, 0, far), (-5, 7.4, far), (5, 7.4, far), (5, 0, far)], mix(m.light, "#ffffff", 0.55 * m.day))
        for n in range(9, -1, -1):
            z, nearer = 7.0 + 6 * n, 7.0 + 6 * n - 4.6
            glass = mix(m.light, "#ffffff", 0.45 * m.day)
            for side in (-1, 1):
                self.face(
                    [(8.98 * side, 4.6, z), (8.98 * side, 7.6, z), (8.98 * side, 7.6, nearer), (8.98 * side, 4.6, nearer)],
                    mix(mix(m.wall, m.light, 0.5), glass, 0.75 * m.day),
                )
                for k in range(1, 4):
                    step = z + (nearer - z) * k / 4
                    self.bar((8.96 * side, 4.6, step), (8.96 * side, 7.6, step), 0.09, self.haze(m.steel, z))
                self.face(
                    [(5.6 * side, 10.1, z), (2.4 * side, 11.2, z), (2.4 * side, 11.2, nearer), (5.6 * side, 10.1, nearer)],
                    mix(glass, m.light, 0.2),
                )
            self._frame(z - 5.2)
        for side in (-1, 1):
            self.face([(4.6 * side, 0.01, far), (4.9 * side, 0.01, far), (4.9 * side, 0.01, 2), (4.6 * side, 0.01, 2)], m.crane)

    def _frame(self, z: float) -> None:
        tone = self.haze(self.mood.steel, z)
        lit = mix(tone, self.mood.light, 0.3)
        for side in (-1, 1):
            self.face([(8.9 * side, 0, z), (8.9 * side, 9, z), (8.2 * side, 9, z), (8.2 * side, 0, z)], (lit, tone, "h"))
            self.face([(8.9 * side, 7.9, z), (7.5 * side, 7.9, z), (8.2 * side, 6.6, z), (8.9 * side, 6.6, z)], tone)
            self.bar((9 * side, 9, z), (0, 11.9, z), 0.2, tone)
            for k in range(4):
                x = 9 - 2.25 * k
                self.bar((side * x, 9, z), (side * (x - 1.1), 9 + 2.9 * (10.1 - x) / 9, z), 0.09, tone)
                self.bar((side * (x - 1.1), 9 + 2.9 * (10.1 - x) / 9, z), (side * (x - 2.25), 9, z), 0.09, tone)
        self.bar((-9, 9, z), (9, 9, z), 0.17, tone)

    def crane(self, z: float, hook: float, drop: float) -> None:
        """A travelling crane across the hall, its hook down to a height."""
        m = self.mood
        tone = self.haze(m.crane, z * 0.6)
        dark = mix(tone, "#000000", 0.35)
        self.face([(-8.4, 7.1, z), (-8.4, 8.5, z), (8.4, 8.5, z), (8.4, 7.1, z)], (mix(tone, "#ffffff", 0.15), dark))
        self.face([(-8.4, 7.1, z), (8.4, 7.1, z), (8.4, 7.1, z + 1.6), (-8.4, 7.1, z + 1.6)], mix(dark, "#000000", 0.3))
        for k in range(17):
            x = -8.4 + 1.05 * k
            self.bar((x, 7.1, z), (x, 8.5, z), 0.05, dark)
        self.face([(hook - 1.1, 6.6, z), (hook - 1.1, 7.7, z), (hook + 1.1, 7.7, z), (hook + 1.1, 6.6, z)], dark)
        for off in (-0.28, 0.28):
            self.bar((hook + off, 6.6, z), (hook + off * 0.6, drop + 0.9, z), 0.05, mix(dark, "#000000", 0.4))
        self.face(
            [(hook - 0.4, drop, z), (hook - 0.45, drop + 0.9, z), (hook + 0.45, drop + 0.9, z), (hook + 0.4, drop, z)],
            (tone, dark),
        )

    def beams(self, strength: float) -> None:
        """Light that falls through the skylights and lies on the floor."""
        for n in range(5):
            z = 11.0 + 8 * n
            far = [self.at(-4.6, 10.4, z), self.at(-2.8, 11, z), self.at(4.4, 0, z - 2), self.at(1.2, 0, z - 2)]
            self.t.beam(far, mix(self.mood.light, "#ffffff", 0.5), strength / (1 + 0.25 * n), blur=self.t.w / 90)
            pool = [(0.6, 0.02, z + 0.4), (4.6, 0.02, z + 0.4), (4.8, 0.02, z - 2.6), (0.8, 0.02, z - 2.6)]
            self.face(pool, mix(self.mood.light, "#ffffff", 0.4), alpha=strength * 1.6, blur=self.t.w / 200)

    def box(self, low: Solid, high: Solid, tone: str, ribs: int = 0) -> None:
        """A box of steel, its top and the sides that we see; with ribs across them."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        shade = [(x0 - 0.3, 0.02, z0 - 0.6), (x1 + 0.9, 0.02, z0 - 0.6), (x1 + 0.9, 0.02, z1), (x0 - 0.3, 0.02, z1)]
        self.face(shade, "#0a0c0d", alpha=0.45, blur=self.t.w / 160)
        lit = mix(tone, self.mood.light, 0.55)
        if y1 < 2.4:
            self.face([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], (mix(lit, "#ffffff", 0.15), lit))
        side = x0 if x0 > 0 else x1
        if x0 * x1 > 0:
            side = x0 if x0 > 0 else x1
            self.face([(side, y0, z0), (side, y1, z0), (side, y1, z1), (side, y0, z1)], (tone, mix(tone, "#000000", 0.2)))
        for k in range(1, ribs):
            z = z0 + (z1 - z0) * k / ribs
            self.bar((side, y0, z), (side, y1, z), 0.12, mix(tone, self.mood.light, 0.35))
        self.face(
            [(x0, y0, z0), (x0, y1, z0), (x1, y1, z0), (x1, y0, z0)], (mix(tone, "#ffffff", 0.08), mix(tone, "#000000", 0.35))
        )

    def worker(self, x: float, z: float, coat: str, helmet: str, bent: bool = False) -> None:
        """Somebody at work, from behind."""
        p, k = self.at, self.focal / z
        lean = 0.35 if bent else 0.0
        for leg in (-0.16, 0.16):
            self.t.line([p(x + leg, 0, z), p(x + leg * 0.7, 0.95, z)], 0.22 * k, mix(coat, "#000000", 0.45))
        body = [(x - 0.3, 0.85, z), (x + 0.3, 0.85, z), (x + 0.34 + lean, 1.5, z), (x - 0.26 + lean, 1.5, z)]
        self.face(body, (mix(coat, self.mood.light, 0.25), mix(coat, "#000000", 0.25)))
        self.t.line([p(x + 0.26 + lean, 1.4, z), p(x + 0.6 + lean, 1.05, z), p(x + 0.95 + lean, 1.1, z)], 0.16 * k, coat)
        hx, hy = p(x + 0.06 + lean * 1.3, 1.66, z)
        self.t.ellipse(hx, hy, 0.17 * k, 0.19 * k, "#2c211c")
        self.t.poly(arc_points(hx, hy - 0.02 * k, 0.22 * k, 0.24 * k, 180, 360), (mix(helmet, "#ffffff", 0.3), helmet))

    def sparks(self, x: float, y: float, z: float, reach: float, count: int) -> None:
        """Light at a place and a fan of glowing strokes falling from it."""
        cx, cy = self.at(x, y, z)
        unit = self.focal / z
        self.t.light(cx, cy, unit * reach * 0.9, unit * reach * 0.9, self.mood.spark, 0.75)
        fan(self.t, cx, cy, unit * reach, count, self.mood.spark)
        self.t.light(cx, cy, unit * 0.4, unit * 0.4, "#ffffff", 1.0)


def arc_points(cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> list[Point]:
    """Points along a part of an ellipse, in degrees clockwise from three o'clock."""
    turns = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in turns]


def fan(t: Table, cx: float, cy: float, reach: float, count: int, tone: str, aim: float = 0.3) -> None:
    """Sparks thrown from a place, each a bent stroke that fades as it falls."""
    for _ in range(count):
        angle, fast = aim + t.dice(-1.25, 1.25), t.dice(0.15, 1.0) ** 1.3 * reach
        path: list[Point] = []
        for k in range(6):
            far = fast * (0.25 + 0.15 * k)
            path.append((cx + far * math.cos(angle), cy + far * math.sin(angle) + reach * 0.5 * (far / reach) ** 2))
        hot = mix(tone, "#ffffff", t.dice(0.1, 0.9))
        t.line(path, max(1.0, reach * t.dice(0.002, 0.008)), hot, alpha=t.dice(0.4, 1.0))
        t.ellipse(*path[-1], max(1.0, reach * 0.006), max(1.0, reach * 0.006), "#ffffff")


# -- halls ----------------------------------------------------------------------------------------------------------------

PLATE = Mood("#d8cdb4", "#5b665f", "#6d706a", "#2c3a3d", "#c8672a", "#ffc46b")
TOOTH = Mood("#cfe2f4", "#6d8196", "#8a96a3", "#2c4360", "#2f86e0", "#bfe0ff", 0.95)
ANVIL = Mood("#e2762e", "#2c1d18", "#2a211d", "#17191b", "#dd9420", "#ff9a3c", 0.24)


def plate_hall(width: int, height: int, seed: int = 4) -> Table:
    """Gradwell's long hall: a box girder on trestles, a crane over it, a welder at its side."""
    t = Table(width, height, "#444850", seed)
    hall = Hall(t, PLATE, 0.6, 0.5)
    hall.shell()
    hall.crane(36, 2.5, 4.2)
    hall.box((1.4, 0.9, 13), (5.2, 3.6, 34), "#7d3a1f", 9)
    for z in (15, 22, 30):
        hall.box((0.9, 0, z), (1.7, 0.9, z + 0.8), "#3a4446")
    hall.beams(0.2)
    hall.crane(20, -2.0, 3.4)
    hall.box((-4.6, 0, 11), (-1.8, 0.7, 17), "#4c5a5c")
    hall.box((-4.4, 0.7, 11.4), (-2.1, 1.0, 16.6), "#8a8f88")
    hall.worker(0.1, 12.6, "#27414a", "#e0a23a", bent=True)
    hall.sparks(1.3, 1.2, 12.4, 2.6, 150)
    hall.worker(-5.4, 20, "#b5602a", "#efe6d2")
    t.light(width * 0.06, height, width * 0.5, height * 0.4, "#0c1214", 0.65)
    t.grain(3)
    return t


def wheel(
    t: Table, cx: float, cy: float, r: float, teeth: int, tone: str, light: str, turn: float = 0.0, squash: float = 1.0
) -> None:
    """A gear seen from its side: teeth, web with round openings, and a bored hub."""

    def circle(radius: float) -> list[Point]:
        return arc_points(cx, cy, radius * squash, radius, 0, 360, 72)

    def toothed(push: float) -> list[Point]:
        rim: list[Point] = []
        for n in range(teeth):
            for share, out in ((0.0, 0.9), (0.16, 0.9), (0.3, 1.0), (0.54, 1.0), (0.68, 0.9)):
                a = turn + math.tau * (n + share) / teeth
                rim.append((cx + push + r * out * math.cos(a) * squash, cy + r * out * math.sin(a)))
        return rim

    deep = r * 0.14
    for k in range(7, 0, -1):
        t.poly(toothed(deep * k / 7), mix(tone, "#000000", 0.35 + 0.04 * k))
    t.poly(toothed(0), (mix(tone, light, 0.75), mix(tone, "#000000", 0.15)))
    t.poly(circle(r * 0.8), (mix(tone, "#000000", 0.25), mix(tone, light, 0.35)))
    t.poly(circle(r * 0.76), (mix(tone, light, 0.5), mix(tone, "#000000", 0.1)))
    for n in range(6):
        a = turn + math.tau * n / 6
        x, y = cx + r * 0.51 * math.cos(a) * squash, cy + r * 0.51 * math.sin(a)
        t.ellipse(x, y, r * 0.17 * squash, r * 0.17, mix(tone, "#000000", 0.65))
        t.ellipse(x + r * 0.02, y + r * 0.02, r * 0.15 * squash, r * 0.15, mix(tone, "#000000", 0.45))
    t.poly(circle(r * 0.3), (mix(tone, light, 0.8), mix(tone, "#000000", 0.2)))
    t.poly(circle(r * 0.19), mix(tone, "#000000", 0.6))
    t.poly(circle(r * 0.16), (mix(tone, "#000000", 0.75), mix(tone, light, 0.3)))


def gear_hall(width: int, height: int, seed: int = 6) -> Table:
    """Tarnbeck's hall by day: a mill gear as high as two people, its pinion, and somebody who measures it."""
    t = Table(width, height, "#8899aa", seed)
    hall = Hall(t, TOOTH, 0.64, 0.5)
    hall.shell()
    hall.crane(34, 1.5, 5.6)
    hall.beams(0.22)
    hall.crane(17, -0.6, 5.3)
    cx, cy = hall.at(-0.6, 2.5, 16)
    k = hall.focal / 16
    hall.face([(-3.6, 0.02, 15), (3.4, 0.02, 15), (3.8, 0.02, 19), (-3.2, 0.02, 19)], "#0d1520", alpha=0.5, blur=width / 120)
    for off in (-0.3, 0.3):
        t.line([(cx + off * k, cy - 2.4 * k), hall.at(-0.6 + off * 0.4, 5.4, 17)], 0.08 * k, "#1a2633")
    wheel(t, cx, cy, 2.5 * k, 40, "#5d7185", "#f2f7fc", 0.05, 0.94)
    hall.box((-2.6, 0, 15), (-1.9, 0.9, 16.2), "#20466e")
    hall.box((1.0, 0, 15), (1.7, 0.9, 16.2), "#20466e")
    px, py = hall.at(3.3, 0.95, 13)
    wheel(t, px, py, 0.95 * hall.focal / 13, 20, "#8d9dac", "#ffffff", 0.1, 0.9)
    hall.worker(-4.0, 13.4, "#c2452a", "#ffffff")
    hall.worker(6.6, 19, "#1c3f6a", "#f2c63c")
    t.light(width * 0.95, height, width * 0.5, height * 0.35, "#0f2a4a", 0.5)
    t.grain(3)
    return t


def forge_hall(width: int, height: int, seed: int = 8) -> Table:
    """Pike Hollow at night: a press, a glowing ring under it, and the furnace's open door."""
    t = Table(width, height, "#111111", seed)
    hall = Hall(t, ANVIL, 0.62, 0.56)
    hall.shell()
    hall.crane(30, -3.2, 5.4)
    hall.face([(-8.2, 0, 22), (-8.2, 5.2, 22), (-3.4, 5.2, 22), (-3.4, 0, 22)], ("#3a2a22", "#1b1412"))
    hall.face([(-7.2, 0.8, 21.9), (-7.2, 3.8, 21.9), (-4.4, 3.8, 21.9), (-4.4, 0.8, 21.9)], ("#fff0c0", "#ff7a24"))
    x, y = hall.at(-5.8, 2.3, 21.9)
    t.light(x, y, width * 0.2, height * 0.26, "#ff8a30", 0.8)
    for side in (-1, 1):
        hall.box((1.9 + 2.3 * side - 0.45, 0, 16), (1.9 + 2.3 * side + 0.45, 7.4, 17), "#343b3e")
    hall.face([(-1.2, 6.6, 15.9), (-1.2, 8.6, 15.9), (5.0, 8.6, 15.9), (5.0, 6.6, 15.9)], ("#4d565a", "#1d2224"))
    hall.face([(-1.2, 6.6, 15.8), (5.0, 6.6, 15.8), (5.0, 6.9, 15.8), (-1.2, 6.9, 15.8)], "#dd9420")
    hall.face([(1.2, 3.0, 15.7), (1.2, 6.6, 15.7), (2.6, 6.6, 15.7), (2.6, 3.0, 15.7)], ("#7b8488", "#33393c", "h"))
    hall.face([(0.4, 2.4, 15.6), (0.4, 3.1, 15.6), (3.4, 3.1, 15.6), (3.4, 2.4, 15.6)], ("#596266", "#24292b"))
    hall.box((0.2, 0, 15.4), (3.6, 1.3, 17), "#2b3133")
    cx, cy = hall.at(1.9, 1.75, 15)
    k = hall.focal / 15
    t.light(cx, cy, 5.4 * k, 3.6 * k, "#ff7a1e", 0.9)
    t.ellipse(cx, cy + 0.1 * k, 1.5 * k, 0.62 * k, ("#ffe9a6", "#ff6a1a"))
    t.ellipse(cx, cy - 0.06 * k, 1.5 * k, 0.5 * k, ("#fffbe6", "#ffc25a"))
    t.ellipse(cx, cy - 0.06 * k, 0.72 * k, 0.22 * k, "#c23c0c")
    hall.worker(-1.2, 13, "#1a1513", "#dd9420", bent=True)
    hall.bar((-0.1, 1.1, 13), (1.0, 1.6, 14.4), 0.08, "#0f0d0c")
    hall.worker(5.6, 14.5, "#201917", "#c8c2b8")
    fan(t, cx, cy, 3.6 * k, 130, "#ffb050", -0.2)
    fan(t, cx, cy, 3.0 * k, 70, "#ffb050", 3.3)
    hall.face([(-0.6, 0.02, 13), (4.4, 0.02, 13), (5.2, 0.02, 9), (-1.6, 0.02, 9)], "#ff8a30", alpha=0.3, blur=width / 70)
    t.light(width * 0.5, height * 0.02, width * 0.9, height * 0.3, "#070809", 0.55)
    t.grain(4)
    return t


# -- close up -------------------------------------------------------------------------------------------------------------


def cutting(
    width: int, height: int, ground: tuple[str, str], tone: str, seed: int, at: tuple[float, float] = (0.62, 0.46)
) -> Table:
    """A torch that goes through a plate: the kerf glows, sparks fall out of it."""
    t = Table(width, height, ground, seed)
    for _ in range(34):
        x, y, r = t.dice(0, width), t.dice(0, height * 0.6), t.dice(0.01, 0.05) * width
        t.ellipse(x, y, r, r, mix(tone, "#ffffff", 0.2), alpha=t.dice(0.03, 0.13))
    cx, cy = at[0] * width, at[1] * height
    plate = [(-10, cy + height * 0.06), (width + 10, cy - height * 0.05), (width + 10, height * 0.78), (-10, height * 0.98)]
    t.poly(plate, (mix(ground[0], "#ffffff", 0.3), mix(ground[1], "#000000", 0.1)))
    for n in range(26):
        share = n / 26
        y0, y1 = cy + height * (0.08 + 0.8 * share**1.4), cy + height * (-0.03 + 0.75 * share**1.4)
        t.line([(0, y0), (width, y1)], 1.2, mix(ground[0], "#ffffff", 0.45), alpha=0.12)
    t.line([(-10, cy + height * 0.2), (cx, cy)], height * 0.008, mix(tone, "#ffffff", 0.4))
    t.line([(-10, cy + height * 0.2), (cx, cy)], height * 0.03, tone, alpha=0.4, blur=height * 0.014)
    t.light(cx, cy, width * 0.4, height * 0.5, tone, 0.7)
    body = mix(ground[1], "#000000", 0.5)
    t.poly(
        [(cx - 9, cy - height * 0.05), (cx + 9, cy - height * 0.05), (cx + 34, -10), (cx - 34, -10)], (body, mix(body, tone, 0.3))
    )
    t.poly(
        [(cx - 4, cy - 4), (cx + 4, cy - 4), (cx + 15, cy - height * 0.08), (cx - 15, cy - height * 0.08)],
        mix(tone, "#7a4a20", 0.5),
    )
    fan(t, cx, cy, width * 0.5, 260, tone, 1.0)
    t.light(cx, cy, width * 0.05, width * 0.05, "#ffffff", 1.0)
    t.grain(3)
    return t


def rack(width: int, height: int, tone: str, dark: str, warm: str, seed: int) -> Table:
    """Bars and sections in a rack, seen from their sawn ends."""
    t = Table(width, height, mix(dark, "#000000", 0.3), seed)
    cell = width / 12
    for row in range(int(height / cell) + 2):
        for col in range(13):
            x, y = col * cell + (cell / 2 if row % 2 else 0) - cell / 2, row * cell * 0.94 - cell * 0.3
            kind = int(t.dice(0, 5))
            metal = mix(tone, warm, 0.5) if t.dice(0, 1) < 0.16 else mix(tone, dark, t.dice(0, 0.45))
            ink = (mix(metal, "#ffffff", 0.22), mix(metal, "#000000", 0.22))
            a = cell * 0.86
            t.rect(x + 4, y + 5, a, a, "#000000", 6, alpha=0.35, blur=6)
            if kind == 0:
                t.ellipse(x + a / 2, y + a / 2, a / 2, a / 2, ink)
                t.ellipse(x + a / 2, y + a / 2, a * 0.34, a * 0.34, mix(dark, "#000000", 0.35))
            elif kind == 1:
                t.ellipse(x + a / 2, y + a / 2, a / 2, a / 2, ink)
                for n in range(4):
                    t.arc(x + a / 2, y + a / 2, a * (0.12 + 0.09 * n), 0, 360, 1, mix(metal, "#000000", 0.35), alpha=0.6)
            elif kind == 2:
                t.rect(x, y, a, a, ink, 5)
                t.rect(x + a * 0.14, y + a * 0.14, a * 0.72, a * 0.72, mix(dark, "#000000", 0.35), 4)
            elif kind == 3:
                t.rect(x, y, a, a * 0.17, ink)
                t.rect(x, y + a * 0.83, a, a * 0.17, ink)
                t.rect(x + a * 0.43, y, a * 0.14, a, ink)
            else:
                t.poly(
                    [(x, y), (x + a * 0.2, y), (x + a * 0.2, y + a * 0.8), (x + a, y + a * 0.8), (x + a, y + a), (x, y + a)], ink
                )
    t.light(width * 0.75, height * 0.2, width * 0.6, height * 0.8, mix(tone, "#ffffff", 0.3), 0.35)
    t.light(0, height, width * 0.7, height * 0.8, dark, 0.6)
    t.grain(3)
    return t


def yard(width: int, height: int, sky: tuple[str, str], land: str, lamp: str, crane: str, seed: int) -> Table:
    """The quay outside: two gantry cranes, stacks of plate, a barge, and the sky in the water."""
    t = Table(width, height, sky, seed)
    quay = height * 0.7
    t.light(width * 0.3, quay, width * 0.5, height * 0.3, lamp, 0.5)
    x = -20.0
    while x < width:
        w, tall = t.dice(60, 150), t.dice(0.05, 0.17) * height
        t.rect(x, quay - tall, w, tall, mix(land, sky[1], 0.45))
        for k in range(4):
            t.poly(
                [(x + w * k / 4, quay - tall), (x + w * (k + 1) / 4, quay - tall), (x + w * k / 4, quay - tall - 22)],
                mix(land, sky[1], 0.4),
            )
        x += w + t.dice(-8, 30)
    for place, size in ((0.2, 1.0), (0.66, 1.35)):
        cx, top, w = place * width, quay - height * 0.42 * size, width * 0.16 * size
        tone = mix(crane, land, 0.3 if size > 1 else 0.5)
        for side in (-1, 1):
            t.line([(cx + side * w * 0.62, quay), (cx + side * w * 0.44, top)], 9 * size, tone)
            t.line([(cx + side * w * 0.3, quay), (cx + side * w * 0.44, top)], 6 * size, tone)
        t.rect(cx - w * 1.05, top - 20 * size, w * 2.1, 20 * size, (tone, mix(tone, "#000000", 0.3)))
        for n in range(12):
            a = cx - w + 2 * w * n / 12
            t.line([(a, top - 20 * size), (a + w / 12, top), (a + w / 6, top - 20 * size)], 2, mix(tone, "#000000", 0.45))
        t.line([(cx + w * 0.2, top), (cx + w * 0.2, quay - 90 * size)], 3, land)
        t.rect(cx + w * 0.2 - 46 * size, quay - 90 * size, 92 * size, 12 * size, mix(land, lamp, 0.3))
        t.ellipse(cx - w, top - 26 * size, 5, 5, lamp)
        t.light(cx - w, top - 26 * size, 60, 60, lamp, 0.6)
    t.rect(0, quay, width, height * 0.06, (mix(land, lamp, 0.2), mix(land, "#000000", 0.4)))
    for n in range(7):
        x = width * (0.02 + 0.15 * n)
        for k in range(3 + n % 3):
            t.rect(x + t.dice(-4, 4), quay - 12 - 12 * k, width * 0.09, 10, (mix(land, lamp, 0.42), mix(land, "#000000", 0.2)))
    t.rect(0, quay + height * 0.06, width, height, (mix(sky[1], land, 0.35), mix(land, "#000000", 0.4)))
    for _ in range(150):
        depth = t.dice(0, 1)
        x, y = t.dice(0, width), quay + height * (0.07 + 0.22 * depth)
        t.line([(x, y), (x + width * (0.01 + 0.05 * depth), y)], 1 + 2 * depth, mix(sky[1], lamp, t.dice(0.1, 0.8)), alpha=0.55)
    t.grain(3)
    return t


def teeth(width: int, height: int, tone: str, light: str, dark: str, seed: int) -> Table:
    """Three gears in mesh, close enough to count the cutter's marks."""
    t = Table(width, height, (mix(dark, tone, 0.3), dark), seed)
    for _ in range(16):
        t.ellipse(t.dice(0, width), t.dice(0, height * 0.5), 40, 40, light, alpha=t.dice(0.03, 0.1), blur=8)
    wheel(t, width * 0.78, height * 0.3, height * 0.62, 44, mix(tone, dark, 0.25), light, 0.02)
    wheel(t, width * 0.3, height * 0.86, height * 0.66, 46, tone, light, 0.05)
    wheel(t, width * 0.07, height * 0.12, height * 0.32, 24, mix(tone, "#b89040", 0.5), light, 0.1)
    t.light(width * 0.6, 0, width * 0.6, height * 0.7, light, 0.3)
    t.light(width * 0.95, height, width * 0.6, height * 0.7, dark, 0.6)
    t.grain(3)
    return t


# -- cases ----------------------------------------------------------------------------------------------------------------


def water(t: Table, top: float, low: float, inks: tuple[str, str], glint: str, count: int = 90) -> None:
    """Water with strokes of light."""
    t.rect(0, top, t.w, low - top, inks)
    for _ in range(count):
        depth = t.dice(0, 1)
        x, y = t.dice(-40, t.w), top + (low - top) * (0.05 + 0.9 * depth)
        t.line([(x, y), (x + 16 + 50 * depth, y)], 1 + 2 * depth, glint, alpha=t.dice(0.1, 0.5))


def bridge(width: int = 720, height: int = 480) -> Table:
    """A footbridge hung from one leaning arch."""
    t = Table(width, height, ("#8fb0b4", "#f3e2c0"), 21)
    t.light(width * 0.78, height * 0.5, 260, 180, "#fff2cf", 0.8)
    for n, tone in enumerate(("#8ea39a", "#5f7d72")):
        edge = [(width * k / 24, height * (0.56 + 0.06 * n) + 16 * math.sin(k * 0.7 + n * 2)) for k in range(25)]
        t.poly([*edge, (width, height), (0, height)], tone)
    water(t, height * 0.68, height, ("#a9bfb6", "#3f625f"), "#fff4d6")
    deck = height * 0.62
    arch = [(60 + 600 * k / 40, deck - 262 * math.sin(math.pi * k / 40) ** 0.9) for k in range(41)]
    for k in range(4, 37, 2):
        t.line([arch[k], (60 + 600 * k / 40 - 26, deck)], 1.6, "#f4efe2", alpha=0.9)
    t.line(arch, 19, "#6d2509")
    t.line([(x - 3, y - 4) for x, y in arch], 6, "#cf6a34")
    t.poly([(0, deck + 2), (width, deck - 10), (width, deck + 8), (0, deck + 22)], ("#39494a", "#17292b"))
    t.line([(0, deck - 22), (width, deck - 32)], 2.4, "#1c2d33")
    for k in range(30):
        x = width * k / 29
        t.line([(x, deck - 22 - 10 * x / width), (x, deck + 8)], 1.4, "#1c2d33")
    for x, tone in ((250, "#9c3a10"), (278, "#1c2d33"), (520, "#0e4f4c")):
        t.ellipse(x, deck - 35, 5, 5, "#3a2a20")
        t.rect(x - 6, deck - 30, 12, 24, tone, 4)
    t.line([(60, deck + 30), (660, deck + 26)], 30, "#16302f", alpha=0.35, blur=12)
    t.grain(3)
    return t


def lock(width: int = 720, height: int = 480) -> Table:
    """Two lock gates, mitred against the water behind them."""
    t = Table(width, height, ("#b9c7c2", "#e9e2cc"), 22)
    for n in range(12):
        t.ellipse(50 + n * 62, height * 0.3, 52, 60 + 14 * (n % 3), ("#7f9a80", "#567560"))
    water(t, height * 0.4, height * 0.62, ("#c9d2c4", "#7e978c"), "#ffffff", 60)
    for side in (-1, 1):
        wall = [(360 + side * 380, 120), (360 + side * 230, 190), (360 + side * 230, 420), (360 + side * 380, 480)]
        t.poly(wall, ("#8d8676", "#4d4a42"))
        for k in range(9):
            y = 150 + k * 38
            t.line([(360 + side * 380, y), (360 + side * 230, 190 + k * 26)], 1.6, "#3a3832", alpha=0.6)
        leaf = [(360 + side * 230, 196), (360, 214), (360, 410), (360 + side * 230, 424)]
        t.poly(leaf, ("#a5491f", "#5b230c") if side < 0 else ("#8a3a17", "#431806"))
        for k in range(1, 6):
            t.line([(360 + side * 230, 196 + 38 * k), (360, 214 + 32.6 * k)], 5, "#3c1606")
        for k in range(1, 6):
            x = 360 + side * (230 - 40 * k)
            t.line([(x, 198 + 3.1 * k), (x, 423 - 2.4 * k)], 4, "#cf7440", alpha=0.7)
        t.line([(360 + side * 330, 150), (360 + side * 6, 206)], 15, "#efe8d6")
        t.line([(360 + side * 30, 203), (360 + side * 6, 207)], 15, "#1c2d33")
    for _ in range(26):
        x = 360 + t.dice(-9, 9)
        t.line([(x, 214 + t.dice(0, 20)), (x + t.dice(-6, 6), 424)], 2, "#f4f6f0", alpha=0.4)
    water(t, height * 0.86, height, ("#5d7a72", "#213f3d"), "#dfe8de", 50)
    t.light(360, 420, 120, 40, "#ffffff", 0.6)
    t.grain(3)
    return t


def stair(width: int = 720, height: int = 480) -> Table:
    """A stair that winds up a tower, seen from below."""
    t = Table(width, height, ("#d9d5c6", "#a39f92"), 23)
    cx, cy = width * 0.5, height * 0.5
    t.light(cx, cy, 300, 260, "#fff7e2", 0.9)
    for turn in range(3, 0, -1):
        for k in range(20):
            a0, a1 = math.tau * k / 20 + turn, math.tau * (k + 0.92) / 20 + turn
            grow = (turn - 1 + k / 20) * 96 + 74
            inner, outer = grow, grow + 92
            lit = 0.5 + 0.5 * math.cos(a0 - 0.8)
            step = [
                (cx + r * math.cos(a) * 1.12, cy + r * math.sin(a)) for r, a in ((inner, a0), (outer, a0), (outer, a1), (inner, a1))
            ]
            t.poly([(x + 5, y + 8) for x, y in step], "#20262a", alpha=0.5)
            t.poly(step, mix("#2c3b41", "#d8c9a4", lit * 0.55))
            t.line(step[:2], 2, "#f1dfb5", alpha=0.3 + 0.5 * lit)
    rail = [
        (cx + (70 + 4.8 * k) * 1.12 * math.cos(math.tau * k / 20 + 1), cy + (70 + 4.8 * k) * math.sin(math.tau * k / 20 + 1))
        for k in range(61)
    ]
    t.line(rail, 9, "#9c3a10")
    t.line([(x - 2, y - 2) for x, y in rail], 3, "#e08a52")
    t.ellipse(cx, cy, 56, 50, ("#fffdf2", "#efe4c4"))
    t.grain(3)
    return t


def mill(width: int = 720, height: int = 480) -> Table:
    """A water wheel of steel against an old mill."""
    t = Table(width, height, ("#9fb6bd", "#e8dfc9"), 24)
    t.rect(0, 60, 330, 360, ("#a8825f", "#6b4c35"))
    for row in range(15):
        for col in range(7):
            x = col * 52 - (26 if row % 2 else 0)
            t.rect(x + 1, 62 + row * 24, min(49, 328 - x), 22, mix("#a07a58", "#5d422f", t.dice(0, 0.8)), 2)
    t.poly([(-10, 64), (166, -30), (350, 64)], ("#4a4440", "#2c2826"))
    for x in (70, 200):
        t.rect(x, 140, 56, 84, "#efe6cf", 2)
        t.rect(x + 5, 145, 46, 74, ("#3a4a50", "#6b8288"))
    for n in range(6):
        t.ellipse(480 + n * 60, 330, 70, 90 + 20 * (n % 2), ("#7a9272", "#4d6a52"))
    t.rect(250, 110, 200, 16, ("#5a4a3a", "#33291f"))
    cx, cy, r = 430.0, 268.0, 178.0
    for n in range(20):
        a = math.tau * n / 20 + 0.1
        x0, y0, x1, y1 = (
            cx + r * 0.82 * math.cos(a),
            cy + r * 0.82 * math.sin(a),
            cx + r * math.cos(a + 0.1),
            cy + r * math.sin(a + 0.1),
        )
        t.line([(x0, y0), (x1, y1)], 8, "#7b2e0d")
    for out, wide in ((1.0, 9), (0.82, 6)):
        t.arc(cx, cy, r * out, 0, 360, wide, "#9c3a10")
        t.arc(cx, cy, r * out - 3, 190, 290, 3, "#e08a52")
    for n in range(10):
        a = math.tau * n / 10
        t.line([(cx, cy), (cx + r * 0.82 * math.cos(a), cy + r * 0.82 * math.sin(a))], 6, "#1c2d33")
    t.ellipse(cx, cy, 24, 24, ("#4d6269", "#121d20"))
    for _ in range(40):
        x = 452 + t.dice(0, 60)
        t.line([(x, 116), (x + 34 + t.dice(0, 30), 250 + t.dice(0, 190))], 3, "#f2f7f5", alpha=0.28)
    water(t, 420, height, ("#8fa9a2", "#2f524f"), "#ffffff", 70)
    t.grain(3)
    return t


def helmet(t: Table, cx: float, top: float, size: float, tone: str) -> None:
    """A hard hat on a head of `person`."""
    s = size / 100
    dome = arc_points(cx, top + 20 * s, 47 * s, 46 * s, 180, 360)
    t.poly(dome, (mix(tone, "#ffffff", 0.35), mix(tone, "#000000", 0.12)))
    t.rect(cx - 55 * s, top + 16 * s, 110 * s, 9 * s, (mix(tone, "#ffffff", 0.2), mix(tone, "#000000", 0.3)), 4 * s)
    t.rect(cx - 6 * s, top - 27 * s, 12 * s, 44 * s, mix(tone, "#ffffff", 0.25), 5 * s)


def crew(width: int = 620, height: int = 640) -> Table:
    """Three of Gradwell's people before a plate with a chalked drawing on it."""
    t = Table(width, height, ("#56615f", "#2b3638"), 25)
    t.rect(40, 40, 540, 420, ("#7c837c", "#4d5654"), 4)
    for n in range(18):
        t.line([(40, 60 + n * 22), (580, 52 + n * 22)], 1, "#aab0a8", alpha=0.2)
    chalk = "#f4efe0"
    t.arc(430, 190, 96, 0, 360, 2.5, chalk, alpha=0.8)
    t.arc(430, 190, 52, 0, 360, 2, chalk, alpha=0.7)
    t.line([(310, 190), (550, 190)], 1.6, chalk, alpha=0.7)
    t.line([(430, 80), (430, 300)], 1.6, chalk, alpha=0.7)
    t.line([(90, 120), (260, 90), (260, 210), (90, 210), (90, 120)], 2.2, chalk, alpha=0.7)
    t.line([(90, 236), (260, 236)], 1.6, chalk, alpha=0.7)
    for n in range(5):
        t.line([(90 + 34 * n, 250), (112 + 34 * n, 250)], 2, chalk, alpha=0.6)
    t.light(330, 0, 420, 300, "#ffe7b8", 0.35)
    people = (
        (Face("#c98f68", "#2a1d16", "#39545a", "short", "crew", beard=True), 150, 250, 118, "#e8dcc0"),
        (Face("#8a5a3c", "#17110e", "#9c3a10", "short", "collar", glasses=True, shirt="#d8d0bd"), 470, 240, 120, "#d98a2b"),
        (Face("#e2b48e", "#8a5a30", "#1c2d33", "bob", "crew"), 310, 320, 132, "#f4f0e4"),
    )
    for face, x, top, size, hat in people:
        person(t, face, x, top, size)
        helmet(t, x, top, size, hat)
    t.light(0, height, 400, 240, "#0c1214", 0.5)
    t.grain(3)
    return t


# -- marks ----------------------------------------------------------------------------------------------------------------


def beam_mark(steel: str, cut: str) -> tuple[Shape, ...]:
    """An I-beam's end, cut through on the slant."""
    return (
        ("poly", (8, 10, 56, 10, 56, 22, 39, 22, 39, 27, 25, 41, 25, 22, 8, 22), steel),
        ("poly", (39, 34, 39, 42, 56, 42, 56, 54, 8, 54, 8, 42, 25, 42, 25, 48), cut),
    )


def gear_mark(ring: str, hub: str) -> tuple[Shape, ...]:
    """Half a gear that meshes with a bar of teeth."""
    rim: list[float] = []
    for n in range(12):
        for share, out in ((0.0, 22.0), (0.22, 22.0), (0.32, 29.0), (0.68, 29.0), (0.78, 22.0)):
            a = math.tau * (n + share) / 12
            rim += [round(32 + out * math.cos(a), 2), round(32 + out * math.sin(a), 2)]
    return (("poly", tuple(rim), ring), ("circle", (32, 32, 13), hub), ("rect", (29, 32, 6, 30, 0), hub))


def anvil_mark(iron: str, spark: str) -> tuple[Shape, ...]:
    """An anvil and the first spark off it."""
    return (
        ("poly", (4, 28, 18, 28, 18, 24, 58, 24, 58, 32, 44, 38, 40, 46, 48, 54, 16, 54, 24, 46, 22, 38, 12, 36), iron),
        ("poly", (36, 4, 40, 11, 48, 12, 41, 15, 38, 21, 35, 15, 28, 12, 34, 11), spark),
    )


def gradwell(ink: str, steel: str, cut: str, size: tuple[int, int]) -> bytes:
    """GRADWELL in heavy mono capitals beside the cut beam."""
    words = (
        Word("GRADWELL", 56, 28, 27, 146, "'DejaVu Sans Mono', monospace", 700),
        Word("plate works, 1926", 57, 43, 12.5, 145, "'Liberation Sans Narrow', 'Arial Narrow', sans-serif"),
    )
    return wordmark(size, (206, 48), beam_mark(steel, cut), (0, 2, 44), ink, words)


def tarnbeck(ink: str, ring: str, hub: str, size: tuple[int, int]) -> bytes:
    """Tarnbeck Gears in a rounded sans, a gear before it."""
    words = (
        Word("Tarnbeck", 54, 31, 31, 122, "'DejaVu Sans', Verdana, sans-serif", 700),
        Word("GEARS", 181, 31, 13.5, 41, "'DejaVu Sans', Verdana, sans-serif"),
    )
    return wordmark(size, (222, 44), gear_mark(ring, hub), (0, 1, 42), ink, words)


def pike_hollow(ink: str, iron: str, spark: str, size: tuple[int, int]) -> bytes:
    """PIKE HOLLOW over FORGE, between them the anvil."""
    words = (
        Word("PIKE HOLLOW", 58, 22, 21, 138, "'Liberation Serif', Georgia, serif", 700),
        Word("F O R G E", 58, 42, 15, 138, "'Liberation Serif', Georgia, serif"),
    )
    return wordmark(size, (198, 48), anvil_mark(iron, spark), (0, 0, 48), ink, words)


NEST = (
    "M2 2h516v156H2zm4 4v148h508V6z",
    "M70 20a58 58 0 1 0 .1 0zm0 22a36 36 0 1 1-.1 0zm0 16a20 20 0 1 0 .1 0z",
    "M142 20h88v26h-32v64h32v26h-88v-26h32V46h-32zM244 20h120l-52 52h-68zM378 20l-64 64v-8zM244 86h62l-50 50h-12z",
    "M388 20h112v34H388zm12 10v14h88V30zM388 66h112v70H274l70-70zm60 14a20 20 0 1 0 .1 0z",
)
"""Parts nested on a plate, as the burning table cuts them."""


def nest() -> bytes:
    """The nested plate as a drawing that the style sheet paints through a mask."""
    paths = "".join(f'  <path fill-rule="evenodd" d="{one}"/>\n' for one in NEST)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 160" width="520" height="160">\n{paths}</svg>\n'.encode()


# -- what there is to draw ------------------------------------------------------------------------------------------------


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Gradwell Plate Works: zinc, rust and petrol."""
    yield from marks(HOME, "gradwell", "#1C2D33", beam_mark("#FFE2B4", "#C8672A"))
    for tone, ink, steel, cut in (("dark", "#1E150E", "#1C2D33", "#9C3A10"), ("pale", "#FFE2B4", "#FFE2B4", "#C9CCC3")):
        yield f"{HOME}/assets/logos/gradwell-{tone}.svg", gradwell(ink, steel, cut, (206, 48))
        yield f"{HOME}/assets/logos/gradwell-{tone}-2x.svg", gradwell(ink, steel, cut, (412, 96))
    yield f"{HOME}/assets/signs/nest.svg", nest()
    yield f"{HOME}/assets/images/hall.jpg", plate_hall(1280, 960).jpeg(40)
    yield f"{HOME}/assets/images/torch.jpg", cutting(1280, 800, ("#2c3a40", "#10181b"), "#ff9a44", 31).jpeg(26)
    yield f"{HOME}/assets/images/rack.jpg", rack(1280, 760, "#9aa39c", "#37433f", "#b5602a", 32).jpeg(24)
    yield f"{HOME}/assets/images/quay.jpg", yard(1280, 760, ("#26404a", "#d9a066"), "#16252a", "#ffcf8a", "#c8672a", 33).jpeg(34)
    for name, picture in (("bridge", bridge), ("lock", lock), ("stair", stair), ("mill", mill)):
        yield f"{HOME}/assets/images/{name}.jpg", picture().jpeg(46)
    yield f"{HOME}/assets/images/crew.jpg", crew().jpeg(52)


def tarnbeck_gears() -> Iterator[tuple[str, bytes]]:
    """Tarnbeck Gears: a light brand, blue, white and orange."""
    yield from marks(GEARS, "tarnbeck", "#F5F7F9", gear_mark("#0F2A4A", "#F5F7F9"))
    yield f"{GEARS}/assets/logos/tarnbeck-navy.svg", tarnbeck("#12233F", "#3A90E8", "#F5F7F9", (222, 44))
    yield f"{GEARS}/assets/logos/tarnbeck-white.svg", tarnbeck("#FFFFFF", "#9CC9F5", "#0F2A4A", (202, 40))
    yield f"{GEARS}/assets/images/mill-gear.jpg", gear_hall(1280, 960).jpeg(56)
    yield f"{GEARS}/assets/images/mesh.jpg", teeth(1280, 800, "#5f7488", "#e8f2fb", "#0f2238", 41).jpeg(48)
    yield f"{GEARS}/assets/images/canal.jpg", yard(1280, 760, ("#3a6fa8", "#e6eef4"), "#1a3350", "#ffffff", "#ec6a36", 42).jpeg(48)
    yield f"{GEARS}/assets/images/og.jpg", gear_hall(1200, 630).jpeg(56)


def pike_hollow_forge() -> Iterator[tuple[str, bytes]]:
    """Pike Hollow Forge: a dark brand, soot, brass and the red of cooling steel."""
    yield from marks(FORGE, "pike-hollow", "#0D1012", anvil_mark("#FBFBF8", "#E8603C"))
    yield f"{FORGE}/assets/logos/pike-hollow-header.svg", pike_hollow("#FBFBF8", "#C98A34", "#E8603C", (198, 48))
    yield f"{FORGE}/assets/logos/pike-hollow-footer.svg", pike_hollow("#D5DDE2", "#D5DDE2", "#E0A040", (165, 40))
    yield f"{FORGE}/assets/images/press.jpg", forge_hall(1280, 900).jpeg(58)
    yield f"{FORGE}/assets/images/scarfing.jpg", cutting(1280, 800, ("#2a1a14", "#0b0706"), "#ff8230", 51, (0.7, 0.4)).jpeg(46)
    yield f"{FORGE}/assets/images/billets.jpg", rack(1280, 760, "#5d5a58", "#14110f", "#e07a2c", 52).jpeg(40)
    yield f"{FORGE}/assets/images/og.jpg", forge_hall(1200, 630).jpeg(58)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from tarnbeck_gears()
    yield from pike_hollow_forge()
