"""Pictures of Marlow Yard Joinery, and of the bookshop that takes its site over."""

from __future__ import annotations

from collections.abc import Iterator

from art.scenery import Stops, harbour, icons, logo, woodland


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


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every file, the skeleton's and the briefs'."""
    yield from skeleton()
    yield from harbour_books()
