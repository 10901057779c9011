"""A share of a number of trials, and how sure we are of it."""

from __future__ import annotations

import math


def wilson(hits: int, n: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Both ends of the Wilson score interval of a share; None where nothing was tried.

    Unlike the interval of a mean it says something even where every trial was a hit. Raises ValueError for more hits than trials
    and for a confidence that does not lie between 0 and 1.
    """
    from scipy.special import ndtri

    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    if n == 0:
        return None
    z = float(ndtri((1 + confidence) / 2))
    share, square = hits / n, z * z / n
    centre = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / n + square / (4 * n))
    # At the ends the interval reaches exactly 0 or 1; the arithmetic misses it by the dust of binary fractions.
    return (0.0 if hits == 0 else centre - half), (1.0 if hits == n else centre + half)
