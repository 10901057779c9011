"""A database with runs that really happened, and the app over it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sitegen_tui.services.root import Services
from sitegen_tui.tui.app import SitegenApp
from tests.tui.terminal import Open, until, wanted


async def _fill(database: Path) -> None:
    async with await Services.open(database) as services:
        plan = await services.plan(wanted("reference", "simulated/reckless"))
        await services.wait(await services.start(plan))


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An experiment e1 with a run of the reference editor (e1.1) and one of a simulated model that errs (e1.2)."""
    database = tmp_path_factory.mktemp("finished") / "runs.db"
    asyncio.run(_fill(database))
    return database


@pytest.fixture
def database(finished: Path, tmp_path: Path) -> Path:
    """A copy of it to do as one likes with."""
    for file in finished.parent.glob("runs.db*"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / "runs.db"


@pytest.fixture
def opened(database: Path) -> Open:
    """The app in a terminal of some size, with its database open; no error of ours may be left over."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (120, 36), **options: object) -> AsyncIterator[Pilot[None]]:
        app = SitegenApp(options.pop("db", database), **options)  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: app.board is not None)
            yield pilot
            assert app.failures == []

    return run
