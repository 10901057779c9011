"""Running sums behind the heatmap: exact whatever the order of adding and taking out, because points are whole billionths."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

POINT = 1_000_000_000
"""Billionths in a point."""
ALL = 0
"""The experiment number under which all experiments are pooled."""
_LOW = 32

KEY_COLUMNS = (
    "experiment", "model", "action", "rubric", "layers", "mode", "full", "template", "requirements", "content", "actions", "prompt",
    "fork",
)  # fmt: skip
Key = tuple[int, str, str, int, str, str, int, str, str, str, int, str, str]
"""The values of the key's columns; `actions` is the number of a list of actions."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one step adds to the sums; `value` and `assessed` in billionths, `value` None when it is unscored."""

    key: Key
    value: int | None
    assessed: int


@dataclass(slots=True)
class Sums:
    """Sums of one key. Squares are kept in two halves, since one would overflow SQLite's integers."""

    n: int = 0
    total: int = 0
    square_high: int = 0
    square_low: int = 0
    minimum: int | None = None
    maximum: int | None = None
    negative: int = 0
    assessed: int = 0
    unscored: int = 0

    def add(self, share: Share) -> None:
        """Count one step."""
        if share.value is None:
            self.unscored += 1
            return
        square = share.value * share.value
        self.n += 1
        self.total += share.value
        self.square_high += square >> _LOW
        self.square_low += square & ((1 << _LOW) - 1)
        self.minimum = share.value if self.minimum is None else min(self.minimum, share.value)
        self.maximum = share.value if self.maximum is None else max(self.maximum, share.value)
        self.negative += share.value < 0
        self.assessed += share.assessed

    def pool(self, other: Sums) -> None:
        """Count all steps of another key, too."""
        self.n += other.n
        self.total += other.total
        self.square_high += other.square_high
        self.square_low += other.square_low
        self.minimum = min((one for one in (self.minimum, other.minimum) if one is not None), default=None)
        self.maximum = max((one for one in (self.maximum, other.maximum) if one is not None), default=None)
        self.negative += other.negative
        self.assessed += other.assessed
        self.unscored += other.unscored

    @property
    def mean(self) -> float | None:
        """In points; None without steps."""
        return self.total / (self.n * POINT) if self.n else None

    @property
    def sd(self) -> float | None:
        """Standard deviation (ddof 1) in points; None for fewer than two steps."""
        if self.n < 2:
            return None
        squares = (self.square_high << _LOW) + self.square_low
        spread = self.n * squares - self.total * self.total
        return math.sqrt(spread / (self.n * (self.n - 1))) / POINT


COLUMNS = ("n", "total", "square_high", "square_low", "minimum", "maximum", "negative", "assessed", "unscored")

_UPSERT = (
    f"INSERT INTO sums ({', '.join(KEY_COLUMNS + COLUMNS)}) VALUES ({', '.join('?' * len(KEY_COLUMNS + COLUMNS))})"
    f" ON CONFLICT ({', '.join(KEY_COLUMNS)}) DO UPDATE SET n = n + excluded.n, total = total + excluded.total,"
    " square_high = square_high + excluded.square_high, square_low = square_low + excluded.square_low,"
    " minimum = COALESCE(MIN(minimum, excluded.minimum), minimum, excluded.minimum),"
    " maximum = COALESCE(MAX(maximum, excluded.maximum), maximum, excluded.maximum),"
    " negative = negative + excluded.negative, assessed = assessed + excluded.assessed,"
    " unscored = unscored + excluded.unscored"
)


def points(value: float) -> int:
    """Points as whole billionths."""
    return round(value * POINT)


def fill(conn: sqlite3.Connection) -> None:
    """Make all sums anew from the steps."""
    found: dict[Key, Sums] = defaultdict(Sums)
    columns = ", ".join(f"{'s' if column in _OF_STEPS else 'r'}.{column}" for column in KEY_COLUMNS)
    rows = conn.execute(
        f"SELECT {columns}, s.value, s.assessed FROM runs r JOIN steps s ON s.run_id = r.run_id"
        " WHERE s.value IS NOT NULL OR s.state = 'unscored'"
    )
    for *values, value, assessed in rows:
        key = cast("Key", tuple(values))
        share = Share(key, None if value is None else points(value), points(assessed))
        for one in (key, (ALL, *key[1:])):
            found[one].add(share)
    names = KEY_COLUMNS + COLUMNS
    conn.executemany(
        f"INSERT INTO sums ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [(*key, *(getattr(sums, column) for column in COLUMNS)) for key, sums in found.items()],
    )


def change(conn: sqlite3.Connection, taken: Iterable[Share], added: Iterable[Share]) -> None:
    """Take steps out of the sums and add others; the steps' rows must already say what is so afterwards."""
    stale: set[Key] = set()
    for share in taken:
        for key in (share.key, (ALL, *share.key[1:])):
            _take(conn, key, share)
        stale.add(share.key)
    for share in added:
        sums = Sums()
        sums.add(share)
        for key in (share.key, (ALL, *share.key[1:])):
            conn.execute(_UPSERT, (*key, *(getattr(sums, column) for column in COLUMNS)))
    for key in stale:
        _mend_extremes(conn, key)


def _take(conn: sqlite3.Connection, key: Key, share: Share) -> None:
    sums = Sums()
    sums.add(share)
    conn.execute(
        "UPDATE sums SET n = n - ?, total = total - ?, square_high = square_high - ?, square_low = square_low - ?,"
        " negative = negative - ?, assessed = assessed - ?, unscored = unscored - ?"
        f" WHERE {_WHERE}",
        (
            sums.n,
            sums.total,
            sums.square_high,
            sums.square_low,
            sums.negative,
            sums.assessed,
            sums.unscored,
            *key,
        ),
    )


_WHERE = " AND ".join(f"{column} = ?" for column in KEY_COLUMNS)
_OF_STEPS = frozenset({"action", "rubric", "layers", "full"})
_OWN = " AND ".join(f"{'s' if column in _OF_STEPS else 'r'}.{column} = ?" for column in KEY_COLUMNS)


def _mend_extremes(conn: sqlite3.Connection, key: Key) -> None:
    """Extremes cannot be subtracted: they are looked up again, in this experiment's steps and then in all experiments' sums."""
    low, high = conn.execute(
        f"SELECT MIN(s.value), MAX(s.value) FROM runs r JOIN steps s ON s.run_id = r.run_id WHERE {_OWN} AND s.value IS NOT NULL",
        key,
    ).fetchone()
    extremes = (None if low is None else points(low), None if high is None else points(high))
    conn.execute(f"UPDATE sums SET minimum = ?, maximum = ? WHERE {_WHERE}", (*extremes, *key))
    conn.execute(
        "UPDATE sums SET (minimum, maximum) = (SELECT MIN(minimum), MAX(maximum) FROM sums"
        f" WHERE experiment <> ? AND {' AND '.join(f'{column} = ?' for column in KEY_COLUMNS[1:])})"
        f" WHERE {_WHERE}",
        (ALL, *key[1:], ALL, *key[1:]),
    )
    conn.execute(
        f"DELETE FROM sums WHERE n = 0 AND unscored = 0 AND experiment IN (?, ?)"
        f" AND {' AND '.join(f'{column} = ?' for column in KEY_COLUMNS[1:])}",
        (key[0], ALL, *key[1:]),
    )
