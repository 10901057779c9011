"""What a step breaks of that which others hold on to: hooks, aria attributes, links, files, earlier work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, Brief, Files
from sitegen_tui.actions.edits.editing import remove_attribute, set_attribute
from sitegen_tui.domain.template import Section
from sitegen_tui.judge.faults.base import AnyFault, AssetFault, Edit, element_of, items_of, on_page, pictures_of
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import HtmlFile, attribute, text_of
from sitegen_tui.site.source import Splices

# -- hooks and aria attributes --------------------------------------------------------------------------------------------


def _items_unhooked(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """The items of a group have lost what tells them from other elements."""
    groups = [items for section in sections if len(items := items_of(html, section)) > 1]
    groups = [items for items in groups if all(attribute(item, "data-item") is not None for item in items)]
    if not groups:
        return False
    for item in rng.choice(groups):
        remove_attribute(html, edits, item, "data-item")
    return True


def _section_unhooked(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A section can be found by its heading only."""
    found = [element for section in sections if attribute(element := element_of(html, section), "data-section") is not None]
    found = [element for element in found if element.select_one("h2") is not None]
    if not found:
        return False
    remove_attribute(html, edits, rng.choice(found), "data-section")
    return True


def _aria(choose: Callable[[list[tuple[Element, str]], Random], list[tuple[Element, str]]]) -> Edit:
    """Some of the aria attributes that the step found are gone."""

    def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
        found = [
            (element, name) for element in html.elements for name in element.attrs if name.startswith("aria-") or name == "role"
        ]
        for element, name in choose(found, rng) if found else ():
            remove_attribute(html, edits, element, name)
        return bool(found)

    return edit


