"""A page in one form: blocks on lines of their own, attributes in order between double quotes, no comments, no credits."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sitegen_tui.judge.blind import css, js
from sitegen_tui.judge.blind.lines import Lines, line_at, line_starts
from sitegen_tui.judge.blind.names import DATA, Names, natural
from sitegen_tui.site.html import VOID

INDENT = "  "
DEEPEST = 30
BLOCKS = frozenset(
    (
        *("html", "head", "body", "title", "meta", "link", "base", "script", "style", "template", "noscript", "header"),
        *("footer", "main", "nav", "section", "article", "aside", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup"),
        *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "blockquote", "form", "fieldset", "legend", "table"),
        *("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "address", "details", "summary"),
        *("dialog", "option", "optgroup", "source", "track", "pre", "search", "menu", "g", "path", "circle", "rect", "line"),
        *("polyline", "polygon", "ellipse", "defs", "lineargradient", "radialgradient", "stop", "use", "symbol"),
    )
)
"""Elements at whose edges white space says nothing."""
_RAW = frozenset(["script", "style", "textarea", "title"])
_SPACE = " \t\n\f\r"
_SPACES = re.compile(r"[ \t\n\f\r]+")
_MARKUP = re.compile(
    r"""(?P<comment><!--(?:>|->|.*?(?:--!?>|\Z)))
      | (?P<doctype><!doctype[^>]*>?)
      | (?P<bogus><[!?][^>]*(?:>|\Z)|</[^A-Za-z][^>]*(?:>|\Z))
      | (?P<tag></?[A-Za-z](?:[^\s"'>/=]|/(?!>))*(?:\s+|/(?!>)|[^\s"'>/=]+|=\s*(?:"[^"]*"|'[^']*'|[^\s>"']*)|"|')*/?>)
      | (?P<open></?[A-Za-z].*\Z)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s>/=]*|["'][^\s>/=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*)(?:;|(?![=A-Za-z0-9;]))")
_UNSAID = frozenset(["generator", "author"])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tag, a text or a block of raw text; `block` says whether white space at its edges says nothing."""

    kind: Literal["start", "end", "text", "raw", "other"]
    offset: int
    text: str
    name: str = ""
    lines: Lines | None = None
    closed: bool = False

    @property
    def block(self) -> bool:
        return self.kind in ("other", "raw") or (self.kind in ("start", "end") and self.name in BLOCKS)


def rewritten(text: str, names: Names) -> Lines:
    """The page in its one form, with names as `names` has them. Never raises."""
    starts = line_starts(text)
    return _Layout(starts).laid_out(list(_pieces(text, names, starts)))


def _pieces(text: str, names: Names, starts: list[int]) -> Iterator[_Piece]:
    """Everything that is shown. Texts that only something left out stood between are one."""
    said: list[tuple[int, str]] = []
    for piece in _cut(text, names, starts):
        if isinstance(piece, tuple):
            said.append(piece)
            continue
        yield from _text(said, names)
        said = []
        yield piece
    yield from _text(said, names)


def _cut(text: str, names: Names, starts: list[int]) -> Iterator[_Piece | tuple[int, str]]:
    """Tags and raw texts; texts as offset and source."""
    at = 0
    preformatted = drawing = 0
    while at < len(text):
        match = _MARKUP.search(text, at)
        end = match.start() if match else len(text)
        if end > at:
            if preformatted:
                shown = names.known.without_vendors(html.unescape(text[at:end]))
                yield _Piece("text", at, html.escape(shown, quote=False), "pre")
            else:
                yield at, text[at:end]
        if match is None:
            return
        at = match.end()
        kind = match.lastgroup
        if kind == "doctype":
            yield _Piece(
                "other", match.start(), "<!DOCTYPE html>" if match.group()[9:].strip(" >").lower() == "html" else match.group()
            )
        elif kind == "open":
            # A page that is cut off in a tag stays so.
            yield _Piece("other", match.start(), _SPACES.sub(" ", match.group()).rstrip(" "))
        elif kind == "tag":
            name = _name(match.group())
            if match.group().startswith("</"):
                preformatted -= name == "pre" and preformatted > 0
                drawing -= name == "svg" and drawing > 0
                yield _Piece("end", match.start(), f"</{name}>", name)
                continue
            attributes = _attributes(match.group())
            if name == "meta" and attributes.get("name", "").strip().casefold() in _UNSAID:
                continue
            # Only in drawings does a slash close what it stands in.
            closed = match.group().endswith("/>") and (drawing > 0 or name == "svg")
            preformatted += name == "pre"
            drawing += name == "svg" and not closed
            yield _Piece("start", match.start(), _start_tag(name, attributes, names, closed=closed), name, closed=closed)
            if name in _RAW and not drawing:
                raw = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
                end = raw.start() if raw else len(text)
                yield from _raw(name, attributes, text[at:end], at, names, starts)
                at = end


def _text(said: list[tuple[int, str]], names: Names) -> Iterator[_Piece]:
    shown = names.known.without_vendors("".join(html.unescape(text) for _, text in said))
    if names.known.is_credit(shown):
        shown = " "
    if shown:
        offset, first = next((one for one in said if one[1].strip(_SPACE)), said[0])
        lead = len(first) - len(first.lstrip(_SPACE)) if first.strip(_SPACE) else 0
        yield _Piece("text", offset + lead, _SPACES.sub(" ", html.escape(shown, quote=False)))


def _raw(name: str, attributes: dict[str, str], text: str, offset: int, names: Names, starts: list[int]) -> Iterator[_Piece]:
    if name == "textarea":
        yield _Piece("text", offset, html.escape(html.unescape(text), quote=False), "pre")
        return
    if name == "title":
        said = names.known.without_vendors(html.unescape(text))
        yield _Piece("text", offset, html.escape(_SPACES.sub(" ", said), quote=False))
        return
    if not text.strip():
        return
    line = line_at(starts, offset)
    kind = attributes.get("type", "").strip().casefold()
    if name == "style":
        lines = css.rewritten(text, names, first_line=line)
    elif kind in ("", "module", "text/javascript", "application/javascript"):
        lines = js.rewritten(text, names, first_line=line)
    else:
        lines = _data(text, line)
    yield _Piece("raw", offset, "", name, lines)


def _data(text: str, line: int) -> Lines:
    """A block of data: JSON that can be read indented anew, anything else as it is."""
    out = Lines()
    lead = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        shown = json.dumps(json.loads(text, object_pairs_hook=_once), ensure_ascii=False, indent=2).replace("</", "<\\/")
    except (ValueError, RecursionError):
        shown = "\n".join(part.rstrip() for part in text.strip().split("\n"))
    many = len(text.strip().split("\n"))
    for at, part in enumerate(shown.split("\n")):
        out.add(part, line + lead + min(at, many - 1))
    return out


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON; one that has a key twice is not written anew, which would lose one of them."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def _name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match.group(1).lower() if match else ""


def _decoded(text: str) -> str:
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text


def _attributes(tag: str) -> dict[str, str]:
    """Attributes by name; of one that is there twice the first counts, as in a browser."""
    inner = tag[len(_TAG_NAME.match(tag).group()) :]  # type: ignore[union-attr]
    inner = inner.removesuffix(">").removesuffix("/")
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inner):
        value = match.group(2) or ""
        if value[:1] in ("'", '"') and len(value) > 1:
            value = value[1:-1]
        found.setdefault(match.group(1).lower(), _decoded(value))
    return found


def _start_tag(name: str, attributes: dict[str, str], names: Names, *, closed: bool) -> str:
    shown: dict[str, str] = {}
    for attribute in sorted(attributes, key=natural):
        value = names.known.without_vendors(attributes[attribute])
        if attribute == "class":
            value = " ".join(names.note(one) for one in value.split())
        elif attribute.startswith("on"):
            value = " ".join(js.rewritten(value, names).lines).replace('"', "'")
        elif attribute.startswith(DATA):
            attribute = names.data(attribute, names.note)
        shown[attribute] = value
    parts = [name]
    for attribute in sorted(shown, key=natural):
        value = shown[attribute].replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        parts.append(f'{attribute}="{value}"' if value else attribute)
    return f"<{' '.join(parts)}{' /' if closed else ''}>"


@dataclass
class _Layout:
    """Pieces laid out: a block that holds only text and inline elements stands on one line with its tags."""

    starts: list[int]
    out: Lines = field(default_factory=Lines)
    depth: int = 0
    flow: list[str] = field(default_factory=list[str])
    origin: int = 0

    def laid_out(self, pieces: list[_Piece]) -> Lines:
        open_tags: list[str] = []
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if not piece.block:
                self._flow(piece)
                at += 1
                continue
            self._flush()
            if piece.kind == "raw":
                self._raw(piece)
            elif piece.kind == "end":
                if piece.name in open_tags:
                    while open_tags.pop() != piece.name:
                        pass
                    self.depth = len(open_tags)
                self._line(piece.text, piece.offset)
            elif piece.kind == "start" and (end := self._short(pieces, at)):
                shown = [one.text for one in pieces[at + 1 : end]]
                inner = "".join(shown) if any(one.name == "pre" for one in pieces[at + 1 : end]) else _joined(shown)
                self._line(f"{piece.text}{inner}{pieces[end].text}", piece.offset)
                at = end
            else:
                self._line(piece.text, piece.offset)
                if piece.kind == "start" and piece.name not in VOID and not piece.closed:
                    open_tags.append(piece.name)
                    self.depth = len(open_tags)
            at += 1
        self._flush()
        return self.out

    @staticmethod
    def _short(pieces: list[_Piece], at: int) -> int:
        """Where the block that begins here ends, if nothing but text and inline elements is in between; else 0."""
        if pieces[at].name in VOID or pieces[at].closed:
            return 0
        end = at + 1
        while end < len(pieces) and not pieces[end].block:
            end += 1
        closed = end < len(pieces) and pieces[end].kind == "end" and pieces[end].name == pieces[at].name
        return end if closed else 0

    def _flow(self, piece: _Piece) -> None:
        if not self.flow:
            if piece.kind == "text" and not piece.text.strip() and piece.name != "pre":
                return
            self.origin = piece.offset
        self.flow.append(piece.text)

    def _flush(self) -> None:
        shown, self.flow = _joined(self.flow), []
        if shown:
            self._line(shown, self.origin)

    def _line(self, text: str, offset: int) -> None:
        self.out.add(INDENT * min(self.depth, DEEPEST) + text, line_at(self.starts, offset))

    def _raw(self, piece: _Piece) -> None:
        assert piece.lines is not None
        for text, origin in zip(piece.lines.lines, piece.lines.origins, strict=True):
            self.out.add(text, origin)


def _joined(shown: list[str]) -> str:
    return "".join(shown).strip(_SPACE)
