"""A service that makes everybody wait, as it looks: calm, counting down, and gone when it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from sitegen_tui.services.plans import Wanted
from sitegen_tui.tui.screens.home import HomeScreen, notes
from sitegen_tui.tui.screens.run import RunScreen
from sitegen_tui.tui.screens.step import StepScreen
from tests.providers.misbehaving import Server, answer, refused
from tests.tui.terminal import Open, app_of, shown, until


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running.always(answer("I leave the site as it is."))


async def begin(pilot: Pilot[None], server: Server, runs: int = 1) -> str:
    """Start runs against the server; the experiment."""
    services = app_of(pilot).services
    assert services is not None
    wanted = Wanted(
        models=(f"openai/x@{server.base_url}",), templates=("blank-site",), actions=("8",), judges=("static",), repeat=runs
    )
    return await services.start(await services.plan(wanted))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_a_run_that_waits_says_for_what_and_counts_down(opened: Open, server: Server, size: tuple[int, int]):
    server.then(refused(429, headers={"Retry-After": "4"}))
    async with opened(size) as pilot:
        experiment = await begin(pilot, server)
        app_of(pilot).open_run(f"{experiment}.1")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        seen: set[int] = set()

        def counted() -> bool:
            found = re.search(r"waiting for .*again in (\d) s: ", shown(pilot))
            if found:
                seen.add(int(found[1]))
                assert "judges" not in shown(pilot)
                assert "wrote nothing" not in shown(pilot)
            return len(seen) >= 2

        await until(pilot, counted)
        assert "waiting" in shown(pilot).splitlines()[0]
        await until(pilot, lambda: "waiting for" not in shown(pilot))
        await until(pilot, lambda: "finished" in shown(pilot).splitlines()[0])


async def test_home_says_which_run_waits_and_for_what(opened: Open, server: Server):
    server.then(refused(429, headers={"Retry-After": "3"}))
    async with opened((120, 36)) as pilot:
        experiment = await begin(pilot, server)
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        await until(pilot, lambda: experiment in (app_of(pilot).board or pytest.fail("no board")).experiments)
        home.select(experiment)
        await until(pilot, lambda: re.search(r"openai/x@.*▸ waiting", shown(pilot)))
        assert re.search(r"waiting for http://127", shown(pilot))
        await until(pilot, lambda: re.search(r"openai/x@.*✓ finished", shown(pilot)))
        assert "waiting" not in shown(pilot)


async def test_a_failed_attempt_shows_its_error_and_the_settings_it_was_made_with(opened: Open, server: Server):
    server.then(refused(401))
    async with opened((120, 36)) as pilot:
        experiment = await begin(pilot, server)
        services, board = app_of(pilot).services, app_of(pilot).board
        assert services is not None
        assert board is not None
        await services.wait(experiment)
        app_of(pilot).open_step(f"{experiment}.1", 8)
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
        await pilot.press("4")
        await until(pilot, lambda: "401" in shown(pilot))
        assert re.search(r"max_tokens +16384", shown(pilot))
        assert "no price is known" not in shown(pilot)
        await until(pilot, lambda: board.experiments[experiment].incomplete == 1)
        assert notes(board.experiments[experiment], ()) == ["1 incomplete, left out of the mean"]
