"""Which steps a further judge is asked about: everything that people have labelled, and a fifth at least of every stratum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from math import ceil
from random import Random
from typing import TypeVar

LEAST_SHARE = 0.2

Key = TypeVar("Key", bound=tuple[str, int])


def chosen(strata: Mapping[Key, str], labelled: Collection[Key], seed: int) -> frozenset[Key]:
    """The steps (run and number), of all with their strata, that a further judge sees; the same for the same seed."""
    by_stratum: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(strata):
        if key not in labelled:
            by_stratum[strata[key]].append(key)
    found = {key for key in strata if key in labelled}
    for stratum, keys in by_stratum.items():
        found.update(Random(f"{seed} {stratum}").sample(keys, ceil(LEAST_SHARE * len(keys))))
    return frozenset(found)
