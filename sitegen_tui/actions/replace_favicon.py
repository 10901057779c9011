"""Action 5, replace favicon: every icon link and the web manifest lead to the business's icons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks.icons import check_apple, check_icon, check_manifest, check_old, check_type_sizes, check_usable
from sitegen_tui.actions.edits.editing import (
    indent_of,
    insert_line_after,
    insert_lines_before_end,
    remove_attribute,
    remove_element,
    set_attribute,
)
from sitegen_tui.actions.faults.replace_favicon import FAULTS
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, parse_html
from sitegen_tui.site.json_text import members, read_json
from sitegen_tui.site.page import WEBMANIFEST
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Splices


class IconLink(NamedTuple):
    """A link to be there: relation, file, and what its type and sizes attributes say (empty: not given)."""

    rel: str
    href: str
    type: str
    sizes: str

    def markup(self) -> str:
        """The link as HTML."""
        type_ = f' type="{self.type}"' if self.type else ""
        sizes = f' sizes="{self.sizes}"' if self.sizes else ""
        return f'<link rel="{self.rel}" href="{escape_attribute(self.href)}"{sizes}{type_}>'


def links(requirements: Requirements) -> Iterator[IconLink]:
    """The icon links the brief asks for."""
    icons = requirements.favicon
    if icons.ico:
        yield IconLink("icon", icons.ico, "image/x-icon", "32x32")
    if icons.svg:
        yield IconLink("icon", icons.svg, "image/svg+xml", "")
    if icons.png32:
        yield IconLink("icon", icons.png32, "image/png", "32x32")
    yield IconLink("apple-touch-icon", icons.apple_touch, "", "180x180")


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    path, name, colours = requirements.favicon.manifest, requirements.business.name, requirements.brand.colours
    return lines(
        "Replace the site's icons. The head has exactly these icon links and no other (no shortcut icon, no mask-icon):",
        tuple(f"  {link.markup()}" for link in links(requirements)),
        f'Update {path}, linked from the head by <link rel="manifest" href="{path}">:' if path else "",
        f"- name and short_name: {name}" if path else "",
        "- icons, only these:" if path else "",
        tuple(f"  {json.dumps(icon)}" for icon in _manifest_icons(requirements)) if path else (),
        f"- theme_color {colours['primary']}, background_color {colours['background']}" if path else "",
        "Leave no link to an old icon.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Rewrite the icon links of the head in place, and the members of the web manifest."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    wanted = list(links(brief.requirements))
    there = [link for link in html.select("link[rel]") if _rel(link)]
    pairs = _paired(there, wanted)
    for link in there:
        want = next((w for w, element in pairs if element == link), None)
        if want is None:
            remove_element(html, edits, link)
            continue
        _set_link(html, edits, link, want)
    lacking = [want for want in wanted if not any(w == want for w, _ in pairs)]
    anchor = pairs[-1][1] if pairs else html.one("head > title, head > meta[charset]")
    _insert(html, edits, anchor, [want.markup() for want in lacking])
    path = brief.requirements.favicon.manifest
    if path and not any(_means(link, path) for link in html.select('link[rel~="manifest"]')):
        old = html.one('link[rel~="manifest"]')
        if old is not None:
            set_attribute(html, edits, old, "href", path)
        else:
            _insert(html, edits, anchor, [f'<link rel="manifest" href="{path}">'])
    found = {HTML: edits.result()} if HTML in files else {}
    if path and HTML in files:
        found[path] = _manifest_text(files.get(path, ""), brief)
    return changed(files, found)


def _rel(link: Element) -> str:
    """The icon relation of a link; empty if it is none."""
    tokens = (attribute(link, "rel") or "").lower().split()
    if any(token.startswith("apple-touch-icon") for token in tokens):
        return "apple-touch-icon"
    return "icon" if "icon" in tokens else "mask-icon" if "mask-icon" in tokens else ""


def _means(link: Element, path: str) -> bool:
    return resolve(attribute(link, "href") or "", HTML) == path


def _paired(there: list[Element], wanted: list[IconLink]) -> list[tuple[IconLink, Element]]:
    """Which link becomes which, in document order: by file, then by kind of file, then by relation."""

    def by_file(link: Element, want: IconLink) -> bool:
        return _means(link, want.href)

    def by_kind(link: Element, want: IconLink) -> bool:
        return (attribute(link, "href") or "").rsplit(".", 1)[-1].lower() == want.href.rsplit(".", 1)[-1].lower()

    def by_relation(link: Element, want: IconLink) -> bool:
        return want.rel == "apple-touch-icon"

    pairs: list[tuple[IconLink, Element]] = []
    rules: tuple[Callable[[Element, IconLink], bool], ...] = (by_file, by_kind, by_relation)
    for rule in rules:
        for link in there:
            if any(link == element for _, element in pairs):
                continue
            for want in wanted:
                if _rel(link) == want.rel and not any(w == want for w, _ in pairs) and rule(link, want):
                    pairs.append((want, link))
                    break
    return sorted(pairs, key=lambda pair: there.index(pair[1]))


def _set_link(html: HtmlFile, edits: Splices, link: Element, want: IconLink) -> None:
    if (attribute(link, "rel") or "").lower() != want.rel:
        set_attribute(html, edits, link, "rel", want.rel)
    if not _means(link, want.href):
        set_attribute(html, edits, link, "href", want.href)
    for name, value in (("type", want.type), ("sizes", want.sizes)):
        if value:
            set_attribute(html, edits, link, name, value)
        elif name in link.attrs and not (name == "sizes" and attribute(link, name) == "any"):
            remove_attribute(html, edits, link, name)


def _insert(html: HtmlFile, edits: Splices, anchor: Element | None, block: list[str]) -> None:
    if anchor is not None:
        for line in block:
            insert_line_after(html, edits, anchor, line)
    elif (head := html.tag("head")) is not None:
        insert_lines_before_end(html, edits, head, block)


def _manifest_icons(requirements: Requirements) -> list[dict[str, str]]:
    icons = requirements.favicon
    found = [{"src": icons.svg, "sizes": "any", "type": "image/svg+xml"}] if icons.svg else []
    return [*found, {"src": icons.apple_touch, "sizes": "180x180", "type": "image/png"}]


def _manifest_text(text: str, brief: Brief) -> str:
    """The web manifest with the business's members; one that cannot be read is written anew."""
    requirements = brief.requirements
    wanted: dict[str, Any] = {
        "name": requirements.business.name,
        "short_name": requirements.business.name,
        "icons": _manifest_icons(requirements),
        "theme_color": requirements.brand.colours["primary"],
        "background_color": requirements.brand.colours["background"],
    }
    there, value = members(text), read_json(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not isinstance(value, dict) or not {"name", "icons"} <= there.keys():
        return json.dumps(wanted | {"display": "browser"}, indent=2, ensure_ascii=False).replace("\n", newline) + newline
    edits = Splices(text)
    for key, span in there.items():
        if key in wanted and value[key] != wanted[key]:
            edits.replace(span, _json(wanted[key], indent_of(text, span.start), newline))
    return edits.result()


def _json(value: Any, indent: str, newline: str) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    entries = [f"{indent}  {json.dumps(entry, ensure_ascii=False)}" for entry in cast("list[Any]", value)]
    return newline.join(["[", f",{newline}".join(entries), f"{indent}]"])


ACTION = Action(
    id="replace-favicon",
    intent="Every icon link and the web manifest lead to the business's icons",
    write_set=(HTML, WEBMANIFEST),
    reads=(HTML, WEBMANIFEST),
    directive=directive,
    edit=edit,
    checks=(check_icon, check_usable, check_apple, check_old, check_type_sizes, check_manifest),
    faults=FAULTS,
)
