"""Patterns that no shipped brief asks for, and pages that could not be measured, by probes written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sitegen_tui.actions.base import Step, page_of
from sitegen_tui.actions.checks import focus_seen, hero_seen, sections_seen
from sitegen_tui.domain.probes import Box, Failure, Group, HeroSeen, Item, Nav, Probe, ProbeWants, View, ViewName
from sitegen_tui.domain.requirements import HeroLayout
from sitegen_tui.judge.evaluate import StepInput, evaluate
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import BOTH, charged

SAFARI: Pair = ("safari-lodge", "thornveld-01")
WIDTHS: dict[ViewName, tuple[int, int]] = {
    "desktop": (1280, 800),
    "tablet": (800, 1000),
    "mobile": (375, 812),
    "narrow": (320, 640),
}
HERO = Box(0, 0, 1280, 800)
NOTHING = Probe(wants=ProbeWants())


def _probe(hero: HeroSeen | None = None, group: Group | None = None) -> Probe:
    """A probe whose views all show this hero and this group of suites."""
    views = {
        name: View(
            name=name,
            width=width,
            height=height,
            scroll_width=width,
            scroll_height=height,
            tokens={},
            fonts={},
            painted={},
            sections={},
            hero=hero or HeroSeen(found=False),
            groups={"suites": group} if group else {},
            logos={},
            pictures=(),
            nav=Nav(found=False),
            texts=(),
        )
        for name, (width, height) in WIDTHS.items()
    }
    return Probe(views=views, wants=ProbeWants())


def _step(hero: HeroLayout | None = None, pattern: str = "") -> Step:
    brief = gold.brief(SAFARI)
    layout = brief.requirements.layout
    if pattern:
        layout = layout.model_copy(update={"sections": (layout.sections[0].model_copy(update={"pattern": pattern}),)})
    if hero:
        layout = layout.model_copy(update={"hero": hero})
    brief = replace(brief, requirements=brief.requirements.model_copy(update={"layout": layout}))
    page = page_of(gold.start(SAFARI), brief)
    return Step(before=page, after=page, brief=brief, start=page)


@pytest.mark.parametrize(
    ("pattern", "text", "media", "fits"),
    [
        ("split-left", Box(60, 200, 500, 400), Box(640, 100, 640, 600), True),
        ("split-left", Box(700, 200, 500, 400), Box(0, 100, 640, 600), False),
        ("split-left", Box(60, 200, 620, 400), Box(600, 100, 680, 600), False),
        ("split-left", Box(60, 0, 500, 200), Box(640, 200, 640, 600), False),
        ("split-left", Box(60, 200, 500, 400), None, False),
        ("split-right", Box(700, 200, 500, 400), Box(0, 100, 640, 600), True),
        ("split-right", Box(60, 200, 500, 400), Box(640, 100, 640, 600), False),
        ("card-overlap", Box(60, 600, 500, 264), None, True),
        ("card-overlap", Box(60, 500, 500, 350), None, False),
        ("centred", Box(390, 200, 500, 400), None, True),
        ("centred", Box(440, 200, 500, 400), None, False),
    ],
)
def test_a_hero_pattern_is_told_by_where_text_and_picture_stand(pattern: str, text: Box, media: Box | None, fits: bool) -> None:
    layout = HeroLayout(pattern=pattern, min_height_vh=80, content_max_px=640, overlap_px=80)  # type: ignore[arg-type]
    after = _probe(HeroSeen(found=True, box=HERO, text=text, ink=text, media=media, align="left"))
    found = list(hero_seen.check_pattern(_step(layout), NOTHING, after))
    assert [one.violation for one in found] == ([] if fits else ["hero.pattern-wrong"])


def _group(boxes: Sequence[Box], *, scrolls: bool = False, snap: str = "") -> Group:
    items = tuple(Item(label=str(number), box=box) for number, box in enumerate(boxes))
    columns = sum(abs(box.y - boxes[0].y) <= 8 for box in boxes)
    order = tuple(range(len(boxes)))
    box = Box(60, 0, 1160, 800)
    return Group(section="suites", found=True, box=box, scrolls=scrolls, snap=snap, items=items, columns=columns, order=order)


ROW = [Box(60 + 380 * n, 0, 360, 300) for n in range(5)]


@pytest.mark.parametrize(
    ("pattern", "group", "fits"),
    [
        ("carousel", _group(ROW, scrolls=True, snap="x mandatory"), True),
        ("carousel", _group(ROW, scrolls=True), False),
        ("carousel", _group(ROW[:3], snap="x mandatory"), False),
        ("carousel", _group([*ROW[:3], Box(60, 320, 360, 300)], scrolls=True, snap="x mandatory"), False),
        ("sidebar", _group([Box(60, 0, 800, 500), Box(900, 0, 320, 400)]), True),
        ("sidebar", _group([Box(60, 0, 560, 500), Box(660, 0, 560, 400)]), False),
        ("sidebar", _group([Box(60, 0, 800, 500), Box(60, 520, 320, 400)]), False),
        ("timeline", _group([Box(60 + 600 * (n % 2), 200 * n, 560, 180) for n in range(4)]), True),
        ("timeline", _group([Box(60, 200 * n, 560, 180) for n in range(4)]), False),
        ("timeline", _group([Box(60, 200 * n, 1160, 180) for n in range(4)]), False),
        ("list", _group([Box(60, 200 * n, 1160, 180) for n in range(4)]), True),
        ("grid", _group([Box(60, 0, 700, 300), Box(780, 0, 200, 300), Box(1000, 0, 200, 300)]), False),
        ("bento", _group([Box(60, 0, 760, 300), Box(840, 0, 380, 300), Box(60, 320, 380, 300)]), True),
    ],
)
def test_a_section_pattern_is_told_by_where_items_stand(pattern: str, group: Group, fits: bool) -> None:
    found = list(sections_seen.check_pattern(_step(pattern=pattern), _probe(group=_group([Box(0, 0, 9, 9)])), _probe(group=group)))
    assert [one.violation for one in found] == ([] if fits else ["sections.pattern-wrong"])


def test_columns_of_a_carousel_are_what_is_in_sight() -> None:
    layout = _step(pattern="carousel").requirements.layout.sections[0]
    assert sections_seen.columns_of(_group(ROW, scrolls=True), layout) == {3}


def test_order_may_be_read_along_rows_or_down_columns() -> None:
    old = _group([Box(60, 320 * n, 1160, 300) for n in range(4)])
    rows = _group([Box(60, 0, 500, 300), Box(600, 0, 500, 300), Box(60, 320, 500, 300), Box(600, 320, 500, 300)])
    columns = _group([Box(60, 0, 500, 300), Box(60, 320, 500, 300), Box(600, 0, 500, 300), Box(600, 320, 500, 300)])
    mixed = _group([Box(600, 320, 500, 300), Box(60, 0, 500, 300), Box(600, 0, 500, 300), Box(60, 320, 500, 300)])
    assert sections_seen.same_order(old, rows)
    assert sections_seen.same_order(old, columns)
    assert not sections_seen.same_order(old, mixed)


def test_what_stood_in_a_row_aligned_at_the_bottom_was_read_from_the_left() -> None:
    boxes = [Box(60, 150, 300, 150), Box(400, 0, 300, 300), Box(740, 90, 300, 210)]
    by_tops = _group(boxes).model_copy(update={"order": (1, 2, 0)})
    below = [Box(60, 320 * n, 1160, 300) for n in range(3)]
    assert sections_seen.same_order(by_tops, _group(below))
    assert not sections_seen.same_order(by_tops, _group([below[1], below[2], below[0]]))
    # Where the document's order is not the one that is seen, what is seen counts.
    turned = _group([below[2], below[1], below[0]]).model_copy(update={"order": (2, 1, 0)})
    assert sections_seen.same_order(turned, _group([below[2], below[1], below[0]]))
    assert not sections_seen.same_order(turned, _group(below))


@pytest.mark.parametrize(
    "after", [NOTHING, Probe(wants=ProbeWants(), failure=Failure(kind="timeout", stage="load", detail="too long"))]
)
@pytest.mark.parametrize("before", [NOTHING, _probe()])
def test_what_could_not_be_seen_has_not_been_done(before: Probe, after: Probe) -> None:
    step = _step()
    found = [one.violation for check in hero_seen.CHECKS for one in check(step, before, after)]
    assert len(set(found)) == 6
    found = [one.violation for check in sections_seen.CHECKS for one in check(step, before, after)]
    assert (len(set(found)), len(found)) == (6, 6 * len(step.requirements.layout.sections))
    assert {one.violation for check in focus_seen.CHECKS for one in check(step, before, after)} == {
        "a11y.skip-link-missing",
        "a11y.focus-invisible",
    }


@pytest.mark.parametrize("pair", PAIRS)
def test_a_page_that_hangs_is_broken_and_worth_nothing_of_what_is_seen(pair: Pair) -> None:
    action = "apply-sections-layout"
    hung = Probe(wants=ProbeWants(), failure=Failure(kind="timeout", stage="load", detail="too long"))
    given = StepInput(action, gold.gold_before(pair, action), gold.gold_after(pair, action), gold.brief(pair), layers=BOTH)
    found = evaluate(replace(given, start=gold.start(pair), seen_before=_probe(), seen_after=hung))
    assert found.score.completion == 10.0
    assert charged(found)["js.broken"] == 2.0
