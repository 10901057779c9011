"""Sections of an existing page with the like things in them, their pictures, and what its script does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bs4 import Tag

from sitegen_tui.content.adopting.markup import Markup
from sitegen_tui.content.adopting.parts import Parts, classes, heading_of, words
from sitegen_tui.content.page import Page, attribute, urls
from sitegen_tui.domain.template import Background, Behaviour, BehaviourStep, Expectation, Items, Recipe, Section, SectionPattern

MOST_SECTIONS = 14
_GRID = re.compile(r"\b(row|grid|cols?|columns|cards|flex|tiles)\b|grid", re.IGNORECASE)
_SCROLL = re.compile(r"onscroll|addEventListener\(\s*['\"]scroll['\"]")
_CLASS = re.compile(r"classList\.(?:add|toggle)\(\s*['\"]([\w-]+)['\"]")

ANY_SECTION = """\
{{scope}} [data-items] { display: grid; grid-template-columns: repeat({{columns.desktop}}, minmax(0, 1fr)); gap: {{gap}}; }
{{scope}} [data-items] { margin-left: 0; margin-right: 0; }
{{scope}} [data-item] { width: auto; max-width: none; margin: 0; padding-left: 0; padding-right: 0; }
@media (max-width: 1023px) {
  {{scope}} [data-items] { grid-template-columns: repeat({{columns.tablet}}, minmax(0, 1fr)); }
}
@media (max-width: 767px) {
  {{scope}} [data-items] { grid-template-columns: repeat({{columns.mobile}}, minmax(0, 1fr)); }
}
"""
"""An arrangement in columns that holds on any page whose items are marked."""


def find_sections(markup: Markup, page: Page, parts: Parts) -> tuple[Section, ...]:
    """Sections in the page's order; hooks are put on each and on its items."""
    found: list[Section] = []
    taken: set[str] = {"header", "hero", "footer"}
    for tag in _blocks(markup, parts)[:MOST_SECTIONS]:
        name = _name(tag, parts, taken)
        taken.add(name)
        markup.mark(tag, "data-section", name)
        heading = heading_of(tag)
        items, baseline = find_items(markup, tag, name)
        found.append(
            Section(
                id=name,
                selector=f'[data-section="{name}"]',
                heading=words(heading) if heading else "",
                items=items,
                background=background_of(tag, page),
                baseline=baseline,
            )
        )
    return tuple(found)


def find_items(markup: Markup, place: Tag, name: str) -> tuple[Items | None, SectionPattern | Literal["none"]]:
    """The largest group of like things in an element, marked, and how they seem to be arranged."""
    groups: list[tuple[int, Tag, list[Tag]]] = []
    for box in (place, *place.find_all(("div", "ul", "ol", "section"))):
        if box.find_parent("nav") is not None or box.find_parent("form") is not None or box.has_attr("data-slot"):
            continue
        children = [tag for tag in box.find_all(True, recursive=False) if tag.name not in ("script", "br", "hr", "style")]
        for like in _alike(children):
            if len(like) >= 2 and all(one.find(("h2", "h3", "h4", "h5", "img", "p", "figure")) or one.name == "li" for one in like):
                groups.append((len(like), box, like))
    if not groups:
        return None, "none"
    _, box, like = max(groups, key=lambda one: one[0])
    markup.mark(box, "data-items", name)
    for one in like:
        markup.mark(one, "data-item")
    item = "[data-item]"
    media = "img" if all(one.find("img") for one in like) else None
    arranged: SectionPattern = "grid" if _GRID.search(classes(box)) or any(_GRID.search(classes(one)) for one in like) else "list"
    return Items(container=f'[data-items="{name}"]', item=item, count=len(like), media=media), arranged


def background_of(tag: Tag, page: Page) -> Background | None:
    """The picture painted behind an element, with the translucent layer over it where there is one."""
    selector = _selector(tag)
    if selector is None:
        return None
    pictured = "url(" in attribute(tag, "style") or any(
        urls(page.style.resolve(one.value)) for one in page.painting(selector, "background-image")
    )
    if not pictured:
        return None
    for pseudo in ("::before", "::after"):
        layers = page.painting(selector + pseudo, "background-color")
        if any(colour.a < 1 for one in layers for colour in page.style.colours(one.value)):
            return Background(selector=selector, overlay=selector + pseudo)
    return Background(selector=selector)


def recipes_for(section: Section) -> dict[SectionPattern, Recipe]:
    """Arrangements that hold for any section with marked items."""
    return {"grid": Recipe(css=ANY_SECTION), "list": Recipe(css=ANY_SECTION)} if section.items else {}


