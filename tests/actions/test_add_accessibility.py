"""Action add accessibility: what the reference edit and the checks promise on every shipped pair."""

from __future__ import annotations

import gold
import pytest

from sitegen_tui.actions.add_accessibility import ACTION


@pytest.mark.parametrize("pair", gold.PAIRS)
def test_gold_is_clean(pair: gold.Pair) -> None:
    gold.assert_gold_is_clean(ACTION, pair)
