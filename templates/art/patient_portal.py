"""Pictures of Osric Street Hospital, of a clinic for children by day and of one for sleep by night."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from art.scenery import Stops, harbour, mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Face, Point, Table, person

SANS = "'Trebuchet MS', 'Liberation Sans', sans-serif"
ROUND = "'Arial Rounded MT Bold', 'Liberation Sans', sans-serif"

# -- rooms ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Passage:
    """A corridor that runs away from the viewer: its vanishing point and how far walls, ceiling and floor are from it."""

    x: float
    y: float
    wide: float
    up: float
    down: float

    def at(self, side: float, height: float, near: float) -> Point:
        """A place: `side` -1 at the left wall to 1 at the right, `height` -1 ceiling to 1 floor, `near` 1 at the viewer."""
        reach = self.up if height < 0 else self.down
        return self.x + side * self.wide * near, self.y + height * reach * near

    def on_wall(self, side: float, top: float, foot: float, near: float, far: float) -> list[Point]:
        """A panel on a wall."""
        return [self.at(side, top, near), self.at(side, top, far), self.at(side, foot, far), self.at(side, foot, near)]

    def on_floor(self, height: float, left: float, right: float, near: float, far: float) -> list[Point]:
        """A panel on floor (1) or ceiling (-1)."""
        return [self.at(left, height, near), self.at(left, height, far), self.at(right, height, far), self.at(right, height, near)]


def corridor(width: int, height: int, walls: tuple[str, str], floor: str, door: str, line: str, seed: int) -> Table:
    """A hospital corridor with doors, lamps, a sign, and a line on the floor that turns into the third door."""
    t = Table(width, height, "#ffffff", seed)
    p = Passage(width * 0.46, height * 0.4, width * 0.86, height * 0.72, height * 1.02)
    end = 0.13
    for side, tone in ((-1, walls[0]), (1, walls[1])):
        t.poly(p.on_wall(side, -1, 1, 1.2, end), (mix(tone, "#ffffff", 0.25), mix(tone, "#20244a", 0.16)))
        t.poly(p.on_wall(side, 0.34, 0.42, 1.2, end), mix(tone, "#20244a", 0.3))
        t.poly(p.on_wall(side, 0.94, 1, 1.2, end), mix(tone, "#20244a", 0.46))
    t.poly(p.on_floor(1, -1, 1, 1.2, end), (mix(floor, "#ffffff", 0.4), mix(floor, "#20244a", 0.24)))
    t.poly(p.on_floor(-1, -1, 1, 1.2, end), mix(walls[0], "#ffffff", 0.5))
    t.rect(*p.at(-1, -1, end), 2 * p.wide * end, (p.up + p.down) * end, mix(walls[1], "#ffffff", 0.5))
    t.rect(p.x - p.wide * end * 0.5, p.y - p.up * end * 0.6, p.wide * end, p.up * end * 1.2, ("#ffffff", "#fdf1cf"))
    t.light(p.x, p.y, width * 0.2, height * 0.26, "#fff8e2", 0.75)
    for near, far in ((0.94, 0.66), (0.54, 0.42), (0.35, 0.29), (0.25, 0.215), (0.19, 0.168)):
        t.poly(p.on_floor(-1, -0.3, 0.3, near, far), "#fffdf2")
        t.poly(p.on_floor(1, -0.34, 0.3, near, far), "#ffffff", alpha=0.28, blur=5)
    for side, near, far in (
        (1, 0.86, 0.62),
        (1, 0.46, 0.375),
        (-1, 0.72, 0.53),
        (-1, 0.4, 0.33),
        (1, 0.29, 0.25),
        (-1, 0.24, 0.21),
    ):
        tone = door if side > 0 else mix(door, "#20244a", 0.2)
        t.poly(p.on_wall(side, -0.36, 1, near * 1.03, far * 0.975), mix(tone, "#ffffff", 0.55))
        t.poly(p.on_wall(side, -0.32, 1, near, far), (mix(tone, "#ffffff", 0.12), mix(tone, "#10122e", 0.2)))
        middle = near - (near - far) * 0.62
        t.poly(p.on_wall(side, -0.2, 0.16, near - (near - far) * 0.2, middle), "#fdf3d4")
        t.poly(p.on_wall(side, 0.36, 0.42, near - (near - far) * 0.1, near - (near - far) * 0.24), "#f5efe2")
        t.poly(p.on_wall(side, -0.56, -0.42, near - (near - far) * 0.22, far + (near - far) * 0.2), line)
    _floor_line(t, p, line)
    sign = 0.5
    left, top = p.at(-0.56, -0.98, sign)
    for hang in (0.12, 0.88):
        t.rect(left + hang * p.wide * sign * 0.92, p.at(0, -1, sign)[1], 3, 40, "#20244a")
    t.rect(left, top + 30, p.wide * sign * 0.92, p.up * sign * 0.26, ("#242a78", "#1b1f5c"), 4)
    tall = p.up * sign * 0.26
    for n, tone in enumerate((line, "#fff3d9", "#fff3d9")):
        t.rect(left + 20 + n * tall * 0.86, top + 30 + tall * 0.22, tall * 0.56, tall * 0.56, tone, 3)
    ax, ay = left + p.wide * sign * 0.68, top + 30 + tall / 2
    t.line([(ax, ay), (ax + tall * 0.9, ay)], 7, "#fff3d9")
    t.line([(ax + tall * 0.56, ay - tall * 0.24), (ax + tall * 0.9, ay), (ax + tall * 0.56, ay + tall * 0.24)], 7, "#fff3d9")
    return t


def _floor_line(t: Table, p: Passage, line: str) -> None:
    t.poly(
        [p.at(-0.36, 1, 1.2), p.at(-0.36, 1, 0.345), p.at(-0.24, 1, 0.36), p.at(-0.24, 1, 1.2)], (line, mix(line, "#ffffff", 0.06))
    )
    t.poly([p.at(-1, 1, 0.385), p.at(-1, 1, 0.355), p.at(-0.24, 1, 0.345), p.at(-0.24, 1, 0.375)], line)
    t.poly(p.on_floor(1, -0.33, -0.3, 1.2, 0.4), "#ffffff", alpha=0.22, blur=3)


def floor_plan(width: int, height: int, ground: str, ink: str, line: str, seed: int) -> Table:
    """A plan of the ground floor: rooms, doors, beds, and the way to the one that is meant."""
    t = Table(width, height, (mix(ground, "#ffffff", 0.1), mix(ground, "#000000", 0.2)), seed)
    for n in range(0, width, 32):
        t.rect(n, 0, 1, height, ink, alpha=0.09)
    for n in range(0, height, 32):
        t.rect(0, n, width, 1, ink, alpha=0.09)
    rooms: Sequence[tuple[int, int, int, int]] = (
        (-40, -30, 300, 250), (260, -30, 220, 250), (480, -30, 340, 170), (820, -30, 220, 250), (1040, -30, 300, 250),
        (-40, 320, 190, 250), (150, 320, 250, 180), (400, 320, 150, 250), (730, 300, 240, 210), (970, 300, 350, 210),
        (-40, 640, 420, 140), (380, 640, 260, 140), (640, 590, 330, 190), (970, 590, 350, 190),
    )  # fmt: skip
    for x, y, w, h in rooms:
        t.rect(x, y, w, h, ink, alpha=0.06)
        for a, b in (((x, y), (x + w, y)), ((x, y + h), (x + w, y + h)), ((x, y), (x, y + h)), ((x + w, y), (x + w, y + h))):
            t.line([a, b], 7, ink, alpha=0.8)
        gap = x + w * t.dice(0.2, 0.6)
        foot = y + h if y < 100 else y
        t.rect(gap, foot - 6, 46, 12, mix(ground, "#000000", 0.08))
        t.arc(gap, foot, 46, 0 if y < 100 else 270, 90 if y < 100 else 360, 2.5, ink, alpha=0.7)
        for n in range(int(w // 110)):
            bx, by = x + 26 + n * 100, (y + 20 if y < 100 else y + h - 92)
            t.rect(bx, by, 46, 72, ink, 6, alpha=0.26)
            t.rect(bx + 7, by + 6, 32, 18, ink, 5, alpha=0.5)
    way = [(-20, 282), (620, 282), (620, 546), (1110, 546), (1110, 470)]
    t.line(way, 16, line)
    for x, y in way[1:4]:
        t.ellipse(x, y, 8, 8, line)
    t.ellipse(1110, 462, 30, 30, line)
    t.ellipse(1110, 462, 16, 16, ink)
    return t


def cabinets(width: int, height: int, metal: str, label: str, seed: int) -> Table:
    """A wall of drawers for records, one of them pulled out and full."""
    t = Table(width, height, mix(metal, "#000000", 0.5), seed)
    across, high = 142, 92
    for row in range(height // high + 1):
        for column in range(width // across + 1):
            x, y = column * across, row * high
            tone = mix(metal, "#ffffff" if t.dice(0, 1) > 0.5 else "#000000", t.dice(0, 0.12))
            t.rect(x + 3, y + 3, across - 6, high - 6, (mix(tone, "#ffffff", 0.16), mix(tone, "#000000", 0.18)), 5)
            t.rect(x + 44, y + 18, 54, 22, mix(label, "#000000", t.dice(0, 0.15)), 2)
            t.rect(x + 50, y + 27, t.dice(20, 40), 3, "#4a4a5a", alpha=0.7)
            t.rect(x + 50, y + 56, 42, 8, mix(metal, "#000000", 0.55), 4)
            t.rect(x + 50, y + 54, 42, 5, mix(metal, "#ffffff", 0.5), 3)
    x, y = 5 * across, 3 * high
    t.rect(x - 26, y + 30, across + 52, high + 56, "#000000", 8, alpha=0.5, blur=16)
    for n in range(9):
        t.rect(x - 6 + n * 4, y - 30 + n * 5, across + 12 - n * 8 + 22, 60, mix(label, "#b59a66", 0.1 + 0.05 * (n % 3)), 4)
        t.rect(x + 8 + (n * 37) % 90, y - 38 + n * 5, 34, 12, "#b0134c" if n == 4 else mix(label, "#8a7a5a", 0.3), 3)
    t.rect(x - 14, y + 24, across + 28, high + 14, (mix(metal, "#ffffff", 0.3), mix(metal, "#000000", 0.12)), 6)
    t.rect(x + 40, y + 44, 62, 28, label, 2)
    t.rect(x + 44, y + 92, 54, 10, mix(metal, "#000000", 0.55), 5)
    t.light(x + 60, y - 60, 380, 260, "#fff3d9", 0.3)
    return t


def front_desk(width: int, height: int, wall: str, wood: str, line: str, seed: int) -> Table:
    """A reception at a quiet hour: counter, bell, lamp, a screen from behind, letters in pigeonholes, the end of the line."""
    t = Table(width, height, (mix(wall, "#ffffff", 0.35), wall), seed)
    for n in range(6):
        for row in range(3):
            x, y = 90 + n * 84, 70 + row * 74
            t.rect(x, y, 76, 66, mix(wood, "#000000", 0.45), 3)
            for m in range((n * 2 + row) % 4):
                t.rect(x + 10, y + 50 - m * 9, 56, 7, mix("#fff3d9", "#8a86b0", 0.15 * m))
    t.rect(720, 0, 380, 400, mix(wall, "#ffffff", 0.5), 3)
    t.rect(736, 0, 348, 384, ("#bcd0ea", "#eef0fb"))
    t.rect(904, 0, 12, 384, mix(wall, "#ffffff", 0.5))
    t.poly([(736, 384), (736, 300), (800, 270), (850, 310), (900, 250), (980, 320), (1084, 260), (1084, 384)], "#8fa6b8")
    t.rect(0, 430, width, 26, (mix(wood, "#ffffff", 0.3), wood))
    t.rect(0, 456, width, height - 456, (mix(wood, "#000000", 0.1), mix(wood, "#000000", 0.4)))
    for x in range(0, width, 160):
        t.rect(x, 470, 4, height, mix(wood, "#000000", 0.5), alpha=0.6)
    t.rect(0, 560, width, 22, line)
    t.ellipse(1160, 571, 40, 40, line)
    t.ellipse(1160, 571, 20, 20, "#fff3d9")
    t.rect(560, 300, 190, 124, "#23264a", 8)
    t.rect(640, 424, 30, 8, "#23264a")
    t.ellipse(330, 430, 44, 8, "#000000", alpha=0.25, blur=4)
    t.poly([(288, 426), (292, 404), (308, 388), (330, 382), (352, 388), (368, 404), (372, 426)], ("#f2dca6", "#b98f3e"))
    t.ellipse(330, 378, 7, 6, "#8a6a2a")
    t.rect(900, 424, 90, 8, "#23264a", 3)
    t.line([(944, 424), (930, 330), (1000, 262)], 7, "#23264a")
    t.poly([(970, 272), (1006, 240), (1050, 286), (990, 318)], line)
    t.light(1010, 400, 190, 130, "#fff0c4", 0.65)
    t.rect(150, 392, 70, 38, mix("#fff3d9", wall, 0.2), 2)
    t.rect(160, 400, 40, 4, line)
    return t


# -- things -----------------------------------------------------------------------------------------------------------------


def telephone(width: int, height: int, ground: str, ink: str, line: str, seed: int) -> Table:
    """A telephone in a hand, with the week on its screen."""
    t = Table(width, height, (mix(ground, "#ffffff", 0.3), mix(ground, ink, 0.22)), seed)
    t.light(180, 80, 320, 260, "#fff6dd", 0.6)
    skin = "#b9795a"
    t.poly(
        [(480, 620), (480, 420), (500, 300), (540, 190), (586, 220), (640, 440), (720, 620)],
        (skin, mix(skin, "#2a1210", 0.35)),
        blur=1.5,
    )
    t.rect(286, 46, 220, 440, ink, 34, alpha=0.3, blur=18)
    t.rect(276, 34, 220, 440, (mix(ink, "#ffffff", 0.16), ink), 34)
    t.rect(288, 48, 196, 412, ("#ffffff", "#f0f0fb"), 24)
    t.rect(288, 48, 196, 92, mix(ink, "#3a40a8", 0.6), 24)
    t.rect(288, 110, 196, 30, mix(ink, "#3a40a8", 0.6))
    t.rect(306, 76, 96, 10, "#fff3d9", 5)
    t.rect(306, 98, 60, 7, "#fff3d9", 4, alpha=0.6)
    for row in range(4):
        for column in range(5):
            x, y = 306 + column * 33, 158 + row * 34
            chosen = (row, column) == (1, 3)
            t.rect(x, y, 26, 26, line if chosen else mix(ground, "#ffffff", 0.3 if (row + column) % 3 else 0.7), 6)
    for row, long in enumerate((120, 92, 108)):
        y = 312 + row * 46
        t.rect(306, y, 160, 38, mix(ground, "#ffffff", 0.55), 8)
        t.ellipse(326, y + 19, 9, 9, line if row == 0 else mix(ink, "#ffffff", 0.5))
        t.rect(346, y + 12, long * 0.8, 6, ink, 3, alpha=0.8)
        t.rect(346, y + 23, long * 0.5, 5, ink, 3, alpha=0.35)
    for n in range(4):
        y = 206 + n * 58
        t.line([(566, y + 34), (536, y + 6), (494, y)], 36, mix(skin, "#2a1210", 0.3 - 0.05 * n))
        t.line([(566, y + 30), (536, y + 2), (494, y - 4)], 30, mix(skin, "#ffffff", 0.08))
        t.ellipse(494, y - 4, 17, 15, mix(skin, "#ffffff", 0.08))
        t.ellipse(490, y - 6, 9, 7, mix(skin, "#ffe0d0", 0.5))
    t.poly(
        [(190, 620), (214, 450), (260, 380), (312, 336), (334, 352), (322, 392), (290, 440), (300, 620)],
        (mix(skin, "#ffffff", 0.12), mix(skin, "#2a1210", 0.3)),
        blur=1.6,
    )
    t.ellipse(318, 352, 14, 10, mix(skin, "#ffe0d0", 0.5))
    return t


def bedside(width: int, height: int, ground: str, ink: str, line: str, seed: int) -> Table:
    """A bed by a window in the evening, and a screen on an arm."""
    t = Table(width, height, (mix(ground, "#ffffff", 0.2), mix(ground, ink, 0.3)), seed)
    t.rect(40, 30, 240, 250, "#ffffff", 4)
    t.rect(52, 42, 216, 226, ("#5b66b8", "#f4b79b"))
    t.poly([(52, 268), (52, 216), (96, 186), (140, 226), (190, 176), (268, 232), (268, 268)], "#3b3f7c")
    t.rect(156, 42, 8, 226, "#ffffff")
    t.rect(0, 300, width, 12, mix(ground, ink, 0.4))
    t.rect(-20, 372, 560, 200, ("#f6f4ff", "#b4b6d8"), 22)
    t.ellipse(110, 366, 104, 44, ("#ffffff", "#d4d4ee"))
    t.poly([(170, 392), (420, 362), (560, 404), (570, 540), (150, 540)], (mix(line, "#ffffff", 0.28), mix(line, ink, 0.3)))
    for n in range(4):
        t.line([(250 + n * 74, 392 - 6 * n), (236 + n * 80, 540)], 3, ink, alpha=0.16, blur=1)
    t.rect(-10, 300, 22, 240, mix(ink, "#ffffff", 0.4), 8)
    t.line([(700, 540), (700, 180), (596, 130)], 12, mix(ink, "#ffffff", 0.25))
    t.ellipse(700, 180, 13, 13, ink)
    t.poly([(360, 78), (600, 52), (612, 240), (372, 258)], ink, alpha=0.35, blur=16)
    t.poly([(352, 66), (598, 42), (610, 230), (364, 250)], mix(ink, "#000000", 0.2))
    t.poly([(364, 76), (588, 54), (598, 222), (374, 240)], ("#fdfdff", "#e2e4f8"))
    t.poly([(364, 76), (588, 54), (590, 88), (366, 110)], mix(ink, "#3a40a8", 0.6))
    points = [(382, 178), (420, 174), (436, 140), (454, 206), (470, 168), (520, 162), (538, 128), (556, 192), (580, 156)]
    t.line(points, 5, line)
    t.line([(384, 218), (480, 210)], 6, ink, alpha=0.5)
    t.light(480, 150, 260, 180, "#eef0ff", 0.22)
    return t


def letter(width: int, height: int, ground: str, ink: str, line: str, seed: int) -> Table:
    """A letter, its envelope, spectacles and a pen on a kitchen table."""
    wood = mix(ground, "#a9764c", 0.72)
    t = Table(width, height, (mix(wood, "#ffffff", 0.18), mix(wood, "#3a2010", 0.3)), seed)
    for n in range(11):
        y = n * 48 + t.dice(-6, 6)
        t.line([(0, y), (width * 0.5, y + t.dice(-5, 5)), (width, y)], 2, mix(wood, "#3a2010", 0.5), alpha=0.5)
    t.poly([(70, 130), (390, 60), (446, 300), (126, 372)], "#2a1608", alpha=0.35, blur=14)
    t.poly([(60, 118), (380, 48), (436, 288), (116, 360)], ("#f4ead2", "#d9cba8"))
    t.poly([(60, 118), (380, 48), (256, 226)], ("#fbf4e2", "#e6d9b8"))
    t.poly([(300, 96), (620, 124), (588, 486), (268, 458)], "#2a1608", alpha=0.35, blur=16)
    t.poly([(292, 84), (612, 112), (580, 474), (260, 446)], ("#ffffff", "#f3f1f8"))
    t.poly([(322, 112), (442, 122), (440, 146), (320, 136)], mix(ink, "#3a40a8", 0.6))
    for n in range(9):
        y = 190 + n * 24
        x = 318 - n * 2.1
        t.line([(x, y), (x + (236 if n % 4 != 3 else 130), y + (20 if n % 4 != 3 else 11))], 5, ink, alpha=0.5)
    t.poly([(286, 410), (412, 421), (410, 438), (284, 427)], line)
    for cx in (560, 650):
        t.ellipse(cx + 6, 108, 40, 34, "#2a1608", alpha=0.25, blur=6)
        t.ellipse(cx, 98, 38, 32, "#ffffff", alpha=0.3)
        t.arc(cx, 98, 36, 0, 360, 6, "#2b2330")
    t.line([(594, 92), (604, 86), (616, 92)], 6, "#2b2330")
    t.line([(686, 92), (752, 40)], 6, "#2b2330")
    t.line([(640, 470), (716, 250)], 18, "#2a1608", alpha=0.3, blur=6)
    t.line([(632, 460), (700, 262)], 15, mix(line, "#000000", 0.1))
    t.poly([(624, 456), (642, 462), (622, 492)], "#e8dcc0")
    return t


def nurses(width: int, height: int, wall: str, line: str, seed: int) -> Table:
    """The two sisters in front of the line, which climbs the wall behind them."""
    t = Table(width, height, (mix(wall, "#ffffff", 0.3), mix(wall, "#20244a", 0.18)), seed)
    t.light(520, 160, 420, 380, "#fff8e2", 0.6)
    t.rect(0, 566, width, 20, line)
    t.rect(566, 0, 20, 586, line)
    t.rect(556, 556, 40, 40, line, 12)
    t.rect(60, 60, 190, 120, ("#2a2f86", "#1b1f5c"), 4)
    t.rect(84, 86, 68, 68, "#fff3d9", 3)
    t.line([(176, 120), (226, 120)], 7, "#fff3d9")
    t.line([(208, 102), (226, 120), (208, 138)], 7, "#fff3d9")
    back = Face("#8a5a3e", "#221a1c", "#2a5a78", cut="bun", wear="scrub", glasses=True)
    t.rect(275, 660, 414, 180, mix(back.cloth, "#000000", 0.25))
    person(t, back, 482, 236, 178)
    front = Face("#e0b090", "#b8bcc8", "#22307a", cut="bob", wear="scrub")
    t.rect(40, 800, 444, 40, mix(front.cloth, "#000000", 0.25))
    person(t, front, 262, 322, 196)
    t.rect(126, 682, 78, 52, "#fff3d9", 4)
    t.rect(136, 694, 40, 7, line)
    t.rect(136, 708, 56, 6, "#5a5c80")
    return t


# -- Puddle Lane ------------------------------------------------------------------------------------------------------------


def _fish(t: Table, x: float, y: float, size: float, tone: str, left: bool = False) -> None:
    k = -size if left else size
    t.poly([(x - k * 0.8, y), (x - k * 1.35, y - size * 0.45), (x - k * 1.35, y + size * 0.45)], mix(tone, "#000000", 0.15))
    t.ellipse(x, y, size, size * 0.56, (mix(tone, "#ffffff", 0.2), tone))
    for n in range(2):
        t.arc(
            x - k * (0.1 + 0.3 * n),
            y,
            size * 0.42,
            -60 if not left else 120,
            60 if not left else 240,
            size * 0.09,
            "#ffffff",
            alpha=0.6,
        )
    t.ellipse(x + k * 0.55, y - size * 0.12, size * 0.13, size * 0.13, "#ffffff")
    t.ellipse(x + k * 0.58, y - size * 0.12, size * 0.07, size * 0.07, "#1c1420")


def waiting_room(width: int, height: int, seed: int) -> Table:
    """A bay window in the rain, fish along the wall, a ruler for growing, blocks, a small chair and somebody in a cape."""
    t = Table(width, height, ("#fdeecb", "#f8dfae"), seed)
    k = height / 900
    t.rect(0, height * 0.74, width, height * 0.26, ("#c98d55", "#a86d3c"))
    for n in range(9):
        t.line([(width * (n / 8), height * 0.74), (width * (1.5 * n / 8 - 0.25), height)], 2.5, "#7d4a26", alpha=0.4)
    t.rect(0, height * 0.715, width, 24 * k, "#ffffff")
    x, y, w, h = width * 0.3, 90 * k, width * 0.4, 440 * k
    t.rect(x - 18, y - 18, w + 36, h + 36, "#ffffff", 6)
    t.rect(x, y, w, h, ("#9dc6d8", "#d9ecec"))
    t.poly(
        [
            (x, y + h),
            (x, y + h * 0.62),
            (x + w * 0.3, y + h * 0.5),
            (x + w * 0.6, y + h * 0.66),
            (x + w, y + h * 0.52),
            (x + w, y + h),
        ],
        "#7fb58f",
    )
    for n in range(3):
        hx = x + w * (0.1 + 0.3 * n)
        t.rect(hx, y + h * 0.56, w * 0.16, h * 0.26, ("#e86a4a", "#f2b441", "#6a4a8c")[n])
        t.poly([(hx - 10, y + h * 0.57), (hx + w * 0.08, y + h * 0.42), (hx + w * 0.16 + 10, y + h * 0.57)], "#4b2a63")
        t.rect(hx + w * 0.05, y + h * 0.64, w * 0.06, h * 0.08, "#fff2c4")
    for _ in range(70):
        rx, ry = x + t.dice(0, w), y + t.dice(0, h * 0.94)
        t.line([(rx, ry), (rx - 4, ry + 22 * k)], 2, "#ffffff", alpha=0.55)
    for at in (1 / 3, 2 / 3):
        t.rect(x + w * at - 6, y, 12, h, "#ffffff")
    t.rect(x, y + h * 0.36, w, 10, "#ffffff")
    t.rect(x - 50, y + h + 14, w + 100, 34 * k, ("#ffffff", "#e9dcc0"), 6)
    for n, tone in enumerate(("#0b6a58", "#ee7a2c", "#4b2a63", "#e2557a", "#3f92b4")):
        _fish(t, width * (0.06 + 0.045 * (n % 2)) + n * 6, (130 + 108 * n) * k, 42 * k, tone, n % 2 == 1)
    rx = width * 0.79
    t.rect(rx, 110 * k, 54 * k, height * 0.74 - 110 * k, "#0b6a58", 8)
    for n in range(18):
        t.rect(rx + 6 * k, (140 + 29 * n) * k, (34 if n % 3 == 0 else 18) * k, 5 * k, "#fff6dd")
    t.ellipse(rx + 27 * k, 104 * k, 44 * k, 36 * k, "#f2b441")
    t.ellipse(rx + 16 * k, 96 * k, 5 * k, 6 * k, "#2c1f16")
    t.ellipse(rx + 40 * k, 96 * k, 5 * k, 6 * k, "#2c1f16")
    t.arc(rx + 28 * k, 102 * k, 16 * k, 20, 160, 4 * k, "#2c1f16")
    for n, tone in enumerate(("#e86a4a", "#f2b441", "#0b6a58")):
        t.rect(width * 0.865 + (n % 2) * 92 * k, (740 - 86 * (n // 2)) * k, 88 * k, 88 * k, (mix(tone, "#ffffff", 0.15), tone), 10)
        t.ellipse(width * 0.865 + (n % 2) * 92 * k + 44 * k, (784 - 86 * (n // 2)) * k, 22 * k, 22 * k, "#fff6dd")
    cx, foot = width * 0.5, 770 * k
    t.ellipse(cx, foot + 8, 190 * k, 26 * k, "#5a2e12", alpha=0.35, blur=10)
    for side in (-1, 1):
        t.rect(cx + side * 58 * k - 26 * k, foot - 44 * k, 54 * k, 50 * k, ("#f2b441", "#d8932a"), 16)
        t.rect(cx + side * 40 * k - 22 * k, foot - 130 * k, 44 * k, 100 * k, "#3f5a8c", 12)
    t.poly(
        [
            (cx - 96 * k, foot - 100 * k),
            (cx - 60 * k, foot - 300 * k),
            (cx + 60 * k, foot - 300 * k),
            (cx + 96 * k, foot - 100 * k),
        ],
        ("#f7c64a", "#e0a02c"),
    )
    for n in range(3):
        t.ellipse(cx, foot - (262 - 56 * n) * k, 7 * k, 7 * k, "#ffffff")
    person_face = Face("#c98f6c", "#3a2218", "#e0a02c", cut="curly", wear="crew")
    _child(t, person_face, cx, foot - 300 * k, 150 * k)
    return t


def _child(t: Table, face: Face, x: float, foot: float, size: float) -> None:
    """A child's head: rounder than `studio.person` draws them, under a rain hat."""
    s = size / 100
    y = foot - 46 * s
    t.rect(x - 16 * s, y + 30 * s, 32 * s, 26 * s, mix(face.skin, "#2a1210", 0.25), 6)
    for side in (-1, 1):
        t.ellipse(x + side * 50 * s, y + 4 * s, 9 * s, 12 * s, mix(face.skin, "#2a1210", 0.12))
    t.ellipse(x, y, 52 * s, 48 * s, (mix(face.skin, "#ffffff", 0.14), mix(face.skin, "#2a1210", 0.08)))
    for n in range(9):
        a = math.pi * (1.06 + 0.88 * n / 8)
        t.ellipse(x + 45 * s * math.cos(a), y - 4 * s + 42 * s * math.sin(a), 14 * s, 13 * s, face.hair)
    t.poly(
        [(x - 72 * s, y - 16 * s), (x - 46 * s, y - 66 * s), (x + 46 * s, y - 66 * s), (x + 72 * s, y - 16 * s), (x, y - 30 * s)],
        ("#ffd76a", "#e8ac34"),
    )
    for side in (-1, 1):
        t.ellipse(x + side * 19 * s, y + 4 * s, 5 * s, 6.5 * s, "#24140e")
        t.ellipse(x + side * 18 * s, y + 2 * s, 1.6 * s, 1.8 * s, "#ffffff")
        t.ellipse(x + side * 32 * s, y + 18 * s, 9 * s, 6 * s, "#e0664f", alpha=0.32, blur=3 * s)
    t.arc(x, y + 12 * s, 13 * s, 20, 160, 3 * s, "#8c3a2e")


