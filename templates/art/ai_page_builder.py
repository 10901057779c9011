"""Pictures of Halfday, a builder of pages, and of the two studios that take its site over: screens, paper and ribbons of light."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from art.scenery import mix
from art.signs import Shape, Word, marks, wordmark
from art.studio import Face, Table, person

HOME = "templates/ai-page-builder"
KITE = "requirements/kitepress-01"
SHIFT = "requirements/latecommit-02"
SANS = "'Arial Rounded MT Bold', Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Tint:
    """The colours that a set of pictures is drawn in."""

    ground: str
    panel: str
    ink: str
    one: str
    two: str
    three: str


PEACH = Tint("#fbebdc", "#f3d5be", "#2b1a3d", "#4b2a8c", "#b83a10", "#174f4b")
SKY = Tint("#f5f8ff", "#dee8fb", "#0a1a33", "#1d4ed8", "#ff7557", "#0a5d7a")
NIGHT = Tint("#0c1016", "#171e29", "#edf2f8", "#93a9ff", "#b5e48c", "#146e61")


def ribbons(size: tuple[int, int], ground: str, bands: tuple[str, ...], seed: int, rise: float = 0.5) -> Table:
    """Broad bands that turn in the light, each with a bright edge and a shadow below it."""
    w, h = size
    t = Table(w, h, (mix(ground, "#ffffff", 0.06), mix(ground, "#000000", 0.1)), seed)
    t.light(w * 0.75, h * 0.2, w * 0.5, h * 0.6, bands[0], 0.35)
    for n, colour in enumerate(bands):
        phase, swing = t.dice(0, 6.2), t.dice(0.1, 0.2) * h
        level, thick = h * (0.2 + 0.7 * n / len(bands)), h * t.dice(0.12, 0.2)
        top: list[tuple[float, float]] = []
        low: list[tuple[float, float]] = []
        for i in range(97):
            x = w * (i / 96 * 1.1 - 0.05)
            y = level - rise * (x / w - 0.5) * h * 0.6 + swing * math.sin(x / w * 3.6 + phase)
            turn = 0.45 + 0.55 * math.sin(x / w * 4.4 + phase * 1.7)
            top.append((x, y))
            low.append((x, y + thick * turn))
        shape = [*top, *reversed(low)]
        t.poly([(x + 6, y + 26) for x, y in shape], mix(ground, "#000000", 0.55), alpha=0.35, blur=18)
        t.poly(shape, (mix(colour, "#ffffff", 0.2), mix(colour, ground, 0.35), "h"))
        t.poly(low + [(x, y - 9) for x, y in reversed(low)], mix(colour, "#000000", 0.4), alpha=0.3, blur=5)
        t.line(top, 2, mix(colour, "#ffffff", 0.6), alpha=0.8)
    t.grain(4)
    return t


def weave(size: tuple[int, int], tint: Tint, seed: int) -> Table:
    """Sheets of paper lying over each other, ruled in places, with the light of a window across them."""
    w, h = size
    t = Table(w, h, (tint.panel, mix(tint.panel, tint.one, 0.16)), seed)
    for n in range(11):
        cx, cy, a = t.dice(0, w), t.dice(0, h), t.dice(-0.35, 0.35)
        half, tall = t.dice(130, 240), t.dice(160, 270)
        corners = [
            (cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a))
            for x, y in ((-half, -tall), (half, -tall), (half, tall), (-half, tall))
        ]
        face = mix(tint.ground, (tint.one, tint.two, tint.three)[n % 3], 0.0 if n % 3 else 0.22)
        t.poly([(x + 8, y + 18) for x, y in corners], tint.ink, alpha=0.2, blur=14)
        t.poly(corners, (mix(face, "#ffffff", 0.25), face))
        for row in range(5):
            y, end = -tall * 0.6 + row * 34, half * t.dice(0.1, 0.75)
            ends = [(cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a)) for x in (-half * 0.75, end)]
            t.line(ends, 7 if row else 15, (tint.one, tint.two, tint.three)[n % 3], alpha=0.32 if row else 0.6)
    t.beam([(w * 0.5, 0), (w * 0.72, 0), (w * 0.4, h), (w * 0.1, h)], "#ffffff", 0.22, 30)
    t.grain(4)
    return t


def _text(
    t: Table, x: float, y: float, w: float, rows: int, ink: str, tall: float = 7, gap: float = 15, alpha: float = 0.5
) -> None:
    for row in range(rows):
        t.rect(x, y + row * gap, w * (0.62 if row == rows - 1 and rows > 1 else 1), tall, ink, tall / 2, alpha=alpha)


def _thumb(t: Table, x: float, y: float, w: float, h: float, first: str, second: str, round_: float = 10) -> None:
    """A small picture on a drawn screen: hills under a disc."""
    t.rect(x, y, w, h, (mix(first, "#ffffff", 0.35), mix(second, "#ffffff", 0.25)), round_)
    t.ellipse(x + w * 0.7, y + h * 0.36, h * 0.16, h * 0.16, "#ffffff", alpha=0.8)
    t.poly([(x + 4, y + h - 2), (x + w * 0.34, y + h * 0.48), (x + w * 0.6, y + h - 2)], first, alpha=0.85)
    t.poly([(x + w * 0.4, y + h - 2), (x + w * 0.72, y + h * 0.62), (x + w - 4, y + h - 2)], second, alpha=0.85)


def screen(tint: Tint, seed: int) -> Table:
    """The builder at work: a rail of steps, a page being drafted, a margin with remarks."""
    w, h = 1120, 640
    t = Table(w, h, (mix(tint.ground, "#ffffff", 0.5), tint.ground), seed)
    t.rect(0, 0, w, 66, mix(tint.panel, tint.ground, 0.3))
    for n, ink in enumerate((tint.two, tint.one, tint.three)):
        t.ellipse(34 + 24 * n, 33, 7, 7, ink)
    t.rect(w / 2 - 190, 18, 380, 30, tint.ground, 15)
    _text(t, w / 2 - 80, 29, 160, 1, tint.ink, 8)
    t.rect(w - 136, 16, 108, 34, tint.one, 17)
    _text(t, w - 112, 29, 60, 1, tint.ground, 8, alpha=0.9)
    t.rect(0, 66, 204, h - 66, mix(tint.panel, tint.ground, 0.55))
    for n in range(6):
        y = 100 + n * 62
        if n == 2:
            t.rect(14, y - 14, 176, 48, tint.ground, 14)
        t.rect(28, y, 20, 20, (tint.one, tint.two, tint.three)[n % 3], 7, alpha=1 if n < 3 else 0.45)
        _text(t, 60, y + 6, 110 - 14 * (n % 3), 1, tint.ink, 8, alpha=0.75 if n == 2 else 0.4)
    t.rect(244, 100, 560, 620, tint.ink, 20, alpha=0.16, blur=20)
    t.rect(244, 96, 560, 620, "#ffffff" if tint is not NIGHT else "#202938", 18)
    _text(t, 276, 124, 74, 1, tint.ink, 10, alpha=0.9)
    for n in range(3):
        _text(t, 620 + n * 56, 125, 36, 1, tint.ink, 7, alpha=0.4)
    t.rect(276, 168, 300, 26, tint.ink, 6, alpha=0.92)
    t.rect(276, 204, 236, 26, tint.ink, 6, alpha=0.92)
    _text(t, 276, 254, 230, 3, tint.ink)
    t.rect(276, 316, 120, 38, tint.two, 19)
    _text(t, 300, 331, 72, 1, "#ffffff", 8, alpha=0.9)
    _thumb(t, 560, 168, 212, 190, tint.three, tint.one, 16)
    for n in range(3):
        x = 276 + n * 168
        _thumb(t, x, 396, 156, 104, (tint.one, tint.two, tint.three)[n], (tint.three, tint.one, tint.two)[n])
        _text(t, x, 516, 120, 1, tint.ink, 9, alpha=0.8)
        _text(t, x, 536, 150, 3, tint.ink, 6, 13, 0.4)
    for x, y in ((266, 158), (586, 158), (266, 240), (586, 240)):
        t.rect(x - 5, y - 5, 10, 10, tint.one, 3)
    t.line([(266, 158), (586, 158), (586, 240), (266, 240), (266, 158)], 2, tint.one)
    for n in range(3):
        y = 112 + n * 150
        face = Face("#e3b08c", "#3a2418", tint.one) if n % 2 == 0 else Face("#8d5a3c", "#1c1412", tint.two, "curly", "knit")
        t.rect(838, y + 4, 250, 122, tint.ink, 18, alpha=0.12, blur=10)
        t.rect(838, y, 250, 122, tint.panel if n else mix(tint.two, tint.ground, 0.72), 18)
        t.ellipse(868, y + 32, 17, 17, mix(face.cloth, tint.ground, 0.5))
        t.ellipse(868, y + 29, 7, 8, face.skin)
        t.rect(856, y + 38, 24, 11, face.cloth, 6)
        _text(t, 896, y + 28, 110, 1, tint.ink, 8, alpha=0.8)
        _text(t, 858, y + 66, 208, 3, tint.ink, 7, 16, 0.42)
    return t


def vignette(kind: str, tint: Tint, ground: str, seed: int) -> Table:
    """A detail of the builder on a coloured ground."""
    w, h = 520, 360
    t = Table(w, h, (mix(ground, "#ffffff", 0.22), ground), seed)
    t.light(110, 40, 260, 220, "#ffffff", 0.3)
    paper = "#fffaf4"

    def card(x: float, y: float, wide: float, tall: float, colour: str = paper, round_: float = 18) -> None:
        t.rect(x + 4, y + 14, wide, tall, mix(ground, "#000000", 0.75), round_, alpha=0.4, blur=14)
        t.rect(x, y, wide, tall, colour, round_)

    if kind == "layout":
        for n in range(3):
            x, y = 46 + n * 148, 60 + (34 if n == 1 else 0)
            card(x, y, 132, 220)
            t.rect(x + 14, y + 16, 104, 70 if n != 1 else 34, (tint.one, tint.two, tint.three)[n], 10)
            _text(t, x + 14, y + 104 - (36 if n == 1 else 0), 104, 4, tint.ink, 8, 17)
            if n == 1:
                t.rect(x + 14, y + 142, 48, 60, tint.one, 9)
                t.rect(x + 70, y + 142, 48, 60, tint.three, 9)
    elif kind == "voice":
        card(50, 70, 300, 92)
        _text(t, 76, 100, 240, 2, tint.ink, 10, 24)
        card(160, 190, 310, 110, tint.one)
        _text(t, 186, 222, 250, 3, "#ffffff", 10, 24, 0.85)
        t.poly([(70, 158), (96, 158), (66, 190)], paper)
    elif kind == "colour":
        for n, ink in enumerate((tint.one, tint.three, tint.two, tint.ink)):
            card(64 + n * 98, 54 + n * 26, 92, 196, ink, 46)
            t.ellipse(110 + n * 98, 100 + n * 26, 26, 26, paper)
            t.rect(96 + n * 98, 97 + n * 26, 28, 6, ink, 3)
    elif kind == "phone":
        card(184, 26, 158, 322, tint.ink, 30)
        t.rect(194, 38, 138, 330, paper, 22)
        _thumb(t, 206, 62, 114, 96, tint.two, tint.one)
        _text(t, 206, 176, 110, 2, tint.ink, 13, 22, 0.9)
        _text(t, 206, 228, 112, 3, tint.ink, 6, 13)
        t.rect(206, 280, 114, 34, tint.three, 17)
    elif kind == "code":
        card(56, 52, 410, 300, "#231a33", 20)
        for row in range(8):
            x = 86 + 26 * (0, 1, 2, 2, 1, 1, 2, 0)[row]
            for part in range(3):
                long = 28 + ((row * 37 + part * 53) % 70)
                t.rect(x, 88 + row * 30, long, 10, ("#f0a884", "#bda4ff", "#9fd8c8")[(row + part) % 3], 5, alpha=0.95)
                x += long + 12
    else:
        card(60, 50, 400, 260)
        for n in range(7):
            tall = (60, 92, 80, 130, 112, 160, 188)[n]
            t.rect(92 + n * 50, 282 - tall, 32, tall, tint.two if n == 6 else mix(tint.one, paper, 0.45), 8)
        t.line([(92 + n * 50 + 16, 268 - v) for n, v in enumerate((60, 92, 80, 130, 112, 160, 188))], 3, tint.ink)
    t.grain(3)
    return t


def desk() -> Table:
    """Two people at a long desk under a lamp, a paper plan between them."""
    w, h = 640, 560
    t = Table(w, h, ("#d99a6c", "#f0c096"), 5)
    t.rect(60, 40, 220, 270, ("#fff3df", "#f9d9ae"), 6)
    for x in (166, 278, 60):
        t.rect(x, 40, 6, 270, "#8a4a34")
    t.rect(60, 170, 224, 6, "#8a4a34")
    t.beam([(70, 300), (270, 300), (520, 560), (180, 560)], "#fff1d4", 0.35, 26)
    for n, (x, y, wide, tall, ink) in enumerate(
        ((400, 60, 90, 120, "#4b2a8c"), (500, 60, 90, 56, "#b83a10"), (500, 128, 90, 52, "#174f4b"), (400, 192, 190, 44, "#fbebdc"))
    ):
        t.rect(x + 4, y + 6, wide, tall, "#5a2a1c", 3, alpha=0.35, blur=4)
        t.rect(x, y, wide, tall, (mix(ink, "#ffffff", 0.14), ink), 3)
        if n != 3:
            _text(t, x + 14, y + 18, wide - 40, 2, "#fbebdc", 5, 12, 0.7)
    person(t, Face("#e8b996", "#6a3a22", "#174f4b", "bob", "knit"), 206, 196, 104)
    person(t, Face("#8d5a3c", "#1c1412", "#4b2a8c", "short", "collar", True, True), 440, 184, 108)
    t.rect(0, 432, w, 130, ("#6b3a2a", "#44221a"))
    t.rect(0, 428, w, 12, "#a8623f")
    t.poly([(200, 560), (236, 446), (470, 446), (520, 560)], ("#fff6e8", "#f4dcc0"))
    t.poly([(250, 470), (330, 470), (326, 500), (244, 500)], "#4b2a8c", alpha=0.8)
    for n in range(4):
        t.line([(352, 472 + n * 15), (470 + n * 4, 472 + n * 15)], 4, "#2b1a3d", alpha=0.45)
    t.line([(336, 540), (420, 506)], 6, "#b83a10")
    t.rect(86, 448, 44, 54, ("#fbebdc", "#d9b090"), 8)
    t.line([(560, 0), (560, 70)], 3, "#2b1a3d")
    t.light(320, 60, 360, 260, "#ffe2b0", 0.25)
    t.grain(5)
    return t


def night_desk(size: tuple[int, int]) -> Table:
    """A desk at night: the glow of three screens, a window with a lit town behind it."""
    w, h = size
    t = Table(w, h, ("#0a0e15", "#141c28"), 8)
    t.rect(w * 0.06, h * 0.06, w * 0.88, h * 0.5, ("#101a2c", "#1d2f45"))
    for n in range(46):
        x, tall = w * (0.06 + 0.88 * n / 46), h * t.dice(0.06, 0.3)
        t.rect(x, h * 0.56 - tall, w * 0.018, tall, mix("#0b1320", "#24405c", t.dice(0, 0.5)))
        for _ in range(5):
            lamp = "#b5e48c" if t.dice(0, 1) < 0.25 else "#ffd9a0"
            t.rect(x + t.dice(2, 14), h * 0.56 - t.dice(4, tall), 4, 6, lamp, alpha=t.dice(0.2, 0.9))
    for x in (0.06, 0.35, 0.64, 0.935):
        t.rect(w * x, h * 0.04, 9, h * 0.54, "#070a10")
    t.rect(0, h * 0.8, w, h * 0.2, ("#1c2634", "#0a0e15"))
    for n, (x, wide, glow) in enumerate(((0.14, 0.22, "#146e61"), (0.39, 0.26, "#93a9ff"), (0.68, 0.2, "#b5e48c"))):
        left, across, top, tall = w * x, w * wide, h * 0.4, h * 0.32
        t.light(left + across / 2, h * 0.74, across * 0.9, h * 0.22, glow, 0.5)
        t.rect(left - 6, top - 6, across + 12, tall + 12, "#05070b", 12)
        t.rect(left, top, across, tall, (mix("#141c28", glow, 0.25), "#10161f"), 8)
        for row in range(7):
            begin = left + 18 + 20 * ((row * 3 + n) % 3)
            t.rect(begin, top + 22 + row * tall / 8.4, across * t.dice(0.2, 0.55), 8, mix(glow, "#ffffff", 0.25), 4, alpha=0.85)
        t.rect(left + across / 2 - 12, top + tall, 24, h * 0.09, "#05070b")
    person(t, Face("#5a4a48", "#0a0a0e", "#0d1420", "short", "knit"), w * 0.52, h * 0.56, h * 0.2)
    t.poly([(w * 0.445, h * 0.54), (w * 0.6, h * 0.54), (w * 0.6, h * 0.78), (w * 0.445, h * 0.78)], "#0a0e15", alpha=0.9, blur=20)
    t.light(w * 0.5, h * 0.5, w * 0.4, h * 0.3, "#93a9ff", 0.16)
    t.grain(5)
    return t


def kites(size: tuple[int, int]) -> Table:
    """Paper kites over low hills in a wide sky, their tails drawn out by the wind."""
    w, h = size
    t = Table(w, h, ("#bcd4fb", "#f3f7ff"), 14)
    for _ in range(7):
        x, y = t.dice(0, w), t.dice(0.1, 0.6) * h
        for m in range(6):
            t.ellipse(x + m * 34 - 90, y + t.dice(-12, 12), t.dice(40, 80), t.dice(14, 30), "#ffffff", alpha=0.55, blur=10)
    for n, (x, y, s, ink) in enumerate(
        (
            (0.2, 0.3, 92, "#1d4ed8"),
            (0.52, 0.2, 64, "#ff7557"),
            (0.8, 0.36, 116, "#0a5d7a"),
            (0.38, 0.52, 44, "#ff7557"),
            (0.66, 0.6, 36, "#1d4ed8"),
        )
    ):
        cx, cy = w * x, h * y
        tip, foot = (cx + s * 0.3, cy - s), (cx - s * 0.3, cy + s * 1.25)
        left, right = (cx - s * 0.72, cy - s * 0.16), (cx + s * 0.72, cy + s * 0.2)
        t.poly([tip, right, foot], (ink, mix(ink, "#000000", 0.25)))
        t.poly([tip, left, foot], (mix(ink, "#ffffff", 0.4), ink))
        t.line([tip, foot], 2, "#ffffff", alpha=0.7)
        t.line([left, right], 2, "#ffffff", alpha=0.7)
        tail = [(foot[0] - k * s * 0.16, foot[1] + s * 0.14 * k + math.sin(k * 1.1 + n) * s * 0.16) for k in range(9)]
        t.line(tail, 2.5, mix(ink, "#ffffff", 0.2))
        for bx, by in tail[2::2]:
            t.poly([(bx - 9, by - 5), (bx, by), (bx - 9, by + 6)], ink)
            t.poly([(bx + 9, by - 5), (bx, by), (bx + 9, by + 6)], ink)
    for n, (level, ink) in enumerate(((0.8, "#b9cdf2"), (0.88, "#88a6dd"), (0.95, "#4f75c0"))):
        ridge = [(w * i / 60, h * (level + 0.03 * math.sin(i * 0.16 + n * 2.2))) for i in range(61)]
        t.poly([*ridge, (w, h), (0, h)], (ink, mix(ink, "#ffffff", 0.3)))
    t.grain(4)
    return t


HALF: tuple[Shape, ...] = (
    ("circle", (32, 32, 26), "#B83A10"),
    ("rect", (6, 32, 52, 28, 0), "#4B2A8C"),
    ("rect", (14, 40, 36, 5, 2.5), "#FFE9CE"),
)
KITE_MARK: tuple[Shape, ...] = (
    ("poly", (36, 6, 54, 30, 26, 58), "#FF7557"),
    ("poly", (36, 6, 12, 24, 26, 58), "#1D4ED8"),
    ("rect", (18, 54, 18, 4, 2), "#0A1A33"),
)
KITE_PALE: tuple[Shape, ...] = (("poly", (36, 6, 54, 30, 26, 58), "#FFFFFF"), ("poly", (36, 6, 12, 24, 26, 58), "#DEE8FB"))
SHIFT_MARK: tuple[Shape, ...] = (
    ("ring", (32, 32, 22, 7), "#93A9FF"),
    ("rect", (30, 28, 30, 8, 4), "#B5E48C"),
    ("circle", (32, 32, 7), "#EDF2F8"),
)
SHIFT_DARK: tuple[Shape, ...] = (
    ("ring", (32, 32, 22, 7), "#0A0D12"),
    ("rect", (30, 28, 30, 8, 4), "#0A0D12"),
    ("circle", (32, 32, 7), "#0A0D12"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Halfday: peach paper, violet and burnt orange."""
    pictures = f"{HOME}/assets/images"
    yield from marks(f"{HOME}", "halfday", "#FBEBDC", HALF)
    pale: tuple[Shape, ...] = (("circle", (32, 32, 26), "#F3D5BE"), ("rect", (6, 32, 52, 28, 0), "#FFE9CE"))
    for tone, ink, shapes in (("dark", "#2B1A3D", HALF), ("light", "#FFE9CE", pale)):
        words = (Word("halfday", 44, 25.5, 24, 94, SANS, 700),)
        for suffix, size in (("", (140, 36)), ("-2x", (280, 72))):
            yield f"{HOME}/assets/logos/halfday-{tone}{suffix}.svg", wordmark(size, (140, 36), shapes, (1, 2, 32), ink, words)
    yield f"{pictures}/weave.jpg", weave((1280, 800), PEACH, 3).jpeg(48)
    yield f"{pictures}/ribbons.jpg", ribbons((1280, 720), "#3a1f74", ("#7a4fd0", "#b83a10", "#e08a5a", "#5a38a8"), 6).jpeg(52)
    yield f"{pictures}/screen.jpg", screen(PEACH, 2).jpeg(66)
    grounds = {
        "layout": "#d9b8ea",
        "voice": "#f0a884",
        "colour": "#9fcac0",
        "phone": "#f2c078",
        "code": "#b9a2e8",
        "numbers": "#f3b9a6",
    }
    for n, (kind, ground) in enumerate(grounds.items()):
        yield f"{pictures}/f-{kind}.jpg", vignette(kind, PEACH, ground, 20 + n).jpeg(60)
    yield f"{pictures}/desk.jpg", desk().jpeg(62)


