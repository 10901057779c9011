"""Forks: what they begin with, what they make again, how they go on, and that they are counted apart."""

import shutil
from pathlib import Path

import pytest

import sitegen_tui
from sitegen_tui.content.library import Library
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Fork, RunState
from sitegen_tui.errors import ContentError, UnknownName, UsageError
from sitegen_tui.services.forks import ForkWanted
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services

ROOT = Path(sitegen_tui.__file__).parents[1]
REST = ("replace-favicon", "update-hero-text", "update-contact")
ACTIONS = ("apply-colours", "swap-fonts", *REST)
STEPS = tuple(ACTION_IDS.index(action) + 1 for action in ACTIONS)


@pytest.fixture
async def services(db):
    async with await Services.open(db) as opened:
        yield opened


async def _made(services, **wanted):
    asked = {"models": ("simulated/reckless",), "templates": ("blank-site",), "judges": ("static",), "actions": ACTIONS, **wanted}
    experiment = await services.start(await services.plan(Wanted.model_validate(asked)))
    await services.wait(experiment)
    return f"{experiment}.1"


async def _forked(services, run_id, step, **wanted):
    plan = await services.plan_fork(ForkWanted(run_id=run_id, step=step, **wanted))
    experiment = await services.start(plan)
    await services.wait(experiment)
    return f"{experiment}.1"


def _scores(view):
    return {step.action: step.value for step in view.steps}


async def test_the_same_model_on_its_own_site_makes_the_same_steps_again(services):
    first = await _made(services)
    before = await services.view(first)
    assert min(_scores(before).values()) < 5
    run_id = await _forked(services, first, STEPS[2])
    view = await services.view(run_id)
    assert view.plan.fork == Fork(run_id=first, step=STEPS[2], site="own")
    assert _scores(view) == {action: _scores(before)[action] for action in REST}
    assert view.site == before.step(STEPS[1]).site
    assert view.step(STEPS[-1]).site == before.step(STEPS[-1]).site
    assert (await services.step_detail(run_id, STEPS[2])).before == view.site


async def test_gold_stands_for_what_the_run_had_made_of_the_earlier_steps(services):
    first = await _made(services)
    gold = await services.view(await _made(services, models=("reference",)))
    run_id = await _forked(services, first, STEPS[2], gold=True, models=("reference",))
    view = await services.view(run_id)
    contents = {step.action: step.site for step in view.steps}
    assert all(step.value == step.score.assessed for step in view.steps)
    own = await services.view(first)
    assert view.site != own.step(STEPS[1]).site
    assert contents[REST[-1]].keys() == gold.step(STEPS[-1]).site.keys()


async def test_a_fork_of_a_fork_and_of_an_isolated_run(services):
    first = await _made(services, mode="isolated")
    second = await _forked(services, first, STEPS[3])
    detail = await services.step_detail(first, STEPS[3])
    assert (await services.view(second)).site == detail.before
    third = await _forked(services, second, STEPS[4], models=("reference",))
    assert (await services.view(third)).site == (await services.view(second)).step(STEPS[3]).site
    assert (await services.run(third)).fork == f"{second}@{STEPS[4]}"


async def test_a_fork_that_was_stopped_goes_on_and_ends_as_if_nothing_had_been(services):
    first = await _made(services)
    whole = await services.view(await _forked(services, first, STEPS[1], models=("simulated/typical",), seed=3))
    plan = await services.plan_fork(
        ForkWanted(run_id=first, step=STEPS[1], models=("simulated/typical",), seed=3, pace=200.0, repeat=2, jobs=1)
    )
    events = services.subscribe()
    experiment = await services.start(plan)
    async for event in events:
        if event.event == "StepScored":
            break
    await services.interrupt(experiment)
    rows = await services.runs(experiment)
    assert [row.state for row in rows] == [RunState.INTERRUPTED, RunState.QUEUED]
    await services.resume(experiment)
    await services.wait(experiment)
    for row in await services.runs(experiment):
        view = await services.view(row.run_id)
        assert row.complete
        assert len(view.steps) == 4
        if row.repeat == 1:
            assert _scores(view) == _scores(whole)
            assert view.step(STEPS[-1]).site == whole.step(STEPS[-1]).site
        assert (await services.step_detail(row.run_id, STEPS[1])).before == whole.site


async def test_forks_are_never_put_together_with_other_runs(services):
    first = await _made(services)
    await _made(services, actions=REST)
    await _forked(services, first, STEPS[2])
    await _forked(services, first, STEPS[2], models=("simulated/careful",))
    await _forked(services, first, STEPS[2], gold=True)
    view = await services.insight("results", Scope())
    assert [(group.conditions.fork, group.runs) for group in view.groups if group.conditions.actions == REST] == [
        ("", 1),
        (f"{first}@{STEPS[2]}", 2),
        (f"gold@{STEPS[2]}", 1),
    ]
    assert view.conditions.fork == ""
    assert f"2 forked runs begun before step {STEPS[2]} from the site of {first}" in view.left_out
    heat = {
        one.conditions.fork: (await services.insight("heatmap", Scope(conditions=one.conditions))).models for one in view.groups
    }
    assert sorted((model, fork) for fork, models in heat.items() for model in models if fork) == [
        ("simulated/careful", f"{first}@{STEPS[2]}"),
        ("simulated/reckless", f"{first}@{STEPS[2]}"),
        ("simulated/reckless", f"gold@{STEPS[2]}"),
    ]


async def test_what_cannot_be_forked_is_refused_before_anything_is_stored(services):
    first = await _made(services)
    for wanted, error in (
        (ForkWanted(run_id="e9.1", step=1), UnknownName),
        (ForkWanted(run_id=first, step=16), UnknownName),
        (ForkWanted(run_id=first, step=1, models=("simulated/tipical",)), UnknownName),
        (ForkWanted(run_id=first, step=1, models=(f"replay/{first}",)), UsageError),
        (ForkWanted(run_id=first, step=1, judges=("oracle",)), UnknownName),
    ):
        with pytest.raises(error):
            await services.plan_fork(wanted)
    assert len(await services.experiments()) == 1


async def test_a_step_that_was_not_reached_can_be_forked_from_gold_alone(services):
    plan = await services.plan(
        Wanted(models=("simulated/careful",), templates=("blank-site",), judges=("static",), actions=ACTIONS, pace=200.0)
    )
    experiment = await services.start(plan)
    await services.cancel(experiment)
    with pytest.raises(UsageError, match="has not come to step"):
        await services.plan_fork(ForkWanted(run_id=f"{experiment}.1", step=STEPS[3]))
    run_id = await _forked(services, f"{experiment}.1", STEPS[3], gold=True, models=("reference",))
    assert (await services.run(run_id)).complete


async def test_a_run_on_an_older_template_is_not_forked_on_a_newer_one(db, tmp_path):
    for kind, name in (("templates", "blank-site"), ("requirements", "harbour-books-01")):
        shutil.copytree(ROOT / kind / name, tmp_path / kind / name)
    async with await Services.open(db, library=Library((tmp_path,))) as services:
        first = await _made(services)
        page = tmp_path / "templates" / "blank-site" / "index.html"
        page.write_text(page.read_text("utf-8").replace("Slow on purpose", "Slow, on purpose"), "utf-8")
    async with await Services.open(db, library=Library((tmp_path,))) as services:
        with pytest.raises(ContentError, match="have changed since"):
            await services.plan_fork(ForkWanted(run_id=first, step=STEPS[2]))
