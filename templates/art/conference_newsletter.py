"""Pictures of the Vitrine Letter, and of two letters that take its site over: cases, keys, moths, seeds, stars."""

from __future__ import annotations

import math
from collections.abc import Iterator

from art.scenery import mix
from art.signs import Shape, Word, marks, tinted, wordmark
from art.studio import Point, Table

HOME = "templates/conference-newsletter"
FURROW = "requirements/furrow-letter-01"
PERIGEE = "requirements/perigee-post-02"
TYPED = "'Courier Prime', 'Liberation Mono', monospace"
SERIF = "Georgia, 'Liberation Serif', serif"
PLAIN = "Verdana, 'Liberation Sans', sans-serif"


# -- a small museum -------------------------------------------------------------------------------------------------------


def vase(t: Table, x: float, foot: float, s: float, ink: str) -> None:
    """A pot with a neck, standing."""
    sides = ((10, 0), (22, -18), (24, -42), (9, -62), (7, -74), (13, -80))
    left: list[Point] = [(x - px * s, foot + py * s) for px, py in sides]
    right: list[Point] = [(x + px * s, foot + py * s) for px, py in reversed(sides)]
    t.poly([*left, *right], (mix(ink, "#ffffff", 0.28), mix(ink, "#000000", 0.32), "h"))
    t.rect(x - 22 * s, foot - 38 * s, 44 * s, 5 * s, mix(ink, "#ffffff", 0.4), alpha=0.5)


def bust(t: Table, x: float, foot: float, s: float, ink: str) -> None:
    """A plaster head on its plinth, turned a little to the right."""
    dark, lit = mix(ink, "#1a2440", 0.5), mix(ink, "#ffffff", 0.45)
    t.rect(x - 22 * s, foot - 16 * s, 44 * s, 16 * s, (lit, dark, "h"))
    t.poly(
        [(x - 42 * s, foot - 16 * s), (x - 22 * s, foot - 44 * s), (x + 22 * s, foot - 44 * s), (x + 42 * s, foot - 16 * s)],
        (lit, dark, "h"),
    )
    t.rect(x - 13 * s, foot - 66 * s, 26 * s, 30 * s, (mix(ink, dark, 0.3), dark, "h"))
    t.ellipse(x, foot - 92 * s, 27 * s, 35 * s, (lit, dark, "h"))
    t.poly([(x + 22 * s, foot - 100 * s), (x + 36 * s, foot - 84 * s), (x + 22 * s, foot - 80 * s)], mix(ink, dark, 0.25))
    for k in range(7):
        a = math.pi * (1.02 + 0.13 * k)
        t.ellipse(x + 25 * s * math.cos(a), foot - 98 * s + 33 * s * math.sin(a), 10 * s, 9 * s, (lit, mix(ink, dark, 0.6), "h"))
    t.ellipse(x + 12 * s, foot - 92 * s, 5 * s, 3 * s, dark, alpha=0.8)


def sloop(t: Table, x: float, foot: float, s: float, hull: str, sail: str) -> None:
    """A model ship with two masts."""
    t.poly(
        [(x - 62 * s, foot - 22 * s), (x + 68 * s, foot - 26 * s), (x + 46 * s, foot), (x - 44 * s, foot)],
        (mix(hull, "#ffffff", 0.2), hull),
    )
    for mast, tall in ((-18, 112), (26, 96)):
        t.line([(x + mast * s, foot - 22 * s), (x + mast * s, foot - tall * s)], 3 * s, mix(hull, "#000000", 0.3))
        for n, (low, high, wide) in enumerate(((34, 62, 30), (64, 88, 23))):
            if high > tall:
                continue
            points = [(x + (mast - wide) * s, foot - low * s), (x + (mast + wide * 0.8) * s, foot - low * s)]
            t.poly(
                [*points, (x + (mast + wide * 0.6) * s, foot - high * s), (x + (mast - wide * 0.7) * s, foot - high * s)],
                (sail, mix(sail, "#6a5a3a", 0.25 + 0.1 * n)),
            )
    t.line([(x + 64 * s, foot - 26 * s), (x + 96 * s, foot - 42 * s)], 2.6 * s, hull)
    t.poly([(x + 90 * s, foot - 40 * s), (x + 28 * s, foot - 90 * s), (x + 40 * s, foot - 34 * s)], mix(sail, "#6a5a3a", 0.2))


