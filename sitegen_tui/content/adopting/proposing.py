"""A manifest proposed for an existing site, a brief to try it with, and a list of what could not be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import Tag

from sitegen_tui.content.adopting.gathering import WEB_MANIFEST, Gathered, find_root, gather
from sitegen_tui.content.adopting.groups import background_of, find_behaviours, find_items, find_sections, recipes_for
from sitegen_tui.content.adopting.lacking import ALL_SLOTS, Lack, lacks_of
from sitegen_tui.content.adopting.markup import Markup
from sitegen_tui.content.adopting.painting import Paint, nearest_role, paint_of
from sitegen_tui.content.adopting.parts import Parts, classes, find_parts
from sitegen_tui.content.adopting.trying import brief_to_try, yaml_of
from sitegen_tui.content.library import TEMPLATE_FILE
from sitegen_tui.content.page import Page, Style, attribute, single_spaced
from sitegen_tui.content.skeleton import PAGE, STYLES, local_path
from sitegen_tui.content.starting import starter_brief
from sitegen_tui.domain.difficulty import difficulty
from sitegen_tui.domain.template import (
    OPTIONAL_SLOTS,
    ColourRole,
    Derived,
    Gradient,
    Hero,
    HeroPattern,
    Icons,
    Logo,
    Manifest,
    Overlay,
    Recipe,
    Section,
)

MOST_LAYERS = 8

_ALIGNED: Mapping[HeroPattern, tuple[str, str, str]] = {
    "left": ("flex-start", "center", "left"),
    "bottom-left": ("flex-start", "flex-end", "left"),
    "centred": ("center", "center", "center"),
}
_HERO = """\
{{{{scope}}}} {{ display: flex; flex-direction: column; align-items: {0}; justify-content: {1}; }}
{{{{scope}}}} {{ min-height: {{{{min_height}}}}; text-align: {2}; }}
{{{{scope}}}} [data-hero-text] {{ width: 100%; max-width: {{{{content_max}}}}; }}
@media (width < {{{{stack_below}}}}) {{
  {{{{scope}}}} [data-hero-text] {{ max-width: 100%; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A site as a template: files by path with the manifest among them, a brief's files, what was done and what is lacking."""

    manifest: Manifest
    files: Mapping[str, bytes]
    brief: Mapping[str, bytes]
    notes: tuple[str, ...]
    lacks: tuple[Lack, ...]


def adopt(folder: Path, template_id: str) -> Adoption:
    """The site in a folder as the template of that id; the folder is only read.

    Raises ContentError with the reason where it cannot become one, UsageError for a name that is no id.
    """
    first = starter_brief(template_id, f"{template_id}-01")
    site = gather(find_root(folder))
    markup = Markup.read(site.page)
    style = Style.parse(site.styles)
    page = Page(site.page, style, markup.soup)
    paint = paint_of(page, site.styles)
    parts = find_parts(markup)
    manifest = _manifest(template_id, site, markup, page, paint, parts)
    files = {**site.files, PAGE: markup.written().encode(), STYLES: paint.css.encode()}
    files[TEMPLATE_FILE] = yaml_of(manifest.model_dump(mode="json", exclude_defaults=True))
    ids = {attribute(tag, "id") for tag in markup.soup.find_all(True)} - {""}
    notes = (*site.notes, *paint.notes)
    return Adoption(
        manifest, files, brief_to_try(first, manifest, ids), notes, tuple(lacks_of(manifest, parts.slots, paint.unused))
    )


# -- the manifest -------------------------------------------------------------------------------------------------------------


def _manifest(template_id: str, site: Gathered, markup: Markup, page: Page, paint: Paint, parts: Parts) -> Manifest:
    hero = _hero(markup, page, parts)
    sections = find_sections(markup, page, parts)
    footer = _footer(markup, parts)
    for name, tag in parts.slots.items():
        markup.mark(tag, "data-slot", name)
    # What was not found keeps its place in the manifest, so that a mark in the page is all that is to be added.
    wanted = [name for name in ALL_SLOTS if name in parts.slots or name not in OPTIONAL_SLOTS]
    slots = {name: f'[data-slot="{name}"]' for name in wanted}
    logos = {
        "header": Logo(selector=slots["header-logo"], ground="background"),
        "footer": Logo(selector=slots["footer-logo"], ground="secondary"),
    }
    title = markup.soup.find("title")
    named = single_spaced(title.get_text()) if isinstance(title, Tag) else ""
    found = Manifest.model_validate(
        {
            "id": template_id,
            "name": named[:60] or template_id.replace("-", " ").title(),
            "trade": "not said",
            "summary": f"A site that was adopted, with {len(sections)} sections.",
            "tier": 1,
            "tokens": paint.tokens,
            "palette_old": paint.palette,
            "fonts": paint.fonts,
            "theme_color": markup.soup.select_one('meta[name="theme-color"]') is not None,
            "derived": _derived(page, paint),
            "icons": _icons(markup, site),
            "logos": logos,
            "hero": hero,
            "slots": slots,
            "sections": sections,
            "footer": footer,
            "behaviours": find_behaviours(site.script, parts, markup),
            "hero_recipes": {name: Recipe(css=_HERO.format(*how)) for name, how in _ALIGNED.items()},
            "section_recipes": {section.id: recipes_for(section) for section in sections if section.items},
        }
    )
    if footer is not None:
        group = {**found.section_recipes, "footer": {"footer-columns": recipes_for(footer)["grid"]}}
        found = found.model_copy(update={"section_recipes": group})
    return found.model_copy(update={"tier": difficulty(found).tier})


def _hero(markup: Markup, page: Page, parts: Parts) -> Hero:
    """The hero that was found; where there is none, the first thing on the page stands for it."""
    body = markup.soup.find("body")
    place = parts.hero or markup.soup.select_one("main > *, body > section, body > header") or body or markup.soup.find(True)
    assert isinstance(place, Tag)
    text = parts.hero_text or place.find(("h1", "h2", "p", "div")) or place
    assert isinstance(text, Tag)
    markup.mark(place, "data-section", "hero")
    markup.mark(text, "data-hero-text")
    centred = "center" in classes(place) + "".join(classes(tag) for tag in text.parents if any(up is place for up in tag.parents))
    centred = centred or any("center" in one.value for one in page.painting('[data-section="hero"]', "text-align"))
    preload = bool(markup.soup.select('link[rel~="preload"][as="image"]'))
    baseline: HeroPattern = "centred" if centred else "left"
    return Hero(
        selector='[data-section="hero"]',
        text="[data-hero-text]",
        background=background_of(place, page),
        preload=preload,
        baseline=baseline,
    )


def _footer(markup: Markup, parts: Parts) -> Section | None:
    if parts.footer is None:
        return None
    items, _ = find_items(markup, parts.footer, "footer")
    if items is None:
        return None
    markup.mark(parts.footer, "data-section", "footer")
    return Section(id="footer", selector='[data-section="footer"]', heading="", items=items, baseline="list")


def _icons(markup: Markup, site: Gathered) -> Icons:
    links = markup.soup.select('link[rel~="icon"], link[rel="apple-touch-icon"]')
    paths = [path for tag in links if (path := local_path(attribute(tag, "href"))) in site.files]
    web = WEB_MANIFEST if WEB_MANIFEST in site.files else None
    return Icons(old=tuple(dict.fromkeys(path for path in paths if path)), manifest=web)


def _derived(page: Page, paint: Paint) -> Derived:
    """Gradients and translucent layers that are painted with the palette, where their rule reaches something."""
    gradients: list[Gradient] = []
    overlays: list[Overlay] = []
    seen: set[tuple[str, str]] = set()
    for rule, declaration in page.style.declarations():
        if rule.conditions or declaration.property not in ("background", "background-image", "background-color", "box-shadow"):
            continue
        selector = next((one for one in rule.selectors if _rests(one) and page.select(one)), None)
        if selector is None or (selector, declaration.property) in seen:
            continue
        colours = page.style.colours(declaration.value)
        roles: list[ColourRole] = []
        for colour in colours:
            role = nearest_role(colour, paint.palette)
            if role is not None:
                roles.append(role)
        if not colours or len(roles) != len(colours):
            continue
        seen.add((selector, declaration.property))
        if "gradient(" in declaration.value and len(roles) >= 2 and declaration.property != "box-shadow":
            if len(gradients) < MOST_LAYERS:
                gradients.append(_gradient(len(gradients), selector, declaration.property, roles))
        elif colours[0].a < 1 and len(overlays) < MOST_LAYERS and "gradient(" not in declaration.value:
            about = {"id": f"layer-{len(overlays) + 1}", "selector": selector, "property": declaration.property}
            overlays.append(Overlay.model_validate({**about, "role": roles[0], "alpha": round(colours[0].a, 3)}))
    return Derived(gradients=tuple(gradients), overlays=tuple(overlays))


def _gradient(number: int, selector: str, name: str, roles: list[ColourRole]) -> Gradient:
    about = {"id": f"gradient-{number + 1}", "selector": selector, "property": name, "roles": roles}
    return Gradient.model_validate(about)


def _rests(selector: str) -> bool:
    """Whether it is about an element as it stands, without a pointer on it."""
    return not any(state in selector for state in (":hover", ":focus", ":active", ":disabled", "[disabled", ":checked"))