def find_behaviours(script: str, parts: Parts, markup: Markup) -> tuple[Behaviour, ...]:
    """What the site's own script seems to do, as far as it can be told from its words."""
    found: list[Behaviour] = []
    button, bar = parts.slots.get("menu-button"), parts.header
    if button is not None and _speaks_of(script, button) and ("aria-expanded" in script and button.has_attr("aria-expanded")):
        step = BehaviourStep(do="click", target='[data-slot="menu-button"]')
        wanted = Expectation(target='[data-slot="menu-button"]', state="attribute", value="aria-expanded=true")
        hooks = ('[data-slot="menu-button"]',)
        found.append(Behaviour(id="nav-toggle", viewport="mobile", steps=(step,), expect=(wanted,), hooks=hooks))
    names = _CLASS.findall(script[match.start() :] if (match := _SCROLL.search(script)) else "")
    names = names or (_CLASS.findall(script) if _SCROLL.search(script) else [])
    if bar is not None and names and _speaks_of(script, bar):
        markup.mark(bar, "data-section", "header")
        wanted = Expectation(target='[data-section="header"]', state="has-class", value=names[0])
        scroll = BehaviourStep(do="scroll", value="200")
        found.append(Behaviour(id="header-scrolled", steps=(scroll,), expect=(wanted,), hooks=('[data-section="header"]',)))
    summary = markup.soup.select_one("details:not([open]) > summary")
    if summary is not None:
        folded = "details > summary"
        opened = Expectation(target="details", state="attribute", value="open=")
        found.append(Behaviour(id="details-open", steps=(BehaviourStep(do="click", target=folded),), expect=(opened,)))
    return tuple(found)


def _blocks(markup: Markup, parts: Parts) -> list[Tag]:
    """Parts of the page that stand side by side: sections, or what links lead to, or the children of main."""
    outside = [one for one in (parts.hero, parts.header, parts.footer) if one is not None]
    linked = {attribute(tag, "href")[1:] for tag in markup.soup.select('nav a[href^="#"]')} - {""}
    candidates = [
        tag
        for tag in markup.soup.select("body section, body main > div, body > div, body > article, main > article, main > aside")
        if tag.name == "section" or attribute(tag, "id") in linked or any(up.name == "main" for up in tag.parents)
    ]
    candidates += [one for one in (parts.about, parts.contact) if one is not None and not any(one is tag for tag in candidates)]
    kept = [
        tag
        for tag in candidates
        if not any(tag is one or any(up is one for up in tag.parents) or any(up is tag for up in one.parents) for one in outside)
        and words(tag)
    ]
    outer = [tag for tag in kept if not any(one is not tag and any(up is one for up in tag.parents) for one in kept)]
    return sorted(outer, key=lambda tag: (tag.sourceline or 0, tag.sourcepos or 0))


def _name(tag: Tag, parts: Parts, taken: set[str]) -> str:
    for one, name in ((parts.about, "about"), (parts.contact, "contact")):
        if one is not None and (one is tag or any(up is tag for up in one.parents)) and name not in taken:
            return name
    heading = heading_of(tag)
    raw = attribute(tag, "id") or (words(heading) if heading else "") or attribute(tag, "class").split(" ")[0] or "section"
    base = re.sub(r"[^a-z0-9]+", "-", raw.lower()).strip("-")[:24].strip("-") or "section"
    name, number = base, 2
    while name in taken or name in ("about", "contact"):
        name, number = f"{base}-{number}", number + 1
    return name


def _alike(children: Sequence[Tag]) -> list[list[Tag]]:
    """Children of the same kind, those that share a class together."""
    groups: dict[tuple[str, str], list[Tag]] = {}
    for tag in children:
        groups.setdefault((tag.name, attribute(tag, "class").split(" ")[0]), []).append(tag)
    return list(groups.values())


def _selector(tag: Tag) -> str | None:
    own = attribute(tag, "id")
    if own and re.fullmatch(r"[A-Za-z][\w-]*", own):
        return f"#{own}"
    named = attribute(tag, "data-section")
    if named:
        return f'[data-section="{named}"]'
    first = attribute(tag, "class").split(" ")[0]
    return f".{first}" if re.fullmatch(r"[A-Za-z][\w-]*", first) else None


def _speaks_of(script: str, tag: Tag) -> bool:
    """Whether the script names an id or a class of the element, or its kind."""
    names = [*classes(tag).split(), *(f"{quote}{tag.name}{quote}" for quote in ("'", '"'))]
    return any(name in script for name in names)
