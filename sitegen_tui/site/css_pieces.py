"""A stylesheet's statements, read one at a time as browsers do, with what they would throw away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sitegen_tui.site.css_text import (
    COMMENT,
    TOKEN,
    blank_end,
    open_bracket,
    outside_brackets,
    plain_text,
    selectors_of,
    split_top,
)
from sitegen_tui.site.source import Span

_PLAIN_BLOCKS = re.compile(
    r"""(?: [^{}"'\\/;]++ | /\*[^*]*+\*++(?:[^/*][^*]*+\*++)*+/ )*+                     # selector or at-rule, comments
        \{ (?: [^{}"'\\/]++ | (?P<nested>\{ [^{}"'\\/]*+ \}) )*+ \}""",
    re.VERBOSE,
)
"""A block, and blocks in it, without strings, escapes or comments, in front of which no semicolon stands."""
_GAP = r"(?>\s+|/\*.*?\*/)*"
_DECLARATION = re.compile(rf"{_GAP}(--[^\s:;{{}}]*|-?[A-Za-z_][\w-]*){_GAP}:", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)
_GROUPS = re.compile(r"@(?:media|supports|layer|container|scope|starting-style|(?:-moz-)?document)\b", re.IGNORECASE)
_STATEMENTS = re.compile(r"@(?:import|charset|namespace|layer)\b", re.IGNORECASE)
_NOT_A_SELECTOR = re.compile(
    r"""[;@!$]                      # never in a selector outside strings and brackets
      | ^\s*, | ,\s*, | ,\s*\Z      # an empty member of the list
      | :(?![\w:-]|\\|[^\x00-\x7f]) | \.(?![\w-]|\\|[^\x00-\x7f]) | \.\d
      | [>+~]\s*\Z""",
    re.VERBOSE,
)
DEEPEST = 16
"""Blocks nested deeper than this are not read: no stylesheet does so, and hostile ones would cost time."""


class Declaration(NamedTuple):
    """`name: value` with its range (without the semicolon) and the range of the value (without `!important`)."""

    name: str
    value: str
    important: bool
    span: Span
    value_span: Span


class Rule(NamedTuple):
    """A block: its prelude (selector or at-rule), the at-rules around it, its declarations and ranges.

    The prelude of a rule nested in another is written out in full, as it would stand outside.
    """

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
        return selectors_of(self.prelude)


class CssError(NamedTuple):
    """What a browser would throw away: where it starts and why."""

    offset: int
    message: str


class Piece(NamedTuple):
    """One statement, offsets relative to itself, so that it can be kept for every file that holds it."""

    rules: tuple[Rule, ...]
    errors: tuple[CssError, ...]
    open_at_end: bool


def statements(text: str, *, top: bool) -> Iterator[tuple[int, int, int]]:
    """Ranges of the statements of a sheet (`top`) or a block, with how deep blocks are nested in each.

    A statement ends after its block or its `;`. Outside of blocks a `;` ends at-rules only, as in browsers: one behind a rule
    belongs to the next rule's selector and spoils it. A custom property may hold a block.
    """
    start = 0
    while start < len(text):
        block = _PLAIN_BLOCKS.match(text, start) if top else None
        # An unquoted url may hold braces.
        if block is not None and "url(" not in block.group().lower():
            end, deepest = block.end(), 1 if block["nested"] is None else 2
        else:
            end, deepest = _statement(text, start, top)
        yield start, end, deepest
        start = end


def _statement(text: str, start: int, top: bool) -> tuple[int, int]:
    """Where the statement that starts there ends, and how deep blocks are nested in it."""
    depth = deepest = brackets = 0
    ends_at = _ending(text, start, top)
    for match in TOKEN.finditer(text, start):
        token = match.group()
        if token == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif token == "}":
            depth = max(0, depth - 1)
            if depth or (ends_at == ";" and deepest):
                continue
            return match.end(), deepest
        elif depth:
            continue
        elif token in ("(", "["):
            brackets += 1
        elif token in (")", "]"):
            brackets = max(0, brackets - 1)
        elif token == ";" and brackets == 0 and ends_at != "}":
            return match.end(), deepest
    return len(text), deepest


def _ending(text: str, start: int, top: bool) -> str:
    """What ends the statement that starts there: `}` or `;` alone, or whichever comes first (empty)."""
    if top:
        return "" if text.startswith("@", blank_end(text, start)) else "}"
    found = _DECLARATION.match(text, start)
    return ";" if found is not None and found.group(1).startswith("--") else ""


@lru_cache(maxsize=4096)
def read_piece(text: str, context: tuple[str, ...], parent: str, depth: int) -> Piece:
    """One statement that is no declaration: a style rule, an at-rule, or rubbish. `parent` is the selector around it."""
    lead = blank_end(text)
    brace = next((m.start() for m in TOKEN.finditer(text, lead) if m.group() in "{;}"), None)
    if brace is not None and text[brace] == ";" and not text.startswith("@", lead):
        brace = next((m.start() for m in TOKEN.finditer(text, brace) if m.group() in "{}"), None)
    if brace is None or text[brace] != "{":
        return _without_block(text, lead)
    closed = text.endswith("}") and _balanced(text)
    body = Span(brace + 1, len(text) - 1 if closed else len(text))
    span = Span(lead, len(text))
    prelude = COMMENT.sub(" ", text[lead:brace]).strip()
    if depth > DEEPEST:
        return Piece((), (CssError(lead, f"nested deeper than {DEEPEST} blocks"),), not closed)
    errors = list(_selector_errors(prelude, context, parent, lead))
    group, inner_context, inner_parent, own = _GROUPS.match(prelude) is not None, context, parent, parent
    if prelude.startswith("@"):
        inner_context = (*context, " ".join(prelude.split()))
        if not group:
            own, inner_parent = prelude, ""
    else:
        own = inner_parent = _written_out(prelude, parent)
    declarations: list[Declaration] = []
    nested: list[Rule] = []
    for start, end, inner_depth in statements(text[body.start : body.end], top=False):
        at, part = body.start + start, text[body.start + start : body.start + end]
        declaration = read_declaration(part, at)
        if declaration is not None:
            declarations.append(declaration)
            errors += _value_errors(declaration)
            continue
        piece = read_piece(part, inner_context, inner_parent, inner_depth)
        nested += [_moved(rule, at) for rule in piece.rules]
        errors += [CssError(error.offset + at, error.message) for error in piece.errors]
    # A group holds declarations of its own only inside a rule, and then they are the rule's.
    if (declarations and parent) if group else not _is_keyframes(prelude):
        prelude_span = Span(lead, max(lead, len(text[:brace].rstrip())))
        nested.insert(0, Rule(own, inner_context if group else context, tuple(declarations), span, prelude_span, body))
    return Piece(tuple(nested), tuple(errors), not closed)


def _is_keyframes(prelude: str) -> bool:
    return re.match(r"@(?:-\w+-)?keyframes\b", prelude, re.IGNORECASE) is not None


def _written_out(prelude: str, parent: str) -> str:
    """A nested selector as it would stand outside of its parent."""
    if not parent:
        return prelude
    outer = parent if len(split_top(parent, ",")) == 1 else f":is({parent})"
    return ", ".join(
        part.replace("&", outer) if "&" in part else f"{outer} {part.strip()}" for part in map(str.strip, split_top(prelude, ","))
    )


def _balanced(text: str) -> bool:
    depth = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        depth += (token == "{") - (token == "}")
    return depth <= 0


def _without_block(text: str, lead: int) -> Piece:
    blank = COMMENT.sub("", text[lead:]).strip()
    if not blank or blank == ";":
        return Piece((), (), text.rfind("/*") > text.rfind("*/"))
    if blank.startswith("@") and (blank.endswith(";") or (_STATEMENTS.match(blank) and open_bracket(blank) == 0)):
        return Piece((), (), False)
    if blank == "}":
        return Piece((), (CssError(lead, "a closing brace too many"),), False)
    # An unfinished statement at the end of a file is a truncation, not only an error.
    return Piece((), (CssError(lead, f"not a rule or declaration: {blank[:60]}"),), not blank.endswith((";", "}")))


def read_declaration(piece: str, at: int) -> Declaration | None:
    """A block's statement as a declaration, if it is one; `at` is where it stands."""
    match = _DECLARATION.match(piece)
    if match is None:
        return None
    name = match.group(1)
    custom = name.startswith("--")
    # With a block in it, `a:hover {...}` is a rule.
    if not custom and "{" in piece and "{" in plain_text(piece):
        return None
    whole = piece.removesuffix(";")
    value = whole[match.end() :]
    kept = _IMPORTANT.sub("", value) if "!" in value else value
    lead = len(kept) - len(kept.lstrip())
    text = kept.strip()
    start = at + match.end() + (lead if text else 0)
    return Declaration(
        name if custom else name.lower(),
        text,
        len(kept) != len(value),
        Span(at + match.start(1), at + len(whole.rstrip())),
        Span(start, start + len(text)),
    )


def _value_errors(declaration: Declaration) -> Iterator[CssError]:
    name, value, start = declaration.name, declaration.value, declaration.span.start
    if not value:
        if not name.startswith("--"):
            yield CssError(start, f"{name} has no value")
        return
    plain = plain_text(value)
    if open_bracket(value):
        yield CssError(start, f"a bracket or quote is not closed in {name}")
    elif not name.startswith("--") and ":" in plain and "progid:" not in plain.lower() and ":" in outside_brackets(plain):
        # Outside brackets a colon never occurs in a value: the semicolon in front of the next declaration is missing.
        yield CssError(start, f"a semicolon is missing after {name}")


def _selector_errors(prelude: str, context: tuple[str, ...], parent: str, lead: int) -> Iterator[CssError]:
    if not prelude:
        yield CssError(lead, "a block without a selector")
    elif not prelude.startswith("@") and not (context and _is_keyframes(context[-1])):
        plain = outside_brackets(plain_text(prelude))
        if _NOT_A_SELECTOR.search(plain) or open_bracket(prelude) or (not parent and plain.lstrip()[:1] in (">", "+", "~")):
            yield CssError(lead, f"not a selector: {prelude[:60]}")


@lru_cache(maxsize=4096)
def placed_rules(text: str, at: int, depth: int) -> tuple[Rule, ...]:
    """The rules of an outermost statement that stands there: most of a stylesheet stays in its place from edit to edit."""
    return tuple([_moved(rule, at) for rule in read_piece(text, (), "", depth).rules])


def _moved(rule: Rule, by: int) -> Rule:
    prelude, context, declarations, (start, end), (first, last), (top, bottom) = rule
    return Rule(
        prelude,
        context,
        tuple(
            [
                Declaration(name, value, important, Span(a + by, b + by), Span(c + by, d + by))
                for name, value, important, (a, b), (c, d) in declarations
            ]
        ),
        Span(start + by, end + by),
        Span(first + by, last + by),
        Span(top + by, bottom + by),
    )
