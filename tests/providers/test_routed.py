"""Policies as contestants: each action is asked of its own model, in that model's lane and at its price; bad ones never start."""

from __future__ import annotations

import asyncio

import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.policies import Policy
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest, asked_for
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import ProviderError, UnknownName, UsageError
from sitegen_tui.providers import policies, reach, registry
from sitegen_tui.providers.routed import RoutedProvider
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services

ODD = dict(zip(ACTION_IDS, ("simulated/careful", "simulated/reckless") * 8, strict=True))


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    for name in ("OPENROUTER_API_KEY", "SITEGEN_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Told:
    """Keeps what it is asked; says it was served by a service of its own where it has one."""

    def __init__(self, lane, price, served_by=""):
        self.lane, self.price, self.served_by = Lane(name=lane), price, served_by
        self.asked, self.closed = [], False

    def ceiling(self, request):
        return self.price

    async def stream(self, request):
        self.asked.append(request)
        try:
            yield Chunk(settings={"temperature": 0}, served_by=self.served_by)
            yield Chunk(text="one")
            yield Chunk(text="two", finish_reason="stop")
        finally:
            self.closed = True


def request(action):
    plan = RunPlan(
        run_id="e1.1",
        experiment_id="e1",
        model="routed/odd",
        pairing=Pairing(template="t", requirements="r"),
        actions=ACTION_IDS,
        seed=7,
    )
    return ModelRequest(plan=plan, step=1 + ACTION_IDS.index(action), action=action, attempt=1, messages=(), files={})


def test_an_action_has_lane_price_and_answer_of_its_own_model():
    cheap, dear = Told("cheap-lane", 0.01), Told("dear-lane", None, served_by="A Service")
    routed = RoutedProvider("routed/odd", {ACTION_IDS[0]: "cheap", ACTION_IDS[1]: "dear"}, {"cheap": cheap, "dear": dear})

    async def pieces(action):
        return [piece async for piece in asked_for(routed, action).stream(request(action))]

    legs = [asked_for(routed, action) for action in ACTION_IDS[:2]]
    assert [leg.lane.name for leg in legs] == ["cheap-lane", "dear-lane"]
    assert [leg.ceiling(request(action)) for leg, action in zip(legs, ACTION_IDS, strict=False)] == [0.01, None]
    first, second = asyncio.run(pieces(ACTION_IDS[0])), asyncio.run(pieces(ACTION_IDS[1]))
    assert [piece.served_by for piece in first if piece.served_by] == ["cheap"]
    assert [piece.served_by for piece in second if piece.served_by] == ["dear", "dear (A Service)"]
    assert "".join(piece.text for piece in first) == "onetwo"
    assert [one.plan.model for one in (*cheap.asked, *dear.asked)] == ["cheap", "dear"]
    assert (cheap.asked[0].plan.seed, cheap.asked[0].action) == (7, ACTION_IDS[0])
    with pytest.raises(ProviderError, match=ACTION_IDS[2]):
        asked_for(routed, ACTION_IDS[2])


def test_who_stops_reading_closes_the_models_own_stream():
    told = Told("lane", 0.0)
    routed = RoutedProvider("routed/odd", {ACTION_IDS[0]: "m"}, {"m": told})

    async def read_a_little():
        stream = routed.stream(request(ACTION_IDS[0]))
        async for piece in stream:
            if piece.text:
                break
        await stream.aclose()

    asyncio.run(read_a_little())
    assert told.closed


def test_a_stored_policy_is_listed_described_and_read_back():
    kept = Policy(saves="latency", tolerance=0.5, choices=ODD)
    path = policies.save("odd", kept)
    assert path.read_text().startswith("# Each action goes to the model that answers soonest")
    assert policies.read("odd") == kept
    info = registry.model("routed/odd")
    assert (info.kind, info.simulated, info.reachable, info.routes) == ("routed", True, True, ODD)
    assert info in registry.models()
    assert registry.provider(info.name, InlineWorkers()).lane == registry.model("simulated/careful").lane
    assert asyncio.run(reach.reached([info])) == (info,)


def test_a_policy_keeps_its_meaning_unless_it_is_replaced():
    policies.save("odd", Policy(tolerance=0.5, choices=ODD))
    policies.save("odd", Policy(tolerance=0.5, choices=ODD))
    other = Policy(tolerance=1, choices=ODD)
    with pytest.raises(UsageError, match="says something else"):
        policies.save("odd", other)
    policies.save("odd", other, replace=True)
    assert policies.read("odd").tolerance == 1


def test_aliases_are_kept_under_whole_names_and_what_cannot_be_asked_is_said():
    policies.save("real", Policy(tolerance=0, choices={ACTION_IDS[0]: "claude-haiku-4.5", ACTION_IDS[1]: "reference"}))
    info = registry.model("routed/real")
    assert info.routes[ACTION_IDS[0]] == "openrouter/anthropic/claude-haiku-4.5"
    assert (info.simulated, info.reachable) == (False, False)
    assert "OPENROUTER_API_KEY" in info.note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tolerance: 0\nchoices:\n  apply-colours: reference\n  swap-fonts: simulated/carefull\n", "odd.yaml:4.*carefull"),
        ("tolerance: 0\nchoices: {apply-colour: reference}\n", "no action is called 'apply-colour'"),
        ("tolerance: 0\nchoices: {apply-colours: routed/odd}\n", "cannot be routed to"),
        ("tolerance: 0\nchoices: {apply-colours: replay/e1.1}\n", "cannot be routed to"),
        ("tolerance: -1\nchoices: {apply-colours: reference}\n", "tolerance"),
        ("tolerance: 0\n", "choices"),
        ("[", "odd.yaml"),
    ],
)
def test_a_policy_that_cannot_be_run_is_refused_with_its_place_and_stays_in_the_list(folder, text, said):
    (folder / "policies").mkdir()
    (folder / "policies" / "odd.yaml").write_text(text)
    with pytest.raises(UsageError, match=said):
        registry.model("routed/odd")
    listed = registry.models()[-1]
    assert (listed.name, listed.reachable) == ("routed/odd", False)
    assert listed.note


