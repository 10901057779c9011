"""The null suite: another way to write the same page costs nothing, on any gold step."""

from __future__ import annotations

from random import Random

import pytest

from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.judge.faults.harmless import HARMLESS, Harmless
from tests.actions import gold
from tests.actions.gold import PAIRS
from tests.looking import Look, charged, judged, shown

SEEN = ("null-colour-functions", "null-longhand", "null-minified", "null-class-renamed", "null-flex-column", "null-scrim")
"""Changes that a browser might take for something else."""


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.id)
def test_it_costs_nothing_by_the_files(change: Harmless) -> None:
    """On the first, a middle and the last action that may change its files, of each pair."""
    hosts = change.planted_on()
    applied = 0
    for pair in PAIRS:
        for host in {hosts[0].id, hosts[len(hosts) // 2].id, hosts[-1].id}:
            before, after, brief = gold.gold_before(pair, host), gold.gold_after(pair, host), gold.brief(pair)
            changes = change.apply(before, after, brief, Random(3))
            if changes is None or {**after, **changes} == after:
                continue
            applied += 1
            found = evaluate(StepInput(host, before, {**after, **changes}, brief, start=gold.start(pair)))
            assert not charged(found), f"{pair[0]} {host}\n{shown(found)}"
    assert applied, "it applies nowhere"


@pytest.mark.parametrize("change", [one for one in HARMLESS if one.id in SEEN], ids=lambda change: change.id)
def test_it_costs_nothing_by_what_a_browser_sees(look: Look, change: Harmless) -> None:
    host, want = "swap-fonts", ProbeWants(states=False, focus=False, axe=False)
    for pair in PAIRS:
        before, after, brief = gold.gold_before(pair, host), gold.gold_after(pair, host), gold.brief(pair)
        changes = change.apply(before, after, brief, Random(3))
        if changes is not None:
            found = judged(look, pair, host, before, {**after, **changes}, want)
            assert not charged(found), shown(found)
            return
    pytest.fail("it applies nowhere")
