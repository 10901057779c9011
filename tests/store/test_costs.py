"""What is stored of costs: nothing paid is forgotten, nothing unknown counts as nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sitegen_tui.domain.events import AttemptFinished, StepFailed, StepScored, StepStarted
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.runs import Attempt, Usage, total_usage
from sitegen_tui.store import Store
from sitegen_tui.store.migrations import MIGRATIONS


def attempt(number=1, usd=None, error="", first=None, ceiling=None, estimated=False):
    usage = Usage(input_tokens=10, output_tokens=5, usd=usd, estimated=estimated)
    return Attempt(number=number, usage=usage, error=error, first_token_ms=first, ceiling_usd=ceiling)


class Told:
    """A run that is told event by event."""

    def __init__(self, store, scripted, plan):
        self.store, self.scripted, self.script = store, scripted, scripted.Script(plan, size=600)
        event, blobs = self.script.started()
        store.append([event], blobs)

    def add(self, kind, **values):
        self.store.append([kind(**self.script.at(), **values)])

    def step(self, number, *attempts, fails=False):
        self.add(StepStarted, step=number, action=self.scripted.ACTIONS[number - 1])
        for one in attempts:
            self.add(AttemptFinished, step=number, attempt=one)
        action = self.scripted.ACTIONS[number - 1]
        if fails:
            self.add(StepFailed, step=number, action=action, reason="the service is down")
        else:
            score = self.scripted.score(8.0)
            self.add(StepScored, step=number, action=action, score=score, usage=total_usage(attempts))


@pytest.fixture
def told(store, scripted):
    """The first run of a new experiment."""
    _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
    return Told(store, scripted, plans[0])


def _samples(store):
    (group,) = store.samples.groups(Scope())
    return store.samples.runs(Scope(), group.conditions)


def test_what_a_failed_step_cost_stays_paid_when_it_is_run_again(store, told):
    told.step(1, attempt(usd=0.25), fails=True)
    told.step(1, attempt(usd=0.5))
    assert store.run("e1.1").usd == 0.75
    assert store.steps("e1.1")[0].usage.usd == 0.5
    assert store.experiment("e1").usd == 0.75
    assert [run.usd for run in _samples(store)] == [0.75]
    assert store.verify() == []


def test_a_sum_says_how_much_it_lacks(store, told):
    told.step(1, attempt(usd=0.25), attempt(2, estimated=True))
    run, step = store.run("e1.1"), store.steps("e1.1")[0]
    assert (run.usd, run.unpriced) == (0.25, 1)
    assert (step.usage.usd, step.usage.unpriced, step.usage.estimated) == (0.25, 1, True)
    assert (store.experiment("e1").unpriced, _samples(store)[0].unpriced) == (1, 1)


def test_a_price_that_nobody_knows_is_not_zero(store, told):
    told.step(1, attempt())
    assert store.run("e1.1").usd is None
    assert store.run("e1.1").unpriced == 1
    assert store.experiment("e1").usd is None


def test_a_request_that_failed_before_any_word_lacks_no_price_and_one_that_broke_off_does(store, told):
    told.step(1, attempt(error="connection refused"), fails=True)
    assert store.run("e1.1").unpriced == 0
    told.step(1, attempt(error="connection reset", first=80.0), fails=True)
    assert store.run("e1.1").unpriced == 1


def test_what_counts_against_a_budget_is_what_was_paid_and_what_unpriced_attempts_could_have_cost(store, told):
    told.step(1, attempt(usd=0.25, ceiling=1.0), attempt(2, ceiling=0.5), attempt(3, error="refused", ceiling=4.0), fails=True)
    told.step(1, attempt(usd=0.125, ceiling=1.0))
    assert store.committed("e1") == 0.875


def test_runs_that_ended_without_every_score_are_counted_as_incomplete(store, told):
    told.step(1, attempt(), fails=True)
    assert store.experiment("e1").incomplete == 0
    store.append([told.script.finished("incomplete")[0]])
    assert store.experiment("e1").incomplete == 1
    (run,) = _samples(store)
    assert (run.complete, run.unscored) == (False, 1)


def test_an_older_database_gets_its_costs_from_its_events(scripted, path):
    with Store.open(path) as store:
        _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
        told = Told(store, scripted, plans[0])
        told.step(1, attempt(usd=0.25), attempt(2), fails=True)
        told.step(1, attempt(usd=0.5), attempt(2, error="refused"), fails=True)
        told.step(2, attempt(usd=1.0))
    with closing(sqlite3.connect(path)) as conn, conn:
        for table, columns in (("runs", ("unpriced", "held_usd")), ("steps", ("estimated", "unpriced"))):
            for column in columns:
                conn.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        conn.execute("UPDATE runs SET usd = 1.5")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_costs'")
        conn.execute(f"PRAGMA user_version = {[one.__name__ for one in MIGRATIONS].index('m007_costs')}")
    with Store.open(path) as store:
        assert (store.run("e1.1").usd, store.run("e1.1").unpriced) == (1.75, 1)
        assert store.verify() == []