def kitepress() -> Iterator[tuple[str, bytes]]:
    """Kitepress: paper kites in a clear sky."""
    yield from marks(KITE, "kitepress", "#F5F8FF", KITE_MARK)
    words = (Word("Kitepress", 42, 27, 24, 116, SANS, 700),)
    yield f"{KITE}/assets/logos/kitepress-dark.svg", wordmark((160, 40), (160, 40), KITE_MARK, (0, 2, 36), "#0A1A33", words)
    yield f"{KITE}/assets/logos/kitepress-light.svg", wordmark((144, 36), (160, 40), KITE_PALE, (0, 2, 36), "#FFFFFF", words)
    yield f"{KITE}/assets/images/kitepress-sky.jpg", kites((1280, 800)).jpeg(62)
    yield f"{KITE}/assets/images/kitepress-sheets.jpg", weave((1280, 720), SKY, 33).jpeg(54)
    yield f"{KITE}/assets/images/kitepress-og.jpg", kites((1200, 630)).jpeg(62)


def latecommit() -> Iterator[tuple[str, bytes]]:
    """Late Commit: screens and ribbons in the dark."""
    yield from marks(SHIFT, "latecommit", "#0C1016", SHIFT_MARK)
    words = (Word("Late Commit", 44, 26, 21, 114, SANS, 700),)
    yield f"{SHIFT}/assets/logos/latecommit-pale.svg", wordmark((168, 40), (160, 38), SHIFT_MARK, (0, 2, 34), "#EDF2F8", words)
    yield f"{SHIFT}/assets/logos/latecommit-ink.svg", wordmark((152, 36), (160, 38), SHIFT_DARK, (0, 2, 34), "#0A0D12", words)
    yield f"{SHIFT}/assets/images/latecommit-desk.jpg", night_desk((1280, 800)).jpeg(62)
    bands = ("#3c4a86", "#146e61", "#6f8f4e", "#24314a")
    yield f"{SHIFT}/assets/images/latecommit-ribbons.jpg", ribbons((1280, 720), "#0c1016", bands, 16).jpeg(56)
    yield f"{SHIFT}/assets/images/latecommit-og.jpg", night_desk((1200, 630)).jpeg(62)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from kitepress()
    yield from latecommit()