def cabinet(t: Table, x: float, y: float, w: float, h: float, thing: int) -> None:
    """A glass case on legs, lit from within, with one thing in it."""
    t.rect(x - 6, y + h + 26, w + 12, 16, "#000a1c", alpha=0.5, blur=9)
    for leg in (x + 6, x + w - 18):
        t.rect(leg, y + h, 12, 40, "#1d130c")
    t.rect(x, y, w, h, ("#f3dfae", "#b98d52"))
    t.light(x + w / 2, y + h * 0.2, w * 0.6, h * 0.6, "#fff6da", 0.5)
    foot, cx, s = y + h - 16, x + w / 2, h / 170
    t.rect(cx - 46 * s, foot, 92 * s, 16, ("#8a3038", "#5a1c24"))
    if thing == 0:
        vase(t, cx, foot, 1.4 * s, "#2f5f9a")
    elif thing == 1:
        bust(t, cx, foot, 1.0 * s, "#d9d3c6")
    elif thing == 2:
        sloop(t, cx - 6 * s, foot, 0.9 * s, "#5a3420", "#fff3d6")
    elif thing == 3:
        for k in range(3):
            t.ellipse(
                cx - 34 * s + k * 34 * s,
                foot - 24 * s,
                15 * s,
                22 * s,
                (("#e6c9a0", "#8a5a38"), ("#c9d6cf", "#4a6a68"), ("#f2e6cf", "#a8845a"))[k],
            )
    else:
        t.line([(cx, foot), (cx, foot - 100 * s)], 4 * s, "#3a2a1c")
        t.arc(cx, foot - 84 * s, 40 * s, 0, 360, 5 * s, "#8a6a2a")
        for k in range(8):
            a = k * math.pi / 4
            t.line([(cx, foot - 84 * s), (cx + 40 * s * math.cos(a), foot - 84 * s + 40 * s * math.sin(a))], 2 * s, "#8a6a2a")
    t.poly([(x + w * 0.1, y + h), (x + w * 0.4, y), (x + w * 0.6, y), (x + w * 0.3, y + h)], "#ffffff", alpha=0.14)
    for edge in ((x, y, 7, h), (x + w - 7, y, 7, h), (x, y, w, 9), (x, y + h - 7, w, 9)):
        t.rect(*edge, ("#4a2f1c", "#2a190e"))


def gallery() -> Table:
    """A long room at night, glass cases down both sides, lamps, boards that run to a far door."""
    w, h = 1280, 720
    t = Table(w, h, ("#16264a", "#26406e"), 7)
    far = (560, 250, 160, 190)
    t.poly([(0, 0), (w, 0), (far[0] + far[2], far[1]), (far[0], far[1])], ("#0e1a36", "#1c3058"))
    t.poly([(0, h), (w, h), (far[0] + far[2], far[1] + far[3]), (far[0], far[1] + far[3])], ("#7a4c2a", "#3a2214"))
    for n in range(-14, 15):
        t.line([(640 + n * 12, far[1] + far[3]), (640 + n * 150, h)], 2.5, "#24140a", alpha=0.7)
    for n in range(6):
        y = far[1] + far[3] + 8 * (1.9**n)
        t.line([(0, y), (w, y)], 1.5, "#24140a", alpha=0.35)
    t.rect(*far, ("#f6dfa8", "#c99a5c"))
    t.rect(606, 300, 68, 140, ("#8a3038", "#5a1c24"))
    t.ellipse(640, 300, 34, 30, "#8a3038")
    t.light(640, 360, 260, 190, "#ffe6ac", 0.5)
    for n in range(4):
        span, y = 70 + n * 150, 60 - n * 22
        for side in (-1, 1):
            x = 640 + side * span
            t.line([(x, -10), (x, y + 60)], 3, "#0a1224")
            t.poly([(x - 26, y + 88), (x + 26, y + 88), (x + 10, y + 58), (x - 10, y + 58)], "#1f4690")
            t.light(x, y + 108, 60 + 14 * n, 50, "#ffe9b4", 0.75)
    for side in (-1, 1):
        for n, (away, wide, tall, base) in enumerate(((136, 76, 96, 392), (262, 124, 152, 424), (452, 190, 232, 476))):
            x = 640 + side * away - wide / 2 + side * wide * 0.3
            cabinet(t, x, base - tall, wide, tall, (n + (2 if side > 0 else 0)) % 5)
    t.light(640, 740, 700, 160, "#ffdca0", 0.25)
    t.grain(5)
    return t


def keys() -> Table:
    """A board of hooks, each with its key and its paper tag."""
    w, h = 600, 440
    t = Table(w, h, ("#8a6540", "#6a4828"), 21)
    for n in range(7):
        t.rect(0, n * 66, w, 62, (mix("#9a7248", "#5a3c20", n * 0.09), "#6a4828"))
    t.beam([(60, 0), (300, 0), (620, h), (300, h)], "#ffe9b8", 0.28, 30)
    inks = ("#c9a24a", "#8a9098", "#a8763a", "#6a7078")
    for row in range(3):
        for column in range(6):
            x, y, k = 58 + column * 97, 46 + row * 138, row * 6 + column
            t.ellipse(x, y, 6, 6, "#2a1a0e")
            if k in (4, 13):
                continue
            ink, lean = inks[(k * 7) % 4], (-6, 4, 9, -3)[k % 4]
            top, foot = (x, y + 16), (x + lean, y + 92)
            for shift, tone, soft in ((7, "#20120a", 4.0), (0, ink, 0.0)):
                t.arc(top[0] + shift, top[1] + shift, 15, 0, 360, 6, tone, alpha=0.45 if soft else 1, blur=soft)
                t.line(
                    [(top[0] + shift, top[1] + 13 + shift), (foot[0] + shift, foot[1] + shift)],
                    6,
                    tone,
                    alpha=0.45 if soft else 1,
                    blur=soft,
                )
                for bit in range(2 + k % 2):
                    by = foot[1] - 4 - bit * 11 + shift
                    t.rect(foot[0] + shift, by, 16 - 4 * (bit % 2), 6, tone, alpha=0.45 if soft else 1, blur=soft)
            t.line([(x - 3, y + 22), (x - 20, y + 46)], 1.6, "#efe3c4")
            t.poly([(x - 34, y + 44), (x - 10, y + 40), (x - 8, y + 72), (x - 34, y + 76)], ("#fff6dc", "#d9c9a0"))
            t.ellipse(x - 21, y + 47, 2.4, 2.4, "#6a4828")
    t.grain(5)
    return t


