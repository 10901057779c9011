"""Pictures of Emberpan Tented Camp, and of the lodge that takes its site over."""

from __future__ import annotations

from collections.abc import Iterator

from art.scenery import Stops, Veld, icons, logo

SAFARI = "templates/safari-lodge"
THORNVELD = "requirements/thornveld-01"

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


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from thornveld()