HOUSES: tuple[tuple[float, float, str], ...] = (
    (120, 250, "#e86a4a"),
    (330, 330, "#f2b441"),
    (560, 230, "#6a4a8c"),
    (820, 210, "#3f92b4"),
    (430, 650, "#e2557a"),
    (740, 570, "#0b6a58"),
    (1010, 500, "#f2b441"),
    (1190, 420, "#e86a4a"),
    (1000, 90, "#e2557a"),
)
"""Where the lane's houses stand, and their colours."""


def lane_map(width: int, height: int, seed: int) -> Table:
    """The lane as a child would draw it from above: houses, trees, puddles, and a dotted way."""
    t = Table(width, height, ("#8fc79a", "#7ab98a"), seed)
    lane = [(-60, 560), (180, 470), (420, 520), (640, 390), (880, 420), (1080, 260), (1360, 220)]
    t.line(lane, 120, "#f6ead0")
    for x, y in lane:
        t.ellipse(x, y, 60, 60, "#f6ead0")
    for x, y, rx in ((250, 490, 64), (560, 450, 46), (760, 404, 72), (1010, 330, 50), (1190, 236, 60)):
        t.ellipse(x, y, rx, rx * 0.5, ("#a9d6e6", "#5fa3c0"))
        t.ellipse(x - rx * 0.2, y - rx * 0.12, rx * 0.5, rx * 0.16, "#ffffff", alpha=0.5)
    for x, y, tone in HOUSES:
        t.rect(x - 44, y - 40, 100, 84, "#2c4a36", 4, alpha=0.3, blur=6)
        t.rect(x - 50, y - 46, 100, 84, (mix(tone, "#ffffff", 0.15), tone), 4)
        t.poly([(x - 62, y - 44), (x, y - 96), (x + 62, y - 44)], "#4b2a63")
        t.rect(x - 12, y - 6, 26, 44, "#fff6dd", 3)
        for side in (-36, 18):
            t.rect(x + side, y - 32, 20, 20, "#fff2c4", 2)
    for _ in range(34):
        x, y = t.dice(0, width), t.dice(0, height)
        near = min(math.hypot(x - place[0], (y - place[1]) * 1.2) for place in (*HOUSES, *lane))
        if near > 118:
            t.ellipse(x + 5, y + 8, 30, 26, "#2c4a36", alpha=0.25, blur=5)
            t.ellipse(x, y, 30, 28, ("#4f9a68", "#2f7a56"))
            t.ellipse(x - 8, y - 8, 12, 10, "#8fd09a", alpha=0.5)
    for n in range(46):
        share = n / 45 * (len(lane) - 1)
        i = min(len(lane) - 2, int(share))
        f = share - i
        t.ellipse(lane[i][0] + (lane[i + 1][0] - lane[i][0]) * f, lane[i][1] + (lane[i + 1][1] - lane[i][1]) * f, 7, 7, "#ee7a2c")
    return t


