"""What is appended comes back: events, contents, trees, and the rows that views read."""

from __future__ import annotations

import statistics
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sitegen_tui.domain.events import Event, LabelRecorded, OverrideRecorded, StepFailed, StepStarted, TokenDelta
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.runs import RunState, StepState
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import StoreError, UnknownName
from sitegen_tui.store import Store


def play(store: Store, script: object, values: tuple[float, ...] = (7.5,) * 16) -> list[Event]:
    events: list[Event] = []
    for event, contents in script.whole(values):  # type: ignore[attr-defined]
        store.append([event], contents)
        events.append(event)
    return events


def make(store: Store, scripted: ModuleType, **changes: object):
    return store.create_experiment(scripted.plan(**changes), simulated=frozenset({"two"}), created_at=scripted.START)


def test_experiments_and_runs_are_numbered_and_queued(store: Store, scripted: ModuleType) -> None:
    first, plans = make(store, scripted)
    second, _ = make(store, scripted, repeats=6)
    assert (first, second) == ("e1", "e2")
    assert [plan.run_id for plan in plans] == ["e1.1", "e1.2"]
    assert [row.run_id for row in store.runs("e2")] == [f"e2.{n}" for n in range(1, 13)]
    assert [row.id for row in store.experiments()] == ["e2", "e1"]
    row = store.run("e1.2")
    assert (row.state, row.simulated, row.steps_total, row.owner) == (RunState.QUEUED, True, 16, None)
    assert store.experiment("e1").plan == scripted.plan()
    assert store.experiment("e2").queued == 12
    assert store.plan("e1.1") == plans[0]


