"""Cases are where raters differ; taking a side makes a step what that rater saw, and it is settled."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.services.ratings import scored
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from tests.judged import BOTH, add_experiment, label, play

PARSE, JS, DUPLICATE = (Mark(violation=name) for name in ("html.parse-error", "js.broken", "html.duplicate-id"))
TWICE = Mark(violation="html.parse-error", places=(Lines(file="index.html", first=3, last=4),), wrong=2)


@pytest.fixture
def labelled(db):
    """Step 1: two people and the checkers, each with another opinion; step 2: all alike; step 3: one person beside the checkers."""
    with Store.open(db) as store:
        (run,) = add_experiment(store, ("a",))
        play(store, run, {1: [PARSE, JS], 2: [PARSE]})
        store.record(label("e1.1", 1, "mara", [TWICE, DUPLICATE], note="see line 3"))
        store.record(label("e1.1", 1, "bo", [JS]))
        store.record(label("e1.1", 2, "mara", [PARSE]))
        store.record(label("e1.1", 3, "mara", [JS]))
    return db


async def test_only_steps_on_which_raters_differ_are_cases_the_furthest_apart_first(labelled):
    async with await Services.open(labelled) as services:
        found = await services.adjudication.cases(Scope())
        assert {case.key for case in found} == {"e1.1/1", "e1.1/3"}
        assert [case.apart for case in found] == sorted((case.apart for case in found), reverse=True)
        case = next(case for case in found if case.step == 1)
        assert [one.rater for one in case.positions] == ["bo", "mara", "checkers"]
        assert case.differing == ("html.duplicate-id", "html.parse-error", "js.broken")
        mara = case.positions[1]
        assert [(one.violation, one.places) for one in mara.seen] == [
            ("html.duplicate-id", ()), ("html.parse-error", ("index.html:3",)),
        ]  # fmt: skip
        assert mara.note == "see line 3"
        assert case.decision is None


@pytest.mark.parametrize(("rater", "marks"), [("mara", [TWICE, DUPLICATE]), ("bo", [JS])])
async def test_a_side_that_is_taken_makes_the_step_what_that_rater_saw(labelled, rater, marks):
    async with await Services.open(labelled) as services:
        case = next(case for case in await services.adjudication.cases(Scope()) if case.step == 1)
        made = await services.adjudication.take(case, rater, "ann")
        assert made.after == pytest.approx(scored(catalogue(), case.action, marks, BOTH))
        counted = [one.charge.finding.violation for one in made.effect.charges if one.charge.amount]
        assert sorted(counted) == sorted(mark.violation for mark in marks for _ in range(mark.wrong))
        assert (made.event.author, made.event.reason) == ("ann", f"as {rater} saw it")
        again = await services.adjudication.cases(Scope())
        assert again[-1].step == 1
        assert again[-1].decision is not None
        assert [one.rater for one in again[-1].positions] == ["bo", "mara", "checkers"]
        assert again[-1].positions == case.positions
        row = next(row for row in await services.steps("e1.1") if row.step == 1)
        assert (row.value, row.judged_value) == (made.after, case.positions[2].score)
    with Store.open(labelled) as store:
        assert store.verify() == []


async def test_what_both_saw_keeps_the_evidence_of_the_judges(labelled):
    async with await Services.open(labelled) as services:
        case = next(case for case in await services.adjudication.cases(Scope()) if case.step == 1)
        made = await services.adjudication.take(case, "bo", "ann")
        kept = [one.charge for one in made.effect.charges if one.charge.amount]
        assert [one.finding.message for one in kept] == ["found by a program"]


async def test_the_checkers_can_be_right_too_also_after_somebody_decided_otherwise(labelled):
    async with await Services.open(labelled) as services:
        case = next(case for case in await services.adjudication.cases(Scope()) if case.step == 1)
        judged = case.positions[2].score
        first = await services.adjudication.take(case, "checkers", "ann")
        assert (first.after, first.effect.value, first.effect.why) == (judged, None, "the checkers are right")
        await services.adjudication.take(case, "mara", "ann")
        back = await services.adjudication.take(case, "checkers", "ann", "on a second look")
        assert (back.after, back.effect.why) == (judged, "on a second look")
