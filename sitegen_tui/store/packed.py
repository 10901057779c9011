"""Arithmetic over the packed rows of many runs at once: means over groups of steps, first steps below a limit, times in order."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np

from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store.profiles import NONE, STEPS
from sitegen_tui.store.sums import POINT


def means(packed: Sequence[bytes], groups: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, float, float]]:
    """For each group of places how many runs have a score at all of them, the sum of their means, and that of the squares."""
    scores = np.frombuffer(b"".join(packed), dtype="<i8").reshape(-1, STEPS)
    found: dict[str, tuple[int, float, float]] = {}
    for group, places in groups.items():
        own = scores[:, list(places)]
        of_runs = own[(own != NONE).all(axis=1)].sum(axis=1) / (POINT * len(places))
        if len(of_runs):
            found[group] = (len(of_runs), float(of_runs.sum()), float((of_runs * of_runs).sum()))
    return found


def score_table(rows: Sequence[tuple[str, bytes, int]], models: Sequence[str], places: Sequence[tuple[int, str]]) -> ScoreTable:
    """From each run's name, packed scores and whether it is complete, and its model, with the actions at these places.

    Runs without a score at any of the places are left out.
    """
    scores = np.frombuffer(b"".join(row[1] for row in rows), dtype="<i8").reshape(-1, STEPS)[:, [place for place, _ in places]]
    there = scores != NONE
    table = ScoreTable(
        tuple(row[0] for row in rows),
        tuple(models),
        np.array([bool(row[2]) for row in rows], dtype=np.bool_),
        tuple(action for _, action in places),
        np.where(there, scores / POINT, np.nan),
    )
    some = there.any(axis=1)
    return table if some.all() else table.of(some)


def column_means(packed: Sequence[bytes | None], places: Sequence[int]) -> list[float | None]:
    """The mean score of runs at each place, in points; None where one of them has none there."""
    nothing = np.full(STEPS, NONE, dtype="<i8").tobytes()
    scores = np.frombuffer(b"".join(one or nothing for one in packed), dtype="<i8").reshape(-1, STEPS)[:, list(places)]
    known = (scores != NONE).all(axis=0)
    sums = scores.sum(axis=0)
    return [int(total) / (POINT * len(packed)) if there else None for total, there in zip(sums, known, strict=True)]


def first_below(packed: Sequence[tuple[bytes | None, bytes | None]], below: float) -> list[int | None]:
    """For each run the number of its first step that scored less than so many points in ten; None for none."""
    nothing = b"\0" * 8 * STEPS
    scores, assessed = (
        np.frombuffer(b"".join(one[at] or nothing for one in packed), dtype="<i8").reshape(-1, STEPS) for at in (0, 1)
    )
    wrong = (scores != NONE) & (scores * 10.0 < below * assessed)
    return [int(first) + 1 if any_ else None for first, any_ in zip(wrong.argmax(axis=1), wrong.any(axis=1), strict=True)]


def ordered(packed: Sequence[bytes]) -> array[float]:
    """All times of many runs, rising."""
    return array("d", np.sort(np.frombuffer(b"".join(packed), dtype="<f8")).astype("d").tobytes())