def moths() -> Table:
    """A drawer of moths, pinned in rows, a few pins empty."""
    w, h = 480, 360
    t = Table(w, h, ("#f6efdc", "#e3d7b8"), 22)
    t.rect(0, 0, w, 16, ("#4a2c18", "#7a5230"))
    t.rect(0, h - 16, w, 16, ("#7a5230", "#3a2212"))
    wings = (("#8a6a48", "#c9a878"), ("#5a6a58", "#a8b48a"), ("#a84a3a", "#e0a070"), ("#4a4a58", "#9aa0ac"))
    for row in range(4):
        for column in range(6):
            x, y, k = 46 + column * 78, 56 + row * 82, row * 6 + column
            t.rect(x - 15, y + 27, 30, 7, "#fffdf2")
            t.line([(x - 11, y + 30), (x + 9, y + 30)], 1, "#6a5a48")
            t.ellipse(x, y, 1.8, 1.8, "#2a2018")
            if k in (9, 17):
                continue
            dark, lit = wings[(row + column * 3) % 4]
            s = 0.8 + 0.25 * ((k * 5) % 3) / 2
            for side in (-1, 1):
                t.poly(
                    [
                        (x + side * px * s + 2, y + py * s + 3)
                        for px, py in ((1, -6), (31, -21), (34, -12), (18, 4), (24, 17), (11, 21), (1, 8))
                    ],
                    "#6a5a40",
                    alpha=0.4,
                    blur=3,
                )
                t.poly(
                    [(x + side * px * s, y + py * s) for px, py in ((1, -6), (31, -21), (34, -12), (19, 4), (1, 5))], (lit, dark)
                )
                t.poly(
                    [(x + side * px * s, y + py * s) for px, py in ((1, 0), (19, 4), (24, 16), (12, 21), (1, 9))],
                    (mix(lit, "#ffffff", 0.25), dark),
                )
                t.ellipse(x + side * 19 * s, y - 9 * s, 3.6 * s, 3.2 * s, mix(dark, "#000000", 0.4))
            t.ellipse(x, y, 3.4 * s, 13 * s, mix(dark, "#000000", 0.4))
    t.poly([(150, 0), (230, 0), (90, h), (10, h)], "#ffffff", alpha=0.25)
    t.grain(4)
    return t


def bottle() -> Table:
    """A ship in a bottle on a window sill, the sea outside."""
    w, h = 480, 360
    t = Table(w, h, ("#a9cfe6", "#eaf3ee"), 23)
    t.rect(0, 176, w, 80, ("#5f8fb0", "#86b0c4"))
    for _ in range(26):
        t.rect(t.dice(0, w), t.dice(178, 240), t.dice(14, 50), 2, "#f4fbff", alpha=0.6)
    t.rect(0, 252, w, 108, ("#f3ead6", "#c9b48e"))
    t.rect(0, 252, w, 7, "#fffaf0")
    t.ellipse(240, 318, 200, 17, "#5a4428", alpha=0.5, blur=12)
    for x in (150, 318):
        t.poly([(x - 30, 320), (x - 20, 290), (x + 20, 290), (x + 30, 320)], ("#7a4c2a", "#4a2c16"))
    t.rect(84, 130, 280, 166, ("#dff0ea", "#a8ccc4"), 74, alpha=0.86)
    t.poly([(346, 176), (402, 198), (440, 198), (440, 230), (402, 230), (346, 252)], "#bcdcd2", alpha=0.9)
    t.rect(432, 192, 30, 44, ("#c98a50", "#8a5226"), 4)
    t.poly([(100, 262), (150, 250), (220, 258), (300, 248), (350, 258), (330, 290), (120, 290)], ("#2f6a9a", "#1a4468"))
    sloop(t, 222, 262, 0.98, "#7a2a24", "#fff8e6")
    t.rect(110, 142, 210, 11, "#ffffff", 6, alpha=0.7)
    t.line([(94, 188), (94, 238)], 6, "#ffffff", alpha=0.5)
    t.grain(4)
    return t


