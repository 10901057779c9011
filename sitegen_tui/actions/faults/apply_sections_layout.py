"""How arranging sections goes wrong: the faults of action 12, planted in its good result."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed
from sitegen_tui.actions.edits.arranging import scope, section_values, targets, with_recipe
from sitegen_tui.actions.edits.editing import append_css, remove_attribute, remove_element
from sitegen_tui.domain.requirements import SectionLayout
from sitegen_tui.domain.template import Items, Section
from sitegen_tui.site.html import HtmlFile, parse_html
from sitegen_tui.site.source import Splices

_WIDE, _MIDDLE = "@media (min-width: 1024px)", "@media (min-width: 768px) and (max-width: 1023px)"
_SLIM, _SHORT_OF_TABLETS = "@media (max-width: 767px)", "@media (min-width: 790px) and (max-width: 1023px)"
_LARGER_PHONES = "@media (min-width: 360px) and (max-width: 767px)"
_EQUAL = ("grid", "footer-columns")


class _Group:
    """An arranged section as a fault sees it: its directive and its items, all of them children of one container."""

    def __init__(self, html: HtmlFile, layout: SectionLayout, section: Section, items: Items) -> None:
        self.layout, self.section, self.items = layout, section, items
        self.elements = _items(html, items)
        self.container = f"{scope(section.selector, layout.pattern)} {items.container}"
        self.item = f"{self.container} > {items.item}"

    @property
    def whole(self) -> bool:
        """Whether more than one item is there, and each is a child of the container, as rules for its children need."""
        return len(self.elements) > 1 and len(self.elements) == self.items.count

    def nth(self, number: int | str) -> str:
        """The selector of the item of a number, from 1."""
        return f"{self.container} > {self.items.item}:nth-child({number})"

    def grid(self, query: str, tracks: str) -> str:
        """Rules by which the items stand in these tracks in the windows of a query."""
        return (
            f"{query} {{ {self.container} {{ display: grid !important; grid-template-columns: {tracks} !important; }} "
            f"{self.item} {{ grid-area: auto !important; width: auto !important; min-width: 0 !important; }} }}"
        )

    def columns(self, query: str, columns: int) -> str:
        """Rules by which the items stand in equal columns in the windows of a query."""
        return self.grid(query, f"repeat({columns}, minmax(0, 1fr))")


def _groups(files: Files, brief: Brief) -> list[_Group]:
    html = parse_html(files.get(HTML, ""))
    found = [(layout, section, section.items) for layout, section in targets(brief.requirements, brief.manifest)]
    return [_Group(html, layout, section, items) for layout, section, items in found if items is not None]


_Rules = Callable[[_Group, Random], str]


def _styled(rules: _Rules, *patterns: str) -> Mutation:
    """A fault of rules that come last in the stylesheet, in one section of these patterns for which there are any."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        found = [
            made
            for group in _groups(after, brief)
            if group.whole and (not patterns or group.layout.pattern in patterns) and (made := rules(group, rng))
        ]
        return {CSS: append_css(after[CSS], rng.choice(found))} if found and CSS in after else None

    return apply


# -- columns --------------------------------------------------------------------------------------------------------------


def _narrow_column(group: _Group, rng: Random) -> str:
    """All items one below the other in a column that leaves room beside it."""
    return group.grid(_WIDE, f"minmax(0, {rng.choice((55, 60, 65))}%)") if group.layout.columns.desktop > 1 else ""


def _one_column_fewer(group: _Group, rng: Random) -> str:
    """One column fewer at desktop than asked for."""
    fewer = min(group.layout.columns.desktop, len(group.elements)) - 1
    return group.columns(_WIDE, fewer) if fewer > 1 else ""


