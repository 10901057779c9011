"""Agreement as it is counted by hand and by another package, on labels whose truth is known."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from sitegen_tui.domain.events import JudgeSampled
from sitegen_tui.domain.insights import Frame, StepsWanted
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ratings import SEVERITIES, Rating
from sitegen_tui.domain.verdicts import SampleSettings, Verdict
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.people import checklist, judged_by_person
from sitegen_tui.services.insights.agreement import build, favours
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from tests.judged import add_experiment, judged_by_families, label, play

PARSE, JS, DUPLICATE = (Mark(violation=name) for name in ("html.parse-error", "js.broken", "html.duplicate-id"))
ANYWHERE = ("html.parse-error", "js.broken", "html.duplicate-id")


def rating(rater, key, present, *, kind="person", score=None, asked=ANYWHERE):
    run, _, step = key.rpartition("/")
    known = catalogue()
    points = judged_by_person(known, ACTION_IDS[0], [Mark(violation=one) for one in present]).score.value
    worst = max((SEVERITIES.index(known.by_id[one].severity.value) for one in present), default=0)
    found = points if score is None else score
    return Rating(rater, kind, run, int(step), ACTION_IDS[0], "m", frozenset(present), frozenset(asked), found, worst)


@pytest.mark.parametrize("seed", range(5))
def test_every_id_and_the_severities_agree_with_a_plain_recount_and_another_package(seed):
    chance = random.Random(seed)
    keys = [f"e1.{run}/1" for run in range(1, 41)]
    said = {
        rater: {key: frozenset(one for one in ANYWHERE if chance.random() < 0.3) for key in keys if chance.random() < 0.9}
        for rater in ("bo", "mara")
    }
    view = build(Frame(), [rating(rater, key, present) for rater, own in said.items() for key, present in own.items()])
    (pair,) = view.pairs
    common = sorted(said["bo"].keys() & said["mara"].keys(), key=lambda key: int(key[3:-2]))
    assert (pair.first, pair.second, pair.relation, list(pair.steps)) == ("bo", "mara", "person × person", common)
    for one in pair.ids:
        a, b = ([one.violation in said[rater][key] for key in common] for rater in ("bo", "mara"))
        assert one.percent.estimate.value == sum(x == y for x, y in zip(a, b, strict=True)) / len(common)
        assert one.kappa.estimate.value == pytest.approx(cohen_kappa_score(a, b))
        assert list(one.both) == [key for key, x, y in zip(common, a, b, strict=True) if x and y]
        assert list(one.first_only) == [key for key, x, y in zip(common, a, b, strict=True) if x and not y]
        assert list(one.second_only) == [key for key, x, y in zip(common, a, b, strict=True) if y and not x]
        assert one.n == len(one.both) + one.differing + one.neither == len(common)
    worst = [
        [max((SEVERITIES.index(catalogue().by_id[one].severity.value) for one in said[rater][key]), default=0) for key in common]
        for rater in ("bo", "mara")
    ]
    expected = cohen_kappa_score(*worst, weights="quadratic", labels=range(4))
    assert pair.severity.estimate.value == pytest.approx(expected)
    apart = [one.first - one.second for one in pair.scores]
    assert pair.bland.bias.value == pytest.approx(sum(apart) / len(apart))


def test_an_id_that_one_rater_was_not_asked_about_is_no_disagreement():
    person = rating("bo", "e1.1/1", ["js.broken", "html.parse-error"])
    judge = rating("checkers", "e1.1/1", [], kind="checkers", asked=("html.parse-error", "html.duplicate-id"))
    (pair,) = build(Frame(), [person, judge]).pairs
    assert pair.relation == "person × judge"
    assert [(one.violation, one.first_only) for one in pair.ids] == [("html.parse-error", ("e1.1/1",))]
    assert pair.silent == 1


def test_without_disagreement_or_with_one_item_nothing_is_invented():
    keys = [f"e1.{run}/1" for run in range(1, 5)]
    view = build(Frame(), [rating(rater, key, ()) for rater in ("bo", "mara") for key in keys])
    (pair,) = view.pairs
    assert pair.ids == ()
    assert (pair.severity.estimate.value, pair.severity.estimate.reason) == (None, "N/A (one category)")
    assert pair.icc.estimate.value is None
    assert any("too few to rely on: bo and mara (4)" in note for note in view.notes)
    assert build(Frame(), [rating("bo", keys[0], ())]).pairs == ()


@pytest.fixture
def labelled(db):
    """Two runs judged in full, labelled by two people; one skips what the other saw."""
    with Store.open(db) as store:
        first, second = add_experiment(store, ("a", "b"))
        play(store, first, {1: [PARSE, JS], 2: [PARSE]})
        play(store, second)
        for step in (1, 2, 3):
            for run in (first, second):
                store.record(
                    label(run.run_id, step, "mara", {("e1.1", 1): [PARSE], ("e1.1", 2): [PARSE]}.get((run.run_id, step), []))
                )
                store.record(label(run.run_id, step, "bo", [JS] if (run.run_id, step) == ("e1.1", 1) else []))
    return db


async def test_people_and_checkers_are_compared_on_the_steps_that_people_labelled_and_opened_down_to_them(labelled):
    async with await Services.open(labelled) as services:
        view = await services.insight("agreement")
        assert [(one.name, one.kind, one.steps) for one in view.raters] == [
            ("bo", "person", 6), ("mara", "person", 6), ("checkers", "checkers", 6),
        ]  # fmt: skip
        assert [(one.first, one.second) for one in view.pairs] == [("bo", "mara"), ("bo", "checkers"), ("mara", "checkers")]
        pair = view.pairs[2]
        by_id = {one.violation: one for one in pair.ids}
        assert (by_id["html.parse-error"].both, by_id["html.parse-error"].neither) == (("e1.1/1", "e1.1/2"), 4)
        assert (by_id["js.broken"].first_only, by_id["js.broken"].second_only) == ((), ("e1.1/1",))
        scores = {one.key: (one.first, one.second) for one in pair.scores}
        rows = {f"e1.1/{row.step}": row.value for row in await services.steps("e1.1")}
        assert scores["e1.1/1"][1] == rows["e1.1/1"]
        assert scores["e1.1/2"][0] == scores["e1.1/2"][1] == rows["e1.1/2"]
        page = await services.steps_behind(StepsWanted(steps=by_id["js.broken"].second_only))
        assert [one.key for one in page.steps] == ["e1.1/1"]
        only = await services.insight("agreement", view.scope.model_copy(update={"actions": (ACTION_IDS[2],)}))
        assert {one.steps for one in only.raters} == {2}


async def test_what_people_decide_changes_no_judge_that_is_measured(labelled):
    from sitegen_tui.services.overriding import DecisionWanted

    async with await Services.open(labelled) as services:
        before = await services.insight("agreement")
        await services.overriding.decide(DecisionWanted("e1.1", 1, "mara", "no", drops=("js.broken",)))
        assert (await services.insight("agreement")).pairs == before.pairs


async def test_where_only_files_were_judged_people_are_scored_on_what_files_show(db):
    known, action = catalogue(), ACTION_IDS[0]

    def of_the_page_alone(violation):
        term = violation.term(action)
        return term is not None and term.kind == "completion" and violation.channels == ("R",) and not term.weights

    unseen = next(one.id for one in checklist(known, action) if of_the_page_alone(one))
    with Store.open(db) as store:
        (run,) = add_experiment(store, ("a",), layers=(Layer.STATIC,))
        play(store, run, layers=(Layer.STATIC,))
        store.record(label("e1.1", 1, "bo", [Mark(violation=unseen)]))
    async with await Services.open(db) as services:
        (pair,) = (await services.insight("agreement")).pairs
        (score,) = pair.scores
        assert score.first == score.second == known.assessable(action, frozenset({Layer.STATIC}))
        assert pair.ids == ()


async def test_llm_judges_are_raters_by_the_majority_of_their_samples(labelled):
    settings = SampleSettings(mode="audit", rubric=catalogue().rubric_version, prompt="p")
    with Store.open(labelled) as store:
        last = store.events("e1.1")[-1]
        said = (("present", "present"), ("present", "absent"), ("absent", "present"))
        for number, (parse, js) in enumerate(said, 1):
            verdicts = tuple(
                Verdict(violation=one, verdict=answer) for one, answer in (("html.parse-error", parse), ("js.broken", js))
            )
            sample = JudgeSampled(
                run_id="e1.1",
                seq=last.seq + number,
                at=last.at,
                step=1,
                judge="llm/one",
                sample=number,
                verdicts=verdicts,
                settings=settings,
            )
            store.append([sample])
    async with await Services.open(labelled) as services:
        view = await services.insight("agreement")
    assert {one.relation for one in view.pairs if "llm/one" in (one.first, one.second)} == {"person × judge", "judge × judge"}
    pair = next(one for one in view.pairs if (one.first, one.second) == ("checkers", "llm/one"))
    assert {one.violation: (one.n, one.both) for one in pair.ids} == {
        "html.parse-error": (1, ("e1.1/1",)),
        "js.broken": (1, ("e1.1/1",)),
    }
    assert pair.scores == ()


def scored(judge, run, step, model, score):
    return Rating(judge, "llm", run, step, ACTION_IDS[0], model, frozenset(), frozenset(ANYWHERE), score, 0)


def test_a_family_that_spares_its_own_models_is_told_from_one_that_is_mild_to_all():
    chance = random.Random(4)
    families = {"judge-red": "red", "judge-blue": "blue", "model-red": "red", "model-blue": "blue", "judge-unknown": ""}
    found = []
    for at in range(40):
        model = "model-red" if at % 2 else "model-blue"
        true = chance.uniform(2, 8)
        for step in (1, 2):
            kept = {"judge-red": 1.0 + (1.5 if model == "model-red" else 0.0), "judge-blue": 0.0, "judge-unknown": 5.0}
            found += [scored(judge, f"e1.{at}", step, model, true + more + chance.gauss(0, 0.2)) for judge, more in kept.items()]
        # What one family alone has scored says nothing of another.
        found.append(scored("judge-red", f"e1.{at}", 3, model, -20.0))
    red, blue = sorted(favours(found, families), key=lambda row: row.family, reverse=True)
    assert (red.family, red.judges, red.own_runs, red.other_runs) == ("red", ("judge-red",), 20, 20)
    assert red.estimate.value == pytest.approx(1.5, abs=0.2)
    assert red.reading == "one favours its own"
    assert len(red.steps) == 80
    # There are two families: what one gives its own, the other takes from what is not its own.
    assert blue.estimate.value == pytest.approx(red.estimate.value)
    assert favours([one for one in found if one.rater != "judge-blue"], families) == ()
    # With a third family it is told which of them it is.
    third = [one._replace(rater="judge-green") for one in found if one.rater == "judge-blue"]
    readings = {row.family: row.reading for row in favours([*found, *third], {**families, "judge-green": "green"})}
    assert readings == {"red": "favours its own", "blue": readings["blue"], "green": ""}
    assert not readings["blue"].startswith("one ")


async def test_families_of_judges_and_models_are_those_of_their_names(db):
    judged_by_families(db)
    async with await Services.open(db) as services:
        view = await services.insight("agreement")
    told = {row.family: row for row in view.families}
    assert told.keys() == {"openai", "anthropic"}
    row = told["openai"]
    assert (row.judges, row.own_runs, row.other_runs, len(row.steps)) == (("openrouter/openai/gpt-8",), 3, 3, 24)
    assert row.estimate.value is not None
    assert row.estimate.value > 0
    assert row.reading == "one favours its own"
