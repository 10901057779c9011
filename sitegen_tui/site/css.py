"""A stylesheet as rules and declarations with their source ranges; tolerant as browsers are, and it says what it tolerated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import tinycss2

from sitegen_tui.site.source import SourceText, Span

_TOKEN = re.compile(
    r"""/\*(?:.*?\*/|.*\Z)          # comment, closed or not
      | "(?:\\.|[^"\\\n])*"?        # strings
      | '(?:\\.|[^'\\\n])*'?
      | url\(\s*[^"'()\s][^)]*\)?   # unquoted url
      | \\.                         # escape
      | [{}()\[\];]""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*(?:/\*.*?\*/\s*)*(--[^\s:;{}]*|-?[A-Za-z_][\w-]*)\s*(?:/\*.*?\*/\s*)*:", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*(--[^\s,)]+)\s*(,)?", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^"')\s][^)]*?))\s*\)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NESTING_AT_RULES = ("@media", "@supports", "@layer", "@container", "@scope", "@starting-style", "@document")


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name: value` with its range (without the semicolon) and the range of the value (without `!important`)."""

    name: str
    value: str
    important: bool
    span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A block: its prelude (selector or at-rule), the at-rules around it, its declarations and ranges."""

    prelude: str
    context: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    span: Span
    prelude_span: Span
    body: Span

    def get(self, name: str) -> Declaration | None:
        """The declaration that wins inside this block: the last of that name, important before others."""
        found = [d for d in self.declarations if d.name == name]
        return next((d for d in reversed(found) if d.important), found[-1] if found else None)

    @property
    def selectors(self) -> tuple[str, ...]:
        """The prelude's selectors, white space collapsed."""
        return tuple(normal_selector(part) for part in split_top(self.prelude, ","))


@dataclass(frozen=True, slots=True)
class CssError:
    """What a browser would throw away: where it starts and why."""

    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """One statement, offsets relative to itself, so that it can be kept for every file that holds it."""

    rules: tuple[Rule, ...]
    errors: tuple[CssError, ...]
    open_at_end: bool


class CssFile(SourceText):
    """A parsed stylesheet. Never raises on any text."""

    @cached_property
    def _pieces(self) -> tuple[tuple[Rule, ...], tuple[CssError, ...], bool]:
        rules: list[Rule] = []
        errors: list[CssError] = []
        open_at_end = False
        for start, end in _statements(self.text):
            piece = _piece(self.text[start:end], ())
            rules += (_moved(rule, start) for rule in piece.rules)
            errors += (replace(error, offset=error.offset + start) for error in piece.errors)
            open_at_end = piece.open_at_end
        return tuple(rules), tuple(errors), open_at_end

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every block that holds declarations, in source order, those inside at-rules included."""
        return self._pieces[0]

    @property
    def errors(self) -> tuple[CssError, ...]:
        """Statements and declarations that a browser drops."""
        return self._pieces[1]

    @property
    def open_at_end(self) -> bool:
        """Whether the text ends inside a block, a comment or a string."""
        return self._pieces[2]

    @cached_property
    def custom_properties(self) -> dict[str, tuple[tuple[Rule, Declaration], ...]]:
        """Every definition of each custom property."""
        found: dict[str, list[tuple[Rule, Declaration]]] = {}
        for rule in self.rules:
            for declaration in rule.declarations:
                if declaration.name.startswith("--"):
                    found.setdefault(declaration.name, []).append((rule, declaration))
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def _by_selector(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for selector in rule.selectors:
                found.setdefault(selector, []).append(rule)
        return {selector: tuple(rules) for selector, rules in found.items()}

    def rules_for(self, selector: str, context: tuple[str, ...] | None = None) -> tuple[Rule, ...]:
        """Rules that name exactly this selector, alone or in a list; with `context`, only those inside just these at-rules."""
        found = self._by_selector.get(normal_selector(selector), ())
        return found if context is None else tuple(rule for rule in found if rule.context == context)

    def source(self, span: Span) -> str:
        """The text of a range."""
        return self.text[span.start : span.end]


@lru_cache(maxsize=48)
def parse_css(text: str) -> CssFile:
    """A parsed stylesheet, kept for the next one who asks for the same text."""
    return CssFile(text)


def parse_declarations(text: str) -> tuple[Declaration, ...]:
    """The declarations of an inline style; ranges are in `text`."""
    return _declarations(text)[0]


def normal_selector(selector: str) -> str:
    """A selector without comments and with white space collapsed, so that two spellings compare equal."""
    collapsed = " ".join(_COMMENT.sub(" ", selector).split())
    return re.sub(r"\s*([>+~,])\s*", r"\1", collapsed)


def var_references(value: str) -> Iterator[tuple[str, bool]]:
    """Custom properties that a value asks for, each with whether it has a fallback."""
    for match in _VAR.finditer(value):
        yield match.group(1), match.group(2) is not None


def url_references(value: str) -> Iterator[tuple[str, Span]]:
    """What each `url()` of a value names, unescaped, with the range of the name."""
    for match in _URL.finditer(value):
        group = next(n for n in (1, 2, 3) if match.group(n) is not None)
        yield re.sub(r"\\(.)", r"\1", match.group(group)), Span(*match.span(group))


def split_top(text: str, separator: str) -> list[str]:
    """Parts of a text between separators that stand in no bracket, string or comment."""
    parts: list[str] = []
    depth = start = 0
    for match in re.finditer(_TOKEN.pattern + "|" + re.escape(separator), text, _TOKEN.flags):
        token = match.group()
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token == separator and depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part for part in parts if part.strip()]


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the statements of a block's content: each ends after its `}` or `;`."""
    start = depth = round_ = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                round_ = 0
                yield start, match.end()
                start = match.end()
        elif token in "([":
            round_ += 1
        elif token in ")]":
            round_ = max(0, round_ - 1)
        elif token == ";" and depth == 0 and round_ == 0:
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


@lru_cache(maxsize=4096)
def _piece(text: str, context: tuple[str, ...]) -> _Piece:
    """One statement: a style rule, an at-rule, or rubbish."""
    brace = next((m.start() for m in _TOKEN.finditer(text) if m.group() in "{;}"), None)
    blank = _COMMENT.sub("", text).strip()
    if brace is None or text[brace] != "{":
        return _without_block(text, blank)
    lead = len(text) - len(_skip_blank(text))
    prelude_span = Span(lead, len(text[:brace].rstrip()))
    prelude = _COMMENT.sub(" ", text[lead:brace]).strip()
    closed, unfinished = _close(text, brace)
    body = Span(brace + 1, closed if closed is not None else len(text))
    span = Span(lead, body.end + (1 if closed is not None else 0))
    if prelude.lower().startswith(_NESTING_AT_RULES) or prelude.lower().startswith("@keyframes"):
        return _nested(text, prelude, context, body, closed is None)
    declarations, errors = _declarations(text[body.start : body.end])
    rule = Rule(
        prelude, context, tuple(_moved_declaration(d, body.start) for d in declarations), span, prelude_span, body
    )
    found = [replace(error, offset=error.offset + body.start) for error in errors]
    if not prelude:
        found.insert(0, CssError(brace, "a block without a selector"))
    elif not prelude.startswith("@") and not _selector_ok(prelude):
        found.insert(0, CssError(lead, f"not a selector: {prelude[:60]}"))
    return _Piece((rule,), tuple(found), closed is None or unfinished)


def _without_block(text: str, blank: str) -> _Piece:
    open_comment = text.rfind("/*") > text.rfind("*/")
    if not blank or blank == ";":
        return _Piece((), (), open_comment)
    if blank.startswith("@") and blank.endswith(";"):
        return _Piece((), (), False)
    offset = len(text) - len(_skip_blank(text))
    if blank == "}":
        return _Piece((), (CssError(offset, "a closing brace too many"),), False)
    # An unfinished statement at the end of a file is a truncation, not only an error.
    return _Piece((), (CssError(offset, f"not a rule: {blank[:60]}"),), not blank.endswith((";", "}")))


def _nested(text: str, prelude: str, context: tuple[str, ...], body: Span, unclosed: bool) -> _Piece:
    rules: list[Rule] = []
    errors: list[CssError] = []
    inner = (*context, " ".join(prelude.split()))
    for start, end in _statements(text[body.start : body.end]):
        piece = _piece(text[body.start + start : body.start + end], inner)
        rules += (_moved(rule, body.start + start) for rule in piece.rules)
        errors += (replace(error, offset=error.offset + body.start + start) for error in piece.errors)
    return _Piece(tuple(rules), tuple(errors), unclosed)


def _close(text: str, brace: int) -> tuple[int | None, bool]:
    depth = 0
    for match in _TOKEN.finditer(text, brace):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
            if depth == 0:
                return match.start(), False
    return None, True


def _declarations(body: str) -> tuple[tuple[Declaration, ...], tuple[CssError, ...]]:
    found: list[Declaration] = []
    for start, end in _statements(body):
        piece = body[start:end].removesuffix(";")
        match = _DECLARATION.match(piece)
        if match is None or "{" in _strip_quoted(piece):
            continue
        value_start = start + match.end()
        value = body[value_start : start + len(piece)]
        important = bool(_IMPORTANT.search(value))
        kept = _IMPORTANT.sub("", value)
        lead = len(kept) - len(kept.lstrip())
        span = Span(value_start + lead, value_start + len(kept.rstrip()) if kept.strip() else value_start + lead)
        name = match.group(1)
        found.append(
            Declaration(
                name if name.startswith("--") else name.lower(),
                body[span.start : span.end],
                important,
                Span(start + match.start(1), start + len(piece.rstrip())),
                span,
            )
        )
    return tuple(found), tuple(_declaration_errors(body, found))


def _declaration_errors(body: str, found: list[Declaration]) -> Iterator[CssError]:
    lines = SourceText(body.replace("\r\n", " \n").replace("\r", "\n").replace("\f", "\n"))
    starts = [0, *(m.end() for m in re.finditer("\n", lines.text))]
    for node in tinycss2.parse_blocks_contents(body, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            offset = starts[min(node.source_line, len(starts)) - 1] + node.source_column - 1
            yield CssError(min(offset, max(0, len(body) - 1)), f"not a declaration ({node.kind})")
    for declaration in found:
        if declaration.name.startswith("--") or declaration.name == "filter":
            continue
        if not declaration.value:
            yield CssError(declaration.span.start, f"{declaration.name} has no value")
        elif ":" in _strip_quoted(declaration.value):
            # A colon never occurs in a value: the semicolon in front of the next declaration is missing.
            yield CssError(declaration.span.start, f"a semicolon is missing after {declaration.name}")


def _strip_quoted(text: str) -> str:
    return _TOKEN.sub(lambda m: m.group() if len(m.group()) == 1 else " ", text)


def _selector_ok(prelude: str) -> bool:
    return not re.search(r"[;@!$]|^[\d.]*%$", _strip_quoted(prelude)) or bool(
        re.fullmatch(r"[\d.]+%|from|to", prelude.strip())
    )


def _skip_blank(text: str) -> str:
    return re.sub(r"^(?:\s+|/\*.*?(?:\*/|\Z))+", "", text, flags=re.DOTALL)


def _moved_declaration(d: Declaration, by: int) -> Declaration:
    (start, end), (first, last) = d.span, d.value_span
    return Declaration(d.name, d.value, d.important, Span(start + by, end + by), Span(first + by, last + by))


def _moved(rule: Rule, by: int) -> Rule:
    (start, end), (first, last), (top, bottom) = rule.span, rule.prelude_span, rule.body
    return Rule(
        rule.prelude,
        rule.context,
        tuple([_moved_declaration(d, by) for d in rule.declarations]),
        Span(start + by, end + by),
        Span(first + by, last + by),
        Span(top + by, bottom + by),
    )
