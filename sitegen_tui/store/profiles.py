"""What views ask of every run, in one row each: its scores side by side, and its attempts with their times."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass, fields
from operator import attrgetter

from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.runs import Attempt
from sitegen_tui.store import sums
from sitegen_tui.store.attempts import attempt_rows
from sitegen_tui.store.losses import Counted
from sitegen_tui.store.sums import KEY_COLUMNS, Key

STEPS = len(PIPELINE)
NONE = -(2**63)
"""Stands where a step has no score."""
JUDGED_COLUMNS = ("rubric", "layers", "full")
_PLACES = tuple(KEY_COLUMNS.index(name) for name in JUDGED_COLUMNS)
_LAYOUT = f"<{STEPS}q"
_EMPTY = struct.pack(_LAYOUT, *([NONE] * STEPS))
_WIDTH = 8


@dataclass(slots=True)
class Scores:
    """A run's steps of one judging: whole billionths by place, and bits by place of what has an own charge, and of what failed.

    A step's place is its number less one; `scores` and `assessed` are `STEPS` little-endian integers of eight bytes.
    """

    scores: bytes = _EMPTY
    assessed: bytes = _EMPTY
    charged: int = 0
    unscored: int = 0

    def put(self, step: int, counted: Counted | None) -> None:
        """Set what a step counts for; None when it does not count here any more."""
        share = counted.share if counted else None
        value = assessed = NONE
        own = failed = False
        if counted is not None and share is not None:
            own = any(provenance == "own" and lost.charged for (_, _, provenance), lost in counted.charges.items())
            failed = share.value is None
            if share.value is not None:
                value, assessed = share.value, share.assessed
        bit = 1 << (step - 1)
        self.charged = self.charged & ~bit | bit * own
        self.unscored = self.unscored & ~bit | bit * failed
        self.scores, self.assessed = _with(self.scores, step, value), _with(self.assessed, step, assessed)

    @property
    def nothing(self) -> bool:
        """Whether no step counts here."""
        return self.scores == _EMPTY and not self.unscored


def _with(packed: bytes, step: int, number: int) -> bytes:
    at = (step - 1) * _WIDTH
    return packed[:at] + number.to_bytes(_WIDTH, "little", signed=True) + packed[at + _WIDTH :]


def unpacked(packed: bytes) -> tuple[int, ...]:
    """The numbers of a run's steps by place; `NONE` where there is none."""
    return struct.unpack(_LAYOUT, packed)


SCORE_COLUMNS = tuple(field.name for field in fields(Scores))
_score_values = attrgetter(*SCORE_COLUMNS)
_OWN_SCORES = "run_id = ? AND " + " AND ".join(f"{name} = ?" for name in JUDGED_COLUMNS)
_LOAD_SCORES = f"SELECT {', '.join(SCORE_COLUMNS)} FROM run_scores WHERE {_OWN_SCORES}"
_SCORE_NAMES = ("run_id", *JUDGED_COLUMNS, *SCORE_COLUMNS)
_SAVE_SCORES = f"INSERT OR REPLACE INTO run_scores ({', '.join(_SCORE_NAMES)}) VALUES ({', '.join('?' * len(_SCORE_NAMES))})"


@dataclass(slots=True)
class Attempts:
    """Every attempt ever made in a run: counts, tokens, and the times of those that did not fail, in the order of the attempts.

    Times are little-endian floats of eight bytes, milliseconds.
    """

    attempts: int = 0
    failed: int = 0
    repairs: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    estimated: int = 0
    first_ms: bytes = b""
    total_ms: bytes = b""

    def add(self, attempt: Attempt) -> None:
        """Count one."""
        usage = attempt.usage
        self.attempts += 1
        self.failed += bool(attempt.error)
        self.repairs += attempt.purpose != "edit"
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        self.reasoning_tokens += usage.reasoning_tokens
        self.estimated |= usage.estimated
        if not attempt.error:
            self.total_ms += struct.pack("<d", attempt.total_ms)
            if attempt.first_token_ms is not None:
                self.first_ms += struct.pack("<d", attempt.first_token_ms)


