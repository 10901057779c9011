"""What of a site its behaviours depend on: two sites that differ only in colours, pictures and words of the copy act alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

import turbohtml
from turbohtml import Element

from sitegen_tui.domain.template import Behaviour
from sitegen_tui.site.css import parse_css, parse_declarations
from sitegen_tui.site.css_pieces import Declaration
from sitegen_tui.site.html import HtmlFile, all_inside, attribute, parse_html
from sitegen_tui.site.page import HTML
from sitegen_tui.site.rendering import shown_source
from sitegen_tui.site.source import OverlapError, Splices

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
    r"(?:textContent|\.text\b|\.alt\b|\.src\b|\.href\b)(?!\s*=(?!=))|innerText|innerHTML|outerHTML|nodeValue|wholeText|createTreeWalker"
    r"|getSelection|getAttribute\(\s*[\"'](?:src|alt)|currentSrc|natural(?:Width|Height)|getComputedStyle"
    r"|get(?:BoundingClientRect|ClientRects|BBox)|(?:Intersection|Resize)Observer|(?:offset|client|scroll)(?:Top|Left|Width|Height)"
    r"|elements?FromPoint"
)
"""What a script says that may read words or pictures of a page, or how much room they take; to write them is not to read them."""
_COPIES = re.compile(r"\w+\.alt\s*=\s*\w+\.alt\s*;")
"""What only describes a picture a second time: of no account where nothing is expected of a description."""
_COPY = ("hero-", "about-", "contact-", "copyright")
"""Slots whose words are the copy: no behaviour is about them."""
_WORDING = frozenset(["p", "br", "a", "em", "strong", "b", "i", "span"])
"""Elements that only shape copy, where they have no attribute but where they lead."""
_PICTURE = frozenset(["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "fetchpriority"])
_AWAY = re.compile(r"\s*(?:mailto:|tel:|https?:)", re.IGNORECASE)
_HINTS = frozenset(["preload", "preconnect", "dns-prefetch", "prefetch"])
LARGEST = 1_000_000
"""Bytes of pages and stylesheets beyond which reading them costs more than it spares."""
_PASSIVE = (".css", ".html", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".avif", ".ico", ".woff", ".woff2", ".webmanifest")


def acting_key(files: Mapping[str, bytes], behaviours: Sequence[Behaviour]) -> str | None:
    """The same for sites (path to content) in which these behaviours cannot differ; None where that cannot be told.

    Left out are declarations that only paint, the attributes of pictures, links that lead away, and the words in slots of the
    copy. All else counts, and so does everything of what a behaviour expects something of. A site with a script that may read
    what is left out, or with one in its page, has no key.
    """
    if HTML not in files or sum(len(content) for path, content in files.items() if path.endswith((".css", ".html"))) > LARGEST:
        return None
    page = shown_source(files[HTML].decode("utf-8", "replace"))
    scripts = [content.decode("utf-8", "replace") for path, content in sorted(files.items()) if path.endswith((".js", ".mjs"))]
    expected = [expectation for behaviour in behaviours for expectation in behaviour.expect]
    if not any(one.state == "attribute" and one.value.startswith("alt") for one in expected):
        scripts = [_COPIES.sub("", script) for script in scripts]
    if page is None or any(_READS.search(script) for script in scripts):
        return None
    found = hashlib.sha256()
    for part in _parts(parse_html(page), [one.target for one in expected]):
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
    try:
        left = edits.result()
    except OverlapError:  # blocks in blocks that no stylesheet has: all of it counts then
        return text
    return _EMPTY.sub("", _bare(left)).strip()


def _paints(declaration: Declaration) -> bool:
    if declaration.name.startswith("--"):
        return bool(_COLOUR.fullmatch(declaration.value) or _STACK.fullmatch(declaration.value))
    return _PAINT.fullmatch(declaration.name) is not None


def _parts(html: HtmlFile, watched_places: Sequence[str]) -> Iterator[str]:
    """The tree, written out: tags with what counts of their attributes, words, and where each element ends."""
    watched = all_inside(element for place in watched_places for element in html.select(place))
    # By hand and not by recursion: a hostile page is nested as deep as it likes.
    open_nodes: list[tuple[object, bool]] = [(html.document, False)]
    while open_nodes:
        node, copy = open_nodes.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, turbohtml.Text):
            if not copy:
                yield node.data
        elif isinstance(node, turbohtml.Document):
            open_nodes += [(child, False) for child in reversed(list(node.children))]
        elif isinstance(node, Element) and not (node.tag == "link" and _idle(node)):
            seen = node in watched
            copied = not seen and (copy or (attribute(node, "data-slot") or "").startswith(_COPY))
            if copied and copy and node.tag in _WORDING and set(node.attrs) <= {"href"}:
                open_nodes += [(child, True) for child in reversed(list(node.children))]
                continue
            yield f"<{node.tag}"
            yield from _attributes(node, copy=copied, whole=seen)
            if node.tag == "style":
                yield acting_css(node.text) + ">"
                continue
            open_nodes.append((">", False))
            open_nodes += [(child, copied) for child in reversed(list(node.children))]


def _attributes(element: Element, *, copy: bool, whole: bool) -> Iterator[str]:
    for name in sorted(element.attrs):
        value = attribute(element, name) or ""
        if element.tag in ("img", "source") and name in _PICTURE and not whole:
            continue
        if name == "href" and not whole and (copy or _AWAY.match(value)):
            value = "-"
        elif name == "style":
            value = _inline(value)
        yield f"{name}={value}"


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
