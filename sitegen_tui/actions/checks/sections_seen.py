"""What the arrangement of sections is judged by on the rendered page: columns at three widths, pattern, gap and order of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Box, Group, Item, Probe, ViewName
from sitegen_tui.domain.requirements import SectionLayout

SAME_ROW = 8.0
"""CSS pixels by which tops of items in one row may differ."""
SLACK = 1.5
"""CSS pixels that rounding may cost a gap."""
ALIKE = 0.1
"""Share by which widths of equal columns may differ."""
STANDS_OUT = 1.8
"""A bento's large item is this many times as wide or as high as the median."""
NARROWER = 1.25
"""A sidebar is by this factor narrower than what it stands beside."""
MOVED = 4.0
"""CSS pixels from which on an item counts as arranged anew."""
_WIDTHS: dict[ViewName, str] = {"desktop": "1280 px", "tablet": "800 px", "mobile": "375 px"}
_BESIDE = ("left", "right")


def check_columns(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section shows its columns at 1280 px."""
    yield from _columns_at(step, before, after, "desktop", "sections.columns-wrong")


def check_tablet(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section shows its columns at 800 px."""
    yield from _columns_at(step, before, after, "tablet", "sections.tablet-wrong")


def check_mobile(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section shows its columns at 375 px."""
    yield from _columns_at(step, before, after, "mobile", "sections.mobile-wrong")


def check_pattern(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section's geometry is that of its pattern."""
    for layout in step.requirements.layout.sections:
        group = _group(after, "desktop", layout)
        told = _missing(group) or _left(before, after, layout) or (_breaks(layout, group) if group is not None else "")
        if told:
            yield _finding(
                step, before, layout, "sections.pattern-wrong", told, group, expected=layout.pattern, measured=_shape(group)
            )


def check_gaps(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Items keep the asked distance, beside each other and below each other, at three widths."""
    for layout in step.requirements.layout.sections:
        desktop = _group(after, "desktop", layout)
        told, measured, group = _missing(desktop) or _left(before, after, layout), "", desktop
        where: ViewName = "desktop"
        for name in _WIDTHS:
            found = _group(after, name, layout)
            gaps = [gap for gap in (found.gap_x, found.gap_y) if gap is not None] if found is not None else []
            if gaps and min(gaps) < layout.gap_min_px - SLACK:
                measured = f"{round(min(gaps))} px"
                told = f"At {_WIDTHS[name]} items of {layout.section} are {measured} apart"
                where, group = name, found
                break
        if told:
            expected = f"{layout.gap_min_px} px at least"
            yield _finding(
                step, before, layout, "sections.gap-wrong", told, group, expected=expected, measured=measured, view=where
            )


def check_order(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Items appear in the order that they had."""
    for layout in step.requirements.layout.sections:
        group = _group(after, "desktop", layout)
        told = _missing(group) or _left(before, after, layout)
        where: ViewName = "desktop"
        if not told:
            for name in ("desktop", "mobile"):
                old, new = _group(before, name, layout), _group(after, name, layout)
                if old is not None and new is not None and not same_order(old, new):
                    told, where, group = f"Items of {layout.section} appear in another order than before", name, new
                    break
        if told:
            old = _group(before, where, layout)
            yield _finding(
                step,
                before,
                layout,
                "sections.order-wrong",
                told,
                group,
                expected=_read(old),
                measured=_read(group),
                view=where,
            )


CHECKS = (check_columns, check_tablet, check_mobile, check_pattern, check_gaps, check_order)


# -- what is measured -----------------------------------------------------------------------------------------------------


def columns_of(group: Group, layout: SectionLayout) -> frozenset[int]:
    """Every number of columns that a group may fairly be said to show.

    Items whose tops lie within 8 px of the first one's, in the page or as it appears; where items of a row are centred or
    stretched over more tracks, also what stands beside the first item, and for a bento the tracks that its items begin in or
    take up. An alternating section is counted inside its items, a carousel by what of it is in sight.
    """
    shown = [item for item in group.items if item.visible]
    if not shown:
        return frozenset({0})
    if layout.pattern == "alternating" and any(item.media is not None for item in shown):
        return frozenset({_inside(shown) if group.columns == 1 else group.columns})
    if layout.pattern == "carousel" and group.scrolls:
        return frozenset({_in_sight(group, shown)})
    top = min(item.box.y for item in shown)
    uppermost = sum(item.box.y - top <= SAME_ROW for item in shown)
    found = {group.columns, uppermost, _across([item.box for item in shown])}
    if layout.pattern == "bento":
        found |= {len(_clusters([item.box.x for item in shown])), _tracks(group, shown)}
    return frozenset(found)


def unarranged(before: Probe, after: Probe, layout: SectionLayout) -> bool:
    """Whether a section's items stand at desktop as in the input: same rows, places across, widths and sides of pictures."""
    old, new = _group(before, "desktop", layout), _group(after, "desktop", layout)
    if old is None or new is None or old.box is None or new.box is None or len(old.items) != len(new.items):
        return False
    if old.columns != new.columns or old.scrolls != new.scrolls or bool(old.snap) != bool(new.snap):
        return False
    first, second = old.box, new.box
    return all(
        a.media_side == b.media_side
        and abs((a.box.x - first.x) - (b.box.x - second.x)) <= MOVED
        and abs(a.box.w - b.box.w) <= MOVED
        and a.visible == b.visible
        for a, b in zip(old.items, new.items, strict=True)
    )


def same_order(old: Group, new: Group) -> bool:
    """Whether the items that both show are met in the same order, reading row by row or column by column.

    What they had is the order of the document where they can be read in it: in a row that is aligned at the bottom or the middle,
    tops say nothing.
    """
    documents = [index for index in range(len(old.items)) if old.items[index].visible]
    order = documents if _reads([old.items[index].box for index in documents]) else old.order
    expected, boxes = _keys(old, order), _keys(new, range(len(new.items)))
    return _reads([new.items[boxes[key]].box for key in expected if key in boxes and new.items[boxes[key]].visible])


def _reads(boxes: Sequence[Box]) -> bool:
    """Whether boxes can be read in this order."""
    pairs = list(pairwise(boxes))
    return not any(_in_front(b, a) for a, b in pairs) or all(_follows_down(a, b) for a, b in pairs)


def _keys(group: Group, order: Sequence[int]) -> dict[tuple[str, int], int]:
    """Items by label and how often it had occurred, in an order, with their index."""
    seen_labels: Counter[str] = Counter()
    found: dict[tuple[str, int], int] = {}
    for index in order:
        label = group.items[index].label
        found[label, seen_labels[label]] = index
        seen_labels[label] += 1
    return found


def _in_front(box: Box, other: Box) -> bool:
    """Whether a box is read before another: wholly above it, or left of it in the same row."""
    if box.bottom <= other.y + SAME_ROW:
        return True
    _, down = box.shared(other)
    return down >= 0.5 * min(box.h, other.h) and box.right <= other.x + SAME_ROW


def _follows_down(first: Box, second: Box) -> bool:
    """Whether a box comes after another in columns that are read from top to bottom."""
    across, _ = Box(first.x, 0, first.w, 1).shared(Box(second.x, 0, second.w, 1))
    if across > 0.5 * min(first.w, second.w):
        return second.y >= first.bottom - SAME_ROW
    return second.x >= first.right - SAME_ROW


def _inside(items: Sequence[Item]) -> int:
    """Columns inside items: two if every picture stands beside its text."""
    return 2 if all(item.media_side in _BESIDE for item in items if item.media is not None) else 1


def _across(boxes: Sequence[Box]) -> int:
    """How many items stand side by side in the first one's row, wherever in it they are aligned."""
    row = _row(boxes)
    return len(_clusters([box.x for box in row if box.area], tolerance=max(SAME_ROW, 0.5 * min(box.w for box in row))))


def _row(boxes: Sequence[Box]) -> list[Box]:
    """What stands beside the first item, itself included."""
    first = boxes[0]
    return [box for box in boxes if first.shared(Box(first.x, box.y, first.w, box.h))[1] >= 0.5 * min(first.h, box.h)]


def _clusters(values: Sequence[float], tolerance: float = SAME_ROW) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > tolerance:
            found.append(value)
    return found


def _tracks(group: Group, items: Sequence[Item]) -> int:
    """Tracks of a grid of which items take up one or more, by the first row and the narrowest item."""
    unit, gap = min(item.box.w for item in items), group.gap_x or 0.0
    top = min(item.box.y for item in items)
    first_row = [item.box for item in items if item.box.y - top <= SAME_ROW]
    return sum(round((box.w + gap) / max(1.0, unit + gap)) for box in first_row)


def _in_sight(group: Group, items: Sequence[Item]) -> int:
    """Items of a row that can be seen without scrolling it, at least nine tenths of each."""
    box = group.box or Box(0, 0, 0, 0)
    window = Box(box.x, 0, box.w, 1)
    return sum(Box(one.box.x, 0, one.box.w, 1).shared(window)[0] >= 0.9 * one.box.w for one in items)


# -- patterns -------------------------------------------------------------------------------------------------------------


def _breaks(layout: SectionLayout, group: Group) -> str:
    """What about a group is not as its pattern wants it; nothing if it is."""
    shown = [item for item in group.items if item.visible]
    return _PREDICATES[layout.pattern](group, shown) if shown else "No item can be seen"


def _equal(group: Group, items: Sequence[Item]) -> str:
    widths = [item.box.w for item in items]
    if max(widths) <= (1 + ALIKE) * min(widths):
        return ""
    row = sorted(_row([item.box for item in items]), key=lambda box: box.x)
    pitches = [b.x - a.x for a, b in pairwise(row)]
    # Of two items that do not fill their columns, the second one begins in the middle of the container if those are equal.
    halves = len(pitches) == 1 and group.box is not None and abs(pitches[0] - group.box.w / 2) <= ALIKE * group.box.w / 2
    if halves or (len(pitches) > 1 and max(pitches) <= (1 + ALIKE) * min(pitches)):
        return ""
    return "The columns are not equally wide"


def _alternates(group: Group, items: Sequence[Item]) -> str:
    sides = [item.media_side for item in items if item.media is not None]
    flips = all(a in _BESIDE and b in _BESIDE and a != b for a, b in pairwise(sides))
    return "" if flips and all(side in _BESIDE for side in sides) else "The picture does not change sides from item to item"


def _stands_out(group: Group, items: Sequence[Item]) -> str:
    widths, heights = [item.box.w for item in items], [item.box.h for item in items]
    large = max(widths) >= STANDS_OUT * median(widths) or max(heights) >= STANDS_OUT * median(heights)
    return "" if large else "No item is 1.8 times as wide or as high as the others"


def _carousel(group: Group, items: Sequence[Item]) -> str:
    if not group.scrolls:
        return "The row does not scroll sideways"
    if not group.snap:
        return "The row does not snap"
    tops = [item.box.y for item in items]
    return "" if max(tops) - min(tops) <= SAME_ROW else "The items do not stand in one row"


def _sidebar(group: Group, items: Sequence[Item]) -> str:
    row = [box.w for box in _row([item.box for item in items])]
    return "" if len(row) > 1 and max(row) >= NARROWER * min(row) else "There is no wide column beside a narrow one"


def _timeline(group: Group, items: Sequence[Item]) -> str:
    box = group.box or items[0].box
    sides = [item.box.cx > box.cx for item in items]
    off = all(abs(item.box.cx - box.cx) > SAME_ROW for item in items)
    return "" if off and all(a != b for a, b in pairwise(sides)) else "The items do not stand on alternating sides"


_PREDICATES: dict[str, Callable[[Group, Sequence[Item]], str]] = {
    "grid": _equal,
    "list": _equal,
    "footer-columns": _equal,
    "alternating": _alternates,
    "bento": _stands_out,
    "carousel": _carousel,
    "sidebar": _sidebar,
    "timeline": _timeline,
}


# -- findings -------------------------------------------------------------------------------------------------------------


def _columns_at(step: Step, before: Probe, after: Probe, name: ViewName, violation: str) -> Iterator[Finding]:
    for layout in step.requirements.layout.sections:
        group = _group(after, name, layout)
        wanted: int = getattr(layout.columns, name)
        measured = columns_of(group, layout) if group is not None else frozenset[int]()
        told = _missing(group)
        if not told and group is not None and _wanted(layout, group, wanted, _astray(step, layout)) not in measured:
            shown = group.columns if group.columns in measured else min(measured)
            told = f"{_named(layout)} shows {shown} instead of {wanted} column{'s' if wanted > 1 else ''} at {_WIDTHS[name]}"
        elif not told and name != "desktop":
            told = _left(before, after, layout)
        if told:
            counted = "/".join(str(one) for one in sorted(measured))
            yield _finding(step, before, layout, violation, told, group, expected=f"{wanted}", measured=counted, view=name)


def _wanted(layout: SectionLayout, group: Group, columns: int, astray: int) -> int:
    """The columns that can be asked of a group: no more than it has items, those astray included; two inside an item."""
    if layout.pattern == "alternating" and any(item.media is not None for item in group.items):
        return min(columns, 2)
    return min(columns, len(group.items) + astray)


def _astray(step: Step, layout: SectionLayout) -> int:
    """How many items this step has put out of their container, though not out of the section."""
    section = step.manifest.section(layout.section)
    if section is None or section.items is None:
        return 0
    whole, held = f":is({section.selector}) {section.items.item}", f":is({section.items.container}) {section.items.item}"
    before, after = (len(page.html.select(whole)) - len(page.html.select(held)) for page in (step.before, step.after))
    return max(0, after - before)


def _group(probe: Probe, name: ViewName, layout: SectionLayout) -> Group | None:
    view = probe.views.get(name)
    group = view.groups.get(layout.section) if view is not None else None
    return group if group is not None and group.found and group.items else None


def _missing(group: Group | None) -> str:
    return "" if group is not None else "The page does not show the section's items"


def _left(before: Probe, after: Probe, layout: SectionLayout) -> str:
    return f"{_named(layout)} was left as it was" if unarranged(before, after, layout) else ""


def _named(layout: SectionLayout) -> str:
    return "The footer" if layout.section == "footer" else f"Section {layout.section}"


def _shape(group: Group | None) -> str:
    if group is None:
        return "no items"
    sizes = ", ".join(
        f"{item.box.w:.0f}x{item.box.h:.0f}{f' {item.media_side}' if item.media_side else ''}" for item in group.items[:8]
    )
    return f"{group.columns} in the first row: {sizes}"


def _read(group: Group | None) -> str:
    return ", ".join(group.items[index].label[:30] for index in group.order[:8]) if group is not None else ""


def _finding(
    step: Step,
    before: Probe,
    layout: SectionLayout,
    violation: str,
    told: str,
    group: Group | None,
    *,
    expected: str,
    measured: str,
    view: ViewName = "desktop",
) -> Finding:
    section = step.manifest.section(layout.section)
    gone = before.views.get("desktop") is not None and _group(before, "desktop", layout) is None
    return seen(
        violation,
        told,
        page=step.after,
        path=section.items.container if section is not None and section.items is not None else "",
        view=view,
        box=group.box if group is not None else None,
        expected=expected,
        measured=measured,
        subject=layout.section,
        section=layout.section,
        instances=len(step.requirements.layout.sections),
        inherited=gone,
    )