ATTEMPT_COLUMNS = tuple(field.name for field in fields(Attempts))
_attempt_values = attrgetter(*ATTEMPT_COLUMNS)
_LOAD_ATTEMPTS = f"SELECT {', '.join(ATTEMPT_COLUMNS)} FROM run_attempts WHERE run_id = ?"
_SAVE_ATTEMPTS = (
    f"INSERT OR REPLACE INTO run_attempts (run_id, {', '.join(ATTEMPT_COLUMNS)})"
    f" VALUES (?, {', '.join('?' * len(ATTEMPT_COLUMNS))})"
)


def change(conn: sqlite3.Connection, run_id: str, step: int, before: Counted, after: Counted) -> None:
    """Put what a step counts for now in the place of what it counted for before."""
    old, new = _judged(before.key), _judged(after.key)
    changes = [(new, after)] if old in (None, new) else [(old, None), (new, after)]
    for judged, counted in changes:
        if judged is None:
            continue
        row = conn.execute(_LOAD_SCORES, (run_id, *judged)).fetchone()
        scores = Scores(*row) if row else Scores()
        scores.put(step, counted)
        if scores.nothing:
            conn.execute(f"DELETE FROM run_scores WHERE {_OWN_SCORES}", (run_id, *judged))
        else:
            conn.execute(_SAVE_SCORES, (run_id, *judged, *_score_values(scores)))


def attempts_of(conn: sqlite3.Connection, run_id: str) -> Attempts:
    """What is stored of a run's attempts."""
    row = conn.execute(_LOAD_ATTEMPTS, (run_id,)).fetchone()
    return Attempts(*row) if row else Attempts()


def save_attempts(conn: sqlite3.Connection, run_id: str, attempts: Attempts) -> None:
    """Store them."""
    conn.execute(_SAVE_ATTEMPTS, (run_id, *_attempt_values(attempts)))


def _judged(key: Key | None) -> tuple[object, ...] | None:
    return None if key is None else tuple(key[place] for place in _PLACES)


def fill(conn: sqlite3.Connection, into: sqlite3.Connection | None = None) -> None:
    """Make the scores of all runs from their steps and findings, in the same database or in another; there must be none yet."""
    other = into or conn
    insert = _SAVE_SCORES
    other.executemany(insert, _filled(conn))


def _filled(conn: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    rows = conn.execute(
        f"SELECT run_id, step, {', '.join(JUDGED_COLUMNS)}, value, assessed, value IS NOT NULL AND EXISTS (SELECT 1 FROM findings f"
        " WHERE f.run_id = s.run_id AND f.step = s.step AND f.provenance = 'own' AND f.amount > 0)"
        " FROM steps s WHERE value IS NOT NULL OR state = 'unscored' ORDER BY run_id, step"
    )
    run, found = "", dict[tuple[object, ...], tuple[list[int], list[int], list[int]]]()
    for run_id, step, *judged, value, assessed, charged in rows:
        if run_id != run:
            yield from _packed(run, found)
            run, found = run_id, {}
        scores, out_of, bits = found.setdefault(tuple(judged), ([NONE] * STEPS, [NONE] * STEPS, [0, 0]))
        bits[0] |= charged << (step - 1)
        if value is None:
            bits[1] |= 1 << (step - 1)
        else:
            scores[step - 1], out_of[step - 1] = sums.points(value), sums.points(assessed)
    yield from _packed(run, found)


def _packed(run_id: str, found: dict[tuple[object, ...], tuple[list[int], list[int], list[int]]]) -> Iterator[tuple[object, ...]]:
    for judged, (scores, assessed, bits) in found.items():
        yield run_id, *judged, struct.pack(_LAYOUT, *scores), struct.pack(_LAYOUT, *assessed), *bits


def fill_attempts(conn: sqlite3.Connection) -> None:
    """Make the attempts of all runs from their events; there must be none yet."""
    found: dict[str, Attempts] = {}
    for row in attempt_rows(conn, [run_id for (run_id,) in conn.execute("SELECT run_id FROM runs")]):
        attempt = Attempt.model_construct(
            purpose=row.purpose,
            error="failed" if row.failed else "",
            first_token_ms=row.first_token_ms,
            total_ms=row.total_ms,
            usage=row.usage,
        )
        found.setdefault(row.run_id, Attempts()).add(attempt)
    for run_id, attempts in found.items():
        save_attempts(conn, run_id, attempts)
