"""How models get fonts wrong: families kept, misspelt or written past their tokens, and loaders that ask for something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed, page_of
from sitegen_tui.actions.edits.editing import append_css, insert_line_after, remove_element, set_attribute
from sitegen_tui.domain.template import FontRole
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.fonts import font_loaders
from sitegen_tui.site.html import escape_attribute, parse_html
from sitegen_tui.site.source import Splices

_ROLES: tuple[FontRole, ...] = ("heading", "body")
_Value = Callable[[str, Brief, FontRole, Random], str]
"""Another value for the token of a role, whose right value is given."""
_HOST = "https://fonts.googleapis.com/css2"


# -- loaders --------------------------------------------------------------------------------------------------------------


def _link_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The families are named, the old ones are loaded."""
    old, new = before.get(HTML, ""), after.get(HTML, "")
    return {HTML: old} if old != new else None


def _relinked(change: Callable[[str, Brief, Random], str]) -> Mutation:
    """A fault in the address of the font service's stylesheet."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        for loader in font_loaders(page_of(after, brief)):
            if loader.kind == "link" and loader.element is not None:
                set_attribute(html, edits, loader.element, "href", change(loader.url, brief, rng))
        return None if edits.empty else changed(after, {HTML: edits.result()}) or None

    return apply


def _lightest_only(url: str, brief: Brief, rng: Random) -> str:
    """Only the lightest weight of the body's family is asked for."""
    return re.sub(r"(\d+);[\d;]+", r"\1", url, count=1)


def _no_weights(url: str, brief: Brief, rng: Random) -> str:
    """Families are asked for without weights."""
    return re.sub(r":wght@[\d;]+", "", url)


def _other_weight(url: str, brief: Brief, rng: Random) -> str:
    """The headings' weight is another one."""
    weight = max(brief.requirements.brand.fonts["heading"].weights)
    return url.replace(f":wght@{weight}", f":wght@{500 if weight != 500 else 800}", 1)


def _display_dropped(url: str, brief: Brief, rng: Random) -> str:
    """The address ends after the families."""
    return url.replace("&display=swap", "")


def _display(value: str) -> Callable[[str, Brief, Random], str]:
    return lambda url, brief, rng: url.replace("display=swap", f"display={value}")


def _old_added(url: str, brief: Brief, rng: Random) -> str:
    """The new families are asked for beside an old one."""
    return url.replace("&display", f"&family={_plus(brief.manifest.fonts['heading'].family)}:wght@600&display", 1)


def _one_forgotten(url: str, brief: Brief, rng: Random) -> str:
    """One family is not asked for."""
    family = re.escape(_plus(brief.requirements.brand.fonts[rng.choice(_ROLES)].family))
    return re.sub(rf"family={family}(?:[:@][^&]*)?&", "", url, count=1)


def _one_misspelt(url: str, brief: Brief, rng: Random) -> str:
    """One family's name is nearly right."""
    family = _plus(brief.requirements.brand.fonts[rng.choice(_ROLES)].family)
    return url.replace(f"family={family}", f"family={rng.choice((family + '+Display', family[:-1]))}", 1)


def _plus(family: str) -> str:
    return family.replace(" ", "+")


