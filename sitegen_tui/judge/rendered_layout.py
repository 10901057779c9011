"""Damaged layout that only a rendered page shows: collapsed, emptied, overlapping, too wide, no longer following the window."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen_tui.actions.base import Page, seen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Probe, Text, View
from sitegen_tui.judge.damage import MEASURED, Damage, compared, selector_of, titled
from sitegen_tui.judge.structure import EMPTIED

LOWEST = 24.0
"""CSS pixels under which a section counts as collapsed."""
CLIPPED = 0.2
"""Share of a text from which on it counts as clipped."""


def sections(given: Damage) -> Iterator[Finding]:
    """layout.collapsed and layout.section-emptied."""

    def collapsed(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            for key, section in view.sections.items():
                box = section.box
                if box is None or (box.h >= LOWEST and box.w >= 1) or key in found:
                    continue
                found[key] = seen(
                    "layout.collapsed",
                    f"{titled(key)} is {box.h:g} px high and {box.w:g} px wide at {view.width} px",
                    page=page,
                    path=selector_of(given.step, key),
                    view=name,
                    box=box,
                    expected=f"{LOWEST:g} px high at least",
                    measured=f"{box.w:g}x{box.h:g}",
                    subject=key,
                    section=key,
                )
        return found

    flat: set[str] = set()
    for found in compared(given, collapsed):
        flat.add(found.subject)
        if not given.styles_cut:
            yield found
    if not given.styles_cut and not given.page_cut:
        yield from _emptied(given, flat)


def _emptied(given: Damage, flat: set[str]) -> Iterator[Finding]:
    for name in MEASURED:
        old, new = given.before.views.get(name), given.after.views.get(name)
        if old is None or new is None:
            continue
        for key, section in new.sections.items():
            had = old.sections.get(key)
            if had is None or section.box is None or key in flat or had.text_length < 20 or section.pictures:
                continue
            if section.text_length < EMPTIED * had.text_length:
                flat.add(key)
                yield seen(
                    "layout.section-emptied",
                    f"{titled(key)} shows almost nothing any more",
                    page=given.step.after,
                    path=selector_of(given.step, key),
                    view=name,
                    box=section.box,
                    expected=f"{had.text_length} characters of visible text",
                    measured=str(section.text_length),
                    subject=key,
                    section=key,
                )


def navigation(given: Damage) -> Iterator[Finding]:
    """layout.nav-bulleted."""

    def bulleted(probe: Probe, page: Page) -> dict[str, Finding]:
        for name, view in probe.views.items():
            if view.nav.markers:
                told = f"{view.nav.markers} of {view.nav.items} entries of the navigation show list markers"
                selector = given.step.manifest.slots.get("nav", "nav")
                measured = "; ".join(view.nav.styles)
                return {
                    "nav": seen(
                        "layout.nav-bulleted",
                        told,
                        page=page,
                        path=selector,
                        view=name,
                        expected="no list markers",
                        measured=measured,
                        subject="nav",
                        section="header",
                    )
                }
        return {}

    yield from compared(given, bulleted)


def overflow(given: Damage) -> Iterator[Finding]:
    """layout.overflow-x, once for each kind of window: a page too wide for one phone is too wide for a narrower one."""

    def sideways(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            key = "mobile" if name == "narrow" else name
            if view.overflow <= 1 or not view.sideways or key in found:
                continue
            found[key] = seen(
                "layout.overflow-x",
                f"At {view.width} px the page is {view.scroll_width} px wide and scrolls sideways",
                page=page,
                path=_widest(view),
                view=name,
                expected=f"{view.width} px",
                measured=f"{view.scroll_width} px",
                subject=key,
            )
        return found

    yield from compared(given, sideways)


def _widest(view: View) -> str:
    """The path of the text or picture that reaches furthest over the window's edge, if one does."""
    reach = [(text.box.right, text.path) for text in view.texts] + [
        (one.box.right, one.path) for one in view.pictures if one.visible
    ]
    right, path = max(reach, default=(0.0, ""))
    return path if right > view.width + 1 else ""


def overlaps(given: Damage, dead: Collection[str]) -> Iterator[Finding]:
    """layout.overlap, once for each section: texts that cover each other or are cut off."""

    def covered(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            for one, other, told in _covered(view):
                if one.section not in dead and other.section not in dead:
                    found.setdefault(
                        one.section,
                        seen(
                            "layout.overlap",
                            told,
                            page=page,
                            path=one.path,
                            view=name,
                            box=one.box,
                            expected="texts apart, none cut off",
                            measured=told,
                            subject=f"{one.section or 'page'}",
                            section=one.section,
                        ),
                    )
        return found

    yield from compared(given, covered)


def _covered(view: View) -> Iterator[tuple[Text, Text, str]]:
    """Texts that are covered or cut off, the one that covers it, and what to say."""
    for pair in view.overlaps:
        first, second = view.texts[pair.first], view.texts[pair.second]
        if "hidden" not in (first.exempt, second.exempt):
            share = f"{pair.share:.0%}"
            yield second, first, f"{second.text[:60]!r} and {first.text[:60]!r} cover each other by {share} at {view.width} px"
    for text in view.texts:
        if text.clipped > CLIPPED and text.exempt != "hidden":
            yield text, text, f"{text.text[:60]!r} is cut off by {text.clipped:.0%} at {view.width} px"


def responsive(given: Damage, reverted: set[str]) -> Iterator[Finding]:
    """layout.responsive-lost: groups, or the navigation, that changed between windows in the input and change no longer.

    Sections that the action has to arrange are judged by their columns, and so are those of which earlier work is `reverted`.
    """
    step = given.step
    arranged: set[str] = set()
    if given.action.id == "apply-sections-layout":
        arranged = {layout.section for layout in step.requirements.layout.sections}
    told: list[str] = []
    for key in sorted(given.before.responsive_groups - given.after.responsive_groups - arranged - reverted - given.gone):
        before, after = _columns(given.before, key), _columns(given.after, key)
        whole = len(after) == len(given.before.views) and all(after.values())
        if whole and not _collapsed(given.after, key):
            told.append(f"{key} {'/'.join(map(str, before.values()))}, now {'/'.join(map(str, after.values()))}")
    had, has = _shown(given.before), _shown(given.after)
    if len(set(had.values())) > 1 and len(set(has.values())) == 1 and "header" not in given.gone:
        told.append(f"navigation {'always' if has['desktop'] else 'never'} shown")
    if told:
        yield seen(
            "layout.responsive-lost",
            "The layout no longer follows the width of the window",
            expected="as in the input: " + ", ".join(str(view.width) for view in given.before.views.values()),
            measured="; ".join(told),
            subject="page",
        )


def _columns(probe: Probe, key: str) -> dict[str, int]:
    return {name: group.columns for name, view in probe.views.items() if (group := view.groups.get(key)) and group.found}


def _shown(probe: Probe) -> dict[str, bool]:
    return {name: view.nav.visible for name, view in probe.views.items() if view.nav.found}


def _collapsed(probe: Probe, key: str) -> bool:
    boxes = [section.box for view in probe.views.values() if (section := view.sections.get(key)) and section.box]
    return any(box.h < LOWEST or box.w < 1 for box in boxes)
