"""How arranging the hero goes wrong: the faults of action 11, planted in its good result."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed, page_of
from sitegen_tui.actions.checks.hero_parts import hero_parts
from sitegen_tui.actions.edits.arranging import scope
from sitegen_tui.actions.edits.editing import append_css, insert_lines_before_end, remove_element
from sitegen_tui.domain.requirements import HeroLayout
from sitegen_tui.site.html import HtmlFile, inside, parse_html
from sitegen_tui.site.source import Splices

_WIDE = "@media (min-width: 1024px)"
_START = ("left", "bottom-left")
_TEXTS = ("hero-eyebrow", "hero-headline", "hero-subheadline")
_CALLS = ("hero-primary-cta", "hero-secondary-cta")


class _Hero:
    """The arranged hero as a fault sees it: its directive, and the selectors of it, its text block and its parts."""

    def __init__(self, after: Files, brief: Brief) -> None:
        self.page = page_of(after, brief)
        self.layout: HeroLayout = brief.requirements.layout.hero
        self.selector = brief.manifest.hero.selector
        self.scope = scope(self.selector, self.layout.pattern)
        self.text = brief.manifest.hero.text
        self.parts = hero_parts(self.page, brief.manifest)
        self.slots = brief.manifest.slots

    def named(self, *slots: str) -> list[str]:
        """Selectors of those parts that the hero has."""
        return [self.slots[slot] for slot in slots if slot in self.parts]

    @property
    def below(self) -> str:
        """The query for windows in which the hero stacks."""
        return f"@media (max-width: {self.layout.stack_below - 1}px)"


_Rules = Callable[[_Hero, Random], str]


def _styled(rules: _Rules) -> Mutation:
    """A fault of rules that come last in the stylesheet; no rules, no fault."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        hero = _Hero(after, brief)
        found = rules(hero, rng) if CSS in after and hero.page.html.one(hero.text) is not None else ""
        return {CSS: append_css(after[CSS], found)} if found else None

    return apply


_Change = Callable[[HtmlFile, Splices, _Hero, Random], None]