def test_events_come_back_as_they_were(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    events = play(store, scripted.Script(plans[0]))
    assert store.events("e1.1") == events
    assert store.events("e1.1", after_seq=40) == events[41:]
    with Store.open(store.path) as fresh:
        assert fresh.events("e1.1") == events
        assert fresh.new_events(0) == (len(events), events)
        assert fresh.new_events(10, limit=5) == (15, events[10:15])


def test_events_without_content_lack_only_texts(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    events = play(store, scripted.Script(plans[0]))
    slim = store.events("e1.1", content=False)
    assert [event.seq for event in slim] == [event.seq for event in events]
    attempt = next(event for event in slim if event.event == "AttemptFinished").attempt
    assert attempt.messages == ()
    assert attempt.reply == ""
    assert attempt.usage.output_tokens == 200
    assert [e.site for e in slim if e.event == "OutputApplied"] == [e.site for e in events if e.event == "OutputApplied"]


def test_sites_before_and_after_a_step(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    events = play(store, scripted.Script(plans[0]))
    trees = [event.site for event in events if event.event in ("RunStarted", "OutputApplied")]
    for step in range(1, 17):
        assert store.site_before("e1.1", step) == trees[step - 1]
        assert store.site_after("e1.1", step) == trees[step]


def test_the_site_of_a_step_in_flight_is_what_it_began_with(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    script = scripted.Script(plans[0])
    items = [script.started(), *list(script.step(1))]
    for event, contents in items[:2]:
        store.append([event], contents)
    assert store.site_before("e1.1", 1) == items[0][0].site
    with pytest.raises(StoreError):
        store.site_after("e1.1", 1)
    with pytest.raises(StoreError):
        store.site_before("e1.1", 2)


def test_isolated_steps_have_their_own_sites(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted, mode="isolated")
    script = scripted.Script(plans[0])
    first = dict(script.site)
    events = []
    items = [script.started()]
    for step in (1, 2, 4):
        script.site = dict(first)
        items += script.step(step)
    for event, contents in items:
        store.append([event], contents)
        events.append(event)
    with Store.open(store.path) as fresh:
        assert fresh.events("e1.1") == events
        for step in (1, 2, 4):
            assert fresh.site_before("e1.1", step) == events[0].site


def test_token_deltas_are_never_stored(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    event, contents = scripted.Script(plans[0]).started()
    delta = TokenDelta(run_id="e1.1", seq=0, at=scripted.START, step=1, attempt=1, text="x")
    store.append([delta, event, delta], contents)
    assert store.events("e1.1") == [event]


@pytest.mark.parametrize("seq", [0, 3, 5, 6])
def test_an_event_out_of_turn_changes_nothing(store: Store, scripted: ModuleType, seq: int) -> None:
    _, plans = make(store, scripted)
    script = scripted.Script(plans[0])
    items = [script.started(), *list(script.step(1))]
    for event, contents in items[:4]:
        store.append([event], contents)
    before = "\n".join(store.connections.conn.iterdump())
    wrong = items[4][0].model_copy(update={"seq": seq})
    content = b"new content" * 20
    with pytest.raises(StoreError, match="cannot follow"):
        store.append([wrong], {scripted.sha(content): content})
    assert "\n".join(store.connections.conn.iterdump()) == before
    store.append([items[4][0]], items[4][1])
    assert store.verify() == []


def test_an_event_of_an_unknown_run_is_refused(store: Store, scripted: ModuleType) -> None:
    plan = scripted.plan().runs("e9")[0]
    with pytest.raises(StoreError, match=r"e9\.1"):
        store.append([scripted.Script(plan).started()[0]])
    with pytest.raises(UnknownName):
        store.events("e9.1")
    with pytest.raises(UnknownName):
        store.experiment("e9")
    with pytest.raises(UnknownName):
        store.runs("nonsense")


def test_rows_of_a_finished_run(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    values = tuple(number - 4.25 for number in range(16))
    play(store, scripted.Script(plans[0]), values)
    run = store.run("e1.1")
    assert (run.state, run.steps_done, run.unscored, run.complete) == (RunState.FINISHED, 16, 0, True)
    assert run.total == pytest.approx(sum(values))
    assert (run.input_tokens, run.output_tokens, run.usd) == (16_000, 3_200, pytest.approx(0.16))
    assert (run.layers, run.rubric, run.full, run.assessed) == ((Layer.STATIC,), 1, False, 128.0)
    steps = store.steps("e1.1")
    assert [step.value for step in steps] == list(values)
    assert {(step.charges, step.added, step.removed, step.attempts) for step in steps} == {(1, 3, 2, 1)}
    assert len(store.charges(run_id="e1.1")) == 16
    counts = store.violation_counts()
    assert sum(count.count for count in counts) == 16
    experiment = store.experiment("e1")
    assert (experiment.finished, experiment.queued, experiment.mean_total) == (1, 1, pytest.approx(sum(values)))


def test_heatmap_and_results_agree_with_the_runs(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, repeats=4)
    totals: dict[str, list[float]] = {"one": [], "two": []}
    cells: dict[tuple[str, str], list[float]] = {}
    for at, plan in enumerate(plans):
        values = tuple((step * 7 + at * 3) % 13 - 3.1 for step in range(16))
        play(store, scripted.Script(plan, seed=at), values)
        totals[plan.model].append(sum(values))
        for action, value in zip(plan.actions, values, strict=True):
            cells.setdefault((plan.model, action), []).append(value)
    found = {(cell.model, cell.action): cell for cell in heat(store)}
    assert found.keys() == cells.keys()
    for key, values in cells.items():
        cell = found[key]
        assert cell.n == 4
        assert cell.mean == pytest.approx(statistics.fmean(values))
        assert cell.sd == pytest.approx(statistics.stdev(values))
        assert (cell.minimum, cell.maximum) == (pytest.approx(min(values)), pytest.approx(max(values)))
        assert cell.negative == sum(value < 0 for value in values)
        assert cell.assessed == 8.0
    assert heat(store, "e1") == heat(store)
    (group,) = store.samples.groups(Scope())
    for model, row in store.samples.totals(Scope(), group.conditions).items():
        assert (row.runs, row.complete) == (4, 4)
        assert row.mean == pytest.approx(statistics.fmean(totals[model]))
    assert store.samples.simulated(Scope()) == ("two",)
    assert store.verify() == []


def test_equal_scores_have_no_spread_at_all(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, models=("one",), repeats=7)
    for plan in plans:
        play(store, scripted.Script(plan), (9.3,) * 16)
    assert {(cell.mean, cell.sd) for cell in heat(store)} == {(9.3, 0.0)}


def test_scores_given_under_different_conditions_are_never_pooled(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, models=("one",), repeats=3)
    _, isolated = make(store, scripted, models=("one",), mode="isolated")
    conditions = [(1, (Layer.STATIC,)), (2, (Layer.STATIC,)), (1, (Layer.RENDERED, Layer.STATIC)), (1, (Layer.STATIC,))]
    for plan, (rubric, layers) in zip((*plans, *isolated), conditions, strict=True):
        script = scripted.Script(plan)
        for event, contents in script.whole():
            if event.event == "StepScored":
                event = event.model_copy(update={"score": scripted.score(5.0, rubric=rubric, layers=layers)})
            store.append([event], contents)
    cells = [cell for cell in heat(store) if cell.action == "apply-colours"]
    assert [cell.n for cell in cells] == [1, 1, 1, 1]
    assert len({cell.conditions for cell in cells}) == 4
    groups = store.samples.groups(Scope())
    assert len(groups) == 4
    assert {group.conditions.full for group in groups} == {True, False}
    assert store.experiment("e1").mean_total is None


def test_a_run_whose_steps_differ_in_rubric_is_comparable_with_none(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted, models=("one",))
    for event, contents in scripted.Script(plans[0]).whole():
        if event.event == "StepScored" and event.step > 8:
            event = event.model_copy(update={"score": scripted.score(5.0, rubric=2)})
        store.append([event], contents)
    assert store.run("e1.1").rubric == 0
    assert [group.conditions.rubric for group in store.samples.groups(Scope())] == [0]


def test_a_failed_step_is_unscored_and_its_run_not_averaged(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, models=("one",))
    script = scripted.Script(plans[0])
    items = [script.started(), *script.step(1)]
    items.append((StepStarted(**script.at(), step=2, action="swap-fonts"), {}))
    items.append((StepFailed(**script.at(), step=2, action="swap-fonts", reason="the provider is down"), {}))
    items.append(script.finished("incomplete"))
    for event, contents in items:
        store.append([event], contents)
    run = store.run("e1.1")
    assert (run.state, run.unscored, run.steps_done, run.total, run.complete) == (RunState.INCOMPLETE, 1, 1, 7.5, False)
    failed = next(cell for cell in heat(store) if cell.action == "swap-fonts")
    assert (failed.n, failed.unscored, failed.mean, failed.minimum) == (0, 1, None, None)
    (group,) = store.samples.groups(Scope())
    assert store.samples.totals(Scope(), group.conditions) == {"one": (1, 0, 0.0)}
    assert [row.run_id for row in store.resumable()] == ["e1.1"]
    again = [script.started(2), *script.step(2, 6.0)]
    for event, contents in again:
        store.append([event], contents)
    healed = next(cell for cell in heat(store) if cell.action == "swap-fonts")
    assert (healed.n, healed.unscored, healed.mean) == (1, 0, 6.0)
    assert store.verify() == []


def test_a_step_that_is_run_again_counts_once(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, models=("one",), repeats=2)
    play(store, scripted.Script(plans[1]), (3.0,) * 16)
    script = scripted.Script(plans[0])
    items = [script.started(), *script.step(1, -2.5)]
    for event, contents in items:
        store.append([event], contents)

    def cell():
        return next(cell for cell in heat(store) if cell.action == "apply-colours")

    assert (cell().n, cell().minimum, cell().maximum, cell().negative) == (2, -2.5, 3.0, 1)
    again = list(script.step(1, 2.0))
    store.append([again[0][0]])
    assert (cell().n, cell().minimum, cell().negative) == (1, 3.0, 0)
    assert store.steps("e1.1")[0].state is StepState.PROMPTED
    assert store.charges(run_id="e1.1") == []
    for event, contents in again[1:]:
        store.append([event], contents)
    assert (cell().n, cell().minimum, cell().mean) == (2, 2.0, 2.5)
    assert len(store.charges(run_id="e1.1")) == 1
    assert store.verify() == []


def test_an_override_counts_at_once_and_both_values_stay(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, models=("one",))
    play(store, scripted.Script(plans[0]))
    decision = OverrideRecorded(run_id="e1.1", seq=0, at=scripted.START, step=3, author="ann", reason="it is fine", value=9.0)
    stored = store.record(decision)
    assert stored.seq == 82
    step = store.steps("e1.1")[2]
    assert (step.value, step.judged_value, step.override) == (9.0, 7.5, 9.0)
    assert next(cell for cell in heat(store) if cell.action == "replace-header-logo").mean == 9.0
    assert store.run("e1.1").total == 15 * 7.5 + 9.0
    store.record(decision.model_copy(update={"value": None, "reason": "on second thoughts"}))
    assert store.steps("e1.1")[2].value == 7.5
    assert [event.value for event in store.decisions("OverrideRecorded")] == [9.0, None]
    assert store.verify() == []


def test_labels_of_all_runs_are_found(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    for plan in plans:
        play(store, scripted.Script(plan))
        label = LabelRecorded(run_id=plan.run_id, seq=0, at=scripted.START, step=1, rater="bo", violations=("html.broken",))
        store.record(label)
    assert [event.run_id for event in store.decisions("LabelRecorded")] == ["e1.1", "e1.2"]
    assert store.decisions("RunStarted") == []


def test_a_run_that_is_being_driven_is_not_labelled(store: Store, scripted: ModuleType) -> None:
    _, plans = make(store, scripted)
    event, contents = scripted.Script(plans[0]).started()
    store.append([event], contents)
    assert store.claim("e1.1", "me")
    label = LabelRecorded(run_id="e1.1", seq=0, at=scripted.START, step=1, rater="bo", violations=())
    with pytest.raises(StoreError, match="being driven"):
        store.record(label)
    store.release("me")
    assert store.record(label).seq == 1


def test_many_threads_write_and_read_one_store(store: Store, scripted: ModuleType, heat: Any) -> None:
    _, plans = make(store, scripted, repeats=4)
    expected: dict[str, list[Event]] = {}
    failures: list[BaseException] = []

    def work(plan: object, seed: int) -> None:
        try:
            expected[plan.run_id] = play(store, scripted.Script(plan, seed=seed))  # type: ignore[attr-defined]
            heat(store)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(plan, at)) for at, plan in enumerate(plans)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for run_id, events in expected.items():
        assert store.events(run_id) == events
    assert store.verify() == []


def test_verify_names_what_does_not_agree(store: Store, scripted: ModuleType, path: Path) -> None:
    _, plans = make(store, scripted)
    play(store, scripted.Script(plans[0]))
    conn = store.connections.conn
    conn.execute("UPDATE sums SET n = n + 1 WHERE action = 'swap-fonts'")
    conn.execute("UPDATE steps SET value = 10 WHERE step = 5")
    conn.execute("DELETE FROM findings WHERE step = 6")
    found = "\n".join(store.verify())
    assert "swap-fonts" in found
    assert "steps:" in found
    assert "findings: the events tell" in found
