"""Stored outputs are judged again; the newest judging counts, the one before stays, and people's decisions go before both."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen_tui.domain.events import OverrideRecorded, StepScored
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.judge.llm.strata import LEAST_SHARE, chosen
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.rejudging import Rejudged
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from tests.judging_server import blind, eager, judge, models_file
from tests.providers.misbehaving import Server

JUDGE = "openai/fair"
ACTIONS = ("apply-colours", "swap-fonts", "replace-favicon")


async def made(services: Services, model: str = "simulated/reckless", **wanted: object) -> str:
    values = {"models": (model,), "templates": ("blank-site",), "actions": ACTIONS, "judges": ("static",)}
    experiment = await services.start(await services.plan(Wanted.model_validate(values | wanted)))
    await services.wait(experiment)
    return f"{experiment}.1"


async def again(services: Services, *judges: str, run: str) -> list[Rejudged]:
    return [step async for step in services.rejudge([run], judges)]


async def test_the_same_judges_say_the_same_and_both_judgings_are_kept(tmp_path: Path) -> None:
    async with await Services.open(tmp_path / "runs.db") as services:
        run = await made(services)
        old = await services.run(run)
        steps = await again(services, run=run)
        assert [step.left for step in steps] == ["", "", ""]
        assert all(step.before == step.after for step in steps)
        assert (await services.run(run)).total == old.total
        assert (await services.run(run)).comparability == old.comparability
        view = await services.view(run)
        assert [len(step.earlier) for step in view.steps] == [1, 1, 1]
        assert [step.judging for step in view.steps] == [2, 2, 2]
    with Store.open(tmp_path / "runs.db") as store:
        assert store.verify() == []
        assert sum(isinstance(event, StepScored) for event in store.events(run)) == 6


async def test_audit_judges_alone_are_heard_and_scores_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(eager)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            run = await made(services)
            before = await services.steps(run)
            steps = await again(services, f"audit:{JUDGE}", run=run)
            steps = await again(services, f"audit:{JUDGE}", run=run)
            after = await services.steps(run)
            verdicts = await services.verdicts_by_judge([run])
    assert before == after
    assert [step.after for step in steps] == [None, None, None]
    assert len(verdicts) == 3
    assert all(votes.usable == 3 for votes in verdicts.values())


async def test_what_people_decided_is_left_as_it_was(tmp_path: Path) -> None:
    async with await Services.open(tmp_path / "runs.db") as services:
        run = await made(services)
        now = services._clock.now()
    with Store.open(tmp_path / "runs.db") as store:
        store.record(OverrideRecorded(run_id=run, seq=0, at=now, step=2, author="ann", reason="seen", value=4.0))
    async with await Services.open(tmp_path / "runs.db") as services:
        steps = await again(services, run=run)
        assert [bool(step.left) for step in steps] == [False, True, False]
        assert "people have decided" in steps[1].left
        assert (await services.steps(run))[1].value == 4.0


async def test_a_run_under_another_judge_is_comparable_with_no_run_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server().always(judge(blind)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            run = await made(services, "reference")
            old = (await services.run(run)).comparability
            steps = await again(services, f"study:{JUDGE}", run=run)
            new = (await services.run(run)).comparability
    assert [step.after.layers for step in steps if step.after] == [(Layer.LLM,)] * 3
    assert old.layers != new.layers
    assert old.prompt != new.prompt
    with Store.open(tmp_path / "runs.db") as store:
        assert store.verify() == []


async def test_only_runs_that_are_over_are_judged_again(tmp_path: Path) -> None:
    async with await Services.open(tmp_path / "runs.db") as services:
        plan = await services.plan(Wanted(models=("reference",), templates=("blank-site",), actions=ACTIONS, judges=("static",)))
        services._store.create_experiment(plan, created_at=services._clock.now())
        with pytest.raises(UsageError, match="not over"):
            await again(services, run="e1.1")
        with pytest.raises(UnknownName):
            await again(services, run="e7.1")


def test_a_further_judge_sees_what_people_labelled_and_a_fifth_of_every_stratum() -> None:
    strata = {("e1.1", step): "good" if step % 7 else "bad" for step in range(1, 101)}
    labelled = {("e1.1", 3), ("e1.1", 7)}
    seen = chosen(strata, labelled, seed=1)
    assert labelled <= seen
    for name in ("good", "bad"):
        rest = [key for key, stratum in strata.items() if stratum == name and key not in labelled]
        share = len([key for key in rest if key in seen]) / len(rest)
        assert LEAST_SHARE <= share < LEAST_SHARE + 0.1
    assert chosen(strata, labelled, seed=1) == seen != chosen(strata, labelled, seed=2)


async def test_blindness_is_measured_over_models_and_needs_two_of_them(tmp_path: Path) -> None:
    async with await Services.open(tmp_path / "runs.db") as services:
        await made(services, "simulated/typical")
        with pytest.raises(UsageError, match="takes two"):
            await services.blindness()
        await made(services, "simulated/reckless")
        found = await services.blindness()
    assert found.models == ("simulated/reckless", "simulated/typical")
    assert found.written.n == found.blinded.n > 0
    assert found.blinded.chance is not None