def boots(width: int, height: int, seed: int) -> Table:
    """Two shelves of rubber boots by the door, no two pairs alike, over hooks with little coats."""
    t = Table(width, height, ("#f6e3bd", "#eccf99"), seed)
    for n in range(24):
        t.rect(n * width / 24, 0, 2, height, "#c9a268", alpha=0.5)
    tones = ("#ee7a2c", "#0b6a58", "#f2b441", "#4b2a63", "#e2557a", "#3f92b4", "#7fb84a", "#d8483a", "#8c6ab4")
    for row in range(2):
        floor = height * (0.5 + 0.45 * row)
        t.rect(0, floor, width, 26, ("#b67c46", "#8a5628"))
        t.rect(0, floor + 26, width, 30, "#5a3616", alpha=0.25, blur=10)
        for n in range(9):
            tone, x = tones[(n * 4 + row * 5) % 9], 40 + n * 140 + row * 16
            tall = t.dice(120, 186)
            for lean in (0, 50):
                shade = mix(tone, "#000000", 0.16 if not lean else 0)
                t.rect(x + lean, floor - tall, 46, tall - 8, (mix(shade, "#ffffff", 0.2), shade), 8)
                t.rect(x + lean, floor - 46, 78 if lean else 70, 46, (mix(shade, "#ffffff", 0.08), mix(shade, "#000000", 0.12)), 20)
                t.rect(x + lean - 2, floor - 12, 82 if lean else 74, 12, mix(tone, "#ffffff", 0.7), 5)
                t.rect(x + lean - 3, floor - tall - 2, 52, 16, mix(tone, "#ffffff", 0.45), 6)
            if n % 3 == 0:
                for m in range(3):
                    t.ellipse(x + 72, floor - tall + 40 + m * 30, 7, 7, "#fffdf6")
    return t


