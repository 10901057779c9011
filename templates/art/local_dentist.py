"""Pictures of Linden Row Dental Rooms, and of the two practices that take its site over: rooms, instruments, people and a map."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from art.scenery import mix
from art.signs import Shape, Word, marks, wordmark
from art.studio import Face, Table, person

HOME = "templates/local-dentist"
BIRCH = "requirements/harbour-smiles-01"
MOON = "requirements/moonrise-dental-02"
SERIF = "Georgia, 'Liberation Serif', serif"
SANS = "Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Room:
    """The colours of a treatment room, and what is seen of the day outside."""

    wall: tuple[str, str]
    floor: tuple[str, str]
    wood: str
    chair: str
    steel: str
    sky: tuple[str, str]
    leaf: str
    sun: str
    lamp: float = 0.4


GREEN = Room(
    ("#eaf5ee", "#c9e2d6"), ("#b98d66", "#8a6244"), "#9a6b48", "#1d6f69", "#dfe9e7", ("#f8f4dd", "#d9eccb"), "#5b8f5c", "#fff3cf"
)
BLUE = Room(
    ("#f7f9ff", "#dbe4f6"), ("#d9b48f", "#b58861"), "#c98f5e", "#2b4fa8", "#e8eef8", ("#dff0ff", "#f6fbff"), "#6fa07a", "#ffffff"
)
DUSK = Room(
    ("#2a2f4c", "#171b2e"),
    ("#2b2136", "#120f1c"),
    "#4a3350",
    "#3a62e0",
    "#8b93b8",
    ("#3b2350", "#c0597a"),
    "#1a2233",
    "#ffc9a0",
    0.9,
)


def window(t: Table, room: Room, x: float, y: float, w: float, h: float) -> None:
    """A tall window with branches outside, and the light that it lets in."""
    t.rect(x - 14, y - 14, w + 28, h + 28, mix(room.wood, "#ffffff", 0.5 if room.lamp < 0.5 else 0.05), 4)
    t.rect(x, y, w, h, room.sky)
    for _ in range(34):
        t.ellipse(
            x + t.dice(0, w), y + h * t.dice(0.35, 1.0), t.dice(8, 26), t.dice(8, 22), room.leaf, alpha=t.dice(0.3, 0.75), blur=3
        )
    if room.lamp > 0.5:
        t.ellipse(x + w * 0.68, y + h * 0.22, 26, 26, "#f6e7d6", alpha=0.95)
    else:
        t.light(x + w / 2, y + h * 0.3, w, h * 0.6, room.sun, 0.55)
    frame = mix(room.wood, "#ffffff", 0.55 if room.lamp < 0.5 else 0.1)
    t.rect(x + w / 2 - 5, y, 10, h, frame)
    t.rect(x, y + h * 0.4, w, 9, frame)
    t.rect(x - 26, y + h + 10, w + 52, 16, mix(frame, "#000000", 0.08))


def chair(t: Table, room: Room, x: float, y: float, s: float) -> None:
    """A treatment chair from the side, laid back a little; (x, y) is the middle of its foot."""
    dark, lit = mix(room.chair, "#000000", 0.3), mix(room.chair, "#ffffff", 0.22)

    def p(px: float, py: float) -> tuple[float, float]:
        return x + px * s, y + py * s

    t.ellipse(*p(10, 4), 190 * s, 18 * s, "#000000", alpha=0.28, blur=12 * s)
    t.rect(*p(-70, -22), 150 * s, 22 * s, (room.steel, mix(room.steel, "#000000", 0.3)), 10 * s)
    t.poly(
        [p(-22, -110), p(34, -110), p(48, -20), p(-34, -20)], (mix(room.steel, "#000000", 0.12), mix(room.steel, "#000000", 0.4))
    )
    t.poly([p(-60, -150), p(-42, -110), p(150, -108), p(190, -84), p(206, -110), p(160, -150)], (room.chair, dark))
    t.poly([p(-58, -152), p(-160, -300), p(-120, -322), p(-16, -168)], (lit, dark, "h"), blur=0.8)
    t.poly([p(-166, -298), p(-190, -350), p(-150, -372), p(-118, -324)], (lit, room.chair))
    t.line([p(-60, -152), p(150, -150)], 10 * s, lit)
    t.line([p(196, -98), p(232, -128)], 16 * s, room.chair)
    t.line([p(-70, -190), p(10, -196), p(28, -188)], 14 * s, mix(room.steel, "#000000", 0.15))


def lamp(t: Table, room: Room, x: float, y: float, s: float) -> None:
    """The lamp on its jointed arm; (x, y) is its head."""
    arm = mix(room.steel, "#000000", 0.2)
    t.line([(x + 240 * s, y - 210 * s), (x + 220 * s, y - 70 * s), (x + 60 * s, y - 96 * s), (x, y - 8 * s)], 11 * s, arm)
    t.ellipse(x + 220 * s, y - 70 * s, 13 * s, 13 * s, room.steel)
    t.ellipse(x + 60 * s, y - 96 * s, 11 * s, 11 * s, room.steel)
    t.beam(
        [(x - 44 * s, y + 16 * s), (x + 36 * s, y + 26 * s), (x + 60 * s, y + 330 * s), (x - 210 * s, y + 300 * s)],
        room.sun,
        room.lamp * 0.6,
        20,
    )
    t.poly(
        [(x - 66 * s, y - 6 * s), (x - 40 * s, y - 34 * s), (x + 56 * s, y - 10 * s), (x + 48 * s, y + 28 * s)], (room.steel, arm)
    )
    t.line([(x - 58 * s, y + 4 * s), (x + 44 * s, y + 28 * s)], 9 * s, mix(room.sun, "#ffffff", 0.4))


def plant(t: Table, x: float, y: float, s: float, leaf: str, pot: str) -> None:
    """A plant in a pot that stands at (x, y)."""
    for n in range(11):
        a = math.radians(-168 + n * 15.6)
        long = s * (0.8 + 0.35 * ((n * 5) % 4) / 3)
        tip = (x + long * math.cos(a), y - s * 0.55 + long * math.sin(a))
        mid = (x + long * 0.5 * math.cos(a) - s * 0.07, y - s * 0.6 + long * 0.5 * math.sin(a))
        low = (x + long * 0.5 * math.cos(a) + s * 0.07, y - s * 0.46 + long * 0.5 * math.sin(a))
        t.poly([(x, y - s * 0.45), mid, tip, low], (mix(leaf, "#ffffff", 0.18 if n % 2 else 0.0), mix(leaf, "#000000", 0.25)))
    t.poly(
        [(x - s * 0.28, y - s * 0.46), (x + s * 0.28, y - s * 0.46), (x + s * 0.2, y), (x - s * 0.2, y)],
        (mix(pot, "#ffffff", 0.2), mix(pot, "#000000", 0.2), "h"),
    )


def treatment_room(size: tuple[int, int], room: Room, seed: int) -> Table:
    """Chair, lamp and cabinet in front of a window."""
    w, h = size
    s = h / 800
    t = Table(w, h, room.wall, seed)
    t.rect(0, h * 0.8, w, h * 0.2, room.floor)
    window(t, room, w * 0.1, h * 0.12, w * 0.26, h * 0.46)
    t.beam([(w * 0.12, h * 0.6), (w * 0.36, h * 0.6), (w * 0.62, h), (w * 0.3, h)], room.sun, 0.26 if room.lamp < 0.5 else 0.08, 26)
    top = h * 0.56
    t.rect(w * 0.68, top, w * 0.34, h * 0.26, (mix(room.wood, "#ffffff", 0.22), room.wood))
    t.rect(w * 0.67, top - 12, w * 0.35, 14, mix(room.steel, "#ffffff", 0.3))
    for n in range(3):
        t.rect(w * (0.69 + 0.105 * n), top + 16, w * 0.095, h * 0.22, mix(room.wood, "#ffffff", 0.12), 3)
        t.rect(w * (0.725 + 0.105 * n), top + 32, w * 0.024, 5, room.steel, 2)
    for n in range(4):
        t.rect(
            w * (0.72 + 0.035 * n),
            top - 12 - (40, 62, 50, 34)[n] * s,
            22 * s,
            (40, 62, 50, 34)[n] * s,
            (mix(room.steel, room.chair, 0.1 + 0.2 * (n % 2)), mix(room.steel, "#000000", 0.2)),
            5,
        )
    plant(t, w * 0.92, top - 10, 120 * s, room.leaf if room.lamp < 0.5 else "#3f6b5a", "#c98f6e")
    t.rect(w * 0.7, h * 0.14, w * 0.12, h * 0.22, mix(room.wall[0], "#ffffff", 0.5 if room.lamp < 0.5 else 0.06))
    t.ellipse(w * 0.76, h * 0.25, 44 * s, 44 * s, mix(room.chair, room.wall[0], 0.35))
    t.poly([(w * 0.71, h * 0.35), (w * 0.75, h * 0.27), (w * 0.81, h * 0.35)], mix(room.wood, room.wall[0], 0.2))
    chair(t, room, w * 0.5, h * 0.9, 1.12 * s)
    lamp(t, room, w * 0.44, h * 0.3, 1.05 * s)
    t.ellipse(w * 0.3, h * 0.93, 70 * s, 11 * s, "#000000", alpha=0.3, blur=8)
    t.rect(w * 0.3 - 52 * s, h * 0.78, 104 * s, 26 * s, (mix(room.chair, "#ffffff", 0.12), room.chair), 13 * s)
    t.rect(w * 0.3 - 7 * s, h * 0.8, 14 * s, h * 0.1, mix(room.steel, "#000000", 0.25))
    t.line(
        [(w * 0.3 - 48 * s, h * 0.925), (w * 0.3, h * 0.9), (w * 0.3 + 48 * s, h * 0.925)], 9 * s, mix(room.steel, "#000000", 0.3)
    )
    if room.lamp > 0.5:
        t.light(w * 0.44, h * 0.55, w * 0.3, h * 0.4, room.sun, 0.3)
    t.grain(4)
    return t


def tooth(t: Table, x: float, y: float, s: float, ink: tuple[str, str]) -> None:
    """A molar seen from the side; (x, y) is the middle of its crown."""
    left = [(-1.0, -0.2), (-0.92, -0.72), (-0.5, -0.95), (0, -0.8)]
    right = [(0.5, -0.95), (0.92, -0.72), (1.0, -0.2), (0.86, 0.3), (0.72, 1.15), (0.46, 1.3), (0.26, 0.5)]
    roots = [(0, 0.36), (-0.26, 0.5), (-0.46, 1.3), (-0.72, 1.15), (-0.86, 0.3)]
    t.poly([(x + a * s, y + b * s) for a, b in (*left, *right, *roots)], ink, blur=1.6)
    t.ellipse(x - s * 0.45, y - s * 0.45, s * 0.22, s * 0.3, "#ffffff", alpha=0.8, blur=5)


def tray(kind: str, ground: tuple[str, str], seed: int) -> Table:
    """A still life for one treatment."""
    w, h = 600, 440
    t = Table(w, h, ground, seed)
    deep = mix(ground[1], "#12302e", 0.6)
    t.rect(0, h * 0.66, w, h * 0.34, (mix(ground[1], "#ffffff", 0.35), ground[1]))
    t.beam([(60, 0), (230, 0), (420, h), (160, h)], "#ffffff", 0.35, 24)
    if kind == "checkup":
        t.rect(96, 262, 410, 96, deep, 46, alpha=0.35, blur=12)
        t.rect(90, 246, 410, 92, ("#f3f8f7", "#c3d2d0"), 44)
        t.rect(106, 258, 378, 66, ("#dbe6e4", "#eef5f4"), 32)
        for n, (x, long) in enumerate(((150, 300), (170, 270), (160, 290))):
            y = 274 + n * 17
            t.line([(x, y), (x + long, y - 8)], 6, ("#8fa3a1", "#eef4f3", "h"))
            t.line([(x + 70, y - 2), (x + 150, y - 4)], 9, "#b7c8c6")
        t.ellipse(150, 262, 30, 22, ("#f8fdfc", "#9fb6b3"))
        t.arc(150, 262, 26, 0, 360, 4, "#7b918f")
        tooth(t, 430, 150, 64, ("#fffdf6", "#dfe6dc"))
    elif kind == "clean":
        t.ellipse(300, 372, 150, 20, deep, alpha=0.35, blur=10)
        for x, lean, ink in ((262, -46, "#9e3b24"), (322, 40, "#0f5c57"), (296, 4, "#e6b45c")):
            t.line([(x, 330), (x + lean, 96)], 15, (mix(ink, "#ffffff", 0.25), ink, "h"))
            t.rect(x + lean - 15, 58, 30, 52, mix(ink, "#ffffff", 0.2), 8)
            for row in range(6):
                t.rect(x + lean - 21, 64 + row * 7, 15, 4, "#ffffff", 1)
        t.poly([(216, 196), (384, 196), (364, 374), (236, 374)], ("#ffffff", "#d5ebe6"), alpha=0.62)
        t.ellipse(300, 196, 84, 12, "#ffffff", alpha=0.8)
        t.poly([(226, 280), (374, 280), (364, 374), (236, 374)], "#9fd0c6", alpha=0.55)
        plant(t, 482, 356, 86, "#5b8f5c", "#f3eadb")
    elif kind == "repair":
        t.ellipse(300, 356, 190, 22, deep, alpha=0.35, blur=12)
        t.rect(132, 300, 336, 56, ("#e7c7a2", "#b98d66"), 16)
        for n in range(5):
            x = 172 + n * 64
            t.ellipse(x, 298, 30, 16, mix("#d98f86", "#000000", 0.1))
            if n == 2:
                tooth(t, x, 176, 46, ("#ffe9b8", "#d9a648"))
            else:
                t.poly(
                    [(x - 26, 300), (x - 30, 250), (x - 14, 232), (x, 242), (x + 14, 232), (x + 30, 250), (x + 26, 300)],
                    ("#fffdf6", "#dcd9c9"),
                )
        t.line([(408, 120), (346, 180)], 7, "#8fa3a1")
        t.line([(430, 150), (352, 192)], 7, "#b7c8c6")
    else:
        t.ellipse(300, 372, 170, 20, deep, alpha=0.35, blur=10)
        t.ellipse(300, 280, 104, 96, ("#e6b45c", "#b9813a"))
        t.poly([(262, 230), (276, 90), (328, 90), (342, 230)], ("#f0c678", "#c99046"))
        t.ellipse(316, 84, 52, 36, ("#f0c678", "#c99046"))
        for x, y, r in (
            (250, 262, 17),
            (304, 312, 22),
            (356, 268, 15),
            (300, 170, 12),
            (290, 224, 14),
            (372, 320, 12),
            (236, 318, 13),
        ):
            t.ellipse(x, y, r, r * 0.85, "#8a5a2a", alpha=0.8)
        for x in (296, 332):
            t.line([(x, 58), (x - 4, 30)], 7, "#b9813a")
            t.ellipse(x - 4, 28, 8, 8, "#5a3a1c")
        t.ellipse(336, 78, 5, 6, "#2a1a10")
        t.ellipse(296, 78, 5, 6, "#2a1a10")
        t.line([(298, 102), (318, 110), (340, 101)], 4, "#5a3a1c")
        for n in range(5):
            t.rect(305 + n * 7, 103 + (2 if n in (1, 2, 3) else 0), 6, 9, "#fffdf6", 2)
        t.rect(438, 300, 70, 70, ("#0f5c57", "#0a423e"), 8)
        tooth(t, 473, 326, 17, ("#e4fff4", "#c5e3da"))
        t.rect(96, 316, 58, 54, ("#c9553a", "#9e3b24"), 8)
        t.rect(110, 264, 52, 52, ("#f0e2c8", "#d9c39c"), 8)
    t.grain(4)
    return t


def portrait(face: Face, ground: tuple[str, str], seed: int) -> Table:
    """One of the people, before a wall with light on it."""
    t = Table(400, 480, ground, seed)
    t.light(90, 90, 240, 260, "#ffffff", 0.4)
    person(t, face, 200, 110, 168)
    t.grain(4)
    return t


def streets(size: tuple[int, int], land: str, road: str, water: str, park: str, seed: int) -> Table:
    """A map of a small town: blocks, a river, a park, the way marked."""
    w, h = size
    t = Table(w, h, land, seed)
    a = math.radians(-14)

    def p(x: float, y: float) -> tuple[float, float]:
        return w / 2 + x * math.cos(a) - y * math.sin(a), h / 2 + x * math.sin(a) + y * math.cos(a)

    for column in range(-9, 10):
        for row in range(-7, 8):
            x, y = column * 108 + 14 * (row % 3), row * 92
            wide, tall = 108 - t.dice(14, 30), 92 - t.dice(12, 24)
            ink = (
                park
                if (column * 3 + row * 5) % 13 == 0
                else mix(land, road, t.dice(0.0, 0.1))
                if t.dice(0, 1) < 0.5
                else mix(land, "#000000", 0.07)
            )
            t.poly([p(x, y), p(x + wide, y), p(x + wide, y + tall), p(x, y + tall)], ink)
    for n in (-5, -1, 4):
        t.line([p(-1000, n * 92 - 9), p(1000, n * 92 - 9)], 24, road)
        t.line([p(n * 108 - 8, -900), p(n * 108 - 8, 900)], 20, road)
    bend = [p(-900 + i * 36, 170 + 90 * math.sin(i * 0.17)) for i in range(52)]
    t.line(bend, 74, water)
    t.line(bend, 58, mix(water, "#ffffff", 0.12))
    for n in (-1, 4):
        t.line([p(n * 108 - 8, 40), p(n * 108 - 8, 340)], 20, road)
    t.grain(3)
    return t


def evening(size: tuple[int, int], wall: str, deep: str, seed: int) -> Table:
    """A street at blue hour, some windows lit above round lamps."""
    w, h = size
    t = Table(w, h, (mix(wall, deep, 0.6), wall), seed)
    for n in range(6):
        x, wide = w * n / 6, w / 6 + 2
        front = mix(wall, deep, 0.3 + 0.4 * ((n * 7 + seed) % 5) / 5)
        top = h * (0.16 + 0.05 * ((n * 3 + seed) % 4))
        t.rect(x, top, wide, h, (mix(front, "#ffffff", 0.06), front))
        t.poly([(x - 6, top), (x + wide + 6, top), (x + wide - 8, top - 34), (x + 8, top - 34)], mix(front, "#000000", 0.3))
        for row in range(3):
            for column in range(3):
                lit = (n * 5 + row * 3 + column + seed) % 7 == 2
                place = (x + 26 + column * 62, top + 46 + row * 150)
                t.rect(*place, 40, 84, ("#ffe2a0", "#f0b45c") if lit else mix(front, "#000000", 0.35), 3)
                if lit:
                    t.light(place[0] + 20, place[1] + 42, 90, 120, "#ffd083", 0.35)
                t.rect(place[0] + 18, place[1], 3, 84, mix(front, "#000000", 0.2))
    t.rect(0, h * 0.9, w, h * 0.1, mix(deep, wall, 0.2))
    for x in (w * 0.24, w * 0.74):
        t.rect(x - 4, h * 0.46, 8, h * 0.48, mix(deep, "#000000", 0.2))
        t.light(x, h * 0.44, 190, 200, "#ffe0a0", 0.55)
        t.ellipse(x, h * 0.44, 22, 24, "#fff2cf")
    t.grain(5)
    return t


def quay(size: tuple[int, int]) -> Table:
    """A waiting room above a harbour: three chairs, a round lamp, masts outside."""
    w, h = size
    t = Table(w, h, ("#f9fbff", "#dce6f6"), 71)
    t.rect(w * 0.08, h * 0.1, w * 0.84, h * 0.5, ("#cfe4fb", "#f3f9ff"))
    t.rect(w * 0.08, h * 0.43, w * 0.84, h * 0.17, ("#7fa6d8", "#4a74b8"))
    for n in range(9):
        x = w * (0.12 + 0.095 * n)
        t.line([(x, h * 0.47), (x + 4, h * (0.18 + 0.05 * (n % 3)))], 4, "#7a5a48")
        t.poly(
            [(x - 44, h * 0.46), (x + 46, h * 0.46), (x + 32, h * 0.5), (x - 32, h * 0.5)],
            ("#ffffff", "#dfe6f2") if n % 2 else ("#f08660", "#c9623f"),
        )
    for _ in range(60):
        x, y = w * t.dice(0.09, 0.9), h * t.dice(0.5, 0.6)
        t.rect(x, y, t.dice(10, 46), 2, "#ffffff", alpha=0.4)
    for n in range(5):
        t.rect(w * (0.08 + 0.21 * n) - 7, h * 0.08, 14, h * 0.53, "#ffffff")
    t.rect(w * 0.06, h * 0.6, w * 0.88, 18, "#ffffff")
    t.rect(0, h * 0.82, w, h * 0.18, ("#dcb995", "#b58861"))
    for n, x in enumerate((0.2, 0.4, 0.72)):
        ink = ("#2b4fa8", "#f08660", "#2b4fa8")[n]
        cx = w * x
        t.ellipse(cx, h * 0.93, 110, 14, "#4a3020", alpha=0.35, blur=9)
        t.rect(cx - 84, h * 0.58, 168, 150, (mix(ink, "#ffffff", 0.2), ink), 60)
        t.rect(cx - 98, h * 0.73, 196, 62, (mix(ink, "#ffffff", 0.1), mix(ink, "#000000", 0.2)), 28)
        for lean in (-70, 70):
            t.line([(cx + lean, h * 0.8), (cx + lean * 1.15, h * 0.93)], 8, "#8a6244")
    plant(t, w * 0.89, h * 0.9, 190, "#5f9470", "#ffffff")
    t.beam([(w * 0.2, h * 0.62), (w * 0.4, h * 0.62), (w * 0.62, h), (w * 0.3, h)], "#ffffff", 0.35, 26)
    t.grain(4)
    return t


LEAF: tuple[Shape, ...] = (
    ("ring", (32, 32, 24, 4), "#0F5C57"),
    ("poly", (20, 22, 32, 18, 44, 22, 46, 32, 40, 48, 35, 48, 32, 38, 29, 48, 24, 48, 18, 32), "#9E3B24"),
)
WAVE: tuple[Shape, ...] = (
    ("circle", (32, 28, 22), "#2B4FA8"),
    ("rect", (4, 36, 56, 24, 0), "#FFFFFF"),
    ("rect", (8, 40, 48, 6, 3), "#F08660"),
    ("rect", (16, 51, 32, 6, 3), "#2B4FA8"),
)
WAVE_PALE: tuple[Shape, ...] = (
    ("circle", (32, 28, 22), "#FFFDFA"),
    ("rect", (4, 36, 56, 24, 0), "#152C52"),
    ("rect", (8, 40, 48, 6, 3), "#F08660"),
    ("rect", (16, 51, 32, 6, 3), "#FFFDFA"),
)
CRESCENT: tuple[Shape, ...] = (
    ("circle", (30, 32, 24), "#EEF1F8"),
    ("circle", (40, 26, 20), "#0F1422"),
    ("circle", (46, 40, 5), "#D2609A"),
)
CRESCENT_PALE: tuple[Shape, ...] = (
    ("circle", (30, 32, 24), "#FFFFFF"),
    ("circle", (40, 26, 20), "#3B2350"),
    ("circle", (46, 40, 5), "#F3B6D2"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Linden Row: mint walls, teal and brick."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "linden", "#DBF1E9", LEAF)
    pale: tuple[Shape, ...] = tuple((kind, numbers, "#E4FFF4") for kind, numbers, _ in LEAF)
    for tone, ink, shapes in (("dark", "#10302E", LEAF), ("light", "#E4FFF4", pale)):
        words = (Word("Linden Row", 54, 23, 21, 112, SERIF), Word("dental rooms", 55, 38, 12, 72, SANS))
        for suffix, size in (("", (190, 44)), ("-2x", (380, 88))):
            yield f"{HOME}/assets/logos/linden-{tone}{suffix}.svg", wordmark(size, (190, 44), shapes, (1, 0, 44), ink, words)
    yield f"{images}/room.jpg", treatment_room((1180, 900), GREEN, 2).jpeg(58)
    grounds = {
        "checkup": ("#e9f3ee", "#a9cdbf"),
        "clean": ("#f6ead6", "#e3c8a0"),
        "repair": ("#f3d9cf", "#dba792"),
        "child": ("#d9ecf0", "#a5cbd2"),
    }
    for n, (kind, ground) in enumerate(grounds.items()):
        yield f"{images}/{kind}.jpg", tray(kind, ground, 10 + n).jpeg(58)
    yield f"{images}/ada.jpg", portrait(Face("#ecc0a0", "#7a4326", "#1d6f69", "bob", "scrub"), ("#dcebe2", "#a9c9bb"), 31).jpeg(60)
    yield (
        f"{images}/femi.jpg",
        portrait(Face("#7e4e34", "#17100e", "#1d6f69", "short", "scrub", True), ("#f1e3cb", "#d3b98f"), 32).jpeg(60),
    )
    yield f"{images}/joan.jpg", portrait(Face("#f0ccb0", "#c9c2b8", "#9e3b24", "bun", "scrub"), ("#f0d6cb", "#d3a796"), 33).jpeg(60)
    yield f"{images}/lamp.jpg", evening((1280, 720), "#2f5a4b", "#0d241f", 44).jpeg(46)
    yield f"{images}/map.jpg", streets((1280, 760), "#cfe5db", "#f5fbf8", "#8fbfd0", "#9cc79a", 5).jpeg(46)


def harbour_smiles() -> Iterator[tuple[str, bytes]]:
    """Harbour Smiles: white rooms above blue water."""
    yield from marks(BIRCH, "harboursmiles", "#FFFFFF", WAVE)
    words = (Word("Harbour Smiles", 50, 28, 21, 146, SANS, 700),)
    yield f"{BIRCH}/assets/logos/harboursmiles-navy.svg", wordmark((200, 44), (200, 44), WAVE, (2, 2, 40), "#15213D", words)
    yield f"{BIRCH}/assets/logos/harboursmiles-white.svg", wordmark((182, 40), (200, 44), WAVE_PALE, (2, 2, 40), "#FFFDFA", words)
    yield f"{BIRCH}/assets/images/harboursmiles-quay.jpg", quay((1280, 860)).jpeg(62)
    yield (
        f"{BIRCH}/assets/images/harboursmiles-chart.jpg",
        streets((1280, 720), "#eef2fb", "#ffffff", "#9cc0ee", "#cfe3cf", 9).jpeg(52),
    )
    yield f"{BIRCH}/assets/images/harboursmiles-og.jpg", quay((1200, 630)).jpeg(62)


def moonrise() -> Iterator[tuple[str, bytes]]:
    """Moonrise Dental: the same trade after dark."""
    yield from marks(MOON, "moonrise", "#0F1422", CRESCENT)
    words = (Word("Moonrise", 50, 24, 22, 100, SERIF), Word("DENTAL", 51, 38, 11, 62, SANS))
    yield f"{MOON}/assets/logos/moonrise-pale.svg", wordmark((164, 44), (164, 44), CRESCENT, (1, 1, 42), "#EEF1F8", words)
    yield f"{MOON}/assets/logos/moonrise-plum.svg", wordmark((149, 40), (164, 44), CRESCENT_PALE, (1, 1, 42), "#FFFFFF", words)
    yield f"{MOON}/assets/images/moonrise-room.jpg", treatment_room((1280, 860), DUSK, 3).jpeg(60)
    yield f"{MOON}/assets/images/moonrise-street.jpg", evening((1280, 720), "#5b3a78", "#140f26", 46).jpeg(52)
    yield f"{MOON}/assets/images/moonrise-og.jpg", treatment_room((1200, 630), DUSK, 3).jpeg(60)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from harbour_smiles()
    yield from moonrise()
