import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import sitegen_tui
from sitegen_tui.cli.main import program
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
SCRIPT = ROOT / "tests" / "store" / "scripted_run.py"


@pytest.fixture(scope="session")
def scripted():
    """Whole runs as events without a model."""
    spec = importlib.util.spec_from_file_location("scripted_run_for_cli", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.delenv("SITEGEN_DB", raising=False)
    return tmp_path / "runs.db"


class Told:
    """How a command ended and what it said."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def sitegen(db):
    """Calls the program in this process, on this test's database."""

    def call(*arguments, database=True):
        extra = ("--db", str(db)) if database else ()
        result = CliRunner().invoke(program, [*extra, *map(str, arguments)], prog_name="sitegen")
        return Told(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def start(db, tmp_path):
    """Starts the program as a process of its own, on this test's database; ended with the test."""
    started = []

    def begin(*arguments, **options):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_DB": str(db)}
        process = subprocess.Popen(
            [sys.executable, "-m", "sitegen_tui", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=tmp_path,
            **options,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def stored(db, scripted):
    """A database with three finished runs of one model and a simulated one's, judged in part; and a queued experiment."""
    with Store.open(db) as store:
        for repeat in range(3):
            plan = scripted.plan(models=("one", "simulated/two"), actions=ACTION_IDS)
            _, plans = store.create_experiment(plan, simulated=frozenset({"simulated/two"}), created_at=scripted.START)
            for run in plans:
                for event, blobs in scripted.Script(run, seed=repeat).whole((6.5 + repeat,) * 16):
                    store.append([event], blobs)
        store.create_experiment(scripted.plan(models=("one",), actions=ACTION_IDS), created_at=scripted.START)
    return db
