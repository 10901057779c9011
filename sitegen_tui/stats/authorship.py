"""Who wrote it: whether a classifier can tell authors by the characters of their texts, and how that compares with guessing."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen_tui.stats.proportions import wilson

LENGTH = 3
"""Characters of a gram."""
SLOTS = 4096
"""Numbers that grams are hashed to: enough for a few thousand short texts."""
SMOOTHING = 1.0


class Guessing(NamedTuple):
    """How often the author was guessed right, with the Wilson interval at 95 %, against always naming the author of most texts."""

    right: int
    n: int
    authors: int
    chance: float | None
    accuracy: float | None
    low: float | None
    high: float | None

    @property
    def above_chance(self) -> bool | None:
        """Whether it is better than chance; None where nothing could be guessed."""
        return None if self.low is None or self.chance is None else self.low > self.chance


def guessed(texts: Sequence[str], authors: Sequence[str], groups: Sequence[str]) -> Guessing:
    """Every text guessed from the texts of other groups, by naive Bayes over character grams.

    Texts of one group (an action, say) are alike whoever wrote them, and never help to guess each other. Raises ValueError unless
    there is an author and a group for each text.
    """
    if not len(texts) == len(authors) == len(groups):
        raise ValueError("there has to be an author and a group for each text")
    names = sorted(set(authors))
    if len(names) < 2 or len(set(groups)) < 2:
        return Guessing(0, 0, len(names), None, None, None, None)
    counts = np.stack([gram_counts(text) for text in texts])
    who = np.array([names.index(author) for author in authors])
    of = np.array(groups)
    right = n = 0
    for group in sorted(set(groups)):
        test, train = of == group, of != group
        # An author of whom nothing is left to learn from cannot be guessed.
        test = test & np.isin(who, who[train])
        if test.any():
            found = predicted(counts[train], who[train], counts[test], len(names))
            right += int((found == who[test]).sum())
            n += int(test.sum())
    ends = wilson(right, n)
    most = Counter(authors).most_common(1)[0][1] / len(authors)
    low, high = ends if ends is not None else (None, None)
    return Guessing(right, n, len(names), most, right / n if n else None, low, high)


def predicted(counts: NDArray[np.float64], who: NDArray[np.int64], unknown: NDArray[np.float64], authors: int) -> NDArray[np.int64]:
    """The likeliest author of each unknown text by multinomial naive Bayes; authors without texts are never likely."""
    sums = np.stack([counts[who == author].sum(axis=0) for author in range(authors)]) + SMOOTHING
    grams = np.log(sums) - np.log(sums.sum(axis=1, keepdims=True))
    texts = np.bincount(who, minlength=authors)
    with np.errstate(divide="ignore"):
        prior = np.log(texts / texts.sum())
    return np.argmax(unknown @ grams.T + prior, axis=1)


@lru_cache(maxsize=4096)
def gram_counts(text: str) -> NDArray[np.float64]:
    """How often each gram stands in a text, by slot."""
    found = np.zeros(SLOTS)
    for gram, times in Counter(text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)).items():
        found[zlib.crc32(gram.encode("utf-8", "replace")) % SLOTS] += times
    return found
