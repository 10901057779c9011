"""Pictures of Emberpan Tented Camp, and of the two lodges that take its site over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from art.scenery import Scene, Stops, Veld, icons, logo, mix

SAFARI = "templates/safari-lodge"
THORNVELD = "requirements/thornveld-01"
SKYROCK = "requirements/skyrock-02"

PLUM: Stops = ((0, "#20142f"), (0.4, "#4c2547"), (0.6, "#8a3b46"), (0.72, "#c96a4c"), (1, "#d98a5c"))
ROSE: Stops = ((0, "#7c4a63"), (0.45, "#c97a6e"), (0.7, "#f0b48a"), (1, "#f3c7a0"))
NIGHT: Stops = ((0, "#10142c"), (0.5, "#26305a"), (0.75, "#5a4a72"), (1, "#7a5a72"))
CLAY: Stops = ((0, "#b9806a"), (0.5, "#e0ac86"), (1, "#f2d0a8"))
PLUM_HILLS = ("#7a3a4c", "#592a44", "#3a1c38", "#221026")
NIGHT_HILLS = ("#3d3a62", "#2b2a4e", "#1c1b38", "#100f22")
CLAY_HILLS = ("#b0705c", "#8a4a42", "#5e2e34", "#361a24")

GOLD: Stops = ((0, "#2f3a3f"), (0.35, "#6d6148"), (0.58, "#c08a4a"), (0.7, "#efbf73"), (1, "#efc98a"))
DAY: Stops = ((0, "#f7ecd8"), (0.45, "#fcf3e2"), (0.7, "#fdf5e4"), (1, "#f3e2c0"))
GREEN: Stops = ((0, "#5a7468"), (0.5, "#a9b48c"), (0.72, "#e6d9a6"), (1, "#e6d9a6"))
GOLD_HILLS = ("#8a6a3c", "#5d5636", "#37402c", "#1a2018")
DAY_HILLS = ("#cbb58a", "#a08c5e", "#6f6a42", "#3c4028")
GREEN_HILLS = ("#7f8f66", "#566a4c", "#364a38", "#1c2a22")

SAFARI_PICTURES: dict[str, tuple[int, int, int, Veld]] = {
    "hero": (
        1280,
        800,
        64,
        Veld(
            PLUM,
            PLUM_HILLS,
            3,
            0.66,
            (0.74, 0.66, 0.075),
            "#ffb27a",
            10,
            (0.13, 0.93, 0.42),
            stars=60,
            birds=6,
        ),
    ),
    "track": (
        1280,
        720,
        56,
        Veld(ROSE, ("#8a5260", "#67394e", "#46243c", "#2a1428"), 8, 0.45, None, "#ffd0a0", 8),
    ),
    "night": (
        1280,
        720,
        56,
        Veld(NIGHT, NIGHT_HILLS, 12, 0.66, None, "#ffca8a", 6, (0.86, 0.95, 0.4), stars=190),
    ),
    "pan": (
        1280,
        720,
        56,
        Veld(PLUM, PLUM_HILLS, 21, 0.5, None, "#ffb27a", 6, stream=(0.6, 0.3, 0.07), water="#b06a5c"),
    ),
    "tent-ridge": (
        720,
        504,
        58,
        Veld(ROSE, CLAY_HILLS, 31, 0.52, (0.78, 0.42, 0.07), "#ffd9a0", 6, tents=((0.38, 0.88, 0.34),)),
    ),
    "tent-pan": (
        720,
        504,
        58,
        Veld(
            NIGHT,
            NIGHT_HILLS,
            32,
            0.6,
            None,
            "#ffcf8f",
            6,
            (0.84, 0.95, 0.5),
            tents=((0.36, 0.9, 0.3),),
            stars=110,
        ),
    ),
    "tent-family": (
        720,
        504,
        58,
        Veld(
            CLAY,
            CLAY_HILLS,
            33,
            0.55,
            None,
            "#fff0c8",
            8,
            tents=((0.24, 0.86, 0.26), (0.66, 0.9, 0.32)),
            birds=7,
        ),
    ),
    "walk": (
        600,
        420,
        58,
        Veld(CLAY, CLAY_HILLS, 41, 0.5, (0.3, 0.36, 0.1), "#fff0c8", 4, (0.76, 0.93, 0.6)),
    ),
    "sleep-out": (600, 420, 58, Veld(NIGHT, NIGHT_HILLS, 42, 0.7, None, "#ffca8a", 6, stars=150)),
    "river": (
        600,
        420,
        58,
        Veld(
            ROSE,
            CLAY_HILLS,
            43,
            0.45,
            (0.62, 0.4, 0.08),
            "#ffe0b0",
            4,
            stream=(0.55, 0.5, 0.1),
            water="#eab592",
        ),
    ),
    "about": (
        640,
        720,
        58,
        Veld(ROSE, CLAY_HILLS, 51, 0.55, (0.6, 0.44, 0.09), "#ffe2b8", 6, (0.3, 0.95, 0.5), birds=8),
    ),
    "gallery-1": (
        600,
        480,
        56,
        Veld(PLUM, PLUM_HILLS, 61, 0.62, (0.5, 0.6, 0.12), "#ffb27a", 4, (0.7, 0.95, 0.6)),
    ),
    "gallery-2": (600, 480, 56, Veld(CLAY, CLAY_HILLS, 62, 0.4, None, "#fff0c8", 10, birds=9)),
    "gallery-3": (
        600,
        480,
        56,
        Veld(NIGHT, NIGHT_HILLS, 63, 0.74, None, "#ffca8a", 4, (0.4, 0.96, 0.5), stars=170),
    ),
    "gallery-4": (
        600,
        480,
        56,
        Veld(
            ROSE,
            CLAY_HILLS,
            64,
            0.5,
            (0.24, 0.42, 0.1),
            "#ffe0b0",
            6,
            stream=(0.5, 0.6, 0.09),
            water="#e9b794",
        ),
    ),
    "gallery-5": (600, 480, 56, Veld(CLAY, PLUM_HILLS, 65, 0.58, (0.72, 0.5, 0.14), "#fff0c8", 10)),
    "gallery-6": (
        600,
        480,
        56,
        Veld(PLUM, NIGHT_HILLS, 66, 0.6, None, "#ffcf8f", 6, tents=((0.4, 0.88, 0.3),), stars=60),
    ),
}
"""Name, size, JPEG quality and scene of each picture of the skeleton lodge."""

THORNVELD_PICTURES: dict[str, tuple[int, int, int, Veld]] = {
    "thornveld-dusk": (
        1280,
        800,
        70,
        Veld(
            GOLD,
            GOLD_HILLS,
            71,
            0.56,
            (0.7, 0.54, 0.08),
            "#ffdf9c",
            8,
            (0.9, 0.9, 0.36),
            (0.62, 0.34, 0.08),
            "#d9a868",
            ((0.8, 0.84, 0.1),),
            birds=7,
        ),
    ),
    "thornveld-trail": (
        1280,
        720,
        66,
        Veld(DAY, DAY_HILLS, 72, 0.5, (0.8, 0.2, 0.08), "#fff6dc", 12, (0.1, 0.95, 0.34), birds=6),
    ),
    "thornveld-river": (
        1280,
        720,
        66,
        Veld(GREEN, GREEN_HILLS, 73, 0.4, None, "#fff0c0", 8, stream=(0.58, 0.42, 0.09), water="#b9c09a"),
    ),
}
"""Name, size, JPEG quality and scene of each picture the lodge's brief brings."""


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Emberpan Camp: dusk over clay and plum hills."""
    yield from icons(SAFARI, "emberpan", "#5B2333", "#26324A", "#F1D6C4")
    for tone, ink, mark in (("dark", "#2E1538", "#A23E1C"), ("light", "#FCE4D2", "#E2C0AA")):
        yield f"{SAFARI}/assets/logos/emberpan-{tone}.svg", logo("Emberpan|TENTED CAMP", 192, 48, ink, mark)
        yield (
            f"{SAFARI}/assets/logos/emberpan-{tone}-2x.svg",
            logo("Emberpan|TENTED CAMP", 384, 96, ink, mark),
        )
    for name, (width, height, quality, veld) in SAFARI_PICTURES.items():
        yield f"{SAFARI}/assets/images/{name}.jpg", veld.scene(width, height).jpeg(quality)


def thornveld() -> Iterator[tuple[str, bytes]]:
    """Thornveld Ridge Lodge: gold and green along a river."""
    yield from icons(THORNVELD, "thornveld", "#7A4A21", "#2F4A3C", "#EFE4D2")
    yield (
        f"{THORNVELD}/assets/logos/thornveld-dark.svg",
        logo("Thornveld|RIDGE LODGE", 192, 48, "#1E1710", "#7A4A21"),
    )
    yield (
        f"{THORNVELD}/assets/logos/thornveld-light.svg",
        logo("Thornveld|RIDGE LODGE", 160, 40, "#FFFFFF", "#D8973C"),
    )
    for name, (width, height, quality, veld) in THORNVELD_PICTURES.items():
        yield f"{THORNVELD}/assets/images/{name}.jpg", veld.scene(width, height).jpeg(quality)
    yield f"{THORNVELD}/assets/images/og.jpg", THORNVELD_PICTURES["thornveld-dusk"][3].scene(1200, 630).jpeg()


DAWN: Stops = ((0, "#7f9aa6"), (0.35, "#b9c3bd"), (0.6, "#f0d9b8"), (0.72, "#f8e3c0"), (1, "#f3d2a4"))
LATE: Stops = ((0, "#e9c79a"), (0.5, "#f4dcb4"), (1, "#f7e6c8"))
MIDDAY: Stops = ((0, "#a8c0c4"), (0.6, "#e4e2d2"), (1, "#efe3cb"))


def dome(scene: Scene, colour: str, light: str, x: float, y: float, radius: float) -> None:
    """A bald granite hill, lit from the right, with cracks that run down it."""
    ratio = scene.h / scene.w
    for step in range(18):
        share = step / 17
        scene.disc(
            mix(colour, light, 0.75 * share),
            x + 0.3 * radius * ratio * share,
            y - 0.05 * radius * share,
            radius * (1 - 0.6 * share),
        )
    for n in range(5):
        lean = (n - 2) * 0.3 * radius * ratio
        foot = (x + 1.25 * lean, y + 0.2 * radius)
        scene.polygon(
            mix(colour, light, 0.2), (x + 0.6 * lean, y - 0.86 * radius), (foot[0] + 0.004, foot[1]), (foot[0] - 0.004, foot[1])
        )


def cabin(scene: Scene, x: float, y: float, width: float, wall: str, lamp: str) -> None:
    """A low stone house with a flat roof and one lit window."""
    tall = width * 0.42 * scene.w / scene.h
    scene.polygon(wall, (x, y), (x, y - tall), (x + width, y - tall), (x + width, y))
    scene.polygon(
        mix(wall, "#000000", 0.4),
        (x - 0.06 * width, y - tall),
        (x + 1.08 * width, y - tall),
        (x + 1.08 * width, y - 1.16 * tall),
        (x - 0.06 * width, y - 1.16 * tall),
    )
    scene.polygon(
        lamp,
        (x + 0.58 * width, y - 0.3 * tall),
        (x + 0.58 * width, y - 0.72 * tall),
        (x + 0.8 * width, y - 0.72 * tall),
        (x + 0.8 * width, y - 0.3 * tall),
    )


def granite(width: int, height: int) -> Scene:
    """Domes at first light, cabins at their foot."""
    scene = Veld(DAWN, ("#c9a988", "#a98a70"), 81, 0.62, (0.22, 0.5, 0.05), "#fff0cf", 0, grass=0).scene(width, height)
    for colour, x, y, radius in (("#a17c62", 0.5, 0.86, 0.3), ("#8a6550", 0.8, 0.98, 0.5), ("#957059", 0.6, 1.0, 0.26)):
        dome(scene, colour, "#e8bf94", x, y, radius)
    line = scene.ridge("#6d5242", 0.9, 0.04)
    for x in (0.46, 0.55, 0.67):
        cabin(scene, x, line(x) + 0.01, 0.045, "#574236", "#ffd58a")
    scene.grass("#4d392e", 0.985, 0.05, 160)
    return scene


def dunes(width: int, height: int) -> Scene:
    """Ridges of sand in late light, each with its shaded side."""
    scene = Scene(width, height, LATE, 84)
    scene.glow("#fff6df", 0.7, 0.2, 0.3, 0.7)
    for n, tone in enumerate(("#e2b98a", "#d6a373", "#c4895c", "#a96d46")):
        scene.ridge(tone, 0.34 + 0.17 * n, 0.2 - 0.03 * n, rough=2, foot=mix(tone, "#f7e2bd", 0.45))
    scene.birds("#7a5238", 0.3, 0.16, 5)
    return scene


def road(width: int, height: int) -> Scene:
    """A gravel road to the domes at noon."""
    scene = Veld(MIDDAY, ("#c7b596", "#b39d7a"), 86, 0.5, None, "#ffffff", 0, grass=0).scene(width, height)
    dome(scene, "#9a8069", "#e2c9a8", 0.7, 0.62, 0.2)
    dome(scene, "#8f7560", "#dcc09c", 0.8, 0.64, 0.13)
    scene.ridge("#c9b48e", 0.62, 0.02, foot="#b79e74")
    scene.stream("#e6d7b8", 0.62, 0.66, 0.16, 0.05)
    scene.grass("#8a7552", 0.98, 0.08, 200)
    return scene


def skyrock_logo(ink: str, mark: str) -> bytes:
    """A four-pointed star over a dome, and the name in spaced capitals."""
    rows = (("SKYROCK", 23, ink, 18, 4.0), ("DESERT CAMP", 37, mark, 9.5, 2.6))
    text = "".join(
        f'  <text x="48" y="{y}" fill="{fill}" font-family="Optima, \'Liberation Sans\', sans-serif" font-size="{size}"'
        f' letter-spacing="{gap}">{line}</text>\n'
        for line, y, fill, size, gap in rows
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 176 44" width="176" height="44">\n'
        f'  <path fill="{mark}" d="M20 4l2.2 8.8L31 15l-8.8 2.2L20 26l-2.2-8.8L9 15l8.8-2.2z"/>\n'
        f'  <path fill="none" stroke="{ink}" stroke-width="2.5" d="M3 39a17 15 0 0 1 34 0z"/>\n'
        f"{text}</svg>\n"
    ).encode()


SKYROCK_PICTURES: dict[str, tuple[int, int, int, Callable[[int, int], Scene]]] = {
    "skyrock-dawn": (1280, 800, 64, granite),
    "skyrock-dunes": (1280, 720, 62, dunes),
    "skyrock-road": (1280, 720, 62, road),
    "skyrock-og": (1200, 630, 66, granite),
}
"""Name, size, JPEG quality and artist of each picture the desert camp's brief brings."""


def skyrock() -> Iterator[tuple[str, bytes]]:
    """Skyrock Desert Camp: granite and sand at the ends of the day."""
    yield from icons(SKYROCK, "skyrock", "#14110F", "#E7A95B", "#F5EBDD")
    yield f"{SKYROCK}/assets/logos/skyrock-light.svg", skyrock_logo("#F5EBDD", "#E7A95B")
    yield f"{SKYROCK}/assets/logos/skyrock-dark.svg", skyrock_logo("#0C0A09", "#24565E")
    for name, (width, height, quality, artist) in SKYROCK_PICTURES.items():
        yield f"{SKYROCK}/assets/images/{name}.jpg", artist(width, height).jpeg(quality)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from thornveld()
    yield from skyrock()