def heads() -> Table:
    """Plaster heads on a bench, lit from one side."""
    w, h = 480, 360
    t = Table(w, h, ("#3a4a78", "#1c2850"), 24)
    t.beam([(0, -20), (120, -20), (520, h), (220, h)], "#fff0cc", 0.3, 40)
    for n, (x, s) in enumerate(((66, 1.0), (170, 1.25), (284, 1.05), (396, 1.35))):
        t.ellipse(x + 22, 296, 58 * s, 11, "#060c20", alpha=0.6, blur=7)
        bust(t, x, 296, 1.35 * s, ("#e9e3d6", "#d9cfc0", "#f2ece0", "#cfc6b6")[n])
    t.rect(0, 294, w, 66, ("#8a5c34", "#4a2e18"))
    t.rect(0, 294, w, 6, "#c99a64")
    t.grain(5)
    return t


def heron() -> Table:
    """A heron under a glass bell, reeds about its feet."""
    w, h = 480, 360
    t = Table(w, h, ("#8a2f34", "#5a1a22"), 25)
    for n in range(13):
        t.rect(n * 40, 0, 20, h, "#7a262c", alpha=0.7)
    t.light(240, 130, 210, 170, "#ffd9a8", 0.4)
    t.ellipse(240, 316, 150, 20, "#1c060a", alpha=0.6, blur=8)
    t.rect(110, 296, 260, 24, ("#3a2414", "#1c1008"), 10)
    t.ellipse(240, 296, 118, 16, ("#8a9a5a", "#4a5a30"))
    for n in range(22):
        x = 142 + n * 9.4
        t.line([(x, 298), (x + t.dice(-16, 16), t.dice(196, 276))], 3, mix("#6a7a3a", "#c9b46a", t.dice(0, 1)))
    for x in (232, 254):
        t.line([(x, 208), (x - 3, 250), (x + 4, 296)], 4, "#c99a3a")
    t.ellipse(248, 180, 48, 33, ("#b4c0cc", "#5a6a7c"))
    t.poly([(216, 172), (300, 170), (340, 216), (282, 206), (226, 204)], ("#8a9aac", "#3a4658"))
    t.line([(216, 170), (196, 140), (216, 112), (206, 84)], 15, "#c9d2da")
    t.line([(212, 166), (192, 140), (211, 112), (203, 86)], 5, "#f2f5f7")
    t.ellipse(202, 76, 17, 12, ("#f4f6f8", "#c9d2da"))
    t.poly([(190, 74), (134, 86), (190, 84)], ("#f0c04a", "#b8862a"))
    t.line([(206, 68), (252, 84)], 4, "#1c2430")
    t.ellipse(198, 74, 2.6, 2.6, "#1c1408")
    t.arc(240, 146, 116, 180, 360, 4, "#ffffff", alpha=0.7)
    for x in (124, 356):
        t.line([(x, 146), (x, 296)], 4, "#ffffff", alpha=0.6)
    t.ellipse(240, 26, 9, 9, "#ffffff", alpha=0.8)
    t.poly([(150, 290), (150, 128), (172, 92), (178, 96), (166, 130), (166, 290)], "#ffffff", alpha=0.3)
    t.grain(5)
    return t


def desk() -> Table:
    """A typewriter with a letter in it, envelopes and a lamp, seen from the chair."""
    w, h = 520, 620
    t = Table(w, h, ("#2a4a86", "#1c3468"), 26)
    for n in range(6):
        t.rect(40 + n * 78, 60 + (n * 37) % 50, 62, 46, ("#fff6dc", "#e0d2ac"), alpha=0.9)
        t.rect(48 + n * 78, 72 + (n * 37) % 50, 40, 3, "#1f4690", alpha=0.7)
        t.rect(48 + n * 78, 80 + (n * 37) % 50, 30, 3, "#1f4690", alpha=0.5)
    t.rect(0, 400, w, 220, ("#a8744a", "#6a4424"))
    t.rect(0, 400, w, 7, "#d9a878")
    t.poly([(410, 400), (426, 250), (434, 250), (444, 400)], "#b0202a")
    t.poly([(364, 262), (488, 262), (456, 192), (398, 192)], ("#d9434a", "#8a141c"))
    t.light(420, 300, 190, 150, "#ffe9b0", 0.7)
    t.ellipse(240, 566, 220, 22, "#2a160a", alpha=0.5, blur=14)
    t.poly([(150, 390), (330, 390), (326, 150), (154, 150)], ("#fffdf2", "#e9e0c8"))
    for n in range(9):
        t.rect(174, 178 + n * 19, 130 - (n * 47) % 60, 4, "#2a2f3a", alpha=0.8)
    t.rect(96, 352, 288, 30, ("#3a4250", "#12161e"), 14)
    for x in (82, 384):
        t.rect(x, 350, 20, 34, ("#8a929e", "#3a4250"), 5)
    t.poly([(120, 380), (360, 380), (396, 470), (84, 470)], ("#4a76b8", "#1f4690"))
    t.poly([(84, 470), (396, 470), (424, 566), (56, 566)], ("#2f5aa0", "#16305e"))
    t.rect(180, 400, 120, 30, ("#0c1424", "#1c2a44"), 8)
    for row in range(3):
        for key in range(9):
            x, y = 98 + key * 34 - row * 7 + (key - 4) * row * 1.6, 488 + row * 26
            t.ellipse(x + 1, y + 4, 12, 9, "#0a1226", alpha=0.7)
            t.ellipse(x, y, 11.5, 9, ("#fff6e0", "#d2c6a6"))
    for n, (x, y) in enumerate(((402, 520), (420, 548), (396, 574))):
        t.poly([(x, y), (x + 110, y - 16), (x + 120, y + 26), (x + 12, y + 46)], ("#fff8e6", ("#cddfee", "#f2dfb8", "#e0e8f0")[n]))
        t.line([(x + 2, y + 3), (x + 62, y + 20), (x + 108, y - 12)], 2, "#b0202a")
    t.grain(5)
    return t


