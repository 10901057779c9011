"""Shares with their Wilson intervals."""

from __future__ import annotations

import pytest

from sitegen_tui.stats.proportions import wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_ends_are_those_of_published_tables(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_more_trials_say_more() -> None:
    few, many = wilson(9, 10), wilson(900, 1000)
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.9 < many[1] < few[1]


def test_nothing_tried_has_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("hits", "n", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_what_is_no_share_is_refused(hits: int, n: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"share|confidence"):
        wilson(hits, n, confidence)
