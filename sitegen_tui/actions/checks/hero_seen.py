"""What the hero's arrangement is judged by on the rendered page: where its text stands, its alignment, height and width."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Box, HeroPart, HeroSeen, Probe, View, ViewName
from sitegen_tui.domain.requirements import HeroLayout

SLACK = 1.0
"""CSS pixels that rounding may cost."""
MOVED = 4.0
"""CSS pixels from which on a box counts as arranged anew."""
MOVED_SHARE = 0.03
"""Share of the hero's height from which on text counts as standing elsewhere in it."""
STACKED = 0.05
"""Boxes that share less of their height than this stand one below the other."""
_TEXTS = ("hero-eyebrow", "hero-headline", "hero-subheadline")
_SPLIT = ("split-left", "split-right")
_START = ("left", "bottom-left")


def check_pattern(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The text, and the picture where the pattern has one beside it, stand where the pattern wants them."""
    layout = step.requirements.layout.hero
    view, hero = _desktop(after)
    told = _misplaced(layout, view, hero) if view is not None and hero is not None else "The page has no hero"
    if told:
        yield _finding(step, before, "hero.pattern-wrong", told, hero, expected=layout.pattern, measured=_stands(hero))


def check_alignment(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Text is centred, or begins at one edge, as the pattern asks."""
    layout = step.requirements.layout.hero
    view, hero = _desktop(after)
    if view is None or hero is None:
        told = "The page has no hero"
    elif unarranged(before, after):
        told = "The hero was left as it was"
    else:
        told = _misaligned(layout, view, hero)
    if told:
        wanted = "centred text" if layout.pattern == "centred" else "text aligned to the start"
        yield _finding(step, before, "hero.align-wrong", told, hero, expected=wanted, measured=hero.align if hero else "")


def check_stack(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Below the stacking width nothing of the hero stands beside something else."""
    layout = step.requirements.layout.hero
    _, desktop = _desktop(after)
    told, measured, where = "", "", None
    if desktop is None:
        told = "The page has no hero"
    elif unarranged(before, after):
        told = "The hero was left as it was"
    else:
        for name, view in after.views.items():
            if view.width < layout.stack_below and (pair := _beside(layout, view.hero)) is not None:
                told = f"At {view.width} px {pair[0]} still stands beside {pair[1]}"
                measured, where = f"{pair[0]} beside {pair[1]}", name
                break
    if told:
        expected = f"boxes one below the other under {layout.stack_below} px"
        yield _finding(step, before, "hero.mobile-stack-wrong", told, desktop, expected=expected, measured=measured, view=where)


def check_height(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The hero is as high as asked, 2 % less allowed."""
    layout = step.requirements.layout.hero
    view, hero = _desktop(after)
    wanted = layout.min_height_vh / 100 * (view.height if view is not None else 0)
    height = hero.box.h if hero is not None and hero.box is not None else 0.0
    if hero is None or height < 0.98 * wanted:
        told = f"The hero is {height:g} px high" if hero is not None else "The page has no hero"
        expected = f"{layout.min_height_vh}vh ({wanted:g} px) at least"
        yield _finding(step, before, "hero.min-height-wrong", told, hero, expected=expected, measured=f"{height:g} px")


def check_width(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The text block is no wider than asked; a wider block is as good if everything in it keeps to that width."""
    layout = step.requirements.layout.hero
    _, hero = _desktop(after)
    width = text_width(hero) if hero is not None else 0.0
    if hero is None:
        told = "The page has no hero"
    elif width > layout.content_max_px + SLACK:
        told = f"The hero's text is {width:g} px wide"
    elif unarranged(before, after):
        told = "The hero was left as it was"
    else:
        return
    expected = f"{layout.content_max_px} px at most"
    yield _finding(step, before, "hero.width-wrong", told, hero, expected=expected, measured=f"{width:g} px")


def check_extra(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The scroll cue is there and visible if asked for, and not put there otherwise."""
    layout = step.requirements.layout.hero
    _, hero = _desktop(after)
    _, had = _desktop(before)
    selector = f"{step.manifest.hero.selector} .scroll-cue"
    outside = _cues(hero)
    inside = step.after.html.one(selector) is not None and not outside
    told = ""
    if hero is None:
        told = "The page has no hero"
    elif layout.scroll_cue and not outside and not inside:
        told = "The scroll cue is missing"
    elif layout.scroll_cue and outside and not any(cue.visible for cue in outside):
        told = "The scroll cue cannot be seen"
    elif not layout.scroll_cue and not _cues(had) and (any(cue.visible for cue in outside) or inside):
        told = "There is a scroll cue that nobody asked for"
    elif unarranged(before, after):
        told = "The hero was left as it was"
    if told:
        expected = "a scroll cue" if layout.scroll_cue else "no scroll cue"
        measured = ", ".join(cue.name for cue in outside) or ("in the text block" if inside else "none")
        yield _finding(step, before, "hero.extra-wrong", told, hero, expected=expected, measured=measured)


CHECKS = (check_pattern, check_alignment, check_stack, check_height, check_width, check_extra)


def unarranged(before: Probe, after: Probe) -> bool:
    """Whether text and picture stand in the hero at desktop as they stood in the input; a greater height alone moves nothing."""
    _, old = _desktop(before)
    _, new = _desktop(after)
    if old is None or new is None:
        return False
    if (_side(old.align), old.media is None) != (_side(new.align), new.media is None):
        return False
    pairs = [(old.text, new.text), (old.ink, new.ink), (old.media, new.media)]
    if any(abs(a.x - b.x) > MOVED or abs(a.right - b.right) > MOVED for a, b in pairs if a is not None and b is not None):
        return False
    return all(abs(a - b) <= MOVED_SHARE for a, b in zip(_shares(old), _shares(new), strict=True))


def text_width(hero: HeroSeen) -> float:
    """How wide the text block is in CSS pixels: the block's box, or, if it is wider than its parts, what those take up."""
    widths = [hero.text.w] if hero.text is not None else []
    parts = [part.box for part in hero.parts if part.visible]
    if parts:
        widths.append(max(box.right for box in parts) - min(box.x for box in parts))
    ink = hero.ink.w if hero.ink is not None else 0.0
    return max(ink, min(widths, default=0.0))


def _desktop(probe: Probe) -> tuple[View | None, HeroSeen | None]:
    view = probe.views.get("desktop")
    hero = view.hero if view is not None and view.hero.found and view.hero.box is not None else None
    return view, hero


def _side(align: str) -> str:
    return "centre" if "center" in align else "end" if align in ("right", "end") else "start"


def _shares(hero: HeroSeen) -> list[float]:
    """Where the middle of text and of picture lie, as shares of the hero's height."""
    box = hero.box or Box(0, 0, 1, 1)
    return [(one.cy - box.y) / max(1.0, box.h) if one is not None else 0.0 for one in (hero.ink or hero.text, hero.media)]


def _misplaced(layout: HeroLayout, view: View, hero: HeroSeen) -> str:
    text, box = hero.ink or hero.text, hero.box
    if text is None or box is None or not text.area:
        return "The hero shows no text"
    middle = view.width / 2
    if layout.pattern == "centred":
        boxes = [one for one in (hero.ink, hero.text) if one is not None]
        return "" if any(abs(one.cx - middle) <= 0.03 * view.width for one in boxes) else "The hero's text is not in the middle"
    if layout.pattern in _START:
        left = text.x <= 0.15 * view.width and (_side(hero.align) == "start" or text.cx < middle - 0.03 * view.width)
        if not left:
            return "The hero's text does not begin at the left"
        low = layout.pattern == "left" or text.bottom - box.y >= 0.75 * box.h
        return "" if low else "The hero's text does not reach the lowest quarter"
    if layout.pattern == "card-overlap":
        over = max(text.bottom, hero.text.bottom if hero.text else 0.0) - box.bottom
        return "" if over >= 0.8 * layout.overlap_px else f"The card reaches {max(0.0, over):g} px over the hero's lower edge"
    return _not_split(layout, view, text, hero.media)


def _not_split(layout: HeroLayout, view: View, text: Box, media: Box | None) -> str:
    if media is None or not media.area:
        return "The hero shows no picture beside its text"
    first, second = (text, media) if layout.pattern == "split-left" else (media, text)
    across, down = text.shared(media)
    if not first.cx < view.width / 2 < second.cx:
        return "Text and picture do not lie in the halves of the window that the pattern gives them"
    if across > 0.02 * min(text.w, media.w):
        return "Text and picture lie one over the other"
    return "" if down >= 0.5 * min(text.h, media.h) else "Text and picture do not stand side by side"


def _misaligned(layout: HeroLayout, view: View, hero: HeroSeen) -> str:
    if layout.pattern not in ("centred", *_START) or hero.ink is None:
        return ""
    centred = layout.pattern == "centred"
    for part in hero.parts:
        ink = _ink(view, part)
        if part.name not in _TEXTS or not part.visible or ink is None:
            continue
        off = abs(ink.cx - hero.ink.cx) if centred else abs(ink.x - hero.ink.x)
        aligned = _side(part.align) == ("centre" if centred else "start")
        if off > (0.03 if centred else 0.05) * view.width or (not aligned and (off > 8 or _several_lines(view, part))):
            return f"The hero's {part.name.removeprefix('hero-')} is not {'centred' if centred else 'aligned to the start'}"
    return ""


def _ink(view: View, part: HeroPart) -> Box | None:
    """What the texts of a part cover together."""
    boxes = [text.box for text in view.texts if text.path == part.path or text.path.startswith(f"{part.path} > ")]
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _several_lines(view: View, part: HeroPart) -> bool:
    ink = _ink(view, part)
    size = max((text.size for text in view.texts if text.path == part.path or text.path.startswith(f"{part.path} > ")), default=0.0)
    return ink is not None and size > 0 and ink.h > 1.6 * size


def _beside(layout: HeroLayout, hero: HeroSeen) -> tuple[str, str] | None:
    """Two parts of a hero that stand side by side."""
    boxes = [(part.name.removeprefix("hero-").replace("-", " "), part.path, part.box) for part in hero.parts if part.visible]
    if hero.media is not None and hero.media.area and layout.pattern in _SPLIT:
        boxes = [one for one in boxes if one[0] != "media"]
        boxes.append(("picture", "", hero.media))
    for (name, path, box), (other, other_path, other_box) in combinations(boxes, 2):
        if path and other_path and (path.startswith(f"{other_path} > ") or other_path.startswith(f"{path} > ")):
            continue
        _, down = box.shared(other_box)
        if down >= STACKED * min(box.h, other_box.h) and down > 0:
            return name, other
    return None


def _cues(hero: HeroSeen | None) -> list[HeroPart]:
    return [part for part in hero.extras if "scroll" in part.name.lower()] if hero is not None else []


def _stands(hero: HeroSeen | None) -> str:
    if hero is None or hero.ink is None or hero.box is None:
        return "no text"
    ink, top = hero.ink, hero.box.y
    return f"text {ink.x:g} to {ink.right:g} px across, {ink.y - top:g} to {ink.bottom - top:g} of {hero.box.h:g} px down"


def _finding(
    step: Step,
    before: Probe,
    violation: str,
    told: str,
    hero: HeroSeen | None,
    *,
    expected: str,
    measured: str,
    view: ViewName | None = None,
) -> Finding:
    _, had = _desktop(before)
    return seen(
        violation,
        told,
        page=step.after,
        path=step.manifest.hero.selector,
        view=view or "desktop",
        box=hero.box if hero is not None else None,
        expected=expected,
        measured=measured,
        subject="hero",
        section="hero",
        inherited=had is None and before.views.get("desktop") is not None,
    )