def hall() -> Table:
    """A schoolroom set for a conference: chairs in rows, a long table, a blank screen, tall windows."""
    w, h = 1280, 720
    t = Table(w, h, ("#5a7aa8", "#34507e"), 27)
    for n in range(5):
        x = 70 + n * 250
        t.rect(x, 50, 140, 290, ("#fbe9bc", "#e6b870"), 70)
        t.rect(x + 66, 50, 8, 290, "#3a4a6a")
        for bar in (150, 240):
            t.rect(x, bar, 140, 7, "#3a4a6a")
        t.beam([(x + 10, 340), (x + 130, 340), (x + 260, h), (x + 60, h)], "#ffe6b0", 0.2, 24)
    t.rect(500, 110, 280, 190, ("#ffffff", "#d9e2ec"))
    t.rect(492, 102, 296, 12, "#1a2440")
    t.rect(0, 372, w, 348, ("#8a6444", "#4a3220"))
    t.rect(300, 384, 680, 22, ("#d9ac78", "#8a5f36"))
    for x in (330, 630, 930):
        t.rect(x, 404, 16, 70, "#3a2414")
    for n in range(7):
        t.rect(350 + n * 90, 370, 36, 15, ("#fff6dc", "#cddfee")[n % 2])
    for row in range(4):
        y, s = 468 + row * 74, 0.75 + row * 0.26
        for n in range(-6, 7):
            x = 640 + n * 104 * s
            ink = ("#1f4690", "#b0202a", "#13213d")[(n + row) % 3]
            t.rect(x - 28 * s, y, 56 * s, 44 * s, (mix(ink, "#ffffff", 0.2), mix(ink, "#000000", 0.25)), 8 * s)
            t.poly(
                [(x - 32 * s, y + 48 * s), (x + 32 * s, y + 48 * s), (x + 38 * s, y + 62 * s), (x - 38 * s, y + 62 * s)],
                mix(ink, "#000000", 0.4),
            )
            for leg in (-30, 26):
                t.rect(x + leg * s, y + 58 * s, 5 * s, 34 * s, "#16100a")
    t.grain(5)
    return t


def pigeonholes() -> Table:
    """A sorting frame full of letters."""
    w, h = 1280, 720
    t = Table(w, h, ("#5a3a20", "#3a2412"), 28)
    paper = ("#fff6dc", "#e6eef6", "#f2dfb8", "#cddfee", "#f6e6e0")
    for row in range(6):
        for column in range(10):
            x, y = 8 + column * 128, 8 + row * 120
            t.rect(x, y, 116, 108, ("#140c06", "#2c1a0c"))
            many = int(t.dice(0, 6.5))
            for n in range(many):
                left, tall, lean = x + 8 + n * 16, t.dice(58, 90), t.dice(-4, 14)
                ink = paper[int(t.dice(0, 5))]
                t.poly(
                    [(left + lean, y + 106 - tall), (left + lean + 14, y + 106 - tall), (left + 15, y + 106), (left, y + 106)],
                    (ink, mix(ink, "#5a4428", 0.4)),
                )
                if n % 3 == 0:
                    t.rect(left + lean * 0.6 + 2, y + 118 - tall, 9, 12, ("#b0202a", "#1f4690")[n % 2])
            t.rect(x, y + 104, 116, 10, ("#c99a64", "#8a6238"))
            t.rect(x + 34, y + 106, 48, 7, "#fff6dc")
        t.rect(0, 116 + row * 120, w, 12, ("#a8764a", "#6a4424"))
    t.light(380, 200, 560, 380, "#ffe2a8", 0.28)
    t.grain(5)
    return t


def stamp() -> Table:
    """A stamp with a case and a pot on it."""
    t = Table(192, 232, ("#b0202a", "#7a121c"), 29)
    t.rect(14, 14, 164, 204, ("#fff1cf", "#f2d9a0"))
    t.rect(40, 34, 112, 140, ("#cddfee", "#8fb2d2"))
    vase(t, 96, 168, 1.4, "#1f4690")
    t.rect(34, 168, 124, 14, "#13213d")
    t.rect(40, 34, 6, 140, "#13213d")
    t.rect(146, 34, 6, 140, "#13213d")
    t.rect(34, 28, 124, 9, "#13213d")
    t.rect(62, 192, 68, 8, "#b0202a")
    return t


