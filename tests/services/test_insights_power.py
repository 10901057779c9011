"""Compounding and power against plain recounts over the same runs, and what is proposed to be run next."""

import math
import random
import statistics

import pytest
from scipy.stats import ttest_ind

from sitegen_tui.domain.events import StepScored
from sitegen_tui.domain.insights import Conditions, Frame, Group, RunSample, Scope
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.power import build
from sitegen_tui.services.insights.samples import load
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.views import folded
from sitegen_tui.stats.causes import first_wrong
from sitegen_tui.stats.power import detectable, plan
from sitegen_tui.store import Store

SITES = tuple(Pairing(template=name, requirements=f"{name}-01") for name in ("safari", "blank", "harbour"))
CONDITIONS = Conditions(rubric=1, layers=(Layer.STATIC,), mode="chain", full=False, prompt="p", actions=ACTION_IDS)


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def play(store, scripted):
    """Runs of an experiment with values by chance; the ids of its runs."""

    def run(mode, models=("one", "two"), *, sites=SITES, repeats=2, seed=1, steps=16, drop=0.0):
        chance = random.Random(f"{mode} {seed}")
        changes = {"actions": ACTION_IDS, "pairings": sites, "repeats": repeats, "mode": mode, "seed": seed}
        _, plans = store.create_experiment(scripted.plan(models, **changes), created_at=scripted.START)
        for plan_ in plans:
            script = scripted.Script(plan_)
            items = [script.started()]
            for step in range(1, steps + 1):
                value = round(chance.uniform(2, 8) - drop * step, 2)
                for event, more in script.step(step):
                    if isinstance(event, StepScored):
                        event = event.model_copy(update={"score": scripted.score(value)})
                    items.append((event, more))
            items.append(script.finished())
            store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
        return [plan_.run_id for plan_ in plans]

    return run


def _scores(store, run_ids):
    """Model, template and scores by action of every run, from its events."""
    found = []
    for run_id in run_ids:
        view = folded(run_id, store.events(run_id))
        found.append((view.plan.model, view.plan.pairing.template, {step.action: step.value for step in view.steps}))
    return found


def test_what_earlier_errors_cost_is_the_mean_of_differences_by_site(store, play):
    chain, isolated = _scores(store, play("chain", drop=0.2)), _scores(store, play("isolated"))
    view = load(store, "compounding", Scope(), {})
    assert (view.chain.mode, view.isolated.mode, view.left_out) == ("chain", "isolated", ())
    assert view.models == ("one", "two")
    for model in view.models:
        for action in ACTION_IDS:
            row = view.row(model, action)
            sides = [
                {
                    site.template: [scores[action] for name, at, scores in runs if (name, at) == (model, site.template)]
                    for site in SITES
                }
                for runs in (chain, isolated)
            ]
            apart = [statistics.fmean(sides[0][site]) - statistics.fmean(sides[1][site]) for site in sides[0]]
            assert (row.chain_n, row.isolated_n, row.cost.method, row.cost.n) == (6, 6, "paired by cell", 3)
            assert row.cost.value == pytest.approx(statistics.fmean(apart))
            half = 4.302652729911275 * statistics.stdev(apart) / math.sqrt(3)
            assert (row.cost.low, row.cost.high) == (pytest.approx(row.cost.value - half), pytest.approx(row.cost.value + half))
            assert row.chain - row.isolated == pytest.approx(row.cost.value)
        whole = view.row(model, None)
        totals = [[sum(scores.values()) for name, _, scores in runs if name == model] for runs in (chain, isolated)]
        assert whole.cost.value == pytest.approx(statistics.fmean(totals[0]) - statistics.fmean(totals[1]))
        assert whole.cost.value < 0


