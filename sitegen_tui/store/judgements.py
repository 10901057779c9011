"""What LLM judges said, sample by sample and verdict by verdict, written with the events that tell it."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from sitegen_tui.domain.events import JudgeSampled
from sitegen_tui.domain.judge_audits import JudgeAuditReport
from sitegen_tui.domain.verdicts import JudgeSampleRow, JudgeVerdictRow
from sitegen_tui.store.connection import Connections

JUDGED = ("judge_samples", "judge_verdicts")
"""The tables that `JudgeSampled` fills."""

_SAMPLE = "judge, family, mode, run_id, step, judging, sample, rubric, prompt, error, items, rejected, usd, unpriced, milliseconds"
_VERDICT = "judge, run_id, step, judging, sample, id, verdict"
_AT_ONCE = 500
"""Runs asked for in one query: SQLite bounds the number of bound values."""


def add(conn: sqlite3.Connection, event: JudgeSampled) -> None:
    """One sample and its verdicts."""
    usage, settings = event.usage, event.settings
    conn.execute(
        f"INSERT INTO judge_samples (seq, {_SAMPLE}) VALUES ({', '.join('?' * 16)})",
        (
            *(event.seq, event.judge, event.family, settings.mode, event.run_id, event.step, event.judging, event.sample),
            *(settings.rubric, settings.prompt, event.error, event.items, event.rejected),
            *(usage.usd, usage.unpriced, event.milliseconds),
        ),
    )
    place = (event.judge, event.run_id, event.step, event.judging, event.sample)
    conn.executemany(
        f"INSERT INTO judge_verdicts ({_VERDICT}, evidence) VALUES ({', '.join('?' * 8)})",
        [(*place, one.violation, one.verdict, len(one.evidence)) for one in event.verdicts],
    )


def forget(conn: sqlite3.Connection, run_id: str, step: int) -> None:
    """Drop what was said of a step that is run again; it stays in the events."""
    for table in JUDGED:
        conn.execute(f"DELETE FROM {table} WHERE run_id = ? AND step = ?", (run_id, step))


class JudgeBook:
    """Questions about judges. Safe to call from any thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def samples(self, run_ids: Sequence[str] | None = None) -> list[JudgeSampleRow]:
        """Every sample of these runs, or of all, in order of run, step, judging and event."""
        names = _SAMPLE.split(", ")
        return [
            JudgeSampleRow.model_validate(dict(zip(names, row, strict=True)))
            for row in self._rows(f"SELECT {_SAMPLE} FROM judge_samples", "run_id, step, judging, seq", run_ids)
        ]

    def verdicts(self, run_ids: Sequence[str] | None = None) -> list[JudgeVerdictRow]:
        """Every verdict of these runs, or of all, in order of run, step, judging, judge, sample and id."""
        rows = self._rows(f"SELECT {_VERDICT} FROM judge_verdicts", "run_id, step, judging, judge, sample, id", run_ids)
        names = ("judge", "run_id", "step", "judging", "sample", "violation", "verdict")
        return [JudgeVerdictRow.model_validate(dict(zip(names, row, strict=True))) for row in rows]

    def add_audit(self, report: JudgeAuditReport, created_at: datetime) -> None:
        """Store a finished audit of a judge."""
        with self._connections.writing() as conn:
            conn.execute(
                "INSERT INTO judge_audits (created_at, judge, settings, rubric, prompt, report) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    *(created_at.isoformat(), report.judge, report.settings, report.rubric, report.wording),
                    report.model_dump_json(),
                ),
            )

    def audits(self, judge: str | None = None) -> list[JudgeAuditReport]:
        """Audits of one judge or of all, the newest first."""
        with self._connections.reading() as conn:
            rows = conn.execute(
                "SELECT report FROM judge_audits WHERE ? IS NULL OR judge = ? ORDER BY number DESC", (judge, judge)
            ).fetchall()
        return [JudgeAuditReport.model_validate_json(row[0]) for row in rows]

    def earned(self, judge: str, settings: str, rubric: int, wording: str) -> tuple[str, ...]:
        """The ids that a judge is fit for, each by the newest audit under these settings, rubric and wording that measured it."""
        found: dict[str, bool] = {}
        for report in self.audits(judge):
            if (report.settings, report.rubric, report.wording) == (settings, rubric, wording):
                for row in report.rows:
                    if row.fitness != "too few":
                        found.setdefault(row.violation, row.fitness == "fit")
        return tuple(sorted(violation for violation, fit in found.items() if fit))

    def _rows(self, select: str, order: str, run_ids: Sequence[str] | None) -> list[tuple[object, ...]]:
        with self._connections.reading() as conn:
            if run_ids is None:
                return conn.execute(f"{select} ORDER BY {order}").fetchall()
            rows: list[tuple[object, ...]] = []
            for at in range(0, len(run_ids), _AT_ONCE):
                some = run_ids[at : at + _AT_ONCE]
                rows += conn.execute(f"{select} WHERE run_id IN ({', '.join('?' * len(some))}) ORDER BY {order}", some).fetchall()
            return rows
