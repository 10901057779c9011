"""Draws have the probabilities that are recorded with them, and further raters share what the first one has."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.domain.labels import Candidate, QueuedItem
from sitegen_tui.stats.sampling import OVERLAP, plan_draw, systematic


def population(steps=200):
    chance = Random(3)
    return [
        Candidate(f"e1.{n // 16}", n % 16 + 1, f"action-{n % 4}", chance.choice((-3.0, 2.0, 6.0, 9.5)), chance.choice((0.0, 4.0)))
        for n in range(steps)
    ]


def queued(rater, draw):
    return [QueuedItem(rater, one.run_id, one.step, 1, n, one.action, one.stratum, one.pi) for n, one in enumerate(draw.chosen, 1)]


@given(st.lists(st.integers(1, 99), min_size=1, max_size=60), st.integers(0, 10_000))
def test_a_systematic_draw_has_the_size_that_its_probabilities_add_up_to(weights, seed):
    whole = sum(weights)
    wanted = max(1, len(weights) // 3)
    inclusions = [min(1.0, wanted * weight / whole) for weight in weights]
    short = wanted - sum(inclusions)
    inclusions += [1.0] * int(short) + ([short - int(short)] if short % 1 > 1e-9 else [])
    drawn = systematic(inclusions, Random(seed))
    assert len(drawn) == wanted
    assert len(set(drawn)) == wanted


def test_everything_is_drawn_as_often_as_its_recorded_probability_says():
    there = population(80)
    draws = 3000
    seen = Counter()
    for seed in range(draws):
        draw = plan_draw(there, [], {}, {}, rater="bo", wanted=20, seed=seed)
        seen.update(f"{one.run_id}/{one.step}" for one in draw.chosen)
    assert sum(draw.chances.values()) == pytest.approx(20)
    for key, pi in draw.chances.items():
        assert seen[key] / draws == pytest.approx(pi, abs=4.5 * (pi * (1 - pi) / draws) ** 0.5 + 1e-9)


def test_steps_that_judges_differ_about_are_drawn_more_often_and_others_at_least_half_as_often_as_evenly():
    there = [Candidate("e1.1", n, "a", 9.0, 4.0 if n < 5 else 0.0) for n in range(50)]
    chances = plan_draw(there, [], {}, {"a: 8 to 10": 100}, rater="bo", wanted=10, seed=1).chances
    assert chances["e1.1/0"] > 2 * chances["e1.1/9"]
    assert chances["e1.1/9"] >= 0.5 * 10 / 50


def test_every_stratum_is_drawn_from_when_there_is_room_for_all():
    there = population(400)
    strata = {one.stratum for one in there}
    draw = plan_draw(there, [], {}, {}, rater="bo", wanted=2 * len(strata), seed=5)
    assert {one.stratum for one in draw.chosen} == strata


def test_a_second_rater_shares_thirty_items_and_what_is_more_is_new_to_both():
    there = population()
    first = queued("bo", plan_draw(there, [], {}, {}, rater="bo", wanted=40, seed=1))
    second = queued("mara", plan_draw(there, first, {}, {}, rater="mara", wanted=50, seed=1))
    theirs = {item.key: item for item in first}
    shared = [item for item in second if item.key in theirs]
    assert len(shared) == OVERLAP
    assert all(item.pi == theirs[item.key].pi for item in shared)
    assert len(second) == 50
    assert len({item.key for item in second}) == 50


def test_the_same_seed_draws_the_same_and_the_order_does_not_go_by_run():
    there = population()
    one, two = (plan_draw(there, [], {}, {}, rater="bo", wanted=30, seed=7) for _ in range(2))
    assert one == two
    assert [(item.run_id, item.step) for item in one.chosen] != sorted((item.run_id, item.step) for item in one.chosen)


def test_a_later_draw_counts_the_chance_that_an_item_had_before():
    there = population(60)
    first = plan_draw(there, [], {}, {}, rater="bo", wanted=20, seed=1)
    items = queued("bo", first)
    later = plan_draw(there, items, first.chances, {}, rater="bo", wanted=20, seed=2)
    assert not {f"{one.run_id}/{one.step}" for one in later.chosen} & {item.key for item in items}
    for one in later.chosen:
        key = f"{one.run_id}/{one.step}"
        assert one.pi == pytest.approx(1 - (1 - first.chances[key]) * (1 - later.chances[key]))


def test_nothing_is_drawn_where_nothing_is_left():
    there = population(10)
    items = queued("bo", plan_draw(there, [], {}, {}, rater="bo", wanted=99, seed=1))
    assert len(items) == 10
    assert plan_draw(there, items, {}, {}, rater="bo", wanted=5, seed=1) is None