def _gap_forgotten(group: _Group, rng: Random) -> str:
    """Shares of the whole width that leave no room for the gaps, so that the last item of a row breaks off."""
    columns = min(group.layout.columns.desktop, len(group.elements))
    if columns < 3:
        return ""
    wraps = f"{group.container} {{ display: flex !important; flex-flow: row wrap !important; }}"
    share = f"flex: 0 0 calc(100% / {columns}) !important; width: auto !important; max-width: none !important;"
    return f"{_WIDE} {{ {wraps} {group.item} {{ {share} }} }}"


def _tablet_in_one(group: _Group, rng: Random) -> str:
    """The phone's single column on tablets."""
    return group.columns(_MIDDLE, 1) if min(group.layout.columns.tablet, len(group.elements)) > 1 else ""


def _tablet_as_desktop(query: str) -> _Rules:
    """The desktop's columns in the windows of a query."""

    def rules(group: _Group, rng: Random) -> str:
        columns = group.layout.columns
        wide, asked = (min(number, len(group.elements)) for number in (columns.desktop, columns.tablet))
        return group.columns(query, wide) if wide != asked else ""

    return rules


def _phone_crowded(group: _Group, rng: Random) -> str:
    """Two more columns on a phone than asked for, words broken where they do not fit."""
    columns = group.layout.columns.mobile + 2
    if columns > len(group.elements):
        return ""
    broken = f"{group.item}, {group.item} * {{ overflow-wrap: anywhere; min-width: 0; padding-inline: 0 !important; }}"
    return f"{group.columns(_SLIM, columns)}\n{_SLIM} {{ {broken} {group.item} {{ font-size: 11px; }} }}"


def _phone_as_tablet(query: str) -> _Rules:
    """A column more than asked for in the windows of a query."""

    def rules(group: _Group, rng: Random) -> str:
        more = group.layout.columns.mobile + 1
        broken = f"{group.item}, {group.item} * {{ overflow-wrap: anywhere; min-width: 0; padding-inline: 0 !important; }}"
        return f"{group.columns(query, more)}\n{query} {{ {broken} }}" if more <= len(group.elements) else ""

    return rules


# -- pattern, gap and order -----------------------------------------------------------------------------------------------


def _first_larger(share: Callable[[Random], str]) -> _Rules:
    """The first of the equal columns takes up more than its share at desktop."""

    def rules(group: _Group, rng: Random) -> str:
        columns = min(group.layout.columns.desktop, len(group.elements))
        if columns < 2:
            return ""
        return group.grid(_WIDE, f"minmax(0, {share(rng)}) repeat({columns - 1}, minmax(0, 1fr))")

    return rules


def _plain(group: _Group, rng: Random) -> str:
    """The pattern's own trait is forgotten: every picture at one side, or every tile of one size."""
    if group.layout.pattern == "bento":
        rows = "grid-auto-rows: 200px !important;"
        return f"{group.columns(_WIDE, group.layout.columns.desktop)}\n{_WIDE} {{ {group.container} {{ {rows} }} }}"
    return _sided(group, (), rng.choice(("row", "row-reverse")))


def _nearly(group: _Group, rng: Random) -> str:
    """The pattern's own trait is not quite there: the last picture does not change sides, or the large tile is hardly larger."""
    if group.layout.pattern == "bento":
        tall = f"{group.container} {{ grid-auto-rows: 108px !important; }} {group.item} {{ grid-row: span 2 !important; }}"
        first = f"{group.nth(1)} {{ grid-row: span 3 !important; }}"
        return f"{group.columns(_WIDE, group.layout.columns.desktop)}\n{_WIDE} {{ {tall} {first} }}"
    count = len(group.elements)
    return _sided(group, [n for n in range(2, count, 2) if n < count - 1] + ([] if count % 2 else [count - 1]), "row")


