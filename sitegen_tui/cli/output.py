"""What commands print: tables for people, plain columns for pipes, JSON for programs; nothing a terminal would obey."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO, TypeGuard, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

# Control characters of both sets, and those that reorder a line so that it reads as something else.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]")
_BREAKS = re.compile(r"[\n\t]+")


def clean(text: str) -> str:
    """Text without anything a terminal would obey; line feeds and tabs stay."""
    return _UNSAFE.sub("", text)


def line(text: str) -> str:
    """Clean text on one line."""
    return _BREAKS.sub(" ", clean(text))


def say(text: str = "") -> None:
    """Print for a person."""
    _write(sys.stdout, clean(text))


def note(text: str) -> None:
    """Print for a person beside the result: progress, hints."""
    _write(sys.stderr, clean(text))


def say_json(value: object) -> None:
    """Print one JSON document on one line, ASCII only, numbers as they are."""
    print(json.dumps(plain(value), allow_nan=False, separators=(",", ":")), flush=True)


def plain(value: object) -> object:
    """Models, tuples and mappings as what JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in cast("Iterable[object]", value)]
    if _is_model(value):
        return value.model_dump(mode="json")
    return value


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), title: str = "") -> None:
    """Print a table: ruled on a terminal, aligned columns with two spaces between them anywhere else.

    `right` numbers the columns that are aligned to the right.
    """
    cells = [[line(cell) for cell in row] for row in rows]
    numbers = frozenset(right)
    if sys.stdout.isatty():
        _ruled(columns, cells, numbers, title)
    else:
        _aligned(columns, cells, numbers, title)


def number(value: float | None, digits: int = 1) -> str:
    """A number for a table, a dash for none."""
    return "-" if value is None else f"{value:,.{digits}f}"


def _aligned(columns: Sequence[str], rows: list[list[str]], right: frozenset[int], title: str) -> None:
    if title:
        say(title)
    widths = [max(len(row[index]) for row in [list(columns), *rows]) for index in range(len(columns))]
    for row in [list(columns), *rows]:
        padded = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(padded).rstrip())


def _ruled(columns: Sequence[str], rows: list[list[str]], right: frozenset[int], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, title=Text(line(title)) if title else None, title_justify="left", pad_edge=False)
    for index, name in enumerate(columns):
        made.add_column(Text(name), justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    Console(soft_wrap=False).print(made)


def _write(stream: TextIO, text: str) -> None:
    print(text, file=stream, flush=True)


def _is_model(value: object) -> TypeGuard[BaseModel]:
    return hasattr(value, "model_dump")
