"""The library of this process: opened once, so that every calculation in it finds content already read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sitegen_tui.content.library import Library

Roots = tuple[Path, ...]

_open: list[Roots] = [()]


def open_shelf(roots: Sequence[Path]) -> None:
    """Find content below `roots` from now on; without roots, where `Library.default` finds it."""
    _open[0] = tuple(roots)


def shelf_roots() -> Roots:
    """What the shelf was opened with: the key of whatever is kept of its content."""
    return _open[0]


def library() -> Library:
    """The process's library; content that was read once stays as it was."""
    return _library(shelf_roots())


@lru_cache(maxsize=4)
def _library(roots: Roots) -> Library:
    return Library(roots) if roots else Library.default()
