"""Labels to and from Label Studio: tasks with the directive and the diff to look at, annotations with choices of ids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple, cast

from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.events import LabelRecorded, LabelSkipped
from sitegen_tui.domain.labels import Done, marks_of
from sitegen_tui.report.label_rows import LabelFileError, Located, from_row, in_order
from sitegen_tui.site.diff_output import unified_text

CHOICES, NOTE, SHOWN = "violations", "note", "diff"
"""Names of the controls and of what they are about, in the labelling configuration that the documentation shows."""
SOURCE = "label-studio"
_STYLES = {
    "+": '<ins style="display:block;background:#e4f5e8;text-decoration:none">{}</ins>',
    "-": '<del style="display:block;background:#fdeae8;text-decoration:none">{}</del>',
}


class StudioTask(NamedTuple):
    """What a rater is to see of a step; `choices` are the ids (with subject, where there are several) and their titles."""

    run_id: str
    step: int
    action: str
    directive: str
    diff: SiteDiff
    choices: tuple[tuple[str, str], ...]


def studio(tasks: Sequence[StudioTask], labels: Sequence[Done]) -> str:
    """Tasks with the annotations there are of them, as one JSON document. No model and no judge is named in it."""
    by_step: dict[tuple[str, int], list[Done]] = {}
    for label in in_order(labels):
        by_step.setdefault((label.run_id, label.step), []).append(label)
    found: list[dict[str, object]] = []
    for number, task in enumerate(tasks, 1):
        told: dict[str, object] = {
            "task": f"{task.run_id}/{task.step}",
            "action": task.action,
            "directive": task.directive,
            SHOWN: diff_html(task.diff),
            "choices": [{"value": value, "hint": title} for value, title in task.choices],
        }
        annotations = [_annotation(one) for one in by_step.get((task.run_id, task.step), ())]
        found.append({"id": number, "data": told, "annotations": annotations})
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def diff_html(diff: SiteDiff) -> str:
    """A diff as HTML without scripts; every text is escaped."""
    parts: list[str] = []
    for file in diff.files:
        lines = unified_text(file).split("\n")
        body = "".join(_STYLES.get(line[:1], "{}\n").format(escape(line)) for line in lines if not line.startswith(("+++", "---")))
        parts.append(f"<h4>{escape(file.path)}</h4><pre>{body}</pre>")
    return "".join(parts) or "<p>The step changed nothing.</p>"


def read_studio(text: str, now: datetime, rater: str = "") -> list[Located]:
    """Labels of an export of Label Studio (JSON, with `data.task` as we gave it); `rater` names whoever is not named there.

    Raises LabelFileError.
    """
    try:
        tasks = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"line {getattr(error, 'lineno', 1)}", "", f"is not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise LabelFileError("line 1", "", "is not a list of tasks")
    found: list[Located] = []
    for number, task in enumerate(cast("list[Any]", tasks), 1):
        where = f"task {number}"
        run_id, step = _step_of(task, where)
        annotations: object = task.get("annotations", [])
        if not isinstance(annotations, list):
            raise LabelFileError(where, "annotations", "is not a list")
        for place, annotation in enumerate(cast("list[Any]", annotations), 1):
            here = f"{where}, annotation {place}"
            if not isinstance(annotation, dict):
                raise LabelFileError(here, "", "is not an object")
            told = _read(cast("dict[str, Any]", annotation), here, rater)
            found.append(from_row({"run": run_id, "step": step, **told}, here, now))
    return found


def _annotation(label: Done) -> dict[str, object]:
    results: list[dict[str, object]] = []
    if isinstance(label, LabelSkipped):
        note = label.reason
    else:
        note = label.note
        marks = marks_of(label)
        chosen = [f"{mark.violation}:{mark.subject}" if mark.subject else mark.violation for mark in marks]
        results.append(_result("choices", CHOICES, {"choices": list(dict.fromkeys(chosen))}))
        if label.marks:
            results[0]["meta"] = {"marks": [mark.model_dump(mode="json") for mark in marks]}
    if note:
        results.append(_result("textarea", NOTE, {"text": [note]}))
    return {
        "completed_by": {"email": label.rater},
        "was_cancelled": not isinstance(label, LabelRecorded),
        "created_at": label.model_dump(mode="json")["at"],
        "lead_time": label.seconds,
        "result": results,
    }


def _result(kind: str, name: str, value: dict[str, object]) -> dict[str, object]:
    return {"type": kind, "from_name": name, "to_name": SHOWN, "value": value}


def _step_of(task: object, where: str) -> tuple[str, int]:
    data: object = cast("dict[str, object]", task).get("data") if isinstance(task, dict) else None
    told: object = cast("dict[str, object]", data).get("task") if isinstance(data, dict) else None
    run_id, _, step = told.rpartition("/") if isinstance(told, str) else ("", "", "")
    if not run_id or not step.isdecimal():
        raise LabelFileError(where, "data.task", "does not name a run and step", "tasks carry it when they come from label export")
    return run_id, int(step)


def _read(annotation: Mapping[str, Any], where: str, rater: str) -> dict[str, object]:
    row: dict[str, object] = {"rater": _rater(annotation.get("completed_by")) or rater, "source": SOURCE}
    for name, field in (("created_at", "at"), ("lead_time", "seconds")):
        if annotation.get(name) is not None:
            row[field] = annotation[name]
    marks: list[dict[str, object]] = []
    notes: list[str] = []
    results: object = annotation.get("result", [])
    if not isinstance(results, list):
        raise LabelFileError(where, "result", "is not a list")
    for place, result in enumerate(cast("list[Any]", results)):
        field = f"result.{place}.value"
        value: object = cast("dict[str, Any]", result).get("value") if isinstance(result, dict) else None
        if not isinstance(value, dict):
            raise LabelFileError(where, field, "is not an object")
        told = cast("dict[str, Any]", value)
        if "choices" in told:
            marks += _marks(cast("dict[str, Any]", result), _texts(told["choices"], where, f"{field}.choices"))
        elif "text" in told:
            text: object = told["text"]
            notes += [text] if isinstance(text, str) else _texts(text, where, f"{field}.text")
    note = "\n".join(notes)
    if annotation.get("was_cancelled"):
        return {**row, "kind": "skip", "reason": note}
    return {**row, "marks": marks, "violations": list(dict.fromkeys(str(mark["violation"]) for mark in marks)), "note": note}


def _marks(result: Mapping[str, Any], chosen: Sequence[str]) -> list[dict[str, object]]:
    """The marks we gave along where they still say what was chosen, else the ids alone."""
    pairs = [one.partition(":") for one in chosen]
    plain: list[dict[str, object]] = [{"violation": violation, "subject": subject} for violation, _, subject in pairs]
    meta = result.get("meta")
    kept = cast("dict[str, Any]", meta).get("marks") if isinstance(meta, dict) else None
    if isinstance(kept, list) and all(isinstance(one, dict) for one in cast("list[Any]", kept)):
        given = cast("list[dict[str, object]]", kept)
        told = {(one.get("violation"), one.get("subject", "") or "") for one in given}
        if told == {(one["violation"], one["subject"]) for one in plain}:
            return given
    return plain


def _texts(value: object, where: str, field: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in cast("list[object]", value)):
        raise LabelFileError(where, field, "is not a list of texts")
    return cast("list[str]", value)


def _rater(told: object) -> str:
    if isinstance(told, dict):
        named = cast("dict[str, object]", told)
        told = named.get("email") or named.get("username") or named.get("id")
    return f"label-studio {told}" if isinstance(told, int) else told if isinstance(told, str) else ""
