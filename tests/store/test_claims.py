"""A run that a living process drives is nobody else's; a dead process's claims are free."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import sitegen_tui
from sitegen_tui.errors import UnknownName
from sitegen_tui.store import Store, claims

ROOT = Path(sitegen_tui.__file__).parents[1]
CLAIMANT = """
import sys, pathlib
from sitegen_tui.store import Store
store = Store.open(pathlib.Path(sys.argv[1]))
print(store.claim(sys.argv[2], "other"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(store: Store, scripted: ModuleType) -> Iterator[subprocess.Popen[str]]:
    """Another process that has claimed e1.1 and lives until it is ended."""
    store.create_experiment(scripted.plan(), created_at=scripted.START)
    process = subprocess.Popen(
        [sys.executable, "-c", CLAIMANT, str(store.path), "e1.1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.communicate()


def test_a_living_owner_keeps_its_run(store: Store, other: subprocess.Popen[str]) -> None:
    assert not store.claim("e1.1", "me")
    assert store.run("e1.1").owner == "other"
    assert [row.run_id for row in store.resumable()] == ["e1.2"]
    store.release("me")
    assert store.run("e1.1").owner == "other"


def test_a_dead_owner_loses_it(store: Store, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert store.run("e1.1").owner is None
    assert [row.run_id for row in store.resumable()] == ["e1.1", "e1.2"]
    assert store.claim("e1.1", "me")
    assert store.run("e1.1").owner == "me"


def test_a_number_that_another_process_has_now_is_not_the_owner(store: Store, other: subprocess.Popen[str]) -> None:
    store.connections.conn.execute("UPDATE owners SET started = 'long ago'")
    assert store.claim("e1.1", "me")


@pytest.mark.parametrize(("silence", "lives"), [(0.0, True), (2 * claims.HEARTBEAT_SECONDS, False)])
def test_an_owner_on_another_machine_lives_as_long_as_it_is_heard(
    store: Store, other: subprocess.Popen[str], silence: float, lives: bool
) -> None:
    store.connections.conn.execute("UPDATE owners SET host = 'elsewhere', heartbeat = heartbeat - ?", (silence,))
    assert (store.run("e1.1").owner == "other") is lives
    assert store.claim("e1.1", "me") is not lives


def test_claims_are_given_up_one_by_one_or_all(store: Store, scripted: ModuleType) -> None:
    store.create_experiment(scripted.plan(), created_at=scripted.START)
    assert store.claim("e1.1", "me")
    assert store.claim("e1.1", "me")
    assert store.claim("e1.2", "me")
    store.heartbeat("me")
    store.release("me", "e1.1")
    assert [row.owner for row in store.runs()] == [None, "me"]
    store.release("me")
    assert [row.owner for row in store.runs()] == [None, None]
    with pytest.raises(UnknownName):
        store.claim("e7.1", "me")


def test_processes_are_told_apart_by_when_they_began() -> None:
    mine = claims.process_start(os.getpid())
    assert mine
    assert mine == claims.process_start(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert claims.process_start(child.pid) != mine
    child.kill()
    # Dead but not waited for, it still has its number.
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert claims.process_start(child.pid) is None
    child.communicate()
