"""A fresh store in a real file, and the scripted runs that fill it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sitegen_tui.store import Store

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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
