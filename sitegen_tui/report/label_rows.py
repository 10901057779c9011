"""A label as a row of plain values, and back: what all formats of labels share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from pydantic import ValidationError

from sitegen_tui.domain.events import LABEL_VERSION, LabelRecorded, LabelSkipped
from sitegen_tui.domain.labels import Done
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.errors import UsageError

COLUMNS = (
    *("kind", "run", "step", "action", "rater", "at", "violations", "marks", "note", "reason"),
    *("seconds", "pi", "stratum", "rubric", "version", "source", "score"),
)
"""Every field of a row, in its order. `kind` is label or skip; `score` is worked out anew and never read."""
NEEDED = ("run", "step", "rater")
_FIELDS = {"run_id": "run"}


class LabelFileError(UsageError):
    """A file of labels that cannot be read: says where, and which field."""

    def __init__(self, where: str, field: str, what: str, hint: str = "") -> None:
        place = f"{where}, field {field}" if field else where
        super().__init__(f"{place}: {what}", hint=hint or "nothing of the file was stored")


class Located(NamedTuple):
    """A label that was read, and where in the file it stood."""

    where: str
    label: Done


def as_row(label: Done, score: float | None) -> dict[str, object]:
    """A label's fields, those that it has, in the order of `COLUMNS`."""
    body = cast("dict[str, object]", label.model_dump(mode="json", exclude={"event", "seq", "run_id"}))
    body |= {"kind": "label" if isinstance(label, LabelRecorded) else "skip", "run": label.run_id, "score": score}
    body["action"] = ACTION_IDS[label.step - 1]
    return {name: body[name] for name in COLUMNS if name in body and body[name] is not None}


def from_row(row: Mapping[str, object], where: str, now: datetime) -> Located:
    """The label that a row holds; `now` is when it was given, where the row does not say. Raises LabelFileError."""
    for name in row:
        if name not in COLUMNS:
            raise LabelFileError(where, name, "there is no such field", f"known: {', '.join(COLUMNS)}")
    for name in NEEDED:
        if row.get(name) in (None, ""):
            raise LabelFileError(where, name, "is missing")
    kind = row.get("kind", "label")
    if kind not in ("label", "skip"):
        raise LabelFileError(where, "kind", f"{kind!r} is neither label nor skip")
    values = {name: value for name, value in row.items() if name not in ("kind", "run", "action", "score") and value is not None}
    values |= {"run_id": row["run"], "seq": 0}
    values.setdefault("at", now)
    if kind == "label":
        values.setdefault("violations", ())
        values.setdefault("version", LABEL_VERSION if values.get("marks") else 1)
        values.pop("reason", None)
    else:
        for name in ("violations", "marks", "note", "rubric"):
            values.pop(name, None)
        values.setdefault("reason", "")
    try:
        label = (LabelRecorded if kind == "label" else LabelSkipped).model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(_FIELDS.get(str(part), str(part)) for part in first["loc"])
        raise LabelFileError(where, path or "marks", first["msg"]) from error
    if label.at.tzinfo is None:
        raise LabelFileError(where, "at", f"{row.get('at')!r} has no time zone")
    if not 1 <= label.step <= len(ACTION_IDS):
        raise LabelFileError(where, "step", f"{label.step} is not one of 1 to {len(ACTION_IDS)}")
    action = row.get("action")
    if action and action != ACTION_IDS[label.step - 1]:
        raise LabelFileError(where, "action", f"step {label.step} is {ACTION_IDS[label.step - 1]}, not {action}")
    return Located(where, label)


def in_order(labels: Sequence[Done]) -> list[Done]:
    """Labels in the order files have them: by time, then by step and rater."""
    return sorted(labels, key=lambda one: (one.at, one.run_id, one.step, one.rater))