def _rewritten(change: _Change) -> Mutation:
    """A fault in the page; no edit, no fault."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        hero = _Hero(after, brief)
        edits = Splices(hero.page.html.text)
        change(hero.page.html, edits, hero, rng)
        return None if edits.empty else changed(after, {HTML: edits.result()})

    return apply


# -- pattern --------------------------------------------------------------------------------------------------------------


def _other_side(hero: _Hero, rng: Random) -> str:
    """Text at the wrong edge, or text and picture exchanged."""
    pattern = hero.layout.pattern
    if pattern == "card-overlap":
        return f"{hero.text} {{ translate: 0 -{2 * hero.layout.overlap_px}px !important; }}"
    if pattern.startswith("split"):
        return f"{_WIDE} {{ {hero.scope} {{ direction: rtl !important; }} {hero.text} {{ direction: ltr; }} }}"
    return f"{_WIDE} {{ {hero.text} {{ margin-inline: auto 0 !important; }} }}"


def _other_place(hero: _Hero, rng: Random) -> str:
    """Text in the middle, or at the top, where it belongs to another edge; at an edge where it belongs into the middle."""
    pattern = hero.layout.pattern
    if pattern == "centred":
        return f"{_WIDE} {{ {hero.text} {{ margin-inline: 0 auto !important; }} }}"
    if pattern == "bottom-left" and rng.random() < 0.5:
        return f"{_WIDE} {{ {hero.text} {{ align-self: start !important; margin-block: 0 auto !important; }} }}"
    return f"{_WIDE} {{ {hero.text} {{ margin-inline: auto !important; }} }}" if pattern in _START else ""


def _just_off(hero: _Hero, rng: Random) -> str:
    """Text a little further in than the pattern allows."""
    pattern = hero.layout.pattern
    if pattern == "card-overlap":
        return f"{hero.text} {{ translate: 0 -{hero.layout.overlap_px * 0.35:g}px !important; }}"
    if pattern == "centred":
        return f"{_WIDE} {{ {hero.text} {{ translate: {rng.choice((4, 5))}vw 0 !important; }} }}"
    if pattern not in _START:
        return ""
    inset = rng.choice((16, 17, 18))
    return (
        f"{_WIDE} {{ {hero.scope} {{ padding-inline: 0 !important; }} "
        f"{hero.text} {{ margin-inline: {inset}vw auto !important; padding-inline: 0 !important; }} }}"
    )


# -- alignment ------------------------------------------------------------------------------------------------------------


def _aligned(hero: _Hero, slots: list[str], side: str) -> str:
    return f"{', '.join(slots)} {{ text-align: {side} !important; }}" if hero.layout.pattern in ("centred", *_START) else ""


def _at_the_end(hero: _Hero, rng: Random) -> str:
    """Every text is set to the far edge."""
    return _aligned(hero, hero.named(*_TEXTS), "right")


def _as_before(hero: _Hero, rng: Random) -> str:
    """The texts keep the other alignment: centred, or set to the start where they belong into the middle."""
    return _aligned(hero, hero.named(*_TEXTS), "left" if hero.layout.pattern == "centred" else "center")


def _one_astray(hero: _Hero, rng: Random) -> str:
    """One text is set to the far edge, the others are right."""
    smaller = hero.named("hero-eyebrow", "hero-subheadline")
    return _aligned(hero, [rng.choice(smaller)], "right") if smaller else ""


# -- stack, height and width ----------------------------------------------------------------------------------------------

_BESIDE = "display: grid !important; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr) !important; gap: 8px !important;"
_FITTING = "min-width: 0 !important; max-width: 100% !important; padding-inline: 4px !important; overflow-wrap: anywhere; "


def _texts_beside(hero: _Hero, rng: Random) -> str:
    """Headline, text and calls share rows on a phone."""
    return f"{hero.below} {{ {hero.text} {{ {_BESIDE} }} {hero.text} * {{ {_FITTING} font-size: 14px !important; }} }}"


def _calls_in_a_row(query: Callable[[_Hero], str]) -> _Rules:
    """Both calls to action stand in one row in the windows of a query."""

    def rules(hero: _Hero, rng: Random) -> str:
        calls = hero.named(*_CALLS)
        if len(calls) < 2 or hero.parts[_CALLS[0]].parent != hero.parts[_CALLS[1]].parent:
            return ""
        row = f":has(> {calls[0]})"
        return (
            f"{query(hero)} {{ {row} {{ display: flex !important; flex-flow: row nowrap !important; gap: 8px !important; }} "
            f"{', '.join(calls)} {{ flex: 1 1 0 !important; {_FITTING}}} }}"
        )

    return rules


def _height(low: Callable[[int, Random], str]) -> Mutation:
    def rules(hero: _Hero, rng: Random) -> str:
        # Its content may be as high as asked by itself.
        height = low(hero.layout.min_height_vh, rng)
        return f"{_WIDE} {{ {hero.scope} {{ min-height: 0 !important; height: {height} !important; }} }}"

    return _styled(rules)


def _width(wide: Callable[[int, Random], int]) -> Mutation:
    def rules(hero: _Hero, rng: Random) -> str:
        limit = wide(hero.layout.content_max_px, rng)
        # A column beside the picture may be narrower by itself.
        width = f"{limit}px" if hero.layout.pattern.startswith("split") else f"min(100%, {limit}px)"
        # Without its padding: what counts is how wide the words may run.
        block = f"box-sizing: content-box !important; width: {width} !important; max-width: none !important;"
        texts = f"{hero.text} {{ {block} }}"
        return f"{_WIDE} {{ {texts} {', '.join(hero.named(*_TEXTS))} {{ max-width: none !important; }} }}"

    return _styled(rules)


# -- scroll cue -----------------------------------------------------------------------------------------------------------


def _cue_uninvited(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A scroll cue where none was asked for."""
    hero = _Hero(after, brief)
    element = hero.page.html.one(hero.selector)
    if hero.layout.scroll_cue or element is None or CSS not in after or hero.page.html.one(f"{hero.selector} .scroll-cue"):
        return None
    edits = Splices(hero.page.html.text)
    insert_lines_before_end(hero.page.html, edits, element, ['<span class="scroll-cue" aria-hidden="true"></span>'])
    rule = (
        f"{hero.scope} .scroll-cue {{ position: absolute; right: 4%; bottom: 24px; "
        f"width: {rng.choice((2, 3, 4))}px; height: 56px; background-color: currentColor; }}"
    )
    return changed(after, {HTML: edits.result(), CSS: append_css(after[CSS], rule)})


