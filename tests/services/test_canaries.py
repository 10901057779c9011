"""Canaries in live runs and in judging again: a judge that misses what is planted, or invents, counts for nothing that session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen_tui.domain.audits import GRADES
from sitegen_tui.domain.events import JudgeSampled, JudgeTested, StepWaiting
from sitegen_tui.domain.judge_audits import JudgeItem, JudgeOutcome
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing, RunPlan, Usage
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine.asking import UNLIMITED
from sitegen_tui.engine.canaries import Canaries, judged_by
from sitegen_tui.engine.clock import SYSTEM_CLOCK
from sitegen_tui.engine.outbox import Make
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.providers import registry
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from tests.judging_server import Opinion, blind, eager, judge, models_file, sharp
from tests.providers.misbehaving import Server, answer, refused, silence

JUDGE = "openai/fair"
OWNED = ("scope.unrequested-change", "layout.visual-break")
A_SESSION = 2 * 2 * 3
"""Questions of the canaries of a small session."""
A_QUESTION = (100 * 1.0 + 20 * 2.0) / 1e6
"""Dollars."""


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


async def started(services: Services, *, actions: tuple[str, ...] = ("apply-colours",), earned: Sequence[str] = OWNED, n: int = 1):
    """An experiment of the reference editor with a judge that has earned those ids, run to its end."""
    values = {"models": ("reference",), "templates": ("blank-site",), "requirements": ("harbour-books-01",), "repeat": n}
    judges = ("static", f"llm:{JUDGE}")
    plan = await services.plan(Wanted.model_validate({**values, "actions": actions, "judges": judges, "jobs": 1}))
    found = tuple(one.model_copy(update={"earned": tuple(earned)}) for one in plan.judges)
    plan = plan.model_copy(update={"judges": found, "layers": (*plan.layers, Layer.LLM)})
    experiment = await services.start(plan)
    await services.wait(experiment)
    return experiment


@pytest.mark.parametrize(
    ("opinion", "words"),
    [(blind, "found 0 of 2 planted faults and reported 0 of 2"), (eager, "found 2 of 2 planted faults and reported 2 of 2")],
)
async def test_a_judge_that_fails_its_canaries_is_not_asked_about_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opinion: Opinion, words: str
) -> None:
    with Server().always(judge(opinion)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            experiment = await started(services, actions=("apply-colours", "swap-fonts"))
            run = (await services.runs(experiment))[0]
            view = await services.view(run.run_id)
        assert len(server.requests) == A_SESSION
    assert run.complete
    for step in view.steps:
        assert words in step.llm[0].unjudged
        assert step.score is not None
        assert (step.score.judged, step.score.layers) == (0.0, (Layer.STATIC,))
    (session,) = view.sessions
    assert words in session.invalid
    # What it said of canaries is paid for like everything else that it says.
    assert run.judge_usd == view.judge_usd == pytest.approx(A_SESSION * A_QUESTION)
    assert run.usd == 0
    with Store.open(tmp_path / "runs.db") as store:
        assert store.verify() == []
        assert [event.session for event in store.events(run.run_id) if isinstance(event, JudgeTested)] == [session]
        assert not any(isinstance(event, JudgeSampled) for event in store.events(run.run_id))


async def test_a_session_is_tested_once_and_every_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            experiment = await started(services, n=3)
            runs = await services.runs(experiment)
            views = [await services.view(run.run_id) for run in runs]
        assert len(server.requests) == A_SESSION + 3 * 3
        templates = {"blank-site"}
        assert all(any(name in str(request.body) for name in templates) or request.body for request in server.requests)
    assert [len(view.sessions) for view in views] == [1, 1, 1]
    assert {(one.found, one.planted, one.alarms, one.harmless, one.invalid) for view in views for one in view.sessions} == {
        (2, 2, 0, 2, "")
    }
    assert sum(run.judge_usd or 0 for run in runs) == pytest.approx((A_SESSION + 9) * A_QUESTION)
    assert sorted((view.sessions[0].usage.usd or 0) > 0 for view in views) == [False, False, True]
    for view in views:
        assert view.steps[0].llm[0].unjudged == ""
        assert view.steps[0].score is not None
        assert Layer.LLM in view.steps[0].score.layers


async def test_canaries_grow_with_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            experiment = await started(services, actions=ACTION_IDS, n=4)
            view = await services.view((await services.runs(experiment))[0].run_id)
    assert (view.sessions[0].planted, view.sessions[0].harmless) == (3, 3)


async def test_a_judge_that_could_not_be_heard_is_tested_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)).then(*[refused(400)] * A_SESSION) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            experiment = await started(services, actions=("apply-colours", "swap-fonts"))
            view = await services.view((await services.runs(experiment))[0].run_id)
    first, second = view.steps
    assert "said nothing of its canaries" in first.llm[0].unjudged
    assert second.llm[0].unjudged == ""
    assert [session.silent for session in view.sessions] == [True, False]


async def test_a_judge_that_has_earned_nothing_needs_no_canaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            await started(services, earned=())
        assert len(server.requests) == 3


async def test_judging_again_tests_its_judge_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(blind)).then(*[judge(sharp)] * (A_SESSION + 3)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with await Services.open(tmp_path / "runs.db") as services:
            run = f"{await started(services)}.1"
            (before,) = (await services.view(run)).steps
            monkeypatch.setattr("sitegen_tui.services.rejudging.earned_in", lambda _: lambda _: OWNED)
            (again,) = [one async for one in services.rejudge([run])]
            view = await services.view(run)
    assert before.llm[0].unjudged == ""
    assert "found 0 of 2" in again.llm[0].unjudged
    assert [bool(session.invalid) for session in view.sessions] == [False, True]
    with Store.open(tmp_path / "runs.db") as store:
        assert store.verify() == []


async def test_who_asked_first_may_leave_and_others_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        plan, bench = _bench()
        first, second = (asyncio.create_task(bench.session(plan.judges[0], Heard(), 1)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).invalid == ""
        assert len(server.requests) == A_SESSION
        await bench.close()


async def test_who_waits_for_canaries_is_told_what_they_wait_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(judge(sharp)).then(*[refused(503)] * 2) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        plan, bench = _bench()
        heard = {1: Heard(), 7: Heard()}
        await asyncio.gather(*(bench.session(plan.judges[0], one, step) for step, one in heard.items()))
        await bench.close()
    for step, one in heard.items():
        assert {number for number, _ in one.waited} == {step}
        assert any("503" in reason for _, reason in one.waited)


async def test_the_end_of_the_runs_ends_their_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(silence) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        plan, bench = _bench()
        asking = asyncio.create_task(bench.session(plan.judges[0], Heard(), 1))
        while not server.requests:
            await asyncio.sleep(0.01)
        await bench.close()
        with pytest.raises(asyncio.CancelledError):
            await asking


class Heard:
    """What a run was told of its waiting, by step."""

    def __init__(self) -> None:
        self.waited: list[tuple[int, str]] = []

    async def send(self, *makers: Make) -> None:
        for make in makers:
            event = make(run_id="e1.1", seq=0, at=SYSTEM_CLOCK.now())
            if isinstance(event, StepWaiting):
                self.waited.append((event.step, event.reason))


def _bench() -> tuple[RunPlan, Canaries]:
    plan = RunPlan(
        run_id="e1.1",
        experiment_id="e1",
        model="reference",
        pairing=Pairing(template="blank-site", requirements="harbour-books-01"),
        actions=("apply-colours",),
        judges=(JudgePlan(model=JUDGE, earned=OWNED),),
    )
    workers = InlineWorkers()
    return plan, Canaries([(plan, 1)], lambda one: registry.provider(one.model, workers), workers, SYSTEM_CLOCK, UNLIMITED)


# -- what canaries show ---------------------------------------------------------------------------------------------------


def outcome(kind: str, *, present: tuple[str, ...] = (), unjudged: str = "") -> JudgeOutcome:
    item = JudgeItem.model_validate({"kind": kind, "template": "t", "requirements": "r", "action": "apply-colours", "change": "c"})
    planted = OWNED[:1] if kind == "planted" else ()
    return JudgeOutcome(
        item=item,
        planted=planted,
        grade=GRADES[0],
        present=present,
        unjudged=unjudged,
        usage=Usage(input_tokens=1),
        milliseconds=2.0,
    )


@pytest.mark.parametrize(
    ("found", "missed", "alarms", "quiet", "valid"),
    [(2, 0, 0, 2, True), (4, 1, 0, 5, True), (3, 1, 0, 5, False), (8, 2, 1, 9, True), (8, 2, 2, 8, False), (5, 0, 1, 8, False)],
)
def test_a_session_holds_by_both_its_figures(found: int, missed: int, alarms: int, quiet: int, valid: bool) -> None:
    outcomes = [
        *[outcome("planted", present=OWNED[:1])] * found,
        *[outcome("planted")] * missed,
        *[outcome("harmless", present=OWNED[1:])] * alarms,
        *[outcome("harmless")] * quiet,
    ]
    session = judged_by(JudgePlan(model=JUDGE, earned=OWNED), outcomes)
    assert (session.found, session.planted) == (found, found + missed)
    assert (session.alarms, session.harmless) == (alarms, alarms + quiet)
    assert (session.invalid == "") == valid
    assert (session.usage.input_tokens, session.milliseconds) == (len(outcomes), 2.0 * len(outcomes))


def test_what_a_judge_said_nothing_of_shows_nothing_and_all_of_it_no_session() -> None:
    plan = JudgePlan(model=JUDGE, earned=OWNED)
    told = [outcome("planted", present=OWNED[:1]), outcome("harmless")]
    silent = [outcome("planted", unjudged="it broke"), outcome("harmless", unjudged="it broke")]
    assert judged_by(plan, [*told, *silent]).invalid == ""
    for outcomes in (silent, [told[0], silent[1]], [silent[0], told[1]], []):
        session = judged_by(plan, outcomes)
        assert session.silent
        assert session.invalid


async def test_what_is_no_answer_shows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(answer("It is fine.")) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        plan, bench = _bench()
        session = await bench.session(plan.judges[0], Heard(), 1)
    assert session.silent
    assert "could not be read" in session.invalid
