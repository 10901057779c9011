"""Rules for a template's manifest and page: what the skeleton contract demands of every template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from bs4 import Tag

from sitegen_tui.content.images import SUFFIXES, image_info
from sitegen_tui.content.loading import near
from sitegen_tui.content.page import attribute, line_of, single_spaced
from sitegen_tui.content.skeleton import PAGE, STYLES, Skeleton, local_path
from sitegen_tui.content.yaml_text import FieldPath
from sitegen_tui.domain.colour import Colour
from sitegen_tui.domain.template import COLOUR_ROLES, OPTIONAL_SLOTS, SLOTS, Recipe, Section

MAX_BYTES: dict[str, tuple[int, int]] = {PAGE: (16 * 1024, 18 * 1024), STYLES: (14 * 1024, 18 * 1024)}
"""How large page and style sheet may be: up to tier 3, and from tier 4 on, where there is more of everything."""

LOGO_SLOTS = ("header-logo", "footer-logo")
PLACEHOLDERS = frozenset(
    {
        "scope",
        "columns.desktop",
        "columns.tablet",
        "columns.mobile",
        "gap",
        "min_height",
        "content_max",
        "stack_below",
        "overlap",
    }
)
_PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def roles(subject: Skeleton) -> None:
    """Every colour role has a token and a value; both font roles are there."""
    manifest = subject.manifest
    for role in COLOUR_ROLES:
        if role not in manifest.tokens:
            subject.say(("tokens",), f"has no {role}", f"add {role}: --c-{role.replace('_', '-')}")
        if role not in manifest.palette_old:
            subject.say(("palette_old",), f"has no {role}", f"add the skeleton's colour for {role}")
    for font in ("heading", "body"):
        if font not in manifest.fonts:
            subject.say(("fonts",), f"has no {font}", f"add {font}: {{token, family, applies_to}}")
    for role, token in manifest.tokens.items():
        if list(manifest.tokens.values()).count(token) > 1:
            subject.say(("tokens", role), f"{token} stands for two roles", "give each role a token of its own")


def unique_ids(subject: Skeleton) -> None:
    """No id is given twice within its group, and none twice in the page."""
    manifest, derived = subject.manifest, subject.manifest.derived
    footer = (manifest.footer,) if manifest.footer else ()
    groups: dict[tuple[str, ...], list[str]] = {
        ("sections",): [section.id for section in (*manifest.sections, *footer)],
        ("derived", "gradients"): [one.id for one in derived.gradients],
        ("derived", "overlays"): [one.id for one in derived.overlays],
        ("derived", "tints"): [one.id for one in derived.tints],
        ("behaviours",): [one.id for one in manifest.behaviours],
        ("traps",): [one.id for one in manifest.traps],
    }
    for path, ids in groups.items():
        for index, one in enumerate(ids):
            if one in ids[:index]:
                subject.say((*path, index, "id"), f"{one} is there twice", "give it another id")
    seen: set[str] = set()
    for tag in subject.page.tags():
        own = attribute(tag, "id")
        if own and own in seen:
            subject.say_in(PAGE, line_of(tag), f"the id {own} is there twice", "give it another id")
        seen.add(own)


def slots(subject: Skeleton) -> None:
    """Every slot is known, none is lacking, each finds one element."""
    known = (*SLOTS, *LOGO_SLOTS)
    for name, selector in subject.manifest.slots.items():
        if name not in known:
            subject.say(("slots", name), "is no slot that is known", near(name, known))
        else:
            subject.expect(("slots", name), selector)
    for name in SLOTS:
        if name in subject.manifest.slots:
            continue
        if name not in OPTIONAL_SLOTS:
            subject.say(("slots",), f"has no {name}", f"add {name}: with the selector of its element")
        elif name in ("hero-eyebrow", "hero-secondary-cta"):
            subject.say(("slots",), f"has no {name}", f"add {name} to hero and slots", subject.count_severity)


def hero(subject: Skeleton) -> None:
    """The hero, its text block, headline and background."""
    one = subject.manifest.hero
    found = subject.expect(("hero", "selector"), one.selector)
    text = subject.expect(("hero", "text"), one.text)
    if found and text and found[0] not in text[0].parents:
        subject.say(("hero", "text"), "lies outside the hero", "name the block inside hero.selector")
    if one.media:
        subject.expect(("hero", "media"), one.media)
    headline = subject.page.select(subject.manifest.slots.get("hero-headline", "h1")) or ()
    headings = subject.page.select("h1") or ()
    if len(headings) != 1 or (headline and headline[0].name != "h1"):
        mend = "have one h1 on the page, the hero's headline"
        subject.say_in(PAGE, line_of(headline[0]) if headline else None, "the headline is not the only h1", mend)
    if one.background is None or one.background.overlay is None:
        mend = "add hero.background with selector and overlay"
        subject.say(("hero",), "has no background with an overlay", mend, subject.count_severity)
    preloads = [tag for tag in subject.page.select('link[rel~="preload"]') or () if attribute(tag, "as") == "image"]
    if bool(preloads) != one.preload:
        mend = f"write preload: {str(bool(preloads)).lower()}"
        subject.say(("hero", "preload"), f"the head {'has' if preloads else 'has no'} picture preload", mend)


def all_sections(subject: Skeleton) -> Iterator[tuple[FieldPath, Section]]:
    """Sections and footer with their places in the manifest."""
    for index, section in enumerate(subject.manifest.sections):
        yield ("sections", index), section
    if subject.manifest.footer:
        yield ("footer",), subject.manifest.footer


def sections(subject: Skeleton) -> None:
    """Every section is one element with its heading; its items are as many as stated."""
    groups = 0
    for path, section in all_sections(subject):
        found = subject.expect((*path, "selector"), section.selector)
        if found and section.heading:
            texts = [single_spaced(tag.get_text()) for tag in found[0].select("h1, h2, h3, h4")]
            if single_spaced(section.heading) not in texts:
                said = f"the section's headings are {', '.join(map(repr, texts[:4])) or 'none'}"
                subject.say((*path, "heading"), said, "copy the heading's text from the page")
        if section.items:
            groups += 1
            _items(subject, path, section)
        elif section.baseline != "none":
            subject.say((*path, "baseline"), "arranges items, and there are none", "add items, or baseline: none")
    for wanted in ("about", "contact"):
        if subject.manifest.section(wanted) is None:
            subject.say(("sections",), f"has no section {wanted}", f"add the section {wanted}")
    if groups < 3:
        mend = "mark groups of cards, people or pictures as items"
        subject.say(("sections",), f"has {groups} groups of items, three are asked for", mend, subject.count_severity)
    with_background = [one for one in subject.manifest.sections if one.background]
    if len(with_background) < 2:
        said = f"has {len(with_background)} sections with a background, two are asked for"
        subject.say(("sections",), said, "give another section a picture", subject.count_severity)


def _items(subject: Skeleton, path: FieldPath, section: Section) -> None:
    assert section.items
    path = (*path, "items")
    container = subject.expect((*path, "container"), section.items.container)
    subject.expect((*path, "item"), section.items.item, one=False)
    if not container or not subject.page.select(section.items.item):
        return
    if not container[0].has_attr("data-items"):
        mend = f'add data-items="{section.id}" to it'
        subject.say_in(PAGE, line_of(container[0]), "the container has no data-items", mend, "warning")
    items = container[0].select(section.items.item)
    if len(items) != section.items.count:
        said = f"the container holds {len(items)} items, not {section.items.count}"
        subject.say((*path, "count"), said, f"write count: {len(items)}, or mend item")
    media = section.items.media
    if media and not subject.page.select(media):
        subject.expect((*path, "media"), media, one=False)
    elif media and any(not item.select(media) for item in items):
        subject.say((*path, "media"), f"{media!r} is not in every item", "give each item its picture")


def logos_and_icons(subject: Skeleton) -> None:
    """Logos are pictures with alternatives and sizes; icons are square and linked."""
    for place in ("header", "footer"):
        logo = subject.manifest.logos.get(place)
        if logo is None:
            subject.say(("logos",), f"has no {place}", f"add {place}: {{selector, ground}}")
            continue
        for tag in subject.expect(("logos", place, "selector"), logo.selector)[:1]:
            if tag.name != "img":
                subject.say(("logos", place, "selector"), f"finds a {tag.name}", "name the img element")
            elif not all(attribute(tag, name) for name in ("alt", "width", "height")):
                said = f"the {place} logo lacks alt, width or height"
                subject.say_in(PAGE, line_of(tag), said, "add all three", name=f"logos.{place}")
            if subject.manifest.tier >= 3 and not tag.has_attr("srcset"):
                said = f"the {place} logo has no srcset, which tier 3 and above have"
                subject.say_in(PAGE, line_of(tag), said, "add srcset", name=f"logos.{place}")
    icons = subject.manifest.icons
    for index, path in enumerate(icons.old):
        info = image_info(subject.files.get(path, b""))
        if path not in subject.files:
            subject.say(("icons", "old", index), f"there is no {path}", "add the file or mend the path")
        elif info and not info.square:
            said = f"is {info.width:g} by {info.height:g}"
            subject.say_in(path, None, said, "make the icon square", name=f"icons.old[{index}]")
    linked = {local_path(attribute(tag, "href")) for tag in subject.page.select('link[rel~="icon"]') or ()}
    touch = {local_path(attribute(tag, "href")) for tag in subject.page.select('link[rel="apple-touch-icon"]') or ()}
    for kind, paths in (("icon", linked), ("apple-touch-icon", touch)):
        if not paths & set(icons.old):
            subject.say(("icons", "old"), f"none of them is linked as {kind}", f"add a link rel={kind} to {PAGE}")
    if icons.manifest is None:
        mend = "add icons.manifest and the file"
        subject.say(("icons",), "has no web manifest", mend, subject.count_severity)
    elif icons.manifest not in subject.files:
        subject.say(("icons", "manifest"), f"there is no {icons.manifest}", "add the file or mend the path")


def head_and_gaps(subject: Skeleton) -> None:
    """What later actions add must not be there yet, and `theme-color` is as the manifest says."""
    select = subject.page.select
    absent = {
        "html[lang]": "lang on html",
        'meta[name="description"]': "a meta description",
        'meta[property^="og:"]': "Open Graph properties",
        'link[rel="canonical"]': "a canonical link",
        'script[type="application/ld+json"]': "structured data",
    }
    for selector, what in absent.items():
        for tag in (select(selector) or ())[:1]:
            subject.say_in(PAGE, line_of(tag), f"has {what}, which an action is to add", "remove it")
    for tag in select("body a") or ():
        if "skip" in tag.get_text().lower() and attribute(tag, "href").startswith("#"):
            subject.say_in(PAGE, line_of(tag), "has a skip link, which an action is to add", "remove it")
    labelled = {attribute(tag, "for") for tag in select("label[for]") or ()}
    bare = [tag for tag in subject.page.tags() if _lacks_name(tag, labelled)]
    if not bare:
        said = "no picture, button or field lacks its label, so add-accessibility has nothing to add"
        subject.say_in(PAGE, None, said, "leave out an alt or a label", subject.count_severity)
    themes = [attribute(tag, "content") for tag in select('meta[name="theme-color"]') or ()]
    if bool(themes) != subject.manifest.theme_color:
        said = f"the head {'has' if themes else 'has no'} theme-color"
        subject.say(("theme_color",), said, f"write theme_color: {str(bool(themes)).lower()}")
    primary = subject.manifest.palette_old.get("primary", "")
    if themes and Colour.parse(themes[0]) != Colour.parse(primary):
        subject.say_in(PAGE, None, f"theme-color is {themes[0]}, not primary", f"write {primary}", name="theme_color")


def _lacks_name(tag: Tag, labelled: set[str]) -> bool:
    if tag.name == "img":
        return not tag.has_attr("alt")
    if any(attribute(tag, name) for name in ("aria-label", "aria-labelledby", "title")):
        return False
    if tag.name == "button":
        return not tag.get_text(strip=True)
    if tag.name in ("input", "textarea", "select"):
        hidden = attribute(tag, "type") in ("hidden", "submit", "button")
        return not hidden and attribute(tag, "id") not in labelled and tag.find_parent("label") is None
    return False


def structure(subject: Skeleton) -> None:
    """Navigation is a list, the contact section has a form, an inline SVG carries an old colour."""
    for tag in (subject.page.select(subject.manifest.slots.get("nav", "nav")) or ())[:1]:
        if tag.name not in ("ul", "ol") and not tag.select("ul > li, ol > li"):
            subject.say_in(PAGE, line_of(tag), "the navigation is no list", "put its links into ul and li")
    contact = subject.manifest.section("contact")
    for tag in (subject.page.select(contact.selector) or ())[:1] if contact else ():
        if not tag.select("form"):
            mend = "add a form"
            subject.say_in(PAGE, line_of(tag), "the contact section has no form", mend, subject.count_severity)
    old = {Colour.parse(value) for value in subject.manifest.palette_old.values()}
    fills = [Colour.parse(attribute(tag, "fill")) for tag in subject.page.select("svg [fill], svg[fill]") or ()]
    if not any(fill in old for fill in fills if fill):
        said = "no inline SVG is filled with an old colour"
        subject.say_in(PAGE, None, said, "give one a fill of palette_old", subject.count_severity)


def behaviours(subject: Skeleton) -> None:
    """At least two, each with steps and expectations that can be carried out."""
    all_of_them = subject.manifest.behaviours
    if len(all_of_them) < 2:
        said = f"there are {len(all_of_them)}, two are asked for"
        subject.say(("behaviours",), said, "declare what the script does", subject.count_severity)
    for index, behaviour in enumerate(all_of_them):
        path: FieldPath = ("behaviours", index)
        for at, step in enumerate(behaviour.steps):
            here = (*path, "steps", at)
            if step.target:
                subject.expect((*here, "target"), step.target, one=False)
            elif step.do in ("click", "hover", "focus", "type"):
                subject.say(here, f"{step.do} needs a target", "add target: with a selector")
            if step.do == "scroll" and not step.value.lstrip("-").isdecimal():
                subject.say((*here, "value"), "scroll needs a number of pixels", 'write value: "200"')
            elif step.do in ("press", "type") and not step.value:
                subject.say(here, f"{step.do} needs a value", "add value: with the key or the text")
        for at, wanted in enumerate(behaviour.expect):
            here = (*path, "expect", at)
            subject.expect((*here, "target"), wanted.target, one=False)
            if wanted.state in ("has-class", "lacks-class", "text") and not wanted.value:
                subject.say(here, f"{wanted.state} needs a value", "add value: with the class or the text")
            elif wanted.state == "attribute" and "=" not in wanted.value:
                subject.say(here, "attribute needs NAME=VALUE", "write value: aria-expanded=true, for example")
        for at, hook in enumerate(behaviour.hooks):
            subject.expect((*path, "hooks", at), hook, one=False)


def recipes(subject: Skeleton) -> None:
    """Recipes are for sections that are there and use placeholders that are known."""
    for pattern, recipe in subject.manifest.hero_recipes.items():
        _recipe(subject, ("hero_recipes", pattern), recipe)
    for section_id, by_pattern in subject.manifest.section_recipes.items():
        if subject.manifest.section(section_id) is None:
            ids = [section.id for _, section in all_sections(subject)]
            subject.say(("section_recipes", section_id), "is no section", near(section_id, ids))
        for pattern, recipe in by_pattern.items():
            _recipe(subject, ("section_recipes", section_id, pattern), recipe)


def _recipe(subject: Skeleton, path: FieldPath, recipe: Recipe) -> None:
    from sitegen_tui.content.page import Style

    used = _PLACEHOLDER.findall(recipe.css)
    for name in used:
        if name not in PLACEHOLDERS:
            subject.say((*path, "css"), f"{{{{{name}}}}} is no placeholder", near(name, sorted(PLACEHOLDERS)))
    if "scope" not in used:
        subject.say((*path, "css"), "has no {{scope}}", "begin its selectors with {{scope}}")
    filled = _PLACEHOLDER.sub(lambda use: ".scope" if use[1] == "scope" else "1", recipe.css)
    for line, message in Style.parse(filled).errors[:1]:
        subject.say((*path, "css"), f"line {line} of the recipe is broken: {message}", "mend the CSS")


def files(subject: Skeleton) -> None:
    """References lead to files, pictures are readable, sizes are modest, anchors have targets."""
    for name, limits in MAX_BYTES.items():
        size, limit = len(subject.files[name]), limits[subject.manifest.tier >= 4]
        if size > limit:
            subject.say_in(name, None, f"is {size} bytes, more than {limit}", "shorten it", "warning")
    ids = {attribute(tag, "id") for tag in subject.page.tags()} - {""}
    for tag in subject.page.tags():
        for reference in _references(tag):
            path = local_path(reference)
            if path is not None and path not in subject.files:
                subject.say_in(PAGE, line_of(tag), f"{reference} leads to no file", "add the file or mend the path")
        href = attribute(tag, "href")
        if tag.name == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in ids:
            subject.say_in(PAGE, line_of(tag), f"{href} leads to no element", f'add id="{href[1:]}" or mend the link')
    for path, content in subject.files.items():
        kind = SUFFIXES.get(PurePosixPath(path).suffix.lower())
        info = image_info(content) if kind else None
        if kind and info is None:
            subject.say_in(path, None, "is no readable picture", "make the file again")
        elif info and info.kind != kind:
            subject.say_in(path, None, f"is {info.kind} by its content", f"name it .{info.kind}")


def _references(tag: Tag) -> Iterator[str]:
    yield from (attribute(tag, name) for name in ("src", "poster") if tag.has_attr(name))
    if tag.name == "link" and attribute(tag, "rel") not in ("canonical", "preconnect", "dns-prefetch"):
        yield attribute(tag, "href")
    for candidate in attribute(tag, "srcset").split(","):
        if candidate.strip():
            yield candidate.split()[0]


RULES: tuple[Callable[[Skeleton], None], ...] = (
    roles,
    unique_ids,
    slots,
    hero,
    sections,
    logos_and_icons,
    head_and_gaps,
    structure,
    behaviours,
    recipes,
    files,
)
