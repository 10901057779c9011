"""A stylesheet in one form: a declaration a line, no comments, double quotes; whatever is broken in it stays broken."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen_tui.judge.blind.lines import Lines, line_at, line_starts
from sitegen_tui.judge.blind.names import Names

INDENT = "  "
DEEPEST = 30
_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z))
      | (?P<url>(?<![\w-])url\(\s*[^"'()\s][^()\n"']*\))
      | (?P<space>\s+)
      | (?P<escape>\\.)
      | (?P<mark>[{}();\[\],])
      | (?P<other>[^\s"'{}();\[\],/\\u]+|.)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_CLASS = re.compile(r"\.(-?[A-Za-z_\u0080-\uffff][\w-]*)")
_DATA = re.compile(r"(?<![\w-])data-[\w-]+")
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"?')


def rewritten(text: str, names: Names, *, first_line: int = 1) -> Lines:
    """The stylesheet in its one form, with names as `names` has them. Never raises."""
    return _Writer(text, names, first_line).write()


class _Writer:
    def __init__(self, text: str, names: Names, first_line: int) -> None:
        self._text = text
        self._names = names
        self._starts = line_starts(text)
        self._shift = first_line - 1
        self._out = Lines()
        self._depth = 0
        self._segment: list[str] = []
        self._begun = False
        self._origin = 0

    def write(self) -> Lines:
        nested: list[str] = []
        for match in _TOKEN.finditer(self._text):
            kind, token = match.lastgroup, match.group()
            if kind == "comment" or kind == "space":
                self._segment.append(" ")
                continue
            if not self._begun:
                self._segment, self._origin, self._begun = [], match.start(), True
            if kind == "string":
                self._segment.append(requoted(token))
            elif kind == "url" and "\\" not in token:
                self._segment.append(f'url("{token[4:-1].strip()}")')
            elif kind == "mark" and token in "([":
                nested.append(token)
                self._segment.append(token)
            elif kind == "mark" and token in ")]":
                if nested:
                    nested.pop()
                self._segment.append(token)
            elif kind == "mark" and token == ",":
                self._segment.append(", ")
            elif kind == "mark" and token == "{" and not nested:
                self._line(_prelude(self._taken(), self._names) + " {")
                self._depth += 1
            elif kind == "mark" and token == "}" and not nested:
                self._declaration(";")
                self._depth, self._origin = max(0, self._depth - 1), match.start()
                self._line("}")
            elif kind == "mark" and token == ";" and not nested:
                self._declaration(";")
            else:
                self._segment.append(token)
        self._declaration("")
        return self._out

    def _taken(self) -> str:
        taken, self._segment, self._begun = "".join(self._segment), [], False
        return _squeezed(taken)

    def _declaration(self, end: str) -> None:
        taken = self._taken()
        if taken:
            self._line(_declared(taken, self._names) + end)

    def _line(self, text: str) -> None:
        indent = INDENT * min(self._depth, DEEPEST)
        self._out.add(indent + text.strip(), line_at(self._starts, self._origin) + self._shift)


def requoted(token: str) -> str:
    """A string between double quotes, unless that would change what it says."""
    if token[0] == "'" and len(token) > 1 and token[-1] == "'" and '"' not in token and "\\" not in token:
        return f'"{token[1:-1]}"'
    return token


def _outside_strings(text: str, change: Callable[[str], str]) -> str:
    """The text with everything but its strings changed."""
    parts: list[str] = []
    at = 0
    for match in _STRING.finditer(text):
        parts += [change(text[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*parts, change(text[at:])])


def _squeezed(text: str) -> str:
    def squeeze(part: str) -> str:
        part = re.sub(r"\s+", " ", part)
        part = re.sub(r" ?, ?", ", ", part)
        return re.sub(r"(?<=[(\[]) | (?=[)\]])", "", part)

    return _outside_strings(text, squeeze).strip()


def _prelude(text: str, names: Names) -> str:
    def change(part: str) -> str:
        if not text.startswith("@"):
            part = re.sub(r" ?([>+~])(?!=) ?", r" \1 ", part)
            part = _CLASS.sub(lambda match: "." + names.note(match.group(1)), part)
        return _DATA.sub(lambda match: names.data(match.group(), names.note), part)

    return re.sub(r"  +", " ", _outside_strings(text, change)).strip()


def _declared(text: str, names: Names) -> str:
    name, colon, value = text.partition(":")
    if not colon or text.startswith("@"):
        return _outside_strings(text, lambda part: _DATA.sub(lambda match: names.data(match.group(), names.of), part))

    def change(part: str) -> str:
        part = re.sub(r" ?! ?important\b", " !important", part, flags=re.IGNORECASE)
        return _DATA.sub(lambda match: names.data(match.group(), names.of), part)

    return f"{name.strip()}: {_outside_strings(value.strip(), change)}".rstrip()
