"""The colours and fonts of an existing site: those that have names already, and names for those that are used most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from sitegen_tui.content.page import Page, Style
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.template import COLOUR_ROLES, ColourRole, FontRole, FontToken

NAMED: Mapping[ColourRole, tuple[str, ...]] = {
    "primary": ("primary", "brand", "main-color"),
    "secondary": ("secondary", "brand-2", "dark"),
    "accent": ("accent", "highlight", "link-color", "warning"),
    "background": ("background", "body-bg", "bg", "page-bg", "white"),
    "surface": ("surface", "card-bg", "light", "bg-alt", "bg-light", "tertiary-bg", "gray-100"),
    "text": ("body-color", "text", "foreground", "fg", "ink", "text-color"),
    "text_muted": ("text-muted", "muted", "secondary-color", "gray", "text-light", "gray-600"),
    "inverse": ("inverse", "on-primary", "on-dark", "text-inverse"),
}
"""Words that a custom property of a role is called by, the surest first; prefixes such as `--bs-` and `--color-` do not count."""

_PREFIX = re.compile(r"^--(?:bs|color|colour|c|clr|theme|site|app|wp--preset--color)-(?=.)")
_HOLDING = frozenset(("media", "supports", "container", "layer"))
_MAX_DEPTH = 6
_VAR = re.compile(r"\s*var\(\s*(--[\w-]+)")
BROWSERS_OWN = "Times New Roman"
"""What browsers show where a site names no font."""
BROWSERS_COLOURS: Mapping[ColourRole, str] = {
    "primary": "#0000EE",
    "secondary": "#551A8B",
    "accent": "#EE0000",
    "background": "#FEFEFE",
    "surface": "#EFEFEF",
    "text": "#010101",
    "text_muted": "#757575",
    "inverse": "#FDFDFD",
}
"""About what browsers paint with where a site says nothing; each a colour of its own, so that roles can be told apart."""
_GENERIC = {"serif", "sans-serif", "monospace", "cursive", "system-ui", "inherit", "initial", "unset"}
_HEADINGS = re.compile(r"(?:^|[\s,.>])(?:\.?h[1-3]|h[1-6])(?=$|[\s,:.])")


@dataclass(slots=True)
class Paint:
    """Tokens by role with the value each has, fonts, the sheet that goes with them, and what was done.

    `unused` are roles for which no colour was found: they have a token that nothing uses yet.
    """

    tokens: dict[ColourRole, str] = field(default_factory=dict[ColourRole, str])
    palette: dict[ColourRole, str] = field(default_factory=dict[ColourRole, str])
    fonts: dict[FontRole, FontToken] = field(default_factory=dict[FontRole, FontToken])
    unused: tuple[ColourRole, ...] = ()
    css: str = ""
    notes: list[str] = field(default_factory=list[str])


def paint_of(page: Page, css: str) -> Paint:
    """What a site is painted with. Colours without a name get one, and the sheet uses it from then on."""
    style, found = page.style, Paint()
    named = {_PREFIX.sub("", name): name for name in style.root}
    for role in COLOUR_ROLES:
        for word in NAMED[role]:
            token = named.get(word)
            colour = _opaque(style, style.root[token].value) if token else None
            if token and colour and token not in found.tokens.values() and _hex(colour) not in found.palette.values():
                found.tokens[role], found.palette[role] = token, _hex(colour)
                break
    fresh = _unnamed(style, found)
    found.unused = tuple(role for role in COLOUR_ROLES if role not in found.tokens)
    for role in found.unused:
        found.tokens[role], found.palette[role] = f"--c-{role.replace('_', '-')}", BROWSERS_COLOURS[role]
    _fonts(page, found)
    lines = [f"  {found.tokens[role]}: {found.palette[role]};" for role in (*fresh, *found.unused)]
    family = [f"  {font.token}: {_family_list(page, role)};" for role, font in found.fonts.items() if font.token not in style.root]
    css = _with_tokens(css, {found.palette[role]: found.tokens[role] for role in fresh})
    css = _with_fonts(css, page, found)
    found.css = f":root {{\n{chr(10).join((*lines, *family))}\n}}\n\n{css}" if lines or family else css
    if fresh:
        found.notes.append(f"named by use, and the sheet now uses the names: {', '.join(found.tokens[role] for role in fresh)}")
    return found


def _unnamed(style: Style, found: Paint) -> list[ColourRole]:
    """Roles that get a name now, each the colour that is used most where the role shows."""
    uses: Counter[str] = Counter()
    grounds: Counter[str] = Counter()
    inks: Counter[str] = Counter()
    page_ground: list[str] = []
    page_ink: list[str] = []
    for rule, declaration in style.declarations():
        if declaration.property.startswith("--") or "selection" in rule.prelude or "print" in " ".join(rule.conditions):
            continue
        for _, _, colour in find_colours(declaration.value):
            if colour.a < 1:
                continue
            name = _hex(colour)
            uses[name] += 1
            ground = declaration.property.startswith("background")
            (grounds if ground else inks)[name] += declaration.property == "color" or ground
            if {"body", "html"} & set(rule.selectors):
                (page_ground if ground else page_ink).append(name)
    free = [name for name, _ in uses.most_common(60) if name not in found.palette.values()]
    vivid = [name for name in free if _chroma(name) > 25]
    pale = [name for name, _ in grounds.most_common() if name in free and _lightness(name) > 80]
    dark = [name for name, _ in inks.most_common() if name in free and _lightness(name) < 45]
    deep = [name for name in free if _lightness(name) < 50]
    middle = [name for name, _ in inks.most_common() if name in free and 25 < _lightness(name) < 75]
    wanted: Mapping[ColourRole, list[str]] = {
        "background": [*page_ground, *pale],
        "text": [*page_ink, *dark],
        "primary": vivid or deep,
        "secondary": [*vivid, *deep],
        "accent": [*vivid, *middle],
        "surface": pale,
        "text_muted": middle,
        "inverse": pale,
    }
    fresh: list[ColourRole] = []
    for role, candidates in wanted.items():
        if role in found.tokens:
            continue
        taken = set(found.palette.values())
        name = next((one for one in candidates if one not in taken), None)
        if name is not None:
            found.tokens[role], found.palette[role] = f"--c-{role.replace('_', '-')}", name
            fresh.append(role)
    return fresh


def _with_tokens(css: str, names: Mapping[str, str]) -> str:
    """The sheet with each colour that has got a name now used by it, wherever a declaration paints with it."""
    if not names:
        return css
    starts: list[int] = [0, *(match.end() for match in re.finditer("\n", css))]
    edits: list[tuple[int, int, str]] = []
    tinycss2: Any = import_module("tinycss2")

    def visit(nodes: Any, depth: int) -> None:
        for node in nodes:
            if node.type == "qualified-rule":
                declarations(node.content)
            elif node.type == "at-rule" and node.content is not None and depth < _MAX_DEPTH and node.lower_at_keyword in _HOLDING:
                visit(tinycss2.parse_rule_list(node.content), depth + 1)

    def declarations(content: Any) -> None:
        for part in tinycss2.parse_blocks_contents(content):
            if part.type == "declaration" and not part.name.startswith("--"):
                values(part.value)

    def values(tokens: Any) -> None:
        for token in tokens:
            if token.type == "hash":
                colour = Colour.parse(f"#{token.value}")
                name = names.get(_hex(colour)) if colour and colour.a == 1 else None
                if name:
                    at = starts[int(token.source_line) - 1] + int(token.source_column) - 1
                    if css[at : at + len(str(token.value)) + 1] == f"#{token.value}":
                        edits.append((at, at + len(str(token.value)) + 1, f"var({name})"))
            elif token.type == "function" and token.lower_name != "url":
                values(token.arguments)

    visit(tinycss2.parse_stylesheet(css), 0)
    parts: list[str] = []
    at = 0
    for start, end, text in sorted(edits):
        parts += [css[at:start], text]
        at = end
    return "".join((*parts, css[at:]))


# -- fonts ------------------------------------------------------------------------------------------------------------------


def _fonts(page: Page, found: Paint) -> None:
    for role, applies in (("heading", "h1, h2, h3"), ("body", "body, p")):
        value = _font_value(page, role)
        name = _first(page.style.resolve(value)) if value else ""
        if not name or name.lower() in _GENERIC or name.startswith(("-", "var(")):
            value, name = "", BROWSERS_OWN
            found.notes.append(f"no {role} font is named: --font-{role} is now {BROWSERS_OWN}, as browsers show it")
        used = _VAR.match(value)
        token = used[1] if used and used[1] in page.style.root else f"--font-{role}"
        token = _innermost(page.style, token)
        key: FontRole = "heading" if role == "heading" else "body"
        present = ", ".join(one for one in applies.split(", ") if page.select(one)) or "body"
        if token in {font.token for font in found.fonts.values()}:
            token = f"--font-{role}"
        found.fonts[key] = FontToken(token=token, family=name, applies_to=present)


def _innermost(style: Style, token: str) -> str:
    """The custom property that holds the value of one which only names another."""
    for _ in range(_MAX_DEPTH):
        named = _VAR.match(style.root[token].value) if token in style.root else None
        if named is None or named[1] not in style.root:
            break
        token = named[1]
    return token


def _font_value(page: Page, role: str) -> str:
    for rule in page.style.rules:
        ours = any(_HEADINGS.search(one) for one in rule.selectors) if role == "heading" else "body" in rule.selectors
        if ours and not rule.conditions:
            for declaration in rule.declarations:
                if declaration.property == "font-family":
                    return declaration.value
    return ""


def _family_list(page: Page, role: str) -> str:
    value = page.style.resolve(_font_value(page, role))
    if not value or _first(value).lower() in _GENERIC or value.startswith(("-", "var(")):
        return f'"{BROWSERS_OWN}", serif'
    families = [one.strip() for one in value.split(",")]
    return value if families[-1].lower() in _GENERIC else f"{value}, sans-serif"


def _with_fonts(css: str, page: Page, found: Paint) -> str:
    """The sheet with families that have got a name now used by it."""
    for role, font in found.fonts.items():
        value = _font_value(page, role)
        if font.token in page.style.root:
            continue
        if value and font.family != BROWSERS_OWN:
            css = re.sub(rf"(font-family\s*:\s*){re.escape(value)}", rf"\1var({font.token})", css)
        else:
            css = f"{'h1, h2, h3' if role == 'heading' else 'body'} {{ font-family: var({font.token}); }}\n{css}"
    return css


def _first(value: str) -> str:
    return value.split(",")[0].strip().strip("\"'")


def _opaque(style: Style, value: str) -> Colour | None:
    colour = Colour.parse(style.resolve(value).strip())
    return colour if colour and colour.a == 1 else None


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour.rgb)


def _lightness(name: str) -> float:
    colour = Colour.parse(name)
    return colour.lab()[0] if colour else 0.0


def _chroma(name: str) -> float:
    colour = Colour.parse(name)
    return (colour.lab()[1] ** 2 + colour.lab()[2] ** 2) ** 0.5 if colour else 0.0


def nearest_role(colour: Colour, palette: Mapping[ColourRole, str]) -> ColourRole | None:
    """The role whose colour it has, whatever its alpha."""
    for role, value in palette.items():
        own = Colour.parse(value)
        if own is not None and own.same_rgb(colour):
            return role
    return None
