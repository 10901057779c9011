"""Running sums of what scored steps were charged with, kept beside the sums of their scores and as exact."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sitegen_tui.store import sums
from sitegen_tui.store.sums import ALL, Key, Share

CHARGE_COLUMNS = ("violation", "kind", "provenance")
KEY_COLUMNS = sums.KEY_COLUMNS + CHARGE_COLUMNS
COLUMNS = ("findings", "charged", "amount")
Charge = tuple[str, str, str]


class Lost(NamedTuple):
    """Findings alike: how many, how many of them cost something, and how much, in billionths of a point."""

    findings: int
    charged: int
    amount: int

    def plus(self, other: Lost) -> Lost:
        """Both together."""
        return Lost(self.findings + other.findings, self.charged + other.charged, self.amount + other.amount)

    @property
    def negative(self) -> Lost:
        """To be taken out of a sum."""
        return Lost(-self.findings, -self.charged, -self.amount)


NOTHING = Lost(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a step counts for: in the sums of scores, and in those of charges."""

    share: Share | None
    charges: Mapping[Charge, Lost]

    @property
    def key(self) -> Key | None:
        """What it counts under."""
        return self.share.key if self.share else None


_UPSERT = (
    f"INSERT INTO loss_sums ({', '.join(KEY_COLUMNS + COLUMNS)}) VALUES ({', '.join('?' * len(KEY_COLUMNS + COLUMNS))})"
    f" ON CONFLICT ({', '.join(KEY_COLUMNS)}) DO UPDATE SET {', '.join(f'{name} = {name} + excluded.{name}' for name in COLUMNS)}"
)
_DELETE = f"DELETE FROM loss_sums WHERE {' AND '.join(f'{name} = ?' for name in KEY_COLUMNS)} AND findings = 0"


def of_step(conn: sqlite3.Connection, run_id: str, step: int) -> dict[Charge, Lost]:
    """What the newest judging of a step found."""
    found: dict[Charge, Lost] = {}
    rows = conn.execute(
        "SELECT violation, kind, provenance, amount FROM findings WHERE run_id = ? AND step = ?",
        (run_id, step),
    )
    for violation, kind, provenance, amount in rows:
        charge = (violation, kind, provenance)
        found[charge] = found.get(charge, NOTHING).plus(Lost(1, int(amount > 0), sums.points(amount)))
    return found


def change(conn: sqlite3.Connection, before: Counted, after: Counted) -> None:
    """Take out what a step counted for before, and add what it counts for now."""
    changes: dict[tuple[Key, Charge], Lost] = defaultdict(lambda: NOTHING)
    for one, sign in ((before, -1), (after, 1)):
        if one.key is not None:
            for charge, lost in one.charges.items():
                changes[one.key, charge] = changes[one.key, charge].plus(Lost(*(sign * number for number in lost)))
    rows = [
        (*numbered, *charge, *lost)
        for (key, charge), lost in changes.items()
        if lost != NOTHING
        for numbered in (key, (ALL, *key[1:]))
    ]
    conn.executemany(_UPSERT, rows)
    if before.charges:
        conn.executemany(_DELETE, [row[: len(KEY_COLUMNS)] for row in rows])


def fill(conn: sqlite3.Connection, into: sqlite3.Connection | None = None) -> None:
    """Make all sums of charges from steps and findings, in the same database or in another; there must be none yet."""
    found: dict[tuple[object, ...], Lost] = defaultdict(lambda: NOTHING)
    # Amounts are few, so that they are made whole once for each and not for every finding.
    rows = conn.execute(
        f"SELECT {sums.columns_of('r', 's')}, f.violation, f.kind, f.provenance, f.amount, COUNT(*)"
        " FROM runs r CROSS JOIN steps s ON s.run_id = r.run_id CROSS JOIN findings f ON f.run_id = s.run_id AND f.step = s.step"
        f" WHERE s.value IS NOT NULL GROUP BY {', '.join(str(place) for place in range(1, len(KEY_COLUMNS) + 2))}"
    )
    for *key, amount, count in rows:
        lost = Lost(count, count if amount > 0 else 0, count * sums.points(amount))
        for one in (tuple(key), (ALL, *key[1:])):
            found[one] = found[one].plus(lost)
    names = KEY_COLUMNS + COLUMNS
    (into or conn).executemany(
        f"INSERT INTO loss_sums ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [(*key, *lost) for key, lost in found.items()],
    )
