"""A judge of known sensitivity and specificity: what is calibrated by a few labels recovers the truth, what it judged does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from statistics import fmean
from typing import NamedTuple

import numpy as np
import pytest

from sitegen_tui.domain.events import RunStarted
from sitegen_tui.domain.insights import Conditions, Frame
from sitegen_tui.domain.labels import Candidate, QueuedItem
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ratings import CHECKERS, Rating
from sitegen_tui.domain.violations import Layer
from sitegen_tui.services.insights.calibration import CalibrationView, Flags, build
from sitegen_tui.services.insights.judged_steps import Steps
from sitegen_tui.services.overriding import DecisionWanted
from sitegen_tui.services.root import Services
from sitegen_tui.stats.sampling import labelled_probabilities, plan_draw
from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store import Store
from tests.judged import START, add_experiment, label, play

IDS = {"html.parse-error": 1.0, "js.broken": 2.0, "html.duplicate-id": 0.5}
TRUE_SHARE = {"good": 0.15, "bad": 0.45}
SENSITIVITY, SPECIFICITY = 0.6, 0.95
RUNS, STEPS = 20, 16
FRAME = Frame(conditions=Conditions(rubric=1, layers=(Layer.STATIC, Layer.RENDERED), mode="chain", full=True, actions=ACTION_IDS))


class World(NamedTuple):
    """What is true of every step, and what the judge says of it."""

    truth: dict[str, frozenset[str]]
    judged: dict[str, frozenset[str]]
    model: dict[str, str]

    def points(self, ids: frozenset[str]) -> float:
        return 10 - sum(IDS[one] for one in ids)

    def steps(self) -> Steps:
        runs: dict[str, dict[str, float]] = defaultdict(dict)
        models: dict[str, str] = {}
        for key, ids in self.judged.items():
            run, _, step = key.rpartition("/")
            runs[run][ACTION_IDS[int(step) - 1]] = self.points(ids)
            models[run] = self.model[key]
        points = np.array([[scores.get(action, np.nan) for action in ACTION_IDS] for scores in runs.values()])
        names = tuple(runs)
        whole = np.ones(len(names), dtype=bool)
        return Steps.of(ScoreTable(names, tuple(models[run] for run in names), whole, ACTION_IDS, points))

    def candidates(self) -> Iterator[Candidate]:
        for key, ids in self.judged.items():
            run, _, step = key.rpartition("/")
            yield Candidate(run, int(step), ACTION_IDS[int(step) - 1], self.points(ids))

    def mean(self, model: str) -> float:
        return STEPS * fmean(self.points(ids) for key, ids in self.truth.items() if self.model[key] == model)

    def share(self, violation: str) -> float:
        return sum(violation in ids for ids in self.truth.values()) / len(self.truth)


def world(seed: int) -> World:
    chance = Random(seed)
    made = World({}, {}, {})
    for number, model in enumerate(("good", "bad")):
        for run in range(RUNS):
            # Runs differ, so that steps of one run are alike.
            share = min(0.95, max(0.02, TRUE_SHARE[model] + chance.gauss(0, 0.05)))
            for step in range(1, STEPS + 1):
                key = f"e1.{number * RUNS + run + 1}/{step}"
                true = frozenset(one for one in IDS if chance.random() < share)
                seen = frozenset(one for one in IDS if chance.random() < (SENSITIVITY if one in true else 1 - SPECIFICITY))
                made.truth[key], made.judged[key], made.model[key] = true, seen, model
    return made


def calibrated(made: World, seed: int, labels: int) -> CalibrationView:
    """As many labels as are drawn, by the queue that people get."""
    pool = list(made.candidates())
    draw = plan_draw(pool, [], {}, {}, rater="mara", wanted=labels, seed=seed)
    assert draw is not None
    items = [
        QueuedItem("mara", one.run_id, one.step, 1, place, one.action, one.stratum, one.pi)
        for place, one in enumerate(draw.chosen, 1)
    ]
    keys = {item.key for item in items}
    odds = labelled_probabilities(items, [draw.chances], keys, {one.key: one.stratum for one in pool})
    found: list[Rating] = []
    for item in items:
        for rater, kind, ids in (("mara", "person", made.truth[item.key]), (CHECKERS, "checkers", made.judged[item.key])):
            model = made.model[item.key]
            found.append(
                Rating(rater, kind, item.run_id, item.step, item.action, model, ids, frozenset(IDS), made.points(ids), 0, item.pi)  # type: ignore[arg-type]
            )
    flags = {one: Flags(len(pool), sum(one in ids for ids in made.judged.values())) for one in IDS}
    return build(FRAME, made.steps(), found, odds, flags, drawn=keys)


def test_calibrated_means_recover_the_truth_where_raw_ones_do_not_and_intervals_cover() -> None:
    covered = raw_covered = tries = 0
    errors: dict[str, list[tuple[float, float]]] = {"good": [], "bad": []}
    for seed in range(60):
        made = world(seed)
        view = calibrated(made, seed, 120)
        for row in view.models:
            truth, estimate = made.mean(row.model), row.calibrated.estimate
            assert estimate.value is not None
            assert row.raw.mean is not None
            errors[row.model].append((estimate.value - truth, row.raw.mean - truth))
            covered += estimate.holds(truth)
            if row.model == "bad":
                assert row.raw.low is not None
                assert row.raw.high is not None
                raw_covered += row.raw.low <= truth <= row.raw.high
            tries += 1
    assert all(abs(fmean(error for error, _ in own)) < 1.0 for own in errors.values())
    assert fmean(raw for _, raw in errors["bad"]) > 5
    assert covered / tries > 0.9
    assert raw_covered / 60 < 0.1


def test_the_true_share_of_an_id_is_found_behind_flags() -> None:
    covered = tries = 0
    for seed in range(30):
        made = world(seed)
        for row in calibrated(made, seed, 200).prevalences:
            covered += row.estimate.holds(made.share(row.violation))
            tries += 1
            assert row.sensitivity == pytest.approx(SENSITIVITY, abs=0.3)
    assert covered / tries > 0.85


def test_a_model_with_few_labels_borrows_and_says_so_and_none_has_a_number_without_labels() -> None:
    made = world(1)
    view = calibrated(made, 1, 20)
    assert all("of its own" in row.calibrated.warning for row in view.models)
    assert any("corrected as all models are together" in note for note in view.notes)
    assert all(row.next is None for row in view.models)
    nothing = build(FRAME, made.steps(), ())
    assert {(row.calibrated.estimate.value, row.calibrated.estimate.reason) for row in nothing.models} == {(None, "N/A (no label)")}
    assert nothing.curve is None
    assert [row.raw.mean for row in nothing.models]


def test_more_labels_shrink_the_interval_as_was_promised() -> None:
    promised: list[float] = []
    kept: list[float] = []
    for seed in range(12):
        made = world(seed)
        now, later = calibrated(made, seed, 100), calibrated(made, seed, 160)
        for row in now.models:
            if row.next is None:
                continue
            after = next(one.calibrated.estimate for one in later.models if one.model == row.model)
            assert after.low is not None
            assert after.high is not None
            promised.append(row.next.expected / row.next.half_width)
            kept.append((after.high - after.low) / 2 / row.next.half_width)
    assert fmean(promised) < 0.95
    assert fmean(kept) == pytest.approx(fmean(promised), abs=0.15)


@pytest.fixture
def labelled(db):
    """Four runs, two of which the judges found faults in; everything labelled that was drawn."""
    with Store.open(db) as store:
        for number, run in enumerate(add_experiment(store, ("a", "b"), repeats=2)):
            play(store, run, {step: [Mark(violation="js.broken")] for step in range(1, 9)} if number < 2 else {})
    return db


async def test_labels_of_the_queue_calibrate_and_a_decision_counts_as_the_label(labelled):
    async with await Services.open(labelled) as services:
        labelling = services.labelling
        await labelling.draw("mara", 40, seed=2)
        for item in await labelling.items("mara"):
            marks = [Mark(violation="js.broken"), Mark(violation="html.parse-error")] if item.run_id in ("e1.1", "e1.2") else []
            await labelling.record(item, marks, note="", seconds=1.0)
        view = await services.insight("calibration")
        assert (view.labels, view.raters, view.weighted, view.outside) == (40, ("mara",), True, 0)
        (row,) = [row for row in view.models if row.model == "a"]
        results = await services.insight("results")
        assert row.raw.mean == pytest.approx(next(one.mean for one in results.models if one.model == "a"))
        assert row.corrected is not None
        assert row.corrected < 0
        point = next(one for one in view.points if one.human < 10)
        run, _, step = point.key.rpartition("/")
        await services.overriding.decide(DecisionWanted(run, int(step), "bo", "fine", value=9.5))
        again = await services.insight("calibration")
        assert next(one for one in again.points if one.key == point.key).human == 9.5
        assert next(one for one in again.points if one.key == point.key).judged == point.judged
        (later,) = [row for row in again.models if row.model == "a"]
        assert later.raw == row.raw
        flags = {one.violation: (one.flagged, one.n) for one in again.prevalences}
        assert flags["js.broken"] == (16, 64)


async def test_labels_without_a_draw_count_evenly_and_beside_a_draw_not_at_all(labelled):
    with Store.open(labelled) as store:
        for run in ("e1.1", "e1.2", "e1.3", "e1.4"):
            for step in range(1, 6):
                store.record(label(run, step, "bo", [Mark(violation="js.broken")] if run == "e1.1" else []))
    async with await Services.open(labelled) as services:
        view = await services.insight("calibration")
        assert (view.weighted, view.labels) == (False, 20)
        assert await services.labelling.draw("mara", 10, seed=1) == 10
        item = (await services.labelling.items("mara"))[0]
        await services.labelling.record(item, [], note="", seconds=1.0)
        drawn = await services.insight("calibration")
        assert drawn.weighted
        assert drawn.labels < 20
        assert any("were not drawn" in note for note in drawn.notes)


async def test_runs_that_have_begun_and_have_no_score_yet_are_shown_without_figures(db):
    with Store.open(db) as store:
        for run in add_experiment(store, ("a", "b")):
            store.append([RunStarted(run_id=run.run_id, seq=0, at=START, plan=run, site={}, content_hash="c", rubric=1)], {})
    async with await Services.open(db) as services:
        for name in ("calibration", "compare", "results", "agreement"):
            assert (await services.insight(name)).conditions is not None
        assert (await services.insight("calibration")).models == ()
