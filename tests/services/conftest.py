import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "store" / "scripted_run.py"


def _load():
    spec = importlib.util.spec_from_file_location("scripted_run_for_services", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def scripted():
    """Whole runs as events without a model; `SCRIPT` as a program drives one into a database."""
    module = _load()
    module.SCRIPT = SCRIPT
    return module


@pytest.fixture
def db(tmp_path):
    return tmp_path / "runs.db"