# -- seeds ----------------------------------------------------------------------------------------------------------------


def seeds(size: tuple[int, int]) -> Table:
    """Jars of beans and peas on shelves, a string of drying pods, a window's light."""
    w, h = size
    t = Table(w, h, ("#4a5f3a", "#33472a"), 31)
    kinds = ("#8a2f2a", "#e9d9b0", "#3a2a22", "#c9752e", "#6a7a3a", "#5a2a4a", "#f0c868", "#a8643a")
    for shelf in range(3):
        foot = h * (0.32 + 0.31 * shelf)
        t.rect(0, foot, w, h * 0.03, ("#d9b07a", "#8a6238"))
        t.rect(0, foot + h * 0.03, w, h * 0.035, "#141c0e", alpha=0.45, blur=7)
        x, n = -w * 0.02, shelf * 5
        while x < w:
            wide, tall, ink = w * t.dice(0.07, 0.105), h * t.dice(0.17, 0.235), kinds[n % 8]
            top, full = foot - tall, foot - tall * t.dice(0.5, 0.82)
            t.rect(x, top, wide, tall, ("#dce8d6", "#a8bca0"), 14, alpha=0.5)
            t.rect(x + 5, full, wide - 10, foot - full - 4, (mix(ink, "#ffffff", 0.1), mix(ink, "#000000", 0.3)), 10)
            for _ in range(46):
                bx, by = t.dice(x + 12, x + wide - 12), t.dice(full + 2, foot - 10)
                t.ellipse(bx, by, 9, 6, (mix(ink, "#ffffff", 0.35), mix(ink, "#000000", 0.12)))
                if n % 3 == 0:
                    t.ellipse(bx + 2, by, 2.4, 2, "#fff6e6", alpha=0.8)
            t.rect(
                x + wide * 0.12,
                top - h * 0.03,
                wide * 0.76,
                h * 0.038,
                ("#e58f3a", "#a85a1c") if n % 2 else ("#f2efe2", "#b9b49c"),
                5,
            )
            t.rect(x + wide * 0.2, foot - tall * 0.4, wide * 0.6, tall * 0.22, ("#fffdf2", "#efe6c8"))
            for line in range(2):
                t.rect(x + wide * 0.27, foot - tall * (0.34 - 0.07 * line), wide * (0.44 - 0.14 * line), 3, "#2e6b3e")
            t.rect(x + 9, top + 10, 7, tall - 26, "#ffffff", 4, alpha=0.5)
            x, n = x + wide + w * t.dice(0.012, 0.03), n + 1
    t.beam([(w * 0.05, 0), (w * 0.4, 0), (w * 0.95, h), (w * 0.5, h)], "#fff2c4", 0.2, 60)
    t.grain(5)
    return t


def furrows() -> Table:
    """Ploughed rows that run to a hedge, young plants along them, a low sun."""
    w, h = 1280, 720
    t = Table(w, h, ("#f2c98a", "#fbeed0"), 32)
    t.light(900, 190, 420, 200, "#fff6d8", 0.9)
    t.ellipse(900, 190, 44, 44, "#fffbe8")
    t.poly([(0, 250), (300, 190), (700, 236), (1280, 180), (1280, 330), (0, 330)], ("#8aa468", "#5f8048"))
    for n in range(46):
        t.ellipse(n * 29, 268 + 8 * math.sin(n * 1.3), 26, t.dice(16, 34), mix("#3a5f34", "#5f8a48", t.dice(0, 1)))
    t.rect(0, 280, w, 440, ("#8a5a34", "#3a2212"))
    for n in range(-16, 17):
        top, foot = 700 + n * 24, 640 + n * 190
        t.poly([(top, 284), (top + 10, 284), (foot + 96, h), (foot, h)], ("#6a4226", "#2a160a"))
        for k in range(9):
            share = (k / 9) ** 1.7
            x, y, s = top + 16 + (foot + 136 - top - 16) * share, 290 + 420 * share, 3 + 22 * share
            for side in (-1, 1):
                t.poly([(x, y), (x + side * s, y - s * 0.7), (x + side * s * 0.4, y - s * 1.2)], ("#9ac468", "#3f7a34"))
    t.light(900, 330, 700, 150, "#ffe2a0", 0.35)
    t.grain(5)
    return t


# -- the night sky --------------------------------------------------------------------------------------------------------


