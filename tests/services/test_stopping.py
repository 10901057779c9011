"""Stopping early: pairs in the order of plans, and looks planned beforehand."""

import pytest

from sitegen_tui.domain.insights import Frame, RunSample
from sitegen_tui.services.insights import power, results
from sitegen_tui.services.insights.stopping import in_order, planned, stopping
from sitegen_tui.stats.mixed import mixed
from sitegen_tui.stats.sequential import confidence_sequence, looks


def run(model, total, *, site="safari", repeat=1, experiment=1):
    return RunSample(
        f"{model}{site}{repeat}{experiment}", experiment, model, False, site, "lodge", "c", repeat,
        16, 16, 0, total, 128.0, 0.5, 0, 1000, 100, 4000.0, 1000.0, site, 0,
    )  # fmt: skip


def runs(model, totals, **where):
    return [run(model, total, repeat=at, **where) for at, total in enumerate(totals, 1)]


def test_pairs_come_in_the_order_in_which_both_runs_were_planned():
    one = [run("one", 10.0), run("one", 20.0, site="blank"), run("one", 30.0, repeat=2)]
    two = [run("two", 1.0, site="blank"), run("two", 2.0), run("two", 3.0, repeat=2), run("two", 9.0, site="other")]
    assert sorted(in_order(one, two)[:2]) == [8.0, 19.0]
    assert in_order(one, two)[2] == 27.0
    assert sorted(in_order(two, one)) == sorted(-difference for difference in in_order(one, two))
    assert in_order(one, []) == []


def test_models_far_apart_could_have_stopped_at_the_first_look():
    one, two = runs("one", [100.0 + at % 3 for at in range(20)]), runs("two", [60.0 + at % 5 for at in range(20)])
    found = stopping(one, two, 0.05)
    assert (found.pairs, found.stopped, found.reason) == (20, 8, "")
    assert found.sequence == confidence_sequence(in_order(one, two), 0.95)


def test_models_alike_are_not_told_apart_yet_and_few_runs_tell_nothing():
    one, two = (
        runs("one", [80.0 + 9 * (-1) ** at for at in range(12)]),
        runs("two", [80.0 + 7 * (-1) ** (at // 2) for at in range(12)]),
    )
    assert (stopping(one, two, 0.05).stopped, stopping(one, two, 0.05).reason) == (None, "not yet")
    assert stopping(one[:5], two, 0.05).reason == "N/A (n=5)"


def test_looks_are_thirds_of_the_plan_from_the_eighth_run_on():
    found = planned(24, 0.05)
    assert [look.n for look in found] == [8, 16, 24]
    assert [(look.z, look.p) for look in found] == [(one.z, one.p) for one in looks([1 / 3, 2 / 3, 1.0], 0.05)]
    assert [look.n for look in planned(12, 0.05)] == [8, 12]
    assert planned(7, 0.05) == planned(None, 0.05) == ()


def test_the_power_view_says_for_each_pair_when_one_could_have_stopped():
    three = [*runs("one", [100.0 + at % 3 for at in range(10)]), *runs("two", [60.0 + at % 5 for at in range(10)])]
    always = [*runs("reference", [128.0] * 10), *runs("again", [128.0] * 10)]
    view = power.build(Frame(), [*three, *always])
    found = {(pair.first, pair.second): pair.stopping for pair in view.pairs}
    assert found["one", "two"].stopped == 8
    assert found["again", "reference"] is None


def test_an_unbalanced_design_has_adjusted_means_and_a_balanced_one_none():
    sites = ("safari", "blank", "gala")
    even = [
        one
        for model, more in (("one", 0.0), ("two", -9.0))
        for at, site in enumerate(sites)
        for one in runs(model, [80.0 + 10 * at + more, 84.0 + 10 * at + more], site=site)
    ]
    assert results.build(Frame(), even, {}).mixed is None
    lacking = [one for one in even if (one.model, one.site) != ("two", "gala")]
    view = results.build(Frame(), lacking, {})
    totals = {
        model: {site: [r.total for r in lacking if (r.model, r.site) == (model, site)] for site in sites}
        for model in ("one", "two")
    }
    assert view.mixed == mixed(totals)
    assert view.mixed.means["one"].value - view.mixed.means["two"].value == pytest.approx(9.0, abs=0.5)
    assert any("adjusted means" in note for note in view.notes)
    few = results.build(Frame(), [run("one", 80.0), run("two", 90.0), run("two", 91.0, repeat=2)], {})
    assert few.mixed is None
    assert few.mixed_note == "adjusted means need three sites"