def _cue_forgotten(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The scroll cue is left out."""
    html = parse_html(after.get(HTML, ""))
    cue = html.one(f"{brief.manifest.hero.selector} .scroll-cue") if brief.requirements.layout.hero.scroll_cue else None
    if cue is None:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, cue)
    return changed(after, {HTML: edits.result()})


def _cue_unseen(hero: _Hero, rng: Random) -> str:
    """The scroll cue is there and has no size, or no colour to be seen by."""
    if not hero.layout.scroll_cue:
        return ""
    cue = f"{hero.scope} .scroll-cue"
    return rng.choice(
        (f"{cue} {{ height: 0 !important; }}", f"{cue} {{ opacity: 0; }}", f"{cue} {{ visibility: hidden !important; }}")
    )


# -- order and parts ------------------------------------------------------------------------------------------------------


def _upside_down(hero: _Hero, rng: Random) -> str:
    """The text block runs from its end to its beginning."""
    return f"{hero.text} {{ display: flex !important; flex-direction: column-reverse !important; }}"


def _exchanged(html: HtmlFile, edits: Splices, hero: _Hero, rng: Random) -> None:
    """Two neighbours of the hero's texts change places in the page."""
    slots = [slot for slot in _TEXTS if slot in hero.parts]
    pairs = [pair for pair in pairwise(slots) if hero.parts[pair[0]].parent == hero.parts[pair[1]].parent]
    if not pairs:
        return
    first, second = (html.outer(hero.parts[slot]) for slot in rng.choice(pairs))
    if first is not None and second is not None:
        edits.replace(first, html.source(second))
        edits.replace(second, html.source(first))


def _reordered(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The headline is put last on the screen."""
    hero, pattern = brief.manifest.hero, brief.requirements.layout.hero.pattern
    text, headline = scope(hero.selector, pattern) + f" {hero.text.split()[-1]}", brief.manifest.slots["hero-headline"]
    if page_of(after, brief).html.one(text) is None:
        return None
    rules = f"{text} {{ display: flex; flex-direction: column; }}\n{text} {headline} {{ order: 9; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rules}\n"}


def _headline_only(html: HtmlFile, edits: Splices, hero: _Hero, rng: Random) -> None:
    """Of the texts only the headline survives."""
    for slot in ("hero-eyebrow", "hero-subheadline"):
        if slot in hero.parts:
            remove_element(html, edits, hero.parts[slot])


def _call_lost(html: HtmlFile, edits: Splices, hero: _Hero, rng: Random) -> None:
    """A call to action does not survive the rearrangement."""
    calls = [slot for slot in hero.parts if slot.endswith("-cta")]
    if calls:
        remove_element(html, edits, hero.parts[rng.choice(calls)])


def _call_outside(html: HtmlFile, edits: Splices, hero: _Hero, rng: Random) -> None:
    """The first call to action ends up behind the hero."""
    section, call = html.one(hero.selector), hero.parts.get(_CALLS[0])
    end, span = (html.outer(section) if section is not None else None), (html.outer(call) if call is not None else None)
    if section is not None and call is not None and end is not None and span is not None and inside(call, section):
        remove_element(html, edits, call)
        edits.insert(end.end, f"{html.newline}    {html.source(span)}")


def _class_only(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The class is there, the rules for it are not."""
    return {CSS: before.get(CSS, "")} if before.get(CSS) != after.get(CSS) else None


def _fixed_width(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A text block of fixed width, wider than a phone."""
    layout = brief.requirements.layout.hero
    if layout.content_max_px <= 375:
        return None
    rule = f"{brief.manifest.hero.text} {{ width: {layout.content_max_px}px; min-width: {layout.content_max_px}px; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rule}\n"}


_LEFT_AS_IT_WAS = (
    "hero.pattern-wrong",
    "hero.align-wrong",
    "hero.mobile-stack-wrong",
    "hero.width-wrong",
    "hero.extra-wrong",
)
_PATTERN, _ALIGN, _STACK = ("hero.pattern-wrong",), ("hero.align-wrong",), ("hero.mobile-stack-wrong",)
_HEIGHT, _WIDTH, _EXTRA = ("hero.min-height-wrong",), ("hero.width-wrong",), ("hero.extra-wrong",)
_ORDER, _CHILD = ("hero.order-wrong",), ("hero.child-lost",)
_SPILT = ("layout.overlap", "contrast.text-invisible")
"""What words have to expect that run out of a hero which is too low for them."""
_AJAR = ("layout.overflow-x", *_SPILT)
"""What a text block does that is wider than its column or the window."""

FAULTS = (
    Fault("hero-call-lost", _CHILD, _rewritten(_call_lost)),
    Fault("hero-headline-last", _ORDER, _reordered, "subtle"),
    # A template's own hero may be as high as asked.
    Fault("hero-class-only", _LEFT_AS_IT_WAS, _class_only, "blatant", also=_HEIGHT),
    Fault("hero-cue-forgotten", _EXTRA, _cue_forgotten),
    Fault("hero-fixed-width", ("layout.overflow-x",), _fixed_width),
    Fault("hero-other-side", _PATTERN, _styled(_other_side), "blatant", 0.3),
    Fault("hero-other-place", _PATTERN, _styled(_other_place), "realistic", 1.0),
    Fault("hero-just-off", _PATTERN, _styled(_just_off), "subtle", 0.0),
    Fault("hero-texts-at-the-end", _ALIGN, _styled(_at_the_end), "blatant", 0.0),
    Fault("hero-texts-as-before", _ALIGN, _styled(_as_before), "realistic", 1.0),
    Fault("hero-one-text-astray", _ALIGN, _styled(_one_astray), "subtle", 0.3),
    Fault("hero-texts-beside", _STACK, _styled(_texts_beside), "blatant", 0.0),
    Fault("hero-calls-beside", _STACK, _styled(_calls_in_a_row(lambda hero: hero.below)), "realistic", 1.0),
    Fault(
        "hero-calls-beside-on-larger-phones",
        _STACK,
        _styled(_calls_in_a_row(lambda hero: f"@media (min-width: 360px) and (max-width: {hero.layout.stack_below - 1}px)")),
        "subtle",
        0.3,
    ),
    Fault("hero-no-height", _HEIGHT, _height(lambda vh, rng: "50vh"), "blatant", 0.5, also=(*_SPILT, *_PATTERN)),
    Fault("hero-low", _HEIGHT, _height(lambda vh, rng: f"{vh - rng.choice((6, 7, 8))}vh"), "realistic", 0.7, also=_SPILT),
    Fault("hero-slightly-low", _HEIGHT, _height(lambda vh, rng: f"{vh - rng.choice((3, 4))}vh"), "subtle", 0.3, also=_SPILT),
    Fault("hero-text-unlimited", _WIDTH, _width(lambda px, rng: 1160), "blatant", 0.3, also=(*_AJAR, *_PATTERN)),
    Fault(
        "hero-text-wide",
        _WIDTH,
        _width(lambda px, rng: px + rng.choice((120, 160, 200))),
        "realistic",
        1.0,
        also=(*_AJAR, *_PATTERN),
    ),
    Fault("hero-text-slightly-wide", _WIDTH, _width(lambda px, rng: px + rng.choice((8, 16, 24))), "subtle", 0.3, also=_AJAR),
    Fault("hero-cue-uninvited", _EXTRA, _cue_uninvited, "blatant", 0.3),
    Fault("hero-cue-unseen", _EXTRA, _styled(_cue_unseen), "subtle", 0.5),
    Fault("hero-upside-down", _ORDER, _styled(_upside_down), "blatant", 0.0),
    Fault("hero-texts-exchanged", _ORDER, _rewritten(_exchanged), "realistic", 0.3),
    Fault("hero-headline-only", _CHILD, _rewritten(_headline_only), "blatant", 0.3),
    Fault("hero-call-outside", _CHILD, _rewritten(_call_outside), "subtle", 0.3),
)
