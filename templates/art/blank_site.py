"""Pictures of Marlow Yard Joinery, and of the bookshop and the sauna that take its site over."""

from __future__ import annotations

from collections.abc import Iterator

from art.scenery import Scene, Stops, harbour, icons, logo, mix, woodland
from art.signs import Shape, Word, marks, tinted, wordmark


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Marlow Yard Joinery: three quiet hill pictures in the colours of timber."""
    folder = "templates/blank-site"
    yield from icons(folder, "marlow", "#6B2D1E", "#3B3A1E", "#F4E8CB")
    yield f"{folder}/assets/logos/marlow-dark.svg", logo("Marlow Yard|JOINERY", 160, 40, "#33180C", "#6B2D1E")
    yield (
        f"{folder}/assets/logos/marlow-light.svg",
        logo("Marlow Yard|JOINERY", 160, 40, "#FBEBC4", "#E8D5A9"),
    )
    dawn: Stops = ((0, "#8a6236"), (0.5, "#a97b49"), (1, "#a97b49"))
    yield (
        f"{folder}/assets/images/yard.jpg",
        woodland((1280, 720), dawn, ("#8d6238", "#6d4826", "#4b2f17", "#2c190a"), 11, 34).jpeg(),
    )
    moss: Stops = ((0, "#67643c"), (0.6, "#8b8455"), (1, "#8b8455"))
    yield (
        f"{folder}/assets/images/boards.jpg",
        woodland((1280, 640), moss, ("#6f6b40", "#504f2c", "#33321a"), 23, 22).jpeg(64),
    )
    yield (
        f"{folder}/assets/images/bench.jpg",
        woodland((640, 360), dawn, ("#8d6238", "#6d4826", "#2c190a"), 53, 16).jpeg(),
    )
    ember: Stops = ((0, "#5c2a1a"), (0.6, "#b8633a"), (1, "#d08a52"))
    yield (
        f"{folder}/assets/images/kiln.jpg",
        woodland((1280, 640), ember, ("#8a4527", "#5d2c19", "#35180d"), 37, 26).jpeg(64),
    )


def harbour_books() -> Iterator[tuple[str, bytes]]:
    """Harbour Lane Books: a quay in the evening and in fog."""
    folder = "requirements/harbour-books-01"
    yield from icons(folder, "harbour", "#14506B", "#0F2E40", "#E08A5B")
    yield f"{folder}/assets/logos/harbour-dark.svg", logo("Harbour Lane|BOOKS", 160, 40, "#0D1B26", "#14506B")
    yield (
        f"{folder}/assets/logos/harbour-light.svg",
        logo("Harbour Lane|BOOKS", 144, 36, "#FFFFFF", "#DFEAEE"),
    )
    evening: Stops = ((0, "#244a66"), (0.35, "#6f8fa0"), (0.62, "#f0c39a"), (1, "#e9b48c"))
    sea: Stops = ((0, "#b98f7c"), (0.3, "#4d7286"), (1, "#12344a"))
    quay = harbour((1280, 800), evening, ("#4a6474", "#16303f"), sea, 5, 5)
    yield f"{folder}/assets/images/harbour-quay.jpg", quay.jpeg()
    fog: Stops = ((0, "#7f99a5"), (0.6, "#c3ced2"), (1, "#c3ced2"))
    grey: Stops = ((0, "#a9b9c0"), (1, "#3d5a69"))
    yield (
        f"{folder}/assets/images/harbour-fog.jpg",
        harbour((1280, 640), fog, ("#9aaeb7", "#4e6673"), grey, 9, 3).jpeg(64),
    )
    yield (
        f"{folder}/assets/images/harbour-og.jpg",
        harbour((1200, 630), evening, ("#4a6474", "#16303f"), sea, 5, 5).jpeg(),
    )


LADLE: tuple[Shape, ...] = (
    ("ring", (26, 38, 13, 5), "{metal}"),
    ("poly", (35, 27, 52, 10, 56, 14, 39, 31), "{metal}"),
    ("circle", (26, 38, 4), "{ember}"),
)
"""A ladle over a glowing stone."""


def _sauna_sign(size: tuple[int, int], ink: str, metal: str, ember: str) -> bytes:
    face = "Optima, Candara, 'Liberation Sans', sans-serif"
    words = (Word("KAAMOS", 54, 25, 22, 108, face, 700), Word("SAUNA ON THE ICE", 55, 40, 10, 106, face))
    return wordmark(size, (168, 42), tinted(LADLE, metal=metal, ember=ember), (4, -2, 46), ink, words)


def _hut(scene: Scene, x: float, y: float, wide: float) -> None:
    """A log hut under snow, its window lit and its chimney smoking, standing at (x, y)."""
    r = scene.w / scene.h
    logs, snow = "#3a2a26", "#eef4f8"
    scene.glow("#ffb46b", x, y - 0.05, 0.2, 0.5)
    for n in range(26):
        rise = n / 25
        scene.disc(
            mix("#c3d6e0", "#8fb0c4", rise),
            x + wide * (0.22 + 0.8 * rise**2),
            y - wide * r * (0.86 + 1.1 * rise),
            0.008 + 0.02 * rise,
        )
    scene.polygon(
        "#241a18",
        (x + wide * 0.17, y - wide * r * 0.9),
        (x + wide * 0.27, y - wide * r * 0.9),
        (x + wide * 0.27, y - wide * r * 0.5),
        (x + wide * 0.17, y - wide * r * 0.5),
    )
    scene.polygon(
        logs, (x - wide / 2, y), (x - wide / 2, y - wide * r * 0.42), (x + wide / 2, y - wide * r * 0.42), (x + wide / 2, y)
    )
    for n in range(1, 6):
        line = y - wide * r * 0.07 * n
        scene.polygon(
            "#241917", (x - wide / 2, line), (x + wide / 2, line), (x + wide / 2, line + 0.003), (x - wide / 2, line + 0.003)
        )
    scene.polygon(logs, (x - wide / 2, y - wide * r * 0.4), (x, y - wide * r * 0.74), (x + wide / 2, y - wide * r * 0.4))
    for side in (-1, 1):
        edge = x + side * wide * 0.64
        scene.polygon(
            snow if side < 0 else "#c9d9e4",
            (x, y - wide * r * 0.8),
            (x, y - wide * r * 0.68),
            (edge, y - wide * r * 0.33),
            (edge, y - wide * r * 0.43),
        )
    scene.polygon(
        "#ffd08a",
        (x - wide * 0.3, y - wide * r * 0.32),
        (x - wide * 0.06, y - wide * r * 0.32),
        (x - wide * 0.06, y - wide * r * 0.13),
        (x - wide * 0.3, y - wide * r * 0.13),
    )
    scene.polygon(
        logs,
        (x - wide * 0.19, y - wide * r * 0.32),
        (x - wide * 0.17, y - wide * r * 0.32),
        (x - wide * 0.17, y - wide * r * 0.13),
        (x - wide * 0.19, y - wide * r * 0.13),
    )
    scene.polygon(
        "#6f3a2a",
        (x + wide * 0.12, y - wide * r * 0.36),
        (x + wide * 0.34, y - wide * r * 0.36),
        (x + wide * 0.34, y),
        (x + wide * 0.12, y),
    )


def _shore(width: int, height: int) -> Scene:
    """A lake under the polar night: a band of green light, firs, a hut, and a hole sawn into the ice."""
    sky: Stops = ((0, "#0d1c33"), (0.3, "#1d4a63"), (0.5, "#5fa79b"), (0.62, "#b9d9d6"), (1, "#b9d9d6"))
    scene = Scene(width, height, sky, 41)
    scene.stars("#eaf4ff", 0.3, 90)
    for n in range(3):
        scene.glow("#8ff0c4", 0.2 + 0.3 * n, 0.26 + 0.05 * n, 0.2, 0.34)
    scene.ridge("#7fa3b3", 0.52, 0.1, foot="#d6e6ea")
    far = scene.ridge("#3f6274", 0.57, 0.07, foot="#9dbcc7")
    for _ in range(46):
        x = scene.random.random()
        scene.fir("#2b4858", x, far(x) + 0.03, scene.random.uniform(0.05, 0.12))
    near = scene.ridge("#e6eff4", 0.68, 0.03, foot="#f4f8fa")
    for _ in range(15):
        x = scene.random.choice((scene.random.uniform(0, 0.3), scene.random.uniform(0.86, 1)))
        scene.fir(scene.random.choice(("#14303d", "#1c3d4a")), x, near(x) + 0.04, scene.random.uniform(0.2, 0.36))
    _hut(scene, 0.7, 0.74, 0.16)
    scene.water(((0, "#c7dbe5"), (1, "#8fb0c2")), 0.8, 1.0, 60, "#f4fafc")
    scene.polygon("#f4f8fa", (0, 0.79), (1, 0.775), (1, 0.815), (0, 0.81))
    scene.polygon("#dbe8ee", (0.5, 0.86), (0.69, 0.86), (0.74, 0.955), (0.48, 0.955))
    scene.polygon("#10283a", (0.515, 0.87), (0.68, 0.87), (0.72, 0.945), (0.5, 0.945))
    scene.polygon("#2d5a70", (0.53, 0.9), (0.6, 0.896), (0.62, 0.904))
    for side in (0, 0.022):
        scene.polygon("#7a4a34", (0.664 + side, 0.79), (0.669 + side, 0.79), (0.667 + side, 0.9), (0.662 + side, 0.9))
    for n in range(4):
        scene.polygon(
            "#7a4a34", (0.664, 0.81 + 0.024 * n), (0.69, 0.81 + 0.024 * n), (0.69, 0.816 + 0.024 * n), (0.664, 0.816 + 0.024 * n)
        )
    return scene


def _birches(width: int, height: int) -> Scene:
    """Split birch, stacked to the eaves, with snow on top."""
    scene = Scene(width, height, ((0, "#26384a"), (0.16, "#54718a"), (0.2, "#2a1c16"), (1, "#1c120e")), 58)
    radius, row, level = 0.066, 0, 1.0
    while level > 0.18:
        x = -0.02 + (0.013 if row % 2 else 0)
        while x < 1.03:
            size = radius * scene.random.uniform(0.82, 1.06)
            bark = scene.random.choice(("#efeae2", "#dcd5ca", "#cfc6ba"))
            wood = mix("#d9a877", "#b97f4d", scene.random.random())
            scene.disc(bark, x, level, size)
            scene.disc(wood, x, level, size * 0.86)
            scene.disc(mix(wood, "#8a5430", 0.4), x + 0.002, level + 0.004, size * 0.5)
            scene.disc(mix(wood, "#8a5430", 0.1), x + 0.002, level + 0.004, size * 0.4)
            scene.disc("#8a5430", x + 0.003, level + 0.006, size * 0.1)
            x += 2 * radius * scene.h / scene.w * 0.98
        level, row = level - radius * 1.72, row + 1
    for n in range(60):
        scene.disc("#eef4f8", n / 59, 0.15 + scene.random.uniform(-0.008, 0.008), scene.random.uniform(0.035, 0.055), 0.8)
    return scene


def kaamos_sauna() -> Iterator[tuple[str, bytes]]:
    """Kaamos Sauna: a hut on the shore in the polar night, and its firewood."""
    folder = "requirements/kaamos-sauna-02"
    yield from marks(folder, "kaamos", "#10151D", tinted(LADLE, metal="#9ED9C3", ember="#E2694F"))
    yield f"{folder}/assets/logos/kaamos-snow.svg", _sauna_sign((168, 42), "#EEF4F8", "#9ED9C3", "#E2694F")
    yield f"{folder}/assets/logos/kaamos-night.svg", _sauna_sign((152, 38), "#0A1017", "#0A1017", "#A23D31")
    yield f"{folder}/assets/images/kaamos-shore.jpg", _shore(1280, 800).jpeg()
    yield f"{folder}/assets/images/kaamos-birches.jpg", _birches(1280, 640).jpeg(44)
    yield f"{folder}/assets/images/kaamos-og.jpg", _shore(1200, 630).jpeg()


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from harbour_books()
    yield from kaamos_sauna()
