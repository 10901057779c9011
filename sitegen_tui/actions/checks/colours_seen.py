"""What the palette is judged by on the rendered page: tokens as they resolve, gradients, overlays and header tints as painted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitegen_tui.actions.base import CSS, Step, at, seen
from sitegen_tui.actions.checks.measure import substituted
from sitegen_tui.actions.palette import brand
from sitegen_tui.domain.colour import Colour
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.domain.probes import Painted, PaintedImage, Probe, ViewName
from sitegen_tui.domain.template import ColourRole, Gradient, Overlay, Tint
from sitegen_tui.site.html import inside
from sitegen_tui.site.source import Span

ALPHA = 0.02 + 0.5 / 255
"""By how much alphas may differ: what DOMAIN allows, and half a step of the 8 bits that a probe keeps."""
CLEAR = 0.02
"""A layer that is more transparent paints nothing."""


class _Kept(NamedTuple):
    """A token that resolves to another colour than the brand's: where, and to which (None: to no colour)."""

    view: ViewName | None
    section: str
    colour: Colour | None


_Tokens = dict[ColourRole, _Kept]


class _Layer(NamedTuple):
    """One thing that an element paints: a flat colour or the stops of a gradient, alphas as they are seen and as they are set."""

    stops: tuple[Colour, ...]
    alphas: tuple[float, ...]
    own: tuple[float, ...]


# -- tokens ---------------------------------------------------------------------------------------------------------------


