"""What the fonts are judged by on the rendered page: the first family that headings and body text compute to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sitegen_tui.actions.base import RenderedCheck, Step, seen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Font, Probe, View
from sitegen_tui.domain.template import FontRole
from sitegen_tui.site.fonts import family_key

_ROLES: tuple[FontRole, ...] = ("heading", "body")


def _check(role: FontRole) -> RenderedCheck:
    """The check of what the manifest's font of a role applies to."""

    def check(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
        token = step.manifest.fonts.get(role)
        if token is None:
            return
        wanted = step.requirements.brand.fonts[role].family
        told = ""
        font, at = Font(), None
        for name, view in after.views.items():
            font, at = view.fonts.get(role, Font()), name
            told = _wrong(step, role, view, _start(step, before, view))
            if told:
                break
        if told or not after.views:
            yield seen(
                f"fonts.{role}-family-wrong",
                told or "The page could not be looked at",
                page=step.after,
                path=_first(step, token.applies_to),
                view=at,
                expected=wanted,
                measured=_counted(font),
                subject=role,
                inherited=bool(before.views) and not any(view.fonts.get(role, Font()).families for view in before.views.values()),
            )

    return check


def _start(step: Step, before: Probe, view: View) -> View | None:
    """The skeleton at a window size; the input where nobody looked at the skeleton."""
    return (step.seen_start or before).views.get(view.name)


def _wrong(step: Step, role: FontRole, view: View, start: View | None) -> str:
    """What is wrong with the families of a role's elements, empty if nothing is.

    An element that had neither of the template's families may have any; as many as had the other role's font may have what
    that font is now, right or wrong: it is judged by its own check.
    """
    fonts, templates = step.requirements.brand.fonts, step.manifest.fonts
    found = _by_key(view, role)
    total = sum(found.values())
    if not total:
        return f"Nothing is left that the {role} font applies to"
    wanted = family_key(fonts[role].family)
    native = _by_key(start, role) if start is not None else Counter[str]()
    old = {other: family_key(templates[other].family) for other in _ROLES if other in templates}
    allowed = {wanted, *(native.keys() - set(old.values()))}
    for other in _ROLES:
        borrowed = native[old[other]] if other != role and other in old and old[other] != old.get(role) else 0
        theirs = {family_key(fonts[other].family), *(family for family, _ in _by_key(view, other).most_common(1))} - {wanted}
        # Elements that a later step added may be of either kind.
        if borrowed and sum(found[family] for family in theirs) <= borrowed + max(0, total - sum(native.values())):
            allowed |= theirs
    others = [family for family in found if family not in allowed]
    if others:
        name = next(family for family in view.fonts[role].families if family_key(family) == others[0])
        count = sum(found[family] for family in others)
        return f"{count} of {total} elements with the {role} font have {name or 'no family'} first"
    return "" if wanted in found else f"No element with the {role} font has {fonts[role].family} first"


def _by_key(view: View, role: FontRole) -> Counter[str]:
    """How many of a role's elements have each family, by the family's key."""
    found: Counter[str] = Counter()
    for family, count in view.fonts.get(role, Font()).families.items():
        found[family_key(family)] += count
    return found


def _counted(font: Font) -> str:
    return ", ".join(f"{family or 'none'} on {count}" for family, count in font.families.items()) or "no elements"


def _first(step: Step, selector: str) -> str:
    """The part of a selector list that finds something: what evidence can point at."""
    parts = [part.strip() for part in selector.split(",")]
    return next((part for part in parts if step.after.html.one(part) is not None), selector)


check_headings, check_body = _check("heading"), _check("body")
CHECKS = (check_headings, check_body)
