"""The places of a template that a brand makes unreadable: their rules, their colours, and colours of a wanted contrast."""

from __future__ import annotations

from sitegen_tui.actions.base import Brief
from sitegen_tui.domain.colour import Colour, contrast
from sitegen_tui.domain.template import ColourRole, Trap
from sitegen_tui.site.css import CssFile
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.css_text import normal_selector, split_top

WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def rules_of(css: CssFile, trap: Trap) -> list[Rule]:
    """The rules that set the trap: those written with just its selector, in whatever window."""
    wanted = [normal_selector(part) for part in split_top(trap.css_selector, ",")]
    exact = [rule for rule in css.rules if list(rule.selectors) == wanted]
    return exact or (list(css.rules_for(wanted[0])) if len(wanted) == 1 else [])


def brand(brief: Brief, role: ColourRole) -> Colour:
    """The brand's colour of a role; black for one that is no colour."""
    return Colour.parse(brief.requirements.brand.colours[role]) or BLACK


def faded(colour: Colour, ground: Colour, ratio: float) -> Colour | None:
    """A colour mixed with its ground until their contrast is just under `ratio`; None where it is less from the start."""
    if contrast(colour, ground) < ratio:
        return None
    for step in range(1, 256):
        share = step / 255
        mixed = Colour(*(a * (1 - share) + b * share for a, b in zip(colour.rgb, ground.rgb, strict=True)))
        mixed = Colour(*mixed.rgb)
        if contrast(mixed, ground) < ratio:
            return mixed
    return None
