"""Two themes of our own, one dark and one light, with one accent; and the styles that lines are painted with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rich.style import Style
from textual.theme import Theme

DARK_NAME, LIGHT_NAME = "sitegen-dark", "sitegen-light"


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of a theme, as `#rrggbb`."""

    ground: str
    raised: str
    cursor: str
    cursor_dim: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    good: str
    bad: str
    warn: str
    added: str
    added_word: str
    removed: str
    removed_word: str


DARK_COLOURS = Colours(
    ground="#14171c",
    raised="#1b1f26",
    cursor="#263445",
    cursor_dim="#20262f",
    line="#2f3742",
    text="#d9dee6",
    muted="#97a1af",
    faint="#66707e",
    accent="#6fb3ff",
    on_accent="#0c1522",
    good="#8ccf9a",
    bad="#f08f84",
    warn="#e3b872",
    added="#17291f",
    added_word="#27573a",
    removed="#301d1f",
    removed_word="#6b2d31",
)
LIGHT_COLOURS = Colours(
    ground="#fbfbfa",
    raised="#f1f2f3",
    cursor="#d5e5f9",
    cursor_dim="#e7eaee",
    line="#cfd4da",
    text="#1d232b",
    muted="#56606d",
    faint="#79838f",
    accent="#0a5bc4",
    on_accent="#ffffff",
    good="#18703a",
    bad="#b3261e",
    warn="#8a5a00",
    added="#e4f5e8",
    added_word="#a9deb6",
    removed="#fdeae8",
    removed_word="#f3b7b1",
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Rich styles by what they mean; `on_*` are backgrounds."""

    text: Style
    strong: Style
    muted: Style
    faint: Style
    accent: Style
    accent_strong: Style
    good: Style
    bad: Style
    warn: Style
    line: Style
    key: Style
    chip: Style
    on_cursor: Style
    on_cursor_dim: Style
    on_raised: Style
    on_added: Style
    on_added_word: Style
    on_removed: Style
    on_removed_word: Style
    on_mark: Style


def _theme(name: str, colours: Colours, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours.accent,
        secondary=colours.accent,
        accent=colours.accent,
        warning=colours.warn,
        error=colours.bad,
        success=colours.good,
        foreground=colours.text,
        background=colours.ground,
        surface=colours.ground,
        panel=colours.raised,
        dark=dark,
        variables={
            "line": colours.line,
            "text-soft": colours.muted,
            "faint": colours.faint,
            "raised": colours.raised,
            "cursor-line": colours.cursor,
            "on-accent": colours.on_accent,
            "border": colours.line,
            "border-blurred": colours.line,
            "scrollbar": colours.line,
            "scrollbar-hover": colours.faint,
            "scrollbar-active": colours.accent,
            "scrollbar-background": colours.ground,
            "scrollbar-background-hover": colours.ground,
            "scrollbar-background-active": colours.ground,
            "scrollbar-corner-color": colours.ground,
            "block-cursor-background": colours.accent,
            "block-cursor-foreground": colours.on_accent,
            "block-cursor-blurred-background": colours.cursor_dim,
            "block-cursor-blurred-foreground": colours.text,
            "input-selection-background": f"{colours.accent} 30%",
        },
    )


THEMES = (_theme(DARK_NAME, DARK_COLOURS, True), _theme(LIGHT_NAME, LIGHT_COLOURS, False))


@cache
def palette(dark: bool) -> Palette:
    """The styles of the dark or the light theme."""
    c = DARK_COLOURS if dark else LIGHT_COLOURS
    return Palette(
        text=Style(color=c.text),
        strong=Style(color=c.text, bold=True),
        muted=Style(color=c.muted),
        faint=Style(color=c.faint),
        accent=Style(color=c.accent),
        accent_strong=Style(color=c.accent, bold=True),
        good=Style(color=c.good),
        bad=Style(color=c.bad),
        warn=Style(color=c.warn),
        line=Style(color=c.line),
        key=Style(color=c.accent, bold=True),
        chip=Style(color=c.on_accent, bgcolor=c.accent, bold=True),
        on_cursor=Style(bgcolor=c.cursor),
        on_cursor_dim=Style(bgcolor=c.cursor_dim),
        on_raised=Style(bgcolor=c.raised),
        on_added=Style(bgcolor=c.added),
        on_added_word=Style(bgcolor=c.added_word),
        on_removed=Style(bgcolor=c.removed),
        on_removed_word=Style(bgcolor=c.removed_word),
        on_mark=Style(color=c.on_accent, bgcolor=c.warn),
    )