# -- Slow Wave --------------------------------------------------------------------------------------------------------------


def night_room(width: int, height: int, seed: int) -> Table:
    """A bed in a dark room, a lamp turned low, wires to a small box, and snow lights beyond the window."""
    t = Table(width, height, ("#10142a", "#1a1f3c"), seed)
    k = height / 800
    x, y, w, h = width * 0.1, 70 * k, width * 0.34, 400 * k
    t.rect(x - 12, y - 12, w + 24, h + 24, "#2a3054")
    t.rect(x, y, w, h, ("#141b44", "#4a5a94"))
    for _ in range(60):
        t.ellipse(x + t.dice(0, w), y + t.dice(0, h * 0.5), 1.4, 1.4, "#dfe6ff", alpha=0.8)
    t.ellipse(x + w * 0.72, y + h * 0.24, 36 * k, 36 * k, "#f4eeda")
    t.ellipse(x + w * 0.72 - 14 * k, y + h * 0.24 - 8 * k, 32 * k, 34 * k, "#1b2450")
    t.poly(
        [
            (x, y + h * 0.7),
            (x + w * 0.25, y + h * 0.46),
            (x + w * 0.45, y + h * 0.66),
            (x + w * 0.74, y + h * 0.4),
            (x + w, y + h * 0.62),
            (x + w, y + h),
            (x, y + h),
        ],
        ("#3a4678", "#20284e"),
    )
    t.poly(
        [(x + w * 0.25, y + h * 0.46), (x + w * 0.18, y + h * 0.55), (x + w * 0.26, y + h * 0.54), (x + w * 0.33, y + h * 0.56)],
        "#c9d2f2",
    )
    t.poly(
        [(x + w * 0.74, y + h * 0.4), (x + w * 0.64, y + h * 0.51), (x + w * 0.75, y + h * 0.5), (x + w * 0.86, y + h * 0.52)],
        "#c9d2f2",
    )
    for _ in range(40):
        lx, ly = x + t.dice(0, w), y + h * t.dice(0.78, 0.9)
        t.ellipse(lx, ly, 2.4, 2, "#ffd9a0")
        t.rect(lx - 1, ly + 8, 2, 18, "#ffd9a0", alpha=0.35)
    t.rect(x + w / 2 - 5, y, 10, h, "#2a3054")
    for n in range(9):
        t.poly(
            [(x - 60 + n * 11, y - 30), (x - 48 + n * 11, y - 30), (x - 44 + n * 8, y + h + 70), (x - 60 + n * 8, y + h + 70)],
            mix("#3a3f74", "#171b36", (n % 3) / 3),
        )
    t.rect(0, height * 0.86, width, height * 0.14, ("#1c1a30", "#12111f"))
    lamp = width * 0.9
    t.light(lamp, 330 * k, 420 * k, 340 * k, "#f2b97a", 0.62)
    t.rect(lamp - 80 * k, 470 * k, 190 * k, 250 * k, ("#4a3550", "#2a1f36"), 6)
    t.rect(lamp - 60 * k, 530 * k, 150 * k, 6, "#1c1426")
    t.rect(lamp - 4, 380 * k, 8, 92 * k, "#c99a6a")
    t.poly(
        [(lamp - 70 * k, 384 * k), (lamp - 42 * k, 280 * k), (lamp + 42 * k, 280 * k), (lamp + 70 * k, 384 * k)],
        ("#ffe2b4", "#f0a860"),
    )
    t.rect(lamp + 36 * k, 442 * k, 62 * k, 30 * k, "#d9dcf0", 5)
    t.ellipse(lamp + 84 * k, 457 * k, 4, 4, "#7fe0b0")
    bed, top = width * 0.4, 560 * k
    t.rect(width * 0.82, 420 * k, 26, 330 * k, "#3a2a44", 8)
    t.rect(bed - 40, top + 90 * k, width * 0.46, 110 * k, ("#5a5f94", "#34386a"), 16)
    t.ellipse(width * 0.75, top + 44 * k, 116 * k, 52 * k, ("#f4ecdf", "#b9a9b4"))
    t.ellipse(width * 0.735, top + 10 * k, 58 * k, 52 * k, ("#d9a184", "#9a6a60"))
    t.poly(
        [
            (width * 0.75 - 40, top - 34 * k),
            (width * 0.775, top - 30 * k),
            (width * 0.79, top + 26 * k),
            (width * 0.76, top + 44 * k),
            (width * 0.752, top - 4 * k),
        ],
        "#2a1c24",
        blur=3,
    )
    t.line([(width * 0.713, top + 8 * k), (width * 0.722, top + 12 * k), (width * 0.731, top + 8 * k)], 3, "#3a2028")
    for n in range(4):
        a = (width * 0.742 + n * 9, top - 30 * k + n * 6)
        t.ellipse(*a, 5, 5, "#e9ecf8")
        t.line(
            [a, (width * 0.82, top - 90 * k + n * 8), (lamp + 44 * k, 452 * k)],
            2.2,
            ("#b4b9f7", "#f0c9a4", "#e9ecf8", "#8fd0c0")[n],
            alpha=0.8,
        )
    cover = [
        (width * 0.71, top + 44 * k),
        (width * 0.64, top - 8 * k),
        (width * 0.54, top - 22 * k),
        (width * 0.44, top + 8 * k),
        (bed - 40, top + 40 * k),
        (bed - 50, top + 170 * k),
        (width * 0.74, top + 170 * k),
    ]
    t.poly(cover, ("#8f96d6", "#4a4f92"), blur=2)
    for n in range(5):
        cx = width * (0.44 + 0.055 * n)
        t.line([(cx + 20, top + 4 * k), (cx - 10, top + 150 * k)], 5, "#343a78", alpha=0.4, blur=4)
    return t