def check_tokens(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each token resolves to the brand's colour at the root, and in every section that sets it anew."""
    for role, kept in kept_tokens(step, after).items():
        token, wanted = step.manifest.tokens[role], brand(step.requirements, role)
        measured = kept.colour.hex if kept.colour is not None else "no colour"
        place = f" in section {kept.section}" if kept.section else ""
        told = f"{token} resolves to {measured}{place}" if kept.view else "The page could not be looked at"
        found = seen(
            "colours.variable-missed",
            told,
            view=kept.view,
            expected=wanted.hex,
            measured=measured,
            subject=role,
            section=kept.section,
            instances=len(step.manifest.tokens),
        )
        evidence = _definition(step, token, kept, found.evidence)
        yield found.model_copy(update={"evidence": evidence})


def kept_tokens(step: Step, after: Probe) -> _Tokens:
    """The tokens that have not the brand's colour, by role, each with the first place where it has not."""
    found: dict[ColourRole, _Kept] = {}
    for role in step.manifest.tokens:
        kept = _kept(step, after, role)
        if kept is not None:
            found[role] = kept
    return found


def _kept(step: Step, after: Probe, role: ColourRole) -> _Kept | None:
    wanted = brand(step.requirements, role)
    for name, view in after.views.items():
        colour = Colour.parse(view.tokens.get(role) or "")
        if colour is None or not colour.same(wanted, alpha=ALPHA):
            return _Kept(name, "", colour)
    for name, view in after.views.items():
        for section, tokens in view.local_tokens.items():
            colour = Colour.parse(tokens.get(role) or "") if role in tokens else wanted
            allowed = _local(step, name, section, role)
            if allowed and (colour is None or not any(colour.same(one, alpha=ALPHA) for one in allowed)):
                return _Kept(name, section, colour)
    return None if after.views else _Kept(None, "", None)


def _local(step: Step, view: ViewName, section: str, role: ColourRole) -> list[Colour]:
    """What a token may be in a section: the brand's colour of its role, or of the role whose colour the skeleton gives it there.

    Empty where the skeleton gives it a colour of no role: then anything may stand there.
    """
    start = step.seen_start.views.get(view) if step.seen_start is not None else None
    own = start.local_tokens.get(section, {}) if start is not None else {}
    if role not in own:
        return [brand(step.requirements, role)]
    colour = Colour.parse(own[role] or "")
    roles: list[ColourRole] = []
    for other, value in step.manifest.palette_old.items():
        old = Colour.parse(value)
        if colour is not None and old is not None and colour.same_rgb(old):
            roles.append(other)
    return [brand(step.requirements, role), *(brand(step.requirements, other) for other in roles)] if roles else []


def _definition(step: Step, token: str, kept: _Kept, seen_there: Evidence) -> Evidence:
    """Evidence at the declaration that gives a token its wrong colour, the last one that does; else what was seen alone."""
    place: tuple[str, Span] | None = None
    for sheet in step.after.sheets:
        for _, declaration in sheet.css.custom_properties.get(token, ()):
            colour = Colour.parse(substituted(step.after, declaration.value))
            if kept.colour is not None and colour is not None and colour.same(kept.colour, alpha=ALPHA):
                span = declaration.span
                place = sheet.file, Span(span.start + sheet.offset, span.end + sheet.offset)
    file, span = place or (CSS, None)
    return at(step.after, file, span, expected=seen_there.expected, measured=seen_there.measured)


# -- gradients ------------------------------------------------------------------------------------------------------------


def check_gradients(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each gradient has the brand's colours as stops, in order. A token that was kept is charged itself, not where it is used."""
    gradients = step.manifest.derived.gradients
    kept = _cause(step, after)
    for one in gradients:
        told = _gradient(step, one, before, after, kept)
        if told is not None:
            view, painted, measured = told
            yield seen(
                "colours.gradient-missed",
                f"The gradient {_named(one)} does not have the brand's colours"
                if painted
                else f"There is no gradient {_named(one)}",
                page=step.after,
                path=one.selector,
                view=view,
                box=painted.box if painted is not None else None,
                expected=", ".join(brand(step.requirements, role).hex for role in one.roles),
                measured=measured,
                subject=one.id,
                section=section_of(step, one.selector),
                instances=len(gradients),
                inherited=_was_gone(one, before),
            )


def _gradient(
    step: Step, one: Gradient, before: Probe, after: Probe, kept: _Tokens
) -> tuple[ViewName | None, Painted | None, str] | None:
    """The first view in which a gradient is wrong, how it is painted there, and its stops in words; None if it is right."""
    wanted = [brand(step.requirements, role) for role in one.roles]
    fair = [_kept_colour(step, kept, role) for role in one.roles]
    for name, view in after.views.items():
        painted = view.painted.get(one.selector)
        if painted is None or not painted.found:
            return name, None, "nothing"
        old = before.views[name].painted.get(one.selector) if name in before.views else None
        if not any(_right_stops(image, old, wanted, fair, step.later) for image in painted.images):
            return name, painted, ", ".join(painted.gradient) or "no gradient"
    return None if after.views else (None, None, "nothing")


def _right_stops(image: PaintedImage, old: Painted | None, wanted: list[Colour], fair: list[Colour], later: bool) -> bool:
    stops = [colour for stop in image.stops if (colour := Colour.parse(stop)) is not None]
    distinct = [stop for at, stop in enumerate(stops) if at == 0 or not stop.same_rgb(stops[at - 1])]
    if image.kind != "gradient" or not any(_same_row(row, wanted, fair) for row in (stops, distinct)):
        return False
    was = [colour for stop in (old.gradient if old is not None else ()) if (colour := Colour.parse(stop)) is not None]
    return later or len(was) != len(stops) or all(abs(a.a - b.a) <= ALPHA for a, b in zip(was, stops, strict=True))


def _same_row(stops: list[Colour], wanted: list[Colour], fair: list[Colour]) -> bool:
    rows = zip(stops, wanted, fair, strict=False)
    return len(stops) == len(wanted) and all(stop.same_rgb(right) or stop.same_rgb(kept) for stop, right, kept in rows)


# -- overlays and tints ---------------------------------------------------------------------------------------------------


def check_overlays(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each overlay has its role's colour and its own alpha; later actions may make it stronger or put it elsewhere."""
    overlays = step.manifest.derived.overlays
    kept = _cause(step, after)
    for one in overlays:
        for name, view in after.views.items() or ((None, None),):
            painted = view.painted.get(one.selector) if view is not None else None
            old = before.views[name].painted.get(one.selector) if name is not None and name in before.views else None
            if _right(step, one, painted, old, one.alpha, kept):
                continue
            there = painted is not None and painted.found
            yield seen(
                "colours.overlay-missed",
                f"The overlay {_named(one)} does not have its colour" if there else f"The overlay {_named(one)} is gone",
                page=step.after,
                path=one.selector,
                view=name,
                box=painted.box if painted is not None else None,
                expected=f"{brand(step.requirements, one.role).hex} at alpha {one.alpha:g}",
                measured=_paint(painted, one.property),
                subject=one.id,
                section=section_of(step, one.selector),
                instances=len(overlays),
                inherited=_was_gone(one, before),
            )
            break


def check_tints(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The header has its tint in every state, those after scrolling included, with the alpha that it had."""
    if not after.wants.tints:
        return
    kept = _cause(step, after)
    for one in step.manifest.derived.tints:
        tint, had = after.tints.get(one.id), before.tints.get(one.id)
        painted, old = tint.painted if tint is not None else None, had.painted if had is not None else None
        if _right(step, one, painted, old, None, kept):
            continue
        state = f"after scrolling {one.scroll_y} px" if one.scroll_y else "at the top of the page"
        there = painted is not None and painted.found
        yield seen(
            "colours.header-tint-missed",
            f"The header's tint {state} is not the brand's" if there else "There is no header to tint",
            page=step.after,
            path=one.selector,
            view="desktop",
            box=painted.box if painted is not None else None,
            expected=f"{brand(step.requirements, one.role).hex} at its own alpha",
            measured=_paint(painted, one.property),
            subject=one.id,
            section=section_of(step, one.selector) or "header",
            inherited=had is not None and not had.painted.found,
        )


def _right(
    step: Step,
    one: Overlay | Tint,
    painted: Painted | None,
    old: Painted | None,
    alpha: float | None,
    kept: _Tokens,
) -> bool:
    """Whether something that is painted has the colour of its role, and `alpha` or that which it had."""
    wanted = [brand(step.requirements, one.role), _kept_colour(step, kept, one.role)]
    layers = list(_layers(painted, one.property)) if painted is not None and painted.found else []
    if step.later and _of_a_picture(step, one) and not any(max(layer.alphas) > CLEAR for layer in layers):
        return True
    had = list(_layers(old, one.property)) if old is not None and old.found else []
    for layer in layers:
        if not all(any(stop.same_rgb(colour) for colour in wanted) for stop in layer.stops):
            continue
        if step.later or _keeps_alpha(layer, had, alpha, old is None or painted is None or painted.opacity == old.opacity):
            return True
    return False


def _keeps_alpha(layer: _Layer, had: list[_Layer], alpha: float | None, same_opacity: bool) -> bool:
    ways = [layer.alphas, *([layer.own] if same_opacity else [])]
    if alpha is not None and any(all(abs(one - alpha) <= ALPHA for one in way) for way in ways):
        return True
    return any(
        len(way) == len(old) and all(abs(a - b) <= ALPHA for a, b in zip(way, old, strict=True))
        for was in had
        for way, old in ((layer.alphas, was.alphas), *(((layer.own, was.own),) if same_opacity else ()))
    )


def _layers(painted: Painted, name: str) -> Iterator[_Layer]:
    """Every shadow, or the flat colour and each gradient, that an element paints."""
    flat = painted.shadows if name == "box-shadow" else (painted.colour,)
    groups: list[tuple[str, ...]] = [(one,) for one in flat]
    if name != "box-shadow":
        groups += [image.stops for image in painted.images if image.kind == "gradient"]
    for group in groups:
        stops = tuple(colour for stop in group if (colour := Colour.parse(stop)) is not None)
        shown = tuple(stop for stop in stops if stop.a > 0) or stops
        if stops:
            yield _Layer(shown, tuple(stop.a * painted.opacity for stop in stops), tuple(stop.a for stop in stops))


def _paint(painted: Painted | None, name: str) -> str:
    if painted is None or not painted.found:
        return "nothing"
    layers = [", ".join(stop.hex for stop in layer.stops) for layer in _layers(painted, name) if max(layer.own) > 0]
    faded = f" at opacity {painted.opacity:g}" if painted.opacity < 1 else ""
    return (" and ".join(layers) or "nothing") + faded


def _of_a_picture(step: Step, one: Overlay | Tint) -> bool:
    """Whether an overlay lies over a picture: then the actions that set pictures see to it that it is there."""
    backgrounds = (step.manifest.hero.background, *(section.background for section in step.manifest.sections))
    return any(one.selector == background.overlay for background in backgrounds if background is not None)


# -- what they share ------------------------------------------------------------------------------------------------------


def _cause(step: Step, after: Probe) -> _Tokens:
    """Tokens that explain what is painted with them; none where no token was set at all, for then nothing was done."""
    kept = kept_tokens(step, after)
    return kept if len(kept) < len(step.manifest.tokens) else {}


def _kept_colour(step: Step, kept: _Tokens, role: ColourRole) -> Colour:
    """What a role's token gives to that which is painted with it."""
    wrong = kept[role].colour if role in kept else None
    return wrong or brand(step.requirements, role)


def _named(one: Gradient | Overlay) -> str:
    return f"{one.id} on {one.selector}"


def _was_gone(one: Gradient | Overlay, before: Probe) -> bool:
    """Whether the input had nothing either on which this could be painted."""
    views = [view.painted.get(one.selector) for view in before.views.values()]
    return bool(views) and all(painted is None or not painted.found for painted in views)


def section_of(step: Step, selector: str) -> str:
    """The part of the page that holds what a selector finds, in the output or else in the skeleton; empty if none does."""
    manifest = step.manifest
    parts = [("header", '[data-section="header"], body > header'), ("hero", manifest.hero.selector)]
    parts += [(one.id, one.selector) for one in (*manifest.sections, *((manifest.footer,) if manifest.footer else ()))]
    for page in (step.after, step.start):
        element = page.html.one(selector)
        if element is not None:
            return next((id_ for id_, part in parts if any(inside(element, one) for one in page.html.select(part))), "")
    return ""


CHECKS = (check_tokens, check_gradients, check_overlays, check_tints)