def test_sites_of_one_mode_alone_are_in_no_difference_and_are_said(store, play):
    chain = _scores(store, play("chain"))
    isolated = _scores(store, play("isolated", sites=SITES[:2], repeats=3))
    view = load(store, "compounding", Scope(), {})
    row = view.row("one", "swap-fonts")
    used = [[scores["swap-fonts"] for name, at, scores in runs if name == "one" and at != "harbour"] for runs in (chain, isolated)]
    found = ttest_ind(*used, equal_var=False).confidence_interval()
    assert (row.chain_n, row.isolated_n, row.cost.method) == (4, 6, "welch")
    assert (row.cost.low, row.cost.high) == (pytest.approx(found.low), pytest.approx(found.high))
    assert "2 pairs of model and site were run in one mode alone and in no difference" in view.notes


def test_the_pair_with_both_modes_is_taken_and_the_modes_are_never_pooled(store, play):
    play("chain", repeats=1)
    play("isolated", repeats=1)
    view = load(store, "compounding", Scope(), {})
    assert (view.row("one", "swap-fonts").chain_n, view.row("one", "swap-fonts").isolated_n) == (3, 3)
    asked = load(store, "compounding", Scope(conditions=view.isolated), {})
    assert (asked.chain, asked.isolated, asked.rows) == (view.chain, view.isolated, view.rows)
    assert asked.conditions == view.isolated
    alone = load(store, "compounding", Scope(experiments=("e1",)), {})
    assert (alone.isolated, alone.rows) == (None, ())
    assert alone.notes == ("no run was made in isolated mode under these conditions",)


@pytest.mark.parametrize("below", [0.0, 2.5, 5.0, 9.0])
def test_where_runs_went_wrong_first_is_what_a_walk_through_their_scores_finds(store, play, below):
    runs = _scores(store, [*play("chain", drop=0.3), *play("chain", steps=5, seed=2)])
    view = load(store, "compounding", Scope(), {"wrong": "score", "below": below})
    for row in view.first:
        own = [{**dict.fromkeys(ACTION_IDS), **scores} for model, _, scores in runs if model == row.model]
        # Each step was assessed at 8 points of 10.
        theirs = first_wrong(own, ACTION_IDS, 0.8 * below)
        assert row.counts == {action: count for action, count in theirs.counts.items() if count}
        assert (row.never, row.unknown) == (theirs.never, theirs.unknown)
        assert {action: len(ids) for action, ids in row.examples.items()} == row.counts
    assert {row.mode for row in view.first} == {"chain"}


def test_a_charge_of_its_own_makes_a_step_wrong(store, play):
    play("chain", repeats=1)
    view = load(store, "compounding", Scope(), {})
    assert [(row.model, row.counts, row.never_n) for row in view.first] == [
        ("one", {"apply-colours": 3}, 0),
        ("two", {"apply-colours": 3}, 0),
    ]


def _runs(model, totals, *, site="safari", experiment=1, seed=0, usd=0.5, content="c"):
    return [
        RunSample(
            f"e{experiment}.{at}", experiment, model, False, site.partition("~")[0], f"{site.partition('~')[0]}-01", content,
            at, 16, 16, 0, total, 128.0, usd, 0, 1000, 100, 4000.0, 1000.0, site, seed,
        )
        for at, total in enumerate(totals, 1)
    ]  # fmt: skip


def _frame(conditions=CONDITIONS):
    return Frame(conditions=conditions, groups=(Group(conditions=conditions, runs=9, complete=9),))


def test_plans_follow_the_spread_and_the_correlation_that_were_seen():
    one, two = [100.0, 110.0, 90.0, 120.0], [95.0, 100.0, 80.0, 115.0]
    view = build(_frame(), [*_runs("one", one), *_runs("two", two)], difference=20, paired=True)
    spread = math.sqrt((statistics.variance(one) + statistics.variance(two)) / 2)
    apart = [left - right for left, right in zip(one, two, strict=True)]
    assert view.sd == pytest.approx(spread)
    assert view.sd * math.sqrt(2 * (1 - view.correlation)) == pytest.approx(statistics.stdev(apart))
    assert view.unpaired_plans.single.n == plan(20, spread).n
    assert view.chosen.n == plan(20, spread, paired=True, correlation=view.correlation).n < view.unpaired_plans.first_step.n
    (pair,) = view.pairs
    assert (pair.n, pair.matched, pair.difference) == (4, 4, pytest.approx(7.5))
    assert pair.detectable == pytest.approx(detectable(4, spread))
    assert pair.detectable_paired < pair.detectable
    assert pair.needed == plan(7.5, spread).n
    powers = [point.unpaired for point in view.curve]
    assert powers == sorted(powers)