def traces(width: int, height: int, ground: str, ink: str, seed: int) -> Table:
    """A night on paper: eight leads, with slow waves where the sleep is deep and spindles before it."""
    t = Table(width, height, (mix(ground, "#ffffff", 0.35), ground), seed)
    for n in range(0, width, 20):
        t.rect(n, 0, 2 if n % 100 == 0 else 1, height, ink, alpha=0.16)
    for n in range(0, height, 20):
        t.rect(0, n, width, 2 if n % 100 == 0 else 1, ink, alpha=0.16)
    for lead in range(8):
        base = 50 + lead * 90
        points: list[Point] = []
        phase, pace = t.dice(0, 6), t.dice(0.9, 1.15)
        for n in range(0, width + 1, 3):
            x = n / width
            deep = 1 / (1 + math.exp(-(x - 0.46) * 16)) * (1 - 1 / (1 + math.exp(-(x - 0.86) * 30)))
            spindle = math.exp(-(((x - 0.34) / 0.035) ** 2)) + 0.8 * math.exp(-(((x - 0.19) / 0.03) ** 2))
            value = 34 * deep * math.sin(x * 62 * pace + phase) + 9 * math.sin(x * 160 + phase * 2) * (1 - deep * 0.6)
            points.append((float(n), base + value + 20 * spindle * math.sin(x * 640) + t.dice(-4, 4)))
        t.line(points, 2.4, ink if lead != 4 else "#6f52b8")
    return t


