"""Changes to a page at places in its source, so that everything else stays as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, Tag


@dataclass(slots=True)
class Markup:
    """A page's source, its elements, and changes that are still to be made, as (start, end, text)."""

    text: str
    soup: BeautifulSoup
    _starts: list[int]
    _edits: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])

    @classmethod
    def read(cls, text: str) -> Markup:
        """The page; nothing is ever too broken to be read."""
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        return cls(text, BeautifulSoup(text, "html.parser"), starts)

    def start_of(self, tag: Tag) -> int:
        """Where the element's start tag begins."""
        return self._starts[(tag.sourceline or 1) - 1] + (tag.sourcepos or 0)

    def tag_end(self, tag: Tag) -> int:
        """Where its start tag ends; quoted values may hold what would end it."""
        found = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(self.text, self.start_of(tag))
        return found.end() if found else self.start_of(tag)

    def element_end(self, tag: Tag) -> int:
        """Where an element ends that cannot hold another of its kind."""
        found = re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(self.text, self.tag_end(tag))
        return found.end() if found else self.tag_end(tag)

    def remove(self, tag: Tag, *, whole: bool = False) -> None:
        """Take the start tag out, or the whole element, with the line if nothing else stands on it."""
        start, end = self.start_of(tag), self.element_end(tag) if whole else self.tag_end(tag)
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", end)
        if not self.text[line_start:start].strip() and line_end >= 0 and not self.text[end:line_end].strip():
            start, end = line_start, line_end + 1
        self._edits.append((start, end, ""))

    def replace(self, tag: Tag, text: str, *, whole: bool = False) -> None:
        """Exchange the start tag, or the whole element, for other text."""
        self._edits.append((self.start_of(tag), self.element_end(tag) if whole else self.tag_end(tag), text))

    def insert(self, at: int, text: str) -> None:
        """Put text in."""
        self._edits.append((at, at, text))

    def mark(self, tag: Tag, name: str, value: str | None = None) -> None:
        """Give the element an attribute that it does not have."""
        if tag.has_attr(name):
            return
        said = f" {name}" if value is None else f' {name}="{escape(value)}"'
        tag[name] = value or ""
        self.insert(self.start_of(tag) + 1 + len(tag.name), said)

    def change(self, tag: Tag, name: str, value: str) -> None:
        """Exchange an attribute's value."""
        start, end = self.start_of(tag), self.tag_end(tag)
        pattern = re.compile(rf"(\s{re.escape(name)}\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
        found = pattern.search(self.text, start, end)
        if found:
            self._edits.append((found.start(), found.end(), f'{found[1]}"{escape(value)}"'))
            tag[name] = value

    def drop(self, tag: Tag, name: str) -> None:
        """Take an attribute out."""
        pattern = re.compile(rf"\s{re.escape(name)}(\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[\s/>])", re.IGNORECASE)
        found = pattern.search(self.text, self.start_of(tag), self.tag_end(tag))
        if found:
            self._edits.append((found.start(), found.end(), ""))

    def written(self) -> str:
        """The source with all changes; of two that meet the first counts, but insertions at one place all do."""
        parts: list[str] = []
        at = 0
        for start, end, text in sorted(self._edits, key=lambda edit: (edit[0], edit[1])):
            if start >= at:
                parts += [self.text[at:start], text]
                at = end
        return "".join((*parts, self.text[at:]))
