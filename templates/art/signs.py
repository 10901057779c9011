"""Marks on a square of 64, drawn alike as SVG and as icons, and wordmarks of a mark and lines of text; the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from art.scenery import rgb

SERIF = "Georgia, 'Liberation Serif', serif"

Shape = tuple[str, tuple[float, ...], str]
"""A shape, its numbers and its colour: `rect` (x, y, width, height and perhaps a radius), `circle` (x, y, radius), `ellipse`
(x, y, radius across, radius down), `ring` (x, y, radius, width), `poly` or `path` (x, y, x, y, ...), which differ in SVG only."""

FINE = 4
"""Icons are drawn this much larger and reduced, which smooths the edges."""


# -- marks ----------------------------------------------------------------------------------------------------------------


def mark_svg(shapes: Sequence[Shape], lead: str = "  ") -> str:
    """The shapes as SVG elements, a line each."""
    return "".join(f"{lead}{_element(*shape)}\n" for shape in shapes)


def _element(kind: str, numbers: tuple[float, ...], ink: str) -> str:
    n = [f"{value:g}" for value in numbers]
    if kind == "rect":
        round_ = f' rx="{n[4]}"' if len(n) > 4 else ""
        return f'<rect fill="{ink}" x="{n[0]}" y="{n[1]}" width="{n[2]}" height="{n[3]}"{round_}/>'
    if kind == "circle":
        return f'<circle fill="{ink}" cx="{n[0]}" cy="{n[1]}" r="{n[2]}"/>'
    if kind == "ellipse":
        return f'<ellipse fill="{ink}" cx="{n[0]}" cy="{n[1]}" rx="{n[2]}" ry="{n[3]}"/>'
    if kind == "ring":
        return f'<circle fill="none" stroke="{ink}" stroke-width="{n[3]}" cx="{n[0]}" cy="{n[1]}" r="{n[2]}"/>'
    places = " ".join(n)
    return f'<polygon fill="{ink}" points="{places}"/>' if kind == "poly" else f'<path fill="{ink}" d="M{places}z"/>'


def placed(shapes: Sequence[Shape], transform: str) -> str:
    """The shapes as an SVG group that is moved and scaled."""
    return f'  <g transform="{transform}">\n{mark_svg(shapes, "    ")}  </g>\n'


def tinted(shapes: Sequence[Shape], **inks: str) -> tuple[Shape, ...]:
    """A mark whose colours are names in braces, with colours in their place."""
    return tuple((kind, numbers, ink.format(**inks)) for kind, numbers, ink in shapes)


def mark_png(shapes: Sequence[Shape], side: int) -> bytes:
    """The shapes as a square picture on the colour of the first."""
    unit = side * FINE / 64
    image = Image.new("RGB", (side * FINE, side * FINE), rgb(shapes[0][2]))
    draw = ImageDraw.Draw(image)
    for kind, n, ink in shapes:
        if kind == "rect":
            box = [v * unit for v in (n[0], n[1], n[0] + n[2], n[1] + n[3])]
            draw.rounded_rectangle(box, (n[4] if len(n) > 4 else 0) * unit, fill=rgb(ink))
        elif kind == "circle":
            draw.ellipse([v * unit for v in (n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2])], fill=rgb(ink))
        elif kind == "ellipse":
            x, y, across, down = (v * unit for v in n)
            draw.ellipse((x - across, y - down, x + across, y + down), fill=rgb(ink))
        elif kind == "ring":
            out = n[2] + n[3] / 2
            box = [v * unit for v in (n[0] - out, n[1] - out, n[0] + out, n[1] + out)]
            draw.ellipse(box, outline=rgb(ink), width=round(n[3] * unit))
        else:
            draw.polygon([v * unit for v in n], fill=rgb(ink))
    done = io.BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(done, "PNG", optimize=True)
    return done.getvalue()


def icon_files(folder: str, name: str, shapes: Sequence[Shape]) -> Iterator[tuple[str, bytes]]:
    """The three icon files of a business from one mark, whose first shape is the ground."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\n'
    yield f"{folder}/assets/icons/{name}.svg", f"{head}{mark_svg(shapes)}</svg>\n".encode()
    for side in (32, 180):
        yield f"{folder}/assets/icons/{name}-{side}.png", mark_png(shapes, side)


def marks(folder: str, name: str, ground: str, shapes: Sequence[Shape]) -> Iterator[tuple[str, bytes]]:
    """The three icon files of a business from a mark and the colour it stands on."""
    yield from icon_files(folder, name, (("rect", (0, 0, 64, 64, 0), ground), *shapes))


# -- words ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """A line of text: where its baseline begins, its size, the width it is stretched to, and what it is set in."""

    text: str
    x: float
    y: float
    size: float
    width: float
    font: str = SERIF
    weight: int = 400
    ink: str = ""

    def how(self) -> str:
        """The attributes that are its own."""
        return f' textLength="{self.width:g}" lengthAdjust="spacingAndGlyphs"'


@dataclass(frozen=True)
class Spaced:
    """A line of text that is as wide as it comes, with room between its letters."""

    text: str
    x: float
    y: float
    size: float
    ink: str
    gap: float = 0
    weight: int = 400
    font: str = ""

    def how(self) -> str:
        """The attributes that are its own."""
        return f' letter-spacing="{self.gap:g}"'


@dataclass(frozen=True)
class Styled(Spaced):
    """A spaced line that also says how it leans and which of its ends stands at x."""

    anchor: str = "start"
    style: str = "normal"

    def how(self) -> str:
        """The attributes that are its own."""
        return f' font-style="{self.style}" letter-spacing="{self.gap:g}" text-anchor="{self.anchor}"'


def sign(
    size: tuple[int, int], view: tuple[int, int], drawn: str, words: Sequence[Word | Spaced], ink: str = "", font: str = ""
) -> bytes:
    """A logo of `size` pixels that shows `view` units: SVG elements, and lines of text in `ink` and `font` or in their own."""
    lines = "".join(
        f'  <text x="{word.x:g}" y="{word.y:g}" fill="{word.ink or ink}" font-family="{word.font or font}"'
        f' font-size="{word.size:g}" font-weight="{word.weight}"{word.how()}>{word.text}</text>\n'
        for word in words
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view[0]} {view[1]}" width="{size[0]}" height="{size[1]}">\n'
    return f"{head}{drawn}{lines}</svg>\n".encode()


def wordmark(
    size: tuple[int, int],
    view: tuple[int, int],
    shapes: Sequence[Shape],
    place: tuple[float, float, float],
    ink: str,
    words: Sequence[Word],
) -> bytes:
    """A logo whose mark is moved and scaled by `place` (x, y, side), beside lines of text in one colour."""
    x, y, side = place
    return sign(size, view, placed(shapes, f"translate({x:g} {y:g}) scale({side / 64:g})"), words, ink)