def night_town(width: int, height: int, seed: int) -> Table:
    """Roofs on a hillside at night, one window lit."""
    sky: Stops = ((0, "#0a0e22"), (0.5, "#1c2650"), (0.66, "#3a4478"), (1, "#3a4478"))
    sea: Stops = ((0, "#3a4478"), (0.4, "#18204a"), (1, "#0a0e20"))
    scene = harbour((width, height), sky, ("#2a3262", "#12162e"), sea, seed, 3)
    scene.stars("#dfe6ff", 0.4, 120)
    t = Table(width, height, "#000000", seed)
    t.image = scene.image.resize(t.image.size)
    return t


# -- marks ------------------------------------------------------------------------------------------------------------------

OSRIC: tuple[Shape, ...] = (
    ("rect", (12, 10, 9, 44, 0), "{post}"),
    ("rect", (12, 45, 40, 9, 0), "{line}"),
    ("rect", (43, 26, 9, 28, 0), "{line}"),
    ("circle", (47.5, 18, 9), "{stop}"),
)
PUDDLE: tuple[Shape, ...] = (
    ("poly", (32, 8, 44, 28, 40, 36, 24, 36, 20, 28), "{drop}"),
    ("circle", (32, 29, 12), "{drop}"),
    ("rect", (8, 46, 48, 8, 4), "{pool}"),
    ("rect", (18, 57, 28, 4, 2), "{pool}"),
)
WAVE: tuple[Shape, ...] = (
    ("poly", (4, 36, 14, 18, 24, 36, 24, 44, 14, 27, 4, 44), "{wave}"),
    ("poly", (24, 36, 34, 54, 44, 36, 44, 28, 34, 45, 24, 28), "{wave}"),
    ("poly", (44, 36, 52, 22, 60, 36, 60, 44, 52, 31, 44, 44), "{wave}"),
    ("circle", (52, 12, 5), "{moon}"),
)