def _sided(group: _Group, turned: tuple[int, ...] | list[int], direction: str) -> str:
    """Rules by which pictures stand beside their texts, at the other side in the items of these numbers."""
    if group.items.media is None:
        return ""
    lines = [
        f"{group.item} {{ display: flex !important; flex-direction: {direction} !important; direction: ltr !important; }}",
        f"{group.item} > * {{ order: 0 !important; flex: 1 1 50% !important; min-width: 0; width: 50% !important; }}",
        *(f"{group.nth(number)} {{ flex-direction: row-reverse !important; }}" for number in turned),
    ]
    return f"@media (min-width: 768px) {{ {' '.join(lines)} }}"


def _gap(share: Callable[[int, Random], int]) -> Mutation:
    def rules(group: _Group, rng: Random) -> str:
        asked = group.layout.gap_min_px
        return f"{group.container} {{ gap: {share(asked, rng)}px !important; }}" if asked else ""

    return _styled(rules)


def _phones_gap(group: _Group, rng: Random) -> str:
    """The gap that is asked for at every width shrinks on phones, or is a little too small everywhere."""
    asked = group.layout.gap_min_px
    if not asked:
        return ""
    if rng.random() < 0.5:
        return f"{_SLIM} {{ {group.container} {{ gap: {asked // 2}px !important; }} }}"
    return f"{group.container} {{ gap: {asked - 3}px !important; }}"


def _turned_round(group: _Group, rng: Random) -> str:
    """The last item comes first, the first one last."""
    return "\n".join(f"{group.nth(number)} {{ order: {-number} !important; }}" for number in range(1, len(group.elements) + 1))


def _last_earlier(group: _Group, rng: Random) -> str:
    """The last two items change places, or on phones the first one comes last."""
    count = len(group.elements)
    if rng.random() < 0.5:
        return f"{_SLIM} {{ {group.nth(1)} {{ order: 1 !important; }} }}"
    return "\n".join(f"{group.nth(n)} {{ order: {3 * count if n == count - 1 else n} !important; }}" for n in range(1, count + 1))


