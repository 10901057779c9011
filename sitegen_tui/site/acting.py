"""What of a site its behaviours depend on: two sites that differ only in colours, pictures and words of the copy act alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

import turbohtml
from turbohtml import Element

from sitegen_tui.site.css import parse_css, parse_declarations
from sitegen_tui.site.css_pieces import Declaration
from sitegen_tui.site.html import attribute, parse_html
from sitegen_tui.site.page import HTML
from sitegen_tui.site.rendering import shown_source
from sitegen_tui.site.source import Splices

_PAINT = re.compile(
    r"(?:(?:accent|caret|outline|column-rule|text-decoration|border(?:-(?:top|right|bottom|left|block|inline)(?:-(?:start|end))?)?)-)?"
    r"color|background(?:-color|-image|-position|-size|-repeat)?|fill|stroke|(?:box|text)-shadow|font-family|object-position"
)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^()]*\)", re.IGNORECASE)
_STACK = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*')\s*(?:,\s*(?:\"[^\"]*\"|'[^']*'|[a-zA-Z][\w -]*)\s*)*")
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r" ?([{};])[ ;]*")
_EMPTY = re.compile(r"[^{};]*\{\}")
_READS = re.compile(
    r"(?:textContent|\.text\b|\.alt\b|\.src\b)(?!\s*=(?!=))|innerText|innerHTML|outerHTML|nodeValue|wholeText|createTreeWalker"
    r"|(?<!query)Selection|getAttribute\(\s*[\"'](?:src|alt)|currentSrc|natural(?:Width|Height)|getComputedStyle"
)
"""What a script says that may read the words or the pictures of a page; to write them is not to read them."""
_COPIES = re.compile(r"\w+\.(alt|src)\s*=\s*\w+\.\1\s*;")
"""What only shows a picture a second time."""
_COPY = ("hero-", "about-", "contact-", "copyright")
"""Slots whose words are the copy: no behaviour is about them."""
_WORDING = frozenset(["p", "br", "a", "em", "strong", "b", "i", "span"])
"""Elements that only shape copy, where they have no attribute but where they lead."""
_PICTURE = frozenset(["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "fetchpriority"])
_AWAY = re.compile(r"\s*(?:mailto:|tel:|https?:)", re.IGNORECASE)
_HINTS = frozenset(["preload", "preconnect", "dns-prefetch", "prefetch"])
_PASSIVE = (".css", ".html", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".avif", ".ico", ".woff", ".woff2", ".webmanifest")


def acting_key(files: Mapping[str, bytes]) -> str | None:
    """The same for sites (path to content) whose scripts, events and visibility cannot differ; None where that cannot be told.

    Left out are declarations that only paint, the attributes of pictures, links that lead away, and the words in slots of the
    copy. All else counts, and a site with a script that may read what is left out, or with one in its page, has no key.
    """
    page = shown_source(files[HTML].decode("utf-8", "replace")) if HTML in files else None
    scripts = [content.decode("utf-8", "replace") for path, content in sorted(files.items()) if path.endswith((".js", ".mjs"))]
    if page is None or any(_READS.search(_COPIES.sub("", script)) for script in scripts):
        return None
    found = hashlib.sha256()
    for part in _parts(page):
        found.update(part.encode("utf-8", "replace") + b"\0")
    for path, content in sorted(files.items()):
        found.update(b"\1" + path.encode("utf-8", "replace") + b"\0")
        if path.endswith(".css"):
            found.update(acting_css(content.decode("utf-8", "replace")).encode("utf-8", "replace"))
        elif not path.endswith(_PASSIVE):
            found.update(content)
    return found.hexdigest()


def acting_css(text: str) -> str:
    """A stylesheet's source without the declarations that only paint, blocks of nothing else, and the faces of fonts."""
    edits = Splices(text)
    for rule in parse_css(text).rules:
        if rule.prelude.strip().lower() == "@font-face":
            edits.delete(rule.span)
            continue
        for declaration in rule.declarations:
            if _paints(declaration):
                edits.delete(declaration.span)
    return _EMPTY.sub("", _bare(edits.result())).strip()


def _paints(declaration: Declaration) -> bool:
    if declaration.name.startswith("--"):
        return bool(_COLOUR.fullmatch(declaration.value) or _STACK.fullmatch(declaration.value))
    return _PAINT.fullmatch(declaration.name) is not None


def _parts(page: str) -> Iterator[str]:
    """The tree, written out: tags with what counts of their attributes, words, and where each element ends."""
    for child in parse_html(page).document.children:
        yield from _node(child, copy=False)


def _node(node: object, *, copy: bool) -> Iterator[str]:
    if isinstance(node, turbohtml.Text):
        if not copy:
            yield node.data
        return
    if not isinstance(node, Element) or (node.tag == "link" and _idle(node)):
        return
    if copy and node.tag in _WORDING and set(node.attrs) <= {"href"}:
        for child in node.children:
            yield from _node(child, copy=copy)
        return
    copy = copy or (attribute(node, "data-slot") or "").startswith(_COPY)
    yield f"<{node.tag}"
    for name in sorted(node.attrs):
        value = attribute(node, name) or ""
        if node.tag in ("img", "source") and name in _PICTURE:
            continue
        if name == "href" and (copy or _AWAY.match(value)):
            value = "-"
        elif name == "style":
            value = _inline(value)
        yield f"{name}={value}"
    if node.tag == "style":
        yield acting_css(node.text)
    else:
        for child in node.children:
            yield from _node(child, copy=copy)
    yield ">"


def _idle(link: Element) -> bool:
    """Whether a link only fetches ahead, or asks for what lies elsewhere and is not reached."""
    kinds = set((attribute(link, "rel") or "").lower().split())
    return bool(kinds) and (kinds <= _HINTS or (kinds == {"stylesheet"} and bool(_AWAY.match(attribute(link, "href") or ""))))


def _inline(style: str) -> str:
    edits = Splices(style)
    for declaration in parse_declarations(style):
        if _paints(declaration):
            edits.delete(declaration.span)
    return _bare(edits.result())


def _bare(source: str) -> str:
    """Source without the semicolons and spaces that deletions leave, or that make no difference."""
    return _ENDS.sub(r"\1", _SPACE.sub(" ", source)).replace(";}", "}").rstrip("; ")
