"""How replacing the icons goes wrong: old links kept, files that are none, touch icons forgotten, attributes that do not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any, cast

from sitegen_tui.actions.base import Brief, Fault, Files, Mutation, page_of
from sitegen_tui.actions.checks.icons import Icon, icons
from sitegen_tui.actions.edits.editing import insert_line_after, remove_attribute, remove_element, set_attribute
from sitegen_tui.actions.faults.planting import letters_swapped, written
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute
from sitegen_tui.site.json_text import read_json
from sitegen_tui.site.page import WEBMANIFEST
from sitegen_tui.site.source import Splices

_ICON, _TOUCH = "icon", "apple-touch-icon"
_RELATIONS = ("icon", "shortcut icon", "mask-icon")
_Href = Callable[[Files, Brief, Random], str | None]
_Change = Callable[[HtmlFile, Splices, list[Icon], Random], bool]
"""A change of the links of a relation; whether it applies."""


def _of(files: Files, brief: Brief, rel: str) -> list[Icon]:
    return [icon for icon in icons(page_of(files, brief)) if icon.rel == rel]


def _links(rel: str, change: _Change) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = page_of(after, brief).html
        found, edits = _of(after, brief, rel), Splices(html.text)
        return written(after, edits) if found and change(html, edits, found, rng) else None

    return apply


def _relinked(rel: str, href: _Href) -> Mutation:
    """All links of a relation become one that leads elsewhere."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html, other, found = page_of(after, brief).html, href(before, brief, rng), _of(after, brief, rel)
        if other is None or not found:
            return None
        edits = Splices(html.text)
        set_attribute(html, edits, found[0].element, "href", other)
        for icon in found[1:]:
            remove_element(html, edits, icon.element)
        return written(after, edits)

    return apply


def _beside(rels: tuple[str, ...], href: _Href) -> Mutation:
    """A link stands beside the right ones that leads elsewhere."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html, other, found = page_of(after, brief).html, href(before, brief, rng), _of(after, brief, _ICON)
        if other is None or not found:
            return None
        edits = Splices(html.text)
        insert_line_after(html, edits, found[-1].element, f'<link rel="{rng.choice(rels)}" href="{escape_attribute(other)}">')
        return written(after, edits)

    return apply


def _removed(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
    for icon in found:
        remove_element(html, edits, icon.element)
    return True


def _main_removed(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
    """The icon that counts is not linked, only its smaller brother."""
    if len(found) < 2:
        return False
    remove_element(html, edits, found[0].element)
    return True


def _second_removed(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
    if len(found) < 2:
        return False
    remove_element(html, edits, found[-1].element)
    return True


def _attribute(name: str, *values: str) -> _Change:
    """One of the links says another type or size."""

    def change(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
        able = [icon for icon in found if name in icon.element.attrs]
        if not able:
            return False
        icon = rng.choice(able)
        fitting = [value for value in values if value != attribute(icon.element, name)]
        set_attribute(html, edits, icon.element, name, rng.choice(fitting))
        return True

    return change


def _misnamed(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
    """The name of a file is misspelt."""
    icon = rng.choice(found)
    folder, _, name = icon.raw.rpartition("/")
    other = letters_swapped(name.rsplit(".", 1)[0], rng)
    if other is None:
        return False
    suffix = name.rsplit(".", 1)[-1]
    set_attribute(html, edits, icon.element, "href", f"{folder}/{other}.{suffix}" if folder else f"{other}.{suffix}")
    return True


def _old(rel: str) -> _Href:
    def href(before: Files, brief: Brief, rng: Random) -> str | None:
        found = _of(before, brief, rel)
        return found[0].raw if found else None

    return href


def _no_file(before: Files, brief: Brief, rng: Random) -> str | None:
    return rng.choice(("favicon.ico", "assets/favicon.svg", "assets/icons/favicon-32x32.png"))


def _logo(before: Files, brief: Brief, rng: Random) -> str | None:
    return brief.requirements.logos.header.path


def _photo(before: Files, brief: Brief, rng: Random) -> str | None:
    hero = brief.requirements.images.hero
    return hero.path if hero else None


def _touch(before: Files, brief: Brief, rng: Random) -> str | None:
    return brief.requirements.favicon.apple_touch


def _small(before: Files, brief: Brief, rng: Random) -> str | None:
    return brief.requirements.favicon.png32


def _all_old(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The new links stand there, and every old one with them."""
    html, new = page_of(after, brief).html, _of(after, brief, _ICON)
    old = page_of(before, brief).html
    spans = [old.outer(icon.element) for rel in (_ICON, _TOUCH) for icon in _of(before, brief, rel)]
    if not new or not spans:
        return None
    edits = Splices(html.text)
    for span in spans:
        if span is not None:
            insert_line_after(html, edits, new[-1].element, old.source(span))
    return written(after, edits)


def _manifest_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    path = WEBMANIFEST if brief.requirements.favicon.manifest else ""
    return {path: before[path]} if path in before and before[path] != after.get(path) else None


