"""Every template with every brief: the reference editor earns all there is, and doing nothing earns next to nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.evaluate import StepInput, evaluate
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import EVERY, Look, judged, shown
from tests.templates.shelf import EVERY_PAIR

FILES = frozenset({Layer.STATIC})
SEEN = [pair for pair in EVERY_PAIR if pair not in PAIRS]
"""Pairs whose gold steps no other test looks at with a browser."""


def by_files(pair: Pair, action: str, after: dict[str, str]) -> Judgement:
    before = gold.gold_before(pair, action)
    return evaluate(StepInput(action, before, after, gold.brief(pair), layers=FILES, start=gold.start(pair)))


@pytest.mark.parametrize("pair", EVERY_PAIR, ids="-".join)
def test_gold_has_no_finding_by_files(pair: Pair) -> None:
    for action in ACTION_IDS:
        found = by_files(pair, action, gold.gold_after(pair, action))
        assert not found.charges, f"{action}\n{shown(found)}"


@pytest.mark.parametrize("pair", EVERY_PAIR, ids="-".join)
def test_doing_nothing_earns_two_points_at_most(pair: Pair) -> None:
    for action in ACTION_IDS:
        found = by_files(pair, action, gold.gold_before(pair, action))
        assert found.score.value is not None
        assert found.score.value <= 2.0, f"{action}\n{shown(found)}"


@pytest.mark.whole
@pytest.mark.parametrize("action", ACTION_IDS)
@pytest.mark.parametrize("pair", SEEN if EVERY else SEEN[:1], ids="-".join)
def test_gold_has_no_finding_by_browser(look: Look, pair: Pair, action: str) -> None:
    found = judged(look, pair, action, gold.gold_before(pair, action), gold.gold_after(pair, action))
    assert not found.charges, shown(found)
    assert (found.score.value, found.score.full) == (10.0, True)
