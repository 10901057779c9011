"""A script in one form: no comments, double quotes, indented by its brackets; its statements and line breaks stay."""

from __future__ import annotations

import re

from sitegen_tui.judge.blind.css import requoted
from sitegen_tui.judge.blind.lines import Lines, line_at, line_starts
from sitegen_tui.judge.blind.names import DATA, Names

INDENT = "  "
DEEPEST = 30
_TOKEN = re.compile(
    r"""(?P<line>//[^\n]*)
      | (?P<block>/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z))
      | (?P<template>`(?:\\.|[^`\\])*(?:`|\Z))
      | (?P<newline>\n)
      | (?P<space>[^\S\n]+)
      | (?P<word>[\w$]+)
      | (?P<slash>/)
      | (?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
_REGEX = re.compile(r"/(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_BEFORE_REGEX = re.compile(r"(?:^|[=(,:;!&|?{}\[+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete))\s*\Z")
_SELECTOR_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_DATA = re.compile(r"(?<![\w-])data-[\w-]+")
_WORDS = re.compile(r"[\w -]+")
_DATASET = re.compile(r"(?<=\bdataset\.)[A-Za-z_]\w*")


def rewritten(text: str, names: Names, *, first_line: int = 1) -> Lines:
    """The script in its one form, with names as `names` has them. Never raises."""
    starts, out = line_starts(text), Lines()
    depth = 0
    line: list[str] = []
    origin = 1

    def finish(start: int) -> None:
        nonlocal line, origin, depth
        whole = "".join(line).strip(" \t")
        if whole.strip():
            closing = len(whole) - len(whole.lstrip(")]}"))
            level = max(0, depth - closing)
            out.add(INDENT * min(level, DEEPEST) + _renamed_code(whole, names), origin + first_line - 1)
            depth = max(0, depth + _balance(whole))
        line, origin = [], line_at(starts, start)

    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match is not None
        kind, token, end = match.lastgroup, match.group(), match.end()
        if kind == "slash" and _BEFORE_REGEX.search("".join(line)[-24:]) and (found := _REGEX.match(text, at)):
            kind, token, end = "string", found.group(), found.end()
            token = "\1" + token + "\2"
        if kind == "newline" or (kind == "block" and "\n" in token):
            finish(end)
        elif kind == "block" or kind == "space":
            line.append(" " if line and not line[-1].endswith(" ") else "")
        elif kind == "string":
            line.append(token if token[0] == "\1" else "\1" + _renamed_string(requoted(token), names) + "\2")
        elif kind == "template":
            # One that never ends would take in the line break that ends the file.
            line.append("\1" + (token if token[1:].endswith("`") else token.rstrip()) + "\2")
        elif kind != "line":
            line.append(token)
        at = end
    finish(len(text))
    return out


_KEPT = re.compile("\1(.*?)\2", re.DOTALL)
"""What is no code in a line that is being made: strings, templates, regular expressions."""


def _balance(line: str) -> int:
    code = _KEPT.sub("", line)
    return sum((mark in "([{") - (mark in ")]}") for mark in code)


def _renamed_code(line: str, names: Names) -> str:
    """A finished line: its code with names of data sets renamed, its strings as they are."""

    def change(code: str) -> str:
        return _DATASET.sub(lambda match: _camel(names.of(_kebab(match.group()))), code)

    parts: list[str] = []
    at = 0
    for match in _KEPT.finditer(line):
        parts += [change(line[at : match.start()]), match.group(1)]
        at = match.end()
    return "".join([*parts, change(line[at:])])


def _renamed_string(token: str, names: Names) -> str:
    quote, inner = token[0], token[1:-1] if token[-1:] == token[0] and len(token) > 1 else token[1:]
    end = token[1 + len(inner) :]
    inner = _DATA.sub(lambda match: names.data(match.group(), names.of), inner)
    inner = _SELECTOR_CLASS.sub(lambda match: "." + names.of(match.group(1)), inner)
    # A text for people is no list of classes, even where a word of it is the name of one.
    words = inner.split(" ")
    if _WORDS.fullmatch(inner) and all(names.of(word) != word or word in names.known.names for word in words if word):
        inner = " ".join(names.of(word) for word in words)
    return quote + inner + end


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "-" + match.group().lower(), name)


def _camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda match: match.group(1).upper(), name.removeprefix(DATA))