def _manifest(change: Callable[[dict[str, Any], Files, Brief, Random], bool]) -> Mutation:
    """The web manifest says something else."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        path = brief.requirements.favicon.manifest
        value = read_json(after.get(path, "")) if path else None
        if path is None or not isinstance(value, dict) or not change(cast("dict[str, Any]", value), before, brief, rng):
            return None
        return {path: json.dumps(value, indent=2, ensure_ascii=False) + "\n"}

    return apply


def _unreadable(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A comma stands behind the last member."""
    path = brief.requirements.favicon.manifest
    text = after.get(path, "").rstrip() if path else ""
    return {path: f"{text[:-1].rstrip()},\n}}\n"} if path and text.endswith("}") else None


def _other_name(value: dict[str, Any], before: Files, brief: Brief, rng: Random) -> bool:
    name = brief.requirements.business.name
    value["name"] = rng.choice((name.rsplit(" ", 1)[0], f"The {name}", name.lower()))
    return True


def _old_listed(value: dict[str, Any], before: Files, brief: Brief, rng: Random) -> bool:
    """One of the template's icons is still in the list."""
    old = _of(before, brief, _ICON)
    if old and isinstance(value.get("icons"), list):
        value["icons"].append({"src": old[0].raw, "sizes": "any", "type": "image/svg+xml"})
    return bool(old)


def _unlinked(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html = page_of(after, brief).html
    link = html.one('link[rel~="manifest"]')
    if link is None or brief.requirements.favicon.manifest is None:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, link)
    return written(after, edits)


def _bare(html: HtmlFile, edits: Splices, found: list[Icon], rng: Random) -> bool:
    """A link without any target."""
    remove_attribute(html, edits, found[0].element, "href")
    for icon in found[1:]:
        remove_element(html, edits, icon.element)
    return True


FAULTS = (
    Fault("favicon-left-out", ("favicon.icon-wrong",), _links(_ICON, _removed), "blatant", 0.3),
    Fault("favicon-old-icon", ("favicon.icon-wrong",), _relinked(_ICON, _old(_ICON))),
    Fault("favicon-is-the-logo", ("favicon.icon-wrong",), _relinked(_ICON, _logo)),
    Fault("favicon-is-the-touch-icon", ("favicon.icon-wrong",), _relinked(_ICON, _touch), "subtle", 0.5),
    Fault("favicon-small-only", ("favicon.icon-wrong",), _links(_ICON, _main_removed), "subtle", 0.5),
    Fault("favicon-no-file", ("favicon.not-found", "assets.not-found"), _relinked(_ICON, _no_file), "blatant", 1.5),
    Fault("favicon-bare", ("favicon.not-found",), _links(_ICON, _bare), "blatant", 0.0),
    Fault("favicon-misnamed", ("favicon.not-found", "assets.not-found"), _links(_ICON, _misnamed), "realistic", 0.5),
    Fault("favicon-not-square", ("favicon.not-found",), _beside(("icon",), _logo), "subtle", 0.3),
    Fault("favicon-touch-is-a-photo", ("favicon.apple-touch-wrong",), _relinked(_TOUCH, _photo), "blatant", 0.0),
    Fault("favicon-no-touch-icon", ("favicon.apple-touch-wrong",), _links(_TOUCH, _removed)),
    Fault("favicon-touch-kept", ("favicon.apple-touch-wrong",), _relinked(_TOUCH, _old(_TOUCH)), "realistic", 1.0),
    Fault("favicon-touch-small", ("favicon.apple-touch-wrong",), _relinked(_TOUCH, _small), "subtle", 0.5),
    Fault("favicon-all-old-left", ("favicon.old-left",), _all_old, "blatant", 0.5),
    Fault(
        "favicon-old-left", ("favicon.old-left",), _beside(("icon", "shortcut icon", "mask-icon"), _old(_ICON)), "realistic", 1.5
    ),
    Fault(
        "favicon-old-touch-left",
        ("favicon.old-left",),
        _beside(("apple-touch-icon-precomposed", "apple-touch-icon"), _old(_TOUCH)),
        "subtle",
        0.5,
    ),
    Fault("favicon-typed-as-text", ("favicon.type-sizes-wrong",), _links(_ICON, _attribute("type", "text/html")), "blatant", 0.0),
    Fault("favicon-second-forgotten", ("favicon.type-sizes-wrong",), _links(_ICON, _second_removed), "realistic", 1.0),
    Fault(
        "favicon-wrong-type",
        ("favicon.type-sizes-wrong",),
        _links(_ICON, _attribute("type", "image/x-icon", "image/jpeg")),
        "subtle",
    ),
    Fault("favicon-wrong-size", ("favicon.type-sizes-wrong",), _links(_ICON, _attribute("sizes", "16x16", "48x48")), "subtle", 0.5),
    Fault(
        "favicon-touch-size",
        ("favicon.type-sizes-wrong",),
        _links(_TOUCH, _attribute("sizes", "152x152", "192x192")),
        "subtle",
        0.3,
    ),
    Fault("favicon-manifest-unreadable", ("favicon.manifest-mismatch", "html.fence-leak"), _unreadable, "blatant", 0.3),
    Fault("favicon-manifest-kept", ("favicon.manifest-mismatch",), _manifest_kept, "realistic", 2.0),
    Fault("favicon-manifest-unlinked", ("favicon.manifest-mismatch",), _unlinked, "realistic", 0.3),
    Fault("favicon-manifest-name", ("favicon.manifest-mismatch",), _manifest(_other_name), "subtle", 0.5),
    Fault("favicon-manifest-old-listed", ("favicon.manifest-mismatch",), _manifest(_old_listed), "subtle", 0.5),
)
