"""A fresh store in a real file, and the scripted runs that fill it."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from sitegen_tui.domain.insights import Conditions, Scope
from sitegen_tui.store import Store
from sitegen_tui.store.ledger import layers_of
from sitegen_tui.store.sums import POINT, Sums

SCRIPT = Path(__file__).with_name("scripted_run.py")


@pytest.fixture(scope="session")
def scripted() -> ModuleType:
    """The module of scripted runs."""
    spec = importlib.util.spec_from_file_location("scripted_run", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scripted_run"] = module
    spec.loader.exec_module(module)
    return module


class Heat(NamedTuple):
    """The running sums of a model on an action under one set of conditions, in points."""

    model: str
    action: str
    conditions: Conditions
    n: int
    mean: float | None
    sd: float | None
    minimum: float | None
    maximum: float | None
    negative: int
    unscored: int
    assessed: float


def heat_of(store: Store, *experiments: str) -> list[Heat]:
    """What the running sums of a store say, of all or of some experiments."""
    with store.connections.reading() as conn:
        rows = conn.execute(
            "SELECT DISTINCT rubric, layers, mode, full, prompt, fork,"
            " (SELECT a.actions FROM action_lists a WHERE a.id = s.actions)"
            " FROM sums s WHERE experiment = 0 ORDER BY rubric, layers, mode, prompt, fork"
        ).fetchall()
    found: list[Heat] = []
    for rubric, layers, mode, full, prompt, fork, actions in rows:
        conditions = Conditions(
            rubric=rubric,
            layers=layers_of(layers),
            mode=mode,
            full=full,
            prompt=prompt,
            fork=fork,
            actions=tuple(actions.split(",")),
        )
        pools: dict[tuple[str, str], Sums] = defaultdict(Sums)
        for cell in store.samples.cells(Scope(experiments=experiments), conditions):
            pools[cell.model, cell.action].pool(cell.sums)
        for (model, action), sums in sorted(pools.items()):
            ends = [None if end is None else end / POINT for end in (sums.minimum, sums.maximum)]
            assessed = sums.assessed / (sums.n * POINT) if sums.n else 0.0
            numbers = (sums.n, sums.mean, sums.sd, *ends, sums.negative, sums.unscored, assessed)
            found.append(Heat(model, action, conditions, *numbers))
    return found


@pytest.fixture(scope="session")
def heat() -> Callable[..., list[Heat]]:
    """Reads the running sums of a store."""
    return heat_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