def _aria_renamed(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """An aria attribute is misspelt, so that it says nothing."""
    found = [
        (element, span)
        for element in html.elements
        for name in element.attrs
        if name == "aria-expanded" and (span := html.attribute_span(element, name)) is not None
    ]
    if not found:
        return False
    _, span = rng.choice(found)
    edits.replace(span, html.source(span).replace("aria-", "data-", 1))
    return True


# -- links ----------------------------------------------------------------------------------------------------------------


def _links(html: HtmlFile) -> list[tuple[Element, str]]:
    return [
        (link, href)
        for link in html.select("nav a")
        if (href := attribute(link, "href") or "").startswith("#") and len(href) > 2 and href[1:] in html.ids
    ]


def _links_emptied(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """Every link of the navigation lost its target."""
    links = _links(html)
    for link, _ in links:
        set_attribute(html, edits, link, "href", "")
    return bool(links)


def _anchor_misspelt(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """A link lacks the last letter of its anchor."""
    links = [(link, href) for link, href in _links(html) if href[1:-1] not in html.ids]
    if not links:
        return False
    link, href = rng.choice(links)
    set_attribute(html, edits, link, "href", href[:-1])
    return True


# -- pictures and files ---------------------------------------------------------------------------------------------------


def _source(wrong: Callable[[str, Element, Brief], str]) -> Edit:
    """A picture of a section that the step left alone names another file."""

    def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
        pictures = pictures_of(html, sections)
        if not pictures:
            return False
        picture = rng.choice(pictures)
        set_attribute(html, edits, picture, "src", wrong(attribute(picture, "src") or "", picture, brief))
        return True

    return edit


def _letter_missing(source: str, _picture: Element, _brief: Brief) -> str:
    name, dot, suffix = source.rpartition(".")
    return name[:-1] + dot + suffix


def _other_suffix(source: str, _picture: Element, _brief: Brief) -> str:
    return re.sub(r"\.\w+$", lambda old: ".webp" if old[0] != ".webp" else ".png", source)


def _shown(picture: Element, brief: Brief) -> str:
    """What a picture shows in words: its alternative text, else the heading beside it."""
    holder = picture.parent
    heading = holder.select_one("h2, h3") if isinstance(holder, Element) else None
    said = attribute(picture, "alt") or (text_of(heading) if heading is not None else "")
    return said if len(said.split()) > 2 else f"{said or 'the view'} at {brief.requirements.business.name}"


def _slug(_source: str, picture: Element, brief: Brief) -> str:
    return "-".join(re.findall(r"[a-z]+", _shown(picture, brief).lower()))


def _unused(files: Files, brief: Brief) -> list[str]:
    """Pictures that no text of the site names."""
    texts = "\n".join(files.values())
    return sorted(path for path in brief.assets if path.rpartition("/")[2] not in texts)


def _used(files: Files, brief: Brief) -> list[str]:
    texts = "\n".join(files.values())
    return sorted(path for path in brief.assets if path.rpartition("/")[2] in texts)


def _without(number: int) -> Callable[[Files, Brief, Random], Mapping[str, bytes] | None]:
    def spoil(files: Files, brief: Brief, rng: Random) -> Mapping[str, bytes] | None:
        unused = _unused(files, brief)
        gone = set(rng.sample(unused, min(number, len(unused))))
        return {path: content for path, content in brief.assets.items() if path not in gone} if gone else None

    return spoil


def _byte_more(files: Files, brief: Brief, rng: Random) -> Mapping[str, bytes] | None:
    """A picture in use was written again and has become a byte longer."""
    used = _used(files, brief)
    if not used:
        return None
    path = rng.choice(used)
    return {**brief.assets, path: brief.assets[path] + b"\n"}


def _no_text(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    return {}


# -- earlier work ---------------------------------------------------------------------------------------------------------


def _fonts_back(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Both font tokens name the template's families again."""
    css = parse_css(after.get(CSS, ""))
    edits = Splices(css.text)
    for font in brief.manifest.fonts.values():
        for _, declaration in css.custom_properties.get(font.token, ()):
            edits.replace(declaration.value_span, f'"{font.family}", {declaration.value.rpartition(",")[2].strip()}')
    return None if edits.empty else {CSS: edits.result()}


def _theme_back(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
    """The theme colour is the template's again."""
    found = html.select('meta[name="theme-color"]')
    for meta in found:
        set_attribute(html, edits, meta, "content", brief.manifest.palette_old["primary"])
    return bool(found)


def _alt_shortened(role: str) -> Edit:
    """A logo's alternative text has lost a word."""

    def edit(html: HtmlFile, edits: Splices, brief: Brief, rng: Random, sections: Sequence[Section]) -> bool:
        logo = html.one(brief.manifest.slots.get(f"{role}-logo", ""))
        words = (attribute(logo, "alt") or "").split() if logo is not None else []
        if logo is None or len(words) < 2:
            return False
        set_attribute(html, edits, logo, "alt", " ".join(words[:-1]))
        return True

    return edit


_LATE = ("update-about-text", "apply-hero-layout", "add-structured-data")

_ARIA = ("swap-fonts", "update-contact", "add-structured-data")
"""Actions before accessibility, after which a lost name is earlier work undone."""

POINTERS: tuple[AnyFault, ...] = (
    AnyFault("hook-of-items", ("regress.hook-lost",), on_page(_items_unhooked), "blatant", 0.0),
    AnyFault("hook-of-section", ("regress.hook-lost",), on_page(_section_unhooked), "realistic", 0.0),
    AnyFault("aria-all-lost", ("regress.aria-lost",), on_page(_aria(lambda found, rng: found)), "blatant", 0.0, hosts=_ARIA),
    AnyFault(
        "aria-one-lost",
        ("regress.aria-lost",),
        on_page(_aria(lambda found, rng: [rng.choice(found)])),
        "realistic",
        0.0,
        hosts=_ARIA,
    ),
    AnyFault("aria-misspelt", ("regress.aria-lost",), on_page(_aria_renamed), "subtle", 0.0, hosts=(*_ARIA, "verify-contrast")),
    AnyFault("links-emptied", ("regress.link-broken",), on_page(_links_emptied), "blatant", 0.0),
    AnyFault("link-misspelt", ("regress.link-broken",), on_page(_anchor_misspelt), "subtle", 0.0),
    AnyFault("file-invented", ("assets.not-found",), on_page(_source(lambda s, p, b: "images/placeholder.jpg")), "blatant", 0.0),
    AnyFault("file-other-suffix", ("assets.not-found",), on_page(_source(_other_suffix)), "realistic", 0.0),
    AnyFault("file-letter-missing", ("assets.not-found",), on_page(_source(_letter_missing)), "subtle", 0.0),
    AnyFault("description-slug", ("images.description-as-src",), on_page(_source(_slug)), "realistic", 0.0),
    AnyFault(
        "description-in-folder",
        ("images.description-as-src",),
        on_page(_source(lambda s, p, b: f"assets/images/{_shown(p, b)}.jpg")),
        "subtle",
        0.0,
    ),
    AnyFault(
        "hotlinked-stock",
        ("images.hotlinked",),
        on_page(_source(lambda s, p, b: "https://pictures.example/photos/1200x800?nature")),
        "blatant",
        0.0,
    ),
    AnyFault(
        "hotlinked-own-site",
        ("images.hotlinked",),
        on_page(_source(lambda s, p, b: f"https://www.{b.manifest.id}.example/{s}")),
        "realistic",
        0.0,
    ),
    AnyFault("hotlinked-no-scheme", ("images.hotlinked",), on_page(_source(lambda s, p, b: f"//cdn.example/{s}")), "subtle", 0.0),
    AssetFault(
        "assets-many-deleted",
        ("assets.deleted",),
        _no_text,
        "blatant",
        0.0,
        touches=(),
        hosts=("swap-fonts", "update-contact", "verify-contrast"),
        spoil=_without(3),
    ),
    AssetFault(
        "assets-one-deleted",
        ("assets.deleted",),
        _no_text,
        "realistic",
        0.0,
        touches=(),
        hosts=("swap-fonts", "update-contact", "verify-contrast"),
        spoil=_without(1),
    ),
    AssetFault(
        "assets-one-altered",
        ("assets.deleted",),
        _no_text,
        "subtle",
        0.0,
        touches=(),
        hosts=("swap-fonts", "update-contact", "verify-contrast"),
        spoil=_byte_more,
    ),
    AnyFault(
        "undone-fonts",
        ("regress.undone",),
        _fonts_back,
        "blatant",
        0.0,
        touches=(CSS,),
        hosts=("replace-header-logo", "replace-section-bgs", "verify-contrast"),
    ),
    AnyFault("undone-theme", ("regress.undone",), on_page(_theme_back), "realistic", 0.0, hosts=("swap-fonts", *_LATE)),
    AnyFault(
        "undone-alt", ("regress.undone",), on_page(_alt_shortened("header")), "subtle", 0.0, hosts=("replace-favicon", *_LATE)
    ),
)
"""Faults of hooks, links, references and earlier work."""