def test_a_name_is_no_path_and_an_unknown_one_is_told_its_neighbours():
    policies.save("cheapest", Policy(tolerance=0.5, choices=ODD))
    for name in ("../secret", "a/b", "", ".hidden"):
        with pytest.raises(UsageError, match="no name of a policy"):
            registry.model(f"routed/{name}")
    with pytest.raises(UnknownName) as raised:
        registry.model("routed/cheapes")
    assert "cheapest" in raised.value.hint


async def plan_of(tmp_path, *models, **changes):
    async with await Services.open(tmp_path / "runs.db") as services:
        return await services.plan(Wanted(models=models, templates=("blank-site",), judges=("static",), **changes))


async def test_nothing_starts_with_a_policy_of_unknown_models_or_for_other_actions(folder):
    policies.save("odd", Policy(tolerance=0, choices={ACTION_IDS[0]: "nobody"}))
    policies.save("few", Policy(tolerance=0, choices={ACTION_IDS[0]: "reference"}))
    with pytest.raises(UsageError, match="nobody"):
        await plan_of(folder, "routed/odd")
    with pytest.raises(UsageError, match=f"does not say who does {ACTION_IDS[1]}") as raised:
        await plan_of(folder, "routed/few")
    assert "--actions apply-colours" in raised.value.hint
    assert (await plan_of(folder, "routed/few", actions=(ACTION_IDS[0],))).models == ("routed/few",)


async def test_a_budget_needs_the_price_of_every_model_that_is_asked(folder, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "sk-or-thisisnotakey")
    policies.save("odd", Policy(tolerance=0, choices={ACTION_IDS[0]: "reference", ACTION_IDS[1]: "openrouter/some/thing"}))
    with pytest.raises(UsageError, match="no price of openrouter/some/thing"):
        await plan_of(folder, "routed/odd", actions=ACTION_IDS[:2], budget=1.0)
    await plan_of(folder, "routed/odd", actions=ACTION_IDS[:1], budget=1.0)


async def test_an_isolated_routed_run_is_step_by_step_what_its_models_do(folder):
    policies.save("odd", Policy(saves="latency", tolerance=0.5, choices=ODD))
    models = ("simulated/careful", "simulated/reckless", "routed/odd")
    async with await Services.open(folder / "runs.db") as services:
        plan = await services.plan(Wanted(models=models, templates=("blank-site",), judges=("static",), mode="isolated", seed=3))
        experiment = await services.start(plan)
        await services.wait(experiment)
        views = {row.model: await services.view(row.run_id) for row in await services.runs(experiment)}
        assert {row.simulated for row in await services.runs(experiment)} == {True}
    routed = views["routed/odd"]
    assert routed.plan.model == "routed/odd"
    assert len({step.value for step in routed.steps}) > 1
    for step in routed.steps:
        own = next(one for one in views[ODD[step.action]].steps if one.action == step.action)
        assert [one.reply for one in step.attempts] == [one.reply for one in own.attempts]
        assert {one.served_by for one in step.attempts} == {ODD[step.action]}
        assert (step.value, step.site, step.charges) == (own.value, own.site, own.charges)
    careful, reckless = views["simulated/careful"], views["simulated/reckless"]
    differ = [a.action for a, b in zip(careful.steps, reckless.steps, strict=True) if a.site != b.site]
    assert differ
