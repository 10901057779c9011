"""What LLM judges said is kept sample by sample, what they cost is kept apart, and a step judged again shows its newest judging."""

from __future__ import annotations

from types import ModuleType

import pytest

from sitegen_tui.domain.events import EVENT, FindingReported, JudgeSampled, StepRejudged, StepScored
from sitegen_tui.domain.findings import Charge, Finding
from sitegen_tui.domain.runs import Usage
from sitegen_tui.domain.verdicts import SampleSettings, Shown, Verdict
from sitegen_tui.domain.violations import Kind, Layer, Severity
from sitegen_tui.store import Store

SETTINGS = SampleSettings(mode="scoring", rubric=1, prompt="p", sent={"temperature": 0})
PRESENT = Verdict(
    violation="layout.visual-break", verdict="present", evidence=(Shown(file="css/styles.css", line=3, quote="margin: -40px"),)
)
ABSENT = Verdict(violation="scope.unrequested-change", verdict="absent")


def sampled(scripted: ModuleType, **more: object) -> JudgeSampled:
    values: dict[str, object] = {
        "run_id": "e1.1",
        "seq": 0,
        "at": scripted.START,
        "step": 1,
        "judge": "openai/a@b",
        "sample": 1,
        "verdicts": (PRESENT, ABSENT),
        "items": 2,
        "rejected": 1,
        "settings": SETTINGS,
        "usage": Usage(input_tokens=9, usd=0.25),
        "reply": "x" * 900,
    }
    return JudgeSampled.model_validate(values | more)


@pytest.fixture
def filled(store: Store, scripted: ModuleType) -> Store:
    _, plans = store.create_experiment(scripted.plan(models=("one",)), created_at=scripted.START)
    for event, contents in scripted.Script(plans[0]).whole():
        store.append([event], contents)
    return store


def test_samples_and_verdicts_are_read_back_as_they_were_told(filled: Store, scripted: ModuleType) -> None:
    stored = filled.record_all(
        [sampled(scripted), sampled(scripted, sample=2, verdicts=(), error="no JSON", usage=Usage(unpriced=1))]
    )
    told = [event for event in filled.events("e1.1") if isinstance(event, JudgeSampled)]
    assert told == stored
    assert told[0].reply == "x" * 900
    assert EVENT.validate_json(EVENT.dump_json(stored[0])) == stored[0]
    one, other = filled.judgements.samples(["e1.1"])
    assert (one.judge, one.sample, one.items, one.rejected, one.usd, one.error) == ("openai/a@b", 1, 2, 1, 0.25, "")
    assert (other.sample, other.error, other.usd, other.unpriced) == (2, "no JSON", None, 1)
    said = [(row.violation, row.verdict, row.sample) for row in filled.judgements.verdicts()]
    assert said == [("layout.visual-break", "present", 1), ("scope.unrequested-change", "absent", 1)]
    assert filled.judgements.verdicts(["e9.9"]) == []
    assert filled.verify() == []


def test_what_judges_cost_is_no_cost_of_the_contestant_and_counts_against_the_budget(filled: Store, scripted: ModuleType) -> None:
    before, committed = filled.run("e1.1"), filled.committed("e1")
    filled.record_all([sampled(scripted), sampled(scripted, sample=2)])
    after = filled.run("e1.1")
    assert after.usd == before.usd
    assert after.judge_usd == pytest.approx(0.5)
    assert filled.committed("e1") == pytest.approx(committed + 0.5)


def test_a_step_judged_again_shows_the_newest_judging_and_keeps_the_one_before(filled: Store, scripted: ModuleType) -> None:
    old = filled.run("e1.1").total
    first = next(event for event in filled.events("e1.1") if isinstance(event, StepScored) and event.step == 1)
    score = scripted.score(3.0, rubric=2, layers=(Layer.STATIC, Layer.LLM))
    charge = Charge(
        finding=Finding(violation="layout.visual-break", message="askew", layer=Layer.LLM),
        kind=Kind.JUDGE,
        severity=Severity.MAJOR,
        nominal=1.5,
        amount=1.5,
    )
    base = {"run_id": "e1.1", "seq": 0, "at": scripted.START, "step": 1}
    filled.record_all(
        [
            StepRejudged.model_validate(base | {"action": first.action, "judging": 2}),
            FindingReported.model_validate(base | {"charge": charge}),
            first.model_copy(update={"score": score, "seq": 0}),
        ]
    )
    step = filled.steps("e1.1")[0]
    assert (step.value, step.rubric, step.layers, step.charges) == (3.0, 2, (Layer.STATIC, Layer.LLM), 1)
    assert [row.violation for row in filled.charges(run_id="e1.1") if row.step == 1] == ["layout.visual-break"]
    assert filled.run("e1.1").total == pytest.approx(old - first.score.value + 3.0)
    scores = [event.score.value for event in filled.events("e1.1") if isinstance(event, StepScored) and event.step == 1]
    assert scores == [first.score.value, 3.0]
    assert filled.verify() == []
