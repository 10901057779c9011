"""The small print of CSS: tokens, brackets, comments, and what a selector or a value names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sitegen_tui.site.source import Span

TOKEN = re.compile(
    r"""/\*(?:.*?\*/|.*\Z)             # comment, closed or not
      | "(?:\\(?:\r\n|.)|[^"\\\n])*"?  # strings
      | '(?:\\(?:\r\n|.)|[^'\\\n])*'?
      | (?<![\w-])url\(\s*+[^"'()\s][^)]*\)?   # unquoted url
      | \\.                            # escape
      | [{}()\[\];]""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
BLANK = re.compile(r"(?>\s+|/\*.*?(?:\*/|\Z)|<!--|-->)*", re.DOTALL)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_VAR = re.compile(r"(?<![\w-])var\(\s*(--[^\s,)]+)\s*(,)?", re.IGNORECASE)
_URL = re.compile(
    r"""(?<![\w-])url\(\s*+(?:"((?:\\.|[^"\\])*+)"|'((?:\\.|[^'\\])*+)'|([^"')\s][^)]*+))\s*\)""", re.IGNORECASE | re.DOTALL
)
_CLOSING = {'"': '"', "'": "'", "u": ")", "U": ")"}


def normal_selector(selector: str) -> str:
    """A selector without comments and with white space collapsed, so that two spellings compare equal."""
    collapsed = " ".join(COMMENT.sub(" ", selector).split())
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
    for match in re.finditer(TOKEN.pattern + "|" + re.escape(separator), text, TOKEN.flags):
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


@lru_cache(maxsize=4096)
def selectors_of(prelude: str) -> tuple[str, ...]:
    return tuple(normal_selector(part) for part in split_top(prelude, ","))


def plain_text(text: str) -> str:
    """A text with comments, strings, unquoted urls and escapes blanked."""
    return TOKEN.sub(lambda m: m.group() if len(m.group()) == 1 else "x", text)


def outside_brackets(plain: str) -> str:
    """What of a plain text stands in no bracket."""
    if "(" not in plain and "[" not in plain:
        return plain
    kept: list[str] = []
    depth = 0
    for part in re.split(r"([()\[\]])", plain):
        if part in ("(", "["):
            depth += 1
        elif part in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(part)
    return "x".join(kept)


def open_bracket(text: str) -> int:
    """How many brackets and quotes are left open."""
    depth = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        if token in "([":
            depth += 1
        elif token in ")]":
            depth -= 1
        elif token[0] in "\"'uU" and (len(token) == 1 or token[-1] != _CLOSING[token[0]]):
            return depth + 1
    return max(0, depth)


def blank_end(text: str, start: int = 0) -> int:
    found = BLANK.match(text, start)
    return found.end() if found else start
