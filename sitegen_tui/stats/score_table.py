"""Scores of many runs side by side: a million of them are one array, not a million objects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Runs in the order they were planned, each with one score at least.

    `points` has shape (runs, actions), NaN where an action has no score; `complete` says of each run whether every step of its plan
    has one.
    """

    runs: tuple[str, ...]
    models: tuple[str, ...]
    complete: NDArray[np.bool_]
    actions: tuple[str, ...]
    points: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.runs)

    def of(self, wanted: NDArray[np.bool_]) -> ScoreTable:
        """The runs that are wanted."""
        places: list[int] = wanted.nonzero()[0].tolist()
        return ScoreTable(
            tuple(self.runs[place] for place in places),
            tuple(self.models[place] for place in places),
            self.complete[wanted],
            self.actions,
            self.points[wanted],
        )

    def only(self, run_ids: Collection[str]) -> ScoreTable:
        """The runs of these names."""
        import numpy as np

        return self.of(np.fromiter((run in run_ids for run in self.runs), np.bool_, len(self)))

    def column(self, action: str) -> NDArray[np.float64]:
        """Shape (runs,): the points of one action, NaN where there are none."""
        return self.points[:, self.actions.index(action)]

    def of_run(self, place: int) -> dict[str, float]:
        """The points of one run by action; actions without a score are not there."""
        return {action: one for action, one in zip(self.actions, self.points[place].tolist(), strict=True) if one == one}
