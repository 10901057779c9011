"""Landscapes, icons and wordmarks drawn from sums of sines and plain shapes, the same bytes for the same arguments."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Stops = tuple[tuple[float, str], ...]
Point = tuple[float, float]

SCALE = 2
"""Everything is drawn this much larger and reduced, which smooths the edges."""


def rgb(text: str) -> Colour:
    """`#rrggbb` as three channels."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ramp(rows: int, stops: Stops) -> Image.Image:
    """A column one pixel wide that runs through the stops."""
    column = Image.new("RGB", (1, rows))
    for y in range(rows):
        place = y / max(1, rows - 1)
        after = next((i for i, stop in enumerate(stops) if stop[0] >= place), len(stops) - 1)
        start, end = stops[max(0, after - 1)], stops[after]
        share = 0.0 if end[0] == start[0] else (place - start[0]) / (end[0] - start[0])
        column.putpixel((0, y), rgb(mix(start[1], end[1], min(1.0, max(0.0, share)))))
    return column


def packed(picture: Image.Image, quality: int, progressive: bool = False) -> bytes:
    """A finished picture as JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=progressive, subsampling=2)
    return out.getvalue()


class Scene:
    """A landscape in the making; places are fractions of width and height, so a scene fits any size."""

    def __init__(self, width: int, height: int, sky: Stops, seed: int) -> None:
        self.size = (width, height)
        self.w, self.h = width * SCALE, height * SCALE
        self.random = random.Random(seed)
        self.image = ramp(self.h, sky).resize((self.w, self.h))
        self.draw = ImageDraw.Draw(self.image)

    def at(self, *points: Point) -> list[Point]:
        """Fractions as pixels."""
        return [(x * self.w, y * self.h) for x, y in points]

    def polygon(self, colour: str, *points: Point) -> None:
        """A filled shape."""
        self.draw.polygon(self.at(*points), fill=rgb(colour))

    def disc(self, colour: str, x: float, y: float, radius: float, flat: float = 1.0) -> None:
        """A filled ellipse; the radius is a fraction of the height."""
        r, cx, cy = radius * self.h, x * self.w, y * self.h
        self.draw.ellipse((cx - r, cy - r * flat, cx + r, cy + r * flat), fill=rgb(colour))

    def glow(self, colour: str, x: float, y: float, radius: float, strength: float) -> None:
        """Soft light around a place."""
        small = (self.w // 16, self.h // 16)
        mask = Image.new("L", small)
        cx, cy, r = x * small[0], y * small[1], radius * small[1]
        ImageDraw.Draw(mask).ellipse((cx - r, cy - r, cx + r, cy + r), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(r * 0.6)).resize((self.w, self.h), Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", (self.w, self.h), rgb(colour)), (0, 0), mask)
        self.draw = ImageDraw.Draw(self.image)

    def curve(self, level: float, swell: float, rough: int = 5) -> Callable[[float], float]:
        """A ridge line: height as a function of x, both fractions."""
        waves = [(swell / (n + 1), (n + 1) * self.random.uniform(1.6, 3.0), self.random.uniform(0, 6.28)) for n in range(rough)]
        return lambda x: level + sum(a * math.sin(f * x * 3.1416 + p) for a, f, p in waves) / 2

    def ridge(self, colour: str, level: float, swell: float, rough: int = 5, foot: str = "") -> Callable[[float], float]:
        """A hill from one side to the other; with `foot` it fades to that colour below, as in mist."""
        line = self.curve(level, swell, rough)
        edge = [(i / 160, line(i / 160)) for i in range(161)]
        mask = Image.new("L", (self.w, self.h))
        ImageDraw.Draw(mask).polygon(self.at(*edge, (1, 1), (0, 1)), fill=255)
        deep = min(0.98, level + 0.28)
        fill = ramp(
            self.h,
            ((0, colour), (max(0.0, level - 0.05), colour), (deep, foot or colour), (1, foot or colour)),
        )
        self.image.paste(fill.resize((self.w, self.h)), (0, 0), mask)
        self.draw = ImageDraw.Draw(self.image)
        return line

    def acacia(self, colour: str, x: float, y: float, height: float) -> None:
        """A flat-topped tree standing at (x, y)."""
        ratio = self.h / self.w
        for lean in (-0.34, -0.12, 0.16, 0.4):
            self.polygon(
                colour,
                (x - 0.035 * height * ratio, y),
                (x + 0.035 * height * ratio, y),
                (x + lean * height * ratio + 0.012 * height * ratio, y - height * 0.86),
                (x + lean * height * ratio - 0.012 * height * ratio, y - height * 0.86),
            )
        for _ in range(22):
            across = self.random.uniform(-0.62, 0.62)
            up = 0.98 - 0.2 * abs(across) + self.random.uniform(-0.05, 0.05)
            self.disc(
                colour,
                x + across * height * ratio,
                y - height * up,
                height * self.random.uniform(0.09, 0.17),
                0.42,
            )

    def fir(self, colour: str, x: float, y: float, height: float) -> None:
        """A conifer standing at (x, y)."""
        ratio = self.h / self.w
        for step in range(5):
            foot, half = y - height * (0.08 + 0.16 * step), height * (0.24 - 0.04 * step) * ratio
            self.polygon(colour, (x - half, foot), (x + half, foot), (x, foot - height * 0.32))
        self.polygon(colour, (x - 0.006, y), (x + 0.006, y), (x, y - height * 0.3))

    def grass(self, colour: str, level: float, height: float, blades: int) -> None:
        """A fringe of blades along the lower edge."""
        self.polygon(colour, (0, level), (1, level), (1, 1), (0, 1))
        for _ in range(blades):
            x, tall = self.random.random(), height * self.random.uniform(0.35, 1)
            lean = self.random.uniform(-0.012, 0.012)
            self.polygon(colour, (x - 0.0016, level + 0.01), (x + 0.0016, level + 0.01), (x + lean, level - tall))

    def water(self, stops: Stops, top: float, bottom: float, glints: int, light: str) -> None:
        """Open water with short bright strokes."""
        first, last = round(top * self.h), round(bottom * self.h)
        self.image.paste(ramp(last - first, stops).resize((self.w, last - first)), (0, first))
        self.draw = ImageDraw.Draw(self.image)
        for _ in range(glints):
            depth = self.random.random() ** 1.6
            x, y, long = (
                self.random.random(),
                top + (bottom - top) * (0.04 + 0.94 * depth),
                0.008 + 0.04 * depth,
            )
            thick = 0.0012 + 0.0026 * depth
            shade = mix(stops[-1][1], light, self.random.uniform(0.25, 0.8))
            self.polygon(shade, (x - long, y), (x, y - thick), (x + long, y), (x, y + thick))

    def stream(self, colour: str, top: float, x: float, width: float, bend: float) -> None:
        """A river winding towards the viewer from (x, top)."""
        left: list[Point] = []
        right: list[Point] = []
        for i in range(61):
            t = i / 60
            middle = x + bend * math.sin(t * 6.0) * t
            half = width * (0.03 + 1.25 * t**2.4)
            left.append((middle - half, top + (1 - top) * t))
            right.append((middle + half, top + (1 - top) * t))
        self.polygon(colour, *left, *reversed(right))

    def tent(self, x: float, y: float, width: float, canvas: str, shade: str, light: str) -> None:
        """A ridge tent seen from the front corner, lamp lit."""
        tall = width * 0.62 * self.w / self.h
        self.polygon(
            shade,
            (x + 0.1 * width, y - tall),
            (x + 0.74 * width, y - 0.9 * tall),
            (x + width, y),
            (x + 0.42 * width, y),
        )
        self.polygon(canvas, (x + 0.1 * width, y - tall), (x + 0.48 * width, y), (x - 0.36 * width, y))
        self.polygon(light, (x + 0.1 * width, y - 0.78 * tall), (x + 0.22 * width, y), (x - 0.04 * width, y))
        self.polygon(shade, (x + 0.1 * width, y - 0.78 * tall), (x + 0.103 * width, y), (x + 0.085 * width, y))

    def birds(self, colour: str, x: float, y: float, count: int) -> None:
        """A loose flock."""
        for _ in range(count):
            bx, by = x + self.random.uniform(-0.09, 0.09), y + self.random.uniform(-0.06, 0.06)
            s = self.random.uniform(0.006, 0.011)
            self.polygon(colour, (bx - s, by - s), (bx, by), (bx + s, by - s), (bx, by + s * 0.45))

    def stars(self, colour: str, level: float, count: int) -> None:
        """Points of light above a level."""
        for _ in range(count):
            x, y = self.random.random(), self.random.random() ** 1.4 * level
            self.disc(colour, x, y, self.random.choice((0.0012, 0.0016, 0.0026)))

    def jpeg(self, quality: int = 70) -> bytes:
        """The finished picture."""
        return packed(self.image.resize(self.size, Image.Resampling.LANCZOS), quality)


def icon_png(side: int, ground: str, hill: str, disc: str) -> bytes:
    """The mark of `icon_svg` as a picture."""
    big = side * 4
    image = Image.new("RGB", (big, big), rgb(ground))
    draw = ImageDraw.Draw(image)
    unit = big / 64
    draw.ellipse((20 * unit, 12 * unit, 44 * unit, 36 * unit), fill=rgb(disc))
    draw.polygon(
        [(x * unit, y * unit) for x, y in ((0, 52), (20, 28), (34, 44), (44, 34), (64, 54), (64, 64), (0, 64))],
        fill=rgb(hill),
    )
    out = io.BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def icon_svg(ground: str, hill: str, disc: str) -> bytes:
    """A disc over two hills on a square ground."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\n'
        f'  <path fill="{ground}" d="M0 0h64v64H0z"/>\n'
        f'  <circle fill="{disc}" cx="32" cy="24" r="12"/>\n'
        f'  <path fill="{hill}" d="M0 52 20 28l14 16 10-10 20 20v10H0z"/>\n'
        "</svg>\n"
    ).encode()


