"""How models get the palette wrong: tokens, gradients, overlays and tints kept, exchanged, a digit off; literals; bypasses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed, page_of
from sitegen_tui.actions.edits.editing import append_css, remove_element, set_attribute
from sitegen_tui.actions.palette import brand, named_subject, reaches_in_a_state, respelled, theme_tags
from sitegen_tui.domain.colour import Colour, contrast, find_colours
from sitegen_tui.domain.template import ColourRole, Gradient, Overlay, Tint
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.colours import ColourPlace, colour_places
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.css_pieces import Declaration
from sitegen_tui.site.css_text import var_references
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.page import Page
from sitegen_tui.site.source import Span, Splices

_Wrong = Callable[[Colour, ColourRole, Brief, Random], Colour]
"""Another colour in the place of the right one of a role."""
_Derived = Gradient | Overlay | Tint
_STRONG: tuple[ColourRole, ...] = ("primary", "secondary", "accent")
"""Roles that paint lines, calls and panels."""
_TEXTUAL: tuple[ColourRole, ...] = (*_STRONG, "text", "text_muted")
_GROUNDS: tuple[ColourRole, ...] = ("background", "surface", "inverse")
_LEGIBLE = 2.2
"""Contrast from which on a text counts as visible, with room for what it is painted on."""


# -- wrong colours --------------------------------------------------------------------------------------------------------


def _old(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """The template's colour, alpha kept."""
    old = Colour.parse(brief.manifest.palette_old[role]) or colour
    return Colour(old.r, old.g, old.b, colour.a)


