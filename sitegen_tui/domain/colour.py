"""A colour in sRGB: read from any CSS spelling, compared, measured and found inside a CSS value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sitegen_tui.domain.colour_names import NAMED

_LONGEST_LITERAL = 256

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_COMPONENT = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>%|deg|grad|rad|turn)?\Z|none\Z")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{4}|[0-9a-f]{3})\Z")
_FUNCTION = re.compile(r"(rgba?|hsla?|hwb)\(([^()]*)\)\Z")
_SLASH = re.compile(r"\s*/\s*")
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}

# The two branches share no character, so that hostile text cannot make the search backtrack.
_IDENT = r"(?:[-a-zA-Z0-9_\x80-\U0010ffff]|\\.)"
_SCAN = re.compile(
    rf"""
    (?P<comment>/\*.*?(?:\*/|\Z))
  | (?P<string>"(?:[^"\\]|\\.)*(?:"|\Z)|'(?:[^'\\]|\\.)*(?:'|\Z))
  | (?P<url>url\((?:\s*"(?:[^"\\]|\\.)*(?:"|\Z)|\s*'(?:[^'\\]|\\.)*(?:'|\Z)|(?:[^)\\]|\\.)*)\)?)
  | (?P<hash>\#{_IDENT}+)
  | (?P<at>@{_IDENT}+)
  | (?P<number>{_NUMBER}(?:%|{_IDENT}*))
  | (?P<name>{_IDENT}+)(?P<function>\()?
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255 and alpha from 0 to 1; channels may be fractions of a step."""

    r: float
    g: float
    b: float
    a: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Colour | None:
        """The colour a CSS value names, in any syntax of sRGB; None for anything else.

        Not colours here: `currentcolor`, `var()`, `calc()` inside a function, gradients, wide-gamut functions.
        """
        return None if len(text) > _LONGEST_LITERAL or not text.isascii() else _parsed(text)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The channels as a screen has them: whole steps, halves rounded up."""
        return (int(self.r + 0.5), int(self.g + 0.5), int(self.b + 0.5))

    @property
    def hex(self) -> str:
        """`#rrggbb`, or `#rrggbbaa` where it is not opaque."""
        alpha = int(self.a * 255 + 0.5)
        return "#{:02x}{:02x}{:02x}".format(*self.rgb) + ("" if alpha == 255 else f"{alpha:02x}")

    def same_rgb(self, other: Colour, tolerance: int = 1) -> bool:
        """Whether each channel is within `tolerance` steps of 255; alpha is left out."""
        return all(abs(mine - theirs) <= tolerance for mine, theirs in zip(self.rgb, other.rgb, strict=True))

    def same(self, other: Colour, tolerance: int = 1, alpha: float = 0.02) -> bool:
        """Whether channels and alpha agree within the tolerances."""
        return self.same_rgb(other, tolerance) and abs(self.a - other.a) <= alpha + 1e-9

    def luminance(self) -> float:
        """Relative luminance of WCAG 2.2, 0 to 1; alpha is left out."""
        return 0.2126 * _linear(self.r) + 0.7152 * _linear(self.g) + 0.0722 * _linear(self.b)

    def over(self, ground: Colour) -> Colour:
        """What is seen when this is painted on `ground`."""
        alpha = self.a + ground.a * (1 - self.a)
        if alpha == 0:
            return Colour(0, 0, 0, 0)
        mine, under = self.a / alpha, ground.a * (1 - self.a) / alpha
        return Colour(
            self.r * mine + ground.r * under,
            self.g * mine + ground.g * under,
            self.b * mine + ground.b * under,
            alpha,
        )

    def lab(self) -> tuple[float, float, float]:
        """CIE L*a*b* under D65; alpha is left out."""
        r, g, b = _linear(self.r), _linear(self.g), _linear(self.b)
        x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
        y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
        z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
        fx, fy, fz = _lab_curve(x), _lab_curve(y), _lab_curve(z)
        return (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))


def contrast(foreground: Colour, ground: Colour) -> float:
    """The WCAG 2.2 contrast ratio, 1 to 21; a translucent foreground is first painted on the ground."""
    first = (foreground if foreground.a >= 1 else foreground.over(ground)).luminance()
    second = ground.luminance()
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def delta_e2000(a: Colour, b: Colour) -> float:
    """How different two opaque colours look, as CIEDE2000; about 1 is just noticeable, 10 plainly another colour."""
    return ciede2000(a.lab(), b.lab())


def ciede2000(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """CIEDE2000 of two L*a*b* colours with all weights 1."""
    l1, a1, b1 = first
    l2, a2, b2 = second
    chroma7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(chroma7 / (chroma7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360

    # A grey has no hue: the other colour's hue then stands for both.
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180
    if not grey and h2 - h1 == 180:
        turn = 180.0
    light, chroma = l2 - l1, c2 - c1
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light_mean, chroma_mean = (l1 + l2) / 2, (c1 + c2) / 2
    if grey:
        hue_mean = h1 + h2
    elif abs(h1 - h2) <= 180:
        hue_mean = (h1 + h2) / 2
    else:
        hue_mean = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2

    t = (
        1
        - 0.17 * math.cos(math.radians(hue_mean - 30))
        + 0.24 * math.cos(math.radians(2 * hue_mean))
        + 0.32 * math.cos(math.radians(3 * hue_mean + 6))
        - 0.20 * math.cos(math.radians(4 * hue_mean - 63))
    )
    offset = (light_mean - 50) ** 2
    weight_l = 1 + 0.015 * offset / math.sqrt(20 + offset)
    weight_c = 1 + 0.045 * chroma_mean
    weight_h = 1 + 0.015 * chroma_mean * t
    mean7 = chroma_mean**7
    rotation = -2 * math.sqrt(mean7 / (mean7 + 25.0**7))
    rotation *= math.sin(math.radians(60 * math.exp(-(((hue_mean - 275) / 25) ** 2))))
    parts = (light / weight_l, chroma / weight_c, hue / weight_h)
    return math.sqrt(max(0.0, sum(part * part for part in parts) + rotation * parts[1] * parts[2]))


def find_colours(css_value: str) -> Iterator[tuple[int, int, Colour]]:
    """Every colour literal in a CSS value, in order, as (start, end, colour).

    Names count only as whole identifiers. Strings, `url()`, comments and custom property names are passed over;
    other functions (gradients, `var()` fallbacks, `color-mix()`) are looked into. Properties whose values are
    names of another kind (`font-family`, `animation-name`) are the caller's to leave out.
    """
    return iter(_found(css_value))


@lru_cache(maxsize=8192)
def _found(css_value: str) -> tuple[tuple[int, int, Colour], ...]:
    return tuple(_scanned(css_value))


def _scanned(css_value: str) -> Iterator[tuple[int, int, Colour]]:
    position = 0
    while token := _SCAN.search(css_value, position):
        start, position = token.span()
        if token["function"]:
            literal = _function_literal(css_value, start, position)
            if literal:
                position = literal[1]
                yield literal
        elif token["hash"] or token["name"]:
            colour = Colour.parse(token[0])
            if colour:
                yield start, position, colour


def _function_literal(css_value: str, start: int, opened: int) -> tuple[int, int, Colour] | None:
    if css_value[start : opened - 1].lower() not in ("rgb", "rgba", "hsl", "hsla", "hwb"):
        return None
    closed = css_value.find(")", opened, start + _LONGEST_LITERAL)
    if closed < 0:
        return None
    colour = Colour.parse(css_value[start : closed + 1])
    return (start, closed + 1, colour) if colour else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Colour | None:
    text = _COMMENT.sub(" ", text).strip().lower()
    if text.startswith("#"):
        return _from_hex(text)
    if text in NAMED:
        value = NAMED[text]
        return Colour(value >> 16, value >> 8 & 255, value & 255)
    if text == "transparent":
        return Colour(0, 0, 0, 0)
    function = _FUNCTION.match(text)
    return _from_function(function[1], function[2]) if function else None


def _from_hex(text: str) -> Colour | None:
    if not _HEX.match(text):
        return None
    digits = text[1:]
    if len(digits) <= 4:
        digits = "".join(digit * 2 for digit in digits)
    r, g, b, *alpha = bytes.fromhex(digits)
    return Colour(r, g, b, alpha[0] / 255 if alpha else 1.0)


def _from_function(name: str, body: str) -> Colour | None:
    legacy = "," in body
    if legacy:
        if name == "hwb":
            return None
        parts = [part.strip() for part in body.split(",")]
        alpha_text = parts.pop() if len(parts) == 4 else None
    else:
        halves = _SLASH.split(body.strip())
        parts = halves[0].split()
        alpha_text = halves[1] if len(halves) == 2 else None
        if len(halves) > 2:
            return None
    if len(parts) != 3:
        return None
    alpha = 1.0
    if alpha_text is not None:
        component = _component(alpha_text, legacy)
        if component is None or component[1] not in ("", "%"):
            return None
        alpha = _clamp(component[0] / (100 if component[1] else 1), 1)
    read = [_component(part, legacy) for part in parts]
    values = [component for component in read if component is not None]
    if len(values) != 3:
        return None
    channels = _rgb_channels(values, legacy) if name.startswith("rgb") else _hue_channels(name, values, legacy)
    return Colour(*channels, alpha) if channels else None


def _component(text: str, legacy: bool) -> tuple[float, str] | None:
    """A number and its unit; `none` counts as 0 of whatever unit is wanted."""
    match = _COMPONENT.match(text)
    if match is None:
        return None
    if match["number"] is None:
        return None if legacy else (0.0, "")
    return float(match["number"]), match["unit"] or ""


def _rgb_channels(values: list[tuple[float, str]], legacy: bool) -> tuple[float, float, float] | None:
    units = {unit for _, unit in values}
    if not units <= {"", "%"} or (legacy and len(units) > 1):
        return None
    r, g, b = (_clamp(value * 255 / 100 if unit else value, 255) for value, unit in values)
    return r, g, b


def _hue_channels(name: str, values: list[tuple[float, str]], legacy: bool) -> tuple[float, float, float] | None:
    (angle, angle_unit), *shares = values
    if angle_unit == "%" or any(unit not in ("", "%") for _, unit in shares):
        return None
    if legacy and any(unit != "%" for _, unit in shares):
        return None
    hue = angle * _DEGREES[angle_unit]
    hue = hue % 360 if math.isfinite(hue) else 0.0
    second, third = (_clamp(value / 100, 1) for value, _ in shares)
    if name == "hwb":
        if second + third >= 1:
            grey = 255 * second / (second + third)
            return grey, grey, grey
        r, g, b = (255 * (part * (1 - second - third) + second) for part in _hsl(hue, 1, 0.5))
    else:
        r, g, b = (255 * part for part in _hsl(hue, second, third))
    return r, g, b


def _hsl(hue: float, saturation: float, lightness: float) -> tuple[float, float, float]:
    reach = saturation * min(lightness, 1 - lightness)

    def channel(offset: int) -> float:
        k = (offset + hue / 30) % 12
        return lightness - reach * max(-1.0, min(k - 3, 9 - k, 1.0))

    return channel(0), channel(8), channel(4)


def _clamp(value: float, top: float) -> float:
    return min(max(value, 0.0), top)


def _linear(channel: float) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _lab_curve(share: float) -> float:
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
