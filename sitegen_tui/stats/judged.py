"""Judged steps in columns: a million of them are a few arrays, not a million objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Steps of one model, all columns of shape (n,).

    `run` numbers the step's run: the same number is the same run in all that are looked at together. `judged` is the judges' score
    and `label` a person's, in points, NaN where there is none; `probability` is that of being labelled (inclusion), above 0 to 1,
    NaN where labels were drawn evenly.
    """

    run: NDArray[np.int64]
    judged: NDArray[np.float64]
    label: NDArray[np.float64]
    probability: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.judged)

    @property
    def has(self) -> NDArray[np.bool_]:
        """Which steps have a label."""
        import numpy as np

        return np.isfinite(self.label)

    def of(self, chosen: NDArray[np.bool_]) -> Judged:
        """Those that are chosen."""
        return Judged(self.run[chosen], self.judged[chosen], self.label[chosen], self.probability[chosen])

    def by_run(self, parts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums of the parts over each run that has a step here, runs by rising number."""
        import numpy as np

        _, places = np.unique(self.run, return_inverse=True)
        return np.bincount(places, weights=parts).astype(np.float64)


def together(several: list[Judged]) -> Judged:
    """All of them as one."""
    import numpy as np

    return Judged(
        np.concatenate([one.run for one in several]),
        np.concatenate([one.judged for one in several]),
        np.concatenate([one.label for one in several]),
        np.concatenate([one.probability for one in several]),
    )
