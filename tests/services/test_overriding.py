"""A decision counts at once in everything that is summed, what was judged stays beside it, and taking it back leaves no trace."""

from __future__ import annotations

import asyncio

import pytest

from sitegen_tui.domain.findings import Evidence, Finding, Provenance
from sitegen_tui.domain.insights import StepsWanted
from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import StoreError, UnknownName, UsageError
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.charging import charge
from sitegen_tui.services.overriding import DecisionWanted
from sitegen_tui.services.root import Services
from sitegen_tui.services.views import folded
from sitegen_tui.store import Store
from tests.judged import add_experiment, play

RUN = "e1.1"
PARSE, JS, DUPLICATE = (Mark(violation=name) for name in ("html.parse-error", "js.broken", "html.duplicate-id"))


@pytest.fixture
def judged(db):
    """Two runs; step 1 of the first one was found to have two faults, step 2 one."""
    with Store.open(db) as store:
        first, second = add_experiment(store, ("a", "b"))
        play(store, first, {1: [PARSE, JS], 2: [PARSE]})
        play(store, second)
    return db


def asked(step=1, author="mara", reason="looked at it", **more):
    return DecisionWanted(RUN, step, author, reason, **more)


def state(db):
    """Rows and sums, without what says who decided."""
    with Store.open(db) as store:
        conn = store.connections
        with conn.reading() as reading:
            tables = {
                name: sorted(reading.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
                for name in ("sums", "loss_sums", "findings", "run_scores")
            }
        rows = [row.model_copy(update={"override_by": "", "override_reason": ""}) for row in store.steps(RUN)]
        return tables, rows, store.run(RUN).total


async def test_a_dropped_finding_gives_its_points_back_in_step_run_sums_and_findings(judged):
    async with await Services.open(judged) as services:
        before = (await services.run(RUN)).total
        made = await services.overriding.decide(asked(drops=("js.broken",)))
        charges = {one.charge.finding.violation: one.charge for one in made.effect.charges}
        lost = charges["js.broken"].nominal
        assert (charges["js.broken"].amount, charges["js.broken"].reason) == (0.0, "dropped by mara: looked at it")
        assert charges["html.parse-error"].amount > 0
        row = (await services.steps(RUN))[0]
        assert row.judged_value is not None
        assert (row.value, row.override, row.override_by) == (row.judged_value + lost, row.judged_value + lost, "mara")
        assert (await services.run(RUN)).total == before + lost
        heatmap = await services.insight("heatmap")
        assert heatmap.cells("action")[(row.action, "a")].mean == row.value
        view = await services.insight("violations")
        assert {cause.violation: cause.points for cause in view.causes}["js.broken"] == 0.0
        (sample,) = (await services.steps_behind(StepsWanted(model="a", actions=(row.action,)))).steps
        assert (sample.value, sample.overridden) == (row.value, True)
        step = folded(RUN, services._store.events(RUN)).step(1)
        assert step is not None
        assert step.score is not None
        assert (step.value, step.score.value, step.deducted) == (row.value, row.judged_value, 10 - row.value)
    with Store.open(judged) as store:
        assert store.verify() == []


async def test_what_was_missed_is_charged_by_the_catalogue_with_its_lines(judged):
    async with await Services.open(judged) as services:
        mark = Mark(violation="html.duplicate-id", places=(Lines(file="index.html", first=4, last=4),))
        made = await services.overriding.decide(asked(adds=(mark,)))
        added = made.effect.charges[-1].charge
        assert (added.finding.violation, added.finding.evidence.file, added.finding.evidence.line) == (
            "html.duplicate-id", "index.html", 4,
        )  # fmt: skip
        assert added.finding.message == "added by mara: looked at it"
        findings = [one.charge.finding for one in made.effect.charges]
        alone = charge(catalogue(), "apply-colours", findings)
        assert made.after == pytest.approx(10 - sum(one.amount for one in alone))
        again = await services.overriding.decide(asked(drops=("html.duplicate-id",), reason="it was not"))
        assert again.after == made.before
    with Store.open(judged) as store:
        assert store.verify() == []


async def test_what_a_dropped_finding_had_explained_is_charged_instead(db):
    known = catalogue()
    cause, other = next((one, one.suppresses[0]) for one in known.violations if one.suppresses and all(
        known.by_id[name].term("apply-colours") for name in (one.id, one.suppresses[0])
    ))  # fmt: skip
    found = [Finding(violation=name, subject="thing", message="found") for name in (cause.id, other)]
    with Store.open(db) as store:
        (plan,) = add_experiment(store, ("a",))
        play(store, plan, {1: found})
        judged = {row.violation: row.amount for row in store.charges(run_id=RUN)}
        assert judged[other] == 0.0
        assert judged[cause.id] > 0.0
    async with await Services.open(db) as services:
        made = await services.overriding.decide(asked(drops=(cause.id,)))
    (alone,) = charge(known, "apply-colours", found[1:])
    assert {one.charge.finding.violation: one.charge.amount for one in made.effect.charges} == {
        cause.id: 0.0,
        other: alone.amount,
    }


async def test_the_newest_decision_that_stands_counts_and_taking_all_back_leaves_what_was_judged(judged):
    before = state(judged)
    async with await Services.open(judged) as services:
        deciding = services.overriding
        await deciding.decide(asked(drops=("1",)))
        scored = await deciding.decide(asked(value=3.5, author="bo"))
        assert (scored.after, scored.effect.by) == (3.5, "bo")
        found = await deciding.decide(asked(adds=(DUPLICATE,)))
        assert found.after not in (3.5, found.before)
        assert (await deciding.decide(asked(withdraws=0, reason="no"))).after == 3.5
        assert (await deciding.decide(asked(withdraws=0, reason="no"))).effect.by == "mara"
        last = await deciding.decide(asked(withdraws=0, reason="no"))
        assert (last.effect.value, last.effect.by) == (None, "")
        with pytest.raises(UsageError, match="nothing was decided"):
            await deciding.decide(asked(withdraws=0, reason="no"))
        assert (await deciding.judging(RUN, 1)).decisions == ()
        assert len(await deciding.all()) == 6
    assert state(judged) == before
    with Store.open(judged) as store:
        assert store.verify() == []


async def test_agreeing_changes_no_score_and_says_who_agreed(judged):
    before = state(judged)
    async with await Services.open(judged) as services:
        await services.overriding.decide(asked(reason="the judge is right"))
        row = (await services.steps(RUN))[0]
        assert (row.override, row.override_by, row.override_reason) == (None, "mara", "the judge is right")
    assert state(judged) == before


async def test_two_people_who_decide_at_once_both_count(judged):
    async with await Services.open(judged) as one, await Services.open(judged) as two:
        made = await asyncio.gather(
            *(
                services.overriding.decide(asked(author=author, adds=(Mark(violation=violation),)))
                for services, author in ((one, "mara"), (two, "bo"))
                for violation in ("html.duplicate-id", "html.parse-error")
            )
        )
        judging = await one.overriding.judging(RUN, 1)
    assert len(judging.decisions) == 4
    assert len(judging.now) == 2 + 4
    assert judging.value == min(found.after for found in made)
    with Store.open(judged) as store:
        assert store.verify() == []


async def test_a_score_can_be_decided_where_no_judge_could_score(judged):
    async with await Services.open(judged) as services:
        from sitegen_tui.domain.events import RunStarted, StepFailed

        events = services._store.events(RUN)
        assert isinstance(events[0], RunStarted)
        failed = StepFailed(
            run_id=RUN, seq=events[-1].seq + 1, at=events[-1].at, step=3, action="replace-header-logo", reason="gone"
        )
        services._store.append([failed])
        made = await services.overriding.decide(asked(3, value=4.0))
        assert (made.before, made.judged, made.after) == (None, None, 4.0)
        with pytest.raises(UsageError, match="has no findings"):
            await services.overriding.decide(asked(3, adds=(PARSE,)))
    with Store.open(judged) as store:
        assert store.verify() == []


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"reason": "  "}, UsageError, "needs a reason"),
        ({"author": " "}, UsageError, "no name"),
        ({"value": 10.5}, UsageError, "cannot be"),
        ({"value": -15.5}, UsageError, "cannot be"),
        ({"value": float("nan")}, UsageError, "cannot be"),
        ({"drops": ("3",)}, UsageError, "no finding 3"),
        ({"drops": ("css.broken",)}, UnknownName, "css.broken"),
        ({"adds": (Mark(violation="no.such"),)}, UnknownName, "no.such"),
        ({"adds": (Mark(violation="html.parse-error", subject="hat"),)}, UnknownName, "hat"),
        ({"step": 17}, UnknownName, "17"),
        ({"withdraws": 5}, UsageError, "nothing was decided"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_stored(judged, more, error, said):
    async with await Services.open(judged) as services:
        count = len(services._store.events(RUN))
        with pytest.raises(error, match=said):
            await services.overriding.decide(asked(**more))
        assert len(services._store.events(RUN)) == count


async def test_what_the_judges_could_not_assess_is_not_deducted_from_what_they_could(db):
    known = catalogue()
    action = "apply-colours"

    def of_the_page_alone(violation):
        term = violation.term(action)
        return term is not None and term.kind == "completion" and not term.weights and violation.channels == ("R",)

    unseen = next(one.id for one in known.violations if of_the_page_alone(one))
    with Store.open(db) as store:
        (plan,) = add_experiment(store, ("a",), layers=(Layer.STATIC,))
        play(store, plan, layers=(Layer.STATIC,))
    async with await Services.open(db) as services:
        with pytest.raises(UsageError, match="was not assessed by static judging"):
            await services.overriding.decide(asked(adds=(Mark(violation=unseen),)))


async def test_charges_of_another_rubric_are_not_calculated_again_but_a_score_can_be_decided(judged, monkeypatch):
    from sitegen_tui.services import overriding

    async with await Services.open(judged) as services:
        await services.overriding.decide(asked(drops=("js.broken",)))
        newer = catalogue().model_copy(update={"rubric_version": catalogue().rubric_version + 1})
        monkeypatch.setattr(overriding, "catalogue", lambda: newer)
        with pytest.raises(UsageError, match="judged under rubric"):
            await services.overriding.decide(asked(drops=("html.parse-error",)))
        made = await services.overriding.decide(asked(value=2.0))
        assert made.after == 2.0
        assert [one.charge.amount for one in made.effect.charges if one.charge.finding.violation == "js.broken"] == [0.0]


async def test_a_run_that_somebody_drives_takes_no_decision(judged):
    with Store.open(judged) as store:
        assert store.claim(RUN, "another process")
        async with await Services.open(judged) as services:
            with pytest.raises(StoreError, match="is being driven"):
                await services.overriding.decide(asked(value=1.0))


async def test_inherited_findings_stay_free_when_others_are_dropped(db):
    inherited = Finding(
        violation="html.parse-error",
        message="from before",
        provenance=Provenance.INHERITED,
        evidence=Evidence(file="index.html", line=9),
    )
    with Store.open(db) as store:
        (plan,) = add_experiment(store, ("a",))
        play(store, plan, {1: [inherited, JS]})
    async with await Services.open(db) as services:
        made = await services.overriding.decide(asked(drops=("js.broken",)))
        assert made.after == 10.0
