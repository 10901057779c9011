"""Pictures of Tollgate Academy, a school of building crafts, and of the two schools that take its site over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from art.atelier import Board, Look, bust
from art.scenery import mix
from art.signs import Shape, Spaced, icon_files, placed, sign

SKELETON = "templates/training-academy"
LOAFHOUSE = "requirements/loafhouse-01"
OHMWORKS = "requirements/ohmworks-02"
PLAIN = "Verdana, 'Liberation Sans', sans-serif"
WARM = "Georgia, 'Liberation Serif', serif"
GRID = "'DejaVu Sans Mono', monospace"


# -- Tollgate ---------------------------------------------------------------------------------------------------------------


def _block(b: Board, x: float, y: float, w: float, h: float, tone: str) -> None:
    b.rect(x + 3, y + 5, w, h, "#2a2a20", r=5, alpha=0.35, blur=4)
    b.rect(x, y, w, h, mix(tone, "#ffffff", 0.16), mix(tone, "#000000", 0.1), r=5)
    for _ in range(int(w * h / 1400)):
        b.disc(x + b.random.uniform(6, w - 6), y + b.random.uniform(6, h - 6), 2.2, 1.6, mix(tone, "#3a3020", 0.4), alpha=0.6)


def wall(width: int = 1280, height: int = 800, tones: tuple[str, ...] = ("#d8cfae", "#c9bd98", "#e3dcc0", "#bcae8a")) -> Board:
    """Ashlar in courses of unequal height."""
    b = Board(width, height, "#8a8468", seed=131)
    y = 0.0
    while y < height:
        h, x = b.random.uniform(64, 112), -b.random.uniform(0, 120)
        while x < width:
            w = b.random.uniform(110, 260)
            _block(b, x, y, w - 6, h - 6, b.random.choice(tones))
            x += w
        y += h
    b.glow(width * 0.2, height * 0.1, 520, 380, "#fff6d8", 0.4)
    b.vignette("#1a2418", 0.45)
    return b


def _petals(b: Board, cx: float, cy: float, r: float, many: int, tone: str, turn: float = 0) -> None:
    for n in range(many):
        a = turn + n * 2 * math.pi / many
        c, s = math.cos(a), math.sin(a)
        tip, wide = (cx + r * c, cy + r * s), r * math.sin(math.pi / many) * 0.98
        mid = (cx + 0.62 * r * c, cy + 0.62 * r * s)
        shape = [
            (cx + 0.2 * r * c, cy + 0.2 * r * s),
            (mid[0] - wide * s, mid[1] + wide * c),
            tip,
            (mid[0] + wide * s, mid[1] - wide * c),
        ]
        b.blob([(x + 5, y + 8) for x, y in shape], "#5a4a30", alpha=0.5, blur=5)
        b.blob(shape, mix(tone, "#ffffff", 0.3 if -2.8 < math.atan2(s, c) < 0.3 else 0.06), mix(tone, "#5a4a30", 0.12))
        b.line(
            [(cx + 0.24 * r * c, cy + 0.24 * r * s), (cx + 0.84 * r * c, cy + 0.84 * r * s)],
            r * 0.02,
            mix(tone, "#5a4a30", 0.45),
            alpha=0.7,
        )


def rosette() -> Board:
    """A stone rosette half done, with mallet and chisel lying on it."""
    b = Board(640, 640, "#cfc29c", "#b3a57e", seed=132)
    for _ in range(420):
        b.disc(b.random.uniform(0, 640), b.random.uniform(0, 640), 2, 1.5, "#8a7c58", alpha=0.4)
    b.disc(320, 330, 250, 250, "#6a5c3c", alpha=0.5, blur=14)
    b.disc(320, 320, 246, 246, "#e0d5b2", "#b8aa82")
    b.disc(320, 320, 222, 222, "#b8aa82", "#d6caa4")
    _petals(b, 320, 320, 206, 12, "#dccfa8", 0.26)
    _petals(b, 320, 320, 132, 8, "#e3d8b4")
    b.disc(324, 328, 46, 46, "#5a4a30", alpha=0.5, blur=6)
    b.disc(320, 320, 44, 44, "#f2e9cc", "#c3b48a")
    for n in range(14):
        a = n * 0.45
        b.disc(320 + 26 * math.cos(a), 320 + 26 * math.sin(a), 5, 5, "#a8996e")
    b.line([(414, 466), (572, 592)], 22, "#2a2014", alpha=0.5, blur=8)
    b.line([(404, 452), (470, 506)], 17, "#7a8890")
    b.line([(402, 449), (466, 502)], 5, "#cfd8dc")
    b.line([(474, 510), (566, 584)], 26, "#8a4a20")
    b.line([(476, 504), (560, 572)], 7, "#c98a50")
    b.line([(96, 560), (210, 470)], 34, "#2a2014", alpha=0.5, blur=10)
    b.line([(86, 556), (180, 482)], 22, "#c99a60")
    b.blob([(150, 500), (196, 410), (270, 420), (280, 480), (210, 540), (160, 540)], "#b07a40", "#7a4c20")
    for _ in range(60):
        b.disc(b.random.uniform(60, 600), b.random.uniform(420, 640), 4, 3, "#efe6c8")
    b.glow(160, 120, 320, 280, "#fff8e0", 0.35)
    return b


def carving() -> Board:
    """Carved leaves in pale stone."""
    b = Board(480, 300, "#c9bc94", "#a89a72", seed=133)
    for row in range(2):
        for n in range(5):
            _petals(b, 40 + n * 104 + row * 52, 84 + row * 140, 70, 7, "#e0d4ae", 0.4 * n)
            b.disc(40 + n * 104 + row * 52, 84 + row * 140, 15, 15, "#f2e9cc", "#b8a87e")
    return b


def walling() -> Board:
    """A dry wall on a green hill."""
    b = Board(480, 300, "#a9cfd8", "#dfeee0", seed=134)
    b.blob([(-30, 150), (200, 90), (520, 140), (520, 340), (-30, 340)], "#8fb56c", "#5f8a48")
    for row in range(6):
        x = -20.0
        while x < 490:
            w, y = b.random.uniform(38, 84), 128 + row * 29
            tone = mix("#8a8a84", "#5f625c", b.random.random())
            b.blob([(x, y), (x + w, y), (x + w, y + 34), (x, y + 34)], mix(tone, "#ffffff", 0.2), mix(tone, "#000000", 0.2))
            x += w * 0.92
    for n in range(12):
        b.blob([(n * 42 - 10, 134), (n * 42 + 4, 92), (n * 42 + 22, 92), (n * 42 + 32, 134)], "#a3a49c", "#6f726a")
    return b


def plaster() -> Board:
    """A ceiling rose seen from the floor."""
    b = Board(480, 300, "#f4efe4", "#d9d0bf", seed=135)
    for r, tone in ((180, "#cbbfa8"), (150, "#fbf8f0"), (132, "#d9cfbc"), (112, "#fffdf6")):
        b.arc(240, 150, r, 0, 360, 14, tone)
    _petals(b, 240, 150, 96, 16, "#f0e8d8")
    _petals(b, 240, 150, 56, 10, "#f8f2e6", 0.3)
    b.disc(240, 150, 17, 17, "#c9a24a", "#8a6a20")
    return b


def letters() -> Board:
    """A capital A cut in slate, with the lines it was drawn by."""
    b = Board(480, 300, "#3a4650", "#28323a", seed=136)
    for y in (60, 240):
        b.line([(0, y), (480, y)], 1.6, "#8fa0aa")
    b.line([(240, 20), (240, 280)], 1.2, "#6a7a84")
    for left, right, off, tone in ((150, 236, 0, "#e6dcc0"), (330, 246, 1, "#b9ac88")):
        b.poly([(left - 16, 240), (right - 4, 60), (right + 14 - 8 * off, 60), (left + 12, 240)], tone)
        b.poly([(left - 16, 240), (right - 4, 60), (right + 4, 60), (left - 2, 240)], mix(tone, "#000000", 0.35))
    b.rect(196, 172, 92, 14, "#cfc3a0")
    b.rect(196, 172, 92, 6, "#8a7f60")
    for x in (118, 300):
        b.rect(x, 236, 62, 9, "#d9ceb0")
    b.line([(380, 70), (452, 190)], 12, "#b08a5a")
    b.line([(366, 46), (382, 74)], 9, "#cfd8dc")
    return b


def lime() -> Board:
    """Buckets of lime wash and a wide brush, half a wall done."""
    b = Board(480, 300, "#c98a5a", "#b0714a", seed=137)
    for n in range(9):
        b.rect(n * 30, -10, 33, 190 + 60 * math.sin(n * 1.7), mix("#f6ecd8", "#fffaf0", n / 9), r=14)
    b.rect(0, 252, 480, 60, "#8a6a4a", "#6a4c34")
    for x, tone in ((290, "#fff8ea"), (390, "#e6b48a")):
        b.poly([(x - 46, 176), (x + 46, 176), (x + 36, 280), (x - 36, 280)], "#7a8890", "#4a565e")
        b.disc(x, 176, 46, 13, "#aab6bc")
        b.disc(x, 178, 39, 10, tone)
        b.arc(x, 176, 46, 190, 350, 4, "#3a444a")
    b.line([(200, 150), (150, 60)], 13, "#8a4a20")
    b.poly([(186, 140), (240, 124), (262, 190), (212, 206)], "#e6d0a0", "#c9a86a")
    return b


def mosaic() -> Board:
    """Small coloured stones in rings."""
    b = Board(480, 300, "#5a4a3c", seed=138)
    tones = ("#c9472f", "#e8b84a", "#1f4a63", "#f2e6c8", "#4f8a6a")
    for ring in range(18):
        r, many = 16 + ring * 17, 6 + ring * 6
        for n in range(many):
            a = n * 2 * math.pi / many + 0.1 * ring
            x, y = 240 + r * math.cos(a), 150 + r * math.sin(a)
            if -10 < x < 490 and -10 < y < 310:
                tone = mix(
                    tones[(ring // 2 + (n * 8 // many)) % 5], b.random.choice(("#000000", "#ffffff")), b.random.uniform(0, 0.18)
                )
                c, s = math.cos(a) * 6.6, math.sin(a) * 6.6
                b.poly([(x - c - s, y - s + c), (x + c - s, y + s + c), (x + c + s, y + s - c), (x - c + s, y - s - c)], tone)
    return b


def teacher(look: Look, ground: str, seed: int) -> Board:
    """Somebody in a round frame."""
    b = Board(360, 360, mix(ground, "#ffffff", 0.2), ground, seed=seed)
    b.disc(180, 190, 150, 150, mix(ground, "#ffffff", 0.34))
    bust(b, look, 180, 84, 16)
    return b


TEACHERS: dict[str, tuple[Look, str]] = {
    "wilma": (Look("#f0c7a4", "#b8b0a4", "#5c2440", "bun", glasses=True), "#c98a4a"),
    "joao": (Look("#c98f6b", "#2a1a14", "#f2e6c8", "beard"), "#4f8a6a"),
    "huda": (Look("#d9a57e", "#1f4a63", "#94400a", "scarf"), "#d8b24a"),
    "ned": (Look("#e9bd98", "#8a4a24", "#33513f", "short", collar="#f6fbdd"), "#8a5a74"),
}
"""Who teaches, and the colour behind them."""


def scaffold() -> Board:
    """A tower in scaffolding, planks and ladders, under a late sky."""
    b = Board(1280, 720, "#7a4a5c", "#e0a878", seed=141)
    b.poly([(470, 720), (470, 160), (640, 20), (810, 160), (810, 720)], "#c9b48e", "#8a7458")
    for row in range(18):
        for n in range(5):
            b.rect(
                472 + n * 68 + (row % 2) * 20,
                170 + row * 32,
                64,
                28,
                mix("#c9b48e", "#6a5844", b.random.uniform(0, 0.5)),
                alpha=0.7,
            )
    for y in (260, 470):
        b.disc(640, y, 46, 46, "#3a2430")
        b.rect(594, y, 92, 110, "#3a2430")
    for level in range(5):
        y = 690 - level * 130
        b.rect(340, y, 600, 14, "#b07a40", "#7a4c20")
        b.line([(340, y - 50), (940, y - 50)], 6, "#5a6470")
    for x in (350, 470, 640, 810, 930):
        b.line([(x, 720), (x, 110)], 8, "#5a6470")
    for n, (x, y) in enumerate(((400, 690), (860, 560), (400, 430), (860, 300))):
        side = 60 if n % 2 == 0 else -60
        for rail in (0, 30):
            b.line([(x + rail, y), (x + rail + side, y - 130)], 6, "#e0b070")
        for rung in range(7):
            b.line([(x + side * rung / 7, y - 130 * rung / 7), (x + 30 + side * rung / 7, y - 130 * rung / 7)], 5, "#e0b070")
    for x, y in ((560, 546), (720, 416), (600, 286)):
        b.line([(x, y), (x, y - 40)], 22, "#1f4a63")
        b.disc(x, y - 66, 13, 14, "#d9a57e")
        b.disc(x, y - 73, 15, 9, "#e8c04a")
        b.line([(x + 6, y - 46), (x + 34, y - 30)], 8, "#1f4a63")
    b.vignette("#1c0a14", 0.5)
    return b


def plan() -> Board:
    """The plan of a church with its vaults, in ink on tinted paper."""
    b = Board(1280, 720, "#cfe0ca", "#b8d0b4", seed=142)
    ink = "#2f5a4a"
    for n in range(40):
        b.line([(n * 33, 0), (n * 33, 720)], 1, "#a3c0a2")
    for n in range(22):
        b.line([(0, n * 33), (1280, n * 33)], 1, "#a3c0a2")
    for bay in range(8):
        x = 180 + bay * 110
        for y in (150, 270, 450, 570):
            b.rect(x - 13, y - 13, 26, 26, ink)
        if bay < 7:
            for top, tall in ((150, 120), (270, 180), (450, 120)):
                b.line([(x, top), (x + 110, top + tall)], 2.4, ink)
                b.line([(x, top + tall), (x + 110, top)], 2.4, ink)
                b.disc(x + 55, top + tall / 2, 7, 7, ink)
    b.line([(180, 140), (950, 140)], 12, ink)
    b.line([(180, 580), (950, 580)], 12, ink)
    b.arc(950, 360, 220, -90, 90, 12, ink)
    for n in range(7):
        a = math.radians(-75 + n * 25)
        b.line([(950, 360), (950 + 214 * math.cos(a), 360 + 214 * math.sin(a))], 2.4, ink)
    b.line([(180, 660), (950, 660)], 2, ink)
    for n in range(8):
        b.line([(180 + n * 110, 650), (180 + n * 110, 670)], 2, ink)
    return b


def tower() -> Board:
    """The yard at dusk: blocks in rows, a green door, the tower above."""
    b = Board(1280, 720, "#2f5f78", "#f0c89a", seed=143)
    b.poly([(870, 520), (870, 60), (960, -40), (1050, 60), (1050, 520)], "#a8967a", "#7a6a56")
    b.rect(930, 120, 60, 90, "#23333c", r=28)
    b.rect(0, 300, 1280, 240, "#c9b890", "#a8966e")
    for row in range(6):
        for n in range(16):
            b.rect(n * 84 - (row % 2) * 40, 304 + row * 40, 78, 35, mix("#c9b890", "#8a7a58", b.random.uniform(0, 0.4)), alpha=0.8)
    b.disc(420, 410, 78, 78, "#e0d2aa")
    b.rect(342, 410, 156, 130, "#e0d2aa")
    b.disc(420, 414, 58, 58, "#3f7a58")
    b.rect(362, 414, 116, 126, "#3f7a58", "#2f5f44")
    b.line([(420, 360), (420, 540)], 4, "#23493a")
    b.disc(434, 470, 6, 6, "#e8c04a")
    b.glow(560, 380, 90, 90, "#ffe2a0", 0.7)
    b.rect(550, 356, 22, 34, "#fff3cf", r=5)
    b.rect(0, 540, 1280, 180, "#8a7a62", "#5a4e40")
    for n in range(9):
        _block(b, 40 + n * 142, 560 + (n % 2) * 46, 108, 74, ("#e0d5b2", "#cbbd98", "#d6caa4")[n % 3])
    return b


# -- Loafhouse --------------------------------------------------------------------------------------------------------------


def _loaf(b: Board, x: float, y: float, s: float, tone: str = "#c98442") -> None:
    b.disc(x + 4, y + s * 0.3, s * 1.1, s * 0.3, "#2a140c", alpha=0.45, blur=s * 0.12)
    b.blob(
        [(x - s, y + s * 0.34), (x - s * 0.9, y - s * 0.62), (x + s * 0.9, y - s * 0.62), (x + s, y + s * 0.34)],
        mix(tone, "#ffe2b0", 0.3),
        mix(tone, "#3a1a0c", 0.36),
    )
    for n in range(4):
        cx = x - s * 0.52 + n * s * 0.35
        b.line([(cx - s * 0.1, y - s * 0.34), (cx + s * 0.14, y + s * 0.04)], s * 0.1, "#fbe3b8")
        b.line([(cx - s * 0.13, y - s * 0.33), (cx + s * 0.11, y + s * 0.05)], s * 0.03, "#7a4220")


def racks(width: int, height: int) -> Board:
    """Shelves of loaves before a berry-red wall."""
    b = Board(width, height, "#8a3a44", "#6a2832", seed=151)
    k = width / 1280
    b.glow(width * 0.7, height * 0.1, 480 * k, 300 * k, "#ffd9a0", 0.35)
    for row in range(4):
        y = (170 + row * 190) * k
        b.rect(0, y + 40 * k, width, 18 * k, "#c99a60", "#8f6436")
        b.rect(0, y + 58 * k, width, 20 * k, "#000000", alpha=0.3, blur=8)
        for n in range(8):
            tone = ("#c98442", "#b06a30", "#d89a54", "#8a5228")[(n + row) % 4]
            s = (58 + 12 * ((n * 3 + row) % 3)) * k
            if (n + row) % 4 == 3:
                for roll in range(3):
                    b.disc((60 + n * 168 + roll * 44) * k, y + 18 * k, 28 * k, 24 * k, mix(tone, "#ffe2b0", 0.4), tone)
            else:
                _loaf(b, (96 + n * 168) * k, y + 18 * k, s, tone)
    return b


def flour() -> Board:
    """A floured table from above: dough, a scraper, a bowl, hand prints."""
    b = Board(1280, 720, "#2f5a58", "#24484a", seed=152)
    for _ in range(900):
        x, y = b.random.gauss(700, 330), b.random.gauss(360, 190)
        b.disc(x, y, b.random.uniform(1, 4), b.random.uniform(1, 3), "#fff8ea", alpha=0.6)
    b.glow(720, 380, 420, 240, "#fff8ea", 0.35)
    for n in range(6):
        x, y = 500 + (n % 3) * 200, 260 + (n // 3) * 210
        b.disc(x + 8, y + 14, 84, 74, "#10201e", alpha=0.4, blur=10)
        b.disc(x, y, 82, 72, "#fff3da", "#dcc8a0")
        b.disc(x - 22, y - 22, 30, 22, "#fffaf0", alpha=0.8, blur=8)
    b.disc(206, 246, 168, 168, "#10201e", alpha=0.45, blur=16)
    b.disc(196, 232, 164, 164, "#f7efe2", "#c9bda8")
    b.disc(196, 232, 138, 138, "#d9ccb4", "#f2e8d4")
    b.disc(196, 240, 96, 92, "#fff8ea")
    b.rect(1080, 120, 130, 190, "#b9c3c6", "#7f8a8e", r=10)
    b.rect(1070, 98, 150, 44, "#8a4a20", "#6a3414", r=18)
    b.line([(120, 620), (430, 560)], 46, "#c99a60")
    b.line([(124, 610), (426, 550)], 12, "#e6c08a")
    return b


def oven() -> Board:
    """The mouth of a brick oven, embers at the side, four loaves in."""
    b = Board(1280, 720, "#7a4638", "#4a2620", seed=153)
    for row in range(19):
        for n in range(17):
            b.rect(
                n * 80 - (row % 2) * 40,
                row * 40,
                76,
                36,
                mix("#8a4c3a", b.random.choice(("#3a1a14", "#b06a50")), b.random.uniform(0, 0.4)),
            )
    b.disc(640, 470, 400, 330, "#c9a07a")
    b.disc(640, 480, 350, 286, "#1c0c08")
    b.rect(240, 480, 800, 240, "#7a4638")
    b.rect(290, 470, 700, 90, "#1c0c08")
    b.glow(900, 470, 240, 150, "#ff9a3a", 0.8)
    b.glow(640, 440, 320, 200, "#ff7a2a", 0.35)
    for _ in range(50):
        b.disc(
            b.random.uniform(820, 970),
            b.random.uniform(480, 548),
            b.random.uniform(6, 18),
            8,
            b.random.choice(("#ff6a1a", "#ffb04a", "#8a2a10")),
        )
    for n in range(4):
        _loaf(b, 400 + n * 130, 520 - (n % 2) * 36, 60)
    b.rect(210, 556, 860, 36, "#d9c0a0", "#a88a68")
    b.vignette("#140806", 0.5)
    return b


# -- Ohmworks ---------------------------------------------------------------------------------------------------------------


def circuit(width: int, height: int) -> Board:
    """A circuit board close up: traces, chips, a ring of small lamps."""
    b = Board(width, height, "#0f2a3a", "#0a1a28", seed=161)
    k = width / 1280
    for _ in range(54):
        x, y = b.random.randrange(0, 44) * 30 * k, b.random.randrange(0, 28) * 30 * k
        points = [(x, y)]
        for _ in range(5):
            dx, dy = b.random.choice(((90, 0), (0, 90), (60, 60), (-60, 60), (120, 0)))
            points.append((points[-1][0] + dx * k, points[-1][1] + dy * k))
        b.line(points, 6 * k, mix("#1f6a8a", "#4fb0d0", b.random.random() * 0.7))
        for px, py in (points[0], points[-1]):
            b.disc(px, py, 11 * k, 11 * k, "#e0b45a")
            b.disc(px, py, 5 * k, 5 * k, "#0a1a28")
    for x, y, w, h in ((700, 240, 260, 260), (260, 130, 150, 220), (1040, 520, 160, 110), (380, 560, 200, 90)):
        x, y, w, h = x * k, y * k, w * k, h * k
        b.rect(x + 8, y + 14, w, h, "#000000", r=8, alpha=0.5, blur=12)
        pins = int(w / (22 * k))
        for n in range(pins):
            b.rect(x + (n + 0.3) * w / pins, y - 12 * k, 9 * k, h + 24 * k, "#c9d0d6")
        b.rect(x, y, w, h, "#2a2f3c", "#14171f", r=8)
        b.disc(x + 22 * k, y + 22 * k, 8 * k, 8 * k, "#0a0c12")
        for n in range(3):
            b.rect(x + 30 * k, y + h * 0.44 + n * 15 * k, w * (0.5, 0.36, 0.44)[n], 5 * k, "#7f8a9c")
    for n in range(16):
        a = n * math.pi / 8
        x, y = (1100 + 120 * math.cos(a)) * k, (270 + 120 * math.sin(a)) * k
        tone = ("#ff6a4a", "#ffd04a", "#4fe0b8", "#6a8aff")[n // 4]
        b.glow(x, y, 40 * k, 40 * k, tone, 0.5)
        b.rect(x - 12 * k, y - 12 * k, 24 * k, 24 * k, "#f2f4f8", r=4)
        b.disc(x, y, 8 * k, 8 * k, mix(tone, "#ffffff", 0.5))
    b.vignette("#04080e", 0.6)
    return b


def scope() -> Board:
    """An oscilloscope's screen with two waves, knobs at its side."""
    b = Board(1280, 720, "#232838", "#141824", seed=163)
    b.rect(80, 60, 830, 600, "#0a0d14", r=24)
    b.rect(104, 84, 782, 552, "#0c2030", "#081420", r=12)
    for n in range(11):
        b.line([(104 + n * 78, 84), (104 + n * 78, 636)], 1.4, "#2a4a5c")
    for n in range(9):
        b.line([(104, 84 + n * 69), (886, 84 + n * 69)], 1.4, "#2a4a5c")
    first = [(104 + n * 6, 280 + 110 * math.sin(n * 0.16) * math.exp(-n / 160)) for n in range(131)]
    second = [(104 + n * 6, 470 + (60 if (n // 11) % 2 else -60)) for n in range(131)]
    for points, tone in ((first, "#5fe0c0"), (second, "#ffb04a")):
        b.line(points, 16, tone, alpha=0.4, blur=10)
        b.line(points, 5, tone)
    for row in range(4):
        for n in range(2):
            x, y = 1000 + n * 150, 140 + row * 150
            b.disc(x + 5, y + 9, 54, 54, "#000000", alpha=0.5, blur=9)
            b.disc(x, y, 52, 52, "#3f475c", "#232838")
            a = b.random.uniform(2.4, 6.6)
            b.line(
                [(x + 14 * math.cos(a), y + 14 * math.sin(a)), (x + 42 * math.cos(a), y + 42 * math.sin(a))],
                6,
                ("#5fe0c0", "#ffb04a")[n],
            )
    return b


def parts() -> Board:
    """Drawers of resistors, coils and lamps, sorted."""
    b = Board(1280, 720, "#10141f", seed=164)
    for row in range(4):
        for n in range(7):
            x, y = 10 + n * 182, 10 + row * 178
            b.rect(x, y, 172, 168, "#2a3248", "#1a2032", r=8)
            b.rect(x + 10, y + 10, 152, 148, "#0c1020", r=5)
            kind = (n * 3 + row) % 4
            for _ in range(16):
                px, py, a = x + b.random.uniform(36, 136), y + b.random.uniform(34, 134), b.random.uniform(0, 3.1)
                c, s = math.cos(a), math.sin(a)
                if kind == 0:
                    b.line([(px - 26 * c, py - 26 * s), (px + 26 * c, py + 26 * s)], 2.4, "#b9c3cf")
                    b.line([(px - 12 * c, py - 12 * s), (px + 12 * c, py + 12 * s)], 11, "#d9b48a")
                    for band, tone in enumerate(("#c9472f", "#3a2a20", "#e8c04a")):
                        d = -8 + 8 * band
                        b.line([(px + d * c - 4 * s, py + d * s + 4 * c), (px + d * c + 4 * s, py + d * s - 4 * c)], 3, tone)
                elif kind == 1:
                    tone = b.random.choice(("#ff6a4a", "#ffd04a", "#4fe0b8", "#6a8aff"))
                    b.disc(px, py, 11, 11, mix(tone, "#ffffff", 0.4), tone)
                elif kind == 2:
                    b.arc(px, py, 13, 0, 360, 8, "#b06a3a")
                    b.arc(px, py, 13, 20, 140, 3, "#e8b07a")
                else:
                    b.rect(px - 15, py - 9, 30, 18, "#2f6a8a", "#1c4a64", r=7)
            b.rect(x + 48, y + 140, 76, 18, "#e8ecfa", r=3)
    b.vignette("#04060c", 0.6)
    return b


# -- marks ------------------------------------------------------------------------------------------------------------------


def gate_mark(ground: str, stone: str, key: str) -> tuple[Shape, ...]:
    """An arch with its keystone."""
    return (
        ("rect", (0, 0, 64, 64, 32), ground),
        ("circle", (32, 34, 22), stone),
        ("rect", (10, 34, 44, 20, 0), stone),
        ("circle", (32, 36, 12), ground),
        ("rect", (20, 36, 24, 18, 0), ground),
        ("path", (26, 8, 38, 8, 35, 25, 29, 25), key),
    )


def loaf_mark(ground: str, crust: str, cut: str) -> tuple[Shape, ...]:
    """A house whose roof is a loaf."""
    return (
        ("rect", (0, 0, 64, 64, 14), ground),
        ("rect", (8, 14, 48, 22, 11), crust),
        ("rect", (14, 30, 36, 24, 2), crust),
        ("rect", (20, 18, 4, 12, 2), cut),
        ("rect", (30, 18, 4, 12, 2), cut),
        ("rect", (40, 18, 4, 12, 2), cut),
        ("rect", (27, 40, 10, 14, 0), ground),
    )


def ohm_mark(ground: str, wire: str, spark: str) -> tuple[Shape, ...]:
    """The sign of the ohm."""
    return (
        ("rect", (0, 0, 64, 64, 0), ground),
        ("ring", (32, 28, 17, 6), wire),
        ("rect", (24, 38, 16, 12, 0), ground),
        ("rect", (10, 47, 17, 6, 0), wire),
        ("rect", (37, 47, 17, 6, 0), wire),
        ("circle", (32, 28, 6), spark),
    )


def _tollgate_logo(ink: str, stone: str, key: str, hole: str, scale: int) -> bytes:
    parts_ = tuple((kind, numbers, tone or hole) for kind, numbers, tone in gate_mark("", stone, key)[1:])
    words = (Spaced("Tollgate", 48, 22, 21, ink, -0.8, 700), Spaced("ACADEMY", 49, 37, 11, ink, 3.2, 700))
    return sign((176 * scale, 44 * scale), (176, 44), placed(parts_, "translate(-2 0) scale(.69)"), words, font=PLAIN)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Tollgate Academy: slate blue and plum on sage."""
    yield from icon_files(SKELETON, "tollgate", gate_mark("#DCE9D8", "#1F4A63", "#94400A"))
    for tone, ink, stone, key, hole in (
        ("dark", "#15281F", "#1F4A63", "#94400A", "#DCE9D8"),
        ("light", "#F6FBDD", "#F6FBDD", "#C6DBC4", "#5C2440"),
    ):
        yield f"{SKELETON}/assets/logos/tollgate-{tone}.svg", _tollgate_logo(ink, stone, key, hole, 1)
        yield f"{SKELETON}/assets/logos/tollgate-{tone}-2x.svg", _tollgate_logo(ink, stone, key, hole, 2)
    drawn: tuple[tuple[str, Callable[[], Board], int], ...] = (
        ("wall", wall, 44),
        ("rosette", rosette, 54),
        ("carving", carving, 54),
        ("walling", walling, 52),
        ("plaster", plaster, 56),
        ("letters", letters, 58),
        ("lime", lime, 58),
        ("mosaic", mosaic, 46),
        ("scaffold", scaffold, 46),
        ("plan", plan, 40),
        ("tower", tower, 46),
    )
    for name, artist, quality in drawn:
        yield f"{SKELETON}/assets/images/{name}.jpg", artist().jpeg(quality, 3)
    for number, (name, (look, ground)) in enumerate(TEACHERS.items()):
        yield f"{SKELETON}/assets/images/{name}.jpg", teacher(look, ground, 145 + number).jpeg(58, 3)


def loafhouse() -> Iterator[tuple[str, bytes]]:
    """Loafhouse Baking School: berry red and crust on cream."""
    yield from icon_files(LOAFHOUSE, "loafhouse", loaf_mark("#FFF8EE", "#7E2A38", "#FFF8EE"))
    for tone, ink, crust, cut in (("dark", "#2E181C", "#7E2A38", "#FFF8EE"), ("light", "#FFFFFF", "#FFFFFF", "#1E4B4A")):
        parts_ = tuple((kind, numbers, fill or cut) for kind, numbers, fill in loaf_mark("", crust, cut)[1:])
        words = (Spaced("Loafhouse", 46, 24, 24, ink, -0.4, 700), Spaced("baking school", 47, 40, 13, ink, 0.6))
        yield (
            f"{LOAFHOUSE}/assets/logos/loafhouse-{tone}.svg",
            sign((168, 46), (168, 46), placed(parts_, "translate(-4 0) scale(.72)"), words, font=WARM),
        )
    yield f"{LOAFHOUSE}/assets/images/loafhouse-shelves.jpg", racks(1280, 800).jpeg(54, 3)
    yield f"{LOAFHOUSE}/assets/images/loafhouse-table.jpg", flour().jpeg(52, 3)
    yield f"{LOAFHOUSE}/assets/images/loafhouse-oven.jpg", oven().jpeg(50, 3)
    yield f"{LOAFHOUSE}/assets/images/loafhouse-og.jpg", racks(1200, 630).jpeg(56, 0)


def ohmworks() -> Iterator[tuple[str, bytes]]:
    """Ohmworks: electronics by night, blue and amber on black."""
    yield from icon_files(OHMWORKS, "ohmworks", ohm_mark("#0F121B", "#E6ECFA", "#FFB04A"))
    for tone, ink in (("pale", "#E6ECFA"), ("white", "#FFFFFF")):
        ground = "#0F121B" if tone == "pale" else "#182A5C"
        parts_ = ohm_mark(ground, ink, "#FFB04A")[1:]
        words = (Spaced("ohmworks", 46, 29, 23, ink, -1, 700),)
        yield (
            f"{OHMWORKS}/assets/logos/ohmworks-{tone}.svg",
            sign((166, 44), (166, 44), placed(parts_, "translate(-4 0) scale(.69)"), words, font=GRID),
        )
    yield f"{OHMWORKS}/assets/images/ohmworks-board.jpg", circuit(1280, 800).jpeg(54, 3)
    yield f"{OHMWORKS}/assets/images/ohmworks-scope.jpg", scope().jpeg(56, 3)
    yield f"{OHMWORKS}/assets/images/ohmworks-drawers.jpg", parts().jpeg(50, 3)
    yield f"{OHMWORKS}/assets/images/ohmworks-og.jpg", circuit(1200, 630).jpeg(56, 0)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from loafhouse()
    yield from ohmworks()