def logo(name: str, width: int, height: int, ink: str, mark: str) -> bytes:
    """A wordmark of two lines, parted by a bar, beside a small mark."""
    lines = name.split("|")
    rows = ((23.5, 22, 0.2), (38.5, 9.5, 4.2))
    text = "".join(
        f'  <text x="50" y="{y}" fill="{ink}" font-family="Georgia, \'Liberation Serif\', serif" font-size="{size}"'
        f' letter-spacing="{gap}">{line}</text>\n'
        for line, (y, size, gap) in zip(lines, rows, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 48" width="{width}" height="{height}">\n'
        f'  <circle fill="none" stroke="{mark}" stroke-width="2.5" cx="22" cy="24" r="18"/>\n'
        f'  <circle fill="{mark}" cx="22" cy="19" r="5"/>\n'
        f'  <path fill="{mark}" d="M6 31l9-8 6 6 5-4 12 7a18 18 0 0 1-32-1z"/>\n'
        f"{text}</svg>\n"
    ).encode()


def icons(folder: str, name: str, ground: str, hill: str, disc: str) -> Iterator[tuple[str, bytes]]:
    """The three icon files of a business."""
    yield f"{folder}/assets/icons/{name}.svg", icon_svg(ground, hill, disc)
    yield f"{folder}/assets/icons/{name}-32.png", icon_png(32, ground, hill, disc)
    yield f"{folder}/assets/icons/{name}-180.png", icon_png(180, ground, hill, disc)


def woodland(size: tuple[int, int], sky: Stops, tones: tuple[str, ...], seed: int, trees: int) -> Scene:
    """Hills one behind the other, the nearest with trees."""
    scene = Scene(*size, sky, seed)
    for n, tone in enumerate(tones):
        share = n / max(1, len(tones) - 1)
        last = scene.ridge(tone, 0.42 + 0.4 * share, 0.14 - 0.07 * share, foot=mix(tone, sky[-1][1], 0.35 * (1 - share)))
        if n == len(tones) - 1:
            for _ in range(trees):
                x = scene.random.random()
                scene.fir(tone, x, last(x) + 0.03, scene.random.uniform(0.1, 0.26))
    return scene


def boat(scene: Scene, x: float, y: float, size: float, hull: str, sail: str) -> None:
    """A small sailing boat on the water at (x, y)."""
    ratio = scene.h / scene.w
    scene.polygon(
        hull,
        (x - size * ratio, y - size * 0.2),
        (x + size * ratio, y - size * 0.2),
        (x + 0.7 * size * ratio, y),
        (x - 0.7 * size * ratio, y),
    )
    scene.polygon(sail, (x, y - size * 1.9), (x, y - size * 0.3), (x + 0.8 * size * ratio, y - size * 0.3))
    scene.polygon(
        mix(sail, hull, 0.25),
        (x - 0.04 * size, y - size * 1.6),
        (x - 0.04 * size, y - size * 0.3),
        (x - 0.6 * size * ratio, y - size * 0.3),
    )


def harbour(size: tuple[int, int], sky: Stops, land: tuple[str, str], sea: Stops, seed: int, boats: int) -> Scene:
    """Headlands, a row of gabled houses and boats at anchor."""
    scene = Scene(*size, sky, seed)
    scene.glow("#ffe2bd", 0.68, 0.5, 0.26, 0.75)
    scene.ridge(mix(land[0], sky[-1][1], 0.45), 0.5, 0.08)
    scene.ridge(land[0], 0.57, 0.05)
    x = 0.0
    while x < 0.62:
        wide, tall = scene.random.uniform(0.025, 0.045), scene.random.uniform(0.07, 0.15)
        front = mix(land[1], sky[-1][1], scene.random.uniform(0, 0.22))
        scene.polygon(
            front,
            (x, 0.64),
            (x, 0.64 - tall),
            (x + wide / 2, 0.64 - tall - 0.045),
            (x + wide, 0.64 - tall),
            (x + wide, 0.64),
        )
        for row in range(2):
            scene.polygon(
                "#f6cf94",
                *(
                    (x + wide * a, 0.64 - tall * (0.8 - 0.38 * row) + b)
                    for a, b in ((0.38, 0), (0.62, 0), (0.62, 0.022), (0.38, 0.022))
                ),
            )
        x += wide
    scene.water(sea, 0.635, 1.0, 170, "#f3d9b8")
    for _ in range(boats):
        place = scene.random.uniform(0.1, 0.95)
        depth = scene.random.uniform(0.7, 0.9)
        boat(scene, place, depth, 0.035 + 0.1 * (depth - 0.66), land[1], "#f2e6d4")
    scene.birds(land[1], 0.8, 0.24, 7)
    return scene


@dataclass(frozen=True)
class Veld:
    """What a savannah picture shows; places are fractions of width and height."""

    sky: Stops
    tones: tuple[str, ...]
    seed: int
    horizon: float = 0.6
    sun: tuple[float, float, float] | None = None
    light: str = "#ffd9a0"
    trees: int = 6
    big_tree: tuple[float, float, float] | None = None
    stream: tuple[float, float, float] | None = None
    water: str = ""
    tents: tuple[tuple[float, float, float], ...] = ()
    stars: int = 0
    birds: int = 0
    grass: float = 0.1

    def scene(self, width: int, height: int) -> Scene:
        """Sky, sun, hills behind hills, river, trees, tents and a fringe of grass, in that order."""
        scene = Scene(width, height, self.sky, self.seed)
        if self.stars:
            scene.stars(mix(self.sky[0][1], "#ffffff", 0.75), self.horizon - 0.1, self.stars)
        if self.sun:
            x, y, radius = self.sun
            scene.glow(self.light, x, y, radius * 3.2, 0.55)
            scene.disc(mix(self.light, "#ffffff", 0.35), x, y, radius)
        far = len(self.tones) - 1
        for n, tone in enumerate(self.tones):
            share = n / max(1, far)
            level = self.horizon + (0.93 - self.horizon) * share * 0.72
            haze = mix(tone, self.sky[-1][1], 0.5 * (1 - share))
            line = scene.ridge(tone, level, 0.12 - 0.07 * share, foot=haze if n < far else tone)
            if n == far and self.stream:
                scene.stream(self.water, line(self.stream[0]) - 0.004, *self.stream)
            if n >= far - 1:
                for _ in range(self.trees // 2):
                    x = scene.random.random()
                    scene.acacia(
                        mix(tone, "#000000", 0.22),
                        x,
                        line(x) + 0.015,
                        scene.random.uniform(0.07, 0.13) * (1 + share),
                    )
        dark = mix(self.tones[-1], "#000000", 0.45)
        for x, y, size in self.tents:
            scene.glow(self.light, x, y - 0.05, size * 1.4, 0.5)
            scene.tent(x, y, size, "#c9a57a", mix("#7b5a3c", dark, 0.4), mix(self.light, "#ffffff", 0.2))
        if self.big_tree:
            scene.acacia(dark, *self.big_tree)
        if self.birds:
            scene.birds(dark, 0.3, 0.25, self.birds)
        if self.grass:
            scene.grass(dark, 1 - self.grass * 0.45, self.grass, 260)
        return scene