def _digit(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """One hexadecimal digit off by one."""
    channels = list(colour.rgb)
    at = rng.randrange(3)
    channels[at] += 16 if channels[at] < 128 else -16
    r, g, b = channels
    return Colour(r, g, b, colour.a)


def _other(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """Another role's colour, alpha kept."""
    roles: list[ColourRole] = [one for one in _STRONG if not _alike(brief, one, role)]
    other = brand(brief.requirements, rng.choice(roles or list(_STRONG)))
    return Colour(other.r, other.g, other.b, colour.a)


def _black(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """Plain black, alpha kept."""
    return Colour(0, 0, 0, colour.a)


def _opaque(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """The right colour, its alpha forgotten."""
    return Colour(colour.r, colour.g, colour.b)


def _alpha(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """The right colour, its alpha a tenth off."""
    return Colour(colour.r, colour.g, colour.b, round(colour.a - 0.1 if colour.a > 0.5 else colour.a + 0.1, 2))


def _alike(brief: Brief, one: ColourRole, other: ColourRole) -> bool:
    return brand(brief.requirements, one).same_rgb(brand(brief.requirements, other))


# -- tokens ---------------------------------------------------------------------------------------------------------------


def _token_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A token keeps its old value."""
    tokens = set(brief.manifest.tokens.values())
    return _reverted(after, brief, rng, lambda page, place: place.name in tokens)


def _tokens(wrong: _Wrong, most: int, roles: Sequence[ColourRole] | None = None) -> Mutation:
    """A fault that gives up to `most` tokens another colour."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        css = parse_css(after.get(CSS, ""))
        edits = Splices(css.text)
        there: list[ColourRole] = [one for one in (roles or brief.manifest.tokens) if one in brief.manifest.tokens]
        for role in rng.sample(there, min(most, len(there))):
            for declaration in _root_definitions(after, brief, role):
                new = wrong(brand(brief.requirements, role), role, brief, rng)
                edits.replace(declaration.value_span, respelled(declaration.value, new))
        return _styled(after, edits)

    return apply


def _root_definitions(after: Files, brief: Brief, role: ColourRole) -> list[Declaration]:
    found = parse_css(after.get(CSS, "")).custom_properties.get(brief.manifest.tokens[role], ())
    return [declaration for rule, declaration in found if ":root" in rule.selectors and Colour.parse(declaration.value)]


def _tokens_exchanged(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Two roles have each other's colour."""
    edits = Splices(after.get(CSS, ""))
    first, second = _two_roles(brief, rng)
    pairs: tuple[tuple[ColourRole, ColourRole], ...] = ((first, second), (second, first))
    for role, other in pairs:
        for declaration in _root_definitions(after, brief, role):
            edits.replace(declaration.value_span, brief.requirements.brand.colours[other])
    return None if _alike(brief, first, second) else _styled(after, edits)


def _two_roles(brief: Brief, rng: Random) -> tuple[ColourRole, ColourRole]:
    """Two roles that can be read in each other's place: a fault is to cost its colour and not texts besides."""
    grounds = [brand(brief.requirements, role) for role in _GROUNDS]
    legible: list[ColourRole] = [
        role for role in _STRONG if all(contrast(brand(brief.requirements, role), ground) >= _LEGIBLE for ground in grounds)
    ]
    roles: list[ColourRole] = rng.sample(legible if len(legible) > 1 else _STRONG[:2], 2)
    return roles[0], roles[1]


def _token_in_a_window(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """On phones a token is another one's colour."""
    role, other = _two_roles(brief, rng)
    tokens = brief.manifest.tokens
    if CSS not in after or _alike(brief, role, other) or not _root_definitions(after, brief, other):
        return None
    rule = f"@media (max-width: 767px) {{ :root {{ {tokens[role]}: var({tokens[other]}); }} }}"
    return changed(after, {CSS: append_css(after[CSS], rule)})


def _token_in_a_section(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """In one section a token has another value."""
    section, role = rng.choice(brief.manifest.sections), rng.choice(_STRONG)
    if CSS not in after:
        return None
    value = _digit(brand(brief.requirements, role), role, brief, rng).hex
    rule = f"{section.selector} {{ {brief.manifest.tokens[role]}: {value}; }}"
    return changed(after, {CSS: append_css(after[CSS], rule)})


# -- gradients, overlays and tints ----------------------------------------------------------------------------------------


def _values(page: Page, one: _Derived) -> list[Declaration]:
    """The declarations in css/styles.css that paint a part of the manifest, in every window, for a tint in its state."""
    names = (one.property, one.property.partition("-")[0])
    if isinstance(one, Tint) and one.scroll_y:
        rules = [rule for rule in page.css.rules_setting(names) if reaches_in_a_state(page, rule, one.selector)]
        found = [declaration for rule in rules for declaration in rule.declarations if declaration.name in names]
    else:
        found = [entry.declaration for entry in applied(page, one.selector, *names) if entry.sheet.file == CSS]
    return [declaration for declaration in found if any(True for _ in find_colours(declaration.value))]


def _painted(parts: Callable[[Brief], Sequence[_Derived]], wrong: _Wrong, *, every: bool = False, stops: int = 0) -> Mutation:
    """A fault in the literals of one part of the manifest, or of `every` one; of a gradient, in so many `stops` (0: in all)."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        page = page_of(after, brief)
        fitting = [one for one in parts(brief) if _values(page, one)]
        if not fitting:
            return None
        edits = Splices(page.css.text)
        done: set[Span] = set()
        for one in fitting if every else [rng.choice(fitting)]:
            for declaration in _values(page, one):
                literals = list(find_colours(declaration.value))
                for start, end, colour in rng.sample(literals, min(stops or len(literals), len(literals))):
                    span = Span(declaration.value_span.start + start, declaration.value_span.start + end)
                    role = _role_of(colour, one, brief)
                    if role is not None and span not in done:
                        done.add(span)
                        edits.replace(span, _written(page.css.source(span), colour, wrong(colour, role, brief, rng)))
        return _styled(after, edits)

    return apply


def _role_of(colour: Colour, one: _Derived, brief: Brief) -> ColourRole | None:
    roles: tuple[ColourRole, ...] = one.roles if isinstance(one, Gradient) else (one.role,)
    return next((role for role in roles if brand(brief.requirements, role).same_rgb(colour)), None)


def _written(text: str, was: Colour, new: Colour) -> str:
    """A colour in the notation of another, where only the channels differ; else as rgba()."""
    if was.a == new.a:
        return respelled(text, new)
    return "rgba({}, {}, {}, {:g})".format(*new.rgb, new.a) if new.a < 1 else new.hex


def _gradients(brief: Brief) -> Sequence[_Derived]:
    return brief.manifest.derived.gradients


def _overlays(brief: Brief) -> Sequence[_Derived]:
    return brief.manifest.derived.overlays


def _tints(brief: Brief) -> Sequence[_Derived]:
    return brief.manifest.derived.tints


def _scrolled(brief: Brief) -> Sequence[_Derived]:
    return [one for one in brief.manifest.derived.tints if one.scroll_y]


def _scrolled_like_rest(colour: Colour, role: ColourRole, brief: Brief, rng: Random) -> Colour:
    """The tint at rest, in the alpha of the scrolled one."""
    rest: list[ColourRole] = [one.role for one in brief.manifest.derived.tints if not one.scroll_y]
    right = brand(brief.requirements, rest[0] if rest else role)
    return Colour(right.r, right.g, right.b, colour.a)


def _gradient_reversed(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The stops of a gradient stand in the other order."""
    page = page_of(after, brief)
    edits = Splices(page.css.text)
    one = rng.choice(brief.manifest.derived.gradients or (None,))
    for entry in applied(page, one.selector, one.property, "background") if one is not None else ():
        value, at = entry.declaration.value, entry.declaration.value_span.start
        spans = list(_terms(value, brief.manifest.tokens.values()))
        if entry.sheet.file == CSS and "gradient(" in value and len(spans) > 1:
            for span, other in zip(spans, reversed(spans), strict=True):
                edits.replace(Span(at + span.start, at + span.end), value[other.start : other.end])
    return _styled(after, edits)


def _terms(value: str, tokens: Iterable[str]) -> Iterator[Span]:
    """Where in a value its colours stand, literals and tokens, in order."""
    found = [Span(start, end) for start, end, _ in find_colours(value)]
    for token in tokens:
        found += [Span(*match.span()) for match in re.finditer(rf"var\(\s*{re.escape(token)}\s*\)", value)]
    yield from sorted(found)


# -- literals, theme colour, bypasses -------------------------------------------------------------------------------------


def _literal_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One literal that neither a token nor the manifest reaches keeps its old colour."""
    return _reverted(
        after, brief, rng, lambda page, place: place.rule is not None and not named_subject(place, page, brief.manifest)
    )


def _literals_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """All of those literals do."""
    return _reverted(after, brief, rng, lambda page, place: not named_subject(place, page, brief.manifest), every=True)


def _svg_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A drawing keeps its old fill."""
    return _reverted(after, brief, rng, lambda page, place: place.element is not None)


def _reverted(
    after: Files, brief: Brief, rng: Random, fits: Callable[[Page, ColourPlace], bool], *, every: bool = False
) -> dict[str, str] | None:
    old, page = brief.manifest.palette_old, page_of(after, brief)
    roles: dict[tuple[int, int, int], ColourRole] = {
        colour.rgb: role
        for role, value in brief.requirements.brand.colours.items()
        if role in old and (colour := Colour.parse(value)) is not None
    }
    places = [place for place in colour_places(page) if place.colour.rgb in roles and fits(page, place)]
    if not places:
        return None
    edits = {file: Splices(after[file]) for file in (CSS, HTML) if file in after}
    for place in places if every else [rng.choice(places)]:
        text = after[place.file][place.span.start : place.span.end]
        edits[place.file].replace(place.span, respelled(text, _old(place.colour, roles[place.colour.rgb], brief, rng)))
    return changed(after, {file: splices.result() for file, splices in edits.items()})


def _theme(value: Callable[[Brief, Random], str]) -> Mutation:
    """A fault that gives the browser's colour another value."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        for element in theme_tags(html.elements):
            set_attribute(html, edits, element, "content", value(brief, rng))
        return None if edits.empty else changed(after, {HTML: edits.result()})

    return apply


def _theme_old(brief: Brief, rng: Random) -> str:
    return brief.manifest.palette_old["primary"]


def _theme_role(brief: Brief, rng: Random) -> str:
    return _other(brand(brief.requirements, "primary"), "primary", brief, rng).hex


def _theme_left_out(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The head names no colour any more."""
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for element in theme_tags(html.elements):
        remove_element(html, edits, element)
    return None if edits.empty else changed(after, {HTML: edits.result()})


def _bypassed(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A var() becomes the brand's literal."""
    return _without_tokens(after, brief, lambda found: [rng.choice(found)], whole=True)


def _all_bypassed(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Every rule has literals for one token."""
    name = rng.choice(list(brief.manifest.tokens.values()))
    return _without_tokens(after, brief, lambda found: [one for one in found if f"var({name})" in one.value], whole=True)


def _bypassed_in_a_shorthand(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One token among other words of a value becomes a literal."""
    return _without_tokens(after, brief, lambda found: [rng.choice(found)], whole=False)


def _without_tokens(
    after: Files, brief: Brief, choose: Callable[[list[Declaration]], list[Declaration]], *, whole: bool
) -> dict[str, str] | None:
    css = parse_css(after.get(CSS, ""))
    values = {f"var({token})": brief.requirements.brand.colours[role] for role, token in brief.manifest.tokens.items()}
    found = [
        declaration
        for rule in css.rules
        for declaration in rule.declarations
        if not declaration.name.startswith("--")
        and any(f"var({name})" in values for name, _ in var_references(declaration.value))
        and (declaration.value in values) is whole
        and "gradient(" not in declaration.value
    ]
    edits = Splices(css.text)
    for declaration in choose(found) if found else ():
        new = declaration.value
        for token, value in values.items():
            new = new.replace(token, value)
        edits.replace(declaration.value_span, new)
    return _styled(after, edits)


def _styled(after: Files, edits: Splices) -> dict[str, str] | None:
    return changed(after, {CSS: edits.result()}) or None


_TOKEN, _GRADIENT, _OVERLAY, _TINT = ((f"colours.{name}-missed",) for name in ("variable", "gradient", "overlay", "header-tint"))
_LITERAL, _THEME, _BYPASS = ("colours.hardcoded-old",), ("colours.theme-color-missed",), ("colours.literal-bypass",)

_UNREADABLE = ("contrast.text-invisible",)
"""What an old colour among new ones can do to words besides: damage of its own."""

# Where no browser looked, an old colour is charged as the literal that it is: hence `also`.
FAULTS = (
    Fault("colours-literal-kept", _LITERAL, _literal_kept),
    Fault("colours-literals-kept", _LITERAL, _literals_kept, "blatant", 0.3),
    Fault("colours-svg-kept", _LITERAL, _svg_kept, "subtle"),
    Fault("colours-token-kept", _TOKEN, _token_kept, "blatant", 0.5, also=(*_LITERAL, *_UNREADABLE)),
    Fault("colours-tokens-kept", _TOKEN, _tokens(_old, 4, _TEXTUAL), "blatant", 0.3, also=(*_LITERAL, *_UNREADABLE)),
    Fault("colours-tokens-exchanged", _TOKEN, _tokens_exchanged, "realistic", 0.3, also=_UNREADABLE),
    Fault("colours-token-digit", _TOKEN, _tokens(_digit, 1), "subtle", 0.5),
    Fault("colours-token-in-a-window", _TOKEN, _token_in_a_window, "subtle", 0.0),
    Fault("colours-token-in-a-section", _TOKEN, _token_in_a_section, "subtle", 0.0),
    Fault("colours-gradient-kept", _GRADIENT, _painted(_gradients, _old), "blatant", 0.5, also=(*_LITERAL, *_UNREADABLE)),
    Fault(
        "colours-gradient-stop-kept",
        _GRADIENT,
        _painted(_gradients, _old, stops=1),
        "realistic",
        0.5,
        also=(*_LITERAL, *_UNREADABLE),
    ),
    Fault("colours-gradient-other-role", _GRADIENT, _painted(_gradients, _other, stops=1), "realistic", 0.3, also=_UNREADABLE),
    Fault("colours-gradient-reversed", _GRADIENT, _gradient_reversed, "subtle", 0.3, also=_UNREADABLE),
    Fault("colours-gradient-digit", _GRADIENT, _painted(_gradients, _digit, stops=1), "subtle", 0.3),
    Fault("colours-overlay-opaque", _OVERLAY, _painted(_overlays, _opaque), "blatant", 0.3, also=_UNREADABLE),
    Fault("colours-overlay-kept", _OVERLAY, _painted(_overlays, _old), "realistic", 0.5, also=(*_LITERAL, *_UNREADABLE)),
    Fault("colours-overlay-black", _OVERLAY, _painted(_overlays, _black), "realistic", 0.5, also=_UNREADABLE),
    Fault("colours-overlay-alpha", _OVERLAY, _painted(_overlays, _alpha), "subtle", 0.5, also=_UNREADABLE),
    Fault("colours-overlay-digit", _OVERLAY, _painted(_overlays, _digit), "subtle", 0.0),
    Fault("colours-tints-kept", _TINT, _painted(_tints, _old, every=True), "blatant", 0.3, also=(*_LITERAL, *_UNREADABLE)),
    Fault("colours-tint-scrolled-kept", _TINT, _painted(_scrolled, _old), "realistic", 0.5, also=(*_LITERAL, *_UNREADABLE)),
    Fault("colours-tint-alpha", _TINT, _painted(_tints, _alpha), "subtle", 0.3, also=_UNREADABLE),
    Fault("colours-tint-of-the-other-state", _TINT, _painted(_scrolled, _scrolled_like_rest), "subtle", 0.3, also=_UNREADABLE),
    Fault("colours-theme-kept", _THEME, _theme(_theme_old), "subtle"),
    Fault("colours-theme-left-out", _THEME, _theme_left_out, "blatant", 0.3),
    Fault("colours-theme-other-role", _THEME, _theme(_theme_role), "realistic", 0.3),
    Fault("colours-var-bypassed", _BYPASS, _bypassed, "realistic", 0.5),
    Fault("colours-token-bypassed", _BYPASS, _all_bypassed, "blatant", 0.0),
    Fault("colours-shorthand-bypassed", _BYPASS, _bypassed_in_a_shorthand, "subtle", 0.3),
)
