"""Running sums behind views: exact whatever the order of adding and taking out, because what is summed are whole numbers."""

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
DOLLAR = 1_000_000_000_000
"""Parts of a US dollar that are summed; sums hold up to nine million dollars."""
MILLISECOND = 1_000_000
"""Nanoseconds in a millisecond."""
ALL = 0
"""The experiment number under which all experiments are pooled."""
_LOW = 32

KEY_COLUMNS = (
    "experiment", "model", "action", "rubric", "layers", "mode", "full", "template", "requirements", "content", "actions", "prompt",
    "fork", "settings",
)  # fmt: skip
Key = tuple[int, str, str, int, str, str, int, str, str, str, int, str, str, str]
"""The values of the key's columns; `actions` is the number of a list of actions."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one step adds to the sums; `value` and `assessed` in billionths, `value` None when it is unscored.

    `usd` in parts of a dollar, None where the price is not known in full; `model_ms` in nanoseconds.
    """

    key: Key
    value: int | None
    assessed: int
    usd: int | None = None
    model_ms: int = 0


@dataclass(slots=True)
class Sums:
    """Sums of one key, all but `unscored` over scored steps. Squares are kept in two halves: one would overflow SQLite's integers.

    `usd` is over the `priced` ones.
    """

    n: int = 0
    total: int = 0
    square_high: int = 0
    square_low: int = 0
    minimum: int | None = None
    maximum: int | None = None
    negative: int = 0
    assessed: int = 0
    unscored: int = 0
    priced: int = 0
    usd: int = 0
    model_ms: int = 0

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
        self.model_ms += share.model_ms
        if share.usd is not None:
            self.priced += 1
            self.usd += share.usd

    def take(self, share: Share) -> None:
        """Count one step no more that is another's twin: extremes stay, since the other has the same score."""
        if share.value is None:
            self.unscored -= 1
            return
        square = share.value * share.value
        self.n -= 1
        self.total -= share.value
        self.square_high -= square >> _LOW
        self.square_low -= square & ((1 << _LOW) - 1)
        self.negative -= share.value < 0
        self.assessed -= share.assessed
        self.model_ms -= share.model_ms
        if share.usd is not None:
            self.priced -= 1
            self.usd -= share.usd

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
        self.priced += other.priced
        self.usd += other.usd
        self.model_ms += other.model_ms

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


COLUMNS = (
    *("n", "total", "square_high", "square_low", "minimum", "maximum", "negative", "assessed", "unscored"),
    *("priced", "usd", "model_ms"),
)
_EXTREMES = {"minimum": "MIN(minimum)", "maximum": "MAX(maximum)"}
_ADDED = tuple(name for name in COLUMNS if name not in _EXTREMES)
POOLED = ", ".join(_EXTREMES.get(name, f"SUM({name})") for name in COLUMNS)
"""The columns of several keys pooled, in SQL."""

_UPSERT = (
    f"INSERT INTO sums ({', '.join(KEY_COLUMNS + COLUMNS)}) VALUES ({', '.join('?' * len(KEY_COLUMNS + COLUMNS))})"
    f" ON CONFLICT ({', '.join(KEY_COLUMNS)}) DO UPDATE SET"
    f" {', '.join(f'{name} = {name} + excluded.{name}' for name in _ADDED)},"
    " minimum = COALESCE(MIN(minimum, excluded.minimum), minimum, excluded.minimum),"
    " maximum = COALESCE(MAX(maximum, excluded.maximum), maximum, excluded.maximum)"
)


def points(value: float) -> int:
    """Points as whole billionths."""
    return round(value * POINT)


def dollars(usd: float | None, unpriced: int) -> int | None:
    """US dollars as whole parts; None where some of it has no price."""
    return None if usd is None or unpriced else round(usd * DOLLAR)


def nanoseconds(milliseconds: float) -> int:
    """Milliseconds as whole nanoseconds."""
    return round(milliseconds * MILLISECOND)


def share_of_row(key: Key, value: float | None, assessed: float, usd: float | None, unpriced: int, model_ms: float) -> Share:
    """What a step adds, from the columns of its row; `value` None when it is unscored."""
    score = None if value is None else points(value)
    return Share(key, score, points(assessed), dollars(usd, unpriced), nanoseconds(model_ms))


def fill(conn: sqlite3.Connection, into: sqlite3.Connection | None = None) -> None:
    """Make all sums from the steps, in the same database or in another; there must be none yet."""
    found: dict[Key, Sums] = defaultdict(Sums)
    rows = conn.execute(
        f"SELECT {columns_of('r', 's')}, s.value, s.assessed, s.usd, s.unpriced, s.model_ms"
        " FROM runs r JOIN steps s ON s.run_id = r.run_id WHERE s.value IS NOT NULL OR s.state = 'unscored'"
    )
    for *values, value, assessed, usd, unpriced, ms in rows:
        key = cast("Key", tuple(values))
        found[key].add(share_of_row(key, value, assessed, usd, unpriced, ms))
    pooled: dict[Key, Sums] = defaultdict(Sums)
    for key, sums in found.items():
        pooled[(ALL, *key[1:])].pool(sums)
    names = KEY_COLUMNS + COLUMNS
    (into or conn).executemany(
        f"INSERT INTO sums ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [(*key, *(getattr(sums, column) for column in COLUMNS)) for key, sums in (*found.items(), *pooled.items())],
    )


def columns_of(run: str, step: str) -> str:
    """The key's columns in SQL, each from the run or the step that has it, by their names in a query."""
    return ", ".join(f"{step if column in _OF_STEPS else run}.{column}" for column in KEY_COLUMNS)


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
        f"UPDATE sums SET {', '.join(f'{name} = {name} - ?' for name in _ADDED)} WHERE {_WHERE}",
        (*(getattr(sums, name) for name in _ADDED), *key),
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