def _exchanged(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Two neighbours change places in the page."""
    html = parse_html(after.get(HTML, ""))
    groups = [g for g in _groups(after, brief) if g.whole and g.layout.pattern in (*_EQUAL, "list")]
    if not groups:
        return None
    group, edits = rng.choice(groups), Splices(html.text)
    elements = _items(html, group.items)
    number = rng.randrange(len(elements) - 1)
    first, second = html.outer(elements[number]), html.outer(elements[number + 1])
    if first is None or second is None:
        return None
    edits.replace(first, html.source(second))
    edits.replace(second, html.source(first))
    return changed(after, {HTML: edits.result()}) or None


# -- what a model destroys ------------------------------------------------------------------------------------------------


def _on_items(
    files: Files, brief: Brief, rng: Random, change: Callable[[HtmlFile, Splices, Element], None]
) -> dict[str, str] | None:
    """One item of a section that is arranged, changed in the page."""
    html = parse_html(files.get(HTML, ""))
    items: list[Element] = []
    for _, section in targets(brief.requirements, brief.manifest):
        if section.items is not None:
            items += _items(html, section.items)
    if not items:
        return None
    edits = Splices(html.text)
    change(html, edits, rng.choice(items))
    return None if edits.empty else changed(files, {HTML: edits.result()})


def _items(html: HtmlFile, items: Items) -> list[Element]:
    container = html.one(items.container)
    return [e for e in html.select(items.item) if container is not None and e.parent == container]


def _card_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One item does not survive the rearrangement."""
    return _on_items(after, brief, rng, remove_element)


def _hook_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """An item loses the attribute that it is found by."""
    return _on_items(after, brief, rng, lambda html, edits, item: remove_attribute(html, edits, item, "data-item"))


def _section_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A whole section is left out."""
    html = parse_html(after.get(HTML, ""))
    sections = [s for _, s in targets(brief.requirements, brief.manifest) if s in brief.manifest.sections]
    found = [element for section in sections if (element := html.one(section.selector)) is not None]
    if not found:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, rng.choice(found))
    return changed(after, {HTML: edits.result()})


def _one_column(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The classes are there, the rules for them are not."""
    return {CSS: before.get(CSS, "")} if before.get(CSS) != after.get(CSS) else None


def _blocks(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Every grid is replaced by plain blocks, one below the other."""
    groups = _groups(after, brief)
    if not groups or CSS not in after:
        return None
    rules = "\n".join(f"{group.container} {{ display: block !important; }}" for group in groups)
    return {CSS: append_css(after[CSS], rules)}


def _no_breakpoints(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The desktop's columns at every width."""
    css = after.get(CSS, "")
    for layout, section in targets(brief.requirements, brief.manifest):
        recipe = brief.manifest.section_recipes.get(section.id, {}).get(layout.pattern)
        if recipe is not None and "@media" in recipe.css:
            wide = recipe.css[: recipe.css.index("@media")].rstrip()
            given = section_values(layout)
            full = with_recipe("", section.id, layout.pattern, section.selector, recipe, given).rstrip()
            short = with_recipe("", section.id, layout.pattern, section.selector, recipe.model_copy(update={"css": wide}), given)
            newline = "\r\n" if "\r\n" in css else "\n"
            css = css.replace(full.replace("\n", newline), short.rstrip().replace("\n", newline))
    return changed(after, {CSS: css}) or None


def _fixed_width(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A container of fixed width, wider than a phone."""
    found = [(layout, s) for layout, s in targets(brief.requirements, brief.manifest) if s.items is not None]
    if not found:
        return None
    layout, section = rng.choice(found)
    container = section.items.container if section.items is not None else ""
    rule = f"{scope(section.selector, layout.pattern)} {container} {{ width: 1180px; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n{rule}\n"}


def _markers_back(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A rule for lists brings the markers of the navigation back."""
    nav = brief.manifest.slots["nav"]
    if CSS not in after or parse_html(after.get(HTML, "")).one(f"{nav} > li") is None:
        return None
    marked = f"{nav} {{ list-style: {rng.choice(('disc', 'square', 'circle'))} !important; }}"
    return {CSS: append_css(after[CSS], f"{marked}\n{nav} > li {{ display: list-item !important; }}")}


def _wrapper_too_short(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The items' container is closed after the first item; its own end tag closes what holds it."""
    html = parse_html(after.get(HTML, ""))
    groups = [g for g in _groups(after, brief) if g.whole and g.layout.pattern in _EQUAL and g.elements[0].parent is not None]
    group = rng.choice(groups) if groups else None
    first = _items(html, group.items)[0] if group is not None else None
    holder = first.parent if first is not None and isinstance(first.parent, Element) else None
    span = html.outer(first) if first is not None else None
    if holder is None or span is None:
        return None
    edits = Splices(html.text)
    edits.insert(span.end, f"{html.newline}        </{holder.tag}>")
    return changed(after, {HTML: edits.result()})


_ALL = (
    "sections.columns-wrong",
    "sections.tablet-wrong",
    "sections.mobile-wrong",
    "sections.pattern-wrong",
    "sections.gap-wrong",
    "sections.order-wrong",
)
_COLUMNS, _TABLET, _MOBILE, _PATTERN, _GAP, _ORDER = ((one,) for one in _ALL)
_UNREADABLE = ("contrast.text-invisible",)
"""What words have to expect that run out of their section, onto another colour."""
_CROWDED = ("layout.overlap", "js.behaviour-lost", *_UNREADABLE)
"""What cards of one height can do to the words and buttons in them."""

FAULTS = (
    Fault("sections-card-lost", ("layout.card-lost",), _card_lost),
    Fault("sections-section-lost", ("layout.section-lost", *_ALL), _section_lost, "blatant", 0.5, also=("regress.link-broken",)),
    Fault("sections-item-unhooked", ("regress.hook-lost",), _hook_lost, "subtle"),
    Fault("sections-one-column", _ALL, _one_column, "blatant", 2.0),
    # A layout may have as many columns on tablets as on wide screens.
    Fault(
        "sections-no-breakpoints",
        ("sections.mobile-wrong",),
        _no_breakpoints,
        also=("sections.tablet-wrong", "layout.overflow-x", *_CROWDED),
    ),
    Fault("sections-fixed-width", ("layout.overflow-x",), _fixed_width, also=_UNREADABLE),
    Fault(
        "sections-blocks",
        ("sections.columns-wrong", "sections.tablet-wrong", "sections.gap-wrong"),
        _blocks,
        "blatant",
        0.5,
        also=("sections.mobile-wrong", "sections.pattern-wrong", "sections.order-wrong"),
    ),
    Fault("sections-markers-back", ("layout.nav-bulleted",), _markers_back, "realistic", 0.3),
    Fault(
        "sections-wrapper-too-short",
        ("html.parse-error", "regress.hook-lost", "sections.columns-wrong"),
        _wrapper_too_short,
        "realistic",
        0.3,
        # A script that looks for the items among their siblings finds them no longer.
        also=("sections.tablet-wrong", "sections.mobile-wrong", "js.behaviour-lost"),
    ),
    Fault("sections-narrow-column", _COLUMNS, _styled(_narrow_column, *_EQUAL), "blatant", 0.3),
    Fault("sections-column-fewer", _COLUMNS, _styled(_one_column_fewer, *_EQUAL), "realistic", 1.0),
    Fault("sections-gap-forgotten", _COLUMNS, _styled(_gap_forgotten, *_EQUAL), "subtle", 0.7),
    Fault("sections-tablet-in-one", _TABLET, _styled(_tablet_in_one, *_EQUAL), "blatant", 0.3),
    Fault("sections-tablet-as-desktop", _TABLET, _styled(_tablet_as_desktop(_MIDDLE), *_EQUAL), "realistic", 1.0),
    Fault("sections-breakpoint-short", _TABLET, _styled(_tablet_as_desktop(_SHORT_OF_TABLETS), *_EQUAL), "subtle", 0.3),
    Fault("sections-phone-crowded", _MOBILE, _styled(_phone_crowded, *_EQUAL), "blatant", 0.0),
    Fault("sections-phone-as-tablet", _MOBILE, _styled(_phone_as_tablet(_SLIM), *_EQUAL), "realistic", 1.0),
    Fault("sections-larger-phones", _MOBILE, _styled(_phone_as_tablet(_LARGER_PHONES), *_EQUAL), "subtle", 0.3),
    Fault(
        "sections-first-twice", _PATTERN, _styled(_first_larger(lambda rng: rng.choice(("2fr", "3fr"))), *_EQUAL), "blatant", 0.3
    ),
    Fault("sections-pattern-plain", _PATTERN, _styled(_plain, "alternating", "bento"), "realistic", 1.0, also=_CROWDED),
    Fault("sections-pattern-nearly", _PATTERN, _styled(_nearly, "alternating", "bento"), "subtle", 0.3, also=_CROWDED),
    Fault(
        "sections-first-larger",
        _PATTERN,
        _styled(_first_larger(lambda rng: rng.choice(("1.25fr", "1.3fr"))), *_EQUAL),
        "subtle",
        0.0,
    ),
    Fault("sections-no-gap", _GAP, _gap(lambda asked, rng: 0), "blatant", 0.3),
    Fault("sections-half-gap", _GAP, _gap(lambda asked, rng: asked // 2 - rng.choice((0, 1, 2))), "realistic", 1.0),
    Fault("sections-gap-short", _GAP, _styled(_phones_gap), "subtle", 0.5),
    Fault("sections-turned-round", _ORDER, _styled(_turned_round, *_EQUAL), "blatant", 0.0),
    Fault("sections-items-exchanged", _ORDER, _exchanged, "realistic", 0.3),
    Fault("sections-last-earlier", _ORDER, _styled(_last_earlier, *_EQUAL), "subtle", 0.3),
)