def trails(size: tuple[int, int]) -> Table:
    """Stars drawn out into arcs over a hill with two domes, one open and red inside."""
    w, h = size
    t = Table(w, h, ("#0a0c26", "#2a2468"), 33)
    t.light(w * 0.5, h * 0.95, w * 0.7, h * 0.34, "#a04a8a", 0.5)
    cx, cy = w * 0.62, h * 0.5
    inks = ("#ffffff", "#cfc6ff", "#ffd9ec", "#a8b8ff", "#fff0cf")
    for n in range(230):
        r, start = h * (0.03 + 1.15 * t.dice(0, 1)), t.dice(0, 360)
        t.arc(cx, cy, r, start, start + t.dice(14, 44), t.dice(0.8, 2.4), inks[n % 5], alpha=t.dice(0.25, 0.9))
    t.ellipse(cx, cy, 3, 3, "#ffffff")

    def ridge(x: float) -> float:
        return h * (0.84 - 0.1 * math.sin(x * 3.3 + 0.3) - 0.012 * math.sin(x * 42))

    for x, s, wide in ((0.27, 0.15, True), (0.44, 0.1, False)):
        px, r = w * x, h * s
        foot = ridge(x) + r * 0.1
        t.rect(px - r, foot - r * 0.7, 2 * r, r * 0.9, ("#d9d6f2", "#4a4680", "h"))
        t.ellipse(px, foot - r * 0.7, r * 1.06, r * 1.0, ("#f4f2ff", "#5a5596", "h"))
        t.rect(px - r * 1.1, foot - r * 0.74, 2.2 * r, r * 0.1, "#2a2656")
        t.rect(px - r, foot - r * 0.64, 2 * r, r * 0.84, ("#c6c2ea", "#3a3668", "h"))
        if wide:
            t.poly(
                [
                    (px + r * 0.1, foot - r * 1.72),
                    (px + r * 0.5, foot - r * 1.6),
                    (px + r * 0.52, foot - r * 0.76),
                    (px + r * 0.08, foot - r * 0.76),
                ],
                ("#e0406a", "#6a1034"),
            )
            t.light(px + r * 0.3, foot - r * 1.3, r * 0.7, r * 0.8, "#ff5a8a", 0.35)
        t.rect(px - r * 0.2, foot - r * 0.34, r * 0.3, r * 0.54, "#a02c62")
    hill: list[Point] = [(w * i / 60, ridge(i / 60)) for i in range(61)]
    t.poly([*hill, (w, h), (0, h)], ("#16163a", "#05060f"))
    t.grain(5)
    return t


def moon() -> Table:
    """The moon drawn as an atlas draws it, with a grid and the paths of constellations."""
    w, h = 1280, 720
    t = Table(w, h, ("#1a1448", "#0c0a26"), 34)
    for n in range(14):
        t.line([(n * 100, 0), (n * 100, h)], 1, "#6a5ad8", alpha=0.35)
        t.line([(0, n * 60), (w, n * 60)], 1, "#6a5ad8", alpha=0.35)
    for _ in range(170):
        r = t.dice(0.6, 2.6)
        t.ellipse(t.dice(0, w), t.dice(0, h), r, r, "#efeaff", alpha=t.dice(0.3, 0.95))
    figures = (
        ((90, 140), (190, 90), (260, 190), (380, 170), (430, 270), (330, 320), (260, 190)),
        ((120, 520), (230, 470), (320, 560), (450, 520), (520, 620)),
    )
    for figure in figures:
        t.line(figure, 1.6, "#e89ac0", alpha=0.8)
        for x, y in figure:
            t.ellipse(x, y, 5, 5, "#ffe6f2")
    cx, cy, r = 900, 360, 280
    t.light(cx, cy, r * 1.6, r * 1.6, "#8a7af0", 0.4)
    t.ellipse(cx, cy, r, r, ("#e6e2fa", "#8a84b8"))
    for x, y, rx, ry in (
        (-0.36, -0.3, 0.3, 0.25),
        (0.1, -0.42, 0.22, 0.18),
        (0.3, -0.1, 0.24, 0.2),
        (-0.46, 0.18, 0.22, 0.32),
        (0.02, 0.22, 0.26, 0.16),
        (0.48, 0.24, 0.12, 0.16),
    ):
        t.ellipse(cx + x * r, cy + y * r, rx * r, ry * r, "#5f588e", alpha=0.55, blur=9)
    for _ in range(70):
        a, away = t.dice(0, 6.28), r * math.sqrt(t.dice(0, 0.88))
        x, y, s = cx + away * math.cos(a), cy + away * math.sin(a), t.dice(3, 17)
        t.ellipse(x, y, s, s, "#b8b2da", alpha=0.8)
        t.arc(x, y, s, 130, 310, 2, "#4a447a", alpha=0.8)
        t.arc(x, y, s, -40, 120, 2, "#ffffff", alpha=0.7)
    for ring in (1.06, 1.16):
        t.arc(cx, cy, r * ring, 0, 360, 1.5, "#e89ac0", alpha=0.7)
    for n in range(72):
        a = n * math.pi / 36
        t.line(
            [
                (cx + r * 1.06 * math.cos(a), cy + r * 1.06 * math.sin(a)),
                (cx + r * (1.12 if n % 6 else 1.16) * math.cos(a), cy + r * (1.12 if n % 6 else 1.16) * math.sin(a)),
            ],
            1.5,
            "#e89ac0",
            alpha=0.8,
        )
    t.grain(4)
    return t


# -- marks ----------------------------------------------------------------------------------------------------------------

