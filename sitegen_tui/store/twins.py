"""What tells whether two runs are one and the same: the settings they were asked with, their outputs, and all else that decides."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, cast

from sitegen_tui.domain.events import FileChange
from sitegen_tui.domain.policies import ROUTED

CHANCE = frozenset({"seed"})
"""Settings that choose among answers and do not change what kind of answer is given."""
_OF_REQUESTS = frozenset({"model", "stream", "stream_options", "usage"})
THEN = "then"
"""Key under which a setting has its values where a run was asked with several, one after the other."""
_LENGTH = 32
_SAME = (
    *("model", "settings", "template", "requirements", "content", "mode", "fork", "prompt", "actions", "repeat"),
    *("rubric", "layers", "full"),
)


def noted(had: str, model: str, settings: Mapping[str, Any]) -> str:
    """A run's settings as they are stored, after another request that carried `settings`; '' as long as none told any.

    What every request says by itself, and seeds, are no settings. A policy asks several models, each with its own.
    """
    told = {name: value for name, value in settings.items() if name not in CHANCE | _OF_REQUESTS}
    if not told or model.startswith(ROUTED):
        return had
    if not had:
        return _text(told)
    before = cast("dict[str, Any]", json.loads(had))
    return _text({name: _then(before.get(name), told.get(name)) for name in {**before, **told}})


def _then(before: object, now: object) -> object:
    if isinstance(before, dict) and THEN in before:
        had = cast("dict[str, list[object]]", before)[THEN]
        return {THEN: had if now in had else [*had, now]}
    return cast("object", before) if before == now else {THEN: [cast("object", before), now]}


def output_of(changes: Iterable[FileChange]) -> str:
    """What tells a step's output from others of the same input."""
    return _digest(sorted([change.path, change.after] for change in changes))


def twin_of(conn: sqlite3.Connection, run_id: str) -> str:
    """What a complete run has in common with every run that is the same again, outputs and scores included; '' for all others."""
    row = conn.execute(
        f"SELECT steps_done = steps_total AND unscored = 0, {', '.join(_SAME)},"
        " (SELECT json_extract(p.plan, '$.seed') FROM plans p WHERE p.run_id = r.run_id) FROM runs r WHERE run_id = ?",
        (run_id,),
    ).fetchone()
    if row is None or not row[0]:
        return ""
    steps = conn.execute(
        "SELECT step, output, value, rubric, layers, full FROM steps WHERE run_id = ? ORDER BY step", (run_id,)
    ).fetchall()
    if not all(step[1] for step in steps):
        return ""
    return _digest([row[1:], steps])


def keep(conn: sqlite3.Connection, run_id: str) -> None:
    """Store what a run has in common with those that are the same again, and that there are any."""
    twin = twin_of(conn, run_id)
    conn.execute("UPDATE runs SET twin = ? WHERE run_id = ?", (twin, run_id))
    if twin:
        conn.execute(_SEVERAL.format(" AND twin = ?"), (twin,))


_SEVERAL = "INSERT OR IGNORE INTO twins SELECT twin FROM runs WHERE twin <> ''{} GROUP BY twin HAVING COUNT(*) > 1"


def fill_several(conn: sqlite3.Connection) -> None:
    """Note which runs there are several of."""
    conn.execute(_SEVERAL.format(""))


def repeats(conn: sqlite3.Connection, where: str, values: Sequence[object]) -> tuple[str, ...]:
    """Of the runs that a condition keeps, those that are an earlier one of them again."""
    if conn.execute("SELECT 1 FROM twins LIMIT 1").fetchone() is None:
        return ()
    rows = conn.execute(
        f"SELECT twin, run_id FROM runs r WHERE twin IN (SELECT twin FROM twins) AND {where} ORDER BY experiment, position",
        values,
    )
    seen: set[str] = set()
    found: list[str] = []
    for twin, run_id in rows:
        if twin in seen:
            found.append(run_id)
        seen.add(twin)
    return tuple(found)


class _Told(NamedTuple):
    """What a run's events say that has to be known of an older database."""

    settings: str
    outputs: dict[int, str]


def fill(conn: sqlite3.Connection) -> None:
    """Note settings, outputs and twins of all runs from their events."""
    models = dict(cast("list[tuple[str, str]]", conn.execute("SELECT run_id, model FROM runs").fetchall()))
    for run_id, told in list(_told(conn, models)):
        conn.execute("UPDATE runs SET settings = ? WHERE run_id = ?", (told.settings, run_id))
        conn.executemany(
            "UPDATE steps SET output = ? WHERE run_id = ? AND step = ?",
            [(output, run_id, step) for step, output in told.outputs.items()],
        )
    for run_id in models:
        twin = twin_of(conn, run_id)
        if twin:
            conn.execute("UPDATE runs SET twin = ? WHERE run_id = ?", (twin, run_id))


def _told(conn: sqlite3.Connection, models: Mapping[str, str]) -> Iterator[tuple[str, _Told]]:
    rows = conn.execute(
        "SELECT run_id, kind, step, CASE kind WHEN 'AttemptFinished' THEN json_extract(body, '$.attempt.settings')"
        " WHEN 'OutputApplied' THEN json_extract(body, '$.changes') END FROM events"
        " WHERE kind IN ('StepStarted', 'AttemptFinished', 'OutputApplied') ORDER BY run_id, seq"
    )
    run, settings, outputs = "", "", dict[int, str]()
    for run_id, kind, step, told in rows:
        if run_id != run:
            if run:
                yield run, _Told(settings, outputs)
            run, settings, outputs = run_id, "", {}
        if kind == "StepStarted":
            outputs.pop(step, None)
        elif kind == "AttemptFinished":
            settings = noted(settings, models[run_id], json.loads(told or "{}"))
        else:
            outputs[step] = output_of(FileChange.model_validate(change) for change in json.loads(told))
    if run:
        yield run, _Told(settings, outputs)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _digest(value: object) -> str:
    return sha256(_text(value).encode()).hexdigest()[:_LENGTH]
