"""What an LLM judge left unjudged is said in words on the Run and the Step screen, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen_tui.services.plans import Wanted
from sitegen_tui.tui.screens.run import RunScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.findings_list import FindingCard
from tests.judging_server import models_file
from tests.providers.misbehaving import Server, answer
from tests.tui.terminal import Open, app_of, shown, until


@pytest.mark.parametrize("size", [(120, 36), (160, 48)])
async def test_an_unjudged_step_says_so_and_why(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    with Server().always(answer("What a fine page, 9/10.")) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        async with opened(size) as pilot:
            services = app_of(pilot).services
            assert services is not None
            wanted = Wanted(models=("reference",), templates=("blank-site",), actions=("8",), judges=("static", "llm:openai/fair"))
            experiment = await services.start(await services.plan(wanted))
            await services.wait(experiment)
            app_of(pilot).open_run(f"{experiment}.1")
            await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
            await until(pilot, lambda: "llm unjudged in 1 of 1: 3 of 3 samples" in shown(pilot))
            app_of(pilot).open_step(f"{experiment}.1", 8)
            await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
            await until(pilot, lambda: "openai/fair: unjudged: 3 of 3 samples" in shown(pilot))
            card = pilot.app.screen.query_one(FindingCard)
            assert "3 of 3 samples could not be read: there is no JSON in the reply" in card.text.replace("\n", " ")
            assert "there is no JSON" in shown(pilot)
