"""YAML read as plain values with the line of every field; hostile input is bounded, duplicate keys are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from sitegen_tui.content.findings import LintFinding

MAX_YAML_BYTES = 256 * 1024
_MAX_DEPTH = 40
_MAX_VALUES = 20_000

FieldPath = tuple[str | int, ...]

_PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:value",
    "tag:yaml.org,2002:merge",
    "!",
}
_READ_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}
_COLLECTION_TAGS = {None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document's value and the line, from 1, on which each field begins."""

    file: str
    value: object
    lines: Mapping[FieldPath, int]

    def line_of(self, path: FieldPath) -> int | None:
        """The line of the field, or of the nearest field around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None


class _RefusedError(Exception):
    def __init__(self, line: int, path: FieldPath, message: str, mend: str) -> None:
        super().__init__(message)
        self.line, self.path, self.message, self.mend = line, path, message, mend


@dataclass(slots=True)
class _Built:
    """A value with the lines below it, kept so that an alias can repeat both, and how many values it holds."""

    value: object
    lines: dict[FieldPath, int]
    size: int


@dataclass(slots=True)
class _Builder:
    loader: Any
    yaml: Any
    anchors: dict[str, _Built] = field(default_factory=dict[str, _Built])
    values: int = 0

    def build(self, path: FieldPath = ()) -> _Built:
        event = self.loader.get_event()
        line = event.start_mark.line + 1
        if len(path) > _MAX_DEPTH:
            raise _RefusedError(line, path, f"nested more than {_MAX_DEPTH} levels deep", "flatten it")
        if isinstance(event, self.yaml.AliasEvent):
            return self.repeat(event.anchor, line, path)
        self.count(1, line, path)
        if isinstance(event, self.yaml.ScalarEvent):
            built = _Built(self.scalar(event, line, path), {(): line}, 1)
        elif event.tag not in _COLLECTION_TAGS:
            raise _RefusedError(line, path, f"the tag {event.tag} is not allowed", "write the value plainly")
        elif isinstance(event, self.yaml.SequenceStartEvent):
            built = self.sequence(line, path)
        else:
            built = self.mapping(line, path)
        if event.anchor:
            self.anchors[event.anchor] = built
        return built

    def repeat(self, anchor: str, line: int, path: FieldPath) -> _Built:
        if anchor not in self.anchors:
            mend = f"define &{anchor} before this line, and not around it"
            raise _RefusedError(line, path, f"the alias *{anchor} stands for nothing", mend)
        built = self.anchors[anchor]
        # Aliases of aliases grow by powers: what they would unfold to is counted, not what was written.
        self.count(built.size, line, path)
        return built

    def count(self, more: int, line: int, path: FieldPath) -> None:
        self.values += more
        if self.values > _MAX_VALUES:
            raise _RefusedError(line, path, f"more than {_MAX_VALUES} values, aliases unfolded", "shorten the file")

    def scalar(self, event: Any, line: int, path: FieldPath) -> object:
        node = self.yaml.ScalarNode
        tag: str | None = event.tag
        if tag is None or tag == "!":
            tag = self.loader.resolve(node, event.value, event.implicit)
        if tag in _PLAIN_TAGS:
            return event.value
        if tag not in _READ_TAGS:
            raise _RefusedError(line, path, f"the tag {tag} is not allowed", "write the value plainly")
        try:
            return self.loader.construct_object(node(tag, event.value, event.start_mark, event.end_mark))
        except (ValueError, OverflowError):
            raise _RefusedError(line, path, f"cannot be read as {tag.rpartition(':')[2]}", "put it in quotes") from None

    def sequence(self, line: int, path: FieldPath) -> _Built:
        items: list[object] = []
        built = _Built(items, {(): line}, 1)
        for index in self.until(self.yaml.SequenceEndEvent):
            items.append(_take_in(built, index, self.build((*path, index))))
        return built

    def mapping(self, line: int, path: FieldPath) -> _Built:
        pairs: dict[str, object] = {}
        built = _Built(pairs, {(): line}, 1)
        for _ in self.until(self.yaml.MappingEndEvent):
            key_event = self.loader.get_event()
            key_line = key_event.start_mark.line + 1
            if not isinstance(key_event, self.yaml.ScalarEvent):
                raise _RefusedError(key_line, path, "a field's name must be plain text", "name the field")
            key: str = key_event.value
            if key == "<<":
                raise _RefusedError(key_line, path, "merge keys (<<) are not read", "write the fields out")
            if key in pairs:
                first = built.lines[(key,)]
                mend = f"keep one of the two; the first is on line {first}"
                raise _RefusedError(key_line, (*path, key), "the field is there twice", mend)
            pairs[key] = _take_in(built, key, self.build((*path, key)))
            built.lines[(key,)] = key_line
        return built

    def until(self, end: Any) -> Iterator[int]:
        index = 0
        while not self.loader.check_event(end):
            yield index
            index += 1
        self.loader.get_event()


def _take_in(parent: _Built, key: str | int, child: _Built) -> object:
    for below, line in child.lines.items():
        parent.lines[(key, *below)] = line
    parent.size += child.size
    return child.value


def parse_yaml(data: bytes, file: str) -> Document | LintFinding:
    """The document in `data`, or the finding that says why it cannot be read.

    Text that looks like a date stays text. Only plain values are built, never objects.
    """
    if len(data) > MAX_YAML_BYTES:
        return LintFinding(file, None, "", f"larger than {MAX_YAML_BYTES // 1024} KB", "shorten it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return LintFinding(file, line, "", "is not UTF-8 text", "save it as UTF-8")
    yaml: Any = import_module("yaml")
    try:
        loader = (getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader)(text)
        loader.get_event()
        if loader.check_event(yaml.StreamEndEvent):
            return Document(file, None, {(): 1})
        loader.get_event()
        built = _Builder(loader, yaml).build()
        loader.get_event()
        if not loader.check_event(yaml.StreamEndEvent):
            return LintFinding(file, None, "", "holds more than one document", "remove the line ---")
    except _RefusedError as refused:
        return LintFinding(file, refused.line, dotted(refused.path), refused.message, refused.mend)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        mend = "mend the syntax there; text with : or # in it goes in quotes"
        # The end of the file is marked on a line of its own, which no editor shows.
        line = min(mark.line + 1, max(1, len(text.splitlines()))) if mark else None
        return LintFinding(file, line, "", f"broken YAML: {problem}", mend)
    return Document(file, built.value, built.lines)


def dotted(path: FieldPath) -> str:
    """`layout.sections[0].pattern` for its path."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