def _link_left_out(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Nothing loads a font any more."""
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for loader in font_loaders(page_of(after, brief)):
        if loader.element is not None:
            remove_element(html, edits, loader.element)
    return None if edits.empty else changed(after, {HTML: edits.result()})


def _old_beside(markup: str) -> Mutation:
    """A fault that puts another element beside the loader: `{url}` is an address that asks for an old family."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        links = [one.element for one in font_loaders(page_of(after, brief)) if one.kind == "link"]
        link = next((element for element in links if element is not None), None)
        if link is None:
            return None
        family = _plus(brief.manifest.fonts[rng.choice(_ROLES)].family)
        url = escape_attribute(f"{_HOST}?family={family}:wght@400;600&display=swap")
        insert_line_after(html, edits, link, markup.format(url=url))
        return changed(after, {HTML: edits.result()})

    return apply


# -- tokens ---------------------------------------------------------------------------------------------------------------


def _token(value: _Value, *roles: FontRole) -> Mutation:
    """A fault that gives the tokens of some roles another value."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        css = parse_css(after.get(CSS, ""))
        edits = Splices(css.text)
        for role in roles:
            for _, declaration in css.custom_properties.get(brief.manifest.fonts[role].token, ()):
                edits.replace(declaration.value_span, value(declaration.value, brief, role, rng))
        return changed(after, {CSS: edits.result()}) or None

    return apply


def _alone(value: str, brief: Brief, role: FontRole, rng: Random) -> str:
    """The family without anything behind it."""
    return f'"{brief.requirements.brand.fonts[role].family}"'


def _other_end(value: str, brief: Brief, role: FontRole, rng: Random) -> str:
    """Another generic family at the end."""
    font = brief.requirements.brand.fonts[role]
    others = [one for one in ("serif", "sans-serif", "cursive", "system-ui") if one != font.fallback]
    return f'"{font.family}", {rng.choice(others)}'


def _old_family(value: str, brief: Brief, role: FontRole, rng: Random) -> str:
    """The old family, only what stands behind it is new."""
    return f'"{brief.manifest.fonts[role].family}", Times, {brief.requirements.brand.fonts[role].fallback}'


def _as_it_was(value: str, brief: Brief, role: FontRole, rng: Random) -> str:
    """The old family in front of the required end."""
    return f'"{brief.manifest.fonts[role].family}", {brief.requirements.brand.fonts[role].fallback}'


def _nearly(value: str, brief: Brief, role: FontRole, rng: Random) -> str:
    """A name that is nearly right."""
    font = brief.requirements.brand.fonts[role]
    return f'"{rng.choice((font.family + " Display", font.family[:-1]))}", {font.fallback}'


def _written_out(value: _Value | None, *roles: FontRole) -> Mutation:
    """A fault that writes families into rules in place of the tokens of some roles, which get another value, or go (None)."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        css = parse_css(after.get(CSS, ""))
        edits = Splices(css.text)
        for role in roles:
            token, font = brief.manifest.fonts[role].token, brief.requirements.brand.fonts[role]
            literal = f'"{font.family}", {font.fallback}'
            for rule in css.rules:
                for declaration in rule.declarations:
                    if declaration.name == token:
                        if value is not None:
                            edits.replace(declaration.value_span, value(declaration.value, brief, role, rng))
                        else:
                            edits.delete(declaration.span)
                    else:
                        new = re.sub(rf"var\(\s*{re.escape(token)}\s*\)", lambda _, new=literal: new, declaration.value)
                        edits.replace(declaration.value_span, new)
        return changed(after, {CSS: edits.result()}) or None

    return apply


# -- rules that win against the tokens ------------------------------------------------------------------------------------


def _overruled(role: FontRole, rule: str) -> Mutation:
    """A fault that ends the stylesheet with a rule: `{all}` and `{one}` are what the font applies to, `{other}` the other token."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        if CSS not in after:
            return None
        html = parse_html(after.get(HTML, ""))
        parts = [part.strip() for part in brief.manifest.fonts[role].applies_to.split(",")]
        there = [part for part in parts if html.one(part) is not None]
        if not there:
            return None
        other = brief.manifest.fonts["body" if role == "heading" else "heading"].token
        block = rule.format(all=", ".join(parts), one=rng.choice(there), other=f"var({other})")
        return changed(after, {CSS: append_css(after[CSS], block.replace("[[", "{").replace("]]", "}"))})

    return apply


_NOTHING_LOADED = ("fonts.face-not-loaded", "fonts.weight-missing", "fonts.display-missing", "fonts.old-source-left")
_HEADING, _BODY, _TOKEN = ("fonts.heading-family-wrong",), ("fonts.body-family-wrong",), ("fonts.variable-missed",)
_UNLOADED, _OLD, _WEIGHT = ("fonts.face-not-loaded",), ("fonts.old-source-left",), ("fonts.weight-missing",)
_FALLBACK, _DISPLAY = ("fonts.fallback-missing",), ("fonts.display-missing",)
_IN_A_WINDOW = "@media (max-width: 767px) [[ {one} [[ font-family: Georgia, serif !important; ]] ]]"

# Where no browser looked, a wrong family in a token is charged as the token that it is: hence `also`.
FAULTS = (
    Fault("fonts-link-kept", _NOTHING_LOADED, _link_kept, "realistic", 3.0),
    Fault("fonts-weight-dropped", _WEIGHT, _relinked(_lightest_only), "subtle"),
    Fault("fonts-weights-left-out", _WEIGHT, _relinked(_no_weights), "blatant", 0.3),
    Fault("fonts-other-weight", _WEIGHT, _relinked(_other_weight), "realistic", 0.5),
    Fault("fonts-display-dropped", _DISPLAY, _relinked(_display_dropped), "subtle"),
    Fault("fonts-display-block", _DISPLAY, _relinked(_display("block")), "blatant", 0.0),
    Fault("fonts-display-fallback", _DISPLAY, _relinked(_display("fallback")), "realistic", 0.3),
    Fault("fonts-old-beside", _OLD, _relinked(_old_added), "realistic"),
    Fault("fonts-old-link-beside", _OLD, _old_beside('<link rel="stylesheet" href="{url}">'), "blatant", 0.5),
    Fault("fonts-old-preloaded", _OLD, _old_beside('<link rel="preload" as="style" href="{url}">'), "subtle", 0.3),
    Fault("fonts-link-left-out", _UNLOADED, _link_left_out, "blatant", 0.5),
    Fault("fonts-family-forgotten", _UNLOADED, _relinked(_one_forgotten), "realistic", 0.5),
    Fault("fonts-family-misspelt", _UNLOADED, _relinked(_one_misspelt), "subtle", 0.3),
    Fault("fonts-fallback-dropped", _FALLBACK, _token(_alone, "body"), "subtle"),
    Fault("fonts-fallbacks-dropped", _FALLBACK, _token(_alone, *_ROLES), "blatant", 0.3),
    Fault("fonts-other-fallback", _FALLBACK, _token(_other_end, "heading"), "realistic", 0.3),
    Fault("fonts-token-kept", _HEADING, _token(_old_family, "heading"), "blatant", also=_TOKEN),
    Fault("fonts-body-token-kept", _BODY, _token(_as_it_was, "body"), "blatant", 0.5, also=_TOKEN),
    Fault(
        "fonts-headings-like-body",
        _HEADING,
        _overruled("heading", "{all} [[ font-family: {other} !important; ]]"),
        "realistic",
        0.3,
    ),
    Fault(
        "fonts-body-literal",
        _BODY,
        _overruled("body", "{all} [[ font-family: Arial, sans-serif !important; ]]"),
        "realistic",
        0.3,
        also=_HEADING,
    ),
    Fault("fonts-heading-nearly", _HEADING, _token(_nearly, "heading"), "subtle", 0.3, also=_TOKEN),
    Fault("fonts-body-nearly", _BODY, _token(_nearly, "body"), "subtle", 0.3, also=_TOKEN),
    Fault("fonts-heading-in-a-window", _HEADING, _overruled("heading", _IN_A_WINDOW), "subtle", 0.0),
    Fault("fonts-body-in-a-window", _BODY, _overruled("body", _IN_A_WINDOW), "subtle", 0.0),
    Fault("fonts-tokens-gone", _TOKEN, _written_out(None, *_ROLES), "blatant", 0.3),
    Fault("fonts-written-out", _TOKEN, _written_out(_as_it_was, "heading"), "realistic", 0.5),
    Fault("fonts-token-nearly", _TOKEN, _written_out(_nearly, "body"), "subtle", 0.0),
)