CASE: tuple[Shape, ...] = (
    ("rect", (8, 4, 48, 44, 2), "{line}"),
    ("rect", (14, 10, 36, 32, 0), "{gap}"),
    ("poly", (27, 42, 22, 30, 28, 22, 28, 16, 36, 16, 36, 22, 42, 30, 37, 42), "{spot}"),
    ("rect", (12, 48, 6, 12, 0), "{line}"),
    ("rect", (46, 48, 6, 12, 0), "{line}"),
)
POD: tuple[Shape, ...] = (
    ("poly", (4, 44, 14, 22, 34, 8, 60, 4, 56, 28, 42, 48, 20, 58), "{line}"),
    ("circle", (20, 42, 7), "{spot}"),
    ("circle", (32, 31, 8), "{spot}"),
    ("circle", (45, 19, 7), "{spot}"),
)
NEAR: tuple[Shape, ...] = (
    ("ring", (32, 32, 27, 4), "{line}"),
    ("circle", (40, 32, 13), "{line}"),
    ("circle", (34, 28, 12), "{gap}"),
    ("circle", (10, 18, 6), "{spot}"),
)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """The Vitrine Letter: air mail's blue and red."""
    images = f"{HOME}/assets/images"
    yield from marks(HOME, "vitrine", "#CDDFEE", tinted(CASE, line="#1F4690", gap="#FFEBBE", spot="#B0202A"))
    words = (Word("The Vitrine", 56, 22, 19, 126, TYPED, 700), Word("LETTER", 57, 42, 17, 64, TYPED))
    for name, ink, line, gap, spot in (
        ("blue", "#10182B", "#1F4690", "#E4EDF4", "#B0202A"),
        ("cream", "#FFEBBE", "#FFEBBE", "#13213D", "#FFEBBE"),
    ):
        for suffix, size in (("", (196, 48)), ("-2x", (392, 96))):
            mark = tinted(CASE, line=line, gap=gap, spot=spot)
            yield f"{HOME}/assets/logos/vitrine-{name}{suffix}.svg", wordmark(size, (196, 48), mark, (0, 0, 48), ink, words)
    yield f"{images}/gallery.jpg", gallery().jpeg(50)
    yield f"{images}/hall.jpg", hall().jpeg(32)
    yield f"{images}/pigeonholes.jpg", pigeonholes().jpeg(28)
    for name, drawn in (
        ("keys", keys),
        ("moths", moths),
        ("bottle", bottle),
        ("heads", heads),
        ("heron", heron),
        ("desk", desk),
        ("stamp", stamp),
    ):
        yield f"{images}/{name}.jpg", drawn().jpeg(52)


def furrow() -> Iterator[tuple[str, bytes]]:
    """The Furrow Letter: a pod with three peas."""
    yield from marks(FURROW, "furrow", "#FBF9F1", tinted(POD, line="#2E6B3E", spot="#E58F3A"))
    words = (Word("The Furrow", 58, 25, 23, 122, SERIF, 700), Word("letter for seed keepers", 59, 41, 11, 120, SERIF))
    green, white = tinted(POD, line="#2E6B3E", spot="#E58F3A"), tinted(POD, line="#FFFFFF", spot="#2E6B3E")
    yield f"{FURROW}/assets/logos/furrow-green.svg", wordmark((188, 48), (188, 48), green, (0, 0, 48), "#23261A", words)
    yield f"{FURROW}/assets/logos/furrow-white.svg", wordmark((172, 44), (188, 48), white, (0, 0, 48), "#FFFFFF", words)
    yield f"{FURROW}/assets/images/seed-shelves.jpg", seeds((1280, 800)).jpeg(52)
    yield f"{FURROW}/assets/images/spring-furrows.jpg", furrows().jpeg(56)
    yield f"{FURROW}/assets/images/furrow-og.jpg", seeds((1200, 630)).jpeg(58)


def perigee() -> Iterator[tuple[str, bytes]]:
    """Perigee Post: a moon at its nearest."""
    yield from marks(PERIGEE, "perigee", "#0E1020", tinted(NEAR, line="#EDEBFF", gap="#0E1020", spot="#E0407A"))
    words = (Word("Perigee", 54, 22, 20, 82, PLAIN, 700), Word("POST", 55, 40, 15, 46, PLAIN))
    pale, rose = (
        tinted(NEAR, line="#EDEBFF", gap="#0E1020", spot="#E0407A"),
        tinted(NEAR, line="#FFD3E4", gap="#2A1C5E", spot="#FFFFFF"),
    )
    yield f"{PERIGEE}/assets/logos/perigee-pale.svg", wordmark((164, 46), (164, 46), pale, (0, 0, 46), "#EDEBFF", words)
    yield f"{PERIGEE}/assets/logos/perigee-rose.svg", wordmark((143, 40), (164, 46), rose, (0, 0, 46), "#FFD3E4", words)
    yield f"{PERIGEE}/assets/images/star-trails.jpg", trails((1280, 800)).jpeg(56)
    yield f"{PERIGEE}/assets/images/moon-chart.jpg", moon().jpeg(52)
    yield f"{PERIGEE}/assets/images/perigee-og.jpg", trails((1200, 630)).jpeg(56)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from furrow()
    yield from perigee()