def _osric(size: tuple[int, int], post: str, line: str, ink: str) -> bytes:
    words = (Word("Osric Street", 50, 20, 21, 126, SANS, 700), Word("HOSPITAL", 50, 37, 12, 88, SANS, 400))
    return wordmark(size, (188, 44), tinted(OSRIC, post=post, line=line, stop=post), (-4, -2, 48), ink, words)


def _puddle(size: tuple[int, int], drop: str, pool: str, ink: str) -> bytes:
    words = (Word("Puddle Lane", 48, 26, 22, 128, ROUND, 700), Word("clinic for the small", 49, 41, 11.5, 100, SANS))
    return wordmark(size, (184, 46), tinted(PUDDLE, drop=drop, pool=pool), (-2, -2, 48), ink, words)


def _wave(size: tuple[int, int], wave: str, moon: str, ink: str) -> bytes:
    words = (Word("slow wave", 56, 29, 26, 128, "'Century Gothic', 'Liberation Sans', sans-serif"),)
    return wordmark(size, (189, 42), tinted(WAVE, wave=wave, moon=moon), (2, -4, 48), ink, words)


# -- who shows what ---------------------------------------------------------------------------------------------------------


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Osric Street Hospital: its corridors, and a red line."""
    folder, red = "templates/patient-portal", "#c2185a"
    yield from marks(folder, "osric", "#2A2F86", tinted(OSRIC, post="#E5E5F6", line="#B0134C", stop="#FFF3D9"))
    for scale, name in ((1, ""), (2, "-2x")):
        size = (188 * scale, 44 * scale)
        yield f"{folder}/assets/logos/osric-header{name}.svg", _osric(size, "#2A2F86", "#B0134C", "#15173A")
        yield f"{folder}/assets/logos/osric-footer{name}.svg", _osric(size, "#FFF3D9", "#F07AA0", "#FFF3D9")
    pictures: Sequence[tuple[str, Table, int]] = (
        ("corridor", corridor(1080, 1080, ("#aeb4e2", "#c4c8ee"), "#8f94c4", "#4a52b0", red, 3), 50),
        ("plan", floor_plan(1280, 720, "#3a40a0", "#e5e5f6", "#e8487e", 5), 36),
        ("cabinets", cabinets(1280, 720, "#3f7a80", "#fff3d9", 7), 34),
        ("desk", front_desk(1280, 720, "#b9bee6", "#8a6a8c", red, 9), 46),
        ("phone", telephone(760, 520, "#c4c8ee", "#15173a", red, 11), 56),
        ("bedside", bedside(760, 520, "#b4b9e4", "#1d2050", red, 13), 56),
        ("paper", letter(760, 520, "#d3c0b4", "#15173a", red, 17), 52),
        ("nurses", nurses(720, 840, "#b9bee6", red, 19), 56),
    )
    for name, table, quality in pictures:
        table.grain(2)
        yield f"{folder}/assets/images/{name}.jpg", table.jpeg(quality)


def puddle_lane() -> Iterator[tuple[str, bytes]]:
    """Puddle Lane Clinic: rain outside, fish inside."""
    folder = "requirements/puddle-lane-01"
    yield from marks(folder, "puddle", "#4B2A63", tinted(PUDDLE, drop="#FFFDF6", pool="#EE7A2C"))
    yield f"{folder}/assets/logos/puddle-plum.svg", _puddle((184, 46), "#0B6A58", "#EE7A2C", "#4B2A63")
    yield f"{folder}/assets/logos/puddle-white.svg", _puddle((168, 42), "#FFFFFF", "#F5A468", "#FFFFFF")
    pictures: Sequence[tuple[str, Table, int]] = (
        ("waiting-room", waiting_room(1280, 900, 23), 58),
        ("lane-map", lane_map(1280, 720, 29), 46),
        ("boots", boots(1280, 720, 31), 48),
        ("og", waiting_room(1200, 630, 23), 60),
    )
    for name, table, quality in pictures:
        table.grain(2)
        yield f"{folder}/assets/images/puddle-{name}.jpg", table.jpeg(quality)


def slow_wave() -> Iterator[tuple[str, bytes]]:
    """Slow Wave Clinic: a room at night, what it measured, and the town asleep."""
    folder = "requirements/slow-wave-02"
    yield from marks(folder, "slow-wave", "#161B2F", tinted(WAVE, wave="#B4B9F7", moon="#F0C9A4"))
    yield f"{folder}/assets/logos/slow-wave-pale.svg", _wave((189, 42), "#B4B9F7", "#F0C9A4", "#E9ECF8")
    yield f"{folder}/assets/logos/slow-wave-ink.svg", _wave((171, 38), "#3A2A6C", "#6F52B8", "#090B16")
    pictures: Sequence[tuple[str, Table, int]] = (
        ("room", night_room(1280, 800, 37), 58),
        ("traces", traces(1280, 720, "#f0c9a4", "#3a2a20", 41), 34),
        ("night", night_town(1280, 720, 43), 54),
        ("og", night_room(1200, 630, 37), 60),
    )
    for name, table, quality in pictures:
        table.grain(2)
        yield f"{folder}/assets/images/slow-wave-{name}.jpg", table.jpeg(quality)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from puddle_lane()
    yield from slow_wave()
