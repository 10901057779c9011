"""Labels as JSONL and CSV: what is written can be read again, and is the same then, byte for byte."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import cast

from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.domain.labels import Done
from sitegen_tui.report.label_rows import COLUMNS, NEEDED, LabelFileError, Located, as_row, from_row, in_order

Scored = Callable[[LabelRecorded], float]
"""The score that a label comes to."""
BETWEEN = ";"
"""Stands between the ids of one cell."""


def rows_of(labels: Sequence[Done], scored: Scored) -> list[dict[str, object]]:
    """Labels as rows, in their order."""
    return [as_row(one, scored(one) if isinstance(one, LabelRecorded) else None) for one in in_order(labels)]


def jsonl(labels: Sequence[Done], scored: Scored) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows_of(labels, scored))


def read_jsonl(text: str, now: datetime) -> list[Located]:
    """Labels of JSON lines; empty lines do not count. Raises LabelFileError."""
    found: list[Located] = []
    for number, line in enumerate(text.split("\n"), 1):
        where = f"line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise LabelFileError(where, "", f"is not JSON: {error}") from error
        if not isinstance(row, dict):
            raise LabelFileError(where, "", "is not a JSON object")
        found.append(from_row(cast("dict[str, object]", row), where, now))
    return found


def as_csv(labels: Sequence[Done], scored: Scored) -> str:
    """A table with a row a label; ids are separated by semicolons, marks with their lines are JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows_of(labels, scored):
        writer.writerow([_cell(name, row.get(name)) for name in COLUMNS])
    return out.getvalue()


def read_csv(text: str, now: datetime) -> list[Located]:
    """Labels of a table whose first line names its columns, in any order. Raises LabelFileError."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Located] = []
    names: list[str] = []
    begins = 1
    try:
        for cells in reader:
            where, begins = f"line {begins}", reader.line_num + 1
            if not names:
                names = _header(cells, where)
            elif any(cells):
                if len(cells) != len(names):
                    raise LabelFileError(where, "", f"has {len(cells)} cells, not {len(names)}")
                row = {name: _value(name, cell, where) for name, cell in zip(names, cells, strict=True) if cell != ""}
                found.append(from_row(row, where, now))
    except csv.Error as error:
        raise LabelFileError(f"line {reader.line_num}", "", f"is not CSV: {error}") from error
    return found


def _header(cells: Iterable[str], where: str) -> list[str]:
    names = [cell.strip().removeprefix("\ufeff") for cell in cells]
    for name in names:
        if name not in COLUMNS:
            raise LabelFileError(where, name, "there is no such field", f"known: {', '.join(COLUMNS)}")
        if names.count(name) > 1:
            raise LabelFileError(where, name, "is there twice")
    for name in NEEDED:
        if name not in names:
            raise LabelFileError(where, name, "is missing")
    return names


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "violations":
        return BETWEEN.join(cast("list[str]", value))
    if name == "marks":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
    return str(value)


def _value(name: str, cell: str, where: str) -> object:
    try:
        match name:
            case "violations":
                return [part.strip() for part in cell.split(BETWEEN) if part.strip()]
            case "marks":
                return json.loads(cell)
            case "step" | "rubric" | "version":
                return int(cell)
            case "seconds" | "pi":
                return float(cell)
            case _:
                return cell
    except ValueError as error:
        raise LabelFileError(where, name, f"{cell[:60]!r} cannot be read") from error