def test_holms_first_step_is_planned_for_and_models_that_never_differ_are_not_in_the_spread():
    runs = [run for model, shift in (("a", 0), ("b", 5), ("c", 9)) for run in _runs(model, [80.0 + shift, 90 + shift, 103 + shift])]
    view = build(_frame(), [*runs, *_runs("reference", [128.0, 128.0])], difference=15)
    assert (view.tests, view.first_alpha) == (6, pytest.approx(0.05 / 6))
    assert view.always_alike == ("reference",)
    assert view.sd == pytest.approx(statistics.stdev([80, 90, 103]))
    assert view.chosen.n == plan(15, view.sd, alpha=0.05 / 6).n > view.unpaired_plans.single.n


def test_what_lacks_for_balance_comes_first_then_what_lacks_for_power():
    runs = [
        *_runs("one", [100.0, 120.0]),
        *_runs("one", [90.0, 95.0], site="blank"),
        *_runs("two", [80.0, 99.0], seed=4, usd=None),
    ]
    view = build(_frame(), runs, difference=30)
    assert [(one.model, one.site, one.runs, one.why) for one in view.next if one.why == "balance"] == [
        ("two", "blank", 2, "balance")
    ]
    each = math.ceil(view.chosen.n / 2) - 2
    assert {(one.model, one.site): one.runs for one in view.next if one.why == "power"} == {
        (model, site): each for model in ("one", "two") for site in ("safari", "blank")
    }
    first, second = view.blocks
    assert (first.models, first.requirements, first.repeat, first.why) == (("two",), ("blank-01",), 2, "balance")
    assert (set(second.models), second.repeat, second.runs) == ({"one", "two"}, each, 4 * each)
    assert {first.seed, second.seed} == {5, 6}
    assert sum(block.runs for block in view.blocks) == sum(one.runs for one in view.next)
    assert (second.usd, second.unpriced) == (pytest.approx(each), 2 * each)
    assert view.next_seconds == pytest.approx(5.0 * sum(one.runs for one in view.next))
    wanted = Wanted.model_validate(
        {name: getattr(second, name) for name in ("models", "templates", "requirements", "repeat", "seed")}
    )
    assert wanted.seed == second.seed


def test_only_the_newest_version_of_a_site_is_proposed_and_no_replay():
    runs = [
        *_runs("one", [90.0, 99.0], site="safari~aaaa", content="a"),
        *_runs("one", [90.0, 99.0], site="safari~bbbb", content="b", experiment=2),
        *_runs("replay/e1.1", [90.0, 90.0], site="safari~bbbb", content="b", experiment=3),
    ]
    view = build(_frame(), runs, today=(2, "p"))
    assert {(one.model, one.site, one.template) for one in view.next} == {("one", "safari~bbbb", "safari")}
    assert "runs are proposed on the newest version of each site" in view.notes
    assert "no runs of replays are proposed" in view.notes
    assert any("another rubric" in note for note in view.notes)


def test_forks_get_no_proposals_and_wrong_wishes_are_refused():
    runs = [*_runs("one", [90.0, 99.0]), *_runs("two", [80.0, 85.0, 99.0])]
    forks = CONDITIONS.model_copy(update={"fork": "e1.1@5"})
    assert build(_frame(forks), runs).blocks == ()
    for options in ({"power": 1.0}, {"alpha": 0.0}, {"alpha": 0.9}, {"difference": -3.0}):
        with pytest.raises(UsageError):
            build(_frame(), runs, **options)


def test_without_spread_nothing_is_invented():
    view = build(_frame(), [*_runs("one", [90.0]), *_runs("two", [80.0])])
    assert (view.sd, view.chosen, view.curve, view.pairs[0].detectable, view.pairs[0].reason) == (None, None, (), None, "N/A (n=1)")
    assert "no model has two complete runs that differ, so that no spread is known" in view.notes
