"""Judged steps of complete runs, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen_tui.domain.pipeline import ACTION_IDS, BY_ID
from sitegen_tui.stats.score_table import ScoreTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = len(ACTION_IDS) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Columns of shape (n,): `run` is the place of a step's run in `runs` and `models`, `step` its number, `judged` its points."""

    runs: tuple[str, ...]
    models: tuple[str, ...]
    run: NDArray[np.int64]
    step: NDArray[np.int64]
    judged: NDArray[np.float64]

    @classmethod
    def of(cls, table: ScoreTable) -> Steps:
        """Every score of some runs, in the order of runs and, within one, of the pipeline."""
        import numpy as np

        run, column = np.isfinite(table.points).nonzero()
        numbers = np.array([BY_ID[action].number for action in table.actions], dtype=np.int64)
        return cls(table.runs, table.models, run, numbers[column], table.points[run, column])

    def __len__(self) -> int:
        return len(self.judged)

    def run_of(self, place: int) -> str:
        """The run of a step."""
        return self.runs[int(self.run[place])]

    def key(self, place: int) -> str:
        """`run/step`."""
        return f"{self.run_of(place)}/{self.step[place]}"

    def column(self, values: Mapping[str, float]) -> NDArray[np.float64]:
        """Shape (n,): what is given for a step by `run/step`, NaN where nothing is; what is no step here is left out."""
        import numpy as np

        found = np.full(len(self), np.nan)
        if not values or not len(self):
            return found
        places = {name: place for place, name in enumerate(self.runs)}
        wanted: list[int] = []
        given: list[float] = []
        for key, value in values.items():
            name, _, step = key.rpartition("/")
            place = places.get(name)
            if place is not None:
                wanted.append(place * _MOST + int(step))
                given.append(value)
        codes = self.run * _MOST + self.step
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        there = codes[at] == np.array(wanted, dtype=np.int64)
        found[at[there]] = np.array(given)[there]
        return found

    def changed(self, values: Mapping[str, float]) -> Steps:
        """With other points where some are given, by `run/step`."""
        import numpy as np

        column = self.column(values)
        return replace(self, judged=np.where(np.isfinite(column), column, self.judged))

    def by_action(self) -> dict[str, int]:
        """How many steps each action has."""
        import numpy as np

        counts: Sequence[int] = np.bincount(self.step, minlength=_MOST).tolist()
        return {action: counts[number] for number, action in enumerate(ACTION_IDS, 1)}

    def chosen_by_model(self) -> dict[str, NDArray[np.bool_]]:
        """Which steps each model has, models in the order of their first run."""
        import numpy as np

        numbers = {model: number for number, model in enumerate(dict.fromkeys(self.models))}
        own = np.array([numbers[model] for model in self.models], dtype=np.int64)[self.run]
        return {model: own == number for model, number in numbers.items()}
