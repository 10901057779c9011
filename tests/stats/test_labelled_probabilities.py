"""Probabilities of having been labelled, held against draws that really happen many times over."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from sitegen_tui.domain.labels import Candidate, QueuedItem
from sitegen_tui.stats.sampling import labelled_probabilities, plan_draw

POOL = [Candidate(f"e1.{run}", 1, "swap-fonts", 9.0 if run % 3 else 2.0) for run in range(60)]
STRATA = {one.key: one.stratum for one in POOL}


def drawn(seed: int, sizes: tuple[int, ...], labelled_of_last: int) -> tuple[list[QueuedItem], list[dict[str, float]], set[str]]:
    """One rater's draws one after the other; of the last only so many are labelled, in the order of the queue."""
    items: list[QueuedItem] = []
    draws: list[dict[str, float]] = []
    earlier: dict[str, float] = {}
    labels: Counter[str] = Counter()
    for number, wanted in enumerate(sizes, 1):
        made = plan_draw(POOL, items, earlier, labels, rater="bo", wanted=wanted, seed=seed * 100 + number)
        assert made is not None
        draws.append(dict(made.chances))
        items += [
            QueuedItem("bo", one.run_id, one.step, number, place, one.action, one.stratum, one.pi)
            for place, one in enumerate(made.chosen, 1)
        ]
        labels.update(one.stratum for one in made.chosen)
        for key, chance in made.chances.items():
            earlier[key] = 1 - (1 - earlier.get(key, 0.0)) * (1 - chance)
    done = {item.key for item in items if item.draw < len(sizes) or item.position <= labelled_of_last}
    return items, draws, done


@pytest.mark.parametrize(("sizes", "last"), [((12,), 12), ((12,), 5), ((12, 18), 18), ((10, 10, 10), 4)])
def test_totals_weighted_by_them_are_right_on_average(sizes: tuple[int, ...], last: int) -> None:
    chance = Random(3)
    value = {one.key: one.judged + chance.gauss(0, 1) for one in POOL}
    truth = sum(value.values())
    estimates: list[float] = []
    for seed in range(600):
        items, draws, done = drawn(seed, sizes, last)
        odds = labelled_probabilities(items, draws, done, STRATA)
        assert all(0 < odds[key] <= 1 for key in done)
        estimates.append(sum(value[key] / odds[key] for key in done))
    mean = sum(estimates) / len(estimates)
    spread = (sum((one - mean) ** 2 for one in estimates) / (len(estimates) - 1)) ** 0.5
    assert abs(mean - truth) < 4 * spread / len(estimates) ** 0.5 + 0.01 * truth


def test_what_was_never_in_a_draw_has_no_probability() -> None:
    items, draws, done = drawn(1, (10,), 10)
    odds = labelled_probabilities(items, draws, done, STRATA)
    assert odds.keys() == STRATA.keys()
    assert "e9.1/1" not in odds
    assert sum(odds.values()) == pytest.approx(10)
